"""Finding in the queue: a query narrows the list, and the list says so until the query is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from textual import work
from textual.worker import Worker

from careconsole.console.following import Following
from careconsole.console.panes.filter_line import FilterLine
from careconsole.console.panes.queue import QueuePane
from careconsole.console.panes.shown_queue import LIMIT
from careconsole.console.said_keys import said_key
from careconsole.desk import reading
from careconsole.desk.finding import Findings, find
from careconsole.model.finding import Query, QueryFault, completions, finished_part, parse_query
from careconsole.store.rows import QueueRow, QueueWindow, RankKey

MOST_FOUND = 200
"""So many of what is found are in the list; the words above it say how many there are."""
_SAID_IN = {"reply": "we: ", "note": "note: ", "card": "card: "}
"""What stands before words that are not the customer's."""


@dataclass(frozen=True)
class Asked:
    """A query that narrows the list, and how it was typed."""

    text: str
    query: Query
    typed: str
    """The text with the blank at its end: behind one, the last word goes on no more."""


class Filtering(Following):
    """Shows what a query finds in place of the queue; commands that take the next one still take it from all."""

    views: Mapping[str, str]
    """Saved queries by name."""
    asked: Asked | None = None
    """What narrows the list; None while it is the whole queue."""
    _under_way: tuple[str, Worker[None]] | None = None
    """A query as it was typed, and the search for it."""
    _is_at_fault = False
    """Whether the newest query was a wrong one."""

    def completions_of(self, text: str) -> list[str]:
        """What a query that is being typed may become."""
        return completions(text, self.views, [account.name for account in self.accounts])

    # Keys

    def action_find(self) -> None:
        """Type what to find."""
        self.filter_line.open(self.asked.text if self.asked else "")

    def action_drafts(self) -> None:
        """List what I have drafts for, also what waits no longer."""
        self.show_asked("draft")

    def on_queue_pane_whole_wanted(self, event: QueuePane.WholeWanted) -> None:
        """Escape in a narrowed list."""
        event.stop()
        self.ask("")

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """The list follows the query."""
        event.stop()
        self.ask(event.text)

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """Back into the list."""
        event.stop()
        self.filter_line.close()
        self.go_to_pane("queue")
        if not event.keeps:
            self.ask("")

    def show_view(self, name: str) -> None:
        """Narrow the list by a saved view."""
        self.show_asked(f"@{name}")

    def show_asked(self, text: str) -> None:
        """Go to the list of what a query finds."""
        self.go_to_pane("queue")
        self.ask(text)

    # What is shown

    def ask(self, text: str) -> None:
        """Narrow the list by a query; an empty one shows all of it.

        A wrong one leaves it as it is, or narrows it by what stands before its last word.
        """
        if text == self._followed and not self._is_at_fault:
            return
        try:
            query = parse_query(text, self.views)
        except QueryFault as fault:
            self._tell_fault(fault)
            self._ask_finished(text)
            return
        self._is_at_fault = False
        asked = None if query.is_empty else Asked(text.strip(), query, text)
        self._under_way = text, self._show_all_of(asked)

    def _ask_finished(self, text: str) -> None:
        """Narrow the list by a query without its last word, which is wrong, unless it is narrowed by that already."""
        finished = finished_part(text)
        words = finished.split()
        if not words or self._followed.split()[: len(words)] == words:
            return
        with suppress(QueryFault):
            query = parse_query(finished, self.views)
            self._under_way = finished, self._show_all_of(Asked(finished.strip(), query, finished))

    @property
    def _followed(self) -> str:
        """The query, as it was typed, that the list follows or is about to follow."""
        if self._under_way is not None:
            text, search = self._under_way
            if not (search.is_finished or search.is_cancelled):
                return text
        return self.asked.typed if self.asked else ""

    def _tell_fault(self, fault: QueryFault) -> None:
        self._is_at_fault = True
        if self.filter_line.has_focus_within:
            self.filter_line.say(str(fault), is_error=True)
        else:
            self.say(str(fault), is_error=True)

    @work(group="queue-load", exclusive=True, exit_on_error=False)
    async def _show_all_of(self, asked: Asked | None) -> None:
        """Show what is found, or the whole queue; the cursor stays with its conversation if that is there."""
        if asked is None:
            if self.asked is None:
                self.filter_line.say("")
                return
            window = await reading.queue_window(self.desk, limit=LIMIT)
            self.asked = None
            self.queue.show_found("", {})
            self.filter_line.say("")
        else:
            try:
                found = await find(self.desk, asked.query, MOST_FOUND)
            except QueryFault as fault:
                self._tell_fault(fault)
                self._under_way = None
                self._ask_finished(asked.typed)
                return
            self.asked = asked
            window = self._take_found(asked, found)
        before = self.queue.cursor
        self.say_empty()
        self.queue.replace(window, None)
        if before is not None:
            self.queue.go_to(before)
        self.refresh_bindings()

    def _take_found(self, asked: Asked, found: Findings) -> QueueWindow:
        words = [found.count_words]
        if found.hidden and found.rows:
            words.append(f"the first {len(found.rows):,} are here")
        if not self._is_at_fault:
            self.filter_line.say(", ".join(words))
        if self.counts is not None:
            words.append(f"{self.counts.waiting:,} wait in all, {said_key(self, 'queue.whole')} shows them")
        words.append(asked.text)
        excerpts = {}
        if asked.query.terms:
            excerpts = {each.row.id: f"{_SAID_IN.get(each.said_in, '')}{each.excerpt}" for each in found.rows}
        self.queue.show_found(" · ".join(words), excerpts)
        return QueueWindow(tuple(each.row for each in found.rows), 0, 0)

    async def read_window(self, start: RankKey | None) -> QueueWindow:
        """What the list shows now: what is found, or a stretch of the queue."""
        asked = self.asked
        if asked is None:
            return await super().read_window(start)
        try:
            found = await find(self.desk, asked.query, MOST_FOUND)
        except QueryFault:  # the account that it names is gone
            return QueueWindow((), 0, 0)
        if asked is not self.asked:
            return await self.read_window(self.queue.start)
        return self._take_found(asked, found)

    @property
    def shows_by_time(self) -> bool:
        """Whether what is found changes by time alone."""
        return self.asked is not None and "late" in self.asked.query.states

    async def show_pulled(self, row: QueueRow | None, id: int) -> None:
        """Put the cursor on a conversation that was taken from the whole queue; a narrowed list stays as it is."""
        if self.asked is None:
            await super().show_pulled(row, id)
            return
        is_here = self.queue.go_to(id)
        if row is not None:
            where = "it is among those found" if is_here else "it is not among those found"
            self.say(f"The most urgent of the whole queue, {where}: @{row.handle}")
