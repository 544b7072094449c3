"""A shift of eight hours at full speed, with console and wallboard: what memory, log, keys and tasks are like at its end."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.pty_console import PtyConsole

from bench.console_figures import calm
from bench.context import Bench
from bench.figures import Table, median
from bench.helpers import LEFT_WAITING
from bench.processes import Helper, load, resident_mb
from careconsole.settings.home import make_sample_home

HOURS = 8
_HOUR_S = 3600
_WAL_MIB = 16
_AGENT = "ben"


@dataclass(slots=True)
class _Hour:
    """What one replayed hour was like."""

    keys_ms: list[float] = field(default_factory=list)
    console_mb: float = 0.0
    wall_mb: float = 0.0
    wal_mib: float = 0.0
    tasks: list[str] = field(default_factory=list)


def endurance_figures(bench: Bench) -> Table:
    """A colleague answers and resolves what comes; here the cursor moves, and the wallboard looks on."""
    hour_s, an_hour, keys = bench.sizes.hour_s, bench.sizes.an_hour, bench.sizes.keys
    table = Table(
        f"Endurance: {HOURS} hours of {an_hour:,} messages each, replayed at {_HOUR_S / hour_s:,.0f}x ({load()})"
    )
    home = bench.folder / "shift"
    make_sample_home(home)
    calm(home)
    recording = _write_recording(bench.folder / "shift.jsonl", an_hour)
    tasks = {name: bench.folder / f"tasks-{name}" for name in ("console", "wallboard")}
    speed = _HOUR_S / hour_s
    with _program("console", home, recording, speed, tasks["console"]) as screen:
        screen.wait_for("@shift", 60)
        colleague = Helper("keep_up", home, _AGENT)
        try:
            colleague.next()
            colleague.tell()
            with _program("wallboard", home, tasks["wallboard"]) as wall:
                wall.wait_for("backlog", 60)
                hours = [_an_hour(screen, wall, home, hour_s, keys, tasks["console"]) for _ in range(HOURS)]
                wall.press("q")
                ended = [wall.wait_for_end()]
            colleague.tell()
            done = colleague.next()
        finally:
            colleague.end()
        screen.press("q")
        ended.append(screen.wait_for_end())
    _judge(table, hours, done, sum(code != 0 for code in ended))
    return table


def _program(*words: object) -> PtyConsole:
    return PtyConsole(
        [sys.executable, "-m", "bench.watched_program", *map(str, words)], columns=120, lines=40
    )


def _an_hour(
    screen: PtyConsole, wall: PtyConsole, home: Path, hour_s: float, keys: int, tasks: Path
) -> _Hour:
    """So long in real time; the keys are spread over it."""
    hour, start = _Hour(), time.monotonic()
    for number in range(keys):
        screen.watch(max(0.0, start + hour_s * number / keys - time.monotonic()))
        wall.watch(0)
        hour.keys_ms.append(screen.measure("j" if number // 8 % 2 == 0 else "k", quiet_s=0.01).first_ms)
        hour.wal_mib = max(hour.wal_mib, _size_mib(home / "desk.db-wal"))
    screen.watch(max(0.0, start + hour_s - time.monotonic()))
    wall.watch(0)
    hour.console_mb, hour.wall_mb = resident_mb(screen.pid), resident_mb(wall.pid)
    hour.tasks = _tasks_of(screen, tasks)
    return hour


def _tasks_of(screen: PtyConsole, file: Path) -> list[str]:
    """The tasks that the console has, at rest between two keys."""
    known = len(file.read_text().splitlines())
    os.kill(screen.pid, signal.SIGUSR1)
    while len(lines := file.read_text().splitlines()) <= known:
        screen.watch(0.02)
    names: list[str] = json.loads(lines[-1])
    return names


def _size_mib(path: Path) -> float:
    return path.stat().st_size / (1 << 20) if path.exists() else 0.0


def _judge(table: Table, hours: list[_Hour], done: dict[str, int], badly_ended: int) -> None:
    first, last = hours[0], hours[-1]
    table.note("answered and resolved meanwhile", f"{done['resolved']:,} of {done['taken']:,} taken")
    for name, before, after in (
        ("console", first.console_mb, last.console_mb),
        ("wallboard", first.wall_mb, last.wall_mb),
    ):
        table.at_most(
            f"memory that the {name} gained since the first hour",
            max(0.0, after - before),
            5,
            "MB",
            f"{before:.1f} to {after:.1f}",
        )
    table.at_most("write-ahead log, most", max(hour.wal_mib for hour in hours), _WAL_MIB, "MiB")
    early, late = median(first.keys_ms), median(last.keys_ms)
    table.at_most(
        "key p50, last hour against the first", late / early, 1.1, "x", f"{early:.1f} and {late:.1f} ms"
    )
    over = sorted(set(last.tasks) - set(first.tasks))
    table.at_most(
        "tasks more than after the first hour", len(last.tasks) - len(first.tasks), 0, "", ", ".join(over)
    )
    table.zero("programs that did not end as they should", badly_ended)


def _write_recording(path: Path, an_hour: int) -> Path:
    """A recording of the shift: somebody of a tenth as many customers writes, evenly spread with some chance."""
    chance = random.Random(8)
    count = an_hour * HOURS
    customers = max(20, count // 10)
    with path.open("w") as lines:
        header = {"recording": 1, "accounts": [{"name": "shop"}], "duration_s": HOURS * _HOUR_S}
        lines.write(json.dumps(header) + "\n")
        for number in range(-2 * LEFT_WAITING, count):
            t = 0.0 if number < 0 else (number + chance.random()) * _HOUR_S / an_hour
            who = f"shift{abs(number) if number < 0 else chance.randrange(customers)}"
            line = {
                "t": round(t, 3),
                "account": "shop",
                "id": f"m{number}",
                "author": {"handle": who, "name": who},
                "text": f"Where is parcel {number}? It was promised for Tuesday, and nobody answers the phone.",
                "visibility": "private" if number % 5 == 0 else "public",
            }
            lines.write(json.dumps(line) + "\n")
    return path
