"""What an agent does to a conversation besides answering: claim, pull, resolve, kind, tier, VIP, skip, undo."""

from __future__ import annotations

from textual import work

from careconsole.console.attention import Attention
from careconsole.console.panes.queue import QueuePane
from careconsole.console.panes.thread import ThreadPane
from careconsole.console.reason_screen import NOTE, holder_notice, resolve_question, skip_question
from careconsole.console.said_keys import said_key
from careconsole.console.troll_screen import TrollScreen
from careconsole.console.vip_screen import VipAnswer, VipScreen
from careconsole.console.why_screen import WhyScreen
from careconsole.desk import reading, routing, suspecting
from careconsole.desk import work as desk_work
from careconsole.model.conversation import Claimed, Disposition, HeldBy, Resolved, SkipReason
from careconsole.model.message import Kind
from careconsole.model.rights import Verb
from careconsole.store.rows import QueueRow

NO_NUMBERS_S = 1.0
"""So long after a question did not open no number acts: it was meant as the answer."""
UNDO_WORDS = {
    "resolved": "the resolving",
    "kind_set": "the kind",
    "tier_set": "the tier",
    "released": "the release",
    "promise_kept": "the promise kept",
    "linked": "the link",
    "snoozed": "the coming back",
    "assigned": "the assignment",
}


class Acting(Attention):
    """The commands of queue and thread that change the record. Each is about one conversation, fixed by its key."""

    aimed_at: int | None = None
    """The conversation of a key that had to wait; None: the one in the pane with the focus."""
    in_a_run = False
    """Whether the letter of the command running now came right behind another one, as in a word."""
    _no_numbers_until_s = float("-inf")
    _no_number_words = ""

    @property
    def aim(self) -> int | None:
        """The conversation that the command running now is about."""
        return self.target if self.aimed_at is None else self.aimed_at

    def key(self, command_id: str) -> str:
        """The key of a command as sentences name it."""
        return said_key(self, command_id)

    def open_composer(self, id: int, *, note: bool) -> None:
        """Write to a conversation."""
        raise NotImplementedError

    # Open, pull

    def on_queue_pane_opened(self, event: QueuePane.Opened) -> None:
        """Enter on a row."""
        event.stop()
        self.open_conversation(event.id)

    def on_thread_pane_told(self, event: ThreadPane.Told) -> None:
        """Say it."""
        event.stop()
        self.say(event.sentence)

    def on_thread_pane_left(self, event: ThreadPane.Left) -> None:
        """Back to the queue."""
        event.stop()
        self.end_attention()
        self.go_to_pane("queue")

    def open_conversation(self, id: int) -> None:
        """Show the thread and give it the keys."""
        self.go_to_pane("thread")
        self._open(id)

    @work(group="thread-load", exclusive=True, exit_on_error=False)
    async def _open(self, id: int) -> None:
        row = await self.load_thread(id)
        if row is None:
            return
        self.begin_attention(id)
        self.note_opened(row)

    @work(group="writes", exit_on_error=False)
    async def note_opened(self, row: QueueRow) -> None:
        """Write down that the conversation was opened, and look for edits and deletions at the network."""
        await routing.opened(self.desk, row.id)
        await self.look_at_network(row)

    async def look_at_network(self, row: QueueRow) -> None:
        """Ask the network about the open thread."""

    def action_pull(self) -> None:
        """Claim and open the most urgent conversation that nobody holds."""
        self.pull()

    @work(group="writes", exit_on_error=False)
    async def pull(self) -> None:
        """Claim the next one and show it."""
        claimed = await routing.claim_next(self.desk)
        if claimed is None:
            self.say("Nobody waits whom nobody holds, and who is not first for somebody here.")
            return
        self.fences[claimed.conversation_id] = claimed.fence
        await self.show_claimed(claimed.conversation_id)

    async def show_claimed(self, id: int) -> None:
        """Put queue and thread on a conversation that was just claimed."""
        self.go_to_pane("thread")
        row = await self.load_thread(id)
        await self.show_pulled(row, id)
        self.begin_attention(id)
        if row is not None:
            self.note_opened(row)

    # Claim, skip

    def action_claim(self) -> None:
        """Claim the conversation, or release it if it is mine."""
        if self.aim is not None:
            self._claim_or_release(self.aim)

    @work(group="writes", exit_on_error=False)
    async def _claim_or_release(self, id: int) -> None:
        row = await reading.queue_row(self.desk, id)
        if row is not None and row.claimed_by == self.desk.agent:
            if await routing.release(self.desk, id, self.fences.get(id)):
                self.fences.pop(id, None)
                self.say(f"Released, {self.key('list.undo')} takes it back: @{row.handle}")
            elif self.fences.pop(id, None):
                again = self.key("list.claim")
                self.say(f"You took it again in another console; {again} releases it there: @{row.handle}")
            return
        if await self.claim(id):
            reply, claim = self.key("list.reply"), self.key("list.claim")
            whose = row.owner if row is not None else None
            kept = f", {whose}'s again if you do not" if whose not in (None, self.desk.agent) else ""
            self.say(f"Yours, {reply} replies{kept}, {claim} releases: @{row.handle if row else ''}")

    async def claim(self, id: int) -> bool:
        """Claim a conversation; if that fails the agent is told why."""
        taken = await routing.claim(self.desk, id)
        if isinstance(taken, Claimed):
            self.fences[id] = taken.fence
            return True
        if isinstance(taken, HeldBy):
            await self.tell_holder(taken)
        elif isinstance(taken, Resolved):
            self.say(f"It is resolved already. {self.key('list.undo')} takes that back if it was you.")
        return False

    async def tell_holder(self, held: HeldBy) -> None:
        """Say who has it and since when; a note is still possible."""
        row = await reading.queue_row(self.desk, held.conversation_id)
        notice = holder_notice(held, self.now, presence=row.presence if row else None)
        self.app.push_screen(notice, lambda answer: self._after_notice(answer, held.conversation_id))

    def _after_notice(self, answer: str | None, id: int) -> None:
        if answer == NOTE:
            self.open_composer(id, note=True)

    def action_skip(self) -> None:
        """Hand a conversation of mine back, with a reason."""
        row = self.row_of(self.aim)
        if row is None:
            return
        # A claim of this moment may not stand in the list yet.
        if row.claimed_by != self.desk.agent and row.id not in self.fences:
            self.ignore_numbers("It was not handed back, so the number set nothing: you do not hold it.")
            self.say("You do not hold it: only what you claimed can be handed back.")
            return

        def answered(reason: str | None) -> None:
            if reason is not None:
                self._skip(row, SkipReason(reason))

        self.app.push_screen(skip_question(row), answered)

    @work(group="writes", exit_on_error=False)
    async def _skip(self, row: QueueRow, reason: SkipReason) -> None:
        if await routing.skip(self.desk, row.id, reason, self.fences.get(row.id)):
            self.fences.pop(row.id, None)
            self.say(f"Handed back: @{row.handle}")
        else:
            self.say(f"You do not hold @{row.handle} any more.")

    # Resolve

    def action_resolve(self) -> None:
        """End the conversation; asks why."""
        self._ask_why(pulls=False)

    def action_resolve_next(self) -> None:
        """End the conversation and pull the next one; asks why."""
        self._ask_why(pulls=True)

    def _ask_why(self, *, pulls: bool) -> None:
        row = self.row_of(self.aim)
        if row is None:
            return

        def answered(reason: str | None) -> None:
            if reason is not None:
                self.resolve(row, Disposition(reason), pulls)

        if row.claimed_by not in (None, self.desk.agent):
            self._tell_of(row)
            return
        is_open = self.composer.conversation_id == row.id and bool(self.composer.text.strip())
        question = resolve_question(row, has_draft=row.has_draft or is_open, in_a_run=self.in_a_run)
        self.app.push_screen(question, answered)

    @work(group="writes", exit_on_error=False)
    async def _tell_of(self, row: QueueRow) -> None:
        await self.tell_holder(HeldBy(row.id, row.claimed_by or "", row.claimed_since_us or 0))

    @work(group="writes", exit_on_error=False)
    async def resolve(self, row: QueueRow, reason: Disposition, pulls: bool) -> None:
        """Resolve a conversation that is free or mine."""
        done = await desk_work.resolve(self.desk, row.id, reason, self.fences.get(row.id))
        if isinstance(done, HeldBy):
            await self.tell_holder(done)
            return
        if done is None:
            self.say("There is no such conversation any more.", is_error=True)
            return
        self.fences.pop(row.id, None)
        word = reason.value.replace("_", " ")
        self.say(f"Resolved ({word}), {self.key('list.undo')} takes it back: @{row.handle}")
        if pulls:
            self.pull()

    # Kind, tier, VIP

    def action_set_kind(self, word: str) -> None:
        """Correct the kind."""
        if self.aim is not None and not self._is_for_no_question():
            self._set_kind(self.aim, Kind(word))

    @work(group="writes", exit_on_error=False)
    async def _set_kind(self, id: int, kind: Kind) -> None:
        done = await desk_work.set_kind(self.desk, id, kind)
        word = kind.value.replace("_", " ")
        undo = self.key("list.undo")
        self.say(f"Kind: {word}. {undo} takes it back." if done else f"It stays {word}.")

    def ignore_numbers(self, words: str) -> None:
        """A question did not open: a number that follows at once is its answer, and these words say so."""
        self._no_numbers_until_s, self._no_number_words = self.now_s() + NO_NUMBERS_S, words

    def _is_for_no_question(self) -> bool:
        """Whether a number was meant as the answer to a question that did not open, and sets nothing."""
        if self.now_s() >= self._no_numbers_until_s:
            return False
        self.say(self._no_number_words)
        return True

    def action_tier(self) -> None:
        """Make it an emergency, or lift that."""
        row = self.row_of(self.aim)
        if row is not None and not self._is_for_no_question():
            self._set_tier(row, 1 if row.tier == 0 else 0)

    @work(group="writes", exit_on_error=False)
    async def _set_tier(self, row: QueueRow, tier: int) -> None:
        if await desk_work.set_tier(self.desk, row.id, tier) is not None:
            what = "An emergency now" if tier == 0 else "No emergency any more"
            self.say(f"{what}, {self.key('list.undo')} takes it back: @{row.handle}")

    def action_vip(self) -> None:
        """Mark the customer as VIP with a note, or lift the mark."""
        row = self.row_of(self.aim)
        if row is not None:
            self._ask_vip(row)

    @work(group="questions", exit_on_error=False)
    async def _ask_vip(self, row: QueueRow) -> None:
        why = await reading.why(self.desk, row.id)

        def answered(answer: VipAnswer | None) -> None:
            if answer is not None:
                self._set_vip(row, answer)

        self.app.push_screen(VipScreen(row, why.vip_note if why else ""), answered)

    @work(group="writes", exit_on_error=False)
    async def _set_vip(self, row: QueueRow, answer: VipAnswer) -> None:
        if await desk_work.set_vip(self.desk, row.id, answer.is_vip, answer.note):
            self.say(f"{'VIP' if answer.is_vip else 'No VIP any more'}: @{row.handle}")

    # Why, undo, merge

    def action_why(self) -> None:
        """Show the sum behind the place in the queue."""
        if self.aim is not None:
            self._show_why(self.aim)

    @work(group="questions", exit_on_error=False)
    async def _show_why(self, id: int) -> None:
        why = await reading.why(self.desk, id)
        if why is not None:
            self.app.push_screen(WhyScreen(why))

    def action_troll(self) -> None:
        """Show the two tests: troll, or upset customer."""
        if self.aim is not None:
            self._show_troll(self.aim)

    @work(group="questions", exit_on_error=False)
    async def _show_troll(self, id: int) -> None:
        found = await suspecting.suspect(self.desk, id)
        if found is None:
            return
        row = found.row

        def answered(resolves: bool | None) -> None:
            if resolves:
                self.resolve(row, Disposition.PROVOCATION, False)

        self.app.push_screen(
            TrollScreen(found, may_resolve=self.desk.may(Verb.RESOLVE, row.account)), answered
        )

    def action_undo(self) -> None:
        """Take back my last act."""
        self.undo()

    @work(group="writes", exit_on_error=False)
    async def undo(self) -> None:
        """Take back my newest act, or name who acted since."""
        taken_back = await desk_work.undo(self.desk)
        if taken_back is None:
            self.say("There is nothing to take back.")
            return
        row = await reading.queue_row(self.desk, taken_back.conversation_id)
        whose = f"@{row.handle}" if row else f"conversation {taken_back.conversation_id}"
        what = UNDO_WORDS.get(taken_back.act, taken_back.act)
        if isinstance(taken_back, desk_work.CannotUndo):
            self.say(f"{taken_back.who} acted since, so {what} stays: {whose}", is_error=True)
            return
        if row is not None and row.claimed_by == self.desk.agent:
            self.fences[row.id] = row.fence
        self.say(f"Taken back, {what}: {whose}")

    def action_merge(self) -> None:
        """Put arrivals into the list now."""
        self.queue.merge(keep_cursor=False)

    def account_of(self, id: int | None) -> str | None:
        """The account of a conversation that is on the screen."""
        row = self.row_of(id)
        return None if row is None else row.account

    def row_of(self, id: int | None) -> QueueRow | None:
        """The row of a conversation that is on the screen."""
        if id is None:
            return None
        shown = self.thread_row if self.thread_row is not None and self.thread_row.id == id else None
        return self.queue.shown.rows.get(id) or shown
