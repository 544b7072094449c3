"""What became of a reply: said when it is known; where nobody knows, `U` asks, and one key alone decides nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line

from careconsole.console.reason_screen import Question
from careconsole.console.unknown_screen import SHOWN_CHARS, ThereScreen
from careconsole.desk import reading, replies, routing, unknown
from careconsole.desk.importing import import_lines
from careconsole.desk.unknown import There, remote_id_in
from careconsole.model.reply import Ambiguous, OutboxState, Outcome, Rejected, Sent
from careconsole.store import delivery
from careconsole.store.rows import OutboxRow


async def on_its_way(at: AtHand, handle: str = "customer1", text: str = "Hello there") -> int:
    """A reply of ana's that is queued; its outbox id."""
    row = (await at.rows())[handle]
    done = await replies.send(at.desk, row.id, text=text)
    assert hasattr(done, "outbox_id"), done
    await at.until(lambda: done.outbox_id in (at.screen._on_their_way or {}))
    await at.settle()
    return int(done.outbox_id)


async def answered(at: AtHand, outcome: Outcome) -> None:
    """The network says this of the next reply."""

    async def body(tx: object) -> None:
        taken = await delivery.take(tx, 1)  # type: ignore[arg-type]
        assert taken is not None
        await delivery.settle(tx, taken.reply.outbox_id, outcome, pause_s=900, may_go_on=True)  # type: ignore[arg-type]

    await at.desk.store.write(body)
    await at.until(lambda: at.screen._told_to == at.screen._revision)
    await at.settle()


async def unknown_reply(at: AtHand, text: str = "Hello there") -> int:
    id = await on_its_way(at, text=text)
    await answered(at, Ambiguous("the answer never came"))
    await at.until(lambda: "UNKNOWN" in at.picture)
    return id


async def state(at: AtHand, id: int) -> OutboxRow:
    row = await unknown.reply(at.desk, id)
    assert row is not None
    return row


async def minute_later(at: AtHand) -> None:
    """The lease of whoever sent or looked it up is over."""
    await at.desk.store.write(lambda tx: tx.change("UPDATE outbox SET sender_until_ns = 0"))


# ---- what is said ------------------------------------------------------------------------------------------------------


async def test_sent_is_said_when_the_id_is_in_the_record(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await on_its_way(at)
        await at.until(lambda: at.screen._on_their_way == {id: OutboxState.QUEUED})
        assert "Sent" not in at.said
        await answered(at, Sent("r1"))
        assert at.said == "Sent to @customer1"
        assert (await state(at, id)).remote_id == "r1"


async def test_what_failed_and_what_nobody_knows_is_said(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await on_its_way(at)
        await answered(at, Rejected("too long"))
        assert at.said == "! Not sent, it is a draft again: @customer1"
        await unknown_reply(at)
        assert at.said == "! Not known whether it arrived, U settles it: @customer1"


async def test_a_notice_does_not_push_an_error_away(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await on_its_way(at)
        at.screen.say("The disk is full.", is_error=True)
        await answered(at, Sent("r1"))
        assert at.said == "! The disk is full."


async def test_what_was_said_of_a_withdrawn_reply_goes_with_the_next_send(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("r")
        at.screen.composer.insert_snippet("Hello")
        await at.press("ctrl+s", "y")
        await at.until(lambda: "F4 withdraws" in at.screen.status.plain)
        await at.press("f4")
        assert at.said == "Withdrawn: it was not sent."
        await at.press("ctrl+s", "y")
        await at.until(lambda: "F4 withdraws" in at.screen.status.plain)
        assert "Withdrawn" not in at.screen.status.plain


# ---- what is asked -------------------------------------------------------------------------------------------------------


async def test_nothing_unknown_asks_nothing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("U")
        assert at.console.screen is at.screen
        assert at.said == "Of every reply it is known whether it was sent: @customer1"


async def test_the_question_shows_the_reply_and_why(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(80, 24)) as at:
        await unknown_reply(at, "Dear customer, " + "we look into it. " * 200)
        await at.press("U")
        assert isinstance(at.console.screen, Question)
        for words in (
            "Not known whether this reply arrived",
            "PUBLIC · written 12:00",
            "Why: the answer never came",
            "Dear customer, we look into it.",
            "import, to @customer1",
            "k  check again",
            "t  it is there",
            "a  send it again",
            "Esc  back",
        ):
            assert words in at.picture, words
        assert at.picture.count("we look into it") <= SHOWN_CHARS // len("we look into it. ")
        await at.press("U", "enter")
        assert isinstance(at.console.screen, Question), "neither Enter nor the key that asked answers"
        await at.press("escape")
        assert at.console.screen is at.screen


async def test_check_again_waits_until_what_is_absent_is_surely_absent(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await unknown_reply(at)
        assert await at.desk.store.read(lambda tx: tx.row("SELECT due_ns FROM outbox")) != (None,)
        await at.press("U", "k")
        assert at.said == "Looked for within the last minute, and soon again: @customer1"
        await minute_later(at)
        await at.press("U", "k")
        assert at.said == "It is looked for at the network now: @customer1"
        taken = await at.desk.store.write(lambda tx: delivery.take_unknown(tx, 1))
        assert taken is not None and taken.reply.outbox_id == id


async def test_send_again_wants_a_reason_that_is_kept(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await unknown_reply(at)
        await at.press("U", "a")
        assert "Send it again: why?" in at.picture and "as soon as the network says" in at.picture
        await at.press("enter", "U")
        assert (await state(at, id)).state is OutboxState.UNKNOWN
        await at.press("c")
        await at.until(lambda: at.said.startswith("Looked for once more, then sent again"))
        assert (await state(at, id)).state is OutboxState.UNKNOWN
        details = await at.desk.store.read(
            lambda tx: tx.row("SELECT details FROM event WHERE kind = 'unknown' ORDER BY seq DESC LIMIT 1")
        )
        assert details is not None and "the customer says that nothing came" in str(details[0])


async def test_what_a_colleague_holds_is_not_sent_again(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await unknown_reply(at)
        row = await at.row("customer1")
        await routing.release(at.desk, row.id)
        await routing.claim(at.other("bob"), row.id)
        await at.press("U", "a")
        await at.press("n")
        assert "Somebody else has it" in at.picture and "@bob" in at.picture
        assert (await state(at, id)).state is OutboxState.UNKNOWN


async def test_it_is_there_under_the_id_that_is_typed(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await unknown_reply(at)
        await at.press("U", "t")
        assert isinstance(at.console.screen, ThereScreen) and "Ctrl+S, F2  it is there" in at.picture
        await at.pilot.press(*"m1", "enter")
        await at.press("ctrl+s")
        assert at.said == "! That is another message, not this reply: it stays unknown."
        assert (await state(at, id)).state is OutboxState.UNKNOWN
        await at.press("U", "t")
        await at.pilot.press(*"r77")
        await at.press("f2")
        await at.until(lambda: at.said == "Sent to @customer1")
        assert (await state(at, id)).remote_id == "r77"
        assert "customer1" not in await at.rows()


async def test_what_came_with_a_poll_is_known_without_typing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await unknown_reply(at, "Hello  there")
        ours = line("r9", "customer1", "@customer1 hello there", 0, direction="out", reply_to="m1")
        await import_lines(at.desk, [ours], lambda *refused: None)
        assert await unknown.seen_elsewhere(at.desk, id) == "r9"
        await at.press("U", "t")
        await at.until(lambda: at.said == "Sent to @customer1")
        assert (await state(at, id)).remote_id == "r9"
        entries = await reading.thread(at.desk, (await at.row("customer1")).id)
        assert [entry.external_id for entry in entries if entry.direction.value == "out"] == ["r9"]


async def test_what_was_settled_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await unknown_reply(at)
        await at.press("U")
        assert await replies.confirm_there(at.desk, id, "r1")
        await at.press("a")
        await at.press("n")
        assert at.said == "It is known by now, see the thread: @customer1"
        assert await unknown.say_there(at.desk, id, "r2") is There.KNOWN
        assert not await unknown.check_again(at.desk, id)


@pytest.mark.parametrize(
    ("words", "network", "id"),
    [
        ("https://social.example/@us/11234/", "mastodon", "11234"),
        ("https://social.example/users/us/statuses/11234?x=1#a", "mastodon", "11234"),
        (" 11234 ", "mastodon", "11234"),
        ("somewhere over there", "mastodon", ""),
        ("https://social.example/", "mastodon", ""),
        ("a1b2/c3", "file", "a1b2/c3"),
        ("two words", "file", ""),
        ("", "file", ""),
    ],
)
def test_an_address_ends_in_the_id(words: str, network: str, id: str) -> None:
    assert remote_id_in(words, network) == id
