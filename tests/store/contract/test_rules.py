"""When the rules change, every open item is placed again: once, in parts, and also after a crash in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, time

import pytest
from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.calendar import Calendar, OpenHours
from careconsole.model.message import Kind, Reading
from careconsole.model.priority import DEFAULT_TARGETS_MIN, RankPolicy
from careconsole.store import acts, customers, rules

FASTER = RankPolicy({**DEFAULT_TARGETS_MIN, Kind.QUESTION: 30})


async def put(record: Record, policy: RankPolicy, digest: str) -> bool:
    record.store.policy, record.log_tells_all = policy, False
    return await record.act(rules.put_in_force, digest, {"targets_min": digest})


async def place_all(record: Record) -> tuple[int, int]:
    looked_at, moved, after = 0, 0, 0
    while True:
        some, some_moved, next_id = await record.act(rules.place_again, after)
        looked_at, moved = looked_at + some, moved + some_moved
        if next_id is None:
            return looked_at, moved
        after = next_id


def test_one_content_has_one_digest() -> None:
    assert rules.digest_of({"a": 1, "b": [2]}) == rules.digest_of({"b": [2], "a": 1})
    assert rules.digest_of({"a": 1}) != rules.digest_of({"a": 2})


async def test_rules_are_put_in_force_once_with_one_event(record: Record) -> None:
    assert await put(record, FASTER, "d1")
    assert not await put(record, FASTER, "d1")
    assert await put(record, RankPolicy(), "d2")
    assert [event["targets_min"] for event in await record.events("rules_set")] == ["d1", "d2"]
    assert await record.store.read(rules.in_force) == "d2"


async def test_open_items_move_and_are_counted(record: Record) -> None:
    question = await record.arrive(said("m1"))
    praise = await record.arrive(said("m2", "dan", kind=Kind.PRAISE))
    alarm = await record.arrive(said("m3", "emil"), reading=Reading(emergency_word="fire"))
    resolved = await record.arrive(said("m4", "fran"))
    await record.act(acts.resolve, resolved, "ana", "noise")
    await put(record, FASTER, "d1")
    assert await place_all(record) == (3, 1)
    assert (await record.row(question)).due_us == at_us(30)
    assert (await record.row(praise)).due_us == at_us(240)
    assert (await record.row(alarm)).due_us == at_us(5)
    assert await place_all(record) == (3, 0)


async def test_a_row_that_moved_is_told_to_the_others(record: Record) -> None:
    first = await record.arrive(said("m1"))
    second = await record.arrive(said("m2", "dan", kind=Kind.PRAISE))
    before = [(await record.row(each)).revision for each in (first, second)]
    await put(record, FASTER, "d1")
    await place_all(record)
    after = [(await record.row(each)).revision for each in (first, second)]
    assert (after[0] > before[0], after[1] == before[1]) == (True, True)


async def test_the_most_urgent_kind_may_change_although_the_due_time_does_not(record: Record) -> None:
    first = await record.arrive(said("m1", kind=Kind.QUESTION), said("m2", minute=1, kind=Kind.PRAISE))
    swapped = RankPolicy({**DEFAULT_TARGETS_MIN, Kind.QUESTION: 240, Kind.PRAISE: 60})
    await put(record, swapped, "d1")
    await place_all(record)
    assert (await record.row(first)).kind is Kind.PRAISE


async def test_vips_and_calendars_of_the_new_rules_count(record: Record) -> None:
    vip = await record.arrive(said("m1", "Dana"))
    lifted = await record.arrive(said("m2", "emil"))
    await record.act(customers.set_vip, lifted, "ana", False, "asked not to be")
    closed = await record.arrive(said("m3", "fran"), account="office")
    shut = Calendar(UTC, {1: (OpenHours(time(9), None),)})
    policy = RankPolicy(vips=frozenset({"dana", "emil"}), calendars={"office": shut})
    await put(record, policy, "d1")
    assert await place_all(record) == (3, 2)
    assert (await record.row(vip)).is_vip
    assert not (await record.row(lifted)).is_vip
    assert (await record.row(closed)).due_us == at_us(22 * 60)
    await put(record, RankPolicy(), "d2")
    assert (await place_all(record))[1] == 2
    assert not (await record.row(vip)).is_vip


async def test_many_items_are_placed_in_parts(record: Record) -> None:
    number = rules.PLACED_AT_ONCE * 2 + 7
    await record.take_in(*[said(f"m{n}", f"c{n}") for n in range(number)])
    await put(record, FASTER, "d1")
    assert await place_all(record) == (number, number)


@pytest.mark.parametrize("done", [0, 1])
async def test_what_a_crash_left_unplaced_is_known(record: Record, done: int) -> None:
    number = rules.PLACED_AT_ONCE + 5
    await record.take_in(*[said(f"m{n}", f"c{n}") for n in range(number)])
    await put(record, FASTER, "d1")
    after = 0
    for _ in range(done):
        _, _, next_id = await record.act(rules.place_again, after)
        assert next_id is not None
        after = next_id
    assert await record.store.read(rules.unplaced_after) == after
    assert await place_all(record)
    assert await record.store.read(rules.unplaced_after) is None


def hears(*words: str) -> Callable[[str], str]:
    return lambda text: next((word for word in words if word in text), "")


async def test_a_new_word_of_alarm_raises_what_waits(record: Record) -> None:
    alarm = await record.arrive(said("m1", text="it is calm"), said("m2", minute=1, text="we are flooded"))
    calm = await record.arrive(said("m3", "dan", text="it is calm"))
    answered = await record.arrive(said("m4", "emil", text="flooded"))
    await record.act(acts.resolve, answered, "ana", "noise")
    await put(record, RankPolicy(), "d1")
    assert await record.act(rules.place_again, 0, hears("flooded")) == (2, 1, None)
    raised = await record.row(alarm)
    assert (raised.tier, raised.due_us) == (0, at_us(5))
    assert [(await record.row(each)).tier for each in (calm, answered)] == [1, 1]
    assert await record.value("SELECT tier_by FROM conversation WHERE id = $1", alarm) == "word:flooded"
    [event] = await record.events("tier_set")
    assert (event["tier"], event["was"], event["word"]) == (0, 1, "flooded")
    assert await record.act(rules.place_again, 0, hears("flooded")) == (2, 0, None)


async def test_a_word_taken_out_lowers_nobody(record: Record) -> None:
    alarm = await record.arrive(said("m1"), reading=Reading(emergency_word="fire"))
    await put(record, RankPolicy(), "d1")
    assert await record.act(rules.place_again, 0, hears()) == (1, 0, None)
    assert (await record.row(alarm)).tier == 0


async def test_what_an_agent_lifted_is_not_raised_by_its_old_word(record: Record) -> None:
    alarm = await record.arrive(said("m1", text="fire sale"), reading=Reading(emergency_word="fire"))
    await record.act(acts.set_tier, alarm, "ana", 1)
    await put(record, FASTER, "d1")
    await record.act(rules.place_again, 0, hears("fire"))
    assert (await record.row(alarm)).tier == 1
