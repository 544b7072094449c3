"""The commonest reading of every Han letter, without tones, in a table of two bytes a letter.

The readings are those of the package `pypinyin`. Its own code is not run: it keeps two dictionaries of them, which
take eighteen megabytes of every console. What it reads them from is gone through here line by line instead.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FILE = "pinyin_dict.json"
"""In the folder of `pypinyin`: a line for each letter, its number and its readings, the commonest first."""

_LINE = re.compile(r'"(\d+)": ?"([^",]+)')
_FIRST, _LAST = 0x3007, 0x3FFFF
_U_WITH_DOTS = "u\u0308"
"""The dots are no tone; a keyboard has v for this letter."""


class PinyinTable:
    """Syllables by letter."""

    __slots__ = ("_places", "_syllables")

    def __init__(self, lines: str) -> None:
        """Of the text of the file."""
        self._syllables = [""]
        self._places = array("H", bytes(2 * (_LAST - _FIRST + 1)))
        numbers: dict[str, int] = {}
        for found in _LINE.finditer(lines):
            at, said = int(found[1]) - _FIRST, found[2]
            if not 0 <= at <= _LAST - _FIRST:
                continue
            number = numbers.get(said)
            if number is None:
                number = numbers[said] = self._number(toneless(said))
            self._places[at] = number

    def _number(self, syllable: str) -> int:
        if syllable in self._syllables:
            return self._syllables.index(syllable)
        self._syllables.append(syllable)
        return len(self._syllables) - 1

    def syllable(self, letter: str) -> str:
        """How a letter is read; the letter itself where that is not known."""
        at = ord(letter) - _FIRST
        return (self._syllables[self._places[at]] if 0 <= at <= _LAST - _FIRST else "") or letter


def toneless(said: str) -> str:
    """A syllable as it is typed: without the marks of its tone, v for ü."""
    parted = unicodedata.normalize("NFD", said.strip()).replace(_U_WITH_DOTS, "v")
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


@cache
def pinyin_table() -> PinyinTable:
    """The table, made when it is first asked for (50 ms). Raises FileNotFoundError where `pypinyin` lacks its file."""
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The package pypinyin is not installed; install careconsole again.")
    return PinyinTable(Path(spec.origin).with_name(FILE).read_text(encoding="utf-8"))
