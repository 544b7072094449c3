"""Every folded letter knows where in the original it came from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careconsole.model.folding import fold, words
from careconsole.snippets.placed import Placed, merged
from careconsole.snippets.snippet import Span

LETTERS = st.text(
    st.sampled_from(
        "aB'’ \n\tßšéœÆĳﬁИйЁё退款ＡＢ１ǅİı\u0301\u030c\u200d\u00ad¨´가\u1100\u1161\u11a8\u09c7\u09be"
    )
    | st.characters(exclude_categories=["Cs"])
)


@settings(deadline=None)
@given(LETTERS)
def test_folds_as_the_model_does(text: str) -> None:
    placed = Placed.of(text)
    assert placed.folded == fold(text)
    assert [word.text for word in placed.words()] == words(fold(text))


@settings(deadline=None)
@given(LETTERS)
def test_places_are_in_order_and_in_the_text(text: str) -> None:
    places = Placed.of(text).places
    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert list(places) == sorted(places)
    assert all(len(word.text) == len(word.places) for word in Placed.of(text).words())


@pytest.mark.parametrize(
    ("text", "folded", "stretch"),
    [
        ("Maße", "ss", "ß"),
        ("sprečica", "c", "č"),
        ("sprec\u030cica x", "c", "c\u030c"),
        ("Ｒｅｆund", "ref", "Ｒｅｆ"),
        ("cafe\u0301\u0323s", "e", "e\u0301\u0323"),
        ("  wide \t space", "e s", "e \t s"),
        ("ﬁne", "f", "ﬁ"),
        ("coop\u00aderate", "coope", "coop\u00ade"),
    ],
)
def test_leads_back_to_the_original(text: str, folded: str, stretch: str) -> None:
    placed = Placed.of(text)
    start = placed.folded.index(folded)
    places = placed.places[start : start + len(folded)]
    assert text[places[0].start : places[-1].end] == stretch


def test_merges_what_touches() -> None:
    spans = [Span(4, 6), Span(0, 1), Span(1, 2), Span(4, 5), Span(8, 9)]
    assert merged(spans) == (Span(0, 2), Span(4, 6), Span(8, 9))
    assert merged([]) == ()
