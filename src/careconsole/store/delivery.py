"""Who delivers what: take a reply under a sender's lease, in a short transaction before the network call."""

from __future__ import annotations

from dataclasses import dataclass

from careconsole.model.message import Visibility
from careconsole.model.reply import OutboxState, OutgoingReply
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.host_clock import process_mark
from careconsole.store.outbox import settle_unknown, withdraw

SENDER_LEASE_S = 60


@dataclass(frozen=True, slots=True)
class Taken:
    """A reply that this process must now deliver, or settle."""

    reply: OutgoingReply
    conversation_id: int
    agent: str
    is_doubtful: bool
    """An earlier attempt may have arrived: read back before anything else."""
    age_s: float
    """Seconds since the first attempt."""


async def take(tx: Tx, account_id: int) -> Taken | None:
    """The next reply of an account that is due; it is `sending` and its attempt is counted from here on.

    Fresh replies come before those tried already, and a reply waits for the one before it in its conversation.
    """
    row = await tx.row(
        "SELECT id, state FROM outbox o WHERE account_id = $1 AND (state = 'queued' OR (state = 'waiting' AND "
        "(due_boot <> $2 OR due_ns <= $3)) OR (state = 'sending' AND (sender_boot <> $2 OR sender_until_ns <= $3))) "
        "AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.conversation_id = o.conversation_id AND e.id < o.id "
        "AND e.state IN ('queued', 'sending', 'waiting')) ORDER BY attempts > 0, id LIMIT 1",
        account_id,
        tx.boot_id,
        tx.monotonic_ns,
    )
    if row is None:
        return None
    was_sending = row[1] == OutboxState.SENDING
    await tx.change(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, sender = $2, sender_boot = $3, "
        "sender_until_ns = $4, doubtful = max(doubtful, $5), changed_us = $6, "
        "first_ns = CASE WHEN first_boot = $3 THEN first_ns ELSE $7 END, first_boot = $3 WHERE id = $1",
        row[0],
        tx.session,
        tx.boot_id,
        tx.monotonic_ns + SENDER_LEASE_S * 1_000_000_000,
        int(was_sending),
        tx.now_us,
        tx.monotonic_ns,
    )
    return await _taken(tx, row[0])


async def take_unknown(tx: ReadTx, outbox_id: int) -> Taken | None:
    """An unknown reply as its channel needs it for reading back; nothing is changed."""
    return await _taken(tx, outbox_id, state="unknown")


async def _taken(tx: ReadTx, outbox_id: int, state: str = "sending") -> Taken | None:
    row = await tx.row(
        "SELECT o.id, o.idempotency_key, o.text, o.visibility, m.external_id, o.handle, o.created_us, o.attempts, "
        "o.conversation_id, o.agent, o.doubtful, coalesce(o.first_ns, $2) FROM outbox o "
        "JOIN message m ON m.id = o.reply_to_id WHERE o.id = $1 AND o.state = $3",
        outbox_id,
        tx.monotonic_ns,
        state,
    )
    if row is None:
        return None
    reply = OutgoingReply(row[0], row[1], row[2], Visibility(row[3]), row[4], row[5], row[6], row[7])
    return Taken(reply, row[8], row[9], bool(row[10]), (tx.monotonic_ns - row[11]) / 1_000_000_000)


async def still_mine(tx: ReadTx, outbox_id: int, session: str) -> bool:
    """Whether this process still holds the sender's lease of a reply."""
    row = await tx.row(
        "SELECT 1 FROM outbox WHERE id = $1 AND state = 'sending' AND sender = $2 AND sender_boot = $3 "
        "AND sender_until_ns > $4",
        outbox_id,
        session,
        tx.boot_id,
        tx.monotonic_ns,
    )
    return row is not None


async def unknown_replies(tx: ReadTx, account_id: int) -> list[int]:
    """Replies of an account of which nobody knows whether they arrived."""
    rows = await tx.rows(
        "SELECT id FROM outbox WHERE account_id = $1 AND state = 'unknown' ORDER BY id", account_id
    )
    return [row[0] for row in rows]


async def sign_on(tx: Tx, agent: str, pid: int) -> None:
    """Write down that a console is open: what it holds is its own until it dies."""
    await tx.change(
        "INSERT OR REPLACE INTO session VALUES ($1, $2, $3, $4, $5, $6)",
        tx.session,
        agent,
        tx.boot_id,
        pid,
        process_mark(pid) or "",
        tx.now_us,
    )


async def sign_off(tx: Tx) -> None:
    """The console closes."""
    await tx.change("DELETE FROM session WHERE id = $1", tx.session)


async def dead_sessions(tx: ReadTx) -> list[str]:
    """Consoles that are written down as open but run no longer."""
    rows = await tx.rows("SELECT id, boot, pid, process_mark FROM session")
    return [row[0] for row in rows if row[1] != tx.boot_id or process_mark(row[2]) != row[3]]


async def bring_back_held(tx: Tx, not_sent: str) -> list[int]:
    """Make drafts of replies held by consoles that died; the outbox ids."""
    dead = set(await dead_sessions(tx))
    for session in dead:
        await tx.change("DELETE FROM session WHERE id = $1", session)
    held = await tx.rows(
        "SELECT id, agent FROM outbox WHERE state = 'held' AND session NOT IN (SELECT id FROM session)"
    )
    for outbox_id, agent in held:
        await withdraw(tx, outbox_id, agent, not_sent)
    return [row[0] for row in held]


async def give_up_sending(tx: Tx, outbox_id: int, reason: str) -> None:
    """The sender does not know what became of it."""
    await settle_unknown(tx, outbox_id, reason)
