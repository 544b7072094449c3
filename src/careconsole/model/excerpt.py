"""The place in a text at which a query found it, with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from careconsole.model.folding import fold
from careconsole.model.search_words import Term

BEFORE, LONGEST = 30, 160
"""So many characters stand before the words at most, and so many are shown in all."""
READ = 20_000
"""So much of a text is looked through."""


def excerpt(text: str, terms: Sequence[Term]) -> str:
    """A piece of the text with the first word that was asked for, or its beginning; as it was written."""
    at = _place(text[:READ], terms)
    start = 0 if at <= BEFORE else _word_start(text, at - BEFORE, at)
    cut = text[start : start + LONGEST]
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST < len(text) else ''}"


def _word_start(text: str, earliest: int, latest: int) -> int:
    """Where a word begins between two places; the earlier one if none does."""
    gap = text.find(" ", earliest, latest)
    return earliest if gap < 0 else gap + 1


def _place(text: str, terms: Sequence[Term]) -> int:
    """Where the first word that was asked for stands; 0 if none is found."""
    patterns = [_pattern(words) for term in terms for words in (term.words, (term.joined,)) if words[0]]
    if not patterns:
        return 0
    folded, places = _folded(text)
    any_of = "|".join(patterns)
    found = re.search(rf"(?<![^\W_])(?:{any_of})", folded) or re.search(any_of, folded)
    return places[found.start()] if found else 0


def _pattern(words: Sequence[str]) -> str:
    """The words as they may stand in a text; what is written without gaps is found by its first pair."""
    if not words[0].isascii() and len(words) > 1 and words[0][-1:] == words[1][:1]:
        words = words[:1]
    return r"[\W_]+".join(r"[-/.]?".join(map(re.escape, word)) for word in words)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The folded text without apostrophes, and for each of its characters its place in the text."""
    if text.isascii() and "'" not in text and "`" not in text:
        return text.lower(), range(len(text))
    parts: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        folded = " " if char.isspace() else fold(char).replace("'", "")
        parts.append(folded)
        places += [place] * len(folded)
    return "".join(parts), places
