"""Temper: mood and urgency from named points that add up, in six languages."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.language.cues import CueError, phrase_of
from careconsole.language.temper import A_MESSAGE, Temper, read_temper
from careconsole.language.temper_cues import temper_cues
from careconsole.language.word_play import hidden_words


def terms(text: str, for_: str, language: str = "") -> dict[str, float]:
    return {term.term: term.score for term in read_temper(text, language).terms if term.for_ == for_}


def test_every_entry_can_be_used() -> None:
    broken = []
    for cue in temper_cues():
        try:
            phrase_of(cue)
        except CueError as error:
            broken.append(str(error))
    assert not broken


@pytest.mark.parametrize(
    "text",
    [
        "Thanks a lot, great crew",
        "WORST airline ever, 3 hours on the tarmac and nobody answers?!",
        "Danke für nichts",
        "",
        "Спасибо))) но багаж потеряли",
    ],
)
def test_the_terms_add_up(text: str) -> None:
    temper = read_temper(text)
    assert math.isclose(sum(terms(text, "mood").values()), temper.mood, abs_tol=1e-9) or _repeats(temper)
    total = sum(term.score for term in temper.terms if term.for_ == "urgency")
    assert math.isclose(total, temper.urgency, abs_tol=1e-9)
    assert temper.terms[0].term == A_MESSAGE


def _repeats(temper: Temper) -> bool:
    names = [term.term for term in temper.terms if term.for_ == "mood"]
    return len(set(names)) < len(names)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("You are useless", "Where is my order?"),
        ("Your service is terrible", "Your service is good"),
        ("not happy", "happy"),
        ("not helpful at all", "helpful"),
        ("so awful", "awful"),
        ("Thanks for nothing", "Thanks for the help"),
        ("Great job losing my bag", "Great job finding my bag"),
        ("Great, delayed again", "Great, and now we wait"),
        ("LOST MY BAG AGAIN AND AGAIN", "lost my bag again and again"),
        ("lost my bag 😡", "lost my bag"),
        ("this is bad :(", "this is bad :)"),
        ("ooooh this is baaaad", "ooooh this is good"),
        ("Bergen tomorrow #WorstAirlineEver", "Bergen tomorrow"),
        ("Bergen tomorrow #worstairlineever", "Bergen tomorrow"),
        ("so ein schlechter Service", "so ein guter Service"),
        ("nicht zufrieden", "zufrieden"),
        ("мне плохо(", "мне хорошо)"),
        ("не доволен", "доволен"),
        ("不好吃", "好吃"),
        ("nisam zadovoljna", "zadovoljna sam"),
        ("pole rahul", "olen rahul"),
    ],
)
def test_mood(worse: str, better: str) -> None:
    assert read_temper(worse).mood < read_temper(better).mood


@pytest.mark.parametrize(
    ("pressing", "calmer"),
    [
        ("My flight was cancelled, help", "My seat was cramped"),
        ("On hold for two hours", "Cold coffee on board"),
        ("You lost my suitcase", "I bought a suitcase"),
        ("You charged me twice", "You made my day, thanks"),
        ("Mein Koffer ist verschwunden", "Die Werbung ist peinlich"),
        ("Рейс отменили", "Реклама скучная"),
        ("航班取消了", "味道一般"),
        ("Let je otkazan, nitko ne odgovara", "Film je dosadan"),
        ("Lend tühistati, keegi ei vasta", "Film oli igav"),
    ],
)
def test_urgency(pressing: str, calmer: str) -> None:
    assert read_temper(pressing).urgency > read_temper(calmer).urgency


def test_the_language_tells_which_list_to_believe() -> None:
    assert "sad" in terms("sad", "mood", "en")
    assert "sad" not in terms("sad", "mood", "hr")


def test_each_point_is_named_with_words_of_ours() -> None:
    found = terms("Very disappointed, not helpful, \x1b[31m mallory@example.org WTF?!", "mood", "en")
    assert {"very disappoint*", "not helpful", "wtf", "?!"} <= found.keys()
    assert not any("\x1b" in name or "mallory" in name for name in found)


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [
        ("No answer, terrible", "en", "terrible"),
        ("It was not terrible", "en", "not terrible"),
        ("Not great, not terrible", "en", "not terrible"),
        ("Keine Antwort, schrecklich", "de", "schrecklich*"),
        ("Ответа нет, ужас", "ru", "ужас*"),
        ("Nitko se ne javlja, sramota", "hr", "sramota"),
        ("又来不，垃圾公司", "zh", "垃圾"),
    ],
)
def test_a_comma_ends_what_is_denied(text: str, language: str, term: str) -> None:
    assert term in terms(text, "mood", language)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#WorstAirlineEver", "Worst Airline Ever"),
        ("#worstairlineever", "worst airline ever"),
        ("#Bergen", ""),
        ("nooo", "no . noo"),
        ("plain words", ""),
    ],
)
def test_words_that_hide(text: str, words: str) -> None:
    assert sorted(hidden_words(text).split(" . ")) == sorted(words.split(" . "))


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    temper = read_temper(text)
    assert -1 <= temper.mood <= 1 and temper.urgency >= 0
    assert all(math.isfinite(term.score) for term in temper.terms)


def test_long_texts_are_no_slower_than_they_are_long() -> None:
    for text in (
        "#" + "worst" * 900,
        "no" * 2000,
        "worst airline " * 300,
        "((((" * 900,
        "8=" * 2000,
        "哈" * 4000,
    ):
        started = time.perf_counter()
        read_temper(text[:5000])
        assert time.perf_counter() - started < 0.5
