"""A single line of the frame of which only the cells are repainted that say something else."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget


class LinePane(Widget):
    """One line without children; `show_line` repaints only what changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._line = Content("")

    @property
    def line(self) -> Content:
        """What stands there, with its looks."""
        return self._line

    @property
    def plain(self) -> str:
        """What stands there, without looks."""
        return self._line.plain

    def show_line(self, line: Content) -> None:
        """Show this from now on."""
        before, self._line = self._line, line
        if line.spans != before.spans or len(line.plain) != len(before.plain) or not _is_narrow(line, before):
            if line.plain != before.plain or line.spans != before.spans:
                self.refresh()
            return
        differing = [at for at, char in enumerate(line.plain) if char != before.plain[at]]
        if differing:
            self.refresh(Region(differing[0], 0, differing[-1] + 1 - differing[0], 1))

    def render(self) -> Content:
        """The line as it stands."""
        return self._line


def _is_narrow(*lines: Content) -> bool:
    """Whether every character takes one cell, so that places in the text are places on the screen."""
    return all(line.cell_length == len(line.plain) for line in lines)
