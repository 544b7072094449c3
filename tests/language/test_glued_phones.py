"""Phone numbers with labels, words and other numbers glued to them, and codes that look like them."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from careconsole.language.private_data import find_private

CODES = (Path(__file__).parent / "private_codes.txt").read_text("utf-8").splitlines()


def _is_found(marked: str) -> bool:
    findings = [(one.what, one.text) for one in find_private(re.sub("[«»]", "", marked))]
    return findings == [("phone", number) for number in re.findall("«(.*?)»", marked)]


@pytest.mark.parametrize(
    "marked",
    [
        "Telefon:«+49 171 3920012»",
        "Phone:«+49 171 3920012»",
        "Tel:«+49 171 3920012»",
        "tel:«0171 3920012»",
        "tel:«+49171 3920012»",
        "Mobil:«0171-3920012»",
        "WhatsApp:«0151 23456789»",
        "Fax:«030/23125014»",
        "Broj:«+385981234567»",
        "Call:«+491713920012»",
        "tel.«+491713920012»",
        "mob.«+385981234567»",
        "Tel«+491713920012»",
        "T.«0171 3920012»",
        "T:«+49 171 3920012» M:«+49 172 3920013»",
        "Tel:«(+49)171 3920012»",
        "call us:«(415) 626-0132»",
        "Kontakt:«0171 3920012»",
        "Tel/Fax:«0171 3920012»",
        "Tel/«0171 3920012»",
        "Tel_«0171 3920012»",
    ],
)
def test_a_number_is_found_right_behind_its_label(marked: str) -> None:
    assert _is_found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "«0171 3920012»und",
        "«+491713920012»and",
        "call «0171 3920012»or",
        "at «0171 3920012» 5pm",
        "«+1 212 555 0187x44»",
        "_«0171 3920012»_",
        "__«0171 3920012»__",
        "«0171_3920012»",
    ],
)
def test_a_number_is_found_to_its_last_digit_beside_a_word_or_a_line(marked: str) -> None:
    assert _is_found(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "«0171 3920012»/«0172 3920013»",
        "«0171/3920012»/«0172/3920013»",
        "«(0171) 3920012»/«(0172) 3920013»",
        "«+49 171 3920012»/«+49 172 3920013»",
        "«415-626-0132» / «415-626-0133»",
        "tel:«0171-3920012»/«0172-3920013»",
        "«0171 3920012»,«0172 3920013»",
        "«030 23125014/15»",
    ],
)
def test_two_numbers_with_a_slash_between_them_are_both_found(marked: str) -> None:
    assert _is_found(marked)


def test_codes_amounts_and_versions_are_left_alone() -> None:
    flagged = [(line, find_private(line)) for line in CODES if find_private(line)]
    assert len(CODES) == len(set(CODES)) >= 60 and len(flagged) <= 1, flagged


@pytest.mark.parametrize(
    "repeated", ["Tel:", "Tel.", "call us:(", "Tel:0171 ", "0171 ", "0171 3920012/", "_1", "+1.415."]
)
def test_a_draft_of_one_label_over_and_over_is_searched_fast(repeated: str) -> None:
    took_s = []
    for _ in range(3):
        begun = time.process_time()
        find_private(repeated * 2_000 + "0171 3920012")
        took_s.append(time.process_time() - begun)
    assert min(took_s) < 0.1
