"""Practice runs for tests: keys at times of the hand, no screen, nobody waits."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from textual.keys import _character_to_key

from careconsole.cli.seat import rules_from, word_fault
from careconsole.console.practice import program
from careconsole.console.practice.app import TrainingConsole
from careconsole.console.practice.keys import Entry, KeyLog, read_keys
from careconsole.desk.practice.run import Run, begin_run
from careconsole.desk.practice.scenario import Scenario, load_scenario

SCENARIOS = Path(__file__).parents[2] / "samples" / "training"
APART_S = 0.15
Look = Callable[[TrainingConsole], None]


def keys(at_s: float, *names: str, text: str = "") -> list[Entry]:
    """Keys one after the other from this second of the hand on, then a text."""
    pressed: list[Any] = [[name, name if len(name) == 1 else None] for name in names]
    pressed += [[_character_to_key(char), char] for char in text]
    return [Entry(round(at_s + APART_S * number, 3), "key", each) for number, each in enumerate(pressed)]


ANSWER = [*keys(2, "r", text="Hi Tom, we look."), *keys(6, "ctrl+s"), *keys(8, "y")]
"""Answer the most urgent conversation, which has the cursor."""


def ended(at_s: float) -> list[Entry]:
    """Leave whatever is open, and end the run."""
    return [*keys(at_s, "escape"), *keys(at_s + 1, "q"), *keys(at_s + 3, "e")]


@dataclass
class Rehearsal:
    """One run that was played."""

    run: Run
    scenario: Scenario
    digest: str
    pictures: dict[float, str] = field(default_factory=dict)
    """What stood on the screen, by second of the hand."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of its record."""
        with sqlite3.connect(self.run.record) as db:
            return list(db.execute(sql))

    @property
    def events(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT * FROM event ORDER BY seq")

    def kinds(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT kind FROM event ORDER BY seq")]


def rehearse(
    home: Path,
    entries: Sequence[Entry],
    *,
    name: str = "calm-morning",
    seed: int = 7,
    speed: float = 20,
    size: tuple[int, int] = (80, 24),
    look_at_s: Sequence[float] = (),
    on_look: Look = lambda console: None,
    is_logged: bool = False,
) -> Rehearsal:
    """Play a run to its end; at some seconds of the hand somebody looks at the screen.

    `is_logged`: whether its keys are kept by the console, as in a run at a terminal, not as they were given.
    """
    scenario = load_scenario(SCENARIOS / f"{name}.jsonl", seed)
    run = begin_run(home, scenario, speed=speed, agent="mara")
    lines = [
        {"at_s": 0.0, "size": list(size)},
        *({"at_s": each.at_s, each.what: each.value} for each in entries),
    ]
    (run.folder / "keys.jsonl").write_text("\n".join(map(json.dumps, lines)))
    played = Rehearsal(run, scenario, "")

    def look(at_s: float, console: TrainingConsole) -> None:
        strips = console.screen._compositor.render_strips()
        played.pictures[at_s] = "\n".join(strip.text.rstrip() for strip in strips)
        on_look(console)

    given = read_keys(run.folder)
    played.digest = program.play(
        run,
        scenario,
        given,
        rules_from=rules_from,
        word_fault=word_fault,
        looks=[(at_s, partial(look, at_s)) for at_s in look_at_s],
        log=KeyLog(run.folder) if is_logged else None,
    )
    return played
