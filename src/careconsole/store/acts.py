"""What an agent does to a conversation besides answering: kind, tier, resolve, note, open, focus."""

from __future__ import annotations

from dataclasses import dataclass

from careconsole.model.conversation import HeldBy
from careconsole.model.event import Detail, EventKind
from careconsole.model.note_mark import NoteMark
from careconsole.model.reply import Mode
from careconsole.model.roster import OPEN, Roster
from careconsole.store.claims import holder
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.drafts import drop_written
from careconsole.store.events import append
from careconsole.store.notes import leave_note
from careconsole.store.ranking import place
from careconsole.store.reply_moves import answer


@dataclass(frozen=True, slots=True)
class Done:
    """It is done, and the event that says so."""

    conversation_id: int
    event: int
    """0 if nothing had to be done."""


async def _head(tx: ReadTx, conversation_id: int) -> Row | None:
    return await tx.row(
        "SELECT account_id, customer_id, cycle, state, tier, tier_by, kind, owner, team FROM conversation "
        "WHERE id = $1",
        conversation_id,
    )


async def record_act(
    tx: Tx,
    kind: EventKind,
    conversation_id: int,
    agent: str,
    details: dict[str, Detail] | None = None,
    at_us: int | None = None,
) -> int:
    """Append an event of an agent on a conversation; its number."""
    head = await _head(tx, conversation_id)
    assert head is not None
    return await append(
        tx,
        kind,
        at_us=at_us,
        agent=agent,
        account_id=head[0],
        customer_id=head[1],
        conversation_id=conversation_id,
        cycle=head[2],
        details=details,
    )


async def set_kind(tx: Tx, conversation_id: int, agent: str, kind: str) -> Done | None:
    """Correct the kind of what waits (of the newest message if nothing waits); None if there is no conversation."""
    if await _head(tx, conversation_id) is None:
        return None
    chosen = await tx.rows(
        "SELECT id, kind, kind_by FROM message WHERE conversation_id = $1 AND waits = 1", conversation_id
    ) or await tx.rows(
        "SELECT id, kind, kind_by FROM message WHERE conversation_id = $1 AND direction = 'in' "
        "ORDER BY at_us DESC, id DESC LIMIT 1",
        conversation_id,
    )
    for row in chosen:
        await tx.change(
            "UPDATE message SET kind = $2, kind_by = $3 WHERE id = $1", row[0], kind, f"agent:{agent}"
        )
    await tx.change("UPDATE conversation SET kind = $2 WHERE id = $1", conversation_id, kind)
    was: list[Detail] = [[row[0], row[1], row[2].partition(":")[0]] for row in chosen]
    event = await record_act(tx, EventKind.KIND_SET, conversation_id, agent, {"kind": kind, "was": was})
    await place(tx, conversation_id)
    return Done(conversation_id, event)


async def set_tier(tx: Tx, conversation_id: int, agent: str, tier: int) -> Done | None:
    """Set tier 0 or lift it by hand; None if there is no such conversation."""
    head = await _head(tx, conversation_id)
    if head is None:
        return None
    by = f"agent:{agent}" if tier == 0 else ""
    await tx.change(
        "UPDATE conversation SET tier = $2, tier_by = $3 WHERE id = $1", conversation_id, tier, by
    )
    event = await record_act(tx, EventKind.TIER_SET, conversation_id, agent, {"tier": tier, "was": head[4]})
    await place(tx, conversation_id)
    return Done(conversation_id, event)


async def resolve(
    tx: Tx, conversation_id: int, agent: str, disposition: str, own_fence: int | None = None
) -> Done | HeldBy | None:
    """End the conversation's cycle, if it is free or mine; the claim ends with it. None if there is none such.

    With `own_fence` mine is only what I hold under it: not what I took since in another console. A reply still on
    its way is sent all the same.
    """
    head = await _head(tx, conversation_id)
    if head is None:
        return None
    who, fence, since_us = await holder(tx, conversation_id)
    if who not in (None, agent) or (who == agent and own_fence not in (None, fence)):
        return HeldBy(conversation_id, who or "", since_us)
    if head[3] == "resolved":
        return Done(conversation_id, 0)
    waiting = await tx.rows(
        "SELECT id FROM message WHERE conversation_id = $1 AND waits = 1", conversation_id
    )
    details: dict[str, Detail] = {
        "reason": disposition,
        "fence": fence,
        "held": int(who == agent),
        "was": head[3],
        "tier": head[4],
        "tier_by": head[5].partition(":")[0],
        "unanswered": [row[0] for row in waiting],
        "owner": head[7],
        "team": head[8],
    }
    event = await record_act(tx, EventKind.RESOLVED, conversation_id, agent, details)
    await _close_messages(tx, conversation_id, event)
    await tx.change(
        "UPDATE conversation SET state = 'resolved', tier = 1, tier_by = '', claimed_by = NULL, claim_session = NULL, "
        "claimed_us = NULL, lease_boot = NULL, lease_until_ns = NULL, presence = NULL, owner = $2, team = '' "
        "WHERE id = $1",
        conversation_id,
        agent,
    )
    await tx.change(
        "UPDATE cycle SET resolved_us = $3, disposition = $4, resolved_by = $5 WHERE conversation_id = $1 AND number = $2",
        conversation_id,
        head[2],
        tx.now_us,
        disposition,
        agent,
    )
    await place(tx, conversation_id)
    return Done(conversation_id, event)


async def _close_messages(tx: Tx, conversation_id: int, event: int) -> None:
    """Nothing waits any longer; what a reply was to answer that has not left yet comes back if it never does."""
    replies = await tx.rows(
        "SELECT id FROM outbox WHERE conversation_id = $1 AND state IN ('held', 'unknown')", conversation_id
    )
    await tx.change(
        "UPDATE message SET closed_by_event = $2 WHERE conversation_id = $1 AND waits = 1",
        conversation_id,
        event,
    )
    for row in replies:
        await answer(tx, row[0])
    await tx.change("UPDATE message SET waits = 0 WHERE conversation_id = $1 AND waits = 1", conversation_id)


async def add_note(
    tx: Tx,
    conversation_id: int,
    agent: str,
    text: str,
    mark: NoteMark = NoteMark.NONE,
    due_us: int | None = None,
    written: str = "",
    roster: Roster = OPEN,
) -> int | None:
    """Leave a note that only the team sees; its id, or None if there is no such conversation.

    Colleagues whom it names with @ are called, teams as the roster has them. `written` is what the agent typed, where
    that is more than `text`.
    """
    if await _head(tx, conversation_id) is None:
        return None
    note_id = await leave_note(tx, conversation_id, agent, text, mark, due_us, roster)
    await drop_written(tx, agent, conversation_id, Mode.NOTE, written or text)
    await tx.change(
        "UPDATE conversation SET revision = $2 WHERE id = $1", conversation_id, await tx.revision()
    )
    return note_id


async def record_focus(
    tx: Tx, conversation_id: int, agent: str, started_us: int, last_key_us: int, ended_us: int
) -> None:
    """The thread had the agent's attention from the start until shortly after the last key."""
    details: dict[str, Detail] = {"started_us": started_us, "last_key_us": last_key_us}
    await record_act(tx, EventKind.FOCUS, conversation_id, agent, details, at_us=ended_us)
