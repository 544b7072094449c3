"""Whatever stands on the screen can be read, in every theme we ship: each visible cell with text, also below a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from tests.console.desk_at_hand import AtHand, console_at_hand, line
from tests.console.test_themes import SHIPPED, contrast
from textual.command import CommandPalette

from careconsole.console.review_screen import ReviewScreen
from careconsole.console.snippet_screen import SnippetScreen

FRAMES = frozenset("─━│┃═║╌┄┅╭╮╰╯┌┐└┘╔╗╚╝┏┓┗┛▁▂▃▄▅▆▇█▔▕▏▎▊▌▐ ")
"""Lines and bars carry no words."""
LINES = [
    line("late", "customer1", "Where is parcel 1?", 600),
    line("direct", "customer2", "My number is with you.", 50, visibility="private"),
    line("m3", "customer3", "When do you open?", 5),
]


def _hex(colour: RichColor | None) -> str:
    assert colour is not None, "a cell without a colour of its own"
    return colour.get_truecolor().hex


def weak_cells(at: AtHand) -> dict[str, float]:
    """The pieces of text on the screen below 4.5, with their contrast."""
    weak = {}
    for text, ink, ground in _pieces(at):
        ratio = contrast(ink, ground)
        if ratio < 4.5:
            weak[text] = round(ratio, 2)
    return weak


def _pieces(at: AtHand) -> Iterator[tuple[str, str, str]]:
    for strip in at.console.screen._compositor.render_strips():
        for text, style, _control in strip:
            if style is None or not set(text) - FRAMES:
                continue
            assert not style.dim, text
            ink, ground = _hex(style.color), _hex(style.bgcolor)
            yield (text.strip(), ground, ink) if style.reverse else (text.strip(), ink, ground)


@pytest.fixture(params=SHIPPED.by_name)
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_the_desk_with_an_empty_search(tmp_path: Path, theme: str) -> None:
    async with console_at_hand(tmp_path, LINES, size=(120, 40), theme=theme) as at:
        assert weak_cells(at) == {}
        await at.press("f3")
        assert "Search" in at.picture and weak_cells(at) == {}


async def test_the_line_to_find(tmp_path: Path, theme: str) -> None:
    async with console_at_hand(tmp_path, LINES, theme=theme) as at:
        await at.press("slash")
        assert "lang:de" in at.picture and weak_cells(at) == {}


async def test_the_line_to_snooze(tmp_path: Path, theme: str) -> None:
    async with console_at_hand(tmp_path, LINES, theme=theme) as at:
        await at.press("s")
        assert "call back" in at.picture and weak_cells(at) == {}


async def test_a_review_and_the_thread_above_it(tmp_path: Path, theme: str) -> None:
    async with console_at_hand(tmp_path, LINES, size=(120, 40), theme=theme) as at:
        await at.press("r", *"Soon.", "f2")
        assert isinstance(at.console.screen, ReviewScreen)
        assert "!" in at.picture and "Where is parcel 1?" in at.picture and weak_cells(at) == {}


async def test_the_form_for_a_prepared_answer(tmp_path: Path, theme: str) -> None:
    async with console_at_hand(tmp_path, LINES, size=(120, 50), theme=theme) as at:
        await at.press("f3", "f5")
        assert isinstance(at.console.screen, SnippetScreen)
        assert "by this it is found" in at.picture and weak_cells(at) == {}
        await at.press("x", "tab")
        assert weak_cells(at) == {}


async def test_the_palette(tmp_path: Path, theme: str) -> None:
    async with console_at_hand(tmp_path, LINES, size=(120, 40), theme=theme) as at:
        await at.press("ctrl+p")
        assert isinstance(at.console.screen, CommandPalette)
        await at.until(lambda: "Theme: light" in at.picture or "Claim" in at.picture, "the commands")
        assert weak_cells(at) == {}
        await at.press(*"claim", "down")
        await at.until(lambda: "Claim" in at.picture, "what was found")
        assert weak_cells(at) == {}
