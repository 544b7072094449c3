"""Codes of languages: those of ISO 639-1 and 639-3, and no other letters."""

from __future__ import annotations

import pytest

from careconsole.model.language_codes import is_language


@pytest.mark.parametrize(
    "code", ["en", "de", "zh", "yue", "fil", "zu", "aaa", "zzj", "pt-BR", "zh-Hant-TW", "es-419"]
)
def test_a_language_with_or_without_script_and_region(code: str) -> None:
    assert is_language(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "e",
        "xx",
        "qq",
        "xyz",
        "qqq",
        "EN",
        "english",
        "en-",
        "en_GB",
        "en-english",
        "en-G",
        "en-GB-x",
        "en ",
    ],
)
def test_what_is_none(code: str) -> None:
    assert not is_language(code)
