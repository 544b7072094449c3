"""No key overtakes another: what is typed behind a key reaches what that key opens."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand
from textual import events
from textual.command import CommandPalette
from textual.keys import _character_to_key
from textual.widgets import Input

from careconsole.console.escape import EscapeParser
from careconsole.console.help_screen import HelpScreen
from careconsole.console.reason_screen import Question
from careconsole.console.review_screen import ReviewScreen
from careconsole.console.vip_screen import VipScreen
from careconsole.console.why_screen import WhyScreen
from careconsole.desk import routing

TEXT = "rDear customer"


async def type_at(at: AtHand, text: str, pace_s: float) -> None:
    """Type as a hand does, whatever the console is doing."""
    for character in text:
        at.console.post_message(events.Key(_character_to_key(character), character))
        await asyncio.sleep(pace_s)
    await at.settle()


async def send(at: AtHand, data: str) -> None:
    """What a terminal sends, all at once."""
    for message in EscapeParser().feed(data):
        at.console.post_message(message)
    await at.settle()


@pytest.mark.parametrize("pace_ms", [30, 70, 100, 200])
async def test_a_reply_begun_from_the_list_is_whole_or_not_there(tmp_path: Path, pace_ms: int) -> None:
    async with console_at_hand(tmp_path) as at:
        await type_at(at, TEXT, pace_ms / 1000)
        if at.said == "typing? press r to reply":
            assert not at.screen.is_writing and not at.screen.fences
        else:
            assert at.screen.composer.text == TEXT[1:]


async def test_a_slow_claim_loses_no_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, is_free = routing.claim, asyncio.Event()

    async def claim_late(*given: object) -> object:
        await is_free.wait()
        return await claim(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(routing, "claim", claim_late)
    async with console_at_hand(tmp_path) as at:
        typing = asyncio.create_task(type_at(at, TEXT, 0.13))
        await asyncio.sleep(0.7)
        is_free.set()
        await typing
        assert at.screen.composer.text == TEXT[1:]


async def test_letters_behind_a_claim_that_somebody_else_holds(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await routing.claim(at.other("bob"), (await at.rows())["customer1"].id)
        await type_at(at, "rDear c", 0.1)
        assert isinstance(at.console.screen, Question) and not at.screen.is_writing


@pytest.mark.parametrize("opens", ["/", "\x1bOR"], ids=["slash", "F3"])
async def test_a_search_takes_every_letter(tmp_path: Path, opens: str) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("r")
        await send(at, opens + "refund")
        assert (at.screen.composer.text, at.screen.snippets.query_text) == ("", "refund")
        await send(at, "\rthere")
        assert at.screen.snippets.query_text == "" and "there" in at.screen.composer.text


async def test_the_palette_takes_every_letter(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await send(at, "\x10claim")
        assert isinstance(at.console.screen, CommandPalette)
        assert at.console.screen.query_one(Input).value == "claim"


async def test_the_note_on_a_vip_takes_every_letter(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await type_at(at, "V", 0.13)
        await type_at(at, "boss", 0)
        assert isinstance(at.console.screen, VipScreen) and at.console.screen._input.value == "boss"


async def test_a_letter_behind_escape_reaches_the_desk(tmp_path: Path) -> None:
    """Out of everything that lies over the list: Escape closes it, the letter is a command of the list."""
    async with console_at_hand(tmp_path) as at:
        opened = (("ctrl+p", CommandPalette), ("V", VipScreen), ("e", Question), ("w", WhyScreen))
        for number, (key, kind) in enumerate((*opened, ("question_mark", HelpScreen)), 2):
            await at.press(key)
            await at.until(lambda kind=kind: isinstance(at.console.screen, kind), kind.__name__)  # type: ignore[misc]
            await send(at, "\x1bj")
            assert at.console.screen is at.screen
            row = at.screen.queue.cursor_row
            assert row is not None and row.handle == f"customer{number}"


async def test_a_letter_behind_escape_leaves_text_fields_one_by_one(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("r")
        await send(at, "Hello ")
        await at.press("f3")
        await send(at, "x\x1by")
        assert (at.screen.composer.text, at.screen.snippets.query_text) == ("Hello y", "x")
        await at.press("f2")
        await at.until(lambda: isinstance(at.console.screen, ReviewScreen))
        await send(at, "\x1bz")
        assert at.screen.composer.text == "Hello yz" and at.console.screen is at.screen
        await send(at, "\x1bw")
        await at.until(lambda: isinstance(at.console.screen, WhyScreen))
        assert at.screen.composer.text == "Hello yz"
