"""Business minutes run only while the calendar is open, on the nights too in which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careconsole.model.calendar import (
    ALWAYS_OPEN,
    Calendar,
    CalendarError,
    OpenHours,
    add_business_minutes,
    skipped_holidays,
)

ZAGREB = ZoneInfo("Europe/Zagreb")
NEW_YORK = ZoneInfo("America/New_York")
SANTIAGO = ZoneInfo("America/Santiago")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")


def hours(since: int, until: int, *, half: int = 0) -> OpenHours:
    return OpenHours(time(since), None if until == 24 else time(until, half))


def every_day(*stretches: OpenHours) -> dict[int, tuple[OpenHours, ...]]:
    return dict.fromkeys(range(7), stretches)


OFFICE = dict.fromkeys(range(5), (hours(9, 17),))


def local(zone: ZoneInfo, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=zone)  # type: ignore[arg-type, misc]


FRIDAY = local(ZAGREB, 2026, 3, 6, 16, 45)


def test_half_an_hour_from_friday_1645_ends_on_monday_at_0915() -> None:
    office = Calendar(ZAGREB, OFFICE)
    assert add_business_minutes(FRIDAY, 30, office) == local(ZAGREB, 2026, 3, 9, 9, 15)


def test_with_monday_a_holiday_it_ends_on_tuesday_at_0915() -> None:
    office = Calendar(ZAGREB, OFFICE, {date(2026, 3, 9): "Town day"})
    end_at = add_business_minutes(FRIDAY, 30, office)
    assert end_at == local(ZAGREB, 2026, 3, 10, 9, 15)
    assert skipped_holidays(FRIDAY, end_at, office) == ["Town day"]
    assert skipped_holidays(FRIDAY, FRIDAY, office) == []


@pytest.mark.parametrize(
    ("zone", "night", "closing", "minutes_open"),
    [
        (ZAGREB, date(2026, 3, 29), 6, 5 * 60),
        (ZAGREB, date(2026, 10, 25), 6, 7 * 60),
        (NEW_YORK, date(2026, 3, 8), 6, 5 * 60),
        (NEW_YORK, date(2026, 11, 1), 6, 7 * 60),
        (SANTIAGO, date(2026, 9, 6), 6, 5 * 60),
        (SANTIAGO, date(2026, 4, 5), 6, 6 * 60),  # the hour that comes twice belongs to the day before
        (LORD_HOWE, date(2026, 10, 4), 6, 5 * 60 + 30),
        (LORD_HOWE, date(2026, 4, 5), 6, 6 * 60 + 30),
    ],
)
def test_a_night_in_which_the_clocks_change_is_as_long_as_it_was(
    zone: ZoneInfo, night: date, closing: int, minutes_open: int
) -> None:
    nights = Calendar(zone, every_day(hours(0, closing)))
    opening = datetime.combine(night, time(0), tzinfo=zone).astimezone(UTC)
    closes_at = datetime.combine(night, time(closing), tzinfo=zone)
    assert add_business_minutes(opening, minutes_open, nights) == closes_at
    assert add_business_minutes(opening, minutes_open + 1, nights) > closes_at + timedelta(hours=17)


@pytest.mark.parametrize("calendar", [Calendar(ZAGREB, every_day(hours(0, 24))), ALWAYS_OPEN])
@pytest.mark.parametrize(
    ("start_at", "end_at"),
    [
        (local(ZAGREB, 2026, 3, 29, 1, 30), datetime(2026, 3, 29, 2, 30, tzinfo=UTC)),
        (local(ZAGREB, 2026, 10, 25, 2, 30), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
        (local(ZAGREB, 2026, 10, 25, 2, 30).replace(fold=1), datetime(2026, 10, 25, 3, 30, tzinfo=UTC)),
    ],
)
def test_in_such_a_night_a_start_told_in_local_time_is_the_same_instant(
    calendar: Calendar, start_at: datetime, end_at: datetime
) -> None:
    assert add_business_minutes(start_at, 120, calendar) == end_at


def test_a_day_open_until_midnight_ends_at_2400() -> None:
    late = Calendar(ZAGREB, {0: (hours(20, 24),), 1: (hours(0, 2),)})
    monday = local(ZAGREB, 2026, 3, 2, 23, 0)
    assert add_business_minutes(monday, 60, late) == local(ZAGREB, 2026, 3, 3, 0, 0)
    assert add_business_minutes(monday, 90, late) == local(ZAGREB, 2026, 3, 3, 0, 30)


def test_a_holiday_closes_only_its_own_side_of_a_night() -> None:
    night = Calendar(ZAGREB, every_day(hours(0, 6), hours(22, 24)), {date(2026, 3, 3): "Day of rest"})
    evening = local(ZAGREB, 2026, 3, 2, 23, 0)
    assert add_business_minutes(evening, 61, night) == local(ZAGREB, 2026, 3, 4, 0, 1)


def test_a_break_at_noon_does_not_count() -> None:
    split = Calendar(ZAGREB, every_day(hours(9, 12), hours(13, 17)))
    assert add_business_minutes(local(ZAGREB, 2026, 3, 2, 11, 50), 20, split) == local(
        ZAGREB, 2026, 3, 2, 13, 10
    )


def test_no_minutes_end_at_once_or_at_the_next_opening() -> None:
    office = Calendar(ZAGREB, OFFICE)
    inside, outside = local(ZAGREB, 2026, 3, 6, 10, 0), local(ZAGREB, 2026, 3, 6, 17, 0)
    assert add_business_minutes(inside, 0, office) == inside
    assert add_business_minutes(outside, 0, office) == local(ZAGREB, 2026, 3, 9, 9, 0)


def test_hours_that_the_clocks_skip_are_not_counted_twice() -> None:
    split = Calendar(
        ZAGREB, every_day(OpenHours(time(1), time(2, 45)), OpenHours(time(3), time(5)))
    )  # 02:00 to 03:00 is skipped on this night
    start = local(ZAGREB, 2026, 3, 29, 1, 0)
    open_min = 60 + 120
    assert add_business_minutes(start, open_min, split) == local(ZAGREB, 2026, 3, 29, 5, 0)


def test_a_calendar_that_never_opens_says_so() -> None:
    with pytest.raises(CalendarError):
        add_business_minutes(FRIDAY, 30, Calendar(ZAGREB))
    with pytest.raises(CalendarError):
        add_business_minutes(FRIDAY, 30, Calendar(ZAGREB, {0: (hours(17, 9),)}))


def test_day_and_night_is_plain_addition() -> None:
    assert add_business_minutes(FRIDAY, 90.5, ALWAYS_OPEN) == FRIDAY + timedelta(minutes=90.5)


CALENDARS = st.builds(
    Calendar,
    st.sampled_from([ZAGREB, NEW_YORK, LORD_HOWE]),
    st.dictionaries(
        st.integers(0, 6),
        st.sampled_from(
            [(hours(9, 17),), (hours(0, 24),), (hours(1, 3), hours(4, 5)), (hours(22, 24),), (hours(2, 4),)]
        ),
        min_size=3,
    ),
    st.dictionaries(
        st.sampled_from([date(2026, 3, 30), date(2026, 3, 8), date(2026, 10, 26)]), st.just("off"), max_size=2
    ),
)
STARTS = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from(
        [
            datetime(2026, 3, 7, tzinfo=UTC),
            datetime(2026, 3, 28, tzinfo=UTC),
            datetime(2026, 4, 4, tzinfo=UTC),
            datetime(2026, 10, 3, tzinfo=UTC),
            datetime(2026, 10, 24, tzinfo=UTC),
            datetime(2026, 10, 31, tzinfo=UTC),
        ]
    ),
    st.integers(0, 2 * 24 * 60),
)


def is_open(at: datetime, calendar: Calendar) -> bool:
    """By the clock on the wall, minute for minute."""
    wall = at.astimezone(calendar.zone)
    if wall.date() in calendar.holidays:
        return False
    return any(
        each.since <= wall.time() and (each.until is None or wall.time() < each.until)
        for each in calendar.hours.get(wall.weekday(), ())
    )


def counted_by_hand(at: datetime, minutes: int, calendar: Calendar) -> datetime:
    while True:
        if is_open(at, calendar):
            if minutes == 0:
                return at
            minutes -= 1
            if minutes == 0:
                return at + timedelta(minutes=1)
        at += timedelta(minutes=1)


@settings(max_examples=60, deadline=None)
@given(STARTS, st.integers(0, 240), CALENDARS)
def test_the_sum_is_what_counting_minutes_on_the_wall_clock_gives(
    start_at: datetime, minutes: int, calendar: Calendar
) -> None:
    assert add_business_minutes(start_at, minutes, calendar) == counted_by_hand(start_at, minutes, calendar)


@settings(max_examples=100, deadline=None)
@given(STARTS, st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 3000), CALENDARS)
def test_later_starts_and_longer_spans_never_end_earlier(
    start_at: datetime, minutes: int, more: int, later_min: int, calendar: Calendar
) -> None:
    end_at = add_business_minutes(start_at, minutes, calendar)
    assert end_at >= start_at
    assert add_business_minutes(start_at, minutes + more, calendar) >= end_at
    assert add_business_minutes(start_at + timedelta(minutes=later_min), minutes, calendar) >= end_at
