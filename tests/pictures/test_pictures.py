"""The screens as text: a change of layout shows as a readable difference.

`CARECONSOLE_PICTURES=draw` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.pictures.sample_console import sample_console, sample_wall

PICTURES = Path(__file__).parent
SIZES = {"80x24": (80, 24), "120x40": (120, 40), "170x45": (170, 45)}


def compare(name: str, picture: str) -> None:
    path = PICTURES / f"{name}.txt"
    drawn = "\n".join(line.rstrip() for line in picture.splitlines()) + "\n"
    if os.environ.get("CARECONSOLE_PICTURES") == "draw":
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8"), f"{path.name} differs; see this file's docstring"


@pytest.mark.parametrize("size", SIZES)
async def test_the_queue(tmp_path: Path, size: str) -> None:
    async with sample_console(tmp_path, SIZES[size]) as desk:
        compare(f"queue-{size}", desk.picture)


@pytest.mark.parametrize("size", SIZES)
async def test_a_reply_with_a_prepared_answer(tmp_path: Path, size: str) -> None:
    async with sample_console(tmp_path, SIZES[size]) as desk:
        await desk.press("p", "r", "f3", *"stranded", "enter")
        await desk.until(lambda: "draft saved" in desk.picture, "the draft")
        if size != "80x24":
            await desk.until(lambda: "2D @ana✎" in desk.picture, "the draft's mark")
        compare(f"reply-{size}", desk.picture)


async def test_why(tmp_path: Path) -> None:
    async with sample_console(tmp_path, SIZES["80x24"]) as desk:
        await desk.press("j", "w")
        compare("why-80x24", desk.picture)


@pytest.mark.parametrize("size", ["80x24", "120x40"])
async def test_the_form_for_a_prepared_answer(tmp_path: Path, size: str) -> None:
    async with sample_console(tmp_path, SIZES[size]) as desk:
        await desk.press("f3", *"refund", "f2")
        compare(f"snippet-{size}", desk.picture)


@pytest.mark.parametrize("size", [(80, 24), (240, 67)])
async def test_the_wallboard(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sample_wall(tmp_path, size) as wall:
        picture = "\n".join(strip.text for strip in wall.screen._compositor.render_strips())
        compare(f"wallboard-{size[0]}x{size[1]}", picture)
