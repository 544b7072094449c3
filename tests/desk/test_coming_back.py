"""What sleeps comes back on time in whatever process runs, or when the next one starts; and what is said of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, VirtualSleep, sitting
from tests.store.record_at_hand import NOON, FakeClock, at, at_us, said

from careconsole.desk import coming_back
from careconsole.desk.coming_back import HERE, ComesBack, NotRead, SleepingRoom, WakeMode
from careconsole.desk.rules import Rules
from careconsole.desk.runner import Runner, sync_once
from careconsole.model.calendar import Calendar, OpenHours
from careconsole.model.message import Kind
from careconsole.model.priority import RankPolicy

BERLIN, LONDON, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London"), ZoneInfo("Pacific/Auckland")
OFFICE = dict.fromkeys(
    range(5), (OpenHours(datetime.min.time().replace(hour=9), datetime.min.time().replace(hour=17)),)
)
CALENDAR = Calendar(BERLIN, OFFICE, {date(2026, 3, 6): "Founder's Day"}, zone_name="Europe/Berlin")
RULES = Rules(RankPolicy(calendars={"shop": CALENDAR}))


async def asleep(desk: DeskAtHand, minute: float = 10, external_id: str = "m1", handle: str = "cara") -> int:
    id = await desk.arrive(said(external_id, handle))
    await coming_back.snooze(desk.desk, id, ComesBack(at(minute), at(minute)), WakeMode.WAKE)
    assert id not in await desk.waiting()
    return id


async def room(desk: DeskAtHand, here: ZoneInfo = LONDON, external_id: str = "m1") -> SleepingRoom:
    id = await desk.arrive(said(external_id))
    found = await coming_back.sleeping_room(desk.desk, id, here)
    assert found is not None
    return found


async def test_the_background_brings_it_back_within_five_seconds(
    ana: DeskAtHand, sleep: VirtualSleep
) -> None:
    id = await asleep(ana)
    task = asyncio.create_task(
        Runner(ana.desk, channel_of=lambda desk, account: ScriptedChannel(), sleep=sleep).run()
    )
    try:
        await sleep.pass_s(599)
        assert await ana.waiting() == []
        await sleep.pass_s(6)
        assert await ana.waiting() == [id]
        [event] = await ana.events("woken")
        assert 0 <= event["recorded_us"] - event["at_us"] <= 5_000_000
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, ExceptionGroup):
            await task


async def test_many_processes_bring_it_back_once(ana: DeskAtHand, ben: DeskAtHand) -> None:
    ids = [await asleep(ana, n, f"m{n}", f"c{n}") for n in range(1, 30)]
    ana.clock.pass_s(3600)
    woken = await asyncio.gather(*(coming_back.wake_due(each.desk.store) for each in (ana, ben) * 4))
    assert sum(woken) == len(ids)
    assert [event["conversation_id"] for event in await ana.events("woken")] == ids


async def test_it_comes_back_at_the_next_start_with_its_true_time(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sitting(tmp_path, clock) as ana:
        id = await asleep(ana)
    clock.pass_s(86_400)
    async with sitting(tmp_path, clock, agent="ben") as ben:
        assert await ben.waiting() == [id]
        [event] = await ben.events("woken")
        assert (event["at_us"], event["recorded_us"]) == (at_us(10), at_us(24 * 60))


async def test_one_pass_brings_it_back_too(ana: DeskAtHand) -> None:
    id = await asleep(ana)
    ana.clock.pass_s(601)
    await sync_once(ana.desk, lambda desk, account: ScriptedChannel())
    assert await ana.waiting() == [id]


async def test_the_time_is_read_in_the_customers_zone_and_said_in_both(tmp_path: Path) -> None:
    async with sitting(tmp_path, FakeClock(), rules=RULES) as ana:
        found = await room(ana)
        back = found.read("tue 9 call back about the refund", NOON)
        assert isinstance(back, ComesBack)
        assert (back.at, back.note) == (datetime(2026, 3, 3, 8, 0, tzinfo=UTC), "call back about the refund")
        sentence = found.sentence(back, WakeMode.WAKE, NOON)
        assert sentence.startswith("Comes back Tue 09:00 (Europe/Berlin), 08:00 here: wake me.")
        assert "The answer is due Mon 13:00 here: that clock runs on." in sentence


async def test_another_day_here_is_named(tmp_path: Path) -> None:
    async with sitting(tmp_path, FakeClock(), rules=RULES) as ana:
        found = await room(ana, AUCKLAND)
        back = found.read("tue 16:00", NOON)
        assert isinstance(back, ComesBack)
        sentence = found.sentence(back, WakeMode.WAKE_IF_SILENT, NOON)
        assert "Tue 16:00 (Europe/Berlin), Wed 04:00 here: wake if no answer." in sentence


async def test_out_of_hours_it_moves_to_the_next_open_minute_and_says_so(tmp_path: Path) -> None:
    async with sitting(tmp_path, FakeClock(), rules=RULES) as ana:
        found = await room(ana)
        for words, typed in (("thu 20:00", "Thu 20:00"), ("fri 9", "Fri 09:00"), ("sat 10", "Sat 10:00")):
            back = found.read(words, NOON)
            assert isinstance(back, ComesBack) and back.is_moved
            assert back.at == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
            sentence = found.sentence(back, WakeMode.WAKE, NOON)
            assert (
                "Mon 9 Mar 09:00 (Europe/Berlin)" in sentence
                and f"{typed} is outside opening hours" in sentence
            )
            assert ("Founder's Day" in sentence) == (words == "fri 9"), "only that day is the holiday"


async def test_without_a_calendar_times_are_meant_here(ana: DeskAtHand) -> None:
    found = await room(ana, AUCKLAND)
    back = found.read("9:00", NOON)
    assert isinstance(back, ComesBack)
    assert back.at.astimezone(AUCKLAND).hour == 9
    assert found.sentence(back, WakeMode.WAKE, NOON).startswith("Comes back Tue 09:00 here: wake me.")


async def test_what_cannot_be_read_and_what_is_not_there(ana: DeskAtHand) -> None:
    found = await room(ana)
    assert isinstance(found.read("some day", NOON), NotRead)
    too_long = found.read("2h " + "x" * 501, NOON)
    assert isinstance(too_long, NotRead) and "501" in too_long.sentence
    assert await coming_back.sleeping_room(ana.desk, 99) is None


async def test_the_clock_of_an_unanswered_message_is_named_when_it_runs_out_before(ana: DeskAtHand) -> None:
    found = await room(ana)
    soon, later = found.read("30m", NOON), found.read("2h", NOON)
    assert isinstance(soon, ComesBack) and isinstance(later, ComesBack)
    assert "clock" not in found.sentence(soon, WakeMode.WAKE, NOON)
    assert "is due Mon 13:00 here" in found.sentence(later, WakeMode.WAKE, NOON)
    late = NOON + timedelta(hours=3)
    overdue = found.read("2h", late)
    assert isinstance(overdue, ComesBack) and "is overdue" in found.sentence(overdue, WakeMode.WAKE, late)


async def test_what_came_back_is_told_to_who_put_it_to_sleep(ana: DeskAtHand, ben: DeskAtHand) -> None:
    id = await asleep(ana)
    assert [row.id for row in await coming_back.snoozed(ben.desk)] == [id]
    _, seq = await coming_back.woken_since(ana.desk, None)
    await ana.arrive(said("m2", kind=Kind.COMPLAINT, minute=1))
    [(row, by)], later = await coming_back.woken_since(ana.desk, seq)
    assert (row.id, row.is_back, by) == (id, True, "customer")
    assert (await coming_back.woken_since(ana.desk, later))[0] == []
    assert (await coming_back.woken_since(ben.desk, seq))[0] == []


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_here_is_the_zone_of_this_machine_in_every_night(in_new_york: None) -> None:
    zone = ZoneInfo("America/New_York")
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    while instant.year == 2026:
        theirs, ours = instant.astimezone(zone), instant.astimezone(HERE)
        assert (ours.replace(tzinfo=None), ours.fold) == (theirs.replace(tzinfo=None), theirs.fold)
        assert ours.astimezone(UTC) == instant
        instant += timedelta(minutes=30)
