"""The order of the queue: the worked case, the terms, and the five properties that must hold for any input."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from careconsole.model.calendar import ALWAYS_OPEN, Calendar, OpenHours
from careconsole.model.instant import to_us
from careconsole.model.message import Kind
from careconsole.model.priority import (
    BOOST_CAP_MIN,
    DEFAULT_TARGETS_MIN,
    Rank,
    RankPolicy,
    Waiting,
    rank,
    reach_term_min,
)

POLICY = RankPolicy()
MIN_US = 60_000_000
Key = tuple[int, int, int, int]


def at(hour: int, minute: int) -> int:
    return to_us(datetime(2026, 3, 2, hour, minute, tzinfo=UTC))


def key(found: Rank, id_: int = 0) -> Key:
    return (found.tier, found.effective_due_us, found.waiting_since_us, id_)


def question(at_us: int, **more: object) -> Waiting:
    return replace(Waiting(Kind.QUESTION, at_us), **more)  # type: ignore[arg-type]


# --- the worked case of the stranded traveller ---

A = rank([question(at(12, 0))], POLICY)
B = rank([question(at(12, 20))], POLICY, tier=0)
C = rank([Waiting(Kind.PRAISE, at(12, 5), reach=250_000)], POLICY)
D = rank([question(at(12, 30))], POLICY, is_vip=True)


@pytest.mark.parametrize(
    ("found", "due"), [(B, at(12, 25)), (D, at(12, 30)), (A, at(13, 0)), (C, at(15, 41))]
)
def test_the_four_of_the_worked_case_are_due_when_they_should_be(found: Rank, due: int) -> None:
    assert found.effective_due_us == due


def test_the_four_of_the_worked_case_stand_in_their_order() -> None:
    assert sorted([A, B, C, D], key=key) == [B, D, A, C]


def test_a_vip_who_comes_at_1305_stands_behind_what_was_due_at_1300() -> None:
    late = rank([question(at(13, 5))], POLICY, is_vip=True)
    assert key(A) < key(late)


def test_the_sum_of_the_influencer_is_spelled_out() -> None:
    assert [(term.name, term.minutes) for term in C.terms] == [("target", 240), ("reach", -24)]


# --- the terms ---


@pytest.mark.parametrize(
    ("reach", "minutes"),
    [
        (0, 0),
        (1, 0),
        (1000, 0),
        (1001, 0),
        (1200, 1),
        (10_000, 10),
        (100_000, 20),
        (250_000, 24),
        (1_000_000, 30),
        (10**9, 60),
    ],
)
def test_reach_gives_a_head_start(reach: int, minutes: int) -> None:
    assert reach_term_min(reach) == minutes


@pytest.mark.parametrize(("messages", "minutes"), [(1, 0), (2, 10), (3, 20), (4, 20), (40, 20)])
def test_further_messages_count_up_to_twenty_minutes(messages: int, minutes: int) -> None:
    found = rank([question(at(12, number)) for number in range(messages)], POLICY)
    assert found.boost_min == minutes
    assert found.waiting_since_us == at(12, 0)


def test_each_term_has_its_name_and_its_minutes() -> None:
    loud = question(at(12, 0), reach=10_000, is_negative=True, is_paid=True)
    found = rank([loud, question(at(12, 1))], POLICY, waits_elsewhere=True)
    assert [(term.name, term.minutes) for term in found.terms] == [
        ("target", 60),
        ("reach", -10),
        ("repeat", -10),
        ("mood", -10),
        ("paid", -10),
        ("second channel", -10),
    ]
    assert found.effective_due_us == at(12, 10)


def test_all_terms_together_are_capped_at_fifty_minutes() -> None:
    loud = question(at(12, 0), reach=1_000_000, is_negative=True, is_paid=True)
    found = rank([loud, loud, loud], POLICY, waits_elsewhere=True)
    assert found.boost_min == BOOST_CAP_MIN == 50
    assert [(term.name, term.minutes) for term in found.terms][-1] == ("cap", 30)
    assert found.effective_due_us == at(12, 10)


def test_a_boost_is_never_longer_than_its_target() -> None:
    strict = RankPolicy({**DEFAULT_TARGETS_MIN, Kind.QUESTION: 15})
    found = rank([question(at(12, 0), reach=1_000_000)], strict)
    assert found.effective_due_us == at(12, 0)


def test_a_vip_is_due_on_arrival_and_has_that_term_only() -> None:
    found = rank([Waiting(Kind.PRAISE, at(12, 0), reach=10**6, is_negative=True)], POLICY, is_vip=True)
    assert [(term.name, term.minutes) for term in found.terms] == [("target", 240), ("vip", -240)]
    assert found.effective_due_us == found.waiting_since_us
    assert found.due_us == at(16, 0)


def test_an_emergency_is_due_in_five_minutes_day_and_night() -> None:
    office = Calendar(UTC, {0: (OpenHours(time(9), time(12)),)})
    found = rank([question(at(12, 0), reach=10**6)], POLICY, office, tier=0, is_vip=True)
    assert (found.tier, found.effective_due_us, found.target_min) == (0, at(12, 5), 5)
    assert [(term.name, term.minutes) for term in found.terms] == [("target", 5)]


def test_closed_hours_are_a_term_of_their_own() -> None:
    office = Calendar(UTC, dict.fromkeys(range(5), (OpenHours(time(9), time(12, 30)),)))
    found = rank([question(at(12, 0))], POLICY, office)
    assert [(term.name, term.minutes) for term in found.terms] == [
        ("target", 60),
        ("closed hours", 20.5 * 60),
    ]


def test_kind_and_target_are_those_of_the_most_urgent_message() -> None:
    found = rank([Waiting(Kind.PRAISE, at(12, 0)), Waiting(Kind.COMPLAINT, at(12, 30))], POLICY)
    assert (found.kind, found.target_min, found.waiting_since_us) == (Kind.COMPLAINT, 60, at(12, 0))
    assert found.effective_due_us == at(12, 50)


def test_a_target_of_its_own_counts_from_its_message_on_and_shortens_no_other() -> None:
    own = question(at(12, 0), own_target_min=10)
    assert rank([own], POLICY).due_us == at(12, 10)
    assert rank([own, question(at(12, 7), own_target_min=5)], POLICY).due_us == at(12, 10)
    assert rank([own, question(at(12, 7), own_target_min=2)], POLICY).due_us == at(12, 9)
    second = replace(question(at(12, 7) + 20_000_000), own_target_min=2)
    found = rank([own, second], POLICY)
    assert (found.target_min, found.due_us) == (10, at(12, 10))  # 9 min 20 s, rounded up
    assert rank([question(at(11, 0)), own], POLICY).due_us == at(12, 0)
    assert rank([own], POLICY, tier=0).due_us == at(12, 5)
    assert [(term.name, term.minutes) for term in found.terms] == [("target", 10), ("repeat", -10)]


def test_each_account_has_its_calendar_and_others_are_open_day_and_night() -> None:
    office = Calendar(UTC, {0: (OpenHours(time(9), None),)})
    policy = RankPolicy(calendars={"shop": office})
    assert policy.calendar_of("shop") is office
    assert policy.calendar_of("other") is ALWAYS_OPEN


# --- what must hold for any input ---

MONDAY_US = to_us(datetime(2026, 3, 2, tzinfo=UTC))
ARRIVALS = st.integers(0, 8 * 24 * 60 * 60).map(lambda second: MONDAY_US + second * 1_000_000)
MESSAGES = st.builds(
    Waiting,
    st.sampled_from(Kind),
    ARRIVALS,
    st.sampled_from([0, 999, 1001, 5_000, 250_000, 30_000_000]),
    st.booleans(),
    st.booleans(),
)
CONVERSATIONS = st.lists(MESSAGES, min_size=1, max_size=5)
POLICIES = st.one_of(
    st.just(POLICY),
    st.builds(RankPolicy, st.fixed_dictionaries({kind: st.integers(1, 600) for kind in Kind})),
)
OFFICE_HOURS = (OpenHours(time(9), time(12, 30)), OpenHours(time(13), time(17)))
CALENDARS = st.sampled_from(
    [
        ALWAYS_OPEN,
        Calendar(ZoneInfo("Europe/Zagreb"), dict.fromkeys(range(5), OFFICE_HOURS)),
        Calendar(UTC, {2: (OpenHours(time(22), None),), 3: (OpenHours(time(0), time(3)),)}),
        Calendar(UTC, dict.fromkeys(range(7), (OpenHours(time(9), None),)), {date(2026, 3, 4): "off"}),
    ]
)
FLAGS = st.booleans()


@settings(max_examples=300, deadline=None)
@given(CONVERSATIONS, POLICIES, CALENDARS, st.integers(0, 1), FLAGS, FLAGS)
def test_the_terms_always_add_up(
    waiting: list[Waiting],
    policy: RankPolicy,
    calendar: Calendar,
    tier: int,
    is_vip: bool,
    elsewhere: bool,
) -> None:
    found = rank(waiting, policy, calendar, tier=tier, is_vip=is_vip, waits_elsewhere=elsewhere)
    total_min = sum(term.minutes for term in found.terms)
    assert round(total_min * MIN_US) == found.effective_due_us - found.waiting_since_us
    assert found.waiting_since_us <= found.effective_due_us <= found.due_us
    assert found.waiting_since_us == min(message.at_us for message in waiting)
    assert len({term.name for term in found.terms}) == len(found.terms)


@settings(max_examples=200, deadline=None)
@given(CONVERSATIONS, CONVERSATIONS, POLICIES, CALENDARS, FLAGS, FLAGS, FLAGS)
def test_1_nothing_that_comes_after_a_missed_target_stands_before_it(
    old: list[Waiting],
    new: list[Waiting],
    policy: RankPolicy,
    calendar: Calendar,
    old_vip: bool,
    new_vip: bool,
    elsewhere: bool,
) -> None:
    first = rank(old, policy, calendar, is_vip=old_vip)
    shift = max(0, first.due_us - min(message.at_us for message in new))
    late = [replace(message, at_us=message.at_us + shift) for message in new]
    second = rank(late, policy, calendar, is_vip=new_vip, waits_elsewhere=elsewhere)
    assert key(first, 1) < key(second, 2)


@settings(max_examples=300, deadline=None)
@given(MESSAGES, st.lists(MESSAGES, max_size=4), st.integers(-300, 300), FLAGS, FLAGS)
@example(Waiting(Kind.QUESTION, MONDAY_US, 10**6, True, True), [], 50, False, True)
def test_2_an_ordinary_item_is_passed_only_by_what_came_soon_after_it(
    head: Waiting, more: list[Waiting], minutes: int, is_vip: bool, elsewhere: bool
) -> None:
    ordinary = rank([question(MONDAY_US)], POLICY)
    start_us = min(message.at_us for message in [head, *more])
    shift = MONDAY_US + minutes * MIN_US - start_us
    waiting = [replace(message, at_us=message.at_us + shift) for message in [head, *more]]
    other = rank(waiting, POLICY, is_vip=is_vip, waits_elsewhere=elsewhere)
    if key(other, 2) < key(ordinary, 1):
        assert minutes < (60 if is_vip else 50)


@settings(max_examples=300, deadline=None)
@given(CONVERSATIONS, MESSAGES, POLICIES, CALENDARS, st.integers(0, 1), FLAGS, FLAGS)
def test_3_a_further_message_never_moves_the_customer_back(
    waiting: list[Waiting],
    further: Waiting,
    policy: RankPolicy,
    calendar: Calendar,
    tier: int,
    is_vip: bool,
    elsewhere: bool,
) -> None:
    before = rank(waiting, policy, calendar, tier=tier, is_vip=is_vip, waits_elsewhere=elsewhere)
    after = rank([*waiting, further], policy, calendar, tier=tier, is_vip=is_vip, waits_elsewhere=elsewhere)
    assert key(after) <= key(before)
    assert after.target_min <= before.target_min


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(CONVERSATIONS, FLAGS), min_size=2, max_size=6),
    st.permutations(range(6)),
    st.integers(0, 10**7),
)
def test_4_the_order_is_the_same_at_any_hour(
    items: list[tuple[list[Waiting], bool]], order: list[int], later_s: int
) -> None:
    """Rank is handed no clock, and a shift of all arrivals by one span changes no place."""
    assert not {"now", "now_us", "at_us"} & set(inspect.signature(rank).parameters)
    keys = [key(rank(waiting, POLICY, is_vip=vip), id_) for id_, (waiting, vip) in enumerate(items)]
    moved = [
        [replace(message, at_us=message.at_us + later_s * 1_000_000) for message in reversed(waiting)]
        for waiting, _ in items
    ]
    again = [
        key(rank(waiting, POLICY, is_vip=vip), id_)
        for id_, (waiting, (_, vip)) in enumerate(zip(moved, items, strict=True))
    ]
    picked = [number for number in order if number < len(items)]
    assert sorted(picked, key=keys.__getitem__) == sorted(picked, key=again.__getitem__)


@given(CONVERSATIONS, FLAGS, FLAGS, st.integers(0, 1), CALENDARS)
def test_5_waiting_since_is_the_first_message_whatever_else_changes(
    waiting: list[Waiting], is_vip: bool, elsewhere: bool, tier: int, calendar: Calendar
) -> None:
    plain = rank(waiting, POLICY)
    moved = rank(waiting, POLICY, calendar, tier=tier, is_vip=is_vip, waits_elsewhere=elsewhere)
    assert plain.waiting_since_us == moved.waiting_since_us


def test_a_week_of_office_hours_is_counted_in_the_zone_of_the_calendar() -> None:
    office = Calendar(ZoneInfo("Europe/Zagreb"), dict.fromkeys(range(5), OFFICE_HOURS))
    friday_us = to_us(datetime(2026, 3, 6, 15, 45, tzinfo=UTC))
    found = rank([question(friday_us)], POLICY, office)
    monday = datetime(2026, 3, 9, 8, 45, tzinfo=UTC)
    assert found.due_us == to_us(monday)
    assert monday.astimezone(office.zone) - timedelta(hours=9, minutes=45) == datetime(
        2026, 3, 9, tzinfo=office.zone
    )
