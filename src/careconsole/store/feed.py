"""Something was committed. Ask the store what."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Feed:
    """A number that rises with every commit seen by this process; it says when to look, never what."""

    def __init__(self) -> None:
        self.revision = 0
        self._moved = asyncio.Event()

    def publish(self) -> None:
        """Wake everybody who waits."""
        self.revision += 1
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def beyond(self, seen: int) -> int:
        """Wait until the number is above `seen`; the number."""
        while self.revision <= seen:
            await self._moved.wait()
        return self.revision


async def watch(data_version: Callable[[], int], feed: Feed, every_s: float = 0.1) -> None:
    """Publish commits of other processes: look at SQLite's `data_version` ten times a second."""
    known = data_version()
    while True:
        await asyncio.sleep(every_s)
        version = data_version()
        if version != known:
            known = version
            feed.publish()
