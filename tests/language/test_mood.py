"""Mood: clearly negative only with cues that show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from careconsole.language.mood import clearly_negative
from careconsole.model.folding import fold

LABELLED = [
    line.split("\t")
    for line in (Path(__file__).parent / "moods_labelled.txt").read_text("utf-8").splitlines()
]


def cues_of(text: str) -> str:
    return clearly_negative(fold(text), text)


def test_most_moods_are_read_right() -> None:
    wrong = [row for row in LABELLED if bool(cues_of(row[2])) != (row[1] == "negative")]
    assert len(wrong) <= len(LABELLED) * 0.1, wrong


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("You are thieves", "thieves"),
        ("I am disappointed and still waiting", "disappoint* + still waiting"),
        ("still waiting", ""),
        ("WHY IS MY BAG STILL NOT HERE", "capitals + still not"),
        ("Why is my bag still not here", ""),
        ("Disappointed!!", "disappoint* + !!"),
        ("Not disappointed at all", ""),
        ("Disappointed and still waiting, but thanks for your kind help", ""),
        ("I am disappointed 😡", "disappoint* + an angry face"),
        ("Thanks, what a disgrace", "disgrace*"),
        ("太差了", "太差"),
    ],
)
def test_what_shows_it_is_told(text: str, cues: str) -> None:
    assert cues_of(text) == cues
