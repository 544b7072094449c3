"""`careconsole simulate`: is the order of the desk worth it? The same messages in four orders; no desk is needed."""

from __future__ import annotations

import argparse
import json
from contextlib import suppress
from itertools import chain
from pathlib import Path

from careconsole.channels.recording import load_recording
from careconsole.cli.lines import lines_of
from careconsole.cli.printing import DONE, put, put_json, say
from careconsole.cli.rank_plot import plot_of
from careconsole.cli.seat import Wrong, home_from, rules_from, word_fault
from careconsole.cli.simulate_options import SAMPLE
from careconsole.cli.simulate_words import as_json, csv_lines, words_of
from careconsole.desk.rules import Rules
from careconsole.desk.simulation.arrivals import TooManyArrivals
from careconsole.desk.simulation.source import (
    NothingToSimulate,
    Source,
    source_of_lines,
    source_of_recording,
)
from careconsole.desk.simulation.study import Question, study
from careconsole.settings import read_settings
from careconsole.settings.bundled import bundled
from careconsole.settings.document import SETTINGS_FILE

_IS_PLOT = b"<svg"


def simulate(options: argparse.Namespace) -> int:
    """Simulate and print the figures; draw them if a file is named.

    Raises Wrong for a file that cannot be used, SettingsError and ChannelError.
    """
    svg = None if options.svg is None else _may_be_drawn(Path(options.svg))
    settings = home_from(options) / SETTINGS_FILE
    source = source_named(options.source, rules_from(read_settings(settings, word_fault)))
    if settings.is_file():
        say(f"The order is that of the settings in {settings}.")
    _tell_what_is_missing(options.source, source)
    question = Question(
        options.agents, options.within, options.target_share / 100, options.seed, options.load
    )
    try:
        found = study(source, question)
    except TooManyArrivals as error:
        raise Wrong(f"With --speed {options.load:g}, {error}. Ask for less.") from error
    except NothingToSimulate as error:
        raise Wrong(f"With --speed {options.load:g}, {error}. Ask for more.") from error
    if options.json:
        put_json(as_json(options.source, found))
    else:
        for line in csv_lines(found) if options.csv else words_of(options.source, found):
            put(line)
    if svg is not None:
        _draw(svg, plot_of(found))
    return DONE


def source_named(name: str, rules: Rules) -> Source:
    """The sample recording, or what is in the file of this name. Raises Wrong, ChannelError."""
    try:
        if name == SAMPLE:
            return source_of_recording(load_recording(bundled("samples") / "desk.jsonl"), rules)
        return _source_in(Path(name), rules)
    except NothingToSimulate as error:
        raise Wrong(f"In {name} nothing can be simulated: {error}.") from error
    except OSError as error:
        raise Wrong(
            f"{name} cannot be read: {error.strerror or error}. Name a recording or a file of JSON lines, or sample."
        ) from error


def _source_in(path: Path, rules: Rules) -> Source:
    with path.open("rb") as file:
        lines = lines_of(file)
        first = next(lines, b"")
        if _begins_a_recording(first):
            return source_of_recording(load_recording(path), rules)
        return source_of_lines(chain([first], lines), rules)


def _begins_a_recording(line: bytes) -> bool:
    with suppress(ValueError, RecursionError):
        record = json.loads(line)
        return isinstance(record, dict) and "recording" in record
    return False


def _tell_what_is_missing(name: str, source: Source) -> None:
    if source.refused:
        say(
            f"{name}: {source.refused:,} lines are no message and were left out; the first one is {source.refusal}."
        )
    if source.beyond:
        say(
            f"{name}: only its first {source.messages:,} messages are simulated; {source.beyond:,} are left out."
        )


def _may_be_drawn(path: Path) -> Path:
    """A file that is not there yet, or is a plot. Raises Wrong, so that nothing else is written over."""
    try:
        with path.open("rb") as file:
            if file.read(len(_IS_PLOT)) not in (_IS_PLOT, b""):
                raise Wrong(f"{path} is there and is no plot; name another file after --svg.")
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise Wrong(f"{path} cannot be written: there is no folder {path.parent}.") from None
    except OSError as error:
        raise _not_written(path, error) from error
    return path


def _draw(path: Path, plot: str) -> None:
    try:
        path.write_text(plot, "utf-8")
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError) -> Wrong:
    return Wrong(f"{path} cannot be written: {error.strerror}. Name another file after --svg.")
