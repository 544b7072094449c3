"""A server that fails on purpose: stands before a real one and loses answers, resets connections, is slow."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import suppress


class FaultyProxy:
    """Passes HTTP/1.1 requests on, one to a connection, and treats some of them badly."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self._port = port
        self._chance = chance
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.done: Counter[str] = Counter()
        """How often what was done to posts of statuses."""

    async def start(self) -> str:
        """Begin to listen on loopback; the address."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._pass_on(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            request = await _message(reader)
            fault = self._fault(request)
            if fault == "reset":
                writer.transport.abort()
                return
            answer = await self._ask(request)
            if fault == "lost":
                writer.transport.abort()
                return
            if fault == "slow":
                await asyncio.sleep(self._chance.uniform(0.2, 1.5))
            writer.write(answer)
            await writer.drain()
        writer.close()

    def _fault(self, request: bytes) -> str:
        """What to do to a request: of the posts a fifth loses its answer, a tenth each is reset or slow."""
        throw = self._chance.random()
        if not request.startswith(b"POST /api/v1/statuses"):
            return "reset" if throw < 0.03 else ""
        fault = "lost" if throw < 0.2 else "reset" if throw < 0.3 else "slow" if throw < 0.4 else ""
        self.done[fault or "passed"] += 1
        return fault

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        head, _, body = request.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        writer.write(b"\r\n".join([*lines, b"Connection: close", b"", body]))
        await writer.drain()
        answer = await reader.read()
        writer.close()
        return answer


async def _message(reader: asyncio.StreamReader) -> bytes:
    """A request: its head and, if it has one, its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    return head + (await reader.readexactly(length) if length else b"")
