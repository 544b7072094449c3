"""Words that were typed with a mistake in them: the one file that knows rapidfuzz.

It is loaded when the first such word is looked for: rapidfuzz takes 30 ms and 4 MB, and most words are typed well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from careconsole.snippets.fitting import Fit, How, may_be_mistyped

ALIKE = 76
"""How like another word a long word must be, of 100, to be taken for it: endings differ more than by a letter."""


def fit_mistyped(typed: str, word: str) -> Fit | None:
    """How a typed word fits a word with a mistake in it; None where that is not likely."""
    if not may_be_mistyped(typed):
        return None
    if not (length := mistyped_length(typed, word)):
        like = len(typed) >= 6 and fuzz.ratio(typed, word, score_cutoff=ALIKE)
        return Fit(How.TYPO, like / 2) if like else None
    sure = 62 if len(typed) >= 5 else 52
    return Fit(How.TYPO, sure if length == len(word) else sure - 12 + 10 * length / len(word))


def mistakes_in(typed: str) -> int:
    """How many wrong, missing, added or swapped letters a typed word may have."""
    return 2 if len(typed) >= 8 else 1


def mistyped_length(typed: str, word: str) -> int:
    """How many letters of a word's start were typed with a mistake; 0 where that is not so.

    Three letters are compared with words of three letters only: any more would fit half the dictionary.
    """
    most = mistakes_in(typed)
    if len(typed) == 3:
        return 3 if len(word) == 3 and OSA.distance(typed, word, score_cutoff=1) <= 1 else 0
    for length in (len(typed), len(typed) + 1, len(typed) - 1):
        if length <= len(word) and OSA.distance(typed, word[:length], score_cutoff=most) <= most:
            return length
    return 0


def near(
    typed: str, lexicon: Collection[str], starting: Callable[[int], Mapping[str, list[str]]]
) -> Iterator[str]:
    """The words of a lexicon that may be meant, some of them several times.

    `starting` gives the words of at least so many letters by their first ones.
    """
    if len(typed) >= 6:
        for word, _, _ in process.extract(typed, lexicon, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None):
            yield word
    lengths = (3,) if len(typed) == 3 else (len(typed) - 1, len(typed), len(typed) + 1)
    for length in lengths:
        starts = starting(length)
        for start, _, _ in process.extract(
            typed, starts.keys(), scorer=OSA.distance, score_cutoff=mistakes_in(typed), limit=None
        ):
            yield from starts[start]
