"""The team: who is there, give work to each other with a note, and what each must know of that (F22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from careconsole.desk.allowing import account_about, check_right, needs
from careconsole.desk.desk import Desk
from careconsole.model.assignment import (
    NOTHING_SAID,
    Addressee,
    Assigned,
    HandOver,
    ToKind,
    addressee_named,
    addressees,
)
from careconsole.model.conversation import HeldBy, Resolved
from careconsole.model.rights import Verb
from careconsole.store import colleagues, live, notes, queue, team
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.rows import QueueRow
from careconsole.store.team import News, NewsKind

__all__ = [
    "Addressee",
    "Assigned",
    "Colleague",
    "HandOver",
    "News",
    "NewsKind",
    "Presence",
    "ToKind",
    "addressee",
    "assign",
    "assign_all",
    "colleagues_of",
    "news",
    "next_call",
    "reassign",
    "release_from",
]


class Presence(StrEnum):
    """Whether somebody is there."""

    HERE = "here"
    AWAY = "away"
    """A console is open, and nobody is at its keys."""
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody, or a team, who can be given a conversation."""

    to: Addressee
    presence: Presence
    """Of a team: whether anybody of it is here."""
    holds: int = 0
    """How many conversations a person holds now."""
    members: int = 0
    """Of a team."""
    is_me: bool = False


async def colleagues_of(desk: Desk) -> list[Colleague]:
    """Everybody a conversation can be given to: people, who is here first and I last, then teams, then senior.

    Where the roster names nobody, those whom the record knows, and me.
    """

    async def question(tx: ReadTx) -> list[Colleague]:
        states = await colleagues.states(tx)
        holding = await live.holding(tx)
        known = {*await colleagues.known_agents(tx), desk.agent} if desk.roster.is_open else set()
        found = []
        for to in addressees(desk.roster, known):
            if to.kind is ToKind.PERSON:
                held = holding[to.name].count if to.name in holding else 0
                found.append(Colleague(to, _presence(states, [to.name]), held, 0, to.name == desk.agent))
            else:
                members = sorted(desk.roster.members(to.name))
                found.append(Colleague(to, _presence(states, members), 0, len(members)))
        order = list(ToKind), list(Presence)
        return sorted(
            found,
            key=lambda each: (order[0].index(each.to.kind), each.is_me, order[1].index(each.presence)),
        )

    return await desk.store.read(question)


def _presence(states: dict[str, bool], names: Sequence[str]) -> Presence:
    found = [states[name] for name in names if name in states]
    return Presence.HERE if any(found) else Presence.AWAY if found else Presence.OFF


async def addressee(desk: Desk, name: str) -> Addressee | None:
    """Whom a name means; None if there is nobody of that name."""
    return addressee_named(name, [each.to for each in await colleagues_of(desk)])


@needs(Verb.ASSIGN)
async def assign(
    desk: Desk,
    conversation_id: int,
    to: Addressee,
    hand_over: HandOver = NOTHING_SAID,
    fence: int | None = None,
) -> Assigned | HeldBy | Resolved | None:
    """Give a conversation that is free or mine, under this fence if one is given, to somebody, with a note.

    None if there is none such.
    """
    return await desk.store.write(
        lambda tx: team.assign(
            tx, conversation_id, desk.agent, to, hand_over, own_fence=fence, roster=desk.roster
        )
    )


@needs(Verb.REASSIGN)
async def reassign(
    desk: Desk, conversation_id: int, holder: str, to: Addressee, hand_over: HandOver = NOTHING_SAID
) -> Assigned | HeldBy | Resolved | None:
    """The same with what this agent holds: who holds it by now and is another one keeps it."""
    return await desk.store.write(
        lambda tx: team.assign(
            tx, conversation_id, desk.agent, to, hand_over, take_from=holder, roster=desk.roster
        )
    )


@needs(Verb.ASSIGN, somewhere=True)
async def assign_all(
    desk: Desk, fences: Mapping[int, int | None], to: Addressee, hand_over: HandOver = NOTHING_SAID
) -> list[Assigned | HeldBy | Resolved | None]:
    """Give several conversations to somebody, each under its fence, in one transaction: all that are mine still.

    Raises NotAllowed, and moves none, where one of them is at an account without the right.
    """
    if desk.has_roles_by_account:
        for id in fences:
            check_right(desk, Verb.ASSIGN, await account_about(desk, "conversation_id", id))

    async def body(tx: Tx) -> list[Assigned | HeldBy | Resolved | None]:
        return [
            await team.assign(tx, id, desk.agent, to, hand_over, own_fence=fence, roster=desk.roster)
            for id, fence in fences.items()
        ]

    return await desk.store.write(body)


@needs(Verb.REASSIGN)
async def release_from(desk: Desk, conversation_id: int, holder: str) -> bool:
    """Free what somebody else holds; False if they do not hold it."""
    return await desk.store.write(lambda tx: team.release_from(tx, conversation_id, holder, desk.agent))


async def next_call(desk: Desk) -> int | None:
    """The conversation with the oldest note that calls me where I have not looked since; None if there is none."""
    return await desk.store.read(lambda tx: notes.next_call(tx, desk.agent))


async def news(desk: Desk, seq: int | None) -> tuple[list[tuple[News, QueueRow]], int]:
    """What others did with what is mine since an event (None: nothing yet), and the event to go on after."""
    groups = desk.roster.groups_of(desk.agent)

    async def question(tx: ReadTx) -> tuple[list[tuple[News, QueueRow]], int]:
        found, newest = await team.news(tx, desk.agent, groups, seq)
        rows = {
            row.id: row for row in await queue.some(tx, desk.agent, [each.conversation_id for each in found])
        }
        return [(each, rows[each.conversation_id]) for each in found if each.conversation_id in rows], newest

    return await desk.store.read(question)
