"""Guard and coach together: what a draft holds that should not leave."""

from __future__ import annotations

from decimal import Decimal

import pytest

from careconsole.language.amounts import amounts_in
from careconsole.language.coach import Occasion
from careconsole.language.detection import language_of
from careconsole.language.drafts import Circumstances, DraftFinding, Weight, check


def found(draft: str, **known: object) -> list[tuple[str, str, Weight]]:
    findings = check(draft, Circumstances(**known))  # type: ignore[arg-type]
    assert all(draft[one.start : one.end] == one.text and one.reason.endswith(".") for one in findings)
    return [(one.what, one.text, one.weight) for one in findings]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("30 EUR", [("30", "EUR")]),
        ("€30 und 30€ und € 30", [("30", "EUR")] * 3),
        ("30,00 € oder 30,- €", [("30", "EUR")] * 2),
        ("$30, US$ 30.50, 30 dollars", [("30", "USD"), ("30.5", "USD"), ("30", "USD")]),
        ("1.234,56 EUR = 1,234.56 EUR = 1 234,56 EUR = 1'234.56 EUR", [("1234.56", "EUR")] * 4),
        ("1.234 EUR", [("1234", "EUR")]),
        ("30 kn, 20 KM, 10 din", [("30", "HRK"), ("20", "BAM"), ("10", "RSD")]),
        ("30 руб, 1 500 рублей, 2 тыс. руб.", [("30", "RUB"), ("1500", "RUB"), ("2000", "RUB")]),
        ("30元，¥30，3万元", [("30", "CNY"), ("30", "CNY"), ("30000", "CNY")]),
        ("30\u00a0€, ３０ €", [("30", "EUR"), ("30", "EUR")]),
        ("30 eurot ja 5 eurosenti", [("30", "EUR")]),
        ("CHF 12.50, £9, 99 zł", [("12.50", "CHF"), ("9", "GBP"), ("99", "PLN")]),
        ("30 minutes, 30 %, room 30, 5 knots, 30 kmh, version 3.5, 2024-03-15", []),
        ("Order 4471, krona", []),
    ],
)
def test_amounts(text: str, amounts: list[tuple[str, str]]) -> None:
    assert [(amount.value, amount.currency) for amount in amounts_in(text)] == [
        (Decimal(value), currency) for value, currency in amounts
    ]


def test_another_amount_than_decided_is_named_with_the_decision() -> None:
    decision = "We refund 30 EUR and give a voucher of 20 EUR."
    assert found("You get 30,00 € back and €20 as a voucher.", decision=decision) == []
    assert found("You get 25 EUR back.", decision=decision) == [("other amount", "25 EUR", Weight.ASKS)]
    assert found("You get 30 USD back.", decision=decision) == [("other amount", "30 USD", Weight.ASKS)]
    assert '"30 EUR" and "20 EUR"' in check("25 EUR", Circumstances(decision=decision))[0].reason
    assert found("You get 25 EUR back.", decision="We refund it.") == found("You get 25 EUR back.") == []


def test_private_data_asks_in_public_and_only_advises_in_private() -> None:
    draft = "Call +49 171 3920012"
    assert found(draft) == [("phone", "+49 171 3920012", Weight.ASKS)]
    assert found(draft, is_public=False) == [("phone", "+49 171 3920012", Weight.ADVISES)]


def test_an_open_hole_blocks() -> None:
    assert found("Hi {{name}}, {{ order no. }} {{ }} {x}") == [
        ("open hole", "{{name}}", Weight.BLOCKS),
        ("open hole", "{{ order no. }}", Weight.BLOCKS),
        ("open hole", "{{ }}", Weight.BLOCKS),
    ]


def test_too_long_marks_what_is_too_much() -> None:
    assert found("1234567890", length=10, limit=8) == [("too long", "90", Weight.BLOCKS)]
    assert found("1234567890", length=50, limit=8) == [("too long", "1234567890", Weight.BLOCKS)]
    assert found("1234567890", length=8, limit=8) == found("1234567890", length=8) == []


def test_a_draft_in_another_language_than_the_customers() -> None:
    english = "We will look at it and write to you this evening."
    assert found(english, customer_language="de", language_of=language_of) == [
        ("other language", english, Weight.ASKS)
    ]
    for customer in ("en", "", "unknown"):
        assert found(english, customer_language=customer, language_of=language_of) == []
    assert found(english, customer_language="de") == []
    assert found("OK", customer_language="de", language_of=language_of) == []
    assert found("x", customer_language="hr", language_of=lambda text: ("sr", True)) == []
    assert found("x", customer_language="hr", language_of=lambda text: ("de", False)) == []


def test_everything_comes_in_one_list_in_the_order_of_the_draft() -> None:
    draft = "Just click here, {{name}}: ana@example.org, 25 EUR"
    findings = check(draft, Circumstances(Occasion("en"), decision="30 EUR", length=50, limit=45))
    assert [one.what for one in findings] == ["belittling", "open hole", "e-mail", "other amount", "too long"]
    assert all(isinstance(one, DraftFinding) for one in findings)
    assert check("", Circumstances()) == []
