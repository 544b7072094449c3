"""When a reply may leave: the breaker opens, probes and closes; the pace holds; for any course of a network."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.model.breaker import FIRST_PAUSE_S, HALF, IN_A_ROW, LONGEST_PAUSE_S, WINDOW, Gate, Pace
from careconsole.model.reply import Ambiguous, Outcome, Rejected, Retry, Sent

S = 1_000_000_000
START = 7_000 * S
FAILURES: list[Outcome] = [Retry(None, "refused"), Retry(1.0, "too many"), Ambiguous("status 503")]
ANSWERS: list[Outcome] = [Sent("r1"), Rejected("too long")]
REFUSED = Rejected("log in again", account_down=True)


def after(*outcomes: Outcome, gate: Gate | None = None, now_ns: int = START) -> Gate:
    """A gate after replies that left one after the other, all at one moment."""
    gate = gate or Gate()
    for number, outcome in enumerate(outcomes):
        gate = gate.left(number, now_ns, None, is_retry=False).heard(number, outcome, now_ns)
    return gate


@pytest.mark.parametrize("failure", FAILURES)
def test_after_five_failures_in_a_row_nothing_leaves_for_half_a_minute(failure: Outcome) -> None:
    assert after(*[failure] * 4).may_leave(START, None)
    gate = after(*[failure] * 5)
    assert gate.is_open and gate.reason == getattr(failure, "reason", "")
    assert not gate.may_leave(START + 30 * S - 1, None)
    assert gate.may_leave(START + 30 * S, None)


def test_an_answer_in_between_begins_the_row_anew() -> None:
    for answer in ANSWERS:
        assert not after(*FAILURES[:1] * 4, answer, *FAILURES[:1] * 4).is_open


def test_half_of_twenty_failures_open_it_without_five_in_a_row() -> None:
    mixed = [FAILURES[0], FAILURES[0], ANSWERS[0]] * 7
    assert not after(*mixed[:13]).is_open  # nine failures
    assert after(*mixed[:14]).is_open
    rare = [FAILURES[0], ANSWERS[0], ANSWERS[0]] * 40
    assert not after(*rare).is_open


def test_pauses_double_up_to_ten_minutes_and_one_probe_leaves_after_each() -> None:
    gate, now_ns, pauses = after(*FAILURES[:1] * 5), START, []
    for number in range(10, 18):
        pauses.append(gate.rests_s(now_ns))
        now_ns += round(gate.rests_s(now_ns) * S)
        assert gate.may_leave(now_ns, None)
        gate = gate.left(number, now_ns, None, is_retry=True)
        assert not gate.may_leave(now_ns, None), "one probe at a time"
        gate = gate.heard(number, FAILURES[0], now_ns)
    assert pauses == [30, 60, 120, 240, 480, 600, 600, 600]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_closes_it_and_the_next_time_it_begins_with_half_a_minute(answer: Outcome) -> None:
    gate = after(*FAILURES[:1] * 6, now_ns=START)
    closed = gate.left(9, START + 99 * S, None, is_retry=True).heard(9, answer, START + 99 * S)
    assert not closed.is_open and closed.may_leave(START + 99 * S, None)
    assert (closed.recent, closed.reason) == ("", "")
    assert after(*FAILURES[:1] * 5, gate=closed, now_ns=START + 99 * S).pause_s == 30


def test_what_had_left_before_it_opened_does_not_prolong_it() -> None:
    gate = after(*FAILURES[:1] * 5)
    assert gate.heard(77, FAILURES[0], START + S) == gate
    probing = gate.left(9, START + 30 * S, None, is_retry=False)
    assert probing.heard(77, FAILURES[0], START + 31 * S) == probing
    assert not probing.heard(77, Sent("late"), START + 31 * S).is_open


def test_a_probe_that_was_never_heard_of_makes_room_after_its_lease() -> None:
    probing = after(*FAILURES[:1] * 5).left(9, START + 30 * S, None, is_retry=False)
    assert not probing.may_leave(START + 90 * S - 1, None)
    assert probing.may_leave(START + 90 * S, None)


def test_a_probe_that_did_not_leave_or_a_refused_account_makes_room_at_once() -> None:
    gate = after(*FAILURES[:1] * 5)
    probing = gate.left(9, START + 30 * S, None, is_retry=False)
    for free in (probing.unasked(9, START + 31 * S), probing.heard(9, REFUSED, START + 31 * S)):
        assert free.is_open and free.may_leave(START + 31 * S, None) and free.pause_s == 30
    assert probing.unasked(8, START + 31 * S) == probing
    assert after(*[REFUSED] * 30) == Gate()


@pytest.mark.parametrize(("asked_s", "rest_s"), [(5.0, 30), (300.0, 300), (99_999.0, 3600)])
def test_a_longer_pause_that_the_network_asks_for_is_kept(asked_s: float, rest_s: float) -> None:
    gate = after(*[Ambiguous("status 503", asked_s)] * 5)
    assert (gate.rests_s(START), gate.pause_s) == (rest_s, 30)


def test_on_another_boot_a_probe_may_leave_at_once_and_only_one() -> None:
    gate = after(*FAILURES[:1] * 5).after_boot()
    assert gate.is_open and gate.may_leave(1, Pace(1, 5.0))
    assert not gate.left(9, 1, None, is_retry=False).may_leave(1, None)


def test_a_full_bucket_leaves_at_once_and_then_one_each_interval() -> None:
    pace, gate, left = Pace(3, 5.0), Gate(), []
    for second in range(21):
        while gate.may_leave(START + second * S, pace):
            left.append(second)
            gate = gate.left(1, START + second * S, pace, is_retry=False)
    assert left == [0, 0, 0, 5, 10, 15, 20]
    assert gate.paces_s(START + 21 * S, pace) == 4
    assert replace(gate, pause_s=0.0).paces_s(START + 21 * S, None) == 0


@given(
    st.lists(st.floats(0, 40), min_size=1, max_size=200),
    st.integers(1, 20),
    st.floats(0.5, 20),
    st.floats(1, 600),
)
def test_no_span_of_time_sees_more_than_the_bucket_and_its_filling(
    steps: list[float], most: int, every_s: float, span_s: float
) -> None:
    pace, gate, now_ns, left = Pace(most, every_s), Gate(), START, []
    for step in steps:
        now_ns += round(step * S)
        while gate.may_leave(now_ns, pace):
            gate = gate.left(1, now_ns, pace, is_retry=False)
            left.append(now_ns)
    for begin in left:
        within = sum(begin <= each < begin + span_s * S for each in left)
        assert within <= most + span_s / every_s + 1e-6


_OUTCOMES = st.one_of(st.sampled_from(FAILURES), st.sampled_from(ANSWERS), st.just(REFUSED), st.none())


@given(st.lists(st.tuples(st.floats(0, 700), _OUTCOMES), max_size=120))
def test_whatever_the_network_does_it_opens_for_a_reason_and_then_lets_one_through_each_pause(
    course: list[tuple[float, Outcome | None]],
) -> None:
    """None: the sender dies and nothing is ever heard. Who sends does so whenever the gate allows it."""
    gate, now_ns = Gate(), START
    since_closed: list[bool] = []
    quiet_until_ns = START
    for number, (step, outcome) in enumerate(course):
        now_ns += round(step * S)
        if not gate.may_leave(now_ns, None):
            assert gate.is_open
            continue
        assert not gate.is_open or now_ns >= quiet_until_ns
        was_open, before_s = gate.is_open, gate.pause_s
        gate = gate.left(number, now_ns, None, is_retry=False)
        if outcome is None:
            quiet_until_ns = now_ns + 60 * S
            continue
        gate = gate.heard(number, outcome, now_ns)
        if outcome in ANSWERS:
            assert not gate.is_open
            since_closed = [] if was_open else [*since_closed, False]
        elif outcome in FAILURES:
            since_closed.append(True)
            quiet_until_ns = now_ns + round(gate.pause_s * S)
            last = since_closed[-WINDOW:]
            is_time = was_open or since_closed[-IN_A_ROW:] == [True] * IN_A_ROW
            assert gate.is_open == (is_time or sum(last) >= HALF)
            if gate.is_open:
                wanted = min(LONGEST_PAUSE_S, 2 * before_s) if was_open else FIRST_PAUSE_S
                assert gate.pause_s == gate.rests_s(now_ns) == wanted
        else:
            quiet_until_ns = now_ns
