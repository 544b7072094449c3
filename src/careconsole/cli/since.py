"""`--since`: from when on something is counted, as people say it."""

from __future__ import annotations

import argparse
import re
from datetime import datetime, timedelta

from careconsole.model.instant import parse_rfc3339

_SPAN = re.compile(r"(\d{1,5})(m|h|d|w)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WAYS = "for example 7d, 24h, 90m, today, 2026-11-01 or 2026-11-01T09:00:00Z"


def since(text: str) -> str:
    """The text, if it names a time; argparse's complaint if it does not."""
    try:
        since_at(text, datetime.now().astimezone())
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!a} names no time ({error}); {_WAYS}") from None
    return text


def since_at(text: str, now: datetime) -> datetime:
    """The instant that a text names, seen from an aware `now`, whose zone holds for days. Raises ValueError."""
    if text == "today":
        return now.replace(hour=0, minute=0, second=0, microsecond=0)
    if found := _SPAN.fullmatch(text):
        return _before(now, timedelta(**{_UNITS[found[2]]: int(found[1])}))
    if _DAY.fullmatch(text):
        return datetime.fromisoformat(text).replace(tzinfo=now.tzinfo)
    return parse_rfc3339(text)


def _before(now: datetime, span: timedelta) -> datetime:
    earliest = datetime(1970, 1, 2, tzinfo=now.tzinfo)
    return max(now - span, earliest) if now - earliest > span else earliest
