"""The queue: one line per conversation, most urgent first; only visible lines are built (Line API)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from careconsole.console.commands import bindings
from careconsole.console.hand_clock import hand_s
from careconsole.console.own_languages import OURS, foreign_mark
from careconsole.console.panes.queue_row import Columns, Piece, changed_spans, pieces, remaining_s
from careconsole.console.panes.queue_words import empty_words, heading_words
from careconsole.console.panes.shown_queue import ShownQueue, Wanted
from careconsole.console.said_keys import said_key
from careconsole.console.text import fit, next_clock_step_s
from careconsole.store.rows import QueueRow, QueueWindow, RankKey

MOST_SPANS = 3
"""A line with more changed stretches is sent as a whole: every stretch costs an address."""
QUIET_S = 2.0
"""So long without a key arrivals may be merged by themselves."""


class QueuePane(Widget, can_focus=True):
    """The list of waiting conversations; it never moves under the hand.

    `now` is the desk's clock, `now_s` one that only goes forward.
    """

    BINDINGS = bindings("queue", "list")
    COMPONENT_CLASSES = {
        f"queue--{look}"
        for look in (
            "row cursor resting header heading found emergency vip late soon muted public private customer taken words gone"
        ).split()
    }

    @dataclass
    class CursorMoved(Message):
        """The hand moved the cursor to another conversation."""

        id: int

    @dataclass
    class Opened(Message):
        """The conversation under the cursor shall be opened."""

        id: int

    @dataclass
    class LinkAsked(Message):
        """A link of the conversation under the cursor shall be opened."""

        id: int | None

    @dataclass
    class NeedRows(Message):
        """More rows are wanted: a stretch, or with `edge` the head or the foot of the queue."""

        wanted: Wanted | None = None
        edge: str = ""

    class WholeWanted(Message):
        """The whole queue is wanted again, not only what was found."""

    class Merged(Message):
        """What had waited is in the list now."""

    @dataclass
    class CursorLeft(Message):
        """The conversation under the cursor is not in this stretch of the queue: what the store says has no row of it."""

        id: int

    def __init__(
        self, now: Callable[[], datetime], *, now_s: Callable[[], float] = hand_s, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.hand_span_s: Callable[[float], float] = lambda seconds: seconds
        """How long the hand waits for so many seconds of `now`."""
        self.shown = ShownQueue()
        self.is_frozen = False
        """Whether nothing may move: a question about a row is open."""
        self.empty_lines: Sequence[str] = ("Nobody waits.",)
        self.found_words = ""
        """How much was found and by what; empty while this is the whole queue."""
        self._excerpts: Mapping[int, str] = {}
        self._now, self._now_s = now, now_s
        self._touched_s = float("-inf")
        self._asked: Wanted | None = None
        self._columns = Columns.of(80)
        self._lines: dict[int, list[Piece]] = {}
        """What is drawn on each line; lines that are not here are drawn when they are asked for."""
        self._looks: dict[str, Style] = {}
        self._languages = OURS
        self._clock_timer: Timer | None = None
        self._merge_timer: Timer | None = None

    # What others may ask and do

    def read_languages(self, own: frozenset[str]) -> None:
        """Mark what is in none of these languages."""
        if own != self._languages:
            self._languages = own
            self._changed_all()

    @property
    def cursor(self) -> int | None:
        """The conversation under the cursor."""
        return self.shown.cursor

    @property
    def cursor_row(self) -> QueueRow | None:
        """Its row."""
        return self.shown.cursor_row

    @property
    def start(self) -> RankKey | None:
        """From where the stretch is read that this pane shows; None from the head of the queue."""
        return self.shown.start

    @property
    def addressed_columns(self) -> tuple[int, ...]:
        """The columns at which a piece of a line gets its own address: what follows the customer."""
        return (self._columns.words_at,)

    def touch(self) -> None:
        """A key was pressed in a list: nothing moves by itself for the next two seconds."""
        self._touched_s = self._now_s()
        self.shown.follows_top = False

    def apply(self, window: QueueWindow, start: RankKey | None = None) -> None:
        """Take what the store says now: rows change in place, arrivals and departures wait for the merge."""
        for id in self.shown.take(window, start):
            self._refresh_row(id)
        if self.shown.cursor is not None and self.shown.cursor in self.shown.gone:
            self.post_message(self.CursorLeft(self.shown.cursor))
        if not self.shown.order:
            self.merge()
        else:
            self._merge_when_quiet()
        self._touch_up(0)
        self._plan_clock()

    def show_empty(self, lines: Sequence[str]) -> None:
        """What stands in place of the rows when there are none; our own words, on as many lines as they take."""
        if tuple(lines) != tuple(self.empty_lines):
            self.empty_lines = lines
            if not self.shown.order:
                self._changed_all()

    def show_found(self, words: str, excerpts: Mapping[int, str]) -> None:
        """Say that this is not the whole queue, and by conversation what to show of it; empty words: it is."""
        before, self._excerpts = self._excerpts, excerpts
        self.found_words = words
        for id in self.shown.order:
            if before.get(id) != excerpts.get(id):
                self._refresh_row(id)
        self._touch_up(0)

    def put(self, row: QueueRow) -> None:
        """Change what one shown row says, also one that has left the queue."""
        if self.shown.put(row):
            self._refresh_row(row.id)

    def replace(self, window: QueueWindow, start: RankKey | None, *, at_end: bool = False) -> None:
        """Show another stretch of the queue, the cursor on its first or last row."""
        self.shown.replace(window, start, at_end=at_end)
        self.shown.settle(self._height)
        self._changed_all()
        self.post_message(self.Merged())
        self._say_cursor()

    def extend(self, window: QueueWindow, *, downwards: bool) -> None:
        """Add the rows that were asked for at an edge."""
        self._asked = None
        self.shown.extend(window, downwards=downwards)
        self.shown.settle(self._height)
        self._changed_all()

    def merge(self, *, keep_cursor: bool = True) -> None:
        """Put what arrived or left into the list now; the cursor's row keeps its line.

        Once the hand rests it gives that up where lines below would be blank and rows above could fill the pane.
        """
        before = self.shown.cursor
        has_moved = self.shown.merge(keep_cursor=keep_cursor)
        if self._quiet_in_s <= 0:
            has_moved = self.shown.fill(self._height) or has_moved
        if has_moved:
            self._changed_all()
            self.post_message(self.Merged())
        self._merge_when_quiet()
        if self.shown.cursor != before:
            self._say_cursor()

    def go_to(self, id: int) -> bool:
        """Put the cursor on a conversation, merging first; False if this stretch does not have it."""
        self.merge(keep_cursor=False)
        if self.shown.place(id) is None:
            return False
        self._steer(lambda: self.shown.go_to(id, self._height))
        return True

    # Keys

    def action_down(self) -> None:
        """Go to the next conversation."""
        self._steer(lambda: self.shown.move(1, self._height))

    def action_up(self) -> None:
        """Go to the conversation before."""
        self._steer(lambda: self.shown.move(-1, self._height))

    def action_page_down(self) -> None:
        """Go down by a page."""
        self._steer(lambda: self.shown.move(max(1, self._height - 1), self._height))

    def action_page_up(self) -> None:
        """Go up by a page."""
        self._steer(lambda: self.shown.move(-max(1, self._height - 1), self._height))

    def action_top(self) -> None:
        """Go to the most urgent conversation."""
        if self.shown.before:
            self.post_message(self.NeedRows(edge="head"))
            return
        self.merge(keep_cursor=False)
        self._steer(lambda: self.shown.move(-len(self.shown.order), self._height))

    def action_bottom(self) -> None:
        """Go to the last conversation."""
        if self.shown.after:
            self.post_message(self.NeedRows(edge="foot"))
            return
        self._steer(lambda: self.shown.move(len(self.shown.order), self._height))

    def action_whole(self) -> None:
        """Show the whole queue again."""
        self.post_message(self.WholeWanted())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The whole queue cannot be shown again while it is there."""
        return action != "whole" or bool(self.found_words)

    def action_open(self) -> None:
        """Open the conversation under the cursor."""
        if self.cursor is not None:
            self.post_message(self.Opened(self.cursor))

    def action_open_link(self) -> None:
        """Ask which link of the conversation under the cursor."""
        self.post_message(self.LinkAsked(self.cursor))

    # Moving

    def _steer(self, move: Callable[[], bool]) -> None:
        self.touch()
        before = self.shown.cursor
        if move():
            self._changed_all()
        elif self.shown.cursor != before:
            self._refresh_row(before)
            self._refresh_row(self.shown.cursor)
        if self.shown.cursor == before:
            return
        self._say_cursor()
        wanted = self.shown.wanted()
        if wanted is not None and wanted != self._asked:
            self._asked = wanted
            self.post_message(self.NeedRows(wanted))

    def _say_cursor(self) -> None:
        if self.shown.cursor is not None:
            self.post_message(self.CursorMoved(self.shown.cursor))

    def _merge_when_quiet(self) -> None:
        if self._merge_timer is not None:
            self._merge_timer.stop()
            self._merge_timer = None
        if not (self.shown.pending or self.shown.gap(self._height)):
            return
        wait_s = self._quiet_in_s
        if wait_s <= 0 and not self.is_frozen:
            self.merge()
        else:
            self._merge_timer = self.set_timer(max(wait_s, 0.25), self._merge_when_quiet)

    @property
    def _quiet_in_s(self) -> float:
        """In how many seconds the hand has rested long enough; 0 or less if it has."""
        return self._touched_s + QUIET_S - self._now_s()

    # Drawing

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)

    def _changed_all(self) -> None:
        for y in range(self.size.height):
            self._touch_up(y)
        self._plan_clock()

    def _refresh_row(self, id: int | None) -> None:
        line = self.shown.line_of(id)
        if line is not None and 0 <= line < self._height:
            self._touch_up(line + 1)

    def _touch_up(self, y: int) -> None:
        """Repaint the cells of a line that say or look something else than what is drawn there."""
        old = self._lines.get(y)
        if old is None:
            self.refresh(Region(0, y, self.size.width, 1))
            return
        new = self._lines[y] = self._line(y)
        spans = changed_spans(old, new) if len(old) == len(new) else []
        if len(spans) > MOST_SPANS or (not spans and old != new):
            spans = [(0, self.size.width)]
        for first, cells in spans:
            self.refresh(Region(first, y, cells, 1))

    def on_resize(self, event: events.Resize) -> None:
        """Fill the new height, with columns for the new width."""
        self._columns = Columns.of(event.size.width)
        self._lines.clear()
        self.shown.settle(self._height)
        self._changed_all()

    def on_focus(self) -> None:
        """Show that keys go here."""
        self.call_later(self._refresh_focus)

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.call_later(self._refresh_focus)

    def _refresh_focus(self) -> None:
        """Once `has_focus` holds its new value, which it does not yet inside the handlers."""
        self._touch_up(0)
        self._refresh_row(self.cursor)

    def notify_style_update(self) -> None:
        """Forget the looks of the theme before."""
        self._looks.clear()
        super().notify_style_update()

    def _look(self, name: str) -> Style:
        if name not in self._looks:
            base, _, end = name.partition("-")
            style = self.get_component_rich_style(f"queue--{base}")
            self._looks[name] = style + Style(strike=True) if end else style
        return self._looks[name]

    def render_line(self, y: int) -> Strip:
        """One line: the heading, then a row each."""
        if y not in self._lines:
            self._lines[y] = self._line(y)
        segments = [Segment(piece.text, self._look(piece.look)) for piece in self._lines[y]]
        return Strip(segments).adjust_cell_length(self.size.width, self._look("row"))

    def _line(self, y: int) -> list[Piece]:
        width = self.size.width
        if y == 0:
            look = "heading" if self.has_focus else "found" if self.found_words else "header"
            title = Piece(" Found " if self.found_words else " Queue ", look)
            return [title, Piece(fit(f" {self._heading_words()}", max(0, width - 7)), "header")]
        row = self.shown.row_on(y - 1)
        if row is None:
            words = [] if self.shown.order else empty_words(self.empty_lines, width - 1)
            return [Piece(fit(f" {words[y - 1]}" if y <= len(words) else "", width))]
        if row.id in self._excerpts:
            row = replace(row, text=self._excerpts[row.id])
        is_gone = row.id in self.shown.gone
        look = "gone" if is_gone else ""
        if row.id == self.cursor:
            look = ("cursor" if self.has_focus else "resting") + ("-gone" if is_gone else "")
        mark = foreign_mark(row.language, self._languages)
        return pieces(row, self._columns, self._now(), look=look, gone=is_gone, mark=mark)

    def _heading_words(self) -> str:
        merge_key, top_key = said_key(self, "list.merge"), said_key(self, "queue.top")
        return heading_words(self.shown, self.found_words, merge_key=merge_key, top_key=top_key)

    # Clocks

    def _plan_clock(self) -> None:
        """Sleep until the next clock on the screen steps, and not a moment less."""
        if self._clock_timer is not None:
            self._clock_timer.stop()
            self._clock_timer = None
        now = self._now()
        steps = [
            next_clock_step_s(remaining_s(row, now))
            for line in range(self._height)
            if (row := self.shown.row_on(line)) is not None and row.is_waiting
        ]
        if steps:
            self._clock_timer = self.set_timer(max(0.05, self.hand_span_s(min(steps))), self._step_clocks)

    def _step_clocks(self) -> None:
        for y in range(1, self._height + 1):
            self._touch_up(y)
        self._plan_clock()
