"""The debrief on the screen: it fits, one goes from mistake to mistake, reads the thread, and saves what one saw."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.desk.practised import FINE, practising
from textual.app import App

from careconsole.console.practice.debrief_screen import DebriefScreen, MistakeThread, Told
from careconsole.console.themes import load_themes, variable_defaults
from careconsole.desk.practice.debrief import Debrief
from careconsole.desk.practice.debrief_html import html_of
from careconsole.desk.practice.judging.marks import MarkName
from careconsole.desk.practice.progress import Progress, RunLine, compared
from careconsole.model.message import Kind
from careconsole.settings.bundled import bundled


class Shown(App[None]):
    """Nothing but the debrief."""

    CSS_PATH = str(Path(__file__).parents[2] / "src" / "careconsole" / "console" / "console.tcss")

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told
        self.remapped: dict[str, str] = {}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme.dark)

    def on_load(self) -> None:
        for theme in load_themes([bundled("themes")]).by_name.values():
            self.register_theme(theme)
        self.theme = "dark"

    def on_mount(self) -> None:
        self.push_screen(DebriefScreen(self.told))

    @property
    def picture(self) -> str:
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())


async def a_run(folder: Path) -> Debrief:
    async with practising(folder) as run:
        card = await run.hears(
            "a", "ann", "My card [/] 4111 1111 1111 1111 was charged twice!", kind=Kind.COMPLAINT
        )
        praise = await run.hears("b", "bob", "What a [lovely](shop)!", kind=Kind.PRAISE)
        run.minute(1)
        await run.answers(praise, "Thank you!")
        run.minute(12)
        await run.answers(card, f"It is only a small delay. {FINE}")
        return await run.debriefed(30)


@asynccontextmanager
async def shown(
    folder: Path, size: tuple[int, int] = (80, 24), progress: Progress | None = None, **changes: Any
) -> AsyncIterator[tuple[Shown, Any]]:
    found = replace(await a_run(folder), **changes)
    app = Shown(Told(found, progress or compared([]), folder))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 12)])
async def test_it_fits_and_says_how_to_go_on(tmp_path: Path, size: tuple[int, int]) -> None:
    async with shown(tmp_path / "run", size) as (app, pilot):
        assert "Practice run 1: By hand" in app.picture and "below" in app.picture
        if size[0] >= 80:
            assert "n p 3 mistakes · Enter thread · s HTML · t text · q leaves" in app.picture
        await pilot.press("end")
        assert "the end" in app.picture and "@bob" in app.picture


async def test_n_and_p_go_round_the_mistakes_and_enter_opens_the_thread(tmp_path: Path) -> None:
    async with shown(tmp_path / "run") as (app, pilot):
        await pilot.press("enter")
        assert "Go to a mistake first" in app.picture
        await pilot.press("n")
        assert "n p 1 of 3 mistakes" in app.picture and "Go to a mistake first" not in app.picture
        assert "You took #2 while #1 was free and more urgent." in app.picture
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MistakeThread)
        assert "0:00 @ann, in public" in app.picture and "12:00 ana, in public" in app.picture
        assert "My card [/] 4111 1111 1111 1111" in app.picture
        await pilot.press("escape", "p")
        assert "n p 3 of 3 mistakes" in app.picture
        await pilot.press("n", "tab", "shift+tab")
        assert "n p 1 of 3 mistakes" in app.picture


async def test_s_and_t_save_into_the_folder_of_the_run_and_say_where(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    async with shown(folder) as (app, pilot):
        await pilot.press("s")
        assert "Saved:" in app.picture
        assert (folder / "debrief.html").read_text(encoding="utf-8") == html_of(app.told.debrief)
        assert (folder / "debrief.html").stat().st_mode & 0o777 == 0o600
        await pilot.press("t")
        assert "debrief.txt" in _joined(app)
        told = (folder / "debrief.txt").read_text(encoding="utf-8")
        assert told.startswith("Practice run 1: By hand\n") and "YOU AND THE GHOST" in told
        (folder / "debrief.html").unlink()
        (folder / "debrief.html").mkdir()
        await pilot.press("s")
        assert "isafolder" in _joined(app)
        assert sorted(each.name for each in folder.iterdir() if "new" in each.name) == []


async def test_progress_stands_at_its_end(tmp_path: Path) -> None:
    tone = {MarkName.TONE: 50}
    lines = [RunLine(number, "by-hand", 1, "ana", None, True, tone, {"blame": number}) for number in (1, 2)]
    async with shown(tmp_path / "run", progress=compared(lines)) as (app, pilot):
        await pilot.press("G")
        assert "PROGRESS" in app.picture and "Worse, run 2 against run 1: blame 1 time -> 2." in app.picture


async def test_without_a_mistake_it_says_so(tmp_path: Path) -> None:
    async with shown(tmp_path / "run", marks=()) as (app, pilot):
        assert "no mistake" in app.picture
        await pilot.press("n")
        assert "No mistake in this run." in app.picture
        await pilot.press("q")
        await pilot.pause()
        assert not isinstance(app.screen, DebriefScreen)


def _joined(app: Shown) -> str:
    """What stands there without what parts its lines."""
    return "".join(sign for sign in app.picture if not sign.isspace() and sign != "┃")
