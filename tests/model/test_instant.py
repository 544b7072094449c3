"""Times from outside are RFC 3339 or refused; times of ours come back as they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.model.instant import from_us, parse_rfc3339, rfc3339, rfc3339_seconds, rfc3339_us, to_us

NOON = datetime(2026, 3, 1, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-03-01T12:05:00Z", NOON),
        ("2026-03-01t12:05:00z", NOON),
        ("2026-03-01 12:05:00Z", NOON),
        ("2026-03-01T12:05:00+00:00", NOON),
        ("2026-03-01T12:05:00-00:00", NOON),
        ("2026-03-01T13:05:00+01:00", NOON),
        ("2026-03-01T06:35:00-05:30", NOON),
        ("2026-03-02T12:04:00+23:59", NOON),
        ("2026-03-01T12:05:00.5Z", NOON.replace(microsecond=500_000)),
        ("2026-03-01T12:05:00.000001Z", NOON.replace(microsecond=1)),
        ("2026-03-01T12:05:00.123456789Z", NOON.replace(microsecond=123_456)),
        ("2026-03-01T12:05:00.12345678901234567890Z", NOON.replace(microsecond=123_456)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2017-01-01T00:59:60.25+01:00", datetime(2017, 1, 1, 0, 0, 0, 250_000, tzinfo=UTC)),
        ("2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=UTC)),
        ("2999-12-31T23:59:59-23:59", datetime(3000, 1, 1, 23, 58, 59, tzinfo=UTC)),
    ],
)
def test_rfc_3339_is_read(text: str, at: datetime) -> None:
    read = parse_rfc3339(text)
    assert read == at
    assert read.utcoffset() == timedelta()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-03-01",
        "2026-03-01T12:05Z",
        "2026-03-01T12:05:00",
        "2026-3-1T12:05:00Z",
        "26-03-01T12:05:00Z",
        "2026-03-01T12:05:00.Z",
        "2026-03-01T12:05:00+0100",
        "2026-03-01T12:05:00+01",
        "2026-03-01T12:05:00Z ",
        "2026-03-01T12:05:00Z\n",
        "2026-02-30T12:05:00Z",
        "2023-02-29T12:05:00Z",
        "2026-13-01T12:05:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T12:60:00Z",
        "2026-03-01T12:05:61Z",
        "2026-03-01T12:05:00+24:00",
        "2026-03-01T12:05:00+01:60",
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:30:00+01:00",
        "3000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
        "٢٠٢٦-03-01T12:05:00Z",
    ],
)
def test_what_is_no_time_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^the (time|year|offset)"):
        parse_rfc3339(text)


OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1970, 1, 3), datetime(2999, 12, 29), timezones=OFFSETS)  # noqa: DTZ001


@given(TIMES)
def test_every_time_survives_text_and_storage(at: datetime) -> None:
    assert parse_rfc3339(rfc3339(at)) == at
    assert parse_rfc3339(at.isoformat()) == at
    assert from_us(to_us(at)) == at
    assert rfc3339_us(to_us(at)) == rfc3339(at)
    assert rfc3339(at).endswith("Z")


@given(TIMES, TIMES)
def test_stored_times_are_ordered_as_the_times_are(one: datetime, other: datetime) -> None:
    assert (to_us(one) < to_us(other)) == (one < other)


def test_a_fraction_is_printed_only_if_there_is_one() -> None:
    assert rfc3339(NOON) == "2026-03-01T12:05:00Z"
    assert rfc3339(NOON.replace(microsecond=20)) == "2026-03-01T12:05:00.000020Z"
    assert rfc3339_seconds(to_us(NOON.replace(microsecond=999_999))) == "2026-03-01T12:05:00Z"


def test_a_time_without_zone_cannot_be_stored() -> None:
    with pytest.raises(TypeError):
        to_us(datetime(2026, 3, 1))  # noqa: DTZ001
