"""Abbreviations find the one right title, also among thousands of others, and no key scores too many."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.snippets.abbreviations import TYPED, as_snippets, distractors, titles
from tests.snippets.other_abbreviations import OTHER_TYPED

from careconsole.language.romanising import spellings
from careconsole.snippets.index import MOST_SCORED
from careconsole.snippets.library import Library
from careconsole.snippets.snippet import Snippet

ASKED = [(typed, title) for _, typed, title in TYPED]


def mean_reciprocal_rank(library: Library, asked: Iterable[tuple[str, str]]) -> float:
    total, count = 0.0, 0
    for typed, title in asked:
        count += 1
        found = [hit.snippet.title for hit in library.search(typed, 20)]
        total += 1 / (found.index(title) + 1) if title in found else 0.0
    return total / count


def test_the_set_is_large_and_sound() -> None:
    known = titles()
    assert len(known) == len(set(known)) >= 265
    assert len(TYPED) >= 80
    assert {title for _, _, title in TYPED} <= set(known)
    assert not set(known) & set(distractors(10_000))


def test_abbreviations_find_their_title() -> None:
    library = Library(as_snippets(titles()), spellings=spellings)
    assert mean_reciprocal_rank(library, ASKED) >= 0.97
    assert {title for _, title in OTHER_TYPED} <= set(titles())
    assert mean_reciprocal_rank(library, OTHER_TYPED) >= 0.9


def test_among_ten_thousand_others_and_with_few_titles_scored() -> None:
    library = Library(as_snippets(titles() + distractors(10_000)), spellings=spellings)
    assert mean_reciprocal_rank(library, ASKED) >= 0.95
    scored = []
    for _, typed, _ in TYPED[::4]:
        for length in range(1, len(typed) + 1):
            library.search(typed[:length])
            scored.append(library.scored)
    assert max(scored) <= MOST_SCORED
    assert sum(scored) / len(scored) < MOST_SCORED / 4


@pytest.mark.parametrize(
    ("typed", "title", "marked"),
    [
        ("vozvrat", "Возврат денег", ["Возврат"]),
        ("vozvr", "Возврат денег", ["Возвр"]),
        ("shch", "Щётка", ["Щ"]),
        ("sche", "Щётка", ["Щё"]),
        ("tuikuan", "查询退款进度", ["退款"]),
        ("tk", "退款进度", ["退款"]),
        ("rueck", "Rückgabe", ["Rück"]),
        ("medju", "Međunarodna", ["Među"]),
        ("delayd", "Delayed baggage", ["Delay", "d"]),
        ("dleayed", "Delayed baggage", ["Delayed"]),
        ("wimr", "Where is my refund", ["W", "i", "m", "r"]),
        ("isref", "Where is my refund", ["is", "ref"]),
    ],
)
def test_marks_the_letters_of_the_original(typed: str, title: str, marked: list[str]) -> None:
    [found] = Library([Snippet("a", title, "")], spellings=spellings).search(typed)
    assert [title[start:end] for start, end in found.title_spans] == marked


def test_tags_and_triggers_are_found_too_but_after_titles() -> None:
    library = Library(
        [
            Snippet("a", "Nothing of it", "", triggers=("возврат",)),
            Snippet("b", "Nothing of that", "", tags=("возврат",)),
            Snippet("c", "Возврат", ""),
        ],
        spellings=spellings,
    )
    assert [found.snippet.id for found in library.search("vozvrat")] == ["c", "b", "a"]
