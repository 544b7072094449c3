"""What of a text is searched for, and what never is."""

from __future__ import annotations

import pytest

from careconsole.snippets.terms import MAX_TERMS, terms_of, without_private


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("@shop my order 12345 is late https://x.example/a?b=1", "my order is late"),
        ("Mail me at ann.lee@example.org or @ann@social.example", "Mail me at or"),
        ("Booking AB12CD on 3.4.2026, tel +385 91 123", "Booking on tel"),
        ("Ich bin Anna, Annas Koffer fehlt, ANNA!", "Ich bin , Koffer fehlt, !"),
        ("我是王伟，王伟的行李没到", "我是 ， 的行李没到"),
        ("Li likes lists", "likes lists"),
        ("Jo-Ann Smith wrote", "- wrote"),
        ("@王伟 行李没到 123号", "行李没到 号"),
        ("see HTTPS://x.example, www.x.example/1 a://b", "see"),
        ("word " + "x" * 100, "word"),
        ("line one\nline two\ttab", "line one line two tab"),
    ],
)
def test_private_things_are_left_out(text: str, kept: str) -> None:
    assert without_private(text, ["Anna Bell", "王伟", "Li", "jo_ann", "Ann", "Smith 7", ""]) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("smashed by Lea Kranz", "smashed by"),
        ("smashed by LEA KRANZ, really", "smashed by , really"),
        ("it was Lea-Marie Kranz who wrote", "it was who wrote"),
        ("Lea von der Kranz lost it", "lost it"),
        ("Lea A. Kranz lost it", "lost it"),
        ("Anna Müller-Kranz lost it", "lost it"),
        ("Лея Кранц потеряла", "потеряла"),
        ("Lea Kranz Lea Kranz Lea Kranz Lea Kranz", ""),
        ("It was Lea. Suitcase lost", "It was . Suitcase lost"),
        ("Hello from Lea\nSuitcase lost", "Hello from Suitcase lost"),
        ("Hello Lea, Suitcase lost", "Hello , Suitcase lost"),
        ("Lea I lost it", "I lost it"),
        ("Lea I'm late", "I'm late"),
        ("Annas Koffer fehlt", "Koffer fehlt"),
        ("Lea lost the Kranz", "lost the Kranz"),
        ("Anna of Kranz", "of Kranz"),
    ],
)
def test_more_of_a_name_goes_with_it(text: str, kept: str) -> None:
    assert without_private(text, ["Lea", "Anna Müller", "Лея"]) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("где посылка Анны Петровой", "где посылка"),
        ("посылка для Дмитрия и с Игорем", "посылка для и с"),
        ("paket za Petru, od Marka, s Marijom", "paket za , od , s"),
        ("ничего не вернем, верно", "ничего не вернем, верно"),
    ],
)
def test_a_name_in_another_case_is_that_name(text: str, kept: str) -> None:
    names = ["Анна Петрова", "Дмитрий", "Игорь", "Petra", "Marko Marija", "Вера"]
    assert without_private(text, names) == kept


def test_words_stems_and_pairs() -> None:
    terms = terms_of("Where is my REFUND, café? 退款进度 42")
    assert terms.words == ("where", "refund", "cafe")
    assert [stem[:5] for stem in terms.stems] == ["where", "refun"]
    assert terms.pairs == ("退款", "款进", "进度")
    assert len(set(terms.all)) == len(terms.all) == 8


def test_common_words_count_where_there_is_nothing_else() -> None:
    assert terms_of("it is").words == ("it", "is")
    assert terms_of("").all == terms_of("12345 @x !?").all == ()


def test_a_flood_is_cut() -> None:
    assert len(terms_of(" ".join(f"w{'a' * (n % 50)}x" for n in range(5_000))).words) == MAX_TERMS
    assert len(terms_of("退" * 5_000).pairs) == MAX_TERMS


@pytest.mark.parametrize(
    "flood", ["a", "a@", "1.", "http://", "{{", "@", "退", "a ", "\u0301", "a\u200d", "www."]
)
def test_a_flood_takes_no_longer_than_its_length(flood: str) -> None:
    without_private(flood * 200_000, ["Anna", "王伟"])
    without_private(f"Anna {flood}Anna B" * 20_000, ["Anna", "王伟"])
    terms_of(flood * 200_000, 100_000)
