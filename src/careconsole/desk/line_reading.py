"""Read lines of an import, and their texts: here, or for a long file in a process of its own beside the recording."""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, NamedTuple

from careconsole.channels.import_line import BadLine, ImportLine, parse_import_line
from careconsole.desk import text_serving
from careconsole.desk.text_serving import hear
from careconsole.language.emergency import EmergencyWords
from careconsole.language.reading import read
from careconsole.model.message import Direction, Item, Reading

Words = Mapping[str, tuple[str, ...]]
"""Emergency words by language."""

FAR_AFTER = 500
"""With so many lines another process is started: a shorter import is over before it is awake."""

_BROKEN = (OSError, EOFError, ValueError)
"""What is raised here when the other process has ended, or says what it should not."""


class ReadLine(NamedTuple):
    """A message, the name of its account, and what its text tells us."""

    account: str
    item: Item
    reading: Reading


_OURS = Reading()
"""What nobody asks of our own words."""


class LineReader:
    """Reads lines, in the order in which they are given.

    The texts of a long import go to another process as soon as that is awake, if there is a second processor: reading
    and recording then do not share Python's lock. If that process ends early, they are read here.
    """

    def __init__(self, words: Words, *, far_after: int = FAR_AFTER) -> None:
        self._words_given = words
        self._words: EmergencyWords | None = None
        self._near_left = far_after
        self._far: _FarReader | None = None

    def read(self, raws: Sequence[bytes]) -> Coroutine[None, None, list[ReadLine | str]]:
        """Each line as a message, or a sentence that says why it is none.

        Lines count as soon as this is called: who asks for several parts at once is sooner helped by another process.
        """
        if self._far is None and self._near_left >= 0:
            self._near_left -= len(raws)
            if self._near_left < 0 and _processors() > 1 and sys.executable:
                self._far = _FarReader.begin(self._words_given)
        return self._read(raws)

    async def _read(self, raws: Sequence[bytes]) -> list[ReadLine | str]:
        lines = [_parse(raw) for raw in raws]
        texts = [
            line.item.text
            for line in lines
            if isinstance(line, ImportLine) and line.item.direction is Direction.IN
        ]
        readings = iter(await self._readings(texts))
        return [
            line
            if isinstance(line, str)
            else ReadLine(
                line.account, line.item, _OURS if line.item.direction is Direction.OUT else next(readings)
            )
            for line in lines
        ]

    async def _readings(self, texts: list[str]) -> list[Reading]:
        if self._far is not None and self._far.is_awake:
            with suppress(*_BROKEN):
                return await self._far.read(texts)
            self.close()
        if self._words is None:
            self._words = EmergencyWords(self._words_given)
        return [read(text, self._words) for text in texts]

    def close(self) -> None:
        """End the other process, if there is one."""
        if self._far is not None:
            self._far.end()
            self._far = None


def _parse(raw: bytes) -> ImportLine | str:
    try:
        return parse_import_line(raw)
    except BadLine as error:
        return str(error)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _FarReader:
    """The other process, as seen from here. One thread gives it texts, another takes what it read."""

    def __init__(self, process: subprocess.Popen[bytes], words: Words) -> None:
        self._process = process
        self._giving = ThreadPoolExecutor(1, "careconsole-texts")
        self._taking = ThreadPoolExecutor(1, "careconsole-read")
        self._giving.submit(self._give, dict(words))
        self._awake = self._taking.submit(self._take)

    @classmethod
    def begin(cls, words: Words) -> _FarReader | None:
        """Start it; None if the system does not let us."""
        # Without -P a file in the current folder could take the place of a module.
        command = [sys.executable, "-P", "-c", f"from {text_serving.__name__} import main; main()"]
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

    async def read(self, texts: list[str]) -> list[Reading]:
        """What that process reads in texts. Raises one of `_BROKEN` if it has ended."""
        self._awake.result()
        loop = asyncio.get_running_loop()
        given = loop.run_in_executor(self._giving, self._give, texts)
        taken = loop.run_in_executor(self._taking, self._take)
        for each in (given, taken):
            each.add_done_callback(_heard)
        await asyncio.wait((given, taken))
        given.result()
        return [hear(each) for each in taken.result()]

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
        try:
            return pickle.load(self._process.stdout)
        except Exception as error:  # what Python's own start-up printed into the pipe can raise anything
            raise EOFError("the other process is not understood") from error


def _heard(call: asyncio.Future[Any]) -> None:
    """What failed is no news where another failed first, or where nobody waits any more."""
    if not call.cancelled():
        call.exception()
