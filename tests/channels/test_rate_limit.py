"""How long a network asks us to wait, in every spelling."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from careconsole.channels.contract import PollBudget
from careconsole.channels.rate_limit import budget_in, wait_s

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({"Retry-After": "7"}, b"", 7),
        ({"Retry-After": "0"}, b"", 1),
        ({"Retry-After": "-5"}, b"", 1),
        ({"Retry-After": "2.5"}, b"", 2.5),
        ({"Retry-After": "86400"}, b"", 3600),
        ({"Retry-After": "Sun, 01 Mar 2026 12:01:30 GMT"}, b"", 90),
        ({"Retry-After": "Sun, 01 Mar 2026 11:00:00 GMT"}, b"", 1),
        ({"Retry-After": "Sun, 01 Mar 2026 12:01:30 GMT", "Date": "Sun, 01 Mar 2026 12:01:00 GMT"}, b"", 30),
        ({"Retry-After": "soon"}, b"", None),
        ({"Retry-After": "nan"}, b"", None),
        ({"Retry-After": "1e400"}, b"", None),
        ({"X-RateLimit-Reset": str(EPOCH + 40)}, b"", 40),
        ({"X-RateLimit-Reset": str((EPOCH + 40) * 1000)}, b"", 40),
        ({"x-rate-limit-reset": str(EPOCH + 41)}, b"", 41),
        ({"ratelimit-reset": str(EPOCH + 42)}, b"", 42),
        ({"RateLimit-Reset": "43"}, b"", 43),
        ({"X-RateLimit-Reset": "2026-03-01T12:00:44.000000Z"}, b"", 44),
        ({"X-RateLimit-Reset": "2026-03-01T13:00:45+01:00"}, b"", 45),
        ({"X-RateLimit-Reset": "2026-03-01T12:00:46Z", "Date": "Sun, 01 Mar 2026 12:00:40 GMT"}, b"", 6),
        ({"X-RateLimit-Reset": "tomorrow"}, b"", None),
        ({}, b'{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":4410}', 4.41),
        ({}, b'{"ok":false,"parameters":{"retry_after":5}}', 5),
        ({}, b'{"retry_after":6}', 6),
        ({}, b'{"retry_after_ms":true}', None),
        ({}, b'{"error":"rate limit reached"}', None),
        ({}, b"[1]", None),
        ({}, b"<html>", None),
        ({}, b"[" * 100_000, None),
        (
            {
                "X-Business-Use-Case-Usage": '{"17":[{"type":"pages","call_count":100,'
                '"estimated_time_to_regain_access":3},{"estimated_time_to_regain_access":2}]}'
            },
            b"",
            180,
        ),
        ({"X-App-Usage": '{"call_count":100,"estimated_time_to_regain_access":1}'}, b"", 60),
        ({"X-App-Usage": "100"}, b"", None),
        ({}, b"", None),
        ({"Retry-After": "9", "X-RateLimit-Reset": str(EPOCH + 40)}, b'{"retry_after_ms":1}', 9),
    ],
)
def test_the_wait_in_every_spelling(headers: dict[str, str], body: bytes, seconds: float | None) -> None:
    assert wait_s(httpx.Headers(headers), body, NOW) == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize(
    ("headers", "budget"),
    [
        (("300", "299", str(EPOCH + 60)), PollBudget(300, 299, 60)),
        (("300", "0", "2026-03-01T12:05:00.123Z"), PollBudget(300, 0, 300.123)),
        (("300", "12", str(EPOCH - 60)), PollBudget(300, 12, 0)),
        (("300", "12", "never"), None),
        (("many", "12", "60"), None),
        (("300", "", "60"), None),
    ],
)
def test_the_budget_in_headers(headers: tuple[str, str, str], budget: PollBudget | None) -> None:
    names = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
    assert budget_in(httpx.Headers(dict(zip(names, headers, strict=True))), NOW) == budget


def test_no_headers_no_budget() -> None:
    assert budget_in(httpx.Headers(), NOW) is None
