"""What networks say about waiting, in all the spellings that they use."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from careconsole.channels.contract import PollBudget
from careconsole.model.instant import parse_rfc3339

SHORTEST_WAIT_S = 1.0
LONGEST_WAIT_S = 3600.0

_EPOCH_FROM = 1_000_000_000
"""Numbers above it are seconds since 1970, those below it seconds from now."""
_EPOCH_MS_FROM = 1_000_000_000_000
_RESETS = ("x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset")
_LIMITS = ("x-ratelimit-limit", "ratelimit-limit", "x-rate-limit-limit")
_REMAINING = ("x-ratelimit-remaining", "ratelimit-remaining", "x-rate-limit-remaining")
_USAGE = ("x-business-use-case-usage", "x-app-usage")


def wait_s(headers: Mapping[str, str], body: bytes, now: datetime) -> float | None:
    """Seconds that the network asks us to wait, within 1 s and 1 h; None if it does not say.

    `headers` finds names in any case, as httpx does. In order: Retry-After (seconds or a date), a delay in the
    JSON body, the reset of the rate limit (seconds since 1970, seconds from now, or RFC 3339), and the minutes
    of a usage header. Absolute times are read against the network's own Date header.
    """
    there = _their_now(headers, now)
    for found in (
        _retry_after(headers, there),
        _in_body(body),
        _reset_in_s(headers, there),
        _in_usage(headers),
    ):
        if found is not None:
            return min(max(found, SHORTEST_WAIT_S), LONGEST_WAIT_S)
    return None


def budget_in(headers: Mapping[str, str], now: datetime) -> PollBudget | None:
    """The budget that headers tell; None unless limit, remaining and reset are all there."""
    limit, remaining = _number(_first(headers, _LIMITS)), _number(_first(headers, _REMAINING))
    reset = _reset_in_s(headers, _their_now(headers, now))
    if limit is None or remaining is None or reset is None:
        return None
    return PollBudget(int(limit), int(remaining), min(max(reset, 0.0), LONGEST_WAIT_S))


def _first(headers: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((headers[name] for name in names if name in headers), None)


def _their_now(headers: Mapping[str, str], now: datetime) -> datetime:
    return http_date(headers.get("date")) or now


def http_date(text: str | None) -> datetime | None:
    """The time in a date header; None if it is none."""
    try:
        at = parsedate_to_datetime(text or "")
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _number(value: Any) -> float | None:
    """A finite number of a sane size in a header or body, else None."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and abs(number) < 1e15 else None


def _retry_after(headers: Mapping[str, str], there: datetime) -> float | None:
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None:
        return seconds
    at = http_date(text)
    return (at - there).total_seconds() if at else None


def _reset_in_s(headers: Mapping[str, str], there: datetime) -> float | None:
    text = _first(headers, _RESETS)
    number = _number(text)
    if number is not None:
        return _from_now(number, there)
    try:
        return (parse_rfc3339((text or "").strip()) - there).total_seconds()
    except ValueError:
        return None


def _from_now(number: float, there: datetime) -> float:
    if number >= _EPOCH_MS_FROM:
        number /= 1000
    return number - there.timestamp() if number >= _EPOCH_FROM else number


def _in_body(body: bytes) -> float | None:
    record = _object(body)
    inner = record.get("parameters")
    for place in (record, inner if isinstance(inner, dict) else {}):
        milliseconds, seconds = _number(place.get("retry_after_ms")), _number(place.get("retry_after"))
        if milliseconds is not None:
            return milliseconds / 1000
        if seconds is not None:
            return seconds
    return None


def _in_usage(headers: Mapping[str, str]) -> float | None:
    """The longest wait that a header of used-up percentages tells, in its minutes."""
    usage = _object((_first(headers, _USAGE) or "").encode())
    minutes = [found for each in _objects_in(usage) if (found := _minutes(each)) is not None]
    return max(minutes) * 60 if minutes else None


def _minutes(record: dict[str, Any]) -> float | None:
    return _number(record.get("estimated_time_to_regain_access"))


def _objects_in(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield record
    for value in record.values():
        if isinstance(value, list):
            yield from (each for each in value if isinstance(each, dict))


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object in some bytes; an empty one if there is none."""
    try:
        record = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}
