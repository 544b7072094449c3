"""The outbox: replies frozen at send, moved only along legal moves, sent once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from careconsole.model.conversation import HeldBy, Lost
from careconsole.model.event import EventKind
from careconsole.model.message import Visibility
from careconsole.model.reply import (
    AlreadyAnswered,
    Change,
    Enqueued,
    Growth,
    Mode,
    NothingToAnswer,
    OutboxState,
    ReplyTo,
    ThreadGrew,
    TooWide,
    line_purpose,
)
from careconsole.store.approval_moves import taken_back, wait_again
from careconsole.store.claims import check_fence, give_back, holder
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.drafts import drop_written
from careconsole.store.growth import changes_since, newest_standing
from careconsole.store.reply_moves import (
    back_to_draft,
    leave_queue,
    mark,
    move,
    note,
    own,
    return_to_queue,
    stop_line,
)
from careconsole.store.row_hash import seal

Refusal = Lost | ThreadGrew | TooWide | AlreadyAnswered | NothingToAnswer


@dataclass(frozen=True, slots=True)
class NewReply:
    """What an agent sends: frozen from here on."""

    conversation_id: int
    agent: str
    fence: int
    text: str
    visibility: Visibility | None
    """None: as the message answered. Narrower is allowed, wider only with `wider`."""
    purpose: str
    reply_to_id: int | None = None
    """The message answered; None for the newest one of the customer that still stands."""
    seen_seq: int | None = None
    """The newest event of the conversation that the writer saw; None does not stop at send."""
    hold_s: float = 0.0
    wider: bool = False
    reply_to_version: int | None = None
    """The version of the message answered that the writer read; None for the present one."""
    line: str = ""
    """What is said in public once this private reply to a public message is sent."""
    approved_by: str | None = None
    """Who let it go, where its writer may not send alone: theirs are the claim and the undo window."""

    @property
    def sender(self) -> str:
        """Who sends it: whose claim it needs, and who has seen the thread."""
        return self.approved_by or self.agent


@dataclass(frozen=True, slots=True)
class Answered:
    """The message answered as it is now."""

    id: int
    version: int
    is_deleted: bool
    visibility: Visibility
    handle: str


async def enqueue(tx: Tx, reply: NewReply) -> Enqueued | Refusal:
    """Put a reply into the outbox: checks the claim, the thread, the visibility, and that it is the first.

    A public line goes in behind it, to as many eyes as saw the message answered; TooWide where that was private.
    """
    ready = await check(tx, reply)
    if not isinstance(ready, Ready):
        return ready
    answered, wanted = ready
    done = await _insert(tx, reply, answered, wanted)
    if reply.line:
        line = replace(reply, text=reply.line, purpose=line_purpose(reply.purpose))
        await _insert(tx, line, answered, answered.visibility, after_id=done.outbox_id)
    await drop_written(tx, reply.agent, reply.conversation_id, Mode(wanted.word), reply.text)
    if done.state is OutboxState.QUEUED:
        await end_claim(tx, reply.conversation_id, reply.sender)
    await mark(tx, reply.conversation_id)
    return done


class Ready(NamedTuple):
    """Nothing stands in the way of a reply."""

    answered: Answered
    visibility: Visibility
    """For whose eyes it is."""


async def check(tx: ReadTx, reply: NewReply) -> Ready | Refusal:
    """Whether a reply may go into the outbox: the claim, the thread, the visibility, and that it is the first."""
    if lost := await check_fence(tx, reply.conversation_id, reply.sender, reply.fence):
        return lost
    answered = await _answered_message(tx, reply)
    if answered is None:
        return NothingToAnswer(reply.conversation_id)
    if grown := await _thread_grew(tx, reply, answered):
        return grown
    allowed = answered.visibility
    wanted = reply.visibility or allowed
    if wanted.is_public and allowed.is_public and not reply.wider:
        wanted = wanted.narrowed_to(allowed)
    if wanted.wider_than(allowed) and not reply.wider:
        return TooWide(allowed)
    if reply.line and (wanted.is_public or not allowed.is_public):
        return TooWide(allowed)
    purposes = [reply.purpose, *([line_purpose(reply.purpose)] if reply.line else [])]
    for purpose in purposes:
        if earlier := await _earlier_answer(tx, reply.conversation_id, answered.id, purpose):
            return earlier
    return Ready(answered, wanted)


async def _thread_grew(tx: ReadTx, reply: NewReply, answered: Answered) -> ThreadGrew | None:
    """What the writer has not seen. A message that was deleted is never answered, seen or not."""
    changes: tuple[Change, ...] = ()
    seen_seq = reply.seen_seq or 0
    if reply.seen_seq is not None:
        changes, seen_seq = await changes_since(tx, reply.conversation_id, reply.seen_seq, reply.sender)
    became: Growth | None = None
    if answered.is_deleted:
        became = Growth.DELETED
    elif reply.reply_to_version is not None and answered.version > reply.reply_to_version:
        became = Growth.EDITED
    if became is None and not changes:
        return None
    own = f"m{answered.id}"
    if became is not None and all(change.key != own for change in changes):
        changes = (*changes, Change(own, became))
    reply_to: ReplyTo | None = ReplyTo(answered.id, answered.version)
    if became is Growth.DELETED:
        reply_to = await newest_standing(tx, reply.conversation_id)
    return ThreadGrew(changes, seen_seq, became, reply_to)


async def _answered_message(tx: ReadTx, reply: NewReply) -> Answered | None:
    condition = "id = $2" if reply.reply_to_id is not None else "$2 IS NULL AND deleted_us IS NULL"
    row = await tx.row(
        "SELECT id, version, deleted_us IS NOT NULL, visibility, handle FROM message "
        f"WHERE conversation_id = $1 AND direction = 'in' AND {condition} ORDER BY at_us DESC, id DESC LIMIT 1",
        reply.conversation_id,
        reply.reply_to_id,
    )
    return None if row is None else Answered(row[0], row[1], bool(row[2]), Visibility(row[3]), row[4])


async def _earlier_answer(
    tx: ReadTx, conversation_id: int, message_id: int, purpose: str
) -> AlreadyAnswered | None:
    row = await tx.row(
        "SELECT id, agent, state FROM outbox WHERE conversation_id = $1 AND reply_to_id = $2 AND purpose = $3 "
        "AND state NOT IN ('failed', 'cancelled')",
        conversation_id,
        message_id,
        purpose,
    )
    return None if row is None else AlreadyAnswered(row[0], row[1], OutboxState(row[2]))


async def _insert(
    tx: Tx, reply: NewReply, answered: Answered, visibility: Visibility, after_id: int | None = None
) -> Enqueued:
    state = OutboxState.HELD if reply.hold_s > 0 else OutboxState.QUEUED
    key = tx.new_id()
    head = await tx.row("SELECT account_id, cycle FROM conversation WHERE id = $1", reply.conversation_id)
    newest = await tx.row("SELECT max(id) FROM message WHERE conversation_id = $1", reply.conversation_id)
    assert head is not None and newest is not None
    outbox_id = await tx.insert(
        "INSERT INTO outbox (conversation_id, account_id, cycle, agent, session, fence, state, text, visibility, "
        "handle, reply_to_id, purpose, idempotency_key, seen_id, created_us, held_until_us, changed_us, "
        "reply_to_version, seen_seq, after_id, approved_by) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $15, $17, $18, $19, $20)",
        reply.conversation_id,
        head[0],
        head[1],
        reply.agent,
        tx.session,
        reply.fence,
        state.value,
        reply.text,
        visibility.value,
        answered.handle,
        answered.id,
        reply.purpose,
        key,
        newest[0],  # all of it was seen, or nobody asks
        tx.now_us,
        tx.now_us + round(reply.hold_s * 1_000_000) if reply.hold_s > 0 else None,
        answered.version,
        reply.seen_seq,
        after_id,
        reply.approved_by,
    )
    await seal(tx, "outbox", outbox_id)
    if state is OutboxState.QUEUED:
        await leave_queue(tx, outbox_id, await own(tx, outbox_id))
    return Enqueued(outbox_id, key, state)


async def end_claim(tx: Tx, conversation_id: int, agent: str, reason: str = "answered") -> None:
    """The claim has done its work, unless another reply of the agent is still held there."""
    who, fence, _ = await holder(tx, conversation_id)
    held = await tx.row(
        "SELECT 1 FROM outbox WHERE conversation_id = $1 AND coalesce(approved_by, agent) = $2 AND state = 'held'",
        conversation_id,
        agent,
    )
    if who == agent and held is None:
        await give_back(tx, conversation_id, agent, EventKind.RELEASED, {"fence": fence, "reason": reason})


async def let_go(tx: Tx, outbox_id: int, *, keep_claim: bool = False) -> bool | HeldBy:
    """Turn a held reply into a queued one; only the console that holds it may. False if it is held no longer.

    A private reply and its public line go together, whichever is named. The claim ends with it, unless it is to be
    kept because the agent goes on writing there. Where another agent has claimed the conversation meanwhile it
    becomes a draft again instead, and HeldBy names that agent.
    """
    row = await tx.row(
        "SELECT o.conversation_id, o.agent, coalesce(o.after_id, o.id), "
        "CASE WHEN c.claimed_by <> coalesce(o.approved_by, o.agent) "
        "AND c.lease_boot = $3 AND c.lease_until_ns > $4 THEN c.claimed_by END, c.claimed_us, "
        "coalesce(o.approved_by, o.agent) FROM outbox o JOIN conversation c ON c.id = o.conversation_id "
        "WHERE o.id = $1 AND o.state = 'held' AND o.session = $2",
        outbox_id,
        tx.session,
        tx.boot_id,
        tx.monotonic_ns,
    )
    if row is None:
        return False
    if row[3] is not None:
        await withdraw(tx, outbox_id, row[1], f"not sent: @{row[3]} has the conversation now")
        return HeldBy(row[0], row[3], row[4] or 0)
    halves = await tx.rows(
        "SELECT id FROM outbox WHERE (id = $1 OR after_id = $1) AND state = 'held' ORDER BY id", row[2]
    )
    for (half,) in halves:
        await move(tx, half, OutboxState.QUEUED)
        await leave_queue(tx, half, await own(tx, half))
    if not keep_claim:
        await end_claim(tx, row[0], row[5])
    await mark(tx, row[0])
    return True


_NOT_LEFT = "state IN ('held', 'queued', 'waiting')"


async def withdraw(tx: Tx, outbox_id: int, agent: str, not_sent: str = "") -> int | None:
    """Cancel a reply that has not left, and give its text back as a draft; None if it is too late, else its id.

    What was approved is no draft again unless its writer takes it back: it waits for approval once more.
    With a private reply goes its public line, and with the line the private reply, as long as that has not left:
    then the id is that of the private one. A draft that the agent has begun meanwhile is kept: the withdrawn text
    is put before it.
    """
    row = await tx.row(
        "SELECT conversation_id, coalesce((SELECT p.id FROM outbox p WHERE p.id = o.after_id "
        f"AND p.{_NOT_LEFT}), id), agent FROM outbox o WHERE id = $1 AND $2 IN (agent, approved_by) AND {_NOT_LEFT}",
        outbox_id,
        agent,
    )
    if row is None:
        return None
    whole = int(row[1])
    head = await move(tx, whole, OutboxState.CANCELLED, not_sent)
    await note(tx, whole, EventKind.CANCELLED, {"was": head.state.value, **head.details})
    line = await stop_line(tx, whole, not_sent)
    is_taken_back = agent == row[2] and not not_sent
    if is_taken_back:
        await taken_back(tx, whole, agent)
    if is_taken_back or not await wait_again(tx, whole, not_sent):
        await back_to_draft(tx, whole, not_sent, line)
    await return_to_queue(tx, whole, row[0])
    return whole
