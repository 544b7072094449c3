"""Reading: one pass gives kind, emergency, language, mood and urgency, fast enough for the import."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from careconsole.language.detection import language_of
from careconsole.language.emergency import EmergencyWords
from careconsole.language.kinds import propose_kind
from careconsole.language.reading import explain, read
from careconsole.language.temper import read_temper
from careconsole.model.folding import fold
from careconsole.model.message import Kind, Reading
from careconsole.model.priority import CLEARLY_NEGATIVE

DEFAULT = EmergencyWords()
SENTENCES = [
    line.split("\t")[1]
    for line in (Path(__file__).parent / "ordinary_sentences.txt").read_text("utf-8").splitlines()
]


def test_all_three_are_told() -> None:
    reading = read("Stranded at the airport with two kids. DISGRACE, nobody helps", DEFAULT)
    assert (reading.kind, reading.kind_cue, reading.emergency_word) == (
        Kind.COMPLAINT,
        "disgrace*",
        "stranded",
    )
    assert (reading.language, reading.mood < 0, reading.urgency > 1) == ("en", True, True)
    assert read("", DEFAULT) == Reading(Kind.QUESTION, "", "", "unknown", 0.0, 1.0)


def test_it_agrees_with_each_by_itself() -> None:
    for text in SENTENCES:
        folded = fold(text)
        hit = DEFAULT.find(folded)
        kind, cue = propose_kind(folded, text)
        language = language_of(text)
        temper = read_temper(text, language.code if language.is_sure else "")
        assert read(text, DEFAULT) == Reading(
            kind, cue, hit.word if hit else "", language.code, temper.mood, temper.urgency
        )


def test_what_made_mood_and_urgency_is_told() -> None:
    reading, terms = explain("Thanks for nothing, my flight was cancelled", DEFAULT)
    assert (reading.language, reading.mood < 0, reading.urgency > 1) == ("en", True, True)
    assert {"thanks for nothing", "was cancelled"} <= {term.term for term in terms}


def test_a_clearly_negative_mood_is_told_from_a_calm_one() -> None:
    lines = (Path(__file__).parent / "moods_labelled.txt").read_text("utf-8").splitlines()
    labelled = [line.split("\t") for line in lines]
    found = [read(text, DEFAULT).mood <= CLEARLY_NEGATIVE for _, _, text in labelled]
    wrong = [
        row for row, is_negative in zip(labelled, found, strict=True) if is_negative != (row[1] == "negative")
    ]
    assert len(wrong) <= len(labelled) * 0.05, wrong


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    reading = read(text, DEFAULT)
    assert isinstance(reading.kind, Kind)


def test_only_words_of_the_lists_are_told() -> None:
    reading = read("Stranded \x1b[31m at \u202ethe airport, hello thanks \ud800 disgraceful\x07", DEFAULT)
    assert (reading.emergency_word, reading.kind_cue) == ("stranded", "disgrace*")


def test_no_text_is_so_slow_that_a_test_runs_out_of_time() -> None:
    for text in (
        "stuck at in " * 500,
        "child alone nobody " * 300,
        "孩子被困机场" * 900,
        "a\u0301" * 3000,
        "?" * 9000,
    ):
        for _ in range(20):
            assert isinstance(read(text, DEFAULT).kind, Kind)
