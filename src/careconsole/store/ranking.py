"""Put a conversation at its place: compute its rank from its unanswered messages and store it."""

from __future__ import annotations

from careconsole.model.message import Kind
from careconsole.model.priority import CLEARLY_NEGATIVE, Rank, RankPolicy, Waiting, rank
from careconsole.store.attachments import from_json, preview_of
from careconsole.store.contract import ReadTx, Tx

PREVIEW_CHARS = 400

_WAITING = (
    "SELECT kind, at_us, reach, mood, is_paid FROM message "
    "WHERE conversation_id = $1 AND waits = 1 ORDER BY at_us, id"
)


async def waiting_messages(tx: ReadTx, conversation_id: int) -> list[Waiting]:
    """The unanswered customer messages of a conversation, oldest first."""
    rows = await tx.rows(_WAITING, conversation_id)
    return [Waiting(Kind(row[0]), row[1], row[2], row[3] <= CLEARLY_NEGATIVE, bool(row[4])) for row in rows]


async def rank_of(tx: ReadTx, conversation_id: int, policy: RankPolicy) -> Rank | None:
    """The rank of a conversation as its messages and the policy give it; None if nothing waits, or it sleeps.

    What came back by itself and has no unanswered message waits since it came back.
    """
    waiting = await waiting_messages(tx, conversation_id)
    head = await tx.row(
        "SELECT c.tier, c.is_vip, c.customer_id, a.name, a.id, b.sleeps AND NOT EXISTS "
        "(SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state = 'unknown'), "
        "b.woken_us, c.kind FROM conversation c "
        "JOIN account a ON a.id = c.account_id "
        "LEFT JOIN boomerang b ON b.conversation_id = c.id AND b.cycle = c.cycle AND c.state <> 'resolved' "
        "WHERE c.id = $1",
        conversation_id,
    )
    if head is None or head[5]:
        return None
    if not waiting and head[6] is not None and not await _answered_since(tx, conversation_id):
        waiting = [Waiting(Kind(head[7]), head[6])]
    if not waiting:
        return None
    elsewhere = await tx.row(
        "SELECT 1 FROM conversation WHERE customer_id = $1 AND account_id <> $2 AND in_queue = 1 LIMIT 1",
        head[2],
        head[4],
    )
    return rank(
        waiting,
        policy,
        policy.calendar_of(head[3]),
        tier=head[0],
        is_vip=bool(head[1]),
        waits_elsewhere=elsewhere is not None,
    )


async def _answered_since(tx: ReadTx, conversation_id: int) -> bool:
    """Whether we have said something, here or in another client, since a conversation came back."""
    row = await tx.row(
        "SELECT 1 FROM boomerang b WHERE b.conversation_id = $1 AND (EXISTS (SELECT 1 FROM outbox o "
        "WHERE o.conversation_id = $1 AND o.id > b.after_outbox_id "
        "AND o.state IN ('queued', 'sending', 'waiting', 'sent')) OR EXISTS (SELECT 1 FROM message m "
        "WHERE m.conversation_id = $1 AND m.direction = 'out' AND m.outbox_id IS NULL AND m.at_us > b.woken_us))",
        conversation_id,
    )
    return row is not None


async def place(tx: Tx, conversation_id: int, *, others: bool = True) -> None:
    """Store the rank of a conversation, or take it out of the queue if nothing waits.

    With `others`, the customer's waiting conversations on other accounts are placed again too: whether this one
    waits is a term of theirs.
    """
    before = await tx.row(
        "SELECT in_queue, customer_id, account_id FROM conversation WHERE id = $1", conversation_id
    )
    if before is None:
        return
    found = await rank_of(tx, conversation_id, tx.policy)
    revision = await tx.revision()
    if found is None:
        await tx.change(
            "UPDATE conversation SET in_queue = 0, revision = $2, "
            "unanswered = (SELECT count(*) FROM message WHERE conversation_id = $1 AND waits = 1) WHERE id = $1",
            conversation_id,
            revision,
        )
    else:
        await tx.change(
            "UPDATE conversation SET in_queue = 1, kind = $2, waiting_since_us = $3, due_us = $4, "
            "effective_due_us = $5, revision = $6, "
            "unanswered = (SELECT count(*) FROM message WHERE conversation_id = $1 AND waits = 1) WHERE id = $1",
            conversation_id,
            found.kind.value,
            found.waiting_since_us,
            found.due_us,
            found.effective_due_us,
            revision,
        )
    if others and bool(before[0]) != (found is not None):
        for row in await tx.rows(
            "SELECT id FROM conversation WHERE customer_id = $1 AND account_id <> $2 AND in_queue = 1",
            before[1],
            before[2],
        ):
            await place(tx, row[0], others=False)


async def show_newest(tx: Tx, conversation_id: int) -> None:
    """Copy the newest customer message that is not deleted into the row that the queue shows.

    The preview is cut here: SQL's substr would end at a NUL character.
    """
    newest = await tx.row(
        "SELECT text, id, at_us, visibility, attachments, language FROM message WHERE conversation_id = $1 AND direction = 'in' "
        "ORDER BY deleted_us IS NOT NULL, at_us DESC, id DESC LIMIT 1",
        conversation_id,
    )
    if newest is None:
        return
    await tx.change(
        "UPDATE conversation SET preview = $2, newest_in_id = $3, newest_in_us = $4, visibility = $5, lang = $7, "
        "messages = (SELECT count(*) FROM message WHERE conversation_id = $1), revision = $6 WHERE id = $1",
        conversation_id,
        preview_of(newest[0], from_json(newest[4]), PREVIEW_CHARS),
        newest[1],
        newest[2],
        newest[3],
        await tx.revision(),
        newest[5],
    )
