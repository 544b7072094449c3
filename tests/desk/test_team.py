"""The team at its desk: who is offered, who may take away, what is counted of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.desk.desk_at_hand import DeskAtHand, sitting
from tests.store.record_at_hand import FakeClock, at_us, said

from careconsole.desk import reading, routing, team, work
from careconsole.desk.allowing import NotAllowed
from careconsole.desk.opening import set_away, sign_off, sign_on
from careconsole.desk.reporting.audit import audit
from careconsole.desk.reporting.books import open_books
from careconsole.desk.reporting.figures import Window
from careconsole.desk.reporting.watching import watch
from careconsole.model.assignment import Addressee, Assigned, HandOver, ToKind
from careconsole.model.conversation import Claimed, HeldBy
from careconsole.model.message import Kind
from careconsole.model.rights import Role
from careconsole.model.roster import Person, Roster
from careconsole.store.claims import FirstFor

BEN = Addressee(ToKind.PERSON, "ben")
BILLING = Addressee(ToKind.TEAM, "billing")
ROSTER = Roster(
    {
        "ana": Person("ana", "ana"),
        "ben": Person("ben", "ben", teams=frozenset({"billing"})),
        "zoe": Person("zoe", "zoe", Role.SUPERVISOR, is_senior=True),
    },
    ("billing",),
)


async def moves(desk: DeskAtHand) -> dict[tuple[str, str], Any]:
    """By dimension and name how often something was moved; the audit agrees with each."""
    window = Window(0, desk.clock.now_us() + 1)
    found = await audit(desk.store, [window])
    assert found.holds, found
    figures = (await open_books(desk.store)).count(window)
    return {key[1:]: figure.value for key, figure in figures.items() if key[0] == "moves" and figure.value}


async def test_who_is_offered_stands_with_their_state(home: Path, clock: FakeClock) -> None:
    async with (
        sitting(home, clock, roster=ROSTER) as ana,
        sitting(home, clock, agent="ben", roster=ROSTER, known=ana.accounts) as ben,
    ):
        await sign_on(ana.desk)
        await sign_on(ben.desk)
        await set_away(ana.desk, True)
        await ben.claim(await ana.arrive(said("m1")), "ben")
        found = await team.colleagues_of(ana.desk)
        assert [
            (each.to.name, each.presence.value, each.holds, each.members, each.is_me) for each in found
        ] == [
            ("ben", "here", 1, 0, False),
            ("zoe", "off", 0, 0, False),
            ("ana", "away", 0, 0, True),
            ("billing", "here", 0, 1, False),
            ("senior", "off", 0, 1, False),
        ]
        await set_away(ana.desk, False)
        await sign_off(ben.desk)
        states = {each.to.name: each.presence.value for each in await team.colleagues_of(ana.desk)}
        assert states == {"ana": "here", "ben": "off", "zoe": "off", "billing": "off", "senior": "off"}


async def test_without_a_roster_whom_the_record_knows_is_offered(ana: DeskAtHand) -> None:
    await ana.claim(await ana.arrive(said("m1")), "cem")
    names = [each.to.name for each in await team.colleagues_of(ana.desk)]
    assert names[:2] == ["cem", "ana"] and names[-1] == "senior" and "billing" not in names
    assert await team.addressee(ana.desk, "@CEM") == Addressee(ToKind.PERSON, "cem")
    assert await team.addressee(ana.desk, "legal") == Addressee(ToKind.TEAM, "legal")
    assert await team.addressee(ana.desk, "dora") is None


async def test_who_may_reassign_takes_it_from_just_whom_they_saw(home: Path, clock: FakeClock) -> None:
    async with (
        sitting(home, clock, agent="ana", role=Role.AGENT, roster=ROSTER) as ana,
        sitting(home, clock, agent="ben", role=Role.AGENT, roster=ROSTER, known=ana.accounts) as ben,
        sitting(home, clock, agent="zoe", role=Role.SUPERVISOR, roster=ROSTER, known=ana.accounts) as zoe,
    ):
        first = await ana.arrive(said("m1"))
        taken = await routing.claim(ben.desk, first)
        assert isinstance(taken, Claimed)
        assert isinstance(await team.assign(ana.desk, first, BEN), HeldBy)
        with pytest.raises(NotAllowed, match="no right to reassign"):
            await team.reassign(ana.desk, first, "ben", BILLING)
        with pytest.raises(NotAllowed, match="no right to reassign"):
            await team.release_from(ana.desk, first, "ben")
        assert isinstance(await team.reassign(zoe.desk, first, "ana", BILLING), HeldBy)
        done = await team.reassign(zoe.desk, first, "ben", BILLING, HandOver(next="look"))
        assert isinstance(done, Assigned) and done.taken_from == "ben"
        _, seq = await team.news(ben.desk, None)
        assert isinstance(await routing.claim(ben.desk, first), Claimed)
        assert await team.release_from(zoe.desk, first, "ben")
        [(told, row)] = (await team.news(ben.desk, seq))[0]
        assert (told.kind, told.by, told.to, row.id) == (team.NewsKind.TAKEN, "zoe", "", first)
        assert await routing.renew(ben.desk) == []


async def test_a_trainee_gives_nothing_away(home: Path, clock: FakeClock) -> None:
    async with sitting(home, clock, role=Role.TRAINEE) as ana:
        first = await ana.arrive(said("m1"))
        with pytest.raises(NotAllowed):
            await team.assign(ana.desk, first, BEN)
        with pytest.raises(NotAllowed):
            await team.assign_all(ana.desk, {first: None}, BEN)


async def test_several_at_once_are_one_transaction(ana: DeskAtHand, ben: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    second = await ana.arrive(said("m2", "dan"))
    third = await ana.arrive(said("m3", "emil"))
    fences: dict[int, int | None] = {first: await ana.claim(first), second: await ana.claim(second)}
    await ben.claim(third, "ben")
    before = await ana.value("SELECT revision FROM counter")
    done = await team.assign_all(ana.desk, {**fences, third: 1}, BEN, HandOver(next="@ben knows"))
    assert [type(each) for each in done] == [Assigned, Assigned, HeldBy]
    assert await ana.value("SELECT revision FROM counter") == before + 1
    assert await ana.ask("SELECT text FROM note") == [("Next: @ben knows",)] * 2
    assert (await reading.counts(ben.desk)).calls == 2


async def test_why_says_for_whom_it_is_first(ana: DeskAtHand, ben: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", minute=-10))
    await team.assign(ana.desk, first, BEN)
    why = await reading.why(ana.desk, first)
    assert why is not None and why.first_for is None
    await sign_on(ben.desk)
    why = await reading.why(ana.desk, first)
    assert why is not None and why.first_for == FirstFor("ben", why.row.due_us - 300_000_000)
    assert await routing.claim_next(ana.desk) is None


async def test_opening_shows_that_one_has_seen_who_calls(ana: DeskAtHand, ben: DeskAtHand) -> None:
    from careconsole.desk.replies import write_note

    first = await ana.arrive(said("m1"))
    await ben.claim(await ana.arrive(said("m2", "dan")), "ben")
    await write_note(ana.desk, first, "@ben and @ana, see this")
    assert (await reading.counts(ben.desk)).calls == 1 and (await reading.counts(ana.desk)).calls == 0
    assert await team.next_call(ben.desk) == first
    await routing.opened(ben.desk, first)
    assert (await reading.counts(ben.desk)).calls == 0
    assert await team.next_call(ben.desk) is None


async def test_moves_are_counted_by_who_gave_and_what_it_was(ana: DeskAtHand, ben: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", kind=Kind.COMPLAINT))
    second = await ana.arrive(said("m2", "dan"))
    await team.assign(ana.desk, first, BEN)
    await team.assign(ana.desk, first, BEN)
    await team.assign(ben.desk, first, BILLING)
    await team.assign(ana.desk, second, BILLING)
    await team.assign(ana.desk, second, BEN)
    await work.undo(ana.desk)
    assert await moves(ana) == {
        ("all", ""): 3,
        ("account", "shop"): 3,
        ("channel", "file"): 3,
        ("kind", "complaint"): 2,
        ("kind", "question"): 1,
        ("language", "unknown"): 3,
        ("agent", "ana"): 2,
        ("agent", "ben"): 1,
    }


async def test_the_wall_names_what_is_moved_too_often(ana: DeskAtHand, ben: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    watched = watch(ana.store, at_us(-60))
    for to in (BEN, BILLING):
        await team.assign(ana.desk, first, to)
    assert (await watched.look()).much_moved == []
    await team.assign(ana.desk, first, BEN)
    assert (await watched.look()).much_moved == [(first, 3)]
