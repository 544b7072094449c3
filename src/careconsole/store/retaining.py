"""Which conversations have been kept for as long as they may be."""

from __future__ import annotations

from collections.abc import Sequence

from careconsole.model.event import Detail, EventKind
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.events import append

DAY_US = 24 * 3600 * 1_000_000
_DUE = {
    "resolved": (
        "SELECT c.id FROM conversation c JOIN cycle y ON y.conversation_id = c.id AND y.number = c.cycle "
        "WHERE c.account_id = $1 AND c.state = 'resolved' AND c.erased_us IS NULL AND y.resolved_us < $2 "
        "AND ($3 IS NULL OR c.id = $3) ORDER BY c.id"
    ),
    # What sleeps comes back, and is waited for.
    "pending": (
        "SELECT c.id FROM conversation c WHERE c.account_id = $1 AND c.state = 'pending' AND c.in_queue = 0 "
        "AND c.erased_us IS NULL AND (SELECT max(at_us) FROM message WHERE conversation_id = c.id) < $2 "
        "AND NOT EXISTS (SELECT 1 FROM boomerang b WHERE b.conversation_id = c.id AND b.due_us IS NOT NULL) "
        "AND ($3 IS NULL OR c.id = $3) ORDER BY c.id"
    ),
}
"""By state of a conversation: those of an account that were last touched before an instant. What waits is kept."""


async def due(
    tx: ReadTx, account_id: int, state: str, days: int, conversation_id: int | None = None
) -> list[int]:
    """The conversations of an account and state that were kept for so many days; or the one of them, if it still is."""
    rows = await tx.rows(_DUE[state], account_id, tx.now_us - days * DAY_US, conversation_id)
    return [row[0] for row in rows]


async def drop_unreadable(tx: Tx, account_id: int, ids: Sequence[int], agent: str) -> None:
    """Throw away items of an account that could not be read."""
    await tx.change_many("DELETE FROM set_aside WHERE id = $1", [(id,) for id in ids])
    details: dict[str, Detail] = {"unreadable": len(ids)}
    await append(tx, EventKind.ERASED, agent=agent, account_id=account_id, details=details)


async def unreadable_before(tx: ReadTx, account_id: int, days: int) -> list[int]:
    """The items of an account that could not be read and were set aside so many days ago."""
    rows = await tx.rows(
        "SELECT id FROM set_aside WHERE account_id = $1 AND recorded_us < $2",
        account_id,
        tx.now_us - days * DAY_US,
    )
    return [row[0] for row in rows]
