"""The bell rings for what matters, and not more often than once a minute."""

from __future__ import annotations

import pytest
from tests.console.harness import FixedClock

from careconsole.console.alerts import Alerts, has_title, title_words
from careconsole.store.rows import Counts

QUIET = Counts(waiting=10, mine=1, tier_zero=0, due_soon=2)


def alerts_and_clock() -> tuple[Alerts, FixedClock]:
    clock = FixedClock()
    alerts = Alerts(clock.now_s)
    assert not alerts.rings(QUIET, {7: 1}), "what is there at the start is no news"
    return alerts, clock


@pytest.mark.parametrize(
    ("counts", "mine", "rings"),
    [
        (Counts(waiting=50, mine=1, tier_zero=0, due_soon=2), {7: 1}, False),
        (Counts(waiting=11, mine=1, tier_zero=1, due_soon=2), {7: 1}, True),
        (Counts(waiting=11, mine=1, tier_zero=0, due_soon=3), {7: 1}, True),
        (Counts(waiting=11, mine=1, tier_zero=0, due_soon=1), {7: 1}, False),
        (QUIET, {7: 2}, True),
        (QUIET, {7: 1, 8: 3}, False),
        (QUIET, {}, False),
        (Counts(waiting=10, mine=1, tier_zero=0, due_soon=2, back=1), {7: 1}, True),
    ],
)
def test_what_rings(counts: Counts, mine: dict[int, int], rings: bool) -> None:
    alerts, _ = alerts_and_clock()
    assert alerts.rings(counts, mine) is rings


def test_a_call_rings_and_what_others_did_does_too() -> None:
    alerts, clock = alerts_and_clock()
    assert alerts.rings(QUIET, {7: 1}, has_news=True)
    called = Counts(waiting=10, mine=1, tier_zero=0, due_soon=2, calls=1)
    assert not alerts.rings(called, {7: 1}, has_news=True), "not twice a minute"
    clock.forward(61)
    assert alerts.rings(called, {7: 1}), "it is rung for later"
    clock.forward(61)
    assert not alerts.rings(called, {7: 1})


def test_at_most_once_a_minute() -> None:
    alerts, clock = alerts_and_clock()
    rung = 0
    for more in range(1, 181):
        clock.forward(1)
        rung += alerts.rings(Counts(waiting=10, mine=1, tier_zero=more, due_soon=2), {})
    assert rung == 3


def test_an_emergency_within_the_quiet_minute_rings_behind_it_if_it_is_still_there() -> None:
    alerts, clock = alerts_and_clock()
    due = Counts(waiting=10, mine=1, tier_zero=0, due_soon=3)
    emergency = Counts(waiting=11, mine=1, tier_zero=1, due_soon=3)
    assert alerts.rings(due, {})
    rung = []
    for second in range(1, 200):
        clock.forward(1)
        if alerts.rings(emergency if 30 <= second < 150 else due, {}):
            rung.append(second)
    assert rung == [60]


def test_what_has_gone_within_the_quiet_minute_does_not_ring() -> None:
    alerts, clock = alerts_and_clock()
    assert alerts.rings(QUIET, {7: 2})
    clock.forward(30)
    assert not alerts.rings(QUIET, {7: 3})
    clock.forward(10)
    assert not alerts.rings(QUIET, {7: 1})
    clock.forward(100)
    assert not alerts.rings(QUIET, {7: 1})
    assert alerts.rings(QUIET, {7: 2})


def test_the_title_has_counts_only() -> None:
    assert title_words(QUIET) == "careconsole: 2 due, 10 waiting, 1 mine"
    assert title_words(Counts(3, 0, 1, 0)) == "careconsole: 1 EMERGENCY, 3 waiting"


def test_terminals_without_a_title() -> None:
    assert has_title("xterm-256color") and has_title("tmux-256color")
    assert not has_title("linux") and not has_title("")
