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
_PAGE = 256
_U_WITH_DOTS = "u\u0308"
"""The dots are no tone; a keyboard has v for this letter."""


class PinyinTable:
    """Syllables by letter, in pages of letters that stand together."""

    __slots__ = ("_pages", "_syllables")

    def __init__(self, lines: str) -> None:
        """Of the text of the file."""
        self._syllables = [""]
        self._pages: dict[int, array[int]] = {}
        numbers: dict[str, int] = {}
        for found in _LINE.finditer(lines):
            said = found[2]
            number = numbers.get(said)
            if number is None:
                number = numbers[said] = self._number(toneless(said))
            page, at = divmod(int(found[1]), _PAGE)
            if page not in self._pages:
                self._pages[page] = array("H", bytes(2 * _PAGE))
            self._pages[page][at] = number

    def _number(self, syllable: str) -> int:
        if syllable in self._syllables:
            return self._syllables.index(syllable)
        self._syllables.append(syllable)
        return len(self._syllables) - 1

    def syllable(self, letter: str) -> str:
        """How a letter is read; the letter itself where that is not known."""
        page, at = divmod(ord(letter), _PAGE)
        return (self._syllables[self._pages[page][at]] if page in self._pages else "") or letter


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
