"""How much of a budget intake may spend, and how pauses grow with what was spent."""

from __future__ import annotations

import pytest

from careconsole.channels.contract import PollBudget
from careconsole.channels.pacing import left, most, pause_s, shared, spare

FULL = PollBudget(300, 300, 300)


def test_without_a_budget_nothing_is_stretched() -> None:
    assert (most(None, 0.5), pause_s(None, 15, 2)) == (None, 15)
    assert (most(PollBudget(0, 0, 9), 0.5), pause_s(PollBudget(0, 0, 9), 15, 2)) == (None, 15)


@pytest.mark.parametrize(
    ("budget", "requests"),
    [
        (FULL, 150),
        (PollBudget(300, 160, 300), 10),
        (PollBudget(300, 150, 280), 0),
        (PollBudget(300, 90, 10), -60),
        (PollBudget(300, 160, 300, sent=40), 50),
        (PollBudget(300, 40, 300, sent=200), 10),
        (PollBudget(300, 20, 300, sent=280), -10),
    ],
)
def test_half_is_for_intake_and_sends_are_no_intake(budget: PollBudget, requests: float) -> None:
    assert left(budget) == requests


def test_what_can_be_spared_grows_as_time_passes_and_shrinks_as_it_is_spent() -> None:
    assert spare(FULL) == 45
    assert spare(PollBudget(300, 290, 300)) == 35
    assert spare(PollBudget(300, 290, 150)) == 87.5
    assert spare(PollBudget(300, 160, 1)) == pytest.approx(9.65, abs=0.01)
    assert spare(PollBudget(300, 160, 300)) < 0
    assert most(FULL, 1 / 4) == 7
    assert most(PollBudget(300, 160, 300), 1 / 4) == 0


def test_pauses_grow_with_what_is_spent_and_who_goes_first_waits_less() -> None:
    budgets = [PollBudget(300, remaining, 150) for remaining in range(300, 149, -10)]
    looks = [pause_s(each, 5, 1) for each in budgets]
    polls = [pause_s(each, 5, 2, goes_first=True) for each in budgets]
    assert looks == sorted(looks) and polls == sorted(polls)
    assert all(poll <= look for poll, look in zip(polls, looks, strict=True))
    assert (looks[0], polls[0], looks[-1], polls[-1]) == (5, 5, 150, 150)
    assert polls[-2] == 90, "every third request that is left is for what goes first"
    assert pause_s(PollBudget(300, 3, 4), 15, 2) == 15, "the next window comes first"


def test_a_short_window_is_spent_at_its_own_pace() -> None:
    assert spare(PollBudget(60, 60, 30, window_s=30)) == 9
    assert spare(PollBudget(60, 60, 30, window_s=300)) > 20


def test_what_no_network_told_is_shared() -> None:
    assert shared(None, 0.5) is None
    assert shared(PollBudget(300, 280, 200), 0.5) == PollBudget(300, 280, 200)
    mine = shared(PollBudget(300, 280, 200, is_told=False), 0.5)
    assert mine == PollBudget(150, 130, 200, is_told=False)
