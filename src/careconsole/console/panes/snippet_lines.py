"""The list of found answers and the preview of one: only visible lines are built (Line API)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from careconsole.console.panes.snippet_offer import Offer, Piece, preview_lines, title_pieces
from careconsole.console.text import fit
from careconsole.model.text_gate import safe_line
from careconsole.snippets.spelling import Spellings, no_spellings

CURSOR_SIGN = "›"
SUGGESTED = "near"
"""The word before what is suggested for the messages."""
_MARK = Style(bold=True, underline=True)
_LANGUAGE_CELLS = 3


class SnippetLines(Widget, can_focus=False):
    """Lines in the looks of the snippet pane."""

    COMPONENT_CLASSES = {
        f"snippets--{look}" for look in "row words muted over match hole cursor resting".split()
    }
    DEFAULT_CSS = """
    SnippetLines > .snippets--match { text-style: bold underline; }
    SnippetLines > .snippets--hole { text-style: bold reverse; }
    SnippetLines > .snippets--resting { text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._looks: dict[str, Style] = {}

    def notify_style_update(self) -> None:
        """Forget the looks of the theme before."""
        self._looks.clear()
        super().notify_style_update()

    def look(self, name: str) -> Style:
        """The style of a look in this theme."""
        if name not in self._looks:
            self._looks[name] = self.get_component_rich_style(f"snippets--{name}")
        return self._looks[name]

    def blank(self) -> Strip:
        """An empty line."""
        return Strip([Segment(" " * self.size.width, self.look("row"))], self.size.width)

    def strip(self, pieces: Iterable[Piece]) -> Strip:
        """A line of pieces, filled to the width."""
        segments = [Segment(piece.text, self.look(piece.look)) for piece in pieces]
        return Strip(segments).adjust_cell_length(self.size.width, self.look("row"))


class SnippetList(SnippetLines):
    """The answers found, one line each; moving the cursor repaints two of them."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.offers: Sequence[Offer] = ()
        self.empty_line = ""
        """What stands there when nothing was found; our own words."""
        self.is_in_use = False
        """Whether keys go to the pane."""
        self.spellings: Spellings = no_spellings
        """The other ways to type a title, for what is marked in it."""
        self._query = ""
        self._cursor = 0
        self._top = 0
        self._mark_cells = 0
        self._has_suggested = False

    @property
    def cursor(self) -> int:
        """Which offer is highlighted, counted from 0."""
        return self._cursor

    def show(self, offers: Sequence[Offer], query: str, cursor: int = 0) -> None:
        """Show these, one of them highlighted."""
        if (list(offers), query, cursor) == (list(self.offers), self._query, self._cursor):
            return
        self.offers, self._query = offers, query
        self._mark_cells = max((len(offered.mark) for offered in offers), default=0)
        self._has_suggested = any(offered.is_suggested for offered in offers)
        self._cursor = max(0, min(cursor, len(offers) - 1))
        self._top = 0
        self._settle()
        self.refresh()

    def move(self, by: int) -> bool:
        """Move the highlight; False at the edge."""
        before, top = self._cursor, self._top
        self._cursor = max(0, min(before + by, len(self.offers) - 1))
        if self._cursor == before:
            return False
        self._settle()
        if self._top != top:
            self.refresh()
        else:
            self._refresh_line(before)
            self._refresh_line(self._cursor)
        return True

    def use(self, is_in_use: bool) -> None:
        """Show whether keys go here."""
        if is_in_use != self.is_in_use:
            self.is_in_use = is_in_use
            self._refresh_line(self._cursor)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the highlighted line in sight."""
        top = self._top
        self._settle()
        if self._top != top:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One offer: cursor sign, language, whether it fits the messages, length mark, and the title last."""
        if not self.offers and y == 0:
            return self.strip([Piece(fit(f" {self.empty_line}", self.size.width), "muted")])
        place = y + self._top
        if place >= len(self.offers):
            return self.blank()
        return self._offer_strip(self.offers[place], is_cursor=place == self._cursor)

    def _offer_strip(self, offered: Offer, *, is_cursor: bool) -> Strip:
        language = fit(safe_line(offered.snippet.language).text, _LANGUAGE_CELLS)
        mark = f"{offered.mark:>{self._mark_cells}} " if self._mark_cells else ""
        fits = f"{SUGGESTED if offered.is_suggested else '':{len(SUGGESTED)}} " if self._has_suggested else ""
        front = f"{CURSOR_SIGN if is_cursor else ' '} {language} {fits}{mark}"
        title = title_pieces(offered.snippet.title, self._query, self.spellings)
        if not is_cursor and not offered.excess:
            return self.strip([Piece(front, "muted"), *title])
        base = self.look("over" if not is_cursor else "cursor" if self.is_in_use else "resting")
        segments = [Segment(front, base)]
        segments += [Segment(piece.text, base + _MARK if piece.look == "match" else base) for piece in title]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _settle(self) -> None:
        height = max(1, self.size.height)
        self._top = max(0, min(self._top, len(self.offers) - height))
        self._top = max(min(self._top, self._cursor), self._cursor - height + 1)

    def _refresh_line(self, place: int) -> None:
        self.refresh(Region(0, place - self._top, self.size.width, 1))


class SnippetPreview(SnippetLines):
    """The text of the highlighted answer, as far as there is room; the last line says what is left out."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offer: Offer | None = None
        self._query = ""
        self._lines: list[list[Piece]] = []
        self._wrapped_to: int | None = None
        """The width the lines are wrapped to; None for lines of something else."""

    def show(self, offered: Offer | None, query: str) -> None:
        """Show this one, or nothing."""
        if (offered, query) != (self._offer, self._query):
            self._offer, self._query, self._wrapped_to = offered, query, None
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the text."""
        # Asked here: a frame may be painted between the new size and the news of it.
        width = max(1, self.size.width - 2)
        if self._wrapped_to != width:
            self._lines = preview_lines(self._offer, self._query, width) if self._offer else []
            self._wrapped_to = width
        left_out = len(self._lines) - self.size.height
        if left_out > 0 and y == self.size.height - 1:
            return self.strip([Piece(f" … {left_out + 1} more lines", "muted")])
        return self.strip([Piece(" ", "words"), *self._lines[y]]) if y < len(self._lines) else self.blank()
