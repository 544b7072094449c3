"""The figures: what is counted, who starves; the load and the number of agents that are found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.simulation.weeks import MIN_US, comes, in_order, sample

from careconsole.desk.simulation.arrivals import TooManyArrivals, arrivals_of, most_load
from careconsole.desk.simulation.figures import Spread, attained, figures_of, spread
from careconsole.desk.simulation.policies import Policy
from careconsole.desk.simulation.run import Run, Wait, run
from careconsole.desk.simulation.source import NothingToSimulate
from careconsole.desk.simulation.study import Question, Study, agents_needed, find_load, study, trial
from careconsole.model.message import Kind
from careconsole.model.priority import RankPolicy

RANKED = RankPolicy()
HOUR_US = 60 * MIN_US
NOBODY = Wait((), 1, False, 0, None, 0, 0, 0)


def waited(
    since: int, begun: int | None, answered: int | None, turn: int = 0, due: int = 60, tier: int = 1
) -> Wait:
    """A wait in minutes."""
    return replace(
        NOBODY,
        since_us=since * MIN_US,
        begun_us=None if begun is None else begun * MIN_US,
        answered_us=None if answered is None else answered * MIN_US,
        turn=turn,
        due_us=(since + due) * MIN_US,
        latest_due_us=(since + due) * MIN_US,
        tier=tier,
    )


def ran(*waits: Wait, ends: int = 1_000) -> Run:
    return Run(Policy.RANK, 1, ends * MIN_US, waits, 0)


# --- spreads ---


@given(st.lists(st.integers(0, 10**12), min_size=1))
def test_a_spread_is_of_spans_that_so_many_did_not_exceed(spans: list[int]) -> None:
    found = spread(spans)
    assert (found.count, found.worst_us) == (len(spans), max(spans))
    for percent, span in ((50, found.half_us), (95, found.p95_us)):
        assert span in spans
        assert sum(each <= span for each in spans) * 100 >= percent * len(spans)
        assert sum(each < span for each in spans) * 100 < percent * len(spans)


def test_of_nobody_there_is_no_spread() -> None:
    assert spread([]) == Spread(0)


# --- shares ---


def test_in_time_are_those_answered_of_those_answered_or_waiting_longer() -> None:
    done = ran(waited(0, 1, 60), waited(0, 1, 61), waited(980, None, None), waited(900, None, None))
    assert attained(done, HOUR_US) == pytest.approx(1 / 3)
    found = figures_of(done, HOUR_US)
    assert (found.attained, found.answered, found.unanswered) == (attained(done, HOUR_US), 2, 2)
    assert found.all == Spread(4, 60 * MIN_US, 100 * MIN_US, 100 * MIN_US)


def test_a_promise_is_that_of_the_kind() -> None:
    done = ran(waited(0, 1, 200, due=240), waited(0, 1, 6, due=5, tier=0))
    assert figures_of(done, HOUR_US).kept == 0.5


def test_where_nothing_is_decided_there_is_no_share() -> None:
    done = ran(waited(999, None, None))
    assert figures_of(done, HOUR_US).attained is None and figures_of(done, HOUR_US).kept is None
    assert attained(done, HOUR_US) == 1


def test_an_emergency_waits_from_the_message_that_tells_of_it() -> None:
    week = in_order([comes(0, 9, work_min=40), comes(1), comes(30, is_emergency=True), comes(99, 8)])
    found = figures_of(run(week, 1, Policy.RANK, RANKED), HOUR_US)
    assert found.emergencies == Spread(1, 12 * MIN_US, 12 * MIN_US, 12 * MIN_US)
    assert found.emergencies_begun.worst_us == 10 * MIN_US
    assert found.emergencies_at_work.worst_us == 2 * MIN_US


def test_the_vips_are_counted_apart() -> None:
    week = in_order([comes(0, 1, work_min=4), comes(1, 2, is_vip=True, work_min=3), comes(99, 3)])
    found = figures_of(run(week, 1, Policy.RANK, RANKED), HOUR_US)
    assert found.vips == Spread(1, 6 * MIN_US, 6 * MIN_US, 6 * MIN_US)


# --- who starves ---


def test_passed_is_who_sees_a_later_one_begun_when_already_late() -> None:
    first, later = waited(0, 80, 82, turn=2), waited(61, 70, 72, turn=1)
    assert figures_of(ran(first, later), HOUR_US).passed == 1


@pytest.mark.parametrize(
    "later",
    [
        waited(60, 70, 72, turn=1),
        waited(61, 70, 72, turn=1, tier=0),
        waited(61, 90, 92, turn=3),
        waited(61, None, None),
    ],
    ids=["came while there was time", "is an emergency", "came after it", "waits still"],
)
def test_nobody_is_passed_by_one_who(later: Wait) -> None:
    assert figures_of(ran(waited(0, 80, 82, turn=2), later), HOUR_US).passed == 0


def test_who_waits_at_the_end_may_have_been_passed() -> None:
    assert figures_of(ran(waited(0, None, None), waited(61, 70, 72, turn=1)), HOUR_US).passed == 1


def test_strict_priority_and_newest_first_let_the_late_be_passed() -> None:
    praise = comes(1, 500, kind=Kind.PRAISE)
    week = in_order([comes(0, 99, work_min=9), praise, *(comes(2 + n * 4, n, work_min=5) for n in range(90))])
    passed = {policy: figures_of(run(week, 1, policy, RANKED), HOUR_US).passed for policy in Policy}
    assert passed[Policy.FIRST_COME] == passed[Policy.RANK] == 0
    assert passed[Policy.STRICT_PRIORITY] == 1 and passed[Policy.NEWEST_FIRST] > 1


# --- the study ---


@pytest.fixture(scope="module")
def found() -> Study:
    """The sample with one agent: the smallest that is a study."""
    return study(sample(), Question(1))


def test_the_load_is_one_that_first_come_can_neither_bear_nor_is_lost_at(found: Study) -> None:
    assert found.is_in_band
    assert found.main.arrivals.load == find_load(found.source, found.question)
    assert found.main.figures[Policy.FIRST_COME].attained == pytest.approx(0.7, abs=0.02)


def test_at_that_load_nobody_starves_under_our_rank_and_emergencies_wait_less_than_in_order_of_time(
    found: Study,
) -> None:
    ours, first_come = found.main.figures[Policy.RANK], found.main.figures[Policy.FIRST_COME]
    assert ours.passed == 0
    assert ours.emergencies.count == first_come.emergencies.count > 50
    assert (ours.emergencies.p95_us or 0) * 4 < (first_come.emergencies.p95_us or 0)


def test_twenty_agents_just_keep_the_five_minutes_of_emergencies() -> None:
    source = sample()
    arrivals = arrivals_of(source, 16.3, 1)
    first_come, ours = (
        figures_of(run(arrivals.each, 20, policy, source.policy), HOUR_US)
        for policy in (Policy.FIRST_COME, Policy.RANK)
    )
    assert 0.6 <= (first_come.attained or 0) <= 0.8
    assert 4 * MIN_US < (ours.emergencies.p95_us or 0) <= 5 * MIN_US


def test_the_other_loads_are_lighter_and_heavier(found: Study) -> None:
    loads = [trial.arrivals.load for trial in found.others]
    assert loads == sorted(loads) and loads[0] < found.main.arrivals.load < loads[-1]
    shares = [one.figures[Policy.FIRST_COME].attained or 0 for one in found.others]
    assert shares == sorted(shares, reverse=True)


def test_the_agents_needed_are_enough_and_one_less_is_not(found: Study) -> None:
    for policy, needed in found.agents_needed.items():
        assert needed is not None
        for agents, enough in ((needed, True), (needed - 1, False)):
            if agents:
                done = run(found.main.arrivals.each, agents, policy, found.source.policy)
                assert (attained(done, HOUR_US) >= 0.8) is enough


def test_where_every_load_can_be_borne_the_heaviest_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careconsole.desk.simulation.arrivals.MOST_ARRIVALS", 4_000)
    source = sample()
    load = find_load(source, Question(1_000))
    assert load <= most_load(source) < load * 1.02


def test_no_number_of_agents_answers_before_it_is_written() -> None:
    source = sample()
    arrivals = arrivals_of(source, 0.2, 1)
    hard = Question(1, within_min=1, share=1.0)
    assert agents_needed(arrivals, source, hard, Policy.RANK) is None


@pytest.mark.parametrize("policy", Policy)
def test_where_each_has_an_agent_nobody_waits_for_one(policy: Policy) -> None:
    source = sample()
    done = trial(source, Question(1_000), 0.3).figures[policy]
    assert done.emergencies_begun.worst_us == 0 and done.attained == 1.0


def test_a_load_at_which_nobody_writes_is_refused() -> None:
    with pytest.raises(NothingToSimulate, match="nobody writes"):
        study(sample(), Question(2, load=0.0001))


@pytest.mark.parametrize("begin_at", [1, 2, 7, 100, 1_000])
def test_the_agents_needed_are_the_same_wherever_the_search_begins(begin_at: int) -> None:
    source = sample()
    arrivals = arrivals_of(source, 1.5, 1)
    found = [agents_needed(arrivals, source, Question(n), Policy.RANK) for n in (begin_at, 3)]
    assert found[0] == found[1] is not None


def test_a_load_that_was_asked_for_is_taken_as_it_is() -> None:
    asked = Question(2, load=0.25, seed=5)
    found = study(sample(), asked)
    assert found.main.arrivals.load == 0.25
    assert found.main == trial(sample(), asked, 0.25)
    with pytest.raises(TooManyArrivals):
        study(sample(), Question(2, load=500.0))
