"""A text in which digits, dashes, spaces and brackets have their plain ASCII form, and where each came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = {
    "+": "＋﹢₊⁺➕",
    "-": "‐‑‒–—―−﹣－",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
    "(": "（﹙",
    ")": "）﹚",
    ".": "．﹒․",
    "/": "／⁄∕",
    "@": "＠﹫",
    ":": "：",
    "#": "＃",
    "'": "’ʼ",
}
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\u20e3\ufeff"
)
_GONE = re.compile(f"[{_INVISIBLE}]")


def _table() -> dict[int, str]:
    table = {ord(odd): plain for plain, odds in _PLAIN.items() for odd in odds}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
    for code in range(0x80, 0x1_FC00):
        if code not in table and unicodedata.category(chr(code)) == "Nd":
            table[code] = str(unicodedata.digit(chr(code)))
    return table


_TABLE: dict[int, str] = {}


@dataclass(frozen=True, slots=True)
class PlainText:
    """The text in plain signs; a place in it can be told as a place in the text that was given."""

    text: str
    _origins: tuple[int, ...] | None = None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text, which is not empty, stands in the text that was given."""
        if self._origins is None:
            return start, end
        return self._origins[start], self._origins[end - 1] + 1


@lru_cache(maxsize=2)
def plain_signs(given: str) -> PlainText:
    """The text with plain signs; what is invisible in it is left out. Several finders ask for the same text."""
    if given.isascii():
        return PlainText(given.replace("\t", " "))
    if not _TABLE:
        _TABLE.update(_table())
    text = given.translate(_TABLE)
    if not _GONE.search(text):
        return PlainText(text)
    origins = tuple(at for at, sign in enumerate(text) if sign not in _INVISIBLE)
    return PlainText(_GONE.sub("", text), origins)
