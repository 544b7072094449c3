"""Every typed word must fit somewhere; what fits best comes first and is marked."""

from __future__ import annotations

from datetime import date

import pytest
from tests.snippets.desk_answers import FEW

from careconsole.snippets.library import MAX_QUERY_CHARS, Found, Library, highlight
from careconsole.snippets.situation import Situation
from careconsole.snippets.snippet import Snippet, Span

LIBRARY = Library(FEW)


def ids(query: str, limit: int = 20) -> list[str]:
    return [found.snippet.id for found in LIBRARY.search(query, limit)]


def first(query: str) -> Found:
    return LIBRARY.search(query)[0]


def marked(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("refund status", "refund-status-en"),
        ("status refund", "refund-status-en"),
        ("STATUS", "refund-status-en"),
        ("ref sta", "refund-status-en"),
        ("rfd stts", "refund-status-en"),
        ("when", "refund-rules-en"),
        ("still no money", "refund-status-en"),
        ("sprecica", "strike-hr"),
        ("sprečica", "strike-hr"),
        ("SPREC\u030cICA", "strike-hr"),
        ("strajk", "strike-hr"),
        ("dacki", "strike-hr"),
        ("strasse", "street-de"),
        ("straße", "street-de"),
        ("grosse", "street-de"),
        ("masse", "street-de"),
        ("nummer", "street-de"),
        ("возврат", "refund-ru"),
        ("ВОЗВР", "refund-ru"),
        ("елки", "refund-ru"),
        ("退款进度", "refund-zh"),
        ("进度", "refund-zh"),
        ("退查", "refund-zh"),
        ("什么时候", "refund-zh"),
        ("处理", "refund-zh"),
        ("hilineb", "late-et"),
        ("valjub", "late-et"),
        ("wide", "wide-en"),
        ("cafe", "wide-en"),
        ("caf\u00e9", "wide-en"),
        ("ｃａｆé", "wide-en"),
        ("dont sleep", "hours-en"),
        ("don’t", "hours-en"),
        ("24/7", "hours-en"),
        ("🧳", "baggage-late-en"),
        ("baggage-late", "baggage-late-en"),
    ],
)
def test_finds(query: str, best: str) -> None:
    assert ids(query)[0] == best


@pytest.mark.parametrize(
    "typed",
    [
        "refumd",  # wrong
        "erfund",  # swapped at the start
        "refnud",  # swapped
        "reund",  # missing
        "refuund",  # added
        "statsu",
        "stutus",
    ],
)
def test_one_wrong_letter_still_finds(typed: str) -> None:
    assert "refund-status-en" in ids(typed)


@pytest.mark.parametrize(
    ("typed", "best"),
    [("vozvrat", None), ("вовзрат", "refund-ru"), ("возвтат", "refund-ru"), ("bagage", "baggage-late-en"),
     ("bga", "baggage-late-en"), ("sperčica", "strike-hr"), ("baggqge arr", "baggage-late-en")],
)  # fmt: skip
def test_wrong_letters_of_other_scripts(typed: str, best: str | None) -> None:
    assert ids(typed)[:1] == ([best] if best else [])


@pytest.mark.parametrize("typed", ["refumb", "rxfxnd", "fnduer", "25", "zzz", "退钱", "❓", "ref zzz"])
def test_what_does_not_fit_is_not_found(typed: str) -> None:
    assert ids(typed) == []


def test_every_word_must_fit() -> None:
    assert set(ids("refund")) >= {"refund-status-en", "refund-rules-en"}
    assert ids("refund cancelled") == ["refund-rules-en"]
    assert ids("hilineb status") == []


def test_a_word_that_fits_nowhere_may_be_left_out_if_it_is_the_lesser_part() -> None:
    assert ids("refund zzz")[0] == "refund-status-en"
    assert ids("refund zzzzzz") == []
    assert ids("status refund zzz")[0] == "refund-status-en"
    assert ids("status zzz yyy") == []


def test_a_title_comes_before_a_body() -> None:
    library = Library(
        [
            Snippet("a", "Nothing of it", "A voucher, a voucher, a voucher."),
            Snippet("b", "Our vouchers", "Nothing."),
            Snippet("c", "Voucher", "Nothing."),
            Snippet("d", "Vucher", "Nothing."),
        ]
    )
    assert [found.snippet.id for found in library.search("voucher")] == ["c", "b", "d", "a"]


def test_without_a_query_by_use_then_title() -> None:
    library = Library(FEW)
    titles = [found.snippet.title for found in library.search("")]
    assert titles[:4] == [
        "Baggage did not arrive",
        "Größe und Straße",
        "Lend hilineb",
        "Obavijest: sprečica i štrajk",
    ]
    library.used("refund-ru")
    library.used("late-et")
    library.used("late-et")
    assert [found.snippet.id for found in library.search(" \t", limit=3)] == [
        "late-et",
        "refund-ru",
        "baggage-late-en",
    ]
    assert all(found.title_spans == found.body_spans == () for found in library.search(""))


@pytest.mark.parametrize(
    ("about", "best"),
    [
        ("Hey, WHERE IS MY REFUND?!", "refund-status-en"),
        ("请问什么时候退款？", "refund-zh"),
        ("elsewhere is my refunds", "baggage-late-en"),
    ],
)
def test_without_a_query_what_the_message_triggers_comes_first(about: str, best: str) -> None:
    assert LIBRARY.search("", about=about)[0].snippet.id == best


def test_a_newer_message_counts_for_more_than_all_older_ones() -> None:
    found = LIBRARY.search("", about=["什么时候退款？", *["still no money, where is my refund"] * 5])
    assert [each.snippet.id for each in found[:2]] == ["refund-zh", "refund-status-en"]
    assert found[0].score > found[1].score > found[2].score


def test_what_is_used_more_comes_first_among_equals() -> None:
    library = Library([Snippet("a", "Voucher", "x"), Snippet("b", "Voucher", "x")])
    assert [found.snippet.id for found in library.search("vouch")] == ["a", "b"]
    library.used("b")
    assert [found.snippet.id for found in library.search("vouch")] == ["b", "a"]


def test_a_search_is_narrowed_by_scope_and_what_is_past_its_review_comes_last() -> None:
    library = Library(
        [
            Snippet("old", "Voucher", "x", review=date(2026, 1, 1)),
            Snippet("hers", "Voucher rules", "x", scope="mine", owner="ana"),
            Snippet("bird", "Voucher rules here", "x", scope="brand", accounts=("bird",)),
        ]
    )
    day = date(2026, 3, 1)
    for query in ("vou", ""):
        assert [found.snippet.id for found in library.search(query)] == ["old", "hers", "bird"]
        ana = Situation(agent="ana", account="fish", today=day)
        assert [found.snippet.id for found in library.search(query, situation=ana)] == ["hers", "old"]
        ben = Situation(agent="ben", account="bird", language="xx", excess=len, today=day)
        assert [found.snippet.id for found in library.search(query, situation=ben)] == ["bird", "old"]
        scores = [found.score for found in library.search(query, situation=ana)]
        assert scores == sorted(scores, reverse=True), "higher first, whatever sinks"


def test_limit() -> None:
    assert len(ids("e", limit=2)) == 2
    assert len(ids("", limit=3)) == 3
    assert Library([]).search("x") == Library([]).search("") == []


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("refund status", ["Refund", "Status"]),
        ("status", ["status"]),
        ("rfd stts", ["R", "f", "d", "st", "t", "s"]),
        ("ref", ["Ref"]),
        ("refnud", ["Refund"]),
    ],
)
def test_marks_the_title(query: str, title: list[str]) -> None:
    found = first(query)
    assert found.snippet.id == "refund-status-en"
    assert [text.lower() for text in marked(found.snippet.title, found.title_spans)] == [
        text.lower() for text in title
    ]


@pytest.mark.parametrize(
    ("query", "text", "spans"),
    [
        ("strasse", "Die Straße", ["Straße"]),
        ("stras", "Die Straße", ["Straß"]),
        ("strajk", "štrajk, STRAJK, s\u030ctrajk", ["štrajk", "STRAJK", "s\u030ctrajk"]),
        ("wide", "Ｗｉｄｅ letters", ["Ｗｉｄｅ"]),
        ("wi", "Ｗｉｄｅ letters", ["Ｗｉ"]),
        ("cafe", "a cafe\u0301\u0323 here", ["cafe\u0301\u0323"]),
        ("nummer", "Bestellnummer", ["nummer"]),
        ("退款", "您的退款正在处理", ["退款"]),
        ("dont", "We don't", ["don't"]),
        ("🧳", "a 🧳 bag", ["🧳"]),
        ("fin", "ﬁne", ["ﬁn"]),
        ("f", "ﬁne", ["ﬁ"]),
        ("a", "an apple of Ana", ["a", "a", "A"]),
        ("apple", "apple, apples, aple, pineapple", ["apple", "apple", "apple"]),
        ("aplpe", "apple and apples", ["apple", "apple"]),
        ("zzz", "apple", []),
        ("", "apple", []),
    ],
)
def test_marks_are_places_of_the_original(query: str, text: str, spans: list[str]) -> None:
    assert marked(text, highlight(query, text)) == spans


def test_marks_the_body() -> None:
    found = first("cancelled refund")
    assert marked(found.snippet.body, found.body_spans) == ["cancelled"]
    assert marked(found.snippet.title, found.title_spans) == ["refund"]


def test_long_and_odd_queries_are_harmless() -> None:
    assert ids("refund " * 1000)[0] == "refund-status-en"
    assert ids("re" * MAX_QUERY_CHARS) == []
    for query in (".*+?[]()|^$\\", "\x00\x1b[2J", "a" * 10_000, "\ud800", "%s {0}", "\u0301" * 500, "[^\n]"):
        LIBRARY.search(query)


def test_the_same_in_the_customers_language_stands_before_it() -> None:
    day = date(2026, 3, 1)
    library = Library(
        [
            Snippet("bag-en", "Bag lost", "We look for it.", language="en"),
            Snippet("bag-de", "Koffer weg", "Wir suchen ihn.", language="de"),
            Snippet("bag-hr", "Torba", "Tražimo je.", language="hr", scope="mine", owner="ben"),
            Snippet("bag-et", "Kott", "Otsime.", language="et", review=date(2026, 1, 1)),
            Snippet("bags-en", "Bags and more", "Two.", language="en"),
        ]
    )

    def found(query: str, language: str, limit: int = 20) -> list[str]:
        who = Situation(language=language, agent="ana", today=day)
        return [one.snippet.id for one in library.search(query, limit, situation=who)]

    assert found("bag", "") == found("bag", "unknown") == found("bag", "en") == found("bag", "ru")
    english = found("bag", "en")
    assert english[0] == "bag-en"
    assert found("bag", "de") == ["bag-de", *(each for each in english if each != "bag-de")]
    assert found("bag", "de", 1) == ["bag-de"]
    assert found("koffer", "de")[0] == "bag-de"
    assert found("koffer", "en")[:2] == ["bag-en", "bag-de"]
    assert found("bag", "hr") == found("bag", "et") == english  # not hers; past its review
    assert found("", "de").index("bag-de") < found("", "de").index("bag-en")
    marks = library.search("bag", situation=Situation(language="de"))
    assert (marks[0].title_spans, marks[1].title_spans) == ((), ((0, 3),))
