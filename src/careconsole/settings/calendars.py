"""The calendar of an account, from its table in the settings."""

from __future__ import annotations

import re
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from careconsole.model.calendar import Calendar, OpenHours
from careconsole.settings.faults import Fault, dotted, shown, wrong_value
from careconsole.settings.known import DAYS

_STRETCH = re.compile(r"\s*(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)\s*", re.ASCII)
_DAY_MIN = 24 * 60
_WHOLE_DAY = (0, _DAY_MIN)
_MOST_HOLIDAYS = 1_000

Minutes = tuple[int, int]
"""A stretch of one day, in minutes since its midnight."""


def calendar_of(table: Any, path: Sequence[str], longest_target_min: int) -> Calendar:
    """The calendar that a `[calendar.ACCOUNT]` table describes; raises Fault.

    A calendar that never opens, or too seldom for the longest target to be reached, is refused.
    """
    if not isinstance(table, dict):
        raise wrong_value(path, table, "a table")
    zone_name, zone = _zone(table.get("zone", "UTC"), (*path, "zone"))
    hours = _hours(table["hours"], (*path, "hours")) if "hours" in table else None
    holidays = _holidays(table.get("holidays", []), (*path, "holidays"))
    stretches = {day: [_WHOLE_DAY] for day in range(7)} if hours is None else hours
    _check_opens(stretches, holidays, path, longest_target_min)
    return Calendar(
        zone=zone,
        hours={day: tuple(map(_open_hours, found)) for day, found in stretches.items() if found},
        holidays=holidays,
        always_open=hours is None and not holidays,
        zone_name=zone_name,
    )


def _zone(name: Any, path: Sequence[str]) -> tuple[str, tzinfo]:
    if not isinstance(name, str) or not name:
        raise wrong_value(path, name, "the name of a time zone, for example Europe/Zagreb")
    if name == "UTC":
        return name, UTC
    try:
        return name, zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        pass
    zones = zoneinfo.available_timezones()
    if not zones:
        raise Fault(path, "This machine has no time zones; install its package tzdata, or use UTC.")
    like = get_close_matches(name, sorted(zones), n=1, cutoff=0.0)[0]
    raise Fault(path, f"{dotted(path)} is {shown(name)}, which is no time zone; did you mean {like}?")


def _hours(table: Any, path: Sequence[str]) -> dict[int, list[Minutes]]:
    if not isinstance(table, dict):
        raise wrong_value(path, table, 'a table of days, for example mon = "09:00-17:00"')
    return {list(DAYS).index(day): _day(value, (*path, day)) for day, value in table.items()}


def _day(value: Any, path: Sequence[str]) -> list[Minutes]:
    given = value if isinstance(value, list) else [value]
    stretches = sorted(_stretch(one, path) for one in given)
    for earlier, later in pairwise(stretches):
        if later[0] < earlier[1]:
            raise Fault(
                path, f"{dotted(path)} has hours that overlap: {_clock(earlier)} and {_clock(later)}."
            )
    return stretches


def _stretch(value: Any, path: Sequence[str]) -> Minutes:
    found = _STRETCH.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise wrong_value(path, value, 'text as "09:00-17:00", or a list of such')
    hour, minute, end_hour, end_minute = map(int, found.groups())
    since, until = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or since >= _DAY_MIN or until > _DAY_MIN:
        raise wrong_value(path, value, "within 00:00-24:00")
    if until <= since:
        raise Fault(
            path,
            f"{dotted(path)} is {shown(value)}, which ends before it begins; write a night as two stretches, "
            "until 24:00 and from 00:00 of the next day.",
        )
    return since, until


def _clock(stretch: Minutes) -> str:
    return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in stretch)


def _open_hours(stretch: Minutes) -> OpenHours:
    since, until = stretch
    return OpenHours(time(*divmod(since, 60)), None if until == _DAY_MIN else time(*divmod(until, 60)))


def _holidays(value: Any, path: Sequence[str]) -> dict[date, str]:
    if isinstance(value, dict):
        holidays = {_date(day, path): _name(name, (*path, day)) for day, name in value.items()}
    elif isinstance(value, list):
        holidays = {_date(day, path): "" for day in value}
    else:
        raise wrong_value(path, value, "a list of dates, or a table of date = name")
    if len(holidays) > _MOST_HOLIDAYS:
        raise Fault(
            path, f"{dotted(path)} holds {len(holidays)} days; at most {_MOST_HOLIDAYS} are possible."
        )
    return {day: name or "holiday" for day, name in holidays.items()}


def _date(value: Any, path: Sequence[str]) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Fault(path, f"{dotted(path)} holds {shown(value)}; a holiday is a date, for example 2026-12-25.")


def _name(value: Any, path: Sequence[str]) -> str:
    if not isinstance(value, str):
        raise wrong_value(path, value, "the name of the holiday")
    return value


def _check_opens(
    stretches: Mapping[int, Iterable[Minutes]],
    holidays: Iterable[date],
    path: Sequence[str],
    longest_target_min: int,
) -> None:
    """Refuse a calendar in which the longest target would take more than about three years."""
    open_min = {day: sum(until - since for since, until in found) for day, found in stretches.items()}
    a_year_min = 52 * sum(open_min.values())
    if not a_year_min:
        raise Fault(path, f"{dotted(path)} never opens; give hours for at least one day.")
    closed_min: dict[int, int] = defaultdict(int)
    for day in holidays:
        closed_min[day.year] += open_min.get(day.weekday(), 0)
    if a_year_min - max(closed_min.values(), default=0) < longest_target_min / 3:
        raise Fault(
            path,
            f"{dotted(path)} opens so seldom that a target of {longest_target_min} minutes would not be reached "
            "in years; give it more hours.",
        )
