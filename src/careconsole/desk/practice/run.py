"""The runs of a trainee: one folder each in the trainee's home, apart from every real desk."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from careconsole.desk.practice.scenario import Scenario
from careconsole.model.instant import parse_rfc3339, rfc3339
from careconsole.store.contract import StoreError

RUN_FILE = "run.json"
SLOWEST, FASTEST = 1.0, 60.0
"""Virtual seconds per second."""
_FOLDER = re.compile(r"(\d{4,9})-([a-z0-9-]{1,40})-(-?\d{1,18})", re.ASCII)
_SUB_FOLDERS = ("sent", "logs", "snippets", "themes", "inbox")


class RunError(StoreError):
    """The folder of a run is damaged or cannot be made; a sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """One practice run."""

    folder: Path
    number: int
    """From 1 on, in the order in which the runs of a home were begun."""
    scenario: str
    seed: int
    speed: float
    """Virtual seconds per second when it began."""
    agent: str
    began_at: datetime
    """In virtual time."""
    ended_at: datetime | None = None
    """In virtual time; None while it goes on, and for a run that was cut short."""
    source: str = ""
    """The file of a scenario of one's own, in the folder of the run where it is no full path; empty for one of ours."""
    digest: str = ""
    """A hash of its events and texts at the end: the same for the same seed and keys."""

    @property
    def record(self) -> Path:
        """The database of the run."""
        return self.folder / "desk.db"

    @property
    def source_file(self) -> Path | None:
        """Where the scenario of one's own lies; None for one of ours."""
        return self.folder / self.source if self.source else None

    @property
    def home(self) -> Path:
        """The trainee's home, in which the run lies."""
        return self.folder.parents[2]


def runs_folder(home: Path) -> Path:
    """Where the runs of a home lie."""
    return home / "training" / "runs"


def begin_run(home: Path, scenario: Scenario, *, speed: float, agent: str, source: str = "") -> Run:
    """Make the folder of a new run with its `run.json`. Raises RunError."""
    folder = runs_folder(home)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = max(_numbers(folder), default=0) + 1
        while True:
            own = folder / f"{number:04d}-{scenario.name}-{scenario.seed}"
            try:
                own.mkdir(mode=0o700)
                break
            except FileExistsError:
                number += 1
        for name in _SUB_FOLDERS:
            (own / name).mkdir(mode=0o700)
        run = Run(own, number, scenario.name, scenario.seed, speed, agent, scenario.begins_at, source=source)
        _write(run)
    except OSError as error:
        raise RunError(
            f"The run cannot be kept in {folder}: {error.strerror}. Name another home with --home."
        ) from error
    return run


def end_run(run: Run, ended_at: datetime, digest: str = "") -> Run:
    """Note when a run ended, in virtual time, and what its record came to; the run as it is now. Raises RunError."""
    ended = replace(run, ended_at=ended_at, digest=digest)
    try:
        _write(ended)
    except OSError as error:
        raise RunError(f"{run.folder / RUN_FILE} cannot be written: {error.strerror}.") from error
    return ended


def runs_of(home: Path, on_damage: Callable[[str], None] = lambda sentence: None) -> list[Run]:
    """The runs of a home, oldest first; a damaged one is told to `on_damage` and left out."""
    folder = runs_folder(home)
    found = []
    for own in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _FOLDER.fullmatch(own.name) and own.is_dir():
            try:
                found.append(read_run(own))
            except RunError as error:
                on_damage(str(error))
    return sorted(found, key=lambda run: run.number)


def read_run(folder: Path) -> Run:
    """The run in a folder. Raises RunError."""
    path = folder / RUN_FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return _run_of(folder, kept)
    except FileNotFoundError:
        raise RunError(f"{folder} is no practice run: it has no {RUN_FILE}.") from None
    except OSError as error:
        raise RunError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RunError(
            f"{path} is damaged. Remove the folder; the other runs are not touched by it."
        ) from error


def _run_of(folder: Path, kept: dict[str, Any]) -> Run:
    named = _FOLDER.fullmatch(folder.name)
    ended_at = kept["ended_at"]
    run = Run(
        folder,
        int(kept["number"]),
        str(kept["scenario"]),
        int(kept["seed"]),
        float(kept["speed"]),
        str(kept["agent"]),
        parse_rfc3339(kept["began_at"]),
        None if ended_at is None else parse_rfc3339(ended_at),
        str(kept["source"]),
        str(kept["digest"]),
    )
    if named is None or (int(named[1]), named[2], int(named[3])) != (run.number, run.scenario, run.seed):
        raise ValueError("the folder and what stands in it are not of one run")
    if not SLOWEST <= run.speed <= FASTEST:
        raise ValueError("no such speed")
    return run


def _write(run: Run) -> None:
    kept = {
        "run": 1,
        "number": run.number,
        "scenario": run.scenario,
        "seed": run.seed,
        "speed": run.speed,
        "agent": run.agent,
        "began_at": rfc3339(run.began_at),
        "ended_at": None if run.ended_at is None else rfc3339(run.ended_at),
        "source": run.source,
        "digest": run.digest,
    }
    path = run.folder / RUN_FILE
    unborn = path.with_name(f"{RUN_FILE}.new")
    descriptor = os.open(unborn, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(kept, file, indent=1, ensure_ascii=True)
        file.write("\n")
    unborn.replace(path)


def _numbers(folder: Path) -> list[int]:
    return [int(found[1]) for each in folder.iterdir() if (found := _FOLDER.fullmatch(each.name))]
