"""The sample desk on a clock that stands still, for pictures: as text in tests, as SVG for the README."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.console.desk_at_hand import AtHand, StandingClock
from tests.console.harness import FixedClock

from careconsole.channels.recording import load_recording
from careconsole.console.app import CareConsole, ConsoleOpening
from careconsole.desk.opening import open_desk, sign_off, sign_on
from careconsole.desk.rules import Rules
from careconsole.desk.runner import sync_once
from careconsole.settings.bundled import bundled
from careconsole.settings.watching import Watch

THREAD_BESIDE_FROM = 120
"""Columns from which the thread follows the cursor."""


@asynccontextmanager
async def sample_console(
    home: Path, size: tuple[int, int], theme: str | None = None
) -> AsyncIterator[AtHand]:
    """The console of ana on the sample desk at its start: forty conversations wait, nothing plays."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    clock = FixedClock()
    recording = load_recording(bundled("samples") / "desk.jsonl")
    (home / "logs").mkdir(exist_ok=True)
    async with open_desk(
        home, agent="ana", create=True, recording=recording, now=clock, clock=StandingClock(clock)
    ) as desk:
        await sync_once(desk)
        watch = Watch.begin(home / "settings.toml")
        console = CareConsole(
            desk, ConsoleOpening(home, "ana", watch, lambda document: Rules(), theme, recording), runs=False
        )
        await sign_on(desk)
        async with console.run_test(size=size, notifications=True) as pilot:
            at_hand = AtHand(console, desk, clock, pilot)
            await at_hand.until(lambda: console.desk_screen.counts is not None, "the first look")
            if size[0] >= THREAD_BESIDE_FROM:
                await at_hand.until(lambda: "Gwen Harrow" in at_hand.picture, "the thread of the first row")
            await at_hand.settle()
            yield at_hand
        await sign_off(desk)
