"""What a role has no right to, the desk itself refuses: no key and no command leads around it."""

from __future__ import annotations

from dataclasses import replace
from inspect import getmembers, iscoroutinefunction
from typing import Any

import pytest
from tests.desk.desk_at_hand import DeskAtHand
from tests.store.record_at_hand import said

from careconsole.desk import (
    accounts,
    coming_back,
    importing,
    person,
    replies,
    routing,
    suggesting,
    team,
    work,
)
from careconsole.desk.allowing import NotAllowed
from careconsole.model.assignment import Addressee, ToKind
from careconsole.model.conversation import Claimed, Disposition
from careconsole.model.message import Kind
from careconsole.model.reply import Mode
from careconsole.model.rights import RIGHTS, Role, Verb, may
from careconsole.model.roster import Person, Roster

READING = {
    "renew", "sweep", "mine", "set_presence", "opened", "focus", "drafts_of", "my_drafts", "let_go", "held", "next_purpose",
    "take_up", "any_due", "suggestions", "card", "elsewhere", "revision", "wake_due", "sleeping_room", "snoozed", "woken_since",
    "colleagues_of", "addressee", "next_call", "news",
}  # fmt: skip
"""What looks, or goes on with what was allowed before."""


def acts() -> dict[str, Any]:
    """Every public act of these files that is more than a look."""
    return {
        f"{room.__name__.rpartition('.')[2]}.{name}": act
        for room in (routing, work, coming_back, person, replies, importing, accounts, suggesting, team)
        for name, act in getmembers(room, iscoroutinefunction)
        if act.__module__ == room.__name__ and not name.startswith("_") and name not in READING
    }


@pytest.mark.parametrize("name", sorted(acts()))
async def test_every_act_names_its_verb_and_refuses_who_has_no_right(ana: DeskAtHand, name: str) -> None:
    act = acts()[name]
    assert isinstance(act.verb, Verb)
    for role in Role:
        if not may(role, act.verb):
            desk = replace(ana.desk, role=role, store=None)  # so it cannot have touched the record
            with pytest.raises(NotAllowed, match=role.value):
                await act(desk)


async def test_who_only_reads_changes_nothing(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    before = await ana.kinds()
    supervisor = replace(ana.desk, role=Role.SUPERVISOR)
    for act in (
        routing.claim(supervisor, first),
        routing.claim_next(supervisor),
        work.resolve(supervisor, first, Disposition.NOISE),
        work.set_kind(supervisor, first, Kind.IDEA),
        replies.send(supervisor, first, text="Hello"),
        replies.save_draft(supervisor, first, Mode.PUBLIC, "Hello", 0),
        replies.write_note(supervisor, first, "Hello"),
    ):
        with pytest.raises(NotAllowed):
            await act
    assert await ana.kinds() == before
    assert isinstance(await routing.claim(replace(ana.desk, role=Role.TRAINEE), first), Claimed)


async def test_several_are_given_away_only_where_each_may_be(ana: DeskAtHand) -> None:
    """At the account where ana only reads nothing is moved, nor is what goes with it."""
    shop, news = await ana.arrive(said("m1")), await ana.arrive(said("m2", "dan"), account="news")
    for id in (shop, news):
        await routing.claim(ana.desk, id)
    person = Person("ana", "ana", role_at={"news": Role.TRAINEE})
    desk = replace(ana.desk, role=Role.AGENT, roster=Roster({"ana": person}))
    before = await ana.kinds()
    ben = Addressee(ToKind.PERSON, "ben")
    with pytest.raises(NotAllowed, match="at the account news"):
        await team.assign_all(desk, {shop: None, news: None}, ben)
    assert await ana.kinds() == before
    assert len(await team.assign_all(desk, {shop: None}, ben)) == 1


def test_there_is_an_act_for_every_verb_that_changes_the_record() -> None:
    by_hand = {act.verb for act in acts().values()}
    assert by_hand | RIGHTS[Role.SUPERVISOR] | {Verb.SYNC, Verb.SEND_ALONE} == set(Verb)
