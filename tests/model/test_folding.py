"""Folding: case, accents and spacing make no difference; Cyrillic and Han stay what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.model.folding import fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße", "strasse"),
        ("ČĆŠŽĐ čćšžđ", "ccszd ccszd"),
        ("Õäöü ÕÄÖÜ", "oaou oaou"),
        ("Łódź Ørsted Ærø Œuvre", "lodz orsted aero oeuvre"),
        ("Ещё ёлка", "еще елка"),
        ("Мой ЗАКАЗ", "мой заказ"),
        ("航班 取消", "航班 取消"),
        ("  two\t lines\n here\u00a0too ", "two lines here too"),
        ("ＡＢＣ１２３？", "abc123?"),
        ("don’t don`t don't", "don't don't don't"),
        ("İstanbul", "istanbul"),
        ("wait… – „quoted“", 'wait... - "quoted"'),
        ("hid\u200bden soft\u00adhyphen", "hidden softhyphen"),
        ("e\u0301te\u0301", "ete"),
        ("и\u0306", "й"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(alphabet="abcšžđõäöüéñßЯёйЩ中国 ", max_size=40))
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


def test_every_letter_there_is_folds_to_something_settled() -> None:
    for code in [*range(0xD800), *range(0xE000, 0x30000)]:
        once = fold(chr(code))
        assert fold(once) == once, hex(code)


def test_words() -> None:
    assert words(fold("Don’t PANIC, it's #gate-12 (really)!")) == [
        "dont",
        "panic",
        "its",
        "gate",
        "12",
        "really",
    ]
    assert words("航班取消，没有人") == ["航班取消", "没有人"]


def test_a_text_made_to_be_slow_ends_within_the_time_of_a_test() -> None:
    assert fold("a\u0301" * 200_000 + "𝐚" * 200_000) == "a" * 400_000
