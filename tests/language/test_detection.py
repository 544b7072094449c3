"""Language: script first, then words of courtesy, then the engine; never sure of what says too little."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.language import detection
from careconsole.language.detection import SERVED, UNKNOWN, Detected, language_of, prepare

HERE = Path(__file__).parent
SHORT = 25


def labelled(name: str, place: int = 1) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]
    return [(row[0], row[place]) for row in rows]


OURS = labelled("languages_labelled.txt")
OTHERS = labelled("other_languages_labelled.txt")
LONGER = labelled("ordinary_sentences.txt") + labelled("true_emergencies.txt")


def accuracy(rows: list[tuple[str, str]]) -> float:
    return sum(language_of(text).code == language for language, text in rows) / len(rows)


def test_the_labelled_list_is_large_enough() -> None:
    counted = Counter(language for language, _ in OURS)
    assert set(counted) == set(SERVED) and min(counted.values()) >= 60
    assert sum(len(text) <= SHORT for _, text in OURS) >= 200


def test_nearly_every_language_is_read_right() -> None:
    assert accuracy(OURS + OTHERS + LONGER) >= 0.99
    assert accuracy([row for row in OURS + OTHERS if len(row[1]) <= SHORT]) >= 0.97
    for language in SERVED:
        assert accuracy([row for row in OURS if row[0] == language]) >= 0.96


def test_what_it_is_sure_of_is_right() -> None:
    wrong = [
        (row, found) for row in OURS + OTHERS if (found := language_of(row[1])).is_sure and found[0] != row[0]
    ]
    assert not wrong
    assert sum(language_of(text).is_sure for _, text in LONGER) >= len(LONGER) * 0.9


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("thanks", "en"),
        ("THANK YOU!!!", "en"),
        ("thaaaanks", "en"),
        ("danke 😍", "de"),
        ("спасибо", "ru"),
        ("hvala", "hr"),
        ("aitäh", "et"),
        ("谢谢", "zh"),
        ("ok danke", "de"),
        ("@careteam hvala! https://example.org/thanks", "hr"),
        ("у меня не включается MacBook Pro 16 от Apple Store", "ru"),
        ("我的 MacBook Pro 16 坏了", "zh"),
        ("Где је моја пошиљка", "hr"),
        ("де мій багаж", "uk"),
        ("荷物はどこですか", "ja"),
        ("감사합니다", "ko"),
        ("KOFFER WEG UND KEINER HILFT", "de"),
        ("Flight #cancelled #fail and nobody here knows anything at all", "en"),
    ],
)
def test_short_and_mixed_texts(text: str, language: str) -> None:
    assert language_of(text).code == language


@pytest.mark.parametrize(
    "text", ["", "ok", "да", "thx", "😡😡😡", "12345", "@careteam https://example.org", "嗯", "?!"]
)
def test_too_little_to_tell(text: str) -> None:
    assert language_of(text) == Detected(UNKNOWN, False)


def test_prepare_says_which_languages_are_likelier() -> None:
    text = "kako resetirati pin"
    try:
        prepare(["sl"])
        assert language_of(text).code == "sl"
    finally:
        prepare(SERVED)


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    found = language_of(text)
    assert found.code == UNKNOWN or (len(found.code) == 2 and found.code.isascii())


def test_the_engine_is_loaded_with_the_first_text_only() -> None:
    program = (
        "import sys; import careconsole.language.reading, careconsole.language.detection as d;"
        "print('eldc' in sys.modules or 'py3langid' in sys.modules, 'numpy' in sys.modules)"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert printed.split() == ["False", "False"]


def test_another_engine_takes_over_where_the_first_has_no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    class Reader:
        labels = ["en", "de", "hr", "sr"]

        @classmethod
        def from_model_file(cls, model: str, norm_probs: bool) -> Reader:
            assert norm_probs
            return cls()

        def set_languages(self, languages: set[str]) -> None:
            assert languages <= set(self.labels)

        def rank(self, text: str) -> list[tuple[str, float]]:
            return [("sr", 0.9), ("en", 0.1)]

    langid = ModuleType("py3langid.langid")
    langid.LanguageIdentifier, langid.MODEL_FILE = Reader, "model"  # type: ignore[attr-defined]
    package = ModuleType("py3langid")
    package.langid = langid  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "eldc", None)
    monkeypatch.setitem(sys.modules, "py3langid", package)
    monkeypatch.setitem(sys.modules, "py3langid.langid", langid)
    detection._engine.cache_clear()
    try:
        assert language_of("gde je moja posiljka") == ("hr", True)
    finally:
        detection._engine.cache_clear()
