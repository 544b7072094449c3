"""The wallboard for browsers as a program: opens, tells its address, serves until somebody ends it."""

from __future__ import annotations

import asyncio
import shlex
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec

from careconsole.console.ending import ENDED_BY
from careconsole.console.wallboard.serving.child import Wall
from careconsole.console.wallboard.serving.door import Door, new_token
from careconsole.desk.opening import open_desk
from careconsole.model.web_address import WebAddress

NEEDED = ("aiohttp", "textual_serve")
MISSING = (
    "To serve the wallboard, careconsole needs its extra careconsole[serve], which is not installed. "
    f"Where you installed it from, run: {shlex.quote(sys.executable)} -m pip install '.[serve]'"
)
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Tell = Callable[[str], None]


class CannotServe(Exception):
    """The wall cannot be served; a sentence says why and what to do."""


def serve_wallboard(wall: Wall, address: WebAddress, tell_address: Tell, tell: Tell) -> int:
    """Serve a wall until somebody ends it; the exit code. Raises CannotServe and StoreError at the start.

    `tell_address` gets the address to open, once; `tell` every other sentence, none of which holds the token.
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise CannotServe(MISSING)
    return asyncio.run(_serve(wall, address, tell_address, tell))


async def _serve(wall: Wall, address: WebAddress, tell_address: Tell, tell: Tell) -> int:
    async with open_desk(wall.home, agent=wall.agent, read_only=True):
        pass  # what is wrong with the desk is said here, not to a browser
    from careconsole.console.wallboard.serving.web import WallServer

    ended = _ended()
    with listen(address) as listening:
        served = replace(address, port=listening.getsockname()[1])
        door = Door(served, "" if address.is_loopback else new_token(), socket.gethostname())
        server = WallServer(door, wall, tell)
        await server.open(listening)
        try:
            tell_address(served.page(door.token, door.own_name))
            tell(_about(door))
            number = await ended
        finally:
            await server.close()
    return 0 if number is signal.SIGINT else ENDED_BY + number


def listen(address: WebAddress) -> socket.socket:
    """A socket that listens at an address. Raises CannotServe."""
    where = f"{address.host} port {address.port}"
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, name = found[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise CannotServe(
            f"Nothing can be served at {where}: {error.strerror}. Name another host."
        ) from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(name)
        listening.listen()
    except OSError as error:
        listening.close()
        raise CannotServe(
            f"Nothing can be served at {where}: {error.strerror}. Name another, as in --serve {address.host}:0 "
            "for any port that is free."
        ) from error
    return listening


def _about(door: Door) -> str:
    if door.token:
        who = (
            "Whoever has the whole address can look, and it travels unencrypted: keep both within a network that "
            "you trust."
        )
    else:
        who = "Everybody on this machine can look, and nobody else."
    return f"Open the address in a browser. {who} Ctrl+C ends it."


def _ended() -> asyncio.Future[signal.Signals]:
    """Which signal ends the program, once one does."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[signal.Signals] = loop.create_future()

    def end(number: signal.Signals) -> None:
        if not ended.done():
            ended.set_result(number)

    for number in _ENDINGS:
        loop.add_signal_handler(number, end, number)
    return ended
