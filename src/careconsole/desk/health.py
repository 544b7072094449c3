"""A loop that outlives its failures, and how it fares."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable

from careconsole.channels.contract import TooManyRequests

Job = Callable[[], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]

LONGEST_PAUSE_S = 60.0
_log = logging.getLogger("careconsole.desk")


class Health:
    """Failures in a row of one loop, and how long it should rest."""

    def __init__(self, name: str, chance: Callable[[], float] = random.random) -> None:
        self.name = name
        self.failures = 0
        self.error = ""
        self._asked_s = 0.0
        self._chance = chance

    def worked(self) -> None:
        """The job went well."""
        self.failures, self.error, self._asked_s = 0, "", 0.0

    def failed(self, error: Exception) -> None:
        """The job failed; the log gets the kind of error, never its text."""
        self.failures += 1
        self.error = str(error)
        self._asked_s = error.after_s if isinstance(error, TooManyRequests) else 0.0
        _log.warning("%s failed %d times in a row: %s", self.name, self.failures, type(error).__name__)

    def pause_s(self, every_s: float) -> float:
        """Seconds to rest: the usual ones, after a failure doubled up to a minute, with jitter."""
        if not self.failures:
            return every_s
        doubled = min(LONGEST_PAUSE_S, max(every_s, 1.0) * 2.0 ** min(self.failures, 10))
        return max(self._asked_s, doubled * (0.5 + self._chance() / 2))


async def keep_doing(
    job: Job, *, every_s: Callable[[], float], health: Health, sleep: Sleep = asyncio.sleep
) -> None:
    """Do a job for ever, resting between two runs."""
    while True:
        try:
            await job()
        except Exception as error:  # nobody above could do better
            health.failed(error)
        else:
            health.worked()
        await sleep(health.pause_s(every_s()))
