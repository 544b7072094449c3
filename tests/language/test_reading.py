"""Reading: one pass gives kind, mood and emergency, fast enough for the import."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from careconsole.language.emergency import EmergencyWords
from careconsole.language.kinds import propose_kind
from careconsole.language.mood import clearly_negative
from careconsole.language.reading import explain, read, read_closely
from careconsole.model.folding import fold
from careconsole.model.message import Kind, Reading

DEFAULT = EmergencyWords()
SENTENCES = [
    line.split("\t")[1]
    for line in (Path(__file__).parent / "ordinary_sentences.txt").read_text("utf-8").splitlines()
]


def test_all_three_are_told() -> None:
    reading = read("Stranded at the airport with two kids. DISGRACE, nobody helps", DEFAULT)
    assert reading == Reading(Kind.COMPLAINT, "disgrace*", "disgrace*", "stranded")
    assert read("", DEFAULT) == Reading(Kind.QUESTION, "", "", "")


def test_it_agrees_with_the_three_by_themselves() -> None:
    for text in SENTENCES:
        folded = fold(text)
        hit = DEFAULT.find(folded)
        kind, cue = propose_kind(folded, text)
        assert read(text, DEFAULT) == Reading(
            kind, cue, clearly_negative(folded, text), hit.word if hit else ""
        )


def test_a_close_reading_tells_the_same_and_more() -> None:
    for text in SENTENCES[::7]:
        close = read_closely(text, DEFAULT)
        assert replace(close, language="", mood=0.0, urgency=0.0) == read(text, DEFAULT)
        assert close.language and -1 <= close.mood <= 1 and close.urgency >= 0
        assert explain(text, DEFAULT).reading == close
    close, terms = explain("Thanks for nothing, my flight was cancelled", DEFAULT)
    assert (close.language, close.mood < 0, close.urgency > 1) == ("en", True, True)
    assert {"thanks for nothing", "was cancelled"} <= {term.term for term in terms}


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    reading = read(text, DEFAULT)
    assert isinstance(reading.kind, Kind)


def test_only_words_of_the_lists_are_told() -> None:
    reading = read("Stranded \x1b[31m at \u202ethe airport, hello thanks \ud800 disgraceful\x07", DEFAULT)
    assert (reading.emergency_word, reading.negative_cue) == ("stranded", "disgrace*")


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
