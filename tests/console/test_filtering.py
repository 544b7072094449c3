"""`/` narrows the list: it says so, it never moves under the hand, and nothing else changes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line

from careconsole.console import filtering
from careconsole.console.palette import TableProvider
from careconsole.desk import replies
from careconsole.desk import work as desk_work
from careconsole.desk.finding import Findings
from careconsole.desk.finding import find as kept_find
from careconsole.model.conversation import Disposition
from careconsole.model.reply import Mode

LINES = [
    line("m1", "dana", "Wo ist meine Bestellung DE-4711?", 60),
    line(
        "m2",
        "ben",
        "The kettle leaks. " + "It is what it is. " * 12 + "Refund, please!",
        50,
        kind="complaint",
    ),
    line("m3", "eve", "A refund for the lamp?", 40),
    line("m4", "uwe", "Hello?", 30),
    line("m5", "li", "请问什么时候可以退款？", 20),
]
VIEWS = '[views]\nangry = "kind:complaint"\nmoney = "refund late"\n'


def listed(at_hand: AtHand) -> list[str]:
    shown = at_hand.screen.queue.shown
    return [shown.rows[id].handle for id in shown.order]


def heading(at_hand: AtHand) -> str:
    return at_hand.picture.split("\n")[1]


async def find(at_hand: AtHand, query: str) -> None:
    """Type a query and let the hand rest."""
    await at_hand.press("slash")
    line_ = at_hand.screen.filter_line._query
    if line_.value:
        # In one step: over an empty line the list would be whole again for a moment.
        line_.value = query
    else:
        await at_hand.press_at_once(*query)
    await at_hand.until(lambda: at_hand.screen.filter_line.handed_on == query, "the query")
    await at_hand.settle()


async def test_the_list_follows_what_is_typed_and_says_so(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(130, 40)) as at_hand:
        assert heading(at_hand).startswith(" Queue  5 waiting")
        await find(at_hand, "refu")
        assert listed(at_hand) == ["ben", "eve"]
        assert at_hand.screen.filter_line.note == "2 waiting"
        assert "5 wait in all, Esc shows them" in heading(at_hand) and "refu" in heading(at_hand)
        assert heading(at_hand).startswith(" Found  2 waiting")
        assert "Refund, please!" in at_hand.picture
        await at_hand.press("enter")
        assert at_hand.screen.queue.has_focus and not at_hand.screen.filter_line.display
        assert listed(at_hand) == ["ben", "eve"]
        await at_hand.press("j", "escape")
        assert listed(at_hand) == ["dana", "ben", "eve", "uwe", "li"]
        assert heading(at_hand).startswith(" Queue  5 waiting")
        row = at_hand.screen.queue.cursor_row
        assert row is not None and row.handle == "eve"


async def test_every_script_and_filter_can_be_typed(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES) as at_hand:
        await find(at_hand, "退款")
        assert listed(at_hand) == ["li"]
        await find(at_hand, "kind:complaint")
        assert listed(at_hand) == ["ben"]
        await find(at_hand, "de4711")
        assert listed(at_hand) == ["dana"]
        await at_hand.press("escape")
        assert len(listed(at_hand)) == 5 and at_hand.screen.queue.has_focus


async def test_a_wrong_word_is_named_and_changes_nothing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(170, 40)) as at_hand:
        await find(at_hand, "refund")
        await find(at_hand, "kind:complain")
        assert at_hand.screen.filter_line.note == "kind:complain is no kind; the nearest is kind:complaint."
        assert "! kind:complain is no kind" in at_hand.picture
        assert listed(at_hand) == ["ben", "eve"]
        await find(at_hand, "account:shpo")
        assert "account:shpo is no account" in at_hand.screen.filter_line.note
        assert listed(at_hand) == ["ben", "eve"]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("refund kind:comp", "kind:comp is no kind"),
        ("refund lang:", "lang: wants the code"),
        ("refund account:shpo", "account:shpo is no account"),
    ],
)
async def test_what_stands_before_a_half_typed_word_narrows_the_list(
    tmp_path: Path, query: str, fault: str
) -> None:
    async with console_at_hand(tmp_path, LINES, size=(170, 40)) as at_hand:
        await find(at_hand, query)
        assert listed(at_hand) == ["ben", "eve"]
        assert at_hand.screen.filter_line.note.startswith(fault)
        await at_hand.arrive(line("m6", "zoe", "My refund!", 10))
        await at_hand.until(lambda: "3 waiting" in heading(at_hand), "the arrival")
        assert at_hand.screen.filter_line.note.startswith(fault), "it is wrong all the same"
        await find(at_hand, "refund")
        assert at_hand.screen.filter_line.note == "3 waiting"


async def test_a_half_typed_word_never_widens_the_list(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(170, 40)) as at_hand:
        await find(at_hand, "refund kind:complaint")
        assert listed(at_hand) == ["ben"]
        for query in ("refund kind:complain", "refund account:shpo", "kind:complain", "lang:d kind:c"):
            await find(at_hand, query)
            assert listed(at_hand) == ["ben"] and at_hand.screen.filter_line._said[1], query
        await find(at_hand, "lamp kind:c")
        assert listed(at_hand) == ["eve"]


async def test_a_query_that_is_typed_back_is_followed_back(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(170, 40)) as at_hand:
        found = at_hand.screen.filter_line
        await find(at_hand, "refu")
        assert listed(at_hand) == ["ben", "eve"]
        at_hand.screen.ask("refu ")
        await at_hand.until(lambda: found.note == "0 waiting" and not listed(at_hand), "nothing")
        at_hand.screen.ask("refu")
        await at_hand.until(lambda: found.note == "2 waiting" and len(listed(at_hand)) == 2, "both")
        at_hand.screen.ask("refu kind:complain")
        assert found.note == "kind:complain is no kind; the nearest is kind:complaint."
        at_hand.screen.ask("refu")
        await at_hand.until(lambda: found.note == "2 waiting" and len(listed(at_hand)) == 2, "both again")


@pytest.mark.parametrize(("before", "handles"), [("refund", ["ben", "eve"]), ("", [])])
async def test_a_search_that_nobody_waits_for_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, handles: list[str]
) -> None:
    async with console_at_hand(tmp_path, LINES) as at_hand:
        await find(at_hand, before)
        begun, may_end = asyncio.Event(), asyncio.Event()

        async def slow(*what: Any) -> Findings:
            begun.set()
            await may_end.wait()
            return await kept_find(*what)

        monkeypatch.setattr(filtering, "find", slow)
        at_hand.screen.ask("kettle")
        await begun.wait()
        at_hand.screen.ask(before)
        may_end.set()
        await at_hand.settle()
        assert listed(at_hand) == (handles or ["dana", "ben", "eve", "uwe", "li"])
        assert (at_hand.screen.asked.text if at_hand.screen.asked else "") == before


async def test_nothing_found_does_not_look_like_an_empty_queue(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES) as at_hand:
        await find(at_hand, "zzzz")
        await at_hand.press("enter")
        assert listed(at_hand) == []
        assert "Nothing is found. Esc shows the whole queue again." in at_hand.picture
        assert "Nobody waits" not in at_hand.picture and "5 wait in all" in at_hand.picture
        await at_hand.press("escape")
        assert len(listed(at_hand)) == 5


async def test_the_next_one_is_taken_from_all(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(130, 40)) as at_hand:
        await find(at_hand, "refund")
        await at_hand.press("enter", "p")
        assert at_hand.said == "The most urgent of the whole queue, it is not among those found: @dana"
        assert at_hand.screen.thread.conversation_id == (await at_hand.row("dana")).id
        assert listed(at_hand) == ["ben", "eve"]
        await at_hand.press("escape", "p")
        assert at_hand.said == "The most urgent of the whole queue, it is among those found: @ben"


async def test_arrivals_wait_above_and_what_does_not_fit_stays_away(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(130, 40)) as at_hand:
        await find(at_hand, "refund")
        await at_hand.press("enter", "j")
        before = at_hand.screen.queue.shown.line_of(at_hand.screen.queue.cursor)
        await at_hand.arrive(line("m6", "zoe", "My refund!", 70), line("m7", "max", "Good day", 80))
        await at_hand.until(lambda: bool(at_hand.screen.queue.shown.pending), "the arrival")
        assert at_hand.screen.queue.shown.pending.above == 1
        assert listed(at_hand) == ["ben", "eve"] and "+1 above" in heading(at_hand)
        await at_hand.press("full_stop")
        assert listed(at_hand) == ["zoe", "ben", "eve"]
        row = at_hand.screen.queue.cursor_row
        assert row is not None and row.handle == "eve"
        assert before is not None


async def test_resolved_ones_stand_last_and_a_resolved_one_goes_on_being_found(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(130, 40)) as at_hand:
        await find(at_hand, "refund")
        await at_hand.press("enter")
        ben = await at_hand.row("ben")
        await desk_work.resolve(at_hand.desk, ben.id, Disposition.NOISE)
        await at_hand.until(lambda: "1 waiting, 1 other" in heading(at_hand), "the count")
        assert listed(at_hand) == ["ben", "eve"], "the list stays as it is under the hand"
        await at_hand.press("full_stop")
        assert listed(at_hand) == ["eve", "ben"]


async def test_my_drafts_are_listed_though_their_customers_wait_no_longer(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(130, 40)) as at_hand:
        ben, eve = await at_hand.row("ben"), await at_hand.row("eve")
        await replies.save_draft(at_hand.desk, ben.id, Mode.PUBLIC, "Half an answer", 4)
        await replies.save_draft(at_hand.other("zoe"), eve.id, Mode.PUBLIC, "Not mine", 4)
        await at_hand.arrive(line("a1", "us", "@ben Answered by phone.", 1, direction="out", reply_to="m2"))
        await at_hand.press("D")
        await at_hand.until(lambda: listed(at_hand) == ["ben"], "the draft")
        await at_hand.press("enter", "r")
        assert at_hand.screen.composer.text == "Half an answer"


async def test_what_left_the_list_under_the_cursor_goes_on_telling_the_truth(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(130, 40)) as at_hand:
        ben = await at_hand.row("ben")
        await replies.save_draft(at_hand.desk, ben.id, Mode.PUBLIC, "Half an answer", 4)
        await at_hand.press("D")
        await at_hand.until(lambda: listed(at_hand) == ["ben"], "the draft")
        await replies.save_draft(at_hand.desk, ben.id, Mode.PUBLIC, "", 4)
        await at_hand.until(lambda: "(has moved)" in at_hand.picture, "that it is not found any longer")
        await desk_work.resolve(at_hand.desk, ben.id, Disposition.NOISE)
        await at_hand.until(lambda: "(resolved)" in at_hand.picture, "what became of it since")


async def test_tab_completes_and_views_are_offered(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, settings=VIEWS, size=(130, 40)) as at_hand:
        await find(at_hand, "@")
        await at_hand.press("tab")
        line_ = at_hand.screen.filter_line
        assert line_._query.value == "@angry"
        await at_hand.until(lambda: listed(at_hand) == ["ben"], "the view")
        await at_hand.press("tab")
        assert line_._query.value == "@money"
        await find(at_hand, "refund kind:co")
        await at_hand.press("tab", "enter")
        assert listed(at_hand) == ["ben"] and at_hand.screen.asked is not None
        assert at_hand.screen.asked.text == "refund kind:complaint"
        await at_hand.press("escape")
        entries = {words: act for words, _, _, act in TableProvider(at_hand.screen)._entries()}
        entries["View: angry"]()
        await at_hand.settle()
        assert listed(at_hand) == ["ben"] and "@angry" in heading(at_hand)


async def test_a_narrow_screen_shows_the_line_too(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES, size=(80, 24)) as at_hand:
        await at_hand.press("enter")
        await find(at_hand, "lamp")
        assert "lamp" in at_hand.picture and listed(at_hand) == ["eve"]
        await at_hand.press("f1")
        assert "Go into the list of what was found" in at_hand.picture
        await at_hand.press("escape", "enter")
        assert at_hand.screen.queue.has_focus and "@eve" in at_hand.picture and "@uwe" not in at_hand.picture


async def test_typing_ahead_goes_into_the_line(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, LINES) as at_hand:
        await at_hand.press_at_once(*"/refund")
        await at_hand.until(lambda: listed(at_hand) == ["ben", "eve"], "the list")
        assert at_hand.screen.filter_line._query.value == "refund"
