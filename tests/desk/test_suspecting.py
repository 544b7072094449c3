"""Troll or upset customer: what counts as the second provocation, and what never does."""

from __future__ import annotations

from tests.desk.desk_at_hand import DeskAtHand
from tests.store.record_at_hand import ours, said

from careconsole.desk import reading, work
from careconsole.desk.suspecting import Suspected, suspect
from careconsole.model.conversation import Disposition

VAGUE = "You are all liars and thieves, what a pathetic company"
AGAIN = "Pathetic company, thieves, all of you"
UPSET = "You thieves lost my bag on flight 212"


async def ask(ana: DeskAtHand, conversation_id: int) -> Suspected:
    found = await suspect(ana.desk, conversation_id)
    assert found is not None
    return found


async def test_the_first_one_is_suspected_and_not_the_second(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", "tom", VAGUE))
    found = await ask(ana, first)
    assert found.tests.is_suspected and not found.is_second
    assert (found.answered_once, found.resolved_once) == (False, False)
    assert await suspect(ana.desk, 999) is None


async def test_the_second_one_comes_after_an_answer(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", "tom", VAGUE), ours("r1", "m1"))
    assert (await ask(ana, first)).answered_once is False  # what is asked about is the first one itself
    await ana.arrive(said("m2", "tom", AGAIN, 5))
    found = await ask(ana, first)
    assert found.is_second and found.answered_once and not found.resolved_once


async def test_or_after_a_round_that_was_resolved_as_provocation(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", "tom", VAGUE))
    await work.resolve(ana.desk, first, Disposition.PROVOCATION)
    second = await ana.arrive(said("m2", "tom", AGAIN, 5))
    found = await ask(ana, second)
    assert found.is_second and found.resolved_once and not found.answered_once
    await work.resolve(ana.desk, second, Disposition.PROVOCATION)
    assert not (await ask(ana, second)).is_second  # there is nothing left to resolve


async def test_several_that_nobody_answered_are_one(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", "tom", VAGUE), said("m2", "tom", AGAIN, 5))
    found = await ask(ana, first)
    assert found.tests.is_suspected and not found.is_second


async def test_a_detail_in_what_waits_clears_all_of_it(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", "tom", VAGUE), ours("r1", "m1"))
    await ana.arrive(said("m2", "tom", AGAIN, 5), said("m3", "tom", UPSET, 6))
    found = await ask(ana, first)
    assert not found.tests.is_suspected and found.tests.details.is_met and not found.is_second


async def test_who_once_told_what_happened_is_no_troll(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", "tom", UPSET), ours("r1", "m1"))
    await ana.arrive(said("m2", "tom", VAGUE, 5))
    found = await ask(ana, first)
    assert not found.tests.is_suspected and "In touch 1 time before" in found.tests.details.reason
    other = await ana.arrive(said("m9", "eve", VAGUE))
    assert (await ask(ana, other)).tests.is_suspected  # another customer's story is not theirs


async def test_asking_changes_nothing(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", "tom", VAGUE), ours("r1", "m1"), said("m2", "tom", AGAIN, 5))
    before, revision = await ana.row(first), await reading.revision(ana.desk)
    assert (await ask(ana, first)).is_second
    assert (await ana.row(first), await reading.revision(ana.desk)) == (before, revision)
