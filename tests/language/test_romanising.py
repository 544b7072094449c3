"""Other ways to type a text: pieces that cover it, syllables for Han, letters for Cyrillic."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careconsole.language.pinyin_table import toneless
from careconsole.language.romanising import spellings


def typed(text: str) -> list[str]:
    return ["".join(letters for _, _, letters in way) for way in spellings(text)]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("plain text, 24/7", []),
        ("café", []),
        ("Größe", ["Groeße"]),
        ("U\u0308bung", ["uebung"]),
        ("Хотим", ["khotim", "hotim", "xotim"]),
        ("цена", ["tsena", "cena"]),
        ("Ђак и љубав", ["djak i ljubav"]),
        ("đački", ["djački"]),
        ("退款 ok", [" tui kuan ok"]),
        ("\U0002f800退", [" \U0002f800 tui"]),
        ("重新发货", [" chong xin fa huo"]),
        ("银行还款，绿色", [" yin hang huan kuan， lv se"]),
    ],
)
def test_ways_to_type(text: str, ways: list[str]) -> None:
    assert typed(text) == ways


@settings(deadline=None)
@given(
    st.text(st.sampled_from("aB ü退款щЁ\u0308đ7\n") | st.characters(exclude_categories=["Cs"]), max_size=20)
)
def test_the_pieces_cover_the_text_in_order(text: str) -> None:
    for way in spellings(text):
        assert [start for start, _, _ in way] == [0, *(end for _, end, _ in way)][: len(way)]
        assert way[-1][1] == len(text)


def test_the_table_of_syllables_is_made_for_han_only() -> None:
    script = (
        "import sys; from careconsole.language.romanising import spellings; "
        "from careconsole.language.pinyin_table import pinyin_table; made = pinyin_table.cache_info; "
        "spellings('Größe и щётка'); assert made().currsize == 0; "
        "spellings('退款'); assert made().currsize == 1; "
        "assert not [name for name in sys.modules if name.startswith('pypinyin')]"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=15)


def test_every_letter_is_read_as_its_package_reads_it() -> None:
    # The table goes through a file of the package: whether that still says the same, only the package can tell.
    script = (
        "from careconsole.language.pinyin_table import pinyin_table; "
        "from pypinyin import Style, lazy_pinyin; from pypinyin.pinyin_dict import pinyin_dict; "
        "table = pinyin_table(); letters = [chr(code) for code in pinyin_dict]; assert len(letters) > 40_000; "
        "said = [lazy_pinyin(letter, style=Style.NORMAL)[0] for letter in letters]; "
        "assert said == [table.syllable(letter) for letter in letters]"
    )
    without_phrases = os.environ | {"PYPINYIN_NO_PHRASES": "true"}
    subprocess.run([sys.executable, "-c", script], check=True, timeout=15, env=without_phrases)


@pytest.mark.parametrize(
    ("said", "typed"), [("lǜ", "lv"), ("zhōng", "zhong"), ("ńg", "ng"), ("ê\u0304", "e"), ("de", "de")]
)
def test_a_syllable_is_typed_without_its_tone(said: str, typed: str) -> None:
    assert toneless(said) == typed
