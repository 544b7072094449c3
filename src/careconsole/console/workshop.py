"""What the form for a prepared answer needs of the desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import date

from careconsole.snippets.library import Library
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.writing import ChangedMeanwhile, TakenAway


@dataclass(frozen=True, slots=True)
class Workshop:
    """The desk as the form sees it."""

    library: Library
    save: Callable[[Snippet], Awaitable[Snippet | ChangedMeanwhile | str]]
    """Writes a snippet; a sentence where it cannot be written."""
    take_away: Callable[[Snippet], Awaitable[TakenAway | str]]
    """Takes an own snippet away; a sentence where it stays."""
    built_in: Callable[[str], Snippet | None]
    """The built-in snippet of an id, also where an own one stands in its place."""
    me: str
    today: date
    accounts: Collection[str] = ()
    """The names of our accounts."""
