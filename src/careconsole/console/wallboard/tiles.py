"""The tiles: which numbers, with which targets, and how each stands on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from textual.content import Content
from textual.widget import Widget

from careconsole.console.text import fit
from careconsole.console.wallboard.digits import large
from careconsole.desk.reporting.definitions import DEFINITIONS, Unit
from careconsole.desk.reporting.figures import Figure, Value

SECOND_US = 1_000_000
_RUN = re.compile(r" +|[^ ]+")


@dataclass(frozen=True, slots=True)
class TileKind:
    """One number of the wall."""

    measure: str
    word: str
    """Its short name, in lower case as it stands on the tile."""
    target: str
    """What of `[wallboard]` its target is called."""
    is_rate: bool = False
    """Counted over the window: shown anew once a minute; else every second."""
    more_is_better: bool = False


TILES = (
    TileKind("late", "late now", "late"),
    TileKind("backlog", "backlog", "backlog"),
    TileKind("oldest", "oldest", "oldest_min"),
    TileKind("sla_attainment", "in time", "kept_pct", is_rate=True, more_is_better=True),
    TileKind("asa", "mean wait", "mean_wait_min", is_rate=True),
    TileKind("answers", "answers", "answers", is_rate=True, more_is_better=True),
)


def target_value(kind: TileKind, targets: Mapping[str, float]) -> Fraction | None:
    """The target in the unit of the number; None if there is none."""
    target = targets.get(kind.target)
    if target is None:
        return None
    unit = DEFINITIONS[kind.measure].unit
    if unit is Unit.SECONDS:
        return Fraction(target) * 60 * SECOND_US
    return Fraction(target) / 100 if unit is Unit.SHARE else Fraction(target)


def is_missed(kind: TileKind, value: Value, targets: Mapping[str, float]) -> bool:
    """Whether a number is on the wrong side of its target."""
    target = target_value(kind, targets)
    if target is None or value is None:
        return False
    return value < target if kind.more_is_better else value > target


def plain_digits(kind: TileKind, value: Value) -> str:
    """The number in as few signs as it can be read in from far away."""
    if value is None:
        return "-"
    unit = DEFINITIONS[kind.measure].unit
    if unit is Unit.SHARE:
        return f"{int(value * 100)}%" if value < 1 else "100%"  # 99.9 is not yet 100
    if unit is Unit.SECONDS:
        return short_span(round(Fraction(value) / SECOND_US))
    return f"{int(value):,}" if value < 100_000 else f"{int(value)}"


def short_span(seconds: int) -> str:
    """`45s`, `12m`, `3h20`, `2d4h`."""
    if seconds < 60:
        return f"{seconds}s"
    if seconds < 3600:
        return f"{seconds // 60}m"
    if seconds < 48 * 3600:
        return f"{seconds // 3600}h{seconds % 3600 // 60:02}"
    return f"{seconds // 86400}d{seconds % 86400 // 3600}h"


def target_words(kind: TileKind, targets: Mapping[str, float]) -> str:
    """The target, as short."""
    target = target_value(kind, targets)
    if target is None:
        return ""
    side = "≥" if kind.more_is_better else "≤"
    return f"{side} {plain_digits(kind, target)}"


class Tile(Widget):
    """A number in large digits below a line that says it once more in plain ones, with the target."""

    def __init__(self, kind: TileKind, targets: Mapping[str, float]) -> None:
        super().__init__(id=f"tile-{kind.measure.replace('_', '-')}")
        self.kind = kind
        self._targets = targets
        self.figure = Figure(None, 0)
        self._shown = ""

    @property
    def digits(self) -> str:
        """What stands there."""
        return plain_digits(self.kind, self.figure.value)

    def show_figure(self, figure: Figure) -> None:
        """Show this number from now on; nothing is painted if it reads the same."""
        self.figure = figure
        missed = is_missed(self.kind, figure.value, self._targets)
        self.set_class(missed, "-missed")
        if (shown := f"{missed} {self.digits}") != self._shown:
            self._shown = shown
            self.refresh()

    def show_chosen(self, is_chosen: bool) -> None:
        """Whether its definition would be shown."""
        self.set_class(is_chosen, "-chosen")

    def render(self) -> Content:
        """Title line and digits."""
        width, height = self.size.width, self.size.height
        mark = "! " if self.has_class("-missed") else ""
        left = f"{mark}{self.kind.word} {self.digits}"
        right = target_words(self.kind, self._targets)
        room = max(0, width - len(right))
        title = Content.styled(fit(left, room) + right if room > len(left) else fit(left, width), "bold")
        lines = large(self.digits, width, height - 1)
        return Content("\n").join([title, *map(_in_runs, lines)])


def _in_runs(line: str) -> Content:
    """Blocks and blanks apart, so that each run has its own place also where a picture of the screen is drawn."""
    return Content.assemble(*((run, "" if run.isspace() else "bold") for run in _RUN.findall(line)))
