"""F4 brings a held reply back from wherever the agent is, also from a reply to somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.console.desk_at_hand import console_at_hand, line

LINES = [line("m1", "dana", "Where is it?", 60), line("m2", "ben", "And mine?", 50)]


@pytest.mark.parametrize("size", [(80, 24), (100, 24), (119, 30), (120, 40), (170, 45)])
@pytest.mark.parametrize("pulls", [False, True])
async def test_from_a_reply_to_somebody_else(tmp_path: Path, size: tuple[int, int], pulls: bool) -> None:
    async with console_at_hand(tmp_path, LINES, size=size) as at:
        await at.press("r")
        await at.until(lambda: at.screen.is_writing, "the reply to dana")
        await at.press(*"Soon", "f2")
        await at.press("Y" if pulls else "y")
        if not pulls:
            await at.press("j")
        await at.until(lambda: at.screen.aim is not None and bool(at.screen.held), "what is held")
        await at.press("r")
        await at.until(lambda: at.screen.is_writing, "the reply to ben")
        await at.press(*"Mine")
        await at.press_at_once("f4")
        await at.until(lambda: at.screen.composer.text == "Soon", "the reply to dana again")
        await at.until(lambda: at.screen.focused_pane == "composer", "the editor")
        await at.press(*" now")
        assert at.screen.composer.text == "Soon now"
        assert "Soon now" in at.picture
