"""From the first letter to the outbox: drafts, the review, the undo window, stop at send, leaving."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line
from tests.console.harness import NOON

from careconsole.console import sending
from careconsole.console.desk_screen import DeskScreen
from careconsole.console.editor import Edited
from careconsole.console.panes.composer import SAVE_AFTER_S
from careconsole.console.reason_screen import Question
from careconsole.console.review_screen import ReviewScreen
from careconsole.desk import reading, replies, routing
from careconsole.model.instant import rfc3339
from careconsole.model.message import Visibility
from careconsole.model.reply import Mode, OutboxState
from careconsole.store import outbox
from careconsole.store.rows import QueueRow


async def written(at: AtHand, text: str = "Hello there") -> int:
    """A reply to the conversation under the cursor, written and not sent; its id."""
    await at.press("r")
    at.screen.composer.insert_snippet(text)
    await at.settle()
    id = at.screen.composer.conversation_id
    assert id is not None
    return id


async def test_what_is_typed_is_kept_within_500_ms(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("j", "r")
        await at.pilot.press(*"Hi")
        await at.until(lambda: "draft saved" in at.picture and "Hi" in at.picture)
        assert SAVE_AFTER_S <= 0.4
        [draft] = await replies.my_drafts(at.desk)
        assert (draft.text, draft.cursor, draft.mode, draft.handle) == ("Hi", 2, Mode.PUBLIC, "customer2")


async def test_a_draft_comes_back_where_it_was_left(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, "First line\nsecond")
        await at.press("up", "escape", "escape")
        await at.until(lambda: "1D " in at.picture)
        await at.press("j", "r")
        assert at.screen.composer.text == "" and "@customer2" in at.picture
        await at.press("escape", "escape", "k", "r")
        assert at.screen.composer.text == "First line\nsecond"
        assert at.screen.composer.cursor_index == 6


async def test_send_waits_in_its_window_and_goes(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await written(at)
        await at.press("ctrl+s")
        assert isinstance(at.console.screen, ReviewScreen)
        await at.press("enter", "ctrl+s")
        assert isinstance(at.console.screen, ReviewScreen), "neither Enter nor the starting key sends"
        await at.press("y")
        await at.until(lambda: "10 s, F4 withdraws · to @customer1" in at.screen.status.plain)
        [row] = await reading.outbox(at.desk)
        assert (row.state, row.text, row.visibility) == (OutboxState.HELD, "Hello there", Visibility.PUBLIC)
        assert not at.screen.is_writing and await replies.my_drafts(at.desk) == []
        at.clock.forward(10.1)
        await at.until(lambda: "F4" not in at.screen.status.plain)
        await at.settle()
        [row] = await reading.outbox(at.desk)
        assert row.state is OutboxState.QUEUED and row.conversation_id == id
        assert "customer1" not in await at.rows()


async def test_a_withdrawn_reply_is_the_same_draft(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, "Exactly\n  this  text")
        await at.press("ctrl+s", "y")
        await at.until(lambda: "F4 withdraws" in at.screen.status.plain)
        await at.press("j", "r")
        await at.press("f4")
        assert at.screen.composer.text == "Exactly\n  this  text"
        assert "@customer1" in at.picture and "Withdrawn" in at.said
        [row] = await reading.outbox(at.desk)
        assert row.state is OutboxState.CANCELLED
        await at.press("f4")
        assert at.said == "Nothing is held: there is nothing to withdraw."


async def test_sending_stops_when_the_thread_has_grown(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.press("ctrl+s")
        await at.arrive(line("late", "customer1", "Forget it, I found the parcel.", 0))
        await at.press("y")
        assert isinstance(at.console.screen, ReviewScreen)
        assert "Forget it, I found the parcel." in at.picture and "1 new message" in at.picture
        assert await reading.outbox(at.desk) == []
        await at.press("e")
        assert at.screen.is_writing and at.screen.composer.text == "Hello there"
        await at.press("ctrl+s", "y")
        [row] = await reading.outbox(at.desk)
        assert (row.state, row.reply_to) == (OutboxState.HELD, "late"), "what was shown is what is answered"


async def test_a_second_press_is_no_answer_to_messages_nobody_has_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careconsole.console.reviewing.STARTLED_S", 60.0)
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.press("ctrl+s")
        await at.arrive(line("late", "customer1", "Forget it.", 0))
        await at.press("y", "y")
        assert isinstance(at.console.screen, ReviewScreen) and await reading.outbox(at.desk) == []
        at.screen.calm_from_s = float("-inf")
        await at.press("y")
        [row] = await reading.outbox(at.desk)
        assert row.state is OutboxState.HELD


async def stopped(at: AtHand, *words: str) -> None:
    """The send was stopped, the review says it in one sentence, and whoever reads it may go on."""
    assert isinstance(at.console.screen, ReviewScreen) and await reading.outbox(at.desk) == []
    flat = " ".join(at.picture.replace("║", " ").split())
    for each in words:
        assert each in flat, at.picture
    at.screen.calm_from_s = float("-inf")


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_sending_stops_when_the_message_answered_was_edited(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Even where the edit was in view beside the reply: who writes does not look up at every letter."""
    async with console_at_hand(tmp_path, size=size) as at:
        await written(at)
        await at.arrive(line("m1", "customer1", "It came, forget it.", 59, edited_at=rfc3339(NOON)))
        await at.press("ctrl+s", "y")
        await stopped(at, "the message you answer was edited", "It came, forget it.", "Where is parcel 1?")
        await at.press("y")
        [row] = await reading.outbox(at.desk)
        assert (row.state, row.reply_to) == (OutboxState.HELD, "m1")


async def test_after_an_edit_was_told_the_text_can_be_changed_and_sent(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.arrive(line("m1", "customer1", "It came, forget it.", 59, edited_at=rfc3339(NOON)))
        await at.press("ctrl+s", "y")
        await stopped(at)
        await at.press("e")
        at.screen.composer.insert_snippet("Good. ")
        await at.press("ctrl+s", "y")
        [row] = await reading.outbox(at.desk)
        assert row.state is OutboxState.HELD


async def test_sending_stops_when_an_older_message_was_edited_or_deleted_out_of_view(tmp_path: Path) -> None:
    lines = [line(f"m{n}", "customer1", f"Message {n} " + "about my parcel. " * 20, 60 - n) for n in range(9)]
    async with console_at_hand(tmp_path, lines) as at:
        await written(at)
        await at.arrive(line("m0", "customer1", "", 60, deleted_at=rfc3339(NOON)))
        await at.arrive(line("m1", "customer1", "The blue one.", 59, edited_at=rfc3339(NOON)))
        await at.press("ctrl+s", "y")
        await stopped(at, "1 message edited, 1 message deleted", "shown here first")
        await at.press("y")
        [row] = await reading.outbox(at.desk)
        assert (row.state, row.reply_to) == (OutboxState.HELD, "m8")


async def test_a_deleted_message_is_answered_no_more(tmp_path: Path) -> None:
    lines = [line("m1", "customer1", "Where is it?", 60), line("m2", "customer1", "My code is 1234.", 50)]
    async with console_at_hand(tmp_path, lines) as at:
        await written(at)
        await at.press("ctrl+s")
        await at.arrive(line("m2", "customer1", "", 50, deleted_at=rfc3339(NOON)))
        await at.press("y")
        await stopped(at, "the message you answer was deleted", "answers the newest message that is left")
        assert "Where is it?" in at.picture
        await at.press("y")
        [row] = await reading.outbox(at.desk)
        assert (row.state, row.reply_to) == (OutboxState.HELD, "m1")


async def test_where_everything_was_deleted_nothing_can_be_sent(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.press("ctrl+s")
        await at.arrive(line("m1", "customer1", "", 59, deleted_at=rfc3339(NOON)))
        await at.press("y")
        await stopped(at, "nothing is left to answer", "It cannot be sent")
        await at.press("y")
        assert isinstance(at.console.screen, ReviewScreen) and await reading.outbox(at.desk) == []
        await at.press("e", "ctrl+s", "y")
        assert isinstance(at.console.screen, ReviewScreen) and await reading.outbox(at.desk) == []
        assert [draft.text for draft in await replies.my_drafts(at.desk)] == ["Hello there"]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_review_offers_no_sending_where_all_is_known_to_be_deleted(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with console_at_hand(tmp_path, size=size) as at:
        await written(at)
        await at.arrive(line("m1", "customer1", "", 59, deleted_at=rfc3339(NOON)))
        await at.until(lambda: at.screen.thread.entries[-1].deleted_us is not None)
        await at.press("ctrl+s")
        await stopped(at, "It cannot be sent. No message of the customer is left to answer.", "e Edit")
        assert "y Send" not in at.picture
        await at.press("y", "e")
        await at.arrive(line("m9", "customer1", "I meant the other parcel.", 1))
        await at.until(lambda: len(at.screen.thread.entries) == 2)
        await at.press("ctrl+s", "y")
        await stopped(at, "I meant the other parcel.", "y Send anyway")
        await at.press("y")
        if isinstance(
            at.console.screen, ReviewScreen
        ):  # where the aim was taken before the new message was read
            await stopped(at, "the message you answer was deleted", "answers the newest message that is left")
            await at.press("y")
        [row] = await reading.outbox(at.desk)
        assert (row.state, row.reply_to) == (OutboxState.HELD, "m9")


async def test_sending_stops_for_a_colleagues_note(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await written(at)
        await at.press("ctrl+s")
        await replies.write_note(at.other("bob"), id, "Legal answers this one.")
        await at.press("y")
        await stopped(at, "1 new note", "Legal answers this one.")


async def test_a_reply_answers_the_newest_message_that_its_writer_has_seen(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(160, 45)) as at:
        await written(at)
        await at.arrive(line("late", "customer1", "And the other one?", 0))
        await at.until(lambda: "And the other one?" in at.picture)
        await at.press("ctrl+s")
        at.screen.calm_from_s = float("-inf")
        await at.press("y")
        [row] = await reading.outbox(at.desk)
        assert (row.state, row.reply_to) == (OutboxState.HELD, "late")
        at.clock.forward(10.1)
        await at.until(lambda: "F4" not in at.screen.status.plain)
        await at.settle()
        assert "customer1" not in await at.rows(), "both messages are answered"


async def test_what_came_while_one_wrote_is_shown_at_the_review_though_it_was_in_view(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(80, 24)) as at:
        await written(at)
        await at.arrive(line("late", "customer1", "Wait, do not send it!", 0))
        await at.until(lambda: "Wait, do not send it!" in at.picture, "the message above the editor")
        await at.settle()
        await at.press("ctrl+s")
        assert "While you wrote: 1 new message, shown here first." in at.picture.replace("║ ", "")
        await at.press("y")
        assert not await reading.outbox(at.desk), "a key that was on its way sends nothing"
        await at.press("e")
        await at.press("ctrl+s")
        assert "While you wrote" not in at.picture, "it is told once"
        await at.press("y")
        [row] = await reading.outbox(at.desk)
        assert row.reply_to == "late"


async def test_the_review_says_that_a_private_message_waits_beside_the_public_one(tmp_path: Path) -> None:
    lines = [
        line("m1", "chloe", "Booking VX1, why was it cancelled?", 50, visibility="private"),
        line("m2", "chloe", "Did you get my message?", 40),
    ]
    async with console_at_hand(tmp_path, lines) as at:
        await written(at)
        await at.press("ctrl+s")
        flat = " ".join(at.picture.replace("║", " ").split())
        assert (
            "A private message of the customer waits here too; a PUBLIC reply counts as its answer." in flat
        )
        await at.press("P")
        assert "waits here too" not in at.picture


async def test_a_further_reply_answers_what_came_after_the_first(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.press("ctrl+s", "y")
        await at.until(lambda: bool(at.screen.held))
        await at.press("r")
        await at.pilot.press(*"One")
        await at.press("ctrl+s")
        await at.arrive(line("late", "customer1", "And the other one?", 0))
        await at.press("y")
        flat = " ".join(at.picture.replace("║", " ").split())
        assert "1 new message" in flat and "sending now answers the newest message" in flat
        at.screen.calm_from_s = float("-inf")
        await at.press("y")
        assert [row.reply_to for row in await reading.outbox(at.desk)] == ["m1", "late"]


async def test_a_draft_of_an_earlier_sitting_knows_what_it_answers(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.press("escape", "escape", "j")
        await at.arrive(line("m1", "customer1", "It came, forget it.", 59, edited_at=rfc3339(NOON)))
    async with console_at_hand(tmp_path, []) as at:
        await at.press("r")
        assert at.screen.composer.text == "Hello there"
        assert "edited the message you answer" in at.picture
        await at.press("ctrl+s", "y")
        await stopped(at, "the message you answer was edited", "It came, forget it.")


async def test_a_thread_that_a_reply_opens_is_looked_at_at_the_network_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    async def look(self: DeskScreen, row: QueueRow) -> None:
        looked.append(row.id)

    monkeypatch.setattr(DeskScreen, "look_at_network", look)
    async with console_at_hand(tmp_path) as at:
        id = await written(at)
        assert looked == [id]
        await at.press("escape", "r")
        assert looked == [id], "it is open already, and looked at every few seconds"


async def test_send_and_next(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.press("ctrl+s", "Y")
        rows = await at.rows()
        assert rows["customer2"].claimed_by == "ana"
        assert at.screen.thread.conversation_id == rows["customer2"].id == at.screen.queue.cursor


async def test_a_note_is_kept_at_once(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("n")
        at.screen.composer.insert_snippet("Called the depot.")
        await at.press("ctrl+s", "y")
        assert at.said == "The note is kept."
        row = (await at.rows())["customer1"]
        entries = await reading.thread(at.desk, row.id)
        assert [entry.text for entry in entries if entry.is_note] == ["Called the depot."]
        assert row.claimed_by is None


async def test_a_private_draft_stays_private(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at, "Between us")
        await at.press("f9")
        assert at.screen.composer.visibility is Visibility.DIRECT
        await at.press("escape", "escape", "j", "r", "escape", "escape", "k", "r")
        assert at.screen.composer.mode is Mode.PRIVATE and at.screen.composer.text == "Between us"
        await at.press("ctrl+s", "y")
        [row] = await reading.outbox(at.desk)
        assert row.visibility is Visibility.DIRECT


async def test_going_on_with_an_open_reply_claims_again(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at)
        row = (await at.rows())["customer1"]
        await at.press("escape", "c")
        await at.until(lambda: "Released" in at.said)
        await at.press("r")
        await at.until(lambda: at.screen.focused_pane == "composer")
        assert (await at.rows())["customer1"].claimed_by == at.desk.agent
        await at.press("escape", "c")
        await at.until(lambda: "Released" in at.said)
        await routing.claim(at.other("bob"), row.id)
        await at.press("r")
        await at.until(lambda: "@bob" in at.picture and at.console.screen is not at.screen)
        assert at.screen.composer.text == "Hello there"


async def test_others_see_reading_while_one_has_gone_back_to_the_thread(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(120, 40)) as at:
        await written(at)

        async def shows(word: str) -> bool:
            row = (await at.rows())["customer1"]
            return row.presence == word and f"({word})" in at.picture

        for key, word in (("a", "writing"), ("escape", "reading"), ("r", "writing")):
            await at.press(key)
            deadline = asyncio.get_running_loop().time() + 8
            while not await shows(word):
                assert asyncio.get_running_loop().time() < deadline, at.picture
                await asyncio.sleep(0.05)


async def test_a_claim_that_was_lost_does_not_send(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await written(at)
        await routing.release(at.desk, id)
        await routing.claim(at.other("bob"), id)
        await at.press("ctrl+s", "y")
        await at.settle()
        assert await reading.outbox(at.desk) == []
        assert at.screen.composer.text == "Hello there"
        assert "@bob" in at.said or "@bob" in at.picture


async def test_an_answered_message_asks_before_a_further_part(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.press("ctrl+s", "y")
        await at.until(lambda: "F4" in at.screen.status.plain)
        at.clock.forward(11)
        while [row.state.value for row in await reading.outbox(at.desk)] == ["held"]:
            await at.settle()
        await at.until(lambda: "F4" not in at.screen.status.plain)
        await at.press("r")
        at.screen.composer.insert_snippet("One thing more.")
        await at.press("ctrl+s", "y")
        assert isinstance(at.console.screen, Question)
        assert "You have an answer to this message that is not out yet (queued)." in at.picture
        await at.press("f")
        assert [row.purpose for row in await reading.outbox(at.desk)] == ["answer", "part-2"]


async def test_a_snippet_comes_into_the_reply(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=(120, 40)) as at:
        await at.press("r", "f3", *"refund")
        await at.until(lambda: at.screen.snippets.query_text == "refund")
        await at.press("enter")
        assert len(at.screen.composer.text) > 40 and at.screen.focused_pane == "composer"


async def test_what_was_too_much_from_the_editor_outside_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def edit(app: object, text: str) -> Edited:
        return Edited(f"{text} and more", 180_000)

    monkeypatch.setattr(sending, "edit_outside", edit)
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.press("f8")
        await at.until(lambda: at.screen.composer.text == "Hello there and more")
        await at.until(lambda: "The text was too long: 180,000 characters left out at its end." in at.picture)


async def test_leaving_with_something_held_asks(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await written(at)
        await at.press("ctrl+s", "y")
        await at.until(lambda: "F4" in at.screen.status.plain)
        await at.press("q")
        assert isinstance(at.console.screen, Question) and "still held" in at.picture
        await at.press("t")
        assert at.console.screen is at.screen and at.console.is_running
        await at.press("ctrl+q")
        await at.pilot.press("d")
        await at.until(lambda: not at.console.is_running)
        [row] = await reading.outbox(at.desk)
        assert row.state is OutboxState.CANCELLED
        [draft] = await replies.my_drafts(at.desk)
        assert draft.text == "Hello there"
        assert await routing.mine(at.desk) == []


async def test_leaving_with_nothing_asks_nothing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.pilot.press("q")
        await at.until(lambda: not at.console.is_running)


async def test_the_last_letters_are_kept_when_leaving(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("n")
        await at.pilot.press(*"abc", "ctrl+q")
        await at.settle()
        await at.until(lambda: not at.console.is_running)
        assert [draft.text for draft in await replies.my_drafts(at.desk)] == ["abc"]


async def test_the_text_is_wrapped_anew_in_a_wider_window(tmp_path: Path) -> None:
    words = "Zao nam je sto kofer nije stigao s vama. Posaljite mi u privatnoj poruci broj prijave sa saltera i adresu."
    async with console_at_hand(tmp_path, size=(80, 24)) as at:
        await written(at, words)
        await at.pilot.resize_terminal(120, 40)
        await at.settle()
        await at.until(lambda: all(word in at.picture for word in words.split()), "every word")


async def test_a_reply_that_comes_back_stands_above_what_is_written_meanwhile(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        id = await written(at, "The first part.")
        await at.press("ctrl+s", "y")
        await at.until(lambda: len(at.screen.held) == 1, "the held reply")
        [held] = at.screen.held
        at.clock.forward(1)
        await at.press("enter", "r")
        await at.until(lambda: at.screen.composer.conversation_id == id, "the composer")
        await at.pilot.press(*"And")
        await at.until(lambda: at.screen.composer._is_saved and at.screen.composer.text == "And", "the draft")
        at.clock.forward(1)
        await at.desk.store.write(lambda tx: outbox.withdraw(tx, held.id, "ana", "not sent: refused"))
        at.clock.forward(1)
        await at.pilot.press(*" so")
        await at.until(lambda: at.screen.composer.text == "The first part.\nAnd so", "what came back")
        await at.until(lambda: "did not leave" in at.said, "the sentence")
        await at.pilot.press("!")
        await at.until(lambda: at.screen.composer._is_saved and at.screen.composer.text.endswith("so!"))
        [draft] = await replies.my_drafts(at.desk)
        assert draft.text == "The first part.\nAnd so!"
