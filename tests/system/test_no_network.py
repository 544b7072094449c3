"""The kernel saw it: a practice run asks for no socket and no connection of the internet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.practising import practise
from tests.pty_console import CONSOLE, PtyConsole
from tests.system.traced import calls, neither, strace, to_the_internet, traced

pytestmark = [pytest.mark.system, pytest.mark.timeout(110)]

REACHING = """
import socket
listening = socket.create_server(("127.0.0.1", 0))
socket.create_connection(listening.getsockname()).close()
"""


def trace_of(program: str, into: Path) -> str:
    subprocess.run(traced([sys.executable, "-c", program], into), check=True, timeout=60)
    return into.read_text()


def test_strace_is_there() -> None:
    assert Path(strace()).is_file()


def test_a_program_that_connects_is_seen(tmp_path: Path) -> None:
    trace = trace_of(REACHING, tmp_path / "trace")
    seen = to_the_internet(trace)
    assert any(call.startswith("socket(AF_INET") for call in seen)
    assert any(call.startswith("connect(") and "127.0.0.1" in call for call in seen)


def test_a_program_that_does_not_is_told_from_it(tmp_path: Path) -> None:
    trace = trace_of("import socket; socket.socketpair()", tmp_path / "trace")
    assert calls(trace)
    assert to_the_internet(trace) == neither(trace) == []


def test_a_whole_practice_run_reaches_nobody(tmp_path: Path) -> None:
    words = ("--scenario", "calm-morning", "--seed", "7", "--speed", "30", "--agent", "mara")
    command = traced([*CONSOLE, "train", "--home", str(tmp_path / "home"), *words], tmp_path / "trace")
    with PtyConsole(command, columns=100, lines=30) as console:
        assert practise(console) == 0
    trace = (tmp_path / "trace").read_text()
    assert any(name == "socketpair" for name, _ in calls(trace)), "the event loop has a pair of its own"
    assert to_the_internet(trace) == []
    assert neither(trace) == []
    assert (tmp_path / "home/training/runs/0001-calm-morning-7/sent/ternavia.jsonl").is_file()
