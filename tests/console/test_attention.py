"""Who is at the keys: away after five minutes without one, back with the next, whatever screen has it."""

from __future__ import annotations

from pathlib import Path

from tests.console.desk_at_hand import AtHand, console_at_hand, some_lines

from careconsole.console.attention import AWAY_AFTER_S
from careconsole.store import events


async def signs(at: AtHand) -> list[str]:
    """The events that say whether the agent is there."""
    found = await at.desk.store.read(events.events_after)
    return [event.kind for _, event, _, _ in found if event.kind in ("signed_on", "away", "back")]


async def test_away_after_five_minutes_without_a_key_and_back_with_the_next(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, some_lines()) as at:
        await at.press("j")
        at.screen._look_for_keys()
        await at.settle()
        assert not at.screen.is_away and await signs(at) == ["signed_on"]

        at.screen._key_at_s -= AWAY_AFTER_S
        at.screen._look_for_keys()
        at.screen._look_for_keys()
        await at.settle()
        assert at.screen.is_away and await signs(at) == ["signed_on", "away"]

        await at.press("j")
        await at.press("j")
        await at.settle()
        assert not at.screen.is_away and await signs(at) == ["signed_on", "away", "back"]


async def test_who_types_in_a_question_is_there(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, some_lines()) as at:
        await at.press("V")
        at.screen._key_at_s -= AWAY_AFTER_S
        await at.press("a")
        at.screen._look_for_keys()
        await at.settle()
        assert not at.screen.is_away
