"""What the queue says of itself: the words above the rows, and those in place of them."""

from __future__ import annotations

from collections.abc import Iterable

from careconsole.console.panes.shown_queue import ShownQueue
from careconsole.console.text import wrap
from careconsole.model.text_gate import safe_line


def heading_words(shown: ShownQueue, found_words: str, *, merge_key: str, top_key: str) -> str:
    """How many wait, or what was found; what waits to be merged, and how much stands above the screen."""
    pending = shown.pending
    words = [f"{shown.total:,} waiting"] if shown.order else []
    if found_words:
        words = [safe_line(found_words).text]
    if pending.above or pending.below:
        counts = ((pending.above, "above"), (pending.below, "below"))
        words.append(", ".join(f"+{count} {where}" for count, where in counts if count))
    if pending.left:
        words.append(f"{pending.left} left")
    if pending:
        words.append(f"press {merge_key} to merge")
    hidden = shown.before + max(0, shown.top)
    if hidden:
        words.append(f"{hidden:,} higher up: press {top_key}")
    return " · ".join(words)


def empty_words(sentences: Iterable[str], width: int) -> list[str]:
    """The words for an empty list in lines of this width; what goes on is set in."""
    lines: list[str] = []
    for each in sentences:
        first, *more = wrap(safe_line(each), width)
        lines += [first, *(f"  {line}" for text in more for line in wrap(safe_line(text), width - 2))]
    return lines
