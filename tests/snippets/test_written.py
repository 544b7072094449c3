"""A snippet as the fields of a form: what is shown comes back, and what cannot be is refused with a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careconsole.snippets.form import CONTROL, fault_of
from careconsole.snippets.holes import unfill
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.written import FIELDS, fields_of, rough, written

FULL = Snippet(
    "bag-en",
    "Bag",
    "Hello {{name}}",
    tags=("lost, or not", 'said "so"'),
    triggers=("where is it, please?", "bag"),
    language="en",
    short="Soon.",
    path=Path("bag-en.toml"),
    origin="own",
    scope="brand",
    owner="ana",
    accounts=("shop", "a|b"),
    review=date(2026, 12, 31),
)
BLANK = Snippet("", "", "", origin="own", owner="ana")


def typed(before: Snippet, **changes: str) -> Snippet | dict[str, str]:
    shown = fields_of(before)
    return written(before, shown, shown | changes, me="ana")


def test_every_field_is_shown() -> None:
    assert tuple(fields_of(FULL)) == tuple(fields_of(BLANK))
    assert set(fields_of(FULL)) == set(FIELDS)


def test_what_is_left_alone_stays() -> None:
    odd = replace(FULL, body=" \u202eodd\n", tags=("a\nb", " c"), title="x")
    assert typed(odd) == odd
    assert typed(odd, short="New.") == replace(odd, short="New.")


def test_an_imported_one_that_is_changed_is_no_longer_marked() -> None:
    imported = replace(FULL, imported=True)
    assert typed(imported) == imported
    assert typed(imported, body="Ours.") == replace(FULL, body="Ours.")


WORDS = st.lists(
    st.text(st.sampled_from('ab ",|é退'), min_size=1, max_size=8).map(str.strip).filter(bool), max_size=4
)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_lists_come_back_as_they_were_shown(tags: list[str], triggers: list[str]) -> None:
    given_ = replace(
        BLANK, title="x", body="y", tags=tuple(dict.fromkeys(tags)), triggers=tuple(dict.fromkeys(triggers))
    )
    shown = dict.fromkeys(FIELDS, "")
    again = written(replace(BLANK, title="x", body="y"), shown, fields_of(given_))
    assert isinstance(again, Snippet)
    assert (again.tags, again.triggers) == (given_.tags, given_.triggers)


@settings(deadline=None)
@given(st.fixed_dictionaries({name: st.text(max_size=30) for name in FIELDS}))
def test_whatever_is_typed_can_be_read_again_or_is_refused(texts: dict[str, str]) -> None:
    made = written(BLANK, fields_of(BLANK), texts)
    if isinstance(made, Snippet):
        assert fault_of(replace(made, id="a")) is None
    else:
        assert made and set(made) <= set(FIELDS) and all(sentence.endswith(".") for sentence in made.values())
    assert CONTROL.search(rough(BLANK, fields_of(BLANK), texts).title) is None


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": "  "}, "title", "needs a title"),
        ({"body": "\n"}, "body", "Nothing would come into the reply"),
        ({"title": "a\x1b[2J"}, "title", "control character U+001B"),
        ({"body": "a\u2028b"}, "body", "control character U+2028"),
        ({"language": "English"}, "language", "such as en or de"),
        ({"review": "soon"}, "review", "like 2026-12-31"),
        ({"review": "2026-02-30"}, "review", "no day"),
        ({"tags": ",".join(map(str, range(101)))}, "tags", "There are 101 of them; 100 is the most"),
        ({"triggers": "\n".join(map(str, range(101)))}, "triggers", "There are 101"),
        ({"scope": "all"}, "scope", "team"),
        ({"body": "x" * 70_000}, "body", "larger than 64 KiB"),
        ({"body": "x" * 1_000_000}, "body", "larger than 64 KiB"),
    ],
)
def test_faults_are_sentences_by_field(changes: dict[str, str], field: str, words: str) -> None:
    made = typed(FULL, **changes)
    assert isinstance(made, dict) and list(made) == [field]
    assert words in made[field]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"language": " EN "}, {"language": "en"}),
        ({"language": "pt_br"}, {"language": "pt-BR"}),
        ({"language": ""}, {"language": ""}),
        ({"title": " a \t b "}, {"title": "a b"}),
        ({"tags": "a, b,, a"}, {"tags": ("a", "b")}),
        ({"review": ""}, {"review": None}),
        ({"scope": "mine"}, {"scope": "mine", "owner": "ana"}),
        ({"scope": "mine", "owner": ""}, {"scope": "mine", "owner": "ana"}),
        ({"body": "{{name.__class__}} {0} %s"}, {"body": "{{name.__class__}} {0} %s"}),
    ],
)
def test_what_is_typed_is_taken_as_it_is_meant(changes: dict[str, str], expected: dict[str, object]) -> None:
    assert typed(FULL, **changes) == replace(FULL, **expected)  # type: ignore[arg-type]


def test_a_variant_needs_a_language_of_its_own() -> None:
    variant = replace(FULL, id="", variant_of="bag", language="")
    shown = fields_of(variant)
    for language, words in (("", "Which language"), ("DE", "one in de already")):
        made = written(variant, shown, shown | {"language": language}, taken_languages=["en", "de"])
        assert isinstance(made, dict) and words in made["language"]
    made = written(variant, shown, shown | {"language": "hr"}, taken_languages=["en", "de"])
    assert isinstance(made, Snippet) and (made.language, made.base) == ("hr", "bag")


def test_so_far_only_what_can_be_counts() -> None:
    shown = fields_of(FULL)
    assert rough(FULL, shown, shown | {"review": "so", "title": "New"}) == replace(FULL, title="New")


@pytest.mark.parametrize(
    ("text", "holes"),
    [
        ("Dear Ana Kos, hello Ana! @ana_k", "Dear {{name}}, hello {{name}}! {{handle}}"),
        ("Anagram, banAna, {{Ana}}", "Anagram, banAna, {{Ana}}"),
        ("Yours, mia", "Yours, {{me}}"),
        ("A b", "A b"),
        ("", ""),
    ],
)
def test_known_words_become_holes(text: str, holes: str) -> None:
    values = {"Ana Kos": "name", "Ana": "name", "@ana_k": "handle", "mia": "me", "A": "odd", "": "none"}
    assert unfill(text, values) == holes
