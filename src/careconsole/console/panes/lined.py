"""Lines with a gutter on the screen: what the thread, the review and the reasons are drawn with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from careconsole.console.panes.message_block import AGE_CELLS, BLANK, GUTTER_CELLS, Line
from careconsole.console.text import fit

_LOOKS = (
    "head",
    "customer",
    "ours",
    "note",
    "quiet",
    "struck",
    "warn",
    "public",
    "private",
    "header",
    "fresh",
    "found",
    "advice",
)


class Lined(Widget):
    """A widget that draws `Line`s: the looks of their pieces are its component classes `line--…`."""

    COMPONENT_CLASSES = {f"line--{look}" for look in _LOOKS}

    DEFAULT_CSS = """
    Lined .line--head, Lined .line--header, Lined .line--fresh, Lined .line--public { text-style: bold; }
    Lined .line--private { text-style: bold reverse; }
    Lined .line--note { text-style: italic; }
    Lined .line--found { text-style: bold reverse; }
    Lined .line--advice { text-style: underline; }
    Lined .line--struck { text-style: strike; }
    """

    def draw(self, line: Line, width: int, age: str | None = None) -> Strip:
        """One line in exactly `width` cells; with an age, in its own column, before everything else."""
        if line is BLANK:
            return Strip.blank(width, self.rich_style)
        segments, left = [Segment(f"{line.gutter} ", self.rich_style)], width - GUTTER_CELLS
        pieces = line.pieces if age is None else ((f"{age:>{AGE_CELLS}} ", "quiet"), *line.pieces)
        for text, look in pieces:
            shown, cells = text, cell_len(text)
            if cells > left:
                shown, cells = fit(text, left), left
            segments.append(Segment(shown, self.get_component_rich_style(f"line--{look}")))
            left -= cells
        return Strip(segments).adjust_cell_length(width, self.rich_style)


class Quoted(Lined):
    """Lines that stand still, wrapped to the width there is."""

    DEFAULT_CSS = """
    Quoted { height: auto; }
    """

    def __init__(self, lines: Callable[[int], Sequence[Line]], *, id: str | None = None) -> None:
        """`lines` is given the cells behind the gutter and returns what there is to show."""
        super().__init__(id=id)
        self._make = lines
        self._made: tuple[int, Sequence[Line]] | None = None

    def show(self, lines: Callable[[int], Sequence[Line]]) -> None:
        """Show something else."""
        self._make, self._made = lines, None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.size.width
        lines = self._lines(width)
        return self.draw(lines[y] if y < len(lines) else BLANK, width)

    def _lines(self, width: int) -> Sequence[Line]:
        if self._made is None or self._made[0] != width:
            self._made = (width, self._make(max(1, width - GUTTER_CELLS)))
        return self._made[1]
