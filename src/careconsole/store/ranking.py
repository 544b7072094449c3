"""Put a conversation at its place: compute its rank from its unanswered messages and store it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from careconsole.model.message import Kind
from careconsole.model.priority import CLEARLY_NEGATIVE, Rank, RankPolicy, Waiting, rank
from careconsole.store.attachments import from_json, preview_of
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.row_hash import DAMAGED, WHOLE_HANDLE, seal, sound

PREVIEW_CHARS = 400

_KINDS = {kind.value: kind for kind in Kind}
_WAITING = (
    "SELECT kind, at_us, reach, mood, is_paid, external_id FROM message "
    "WHERE conversation_id = $1 AND waits = 1 ORDER BY at_us, id"
)


async def waiting_messages(tx: ReadTx, conversation_id: int, policy: RankPolicy) -> list[Waiting]:
    """The unanswered customer messages of a conversation, oldest first."""
    rows = await tx.rows(_WAITING, conversation_id)
    own = policy.own_targets_min
    return [
        Waiting(_KINDS[kind], at_us, reach, mood <= CLEARLY_NEGATIVE, bool(is_paid), own.get(external_id))
        for kind, at_us, reach, mood, is_paid, external_id in rows
    ]


async def rank_of(tx: ReadTx, conversation_id: int, policy: RankPolicy) -> Rank | None:
    """The rank of a conversation as its messages and the policy give it; None if nothing waits, or it sleeps.

    What came back by itself and has no unanswered message waits since it came back.
    """
    head = await _head_of(tx, conversation_id)
    if head is None:
        return None
    return await _rank_by(tx, head, await waiting_messages(tx, conversation_id, policy), policy)


class _Head(NamedTuple):
    """What a conversation's rank goes by, apart from its messages."""

    id: int
    tier: int
    is_vip: int
    kind: str
    in_queue: int
    customer_id: int
    account_id: int
    account: str
    person: int | None
    """Whoever is one person with the customer; None if nobody is."""
    waits_elsewhere: int
    sleeps: int | None
    woken_us: int | None


_HEAD = (
    "SELECT c.id, c.tier, c.is_vip, c.kind, c.in_queue, c.customer_id, c.account_id, a.name, k.person, "
    "CASE WHEN k.person IS NULL THEN EXISTS "
    "(SELECT 1 FROM conversation o WHERE o.customer_id = c.customer_id AND o.account_id <> c.account_id "
    "AND o.in_queue = 1) ELSE EXISTS "
    "(SELECT 1 FROM customer p JOIN conversation o ON o.customer_id = p.id WHERE p.person = k.person "
    "AND o.account_id <> c.account_id AND o.in_queue = 1) END, b.sleeps AND NOT EXISTS "
    "(SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state = 'unknown'), b.woken_us "
    "FROM conversation c JOIN account a ON a.id = c.account_id JOIN customer k ON k.id = c.customer_id "
    "LEFT JOIN boomerang b ON b.conversation_id = c.id AND b.cycle = c.cycle AND c.state <> 'resolved' "
    "WHERE c.id = $1"
)


async def _head_of(tx: ReadTx, conversation_id: int) -> _Head | None:
    row = await tx.row(_HEAD, conversation_id)
    return None if row is None else _Head(*row)


async def _rank_by(tx: ReadTx, head: _Head, waiting: Sequence[Waiting], policy: RankPolicy) -> Rank | None:
    if head.sleeps:
        return None
    if not waiting and head.woken_us is not None and not await _answered_since(tx, head.id):
        waiting = [Waiting(Kind(head.kind), head.woken_us)]
    if not waiting:
        return None
    return rank(
        waiting,
        policy,
        policy.calendar_of(head.account),
        tier=head.tier,
        is_vip=bool(head.is_vip),
        waits_elsewhere=bool(head.waits_elsewhere),
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

    With `others`, the person's waiting conversations on other accounts are placed again too: whether this one
    waits is a term of theirs.
    """
    head = await _head_of(tx, conversation_id)
    if head is None:
        return
    waiting = await waiting_messages(tx, conversation_id, tx.policy)
    found = await _rank_by(tx, head, waiting, tx.policy)
    revision = await tx.revision()
    if found is None:
        await tx.change(
            "UPDATE conversation SET in_queue = 0, revision = $2, unanswered = $3 WHERE id = $1",
            conversation_id,
            revision,
            len(waiting),
        )
    else:
        await tx.change(
            "UPDATE conversation SET in_queue = 1, kind = $2, waiting_since_us = $3, due_us = $4, "
            "effective_due_us = $5, revision = $6, unanswered = $7 WHERE id = $1",
            conversation_id,
            found.kind.value,
            found.waiting_since_us,
            found.due_us,
            found.effective_due_us,
            revision,
            len(waiting),
        )
    if others and bool(head.in_queue) != (found is not None):
        for (other_id,) in await _waiting_elsewhere(tx, head):
            await place(tx, other_id, others=False)


async def _waiting_elsewhere(tx: ReadTx, head: _Head) -> list[Row]:
    """The person's conversations that wait on other accounts."""
    if head.person is None:
        return await tx.rows(
            "SELECT id FROM conversation WHERE customer_id = $1 AND account_id <> $2 AND in_queue = 1",
            head.customer_id,
            head.account_id,
        )
    return await tx.rows(
        "SELECT o.id FROM customer p JOIN conversation o ON o.customer_id = p.id "
        "WHERE p.person = $1 AND o.account_id <> $2 AND o.in_queue = 1",
        head.person,
        head.account_id,
    )


async def show_newest(tx: Tx, conversation_id: int) -> None:
    """Copy the newest customer message that is not deleted into the row that the queue shows.

    The preview is cut here: SQL's substr would end at a NUL character.
    """
    newest = await tx.row(
        f"SELECT {sound('message')}, id, at_us, visibility, attachments, language FROM message "
        # Found first, so that no other message is held against its hash.
        "WHERE id = (SELECT id FROM message WHERE conversation_id = $1 AND direction = 'in' "
        "ORDER BY deleted_us IS NOT NULL, at_us DESC, id DESC LIMIT 1)",
        conversation_id,
    )
    if newest is None:
        return
    await tx.change(
        f"UPDATE conversation SET handle = {WHOLE_HANDLE}, preview = $2, newest_in_id = $3, newest_in_us = $4, visibility = $5, "
        "lang = $7, messages = (SELECT count(*) FROM message WHERE conversation_id = $1), revision = $6 WHERE id = $1",
        conversation_id,
        DAMAGED if newest[0] == DAMAGED else preview_of(newest[0], from_json(newest[4]), PREVIEW_CHARS),
        newest[1],
        newest[2],
        newest[3],
        await tx.revision(),
        newest[5],
    )
    await seal(tx, "conversation", conversation_id)
