"""What is worth a second look in a library of snippets, beside the files that are broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from careconsole.model.folding import fold
from careconsole.model.open_hole import open_holes
from careconsole.snippets.holes import holes
from careconsole.snippets.library import Library
from careconsole.snippets.snippet import Snippet, Span

NARROW_CHARS = 500
"""What a network with short messages takes; a longer body wants a short form."""
WIDEST_CHARS = 10_000
"""More than any network takes."""
_SHOWN_CHARS = 44


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one snippet, as a sentence's worth."""

    snippet: Snippet
    text: str


def remarks(library: Library, today: date) -> Iterator[Remark]:
    """Every remark, in the order of the library."""
    same: dict[tuple[str, str], list[Snippet]] = defaultdict(list)
    for snippet in library.snippets:
        same[fold(snippet.title), snippet.language].append(snippet)
    for snippet in library.snippets:
        for _, text in about(snippet, today):
            yield Remark(snippet, text)
        others = [other.id for other in same[fold(snippet.title), snippet.language] if other is not snippet]
        if others:
            yield Remark(snippet, f"has the same title as {', '.join(others[:3])}")


def about(snippet: Snippet, today: date) -> Iterator[tuple[str, str]]:
    """What is worth a second look in one snippet: the key of its file that is meant, and the remark."""
    if not snippet.body:
        yield "body", "its body is empty: it would put nothing into a reply"
    for key, name, text in (("body", "body", snippet.body), ("short", "short form", snippet.short)):
        known = set(holes(text))
        for start, end in open_holes(text):
            if Span(start, end) not in known:
                what = "which is no hole; holes are plain names such as {{name}}"
                yield key, f"the {name} holds {text[start:end][:_SHOWN_CHARS]!a}, {what}"
    shortest = min(len(snippet.body), len(snippet.short) or len(snippet.body))
    if shortest > WIDEST_CHARS:
        yield "body", f"its text has {shortest:,} characters, more than any network takes"
    elif shortest > NARROW_CHARS:
        yield (
            "short",
            f"its text has {shortest:,} characters; give it a short form of at most {NARROW_CHARS}",
        )
    if snippet.is_expired(today):
        yield "review", f"its review was due on {snippet.review}"
    if snippet.scope == "mine" and not snippet.owner:
        yield "owner", "it is for its owner alone, but has none"
