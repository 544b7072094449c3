"""What holds at this moment and no event tells: claims, presence, emergencies that nobody holds."""

from __future__ import annotations

from dataclasses import dataclass

from careconsole.store.contract import ReadTx


@dataclass(frozen=True, slots=True)
class Holding:
    """What an agent holds under leases that run."""

    count: int
    is_writing: bool


async def holding(tx: ReadTx) -> dict[str, Holding]:
    """By agent what they hold."""
    rows = await tx.rows(
        "SELECT claimed_by, count(*), max(presence = 'writing') FROM conversation WHERE claimed_by IS NOT NULL "
        "AND lease_boot = $1 AND lease_until_ns > $2 GROUP BY claimed_by",
        tx.boot_id,
        tx.monotonic_ns,
    )
    return {row[0]: Holding(row[1], bool(row[2])) for row in rows}


async def free_emergencies(tx: ReadTx) -> int:
    """How many conversations of tier 0 wait that nobody holds."""
    row = await tx.row(
        "SELECT count(*) FROM conversation WHERE in_queue = 1 AND tier = 0 "
        "AND (claimed_by IS NULL OR lease_boot <> $1 OR lease_until_ns <= $2)",
        tx.boot_id,
        tx.monotonic_ns,
    )
    return int(row[0]) if row else 0


async def waiting(tx: ReadTx) -> dict[int, tuple[int, int, int]]:
    """Every conversation in the queue: since when it waits (microseconds), its tier, how often it was moved."""
    rows = await tx.rows("SELECT id, waiting_since_us, tier, moves FROM conversation WHERE in_queue = 1")
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


async def handle_of(tx: ReadTx, conversation_id: int) -> tuple[str, str] | None:
    """Handle and account of a conversation; None if there is none such."""
    row = await tx.row(
        "SELECT c.handle, a.name FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = $1",
        conversation_id,
    )
    return None if row is None else (row[0], row[1])
