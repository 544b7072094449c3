"""Our figures and the telephone's side by side, each with what it means, and whether they may be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from careconsole.desk.reporting.definitions import DEFINITIONS, Unit
from careconsole.desk.reporting.figures import Figure, Key, Value
from careconsole.desk.reporting.telephone import Calls

_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure of ours and the telephone's beside it."""

    measure: str
    """Of ours, as `report` calls it."""
    here: Value
    here_of: int
    unit: Unit
    call_title: str
    calls: Value
    """In the same unit; None where there is nothing to count from."""
    call_says: str
    is_comparable: bool
    why: str
    """What to mind, or why they are not comparable."""

    @property
    def title(self) -> str:
        """What ours is called."""
        return DEFINITIONS[self.measure].title

    @property
    def says(self) -> str:
        """What ours means."""
        return DEFINITIONS[self.measure].says


class Pairing(Protocol):
    """Puts one of the telephone's figures beside ours."""

    def __call__(
        self, measure: str, title: str, value: Value, says: str, why: str, *, is_comparable: bool = False
    ) -> Pair: ...


def pairs_of(figures: Mapping[Key, Figure], calls: Calls) -> Iterator[Pair]:
    """Every figure that the telephone has something beside."""

    def pair(
        measure: str, title: str, value: Value, says: str, why: str, *, is_comparable: bool = False
    ) -> Pair:
        ours = figures.get((measure, "all", "")) or Figure(None, 0)
        unit = DEFINITIONS[measure].unit
        return Pair(measure, ours.value, ours.of, unit, title, value, says, is_comparable, why)

    yield pair(
        "arrivals",
        "Calls offered",
        calls.offered,
        "Calls that came in.",
        "Both count every time that somebody wants an answer: who writes or calls three times counts three times.",
        is_comparable=True,
    )
    yield pair(
        "answers",
        "Calls answered",
        calls.answered,
        "Calls that a person answered.",
        "A call is answered once, a conversation takes several answers.",
    )
    yield from _levels(pair, calls)
    yield pair(
        "asa",
        "ASA",
        _us(calls.mean_s("asa_s")),
        "Average speed of answer: the waits of the answered calls by their number; those abandoned are not in it.",
        "Both are means over the answered alone. Ours runs on the account's calendar, a caller waits on the line.",
        is_comparable=True,
    )
    yield pair(
        "frt_median",
        "ASA",
        _us(calls.mean_s("asa_s")),
        "The waits of the answered calls by their number.",
        "A median beside a mean: a few who wait very long move the mean alone.",
    )
    yield pair(
        "unanswered_share",
        "Abandoned",
        _share(calls.abandoned, calls.offered),
        "Abandoned of the offered calls.",
        "Who calls hangs up; who writes cannot, and goes on waiting.",
    )
    yield from _work(pair, calls)
    yield pair(
        "one_touch",
        "First call resolution",
        _share(calls.counted("resolved_first"), calls.answered),
        "Calls that were done with the first one, of the answered, by the telephone's own rule."
        if calls.counted("resolved_first") is not None
        else "The file has no column resolved_first.",
        "Ours waits 72 h for another message; by which rule and time the telephone counts its file does not say.",
    )


def _levels(pair: Pairing, calls: Calls) -> Iterator[Pair]:
    """The service level in the variants that can be counted: they differ in what stands below the line."""
    within = f"within {float(calls.threshold_s or 0):g} s"
    done = calls.answered + calls.abandoned
    yield pair(
        "service_level",
        "Service level, of answered and abandoned",
        _share(calls.in_threshold, done),
        f"Answered {within}, of all answered and abandoned calls.",
        "Both are shares of promises kept in which who got no answer counts as missed; the promises themselves are of another "
        "length, so neither says who is faster.",
        is_comparable=True,
    )
    yield pair(
        "service_level",
        "Service level, of answered",
        _share(calls.in_threshold, calls.answered),
        f"Answered {within}, of the answered calls alone.",
        "Ours counts who was never answered as missed, this one leaves them out.",
    )
    early = calls.counted("abandoned_in_threshold")
    if early is not None:
        yield pair(
            "service_level",
            "Service level, early abandoned left out",
            _share(calls.in_threshold, done - early),
            f"Answered {within}, of answered and abandoned calls without those abandoned {within}.",
            "Nobody hangs up on a message, so ours has nothing to leave out like it.",
        )


def _work(pair: Pairing, calls: Calls) -> Iterator[Pair]:
    handle = calls.mean_s("talk_s", "hold_s", "wrap_up_s")
    if handle is not None:
        yield pair(
            "focus_per_answer",
            "AHT",
            _us(handle),
            "Average handle time: talk, hold and the work after the call, by the answered calls.",
            "Ours is the work on one answer, theirs that on a whole call: a conversation takes several answers.",
        )
    yield pair(
        "focus_per_answer",
        "Mean talk time",
        _us(calls.mean_s("talk_s")),
        "Talk time by the answered calls; hold and the work after the call are not in it.",
        "Ours is all the work on one answer, theirs a part of the work on a whole call.",
    )


def _share(part: int | None, whole: int) -> Value:
    return None if part is None or whole <= 0 else Fraction(part, whole)


def _us(seconds: Fraction | None) -> Value:
    return None if seconds is None else seconds * _US
