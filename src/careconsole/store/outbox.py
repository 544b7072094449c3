"""The outbox: replies frozen at send, moved only along legal moves, sent once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from careconsole.model.conversation import Lost
from careconsole.model.event import Detail, EventKind
from careconsole.model.message import Visibility
from careconsole.model.reply import (
    LEGAL_MOVES,
    AlreadyAnswered,
    Enqueued,
    NothingToAnswer,
    OutboxState,
    ThreadGrew,
    TooWide,
)
from careconsole.store.claims import check_fence, give_back, holder
from careconsole.store.contract import ReadTx, StoreError, Tx
from careconsole.store.events import append
from careconsole.store.ranking import place

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
    """The message answered; None for the newest one of the customer."""
    seen_id: int | None = None
    """The newest message id that the writer saw; None does not stop at send."""
    hold_s: float = 0.0
    wider: bool = False


async def enqueue(tx: Tx, reply: NewReply) -> Enqueued | Refusal:
    """Put a reply into the outbox: checks the claim, the thread, the visibility, and that it is the first."""
    if lost := await check_fence(tx, reply.conversation_id, reply.agent, reply.fence):
        return lost
    if grown := await _thread_grew(tx, reply):
        return grown
    answered = await _answered_message(tx, reply)
    if answered is None:
        return NothingToAnswer(reply.conversation_id)
    message_id, visibility_word, handle = answered
    allowed = Visibility(visibility_word)
    wanted = reply.visibility or allowed
    if wanted.is_public and allowed.is_public and not reply.wider:
        wanted = wanted.narrowed_to(allowed)
    if wanted.wider_than(allowed) and not reply.wider:
        return TooWide(allowed)
    if earlier := await _earlier_answer(tx, reply.conversation_id, message_id, reply.purpose):
        return earlier
    return await _insert(tx, reply, message_id, wanted, handle)


async def _thread_grew(tx: Tx, reply: NewReply) -> ThreadGrew | None:
    if reply.seen_id is None:
        return None
    rows = await tx.rows(
        "SELECT id FROM message WHERE conversation_id = $1 AND id > $2 AND "
        "NOT (direction = 'out' AND agent = $3) ORDER BY id",
        reply.conversation_id,
        reply.seen_id,
        reply.agent,
    )
    return ThreadGrew(tuple(row[0] for row in rows)) if rows else None


async def _answered_message(tx: Tx, reply: NewReply) -> tuple[int, str, str] | None:
    condition = "id = $2" if reply.reply_to_id is not None else "$2 IS NULL"
    row = await tx.row(
        "SELECT id, visibility, handle FROM message WHERE conversation_id = $1 AND direction = 'in' AND "
        f"{condition} ORDER BY deleted_us IS NOT NULL, at_us DESC, id DESC LIMIT 1",
        reply.conversation_id,
        reply.reply_to_id,
    )
    return None if row is None else (row[0], row[1], row[2])


async def _earlier_answer(
    tx: Tx, conversation_id: int, message_id: int, purpose: str
) -> AlreadyAnswered | None:
    row = await tx.row(
        "SELECT id, agent, state FROM outbox WHERE conversation_id = $1 AND reply_to_id = $2 AND purpose = $3 "
        "AND state NOT IN ('failed', 'cancelled')",
        conversation_id,
        message_id,
        purpose,
    )
    return None if row is None else AlreadyAnswered(row[0], row[1], OutboxState(row[2]))


async def _insert(tx: Tx, reply: NewReply, message_id: int, visibility: Visibility, handle: str) -> Enqueued:
    state = OutboxState.HELD if reply.hold_s > 0 else OutboxState.QUEUED
    key = uuid.uuid4().hex
    head = await tx.row("SELECT account_id, cycle FROM conversation WHERE id = $1", reply.conversation_id)
    newest = await tx.row("SELECT max(id) FROM message WHERE conversation_id = $1", reply.conversation_id)
    assert head is not None and newest is not None
    outbox_id = await tx.insert(
        "INSERT INTO outbox (conversation_id, account_id, cycle, agent, session, fence, state, text, visibility, "
        "handle, reply_to_id, purpose, idempotency_key, seen_id, created_us, held_until_us, changed_us) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $15)",
        reply.conversation_id,
        head[0],
        head[1],
        reply.agent,
        tx.session,
        reply.fence,
        state.value,
        reply.text,
        visibility.value,
        handle,
        message_id,
        reply.purpose,
        key,
        newest[0] if reply.seen_id is None else max(reply.seen_id, message_id),
        tx.now_us,
        tx.now_us + round(reply.hold_s * 1_000_000) if reply.hold_s > 0 else None,
    )
    await tx.change(
        "DELETE FROM draft WHERE agent = $1 AND conversation_id = $2 AND mode = $3",
        reply.agent,
        reply.conversation_id,
        visibility.word,
    )
    if state is OutboxState.QUEUED:
        await _leave_queue(tx, outbox_id)
        await _end_claim(tx, reply.conversation_id, reply.agent)
    await _mark(tx, reply.conversation_id)
    return Enqueued(outbox_id, key, state)


async def answer(tx: Tx, outbox_id: int) -> None:
    """The messages that a reply answers no longer wait; newer ones go on waiting."""
    await tx.change(
        "UPDATE message SET waits = 0, answer_outbox_id = $1 WHERE waits = 1 AND id IN ("
        "SELECT m.id FROM outbox o JOIN message a ON a.id = o.reply_to_id "
        "JOIN message m ON m.conversation_id = o.conversation_id "
        "WHERE o.id = $1 AND m.waits = 1 AND m.id <= max(o.seen_id, a.id) AND (m.at_us, m.id) <= (a.at_us, a.id))",
        outbox_id,
    )


async def _leave_queue(tx: Tx, outbox_id: int, more: Mapping[str, Detail] | None = None) -> None:
    """The reply is queued: what it answers leaves the queue."""
    await answer(tx, outbox_id)
    head = await _head(tx, outbox_id)
    answers = await tx.rows("SELECT id FROM message WHERE answer_outbox_id = $1", outbox_id)
    details = {"answers": [row[0] for row in answers], **head.details, **(more or {})}
    await _event(tx, outbox_id, EventKind.QUEUED, details)
    await place(tx, head.conversation_id)


@dataclass(frozen=True, slots=True)
class _Head:
    conversation_id: int
    account_id: int
    customer_id: int
    cycle: int
    agent: str
    state: OutboxState
    details: dict[str, Detail]


async def _head(tx: ReadTx, outbox_id: int) -> _Head:
    row = await tx.row(
        "SELECT o.conversation_id, o.account_id, c.customer_id, o.cycle, o.agent, o.state, o.visibility, o.purpose, "
        "o.fence, o.idempotency_key, o.reply_to_id FROM outbox o JOIN conversation c ON c.id = o.conversation_id "
        "WHERE o.id = $1",
        outbox_id,
    )
    if row is None:
        raise StoreError(f"There is no reply {outbox_id} in the outbox.")
    details: dict[str, Detail] = {
        "visibility": row[6],
        "purpose": row[7],
        "fence": row[8],
        "key": row[9],
        "reply_to": row[10],
    }
    return _Head(row[0], row[1], row[2], row[3], row[4], OutboxState(row[5]), details)


async def _event(tx: Tx, outbox_id: int, kind: EventKind, details: Mapping[str, Detail]) -> None:
    head = await _head(tx, outbox_id)
    await append(
        tx,
        kind,
        agent=head.agent,
        account_id=head.account_id,
        customer_id=head.customer_id,
        conversation_id=head.conversation_id,
        cycle=head.cycle,
        outbox_id=outbox_id,
        details=details,
    )


async def _move(tx: Tx, outbox_id: int, to: OutboxState, reason: str = "") -> _Head:
    """Move a reply along a legal move; StoreError if it is none."""
    head = await _head(tx, outbox_id)
    if to not in LEGAL_MOVES[head.state]:
        raise StoreError(f"Reply {outbox_id} is {head.state.value} and cannot become {to.value}.")
    await tx.change(
        "UPDATE outbox SET state = $2, reason = $3, changed_us = $4 WHERE id = $1",
        outbox_id,
        to.value,
        reason,
        tx.now_us,
    )
    return head


async def _mark(tx: Tx, conversation_id: int) -> None:
    """Write the mark of a held, failed or unknown reply on the conversation's row."""
    await tx.change(
        "UPDATE conversation SET revision = $2, outbox_mark = (SELECT CASE WHEN state IN ('held', 'unknown', 'failed') "
        "THEN state END FROM outbox WHERE conversation_id = $1 AND state <> 'cancelled' ORDER BY id DESC LIMIT 1) WHERE id = $1",
        conversation_id,
        await tx.revision(),
    )


async def _return_to_queue(tx: Tx, outbox_id: int, conversation_id: int) -> None:
    """The messages it was to answer wait again, with their old times; a resolved conversation opens again."""
    waiting = await tx.change(
        "UPDATE message SET waits = 1, answer_outbox_id = NULL, closed_by_event = NULL "
        "WHERE answer_outbox_id = $1 AND deleted_us IS NULL",
        outbox_id,
    )
    if waiting:
        row = await tx.row(
            "UPDATE conversation SET state = 'open' WHERE id = $1 AND state = 'resolved' "
            "RETURNING cycle, account_id, customer_id",
            conversation_id,
        )
        if row is not None:
            await tx.change(
                "UPDATE cycle SET resolved_us = NULL, disposition = NULL, resolved_by = NULL "
                "WHERE conversation_id = $1 AND number = $2",
                conversation_id,
                row[0],
            )
            await append(
                tx,
                EventKind.REOPENED,
                account_id=row[1],
                customer_id=row[2],
                conversation_id=conversation_id,
                cycle=row[0],
                outbox_id=outbox_id,
                details={"reason": "the reply was not sent"},
            )
        await tx.change(
            "UPDATE conversation SET state = 'open' WHERE id = $1 AND state = 'pending'", conversation_id
        )
    await _mark(tx, conversation_id)
    await place(tx, conversation_id)


async def _end_claim(tx: Tx, conversation_id: int, agent: str) -> None:
    """The claim has done its work, unless another reply of the agent is still held there."""
    who, fence, _ = await holder(tx, conversation_id)
    held = await tx.row(
        "SELECT 1 FROM outbox WHERE conversation_id = $1 AND agent = $2 AND state = 'held'",
        conversation_id,
        agent,
    )
    if who == agent and held is None:
        await give_back(
            tx, conversation_id, agent, fence, EventKind.RELEASED, {"fence": fence, "reason": "answered"}
        )


async def let_go(tx: Tx, outbox_id: int, *, keep_claim: bool = False) -> bool:
    """Turn a held reply into a queued one; only the console that holds it may. False if it is held no longer.

    The claim ends with it, unless it is to be kept because the agent goes on writing there.
    """
    row = await tx.row(
        "SELECT conversation_id, agent FROM outbox WHERE id = $1 AND state = 'held' AND session = $2",
        outbox_id,
        tx.session,
    )
    if row is None:
        return False
    await _move(tx, outbox_id, OutboxState.QUEUED)
    await _leave_queue(tx, outbox_id)
    if not keep_claim:
        await _end_claim(tx, row[0], row[1])
    await _mark(tx, row[0])
    return True


async def withdraw(tx: Tx, outbox_id: int, agent: str, not_sent: str = "") -> bool:
    """Cancel a reply that has not left, and give its text back as a draft; False if it is too late.

    A draft that the agent has begun meanwhile is kept: the withdrawn text is put before it.
    """
    row = await tx.row(
        "SELECT conversation_id, text, visibility, reply_to_id, seen_id, agent FROM outbox "
        "WHERE id = $1 AND agent = $2 AND state IN ('held', 'queued', 'waiting')",
        outbox_id,
        agent,
    )
    if row is None:
        return False
    head = await _move(tx, outbox_id, OutboxState.CANCELLED, not_sent)
    if head.state is not OutboxState.HELD:
        await _event(tx, outbox_id, EventKind.CANCELLED, {"was": head.state.value, **head.details})
    await back_to_draft(tx, outbox_id, not_sent)
    await _return_to_queue(tx, outbox_id, row[0])
    return True


async def back_to_draft(tx: Tx, outbox_id: int, not_sent: str) -> None:
    """Write the text of a reply back as the agent's draft."""
    await tx.change(
        "INSERT INTO draft (agent, conversation_id, mode, text, cursor, saved_us, reply_to_id, seen_id, not_sent) "
        "SELECT agent, conversation_id, CASE visibility WHEN 'direct' THEN 'private' ELSE 'public' END, text, "
        "length(text), $2, reply_to_id, seen_id, $3 FROM outbox WHERE id = $1 "
        "ON CONFLICT (agent, conversation_id, mode) DO UPDATE SET text = CASE draft.text "
        "WHEN excluded.text THEN draft.text WHEN '' THEN excluded.text ELSE excluded.text || char(10) || draft.text END, "
        "saved_us = excluded.saved_us, not_sent = excluded.not_sent",
        outbox_id,
        tx.now_us,
        not_sent,
    )
    await tx.change(
        "UPDATE conversation SET revision = $2 WHERE id = (SELECT conversation_id FROM outbox WHERE id = $1)",
        outbox_id,
        await tx.revision(),
    )


async def settle_sent(tx: Tx, outbox_id: int, remote_id: str) -> None:
    """The network has it: write the remote id, our message in the thread, and the `sent` event."""
    head = await _move(tx, outbox_id, OutboxState.SENT)
    await tx.change(
        "UPDATE outbox SET remote_id = $2, sender = NULL, sender_boot = NULL WHERE id = $1",
        outbox_id,
        remote_id,
    )
    await answer(tx, outbox_id)  # it may have been unknown
    message_id = await _own_message(tx, outbox_id, remote_id)
    await tx.change(
        "UPDATE conversation SET state = CASE WHEN state = 'resolved' OR EXISTS (SELECT 1 FROM message "
        "WHERE conversation_id = $1 AND waits = 1) THEN state ELSE 'pending' END, revision = $2, "
        "messages = (SELECT count(*) FROM message WHERE conversation_id = $1) WHERE id = $1",
        head.conversation_id,
        await tx.revision(),
    )
    answers = await tx.rows("SELECT id FROM message WHERE answer_outbox_id = $1", outbox_id)
    await append(
        tx,
        EventKind.SENT,
        agent=head.agent,
        account_id=head.account_id,
        customer_id=head.customer_id,
        conversation_id=head.conversation_id,
        cycle=head.cycle,
        message_id=message_id,
        outbox_id=outbox_id,
        details={"answers": [row[0] for row in answers], **head.details},
    )
    await _mark(tx, head.conversation_id)
    await place(tx, head.conversation_id)


async def _own_message(tx: Tx, outbox_id: int, remote_id: str) -> int:
    row = await tx.row(
        "INSERT INTO message (account_id, external_id, conversation_id, cycle, direction, handle, text, at_us, "
        "recorded_us, visibility, reply_to, outbox_id, agent) "
        "SELECT o.account_id, $2, o.conversation_id, o.cycle, 'out', o.agent, o.text, $3, $3, o.visibility, "
        "m.external_id, o.id, o.agent FROM outbox o JOIN message m ON m.id = o.reply_to_id WHERE o.id = $1 "
        "ON CONFLICT (account_id, external_id) DO UPDATE SET outbox_id = excluded.outbox_id, agent = excluded.agent, "
        "elsewhere = 0 RETURNING id",
        outbox_id,
        remote_id,
        tx.now_us,
    )
    assert row is not None
    return int(row[0])


async def settle_failed(tx: Tx, outbox_id: int, reason: str) -> None:
    """The network refused it for good: the conversation waits again, the text is a draft again."""
    head = await _move(tx, outbox_id, OutboxState.FAILED, reason)
    await tx.change("UPDATE outbox SET sender = NULL, sender_boot = NULL WHERE id = $1", outbox_id)
    await _event(
        tx, outbox_id, EventKind.FAILED, {"attempts": await _attempts(tx, outbox_id), **head.details}
    )
    await back_to_draft(tx, outbox_id, reason)
    await _return_to_queue(tx, outbox_id, head.conversation_id)


async def settle_unknown(tx: Tx, outbox_id: int, reason: str, look_after_s: float) -> None:
    """Nobody knows whether it arrived: the conversation stays visible, marked, until it was looked up."""
    head = await _move(tx, outbox_id, OutboxState.UNKNOWN, reason)
    await look_later(tx, outbox_id, look_after_s)
    await _event(
        tx, outbox_id, EventKind.UNKNOWN, {"attempts": await _attempts(tx, outbox_id), **head.details}
    )
    await _return_to_queue(tx, outbox_id, head.conversation_id)


async def look_later(tx: Tx, outbox_id: int, after_s: float) -> None:
    """Let go of a reply; it is due again after so many seconds."""
    await tx.change(
        "UPDATE outbox SET sender = NULL, sender_boot = NULL, due_boot = $2, due_ns = $3 WHERE id = $1",
        outbox_id,
        tx.boot_id,
        tx.monotonic_ns + round(after_s * 1_000_000_000),
    )


async def settle_waiting(tx: Tx, outbox_id: int, after_s: float, reason: str) -> None:
    """Surely not sent: try again after so many seconds."""
    await _move(tx, outbox_id, OutboxState.WAITING, reason)
    await look_later(tx, outbox_id, after_s)


async def settle_absent(tx: Tx, outbox_id: int) -> None:
    """The network surely has it not: an unknown reply is queued once more, under the same key."""
    head = await _move(tx, outbox_id, OutboxState.QUEUED)
    await tx.change("UPDATE outbox SET sender = NULL, sender_boot = NULL WHERE id = $1", outbox_id)
    await _leave_queue(tx, outbox_id)
    await _mark(tx, head.conversation_id)


async def _attempts(tx: ReadTx, outbox_id: int) -> int:
    row = await tx.row("SELECT attempts FROM outbox WHERE id = $1", outbox_id)
    return row[0] if row else 0


async def send_again(tx: Tx, outbox_id: int, agent: str, reason: str) -> None:
    """Send an unknown reply again anyway: the agent's decision, with its reason, goes to the event log."""
    head = await _move(tx, outbox_id, OutboxState.QUEUED, reason)
    await tx.change(
        "UPDATE outbox SET attempts = 0, first_boot = NULL, agent = $2, sender = NULL, sender_boot = NULL WHERE id = $1",
        outbox_id,
        agent,
    )
    await _leave_queue(tx, outbox_id, {"again": True, "reason": reason})
    await _mark(tx, head.conversation_id)
