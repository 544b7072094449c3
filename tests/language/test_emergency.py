"""The emergency list: finds the stranded traveller in six languages, and leaves ordinary sentences alone."""

from __future__ import annotations

import json
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from careconsole.language.cue_index import cut
from careconsole.language.cues import Cue, CueError, Phrase, phrase_of
from careconsole.language.emergency import DEFAULT_EMERGENCY, EmergencyWords
from careconsole.model.folding import fold

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "ru", "zh", "hr", "et")


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def default() -> EmergencyWords:
    return EmergencyWords(DEFAULT_EMERGENCY)


def test_all_six_languages_have_a_list() -> None:
    assert set(DEFAULT_EMERGENCY) == set(LANGUAGES)


def test_every_true_emergency_is_found(default: EmergencyWords) -> None:
    emergencies = rows("true_emergencies.txt")
    assert min(Counter(language for language, _ in emergencies).values()) >= 5
    assert [row for row in emergencies if default.find(fold(row[1])) is None] == []


@pytest.mark.parametrize(
    "text",
    [
        "Stranded at O'Hare in a snowstorm, flight cancelled, nobody helps",
        "In O'Hare gestrandet, Schneesturm, Flug gestrichen, niemand hilft",
        "Застряли в О'Хара, метель, рейс отменили, никто не помогает",
        "被困在奥黑尔机场，暴风雪，航班取消，没有人帮忙",
        "Zapeli smo na aerodromu O'Hare, mećava, let otkazan, nitko ne pomaže",
        "Oleme O'Hare'i lennujaamas lõksus, lumetorm, lend tühistati, keegi ei aita",
    ],
)
def test_the_stranded_traveller_needs_no_word_emergency(default: EmergencyWords, text: str) -> None:
    assert default.find(fold(text)) is not None


def test_at_most_two_in_a_hundred_ordinary_sentences(default: EmergencyWords) -> None:
    sentences = rows("ordinary_sentences.txt")
    counted = Counter(language for language, _ in sentences)
    assert len(sentences) >= 500 and min(counted[language] for language in LANGUAGES) >= 80
    hits = [(row, hit) for row in sentences if (hit := default.find(fold(row[1])))]
    assert len(hits) <= len(sentences) * 0.02, hits


def sample_texts() -> list[str]:
    """What the customers of the sample desk write, where the recording is there."""
    shipped = resources.files("careconsole").joinpath("data", "samples", "desk.jsonl")
    checkout = Path(__file__).parents[2] / "samples" / "desk.jsonl"
    recording = checkout.read_text("utf-8") if checkout.exists() else shipped.read_text("utf-8")
    items = [json.loads(line) for line in recording.splitlines()]
    return [item["text"] for item in items if item.get("text") and item.get("direction") == "in"]


def test_at_most_two_in_a_hundred_with_the_sample_desk_and_its_storm(default: EmergencyWords) -> None:
    texts = sample_texts() + [sentence for _, sentence in rows("ordinary_sentences.txt")]
    hits = [text for text in texts if default.find(fold(text))]
    assert 0 < len(hits) <= len(texts) * 0.02, hits


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_single_word_is_a_word_of_another_language(language: str) -> None:
    listed = [
        entry
        for entry in DEFAULT_EMERGENCY[language]
        if not isinstance(phrase := phrase_of(Cue(entry, language)), Phrase) or len(phrase.parts) == 1
    ]
    alone = EmergencyWords({language: listed})
    others = [row for row in rows("ordinary_sentences.txt") if row[0] != language]
    assert [(row, hit.word) for row in others if (hit := alone.find(fold(row[1])))] == []


def test_the_german_word_not_is_in_no_list() -> None:
    every = EmergencyWords()
    for text in (
        "Not",
        "do not",
        "notfalls",
        "Zur Not",
        "Notausgang",
        "help",
        "abi",
        "pomoć",
        "помогите",
        "救命",
    ):
        assert every.find(fold(text)) is None, text


def test_a_hit_tells_the_entry_and_its_language(default: EmergencyWords) -> None:
    hit = default.find(fold("Ich HÄNGE seit gestern am Flughafen fest!"))
    assert hit is not None and (hit.word, hit.language) == ("hange ... flughafen ... fest", "de")
    hit = default.find(fold("在芝加哥滞留在机场"))
    assert hit is not None and hit.language == "zh" and hit.word == "滞留 ... 机场"


def test_own_words_with_every_sign() -> None:
    own = EmergencyWords(
        {"en": ["strand*", "mud/flood ... house", "-stranded whale", "^Fire"], "de": ["Überfall"]}
    )
    found = {
        "We are STRANDED": "strand*",
        "the flood is in our house": "flood ... house",
        "Fire! Fire!": "fire",
        "überfall im Laden": "uberfall",
        "flood. And now the house": None,
        "a stranded whale": None,
        "stranding of a stranded whale": "strand*",
        "you are on fire": None,
        "@stranded said hello https://example.org/strand": None,
        "flood a b c d e f g h i house": None,
    }
    for text, word in found.items():
        hit = own.find(fold(text))
        assert (hit.word if hit else None) == word, text


@pytest.mark.parametrize(
    "entry", ["", "*", "ab*", "... fire", "fire ...", "-", "fi*re", "/", "被困 /", "fire (big)"]
)
def test_an_entry_that_cannot_be_used_is_named(entry: str) -> None:
    with pytest.raises(CueError, match=r"\(en\)"):
        EmergencyWords({"en": [entry]})


def test_without_lists_nothing_is_an_emergency() -> None:
    assert EmergencyWords({}).find("stranded") is None
    assert EmergencyWords({"en": []}).find_in(cut("被困")) is None
