"""snooze and wake as commands: out of the queue, back at the time, and sentences for what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.cli.desk_at_hand import DeskAtHand, message

from careconsole.store.host_clock import SystemClock

CALENDAR = '[calendar.import]\nzone = "Europe/Berlin"\n[calendar.import.hours]\n' + "".join(
    f'{day} = "09:00-17:00"\n' for day in ("mon", "tue", "wed", "thu", "fri")
)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[timedelta]]:
    """How far the wall clock of the record has been put forward."""
    by = [timedelta()]
    real = SystemClock.now_us
    monkeypatch.setattr(SystemClock, "now_us", lambda self: real(self) + by[0] // timedelta(microseconds=1))
    yield by


def test_it_leaves_the_queue_and_comes_back_at_its_time(desk: DeskAtHand, ahead: list[timedelta]) -> None:
    desk.take_in([message(1), message(2)])
    told = desk.type("snooze", "1", "2h", "--note", "ask if the parcel came")
    assert told.code == 0 and told.out == ""
    assert "Conversation 1: Comes back " in told.err and " here: wake me." in told.err
    assert [row["id"] for row in desk.queue()] == [2]
    asleep = desk.type("queue", "--asleep")
    assert asleep.out.startswith("#1") and "asleep until " in asleep.out
    assert [row["id"] for row in desk.type("queue", "--asleep", "--json").json] == [1]
    assert desk.type("next", agent="ben").out.startswith("#2")
    ahead[0] = timedelta(hours=1, minutes=59)
    assert [row["id"] for row in desk.queue()] == [2]
    ahead[0] = timedelta(hours=2, seconds=1)
    assert [row["id"] for row in desk.queue()] == [1, 2]
    assert "back" in desk.type("queue").out
    assert "ask if the parcel came" in desk.type("show", "1").out
    assert desk.type("queue", "--asleep").err == "careconsole: Nothing sleeps.\n"


def test_a_message_wakes_it(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    desk.type("snooze", "1", "24", "dec", "9:00", "--if-no-answer")
    assert desk.queue() == []
    later = message(1) | {"id": "m9", "at": "2026-03-02T12:30:00Z"}
    desk.take_in([later])
    assert [row["id"] for row in desk.queue()] == [1]


def test_wake_brings_it_back_now(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    assert desk.type("wake", "1").code == 1
    desk.type("snooze", "1", "tomorrow")
    told = desk.type("wake", "1", agent="ben")
    assert (told.code, told.err) == (0, "careconsole: Conversation 1 is back in the queue.\n")
    assert [row["id"] for row in desk.queue()] == [1]
    assert desk.type("wake", "7").code == 2


def test_times_are_meant_in_the_customers_zone_and_in_opening_hours(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    (desk.home / "settings.toml").write_text(CALENDAR)
    told = desk.type("snooze", "1", "sun", "10")
    assert told.code == 0
    assert "09:00 (Europe/Berlin)" in told.err and "is outside opening hours" in told.err
    assert "Mon" in told.err.partition("Comes back ")[2].partition("(")[0]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["later"], "not understood"),
        (["25:00"], "no time of day"),
        (["fri", "9", "call", "back"], '"call back" is no part of a time'),
        (["2020-01-01"], "is over"),
        (["2h", "--note", "x" * 501], "501 characters"),
    ],
)
def test_what_is_no_time_changes_nothing(desk: DeskAtHand, words: list[str], part: str) -> None:
    desk.take_in([message(1)])
    told = desk.type("snooze", "1", *words)
    assert told.code == 2 and part in told.err and "Nothing was done." in told.err
    assert [row["id"] for row in desk.queue()] == [1]


def test_a_day_may_stand_behind_the_time(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    year = datetime.now(UTC).year + 1
    told = desk.type("snooze", "1", "9:30", "24", "dec", str(year), "--note", "tomorrow is Christmas")
    assert told.code == 0 and f"24 Dec {year} 09:30" in told.err
    assert "tomorrow is Christmas" in desk.type("show", "1").out


def test_what_another_holds_or_is_resolved_or_is_not_there(desk: DeskAtHand) -> None:
    desk.take_in([message(1), message(2)])
    desk.type("claim", "1", agent="ben")
    desk.type("resolve", "2")
    held, resolved, unknown = (desk.type("snooze", id, "2h") for id in ("1", "2", "9"))
    assert (held.code, resolved.code, unknown.code) == (1, 1, 2)
    assert "@ben holds it" in held.err and "is resolved" in resolved.err
    assert "There is no conversation 9" in unknown.err


def test_the_note_may_say_anything(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    assert desk.type("snooze", "1", "2h", "--note", "30m: 5 parcels\x1b[31m").code == 0
    shown = desk.type("show", "1").out
    assert "30m: 5 parcels" in shown and "\x1b" not in shown


def test_a_date_reads_as_it_is_written(desk: DeskAtHand) -> None:
    desk.take_in([message(1)])
    year = datetime.now(UTC).year + 1
    told = desk.type("snooze", "1", f"{year}-12-24", "9:00")
    assert f"24 Dec {year} 09:00" in told.err
