"""The kernel saw it: a practice run asks for no socket and no connection of the internet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.practising import practise
from tests.pty_console import CONSOLE, PtyConsole
from tests.system.traced import beyond_this_machine, calls, neither, strace, to_the_internet, traced

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


@pytest.mark.parametrize(
    ("call", "reaches_out"),
    [
        ('1 connect(3<TCP:[17]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}, 16) = 0', True),
        ('1 connect(3<TCP:[17]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0', False),
        (
            '1 connect(3<TCPv6:[17]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), '
            'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 EINPROGRESS',
            True,
        ),
        (
            '1 connect(3<UDPv6:[17]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), '
            'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
            False,
        ),
        ('1 sendmmsg(80<UDP:[192.0.2.2:5038->192.0.2.9:53]>,  <unfinished ...>', True),
        ('1 sendto(8<TCPv6:[[::ffff:127.0.0.1]:35->[::ffff:127.0.0.1]:36]>, "HTTP", 4, 0, NULL, 0) = 4', False),
        ('1 sendto(8<TCPv6:[[2001:db8::2]:35->[2001:db8::1]:36]>, "HTTP", 4, 0, NULL, 0) = 4', True),
        (
            '1 sendto(8<UDP:[17]>, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), '
            'sin_addr=inet_addr("192.0.2.1")}, 16) = 1',
            True,
        ),
        ('1 sendmsg(8<UNIX-STREAM:[17->18]>, {msg_name=NULL}, 0) = 1', False),
    ],
)  # fmt: skip
def test_what_leaves_this_machine_is_told_from_what_does_not(call: str, reaches_out: bool) -> None:
    assert bool(beyond_this_machine(call)) is reaches_out


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
