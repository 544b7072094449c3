"""`!` on a suspected troll: the two tests, what was answered, and the offer after the second provocation."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line

from careconsole.console.troll_screen import TrollScreen
from careconsole.model.conversation import ConversationState

VAGUE = "You are all liars and thieves, what a pathetic company"
FIRST = [line("m1", "tom", VAGUE, 50)]
SECOND = [
    *FIRST,
    line("r1", "tom", "We are sorry to hear that. What happened?", 40, direction="out", reply_to="m1"),
    line("m2", "tom", "Pathetic company, thieves, all of you", 30),
]


def shown(at: AtHand) -> str:
    """The picture with what was wrapped put together again."""
    return " ".join(at.picture.replace("║", " ").split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_first_one_is_to_be_answered(tmp_path: Path, size: tuple[int, int]) -> None:
    async with console_at_hand(tmp_path, FIRST, size=size) as at:
        for keys in (["!"], ["enter", "!"]):
            await at.press(*keys)
            assert isinstance(at.console.screen, TrollScreen)
            for words in (
                "Vague, and about the firm in general: yes. Strong words",
                "Details, or earlier contact: no. No order, date, amount or event",
                "Answered once: no",
                "Answer it once as if it were meant",
            ):
                assert words in shown(at)
            assert "resolve as provocation" not in at.picture
            await at.press("p")  # it is not offered
            assert isinstance(at.console.screen, TrollScreen)
            await at.press("!")
            assert at.console.screen is at.screen
        assert (await at.row("tom")).is_waiting


async def test_the_second_one_can_be_resolved_and_taken_back(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, SECOND) as at:
        assert (await at.row("tom")).is_waiting  # nothing is hidden by a guess
        await at.press("!")
        assert "Answered once: yes" in shown(at) and "p resolve as provocation" in shown(at)
        await at.press("escape")
        assert (await at.row("tom")).is_waiting
        await at.press("!", "p")
        assert "Resolved (provocation)" in at.said
        assert (await at.row("tom")).state is ConversationState.RESOLVED
        await at.press("z")
        assert (await at.row("tom")).is_waiting


async def test_typing_resolves_nothing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, SECOND) as at:
        await at.press("!")
        await at.press_at_once(*"pompous")
        assert isinstance(at.console.screen, TrollScreen) and (await at.row("tom")).is_waiting
        assert "typing?" in at.picture


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("You thieves lost my bag on flight 212", "Not suspected. It says or asks something"),
        ("Blue cheese", "Not suspected. No strong words about the firm in general."),
    ],
)
async def test_if_nothing_is_suspected_it_says_why(tmp_path: Path, text: str, why: str) -> None:
    async with console_at_hand(tmp_path, [line("m1", "una", text)]) as at:
        await at.press("!")
        assert why in shown(at) and "Answer it as any other." in shown(at)


async def test_without_a_conversation_nothing_opens(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, []) as at:
        await at.press("!")
        assert at.console.screen is at.screen
