"""`python -m tests.pictures.export`: draw the README's screenshots anew, as SVG that loads nothing from anywhere."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from tests.pictures.sample_console import sample_console, sample_wall
from tests.pictures.training_pictures import draw_training

DOCS = Path(__file__).parents[2] / "docs"
_FONT_FROM_ELSEWHERE = re.compile(r"@font-face \{.*?\}", re.DOTALL)


async def _draw(name: str, size: tuple[int, int], keys: list[str]) -> None:
    with tempfile.TemporaryDirectory() as home:
        async with sample_console(Path(home), size) as desk:
            await desk.press(*keys)
            if keys:
                await desk.until(lambda: "draft saved" in desk.picture, "the draft")
                await desk.settle()
            _keep(name, desk.console.export_screenshot(title="careconsole"))


async def _draw_wall() -> None:
    with tempfile.TemporaryDirectory() as home:
        async with sample_wall(Path(home), (120, 36)) as wall:
            _keep("wallboard", wall.export_screenshot(title="careconsole wallboard"))


def _keep(name: str, drawn: str) -> None:
    DOCS.mkdir(exist_ok=True)
    (DOCS / f"{name}.svg").write_text(_FONT_FROM_ELSEWHERE.sub("", drawn), encoding="utf-8")


async def main() -> None:
    """Draw all."""
    await _draw("queue", (120, 36), [])
    await _draw("answer", (170, 40), ["p", "r", "f3", *"stranded", "enter"])
    await _draw_wall()


if __name__ == "__main__":
    asyncio.run(main())
    with tempfile.TemporaryDirectory() as home:
        draw_training(Path(home), _keep)
