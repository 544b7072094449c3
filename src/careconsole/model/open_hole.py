"""The open holes of a text: what is left of the `{{holes}}` of a prepared answer, whole or broken."""

from __future__ import annotations

import re

MOST_CHARS = 40
"""So many characters behind `{{` belong to a hole whose end is missing."""

# No possessive repetition of a group: Python 3.11.2 reads it wrongly.
_WHOLE = re.compile(r"\{\{[^{}\r\n]*\}\}")
_OPEN = re.compile(
    r"\{{2,}+"
    rf"(?:[^{{}}\r\n]*+\}}{{2,}}+|(?:[^{{}}\r\n]|\{{(?!\{{)){{0,{MOST_CHARS}}}\}}*+)"  # closed; else broken
    r"|\}{2,}+"
)


def open_holes(text: str) -> list[tuple[int, int]]:
    """Where holes still stand, from the first to the last, braces included; whatever is between them.

    A broken one counts as well: from `{{` to the nearest brace that closes, to the next `{{`, or else to the end
    of the line, `MOST_CHARS` characters at most; and so does a `}}` alone.
    """
    return [found.span() for found in _OPEN.finditer(text)]


def whole_holes(text: str) -> list[tuple[int, int]]:
    """Where holes stand that have both their braces."""
    return [found.span() for found in _WHOLE.finditer(text)]


def is_broken(hole: str) -> bool:
    """Whether one of the open holes, by its text, lacks a part of its braces."""
    return not (hole.startswith("{{") and hole.endswith("}}"))


def without_holes(text: str) -> str:
    """The text with a blank for every open hole."""
    return _OPEN.sub(" ", text)
