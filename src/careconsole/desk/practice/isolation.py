"""What makes a practice run unable to reach anybody: no code of a network can be loaded, no socket opened.

Both are for the rest of the process: there is no way back. Imports nothing but the standard library, until it shuts the door.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

CHANNELS = frozenset(
    {
        "contract",
        "factory",
        "import_line",
        "pacing",
        "rate_limit",
        "recording",
        "replay",
        "sent_log",
        "surrogates",
    }
)
"""The modules of `careconsole.channels` that a practice run may load."""
REFUSED = frozenset(
    {
        *("httpx", "httpcore", "h11", "h2", "requests", "urllib3", "aiohttp", "websockets"),
        *("ssl", "_ssl", "urllib.request", "http.client", "xmlrpc", "socketserver", "webbrowser"),
        *("ftplib", "smtplib", "poplib", "imaplib", "nntplib", "telnetlib"),
    }
)
"""Modules, with all that is in them, that reach a network."""
_ROOM = "careconsole.channels."
_REACHING = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
_NAMING = frozenset(
    {
        *("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"),
        *("urllib.Request", "ftplib.connect", "smtplib.connect", "webbrowser.open"),
    }
)
_STARTING = frozenset({"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.startfile"})


class NotInPractice(PermissionError):
    """A practice run reaches nobody: this is refused."""


class NotIsolated(Exception):
    """Code of a network is loaded already; the run is not begun."""


def is_refused(name: str) -> bool:
    """Whether a practice run may not load this module."""
    if name.startswith(_ROOM):
        return name.removeprefix(_ROOM).partition(".")[0] not in CHANNELS
    parts = name.split(".")
    return any(".".join(parts[:length]) in REFUSED for length in range(1, len(parts) + 1))


class _Refusing(MetaPathFinder):
    """Finds no module of a network, before anybody else looks for it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if is_refused(fullname):
            raise ModuleNotFoundError(
                f"{fullname} is not loaded in practice: nothing may reach anybody.", name=fullname
            )
        return None


_may_start = 0
_is_isolated = False


def isolate() -> None:
    """Refuse from now on every module of a network, every socket but one within this host, and other programs.

    Raises NotIsolated if a module of a network is loaded already.
    """
    global _is_isolated
    loaded = sorted(name for name in sys.modules if is_refused(name))
    if loaded:
        raise NotIsolated(f"Practice cannot begin: {', '.join(loaded)} is loaded already. Start it afresh.")
    if not _is_isolated:
        _take_along()
        _is_isolated = True
        sys.meta_path.insert(0, _Refusing())
        sys.addaudithook(_look_at)


def _take_along() -> None:
    """What looks for account and card numbers asks for `ssl` as it is loaded, and uses it for services that we never
    ask: an empty module stands there meanwhile, and is gone behind it.
    """
    sys.modules["ssl"] = ModuleType("ssl")
    try:
        for name in ("stdnum.iban", "stdnum.luhn"):
            import_module(name)
    finally:
        del sys.modules["ssl"]


@contextmanager
def starting_a_program() -> Iterator[None]:
    """Within it the agent's own editor may be started."""
    global _may_start
    _may_start += 1
    try:
        yield
    finally:
        _may_start -= 1


def _look_at(event: str, arguments: tuple[Any, ...]) -> None:
    """The audit hook: raises NotInPractice for what reaches out of this process."""
    if event == "socket.__new__":
        if arguments[1] != socket.AF_UNIX:
            raise NotInPractice("Practice opens no socket: nothing reaches anybody.")
    elif event in _REACHING:
        if getattr(arguments[0], "family", None) != socket.AF_UNIX:
            raise NotInPractice("Practice opens no connection: nothing reaches anybody.")
    elif event in _NAMING:
        raise NotInPractice("Practice looks no name up: nothing reaches anybody.")
    elif event in _STARTING and not _may_start:
        raise NotInPractice("Practice starts no other program than your editor.")
