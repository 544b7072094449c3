"""The simulated floor: nobody rests while somebody waits, nobody is answered twice, and each order is what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.desk.simulation.weeks import MIN_US, comes, in_order, weeks

from careconsole.desk.simulation.arrivals import Arrival
from careconsole.desk.simulation.figures import figures_of
from careconsole.desk.simulation.policies import KEYS, KIND_ORDER, Policy
from careconsole.desk.simulation.run import Floor, Run, Wait, run
from careconsole.model.calendar import Calendar, OpenHours
from careconsole.model.instant import to_us
from careconsole.model.message import Kind
from careconsole.model.priority import RankPolicy

RANKED = RankPolicy()
agents = st.integers(1, 4)
policies = st.sampled_from(Policy)
Week = tuple[Arrival, ...]


def ends(wait: Wait, of: Run) -> int:
    """When an agent is done with it, as far as the run knows."""
    return of.ends_us + 1 if wait.answered_us is None else wait.answered_us


def begun(of: Run) -> list[Wait]:
    """What was begun, in that order."""
    return sorted((wait for wait in of.waits if wait.turn), key=lambda wait: wait.turn)


def stretches(wait: Wait, of: Run) -> Iterator[int]:
    """Every moment at which something could change while somebody waits for an agent."""
    until_us = of.ends_us + 1 if wait.begun_us is None else wait.begun_us
    for moment in {wait.since_us, *(ends(other, of) for other in of.waits)}:
        if wait.since_us <= moment < until_us:
            yield moment


@settings(max_examples=150)
@given(weeks(), agents, policies)
def test_nobody_rests_while_somebody_waits(week: Week, number: int, policy: Policy) -> None:
    done = run(week, number, policy, RANKED)
    for wait in done.waits:
        for moment in stretches(wait, done):
            busy = [
                other
                for other in done.waits
                if other.begun_us is not None and other.begun_us <= moment < ends(other, done)
            ]
            assert len(busy) == number


@settings(max_examples=150)
@given(weeks(), agents, policies)
def test_every_message_is_answered_once_or_waits_or_was_taken_back(
    week: Week, number: int, policy: Policy
) -> None:
    done = run(week, number, policy, RANKED)
    told = [message for wait in done.waits for message in wait.messages]
    assert len(told) == len(set(told))
    lost = {arrival.number for arrival in week} - set(told)
    assert all(week[one].gone_us is not None for one in lost)
    for wait in done.waits:
        customers = {week[message].customer for message in wait.messages}
        assert len(customers) == 1
        if wait.answered_us is not None:
            assert all(week[message].at_us <= wait.answered_us for message in wait.messages)


@settings(max_examples=100)
@given(weeks(), agents, policies)
def test_an_agent_does_one_thing_at_a_time_and_takes_as_long_as_it_takes(
    week: Week, number: int, policy: Policy
) -> None:
    done = run(week, number, policy, RANKED)
    for agent in range(number):
        own = sorted((w for w in done.waits if w.agent == agent), key=lambda wait: wait.turn)
        for before, after in pairwise(own):
            assert before.answered_us is not None and after.begun_us is not None
            assert before.answered_us <= after.begun_us
    for wait in done.waits:
        if wait.answered_us is not None and wait.begun_us is not None:
            needing = [m for m in wait.messages if week[m].waiting.kind is not Kind.NOISE]
            reading = sum(week[message].reading_us for message in wait.messages)
            work = wait.answered_us - wait.begun_us - reading
            assert work in {week[m].answer_us for m in needing or wait.messages} | {
                week[m].answer_us for m in wait.messages[:1]
            }


@settings(max_examples=100)
@given(weeks(), agents, policies)
def test_who_is_begun_is_the_first_in_the_order(week: Week, number: int, policy: Policy) -> None:
    floor = Floor(number, policy, RANKED)
    for arrival in week:
        while (done_us := floor.next_done_us()) is not None and done_us <= arrival.at_us:
            floor.finish(done_us)
            steps(floor, done_us)
        floor.take(arrival)
        steps(floor, arrival.at_us)


def steps(floor: Floor, now_us: int) -> None:
    """Let them begin, and see whom they took."""
    before = floor.order()
    keys = [KEYS[floor.policy](case) for case in before]
    assert keys == sorted(keys) and len(set(keys)) == len(keys)
    floor.begin(now_us)
    after = floor.order()
    taken = len(before) - len(after)
    assert after == before[taken:]
    assert all(case.begun_us == now_us for case in before[:taken])


@given(weeks(), agents)
def test_first_come_is_first_served(week: Week, number: int) -> None:
    week = tuple(one for one in week if one.gone_us is None)
    taken = begun(run(week, number, Policy.FIRST_COME, RANKED))
    assert [wait.since_us for wait in taken] == sorted(wait.since_us for wait in taken)


@given(weeks(plain=True), agents)
def test_where_all_make_the_same_work_no_order_shortens_the_sum_of_the_waits(week: Week, number: int) -> None:
    sums = set()
    for policy in Policy:
        done = run(week, number, policy, RANKED)
        assert done.taken_back == 0
        sums.add(sum((done.ends_us if w.begun_us is None else w.begun_us) - w.since_us for w in done.waits))
    assert len(sums) == 1


@given(weeks(plain=True), st.lists(st.integers(1_000, 40 * MIN_US), min_size=40, max_size=40))
def test_one_agent_is_busy_at_the_same_times_whatever_the_order(week: Week, works: list[int]) -> None:
    week = tuple(replace(one, answer_us=work) for one, work in zip(week, works, strict=False))
    found = {tuple(busy(run(week, 1, policy, RANKED))) for policy in Policy}
    assert len(found) == 1


def busy(of: Run) -> list[tuple[int, int]]:
    """When somebody is at work, until the end."""
    spans: list[tuple[int, int]] = []
    for wait in begun(of):
        assert wait.begun_us is not None
        since, until = wait.begun_us, min(ends(wait, of), of.ends_us)
        if spans and spans[-1][1] == since:
            since = spans.pop()[0]
        spans.append((since, until))
    return [span for span in spans if span[0] < span[1]]


@settings(max_examples=60)
@given(weeks(), agents, policies)
def test_the_same_arrivals_give_the_same_run(week: Week, number: int, policy: Policy) -> None:
    assert run(week, number, policy, RANKED) == run(week, number, policy, RANKED)


OFFICE = Calendar(
    UTC, {day: (OpenHours(time(1), time(2)), OpenHours(time(3), time(3, 30))) for day in range(7)}
)


@settings(max_examples=150)
@given(weeks(), agents, st.sampled_from([RANKED, RankPolicy(calendars={"shop": OFFICE})]))
def test_neither_first_come_nor_our_rank_lets_a_later_one_pass_who_is_late(
    week: Week, number: int, ranked: RankPolicy
) -> None:
    for policy in (Policy.FIRST_COME, Policy.RANK):
        assert figures_of(run(week, number, policy, ranked), 60 * MIN_US).passed == 0


def numbers(of: Run) -> list[int]:
    """The first message of each wait, in the order in which they were begun."""
    return [wait.messages[0] for wait in begun(of)]


STRANDED = to_us(datetime(2026, 3, 2, 12, 20, tzinfo=UTC)) // MIN_US


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (Policy.FIRST_COME, [0, 1, 2, 3, 4]),
        (Policy.NEWEST_FIRST, [0, 4, 3, 2, 1]),
        (Policy.STRICT_PRIORITY, [0, 3, 4, 1, 2]),
        (Policy.RANK, [0, 3, 4, 1, 2]),
    ],
)
def test_the_worked_case_in_each_order(policy: Policy, expected: list[int]) -> None:
    week = in_order(
        [
            comes(STRANDED - 30, 9, work_min=45),
            comes(STRANDED - 20, 0),
            comes(STRANDED - 15, 2, kind=Kind.PRAISE),
            comes(STRANDED, 1, is_emergency=True),
            comes(STRANDED + 10, 3, is_vip=True),
            comes(STRANDED + 600, 4),
        ]
    )
    assert numbers(run(week, 1, policy, RANKED))[:5] == expected


def test_strict_priority_asks_for_the_kind_before_the_time() -> None:
    kinds = tuple(reversed(KIND_ORDER))
    week = in_order(
        [
            comes(0, 99, work_min=30),
            *(comes(1 + n, n, kind=kind) for n, kind in enumerate(kinds)),
            comes(900, 98),
        ]
    )
    taken = numbers(run(week, 1, Policy.STRICT_PRIORITY, RANKED))
    assert [week[one].waiting.kind for one in taken[1:7]] == list(KIND_ORDER)


def test_what_is_written_meanwhile_is_read_before_the_answer_leaves() -> None:
    week = in_order([comes(0, work_min=4), comes(1, reading_us=MIN_US, is_emergency=True), comes(99, 1)])
    first = run(week, 1, Policy.RANK, RANKED).waits[0]
    assert (first.messages, first.answered_us, first.told_us) == ((0, 1), 5 * MIN_US, MIN_US)


def test_what_is_written_before_anybody_begins_is_one_answer() -> None:
    week = in_order([comes(0, 7, work_min=30), comes(1, work_min=3), comes(2, work_min=5), comes(99, 1)])
    second = run(week, 1, Policy.FIRST_COME, RANKED).waits[1]
    assert (second.messages, second.since_us, second.answered_us) == ((1, 2), MIN_US, 33 * MIN_US)


def test_who_takes_back_everything_is_not_answered() -> None:
    week = in_order([comes(0, 7, work_min=30), comes(1, gone=5), comes(2, 3, gone=31), comes(99, 1)])
    done = run(week, 1, Policy.FIRST_COME, RANKED)
    assert [wait.messages for wait in done.waits] == [(0,), (2,), (3,)]
    assert done.taken_back == 1


def test_who_takes_back_the_first_message_waits_since_the_second() -> None:
    week = in_order([comes(0, 7, work_min=30), comes(1, gone=5), comes(3), comes(99, 1)])
    waits = run(week, 1, Policy.RANK, RANKED).waits
    assert [(wait.messages, wait.since_us) for wait in waits[1:2]] == [((2,), 3 * MIN_US)]


def test_who_takes_back_everything_and_writes_anew_is_new() -> None:
    week = in_order([comes(0, 7, work_min=30), comes(1, gone=5), comes(10), comes(99, 1)])
    done = run(week, 1, Policy.RANK, RANKED)
    assert [(wait.messages, wait.latest_due_us) for wait in done.waits[1:2]] == [((2,), 70 * MIN_US)]
    assert done.taken_back == 1


def test_newest_first_goes_by_the_newest_message_of_each() -> None:
    week = in_order([comes(0, 7, work_min=30), comes(1, 1), comes(2, 2), comes(3, 1), comes(99, 3)])
    assert numbers(run(week, 1, Policy.NEWEST_FIRST, RANKED)) == [0, 1, 2, 4]


def test_noise_beside_a_question_leaves_the_work_of_the_question() -> None:
    noise = comes(1, kind=Kind.NOISE, work_min=0.1)
    week = in_order([comes(0, 7, work_min=30), noise, comes(2, work_min=3), comes(99, 1)])
    second = run(week, 1, Policy.RANK, RANKED).waits[1]
    assert (second.messages, second.answered_us) == ((1, 2), 33 * MIN_US)


def test_who_still_waits_at_the_end_is_there() -> None:
    done = run(in_order([comes(0, 1, work_min=9), comes(1, 2), comes(5, 3)]), 1, Policy.FIRST_COME, RANKED)
    assert [(wait.messages, wait.answered_us) for wait in done.waits] == [
        ((0,), None),
        ((1,), None),
        ((2,), None),
    ]
    assert done.waits[0].begun_us == 0 and done.waits[1].begun_us is None


def test_of_nothing_nothing_comes() -> None:
    assert run((), 3, Policy.RANK, RANKED).waits == ()
