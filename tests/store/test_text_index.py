"""The index in memory: held apart from every file, filled anew, quoted."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from careconsole.store import driver as sqlite
from careconsole.store.text_index import MemoryTextIndex


@dataclass(frozen=True)
class Words:
    number: int
    title: str = ""
    body: str = ""
    tags: str = ""
    triggers: str = ""
    stems: str = ""
    pairs: str = ""


def numbers(index: MemoryTextIndex, *terms: str) -> list[int]:
    return [number for number, _ in index.ranked(terms)]


@pytest.mark.parametrize("driver", sqlite.drivers(), ids=lambda driver: driver.name)
def test_ranks_fills_and_replaces(driver: sqlite.Driver) -> None:
    index = MemoryTextIndex(driver)
    index.fill([Words(1, title="refunds late"), Words(2, body="refund"), Words(3, pairs="退款 款进")])
    assert numbers(index, "refund") == [1, 2]
    assert numbers(index, "款进", "late") == [3, 1] or numbers(index, "款进", "late") == [1, 3]
    assert all(score > 0 for _, score in index.ranked(["refund", "退款"]))
    index.replace(Words(2, tags="luggage"))
    assert numbers(index, "refund") == [1]
    assert numbers(index, "luggage") == [2]
    index.fill([Words(7, title="other")])
    assert numbers(index, "refund", "other") == [7]
    index.close()


@pytest.mark.parametrize(
    "term", ['a"b', "a*", "title:a", "NEAR", "AND", "\x00", "", '"', "{a b}", "a OR b", "-a", "^a"]
)
def test_any_term_is_harmless(term: str) -> None:
    index = MemoryTextIndex()
    index.fill([Words(1, title="a")])
    numbers(index, term)
    assert numbers(index, term, "a") == [1]
    assert numbers(index) == []


def test_two_indexes_know_nothing_of_each_other() -> None:
    one, other = MemoryTextIndex(), MemoryTextIndex()
    one.fill([Words(1, title="a")])
    assert numbers(other, "a") == []
