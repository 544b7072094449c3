"""The program behind a page: one read-only wallboard for every browser, started without a shell, ended with its page."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from careconsole.console.wallboard.serving.wire import DATA, MOST_DRAWN, PRELUDE, drawn

DRIVER = "careconsole.console.wallboard.serving.driver:BrowserDriver"
"""What draws for a page instead of a terminal, as Textual wants it named."""
HANDED_ON = (
    "HOME",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "LC_TIME",
    "LD_LIBRARY_PATH",
    "NO_COLOR",
    "PATH",
    "PYTHONPATH",
    "TMPDIR",
    "TZ",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
)
"""The variables that a wall is handed on; no other."""
_PATIENCE_S = (3.0, 1.0)
"""So long it may take to end once nobody is there, and once it is asked to."""
_LONGEST_COMPLAINT = 4096
_MOST_PRELUDE_LINES = 10


@dataclass(frozen=True, slots=True)
class Wall:
    """Which wallboard every browser gets."""

    home: Path
    agent: str
    since: str
    theme: str | None = None


def command(wall: Wall) -> list[str]:
    """The wallboard as a list of arguments; where we stand is not searched for modules."""
    words = [sys.executable, "-P", "-m", "careconsole", f"--home={wall.home}", f"--agent={wall.agent}"]
    if wall.theme is not None:
        words.append(f"--theme={wall.theme}")
    return [*words, "wallboard", f"--since={wall.since}"]


def environment(ours: Mapping[str, str], size: tuple[int, int]) -> dict[str, str]:
    """What the wallboard sees of our environment, and how it shall draw."""
    columns, lines = size
    return {
        **{name: ours[name] for name in HANDED_ON if name in ours},
        "TEXTUAL_DRIVER": DRIVER,
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM": "xterm-256color",
        "COLUMNS": str(columns),
        "ROWS": str(lines),
    }


def is_behind_page(ours: Mapping[str, str]) -> bool:
    """Whether this very program was started for a page."""
    return ours.get("TEXTUAL_DRIVER") == DRIVER


class Child:
    """A running wallboard."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._complaint = bytearray()
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, words: Sequence[str], variables: Mapping[str, str]) -> Child:
        """Start it in a session of its own: Ctrl+C in our terminal is for us, who end it in order. Raises OSError."""
        process = await asyncio.create_subprocess_exec(
            *words, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=dict(variables), start_new_session=True
        )
        return cls(process)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    async def pictures(self) -> AsyncIterator[bytes]:
        """What it draws, until it ends."""
        assert self._process.stdout is not None
        read = self._process.stdout.readexactly
        with suppress(asyncio.IncompleteReadError):
            if not await self._has_begun():
                return
            while True:
                head = await read(5)
                length = int.from_bytes(head[1:], "big")
                if length > MOST_DRAWN:
                    return
                payload = await read(length)
                if head[:1] == DATA and (picture := drawn(payload)):
                    yield picture

    async def _has_begun(self) -> bool:
        assert self._process.stdout is not None
        with suppress(ValueError):  # a line that is no line
            for _ in range(_MOST_PRELUDE_LINES):
                line = await self._process.stdout.readline()
                if line == PRELUDE or not line:
                    return bool(line)
        return False

    async def send(self, packet: bytes) -> None:
        """Hand it a packet; one that has ended takes none."""
        assert self._process.stdin is not None
        with suppress(OSError, RuntimeError):
            self._process.stdin.write(packet)
            await self._process.stdin.drain()

    async def end(self) -> str:
        """End it and wait until it has; the last lines of what it complained of, empty if it ended well.

        Nobody may read its pictures any longer.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        emptying = asyncio.create_task(_empty(self._process.stdout))
        for patience_s, harder in zip(
            _PATIENCE_S, (self._process.terminate, self._process.kill), strict=True
        ):
            try:
                await asyncio.wait_for(self._process.wait(), patience_s)
                break
            except TimeoutError:
                with suppress(ProcessLookupError):
                    harder()
        code = await self._process.wait()
        await asyncio.gather(emptying, self._listening)
        return self._complaint.decode("utf-8", "replace").strip() if code > 0 else ""

    def kill(self) -> None:
        """End it at once, where there is no time to wait."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _listen(self) -> None:
        assert self._process.stderr is not None
        while words := await self._process.stderr.read(_LONGEST_COMPLAINT):
            self._complaint += words
            del self._complaint[:-_LONGEST_COMPLAINT]


async def _empty(stream: asyncio.StreamReader) -> None:
    """Read on without looking: who writes into a full pipe does not end."""
    while await stream.read(65_536):
        pass
