"""Below every question the status line of the desk stays in view, and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line

from careconsole.console.choosing import Choosing
from careconsole.console.review_screen import ReviewScreen

SIZES = [(80, 24), (120, 40), (170, 45)]
LINES = [line("m1", "dana", "Where is it?", 60), line("m2", "ben", "And mine?", 50)]
QUESTIONS = {
    "resolve": ("e",),
    "skip": ("S",),
    "why": ("w",),
    "card": ("i",),
    "snooze": ("s",),
    "form": ("f3", "f5"),
    "review": ("r", *"Mine", "f2"),
}


async def send_one(at: AtHand) -> None:
    await at.press("r", *"Soon", "f2", "Y")
    await at.until(lambda: "10 s, F4 withdraws" in at.picture, "the countdown")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", QUESTIONS)
async def test_the_countdown_goes_on_and_f4_is_answered(
    tmp_path: Path, size: tuple[int, int], name: str
) -> None:
    async with console_at_hand(tmp_path, LINES, size=size) as at:
        await send_one(at)
        await at.press(*QUESTIONS[name])
        await at.until(lambda: isinstance(at.console.screen, Choosing), "the question")
        await at.settle()
        assert "10 s, F4 withdraws" in at.picture.splitlines()[-1], at.picture
        at.clock.seconds += 3
        at.screen._count_down()
        await at.until(lambda: " 7 s, F4 withdraws" in at.picture.splitlines()[-1], "the next second")
        await at.press("f4")
        await at.until(lambda: "Withdrawn: it was not sent." in at.picture.splitlines()[-1], "the answer")
        assert isinstance(at.console.screen, Choosing)


async def test_a_review_gives_its_rows_to_a_sentence_that_wraps(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(80, 24)) as at:
        await at.press("r", *"Mine", *["enter", "x"] * 15, "f2")
        assert isinstance(at.console.screen, ReviewScreen) and "y Send" in at.picture
        at.screen.say("A sentence to be read to its end. " * 6, wraps=True)
        await at.until(lambda: at.picture.splitlines()[-3].startswith(" A sentence"), "the sentence")
        await at.until(lambda: "y Send" in at.picture and "═" in at.picture.splitlines()[-4], "the keys")
        at.screen.status.be_silent()
        await at.until(lambda: "═" in at.picture.splitlines()[-2], "its rows again")
