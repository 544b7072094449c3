"""A birthday as people type it: `24 dec`, `dec 24 1987`, `24.12.`, `24.12.1987`, `1987-12-24`, `12-24`."""

from __future__ import annotations

import re
from datetime import date

EXAMPLES = "24 dec, 24.12., 1987-12-24"
_MONTHS = "january february march april may june july august september october november december".split()
_LEAP_YEAR = 2000
_SHAPES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.?\s?(?P<year>\d{4})?", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})\.?\s?(?P<name>[a-z]{3,9})\.?,?\s?(?P<year>\d{4})?", re.ASCII),
    re.compile(r"(?P<name>[a-z]{3,9})\.?\s?(?P<day>\d{1,2})(?:,?\s(?P<year>\d{4}))?", re.ASCII),
)


def read_birthday(words: str) -> str | None:
    """The day as `12-24`, or `1987-12-24` with a year; empty for nothing, None if it is no day."""
    text = " ".join(words.casefold().split())
    if not text:
        return ""
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            return _day({name: value for name, value in found.groupdict().items() if value})
    return None


def _day(parts: dict[str, str]) -> str | None:
    month = int(parts["month"]) if "month" in parts else _month(parts["name"])
    year = int(parts.get("year", _LEAP_YEAR))
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError:
        return None
    return f"{day:%Y-%m-%d}" if "year" in parts else f"{day:%m-%d}"


def _month(name: str) -> int:
    """The number of a month by at least three letters of its name, 0 if it is none."""
    return next((at for at, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)
