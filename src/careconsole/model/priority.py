"""The rank of a conversation: `(tier, effective_due, waiting_since, id)`, smallest first (product.md 4.3)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from careconsole.model.calendar import ALWAYS_OPEN, Calendar, add_business_minutes
from careconsole.model.instant import from_us, to_us
from careconsole.model.message import Kind

EMERGENCY_TARGET_MIN = 5
"""Target of tier 0; its clock runs day and night."""

BOOST_CAP_MIN = 50

CLEARLY_NEGATIVE = -0.45
"""A mood of -1 to 1 that is so low, or lower, is a term of the rank."""

DEFAULT_TARGETS_MIN: dict[Kind, int] = {
    Kind.QUESTION: 60,
    Kind.COMPLAINT: 60,
    Kind.PRAISE: 240,
    Kind.IDEA: 240,
    Kind.BRAND_TALK: 240,
    Kind.NOISE: 240,
}


@dataclass(frozen=True, slots=True)
class RankPolicy:
    """What the settings say about rank; the same for everybody on one desk."""

    targets_min: Mapping[Kind, int] = field(default_factory=lambda: DEFAULT_TARGETS_MIN)
    vips: frozenset[str] = frozenset()
    """Handles without @, folded to lower case."""
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    """By account name; an account without one is open day and night."""
    own_targets_min: Mapping[str, int] = field(default_factory=dict)
    """Messages, by external id, that have a target of their own in place of their kind's: those of a practice run."""

    def calendar_of(self, account: str) -> Calendar:
        """The calendar of an account."""
        return self.calendars.get(account, ALWAYS_OPEN)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One unanswered customer message, as far as rank needs it."""

    kind: Kind
    at_us: int
    reach: int = 0
    is_negative: bool = False
    is_paid: bool = False
    """Under a sponsored or dark post."""
    own_target_min: int | None = None
    """Its own target, which counts from when it came; None if it has that of its kind."""


@dataclass(frozen=True, slots=True)
class Term:
    """One addend of the sum; `minutes` is negative where it brings the due time forward."""

    name: str
    minutes: float

    @property
    def said(self) -> str:
        """The minutes exactly, so that the sum can be checked by hand: "+ 30 min", "- 4 min 36.4 s"."""
        sign = "-" if self.minutes < 0 else "+"
        whole, over_us = divmod(abs(round(self.minutes * 60_000_000)), 60_000_000)
        seconds = f"{over_us / 1_000_000:.6f}".rstrip("0").rstrip(".")
        return f"{sign} {whole} min" if not over_us else f"{sign} {whole} min {seconds} s"


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a conversation stands, and the sum behind it.

    `waiting_since_us` plus all terms (in minutes) is `effective_due_us`, always.
    """

    tier: int
    kind: Kind
    target_min: int
    boost_min: int
    waiting_since_us: int
    due_us: int
    """The promise itself, without any boost."""
    effective_due_us: int
    boosts: tuple[tuple[str, int], ...] = ()
    """Every head start in minutes, before the cap."""
    is_own_target: bool = False
    """Whether the target is that of its most urgent message alone, not that of a kind."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The sum, term by term: minutes that lead from when the customer began to wait to the due time."""
        terms = [Term("target", self.target_min), *(Term(name, -minutes) for name, minutes in self.boosts)]
        if over := sum(minutes for _, minutes in self.boosts) - self.boost_min:
            terms.append(Term("cap", over))
        span_us = self.effective_due_us - self.waiting_since_us
        if closed_us := span_us - (self.target_min - self.boost_min) * 60_000_000:
            minutes = closed_us / 60_000_000
            terms.append(Term("closed hours", int(minutes) if minutes.is_integer() else minutes))
        return tuple(terms)


def reach_term_min(reach: int) -> int:
    """Minutes of head start for an audience: 10 x log10(reach / 1000), whole minutes, never below 0."""
    return max(0, round(10 * math.log10(reach / 1000))) if reach > 1000 else 0


def rank(
    waiting: Sequence[Waiting],
    policy: RankPolicy,
    calendar: Calendar = ALWAYS_OPEN,
    *,
    tier: int = 1,
    is_vip: bool = False,
    waits_elsewhere: bool = False,
) -> Rank:
    """The rank of a conversation with these unanswered messages (at least one).

    Kind, target and each term are those of its most urgent message: smallest target, largest term.
    """
    urgent = waiting[0]
    first_us = urgent.at_us
    if len(waiting) > 1:
        first_us = min(message.at_us for message in waiting)
        urgent = min(waiting, key=lambda message: (_target_min(message, first_us, policy), message.at_us))
    if tier == 0:
        due_us = first_us + EMERGENCY_TARGET_MIN * 60_000_000
        return Rank(0, urgent.kind, EMERGENCY_TARGET_MIN, 0, first_us, due_us, due_us)
    target_min, is_own = _target_min(urgent, first_us, policy), urgent.own_target_min is not None
    boosts = (("vip", target_min),) if is_vip else _boosts(waiting, waits_elsewhere)
    due_us = _after(first_us, target_min, calendar)
    if not boosts:
        return Rank(1, urgent.kind, target_min, 0, first_us, due_us, due_us, (), is_own)
    limit_min = target_min if is_vip else min(BOOST_CAP_MIN, target_min)
    boost_min = min(limit_min, sum([minutes for _, minutes in boosts]))
    effective_due_us = _after(first_us, target_min - boost_min, calendar)
    return Rank(1, urgent.kind, target_min, boost_min, first_us, due_us, effective_due_us, boosts, is_own)


def _target_min(message: Waiting, first_us: int, policy: RankPolicy) -> int:
    """Minutes from the beginning of the wait; of a target of its own also those until the message came, rounded up."""
    if message.own_target_min is None:
        return policy.targets_min[message.kind]
    return message.own_target_min - (first_us - message.at_us) // 60_000_000


def _boosts(waiting: Sequence[Waiting], waits_elsewhere: bool) -> tuple[tuple[str, int], ...]:
    reach, is_negative, is_paid = 0, False, False
    for message in waiting:
        reach = max(reach, message.reach)
        is_negative = is_negative or message.is_negative
        is_paid = is_paid or message.is_paid
    boosts = []
    if reach_min := reach_term_min(reach):
        boosts.append(("reach", reach_min))
    if len(waiting) > 1:
        boosts.append(("repeat", min(20, 10 * (len(waiting) - 1))))
    if is_negative:
        boosts.append(("mood", 10))
    if is_paid:
        boosts.append(("paid", 10))
    if waits_elsewhere:
        boosts.append(("second channel", 10))
    return tuple(boosts)


def _after(start_us: int, minutes: int, calendar: Calendar) -> int:
    if calendar.always_open:
        return start_us + minutes * 60_000_000
    return to_us(add_business_minutes(from_us(start_us), minutes, calendar))
