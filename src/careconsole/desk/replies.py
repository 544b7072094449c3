"""Drafts, notes, and sending: everything a reply goes through before it leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from careconsole.desk.allowing import needs
from careconsole.desk.coming_back import hours_of
from careconsole.desk.desk import Desk
from careconsole.model.approval import ApprovalState, Submitted, WaitsAgain
from careconsole.model.conversation import Claimed, HeldBy, Resolved
from careconsole.model.instant import to_us
from careconsole.model.message import Visibility
from careconsole.model.note_mark import MarkedNote, read_note
from careconsole.model.reply import FIRST_PURPOSE, Enqueued, Mode, ReplyTo
from careconsole.model.rights import Verb
from careconsole.model.when import NotRead
from careconsole.store import accounts, acts, approvals, claims, drafts, outbox, queue, settling
from careconsole.store.contract import Tx
from careconsole.store.drafts import Returned
from careconsole.store.outbox import NewReply, Refusal
from careconsole.store.rows import Draft, OutboxRow


@dataclass(frozen=True, slots=True)
class NoConversation:
    """There is no conversation with this id."""

    conversation_id: int


SendResult = Enqueued | Submitted | Refusal | HeldBy | Resolved | NoConversation


class SavedDraft(NamedTuple):
    """When a draft was saved, and the reply that had come back into it, which its writer has not seen."""

    at_us: int
    came_back: Returned | None


@needs(Verb.WRITE_DRAFT)
async def save_draft(
    desk: Desk,
    conversation_id: int,
    mode: Mode,
    text: str,
    cursor: int,
    reply_to: ReplyTo | None = None,
    seen_seq: int = 0,
    line: str = "",
    since_us: int | None = None,
) -> SavedDraft:
    """Keep unsent text with what it answers, what its writer has seen, and the public line that is to follow it.

    Where text and line are empty the draft is dropped. `since_us` is when the draft that the writer goes on with was
    saved, 0 if there was none: a reply that came back since is kept above the text. None knows of no other writer.
    """
    message_id, version = (reply_to.message_id, reply_to.version) if reply_to else (None, 0)
    draft = Draft(
        conversation_id,
        desk.agent,
        mode,
        text,
        cursor,
        0,
        message_id,
        seen_seq,
        "",
        reply_to_version=version,
        public_line=line,
    )

    async def body(tx: Tx) -> SavedDraft:
        back = None if since_us is None else await drafts.returned_since(tx, draft, since_us)
        await drafts.save(tx, draft if back is None else _with_returned(draft, back))
        return SavedDraft(tx.now_us, back)

    return await desk.store.write(body)


def _with_returned(draft: Draft, back: Returned) -> Draft:
    """Both in one; it goes on saying that it was not sent until its writer has seen that."""
    above = f"{back.text}\n" if back.text else ""
    return replace(
        draft,
        text=above + draft.text,
        cursor=len(above) + draft.cursor,
        public_line=" ".join(filter(None, (back.line, draft.public_line))),
        not_sent=back.not_sent,
    )


@needs(Verb.WRITE_DRAFT)
async def drop_draft(desk: Desk, conversation_id: int, mode: Mode, known_us: int | None = None) -> None:
    """Throw a draft away; with `known_us` not one into which a reply came back after that."""
    await desk.store.write(lambda tx: drafts.drop(tx, desk.agent, conversation_id, mode, known_us))


async def drafts_of(desk: Desk, conversation_id: int) -> list[Draft]:
    """My drafts for a conversation, the newest first."""
    return await desk.store.read(lambda tx: drafts.of_conversation(tx, desk.agent, conversation_id))


async def my_drafts(desk: Desk) -> list[Draft]:
    """All my drafts, the newest first."""
    return await desk.store.read(lambda tx: drafts.of_agent(tx, desk.agent))


@needs(Verb.SEND)
async def send(
    desk: Desk,
    conversation_id: int,
    *,
    text: str,
    visibility: Visibility | None = None,
    fence: int | None = None,
    seen_seq: int | None = None,
    hold: bool = False,
    wider: bool = False,
    purpose: str = FIRST_PURPOSE,
    reply_to: ReplyTo | None = None,
    line: str = "",
) -> SendResult:
    """Put a reply into the outbox; with `hold`, for the length of its undo window first.

    Of an agent who may not send alone it is Submitted for approval instead, unless all that waits there is of kinds
    that were released to them.

    Without a fence the conversation is claimed if it is free. `visibility` None answers as the message came;
    `reply_to` None answers the customer's newest message that still stands, as it is now; `seen_seq`, the newest
    event that the writer has seen, None does not stop when the thread has grown. `line` is what is said in public
    once this private reply is sent; both have one undo window, that of a public reply.
    """

    async def body(tx: Tx) -> SendResult:
        own_fence = await _claimed(tx, desk, conversation_id) if fence is None else fence
        mode = await _mode(tx, conversation_id, visibility)
        new = NewReply(
            conversation_id,
            desk.agent,
            own_fence,
            text,
            visibility,
            purpose,
            reply_to.message_id if reply_to else None,
            seen_seq,
            undo_window_s(desk, mode, line) if hold else 0.0,
            wider,
            reply_to.version if reply_to else None,
            line,
        )
        sends = outbox.enqueue if await _may_send_alone(tx, desk, conversation_id) else approvals.ask
        done: SendResult = await sends(tx, new)
        if fence is None and not isinstance(done, Enqueued | Submitted):
            raise _Refused(done)
        return done

    try:
        return await desk.store.write(body)
    except _Refused as refused:
        return refused.why


async def _may_send_alone(tx: Tx, desk: Desk, conversation_id: int) -> bool:
    account = None
    if desk.has_roles_by_account:
        account = await accounts.name_about(tx, "conversation_id", conversation_id)
    if desk.may(Verb.SEND_ALONE, account):
        return True
    releases = desk.person.releases if desk.person else frozenset()
    return await approvals.is_released(tx, conversation_id, releases)


async def _claimed(tx: Tx, desk: Desk, conversation_id: int) -> int:
    """The fence of a conversation that is claimed now. Raises _Refused if it cannot be."""
    taken = await claims.claim(tx, conversation_id, desk.agent)
    if isinstance(taken, Claimed):
        return taken.fence
    raise _Refused(NoConversation(conversation_id) if taken is None else taken)


class _Refused(Exception):
    """Nothing was sent: what was claimed for it is free again."""

    def __init__(self, why: SendResult) -> None:
        super().__init__()
        self.why = why


def undo_window_s(desk: Desk, mode: Mode, line: str = "") -> float:
    """How long a reply can be withdrawn; with a public line as long as whichever half has the longer time."""
    modes = (mode, Mode.PUBLIC) if line else (mode,)
    return max(desk.rules.undo_window_s(each) for each in modes)


async def _mode(tx: Tx, conversation_id: int, visibility: Visibility | None) -> Mode:
    if visibility is None:
        row = await queue.one(tx, "", conversation_id)
        visibility = Visibility.PUBLIC if row is None else row.visibility
    return Mode(visibility.word)


async def let_go(desk: Desk, outbox_id: int, *, keep_claim: bool = False) -> bool | HeldBy:
    """The undo window is over: held becomes queued, by the console that holds it only.

    The claim ends with it, unless the agent goes on writing in that conversation. If another agent has claimed the
    conversation meanwhile, which takes a console that stood still, it is a draft again.
    """
    return await desk.store.write(lambda tx: outbox.let_go(tx, outbox_id, keep_claim=keep_claim))


@needs(Verb.WITHDRAW)
async def withdraw(desk: Desk, outbox_id: int) -> Draft | WaitsAgain | None:
    """Take back a reply that has not left; its text as a draft again, or None if it is too late.

    Of a private reply and its public line both are taken back, whichever is named, into one draft. Another's reply
    that I approved waits for approval again.
    """

    async def body(tx: Tx) -> Draft | WaitsAgain | None:
        request = await approvals.of_reply(tx, outbox_id)
        whole = await outbox.withdraw(tx, outbox_id, desk.agent)
        row = None if whole is None else await queue.outbox_one(tx, whole)
        if row is None:
            return None
        again = None if request is None else await approvals.one(tx, request)
        if again is not None and again.state is ApprovalState.WAITING:
            return WaitsAgain(again.id, again.conversation_id)
        found = await drafts.of_conversation(tx, desk.agent, row.conversation_id)
        return next((draft for draft in found if draft.mode.value == row.visibility.word), None)

    return await desk.store.write(body)


@needs(Verb.WRITE_NOTE)
async def write_note(desk: Desk, conversation_id: int, text: str) -> int | NotRead | None:
    """Leave a note for the team; its id, or None if there is no such conversation.

    `!decision` or `!promise` and a time at its beginning mark it; NotRead says what a marked note lacks.
    """
    row = await desk.store.read(lambda tx: queue.one(tx, desk.agent, conversation_id))
    note = note_as_written(desk, text, row.account if row else "")
    if isinstance(note, NotRead):
        return note
    due_us = to_us(note.due_at) if note.due_at else None
    return await desk.store.write(
        lambda tx: acts.add_note(
            tx, conversation_id, desk.agent, note.text, note.mark, due_us, text, desk.roster
        )
    )


def note_as_written(desk: Desk, text: str, account: str) -> MarkedNote | NotRead:
    """What a note would be kept as; times of day are meant in the zone of the account's calendar, else here."""
    return read_note(text, desk.now(), hours_of(desk.rules.policy, account).zone)


async def held(desk: Desk) -> list[OutboxRow]:
    """Replies in the undo window of this console, oldest first."""
    return await desk.store.read(lambda tx: queue.held_by(tx, desk.session))


async def next_purpose(desk: Desk, conversation_id: int, reply_to_id: int) -> str:
    """The purpose of one more part of the answer to a message: answer, part-2, part-3 ..."""
    rows = await desk.store.read(
        lambda tx: tx.rows(
            "SELECT purpose FROM outbox WHERE conversation_id = $1 AND reply_to_id = $2 "
            "AND state NOT IN ('failed', 'cancelled')",
            conversation_id,
            reply_to_id,
        )
    )
    taken = {row[0] for row in rows}
    if FIRST_PURPOSE not in taken:
        return FIRST_PURPOSE
    return next(f"part-{number}" for number in range(2, 1000) if f"part-{number}" not in taken)


@needs(Verb.SETTLE)
async def send_again(desk: Desk, outbox_id: int, reason: str) -> bool:
    """Have an unknown reply looked up and, if it surely did not arrive, sent once more; False if it is not unknown."""

    async def body(tx: Tx) -> bool:
        row = await queue.outbox_one(tx, outbox_id)
        if row is None or row.state.value != "unknown":
            return False
        await settling.send_again(tx, outbox_id, desk.agent, reason)
        return True

    return await desk.store.write(body)


@needs(Verb.SETTLE)
async def confirm_there(desk: Desk, outbox_id: int, remote_id: str) -> bool:
    """An agent has seen the unknown reply at the network; False if it is not unknown."""

    async def body(tx: Tx) -> bool:
        row = await queue.outbox_one(tx, outbox_id)
        if row is None or row.state.value != "unknown":
            return False
        await settling.settle_sent(tx, outbox_id, remote_id)
        return True

    return await desk.store.write(body)
