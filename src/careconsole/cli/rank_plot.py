"""The waits of a simulation as a picture: one SVG file, for light and dark pages, that also says itself in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log
from xml.sax.saxutils import escape

from careconsole.cli.report import span_words
from careconsole.cli.simulate_words import POLICY_WORDS
from careconsole.desk.simulation.figures import Figures, Spread
from careconsole.desk.simulation.policies import Policy
from careconsole.desk.simulation.study import Study
from careconsole.model.priority import EMERGENCY_TARGET_MIN

_MIN_US = 60_000_000
_WIDTH, _LEFT, _RIGHT = 780, 120, 660
_TOP, _ROW, _PANEL = 92, 24, 40
_TICKS_MIN = (1, 5, 15, 60, 240, 720, 1_440, 4_320, 10_080)
_STYLE = """\
svg { font: 14px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.page { fill: #ffffff; }
.text { fill: #1f2328; }
.aside { fill: #57606a; font-size: 12px; }
.head { font-weight: 600; }
.grid { stroke: #d0d7de; }
.goal { stroke: #57606a; stroke-dasharray: 4 3; }
.other { fill: #818b98; stroke: #818b98; }
.ours { fill: #0969da; stroke: #0969da; }
.dot { fill: #ffffff; stroke-width: 3; }
@media (prefers-color-scheme: dark) {
  .page, .dot { fill: #0d1117; }
  .text { fill: #e6edf3; }
  .aside { fill: #9198a1; }
  .grid { stroke: #30363d; }
  .goal { stroke: #9198a1; }
  .other { fill: #7d8590; stroke: #7d8590; }
  .ours { fill: #58a6ff; stroke: #58a6ff; }
  .dot { fill: #0d1117; }
}"""

_PANELS: tuple[tuple[str, Callable[[Figures], Spread]], ...] = (
    ("Emergencies", lambda one: one.emergencies),
    ("VIPs", lambda one: one.vips),
    ("Everybody", lambda one: one.all),
)


def plot_of(found: Study) -> str:
    """The picture: for emergencies, VIPs and everybody, how long half, 95 of 100 and the last one waited."""
    body = list(_drawn(found))
    height = _TOP + len(_PANELS) * (len(Policy) * _ROW + _PANEL) + 18
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
            'role="img" aria-labelledby="title words">',
            f'<title id="title">{escape(_title(found))}</title>',
            f'<desc id="words">{escape(_in_words(found))}</desc>',
            f"<style>\n{_STYLE}\n</style>",
            f'<rect class="page" width="{_WIDTH}" height="{height}" rx="6"/>',
            *body,
            "</svg>\n",
        ]
    )


def _title(found: Study) -> str:
    return f"How long customers wait for an answer of {found.question.agents} agents, in four orders"


def _in_words(found: Study) -> str:
    sentences = [_load_words(found)]
    for name, part in _PANELS:
        for policy in Policy:
            spread = part(found.main.figures[policy])
            if spread.half_us is not None:
                sentences.append(
                    f"{name}, {POLICY_WORDS[policy]}: half within {_span(spread.half_us)}, 95 % within "
                    f"{_span(spread.p95_us)}, the longest {_span(spread.worst_us)}."
                )
    return " ".join(sentences)


def _load_words(found: Study) -> str:
    share = found.main.figures[Policy.FIRST_COME].attained
    kept = "" if share is None else f", of which first come, first served answers {share * 100:.0f} %"
    return f"{found.main.arrivals.a_day:,.0f} messages a day{kept} in {found.question.within_min} min."


def _drawn(found: Study) -> Iterator[str]:
    yield _text(20, 30, _title(found), "text head", size=16)
    yield _text(20, 50, _load_words(found), "aside")
    longest_us = max(
        part(figures).worst_us or 0 for _, part in _PANELS for figures in found.main.figures.values()
    )
    axis = _Axis(longest_us)
    top = _TOP
    for name, part in _PANELS:
        goal_min = EMERGENCY_TARGET_MIN if name == "Emergencies" else found.question.within_min
        yield from _panel(found, axis, top, name, part, goal_min)
        top += len(Policy) * _ROW + _PANEL
    yield from _legend(top)


class _Axis:
    """Where a span stands: logarithmic, from one minute to the tick behind the longest wait."""

    def __init__(self, longest_us: int) -> None:
        longest_min = longest_us / _MIN_US
        self.ticks_min = [1, 5]
        for tick in _TICKS_MIN[2:]:
            if self.ticks_min[-1] < longest_min:
                self.ticks_min.append(tick)
        self._most = max(self.ticks_min[-1], longest_min)

    def x(self, span_us: int) -> float:
        minutes = max(1.0, span_us / _MIN_US)
        return round(_LEFT + (_RIGHT - _LEFT) * log(minutes) / log(self._most), 1)


def _panel(
    found: Study, axis: _Axis, top: int, name: str, part: Callable[[Figures], Spread], goal_min: int
) -> Iterator[str]:
    bottom = top + len(Policy) * _ROW
    yield _text(20, top - 8, name, "text head")
    for tick in axis.ticks_min:
        x = axis.x(tick * _MIN_US)
        yield _line(x, top, x, bottom, "grid")
        yield _text(x, bottom + 13, _tick_words(tick), "aside", anchor="middle")
    goal_x = axis.x(goal_min * _MIN_US)
    yield _line(goal_x, top - 5, goal_x, bottom, "goal")
    for number, policy in enumerate(Policy):
        yield from _row(axis, top + number * _ROW + _ROW // 2, policy, part(found.main.figures[policy]))


def _row(axis: _Axis, y: int, policy: Policy, spread: Spread) -> Iterator[str]:
    kind = "ours" if policy is Policy.RANK else "other"
    weight = " head" if policy is Policy.RANK else ""
    yield _text(_LEFT - 10, y + 5, POLICY_WORDS[policy], f"text{weight}", anchor="end")
    if spread.half_us is None or spread.p95_us is None or spread.worst_us is None:
        yield _text(_LEFT + 6, y + 5, "nobody", "aside")
        return
    half, p95, worst = axis.x(spread.half_us), axis.x(spread.p95_us), axis.x(spread.worst_us)
    yield f'<rect class="{kind}" x="{half}" y="{y - 4}" width="{round(p95 - half, 1)}" height="8"/>'
    yield _line(p95, y, worst, y, kind)
    yield _line(worst, y - 6, worst, y + 6, kind)
    yield f'<circle class="{kind} dot" cx="{half}" cy="{y}" r="5"/>'
    yield _text(_RIGHT + 14, y + 5, _span(spread.p95_us), f"text{weight}")


def _legend(y: int) -> Iterator[str]:
    yield _text(_RIGHT + 14, _TOP - 8, "95 %", "aside")
    yield f'<circle class="other dot" cx="26" cy="{y}" r="5"/>'
    yield _text(38, y + 4, "half wait less", "aside")
    yield f'<rect class="other" x="138" y="{y - 4}" width="30" height="8"/>'
    yield _text(176, y + 4, "up to 95 of 100", "aside")
    yield _line(286, y, 312, y, "other")
    yield _line(312, y - 6, 312, y + 6, "other")
    yield _text(320, y + 4, "the longest", "aside")
    yield _line(402, y - 7, 402, y + 7, "goal")
    yield _text(410, y + 4, "what is to be kept", "aside")


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _text(x: float, y: float, words: str, kind: str, *, anchor: str = "start", size: int = 0) -> str:
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' font-size="{size}"' if size else ""
    return f'<text class="{kind}" x="{x}" y="{y}"{more}>{escape(words)}</text>'


def _tick_words(minutes: int) -> str:
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 1_440 else f"{minutes // 1_440} d"


def _span(span_us: int | None) -> str:
    return "-" if span_us is None else span_words(round(span_us / 1_000_000))
