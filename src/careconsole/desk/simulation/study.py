"""Which load to look at, what every policy makes of it, and how many agents each would need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from careconsole.desk.simulation.arrivals import Arrivals, arrivals_of, most_load
from careconsole.desk.simulation.figures import Figures, attained, figures_of
from careconsole.desk.simulation.policies import Policy
from careconsole.desk.simulation.run import run
from careconsole.desk.simulation.source import NothingToSimulate, Source

FEWEST_KEPT, MOST_KEPT = 0.6, 0.8
"""Between these shares of first come, first served the policies are compared: neither idle nor lost."""
OTHER_LOADS = (0.5, 0.8, 1.2, 1.5)
"""Times the load that is looked at."""
MOST_AGENTS = 1_000

_WANTED = 0.7
_NEAR = 0.005
_STEPS = 24
_LOWEST = 0.001
_NOBODY = -1.0
"""Farther from what is wanted than any load that brings somebody."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a simulation."""

    agents: int
    within_min: int = 60
    share: float = 0.8
    seed: int = 1
    load: float | None = None
    """None: the load at which first come, first served answers 70 % in time."""

    @property
    def within_us(self) -> int:
        """The minutes in microseconds."""
        return self.within_min * 60_000_000


@dataclass(frozen=True, slots=True)
class Trial:
    """What every policy made of the same arrivals."""

    arrivals: Arrivals
    figures: dict[Policy, Figures]


@dataclass(frozen=True, slots=True)
class Study:
    """The answer to a question."""

    source: Source
    question: Question
    main: Trial
    others: tuple[Trial, ...]
    """The same agents at other loads, the lightest first."""
    agents_needed: dict[Policy, int | None]
    """The fewest that answer the share in time at the load of `main`; None beyond 1,000."""

    @property
    def is_in_band(self) -> bool:
        """Whether first come, first served answers between 60 and 80 % in time."""
        share = self.main.figures[Policy.FIRST_COME].attained
        return share is not None and FEWEST_KEPT <= share <= MOST_KEPT


def study(source: Source, question: Question) -> Study:
    """Simulate. Raises TooManyArrivals, and NothingToSimulate where nobody comes at the load that was asked for."""
    load = find_load(source, question) if question.load is None else question.load
    main = trial(source, question, load)
    if not main.arrivals.each:
        raise NothingToSimulate("nobody writes")
    others = (times * load for times in OTHER_LOADS)
    return Study(
        source,
        question,
        main,
        tuple(trial(source, question, _rounded(one)) for one in others if one <= most_load(source)),
        {policy: agents_needed(main.arrivals, source, question, policy) for policy in Policy},
    )


def trial(source: Source, question: Question, load: float) -> Trial:
    """All policies at one load. Raises TooManyArrivals."""
    arrivals = arrivals_of(source, load, question.seed)
    return Trial(
        arrivals,
        {
            policy: figures_of(run(arrivals.each, question.agents, policy, source.policy), question.within_us)
            for policy in Policy
        },
    )


def find_load(source: Source, question: Question) -> float:
    """The load at which first come, first served answers nearest to 70 % in time, to three digits."""

    def missing(load: float) -> float:
        arrivals = arrivals_of(source, load, question.seed)
        if not arrivals.each:
            return _NOBODY
        done = run(arrivals.each, question.agents, Policy.FIRST_COME, source.policy)
        return _WANTED - attained(done, question.within_us)

    most = most_load(source)
    low = high = _rounded(min(1.0, most))
    tried = {high: missing(high)}
    while tried[high] < 0 and high < most:
        low, high = high, _rounded(min(high * 2, most), down=True)
        if high in tried:
            break
        tried[high] = missing(high)
    while tried[low] > 0 and low > _LOWEST:
        low, high = _rounded(low / 2), low
        tried[low] = missing(low)
    _narrow(missing, tried, low, high)
    return min(tried, key=lambda load: (abs(tried[load]), load if tried[load] > 0 else -load))


def _narrow(missing: Callable[[float], float], tried: dict[float, float], low: float, high: float) -> None:
    """Try loads between one that is too light and one that is too heavy."""
    for _ in range(_STEPS):
        if min(map(abs, tried.values())) <= _NEAR:
            return
        middle = _rounded((low + high) / 2)
        if middle in tried:
            return
        tried[middle] = missing(middle)
        low, high = (middle, high) if tried[middle] < 0 else (low, middle)


def agents_needed(arrivals: Arrivals, source: Source, question: Question, policy: Policy) -> int | None:
    """The fewest agents who answer the wanted share in time in this order; None if 1,000 do not.

    Looked for in growing steps from the number of the question, then by halving, as more agents never answer less
    in time but by a hair.
    """

    def enough(agents: int) -> bool:
        done = run(arrivals.each, agents, policy, source.policy)
        return attained(done, question.within_us) >= question.share

    too_few, plenty = 0, MOST_AGENTS + 1
    agents, step = question.agents, 1
    while too_few < agents < plenty:
        if enough(agents):
            plenty, agents = agents, agents - step
        else:
            too_few, agents = agents, agents + step
        step *= 2
        agents = min(max(agents, 1), MOST_AGENTS)
    while plenty - too_few > 1:
        middle = (too_few + plenty) // 2
        too_few, plenty = (too_few, middle) if enough(middle) else (middle, plenty)
    return None if plenty > MOST_AGENTS else plenty


def _rounded(load: float, *, down: bool = False) -> float:
    """To three digits, so that a load can be typed."""
    rounded = float(f"{load:.3g}")
    return float(f"{load * 0.99:.3g}") if down and rounded > load else rounded
