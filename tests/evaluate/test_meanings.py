"""The labelled messages across languages are as many as they should be; with the extra, recall reaches the goals."""

from __future__ import annotations

from collections import Counter

import pytest
from evaluate.meanings import (
    GOAL_ACROSS,
    Kept,
    answers,
    asked,
    is_for_fitting,
    others,
    recall_across,
    recall_english,
)
from tests.meaning_at_hand import FewWords

from careconsole.language.encoder import open_encoder


def test_sixty_messages_were_tuned_on_and_sixty_others_are_checked() -> None:
    ids = {answer.id for answer in answers()}
    texts: set[str] = set()
    for name in ("tuning", "fresh"):
        messages = asked(name)
        assert Counter(one.language for one in messages) == dict.fromkeys(("de", "ru", "zh", "hr", "et"), 12)
        assert {one.snippet_id for one in messages} <= ids
        texts |= {one.text for one in messages}
    assert len(ids) >= 40 and len(texts) == 120


def test_recall_is_counted_and_never_on_what_was_fitted() -> None:
    kept = Kept(FewWords())
    found = recall_across(asked("tuning"), kept)
    assert found[""].asked == sum(one.asked for language, one in found.items() if language) == 60
    messages = [(f"parcel late {n}", "parcel_late") for n in range(40)] + [
        (f"refund money {n}", "refund") for n in range(40)
    ]
    english = recall_english(messages, kept, draws=1)
    assert english.at_1 == 1.0 and 0 < english.asked < 16
    assert {is_for_fitting(text) for text, _ in messages} == {True, False}


@pytest.mark.semantic
def test_another_language_finds_the_english_answer() -> None:
    encoder = open_encoder()
    assert encoder is not None, "make test-semantic installs it"
    kept = Kept(encoder)
    for name in ("tuning", "fresh"):
        assert recall_across(asked(name), kept)[""].at_5 >= GOAL_ACROSS
        assert recall_across(asked(name), kept, others())[""].at_5 >= GOAL_ACROSS


@pytest.mark.semantic
def test_vectors_are_of_length_one_and_nearest_to_their_own_meaning() -> None:
    encoder = open_encoder()
    assert encoder is not None and open_encoder() is encoder
    texts = [
        "Where is my parcel?",
        "Wo ist mein Paket?",
        "I forgot my password",
        "odd \0 \ud800 signs",
        "x" * 9_000,
    ]
    vectors = encoder.encode(texts)
    assert {len(vector) for vector in vectors} == {2 * 384} and encoder.encode([]) == []
    near = encoder.near(vectors)(vectors[0])
    assert near[0] == pytest.approx(1, abs=0.01) and near[1] > near[2]
    assert encoder.near([])(vectors[0]) == []
