"""The card: five lines behind a key, what must not be missed above the thread, notes that are marked."""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.console.desk_at_hand import console_at_hand, line
from tests.console.harness import NOON, Stage, queue_row
from tests.console.threads import entry, hostile_texts

from careconsole.console.card_screen import CardScreen
from careconsole.console.facts_screen import FactsScreen
from careconsole.console.panes.card_lines import fact_words, suggestion_words
from careconsole.console.panes.thread import ThreadPane
from careconsole.desk import person, replies
from careconsole.desk.rules import Rules
from careconsole.model.calendar import Calendar
from careconsole.model.instant import from_us, to_us
from careconsole.model.message import Kind
from careconsole.model.note_mark import NoteMark
from careconsole.model.priority import RankPolicy
from careconsole.model.rights import Role
from careconsole.store.identity_links import Suggestion
from careconsole.store.person import Card, Contact, Facts, Identity, MarkedLine

HOUR_US = 3_600_000_000


def card(words: str = "refund 20 EUR", **changes: object) -> Card:
    made = Card(
        customer_id=1,
        name="Dana",
        identities=(Identity("dana", "dana@social.example", "Dana D.", 1200, "mastodon"),),
        is_vip=True,
        vip_note=words,
        contacts=(Contact(7, "shop", to_us(NOON) - 30 * HOUR_US, Kind.BRAND_TALK, "no_reply"),),
        contact_count=4,
        decision=MarkedLine(1, 7, "shop", "ana", words, to_us(NOON) - HOUR_US),
        promises=(
            MarkedLine(2, 7, "shop", "ben", words, to_us(NOON), to_us(NOON) - HOUR_US),
            MarkedLine(3, 7, "shop", "ben", "write", to_us(NOON), to_us(NOON) + HOUR_US),
        ),
    )
    return Card(**{**{name: getattr(made, name) for name in Card.__slots__}, **changes})


def lines_of(pane: ThreadPane) -> list[str]:
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


async def test_above_the_thread_stands_what_must_not_be_missed() -> None:
    pane = ThreadPane(agent="ben", zone=UTC)
    async with Stage(pane).run_test(size=(80, 20)):
        pane.show(queue_row(1, handle="dana", customer_name="Dana D."), [entry(1)], NOON, card=card())
        assert lines_of(pane)[1:5] == [
            "\u2551 question \u00b7 reach 1,200 \u00b7 @dana Dana D.",
            "\u2551 decided 11:00 (ana): refund 20 EUR",
            "\u2551 2 open promises, next promised by 11:00, LATE (ben): refund 20 EUR",
            "\u250c   6h 05:01 PUBLIC \u00b7 @anak Ana K.",
        ]


async def test_a_tall_pane_shows_the_contacts_too_and_a_plain_customer_takes_no_room() -> None:
    pane = ThreadPane(agent="ben", zone=UTC)
    row = queue_row(1, handle="dana")
    async with Stage(pane).run_test(size=(90, 40)):
        pane.show(row, [entry(1)], NOON, card=card())
        assert lines_of(pane)[2] == "\u2551 4 contacts before: 03-03 06:00 brand talk on shop, no reply"
    pane = ThreadPane(agent="ben", zone=UTC)
    plain = card(decision=None, promises=(), contact_count=0, contacts=(), identities=())
    async with Stage(pane).run_test(size=(90, 20)):
        pane.show(row, [entry(1)], NOON, card=plain)
        assert lines_of(pane)[2].startswith("\u250c ")


async def test_the_card_says_all_of_it() -> None:
    stage = Stage()
    async with stage.run_test(size=(80, 24)) as pilot:
        await stage.push_screen(CardScreen(card(), NOON, zone=UTC))
        await pilot.pause()
        told = [strip.text.strip() for strip in stage.screen._compositor.render_strips()]
        assert [text for text in told if text.startswith("\u2551")] == [
            "\u2551 @dana@social.example Dana D.",
            "\u2551 reach 1,200",
            "\u2551 VIP: refund 20 EUR",
            "\u2551 4 contacts before: 03-03 06:00 brand talk on shop, no reply",
            "\u2551 1  promised by 11:00, LATE (ben): refund 20 EUR",
            "\u2551 2  promised by 13:00 (ben): write",
            "\u2551 decided 11:00 (ana): refund 20 EUR",
        ]
        assert "A number marks that promise as kept   f birthday, orders, about   Esc back" in told


@pytest.mark.parametrize("size", [(80, 24), (170, 45)])
async def test_nothing_hostile_forges_a_line_of_the_card(size: tuple[int, int]) -> None:
    pane = ThreadPane(agent="ben", zone=UTC)
    stage = Stage(pane)
    async with stage.run_test(size=size) as pilot:
        for text in hostile_texts():
            made = card(text, identities=(Identity(text, text, text, 5, "x"),))
            pane.show(queue_row(1), [entry(1)], NOON, card=made, vip_note=text)
            assert all("\n" not in told and "\x1b" not in told for told in lines_of(pane))
            assert lines_of(pane)[1].startswith("\u2551 question \u00b7 reach 5 \u00b7 @customer1")
        await stage.push_screen(CardScreen(made, NOON, zone=UTC))
        await pilot.pause()


# ---- at the desk ---------------------------------------------------------------------------------------------------


async def test_a_note_may_be_marked_and_the_composer_says_how(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, [line("1", "dana", "Where is it?")], size=(80, 24)) as desk:
        await desk.press("enter", "n")
        assert "!decision or !promise fri 14:00 at its start marks it" in desk.picture
        desk.screen.composer.put_back("!decision refund 20 EUR")
        await desk.press("ctrl+s")
        assert "Kept as the last decision: it is pinned above the thread." in desk.picture
        await desk.press("y")
        await desk.press("enter")
        assert re.search(r"decided \d\d:\d\d \(ana\): refund 20 EUR", desk.picture)
        assert "NOTE \u00b7 DECISION \u00b7 ana" in desk.picture


async def test_a_promise_without_a_time_is_not_kept(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, [line("1", "dana", "Where is it?")], size=(120, 40)) as desk:
        await desk.press("enter", "n")
        desk.screen.composer.put_back("!promise call back")
        await desk.press("ctrl+s")
        assert "Behind !promise comes its time first" in desk.picture
        desk.screen.composer.put_back("!promise 2h call back")
        await desk.press("ctrl+s")
        assert "Kept as a promise by " in desk.picture
        await desk.press("y")
        found = await person.card(desk.desk, 1)
        assert found is not None and [each.text for each in found.promises] == ["call back"]


async def test_a_promise_is_meant_in_the_zone_of_the_accounts_calendar(tmp_path: Path) -> None:
    calendar = Calendar(ZoneInfo("Asia/Tokyo"), always_open=True, zone_name="Asia/Tokyo")
    async with console_at_hand(tmp_path, [line("1", "dana", "Where is it?")], size=(120, 40)) as desk:
        desk.desk.rules = Rules(RankPolicy(calendars={"import": calendar}))
        [row] = (await desk.rows()).values()
        assert row.account == "import"
        await desk.press("enter", "n")
        desk.screen.composer.put_back("!promise fri 9 call back")
        await desk.press("ctrl+s")
        assert "Fri 09:00 (Asia/Tokyo)" in desk.picture and "here" in desk.picture
        await desk.press("y")
        found = await person.card(desk.desk, 1)
        assert found is not None and found.promises[0].due_us is not None
        local = from_us(found.promises[0].due_us).astimezone(ZoneInfo("Asia/Tokyo"))
        assert f"{local:%a %H:%M}" == "Fri 09:00"


async def test_the_number_of_a_promise_marks_it_as_kept_and_z_takes_it_back(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, [line("1", "dana", "Where is it?")], size=(80, 24)) as desk:
        await replies.write_note(desk.desk, 1, "!promise 2h call back")
        await replies.write_note(desk.other("ben"), 1, "just so")
        await desk.press("i")
        assert "1  promised by " in desk.picture and "first contact" in desk.picture
        await desk.press("2", "escape")
        await desk.press("i", "1")
        assert desk.said == "Marked as kept. z takes it back."
        await desk.press("enter")
        assert " \u00b7 kept " in desk.picture and "promised by" not in desk.picture
        await desk.press("z")
        assert desk.said.startswith("Taken back, the promise kept")
        await desk.until(lambda: "promised by" in desk.picture, "the open promise")


async def test_the_facts_of_a_customer_are_written_down_and_stand_on_the_card(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, [line("1", "dana", "Where is it?")], size=(80, 24)) as desk:
        await desk.press("i", "f", "x", "ctrl+s")
        assert "That is no day; write the birthday like" in desk.picture
        await desk.press("backspace", *"24.12.", "tab", *"A-77", "enter", *"wife", "ctrl+s")
        assert desk.said == "Written down on the customer's card."
        await desk.press("i")
        assert all(words in desk.picture for words in ("birthday 12-24", "orders: A-77", "about: wife"))
        await desk.press("f", "tab", "tab", "tab", "end", *"-31", "escape", "i")
        assert "birthday 12-24" in desk.picture, "Escape changes nothing"
        kept = (tmp_path / "desk.db").read_bytes() + (tmp_path / "desk.db-wal").read_bytes()
        assert b"A-77" in kept
        told = await desk.desk.store.read(
            lambda tx: tx.rows("SELECT details FROM event WHERE kind = 'facts_set'")
        )
        assert told == [('{"facts":["birthday","orders","about"]}',)]


async def test_who_may_not_edit_reads_the_card(tmp_path: Path) -> None:
    lines = [line("1", "dana", "Where is it?")]
    async with console_at_hand(tmp_path, lines, size=(80, 24), role=Role.SUPERVISOR) as desk:
        await desk.press("i")
        assert "f birthday" not in desk.picture
        await desk.press("f")
        assert "first contact" in desk.picture


async def test_hostile_facts_stay_in_their_lines() -> None:
    stage = Stage()
    async with stage.run_test(size=(80, 24)) as pilot:
        for text in hostile_texts():
            told = list(fact_words(Facts("12-24", text, text)))
            assert not any("\n" in words or "\x1b" in words for words in told)
        await stage.push_screen(
            FactsScreen(card(facts=Facts("12-24", hostile_texts()[0], hostile_texts()[1])))
        )
        await pilot.pause()


async def test_a_suggestion_says_why_a_letter_links_and_z_parts(tmp_path: Path) -> None:
    lines = [
        line("1", "dana", "Where is it?", author={"handle": "dana", "name": "Dana Doe"}, account="shop"),
        line("2", "dana", "Hello!", 9, author={"handle": "dana", "name": "Dana Doe"}, account="news"),
    ]
    async with console_at_hand(tmp_path, lines, size=(80, 24)) as desk:
        await desk.press("enter")
        assert "Hello!" not in desk.picture
        await desk.press("i")
        assert "a  perhaps the same person (same name and same handle on two networks:" in desk.picture
        await desk.press("a")
        assert desk.said == "One person from now on. z parts them."
        await desk.until(lambda: "news on file" in desk.picture, "the other account")
        await desk.press("i")
        assert "1 contact before" in desk.picture and "perhaps" not in desk.picture
        await desk.press("escape", "z")
        assert desk.said.startswith("Taken back, the link")
        await desk.until(lambda: "Hello!" not in desk.picture, "the parting")


async def test_hostile_suggestions_stay_in_their_lines() -> None:
    for text in hostile_texts():
        words = suggestion_words(Suggestion(1, text, text, (text, text)))
        assert "\n" not in words and "\x1b" not in words


async def test_a_note_by_command_is_marked_too(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, [line("1", "dana", "Where is it?")]) as desk:
        assert await replies.write_note(desk.desk, 1, "!decision yes") == 1
        await desk.press("enter")
        entries = desk.screen.thread.entries
        assert (entries[-1].mark, entries[-1].text) == (NoteMark.DECISION, "yes")
