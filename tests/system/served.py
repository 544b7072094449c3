"""A wallboard that is really served, and the requests of somebody who has no browser."""

from __future__ import annotations

import http.client
import json
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from careconsole.console.wallboard.serving.program import NEEDED

MISSING = "what serves the wallboard is missing: pip install '.[test,serve]'"
_POLL_S = 0.02
_UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
}


def careconsole(home: Path, *words: str) -> list[str]:
    """A command at a desk."""
    return [sys.executable, "-m", "careconsole", f"--home={home}", "--agent=vera", *words]


def take_in(home: Path, id: str, handle: str = "dana", at: str = "2026-03-01T12:05:00Z") -> None:
    """A message comes in."""
    line = {"id": id, "author": {"handle": handle}, "text": "Where is it?", "at": at}
    subprocess.run(
        careconsole(home, "import", "-"), input=json.dumps(line).encode(), check=True, capture_output=True
    )


class Served:
    """One server of a wallboard; use it in a `with`."""

    def __init__(
        self, home: Path, address: str = "127.0.0.1:0", env: Mapping[str, str] | None = None
    ) -> None:
        assert all(find_spec(name) for name in NEEDED), MISSING
        self.said = home.with_name("said")
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                careconsole(home, "wallboard", "--serve", address),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                env={**os.environ, **(env or {})},
                text=True,
                start_new_session=True,
            )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        """What it printed to be opened."""
        assert self.address, self.said.read_text()
        parts = urlsplit(self.address)
        self.port, self.path = parts.port, parts.path
        self.token = parts.path.strip("/")

    def __enter__(self) -> Served:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    @property
    def host(self) -> str:
        """What a browser on this machine says in Host."""
        return f"127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
        """Status, text and headers of an answer; a header's name is written with _ for -."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as asking:
            asking.request(method, path, headers=given)
            answer = asking.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace"), answer.headers

    def look(
        self, path: str | None = None, *, origin: str | None = "", host: str = ""
    ) -> tuple[int, socket.socket]:
        """Open a wall as a page does; the status, and the connection, which is the caller's to close."""
        said = {"Host": host or self.host, **_UPGRADE}
        if origin is not None:
            said["Origin"] = origin or f"http://{said['Host']}"
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        looking = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        looking.sendall(f"GET {path or self.path + 'ws'} HTTP/1.1\r\n{head}\r\n".encode())
        return int(looking.recv(12, socket.MSG_WAITALL)[9:]), looking

    def walls(self) -> list[int]:
        """The process ids of the walls that run."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def wait_for_walls(self, number: int, within_s: float = 20.0) -> list[int]:
        """Wait until so many walls run and none is a copy of the server any more; their ids. Raises TimeoutError."""
        deadline = time.monotonic() + within_s
        while len(walls := self.walls()) != number or not all(map(_is_wall, walls)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{walls} run, not {number}")
            time.sleep(_POLL_S)
        return walls


def _is_wall(pid: int) -> bool:
    """Whether a child of the server has become a wall: it begins as what started it."""
    try:
        return b"\0--since=" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return False


class Ends:
    """Waits for processes that are not our children to end; made before they do."""

    def __init__(self, pids: list[int]) -> None:
        self._files = [os.pidfd_open(pid) for pid in pids]

    def all_within(self, seconds: float) -> bool:
        """Whether all of them end within so many seconds."""
        deadline = time.monotonic() + seconds
        try:
            return all(
                select.select([file], [], [], max(0.0, deadline - time.monotonic()))[0]
                for file in self._files
            )
        finally:
            for file in self._files:
                os.close(file)
