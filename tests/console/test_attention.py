"""Who is at the keys: away after five minutes without one, back with the next, whatever screen has it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from tests.console.desk_at_hand import AtHand, console_at_hand, some_lines

from careconsole.console.attention import AWAY_AFTER_S
from careconsole.model.instant import to_us
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


async def test_behind_a_long_pause_a_new_stretch_of_focus_begins(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, some_lines()) as at:
        began = at.desk.now()
        clock = [began]
        at.desk.now = lambda: clock[0]
        at.screen.begin_attention(1)
        for second in (10, 39, 100, 110):
            clock[0] = began + timedelta(seconds=second)
            at.screen.touch_attention()
        clock[0] = began + timedelta(seconds=120)
        at.screen.end_attention()
        await at.settle()
        found = await at.desk.store.read(events.events_after)
        stretches = [
            [to_us(began) - json.loads(event.details)["started_us"], event.at_us - to_us(began)]
            for _, event, _, _ in found
            if event.kind == "focus"
        ]
        assert stretches == [[0, 69_000_000], [-100_000_000, 120_000_000]]
