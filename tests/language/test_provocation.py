"""Provocation: a hint with reasons, and never about a message that says what happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from careconsole.language.provocation import suspicion_of

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "text",
    [
        "You are all liars and thieves, what a pathetic company",
        "lol this airline sucks, everyone knows it",
        "Ihr seid alle Betrüger, Saftladen",
        "Вы все мошенники и воры, позорная контора",
        "你们公司都是骗子，垃圾",
        "Lopovi, svi ste isti, sramota od firme",
        "Te kõik olete petturid, häbi",
        "LOL told you. worst. airline. EVER. liars, all of them",
        "no answer. of course. you people never answer ANYBODY. crooks",
        "Boycott these crooks! https://t.co/3xY",
        "Svi ste lopovi",
        "一群骗子，倒闭吧",
    ],
)
def test_vague_and_extreme_is_suspected(text: str) -> None:
    suspicion = suspicion_of(text)
    assert suspicion.is_suspected, suspicion
    assert "Strong words" in suspicion.vague.reason and "No order" in suspicion.details.reason


@pytest.mark.parametrize(
    "text",
    [
        "You thieves lost my bag",
        "Liars! My flight was cancelled and nobody answers",
        "Betrüger, mein Koffer ist weg",
        "Воры, верните деньги за билет",
        "骗子，退款还没到账",
        "Lopovi, let je otkazan",
        "Petturid, kohver on kadunud",
        "You are all thieves, order 55120",
        "Scammers, 40 euros gone",
    ],
)
def test_a_concrete_issue_is_never_suspected(text: str) -> None:
    suspicion = suspicion_of(text)
    assert not suspicion.is_suspected and suspicion.details.is_met and not suspicion.vague.is_met


def test_earlier_contact_speaks_for_a_customer() -> None:
    text = "You are all liars and thieves, what a pathetic company"
    suspicion = suspicion_of(text, earlier_contacts=2)
    assert not suspicion.is_suspected
    assert suspicion.details.reason == "In touch 2 times before."
    assert suspicion.vague.is_met and "details" not in suspicion.vague.reason, "each test for itself"


def test_calm_messages_are_not_suspected() -> None:
    calm = [line.split("\t")[1] for line in (HERE / "ordinary_sentences.txt").read_text("utf-8").splitlines()]
    suspected = [text for text in calm if suspicion_of(text).is_suspected]
    assert len(suspected) <= len(calm) * 0.01, suspected


def test_nobody_in_danger_is_suspected() -> None:
    alarms = [line.split("\t")[1] for line in (HERE / "true_emergencies.txt").read_text("utf-8").splitlines()]
    suspected = [text for text in alarms if suspicion_of(text).is_suspected]
    assert len(suspected) <= len(alarms) * 0.02, suspected
