"""What a program asks the kernel for, as strace tells it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

NEEDED = "strace is missing, and with it the proof: apt-get install strace"
_CALL = re.compile(r"^(?:\d+ +)?(?P<name>[a-z_0-9]+)\((?P<rest>.*)")
_INTERNET = re.compile(r"\bAF_INET6?\b|\bAF_PACKET\b|\bsin6?_port\b")
_UNCONNECTED = re.compile(r"^\d+<UDP")
_NAMED = re.compile(r'inet_addr\("([^"]*)"\)|inet_pton\(AF_INET6, "([^"]*)"|->\[?([0-9a-f.:]+?)\]?:\d+\]?>')
_LOCAL = re.compile(r"\b(?:AF_UNIX|AF_LOCAL|AF_NETLINK)\b")


def strace() -> str:
    """Where strace is; AssertionError with what to do if it is nowhere."""
    found = shutil.which("strace")
    assert found, NEEDED
    return found


def traced(command: Sequence[str], into: Path, *, named: bool = False) -> list[str]:
    """The command, with every call about a network written into a file; `named`: with what every socket is."""
    names = ["-yy"] if named else []
    return [strace(), "-f", "-qq", *names, "-e", "trace=network", "-o", str(into), *command]


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


def beyond_this_machine(trace: str) -> list[str]:
    """The calls of a trace with named sockets that reached, or would have reached, another machine.

    A browser asks the kernel which way it would take to a number far away: connecting a socket without a
    connection (UDP) does that, and sends nothing. What is sent through one counts.
    """
    return [
        f"{name}({rest}"
        for name, rest in calls(trace)
        if (name == "connect" and not _UNCONNECTED.search(rest) and _reaches_out(rest))
        or (name.startswith("send") and _reaches_out(rest))
    ]


def _reaches_out(rest: str) -> bool:
    """Whether a call names an internet address that is not of this machine, as its peer or as where to send."""
    found = [each for pair in _NAMED.findall(rest) for each in pair if each]
    return not all(_is_here(ip_address(each)) for each in found)


def _is_here(number: IPv4Address | IPv6Address) -> bool:
    mapped = number.ipv4_mapped if isinstance(number, IPv6Address) else None
    return (mapped or number).is_loopback
