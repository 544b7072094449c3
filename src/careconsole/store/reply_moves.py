"""The moves of a reply that more than one of its ways share: states, marks, and what waits in the queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from careconsole.model.event import Detail, EventKind
from careconsole.model.message import Visibility
from careconsole.model.reply import LEGAL_MOVES, Mode, OutboxState
from careconsole.store.contract import ReadTx, StoreError, Tx
from careconsole.store.corrections import tier_when_resolved
from careconsole.store.drafts import DRAFT_MEETS_DRAFT
from careconsole.store.events import append
from careconsole.store.ranking import place
from careconsole.store.row_hash import seal_draft, sound


async def answer(tx: Tx, outbox_id: int) -> None:
    """The messages that a reply answers no longer wait; newer ones go on waiting."""
    await tx.change(
        "UPDATE message SET waits = 0, answer_outbox_id = $1 WHERE waits = 1 AND id IN ("
        "SELECT m.id FROM outbox o JOIN message a ON a.id = o.reply_to_id "
        "JOIN message m ON m.conversation_id = o.conversation_id "
        "WHERE o.id = $1 AND m.waits = 1 AND m.id <= max(o.seen_id, a.id) AND (m.at_us, m.id) <= (a.at_us, a.id))",
        outbox_id,
    )


async def leave_queue(tx: Tx, outbox_id: int, more: Mapping[str, Detail] | None = None) -> None:
    """The reply is queued: what it answers leaves the queue."""
    await answer(tx, outbox_id)
    head = await head_of(tx, outbox_id)
    answers = await tx.rows("SELECT id FROM message WHERE answer_outbox_id = $1", outbox_id)
    details = {"answers": [row[0] for row in answers], **head.details, **(more or {})}
    await note(tx, outbox_id, EventKind.QUEUED, details)
    await place(tx, head.conversation_id)


@dataclass(frozen=True, slots=True)
class ReplyHead:
    """What the moves of a reply need to know of it."""

    conversation_id: int
    account_id: int
    customer_id: int
    cycle: int
    agent: str
    state: OutboxState
    details: dict[str, Detail]


async def head_of(tx: ReadTx, outbox_id: int) -> ReplyHead:
    """The head of a reply; StoreError if there is none such."""
    row = await tx.row(
        "SELECT o.conversation_id, o.account_id, c.customer_id, o.cycle, o.agent, o.state, o.visibility, o.purpose, "
        "o.fence, o.idempotency_key, o.reply_to_id, o.after_id FROM outbox o "
        "JOIN conversation c ON c.id = o.conversation_id "
        "WHERE o.id = $1",
        outbox_id,
    )
    if row is None:
        raise StoreError(f"There is no reply {outbox_id} in the outbox.")
    details: dict[str, Detail] = {
        "visibility": row[6],
        "purpose": row[7],
        "fence": row[8],
        "key": row[9],
        "reply_to": row[10],
    }
    if row[11] is not None:
        details["after"] = row[11]
    return ReplyHead(row[0], row[1], row[2], row[3], row[4], OutboxState(row[5]), details)


async def own(tx: Tx, outbox_id: int) -> dict[str, Detail]:
    """Make who wrote a reply that leaves the owner of its conversation; whose it was, if it was somebody else's."""
    head = await head_of(tx, outbox_id)
    was = await tx.row("SELECT owner FROM conversation WHERE id = $1", head.conversation_id)
    assert was is not None
    if was[0] == head.agent:
        return {}
    await tx.change("UPDATE conversation SET owner = $2 WHERE id = $1", head.conversation_id, head.agent)
    return {} if was[0] is None else {"was_owner": was[0]}


async def note(tx: Tx, outbox_id: int, kind: EventKind, details: Mapping[str, Detail]) -> None:
    """Append an event of a reply."""
    head = await head_of(tx, outbox_id)
    await append(
        tx,
        kind,
        agent=head.agent,
        account_id=head.account_id,
        customer_id=head.customer_id,
        conversation_id=head.conversation_id,
        cycle=head.cycle,
        outbox_id=outbox_id,
        details=details,
    )


async def move(tx: Tx, outbox_id: int, to: OutboxState, reason: str = "") -> ReplyHead:
    """Move a reply along a legal move; StoreError if it is none."""
    head = await head_of(tx, outbox_id)
    if to not in LEGAL_MOVES[head.state]:
        raise StoreError(f"Reply {outbox_id} is {head.state.value} and cannot become {to.value}.")
    await tx.change(
        "UPDATE outbox SET state = $2, reason = $3, changed_us = $4 WHERE id = $1",
        outbox_id,
        to.value,
        reason,
        tx.now_us,
    )
    return head


async def mark(tx: Tx, conversation_id: int) -> None:
    """Write the mark of a held, failed or unknown reply on the conversation's row."""
    await tx.change(
        "UPDATE conversation SET revision = $2, outbox_mark = (SELECT CASE WHEN state IN ('held', 'unknown', 'failed') "
        "THEN state END FROM outbox WHERE conversation_id = $1 AND state <> 'cancelled' ORDER BY id DESC LIMIT 1) WHERE id = $1",
        conversation_id,
        await tx.revision(),
    )


async def return_to_queue(tx: Tx, outbox_id: int, conversation_id: int) -> None:
    """The messages it was to answer wait again, with their old times; a resolved conversation opens again."""
    waiting = await tx.rows(
        "UPDATE message SET waits = 1, answer_outbox_id = NULL, closed_by_event = NULL "
        "WHERE answer_outbox_id = $1 AND deleted_us IS NULL RETURNING id",
        outbox_id,
    )
    if waiting:
        await _reopen(tx, outbox_id, conversation_id, [row[0] for row in waiting])
        await tx.change(
            "UPDATE conversation SET state = 'open' WHERE id = $1 AND state = 'pending'", conversation_id
        )
    await mark(tx, conversation_id)
    await place(tx, conversation_id)


async def _reopen(tx: Tx, outbox_id: int, conversation_id: int, waiting: list[Detail]) -> None:
    """Take back that a conversation was resolved, in the belief that the customer had an answer; tier 0 too."""
    tier, tier_by = await tier_when_resolved(tx, conversation_id)
    row = await tx.row(
        "UPDATE conversation SET state = 'open', tier = $2, tier_by = $3 WHERE id = $1 AND state = 'resolved' "
        "RETURNING cycle, account_id, customer_id",
        conversation_id,
        tier,
        tier_by,
    )
    if row is None:
        return
    sleep = await sleep_of(tx, conversation_id)
    await tx.change(
        "UPDATE cycle SET resolved_us = NULL, disposition = NULL, resolved_by = NULL "
        "WHERE conversation_id = $1 AND number = $2",
        conversation_id,
        row[0],
    )
    await append(
        tx,
        EventKind.REOPENED,
        account_id=row[1],
        customer_id=row[2],
        conversation_id=conversation_id,
        cycle=row[0],
        outbox_id=outbox_id,
        details={"reason": "the reply was not sent", "waits": waiting, "tier": tier, "sleep": sleep},
    )


async def sleep_of(tx: ReadTx, conversation_id: int) -> Detail:
    """What a resolving that is taken back leaves of a sleep: whether it goes on, until when, since when it is over,
    and the newest reply then; None if there was none. The clock wakes what is resolved without an event."""
    row = await tx.row(
        "SELECT b.sleeps, b.due_us, b.woken_us, b.after_outbox_id FROM boomerang b JOIN conversation c "
        "ON c.id = b.conversation_id AND c.cycle = b.cycle WHERE c.id = $1",
        conversation_id,
    )
    return None if row is None else list(row)


async def back_to_draft(tx: Tx, outbox_id: int, not_sent: str, line: str = "") -> None:
    """Write the text of a reply, and the public line that was to follow it, back as the agent's draft."""
    await tx.change(
        "INSERT INTO draft (agent, conversation_id, mode, text, cursor, saved_us, reply_to_id, reply_to_version, "
        "seen_seq, not_sent, public_line) SELECT agent, conversation_id, "
        f"CASE visibility WHEN 'direct' THEN 'private' ELSE 'public' END, {sound('outbox')}, "
        "length(text), $2, reply_to_id, reply_to_version, coalesce(seen_seq, 0), $3, $4 FROM outbox WHERE id = $1 "
        f"{DRAFT_MEETS_DRAFT}",
        outbox_id,
        tx.now_us,
        not_sent,
        line,
    )
    head = await head_of(tx, outbox_id)
    mode = Mode.PRIVATE if head.details["visibility"] == Visibility.DIRECT else Mode.PUBLIC
    await seal_draft(tx, head.agent, head.conversation_id, mode.value)
    await tx.change(
        "UPDATE conversation SET revision = $2 WHERE id = (SELECT conversation_id FROM outbox WHERE id = $1)",
        outbox_id,
        await tx.revision(),
    )


async def line_of(tx: ReadTx, outbox_id: int) -> tuple[int, str] | None:
    """Id and text of the public line that waits for a private reply to be sent; None if there is none."""
    row = await tx.row(
        f"SELECT id, {sound('outbox')} FROM outbox WHERE after_id = $1 AND state IN ('held', 'queued')",
        outbox_id,
    )
    return None if row is None else (row[0], row[1])


async def stop_line(tx: Tx, outbox_id: int, not_sent: str) -> str:
    """The public line that waits for a private reply does not leave; its text, empty if there was none."""
    line = await line_of(tx, outbox_id)
    if line is None:
        return ""
    head = await move(tx, line[0], OutboxState.CANCELLED, not_sent)
    await note(tx, line[0], EventKind.CANCELLED, {"was": head.state.value, **head.details})
    return line[1]
