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


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())
