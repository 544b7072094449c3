"""When to ring and what stands in the terminal's title: only what is mine, an emergency, or nearly due."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from careconsole.store.rows import Counts

RING_EVERY_S = 60.0


class Alerts:
    """Remembers what was seen last and rings when there is more of it, at most once a minute."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._rang_s = float("-inf")
        self._seen: tuple[Counts, Mapping[int, int]] | None = None

    def rings(self, counts: Counts, mine: Mapping[int, int]) -> bool:
        """Whether to ring now; `mine` are the conversations that I hold with their unanswered messages.

        What I have just claimed does not ring, only what comes in after that.
        """
        seen, self._seen = self._seen, (counts, dict(mine))
        if seen is None:
            return False
        before, mine_before = seen
        has_more = counts.tier_zero > before.tier_zero or counts.due_soon > before.due_soon
        if not has_more and all(number <= mine_before.get(id, number) for id, number in mine.items()):
            return False
        if self._now_s() - self._rang_s < RING_EVERY_S:
            return False
        self._rang_s = self._now_s()
        return True


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


def title_sequence(words: str) -> str:
    """What tells the terminal its title."""
    return f"\x1b]2;{words}\x07"


SAVE_TITLE, RESTORE_TITLE = "\x1b[22;2t", "\x1b[23;2t"
"""Keep the title that was there before us, and bring it back."""


def has_title(terminal: str) -> bool:
    """Whether a terminal of this name (TERM) has a title; the Linux console would print it."""
    return terminal not in ("", "dumb", "linux", "vt100", "vt220")
