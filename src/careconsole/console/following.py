"""The screen follows the record: queue, thread, accounts and counts show what was committed."""

from __future__ import annotations

import asyncio

from textual import work
from textual.timer import Timer

from careconsole.console.desk_view import DeskView
from careconsole.console.panes.queue import QueuePane
from careconsole.console.panes.shown_queue import LIMIT
from careconsole.console.status_line import next_look_s
from careconsole.desk import person, reading, replies
from careconsole.store.rows import Account, Counts, OutboxRow, QueueRow, QueueWindow, RankKey

LOOK_PAUSE_S = 1 / 20
"""At least so long between two looks: at most twenty repaints a second."""
LOOK_AROUND_S = 30.0
"""What changes by time alone is looked at again after so long at the latest."""
RESTART_S = 2.0


class Following(DeskView):
    """Reads what changed and hands it to the panes; reads of one kind replace each other, none is awaited by keys."""

    accounts: list[Account] = []
    counts: Counts | None = None
    held: list[OutboxRow] = []
    thread_row: QueueRow | None = None
    """The conversation in the thread as it was when it was last read."""
    asked: object = None
    """What narrows the list; None while it is the whole queue."""
    _revision = -1
    _person_revision = -1
    """Of all conversations of the person in the thread, as they were last read."""
    _rest_timer: Timer | None = None
    _thread_timer: Timer | None = None
    _around_timer: Timer | None = None

    # The queue

    @work(group="follow-store", exclusive=True, exit_on_error=False)
    async def follow_store(self) -> None:
        """Look whenever something was committed, here or in another process."""
        woken = -1
        while True:
            woken = await self.desk.feed.beyond(woken)
            began_s = self.now_s()
            await self.look()
            # A long look is followed by a longer rest, so that a flood of commits leaves time for keys.
            await asyncio.sleep(max(LOOK_PAUSE_S, 2 * (self.now_s() - began_s)))

    async def look(self) -> None:
        """Read what the screen shows and show it; a commit that changed no conversation costs one number."""
        revision = await reading.revision(self.desk)
        if revision == self._revision:
            return
        window, start = await self._read_shown()
        self._revision = revision
        self.queue.apply(window, start)
        await self._look_at_thread()
        self.held = await replies.held(self.desk)
        await self._look_around()

    async def _read_shown(self) -> tuple[QueueWindow, RankKey | None]:
        """What the list shows now and from where on, read again if that changed meanwhile."""
        while True:
            asked, start = self.asked, self.queue.start
            window = await self.read_window(start)
            if asked is self.asked:
                return window, start

    async def read_window(self, start: RankKey | None) -> QueueWindow:
        """The stretch of the queue that the list shows."""
        return await reading.queue_window(self.desk, start=start, limit=LIMIT)

    async def show_pulled(self, row: QueueRow | None, id: int) -> None:
        """Put the cursor on a conversation of the queue, reading its beginning if it is not shown."""
        if not self.queue.go_to(id):
            self.queue.replace(await reading.queue_window(self.desk, limit=LIMIT), None)
            self.queue.go_to(id)

    @property
    def shows_by_time(self) -> bool:
        """Whether the list has other rows by time alone."""
        return False

    @work(group="accounts-load", exclusive=True, exit_on_error=False)
    async def look_around(self) -> None:
        """Look at what changes by time alone: whether the accounts are fresh, and what is due soon."""
        if self.shows_by_time:
            self.queue.apply(*await self._read_shown())
        await self._look_around()

    async def _look_around(self) -> None:
        self.accounts = await reading.accounts(self.desk)
        self.counts = await reading.counts(self.desk)
        self._show_counts()
        if not self.desk.is_sample:
            is_local = any((account.url or "").startswith("http://") for account in self.accounts)
            self.title_bar.show_word("LOCAL" if is_local else "")
        self.status.show_accounts(self.accounts, self.now)
        if self._around_timer is not None:
            self._around_timer.stop()
        wait_s = self.desk.hand_span_s(min(LOOK_AROUND_S, next_look_s(self.accounts, self.now)))
        self._around_timer = self.set_timer(max(0.05, wait_s), self.look_around)
        self.looked()

    def close_composer(self) -> None:
        """Put the composer away: a draft never stands under another conversation."""

    def say_empty(self) -> None:
        """Say what an empty list means."""

    def looked(self) -> None:
        """Something may have changed in accounts, counts or what is held."""

    def _show_counts(self) -> None:
        if self.counts is not None:
            self.title_bar.show_counts(self.counts, len(self.queue.shown.arrived(0)))

    def on_queue_pane_merged(self, event: QueuePane.Merged) -> None:
        """An emergency that has just come into the list is new no longer."""
        event.stop()
        self._show_counts()

    async def _look_at_thread(self) -> None:
        id = self.thread.conversation_id
        if id is None:
            return
        # The revision first: what changes between the two is looked at once more, not missed.
        revision = await person.revision(self.desk, id)
        row = await reading.queue_row(self.desk, id)
        if row is None or self.thread.conversation_id != id:
            return
        if self.thread_row is None or self._person_revision != revision:
            entries = await reading.thread(self.desk, id)
            card = await person.card(self.desk, id)
            elsewhere = await person.elsewhere(self.desk, id)
            if self.thread.conversation_id == id:
                self.thread_row, self._person_revision = row, revision
                self.thread.update(entries, row, self.now, card=card, elsewhere=elsewhere)
                self.snippets.refit()
                self.plan_thread_ages()

    def work_failed(self, group: str) -> None:
        """Go on following a little later."""
        if group == "follow-store":
            self._revision = -1
            self.set_timer(RESTART_S, self.follow_store)

    def on_queue_pane_need_rows(self, event: QueuePane.NeedRows) -> None:
        """The cursor comes near to the edge of the rows that are held."""
        event.stop()
        self.load_rows(event)

    @work(group="queue-load", exclusive=True, exit_on_error=False)
    async def load_rows(self, need: QueuePane.NeedRows) -> None:
        """Read another stretch of the queue."""
        if need.edge == "head":
            self.queue.replace(await reading.queue_window(self.desk, limit=LIMIT), None)
        elif need.edge == "foot":
            window = await reading.queue_window(self.desk, last=True, limit=LIMIT)
            start = window.rows[0].key if window.rows and window.before else None
            self.queue.replace(window, start, at_end=True)
        elif need.wanted is not None:
            wanted = need.wanted
            window = await reading.queue_window(self.desk, start=wanted.start, end=wanted.end, limit=LIMIT)
            self.queue.extend(window, downwards=wanted.start is not None)
            self._revision = -1
            await self.look()

    def on_queue_pane_cursor_left(self, event: QueuePane.CursorLeft) -> None:
        """The row under the cursor is no longer where it was: read what became of it."""
        event.stop()
        self.load_row(event.id)

    @work(group="row-load", exclusive=True, exit_on_error=False)
    async def load_row(self, id: int) -> None:
        """Read one row that has left its stretch, and what it says now."""
        row = await reading.queue_row(self.desk, id)
        if row is not None:
            self.queue.put(row)

    # The thread

    def on_queue_pane_cursor_moved(self, event: QueuePane.CursorMoved) -> None:
        """Where the thread is seen beside the queue it follows when the cursor rests."""
        event.stop()
        if self.desk.has_roles_by_account:
            self.refresh_bindings()
        if self._rest_timer is not None:
            self._rest_timer.stop()
        self._rest_timer = self.set_timer(max(0.001, self.rest_s), self._rested)

    def _rested(self) -> None:
        self._rest_timer = None
        id = self.queue.cursor
        if (
            self.follows_cursor
            and id is not None
            and id != self.thread.conversation_id
            and self.queue.has_focus
        ):
            self.show_thread(id)

    @work(group="thread-load", exclusive=True, exit_on_error=False)
    async def show_thread(self, id: int) -> None:
        """Show a conversation without opening it: a newer choice makes this one pointless."""
        await self.load_thread(id)

    async def load_thread(self, id: int) -> QueueRow | None:
        """Read a conversation into the thread and offer answers for it; its row.

        Of a long one the end is shown before the rest is read.
        """
        opened = await reading.opening(self.desk, id)
        if opened is None:
            return None
        row, card = opened.row, opened.card
        if self.composer.conversation_id != id:
            self.close_composer()
        self.thread_row, self._person_revision = row, -1 if opened.skipped else opened.revision
        self.thread.show(
            row,
            opened.entries,
            self.now,
            vip_note=card.vip_note if card and row.is_vip else "",
            card=card,
            elsewhere=opened.elsewhere,
            skipped=opened.skipped,
        )
        if opened.skipped:
            entries, elsewhere = await reading.thread(self.desk, id), await person.elsewhere(self.desk, id)
            is_newest = self._person_revision == -1  # else it was read again meanwhile
            if self.thread.conversation_id == id and is_newest:
                self._person_revision = opened.revision
                self.thread.update(entries, elsewhere=elsewhere)
        self.call_after_refresh(self.offer_answers)
        self.plan_thread_ages()
        return row

    def offer_answers(self) -> None:
        """Offer answers for the thread, once it stands on the screen."""
        if self.thread_row is not None and not self.is_writing:
            self.snippets.search_for(self.thread_row)

    def plan_thread_ages(self) -> None:
        """Sleep until the next age in the thread steps."""
        if self._thread_timer is not None:
            self._thread_timer.stop()
            self._thread_timer = None
        step_s = self.thread.next_step_s
        if step_s is not None:
            self._thread_timer = self.set_timer(max(0.2, self.desk.hand_span_s(step_s)), self._step_thread)

    def _step_thread(self) -> None:
        self.thread.tick(self.now)
        self.plan_thread_ages()
