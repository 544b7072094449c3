"""A single line of the frame that is repainted only when it says something else."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


class LinePane(Widget):
    """One line without children; `show` repaints it only if the words or their looks changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._line = Content("")

    @property
    def plain(self) -> str:
        """What stands there, without looks."""
        return self._line.plain

    def show_line(self, line: Content) -> None:
        """Show this from now on."""
        if line.plain != self._line.plain or line.spans != self._line.spans:
            self._line = line
            self.refresh()

    def render(self) -> Content:
        """The line as it stands."""
        return self._line
