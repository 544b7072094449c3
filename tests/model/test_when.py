"""What people type for a time: phrases by hand, the nights in which the clocks change, and always the future."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careconsole.model.when import FARTHEST_DAYS, NotRead, Read, read_when

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=BERLIN)
"""A Wednesday."""


def read(words: str, now: datetime = NOW, zone: tzinfo = BERLIN) -> str:
    found = read_when(words, now, zone)
    assert isinstance(found, Read), found
    assert found.rest == ""
    return f"{found.at.astimezone(zone):%Y-%m-%d %H:%M}"


def fault(words: str, now: datetime = NOW) -> str:
    found = read_when(words, now, BERLIN)
    assert isinstance(found, NotRead), found
    assert "xample" in found.sentence and found.sentence.endswith(".")
    return found.sentence


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("2h", "2026-11-25 14:00"),
        ("+2h", "2026-11-25 14:00"),
        ("in 2 hours", "2026-11-25 14:00"),
        ("90m", "2026-11-25 13:30"),
        ("45 min", "2026-11-25 12:45"),
        ("1h 30m", "2026-11-25 13:30"),
        ("1h30", "2026-11-25 13:30"),
        ("1.5h", "2026-11-25 13:30"),
        ("1,5 h", "2026-11-25 13:30"),
        ("3d", "2026-11-28 12:00"),
        ("1 day 4 hours", "2026-11-26 16:00"),
        ("2 weeks", "2026-12-09 12:00"),
        ("1w 2d", "2026-12-04 12:00"),
        ("15:00", "2026-11-25 15:00"),
        ("9:00", "2026-11-26 09:00"),
        ("12:00", "2026-11-26 12:00"),
        ("at 17:45", "2026-11-25 17:45"),
        ("4pm", "2026-11-25 16:00"),
        ("9 am", "2026-11-26 09:00"),
        ("12:30 a.m.", "2026-11-26 00:30"),
        ("noon", "2026-11-26 12:00"),
        ("midnight", "2026-11-26 00:00"),
        ("today 16", "2026-11-25 16:00"),
        ("tonight", "2026-11-25 20:00"),
        ("tomorrow", "2026-11-26 09:00"),
        ("tomorrow 9", "2026-11-26 09:00"),
        ("Tomorrow  at 14:30", "2026-11-26 14:30"),
        ("TMR 8", "2026-11-26 08:00"),
        ("fri", "2026-11-27 09:00"),
        ("fri 9", "2026-11-27 09:00"),
        ("Friday 9:30", "2026-11-27 09:30"),
        ("on fri 9pm", "2026-11-27 21:00"),
        ("wed 11", "2026-12-02 11:00"),
        ("wed 13", "2026-11-25 13:00"),
        ("next tue", "2026-12-01 09:00"),
        ("next week", "2026-11-30 09:00"),
        ("next week 10:15", "2026-11-30 10:15"),
        ("24 dec", "2026-12-24 09:00"),
        ("24 Dec 14:00", "2026-12-24 14:00"),
        ("24th of December 14", "2026-12-24 14:00"),
        ("dec 24, 8:00", "2026-12-24 08:00"),
        ("24dec", "2026-12-24 09:00"),
        ("24 dec 2027 9", "2027-12-24 09:00"),
        ("3 mar", "2027-03-03 09:00"),
        ("24.12.", "2026-12-24 09:00"),
        ("24.12. 14", "2026-12-24 14:00"),
        ("24. 12. 14:30", "2026-12-24 14:30"),
        ("1.2.27 9:00", "2027-02-01 09:00"),
        ("24.12.2026 9:00", "2026-12-24 09:00"),
        ("2026-12-24", "2026-12-24 09:00"),
        ("2026-12-24 9:00", "2026-12-24 09:00"),
        ("2026-12-24T09:05", "2026-12-24 09:05"),
        ("25 nov 12:01", "2026-11-25 12:01"),
        ("9:00 tomorrow", "2026-11-26 09:00"),
        ("13:00 today", "2026-11-25 13:00"),
        ("9 tomorrow", "2026-11-26 09:00"),
        ("9am fri", "2026-11-27 09:00"),
        ("noon, on Friday", "2026-11-27 12:00"),
        ("14:00 next week", "2026-11-30 14:00"),
        ("14:00 24 dec", "2026-12-24 14:00"),
        ("14:00 24.12.", "2026-12-24 14:00"),
        ("14:00 2026-12-24", "2026-12-24 14:00"),
        ("9:00 the day after tomorrow", "2026-11-27 09:00"),
        ("2h30m", "2026-11-25 14:30"),
        ("1d2h30m", "2026-11-26 14:30"),
        ("25 nov 2027 11", "2027-11-25 11:00"),
        ("\u00a0fri\t9 ", "2026-11-27 09:00"),
    ],
)
def test_phrases(words: str, at: str) -> None:
    assert read(words) == at
    assert read(words.upper()) == at


@pytest.mark.parametrize(
    ("words", "at", "rest"),
    [
        ("2h call back", "2026-11-25 14:00", "call back"),
        ("+2h ask if parcel came", "2026-11-25 14:00", "ask if parcel came"),
        ("fri 9 call back about the refund", "2026-11-27 09:00", "call back about the refund"),
        ("fri: Tell Dana", "2026-11-27 09:00", "Tell Dana"),
        ("fri, 24 parcels", "2026-11-27 09:00", "24 parcels"),
        ("9:00 Amira calls", "2026-11-26 09:00", "Amira calls"),
        ("2h 3 days late", "2026-11-25 14:00", "3 days late"),
        ("9am fri call back", "2026-11-27 09:00", "call back"),
        ("2h; tomorrow it is too late", "2026-11-25 14:00", "tomorrow it is too late"),
        ("9:00; fri", "2026-11-26 09:00", "fri"),
        ("15:00 9.50 refund", "2026-11-25 15:00", "9.50 refund"),
        ("1h 30m 5 m more", "2026-11-25 13:30", "5 m more"),
        ("24 dec Geschenk für Зоя", "2026-12-24 09:00", "Geschenk für Зоя"),
        ("tomorrow refund\n\x1b[31m!", "2026-11-26 09:00", "refund \x1b[31m!"),
    ],
)
def test_what_is_no_time_any_longer_is_the_note(words: str, at: str, rest: str) -> None:
    if words.startswith("fri, 24"):
        assert "24:00" in fault(words)  # an hour is an hour, so that nobody guesses
        return
    found = read_when(words, NOW, BERLIN)
    assert isinstance(found, Read)
    assert (f"{found.at.astimezone(BERLIN):%Y-%m-%d %H:%M}", found.rest) == (at, rest)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("", "Type when"),
        ("   ", "Type when"),
        ("later", "not understood"),
        ("soon 9:00", "not understood"),
        ("fridge 9", "not understood"),
        ("9", "not understood"),
        ("0m", "now"),
        ("25:00", "no time of day"),
        ("9:75", "no time of day"),
        ("13pm", "no time of day"),
        ("fri 24", "no time of day"),
        ("31 nov", "no day 31 in November"),
        ("30.2.", "no day 30 in February"),
        ("24.13.", "no day 24 in month 13"),
        ("0000-12-24", "no day 24"),
        ("24/12", "two dates"),
        ("9.30", "a time or a date"),
        ("today", "what time"),
        ("today 9", "over"),
        ("2020-01-01 9:00", "over"),
        ("2031-01-01", "two years"),
        ("9999-12-31 23:59", "far"),
        ("99999d", "two years"),
        ("99999w 99999d", "two years"),
        ("29.2.2027", "no day 29 in February"),
        ("٩:٠٠", "not understood"),
        ("-2h", "not understood"),
        ("2h3d", "not understood"),
        ("9:00 24/12", "24/12 can be two dates"),
        ("9:00 24.12", "24.12 can be a time or a date"),
        ("9:00 today", "09:00 is over"),
        ("2h tomorrow", '"2h" and "tomorrow" are two times'),
        ("9:00 next month", '"9:00" and "next month" are two times'),
        ("fri 4 dec", '"fri" and "4 dec" are two times'),
        ("9:00 fri 27 nov", '"9:00 fri" and "27 nov" are two times'),
    ],
)
def test_what_is_no_time_gets_a_sentence_with_an_example(words: str, part: str) -> None:
    assert part in fault(words) or (part == "far" and "two years" in fault(words))


@pytest.mark.parametrize(
    ("words", "hour", "told"),
    [
        (
            "22 nov",
            9,
            "22 nov is today, and 09:00 is over; it is 09:00 there. Type 22 nov 18:00 or 22 nov 2027.",
        ),
        ("22.11.", 19, "Type 22 nov 20:00 or 22 nov 2027."),
        ("22 nov 8", 23, "it is 23:00 there. Type 22 nov 2027 08:00."),
        ("8:00 22 nov", 12, "Type 22 nov 18:00 or 22 nov 2027 08:00."),
    ],
)
def test_a_time_of_today_that_is_over_is_not_taken_for_next_year(words: str, hour: int, told: str) -> None:
    now = datetime(2026, 11, 22, hour, tzinfo=BERLIN)
    assert told in fault(words, now)
    for way in told.rpartition("Type ")[2].rstrip(".").split(" or "):
        assert isinstance(read_when(way, now, BERLIN), Read)
    assert read("21 nov", now) == "2027-11-21 09:00"


def test_the_29th_of_february_without_a_year_is_the_next_there_is() -> None:
    now = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
    assert read("29 feb 8", now, UTC) == "2028-02-29 08:00"


@pytest.mark.parametrize(
    ("words", "now", "at"),
    [
        # 2026-03-29 02:00 -> 03:00
        ("2h", datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN), "2026-03-29T03:30:00+02:00"),
        ("2:30", datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN), "2026-03-29T03:30:00+02:00"),
        ("tomorrow 9", datetime(2026, 3, 28, 9, 0, tzinfo=BERLIN), "2026-03-29T09:00:00+02:00"),
        ("24h", datetime(2026, 3, 28, 9, 0, tzinfo=BERLIN), "2026-03-29T10:00:00+02:00"),
        ("1d", datetime(2026, 3, 28, 9, 0, tzinfo=BERLIN), "2026-03-29T09:00:00+02:00"),
        # 2026-10-25 03:00 -> 02:00
        ("2:30", datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN), "2026-10-25T02:30:00+02:00"),
        ("2:30", datetime(2026, 10, 25, 0, 45, tzinfo=UTC), "2026-10-25T02:30:00+01:00"),
        ("3h", datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN), "2026-10-25T02:30:00+01:00"),
        ("1d", datetime(2026, 10, 24, 9, 0, tzinfo=BERLIN), "2026-10-25T09:00:00+01:00"),
    ],
)
def test_nights_in_which_the_clocks_change(words: str, now: datetime, at: str) -> None:
    found = read_when(words, now, BERLIN)
    assert isinstance(found, Read)
    assert found.at.astimezone(BERLIN).isoformat() == at


_NUMBER = st.integers(0, 99)
_TYPED = st.one_of(
    st.builds("{}{}".format, _NUMBER, st.sampled_from(["m", "h", "d", "w", " min", " hours"])),
    st.builds("{}:{:02}".format, _NUMBER, _NUMBER),
    st.builds("{} {}".format, st.sampled_from(["mon", "Sunday", "tomorrow", "today", "next week"]), _NUMBER),
    st.builds("{} {} {}:00".format, _NUMBER, st.sampled_from(["jan", "feb", "oct", "December"]), _NUMBER),
    st.builds("{}.{}. {}".format, _NUMBER, _NUMBER, _NUMBER),
    st.builds("{:04}-{:02}-{:02} {}:30".format, st.integers(0, 9999), _NUMBER, _NUMBER, _NUMBER),
    st.text(max_size=30),
)
_MOMENT = st.integers(0, 4 * 366 * 86_400).map(
    lambda s: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=s)
)


@settings(max_examples=400, deadline=None)
@given(words=_TYPED, now=_MOMENT, zone=st.sampled_from([UTC, BERLIN, NEW_YORK, LORD_HOWE]))
def test_what_is_read_lies_ahead_and_what_is_not_has_a_sentence(
    words: str, now: datetime, zone: tzinfo
) -> None:
    found = read_when(words, now, zone)
    if isinstance(found, NotRead):
        assert found.sentence.endswith(".") and "xample" in found.sentence
    else:
        assert now < found.at <= now + timedelta(days=FARTHEST_DAYS)
        assert found.at.utcoffset() == timedelta()


@settings(max_examples=200, deadline=None)
@given(
    hour=st.integers(0, 23), minute=st.integers(0, 59), now=_MOMENT, zone=st.sampled_from([BERLIN, LORD_HOWE])
)
def test_a_time_of_day_is_the_next_one_on_that_clock(
    hour: int, minute: int, now: datetime, zone: tzinfo
) -> None:
    found = read_when(f"{hour}:{minute:02}", now, zone)
    assert isinstance(found, Read)
    assert found.at - now <= timedelta(hours=25)
    local = found.at.astimezone(zone)
    shifted = {(local + timedelta(minutes=late)).replace(fold=0).utcoffset() for late in (-61, 0)}
    assert (local.hour, local.minute) == (hour, minute) or len(shifted) == 2  # the clocks skipped it


@settings(max_examples=100, deadline=None)
@given(minutes=st.integers(1, 99_999), now=_MOMENT)
def test_minutes_are_real_time(minutes: int, now: datetime) -> None:
    assert read_when(f"{minutes}m", now, NEW_YORK) == Read(now + timedelta(minutes=minutes), "")
