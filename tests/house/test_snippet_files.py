"""The prepared answers we ship are whole, short enough, and in the house's tone."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

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
