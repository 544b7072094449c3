"""What became of a reply: sent, waiting, unknown, failed; and what that means for its conversation."""

from __future__ import annotations

from datetime import datetime

from careconsole.model.event import EventKind
from careconsole.model.instant import to_us
from careconsole.model.reply import (
    OutboxState,
)
from careconsole.store import boomerangs
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.events import append
from careconsole.store.message_words import index_message
from careconsole.store.ranking import place
from careconsole.store.reply_moves import (
    answer,
    back_to_draft,
    head_of,
    leave_queue,
    line_of,
    mark,
    move,
    note,
    return_to_queue,
    stop_line,
)
from careconsole.store.row_hash import seal, sound

LINE_STAYS = "it is not known whether the private message arrived that this line speaks of"


async def settle_sent(tx: Tx, outbox_id: int, remote_id: str, at: datetime | None = None) -> None:
    """The network has it: write the remote id, our message in the thread, and the `sent` event.

    `at` is since when it has it, as it says; now if it does not say. A network's clock may run ahead of ours.
    """
    at_us = tx.now_us if at is None else min(to_us(at), tx.now_us)
    head = await move(tx, outbox_id, OutboxState.SENT)
    await tx.change(
        "UPDATE outbox SET remote_id = $2, sender = NULL, sender_boot = NULL WHERE id = $1",
        outbox_id,
        remote_id,
    )
    if head.state is OutboxState.UNKNOWN:  # then what it answers had gone back to the queue
        await answer(tx, outbox_id)
    message_id = await _own_message(tx, outbox_id, remote_id, at_us)
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
        at_us=at_us,
        agent=head.agent,
        account_id=head.account_id,
        customer_id=head.customer_id,
        conversation_id=head.conversation_id,
        cycle=head.cycle,
        message_id=message_id,
        outbox_id=outbox_id,
        details={"answers": [row[0] for row in answers], **head.details},
    )
    await mark(tx, head.conversation_id)
    await place(tx, head.conversation_id)


async def _own_message(tx: Tx, outbox_id: int, remote_id: str, at_us: int) -> int:
    row = await tx.row(
        "INSERT INTO message (account_id, external_id, conversation_id, cycle, direction, handle, text, at_us, "
        "recorded_us, visibility, reply_to, outbox_id, agent) "
        f"SELECT o.account_id, $2, o.conversation_id, o.cycle, 'out', o.agent, {sound('outbox', 'o')}, $3, $4, o.visibility, "
        "m.external_id, o.id, o.agent FROM outbox o JOIN message m ON m.id = o.reply_to_id WHERE o.id = $1 "
        "ON CONFLICT (account_id, external_id) DO UPDATE SET outbox_id = excluded.outbox_id, agent = excluded.agent, "
        "elsewhere = 0 RETURNING id",
        outbox_id,
        remote_id,
        at_us,
        tx.now_us,
    )
    assert row is not None
    await seal(tx, "message", row[0])
    await index_message(tx, row[0])
    return int(row[0])


async def settle_failed(tx: Tx, outbox_id: int, reason: str) -> None:
    """The network refused it for good: the conversation waits again, the text is a draft again.

    So is the public line that was to follow it: the draft holds both.
    """
    head = await move(tx, outbox_id, OutboxState.FAILED, reason)
    await tx.change("UPDATE outbox SET sender = NULL, sender_boot = NULL WHERE id = $1", outbox_id)
    await note(tx, outbox_id, EventKind.FAILED, {"attempts": await _attempts(tx, outbox_id), **head.details})
    await back_to_draft(tx, outbox_id, reason, await stop_line(tx, outbox_id, reason))
    await return_to_queue(tx, outbox_id, head.conversation_id)
    if await boomerangs.wake_up(tx, head.conversation_id, "reply"):
        await place(tx, head.conversation_id)


async def settle_unknown(tx: Tx, outbox_id: int, reason: str, look_after_s: float) -> None:
    """Nobody knows whether it arrived: the conversation stays visible, marked, until it was looked up.

    The public line that was to follow it does not leave: it would tell of a message that may not be there. It is a
    draft of its own, as the private text is not one.
    """
    head = await move(tx, outbox_id, OutboxState.UNKNOWN, reason)
    await look_later(tx, outbox_id, look_after_s)
    await note(tx, outbox_id, EventKind.UNKNOWN, {"attempts": await _attempts(tx, outbox_id), **head.details})
    if (line := await line_of(tx, outbox_id)) is not None:
        await stop_line(tx, outbox_id, LINE_STAYS)
        await back_to_draft(tx, line[0], LINE_STAYS)
    await return_to_queue(tx, outbox_id, head.conversation_id)


async def look_later(tx: Tx, outbox_id: int, after_s: float) -> None:
    """Let go of a reply; it is due again after so many seconds."""
    await tx.change(
        "UPDATE outbox SET sender = NULL, sender_boot = NULL, due_boot = $2, due_ns = $3 WHERE id = $1",
        outbox_id,
        tx.boot_id,
        tx.monotonic_ns + round(after_s * 1_000_000_000),
    )


async def look_now(tx: Tx, outbox_id: int) -> bool:
    """An unknown reply is due to be looked up at once; False if it is none, or a process had it within its lease.

    So long as that lease would have run, the network may still be at work on what it was last given.
    """
    return bool(
        await tx.change(
            "UPDATE outbox SET due_boot = NULL, due_ns = NULL WHERE id = $1 AND state = 'unknown' "
            "AND (sender_until_ns IS NULL OR sender_until_ns <= $2)",
            outbox_id,
            tx.monotonic_ns,
        )
    )


async def settle_waiting(tx: Tx, outbox_id: int, after_s: float, reason: str) -> None:
    """Surely not sent: try again after so many seconds."""
    await move(tx, outbox_id, OutboxState.WAITING, reason)
    await look_later(tx, outbox_id, after_s)


async def uncount(tx: Tx, outbox_id: int) -> None:
    """Take back the count of an attempt that did not reach the network."""
    await tx.change("UPDATE outbox SET attempts = attempts - 1 WHERE id = $1 AND attempts > 0", outbox_id)


async def settle_absent(tx: Tx, outbox_id: int) -> None:
    """The network surely has it not: an unknown reply is queued once more, under the same key."""
    head = await move(tx, outbox_id, OutboxState.QUEUED)
    await tx.change("UPDATE outbox SET sender = NULL, sender_boot = NULL WHERE id = $1", outbox_id)
    await leave_queue(tx, outbox_id)
    await mark(tx, head.conversation_id)


async def _attempts(tx: ReadTx, outbox_id: int) -> int:
    row = await tx.row("SELECT attempts FROM outbox WHERE id = $1", outbox_id)
    return row[0] if row else 0


async def send_again(tx: Tx, outbox_id: int, agent: str, reason: str) -> None:
    """Have an unknown reply sent again: the agent's decision, with its reason, goes to the event log.

    It stays unknown until a look-up has said that the network surely has it not; then it leaves under its old key,
    however long it was tried before. A look-up that fails sends nothing: it is tried again later.
    """
    await tx.change(
        "UPDATE outbox SET attempts = 0, crashes = 0, parked = 0, first_boot = NULL, first_ns = NULL, agent = $2, "
        "reason = $3, sender = NULL, sender_boot = NULL, due_boot = $4, due_ns = coalesce(sender_until_ns, 0), "
        "changed_us = $5 WHERE id = $1",
        outbox_id,
        agent,
        reason,
        tx.boot_id,
        tx.now_us,
    )
    await note(tx, outbox_id, EventKind.UNKNOWN, {"again": True, "reason": reason})
    await mark(tx, (await head_of(tx, outbox_id)).conversation_id)
