"""What a program asks the kernel for, as strace tells it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

NEEDED = "strace is missing, and with it the proof: apt-get install strace"
_CALL = re.compile(r"^(?:\d+ +)?(?P<name>[a-z_0-9]+)\((?P<rest>.*)")
_INTERNET = re.compile(r"\bAF_INET6?\b|\bAF_PACKET\b|\bsin6?_port\b")
_LOCAL = re.compile(r"\b(?:AF_UNIX|AF_LOCAL|AF_NETLINK)\b")


def strace() -> str:
    """Where strace is; AssertionError with what to do if it is nowhere."""
    found = shutil.which("strace")
    assert found, NEEDED
    return found


def traced(command: Sequence[str], into: Path) -> list[str]:
    """The command, with every call about a network written into a file."""
    return [strace(), "-f", "-qq", "-e", "trace=network", "-o", str(into), *command]


def calls(trace: str) -> list[tuple[str, str]]:
    """Name and arguments of every call in a trace."""
    found = (_CALL.match(line) for line in trace.splitlines())
    return [(each["name"], each["rest"]) for each in found if each]


def to_the_internet(trace: str) -> list[str]:
    """The calls that name an internet address or make a socket that could reach one."""
    return [f"{name}({rest}" for name, rest in calls(trace) if _INTERNET.search(rest)]


def neither(trace: str) -> list[str]:
    """Sockets and connections of a family that is neither of the internet nor within the host."""
    return [
        f"{name}({rest}"
        for name, rest in calls(trace)
        if name in ("socket", "socketpair", "connect", "bind")
        and not _INTERNET.search(rest)
        and not _LOCAL.search(rest)
    ]
