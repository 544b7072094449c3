"""Read and weigh lines of an import: here, or for a long file in a process of its own beside the recording."""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any, NamedTuple

from careconsole.channels.import_line import BadLine, parse_import_line
from careconsole.language.emergency import EmergencyWords
from careconsole.language.reading import read
from careconsole.model.message import Direction, Item, Reading

Words = Mapping[str, tuple[str, ...]]
"""Emergency words by language."""

FAR_AFTER = 2_000
"""Lines read here before another process is started for the rest: a short import is over before it is awake."""

_OURS = 5
"""Of so many lines one is read here nevertheless: to read takes longer than to record."""

_SELDOM = 20_000
"""Objects made between two searches for what can be thrown away: what is read here refers to nothing in a circle."""

_BROKEN = (OSError, EOFError, pickle.UnpicklingError, ValueError)
"""What is raised here when the other process has ended."""


class ReadLine(NamedTuple):
    """A message, the name of its account, and what its text tells us."""

    account: str
    item: Item
    reading: Reading


def read_lines(raws: Sequence[bytes], words: EmergencyWords) -> list[ReadLine | str]:
    """Each line as a message, or a sentence that says why it is none."""
    return [_read_line(raw, words) for raw in raws]


def _read_line(raw: bytes, words: EmergencyWords) -> ReadLine | str:
    try:
        line = parse_import_line(raw)
    except BadLine as error:
        return str(error)
    item = line.item
    return ReadLine(
        line.account, item, Reading() if item.direction is Direction.OUT else read(item.text, words)
    )


class LineReader:
    """Reads lines, in the order in which they are given.

    A long import goes to another process as soon as that is awake, if there is a second processor: reading and
    recording then do not share Python's lock. If that process ends early, the lines are read here.
    """

    def __init__(self, words: Words, *, far_after: int = FAR_AFTER) -> None:
        self._words_given = words
        self._words: EmergencyWords | None = None
        self._near_left = far_after
        self._far: _FarReader | None = None

    async def read(self, raws: Sequence[bytes]) -> list[ReadLine | str]:
        """The lines as `read_lines` gives them."""
        if self._far is None and self._near_left >= 0:
            self._near_left -= len(raws)
            if self._near_left < 0 and _processors() > 1 and sys.executable:
                self._far = _FarReader.begin(self._words_given)
        far = self._far
        if far is not None and far.is_awake:
            ours = len(raws) - len(raws) // _OURS
            with suppress(*_BROKEN):
                return await far.read(raws[:ours], meanwhile=lambda: self._read_here(raws[ours:]))
            self.close()
        return self._read_here(raws)

    def _read_here(self, raws: Sequence[bytes]) -> list[ReadLine | str]:
        if self._words is None:
            self._words = EmergencyWords(self._words_given)
        return read_lines(raws, self._words)

    def close(self) -> None:
        """End the other process, if there is one."""
        if self._far is not None:
            self._far.end()
            self._far = None


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _FarReader:
    """The other process, as seen from here. One thread gives it lines, another takes what it read."""

    def __init__(self, process: subprocess.Popen[bytes], words: Words) -> None:
        self._process = process
        self._giving = ThreadPoolExecutor(1, "careconsole-lines")
        self._taking = ThreadPoolExecutor(1, "careconsole-read")
        self._giving.submit(self._give, dict(words))
        self._awake = self._taking.submit(self._take)

    @classmethod
    def begin(cls, words: Words) -> _FarReader | None:
        """Start it; None if the system does not let us."""
        # Without -P a file in the current folder could take the place of a module.
        command = [sys.executable, "-P", "-m", __name__]
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError:
            return None
        return cls(process, words)

    @property
    def is_awake(self) -> bool:
        """Whether it has taken the words and waits for lines."""
        return self._awake.done()

    async def read(
        self, raws: Sequence[bytes], meanwhile: Callable[[], list[ReadLine | str]]
    ) -> list[ReadLine | str]:
        """The lines, and behind them what is read here meanwhile. Raises one of `_BROKEN` if the process has ended."""
        self._awake.result()
        loop = asyncio.get_running_loop()
        given = loop.run_in_executor(self._giving, self._give, list(raws))
        taken = loop.run_in_executor(self._taking, self._take)
        here = meanwhile()
        await asyncio.wait((given, taken))
        given.result()
        there: list[ReadLine | str] = taken.result()
        return there + here

    def end(self) -> None:
        """End it, whatever it does, and wait until it has ended."""
        self._process.kill()
        self._process.wait()
        self._giving.shutdown()
        self._taking.shutdown()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _give(self, what: object) -> None:
        assert self._process.stdin is not None
        pickle.dump(what, self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()

    def _take(self) -> Any:
        assert self._process.stdout is not None
        return pickle.load(self._process.stdout)


def serve(lines: IO[bytes], out: IO[bytes]) -> None:
    """Read what comes through one pipe and give it back through the other, until the first is closed."""
    with suppress(EOFError, BrokenPipeError):
        words = EmergencyWords(pickle.load(lines))
        read("How are you?", words)
        gc.freeze()  # the lists of cues stay: no collection needs to look at them again
        gc.set_threshold(_SELDOM)
        _put(out, None)
        while True:
            _put(out, read_lines(pickle.load(lines), words))


def _put(out: IO[bytes], what: object) -> None:
    pickle.dump(what, out, pickle.HIGHEST_PROTOCOL)
    out.flush()


if __name__ == "__main__":
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl+C is for the one who started us; the closed pipe ends us
    # Under this name its rows would not be those of the module that takes them.
    from careconsole.desk import line_reading

    line_reading.serve(sys.stdin.buffer, sys.stdout.buffer)
