"""A practice run as a program: begun on the screen, or repeated without one from the keys that were kept."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from operator import itemgetter
from pathlib import Path

from textual import _time

from careconsole.console.ending import ENDED_BY, HUNG_UP, until_end
from careconsole.console.opening import ConsoleOpening, log_to
from careconsole.console.practice.app import TrainingConsole
from careconsole.console.practice.debrief import show_debrief
from careconsole.console.practice.keys import Entry, KeyLog, event_of, read_keys
from careconsole.console.themes import REMEMBERED_FILE
from careconsole.desk.desk import Desk
from careconsole.desk.opening import open_desk, sign_off, sign_on
from careconsole.desk.practice.identity import ids_of
from careconsole.desk.practice.loop import PracticeLoop
from careconsole.desk.practice.own_days import OWN_FILE
from careconsole.desk.practice.practice import Practice
from careconsole.desk.practice.progress import PlayedOf
from careconsole.desk.practice.promising import promising
from careconsole.desk.practice.run import Run, RunError, begin_run
from careconsole.desk.practice.saving import save
from careconsole.desk.practice.scenario import Scenario
from careconsole.desk.rules import Rules
from careconsole.model.voice import VOICE_FILE
from careconsole.settings.document import SETTINGS_FILE, Document, WordFault
from careconsole.settings.watching import Watch

TAKEN_ALONG = (SETTINGS_FILE, REMEMBERED_FILE, VOICE_FILE, "snippets", "themes")
"""What of the trainee's home holds in a run too; a run keeps its own copy, so that it can be repeated."""
_SMALLEST = (80, 24)
_PATIENCE_S = 600.0
"""So long after the last key, and after the time of its scenario, a run that is repeated may take to end."""

RulesFrom = Callable[[Document], Rules]


def take_along(home: Path, folder: Path) -> None:
    """Copy settings, prepared answers and themes into the folder of a run. Raises RunError."""
    try:
        for name in TAKEN_ALONG:
            if (home / name).is_dir():
                shutil.copytree(home / name, folder / name, dirs_exist_ok=True)
            elif (home / name).is_file():
                shutil.copyfile(home / name, folder / name)
    except (OSError, shutil.Error) as error:
        raise RunError(f"What is set in {home} cannot be copied for the run: {error}.") from error


def begin(
    home: Path, scenario: Scenario, *, speed: float, agent: str, source: str = "", own: str = ""
) -> Run:
    """Make the folder of a new run with what holds in it; nothing is left where that fails. Raises RunError.

    `own`: the text of a scenario that is kept in the run alone.
    """
    run = begin_run(home, scenario, speed=speed, agent=agent, source=OWN_FILE if own else source)
    try:
        take_along(home, run.folder)
        if own:
            save(run.folder / OWN_FILE, own)
    except RunError:
        shutil.rmtree(run.folder, ignore_errors=True)
        raise
    return run


def run_training(
    run: Run,
    scenario: Scenario,
    *,
    rules_from: RulesFrom,
    word_fault: WordFault,
    theme: str | None,
    played_of: PlayedOf,
) -> int:
    """Practise until the run ends, then show the debrief; the exit code.

    Raises StoreError, RunError and SettingsError at the start.
    """
    opening = _opening(run, scenario, rules_from, word_fault, theme)
    log_to(run.folder / "logs")
    with asyncio.Runner(loop_factory=partial(PracticeLoop, live=True)) as runner, _by_time_of(runner):
        return runner.run(_practise(opening, run, scenario, played_of))


def _opening(
    run: Run, scenario: Scenario, rules_from: RulesFrom, word_fault: WordFault, theme: str | None
) -> ConsoleOpening:
    """What the console of a run is opened with: the promises are those of its scenario. Raises SettingsError."""
    watch = Watch.begin(run.folder / SETTINGS_FILE, word_fault)

    def promised(document: Document) -> Rules:
        return promising(rules_from(document), scenario)

    return ConsoleOpening(run.folder, run.agent, watch, promised, theme, scenario.recording)


async def _practise(opening: ConsoleOpening, run: Run, scenario: Scenario, played_of: PlayedOf) -> int:
    practice = Practice(run, scenario, asyncio.get_running_loop().time)
    async with OpenDesk(opening, practice) as desk:
        log = KeyLog(run.folder)
        console = TrainingConsole(desk, opening, practice, log=log, on_end=_debrief_with(played_of))
        await sign_on(desk)
        try:
            end = await until_end(console, console.desk_screen.put_in_order)
            if end is not HUNG_UP:
                console.title_of_terminal.restore()
        finally:
            log.close()
            if desk.is_signed_on:
                await sign_off(desk)
    if end is HUNG_UP:
        # Nothing can be written to a terminal that is gone: to try would stand still.
        os._exit(ENDED_BY + end)
    return (console.return_code or 0) if end is None else ENDED_BY + end


def _debrief_with(played_of: PlayedOf) -> Callable[[TrainingConsole], Awaitable[None]]:
    async def debrief(console: TrainingConsole) -> None:
        await show_debrief(console, console.practice.run, console.practice.scenario, played_of)

    return debrief


class OpenDesk:
    """The desk of a run, closed at the end: everything in it comes from the seed and the clock of the run."""

    def __init__(self, opening: ConsoleOpening, practice: Practice) -> None:
        run = practice.run
        self._practice = practice
        self._desk = open_desk(
            opening.home,
            agent=opening.agent,
            rules=opening.rules_from(opening.watch.document),
            create=True,
            recording=practice.scenario.recording,
            now=practice.clock.now,
            clock=practice.clock,
            new_id=ids_of(run.scenario, run.seed),
            in_line=True,
        )

    async def __aenter__(self) -> Desk:
        desk = await self._desk.__aenter__()
        desk.hand_span_s = self._practice.clock.hand_span_s
        return desk

    async def __aexit__(self, *error: object) -> None:
        await self._desk.__aexit__(*error)  # type: ignore[arg-type]


@contextmanager
def _by_time_of(runner: asyncio.Runner) -> Iterator[None]:
    """Textual's timers ask one function what time it is: that of the loop on which they sleep."""
    before, _time.get_time = _time.get_time, runner.get_loop().time
    try:
        yield
    finally:
        _time.get_time = before


Look = tuple[float, Callable[[TrainingConsole], object]]
"""A second of the hand, and who looks at the console then."""


def repeat_run(run: Run, scenario: Scenario, *, rules_from: RulesFrom, word_fault: WordFault) -> str:
    """Press the keys of a run again in a folder that is gone afterwards; what `play` gives. The run is not touched.

    Raises RunError, StoreError and SettingsError.
    """
    entries = read_keys(run.folder)
    with tempfile.TemporaryDirectory(prefix="careconsole-") as folder:
        again = replace(run, folder=Path(folder) / run.folder.name, ended_at=None, digest="")
        again.folder.mkdir(mode=0o700)
        take_along(run.folder, again.folder)
        return play(again, scenario, entries, rules_from=rules_from, word_fault=word_fault)


def play(
    run: Run,
    scenario: Scenario,
    entries: Sequence[Entry],
    *,
    rules_from: RulesFrom,
    word_fault: WordFault,
    looks: Sequence[Look] = (),
    log: KeyLog | None = None,
) -> str:
    """Press keys in a new run without a screen and without waiting; the digest of its end.

    That is empty for a run that does not end. `log` keeps what is pressed.

    Raises RunError, StoreError and SettingsError.
    """
    opening = _opening(run, scenario, rules_from, word_fault, None)
    with asyncio.Runner(loop_factory=partial(PracticeLoop, live=False)) as runner, _by_time_of(runner):
        return runner.run(
            _play(opening, Practice(run, scenario, runner.get_loop().time), entries, looks, log)
        )


async def _play(
    opening: ConsoleOpening,
    practice: Practice,
    entries: Sequence[Entry],
    looks: Sequence[Look],
    log: KeyLog | None = None,
) -> str:
    sizes = [entry for entry in entries if entry.what == "size"]
    width, height = sizes[0].value if sizes else _SMALLEST
    async with OpenDesk(opening, practice) as desk:
        edits = [entry for entry in entries if entry.what == "edited"]
        console = TrainingConsole(desk, opening, practice, log=log, edits=edits)
        coming: list[tuple[float, Callable[[], object]]] = [
            (at_s, partial(look, console)) for at_s, look in looks
        ]
        for entry in entries:
            if (event := event_of(entry)) is not None and entry not in sizes[:1]:
                coming.append((entry.at_s, partial(console.post_message, event)))
        over_s = practice.scenario.duration_s + _PATIENCE_S + max((at_s for at_s, _ in coming), default=0.0)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, PracticeLoop)
        for at_s, callback in sorted([*coming, (over_s, console.exit)], key=itemgetter(0)):
            loop.let_in(at_s, callback)
        await sign_on(desk)
        await console.run_async(headless=True, size=(width, height), mouse=False)
        if desk.is_signed_on:
            await sign_off(desk)
    if console.return_code:
        raise RunError(f"The console failed in {practice.run.folder}.")
    return practice.run.digest
