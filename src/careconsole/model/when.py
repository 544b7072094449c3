"""A time as people type it: `2h`, `9:00`, `tomorrow 9`, `9am fri`, `24 dec 14:00`, `24.12.`, `2026-12-24 9:00`.

English words, in any case; blanks where people leave them. A time of day is read in the zone that is handed in, a
span of hours and minutes is real time, and one of days and weeks keeps the time of day. Without a time of day a date
means nine in the morning. What is read lies always ahead. A second day behind a time is no note: that is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

EXAMPLES = "2h, 9:00, tomorrow 9, fri 9:30, 24 dec, 24.12. 14:00"
FARTHEST_DAYS = 366 * 2
MORNING, EVENING = time(9), time(20)


@dataclass(frozen=True, slots=True)
class Read:
    """A time that was read, and the words behind it."""

    at: datetime
    """In UTC, after the `now` that was handed in."""
    rest: str


@dataclass(frozen=True, slots=True)
class NotRead:
    """There is no such time: a sentence says what is wrong and gives an example."""

    sentence: str


class _Fault(Exception):
    """What is wrong, as a sentence without an example."""


@dataclass(frozen=True, slots=True)
class _Now:
    """Now, in the zone in which times of day are meant."""

    at: datetime
    zone: tzinfo

    @property
    def local(self) -> datetime:
        return self.at.astimezone(self.zone)

    @property
    def today(self) -> date:
        return self.local.date()


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = "january february march april may june july august september october november december".split()
_LONGER = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_DAY_OF = {
    **{name: n for n, name in enumerate(_DAYS)},
    **{name[:3]: n for n, name in enumerate(_DAYS)},
    **_LONGER,
}
_MONTH_OF = {name: n for n, name in enumerate(_MONTHS, 1)}
_MONTH_OF |= {name[:3]: n for n, name in enumerate(_MONTHS, 1)} | {"sept": 9}

_END = r"(?=$|[\s,;]|:(?:\s|$))"
_HALF = r"[ap]\.?m\.?"
_CLOCK = (
    rf"(?:(?P<h>\d{{1,2}}):(?P<m>\d\d)(?!\d)\s*(?P<half>{_HALF})?|(?P<h12>\d{{1,2}})\s*(?P<half12>{_HALF})"
    "|(?P<word>noon|midnight))"
)
_WEEKDAY = "|".join(sorted(_DAY_OF, key=len, reverse=True))
_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_HOUR = rf"(?P<hour>\d{{1,2}})(?![\d.]|\s*(?:{_MONTH})\b)"
_AT = rf"(?:(?:[\s,]+(?:at\s+)?|T)(?:{_CLOCK}|{_HOUR}){_END})?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_UNIT = r"minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w"
_FLAGS = re.ASCII | re.IGNORECASE
_LEAD = re.compile(r"(?:in\s+|\+\s*)?", _FLAGS)
_UNIT_END = rf"(?:(?![a-z\d])|(?=(?:\d{{1,5}}(?:{_UNIT}))+(?![a-z\d])))"
_SPAN_PART = re.compile(
    rf"\s*(\d{{1,5}}(?:[.,]\d{{1,3}})?)\s*(?:({_UNIT}){_UNIT_END}|h(?P<more>\d\d)(?!\w))", _FLAGS
)
_UNIT_MIN = {"m": 1, "h": 60, "d": 1440, "w": 7 * 1440}


def read_when(words: str, now: datetime, zone: tzinfo) -> Read | NotRead:
    """The time that the words begin with, and the rest of them; as much is taken for the time as can be."""
    text = re.sub(r"\s", " ", words).strip()
    here = _Now(now.astimezone(UTC), zone)
    if not text:
        return NotRead(f"Type when it comes back, for example {EXAMPLES}.")
    try:
        for pattern, meaning in _FORMS:
            if found := pattern.match(text):
                return _ahead(meaning(found, here), _rest(text, found.end()), here)
        if span := _span(text, here):
            return _ahead(span[0], _rest(text, span[1]), here)
    except (_Fault, OverflowError) as fault:
        why = str(fault) if isinstance(fault, _Fault) else "That is too far away."
        return NotRead(f"{why} For example: {EXAMPLES}.")
    return NotRead(f"The time is not understood. It stands first, for example {EXAMPLES}.")


def _rest(text: str, end: int) -> str:
    """What stands behind a time; behind a semicolon or a colon it may be anything."""
    if other := _ANOTHER_DAY.match(text, end):
        said, day = text[:end], other[0].lstrip(" ,")
        raise _Fault(f'"{said}" and "{day}" are two times; type one, and ";" before a note.')
    return text[end:].lstrip(" ,;:")


def _ahead(at: datetime, rest: str, now: _Now) -> Read:
    if at <= now.at:
        raise _Fault(f"{_said(at, now)} is over; it is {now.local:%H:%M} there.")
    if at - now.at > timedelta(days=FARTHEST_DAYS):
        raise _Fault("That is more than two years away.")
    return Read(at, rest)


def _said(at: datetime, now: _Now) -> str:
    local = at.astimezone(now.zone)
    return f"{local:%H:%M}" if local.date() == now.today else f"{local:%Y-%m-%d %H:%M}"


# Spans


def _span(text: str, now: _Now) -> tuple[datetime, int] | None:
    """The end of a span such as `2h`, `1h 30m`, `+3d` or `in 2 weeks`, and where its words end."""
    lead = _LEAD.match(text)
    begin = end = lead.end() if lead else 0
    days, minutes, smallest_min = 0.0, 0.0, math.inf
    while part := _SPAN_PART.match(text, end):
        unit_min = _UNIT_MIN[(part[2] or "h")[0].lower()]
        if unit_min >= smallest_min:  # 2h 3 days: that is a note
            break
        number, end, smallest_min = float(part[1].replace(",", ".")), part.end(), unit_min
        if unit_min >= 1440:
            days += number * unit_min / 1440
        else:
            minutes += number * unit_min + int(part["more"] or 0)
    if end == begin or text[end : end + 1].isalnum():
        return None
    if not days and not minutes:
        raise _Fault("That is now.")
    if days + minutes / 1440 > FARTHEST_DAYS:
        raise _Fault("That is more than two years away.")
    whole_days = int(days)
    minutes += (days - whole_days) * 1440
    local = now.local
    day = local.date() + timedelta(days=whole_days)
    at = _instant(day, local.time(), now) if whole_days else now.at
    return at + timedelta(minutes=minutes), end


# Times of day and dates


def _clock(found: re.Match[str]) -> time | None:
    """The time of day in a match; None if there is none."""
    parts = found.groupdict()
    if parts.get("word"):
        return time(12) if parts["word"].lower() == "noon" else time(0)
    given = parts.get("h") or parts.get("h12") or parts.get("hour")
    if given is None:
        return None
    hour, minute = int(given), int(parts.get("m") or 0)
    half = parts.get("half") or parts.get("half12")
    if half:
        if not 1 <= hour <= 12:
            raise _Fault(f"{hour} {half[0].lower()}m is no time of day.")
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or minute > 59:
        raise _Fault(f"{hour}:{minute:02} is no time of day; it goes from 0:00 to 23:59.")
    return time(hour, minute)


def _instant(day: date, at: time, now: _Now) -> datetime:
    """When a day's time of day is, in UTC: one that the clocks skip is as much later, of two that are the same the
    first that lies ahead."""
    first = datetime.combine(day, at.replace(fold=0), tzinfo=now.zone).astimezone(UTC)
    second = datetime.combine(day, at.replace(fold=1), tzinfo=now.zone).astimezone(UTC)
    return second if first <= now.at < second else first


def _this_or_later(days: Iterator[date], at: time, now: _Now) -> datetime:
    """The first of some days, in order, on which the time of day lies ahead."""
    return next(instant for day in days if (instant := _instant(day, at, now)) > now.at)


def _each(first: date, step: int) -> Iterator[date]:
    while True:
        yield first
        first += timedelta(days=step)


def _time_alone(found: re.Match[str], now: _Now) -> datetime:
    at = _clock(found)
    assert at is not None
    return _this_or_later(_each(now.today, 1), at, now)


def _day_word(found: re.Match[str], now: _Now) -> datetime:
    at = _clock(found)
    word = found["day"].lower()
    if word == "today" and at is None:
        raise _Fault("Today at what time? Type the time alone, or an hour behind it.")
    if word in ("today", "tonight"):
        return _instant(now.today, at or EVENING, now)
    ahead = 2 if "after" in word else 1
    return _instant(now.today + timedelta(days=ahead), at or MORNING, now)


def _weekday(found: re.Match[str], now: _Now) -> datetime:
    ahead = (_DAY_OF[found["weekday"].lower()] - now.today.weekday()) % 7
    return _this_or_later(_each(now.today + timedelta(days=ahead), 7), _clock(found) or MORNING, now)


def _next_week(found: re.Match[str], now: _Now) -> datetime:
    monday = now.today + timedelta(days=7 - now.today.weekday())
    return _instant(monday, _clock(found) or MORNING, now)


def _named_month(found: re.Match[str], now: _Now) -> datetime:
    return _date(found, _MONTH_OF[found["month"].lower()], now)


def _number_month(found: re.Match[str], now: _Now) -> datetime:
    return _date(found, int(found["month"]), now)


def _date(found: re.Match[str], month: int, now: _Now) -> datetime:
    """A date; without a year the first such day that lies ahead, but for a time of today that is over."""
    at, day = _clock(found) or MORNING, int(found["date"])
    if given := found["year"] or found.groupdict().get("yy"):
        year = int(given) + (2000 if len(given) == 2 else 0)
        return _instant(_day(year, month, day), at, now)
    years = range(now.today.year, now.today.year + 9)
    days = [_day(year, month, day) for year in years if _exists(year, month, day)]
    if not days:
        _day(now.today.year, month, day)
    if days and days[0] == now.today and _instant(now.today, at, now) <= now.at:
        raise _Fault(_over_today(at, now, has_clock=_clock(found) is not None))
    return _this_or_later(iter(days), at, now)


def _over_today(at: time, now: _Now, *, has_clock: bool) -> str:
    """That a time of today is over, and what can be typed for later today or for the next year."""
    local = now.local
    day = f"{local.day} {_MONTHS[local.month - 1][:3]}"
    ways = []
    if local.hour < 23:
        ways.append(f"{day} {max(18, local.hour + 1)}:00")
    if _exists(local.year + 1, local.month, local.day):
        ways.append(f"{day} {local.year + 1}" + (f" {at:%H:%M}" if has_clock else ""))
    what = f" Type {' or '.join(ways)}." if ways else ""
    return f"{day} is today, and {at:%H:%M} is over; it is {local:%H:%M} there.{what}"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day(year: int, month: int, day: int) -> date:
    if not _exists(year, month, day):
        month_name = _MONTHS[month - 1].title() if 1 <= month <= 12 else f"month {month}"
        raise _Fault(f"There is no day {day} in {month_name}.")
    return date(year, month, day)


def _two_dates(found: re.Match[str], now: _Now) -> datetime:
    raise _Fault(f"{found['odd']} can be two dates; write the month as a word.")


def _time_or_date(found: re.Match[str], now: _Now) -> datetime:
    raise _Fault(
        f"{found['odd']} can be a time or a date; a time has a colon, a date a second point, and a note a semicolon "
        "before it."
    )


_Meaning = Callable[[re.Match[str], _Now], datetime]
_YEAR = r"(?:,?\s+(?P<year>\d{4})(?!\d))?"
_POINT_YEAR = r"(?:\s?(?P<year>\d{4})(?!\d)|(?P<yy>\d\d)(?![\d:]))?"
_DATE = rf"(?P<date>\d{{1,2}}){_ORDINAL}"
_WORD = r"(?P<day>today|tonight|tomorrow|tmrw?|(?:the\s+)?day\s+after\s+tomorrow)"
_DAY_FORMS: tuple[tuple[str, _Meaning], ...] = (
    (r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<date>\d{1,2})(?!\d)", _number_month),
    (rf"(?P<date>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.{_POINT_YEAR}", _number_month),
    (rf"(?:on\s+)?{_DATE}\.?\s*(?:of\s+)?(?P<month>{_MONTH})\b\.?{_YEAR}", _named_month),
    (rf"(?:on\s+)?(?P<month>{_MONTH})\.?\s*{_DATE}(?!\d){_YEAR}", _named_month),
    (_WORD, _day_word),
    (r"next\s+week", _next_week),
    (rf"(?:on\s+|next\s+|this\s+)?(?P<weekday>{_WEEKDAY})\.?", _weekday),
)
_ODD_FORMS: tuple[tuple[str, _Meaning], ...] = (
    (r"(?P<odd>\d{1,2}/\d{1,2}(?:/\d{2,4})?)", _two_dates),
    (r"(?P<odd>\d{1,2}\.\d{1,2})", _time_or_date),
)
_ODD_BEHIND: tuple[tuple[str, _Meaning], ...] = (
    (r"(?P<odd>(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])(?:/\d{2,4})?)", _two_dates),
    (r"(?P<odd>(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2]))", _time_or_date),
)
_THEN = rf"(?:at\s+)?{_CLOCK}[\s,]+"
_FORMS: tuple[tuple[re.Pattern[str], _Meaning], ...] = tuple(
    (re.compile(pattern + _END, _FLAGS), meaning)
    for pattern, meaning in (
        *((day + _AT, meaning) for day, meaning in _DAY_FORMS),
        *_ODD_FORMS,
        *((_THEN + day, meaning) for day, meaning in (*_DAY_FORMS, *_ODD_BEHIND)),
        (rf"(?:at\s+)?{_HOUR}[\s,]+{_WORD}", _day_word),
        (rf"(?:at\s+)?{_CLOCK}", _time_alone),
    )
)
_UNNAMED = "|".join(re.sub(r"\?P<[a-z]+>", "?:", day) for day, _ in _DAY_FORMS)
_ANOTHER_DAY = re.compile(rf"[\s,]+(?:{_UNNAMED}|next\s+(?:month|year)){_END}", _FLAGS)
"""A day where a note would begin."""
