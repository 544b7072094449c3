"""The team: give a conversation to a person, a team or senior, with a note; take back, and tell whom it concerns (F22).

The owner lasts, the claim is short. A move changes neither since when a customer waits, nor what was promised, nor
the rank.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from careconsole.model.assignment import NOTHING_SAID, Addressee, Assigned, HandOver, ToKind
from careconsole.model.conversation import HeldBy, Resolved
from careconsole.model.event import Detail, EventKind
from careconsole.model.roster import OPEN, Roster
from careconsole.store import claims
from careconsole.store.acts import record_act
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.notes import leave_note
from careconsole.store.outbox import withdraw


async def assign(
    tx: Tx,
    conversation_id: int,
    agent: str,
    to: Addressee,
    hand_over: HandOver = NOTHING_SAID,
    *,
    own_fence: int | None = None,
    take_from: str | None = None,
    roster: Roster = OPEN,
) -> Assigned | HeldBy | Resolved | None:
    """Give a conversation that is free or mine to somebody; the claim ends. None if there is none such.

    With `own_fence` mine is only what I hold under it. With `take_from` also what just that agent holds is moved: their
    claim ends, unless it goes to them, and what they have not sent is a draft of theirs.
    """
    head = await tx.row("SELECT state, owner, team FROM conversation WHERE id = $1", conversation_id)
    if head is None:
        return None
    if head[0] == "resolved":
        return Resolved(conversation_id)
    who, fence, since_us = await claims.holder(tx, conversation_id)
    is_mine = who == agent and own_fence in (None, fence)
    if who is not None and not is_mine and who != take_from:
        return HeldBy(conversation_id, who, since_us)
    note_id = None
    if text := hand_over.note:
        note_id = await leave_note(tx, conversation_id, agent, text, roster=roster)
    taken_from = None if who in (None, agent, to.name) else who
    if taken_from is not None:
        await _lose(tx, conversation_id, taken_from, fence, {"by": agent, "to": to.name})
    elif who == agent:
        await claims.let_claim_end(tx, conversation_id)
    details: dict[str, Detail] = {
        "to": to.name,
        "to_kind": to.kind.value,
        "was_owner": head[1],
        "was_team": head[2],
        "note": note_id,
        "fence": fence,
        "held": int(who == agent),
        "taken_from": taken_from,
    }
    event = await record_act(tx, EventKind.ASSIGNED, conversation_id, agent, details)
    await tx.change(
        "UPDATE conversation SET owner = $2, team = $3, moves = moves + $4, revision = $5 WHERE id = $1",
        conversation_id,
        to.name if to.kind is ToKind.PERSON else None,
        "" if to.kind is ToKind.PERSON else to.name,
        int(is_move(details)),
        await tx.revision(),
    )
    return Assigned(conversation_id, event, to, taken_from)


def is_move(details: dict[str, Any]) -> bool:
    """Whether an assignment gave a conversation to somebody else than it was with."""
    if details["to_kind"] == ToKind.PERSON:
        return bool(details["was_owner"] != details["to"])
    return details["was_owner"] is not None or bool(details["was_team"] != details["to"])


async def release_from(tx: Tx, conversation_id: int, holder: str, agent: str) -> bool:
    """Free what another agent holds; False if they do not hold it. What they have not sent is a draft of theirs."""
    who, fence, _ = await claims.holder(tx, conversation_id)
    if who != holder:
        return False
    await _lose(tx, conversation_id, holder, fence, {"by": agent, "to": ""})
    await claims.disown(tx, conversation_id, holder)
    return True


async def _lose(tx: Tx, conversation_id: int, holder: str, fence: int, why: dict[str, Detail]) -> None:
    """Take a claim away: its fence is dead, and a reply in its undo window is a draft again."""
    await claims.let_claim_end(tx, conversation_id)
    await claims.record_lost(
        tx, conversation_id, holder, {"fence": fence, "reason": "moved" if why["to"] else "released", **why}
    )
    for (outbox_id,) in await tx.rows(
        "SELECT id FROM outbox WHERE conversation_id = $1 AND agent = $2 AND state = 'held' AND after_id IS NULL",
        conversation_id,
        holder,
    ):
        await withdraw(tx, outbox_id, holder, f"not sent: @{why['by']} moved the conversation before it left")


async def take_back(tx: Tx, conversation_id: int, agent: str, details: dict[str, Any]) -> None:
    """Undo an assignment: it is whose it was before; what was nobody's is whose it is who holds it by now."""
    await tx.change(
        "UPDATE conversation SET owner = coalesce($2, claimed_by), team = $3, moves = moves - $4 WHERE id = $1",
        conversation_id,
        details["was_owner"],
        details["was_team"],
        int(is_move(details)),
    )
    if details["held"]:
        await claims.claim(tx, conversation_id, agent)


# What an agent is told

REACH_BACK = 20_000
"""So many events back an agent is told of who was away for long."""


class NewsKind(StrEnum):
    """What happened to an agent's conversations by somebody else's doing."""

    GIVEN = "given"
    """To them, or to a team of theirs."""
    TAKEN = "taken"
    """Somebody took it away from them."""
    DONE = "done"
    """Somebody else answered, resolved or put to sleep what was theirs, and has it now."""
    WROTE = "wrote"
    """The customer of what is theirs has written."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing an agent must know."""

    kind: NewsKind
    conversation_id: int
    by: str
    """Who did it; empty for a customer."""
    to: str
    """To whom it went; empty if to nobody."""
    done: str = ""
    """Of DONE what was done: queued, resolved or snoozed."""


_SINCE = (
    "SELECT e.kind, e.conversation_id, e.agent, json_extract(e.details, '$.by'), json_extract(e.details, '$.to'), "
    "json_extract(e.details, '$.to_kind'), "
    "coalesce(json_extract(e.details, '$.was_owner'), json_extract(e.details, '$.owner')) FROM event e "
)


async def news(tx: ReadTx, agent: str, groups: Collection[str], seq: int | None) -> tuple[list[News], int]:
    """What an agent has to know since an event (None: nothing yet), and the event to go on after."""
    newest = await tx.row("SELECT coalesce(max(seq), 0) FROM event")
    assert newest is not None
    if seq is None or seq >= newest[0]:
        return [], newest[0]
    seq = max(seq, newest[0] - REACH_BACK)
    rows = await tx.rows(
        _SINCE + "JOIN conversation c ON c.id = e.conversation_id WHERE e.seq > $2 AND (e.kind = 'assigned' "
        "OR e.kind = 'lost' AND e.agent = $1 OR e.kind IN ('queued', 'resolved', 'snoozed') AND e.agent <> $1 "
        "OR e.kind = 'arrived' AND c.owner = $1 AND json_extract(e.details, '$.waits')) ORDER BY e.seq",
        agent,
        seq,
    )
    return [each for row in rows if (each := _news(row, agent, groups)) is not None], newest[0]


def _news(row: Row, agent: str, groups: Collection[str]) -> News | None:
    kind, id, who, by, to, to_kind, was_owner = row
    if kind == EventKind.ARRIVED:
        return News(NewsKind.WROTE, id, "", agent)
    if kind == EventKind.LOST:
        return News(NewsKind.TAKEN, id, by, to or "") if by else None
    if kind != EventKind.ASSIGNED:
        return News(NewsKind.DONE, id, who, "", kind) if was_owner == agent else None
    is_for_me = to == agent if to_kind == ToKind.PERSON else to in groups
    return News(NewsKind.GIVEN, id, who, to) if is_for_me and who != agent else None


async def much_moved(tx: ReadTx, moves: int, most: int) -> list[tuple[int, int]]:
    """Id and number of moves of conversations that wait and were moved so often, the most moved first."""
    rows = await tx.rows(
        "SELECT id, moves FROM conversation WHERE moves >= 3 AND moves >= $1 AND in_queue = 1 "
        "ORDER BY moves DESC, id LIMIT $2",
        moves,
        most,
    )
    return [(row[0], row[1]) for row in rows]
