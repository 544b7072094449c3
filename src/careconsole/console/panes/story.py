"""The lines of a thread around the place that is read: a message is wrapped only when it comes into view.

The place is a message and a line of it, never a number of lines from the start: so nothing has to be known
about messages that were never looked at, and what arrives, is edited or goes does not move what is read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from careconsole.console.panes.message_block import BLANK, Block, Line
from careconsole.model.message import Direction
from careconsole.store.rows import ThreadEntry

Build = Callable[[ThreadEntry, int, int], Block]
"""Entry, width and pages in, block out."""

_KEPT_BLOCKS = 500


@dataclass(frozen=True, slots=True)
class View:
    """What is in view: the lines, and the first and last entry of which something can be read."""

    lines: tuple[Line, ...]
    first: int
    last: int


class Story:
    """A thread, and the place in it that is read."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self._entries: tuple[ThreadEntry, ...] = ()
        self._place_of: dict[str, int] = {}
        self._blocks: OrderedDict[str, Block] = OrderedDict()
        self._pages: dict[str, int] = {}
        self._fresh: set[str] = set()
        """What came since and was not in view yet."""
        self._changed: set[str] = set()
        """What the customer edited or deleted since and was not in view again yet."""
        self._width = self._height = 0
        self._top = (0, 0)
        self._lowest: tuple[int, int] | None = None
        self._view: View | None = None
        self._skipped = 0
        """How many entries before these were not read yet."""

    # ---- the thread ---------------------------------------------------------------------------------------------

    def open(self, entries: Sequence[ThreadEntry], skipped: int = 0) -> None:
        """Another thread, shown from its first unanswered message, or else at its end.

        So many entries as `skipped` stand before these; the next `update` brings them, and none of them is new.
        """
        self._blocks.clear()
        self._pages.clear()
        self._fresh.clear()
        self._changed.clear()
        self._take(entries)
        self._skipped = skipped
        self._top = self._opening_place()

    def update(self, entries: Sequence[ThreadEntry]) -> None:
        """The same thread as it is now. The line at the top stays where it is; who reads the end sees what we add."""
        before, places = self._entries, self._place_of
        known_us = before[0].at_us if self._skipped and before else None
        self._skipped = 0
        was_at_end = bool(self._width) and self.is_at_end
        anchor = self._anchor_in({entry.key for entry in entries})
        self._take(entries)
        for entry in entries:
            old = places.get(entry.key)
            if old is None:
                if entry.place or (known_us is not None and entry.at_us <= known_us):
                    continue  # what is unseen elsewhere counts in its own conversation
                if entry.direction is Direction.IN or entry.elsewhere or entry.is_note:
                    self._fresh.add(entry.key)
            elif before[old] != entry:
                self._blocks.pop(entry.key, None)
                if entry.direction is Direction.IN and entry.seq > before[old].seq and not entry.place:
                    self._changed.add(entry.key)
        self._fresh &= self._place_of.keys()
        self._changed &= self._place_of.keys()
        key, line = anchor
        place = self._place_of.get(key, 0)
        self._top = (place, line)
        self._clamp()
        if was_at_end and entries and entries[-1].key not in places and _is_just_ours(entries[-1]):
            self.to_end()

    def _anchor_in(self, still_there: set[str]) -> tuple[str, int]:
        """The entry at the top and the line of it; if that entry goes, the nearest one before it."""
        place, line = self._top
        for before in range(min(place, len(self._entries) - 1), -1, -1):
            if self._entries[before].key in still_there:
                return self._entries[before].key, line if before == place else 0
        return "", 0

    def _take(self, entries: Sequence[ThreadEntry]) -> None:
        self._entries = tuple(entries)
        self._place_of = {entry.key: place for place, entry in enumerate(entries)}
        self._lowest = self._view = None

    def resize(self, width: int, height: int) -> None:
        """The window has this many cells and lines; who read the end goes on reading it."""
        if (width, height) == (self._width, self._height):
            return
        is_first = not self._width
        was_at_end = not is_first and self.is_at_end
        if width != self._width:
            self._blocks.clear()
        self._width, self._height = width, height
        self._lowest = self._view = None
        if is_first:
            self._top = self._opening_place()
        elif was_at_end:
            self._top = self._lowest_top()
        self._clamp()

    def rebuild(self) -> None:
        """Forget every wrapped line: what `build` makes is different from now on."""
        self._blocks.clear()
        self._lowest = self._view = None
        self._clamp()

    # ---- the place ------------------------------------------------------------------------------------------------

    def move(self, lines: int) -> bool:
        """Go down by so many lines, up by a negative number; False if nothing moved."""
        was = self._top
        place, line = self._top[0], self._top[1] + lines
        while line < 0 and place > 0:
            place -= 1
            line += self._height_of(place)
        while place < len(self._entries) - 1 and line >= self._height_of(place):
            line -= self._height_of(place)
            place += 1
        self._top = (place, max(0, line))
        self._clamp()
        return self._top != was

    def to_start(self) -> None:
        """The first message."""
        self._top, self._view = (0, 0), None

    def to_end(self) -> None:
        """The newest message."""
        self._top, self._view = self._lowest_top(), None

    def unfold(self) -> bool:
        """One page more of the first cut text in view; False if none is cut."""
        view = self.view
        for place in range(view.first, view.last + 1):
            entry = self._entries[place]
            if self._block(place).has_rest:
                self._pages[entry.key] = self._pages.get(entry.key, 1) + 1
                self._blocks.pop(entry.key, None)
                self._lowest = self._view = None
                return True
        return False

    # ---- what is to be seen ------------------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """The lines in view, `height` of them."""
        if self._view is None:
            self._view = self._look()
        return self._view

    @property
    def count(self) -> int:
        """How many messages and notes there are."""
        return self._skipped + len(self._entries)

    def number(self, place: int) -> int:
        """Of an entry at this place in the thread, counted from 1."""
        return self._skipped + place + 1

    @property
    def is_at_end(self) -> bool:
        """Whether the newest message is in view to its end."""
        return self._top >= self._lowest_top()

    def fresh_below(self) -> tuple[int, int]:
        """How many messages came while this was read and stand below, and how many there have changed."""
        last = self.view.last
        new = sum(self._place_of[key] > last for key in self._fresh)
        return new, sum(self._place_of[key] > last for key in self._changed - self._fresh)

    def fresh_above(self) -> tuple[int, int]:
        """How many messages came late and stand above, and how many there have changed."""
        first = self.view.first
        new = sum(self._place_of[key] < first for key in self._fresh)
        return new, sum(self._place_of[key] < first for key in self._changed - self._fresh)

    def note_seen(self) -> int | None:
        """What is in view counts as seen; the newest event before which nothing is unseen."""
        view = self.view
        in_view = {self._entries[place].key for place in range(view.first, view.last + 1)}
        self._fresh -= in_view
        self._changed -= in_view
        unseen = (self._entries[self._place_of[key]].seq for key in self._fresh | self._changed)
        limit = min(unseen, default=None)
        seen = (entry.seq for entry in self._entries if entry.seq and (limit is None or entry.seq < limit))
        return max(seen, default=None)

    def count_as_seen(self, seq: int) -> None:
        """What happened until this event was shown elsewhere."""
        told = {entry.key for entry in self._entries if entry.seq <= seq}
        self._fresh -= told
        self._changed -= told

    def count_as_unseen(self, seq: int) -> None:
        """What others did after this event was not seen yet, whatever was in view."""
        for entry in self._entries:
            if (
                not entry.place
                and entry.seq > seq
                and (entry.direction is Direction.IN or entry.elsewhere or entry.is_note)
            ):
                is_new = entry.version == 1 and entry.deleted_us is None
                (self._fresh if is_new else self._changed).add(entry.key)

    # ---- inside ---------------------------------------------------------------------------------------------------

    def _look(self) -> View:
        lines: list[Line] = []
        first, last = -1, -2
        place, skip = self._top
        while len(lines) < self._height and place < len(self._entries):
            shown = self._block(place).lines[skip : skip + self._height - len(lines)]
            lines += shown
            # A head line alone, or the blank line behind a message, tells nothing of what was said.
            if skip + len(shown) > 1 and any(line is not BLANK for line in shown):
                first, last = (place if first < 0 else first), place
            place, skip = place + 1, 0
        lines += [BLANK] * (self._height - len(lines))
        return View(tuple(lines), max(first, 0), last)

    def _block(self, place: int) -> Block:
        entry = self._entries[place]
        block = self._blocks.get(entry.key)
        if block is None:
            block = self._blocks[entry.key] = self._build(entry, self._width, self._pages.get(entry.key, 1))
            while len(self._blocks) > max(_KEPT_BLOCKS, 2 * self._height):
                self._blocks.popitem(last=False)
        else:
            self._blocks.move_to_end(entry.key)
        return block

    def _height_of(self, place: int) -> int:
        return len(self._block(place).lines)

    def _clamp(self) -> None:
        self._view = None
        if not self._entries or not self._width:
            self._top = (0, 0)
            return
        place, line = self._top
        place = min(place, len(self._entries) - 1)
        self._top = min((place, min(line, self._height_of(place) - 1)), self._lowest_top())

    def _lowest_top(self) -> tuple[int, int]:
        if self._lowest is None:
            self._lowest = self._up_from_end(self._height)
        return self._lowest

    def _up_from_end(self, lines: int) -> tuple[int, int]:
        """The place from which this many lines are left to the end."""
        if not self._width:
            return (0, 0)
        for place, height in self._heights_from_end():
            if height >= lines:
                return place, height - lines
            lines -= height
        return (0, 0)

    def _heights_from_end(self) -> Iterator[tuple[int, int]]:
        for place in range(len(self._entries) - 1, -1, -1):
            yield place, self._height_of(place)

    def _opening_place(self) -> tuple[int, int]:
        """The first unanswered message if it is at most two screens from the end, else the end."""
        lowest = self._lowest_top()
        waiting = next((place for place, entry in enumerate(self._entries) if _is_unanswered(entry)), None)
        if waiting is not None and waiting >= self._up_from_end(3 * self._height)[0]:
            return min((waiting, 0), lowest)
        # Of a newest message that is longer than the window, its beginning.
        return min(lowest, (len(self._entries) - 1, 0)) if self._entries else lowest


def _is_unanswered(entry: ThreadEntry) -> bool:
    return entry.direction is Direction.IN and not (entry.is_note or entry.is_answered or entry.place)


def _is_just_ours(entry: ThreadEntry) -> bool:
    """Whether it is a reply on its way, which is no message of the thread yet."""
    return entry.message_id is None and not entry.is_note
