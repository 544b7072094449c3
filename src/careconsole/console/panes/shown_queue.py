"""The queue as the agent sees it: a stretch of rows whose order never moves under the hand (F02).

What a row says changes at once; arrivals, departures and new places wait until they are merged. The cursor
is a conversation's id, and its row keeps its screen line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careconsole.store.rows import QueueRow, QueueWindow, RankKey

LIMIT = 500
"""The most rows that are held at a time."""
EDGE = 60
"""So near to the edge of the stretch more rows are asked for."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits to be merged."""

    above: int = 0
    """Arrivals that rank before the cursor."""
    below: int = 0
    left: int = 0
    """Shown rows, apart from the cursor's, that are no longer in this stretch of the queue."""
    is_reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.above or self.below or self.left or self.is_reordered)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stretch that is asked for: rows from `start` on, or rows up to `end`."""

    start: RankKey | None = None
    end: RankKey | None = None


class ShownQueue:
    """Which rows are on the screen, in which order, and which one the cursor is on."""

    def __init__(self) -> None:
        self.rows: dict[int, QueueRow] = {}
        self.order: list[int] = []
        self.gone: set[int] = set()
        """Shown rows that are no longer in this stretch of the queue."""
        self.cursor: int | None = None
        self.top = 0
        """Place in `order` of the first screen line; below 0 the first lines are blank."""
        self.start: RankKey | None = None
        """From where the stretch is read; None from the head of the queue."""
        self.before = 0
        self.after = 0
        self.follows_top = False
        """Whether the cursor stays on the first row: the list was empty, and no hand has been on it since."""
        self._place: dict[int, int] = {}
        self._latest: QueueWindow | None = None
        self._slack = 0
        """With the height added: how many lines below the last row were blank when the list was last settled."""

    @property
    def total(self) -> int:
        """How many conversations wait."""
        return self._latest.total if self._latest else len(self.order)

    @property
    def cursor_row(self) -> QueueRow | None:
        """The row under the cursor."""
        return None if self.cursor is None else self.rows.get(self.cursor)

    def place(self, id: int | None) -> int | None:
        """Where in `order` a conversation stands; None if it is not shown."""
        return None if id is None else self._place.get(id)

    def row_on(self, line: int) -> QueueRow | None:
        """The row on a screen line."""
        place = self.top + line
        return self.rows[self.order[place]] if 0 <= place < len(self.order) else None

    def line_of(self, id: int | None) -> int | None:
        """The screen line of a conversation, also outside the window's height."""
        place = self.place(id)
        return None if place is None else place - self.top

    # What the store says

    def take(self, window: QueueWindow, start: RankKey | None) -> set[int]:
        """Keep what the store says now; change shown rows in place and return the ids of those that changed.

        A stretch read from another start than the shown one came too late and is left aside.
        """
        changed: set[int] = set()
        if start != self.start:
            return changed
        latest = {row.id: row for row in window.rows}
        for id in self.order:
            row = latest.get(id)
            if row is None:
                changed |= {id} - self.gone
                self.gone.add(id)
            elif row != self.rows[id] or id in self.gone:
                changed.add(id)
                self.gone.discard(id)
                self.rows[id] = row
        self._latest, self.before, self.after = window, window.before, window.after
        return changed

    def put(self, row: QueueRow) -> bool:
        """Change what a shown row says, also one that has left; whether it did."""
        if row.id not in self.rows or self.rows[row.id] == row:
            return False
        self.rows[row.id] = row
        return True

    @property
    def pending(self) -> Pending:
        """What waits to be merged."""
        if self._latest is None:
            return Pending()
        arrivals = [row for row in self._latest.rows if row.id not in self._place]
        before = self._before_cursor if arrivals else set()
        above = sum(row.id in before for row in arrivals)
        left = len(self.gone - {self.cursor})
        staying = [id for id in self.order if id not in self.gone]
        shown = [row.id for row in self._latest.rows if row.id in self._place]
        return Pending(above, len(arrivals) - above, left, staying != shown)

    @property
    def _before_cursor(self) -> set[int]:
        """Rows that the store now has before the cursor's."""
        rows, cursor = self._latest.rows if self._latest else (), self.cursor_row
        if cursor is None:
            return set()
        place = next((at for at, row in enumerate(rows) if row.id == cursor.id), None)
        if place is not None:
            return {row.id for row in rows[:place]}
        return {row.id for row in rows if row.key < cursor.key}

    def arrived(self, tier: int) -> list[QueueRow]:
        """Rows of a tier that wait to be merged."""
        rows = self._latest.rows if self._latest else ()
        return [row for row in rows if row.tier == tier and row.id not in self._place]

    def merge(self, *, keep_cursor: bool) -> bool:
        """Take over the store's order, the cursor's row keeping its line; whether anything moved.

        With `keep_cursor` a row that has left stays under the cursor; without, the cursor goes to the row
        that follows it.
        """
        if self._latest is None:
            return False
        is_settled = not self.pending and (keep_cursor or self.cursor not in self.gone)
        if is_settled and self.order:
            return False
        line = self.line_of(self.cursor)
        self._slack = min(self._slack, self.top - len(self.order))
        order = [row.id for row in self._latest.rows]
        kept: dict[int, QueueRow] = {}
        if self.cursor is not None and self.cursor in self.gone:
            place, heir = self._heir(set(order), order)
            if keep_cursor:
                kept[self.cursor] = self.rows[self.cursor]
                order.insert(place, self.cursor)
            else:
                self.cursor = heir
        self._set(order, {row.id: row for row in self._latest.rows} | kept)
        self.gone = set(kept)
        if not self.order:
            self.follows_top = True
        elif self.cursor is None or (self.follows_top and not kept):
            self.cursor, self.top = self.order[0], 0
        elif line is not None and (place_now := self.place(self.cursor)) is not None:
            self.top = place_now - line
        return True

    def _heir(self, staying: set[int], order: Sequence[int]) -> tuple[int, int | None]:
        """Where the row under the cursor would stand in a new order, and which row follows it there."""
        old = self._place[self.cursor] if self.cursor is not None else 0
        for id in self.order[old + 1 :]:
            if id in staying:
                return order.index(id), id
        return len(order), order[-1] if order else None

    def replace(self, window: QueueWindow, start: RankKey | None, *, at_end: bool) -> None:
        """Show another stretch, the cursor on its first or its last row."""
        self._latest, self.start, self.gone = window, start, set()
        self.before, self.after = window.before, window.after
        self._set([row.id for row in window.rows], {row.id: row for row in window.rows})
        self.cursor = self.order[-1 if at_end else 0] if self.order else None
        self.top = 0

    def wanted(self) -> Wanted | None:
        """The stretch to ask for because the cursor comes near to an edge; None if there is no need."""
        place = self.place(self.cursor)
        if place is None:
            return None
        staying = [id for id in self.order if id not in self.gone]
        if self.after and place >= len(self.order) - EDGE and staying:
            return Wanted(start=self.rows[staying[-min(len(staying), LIMIT // 2)]].key)
        if self.before and place < EDGE and staying:
            return Wanted(end=self.rows[staying[min(len(staying), LIMIT // 2) - 1]].key)
        return None

    def extend(self, window: QueueWindow, *, downwards: bool) -> None:
        """Add the rows of an overlapping stretch beyond the edge, and let go of as many at the other edge.

        Rows between those shown are not added: they wait for the merge.
        """
        staying = [self.rows[id].key for id in self.order if id not in self.gone]
        if not staying:
            return
        if downwards:
            more = [row for row in window.rows if row.key > max(staying) and row.id not in self._place]
            order = self.order + [row.id for row in more]
            cut = max(0, len(order) - LIMIT)
            self.top -= cut
            order = order[cut:]
        else:
            more = [row for row in window.rows if row.key < min(staying) and row.id not in self._place]
            order = ([row.id for row in more] + self.order)[:LIMIT]
            self.top += len(more)
        self._set(order, self.rows | {row.id: row for row in more})
        self.gone &= set(order)
        # Counts of what lies outside come with the next look at the stretch; until then these are near enough.
        self.before = window.before if not downwards else self.before + cut
        self.after = window.after if downwards else self.after + 1
        first = next((id for id in self.order if id not in self.gone), self.order[0])
        self.start = self.rows[first].key if self.before else None
        self._latest = None

    def _set(self, order: Iterable[int], rows: dict[int, QueueRow]) -> None:
        self.order = list(order)
        self.rows = {id: rows[id] for id in self.order}
        self._place = {id: place for place, id in enumerate(self.order)}

    # What the hand does

    def move(self, by: int, height: int) -> bool:
        """Move the cursor by rows; whether the screen lines have other rows now."""
        place = self.place(self.cursor)
        if place is None:
            return self._aim(0, height) if self.order else False
        return self._aim(min(max(place + by, 0), len(self.order) - 1), height)

    def go_to(self, id: int, height: int) -> bool:
        """Put the cursor on a shown conversation; whether the screen lines have other rows now."""
        place = self.place(id)
        return False if place is None else self._aim(place, height)

    def _aim(self, place: int, height: int) -> bool:
        self.cursor = self.order[place]
        return self.settle(height)

    def gap(self, height: int) -> int:
        """How many lines below the last row merges have left blank while there are rows above the screen for them."""
        blank = self.top + height - len(self.order)
        return max(0, min(self.top, blank - max(0, self._slack + height)))

    def fill(self, height: int) -> bool:
        """Close the gap, the cursor's row giving up its line; whether there was one."""
        gap = self.gap(height)
        self.top -= gap
        return bool(gap)

    def settle(self, height: int) -> bool:
        """Fill the screen lines and bring the cursor onto one; whether they have other rows now.

        At an edge the list moves by a third of its height, so that not every step repaints it.
        """
        top, place = self.top, self.place(self.cursor)
        last = max(0, len(self.order) - height)
        if place is not None:
            stride = max(1, height // 3)
            if place < top:
                top = min(place, top - stride)
            elif place >= top + height:
                top = max(place - height + 1, top + stride)
        top = min(max(top, 0), last)
        moved, self.top = top != self.top, top
        self._slack = top - len(self.order)
        return moved
