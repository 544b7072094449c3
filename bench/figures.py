"""Figures: a measured value, its budget, whether it was met; printed as Markdown tables."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    word: str
    many: int
    """Open conversations of the large desk."""
    imported: int
    repeats: int
    """Starts of a program, of which the median counts."""
    keys: int
    """Presses of a key."""
    claims: int
    """Conversations that twenty processes take at full speed."""
    paced_s: float
    """How long twenty processes act once a second."""
    kills: int
    typing_kills: int
    found: int
    """Messages among which is searched."""
    commits: int
    """Commits whose way to another process is timed."""
    idle_s: float
    hour_s: float
    """Real seconds in which an hour of a shift is replayed."""
    an_hour: int
    """Messages of such an hour."""
    terminals: tuple[tuple[int, int], ...]
    """Sizes of the terminal on which bombs and rest are looked at."""


FULL = Sizes(
    word="full",
    many=100_000,
    imported=100_000,
    repeats=7,
    keys=200,
    claims=10_000,
    paced_s=60.0,
    kills=200,
    typing_kills=200,
    found=1_000_000,
    commits=400,
    idle_s=60.0,
    hour_s=30.0,
    an_hour=300,
    terminals=((80, 24), (170, 50)),
)
QUICK = Sizes(
    word="quick",
    many=3_000,
    imported=5_000,
    repeats=1,
    keys=12,
    claims=500,
    paced_s=3.0,
    kills=3,
    typing_kills=2,
    found=10_000,
    commits=20,
    idle_s=5.0,
    hour_s=2.0,
    an_hour=12,
    terminals=((120, 40),),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table."""

    name: str
    measured: str
    budget: str = ""
    met: bool | None = None
    """None where there is no budget: a rival, or something for comparison."""

    @property
    def verdict(self) -> str:
        """The last column."""
        return "" if self.met is None else "met" if self.met else "MISSED"


@dataclass(slots=True)
class Table:
    """The figures of one group."""

    title: str
    lines: list[Figure] = field(default_factory=list)

    def at_most(self, name: str, value: float, budget: float, unit: str, extra: str = "") -> None:
        """A figure that must not be above its budget."""
        self._add(name, value, budget, unit, extra, value <= budget, "<=")

    def at_least(self, name: str, value: float, budget: float, unit: str, extra: str = "") -> None:
        """A figure that must not be below its budget."""
        self._add(name, value, budget, unit, extra, value >= budget, ">=")

    def zero(self, name: str, count: int, extra: str = "") -> None:
        """Something that must not happen."""
        self._add(name, count, 0, "", extra, count == 0, "")

    def note(self, name: str, measured: str) -> None:
        """Something without a budget: a rival, a size, a ratio."""
        self.lines.append(Figure(name, measured))
        print(f"  {name}: {measured}", flush=True)

    def missing(self, rival: str, why: str = "not installed") -> None:
        """A rival that could not be measured."""
        self.note(rival, f"missing: {why}")

    def _add(
        self, name: str, value: float, budget: float, unit: str, extra: str, met: bool, sign: str
    ) -> None:
        measured = f"{in_unit(value, unit)}{f' ({extra})' if extra else ''}"
        figure = Figure(name, measured, f"{sign} {in_unit(budget, unit)}".strip(), met)
        self.lines.append(figure)
        print(f"  {name}: {measured}, budget {figure.budget}: {figure.verdict}", flush=True)

    def markdown(self) -> str:
        """The table."""
        rows = [f"| {line.name} | {line.measured} | {line.budget} | {line.verdict} |" for line in self.lines]
        return "\n".join(
            [f"### {self.title}", "", "| What | Measured | Budget | |", "|---|---:|---:|---|", *rows, ""]
        )


def in_unit(value: float, unit: str) -> str:
    """A number as people write it, with its unit."""
    text = f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
    return f"{text} {unit}".strip()


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)
