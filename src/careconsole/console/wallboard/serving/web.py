"""The web server: the page, and a wall behind every browser that has it open. Loaded only where a wall is served."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Callable
from contextlib import suppress

from aiohttp import WSCloseCode, WSMsgType, web

from careconsole.console.wallboard.serving.child import Child, Wall, command, environment
from careconsole.console.wallboard.serving.door import SOCKET, Door, Refused
from careconsole.console.wallboard.serving.page_files import HEADERS, page_file
from careconsole.console.wallboard.serving.wire import MOST_HEARD, WireError, heard, size_of

MOST_BROWSERS = 8
"""Every one of them has a program of its own behind it."""
FULL = f"{MOST_BROWSERS} browsers look at this wallboard, which are as many as it has room for. Close one of them."
_HEARTBEAT_S = 15.0
_GOODBYE_S = 2.0
_ENDING_S = 6.0
_FIRST_SIZE = (80, 24)

Tell = Callable[[str], None]


class WallServer:
    """Serves one wall to several browsers."""

    def __init__(self, door: Door, wall: Wall, tell: Tell) -> None:
        """`tell`: where a sentence for whoever started it goes; it never holds the token."""
        self._door, self._wall, self._tell = door, wall, tell
        self._pages: set[web.WebSocketResponse] = set()
        self._children: set[Child] = set()
        self._is_ending = False

    async def open(self, listening: socket.socket) -> None:
        """Serve at a socket that listens. Nothing is logged: a line of a log would hold the token."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        app.on_shutdown.append(self._say_goodbye)
        silent = logging.getLogger("careconsole.wallboard.serving")
        silent.addHandler(logging.NullHandler())
        silent.propagate = False
        self._runner = web.AppRunner(app, access_log=None, logger=silent, shutdown_timeout=_ENDING_S)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()

    async def close(self) -> None:
        """Let every browser go; no program is left behind."""
        try:
            await self._runner.cleanup()
        finally:
            for child in self._children:
                child.kill()

    async def _say_goodbye(self, app: web.Application) -> None:
        """Each page that goes ends the program behind it."""
        self._is_ending = True
        goodbyes = (page.close(code=WSCloseCode.GOING_AWAY) for page in list(self._pages))
        await asyncio.gather(*goodbyes, return_exceptions=True)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        asked = self._door.ask(request.path, request.headers.get("Host"), request.headers.get("Origin"))
        if isinstance(asked, Refused):
            return _sentence(403, asked.sentence)
        if request.method not in ("GET", "HEAD"):
            return _sentence(405, "This wallboard can only be looked at.")
        if asked.name == SOCKET:
            return await self._show(request)
        if request.query_string:
            return _sentence(400, "This wallboard takes nothing behind a question mark.")
        if asked.name is None:
            return web.Response(status=308, headers={**HEADERS, "Location": f"{request.path}/"})
        if asked.name == "" and request.method == "GET" and self._is_full:
            return _sentence(503, FULL)
        found = page_file(asked.name)
        if found is None:
            return _sentence(404, "This wallboard has no such page.")
        body, kind = found
        return web.Response(body=body, headers={**HEADERS, "Content-Type": kind})

    @property
    def _is_full(self) -> bool:
        return len(self._pages) >= MOST_BROWSERS

    # A browser

    async def _show(self, request: web.Request) -> web.StreamResponse:
        """Show the wall to one browser until either has gone."""
        page = web.WebSocketResponse(
            heartbeat=_HEARTBEAT_S, timeout=_GOODBYE_S, max_msg_size=MOST_HEARD, compress=False
        )
        if not page.can_prepare(request):
            return _sentence(400, "This address is for the page of the wallboard.")
        if self._is_full or self._is_ending:
            return _sentence(503, FULL)
        self._pages.add(page)
        try:
            await page.prepare(request)
            await self._show_through(page, _size(request))
        finally:
            self._pages.discard(page)
        return page

    async def _show_through(self, page: web.WebSocketResponse, size: tuple[int, int]) -> None:
        try:
            child = await Child.start(command(self._wall), environment(os.environ, size))
        except OSError as error:
            self._tell(f"A wallboard could not be started: {error.strerror}.")
            return
        self._children.add(child)
        drawing = asyncio.create_task(_draw(child, page))
        try:
            if not self._is_ending:
                await _listen(page, child)
        finally:
            drawing.cancel()
            await asyncio.gather(drawing, return_exceptions=True)
            if complaint := await asyncio.shield(child.end()):
                self._tell(f"A wallboard ended: {complaint}")
            self._children.discard(child)


async def _draw(child: Child, page: web.WebSocketResponse) -> None:
    """Hand on what is drawn; a wall that has ended ends its page too."""
    with suppress(ConnectionError):
        async for picture in child.pictures():
            await page.send_bytes(picture)
    await page.close()


async def _listen(page: web.WebSocketResponse, child: Child) -> None:
    """Hand on what the page says, until it goes."""
    async for message in page:
        try:
            if message.type is not WSMsgType.TEXT:
                raise WireError("it is no text")
            said = heard(message.data)
        except WireError:
            await page.close(code=WSCloseCode.POLICY_VIOLATION)
            return
        if said.to_program:
            await child.send(said.to_program)
        if said.to_page:
            with suppress(ConnectionError):
                await page.send_str(said.to_page)


def _size(request: web.Request) -> tuple[int, int]:
    try:
        return size_of(int(request.query["width"]), int(request.query["height"]))
    except (KeyError, ValueError):  # WireError is one
        return _FIRST_SIZE


def _sentence(status: int, sentence: str) -> web.Response:
    return web.Response(
        status=status, text=f"{sentence}\n", headers={**HEADERS, "Content-Type": "text/plain; charset=utf-8"}
    )
