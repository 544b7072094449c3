"""What a policy did to those who waited, in figures that can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from careconsole.desk.simulation.run import Run, Wait


@dataclass(frozen=True, slots=True)
class Spread:
    """How long some of them waited, in microseconds; each waited at least so long who still waits at the end.

    `half_us` and `p95_us` are the shortest spans that 50 and 95 of 100 did not exceed. None if there is nobody.
    """

    count: int
    half_us: int | None = None
    p95_us: int | None = None
    worst_us: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one policy. A share is None where nothing was decided."""

    answered: int
    unanswered: int
    """They still wait at the end."""
    taken_back: int
    attained: float | None
    """Share answered within so many minutes, of those answered and those who waited longer."""
    kept: float | None
    """Share of promises kept, each that of its kind, by the calendar; an emergency's is 5 minutes."""
    passed: int
    """Who had to see a later one begun, no emergency, when the promise to themselves had run out already."""
    all: Spread
    emergencies: Spread
    """From the message that tells of it to the answer."""
    emergencies_begun: Spread
    """From the same to when an agent begins."""
    emergencies_at_work: Spread
    """From when an agent begins to the answer: less is not to be had."""
    vips: Spread


def figures_of(run: Run, within_us: int) -> Figures:
    """The figures of a run, with the share that was answered within so many microseconds."""
    waits, ends_us = run.waits, run.ends_us
    answered = sum(wait.answered_us is not None for wait in waits)
    told = [wait for wait in waits if wait.told_us is not None]
    return Figures(
        answered,
        len(waits) - answered,
        run.taken_back,
        _share((_answer_us(wait, ends_us) - wait.since_us, within_us, wait) for wait in waits),
        _share((_answer_us(wait, ends_us), wait.due_us, wait) for wait in waits),
        _passed(waits),
        spread(_answer_us(wait, ends_us) - wait.since_us for wait in waits),
        spread(_answer_us(wait, ends_us) - (wait.told_us or 0) for wait in told),
        spread(max(0, _begun_us(wait, ends_us) - (wait.told_us or 0)) for wait in told),
        spread(
            wait.answered_us - wait.begun_us
            for wait in told
            if wait.answered_us is not None and wait.begun_us is not None
        ),
        spread(_answer_us(wait, ends_us) - wait.since_us for wait in waits if wait.is_vip),
    )


def attained(run: Run, within_us: int) -> float:
    """The share answered within so many microseconds alone; 1 where nothing was decided."""
    shares = ((_answer_us(wait, run.ends_us) - wait.since_us, within_us, wait) for wait in run.waits)
    found = _share(shares)
    return 1.0 if found is None else found


def spread(spans_us: Iterable[int]) -> Spread:
    """Median, 95th percentile (both by nearest rank) and the longest of some spans."""
    ordered = sorted(spans_us)
    count = len(ordered)
    if not count:
        return Spread(0)
    half, p95 = ordered[ceil(count * 50 / 100) - 1], ordered[ceil(count * 95 / 100) - 1]
    return Spread(count, half, p95, ordered[-1])


def _answer_us(wait: Wait, ends_us: int) -> int:
    return ends_us if wait.answered_us is None else wait.answered_us


def _begun_us(wait: Wait, ends_us: int) -> int:
    return ends_us if wait.begun_us is None else wait.begun_us


def _share(measured: Iterable[tuple[int, int, Wait]]) -> float | None:
    """The share that did not go beyond its limit; who still waits within it is not decided yet."""
    kept = missed = 0
    for taken, limit, wait in measured:
        if taken > limit:
            missed += 1
        elif wait.answered_us is not None:
            kept += 1
    return kept / (kept + missed) if kept or missed else None


def _passed(waits: Iterable[Wait]) -> int:
    """How many, while their own promise had run out, saw one begun that came only after that, and no emergency."""
    begun = sorted((wait for wait in waits if wait.turn), key=lambda wait: wait.turn)
    never = [wait for wait in waits if not wait.turn]
    passed = newest_us = 0
    for wait in (*begun, *never):
        passed += newest_us > wait.latest_due_us
        if wait.turn and wait.tier:
            newest_us = max(newest_us, wait.since_us)
    return passed
