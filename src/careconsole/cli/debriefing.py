"""train --debrief and --progress: what came of past practice runs, as text, as a page, as JSON, or on a screen."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from careconsole.channels.contract import ChannelError
from careconsole.cli.brand_numbers import numbers_of
from careconsole.cli.printing import DONE, put, put_json, say
from careconsole.cli.seat import Wrong, home_from
from careconsole.cli.train import source_of
from careconsole.desk.practice.debrief import Debrief
from careconsole.desk.practice.debrief_html import html_of
from careconsole.desk.practice.debrief_json import debrief_json, progress_json
from careconsole.desk.practice.debrief_text import WIDTH, Line, text_of
from careconsole.desk.practice.progress import Played, Progress, debrief_of, progress_lines, progress_of
from careconsole.desk.practice.run import Run, RunError, runs_of
from careconsole.desk.practice.saving import save
from careconsole.desk.practice.scenario import load_scenario

NEWEST = 0
"""Stands for the number of a run where none was named."""


@dataclass(frozen=True, slots=True)
class Past:
    """A run that was played, its debrief, and the progress up to it."""

    run: Run
    debrief: Debrief
    progress: Progress


def played_of(run: Run) -> Played:
    """What a run played: its scenario, and the numbers that were the brand's own. Raises ChannelError."""
    source = run.source_file or source_of(run.scenario)
    if not source.exists():
        raise ChannelError(
            f"Run {run.number} played {source}, which is gone: put it back to debrief the run."
        )
    return load_scenario(source, run.seed), numbers_of(run.folder)


def show_debrief(options: argparse.Namespace) -> int:
    """Print the debrief of a run, or write it as a page; the exit code."""
    past = past_run(options)
    if options.json:
        put_json(debrief_json(past.debrief))
    elif options.html is not None:
        return _write_page(past, options.html)
    else:
        put(text_of(past.debrief, _below(past.progress)).rstrip("\n"))
    return DONE


def past_run(options: argparse.Namespace) -> Past:
    """The run that the options name, with its debrief. Raises Wrong, StoreError, ChannelError, SettingsError."""
    runs = _runs(options)
    run = _chosen(runs, options.debrief)
    return asyncio.run(_past(run, [each for each in runs if each.number <= run.number]))


async def _past(run: Run, runs: Sequence[Run]) -> Past:
    found = await debrief_of(run, *played_of(run))
    return Past(run, found, await progress_of(runs, played_of, [found]))


def show_progress(options: argparse.Namespace) -> int:
    """Print a line for every run, and what changed; the exit code."""
    runs = _runs(options)
    progress = asyncio.run(progress_of(runs, played_of))
    if options.json:
        put_json(progress_json(progress))
        return DONE
    for line in progress_lines(progress, WIDTH):
        put(line.text.rstrip())
    return DONE


def _runs(options: argparse.Namespace) -> list[Run]:
    try:
        return runs_of(home_from(options), say)
    except OSError as error:
        raise Wrong(f"The practice runs cannot be read ({error.strerror}).") from error


def _chosen(runs: Sequence[Run], number: int) -> Run:
    if not runs:
        raise Wrong("There is no practice run here yet. Begin one: careconsole train")
    if number == NEWEST:
        return runs[-1]
    for run in runs:
        if run.number == number:
            return run
    known = ", ".join(str(run.number) for run in runs[-10:])
    raise Wrong(f"There is no practice run {number}. {'There are' if len(runs) > 1 else 'There is'} {known}.")


def _below(progress: Progress) -> list[Line]:
    """The progress, below a debrief; of a first run there is none."""
    return [Line(""), *progress_lines(progress, WIDTH)] if len(progress.runs) > 1 else []


def _write_page(past: Past, name: str) -> int:
    page = html_of(past.debrief, past.progress)
    if name == "-":
        sys.stdout.write(page)
        return DONE
    try:
        say(f"The debrief of run {past.run.number} is in {save(Path(name), page)}.")
    except RunError as error:
        raise Wrong(str(error)) from error
    return DONE
