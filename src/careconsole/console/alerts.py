"""When to ring and what stands in the terminal's title: only what is mine, comes back to me, an emergency, or nearly
due."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from careconsole.store.rows import Counts

RING_EVERY_S = 60.0


class Alerts:
    """Remembers what it has rung for and rings when there is more, at most once a minute."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._rang_s = float("-inf")
        self._known: tuple[int, ...] | None = None
        """Emergencies, due, back and calls that were there at the last ring, or fewer since."""
        self._known_mine: dict[int, int] = {}
        self._has_news = False

    def rings(self, counts: Counts, mine: Mapping[int, int], *, has_news: bool = False) -> bool:
        """Whether to ring now; `mine` are the conversations that I hold with their unanswered messages.

        `has_news`: somebody gave me something or took it away, or the customer of what is mine has written.

        What I have just claimed does not ring, only what comes in after that. What comes within a minute of the last
        ring is rung for behind it, if it is still there.
        """
        now = counts.tier_zero, counts.due_soon, counts.back, counts.calls
        self._has_news = self._has_news or has_news
        known = now if self._known is None else self._known
        known_mine = {id: self._known_mine.get(id, number) for id, number in mine.items()}
        has_more = self._has_news or any(each > before for each, before in zip(now, known, strict=True))
        has_more = has_more or any(number > known_mine[id] for id, number in mine.items())
        if has_more and self._now_s() - self._rang_s >= RING_EVERY_S:
            self._rang_s = self._now_s()
            self._known, self._known_mine, self._has_news = now, dict(mine), False
            return True
        self._known = tuple(map(min, now, known))
        self._known_mine = {id: min(number, known_mine[id]) for id, number in mine.items()}
        return False


def title_words(counts: Counts) -> str:
    """The terminal's title: counts only, never text from outside."""
    parts = [f"{counts.waiting} waiting"]
    if counts.due_soon:
        parts.insert(0, f"{counts.due_soon} due")
    if counts.tier_zero:
        parts.insert(0, f"{counts.tier_zero} EMERGENCY")
    if counts.mine:
        parts.append(f"{counts.mine} mine")
    return f"careconsole: {', '.join(parts)}"


class TerminalTitle:
    """The title of the terminal's window; one that is not `used` writes nothing."""

    def __init__(self, used: bool) -> None:
        self._used = used
        self._shown = ""

    def save(self, write: Callable[[str], None]) -> None:
        """Keep the title that was there before us."""
        if self._used:
            write("\x1b[22;2t")

    def show(self, words: str, write: Callable[[str], None]) -> None:
        """Show these words, if they are others than before."""
        if self._used and words != self._shown:
            self._shown = words
            write(f"\x1b]2;{words}\x07")

    def restore(self) -> None:
        """Bring back the title from before; when the terminal is no longer a screen of ours."""
        if self._used and sys.__stdout__ is not None and sys.__stdout__.isatty():
            sys.__stdout__.write("\x1b[23;2t")
            sys.__stdout__.flush()


def has_title(terminal: str) -> bool:
    """Whether a terminal of this name (TERM) has a title; the Linux console would print it."""
    return terminal not in ("", "dumb", "linux", "vt100", "vt220")
