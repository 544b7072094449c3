"""Kinds: proposed from cues, and never at the cost of somebody who needs an answer."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from careconsole.language.kinds import propose_kind
from careconsole.model.folding import fold
from careconsole.model.message import Kind

HERE = Path(__file__).parent
URGENT = (Kind.QUESTION, Kind.COMPLAINT)
LABELLED = [line.split("\t") for line in (HERE / "kinds_labelled.txt").read_text("utf-8").splitlines()]


def proposed(text: str) -> Kind:
    return propose_kind(fold(text), text).kind


def test_the_labelled_list_is_large_enough() -> None:
    counted = Counter(language for language, _, _ in LABELLED)
    assert len(counted) == 6 and min(counted.values()) >= 20
    assert {kind for _, kind, _ in LABELLED} == set(Kind)


def test_most_kinds_are_proposed_right() -> None:
    wrong = [(row, proposed(row[2])) for row in LABELLED if proposed(row[2]) != row[1]]
    assert len(wrong) <= len(LABELLED) * 0.15, wrong


def test_hardly_any_question_or_complaint_is_made_to_wait() -> None:
    urgent = [row for row in LABELLED if row[1] in URGENT]
    slowed = [row for row in urgent if proposed(row[2]) not in URGENT]
    assert len(slowed) <= len(urgent) * 0.05, slowed


@pytest.mark.parametrize(
    ("text", "kind", "cue"),
    [
        ("Thanks a lot!", Kind.PRAISE, "thanks"),
        ("Thanks for nothing", Kind.COMPLAINT, "thanks for nothing"),
        ("Thanks in advance", Kind.QUESTION, "in advance"),
        ("Thank you, but that did not help", Kind.QUESTION, "but"),
        ("Booking K7QX2P, surname Quill. Thanks", Kind.QUESTION, ""),
        ("Great crew! And my bag?", Kind.QUESTION, "?"),
        ("Not great", Kind.QUESTION, ""),
        ("Not bad at all", Kind.QUESTION, ""),
        ("Have you considered a quiet zone?", Kind.IDEA, "have you considered"),
        ("", Kind.QUESTION, ""),
        ("Terminal 2", Kind.QUESTION, ""),
        ("❤️❤️", Kind.PRAISE, "❤"),
        ("😡", Kind.COMPLAINT, "😡"),
        ("???", Kind.QUESTION, "?"),
        ("https://example.org/?q=1 thank you", Kind.PRAISE, "thank you"),
        ("@thanks where", Kind.QUESTION, "where"),
        ("Danke, aber das stimmt so nicht ganz", Kind.QUESTION, "aber"),
        ("没问题，谢谢", Kind.PRAISE, "谢谢"),
        ("不满意", Kind.COMPLAINT, "不满意"),
    ],
)
def test_the_cue_is_told(text: str, kind: Kind, cue: str) -> None:
    assert propose_kind(fold(text), text) == (kind, cue)
