"""How well one typed word fits one word of a text, and which of its letters it hits.

All words are folded. A word fits as the whole, the start or a part of another, as its skeleton (`stts` for
`status`), or with one wrong, missing, added or swapped letter.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_VOWELS = frozenset("aeiouyаеиоуыэюя")
_DIGIT = re.compile(r"\d")


class How(IntEnum):
    """The way in which a word fits, the best last."""

    SKELETON = 1
    TYPO = 2
    PART = 3
    START = 4
    WHOLE = 5


class Fit(NamedTuple):
    """A way of fitting, and how good it is, from 0 to 100."""

    how: How
    quality: float


def is_han(word: str) -> bool:
    """Whether a word holds Han letters, which are written without gaps."""
    return _HAN.search(word) is not None


def may_be_mistyped(typed: str) -> bool:
    """Whether a word is long enough to be recognised with a wrong letter; numbers never are."""
    return len(typed) >= 3 and not _DIGIT.search(typed) and not is_han(typed)


def fit(typed: str, word: str) -> Fit | None:
    """How a typed word fits a word without a mistake; None where it does not."""
    if word.startswith(typed):
        share = len(typed) / len(word)
        return Fit(How.WHOLE, 100) if share == 1 else Fit(How.START, 84 + 12 * share)
    han = is_han(typed)
    if (len(typed) >= 2 or han) and typed in word:
        return Fit(How.PART, 50 + 15 * len(typed) / len(word))
    if len(typed) >= 2 and (han or typed[0] == word[0]) and (places := _skeleton(typed, word)):
        kept = sum(letter in _VOWELS for letter in typed)
        lost = sum(word[at] not in _VOWELS for at in range(places[-1]) if at not in places)
        if len(typed) >= 4 and len(word) - len(typed) == 1:
            return Fit(How.SKELETON, 86)  # one letter was forgotten
        return Fit(How.SKELETON, max(20.0, 74 + 8 * len(typed) / len(word) - 7 * lost - 3 * kept))
    return None


def hits(typed: str, word: str, how: How) -> list[int]:
    """The places of the letters of a word that a typed word hits, when it fits in this way."""
    if how is How.TYPO:
        from careconsole.snippets.mistyping import mistyped_length  # loaded with the first mistake

        return list(range(mistyped_length(typed, word) or len(word)))
    if how is How.SKELETON:
        return _skeleton(typed, word)
    start = word.find(typed)
    return list(range(start, start + len(typed)))


def _skeleton(typed: str, word: str) -> list[int]:
    """The places of the typed letters in a word, in order; empty where one is missing."""
    places: list[int] = []
    at = -1
    for letter in typed:
        at = word.find(letter, at + 1)
        if at < 0:
            return []
        places.append(at)
    return places
