"""Business hours: when a clock runs, where a number of business minutes ends, and how long a span is in them.

F08, product.md 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

_FARTHEST_DAYS = 366 * 5


class CalendarError(ValueError):
    """The calendar never opens, so no promise can fall due."""


@dataclass(frozen=True, slots=True)
class OpenHours:
    """One stretch of opening on a weekday, local wall time; `until` None means midnight at its end."""

    since: time
    until: time | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening hours per weekday (Monday 0), holidays by name, in one time zone."""

    zone: tzinfo = UTC
    hours: Mapping[int, tuple[OpenHours, ...]] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)
    always_open: bool = False
    zone_name: str = "UTC"

    def stretches(self, start_at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open stretches in UTC that end after `start_at`, in order.

        Each is computed from local wall time, so a daylight-saving night is as long as it really was: a time that
        the clocks skip counts as the same span after it, and no minute counts twice.
        """
        reached_at = start_at
        day = start_at.astimezone(self.zone).date() - timedelta(days=1)
        for _ in range(_FARTHEST_DAYS):
            if day not in self.holidays:
                for open_hours in self.hours.get(day.weekday(), ()):
                    since_at = self._instant(day, open_hours.since)
                    until_at = (
                        self._instant(day, open_hours.until)
                        if open_hours.until is not None
                        else self._instant(day + timedelta(days=1), time(0))
                    )
                    since_at = max(since_at, reached_at)
                    if until_at > since_at:
                        yield since_at, until_at
                        reached_at = until_at
            day += timedelta(days=1)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)


ALWAYS_OPEN = Calendar(always_open=True)


def add_business_minutes(start_at: datetime, minutes: float, calendar: Calendar) -> datetime:
    """The instant, in UTC, at which so many open minutes have passed since `start_at`, told in any zone.

    Zero minutes outside hours end at the next opening. Raises CalendarError if the calendar does not open
    for that long within five years.
    """
    start_at = start_at.astimezone(
        UTC
    )  # in another zone Python adds wall time, in a night of change an hour off
    if calendar.always_open:
        return start_at + timedelta(minutes=minutes)
    left = timedelta(minutes=minutes)
    for since_at, until_at in calendar.stretches(start_at):
        if left < until_at - since_at or (left == until_at - since_at and left):
            return since_at + left
        left -= until_at - since_at
    raise CalendarError("The calendar has no opening hours left in the next five years.")


def business_span(start_at: datetime, end_at: datetime, calendar: Calendar) -> timedelta:
    """How long the calendar was open between two instants; nothing if the second is not the later one."""
    if calendar.always_open:
        return max(end_at - start_at, timedelta())
    span = timedelta()
    for since_at, until_at in calendar.stretches(start_at):
        if since_at >= end_at:
            break
        span += min(until_at, end_at) - since_at
    return span


def calendar_of(kept: Mapping[str, Any]) -> Calendar:
    """The calendar that the record and the event log keep of one; KeyError, ValueError or OSError if it is none."""
    hours = {
        int(day): tuple(
            OpenHours(time.fromisoformat(since), None if until == "24:00" else time.fromisoformat(until))
            for since, until in spans
        )
        for day, spans in kept["hours"].items()
    }
    holidays = {date.fromisoformat(day): name for day, name in kept["holidays"].items()}
    name = kept["zone"]
    return Calendar(UTC if name == "UTC" else ZoneInfo(name), hours, holidays, kept["always"], name)


def skipped_holidays(start_at: datetime, end_at: datetime, calendar: Calendar) -> list[str]:
    """Names of the holidays between two instants, as the SLA line shows them."""
    first, last = start_at.astimezone(calendar.zone).date(), end_at.astimezone(calendar.zone).date()
    return [name for day, name in sorted(calendar.holidays.items()) if first <= day <= last]
