"""Text in columns of a fixed width: how many a text takes, cut to them, wrapped at them."""

from __future__ import annotations

import unicodedata

_NONE = {"Mn", "Me", "Cf"}
ELLIPSIS = "…"


def columns(text: str) -> int:
    """How many columns a line takes; wide letters take two."""
    if text.isascii():
        return len(text)
    return sum(_of(sign) for sign in text)


def _of(sign: str) -> int:
    if unicodedata.category(sign) in _NONE:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def cut(text: str, width: int) -> str:
    """The text, with an ellipsis at its end where it is longer than so many columns."""
    if columns(text) <= width:
        return text
    kept, used = "", 0
    for sign in text:
        if used + _of(sign) > width - 1:
            break
        kept, used = kept + sign, used + _of(sign)
    return f"{kept.rstrip()}{ELLIPSIS}"


def filled(text: str, width: int, *, right: bool = False) -> str:
    """The text cut or filled up with blanks to exactly so many columns."""
    text = cut(text, width)
    blanks = " " * (width - columns(text))
    return f"{blanks}{text}" if right else f"{text}{blanks}"


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """The text in lines of at most so many columns with the indent, broken at blanks; a longer word is cut up."""
    room = max(8, width - columns(indent))
    lines, line = [], ""
    for word in text.split():
        while columns(word) > room:
            free = room - columns(line) - 1 if line else room
            head = _head(word, max(1, free)) if free > 0 else ""
            lines.append(f"{line} {head}".strip() if head else line)
            line, word = "", word[len(head) :]
        if line and columns(line) + 1 + columns(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line or not lines:
        lines.append(line)
    return [f"{indent}{each}".rstrip() for each in lines]


def _head(word: str, width: int) -> str:
    used = 0
    for place, sign in enumerate(word):
        used += _of(sign)
        if used > width:
            return word[: max(1, place)]
    return word
