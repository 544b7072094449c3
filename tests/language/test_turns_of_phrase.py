"""Turns of phrase: anger without a harsh word, reports, polite requests, and praise that is meant."""

from __future__ import annotations

from collections import Counter

import pytest

from careconsole.language.temper import read_temper
from careconsole.language.temper_cues_en import TEMPERS_EN
from careconsole.language.turns_of_phrase_en import CLOSING_THANKS, TURNS_OF_PHRASE_EN


def terms(text: str, for_: str) -> dict[str, float]:
    return {term.term: term.score for term in read_temper(text, "en").terms if term.for_ == for_}


def test_no_entry_stands_twice() -> None:
    counted = Counter(
        entry for tempers in (TURNS_OF_PHRASE_EN, TEMPERS_EN) for _, _, listed in tempers for entry in listed
    )
    assert [entry for entry, times in counted.items() if times > 1] == []
    assert counted.keys() >= CLOSING_THANKS


@pytest.mark.parametrize(
    ("upset", "calm"),
    [
        ("How is it legal to take twelve for a sandwich?", "How do I order the sandwich for twelve?"),
        ("Why is it so hard to change a name?", "Is it possible to change a name?"),
        ("What's the point of a hotline?", "What's the number of the hotline?"),
        ("Do you really expect me to print this?", "Do you need me to print this?"),
        ("You keep asking for the same form", "You asked for this form"),
        ("Fix your search", "Can you fix my search please"),
        ("I expected better from you", "I expected a parcel from you"),
        ("A new version and still no dark mode", "A new version with a dark mode"),
        ("It has been two months and I tried everything", "I tried it for the first time"),
        ("This is the third email I send", "This is the email I sent"),
        ("Someone in another country reads my mails, so that's comforting", "Someone reads my mails to me"),
        ("Late as usual", "Open late on Sundays"),
        ("Your only competitor manages it, unlike you", "Does it work with others, like you?"),
        ("Reminds me why I left", "Remind me when I left"),
        ("They hire clowns, no one seems able to help", "Can someone help me please"),
        ("What on earth is the new menu", "What is on the new menu"),
    ],
)
def test_anger_without_a_harsh_word(upset: str, calm: str) -> None:
    assert read_temper(upset, "en").mood < read_temper(calm, "en").mood - 0.1


@pytest.mark.parametrize(
    ("to_mend", "other"),
    [
        ("It says error when I try to open my order", "Do you still have it in blue?"),
        ("I can't redeem my voucher", "Can I use the voucher in June?"),
        ("Please fix my account", "Please add a dark mode"),
        ("How do I recover my password?", "How do I get to the next level?"),
        ("The parcel has yet to arrive, any update?", "The parcel is lovely, any others?"),
        ("I reinstalled it and restarted, it keeps freezing", "I listened to it and liked the songs"),
        ("What is going on with your servers", "What are you doing for the holidays"),
        ("My booking won't load", "Introducing our new booking page, learn more"),
    ],
)
def test_what_is_to_be_mended_presses_more(to_mend: str, other: str) -> None:
    assert read_temper(to_mend, "en").urgency > read_temper(other, "en").urgency + 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for letting us know",
        "Thanks for being so patient with my mother",
        "What a great crew on the way to Porto",
        "Great service as always",
        "Once again a lovely crew",
        "Another great flight with you",
        "You work so hard to help, thank you",
        "Thanks for all the help!",
        "Really appreciate the upgrade",
        "That's great, thanks!",
        "I love that you ship without plastic",
        "Thanks a million",
        "Going back to Porto with you, so excited",
        "The boots are great for the price",
        "You took good care of us",
        "Safe and sound at home, thank you",
    ],
)
def test_what_is_meant_kindly_is_taken_kindly(text: str) -> None:
    assert read_temper(text, "en").mood > 0.1


def test_a_polite_request_is_no_anger() -> None:
    asked = "Hi, I can't log in to my account, any ideas? Please help"
    assert read_temper(asked, "en").mood > read_temper("I can't log in. Do better.", "en").mood + 0.2
    assert read_temper(asked, "en").urgency > 3


def test_thanks_at_the_end_of_a_request_are_no_praise() -> None:
    request = "My booking does not load, please look into it"
    thanked = f"{request}. Thanks"
    assert "closing thanks" in terms(thanked, "mood")
    assert terms(thanked, "mood")["closing thanks"] < terms("Thanks", "mood")["thanks"] / 2
    assert read_temper(thanked, "en").urgency > 0.6 * read_temper(request, "en").urgency
    assert read_temper(thanked, "en").mood > read_temper(request, "en").mood


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, my booking loads now",
        "I asked about my booking. Great crew at the desk, thanks",
        "My booking did not load. Not thanks",
    ],
)
def test_other_thanks_are_not_closing(text: str) -> None:
    assert "closing thanks" not in terms(text, "mood")


def test_names_are_no_praise() -> None:
    assert "amazing" in terms("An amazing parcel", "mood")
    assert not any(term.startswith("amaz") for term in terms("An Amazon parcel", "mood"))


def test_a_language_without_a_list_has_no_cues() -> None:
    assert read_temper("terrible, third time", "fr").mood == 0
    assert read_temper("terrible, third time", "en").mood < 0
