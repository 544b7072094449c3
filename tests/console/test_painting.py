"""Frames for the terminal: short, complete, and no piece moved by a disputed width."""

from __future__ import annotations

import re

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style
from tests.console.harness import CountingDriver, Stage
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from careconsole.console.painting import Pen

STYLES = st.builds(
    Style,
    color=st.sampled_from([None, "#ff0000", "#00ff00", "red"]),
    bgcolor=st.sampled_from([None, "#0000ff", "#101010"]),
    bold=st.sampled_from([None, True, False]),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
    strike=st.booleans(),
)


@given(st.lists(st.tuples(STYLES, st.sampled_from(["a", "bc", " ", "  "])), min_size=1, max_size=12))
def test_the_pen_draws_what_whole_sequences_would_draw(parts: list[tuple[Style, str]]) -> None:
    lean, whole = pyte.Screen(40, 1), pyte.Screen(40, 1)
    pen = Pen(ColorSystem.TRUECOLOR)
    short = "".join(pen.change_to(style, text) + text for style, text in parts) + pen.change_to(None)
    long = "".join(Strip.render_style(style, text, ColorSystem.TRUECOLOR) for style, text in parts)
    pyte.Stream(lean).feed(short)
    pyte.Stream(whole).feed(long)
    assert len(short) <= len(long) + 5 * len(parts)
    for column in range(40):
        drawn, meant = lean.buffer[0][column], whole.buffer[0][column]
        assert (drawn.data, drawn.bg, drawn.reverse, drawn.underscore, drawn.strikethrough) == (
            meant.data,
            meant.bg,
            meant.reverse,
            meant.underscore,
            meant.strikethrough,
        )
        if not drawn.data.isspace() or drawn.reverse:
            assert (drawn.fg, drawn.bold, drawn.italics) == (meant.fg, meant.bold, meant.italics)


class Left(Widget):
    DEFAULT_CSS = "Left { width: 20; height: 4; dock: left; }"
    text = "plain"

    def render_line(self, y: int) -> Strip:
        from rich.segment import Segment

        return Strip([Segment(self.text, self.rich_style)]).adjust_cell_length(20, self.rich_style)


class Right(Widget):
    DEFAULT_CSS = "Right { width: 1fr; height: 4; }"
    addressed_columns = (10,)

    def render(self) -> str:
        return "0123456789" * 2


async def test_every_piece_has_an_address_in_whole_frames_too() -> None:
    left, right = Left(), Right()
    async with Stage(left, right, counting=True).run_test(headless=False, size=(40, 4)) as pilot:
        CountingDriver.forget()
        pilot.app.screen.refresh(layout=True)
        pilot.app.screen._compositor._dirty_regions.add(Region(0, 0, 40, 4))
        pilot.app.screen.refresh()
        await pilot.pause()
        sent = CountingDriver.sent()
        assert all(f"\x1b[1;{column}H" in sent for column in (1, 21, 31))
        assert "\n" not in sent


async def test_a_disputed_line_is_sent_up_to_the_right_edge() -> None:
    left, right = Left(), Right()
    async with Stage(left, right, counting=True).run_test(headless=False, size=(40, 4)) as pilot:
        await pilot.pause()
        for text, has_right in (("abc", False), ("कांगा", True)):
            CountingDriver.forget()
            left.text = text
            left.refresh()
            await pilot.pause()
            assert ("0123456789" in CountingDriver.sent()) is has_right


async def test_pictures_of_the_screen_still_work() -> None:
    async with Stage(Left(), Right()).run_test(size=(40, 4)) as pilot:
        assert "0123456789" in pilot.app.export_screenshot()


async def test_no_color_means_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    CountingDriver.forget()
    async with Stage(Left(), Right(), counting=True).run_test(headless=False, size=(40, 4)) as pilot:
        await pilot.pause()
        colors = re.findall(r"\x1b\[(?:[0-9]+;)*(?:[34][0-8]|9[0-7]|10[0-7])[;m]", CountingDriver.sent())
        assert "0123456789" in CountingDriver.sent() and colors == []
