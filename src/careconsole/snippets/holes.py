"""The holes of a prepared answer: `{{ name }}`, filled where the value is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from careconsole.model.text_gate import safe_line
from careconsole.snippets.snippet import Span

_HOLE = re.compile(r"\{\{[^\S\n]*(\w+)[^\S\n]*\}\}")


def holes(text: str) -> list[Span]:
    """Where the holes of a text are, from the first to the last, braces included."""
    return [Span(*found.span()) for found in _HOLE.finditer(text)]


def fill(body: str, values: Mapping[str, str]) -> str:
    """The body with every hole filled whose value is known; the others stay open.

    Names are compared without regard to case. An empty value counts as not known, so the hole stays open for
    a person to fill. What is put in is data: it passes the gate as one line, and a value that looks like a
    hole is not filled in turn.
    """
    known = {_same(name): safe_line(value.strip()).text for name, value in values.items() if value.strip()}
    return _HOLE.sub(lambda hole: known.get(_same(hole[1]), hole[0]), body)


def unfill(text: str, values: Mapping[str, str]) -> str:
    """The text with holes in it: `values` names the hole for each value that may stand there as a word of its own.

    Values of one letter are left, as they are no sure sign of anything; so are the holes that are there already.
    """
    names = {value.strip(): name for value, name in values.items() if len(value.strip()) > 1}
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    either = re.compile(rf"{_HOLE.pattern}|(?<!\w)(?P<value>{words})(?!\w)")
    return either.sub(lambda at: f"{{{{{names[at['value']]}}}}}" if at["value"] else at[0], text)


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())
