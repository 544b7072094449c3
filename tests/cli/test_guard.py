"""The guard of a reply by command: what it refuses, how it says so, and how it is told that it is meant."""

from __future__ import annotations

import asyncio

import pytest
from tests.cli.desk_at_hand import DeskAtHand, message
from tests.cli.test_commands import set_limits

from careconsole.desk.opening import open_desk
from careconsole.model.reply import Limits

PRIVATE = [
    ("a card number", "Your card 4111 1111 1111 1111 is charged.", "character 11: **** **** **** 1111"),
    ("an IBAN", "We pay to DE89 3704 0044 0532 0130 00 now.", "character 11: **** **** **** **** **30 00"),
    ("a phone number", "Call +49 171 3920012 please.", "character 6: +** *** *****12"),
    ("an e-mail address", "We wrote to\nana.bee@example.org today.", "line 2, character 1: a***@***"),
    ("an order number", "Order VX123456 is on its way.", "character 7: ******56"),
]


def at_a_desk(desk: DeskAtHand, text: str = "Where is my parcel?", **more: object) -> str:
    desk.take_in([message(1, text, **more)])
    (desk.home / "voice.toml").write_text("[all]\norders = ['VX\\d{6}']\n")
    return str(desk.queue()[0]["id"])


@pytest.mark.parametrize(("what", "text", "where"), PRIVATE, ids=[what for what, _, _ in PRIVATE])
def test_private_data_in_public_is_refused_masked_and_nothing_is_done(
    desk: DeskAtHand, what: str, text: str, where: str
) -> None:
    one = at_a_desk(desk)
    told = desk.type("reply", one, "--text", text)

    assert (told.code, told.out) == (1, "")
    assert f"It would be public: {what} ({where})." in told.err
    assert "--visibility private" in told.err and "--allow-private-data" in told.err
    for secret in ("4111 1111 1111", "0532 0130", "171 392", "ana.bee", "VX1234"):
        assert secret not in told.err
    assert desk.queue()[0]["claimed_by"] is None and desk.type("outbox", "--json").json == []


@pytest.mark.parametrize("more", [["--visibility", "private"], ["--allow-private-data"]])
def test_in_private_or_as_meant_it_leaves_without_a_word(desk: DeskAtHand, more: list[str]) -> None:
    one = at_a_desk(desk)
    told = desk.type("reply", one, "--text", PRIVATE[0][1], *more)
    assert (told.code, told.err) == (0, "") and told.out.strip().isdigit()
    [row] = desk.type("outbox", "--json").json
    assert row["visibility"] == ("private" if more[0] == "--visibility" else "public")


def test_a_private_message_is_answered_in_private_and_a_note_is_for_the_team(desk: DeskAtHand) -> None:
    one = at_a_desk(desk, visibility="private")
    assert desk.type("reply", one, "--text", PRIVATE[0][1], "--visibility", "note").code == 0
    wider = desk.type("reply", one, "--text", PRIVATE[0][1], "--visibility", "public")
    assert wider.code == 1 and "more eyes" in wider.err  # not: it would be public
    assert desk.type("reply", one, "--text", PRIVATE[0][1]).code == 0


def test_every_finding_is_named_up_to_a_number(desk: DeskAtHand) -> None:
    one = at_a_desk(desk)
    told = desk.type("reply", one, "--text", " ".join(f"VX{number:06}" for number in range(30)))
    assert told.err.count("an order number") == 20 and "And 10 more." in told.err


def test_an_open_hole_is_refused_whoever_means_it(desk: DeskAtHand) -> None:
    one = at_a_desk(desk)
    told = desk.type(
        "reply", one, "--text", "Order {{order}}: soon.", "--allow-private-data", "--visibility", "private"
    )
    assert told.code == 1 and '"{{order}}" is still open' in told.err and "Nothing was queued." in told.err
    assert desk.type("outbox", "--json").json == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hi {{name}, soon.", '"{{name}" (character 4) is what is left of a hole'),
        ("Hello,\nwe pay {{amount", '"{{amount" (line 2, character 8) is what is left of a hole'),
        ("Hello }} there", '"}}" (character 7) is what is left of a hole'),
    ],
)
def test_a_broken_hole_is_refused_with_its_place_but_not_in_a_note(
    desk: DeskAtHand, text: str, said: str
) -> None:
    one = at_a_desk(desk, "Where is {{my}} parcel }}?")
    for visibility in ("public", "private"):
        told = desk.type("reply", one, "--text", text, "--visibility", visibility)
        assert (told.code, told.out) == (1, "") and said in told.err and "Nothing was queued." in told.err
    half = ["--visibility", "private", "--public-line", text]
    told = desk.type("reply", one, "--text", "All is well.", *half)
    assert told.code == 1 and "is what is left of a hole" in told.err
    assert desk.type("outbox", "--json").json == []
    assert desk.type("reply", one, "--text", text, "--visibility", "note").code == 0


def test_too_long_is_refused_whoever_means_it(desk: DeskAtHand) -> None:
    one = at_a_desk(desk)
    set_limits(desk.home, Limits(20))
    told = desk.type("reply", one, "--text", "x" * 21, "--allow-private-data")
    assert told.code == 1 and "1 more than this network takes" in told.err


def test_another_language_is_said_and_refuses_nothing(desk: DeskAtHand) -> None:
    one = at_a_desk(desk, "Meine Bestellung ist seit drei Wochen nicht angekommen, wo bleibt sie denn?")
    told = desk.type("reply", one, "--text", "We will look at it and write to you this evening.")
    assert told.code == 0 and "The customer writes German (de), the draft is English (en)." in told.err


def test_another_amount_than_decided_is_said_and_refuses_nothing(desk: DeskAtHand) -> None:
    one = at_a_desk(desk)
    desk.type("reply", one, "--text", "!decision We refund 30 EUR.", "--visibility", "note")
    told = desk.type("reply", one, "--text", "You get 25 EUR back.")
    assert told.code == 0 and '"25 EUR" is another amount than the last decision' in told.err
    assert len(desk.type("outbox", "--json").json) == 1


def test_where_no_private_message_can_be_begun_none_is_proposed(desk: DeskAtHand) -> None:
    one = at_a_desk(desk)

    async def elsewhere() -> None:
        async with open_desk(desk.home, agent="ana") as opened:
            await opened.store.write(lambda tx: tx.change("UPDATE account SET network = 'square'"))

    asyncio.run(elsewhere())
    told = desk.type("reply", one, "--text", PRIVATE[0][1])
    assert told.code == 1 and "Take it out" in told.err and "--visibility private" not in told.err


def test_a_broken_voice_file_stops_a_reply_that_it_would_have_guarded(desk: DeskAtHand) -> None:
    one = at_a_desk(desk)
    (desk.home / "voice.toml").write_text("[all\n")
    told = desk.type("reply", one, "--text", "Order VX123456 is on its way.")
    assert told.code == 2 and "voice.toml, line 1" in told.err
    assert desk.type("outbox", "--json").json == []


# ---- a public line beside a private reply --------------------------------------------------------------------------

LINE = ["--visibility", "private", "--public-line", "We have written to you in private."]


def test_a_private_reply_takes_its_public_line_along(desk: DeskAtHand) -> None:
    one = at_a_desk(desk)
    told = desk.type("reply", one, "--text", PRIVATE[0][1], *LINE)
    assert told.code == 0 and told.err == ""
    private, public = desk.type("outbox", "--json").json
    assert (private["id"], private["visibility"], private["text"]) == (
        int(told.out),
        "private",
        PRIVATE[0][1],
    )
    assert (public["visibility"], public["text"]) == ("public", LINE[-1])


def test_the_public_line_is_guarded_too(desk: DeskAtHand) -> None:
    one = at_a_desk(desk)
    line = [*LINE[:3], "We have written to ana.bee@example.org."]
    told = desk.type("reply", one, "--text", "Your code is 1234.", *line)
    assert told.code == 1 and "It would be public: an e-mail address (character 20: a***@***)." in told.err
    assert desk.type("outbox", "--json").json == []
    assert desk.type("reply", one, "--text", "Your code is 1234.", *line, "--allow-private-data").code == 0


def test_a_public_line_needs_a_private_reply_to_a_public_message(desk: DeskAtHand) -> None:
    one = at_a_desk(desk, visibility="private")
    told = desk.type("reply", one, "--text", "Hello", *LINE)
    assert told.code == 1 and "leave --public-line out" in told.err
    for eyes in ([], ["--visibility", "public"], ["--visibility", "note"]):
        told = desk.type("reply", one, "--text", "Hello", *eyes, *LINE[2:])
        assert told.code == 2 and "--visibility private" in told.err
    assert desk.type("outbox", "--json").json == []
