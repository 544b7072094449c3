"""A wallboard behind a page: it draws into packets, takes keys, and ends with whoever started it."""

from __future__ import annotations

import asyncio
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pyte
import pytest
from tests.desk.desk_at_hand import sitting
from tests.store.record_at_hand import FakeClock, said
from tests.terminal_bytes import Tokenizer

from careconsole.console.wallboard.serving.child import Child, Wall, command, environment
from careconsole.console.wallboard.serving.wire import DATA, packet

HOSTILE = "ana\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x9d2;owned\x9c https://evil.example"


async def a_desk(home: Path) -> Path:
    async with sitting(home, FakeClock()) as desk:
        await desk.arrive(said("m1", HOSTILE, minute=-30))
    return home


class Looking:
    """A wall that runs, and the screen that its pictures make."""

    def __init__(self, child: Child, size: tuple[int, int]) -> None:
        self.child = child
        self.drawn = b""
        self.pictures = child.pictures()
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        self._tokenizer = Tokenizer()

    async def until(self, is_so: Callable[[str], bool]) -> None:
        """Look until the screen is as wanted."""
        async with asyncio.timeout(15):
            while not is_so("\n".join(self._screen.display)):
                self._take(await anext(self.pictures))

    async def to_end(self) -> None:
        """Look until it draws nothing more."""
        async with asyncio.timeout(15):
            async for picture in self.pictures:
                self._take(picture)

    def _take(self, picture: bytes) -> None:
        self.drawn += picture
        tokens = (token.raw for token in self._tokenizer.feed(picture) if token.is_drawn)
        self._stream.feed(b"".join(tokens).decode())


def showing(words: str) -> Callable[[str], bool]:
    return lambda screen: words in screen


@asynccontextmanager
async def looking(home: Path, size: tuple[int, int] = (200, 40)) -> AsyncIterator[Looking]:
    child = await Child.start(command(Wall(home, "vera", "today")), environment(os.environ, size))
    look = Looking(child, size)
    try:
        yield look
    finally:
        child.kill()
        await look.pictures.aclose()
        await child.end()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_it_draws_the_wall_and_takes_its_keys(tmp_path: Path) -> None:
    async with looking(await a_desk(tmp_path / "home")) as look:
        await look.until(showing("Nobody is at the desk"))
        await look.child.send(packet(DATA, b"d"))
        await look.until(showing("Conversations of the backlog"))
        await look.child.send(packet(DATA, b"\x1b"))
        await look.until(lambda screen: "Conversations of the backlog" not in screen)
        await look.child.send(packet(DATA, b"q"))
        await look.to_end()
        assert await look.child.end() == ""
        assert not is_running(look.child.pid)


async def test_a_name_that_gives_orders_is_drawn_as_text(tmp_path: Path) -> None:
    async with looking(await a_desk(tmp_path / "home")) as look:
        await look.until(showing("]0;owned␇␛]52;c;ZXZpbA==␇�2;owned� https://evil.example"))
        assert not re.search(rb"\x1b[^\[]|\xc2[\x80-\x9f]", look.drawn)


async def test_it_ends_when_its_page_goes(tmp_path: Path) -> None:
    async with looking(await a_desk(tmp_path / "home")) as look:
        await look.until(showing("late now"))
        assert await look.child.end() == ""
        assert not is_running(look.child.pid)


async def test_one_that_does_not_hear_is_ended_by_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careconsole.console.wallboard.serving.child._PATIENCE_S", (0.1, 0.1))
    async with looking(await a_desk(tmp_path / "home")) as look:
        await look.until(showing("late now"))
        os.kill(look.child.pid, signal.SIGSTOP)
        await look.child.end()
        assert not is_running(look.child.pid)


async def test_one_that_cannot_begin_says_why(tmp_path: Path) -> None:
    async with looking(tmp_path / "nowhere") as look:
        await look.to_end()
        assert look.drawn == b""
        assert "nowhere" in await look.child.end()


ORPHANING = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
assert child.stdout.readline()
print(child.pid, flush=True)
sys.stdin.readline()
os.kill(os.getpid(), 9)
"""


async def test_no_wall_outlives_a_server_that_is_killed(tmp_path: Path) -> None:
    words = command(Wall(await a_desk(tmp_path / "home"), "vera", "today"))
    server = subprocess.Popen(
        [sys.executable, "-c", ORPHANING, *words],
        env=environment(os.environ, (80, 24)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None and server.stdout is not None
    with server, os.fdopen(os.pidfd_open(int(server.stdout.readline()))) as wall:
        server.stdin.write("now\n")
        server.stdin.close()
        assert server.wait(10) == -signal.SIGKILL
        assert select.select([wall], [], [], 12)[0], "it has not ended"
