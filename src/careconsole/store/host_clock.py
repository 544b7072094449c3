"""The host's clocks: wall time for display, boot id and monotonic time for leases.

A changed wall clock moves no lease: CLOCK_MONOTONIC is shared by all processes of a host and only runs forward.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from careconsole.model.instant import to_us


class HostClock(Protocol):
    """What leases and records are timed by."""

    boot_id: str

    def now_us(self) -> int:
        """The wall clock, in microseconds since 1970."""
        ...

    def monotonic_ns(self) -> int:
        """The monotonic clock, in nanoseconds since an instant of this boot."""
        ...


class SystemClock:
    """The clocks of the machine."""

    def __init__(self) -> None:
        self.boot_id = _boot_id()

    def now_us(self) -> int:
        """The wall clock, in microseconds since 1970."""
        return to_us(datetime.now(UTC))

    def monotonic_ns(self) -> int:
        """The monotonic clock, in nanoseconds."""
        return time.monotonic_ns()


@cache
def _boot_id() -> str:
    linux = Path("/proc/sys/kernel/random/boot_id")
    if linux.exists():
        return linux.read_text(encoding="ascii").strip()
    answer = subprocess.run(
        ["sysctl", "-n", "kern.bootsessionuuid"], capture_output=True, text=True, check=False, timeout=5
    )
    return answer.stdout.strip() or "one-boot"


def process_mark(pid: int) -> str | None:
    """A mark that only this process with this id has had; None if no such process runs."""
    if sys.platform == "linux":
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        fields = stat.rpartition(")")[2].split()
        return None if fields[0] in ("Z", "X") else fields[19]
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return "running"
    return "running"
