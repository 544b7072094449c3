"""One timeline over all of a customer's conversations; what is unseen and what is answered is the open one's alone."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from tests.console.desk_at_hand import console_at_hand, line
from tests.console.harness import NOON, Stage, queue_row
from tests.console.test_card import card as a_card
from tests.console.test_thread import lines_of, story_of
from tests.console.threads import entry, hostile_texts

from careconsole.console.panes.thread import ThreadPane
from careconsole.desk import person, reading, replies
from careconsole.model.message import Direction
from careconsole.store.person import ELSEWHERE
from careconsole.store.rows import ThreadEntry


def other(number: int, text: str = "", **changes: object) -> ThreadEntry:
    made = entry(number, text, **changes)
    return made._replace(key=f"m{100 + number}", place="news on mastodon", seq=0, is_answered=False)


async def test_what_stands_elsewhere_says_where_and_stands_by_its_time() -> None:
    pane = ThreadPane(zone=UTC)
    leaving = entry(9, "soon", key="o1", message_id=None, direction=Direction.OUT, author="ben", seq=0)
    async with Stage(pane).run_test(size=(80, 24)):
        pane.show(queue_row(1), [entry(1), entry(5), leaving], NOON, elsewhere=[other(3, "there"), other(30)])
        heads = [text[6:] for text in lines_of(pane) if text.startswith(("\u250c", "\u250f"))]
        assert heads == [
            " 05:01 PUBLIC \u00b7 @anak Ana K.",
            " 05:03 PUBLIC \u00b7 news on mastodon \u00b7 @anak Ana K.",
            " 05:05 PUBLIC \u00b7 @anak Ana K.",
            " 05:30 PUBLIC \u00b7 news on mastodon \u00b7 @anak Ana K.",
            " 05:09 PUBLIC \u00b7 ben",
        ]
        assert [one.key for one in pane.entries] == ["m1", "m5", "o1"], "what can be answered"


async def test_t_leaves_the_open_conversation_alone_and_brings_the_others_back() -> None:
    pane = ThreadPane(zone=UTC)
    async with Stage(pane).run_test(size=(80, 24)) as pilot:
        pane.show(queue_row(1), [entry(1), entry(5)], NOON, elsewhere=[other(3, "there")])
        pane.focus()
        await pilot.press("t")
        assert "there" not in "\n".join(lines_of(pane))
        assert "only this conversation" in lines_of(pane)[0]
        pane.update([entry(1), entry(5), entry(6)], elsewhere=[other(3, "there"), other(4, "and there")])
        assert "and there" not in "\n".join(lines_of(pane))
        await pilot.press("t")
        assert "and there" in "\n".join(lines_of(pane)) and "only" not in lines_of(pane)[0]


@pytest.mark.parametrize(("number", "told"), [(ELSEWHERE, False), (ELSEWHERE + 1, True), (1500, True)])
async def test_the_header_says_when_older_conversations_are_not_shown(number: int, told: bool) -> None:
    pane = ThreadPane(zone=UTC)
    words = f"of {number:,} other conversations the {ELSEWHERE} newest are shown"
    async with Stage(pane).run_test(size=(80, 24)) as pilot:
        card = a_card(other_conversations=number)
        pane.show(queue_row(1), [entry(1)], NOON, elsewhere=[other(3, "there")], card=card)
        assert (words in "\n".join(lines_of(pane))) == told
        pane.focus()
        await pilot.press("t")
        assert "other conversations" not in "\n".join(lines_of(pane)), "this one stands alone"


async def test_t_is_forgotten_with_the_next_customer_and_says_where_there_is_nothing_else(
    tmp_path: Path,
) -> None:
    pane = ThreadPane(zone=UTC)
    async with Stage(pane).run_test(size=(80, 24)) as pilot:
        pane.show(queue_row(1), [entry(1)], NOON, elsewhere=[other(3, "there")])
        pane.focus()
        await pilot.press("t")
        assert "there" not in "\n".join(lines_of(pane))
        pane.show(queue_row(2), [entry(5)], NOON, elsewhere=[other(4, "and there")])
        assert "and there" in "\n".join(lines_of(pane))
    async with console_at_hand(tmp_path) as desk:
        await desk.press("enter", "t")
        assert desk.said == "This customer has no other conversation."
        assert "only this conversation" not in desk.picture


def test_what_stands_elsewhere_is_neither_news_nor_to_be_answered_here() -> None:
    entries = [entry(n) for n in range(1, 9)]
    story = story_of([*entries, other(50)])
    assert story.note_seen() == 8
    changed = other(50)._replace(text="Changed.", version=2)
    story.update([*entries, changed, other(51), other(52)])
    assert (story.fresh_below(), story.fresh_above()) == ((0, 0), (0, 0))
    story.count_as_unseen(0)
    story.to_start()
    while story.move(1):
        story.note_seen()
    assert story.note_seen() == 8
    waiting = [entry(1, is_answered=False), *[other(n) for n in range(2, 4)]]
    assert story_of(waiting, height=4).view.first == 0, "it opens at the message that waits here"


async def test_an_account_with_a_hostile_name_stays_in_its_line() -> None:
    pane = ThreadPane(zone=UTC)
    async with Stage(pane).run_test(size=(80, 24)):
        for text in hostile_texts():
            pane.show(queue_row(1), [entry(1)], NOON, elsewhere=[other(2)._replace(place=text)])
            assert all("\n" not in told and "\x1b" not in told for told in lines_of(pane))


async def test_a_reply_answers_the_open_conversation_though_the_newest_words_are_elsewhere(
    tmp_path: Path,
) -> None:
    first = line("1", "dana", "Where is it?", 50, account="shop")
    async with console_at_hand(tmp_path, [first], size=(90, 40)) as desk:
        await replies.write_note(desk.desk, 1, "!decision send it again")
        await desk.press("enter", "e", "a")
        await desk.arrive(line("2", "dana", "Hello again, a new matter.", 20, account="shop"))
        await desk.until(lambda: "1 waiting" in desk.picture, "the arrival")
        await desk.press("escape", "g")
        await desk.until(lambda: desk.screen.queue.cursor == 2, "the cursor on it")
        await desk.press("enter")
        await desk.until(lambda: desk.screen.thread.conversation_id == 2, "the new conversation")
        assert "Where is it?" in desk.picture and "shop on file" in desk.picture
        assert "1 contact before" in desk.picture and "send it again" in desk.picture
        assert [one.text for one in desk.screen.thread.entries] == ["Hello again, a new matter."]
        await desk.press("r")
        letter = desk.screen.composer.letter
        assert letter is not None and letter.reply_to is not None
        assert (letter.row.id, letter.reply_to.message_id) == (2, 2)


async def test_what_comes_while_the_rest_of_a_thread_is_read_stays_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "THREAD_END", 2)
    whole = [line(f"m{number}", "dana", f"part {number}", number) for number in range(5)]
    async with console_at_hand(tmp_path, whole) as at:
        id, read = at.screen.queue.cursor, person.elsewhere
        assert id is not None and not at.screen.is_writing

        async def meanwhile(*given: Any) -> list[ThreadEntry]:
            monkeypatch.setattr(person, "elsewhere", read)
            await at.arrive(line("late", "dana", "one more", 0))
            await at.screen.look()
            return await read(*given)

        monkeypatch.setattr(person, "elsewhere", meanwhile)
        await at.screen.load_thread(id)
        await at.until(lambda: "one more" in [entry.text for entry in at.screen.thread.entries], "what came")
        assert len(at.screen.thread.entries) == 6
