"""What a query means, and what is said of one that means nothing."""

from __future__ import annotations

import pytest

from careconsole.model.excerpt import LONGEST, excerpt
from careconsole.model.finding import (
    MOST_CHARS,
    MOST_WORDS,
    Query,
    QueryFault,
    check_accounts,
    completions,
    finished_part,
    parse_query,
)
from careconsole.model.message import Kind
from careconsole.model.search_words import Term, indexed_words


@pytest.mark.parametrize(
    ("text", "finished"),
    [
        ("", ""),
        ("lang:", ""),
        ("lang:de kind:comp", "lang:de "),
        ("late kind:comp ", "late "),
        ('late account:"My sh', "late "),
    ],
)
def test_what_stands_before_the_last_word_is_finished(text: str, finished: str) -> None:
    assert finished_part(text) == finished


def test_words_filters_and_states_in_any_order() -> None:
    query = parse_query('late refund lang:DE,ru kind:brand-talk account:"My shop" "late fee" mine parc')
    assert query == Query(
        terms=(Term(("refund",)), Term(("late", "fee")), Term(("parc",), True)),
        languages=frozenset({"de", "ru"}),
        kinds=frozenset({Kind.BRAND_TALK}),
        accounts=frozenset({"My shop"}),
        states=frozenset({"late", "mine"}),
    )


@pytest.mark.parametrize("text", ["", "   ", '"', '""', "!!! ...", "@", '" " -'])
def test_nothing_is_asked(text: str) -> None:
    assert parse_query(text).is_empty


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("kind:complain", "kind:complain is no kind; the nearest is kind:complaint."),
        ("kidn:complaint", '"kidn:" is no filter; the nearest is kind:. In quotes it is searched for as text.'),
        ("lang:german", "lang:german is not the code of a language, such as en or de; the nearest is lang:ge."),
        ("lang:unknwn", "lang:unknwn is not the code of a language, such as en or de; the nearest is lang:unknown."),
        ("kind:", "kind: wants one of question, complaint, praise, idea, brand_talk, noise behind it."),
        ("lang:", "lang: wants the code of a language, such as en or de behind it."),
        ("account:", "account: wants the name of an account behind it."),
        ("a" * (MOST_CHARS + 1), f"A query has at most {MOST_CHARS} characters; this one has {MOST_CHARS + 1}."),
        ("ab " * (MOST_WORDS + 1), f"A query has at most {MOST_WORDS} words."),
    ],
)  # fmt: skip
def test_a_wrong_word_is_named(text: str, sentence: str) -> None:
    with pytest.raises(QueryFault) as caught:
        parse_query(text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("text", ['"kidn:complaint"', "https://shop.example/a", "12:30", "заказ:7", "10:kg"])
def test_what_only_looks_like_a_filter_is_text(text: str) -> None:
    assert len(parse_query(text).terms) == 1


def test_an_unknown_account_is_named_with_the_nearest() -> None:
    with pytest.raises(
        QueryFault, match=r"account:shpo is no account of this desk; the nearest is account:shop\."
    ):
        check_accounts(parse_query("account:shpo"), ["help", "shop"])
    with pytest.raises(QueryFault, match="there is none yet"):
        check_accounts(parse_query("account:shop"), [])
    check_accounts(parse_query("account:shop account:help"), ["help", "shop"])


def test_a_saved_view_stands_for_what_it_says() -> None:
    views = {"angry": "kind:complaint late", "dana": "mine"}
    assert parse_query("@angry refund", views) == parse_query("kind:complaint late refund")
    assert parse_query("@nobody", views).terms == (Term(("nobody",), True),)
    assert parse_query('"@dana"', views).terms == (Term(("dana",)),)


def test_only_the_word_that_is_typed_goes_on() -> None:
    assert [term.begins for term in parse_query("parcel order").terms] == [False, True]
    assert [term.begins for term in parse_query("parcel order ").terms] == [False, False]
    assert [term.begins for term in parse_query("order late").terms] == [False]
    assert [term.begins for term in parse_query("de").terms] == [False]


def test_completions() -> None:
    views = ["angry", "asleep"]
    assert completions("re", views, []) == ["resolved"]
    assert completions("x @a", views, []) == ["x @angry", "x @asleep"]
    assert completions("kind:co", views, []) == ["kind:complaint"]
    assert completions("account:", [], ["shop", "My shop"]) == ['account:"My shop"', "account:shop"]
    assert completions("la", views, []) == ["late"]
    assert completions("lan", views, []) == ["lang:"]
    assert completions("", views, []) == ["@angry", "@asleep"]
    assert completions("late ", [], []) == completions("zzz", views, []) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't PANIC!", "dont panic"),
        ("DE-4711/2 e.g. 1.5", "de 4711 2 e g 1 5 de47112 15"),
        ("订单号A7", "订单 单号 号 a7"),
        ("我", "我"),
        ("Ёлка, ÄÖ", "елка ao"),
        ("\0 🙂 _", ""),
    ],
)
def test_words_of_a_text(text: str, words: str) -> None:
    assert indexed_words(text) == words


LONG = "Hello there. " * 20


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Where is it?", "where", "Where is it?"),
        (f"{LONG}My kettle leaks.", "kettle", "…Hello there. Hello there. My kettle leaks."),
        (f"{LONG}Šteta, ﬁne", "steta", "…Hello there. Hello there. Šteta, ﬁne"),
        (f"{LONG}no DE-4711 here", "DE4711", "…Hello there. Hello there. no DE-4711 here"),
        (f"{'很好' * 30}订单", "订单", f"…{'很好' * 15}订单"),
        (f"{LONG}don't", '"don’t"', "…Hello there. Hello there. don't"),
    ],
)
def test_the_excerpt_shows_the_word_that_was_found(text: str, query: str, shown: str) -> None:
    assert excerpt(text, parse_query(query).terms) == shown


def test_an_excerpt_without_words_is_the_beginning() -> None:
    assert excerpt(LONG, ()) == f"{LONG[:LONGEST]}…"
    assert excerpt(LONG, parse_query("nothing of it").terms) == f"{LONG[:LONGEST]}…"
