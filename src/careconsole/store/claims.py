"""Claims: one conditional statement, a lease on the monotonic clock, and a fence that every later write carries."""

from __future__ import annotations

from careconsole.model.conversation import Claimed, HeldBy, Lost, Resolved
from careconsole.model.event import EventKind
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.events import append

CLAIM_LEASE_S = 120
RENEW_EVERY_S = 30
KEPT = "kept"
"""In place of its console's name: the claim of one who has gone and may be back before its lease runs out."""

_FREE = "(claimed_by IS NULL OR lease_boot <> {boot} OR lease_until_ns <= {now})"


def lease_is_live(tx: ReadTx, boot_id: str | None, until_ns: int | None) -> bool:
    """Whether a lease has not run out: same boot, and its end lies ahead."""
    return boot_id == tx.boot_id and until_ns is not None and until_ns > tx.monotonic_ns


async def claim(tx: Tx, conversation_id: int, agent: str) -> Claimed | HeldBy | Resolved | None:
    """Take a conversation, or learn who has it. Idempotent for the same agent; None if there is none such."""
    before = await tx.row(
        "SELECT claimed_by, claimed_us, lease_boot, lease_until_ns, fence, state FROM conversation WHERE id = $1",
        conversation_id,
    )
    if before is None:
        return None
    if before[5] == "resolved":
        return Resolved(conversation_id)
    live = before[0] is not None and lease_is_live(tx, before[2], before[3])
    if live and before[0] == agent:
        await _extend(tx, conversation_id)
        return Claimed(conversation_id, before[4])
    row = await _take(tx, conversation_id, agent)
    if row is None:
        return HeldBy(conversation_id, before[0], before[1] or 0)
    await _record_claim(tx, row, agent, lost_by=before[0])
    return Claimed(row[0], row[1])


async def claim_next(tx: Tx, agent: str) -> Claimed | None:
    """Take the top item that nobody holds and that the agent has not skipped; None if there is none."""
    top = await tx.row(
        "SELECT id, claimed_by FROM conversation c WHERE in_queue = 1 AND "
        + _FREE.format(boot="$1", now="$2")
        + " AND NOT EXISTS (SELECT 1 FROM event e WHERE e.conversation_id = c.id AND e.cycle = c.cycle "
        "AND e.kind = 'skipped' AND e.agent = $3) ORDER BY tier, effective_due_us, waiting_since_us, id LIMIT 1",
        tx.boot_id,
        tx.monotonic_ns,
        agent,
    )
    if top is None:
        return None
    row = await _take(tx, top[0], agent)
    if row is None:
        return None
    await _record_claim(tx, row, agent, lost_by=top[1])
    return Claimed(row[0], row[1])


async def _take(tx: Tx, conversation_id: int, agent: str) -> Row | None:
    rows = await tx.rows(
        "UPDATE conversation SET claimed_by = $2, claim_session = $3, claimed_us = $4, fence = fence + 1, "
        "lease_boot = $5, lease_until_ns = $6, presence = 'reading', owner = $2, revision = $7, "
        "state = CASE state WHEN 'new' THEN 'open' ELSE state END "
        "WHERE id = $1 AND state <> 'resolved' AND "
        + _FREE.format(boot="$5", now="$8")
        + " RETURNING id, fence, cycle, account_id, customer_id",
        conversation_id,
        agent,
        tx.session,
        tx.now_us,
        tx.boot_id,
        tx.monotonic_ns + CLAIM_LEASE_S * 1_000_000_000,
        await tx.revision(),
        tx.monotonic_ns,
    )
    return rows[0] if rows else None


async def _record_claim(tx: Tx, row: Row, agent: str, lost_by: str | None) -> None:
    if lost_by is not None:
        await append(
            tx,
            EventKind.LOST,
            agent=lost_by,
            account_id=row[3],
            customer_id=row[4],
            conversation_id=row[0],
            cycle=row[2],
            details={"fence": row[1] - 1, "reason": "lease ran out"},
        )
    await append(
        tx,
        EventKind.CLAIMED,
        agent=agent,
        account_id=row[3],
        customer_id=row[4],
        conversation_id=row[0],
        cycle=row[2],
        details={"fence": row[1]},
    )


async def _extend(tx: Tx, conversation_id: int) -> None:
    """Make the lease new. A console takes over its agent's claim, so that it is renewed; a command does not."""
    await tx.change(
        "UPDATE conversation SET lease_boot = $2, lease_until_ns = $3, "
        "claim_session = CASE WHEN EXISTS (SELECT 1 FROM session WHERE id = $4) THEN $4 ELSE claim_session END "
        "WHERE id = $1",
        conversation_id,
        tx.boot_id,
        tx.monotonic_ns + CLAIM_LEASE_S * 1_000_000_000,
        tx.session,
    )


async def renew(tx: Tx, agent: str) -> list[int]:
    """Extend the claims that this console took, and free those that ran out; the ids of the agent's own freed now.

    A lease that ran out is not revived: somebody may have looked and found it free. What another process freed
    or took before is told by `lost_after`.
    """
    await tx.change(
        "UPDATE conversation SET lease_until_ns = $4 "
        "WHERE claimed_by = $1 AND claim_session = $2 AND lease_boot = $3 AND lease_until_ns > $5",
        agent,
        tx.session,
        tx.boot_id,
        tx.monotonic_ns + CLAIM_LEASE_S * 1_000_000_000,
        tx.monotonic_ns,
    )
    return await sweep(tx, agent)


async def sweep(tx: Tx, agent: str | None = None) -> list[int]:
    """Free the conversations whose lease has run out, each with a `lost` event; the ids of the agent's own."""
    gone = await tx.rows(
        "SELECT id, claimed_by, fence, cycle, account_id, customer_id FROM conversation "
        "WHERE claimed_by IS NOT NULL AND (lease_boot <> $1 OR lease_until_ns <= $2)",
        tx.boot_id,
        tx.monotonic_ns,
    )
    for row in gone:
        await _let_go(tx, row[0])
        await append(
            tx,
            EventKind.LOST,
            agent=row[1],
            account_id=row[4],
            customer_id=row[5],
            conversation_id=row[0],
            cycle=row[3],
            details={"fence": row[2], "reason": "lease ran out"},
        )
    return [row[0] for row in gone if row[1] == agent]


async def keep(tx: Tx, session: str, lease_s: float | None = None) -> None:
    """A console is gone, by itself or by accident: its claims are kept for its agent until their leases run out.

    Nobody reads or writes there now. With `lease_s` the leases run so long from now on.
    """
    until_ns = None if lease_s is None else tx.monotonic_ns + round(lease_s * 1_000_000_000)
    kept = await tx.change(
        "UPDATE conversation SET claim_session = $2, presence = 'reading', lease_until_ns = coalesce($3, lease_until_ns) "
        "WHERE claim_session = $1 AND claimed_by IS NOT NULL AND lease_boot = $4 AND lease_until_ns > $5",
        session,
        KEPT,
        until_ns,
        tx.boot_id,
        tx.monotonic_ns,
    )
    if kept:
        await tx.change(
            "UPDATE conversation SET revision = $2 WHERE claim_session = $1", KEPT, await tx.revision()
        )


async def take_up(tx: Tx, agent: str) -> tuple[list[tuple[int, int]], list[int], int]:
    """The agent is back at a console: the claims kept meanwhile (id, fence), the ids lost, and the newest event.

    What was lost is told from the sign before the newest one on, be it of coming or of going.
    """
    await sweep(tx)
    await tx.change(
        "UPDATE conversation SET claim_session = $2, lease_until_ns = $3 "
        "WHERE claimed_by = $1 AND claim_session = $4 AND lease_boot = $5",
        agent,
        tx.session,
        tx.monotonic_ns + CLAIM_LEASE_S * 1_000_000_000,
        KEPT,
        tx.boot_id,
    )
    mine = await tx.rows(
        "SELECT id, fence FROM conversation WHERE claimed_by = $1 AND claim_session = $2 ORDER BY claimed_us",
        agent,
        tx.session,
    )
    signs = await tx.rows(
        "SELECT seq FROM event WHERE agent = $1 AND kind IN ('signed_on', 'signed_off') "
        "AND json_extract(details, '$.reason') IS NULL ORDER BY seq DESC LIMIT 2",
        agent,
    )
    lost, newest = await lost_after(tx, agent, signs[1][0] if len(signs) > 1 else None)
    return [(row[0], row[1]) for row in mine], lost, newest


async def lost_after(tx: ReadTx, agent: str, seq: int | None) -> tuple[list[int], int]:
    """What the agent lost since an event (None: nothing yet) and has not back, and the event to go on after."""
    newest = await tx.row("SELECT coalesce(max(seq), 0) FROM event")
    assert newest is not None
    if seq is None:
        return [], newest[0]
    rows = await tx.rows(
        "SELECT DISTINCT conversation_id FROM event WHERE agent = $1 AND seq > $2 AND kind = 'lost' "
        "AND conversation_id NOT IN (SELECT id FROM conversation WHERE claimed_by = $1 AND lease_boot = $3 "
        "AND lease_until_ns > $4) ORDER BY conversation_id",
        agent,
        seq,
        tx.boot_id,
        tx.monotonic_ns,
    )
    return [row[0] for row in rows], newest[0]


async def anything_to_sweep(tx: ReadTx) -> bool:
    """Whether a claim has run out that is still written down."""
    return (
        await tx.row(
            "SELECT 1 FROM conversation WHERE claimed_by IS NOT NULL AND (lease_boot <> $1 OR lease_until_ns <= $2) LIMIT 1",
            tx.boot_id,
            tx.monotonic_ns,
        )
        is not None
    )


async def _let_go(tx: Tx, conversation_id: int) -> None:
    await tx.change(
        "UPDATE conversation SET claimed_by = NULL, claim_session = NULL, claimed_us = NULL, presence = NULL, "
        "lease_boot = NULL, lease_until_ns = NULL, revision = $2 WHERE id = $1",
        conversation_id,
        await tx.revision(),
    )


async def holder(tx: ReadTx, conversation_id: int) -> tuple[str | None, int, int]:
    """Who holds a conversation now (None: nobody), its fence, and since when."""
    row = await tx.row(
        "SELECT claimed_by, lease_boot, lease_until_ns, fence, claimed_us FROM conversation WHERE id = $1",
        conversation_id,
    )
    if row is None or row[0] is None or not lease_is_live(tx, row[1], row[2]):
        return None, row[3] if row else 0, 0
    return row[0], row[3], row[4]


async def release(tx: Tx, conversation_id: int, agent: str, fence: int | None = None) -> bool:
    """Give a conversation back; False if the agent does not hold it, or no longer under the fence that is given."""
    who, now_fence, _ = await holder(tx, conversation_id)
    if who != agent or fence not in (None, now_fence):
        return False
    await give_back(tx, conversation_id, agent, now_fence, EventKind.RELEASED, {"fence": now_fence})
    return True


async def skip(tx: Tx, conversation_id: int, agent: str, reason: str, fence: int | None = None) -> bool:
    """Give a pulled conversation back with a reason; False as for `release`."""
    who, now_fence, _ = await holder(tx, conversation_id)
    if who != agent or fence not in (None, now_fence):
        return False
    details: dict[str, str | int] = {"fence": now_fence, "reason": reason}
    await give_back(tx, conversation_id, agent, now_fence, EventKind.SKIPPED, details)
    return True


async def give_back(
    tx: Tx, conversation_id: int, agent: str, fence: int, kind: EventKind, details: dict[str, str | int]
) -> None:
    """Free a conversation that the agent holds and write down why."""
    await _let_go(tx, conversation_id)
    head = await tx.row(
        "SELECT account_id, customer_id, cycle FROM conversation WHERE id = $1", conversation_id
    )
    assert head is not None
    await append(
        tx,
        kind,
        agent=agent,
        account_id=head[0],
        customer_id=head[1],
        conversation_id=conversation_id,
        cycle=head[2],
        details=dict(details),
    )


async def check_fence(tx: ReadTx, conversation_id: int, agent: str, fence: int) -> Lost | None:
    """None if the agent still holds the conversation under this fence, else who has it."""
    who, now_fence, _ = await holder(tx, conversation_id)
    if who == agent and now_fence == fence:
        return None
    return Lost(conversation_id, None if who == agent else who)


async def set_presence(tx: Tx, conversation_id: int, agent: str, presence: str) -> None:
    """Show the others whether the holder reads or writes; not an event."""
    await tx.change(
        "UPDATE conversation SET presence = $3, revision = $4 WHERE id = $1 AND claimed_by = $2 AND presence <> $3",
        conversation_id,
        agent,
        presence,
        await tx.revision(),
    )
