"""Answers found by what they mean: across languages, beside the words, and not at all where nothing is known."""

from __future__ import annotations

from datetime import date

from tests.meaning_at_hand import FewWords

from careconsole.snippets.library import Library
from careconsole.snippets.meaning import MOST_KNOWN, Meanings, sayings, told_of
from careconsole.snippets.situation import ANYWHERE, Situation
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.suggesting import FAR, FEWEST, Suggester
from careconsole.store.text_index import MemoryTextIndex

LATE = Snippet("late", "Parcel late", "Parcel late.", language="en")
REFUND = Snippet("refund", "Refund", "Money.", language="en")
LOGIN = Snippet("login", "Login", "Login.", language="en")


def suggester(*snippets: Snippet, knows: tuple[str, ...] = ()) -> Suggester:
    given = Suggester(Library(snippets), MemoryTextIndex())
    few = FewWords()
    given.meaning = meanings = Meanings(
        few.near, [few.encode(sayings(each)) for each in given.library.snippets]
    )
    meanings.learn(dict(zip(knows, few.encode([told_of(text) for text in knows]), strict=True)))
    return given


def ids(given: Suggester, text: str, situation: Situation = ANYWHERE) -> list[str]:
    return [one.snippet.id for one in given.suggest(text, situation)]


def test_a_message_in_another_language_finds_the_answer() -> None:
    texts = ("Mein Paket ist verspätet", "Возврат, пожалуйста", "登录")
    given = suggester(LATE, REFUND, LOGIN, knows=texts)
    found = [
        ids(given, text, Situation(language=code))
        for text, code in zip(texts, ("de", "ru", "zh"), strict=True)
    ]
    assert found == [["late"], ["refund"], ["login"]]


def test_a_variant_in_the_language_of_the_message_stands_for_it() -> None:
    text = "Mein Paket ist verspätet"
    german = Snippet("late-de", "Sendung", "Kommt.", language="de", variant_of="late")
    past = Snippet("late-de", "Sendung", "Kommt.", language="de", variant_of="late", review=date(2026, 1, 1))
    assert ids(suggester(LATE, german, REFUND, knows=(text,)), text, Situation(language="de")) == ["late-de"]
    assert ids(suggester(LATE, german, REFUND, knows=(text,)), text) == ["late"]
    there = Situation(language="de", today=date(2026, 3, 1))
    assert ids(suggester(LATE, past, REFUND, knows=(text,)), text, there) == ["late"]


def test_what_is_not_known_goes_by_words() -> None:
    given = suggester(LATE, REFUND, knows=("Danke",))
    assert given.unread(["Mein Paket ist verspätet", "Danke"]) == ["Mein Paket ist verspätet"]
    assert ids(given, "Mein Paket ist verspätet") == []
    assert ids(given, "parcel") == ["late"]
    given.meaning = None
    assert given.unread(["parcel"]) == []


def test_of_several_messages_all_are_known_or_words_decide() -> None:
    given = suggester(LATE, REFUND, LOGIN, knows=("Wo ist mein Paket? verspätet",))
    several = ["Wo ist mein Paket? verspätet", "refund"]
    assert [one.snippet.id for one in given.suggest_for(several)] == ["refund"]
    assert [one.snippet.id for one in given.suggest_for(several[:1])] == ["late"]


def test_words_decide_between_what_means_the_same() -> None:
    twin = Snippet("twin", "Parcel late locker", "Parcel late.", language="en")
    text = "parcel late at the locker"
    assert ids(suggester(LATE, twin, REFUND, LOGIN, knows=(text,)), text)[:2] == ["twin", "late"]


def test_what_is_for_nobody_here_or_too_long_is_left_out() -> None:
    mine = Snippet("mine", "Parcel late", "Parcel late.", scope="mine", owner="ben")
    long = Snippet("long", "Parcel late", "Parcel late. " * 9)
    text = "Paket verspätet"
    there = Situation(agent="ana", excess=lambda body: max(0, len(body) - 50))
    assert ids(suggester(mine, long, LATE, REFUND, knows=(text,)), text, there) == ["late"]


def test_a_message_without_words_is_near_to_nothing() -> None:
    given = suggester(LATE, REFUND, knows=())
    assert isinstance(given.meaning, Meanings)
    given.meaning.learn({"4711": b""})
    assert told_of("@shop 4711 https://x.example") == "" and ids(given, "4711") == []


def test_in_a_larger_library_an_answer_stands_out_from_most() -> None:
    others = [Snippet(f"other{n}", "Refund", "Money.") for n in range(FEWEST)]
    given = suggester(LATE, *others, knows=("Paket verspätet", "Danke"))
    assert ids(given, "Paket verspätet") == ["late"]
    assert all(one.score > 0 for one in given.suggest("Paket verspätet"))
    assert ids(given, "Danke") == [] and FAR > 0.5


def test_a_language_is_no_meaning() -> None:
    """Whatever they say, texts in the language of the message are nearer to it."""
    english = [Snippet(f"en{n}", f"English {n}", "x", language="en") for n in range(FEWEST)]
    chinese = [Snippet(f"zh{n}", f"Chinese {n}", "x", language="zh") for n in range(FEWEST)]
    few = Snippet("de", "German", "x", language="de")
    given = Suggester(Library([*english, *chinese, few]), MemoryTextIndex())
    nears = {"en": 0.79, "zh": 0.86, "de": 0.82}

    class Told:
        def fit(self, text: str) -> list[float]:
            near = [nears[one.language] for one in given.library.snippets]
            near[[one.id for one in given.library.snippets].index("en3")] = 0.84
            return near

        def knows(self, text: str) -> bool:
            return True

    given.meaning = Told()
    assert ids(given, "登录不了", Situation(language="zh")) == ["en3", "de"]
    assert ids(given, "geht nicht", Situation(language="de")) == ["en3"]


def test_only_so_many_messages_are_remembered() -> None:
    given = suggester(LATE)
    assert isinstance(given.meaning, Meanings)
    given.meaning.learn({str(n): b"" for n in range(MOST_KNOWN + 1)})
    assert not given.meaning.knows("0") and given.meaning.knows("1")
