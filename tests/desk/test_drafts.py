"""What a conversation says of the draft that answers it, and when to change between public and private."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.console.threads import entry

from careconsole.channels.contract import PrivateWay
from careconsole.desk.drafts import Beside, beside, check_draft, measure_draft, redact_draft
from careconsole.desk.hand_over import hand_over_hint, private_way, rounds
from careconsole.desk.opening import open_desk
from careconsole.language.drafts import Weight
from careconsole.model.message import Direction, Kind, Visibility
from careconsole.model.reply import Mode
from careconsole.model.voice import Brand, HouseVoice
from careconsole.store.rows import ThreadEntry

GERMAN = "Meine Bestellung ist seit drei Wochen nicht angekommen, wo bleibt sie denn nun eigentlich?"


def ours(number: int, text: str = "We are on it.", **changes: object) -> ThreadEntry:
    return entry(number, text, direction=Direction.OUT, **changes)


async def test_language_and_mood_are_those_of_what_waits(tmp_path: Path) -> None:
    async with open_desk(tmp_path, agent="ana", create=True) as desk:
        said = [
            entry(1, "Hello there, I have a question about my suitcase."),
            ours(2),
            entry(3, GERMAN, is_answered=False),
        ]
        known = beside(desk, Kind.QUESTION, said, Brand())
        assert (known.language, known.is_upset, known.me) == ("de", False, desk.agent)
        angry = [
            *said,
            entry(4, "Das ist eine Frechheit, absolut unverschämt, nie wieder!", is_answered=False),
        ]
        assert beside(desk, Kind.COMPLAINT, angry, Brand()).is_upset
        gone = [entry(1, GERMAN, deleted_us=1)]
        assert beside(desk, Kind.QUESTION, gone, Brand()).language == ""


def found(draft: str, known: Beside, **options: object) -> list[tuple[str, Weight]]:
    given: dict[str, object] = {"is_public": True, "length": len(draft), "limit": None}
    checked = check_draft(draft, known, **{**given, **options})  # type: ignore[arg-type]
    return [(one.what, one.weight) for one in checked]


def test_coach_and_guard_speak_of_one_draft() -> None:
    known = Beside(
        language="de",
        decision="Refund of 30 EUR",
        brand=Brand(
            orders=(re.compile(r"VX\d{6}"),),
            voices={"de": HouseVoice("de", address="Sie"), "en": HouseVoice("en", {"ticket": "request"})},
        ),
    )
    draft = "Your ticket for order VX123456 is being looked at by our colleagues, we will pay you 50 EUR."
    asks = Weight.ASKS
    assert found(draft, known) == [
        ("other language", asks),
        ("house word", Weight.ADVISES),
        ("order", asks),
        ("other amount", asks),
    ]
    assert ("order", Weight.ADVISES) in found(draft, known, is_public=False)
    assert ("too long", Weight.BLOCKS) in found(draft, known, limit=50)
    assert measure_draft("one two three") == (3, 1)


@pytest.mark.parametrize(
    ("draft", "left"),
    [
        ("Rufen Sie uns bitte unter +49 171 3920012 an, wir warten.", "[Telefonnummer]"),
        ("Please call us on +49 171 3920012 today, we are waiting.", "[phone number]"),
    ],
)
def test_what_is_taken_out_is_named_in_the_language_of_the_draft(draft: str, left: str) -> None:
    assert redact_draft(draft, Beside()) == draft.replace("+49 171 3920012", left)


def test_three_times_back_and_forth_is_worth_a_private_message() -> None:
    story: list[ThreadEntry] = []
    for number in range(0, 9, 3):
        story += [entry(number + 1), entry(number + 2), ours(number + 3)]
    assert rounds(story) == 3 and rounds(story[:-1]) == 2
    assert rounds([*story, entry(10, visibility=Visibility.DIRECT)]) == 0
    hint = hand_over_hint("Hi", Beside(), story, mode=Mode.PUBLIC, may_be_public=True)
    assert hint == "3 back-and-forths, consider private"
    assert hand_over_hint("Hi", Beside(), story[:-1], mode=Mode.PUBLIC, may_be_public=True) == ""


@pytest.mark.parametrize(
    ("said", "draft", "may_be_public", "is_hinted"),
    [
        ("When do you open?", "At nine, every day.", True, True),
        ("When do you open?", "At nine, every day.", False, False),
        ("When do you open?", " ", True, False),
        ("My card is 4111 1111 1111 1111", "Thank you.", True, False),
        ("Where is it?", "Call +49 171 3920012.", True, False),
        ("Where is it?", "Please send us your booking code.", True, False),
    ],
)
def test_what_holds_nothing_private_can_be_said_in_public(
    said: str, draft: str, may_be_public: bool, is_hinted: bool
) -> None:
    hint = hand_over_hint(draft, Beside(), [entry(1, said)], mode=Mode.PRIVATE, may_be_public=may_be_public)
    assert hint == ("answerable in public: nothing private asked or given" if is_hinted else "")


def test_a_network_nobody_knows_opens_no_private_message() -> None:
    assert [private_way(network) for network in ("mastodon", "file", "pigeon")] == list(PrivateWay)
