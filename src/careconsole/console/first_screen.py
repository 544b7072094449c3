"""What a desk without account and data shows: three lines that say how to begin."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

FIRST_LINES = (
    "To look around: careconsole --sample",
    "To answer: careconsole accounts add mastodon NAME --url URL --token-file FILE",
    "To bring messages in: careconsole import FILE",
)


class FirstScreen(Static):
    """The three lines, in place of an empty queue."""

    DEFAULT_CSS = """
    FirstScreen { width: 1fr; height: auto; padding: 1 2; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Content("\n".join(FIRST_LINES)), id=id, markup=False)
