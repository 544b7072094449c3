"""Other ways to type a text: pieces that cover it, syllables for Han, letters for Cyrillic."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_the_dictionary_of_syllables_is_loaded_for_han_only() -> None:
    script = (
        "import sys; from careconsole.language.romanising import spellings; "
        "spellings('Größe и щётка'); assert 'pypinyin' not in sys.modules; "
        "spellings('退款'); assert 'pypinyin' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=15)
