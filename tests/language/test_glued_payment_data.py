"""Payment numbers and addresses with words glued to them, or with their signs written out."""

from __future__ import annotations

import time

import pytest

from careconsole.language.private_data import GuardRules, find_private


def found(text: str, rules: GuardRules | None = None) -> list[tuple[str, str]]:
    return [(finding.what, finding.text) for finding in find_private(text, rules)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4111 1111 1111 1111and", "4111 1111 1111 1111"),
        ("4111111111111111EUR", "4111111111111111"),
        ("4111 1111 1111 1111exp12/28", "4111 1111 1111 1111"),
        ("4111 1111 1111 1111 5th", "4111 1111 1111 1111"),
        ("VISA4111111111111111", "4111111111111111"),
        ("Karte4111111111111111", "4111111111111111"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2 2 8", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"),
    ],
)
def test_a_card_number_is_found_beside_a_word(text: str, number: str) -> None:
    assert found(text) == [("card", number)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("DE89 3704 0044 0532 0130 00und", "DE89 3704 0044 0532 0130 00"),
        ("DE89370400440532013000BIC:COBADEFF", "DE89370400440532013000"),
        ("DE89 3704 0044 0532 0130 00/COBADEFF", "DE89 3704 0044 0532 0130 00"),
        ("IBANDE89370400440532013000", "DE89370400440532013000"),
        ("ibande89370400440532013000", "de89370400440532013000"),
        ("KontoDE89370400440532013000", "DE89370400440532013000"),
    ],
)
def test_an_iban_is_found_beside_a_word(text: str, number: str) -> None:
    assert found(text) == [("IBAN", number)]


@pytest.mark.parametrize(
    "address",
    [
        "jane[at]gmail[dot]com",
        "jane(at)gmail(dot)com",
        "jane [at] gmail [dot] com",
        "jane (AT) gmail (DOT) com",
        "jane[dot]doe[at]gmail[dot]co[dot]uk",
        "jane [dot] doe [at] gmail.com",
        "jane@gmail[punkt]com",
    ],
)
def test_an_address_with_signs_written_out_in_brackets_is_found(address: str) -> None:
    assert found(f"Write to {address} please") == [("e-mail", address)]
    own = GuardRules(own=frozenset({address.lower().replace("punkt", "dot")}))
    assert found(f"Write to {address} please", own) == []


def test_signs_written_out_without_brackets_are_words() -> None:
    assert found("I am at home dot com") == found("jane at gmail dot com") == []


@pytest.mark.parametrize(
    "repeated", ["1 ", "1/", "1_", "22 ", "a[dot]", "a[at]b[dot]", "IBAN", "IBANDE89 ", "4111 "]
)
def test_a_draft_of_one_thing_over_and_over_takes_time_in_proportion(repeated: str) -> None:
    def took_s(times: int) -> float:
        spent = []
        for ending in ("", "and", "A1", ""):
            begun = time.process_time()
            find_private(repeated * times + ending)
            spent.append(time.process_time() - begun)
        return min(spent)

    took_s(10)
    assert took_s(12_000) < 16 * took_s(2_000), "six times the text; the square would be 36 times"
