"""Private data in a draft: all of it is found, and numbers of another kind are left alone."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from careconsole.language.private_data import GuardRules, PrivateFinding, find_private, masked, redacted

HERE = Path(__file__).parent


def _plain(written: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), written).replace("\\n", "\n")


TRUE = [line.split("\t") for line in (HERE / "private_true.txt").read_text("utf-8").splitlines()]
FALSE = (HERE / "private_false.txt").read_text("utf-8").splitlines()
ORDERS = GuardRules(order_patterns=(re.compile(r"\d{4}-\d{4}-\d{2}"), re.compile(r"VX\d{6}")))


def found(text: str, rules: GuardRules | None = None) -> list[tuple[str, str]]:
    return [(finding.what, finding.text) for finding in find_private(text, rules)]


def test_the_lists_are_large_enough() -> None:
    counted = Counter(what for what, _ in TRUE)
    assert len(TRUE) >= 100 and set(counted) == {"card", "IBAN", "e-mail", "phone"}
    assert min(counted.values()) >= 12 and len(FALSE) == len(set(FALSE)) == 200


@pytest.mark.parametrize(("what", "marked"), TRUE, ids=[marked for _, marked in TRUE])
def test_every_private_thing_is_found_from_its_first_sign_to_its_last(what: str, marked: str) -> None:
    marked = _plain(marked)
    text = marked.replace("«", "").replace("»", "")
    assert found(text) == [(what, part) for part in re.findall("«(.*?)»", marked, re.DOTALL)]


def test_numbers_of_another_kind_are_hardly_ever_flagged() -> None:
    flagged = [(line, find_private(line)) for line in FALSE if find_private(line)]
    assert len(flagged) <= len(FALSE) * 0.02, flagged


def test_what_the_brand_pattern_fits_is_an_order_number_and_nothing_else() -> None:
    assert found("4471-2039-11 and VX123456.", ORDERS) == [("order", "4471-2039-11"), ("order", "VX123456")]
    assert found("AVX123456 and VX1234567 and 14471-2039-11", ORDERS) == []
    anything = GuardRules(order_patterns=(re.compile(r"\d{16}"),))
    assert found("4111111111111111", anything) == [("order", "4111111111111111")]
    assert found("x", GuardRules(order_patterns=(re.compile("y*"),))) == []


def test_national_numbers_are_those_of_the_given_countries() -> None:
    assert found("512 345 678", GuardRules(regions=("PL",))) == [("phone", "512 345 678")]
    assert found("512 345 678", GuardRules(regions=("DE",))) == []
    assert found("+48 512 345 678", GuardRules(regions=())) == [("phone", "+48 512 345 678")]


def test_digits_behind_a_plus_are_a_phone_number_though_they_pass_for_a_card() -> None:
    for written in ("+49 1512 3430519", "+4915123430519", "+(49) 1512 3430519"):
        assert found(f"{written} oder 4111 1111 1111 1111") == [
            ("phone", written),
            ("card", "4111 1111 1111 1111"),
        ]
    assert found("+378282246310005") == [("card", "378282246310005")]
    assert found("+4111 1111 1111 1111") == [("card", "4111 1111 1111 1111")]


def test_the_nearest_word_tells_what_a_number_is() -> None:
    assert found("Order 88123, call 5123456") == [("phone", "5123456")]
    assert found("Call us about order 5123456") == []
    assert found("Phone 0171 3920012, order 0171 3920013") == [("phone", "0171 3920012")]


def test_what_is_the_brands_own_may_be_public() -> None:
    rules = GuardRules(own=frozenset({"Care@Example.org", "+49 30 23125 000"}))
    text = "care@example.org or 0049 30 23125-000 or ana@example.org"
    assert found(text, rules) == [("e-mail", "ana@example.org")]


def test_several_things_in_one_draft_keep_their_places() -> None:
    text = "A: +49 171 3920012, b@example.org, DE89 3704 0044 0532 0130 00, 4111 1111 1111 1111 😀 +1 415 555 0132"
    findings = find_private(text)
    assert [finding.what for finding in findings] == ["phone", "e-mail", "IBAN", "card", "phone"]
    assert all(text[finding.start : finding.end] == finding.text for finding in findings)


@pytest.mark.parametrize(
    ("language", "left"),
    [
        ("en", "Write to [e-mail address] or call [phone number]!"),
        ("de", "Write to [E-Mail-Adresse] or call [Telefonnummer]!"),
        ("xx", "Write to [e-mail address] or call [phone number]!"),
    ],
)
def test_what_is_redacted_keeps_nothing_of_it(language: str, left: str) -> None:
    text = "Write to ana@example.org or call +49 171 3920012!"
    findings = find_private(text)
    assert redacted(text, findings, language) == redacted(text, findings[::-1], language) == left
    assert find_private(left) == []


def test_redacting_a_draft_that_moved_leaves_nothing_behind() -> None:
    findings = find_private("ana@example.org")
    assert redacted("So: ana@example.org", findings) == "So: [e-mail address]"
    assert redacted("gone", findings) == "gone"


def test_strange_texts_are_read_too() -> None:
    for text in (
        "",
        "\ud800",
        "+" * 5000,
        "0 " * 5000,
        "(" * 5000,
        "a@" * 3000,
        "DE89 " * 2000,
        "1-" * 4000,
        "\0",
    ):
        begun = time.perf_counter()
        assert all(isinstance(finding, PrivateFinding) for finding in find_private(text))
        assert time.perf_counter() - begun < 1


def test_a_draft_is_searched_in_two_milliseconds() -> None:
    draft = (
        "Hello Ana, your order 4471-2039-11 left on 15.03.2024 at 14:30, it costs 30 EUR. Please call 0171 3920012 or "
        "write to help@example.org, card 4111 1111 1111 1111. "
    ) * 2
    find_private(draft)
    times = []
    for _ in range(30):
        begun = time.perf_counter()
        find_private(draft)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[15] < 0.002


def test_the_libraries_are_loaded_when_a_number_comes_up() -> None:
    code = (
        "import sys; from careconsole.language.private_data import find_private; find_private('Hello, 12 May 2024');"
        "print({'stdnum', 'phonenumbers'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("what", "text", "shown"),
    [
        ("card", "4111 1111 1111 1111", "**** **** **** 1111"),
        ("IBAN", "DE89 3704 0044 0532 0130 00", "**** **** **** **** **30 00"),
        ("phone", "+49 171 3920012", "+** *** *****12"),
        ("order", "VX123456", "******56"),
        ("order", "A-17", "*-**"),
        ("e-mail", "ana.bee@example.org", "a***@***"),
    ],
)
def test_a_masked_number_is_known_again_but_not_told(what: str, text: str, shown: str) -> None:
    assert masked(what, text) == shown
