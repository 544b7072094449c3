"""From the composer to the outbox: drafts, snippets, the editor, the review, the undo window."""

from __future__ import annotations

from dataclasses import replace

from textual import work
from textual.timer import Timer

from careconsole.console.editor import NotEdited, edit_outside
from careconsole.console.growth import (
    aim_of,
    aimed,
    draft_words,
    entry_of,
    growth_words,
    newest_standing,
    reply_to_entry,
)
from careconsole.console.letter import Letter, choices_of
from careconsole.console.panes.composer import Composer
from careconsole.console.panes.snippets import SnippetPane
from careconsole.console.panes.unsaved import Unsaved
from careconsole.console.reason_screen import Choice, Question
from careconsole.console.refusals import refusal_words
from careconsole.console.reviewing import Reviewing
from careconsole.desk import reading, replies
from careconsole.desk.replies import SendResult
from careconsole.model.approval import Submitted, WaitsAgain
from careconsole.model.conversation import HeldBy, Lost, Presence
from careconsole.model.instant import to_us
from careconsole.model.message import Visibility
from careconsole.model.reply import (
    FIRST_PURPOSE,
    AlreadyAnswered,
    Change,
    Enqueued,
    Growth,
    Limits,
    Mode,
    OutboxState,
    ThreadGrew,
)
from careconsole.model.when import NotRead
from careconsole.store.contract import StoreError
from careconsole.store.rows import Draft, OutboxRow, QueueRow

FURTHER = "further"
AGAIN_S = 2.0
"""So long after a draft could not be kept it is tried again."""


class Sending(Reviewing):
    """Writing and sending. What was reviewed is what is sent; it stops if the thread has grown."""

    _held_timer: Timer | None = None
    holds_back = False
    """Whether what is held stays held, as long as quitting asks what to do with it."""
    _goes_on_writing = False
    """Whether the composer is closed only to be opened for another conversation."""
    _letting_go: set[int]
    _window_ends_s: dict[int, float]
    """By reply that is held: when its undo window ends."""
    _draft_at_us: dict[tuple[int, Mode], int]
    """When the drafts that the composer goes on with were saved last."""
    _unsaved: dict[tuple[int, Mode], Unsaved]
    """Drafts that the record could not keep."""

    # Open the composer

    def action_reply(self) -> None:
        """Claim the conversation if it is free, and write a reply."""
        if self.aim is not None:
            self.open_composer(self.aim, note=False)

    def action_note(self) -> None:
        """Write a note."""
        if self.aim is not None:
            self.open_composer(self.aim, note=True)

    def open_composer(self, id: int, *, note: bool, private: bool = False) -> None:
        """Write to a conversation: a reply claims it first; with `private` for the customer alone."""
        if self.composer.conversation_id != id or (self.composer.mode is Mode.NOTE) != note:
            self._open_composer(id, note, private)
        elif note:
            self.composer.focus_editor()
        else:
            self._write_on(id)

    @work(group="writes", exit_on_error=False)
    async def _write_on(self, id: int) -> None:
        """Back to a reply that stands open; its conversation may have been given back meanwhile."""
        if await self.claim(id) and self.composer.conversation_id == id:
            self.composer.focus_editor()
            self.show_presence(id, Presence.WRITING)

    @work(group="writes", exit_on_error=False)
    async def _open_composer(self, id: int, note: bool, private: bool) -> None:
        if not note and not await self.claim(id):
            return
        row = await reading.queue_row(self.desk, id)
        if row is None:
            return
        if self.thread.conversation_id != id:
            await self.load_thread(id)
            self.note_opened(row)
        self.begin_attention(id)
        kept = {draft.mode: draft for draft in await replies.drafts_of(self.desk, id)}
        newest = next((draft for mode, draft in kept.items() if mode is not Mode.NOTE), None)
        await self.write(row, kept.get(Mode.NOTE) if note else newest, kept, note=note)
        if private and self.composer.mode is Mode.PUBLIC:
            self.composer.action_private()

    async def write(self, row: QueueRow, draft: Draft | None, kept: dict[Mode, Draft], *, note: bool) -> None:
        """Show the composer on a draft of a conversation, or empty."""
        if draft is not None and draft.seen_seq and not note:
            self.thread.count_as_unseen(draft.seen_seq)
        self._draft_at_us = {(row.id, mode): one.saved_us for mode, one in kept.items()}
        entry, reply_to = aim_of(self.thread.entries, draft)
        answered = row.visibility if entry is None else entry.visibility
        is_private = draft is not None and draft.mode is Mode.PRIVATE
        visibility = Visibility.DIRECT if is_private else answered
        mode = Mode.NOTE if note else Mode(visibility.word)
        limits = next((each.limits for each in self.accounts if each.id == row.account_id), Limits())
        self.composer.open(
            mode,
            None if note else visibility,
            row,
            draft,
            limits,
            answered=answered,
            choices=choices_of(row.network),
            others=kept,
            reply_to=reply_to,
        )
        if not note:
            self.begin_writing(row.id)
            self.make_ready(row.language)
            if words := draft_words(entry, reply_to):
                self.composer.say(words)
        self.arrange_panes()
        self.snippets.search_for(row, None if note else self._excess)
        self.composer.focus_editor()
        self.show_presence(row.id, Presence.WRITING)

    def _excess(self, text: str) -> int:
        """How many characters too many the reply would have with this answer in it."""
        letter = self.composer.letter
        limit = letter.limits.max_chars if letter else None
        if letter is None or limit is None:
            return 0
        return max(0, letter.limits.length(letter.text + text, letter.row.handle) - limit)

    def close_composer(self) -> None:
        """Put the composer away; the draft is kept."""
        id = self.composer.conversation_id
        if id is None:
            return
        has_focus = self.focused_pane in ("composer", "snippets")
        self.composer.close()
        self.show_presence(id, Presence.READING)
        if has_focus and not self._goes_on_writing:
            self.go_to_pane("thread")
        self.arrange_panes()

    # What the composer and the snippets say

    def on_composer_changed(self, event: Composer.Changed) -> None:
        """The draft has changed: keep it."""
        event.stop()
        self.touch_attention()
        if event.mode is not Mode.NOTE and self._shown_presence != (event.conversation_id, Presence.WRITING):
            self.show_presence(event.conversation_id, Presence.WRITING)
        self._save(event)

    @work(group="writes", exit_on_error=False, description="save a draft")
    async def _save(self, draft: Unsaved, drops: Mode | None = None) -> None:
        key = (draft.conversation_id, draft.mode)
        try:
            await self._save_now(draft, drops)
        except StoreError:
            self._unsaved[key] = draft
            if not self.desk.store.damage:  # to a damaged record nothing is written any more
                self.set_timer(AGAIN_S, lambda: self._save_again(draft, drops))
            raise
        self._unsaved.pop(key, None)

    def _save_again(self, draft: Unsaved, drops: Mode | None) -> None:
        """What the record could not keep, as on a full disk, is tried again, unless newer words took its place."""
        if self._unsaved.get((draft.conversation_id, draft.mode)) is draft:
            self._save(draft, drops)

    async def _save_now(self, draft: Unsaved, drops: Mode | None) -> None:
        id = draft.conversation_id
        seen_seq = self.thread.seen_to if self.thread.conversation_id == id else None
        known_us = self._draft_at_us.get((id, draft.mode), 0)
        saved = await replies.save_draft(
            self.desk,
            id,
            draft.mode,
            draft.text,
            draft.cursor,
            draft.reply_to,
            seen_seq or 0,
            draft.line,
            known_us,
        )
        if drops is not None:
            await replies.drop_draft(self.desk, id, drops, self._draft_at_us.get((id, drops), 0))
        if saved.came_back is None:
            self.composer.saved(draft.mode, draft.text, draft.line)
        elif self.composer.conversation_id == id and self.composer.mode is draft.mode:
            self.composer.put_above(saved.came_back.text, saved.came_back.line)
            words = "A reply of yours did not leave: its text stands above what you write now."
            self.say(words, is_error=True)
        else:
            return  # not seen yet: it stays in the draft, whatever is kept next
        self._draft_at_us[id, draft.mode] = saved.at_us

    def on_composer_mode_moved(self, event: Composer.ModeMoved) -> None:
        """The draft belongs to another mode now."""
        event.stop()
        self._save(event, event.old)

    def on_composer_left(self, event: Composer.Left) -> None:
        """Back to the thread, or on to the snippets; the composer stays open."""
        event.stop()
        self.go_to_pane("snippets" if event.to_next_pane else "thread")
        if not event.to_next_pane and self.composer.conversation_id is not None:
            self.show_presence(self.composer.conversation_id, Presence.READING)

    def on_composer_snippets_requested(self, event: Composer.SnippetsRequested) -> None:
        """Search the prepared answers."""
        event.stop()
        self.snippets.refit()
        self.go_to_pane("snippets")

    def on_snippet_pane_chosen(self, event: SnippetPane.Chosen) -> None:
        """A prepared answer comes into the reply."""
        event.stop()
        if self.is_writing:
            self.composer.insert_snippet(event.text)
            self.go_to_pane("composer")

    def on_snippet_pane_left(self, event: SnippetPane.Left) -> None:
        """Back to the reply."""
        event.stop()
        self.go_to_pane("composer" if self.is_writing else "queue")

    def on_composer_editor_requested(self, event: Composer.EditorRequested) -> None:
        """Write in $EDITOR."""
        event.stop()
        self._edit_outside(self.composer.text)

    @work(group="editor", exclusive=True, exit_on_error=False, description="write in the editor outside")
    async def _edit_outside(self, text: str) -> None:
        id = self.composer.conversation_id
        edited = await edit_outside(self.app, text)
        if isinstance(edited, NotEdited):
            self.composer.say(edited.sentence)
        elif self.composer.conversation_id == id:
            self.composer.put_back(edited.text, edited.left_out)
            self.composer.focus_editor()

    # Send

    @work(group="writes", exit_on_error=False, description="send a reply")
    async def send(self, letter: Letter, seen_seq: int, purpose: str, pulls: bool) -> None:
        """Send what was reviewed, or keep a note."""
        if letter.mode is Mode.NOTE:
            kept = await replies.write_note(self.desk, letter.row.id, letter.text)
            if isinstance(kept, NotRead):
                self.composer.say(kept.sentence)
            else:
                self._has_left(letter, "The note is kept.", pulls)
            return
        id = letter.row.id
        sent = await replies.send(
            self.desk,
            id,
            text=letter.text,
            visibility=letter.visibility,
            fence=self.fences.get(id),
            seen_seq=seen_seq,
            hold=True,
            wider=letter.is_wider,
            purpose=purpose,
            reply_to=letter.reply_to,
            line=half.text if (half := letter.public_half()) else "",
        )
        if isinstance(sent, ThreadGrew):
            await self._stop_at_send(letter, sent, purpose)
        elif isinstance(sent, AlreadyAnswered):
            self._ask_further(letter, sent, seen_seq, pulls)
        else:
            await self._after_send(letter, sent, pulls)

    async def _after_send(self, letter: Letter, sent: SendResult, pulls: bool) -> None:
        if isinstance(sent, Enqueued):
            words = "" if sent.state is OutboxState.HELD else "On its way."
            self._has_left(letter, words, pulls)
        elif isinstance(sent, Submitted):
            self.fences.pop(letter.row.id, None)
            undo = self.key("list.withdraw")
            self._has_left(
                letter, f"It waits for approval, position {sent.position}. {undo} takes it back.", pulls
            )
        elif isinstance(sent, HeldBy):
            self.fences.pop(letter.row.id, None)
            await self.tell_holder(sent)
        else:
            self.say(refusal_words(sent), is_error=True)
            if isinstance(sent, Lost):
                self.fences.pop(letter.row.id, None)

    def _has_left(self, letter: Letter, words: str, pulls: bool) -> None:
        if self.composer.conversation_id == letter.row.id:
            self.close_composer()
        self.status.be_silent()  # what was said of the reply before is over
        if words:
            self.say(words)
        self.end_attention()
        if pulls:
            self.pull()
        else:
            self.go_to_pane("queue")

    async def _stop_at_send(self, letter: Letter, grew: ThreadGrew, purpose: str) -> None:
        """Show what happened; a deleted message is answered no more, the newest that is left may be."""
        entries = await reading.thread(self.desk, letter.row.id)
        happened = {change.key for change in grew.changes}
        grown = [entry for entry in entries if entry.key in happened]
        left, reply_to = entry_of(entries, grew.reply_to), grew.reply_to
        newest = newest_standing(entries)
        answers_newest = (
            letter.mode is not Mode.NOTE
            and newest in grown
            and Change(newest.key, Growth.NEW) in grew.changes
        )
        if grew.answered is Growth.DELETED:
            purpose = FIRST_PURPOSE
            grown = [entry for entry in grown if entry != left] + ([left] if left else [])
        elif answers_newest:
            purpose, left, reply_to = FIRST_PURPOSE, newest, reply_to_entry(newest)
        letter = aimed(letter, reply_to, left)
        if self.thread.conversation_id == letter.row.id:
            self.thread.update(entries, now=self.now)
            self.thread.count_as_seen(grew.seen_seq)
        self.composer.take_aim(letter)
        words = growth_words(grew, answers_newest=answers_newest and grew.answered is not Growth.DELETED)
        self.review(letter, grew.seen_seq, grown, words, purpose)

    def _ask_further(self, letter: Letter, earlier: AlreadyAnswered, seen_seq: int, pulls: bool) -> None:
        who = "You have" if earlier.agent == self.desk.agent else f"@{earlier.agent} has"
        is_out = earlier.state is OutboxState.SENT
        words = "answered this message already" if is_out else "an answer to this message that is not out yet"
        title = f"{who} {words} ({earlier.state.value})."
        question = Question(title, (Choice("f", FURTHER, "send this as a further part"),))

        def answered(answer: str | None) -> None:
            if answer == FURTHER:
                self._send_further(letter, seen_seq, pulls)

        self.app.push_screen(question, answered)

    @work(group="writes", exit_on_error=False, description="send a further part")
    async def _send_further(self, letter: Letter, seen_seq: int, pulls: bool) -> None:
        if letter.reply_to is None:
            newest = newest_standing(await reading.thread(self.desk, letter.row.id))
            letter = replace(letter, reply_to=reply_to_entry(newest))
        answered = letter.reply_to.message_id if letter.reply_to else 0
        purpose = await replies.next_purpose(self.desk, letter.row.id, answered)
        self.send(letter, seen_seq, purpose, pulls)

    # The undo window

    def looked(self) -> None:
        """Count down what is held, and let it go when its time is over."""
        self._count_down()

    def _count_down(self) -> None:
        if self._held_timer is not None:
            self._held_timer.stop()
            self._held_timer = None
        if self.holds_back:
            return
        left_s = {row.id: self._left_s(row) for row in self._windows}
        for row in self._windows:
            if left_s[row.id] <= 0:
                self._letting_go.add(row.id)
                self.let_go(row.id, row.conversation_id)
        still = [(row, left_s[row.id]) for row in self._windows]
        self._window_ends_s = {row.id: self._window_ends_s[row.id] for row, _ in still}
        self.status.show_held(still)
        if still:
            step_s = self.desk.hand_span_s(min(left % 1 or 1 for _, left in still))
            self._held_timer = self.set_timer(max(0.02, step_s), self._count_down)

    def _left_s(self, row: OutboxRow) -> float:
        """Seconds left of an undo window, by a clock that nobody sets."""
        now_s = self.undo_now_s()
        told_s = ((row.held_until_us or 0) - to_us(self.now)) / 1_000_000
        return self._window_ends_s.setdefault(row.id, now_s + told_s) - now_s

    @property
    def _windows(self) -> list[OutboxRow]:
        """What is held and not on its way out; a public line goes with its private reply."""
        return [row for row in self.held if row.after_id is None and row.id not in self._letting_go]

    @work(group="writes", exit_on_error=False, description="let a reply go")
    async def let_go(self, outbox_id: int, conversation_id: int) -> None:
        """The undo window of a reply is over, and with it the claim, unless I write on there."""
        writes_on = self.composer.conversation_id == conversation_id
        try:
            done = await replies.let_go(self.desk, outbox_id, keep_claim=writes_on)
            is_taken = isinstance(done, HeldBy)
            if isinstance(done, HeldBy):
                self.say(
                    f"Not sent, it is a draft again: @{done.agent} has the conversation now.", is_error=True
                )
            if is_taken or not writes_on:
                self.fences.pop(conversation_id, None)
        finally:
            self._letting_go.discard(outbox_id)

    def action_withdraw(self) -> None:
        """Withdraw my newest reply that is still held."""
        if windows := [row.id for row in self._windows]:
            self.withdraw(max(windows))
        else:
            self.say("Nothing is held: there is nothing to withdraw.")

    @work(group="writes", exit_on_error=False, description="withdraw a reply")
    async def withdraw(self, outbox_id: int) -> None:
        """Take a held reply back into the composer."""
        draft = await replies.withdraw(self.desk, outbox_id)
        if draft is None:
            self.say("Too late: it has left.", is_error=True)
            return
        if isinstance(draft, WaitsAgain):
            self.fences.pop(draft.conversation_id, None)
            self.say("Not sent: it waits for approval again.")
            return
        self.held = [row for row in self.held if outbox_id not in (row.id, row.after_id)]
        if not await self.claim(draft.conversation_id):
            self.say("Withdrawn: it is a draft again.")
            return
        kept = {each.mode: each for each in await replies.drafts_of(self.desk, draft.conversation_id)}
        await self.write_on(draft, kept)
        self.say("Withdrawn: it was not sent.")

    async def write_on(self, draft: Draft, kept: dict[Mode, Draft]) -> None:
        """Go on writing what was sent already, in a conversation that is mine."""
        self._goes_on_writing = True
        try:
            row = await self.load_thread(draft.conversation_id)
        finally:
            self._goes_on_writing = False
        if row is not None:
            self.begin_attention(row.id)
            await self.write(row, draft, kept, note=False)
