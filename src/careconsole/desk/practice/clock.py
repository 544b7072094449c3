"""The clock of a practice run: virtual time, faster than the hand and still while the run is paused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from careconsole.model.instant import to_us

TICKS_A_S = 100
"""Virtual time goes in hundredths of a second: what happens within one bears the same stamp."""
SHORTEST_SLEEP_S = 0.2
"""So long, of the hand's time, whoever sleeps sleeps at least: at high speeds more happens at a time."""

SHOWN_EVERY_S = 0.25
LOOK_AGAIN_S = 1.0
"""How often somebody who waits for time to pass looks whether it goes on, while it stands."""


class PracticeClock:
    """The host clock of the record, and the clock of everything on the screen.

    Nobody can set it: it counts `hand_s`, a clock that only goes forward, and begins at a time of the scenario.
    """

    boot_id = "practice"

    def __init__(self, hand_s: Callable[[], float], speed: float, began_at: datetime) -> None:
        self._hand_s = hand_s
        self.speed = speed
        """Virtual seconds per second of the hand."""
        self.began_at = began_at
        self._mark_s = hand_s()
        self._went_s = 0.0
        """Seconds of the hand that counted until the mark."""
        self._goes_on: asyncio.Event | None = None

    @property
    def is_paused(self) -> bool:
        """Whether time stands."""
        return self._goes_on is not None

    def pause(self) -> None:
        """Let every clock stand."""
        if self._goes_on is None:
            self._went_s = self.went_s()
            self._goes_on = asyncio.Event()

    def go_on(self) -> None:
        """Let them run again."""
        if self._goes_on is not None:
            self._mark_s = self._hand_s()
            self._goes_on.set()
            self._goes_on = None

    def went_s(self) -> float:
        """Seconds of the hand, without those of pauses."""
        return self._went_s + (0.0 if self.is_paused else self._hand_s() - self._mark_s)

    def _ticks(self) -> int:
        return int(self.went_s() * self.speed * TICKS_A_S + 1e-6)

    @property
    def virtual_s(self) -> float:
        """Virtual seconds since the run began, in whole ticks."""
        return self._ticks() / TICKS_A_S

    def now(self) -> datetime:
        """The virtual time."""
        return self.began_at + timedelta(microseconds=self._ticks() * (1_000_000 // TICKS_A_S))

    def now_us(self) -> int:
        """The same, in microseconds since 1970."""
        return to_us(self.now())

    def monotonic_ns(self) -> int:
        """The virtual time that leases are counted on, in nanoseconds."""
        return (self._ticks() + TICKS_A_S) * (1_000_000_000 // TICKS_A_S)

    def hand_span_s(self, virtual_s: float) -> float:
        """How long the hand waits for so many virtual seconds; while time stands it looks again now and then."""
        span_s = virtual_s / self.speed
        return max(span_s, LOOK_AGAIN_S) if self.is_paused else span_s

    def shown_span_s(self, virtual_s: float) -> float:
        """The same for what is only shown: at high speeds no more often than an eye follows."""
        return max(self.hand_span_s(virtual_s), min(virtual_s, SHOWN_EVERY_S))

    async def sleep(self, virtual_s: float) -> None:
        """Wait for so many virtual seconds; a pause does not count."""
        until_s = self.went_s() + max(virtual_s / self.speed, SHORTEST_SLEEP_S)
        while (left_s := until_s - self.went_s()) > 1e-9:
            if self._goes_on is not None:
                await self._goes_on.wait()
            else:
                await asyncio.sleep(left_s)
        if self._goes_on is not None:
            await self._goes_on.wait()
