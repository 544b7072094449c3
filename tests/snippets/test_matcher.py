"""A typed word and a title as letters in their order: what fits better, and which letters are hit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careconsole.snippets.matcher import MAX_KEY_CHARS, in_order, key_of, letters_hit, quality

KEY = key_of("where is my refund".split())


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("refund", "efund"),
        ("refund", "rfnd"),
        ("rfnd", "hrfnd"),
        ("wimr", "wrfd"),
        ("wim", "hsm"),
        ("myref", "yrefu"),
        ("wref", "wefu"),
    ],
)
def test_starts_and_letters_side_by_side_count_more(better: str, worse: str) -> None:
    assert quality(better, KEY) > quality(worse, KEY) > 0


@pytest.mark.parametrize("typed", ["", "x", "fundr", "refundd", "退"])
def test_letters_out_of_order_do_not_fit(typed: str) -> None:
    assert quality(typed, KEY) == 0
    assert letters_hit(typed, KEY) == []


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        ("refund", [9, 10, 11, 12, 13, 14]),
        ("rfnd", [9, 11, 13, 14]),
        ("wimr", [0, 5, 7, 9]),
        ("myr", [7, 8, 9]),
        ("fun", [11, 12, 13]),
    ],
)
def test_hits_the_letters_of_the_best_way(typed: str, hit: list[int]) -> None:
    assert letters_hit(typed, KEY) == hit


def test_a_title_is_looked_at_to_a_limit_only() -> None:
    long = key_of(["a" * (MAX_KEY_CHARS - 1), "bc"])
    assert quality("ab", long) > 0
    assert quality("bc", long) == 0
    assert quality("a" * 60, long) > 0


WORDS = st.lists(st.text(st.sampled_from("abcde"), min_size=1, max_size=6), max_size=6)


@settings(deadline=None)
@given(WORDS, st.text(st.sampled_from("abcde"), min_size=1, max_size=6))
def test_agrees_with_the_plain_meaning(words: list[str], typed: str) -> None:
    key = key_of(words)
    fits = in_order(typed, "".join(words))
    assert (quality(typed, key) > 0) == fits
    assert 0 <= quality(typed, key) <= 100
    hit = letters_hit(typed, key)
    assert "".join(key.text[at] for at in hit) == (typed if fits else "")
    assert hit == sorted(set(hit))
