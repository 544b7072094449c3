"""Points in time: RFC 3339 text, aware datetimes, and the microseconds that the record stores."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(?:([Zz])|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_PLAIN = re.compile(
    r"(?:19[7-9]\d|2\d{3})-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3}(?:\d{3})?)?(?:Z|\+00:00)",
    re.ASCII,
)
"""What nearly all programs write: such a time is read at once, any other step by step."""
_LAST_YEAR = 2999
"""Times beyond it are typing errors; refusing them keeps every sum of times inside datetime's range."""


def to_us(at: datetime) -> int:
    """Microseconds since 1970 of an aware datetime."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_us(us: int) -> datetime:
    """The aware UTC datetime of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=us)


def parse_rfc3339(text: str) -> datetime:
    """The aware UTC datetime that an RFC 3339 text names; ValueError with a sentence if it names none."""
    if _PLAIN.fullmatch(text):
        with suppress(ValueError):  # told below
            return datetime.fromisoformat(text)
    found = _RFC3339.fullmatch(text)
    if found is None:
        raise ValueError("the time is not RFC 3339, for example 2026-03-01T12:05:00Z")
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    micro = int((found[7] or "").ljust(9, "0")[:6] or 0)
    if not 1970 <= year <= _LAST_YEAR:
        raise ValueError(f"the year {year} is outside 1970 to {_LAST_YEAR}")
    leap = second == 60
    try:
        local = datetime(year, month, day, hour, minute, 59 if leap else second, micro, tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"the time does not exist: {error}") from None
    offset = timedelta()
    if found[9]:
        if int(found[10]) > 23 or int(found[11]) > 59:
            raise ValueError("the offset from UTC is outside -23:59 to +23:59")
        offset = timedelta(hours=int(found[10]), minutes=int(found[11]))
        offset = -offset if found[9] == "-" else offset
    at = local - offset + timedelta(seconds=1 if leap else 0)
    if at < _EPOCH:
        raise ValueError("the time is before 1970")
    return at


def rfc3339(at: datetime) -> str:
    """RFC 3339 in UTC with Z; a fraction is printed only if there is one."""
    text = at.astimezone(UTC).isoformat()
    return text.removesuffix("+00:00") + "Z"


def rfc3339_us(us: int) -> str:
    """RFC 3339 in UTC with Z of stored microseconds."""
    return rfc3339(from_us(us))


def rfc3339_seconds(us: int) -> str:
    """The same to the second, as sentences for people say it; what programs read keeps the microseconds."""
    return rfc3339(from_us(us).replace(microsecond=0))
