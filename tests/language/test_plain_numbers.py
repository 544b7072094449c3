"""Versions and amounts are no phone numbers, and phone numbers with dots are no versions."""

from __future__ import annotations

import pytest

from careconsole.language.private_data import find_private


@pytest.mark.parametrize("number", ["+1.415.626.0132", "+1.212.555.0187", "1.415.626.0132"])
def test_a_number_with_dots_is_no_version(number: str) -> None:
    assert [(one.what, one.text) for one in find_private(f"Reach me at {number}")] == [("phone", number)]


@pytest.mark.parametrize(
    "version", ["Version 1.415.626.1032", "v1.415.626.1032", "10.0.19045.3448", "192.168.100.200"]
)
def test_a_version_is_no_number(version: str) -> None:
    assert find_private(version) == []


@pytest.mark.parametrize("amount", ["512 345 678 PLN", "EUR 612 345 678", "612.345.678,90 €"])
def test_an_amount_beside_its_currency_is_no_number(amount: str) -> None:
    assert find_private(f"It costs {amount}.") == []


@pytest.mark.parametrize("text", ["It costs 30 EUR 512 345 678", "5 € 0171 392 001"])
def test_a_number_behind_an_amount_is_found(text: str) -> None:
    assert [one.what for one in find_private(text)] == ["phone"]
