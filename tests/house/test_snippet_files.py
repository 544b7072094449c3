"""The prepared answers we ship are whole, short enough, and in the house's tone."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from careconsole.desk.practice.judging.rules import RULES
from careconsole.desk.suggesting import open_suggester
from careconsole.language.coach import Occasion, coach
from careconsole.language.detection import language_of
from careconsole.language.emergency import EmergencyWords
from careconsole.language.reading import read
from careconsole.model.message import Kind
from careconsole.model.priority import CLEARLY_NEGATIVE
from careconsole.snippets.holes import fill
from careconsole.snippets.loading import load
from careconsole.snippets.situation import Situation

FILES = sorted((Path(__file__).parents[2] / "snippets").glob("*"))
LANGUAGES = {"en", "de", "ru", "zh", "hr", "et"}
REQUIRED = {"title", "body", "tags", "triggers", "language"}
HOLES = {"name", "handle", "me", "order", "flight", "date", "time", "amount", "link"}
EVERYWHERE = {
    "flight-cancelled",
    "flight-delayed",
    "stranded-overnight",
    "lost-luggage",
    "refund-status",
    "go-private",
    "working-on-it",
    "praise-thanks",
}
BELITTLING = {
    "en": r"\b(just|simply|actually|obviously|unfortunately|you only (need|have) to|as I said)\b",
    "de": r"\b(einfach nur|eigentlich|offensichtlich|leider|Sie müssen nur|wie gesagt)\b",
    "ru": r"\b(просто|всего лишь|очевидно|к сожалению|как я уже)\b",
    "zh": r"(只要您|显然|其实|遗憾)",
    "hr": r"\b(samo trebate|očito|nažalost|zapravo|jednostavno)\b",
    "et": r"\b(lihtsalt|ilmselgelt|kahjuks|tegelikult|peate vaid)\b",
}
APOLOGY = {
    "en": r"\b(sorry|apolog\w+|regret)\b",
    "de": r"(entschuldig|tut mir leid|bedauer)",
    "ru": r"(извинен|извинит|прости|мне жаль|жаль,)",
    "zh": r"(抱歉|对不起|道歉|不好意思)",
    "hr": r"(žao|oprosti|ispriča)",
    "et": r"(vabanda|kahju)",
}
BLAME = r"\b(you (should|forgot|failed)|your (fault|mistake)|Ihr Fehler|ваша ошибка|vaša greška|teie viga)\b|您的错"


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _texts(snippet: dict[str, Any]) -> list[str]:
    return [snippet["body"], *([snippet["short"]] if "short" in snippet else [])]


@pytest.fixture(scope="module")
def snippets() -> dict[str, dict[str, Any]]:
    return {path.stem: _read(path) for path in FILES}


def test_there_are_enough_in_every_language(snippets: dict[str, dict[str, Any]]) -> None:
    assert len(snippets) >= 48
    counts = Counter(snippet["language"] for snippet in snippets.values())
    assert set(counts) == LANGUAGES and min(counts.values()) >= 8, counts
    missing = {f"{topic}-{language}" for topic in EVERYWHERE for language in LANGUAGES} - set(snippets)
    assert not missing


def test_titles_are_told_apart(snippets: dict[str, dict[str, Any]]) -> None:
    titles = Counter((snippet["language"], snippet["title"].casefold()) for snippet in snippets.values())
    assert max(titles.values()) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_a_whole_snippet(path: Path) -> None:
    assert path.suffix == ".toml" and re.fullmatch(r"[a-z]+(-[a-z]+)*-(en|de|ru|zh|hr|et)", path.stem)
    snippet = _read(path)
    assert REQUIRED <= set(snippet) <= REQUIRED | {"short"}
    assert path.stem.endswith(f"-{snippet['language']}")
    assert 0 < len(snippet["title"]) <= 60
    assert 1 <= len(snippet["tags"]) <= 6 and all(tag.strip() == tag and tag for tag in snippet["tags"])
    assert 2 <= len(snippet["triggers"]) <= 4
    assert all(trigger.strip() == trigger and len(trigger) >= 2 for trigger in snippet["triggers"])
    assert len(snippet["body"]) <= 900
    assert len(snippet.get("short", "")) <= 280
    assert len(snippet.get("short", "")) < len(snippet["body"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_blanks_and_holes_are_in_order(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.endswith("\n") and not re.search(r"[ \t]+$", source, re.M) and "\t" not in source
    for text in _texts(_read(path)):
        assert text == text.strip() and "  " not in text
        rest = re.sub(r"\{\{(\w+)\}\}", "", text)
        assert "{" not in rest and "}" not in rest
        assert set(re.findall(r"\{\{(\w+)\}\}", text)) <= HOLES
        assert "{{name}}" in text and text.endswith("{{me}}")
        assert not re.search(r"https?://|www\.", text), "addresses are holes: they are ours to change"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_tone_is_ours(path: Path) -> None:
    snippet = _read(path)
    language = snippet["language"]
    for text in _texts(snippet):
        assert not re.search(BELITTLING[language], text, re.I), "plays the problem down"
        assert len(re.findall(APOLOGY[language], text, re.I)) <= 1, "one apology is enough"
        assert not re.search(BLAME, text, re.I)
        assert len(re.findall("[!\uff01]", text)) <= 2


def test_the_script_is_that_of_the_language(snippets: dict[str, dict[str, Any]]) -> None:
    for slug, snippet in snippets.items():
        words = " ".join([snippet["title"], *snippet["triggers"], *_texts(snippet)])
        assert bool(re.search("[а-яё]", words, re.I)) == (snippet["language"] == "ru"), slug
        assert bool(re.search("[\u4e00-\u9fff]", words)) == (snippet["language"] == "zh"), slug


def test_they_fit_what_customers_of_the_sample_desk_write(snippets: dict[str, dict[str, Any]]) -> None:
    recording = Path(__file__).parents[2] / "samples" / "desk.jsonl"
    lines = [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()]
    for language in LANGUAGES:
        triggers = {
            trigger.casefold()
            for snippet in snippets.values()
            if snippet["language"] == language
            for trigger in snippet["triggers"]
        }
        texts = [
            line["text"].casefold()
            for line in lines
            if line.get("direction") == "in" and line["lang"] == language
        ]
        met = [text for text in texts if any(trigger in text for trigger in triggers)]
        assert len(met) / len(texts) >= 0.3, language


VALUES = {
    "name": "Dana", "handle": "@shop", "me": "Mara", "order": "4711902", "flight": "540", "date": "24.12.2026",
    "time": "15:00", "amount": "20 EUR", "link": "example.org/x",
}  # fmt: skip
NO_TROUBLE = ("praise-thanks", "opening-hours", "pet-on-board")
"""Topics that answer no complaint; every other one may be suggested to somebody who is upset."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_none_breaks_a_tone_rule_of_the_debrief_where_it_is_suggested(path: Path) -> None:
    snippet = _read(path)
    is_for_trouble = not path.stem.startswith(NO_TROUBLE)
    kind = Kind.COMPLAINT if is_for_trouble else Kind.QUESTION
    for text in _texts(snippet):
        notes = coach(fill(text, VALUES), Occasion(snippet["language"], kind, is_for_trouble)).notes
        assert [note.reason for note in notes if note.what in RULES] == []


def test_what_is_suggested_first_in_the_storm_is_right_in_tone() -> None:
    """An outage, where the first suggestion is what most will take."""
    library = load([Path(__file__).parents[2] / "snippets"])
    suggester = open_suggester(library)
    scenario = Path(__file__).parents[2] / "samples" / "training" / "storm.jsonl"
    suggested = 0
    for line in scenario.read_text(encoding="utf-8").splitlines()[1:]:
        record = json.loads(line)
        text = record["text"] if "text" in record else record["texts"][0]
        reading, language = read(text, EmergencyWords()), language_of(text)
        if reading.kind is Kind.PRAISE:
            continue
        where = Situation(language.code if language.is_sure else "")
        for first in suggester.suggest(text, where, 1):
            if first.snippet.id.startswith(NO_TROUBLE):
                continue
            suggested += 1
            is_upset = reading.mood <= CLEARLY_NEGATIVE
            occasion = Occasion(first.snippet.language, reading.kind, is_upset)
            notes = coach(fill(first.snippet.body, VALUES), occasion).notes
            assert [note.reason for note in notes if note.what in RULES] == [], (text, first.snippet.id)
    assert suggested > 15
