"""Why a time moves to the next open minute: only the typed day's own holiday is a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from careconsole.model.calendar import Calendar, OpenHours
from careconsole.model.come_back import ComesBack, Hours, WakeMode, come_back_sentence, read_come_back

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar(
    BERLIN,
    dict.fromkeys(range(5), (OpenHours(time(9), time(17)),)),
    {date(2026, 12, 25): "Christmas"},
    zone_name="Europe/Berlin",
)
HOURS = Hours(CALENDAR, BERLIN, "Europe/Berlin")
NOW = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("24 dec 17:00", "Thu 17:00 is outside opening hours, this"),
        ("25 dec 0:00", "Fri 00:00 is outside opening hours (Christmas), this"),
        ("25 dec 23:30", "Fri 23:30 is outside opening hours (Christmas), this"),
        ("26 dec", "Sat 09:00 is outside opening hours, this"),
    ],
)
def test_a_holiday_is_named_on_its_own_day_only(words: str, reason: str) -> None:
    back = read_come_back(words, NOW, HOURS)
    assert isinstance(back, ComesBack)
    sentence = come_back_sentence(back, WakeMode.WAKE, NOW, HOURS, UTC)
    assert sentence.startswith("Comes back Mon 09:00 (Europe/Berlin), 08:00 here")
    assert reason in sentence
