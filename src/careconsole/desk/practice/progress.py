"""Progress over practice runs: a line for each, and what got better or worse. Computed from the records, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from careconsole.channels.contract import ChannelError
from careconsole.desk.practice.columns import cut, filled, wrapped
from careconsole.desk.practice.debrief import Debrief, debrief
from careconsole.desk.practice.debrief_text import Line, Look, counted
from careconsole.desk.practice.judging.rules import RULES, MarkName
from careconsole.desk.practice.run import RUN_FILE, Run
from careconsole.desk.practice.scenario import Scenario
from careconsole.language.private_data import GuardRules
from careconsole.model.text_gate import safe_line
from careconsole.store.contract import Damaged, NoDesk, StoreError, WrongFile
from careconsole.store.opening import open_store

Played = tuple[Scenario, GuardRules | None]
"""The scenario of a run, and what the brand knew of its numbers."""
PlayedOf = Callable[[Run], Played]
"""What a run played. May raise ChannelError."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in a line."""

    number: int
    scenario: str
    seed: int
    agent: str
    on: date | None
    """The day on which it was played, as its folder says."""
    is_finished: bool
    points: Mapping[MarkName, int | None]
    by_rule: Mapping[str, int]
    trouble: str = ""
    """Why it cannot be counted; then nothing else is known."""
    keys_per_item: float | None = None
    """Keys for each conversation resolved; None where none was, or the keys were not kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """A mark or a rule, then and now; of a mark None is nothing to judge."""

    name: str
    before: int | None
    now: int | None
    is_better: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """The runs of a home, oldest first, and the newest against the one before it."""

    runs: tuple[RunLine, ...]
    before: RunLine | None = None
    """The earlier run to compare with: of the same agent, and of the same scenario where there is one."""
    newest: RunLine | None = None
    changes: tuple[Change, ...] = ()


async def debrief_of(run: Run, scenario: Scenario, guard: GuardRules | None = None) -> Debrief:
    """The debrief of a run in its folder, which is only read. Raises StoreError with a sentence."""
    try:
        async with open_store(run.record, read_only=True, in_line=True) as store:
            return await debrief(store, run, scenario, guard)
    except NoDesk:
        raise StoreError(f"Run {run.number} has no record: {run.record} is missing.") from None
    except (WrongFile, Damaged) as error:
        fact = str(error).rpartition(". ")[0] or str(error)  # what a real desk is advised to do helps no run
        raise StoreError(
            f"Run {run.number} cannot be told of: {fact}. Practise again; {run.folder} can be removed, "
            "no other run is touched by that."
        ) from error


async def progress_of(runs: Sequence[Run], played_of: PlayedOf, known: Iterable[Debrief] = ()) -> Progress:
    """Every run in a line; one that cannot be read has a sentence in place of marks.

    `known`: debriefs that are at hand already.
    """
    at_hand = {each.number: each for each in known}
    lines = []
    for run in sorted(runs, key=lambda run: run.number):
        try:
            found = at_hand.get(run.number) or await debrief_of(run, *played_of(run))
            lines.append(_line(run, found))
        except (StoreError, ChannelError) as error:
            lines.append(
                RunLine(
                    run.number, run.scenario, run.seed, run.agent, _played_on(run), False, {}, {}, str(error)
                )
            )
    return compared(lines)


def compared(lines: Sequence[RunLine]) -> Progress:
    """The lines, and the newest of them against an earlier one."""
    read = [line for line in lines if not line.trouble]
    newest = read[-1] if read else None
    earlier = [line for line in read[:-1] if newest is not None and line.agent == newest.agent]
    same = [line for line in earlier if newest is not None and line.scenario == newest.scenario]
    if newest is None or not earlier:
        return Progress(tuple(lines), None, newest)
    before = (same or earlier)[-1]
    return Progress(tuple(lines), before, newest, tuple(_changes(before, newest)))


def _line(run: Run, found: Debrief) -> RunLine:
    points = {mark.name: mark.points for mark in found.marks}
    return RunLine(
        run.number,
        run.scenario,
        run.seed,
        run.agent,
        _played_on(run),
        found.is_finished,
        points,
        found.by_rule,
        keys_per_item=None if found.drill is None else found.drill.keys_per_item,
    )


def _played_on(run: Run) -> date | None:
    try:
        played = (run.folder / RUN_FILE).stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(played).astimezone().date()


def _changes(before: RunLine, newest: RunLine) -> Iterator[Change]:
    for name in MarkName:
        was, now = before.points.get(name), newest.points.get(name)
        if was != now and was is not None and now is not None:
            yield Change(name.value, was, now, now > was)
    for rule_id, rule in RULES.items():
        if before.points.get(rule.mark) is None or newest.points.get(rule.mark) is None:
            continue  # a run in which nothing was judged by it is neither better nor worse
        often, oftener = before.by_rule.get(rule_id, 0), newest.by_rule.get(rule_id, 0)
        if often != oftener:
            yield Change(rule_id, often, oftener, oftener < often)


# As lines of text

_CELLS = (3, 10, 14, 6, 5, 5, 5, 5, 5, 5, 4)
_HEADS = ("run", "date", "scenario", "seed", "order", "visib", "ackn", "tone", "resol", "wrong", "keys")


def progress_lines(progress: Progress, width: int) -> list[Line]:
    """The progress in lines of at most so many columns."""
    if not progress.runs:
        return [Line("No practice run yet.")]
    return [
        Line("PROGRESS", Look.HEAD),
        Line(cut(_row(_HEADS), width), Look.RULE),
        *(line for run in progress.runs for line in _run_lines(run, width)),
        Line(""),
        *(Line(line, look) for sentence, look in sentences_of(progress) for line in wrapped(sentence, width)),
    ]


def _row(cells: Sequence[str]) -> str:
    left = (1, 2)
    return " ".join(
        filled(cell, size, right=place not in left)
        for place, (cell, size) in enumerate(zip(cells, _CELLS, strict=True))
    )


def run_cells(run: RunLine) -> tuple[str, ...]:
    """A run as the table shows it."""
    points = ["-" if run.points.get(name) is None else str(run.points[name]) for name in MarkName]
    keys = "-" if run.keys_per_item is None else f"{run.keys_per_item:.3g}"
    on = "" if run.on is None else run.on.isoformat()
    return (str(run.number), on, run.scenario, str(run.seed), *points, str(sum(run.by_rule.values())), keys)


def _run_lines(run: RunLine, width: int) -> Iterator[Line]:
    if run.trouble:
        yield Line(f"{run.number:>4} {cut(run.scenario, 40)}, seed {run.seed}", Look.BAD)
        yield from (Line(line, Look.BAD) for line in wrapped(safe_line(run.trouble).text, width, "     "))
        return
    yield Line(cut(_row(run_cells(run)), width))
    broken = rules_words(run)
    if broken:
        yield from (Line(line, Look.ASIDE) for line in wrapped(broken, width, "     "))


def rules_words(run: RunLine) -> str:
    """`answer-in-time 3, blame 1`; and whether it has no end: it was cut short, or goes on."""
    broken = [f"{rule_id} {run.by_rule[rule_id]}" for rule_id in RULES if run.by_rule.get(rule_id)]
    return ", ".join([*broken, *(["no end yet"] if not run.is_finished else [])])


def sentences_of(progress: Progress) -> Iterator[tuple[str, Look]]:
    """What got better and what got worse, in sentences."""
    before, newest = progress.before, progress.newest
    if before is None or newest is None:
        yield "There is no earlier run to compare with.", Look.PLAIN
        return
    other = "" if before.scenario == newest.scenario else f", another scenario ({before.scenario})"
    against = f"run {newest.number} against run {before.number}{other}"
    if not progress.changes:
        yield f"Nothing changed: {against}.", Look.PLAIN
    for is_better, word, look in ((True, "Better", Look.GOOD), (False, "Worse", Look.BAD)):
        changed = [_change_words(one) for one in progress.changes if one.is_better == is_better]
        if changed:
            yield f"{word}, {against}: {', '.join(changed)}.", look


def _change_words(change: Change) -> str:
    if change.name in RULES:
        return f"{change.name} {counted(change.before or 0, 'time')} -> {change.now or 0}"
    return f"{change.name} {change.before} -> {change.now}"
