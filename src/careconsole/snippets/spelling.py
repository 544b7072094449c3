"""Other ways to type a text: what the library asks of whoever knows scripts, and the keys made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from careconsole.model.folding import fold, words
from careconsole.snippets.placed import Placed
from careconsole.snippets.snippet import Span

Pieces = Sequence[tuple[int, int, str]]
"""A text in stretches (start, end, letters typed for it), in order."""
Spellings = Callable[[str], Iterable[Pieces]]
"""The other ways to type a text that is not plain Latin; may load what it needs when first called."""


def no_spellings(text: str) -> Iterable[Pieces]:
    """Every text is typed as it is written."""
    return ()


def word_lists(text: str, spellings: Spellings) -> list[list[str]]:
    """The folded words of a text: first as written, then in every other way to type it."""
    written = words(fold(text))
    if text.isascii():
        return [written]
    others = [words(fold("".join(letters for _, _, letters in pieces))) for pieces in spellings(text)]
    return [written, *(other for other in others if other != written)]


def placed_ways(text: str, spellings: Spellings) -> list[Placed]:
    """The text as written and in every other way to type it, each letter knowing its place in the original."""
    ways = [Placed.of(text)]
    if not text.isascii():
        ways += [_placed(pieces) for pieces in spellings(text)]
    return ways


def _placed(pieces: Pieces) -> Placed:
    """What is typed for the pieces, folded, leading back to the stretches of the original."""
    typed = "".join(letters for _, _, letters in pieces)
    origin = [Span(start, end) for start, end, letters in pieces for _ in letters]
    placed = Placed.of(typed)
    places = (Span(origin[start].start, origin[end - 1].end) for start, end in placed.places)
    return Placed(placed.folded, tuple(places))
