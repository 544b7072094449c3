"""Which messages arrive: the source played several times, by more or fewer customers, each moved a little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from random import Random

from careconsole.desk.simulation.source import Message, Source
from careconsole.desk.simulation.work import answer_us
from careconsole.model.priority import Waiting

DAY_US = 86_400_000_000
DAYS = 7
"""So many days are simulated, or as many as the source has if that is more."""
JITTER_MIN = 10
"""Everything that a customer writes is moved by up to so many minutes, earlier or later."""
MOST_ARRIVALS = 100_000
"""More messages are not simulated at once."""


class TooManyArrivals(Exception):
    """A load brings more messages than are simulated; a sentence says so."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that arrives, and the work that it makes; the same under every policy."""

    number: int
    """In order of time, from 0."""
    customer: int
    """One of these is one person on one account."""
    account: str
    waiting: Waiting
    is_emergency: bool
    is_vip: bool
    reading_us: int
    answer_us: int
    gone_us: int | None = None
    """When its writer takes it back."""

    @property
    def at_us(self) -> int:
        """When it arrives."""
        return self.waiting.at_us


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Everything that arrives at one load."""

    each: tuple[Arrival, ...]
    load: float
    """How many customers for each one of the source."""
    days: int

    @property
    def a_day(self) -> float:
        """Messages a day."""
        return len(self.each) / self.days


def most_load(source: Source) -> float:
    """The highest load that is simulated."""
    return MOST_ARRIVALS / (source.messages * rounds_of(source))


def days_of(source: Source) -> int:
    """How many days are simulated."""
    return rounds_of(source) * _period_days(source)


def rounds_of(source: Source) -> int:
    """How often the source is played."""
    return max(1, round(DAYS / _period_days(source)))


def arrivals_of(source: Source, load: float, seed: int) -> Arrivals:
    """What arrives if so many customers write for each one of the source. Raises TooManyArrivals.

    The source is played once in as many days as it spans, for a week or more. In each round a customer of it comes
    `load` times: 2.5 are two, and a third one with an even chance. What comes at a lower load comes at a higher one
    too, at the same time and with the same work.
    """
    if load > most_load(source):
        raise TooManyArrivals(
            f"{load:g} times the source are {round(load * source.messages * rounds_of(source)):,} messages; "
            f"at most {MOST_ARRIVALS:,} are simulated"
        )
    coming = sorted(_all_that_comes(source, load, seed), key=lambda one: one[:3])
    each = tuple(_arrival(number, *one) for number, one in enumerate(coming))
    return Arrivals(each, load, days_of(source))


_Coming = tuple[int, int, int, Message, float]
"""When, whose, the how-manieth of theirs, what, and a chance that says how hard the answer is."""


def _all_that_comes(source: Source, load: float, seed: int) -> Iterator[_Coming]:
    period_us = _period_days(source) * DAY_US
    copies = ceil(load)
    for round_ in range(rounds_of(source)):
        for copy in range(copies):
            # Each copy has chances of its own, and all of them are drawn: so a load is part of every higher one.
            chances = Random(f"{seed} {round_} {copy}")
            for index, said in enumerate(source.people):
                comes = copy + chances.random() < load
                by_us = round_ * period_us + round((2 * chances.random() - 1) * JITTER_MIN * 60_000) * 1_000
                hard = [chances.random() for _ in said]
                if comes:
                    customer = (round_ * copies + copy) * len(source.people) + index
                    for place, (one, chance) in enumerate(zip(said, hard, strict=True)):
                        yield one.waiting.at_us + by_us, customer, place, one, chance


def _arrival(number: int, at_us: int, customer: int, _: int, said: Message, chance: float) -> Arrival:
    was = said.waiting
    return Arrival(
        number,
        customer,
        said.account,
        Waiting(was.kind, at_us, was.reach, was.is_negative, was.is_paid),
        said.is_emergency,
        said.is_vip,
        said.reading_s * 1_000_000,
        answer_us(was.kind, chance),
        None if said.gone_us is None else said.gone_us - was.at_us + at_us,
    )


def _period_days(source: Source) -> int:
    return max(1, round((source.ends_us - source.begins_us) / DAY_US))
