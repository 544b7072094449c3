"""A practice run and its debrief, as SVG for the README."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from tests.console.practice_at_hand import Rehearsal, ended, keys, rehearse

from careconsole.cli.debriefing import played_of
from careconsole.console.practice.debrief import told_of
from careconsole.console.practice.debrief_app import DebriefApp
from careconsole.console.themes import load_themes
from careconsole.settings.bundled import bundled

Keep = Callable[[str, str], None]
CLAIM, WRITTEN_S, END_S = keys(2, "p"), 40, 60


def draw_training(home: Path, keep: Keep) -> None:
    """The storm a minute after it broke, an answer on its way; and the debrief of a run that ended too early."""
    text = "Hello Nora, flight 322 leaves at noon as planned. I look again at eleven and write to you if not."
    entries = [*CLAIM, *keys(6, "r"), *keys(8, text=text), *keys(45, "ctrl+s"), *keys(47, "y"), *ended(END_S)]

    def look(console: object) -> None:
        keep("training", console.export_screenshot(title="careconsole train"))  # type: ignore[attr-defined]

    played = rehearse(
        home,
        entries,
        name="storm",
        seed=7,
        speed=10,
        size=(120, 36),
        look_at_s=[WRITTEN_S],
        on_look=look,
    )
    asyncio.run(_draw_debrief(played, keep))


async def _draw_debrief(played: Rehearsal, keep: Keep) -> None:
    told = await told_of(played.run, played_of)
    app = DebriefApp(told, load_themes([bundled("themes")]), "dark")
    async with app.run_test(size=(100, 36)) as pilot:
        await pilot.pause()
        keep("debrief", app.export_screenshot(title="careconsole train --debrief"))
