"""Named leases: who polls an account, on the host's monotonic clock."""

from __future__ import annotations

from careconsole.store.contract import Tx

POLLER_LEASE_S = 15


async def take_lease(tx: Tx, name: str, lease_s: float) -> int | None:
    """Take or extend a lease for this process; its fence, or None while another process holds it."""
    row = await tx.row(
        "INSERT INTO lease VALUES ($1, $2, 1, $3, $4) ON CONFLICT (name) DO UPDATE SET "
        "holder = excluded.holder, boot = excluded.boot, until_ns = excluded.until_ns, "
        "fence = lease.fence + (lease.holder <> excluded.holder) "
        "WHERE lease.holder = excluded.holder OR lease.boot <> excluded.boot OR lease.until_ns <= $5 RETURNING fence",
        name,
        tx.session,
        tx.boot_id,
        tx.monotonic_ns + round(lease_s * 1_000_000_000),
        tx.monotonic_ns,
    )
    return None if row is None else int(row[0])


async def holds_lease(tx: Tx, name: str, fence: int) -> bool:
    """Whether this process holds the lease under this fence, run out or not, and nobody else took it."""
    row = await tx.row(
        "SELECT 1 FROM lease WHERE name = $1 AND holder = $2 AND fence = $3", name, tx.session, fence
    )
    return row is not None


async def drop_leases(tx: Tx) -> None:
    """Give back everything this process holds, so that another need not wait."""
    await tx.change("UPDATE lease SET until_ns = 0 WHERE holder = $1", tx.session)
