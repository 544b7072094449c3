"""The gate of each account's replies, in one row that all processes share.

Its times are boot id and monotonic clock, as those of leases: a changed wall clock neither opens nor prolongs it.
"""

from __future__ import annotations

from careconsole.model.breaker import Gate
from careconsole.store.contract import ReadTx, Row, Tx

_COLUMNS = "boot, recent, pause_s, open_until_ns, probe, reason, full_at_ns, took_retry"


async def gate_of(tx: ReadTx, account_id: int) -> Gate:
    """The gate of an account as it stands in this boot."""
    row = await tx.row(f"SELECT {_COLUMNS} FROM send_gate WHERE account_id = $1", account_id)
    return Gate() if row is None else _gate(tx, row)


async def open_gates(tx: ReadTx) -> dict[int, Gate]:
    """The gates whose breaker is open, by account."""
    rows = await tx.rows(f"SELECT {_COLUMNS}, account_id FROM send_gate WHERE pause_s > 0")
    return {row[8]: _gate(tx, row) for row in rows}


def _gate(tx: ReadTx, row: Row) -> Gate:
    boot, recent, pause_s, open_until_ns, probe, reason, full_at_ns, took_retry = row[:8]
    gate = Gate(recent, pause_s, open_until_ns, probe, reason, full_at_ns, bool(took_retry))
    return gate if boot == tx.boot_id else gate.after_boot()


async def keep_gate(tx: Tx, account_id: int, gate: Gate, before: Gate) -> None:
    """Write a gate down; nothing is written if it is as before."""
    if gate == before:
        return
    await tx.change(
        f"INSERT INTO send_gate (account_id, {_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
        "ON CONFLICT (account_id) DO UPDATE SET boot = excluded.boot, recent = excluded.recent, "
        "pause_s = excluded.pause_s, open_until_ns = excluded.open_until_ns, probe = excluded.probe, "
        "reason = excluded.reason, full_at_ns = excluded.full_at_ns, took_retry = excluded.took_retry",
        account_id,
        tx.boot_id,
        gate.recent,
        gate.pause_s,
        gate.open_until_ns,
        gate.probe,
        gate.reason,
        gate.full_at_ns,
        gate.took_retry,
    )
