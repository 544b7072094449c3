"""F4 brings a held reply back from wherever the agent is, also from a reply to somebody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.console.desk_at_hand import console_at_hand, line

from careconsole.desk import reading, replies
from careconsole.model.reply import OutboxState

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


async def test_a_changed_wall_clock_changes_no_undo_window(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES) as at:
        await at.press("r")
        await at.until(lambda: at.screen.is_writing, "the reply")
        await at.press(*"Soon", "f2", "y")
        await at.until(lambda: "10 s, F4 withdraws" in at.picture, "the countdown")
        for hours in (1, -2, 48):
            at.clock.now += timedelta(hours=hours)
            at.screen._count_down()
            await at.settle()
            assert "10 s, F4 withdraws" in at.picture
        at.clock.seconds += 9.5
        at.screen._count_down()
        await at.until(lambda: "1 s, F4 withdraws" in at.picture, "the last second")
        at.clock.seconds += 1
        at.screen._count_down()
        await at.until(lambda: "F4 withdraws" not in at.picture, "that it is on its way")
        await at.until(lambda: not at.screen._letting_go, "that it is let go")
        [row] = await reading.outbox(at.desk)
        assert row.state is OutboxState.QUEUED


async def test_a_reply_whose_claim_ran_out_does_not_leave_under_a_colleagues_hand(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES) as at:
        dana = await at.row("dana")
        await at.press("r")
        await at.until(lambda: at.screen.is_writing, "the reply")
        await at.press(*"Soon", "f2", "y")
        await at.until(lambda: "10 s, F4 withdraws" in at.picture, "the countdown")
        await at.desk.store.write(
            lambda tx: tx.change("UPDATE conversation SET claimed_by = 'zoe' WHERE id = $1", dana.id)
        )
        at.clock.seconds += 11
        at.screen._count_down()
        await at.until(lambda: "draft again: @zoe has" in at.said, "the sentence")
        [draft] = await replies.my_drafts(at.desk)
        assert draft.text == "Soon"
        [row] = await reading.outbox(at.desk)
        assert row.state is OutboxState.CANCELLED
