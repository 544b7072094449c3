"""`careconsole train`: which scenario, which run, and what is said without a screen."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from careconsole.cli.brand_numbers import numbers_of
from careconsole.cli.printing import DONE, REFUSED, one_line, put, put_table, say
from careconsole.cli.seat import Wrong, home_from, rules_from, word_fault
from careconsole.desk.practice.columns import wrapped
from careconsole.desk.practice.debrief_text import WIDTH
from careconsole.desk.practice.judging.acknowledgement import span_words
from careconsole.desk.practice.own_days import scenario_of_days
from careconsole.desk.practice.run import Run, runs_of
from careconsole.desk.practice.scenario import SCENARIOS, Scenario, load_scenario
from careconsole.model.instant import to_us
from careconsole.settings.bundled import bundled
from careconsole.settings.document import SETTINGS_FILE, read_settings
from careconsole.settings.home import agent_of

INDENT = 2
FOLDER = "training"
"""Where, among the samples, the scenarios lie."""


def agent(options: argparse.Namespace) -> str:
    """Who practises. Raises SettingsError."""
    return agent_of(options.agent, os.environ)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be practised, and where."""

    home: Path
    scenario: Scenario
    source: str = ""
    """The file of a scenario of one's own."""
    own: str = ""
    """The text of a scenario that was made from one's own days."""


def chosen(options: argparse.Namespace) -> Chosen:
    """What the options name. Raises Wrong, SettingsError and ChannelError."""
    if options.sample:
        raise Wrong("Practice has a desk of its own: leave --sample out.")
    home = home_from(options)
    agent(options)
    seed = options.seed
    if seed is None:
        seed = max((run.number for run in runs_of(home, say)), default=0) + 1
    if options.days is not None:
        return _own_days(home, options.days, seed)
    source = source_of(options.scenario or SCENARIOS[0])
    scenario = load_scenario(source, seed)
    return Chosen(home, scenario, "" if options.scenario in (None, *SCENARIOS) else str(source.absolute()))


def _own_days(home: Path, file: str, seed: int) -> Chosen:
    """The days of a recording, with what is not in the scenario said."""
    rules = rules_from(read_settings(home / SETTINGS_FILE, word_fault))
    days = scenario_of_days(Path(file), rules, numbers_of(home))
    scenario = load_scenario(days.text, seed)
    for reason, number in days.left_out.items():
        say(f"Not in the practice: {number}, for {reason}.")
    return Chosen(home, scenario, own=days.text)


def source_of(name: str) -> Path:
    """The file of a scenario. Raises Wrong for a name that is none and no file either."""
    if name in SCENARIOS:
        return bundled("samples") / FOLDER / f"{name}.jsonl"
    path = Path(name)
    if os.sep in name and not path.exists():
        raise Wrong(f"There is no file {name}. Without --scenario FILE, one of ours: {', '.join(SCENARIOS)}.")
    if not path.exists():
        raise Wrong(f"There is no scenario {name}. There are {', '.join(SCENARIOS)}, and files of your own.")
    return path


def show_list(options: argparse.Namespace) -> int:
    """Print the scenarios, and the runs that there were."""
    for name in SCENARIOS:
        scenario = load_scenario(source_of(name), 1)
        minutes = span_words(round(scenario.duration_s * 1_000_000))
        told = f"{name}: {one_line(scenario.title)}, {minutes}. {one_line(scenario.about)}"
        for number, line in enumerate(wrapped(told, WIDTH - INDENT)):
            put(f"{' ' * INDENT if number else ''}{line}")
    runs = runs_of(home_from(options), say)
    if runs:
        put("")
        put_table([("run", "scenario", "seed", "speed", "ended"), *map(_row, runs)])
    return DONE


def _row(run: Run) -> tuple[str, ...]:
    ended = f"after {span_words(to_us(run.ended_at) - to_us(run.began_at))}" if run.ended_at else "no end yet"
    return (str(run.number), run.scenario, str(run.seed), f"{run.speed:g}", ended)


def run_to_repeat(options: argparse.Namespace) -> tuple[Run, Scenario]:
    """The run of this number and its scenario. Raises Wrong and ChannelError."""
    runs = {run.number: run for run in runs_of(home_from(options), say)}
    if options.repeat not in runs:
        raise Wrong(f"There is no run {options.repeat}. careconsole train --list shows those that there are.")
    run = runs[options.repeat]
    if not run.digest:
        raise Wrong(f"Run {run.number} has not come to its end, so there is nothing to compare with.")
    return run, load_scenario(run.source_file or source_of(run.scenario), run.seed)


def compare(run: Run, digest: str) -> int:
    """Say whether the repeated run came out as it did."""
    if digest == run.digest:
        put(f"Run {run.number} came out the same: {digest}")
        return DONE
    put(f"Run {run.number} came out as {digest or 'nothing: it did not end'}, then it was {run.digest}")
    return REFUSED
