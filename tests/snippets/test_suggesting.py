"""The answers that fit a message come before a key is typed, narrowed by whom they are for."""

from __future__ import annotations

from datetime import date

import pytest
from tests.snippets.desk_answers import FEW, many

from careconsole.snippets.library import Library
from careconsole.snippets.situation import ANYWHERE, Situation
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.suggesting import MOST_LOOKED_AT, Suggester
from careconsole.store.text_index import MemoryTextIndex

BAG = Snippet("bag", "Delayed baggage", "We look for it.", triggers=("my suitcase is missing",))


def suggester(*snippets: Snippet) -> Suggester:
    return Suggester(Library(snippets), MemoryTextIndex())


def ids(given: Suggester, text: str, situation: Situation = ANYWHERE, limit: int = 20) -> list[str]:
    return [suggestion.snippet.id for suggestion in given.suggest(text, situation, limit)]


@pytest.mark.parametrize(
    ("message", "best"),
    [
        ("@shop where's my refund?? order 1234", "refund-status-en"),
        ("REFUNDS STATUS takes ages", "refund-status-en"),
        ("我什么时候能收到退款？", "refund-zh"),
        ("Где мой возврат денег?", "refund-ru"),
        ("Возвраты не приходят", "refund-ru"),
        ("moj let ima štrajk", "strike-hr"),
        ("strajk!", "strike-hr"),
    ],
)
def test_suggests(message: str, best: str) -> None:
    assert ids(suggester(*FEW), message)[0] == best


@pytest.mark.parametrize(
    "message", ["", "  ", "12345", "@shop https://x.example", "🧳", "xyzzy", '"', "NEAR AND OR *", "\x00"]
)
def test_nothing_to_go_by_suggests_nothing(message: str) -> None:
    assert ids(suggester(BAG), message) == []


@pytest.mark.parametrize(
    "message", ['bag" OR title:x', "bag* NEAR(a b) -bag ^bag", "bag:'); DROP TABLE entry; --", "bag\x00bag"]
)
def test_a_message_is_words_and_never_a_query(message: str) -> None:
    given = suggester(Snippet("a", "Bag", ""), *FEW)
    assert ids(given, message)[0] == "a"
    assert ids(given, "bag")[0] == "a"


def test_scores_fall_and_the_limit_holds() -> None:
    found = suggester(*many(200)).suggest("the refund status of your flight and bag", limit=7)
    assert len(found) == 7
    scores = [suggestion.score for suggestion in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0
    assert suggester(*FEW).suggest("refund", limit=0) == []


def test_narrowed_by_language_only_where_both_are_known() -> None:
    given = suggester(
        Snippet("en", "Strike today", "", language="en"),
        Snippet("hr", "Strike danas", "", language="hr"),
        Snippet("any", "Strike", ""),
    )
    assert set(ids(given, "strike")) == {"en", "hr", "any"}
    assert set(ids(given, "strike", Situation(language="unknown"))) == {"en", "hr", "any"}
    assert set(ids(given, "strike", Situation(language="hr"))) == {"hr", "any"}
    assert set(ids(given, "strike", Situation(language="sr"))) == {"hr", "any"}
    assert set(ids(given, "strike", Situation(language="de"))) == {"any"}


def test_narrowed_by_scope() -> None:
    given = suggester(
        Snippet("ours", "Strike", "", scope="brand", accounts=("bird",)),
        Snippet("all", "Strike", "", scope="brand"),
        Snippet("hers", "Strike", "", scope="mine", owner="ana"),
        Snippet("team", "Strike", "", owner="ana"),
    )
    assert set(ids(given, "strike", Situation(account="bird", agent="ana"))) == {
        "ours",
        "all",
        "hers",
        "team",
    }
    assert set(ids(given, "strike", Situation(account="fish", agent="bo"))) == {"all", "team"}


def test_narrowed_by_what_the_network_takes() -> None:
    given = suggester(
        Snippet("long", "Strike", "x" * 50),
        Snippet("both", "Strike", "x" * 50, short="x" * 5),
        Snippet("short", "Strike", "x" * 5),
    )
    assert set(ids(given, "strike", Situation(excess=lambda text: max(0, len(text) - 10)))) == {
        "both",
        "short",
    }


def test_what_is_past_its_review_sinks() -> None:
    day = date(2026, 3, 1)
    given = suggester(
        Snippet("old", "Strike at the airport", "", review=day),
        Snippet("fresh", "Strike", "", review=date(2026, 3, 2)),
    )
    assert ids(given, "strike at the airport") == ["old", "fresh"]
    assert ids(given, "strike at the airport", Situation(today=day)) == ["fresh", "old"]
    found = given.suggest("strike at the airport", Situation(today=day))
    assert found[0].score > found[1].score > 0


def test_what_is_past_its_review_stands_last_however_well_it_fits() -> None:
    day = date(2026, 3, 1)
    weak = [Snippet(f"weak{n}", "Cinema", "a refund is possible") for n in range(2)]
    given = suggester(
        Snippet("old", "Refund", "refund", triggers=("refund my strike ticket now",), review=day), *weak
    )
    situation = Situation(today=day)
    for found in (
        given.suggest("refund my strike ticket now", situation),
        given.suggest_for(["refund my strike ticket now", "refund"], situation),
    ):
        assert [one.snippet.id for one in found] == ["weak0", "weak1", "old"]
        assert found[1].score > found[2].score > 0


def test_several_messages_the_newest_counts_most() -> None:
    given = suggester(BAG, Snippet("pet", "Pet in the cabin", ""), Snippet("seat", "Seat", ""))
    found = [one.snippet.id for one in given.suggest_for(["and my pet?", "delayed baggage, delayed"])]
    assert found == ["pet", "bag"]
    assert [one.snippet.id for one in given.suggest_for(["hello", "baggage", "seat"])] == ["bag", "seat"]
    assert given.suggest_for([]) == given.suggest_for(["", "12"]) == []
    assert given.suggest_for(["x"] * 50 + ["pet"]) == []


def test_learns_and_is_renewed() -> None:
    given = suggester(BAG, Snippet("pet", "Pet in the cabin", ""))
    assert ids(given, "the carousel was empty") == []
    given.learn("bag", "the carousel stayed empty")
    given.learn("gone", "the carousel stayed empty")
    assert ids(given, "the carousel was empty") == ["bag"]
    assert ids(given, "suitcase") == ["bag"]
    given.renew(given.library, {"pet": ["my carousel"]})
    assert ids(given, "the carousel was empty") == ["pet"]


def test_words_that_stand_everywhere_are_not_looked_up() -> None:
    given = suggester(*(Snippet(f"s{n}", f"card number {n % 700}x{'ab'[n % 2]}", "", tags=("rare",) if n == 5 else ())
                        for n in range(MOST_LOOKED_AT + 500)))  # fmt: skip
    assert ids(given, "card rare")[0] == "s5"
    assert given.asked == ("rare",)
    assert len(ids(given, "card", limit=3)) == 3
