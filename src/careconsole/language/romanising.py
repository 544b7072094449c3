"""How a text is typed on a Latin keyboard: Cyrillic letter by letter, Han as pinyin, umlauts as two letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

Piece = tuple[int, int, str]
"""A stretch of a text, from `start` up to `end`, and the letters one types for it; those of a syllable of Han have
a blank before them, as it begins a word."""

_HAN_LETTER = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_HAN = re.compile(f"[{_HAN_LETTER}]+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"}

# The common way and what else people type, where it is no shorter form of the same letters.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
    "є": "ye", "і": "i", "ї": "yi", "ґ": "g", "ў": "u",
    "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz",
}  # fmt: skip
_OTHER_LATIN = _LATIN | {
    "ё": "e", "ж": "z", "й": "j", "х": "h", "ц": "c", "ш": "s", "ч": "c", "щ": "sch", "ю": "ju", "я": "ja",
}  # fmt: skip
_THIRD_LATIN = _LATIN | {"ж": "j", "й": "i", "х": "x", "ц": "c", "щ": "sh", "ю": "iu", "я": "ia", "ы": "i"}

_Typed = Callable[[str], str | None]


def spellings(text: str) -> list[Sequence[Piece]]:
    """The other ways to type a text, each as pieces in order that cover all of it; none for plain Latin text.

    Letters that are typed as they are stand in a piece of their own, as they are: folding them is not done here.
    """
    if text.isascii():
        return []
    ways: list[Sequence[Piece]] = []
    if _HAN.search(text):
        ways.append(list(_pinyin_pieces(text)))
    if _CYRILLIC.search(text):
        ways += [_by_letter(text, table.get) for table in (_LATIN, _OTHER_LATIN, _THIRD_LATIN)]
    composed = unicodedata.normalize("NFC", text).casefold()
    if any(letter in _TWO_LETTERS for letter in composed):
        ways.append(_by_letter(text, _TWO_LETTERS.get))
    distinct: list[Sequence[Piece]] = []
    for way in ways:
        if way not in distinct:
            distinct.append(way)
    return distinct


def _by_letter(text: str, typed: _Typed) -> Sequence[Piece]:
    """The text letter by letter, a letter and the marks on it being one."""
    pieces: list[Piece] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        letter = text[start:end]
        found = typed(unicodedata.normalize("NFC", letter).casefold())
        pieces.append((start, end, letter if found is None else found))
        start = end
    return pieces


def _pinyin_pieces(text: str) -> Iterable[Piece]:
    """Every Han letter as its syllable, read in its word; everything else as it is."""
    done = 0
    for run in _HAN.finditer(text):
        if done < run.start():
            yield from ((at, at + 1, text[at]) for at in range(done, run.start()))
        syllables = _pinyin()(run[0])
        for at, syllable in zip(range(*run.span()), syllables, strict=True):
            yield at, at + 1, f" {syllable}"
        done = run.end()
    yield from ((at, at + 1, text[at]) for at in range(done, len(text)))


@cache
def _pinyin() -> Callable[[str], list[str]]:
    """The reader of Han, loaded when the first Han letter is met: that takes about 150 ms."""
    from pypinyin import Style, lazy_pinyin

    def read(run: str) -> list[str]:
        syllables = lazy_pinyin(run, style=Style.NORMAL)
        if len(syllables) == len(run):
            return syllables
        return [lazy_pinyin(letter, style=Style.NORMAL)[0] for letter in run]  # rare letters come as one

    return read
