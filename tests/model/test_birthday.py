"""Birthdays as people type them."""

from __future__ import annotations

import pytest

from careconsole.model.birthday import read_birthday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("", ""),
        ("  ", ""),
        ("24 dec", "12-24"),
        ("24. December 1987", "1987-12-24"),
        ("dec 24, 1987", "1987-12-24"),
        ("24.12.", "12-24"),
        ("24.12.1987", "1987-12-24"),
        ("12-24", "12-24"),
        ("1987-12-24", "1987-12-24"),
        ("29 feb", "02-29"),
        ("29 feb 1987", None),
        ("31.4.", None),
        ("tomorrow", None),
        ("24 foo", None),
        ("0-0", None),
        ("24.12.0000", None),
        ("\u0662\u0664.12.", None),
    ],
)
def test_a_day_is_read_or_refused(words: str, day: str | None) -> None:
    assert read_birthday(words) == day
