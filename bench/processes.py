"""Processes that take part in a measurement: started here, spoken to over pipes, ended by their id."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


class Helper:
    """A function of `bench.helpers` that runs in a process of its own and prints JSON lines."""

    def __init__(self, name: str, *words: object) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.helpers", name, *map(str, words)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, line: str = "go") -> None:
        """Send a line; an empty-handed helper waits for one before it begins."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def next(self) -> Any:
        """The next line it prints. Raises EOFError if it ends instead."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise EOFError(f"{self.name} ended with {self.process.wait()}")
        return json.loads(line)

    def end(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()


@contextmanager
def helpers(calls: Sequence[tuple[object, ...]]) -> Iterator[list[Helper]]:
    """Several helpers that are ready (each has printed its first line), ended at the end."""
    started: list[Helper] = []
    try:
        started.extend(Helper(str(name), *words) for name, *words in calls)
        for helper in started:
            helper.next()
        yield started
    finally:
        for helper in started:
            helper.end()


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB (10^6 bytes)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise ValueError(f"process {pid} has no memory")


def cpu_s(pid: int) -> float:
    """Processor time that a process has used, in seconds; to the microsecond where the kernel counts so."""
    tasks = list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
    if tasks:
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load() -> str:
    """How busy and how fast the machine is, in words: figures are comparable only beside these."""
    one, five, _ = os.getloadavg()
    return (
        f"load {one:.1f} and {five:.1f}, {os.cpu_count()} cores, a million additions {additions_ms():.0f} ms"
    )


def additions_ms() -> float:
    """How long a million additions in Python take now."""
    start = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total += number
    return (time.perf_counter() - start) * 1000
