"""Take back an agent's own acts, newest first, except where others acted since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from careconsole.model.event import Detail, EventKind
from careconsole.store import boomerangs, claims, identity_links, person, team
from careconsole.store.acts import record_act
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.events import append
from careconsole.store.ranking import place
from careconsole.store.reply_moves import sleep_of

REACH_BACK = 50
_UNDOABLE = (
    "('resolved', 'kind_set', 'tier_set', 'released', 'snoozed', 'promise_kept', 'linked', 'assigned')"
)


@dataclass(frozen=True, slots=True)
class Undone:
    """An act was taken back."""

    act: str
    conversation_id: int


@dataclass(frozen=True, slots=True)
class CannotUndo:
    """Somebody acted since; nothing was changed. The act is passed over from now on."""

    act: str
    conversation_id: int
    who: str
    """The agent who acted since, or "the customer", "the clock", "the network"."""


async def undo(tx: Tx, agent: str) -> Undone | CannotUndo | None:
    """Take back the agent's newest act that is not taken back yet; None if there is none among the last 50."""
    act = await _newest_act(tx, agent)
    if act is None:
        return None
    seq, kind, conversation_id, details = act[0], act[1], act[2], json.loads(act[3])
    other = await _who_acted_since(tx, seq, conversation_id, agent, kind)
    if other:
        await append(
            tx,
            EventKind.UNDONE,
            agent=agent,
            conversation_id=conversation_id,
            details={"event": seq, "refused": True},
        )
        return CannotUndo(kind, conversation_id, other)
    await _BACK[kind](tx, conversation_id, agent, seq, details)
    told: dict[str, Detail] = {"event": seq, "act": kind}
    if kind == EventKind.RESOLVED:
        told["sleep"] = await sleep_of(tx, conversation_id)
    await record_act(tx, EventKind.UNDONE, conversation_id, agent, told)
    await place(tx, conversation_id)
    return Undone(kind, conversation_id)


async def _newest_act(tx: ReadTx, agent: str) -> Row | None:
    return await tx.row(
        "SELECT seq, kind, conversation_id, details FROM ("
        f"SELECT * FROM event WHERE agent = $1 AND kind IN {_UNDOABLE} "
        "AND NOT (kind = 'released' AND json_extract(details, '$.reason') IS NOT NULL) "
        f"ORDER BY seq DESC LIMIT {REACH_BACK}) e "
        "WHERE NOT EXISTS (SELECT 1 FROM event u WHERE u.conversation_id = e.conversation_id AND u.seq > e.seq "
        "AND u.kind = 'undone' AND u.agent = $1 AND json_extract(u.details, '$.event') = e.seq) "
        # What was erased is over for good.
        "AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.id = e.conversation_id AND c.erased_us IS NOT NULL) "
        "ORDER BY seq DESC LIMIT 1",
        agent,
    )


async def _who_acted_since(tx: ReadTx, seq: int, conversation_id: int, agent: str, kind: str) -> str:
    row = await tx.row(
        "SELECT agent FROM event WHERE conversation_id = $1 AND seq > $2 AND agent <> $3 AND kind <> 'lost' "
        "AND kind <> 'focus' AND kind <> 'opened' ORDER BY seq LIMIT 1",
        conversation_id,
        seq,
        agent,
    )
    if row is not None:
        return str(row[0])
    if kind == EventKind.RESOLVED:
        state = await tx.row("SELECT state FROM conversation WHERE id = $1", conversation_id)
        if state is not None and state[0] != "resolved":
            return "the customer"
    if kind == EventKind.ASSIGNED:
        ended = await tx.row(
            "SELECT 1 FROM event WHERE conversation_id = $1 AND seq > $2 AND kind = 'reopened' LIMIT 1",
            conversation_id,
            seq,
        )
        return "the customer" if ended is not None else ""
    if kind == EventKind.SNOOZED:
        return await boomerangs.woken_by(tx, conversation_id, seq)
    if kind == EventKind.RELEASED:
        who, _, _ = await claims.holder(tx, conversation_id)
        if who not in (None, agent):
            return str(who)
    return ""


async def _reopen(tx: Tx, conversation_id: int, agent: str, seq: int, details: dict[str, Any]) -> None:
    is_answered = (
        "EXISTS (SELECT 1 FROM outbox o WHERE o.id = answer_outbox_id "
        "AND o.state IN ('queued', 'sending', 'waiting', 'sent'))"
    )
    await tx.change(
        f"UPDATE message SET waits = (deleted_us IS NULL AND NOT {is_answered}), closed_by_event = NULL, "
        f"answer_outbox_id = CASE WHEN {is_answered} THEN answer_outbox_id END "
        "WHERE conversation_id = $1 AND closed_by_event = $2",
        conversation_id,
        seq,
    )
    await tx.change(
        "UPDATE conversation SET state = $2, tier = $3, tier_by = $4, revision = $5, owner = $6, team = $7 WHERE id = $1",
        conversation_id,
        details["was"],
        details["tier"],
        await _tier_by(tx, conversation_id, agent, details["tier"]),
        await tx.revision(),
        details.get("owner", agent),
        details.get("team", ""),
    )
    await tx.change(
        "UPDATE cycle SET resolved_us = NULL, disposition = NULL, resolved_by = NULL WHERE conversation_id = $1 "
        "AND number = (SELECT cycle FROM conversation WHERE id = $1)",
        conversation_id,
    )
    if details.get("held"):
        await claims.claim(tx, conversation_id, agent)


async def _old_kinds(tx: Tx, conversation_id: int, agent: str, seq: int, details: dict[str, Any]) -> None:
    for message_id, kind, by in details["was"]:
        await tx.change("UPDATE message SET kind = $2, kind_by = $3 WHERE id = $1", message_id, kind, by)
        await tx.change("UPDATE conversation SET kind = $2 WHERE id = $1", conversation_id, kind)


async def _old_tier(tx: Tx, conversation_id: int, agent: str, seq: int, details: dict[str, Any]) -> None:
    await tx.change(
        "UPDATE conversation SET tier = $2, tier_by = $3 WHERE id = $1",
        conversation_id,
        details["was"],
        await _tier_by(tx, conversation_id, agent, details["was"]),
    )


async def _tier_by(tx: Tx, conversation_id: int, agent: str, tier: int) -> str:
    """What is named as the cause of tier 0 that comes back: the first word of alarm, else who took back."""
    if tier != 0:
        return ""
    row = await tx.row(
        "SELECT emergency_word FROM message WHERE conversation_id = $1 AND emergency_word <> '' "
        "ORDER BY at_us, id LIMIT 1",
        conversation_id,
    )
    return f"agent:{agent}" if row is None else f"word:{row[0]}"


async def _claim_again(tx: Tx, conversation_id: int, agent: str, seq: int, details: dict[str, Any]) -> None:
    await claims.claim(tx, conversation_id, agent)


async def _not_asleep(tx: Tx, conversation_id: int, agent: str, seq: int, details: dict[str, Any]) -> None:
    await boomerangs.take_back(tx, conversation_id, details["was"])
    if "owner" in details:
        await tx.change(
            "UPDATE conversation SET owner = coalesce($2, claimed_by) WHERE id = $1",
            conversation_id,
            details["owner"],
        )
    if details.get("held"):
        await claims.claim(tx, conversation_id, agent)


async def _not_kept(tx: Tx, conversation_id: int, agent: str, seq: int, details: dict[str, Any]) -> None:
    await person.open_again(tx, details["note"])


async def _parted(tx: Tx, conversation_id: int, agent: str, seq: int, details: dict[str, Any]) -> None:
    await identity_links.part(tx, details["link"])


async def _not_assigned(tx: Tx, conversation_id: int, agent: str, seq: int, details: dict[str, Any]) -> None:
    await team.take_back(tx, conversation_id, agent, details)


_BACK = {
    EventKind.RESOLVED.value: _reopen,
    EventKind.KIND_SET.value: _old_kinds,
    EventKind.TIER_SET.value: _old_tier,
    EventKind.RELEASED.value: _claim_again,
    EventKind.SNOOZED.value: _not_asleep,
    EventKind.PROMISE_KEPT.value: _not_kept,
    EventKind.LINKED.value: _parted,
    EventKind.ASSIGNED.value: _not_assigned,
}
