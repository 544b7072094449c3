"""What a reply in the outbox does to the request for approval that it came from."""

from __future__ import annotations

from collections.abc import Mapping

from careconsole.model.event import Detail, EventKind
from careconsole.store.claims import give_back, holder
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.events import append
from careconsole.store.row_hash import change_sealed


async def note_approval(
    tx: Tx,
    approval_id: int,
    kind: EventKind,
    agent: str | None,
    more: Mapping[str, Detail] | None = None,
    outbox_id: int | None = None,
) -> None:
    """Append an event of a request, with its writer, and show its conversation anew."""
    row = await tx.row(
        "SELECT a.conversation_id, a.agent, c.account_id, c.customer_id, c.cycle, a.reply_to_id FROM approval a "
        "JOIN conversation c ON c.id = a.conversation_id WHERE a.id = $1",
        approval_id,
    )
    assert row is not None
    await append(
        tx,
        kind,
        agent=agent,
        account_id=row[2],
        customer_id=row[3],
        conversation_id=row[0],
        cycle=row[4],
        outbox_id=outbox_id,
        details={"approval": approval_id, "author": row[1], "reply_to": row[5], **(more or {})},
    )
    await tx.change("UPDATE conversation SET revision = $2 WHERE id = $1", row[0], await tx.revision())


async def request_of(tx: ReadTx, outbox_id: int) -> int | None:
    """The request for approval of a reply in the outbox; None for a reply that needed none."""
    row = await tx.row("SELECT id FROM approval WHERE outbox_id = $1 AND state = 'approved'", outbox_id)
    return None if row is None else int(row[0])


async def wait_again(tx: Tx, outbox_id: int, reason: str) -> bool:
    """An approved reply has not left: it waits for approval again, and the approver's claim ends.

    False for a reply that needed none, and where its writer has asked for approval of another one there meanwhile.
    """
    row = await tx.row(
        "SELECT id, conversation_id FROM approval WHERE outbox_id = $1 AND state = 'approved' "
        "AND NOT EXISTS (SELECT 1 FROM approval w "
        "WHERE w.conversation_id = approval.conversation_id AND w.agent = approval.agent AND w.state = 'waiting')",
        outbox_id,
    )
    if row is None:
        return False
    await change_sealed(
        tx,
        "approval",
        row[0],
        "UPDATE approval SET state = 'waiting', decided_by = NULL, decided_us = NULL, reason = $2, outbox_id = NULL "
        "WHERE id = $1",
        row[0],
        reason,
    )
    approver = await tx.row("SELECT approved_by FROM outbox WHERE id = $1", outbox_id)
    assert approver is not None
    await note_approval(tx, row[0], EventKind.APPROVAL_AGAIN, approver[0], outbox_id=outbox_id)
    who, fence, _ = await holder(tx, row[1])
    if who is not None and who == approver[0]:
        details: dict[str, Detail] = {"fence": fence, "reason": "approval taken back"}
        await give_back(tx, row[1], who, EventKind.RELEASED, details)
    return True


async def taken_back(tx: Tx, outbox_id: int, agent: str) -> None:
    """Its writer has taken an approved reply back before it left."""
    approval_id = await request_of(tx, outbox_id)
    if approval_id is not None:
        await tx.change(
            "UPDATE approval SET state = 'withdrawn', decided_by = $2, decided_us = $3 WHERE id = $1",
            approval_id,
            agent,
            tx.now_us,
        )
        await note_approval(tx, approval_id, EventKind.APPROVAL_WITHDRAWN, agent, outbox_id=outbox_id)
