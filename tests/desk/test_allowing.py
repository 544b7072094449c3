"""What a role has no right to, the desk itself refuses: no key and no command leads around it."""

from __future__ import annotations

from dataclasses import replace
from inspect import getmembers, iscoroutinefunction, signature
from typing import Any

import pytest
from tests.desk.desk_at_hand import DeskAtHand
from tests.store.record_at_hand import said

from careconsole.desk import (
    accounts,
    approvals,
    coming_back,
    erasing,
    importing,
    person,
    recovery,
    replies,
    retaining,
    routing,
    suggesting,
    team,
    unknown,
    work,
)
from careconsole.desk.allowing import NotAllowed, check_right
from careconsole.model.approval import Submitted
from careconsole.model.assignment import Addressee, ToKind
from careconsole.model.conversation import Claimed, Disposition
from careconsole.model.message import Kind
from careconsole.model.rights import RIGHTS, Role, Verb, may
from careconsole.model.roster import Person, Roster

READING = {
    "renew", "sweep", "mine", "set_presence", "opened", "focus", "drafts_of", "my_drafts", "let_go", "held", "next_purpose",
    "take_up", "any_due", "suggestions", "card", "elsewhere", "revision", "wake_due", "sleeping_room", "snoozed", "woken_since",
    "colleagues_of", "addressee", "next_call", "news", "restore", "whom", "extent_of", "ids_of", "due",
    "one", "waiting", "overtaken", "of_conversation", "reply", "seen_elsewhere", "say_there",
}  # fmt: skip
"""What looks, or goes on with what was allowed before."""


def acts() -> dict[str, Any]:
    """Every public act of these files that is more than a look."""
    return {
        f"{room.__name__.rpartition('.')[2]}.{name}": act
        for room in (
            routing,
            work,
            coming_back,
            person,
            replies,
            importing,
            accounts,
            suggesting,
            approvals,
            unknown,
            team,
            recovery,
            erasing,
            retaining,
        )
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


ABOUT = ("conversation_id", "outbox_id", "note_id", "approval_id")
ANYWHERE = {"routing.claim_next", "work.undo", "team.assign_all"}
"""Acts on whichever conversation they find, or on several, for each of which they ask."""


@pytest.mark.parametrize("name", sorted(acts()))
@pytest.mark.parametrize("here", list(Role))
async def test_every_act_asks_for_the_role_at_the_account_it_is_about(
    ana: DeskAtHand, name: str, here: Role
) -> None:
    """Whoever is admin elsewhere is not one here; what is about no account goes by the role of the person."""
    act = acts()[name]
    about = next((word for word in ABOUT if word in signature(act).parameters), None)
    first = await ana.arrive(said("m1"))
    note = await replies.write_note(ana.desk, first, "A note")
    trainee = Person("tim", "tim", Role.TRAINEE)
    asking = replace(ana.desk, agent="tim", roster=Roster({"tim": trainee}))
    request = await replies.send(asking, first, text="Hello")
    assert isinstance(request, Submitted)
    sent = await ana.queued(first, hold_s=5)
    ids = dict(zip(ABOUT, (first, sent, note, request.approval_id), strict=True))
    person = Person("ana", "ana", Role.ADMIN, {"shop": here})
    elsewhere = replace(ana.desk, roster=Roster({"ana": person}))
    words = {about: ids[about]} if about else {}
    if about and not may(here, act.verb):
        with pytest.raises(NotAllowed, match=f"The role {here.value} .* at the account shop"):
            await act(elsewhere, **words)
    else:
        allowed = check_right(elsewhere, act.verb, "shop" if about else None, somewhere=name in ANYWHERE)
        assert allowed is None
    turned = Person("ana", "ana", here, {"shop": Role.ADMIN})
    mine = replace(ana.desk, roster=Roster({"ana": turned}), role=here)
    if not about and name not in ANYWHERE and not may(here, act.verb):
        with pytest.raises(NotAllowed, match=f"The role {here.value} has no right"):
            await act(mine)


async def test_what_is_pulled_is_of_an_account_where_one_may(ana: DeskAtHand) -> None:
    await ana.arrive(said("m1"))
    second = await ana.arrive(said("m2", "dan", minute=5), account="news")
    ana.desk.take_roster(Roster({"ana": Person("ana", "ana", Role.SUPERVISOR, {"news": Role.AGENT})}))
    taken = await routing.claim_next(ana.desk)
    assert taken is not None and taken.conversation_id == second
    assert await routing.claim_next(ana.desk) is None


async def test_who_was_taken_off_the_roster_has_no_right(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    ana.desk.take_roster(Roster({"bea": Person("bea", "bea")}))
    assert not any(ana.desk.may(verb) or ana.desk.may_somewhere(verb) for verb in Verb)
    with pytest.raises(NotAllowed, match="not on the roster"):
        await routing.claim(ana.desk, first)


async def test_a_supervisor_takes_no_customer_and_answers_nobody(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    before = await ana.kinds()
    supervisor = replace(ana.desk, role=Role.SUPERVISOR)
    for act in (
        routing.claim(supervisor, first),
        routing.claim_next(supervisor),
        work.resolve(supervisor, first, Disposition.NOISE),
        work.set_kind(supervisor, first, Kind.IDEA),
        replies.send(supervisor, first, text="Hello"),
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
    assert by_hand | RIGHTS[Role.SUPERVISOR] | {Verb.SYNC, Verb.SEND_ALONE, Verb.RESTORE} == set(Verb)
