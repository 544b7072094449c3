"""`s`: a time is typed, read back in both zones, and the row leaves until then; the bell rings when it is back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line
from tests.console.harness import NOON

from careconsole.console.desk_screen import DeskScreen
from careconsole.console.palette import TableProvider
from careconsole.console.reason_screen import Question
from careconsole.console.snooze_screen import SnoozeScreen
from careconsole.desk import coming_back, rules, work
from careconsole.desk.rules import Rules
from careconsole.model.calendar import Calendar, OpenHours
from careconsole.model.conversation import Disposition
from careconsole.model.priority import RankPolicy
from careconsole.model.rights import Role


async def type_in(at: AtHand, words: str) -> None:
    """Type words into the line that is open."""
    await at.press(*("space" if char == " " else char for char in words))


async def opened(at: AtHand) -> SnoozeScreen:
    await at.press("s")
    await at.until(lambda: isinstance(at.console.screen, SnoozeScreen), "the line")
    screen = at.console.screen
    assert isinstance(screen, SnoozeScreen)
    return screen


def reading(screen: SnoozeScreen) -> str:
    return str(screen._reading.content)


async def in_berlin(at: AtHand) -> None:
    """The account's customers are in Berlin; it is open on weekdays from nine to five."""
    nine, five = NOON.time().replace(hour=9), NOON.time().replace(hour=17)
    hours = dict.fromkeys(range(5), (OpenHours(nine, five),))
    calendar = Calendar(ZoneInfo("Europe/Berlin"), hours, zone_name="Europe/Berlin")
    await rules.take_up(at.desk, Rules(RankPolicy(calendars={"import": calendar})))


async def wake_at(at: AtHand, minutes: float) -> None:
    """Time goes by, and the background does its work."""
    at.clock.forward(minutes * 60)
    await coming_back.wake_due(at.desk.store)
    await at.settle()


async def test_w_says_of_what_sleeps_that_it_sleeps(tmp_path: Path) -> None:
    lines = [line("m1", "mia", "This is the worst service ever", 60)]
    async with console_at_hand(tmp_path, lines, size=(120, 40)) as at:
        await at.press("enter")
        await opened(at)
        await type_in(at, " 2h")
        await at.press("enter", "w")
        await at.until(lambda: "It sleeps until" in at.picture, "the sentence")
        assert "Kind complaint, found by its words: " in at.picture
        assert "waits for nothing" not in at.picture


async def test_a_typed_time_is_read_back_and_the_row_leaves(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await in_berlin(at)
        screen = await opened(at)
        await type_in(at, " fri 9 call back")
        assert reading(screen).startswith("Comes back Fri 09:00 (Europe/Berlin), ")
        assert " here: wake me." in reading(screen) and "Note: call back" in reading(screen)
        await at.press("enter")
        assert at.console.screen is at.screen
        assert at.said.startswith("Comes back Fri 09:00 (Europe/Berlin)")
        assert "z takes it back: @customer1" in at.said
        assert "customer1" not in await at.rows()
        row = await at.row("customer1")
        assert (row.reminder, row.asleep_until_us is not None) == ("call back", True)
        await at.until(lambda: "(asleep)" in at.picture, "the word in the row that left")


async def test_a_day_behind_the_time_is_never_a_note(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await in_berlin(at)
        screen = await opened(at)
        await type_in(at, "9am fri call back")
        assert reading(screen).startswith("Comes back Fri 09:00 (Europe/Berlin), ")
        assert reading(screen).endswith("Note: call back")
        screen._input.value = "2h tomorrow"
        await at.settle()
        assert '"2h" and "tomorrow" are two times' in reading(screen)
        await at.press("enter")
        assert at.console.screen is screen


async def test_typed_at_once_no_letter_is_lost(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await opened(at)
        await at.press_at_once(*"2h soon")
        screen = at.console.screen
        assert isinstance(screen, SnoozeScreen) and screen._input.value == "2h soon"


async def test_out_of_hours_is_said_before_it_is_done(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await in_berlin(at)
        screen = await opened(at)
        await type_in(at, "sat 10")
        assert "Comes back Mon 09:00 (Europe/Berlin)" in reading(screen)
        assert "Sat 10:00 is outside opening hours" in reading(screen)


async def test_tab_is_the_other_mode(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        screen = await opened(at)
        await type_in(at, "2h")
        assert ": wake me." in reading(screen)
        await at.press("tab")
        assert ": wake if no answer." in reading(screen) and screen._input.has_focus
        await at.press("tab", "tab", "enter")
        assert "wake if no answer" in at.said
        [event] = [e for e in await at.desk.store.read(lambda tx: tx.rows("SELECT mode FROM boomerang"))]
        assert event[0] == "wake_if_silent"


async def test_what_is_no_time_stays_and_says_why(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        screen = await opened(at)
        await at.press("enter")
        assert "Type when" in reading(screen)
        await type_in(at, "25:00")
        assert "25:00 is no time of day" in reading(screen) and "fri 9:30" in reading(screen)
        await at.press("enter")
        assert at.console.screen is screen
        await at.press("escape")
        assert at.console.screen is at.screen and "customer1" in await at.rows()


async def test_a_time_that_passed_while_it_was_shown_is_shown_anew(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        screen = await opened(at)
        at.clock.forward(-60)
        local = NOON.astimezone()
        await type_in(at, f"{local:%H:%M}")
        shown = reading(screen)
        at.clock.forward(120)
        await at.press("enter")
        assert at.console.screen is screen and reading(screen) != shown
        await at.press("enter")
        assert at.console.screen is at.screen and "Comes back" in at.said


async def test_z_takes_it_back(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await opened(at)
        await type_in(at, "2h")
        await at.press("enter", "z")
        assert at.said == "Taken back, the coming back: @customer1"
        assert "customer1" in await at.rows()


async def test_it_is_told_and_rings_when_it_is_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    async with console_at_hand(tmp_path) as at:
        monkeypatch.setattr(at.console, "bell", lambda: rung.append(True))
        await opened(at)
        await type_in(at, "2h ask for the [bold]receipt")
        await at.press("enter")
        await wake_at(at, 119)
        rung.clear()
        at.screen._alerts._rang_s = float("-inf")
        await wake_at(at, 2)
        await at.until(lambda: at.said.startswith("Back in the queue"), "the sentence")
        assert at.said == "Back in the queue, as you wanted (ask for the [bold]receipt): @customer1"
        await at.press("full_stop")
        await at.until(lambda: "BACK (ask for the [bold]receipt)" in at.picture, "the mark")
        assert rung == [True]


async def test_a_message_wakes_it_and_that_is_said(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await opened(at)
        await type_in(at, "3d")
        await at.press("enter")
        await at.arrive(line("m99", "customer1", "Are you there?", 1))
        await at.until(lambda: "the customer has written: @customer1" in at.said, "the sentence")
        assert (await at.rows())["customer1"].is_back


async def test_what_a_colleague_put_to_sleep_is_not_told_to_me(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        row = await at.row("customer1")
        room = await coming_back.sleeping_room(at.desk, row.id)
        assert room is not None
        back = room.read("2h", at.desk.now())
        assert isinstance(back, coming_back.ComesBack)
        await coming_back.snooze(at.other("ben"), row.id, back, coming_back.WakeMode.WAKE)
        await at.settle()
        before = at.said
        await wake_at(at, 121)
        await at.until(lambda: at.screen.queue.shown.total == 6, "the row")
        assert at.said == before


async def test_in_the_thread_too(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("enter")
        await opened(at)
        await type_in(at, "tomorrow")
        await at.press("enter")
        assert "@customer1" in at.said and at.screen.focused_pane == "thread"


async def test_what_another_holds_is_not_put_to_sleep(tmp_path: Path) -> None:
    from careconsole.desk import routing

    async with console_at_hand(tmp_path) as at:
        await routing.claim(at.other("ben"), (await at.row("customer1")).id)
        await at.settle()
        await at.until(lambda: at.screen.queue.shown.rows[1].claimed_by == "ben", "the claim")
        await at.press("s")
        assert isinstance(at.console.screen, Question)


async def test_what_is_resolved_meanwhile_is_said(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await opened(at)
        await type_in(at, "2h")
        await work.resolve(at.other("ben"), (await at.row("customer1")).id, Disposition.NOISE)
        await at.press("enter")
        assert "It is resolved" in at.said


async def test_who_has_no_right_has_no_key(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, role=Role.TRAINEE) as at:
        await at.press("s")
        await asyncio.sleep(0)
        assert at.console.screen is at.screen
        assert isinstance(at.screen, DeskScreen)
        assert "Come back" not in [words for words, *_ in TableProvider(at.screen)._entries()]


async def test_a_paste_passes_the_gate(tmp_path: Path) -> None:
    from textual import events

    async with console_at_hand(tmp_path) as at:
        screen = await opened(at)
        at.console.post_message(events.Paste("2h \x1b[31m\u202ecall\nback" + "x" * 900))
        await at.settle()
        assert "\x1b" not in at.picture and "\u202e" not in at.picture
        assert len(screen._input.value) <= 200 and reading(screen).startswith("Comes back")
