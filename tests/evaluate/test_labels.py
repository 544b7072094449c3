"""The labelled sets are as large as they should be, and the figures are counted right."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from evaluate.languages import accuracy, own_rows
from evaluate.own_sentences import LANGUAGES, sentences
from evaluate.tempers import GOAL_NEGATIVE, GOAL_OTHER, Labelled, area, areas, is_for_tuning

LABELS = Path(__file__).parents[2] / "evaluate" / "labels" / "care_threads.csv"


def test_three_hundred_care_threads_are_labelled_without_their_text() -> None:
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["message"] for row in rows}) == 300
    assert all(list(row) == ["message", "negative", "actionable"] for row in rows)
    halves = Counter(is_for_tuning(row["message"]) for row in rows)
    assert min(halves.values()) > 130
    for label in ("negative", "actionable"):
        assert 60 < sum(row[label] == "1" for row in rows) < 240


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_sentences_reach_the_goals(language: str) -> None:
    own = sentences(language)
    assert len({sentence.text for sentence in own}) >= 60
    found = areas([Labelled(*sentence[1:]) for sentence in own], language)
    assert found.negative >= (GOAL_NEGATIVE if language == "en" else GOAL_OTHER)
    assert found.actionable >= 0.8


def test_languages_are_counted() -> None:
    rows = own_rows()
    assert len(rows) > 1500 and accuracy(rows) >= 0.99
    assert accuracy([("de", "Guten Morgen"), ("en", "Guten Morgen")]) == 0.5


def test_the_area_is_that_of_the_pairs_in_order() -> None:
    assert area([3, 2, 1], [True, True, False]) == 1
    assert area([1, 2, 3], [True, True, False]) == 0
    assert area([1, 1], [True, False]) == 0.5
