"""The sample desk and its wall on a clock that stands still, for pictures: as text in tests, as SVG for the README."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from tests.console.desk_at_hand import AtHand, StandingClock
from tests.console.harness import NOON, FixedClock

from careconsole.channels.recording import load_recording
from careconsole.console.app import CareConsole, ConsoleOpening
from careconsole.console.themes import load_themes
from careconsole.console.wallboard.app import Wallboard
from careconsole.desk import replies, routing
from careconsole.desk.opening import open_desk, sign_off, sign_on
from careconsole.desk.reporting.watching import watch
from careconsole.desk.rules import Rules
from careconsole.desk.runner import sync_once
from careconsole.model.instant import to_us
from careconsole.settings.bundled import bundled
from careconsole.settings.document import Document
from careconsole.settings.watching import Watch

WALL_SINCE_US = to_us(NOON) - 8 * 3_600_000_000
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


@asynccontextmanager
async def sample_wall(home: Path, size: tuple[int, int]) -> AsyncIterator[Wallboard]:
    """The wall over the sample desk, behind the first twenty minutes of ana, who has answered nine."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    clock = FixedClock()
    recording = load_recording(bundled("samples") / "desk.jsonl")
    more = {"now": clock, "clock": StandingClock(clock)}
    async with open_desk(home, agent="ana", create=True, recording=recording, **more) as desk:  # type: ignore[arg-type]
        await sync_once(desk)
        await sign_on(desk)
        for _ in range(9):
            clock.forward(120)
            held = await routing.claim_next(desk)
            assert held is not None
            await routing.focus(desk, held.conversation_id, clock() - timedelta(seconds=90), clock(), clock())
            await replies.send(desk, held.conversation_id, text="We are on it and write to you by five.")
            await sync_once(desk)
        assert await routing.claim_next(desk) is not None
        async with open_desk(home, agent="vera", read_only=True, **more) as reader:  # type: ignore[arg-type]
            watched = watch(reader.store, WALL_SINCE_US)
            app = Wallboard(watched, Document().wall_targets, load_themes([bundled("themes")]), "dark")
            async with app.run_test(size=size) as pilot:
                app.wall.show_sight(await watched.look())
                await pilot.pause()
                yield app
        await sign_off(desk)
