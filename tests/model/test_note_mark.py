"""What the first line of a note marks it as."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from careconsole.model.note_mark import MarkedNote, NoteMark, read_note
from careconsole.model.when import NotRead

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday
FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("call them", MarkedNote("call them")),
        ("I said !decision x", MarkedNote("I said !decision x")),
        ("!decisions are hard", MarkedNote("!decisions are hard")),
        ("!important", MarkedNote("!important")),
        ("!decision refund 20", MarkedNote("refund 20", NoteMark.DECISION)),
        (" !Decision: refund\nof 20 ", MarkedNote("refund\nof 20", NoteMark.DECISION)),
        ("!decision\nrefund", MarkedNote("refund", NoteMark.DECISION)),
        ("!promise fri 14:00 call back", MarkedNote("call back", NoteMark.PROMISE, FRIDAY)),
        ("!PROMISE fri 14:00\ncall back\ntwice", MarkedNote("call back\ntwice", NoteMark.PROMISE, FRIDAY)),
    ],
)
def test_a_mark_at_the_beginning_counts(written: str, note: MarkedNote) -> None:
    assert read_note(written, NOW, UTC) == note


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("!decision", "!decision alone says nothing"),
        ("!promise", "Behind !promise comes its time first, for example 2h"),
        ("!promise call back", "Behind !promise comes its time first"),
        ("!promise fri 14:00", "!promise alone says nothing"),
        ("!promise 2020-01-01 9:00 call", "Behind !promise comes its time first"),
    ],
)
def test_a_mark_without_what_it_needs_is_told(written: str, words: str) -> None:
    told = read_note(written, NOW, UTC)
    assert isinstance(told, NotRead) and told.sentence.startswith(words), told
