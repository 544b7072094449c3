"""A process that has loaded everything once and forks a child for each order: many processes, one start-up.

Run as a program it reads orders, one JSON list a line, and answers each with a line: `["fork", module, function,
words...]` with the child's number, `["wait", number]` with its exit status, below 0 for a signal.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


class Nursery:
    """The parent's end. Every child it started is ended and waited for at the end, by its number."""

    def __init__(self, helper: subprocess.Popen[str]) -> None:
        self._helper = helper
        self._children: set[int] = set()

    def _ask(self, *order: Any) -> int:
        assert self._helper.stdin is not None and self._helper.stdout is not None
        self._helper.stdin.write(json.dumps(order) + "\n")
        self._helper.stdin.flush()
        return int(self._helper.stdout.readline())

    def start(self, module: str, function: str, *words: Any) -> int:
        """Start `await module.function(*words)` in a child; its number."""
        pid = self._ask("fork", module, function, *words)
        self._children.add(pid)
        return pid

    def wait(self, pid: int) -> int:
        """Wait for the end of a child; its exit status, below 0 for a signal."""
        self._children.discard(pid)
        return self._ask("wait", pid)

    def kill(self, pid: int) -> int:
        """End a child at once, wherever it is."""
        os.kill(pid, signal.SIGKILL)
        return self.wait(pid)

    def close(self) -> None:
        """End what still runs."""
        for pid in list(self._children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            self.wait(pid)


@contextmanager
def nursery(*modules: str) -> Iterator[Nursery]:
    """A helper that has imported these modules."""
    helper = subprocess.Popen(
        [sys.executable, __file__, *modules],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with helper:
        children = Nursery(helper)
        try:
            yield children
        finally:
            children.close()
            assert helper.stdin is not None
            helper.stdin.close()
            helper.wait(timeout=10)


def _child(module: str, function: str, words: list[Any]) -> None:
    status = 1
    try:
        asyncio.run(getattr(importlib.import_module(module), function)(*words))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _serve() -> None:
    sys.path.insert(0, str(ROOT))
    for module in sys.argv[1:]:
        importlib.import_module(module)
    for line in sys.stdin:
        what, *rest = json.loads(line)
        if what == "fork":
            pid = os.fork()
            if pid == 0:
                _child(rest[0], rest[1], rest[2:])
            answer = pid
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(rest[0], 0)[1])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
