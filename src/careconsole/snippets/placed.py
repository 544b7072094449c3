"""A text's folded words, each letter knowing where in the original it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from careconsole.model.folding import fold
from careconsole.snippets.snippet import Span

_WORD = re.compile(r"[^\W_']+(?:'+[^\W_']+)*")


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A folded word, and for each of its letters the stretch of the original it stands for."""

    text: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A folded text, and for each of its letters the stretch of the original it stands for."""

    folded: str
    places: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Placed:
        """Fold a text and remember the places; `folded` is what `fold` gives."""
        letters: list[str] = []
        places: list[Span] = []
        for span, folded in _folded_pieces(text):
            for letter in folded:
                if letter == " " and (not letters or letters[-1] == " "):
                    continue
                letters.append(letter)
                places.append(span)
        if letters and letters[-1] == " ":
            letters.pop()
            places.pop()
        return cls("".join(letters), tuple(places))

    def words(self) -> list[PlacedWord]:
        """The words in order, without punctuation and apostrophes."""
        return [self._word(*found.span()) for found in _WORD.finditer(self.folded)]

    def _word(self, start: int, end: int) -> PlacedWord:
        letters: list[str] = []
        places: list[Span] = []
        since = start
        for at in range(start, end):
            if self.folded[at] != "'":
                # An apostrophe is marked with the letter after it.
                letters.append(self.folded[at])
                places.append(Span(self.places[since].start, self.places[at].end))
                since = at + 1
        return PlacedWord("".join(letters), tuple(places))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _folded_pieces(text: str) -> Iterator[tuple[Span, str]]:
    """Each letter of a text with the marks that belong to it, and its folded form."""
    if text.isascii():
        for at, letter in enumerate(text):
            yield Span(at, at + 1), " " if letter.isspace() else letter.lower().replace("`", "'")
        return
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and _belongs(text[start:at], text[at]):
            continue
        yield Span(start, at), _folded_letter(text[start:at])
        start = at


@lru_cache(4096)
def _folded_letter(letter: str) -> str:
    """Folded between two others, as folding drops the space at either end of a text."""
    return fold(f"x{letter}x")[1:-1]


@lru_cache(4096)
def _belongs(before: str, letter: str) -> bool:
    """Whether a character is part of the letter before it: a mark, or what composes with it."""
    if letter.isascii():
        return False
    if unicodedata.combining(letter):
        return True
    apart = unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", letter)
    return unicodedata.normalize("NFC", before + letter) != apart
