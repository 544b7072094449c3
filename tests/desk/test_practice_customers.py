"""Customers of a practice run: they write when their time has come, and react to what is done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.desk.test_practice_scenario import line, loaded, when

from careconsole.channels.recording import Said
from careconsole.desk.practice.clock import PracticeClock
from careconsole.desk.practice.playing import Customers, PracticeChannel, is_rude
from careconsole.desk.practice.scenario import Scenario
from careconsole.model.message import Visibility
from careconsole.model.reply import OutgoingReply

CALM = "Thank you for telling us. We look for it and write again by noon."
RUDE = "Calm down. You should have read the rules."
EVERY = [
    line("a", 10),
    line("a-answered", None, when=when("a", "answered", 60)),
    line("a-private", None, when=when("a", "private", 60)),
    line("a-public", None, when=when("a", "public", 60)),
    line("a-rudely", None, when=when("a", "rudely", 60)),
    line("a-ignored", None, when=when("a", "ignored", 200)),
]


class Run:
    """A scenario under way, with a hand that lets time go."""

    def __init__(self, scenario: Scenario) -> None:
        self.s = 0.0
        self.clock = PracticeClock(lambda: self.s, 1.0, datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
        self.customers = Customers(scenario, self.clock)

    def at(self, s: float) -> list[str]:
        """Ids of what is said up to this second and was not told yet."""
        self.s = s
        happened = self.customers.happened("shop", self.clock.virtual_s)
        return [each.item.external_id for each in happened if isinstance(each, Said)]

    def answer(self, to: str, text: str = CALM, visibility: Visibility = Visibility.PUBLIC) -> None:
        self.customers.answered(OutgoingReply(1, "key", text, visibility, to, "dana", 0))


@pytest.mark.parametrize(
    ("text", "visibility", "left_out", "said"),
    [
        (CALM, Visibility.PUBLIC, (), "a-public"),
        (CALM, Visibility.DIRECT, (), "a-private"),
        (CALM, Visibility.PUBLIC, ("a-public",), "a-answered"),
        (RUDE, Visibility.PUBLIC, (), "a-rudely"),
        (RUDE, Visibility.DIRECT, (), "a-rudely"),
        (RUDE, Visibility.DIRECT, ("a-rudely",), "a-private"),
    ],
)
def test_the_most_special_reaction_comes_once(
    text: str, visibility: Visibility, left_out: Sequence[str], said: str
) -> None:
    run = Run(loaded(*(each for each in EVERY if each["id"] not in left_out)))
    assert run.at(60) == ["a"]
    run.answer("a", text, visibility)
    run.answer("a", text, visibility)
    assert run.at(60 + 45) == []
    assert run.at(60 + 80) == [said]
    assert run.at(3000) == []
    assert not run.customers.will_say_more


def test_who_is_ignored_writes_again_and_who_was_answered_does_not() -> None:
    ignored, answered = Run(loaded(*EVERY)), Run(loaded(*EVERY))
    assert ignored.at(60) == answered.at(60) == ["a"]
    answered.answer("a")
    assert "a-ignored" in ignored.at(500)
    assert "a-ignored" not in answered.at(500)


def test_an_answer_to_the_newest_message_is_one_to_those_before_it() -> None:
    run = Run(loaded(line("a", 10), line("b", 100), line("i", None, when=when("a", "ignored", 150))))
    assert run.at(150) == ["a", "b"]
    run.answer("b")
    assert run.at(1000) == []


def test_reactions_have_reactions() -> None:
    again = line("c", None, when=when("b", "answered", 30))
    run = Run(loaded(line("a", 10), line("b", None, when=when("a", "answered", 30)), again))
    run.at(60)
    run.answer("a")
    assert run.at(120) == ["b"]
    run.answer("b")
    assert run.at(180) == ["c"]


@pytest.mark.parametrize(
    ("text", "answers", "rude"),
    [
        (RUDE, "Where is my bag?", True),
        (CALM, "Where is my bag?", False),
        ("Your bag comes at noon. You are a stupid cow.", "Where is my bag?", True),
        ("Das ist Ihre eigene Schuld, beruhigen Sie sich.", "Wo ist mein Koffer?", True),
        ("Wir suchen Ihren Koffer und melden uns bis 12 Uhr.", "Wo ist mein Koffer?", False),
    ],
)
def test_rude_is_what_the_coach_calls_belittling_an_insult_or_blame(
    text: str, answers: str, rude: bool
) -> None:
    assert is_rude(text, answers) is rude


async def test_the_channel_plays_by_virtual_time_and_tells_who_was_answered(tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        line("old", -120),
        line("a", 100),
        line("b", None, when=when("a", "public", 30)),
    ]
    lines.append({"t": 300, "account": "shop", "edit_of": "old", "text": "other"})
    lines.append({"t": 350, "account": "shop", "delete_of": "old"})
    scenario = loaded(*lines)
    run = Run(scenario)
    channel = PracticeChannel("shop", scenario, run.customers, tmp_path, run.clock)
    first = await channel.poll(None)
    assert [item.external_id for item in first.items] == ["old"]
    assert first.items[0].at == datetime(2026, 3, 2, 7, 58, tzinfo=UTC)
    run.s = 200
    assert [item.external_id for item in (await channel.poll(first.state)).items] == ["a"]
    reply = OutgoingReply(1, "key", CALM, Visibility.PUBLIC, "a", "dana", 0)
    await channel.send(reply)
    assert json.loads((tmp_path / "sent" / "shop.jsonl").read_text())["reply_to"] == "a"
    run.s = 600
    last = await channel.poll(None)
    assert [item.external_id for item in last.items] == ["b", "old"]
    assert [gone.external_id for gone in last.gone] == ["old"]
    assert last.items[0].at.microsecond == 0
