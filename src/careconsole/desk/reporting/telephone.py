"""The telephone's figures, read from a CSV file that its own system wrote."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from careconsole.model.instant import parse_rfc3339, to_us
from careconsole.model.text_gate import safe_line
from careconsole.store.contract import StoreError

SIZE_LIMIT = 16 * 1024 * 1024
"""Bytes of such a file."""
COLUMNS: Mapping[str, str] = {
    "interval": "when the interval began: 2026-11-01T09:00:00Z, or 2026-11-01 for a whole day",
    "offered": "calls that came in",
    "answered": "calls that a person answered",
    "abandoned": "calls that ended before anybody answered",
    "answered_in_threshold": "of the answered, those within the threshold",
    "threshold_s": "the threshold in seconds, the same in every line",
    "asa_s": "mean wait of the answered in seconds (ASA)",
    "talk_s": "mean talk time of the answered in seconds",
}
"""The columns that the file must have, in any order, and what each holds."""
MORE_COLUMNS: Mapping[str, str] = {
    "abandoned_in_threshold": "of the abandoned, those within the threshold",
    "hold_s": "mean time on hold of the answered in seconds",
    "wrap_up_s": "mean time of the work after the call in seconds",
    "resolved_first": "of the answered, those that were done with the first call",
}
"""The columns that it may have besides; others are passed over."""
_MOST = 10**9


class CallsError(StoreError):
    """The file of the telephone cannot be counted from; a sentence names line and column."""


@dataclass(frozen=True, slots=True)
class Interval:
    """One line of the file. What it has no column for is None."""

    line: int
    at_us: int
    offered: int
    answered: int
    abandoned: int
    answered_in_threshold: int
    threshold_s: Fraction
    asa_s: Fraction
    talk_s: Fraction
    abandoned_in_threshold: int | None = None
    hold_s: Fraction | None = None
    wrap_up_s: Fraction | None = None
    resolved_first: int | None = None


@dataclass(frozen=True, slots=True)
class Calls:
    """All intervals of a window together."""

    intervals: tuple[Interval, ...]
    outside: int = 0
    """Lines of the file that lie outside the window."""

    @property
    def offered(self) -> int:
        """Calls that came in."""
        return sum(each.offered for each in self.intervals)

    @property
    def answered(self) -> int:
        """Calls that were answered."""
        return sum(each.answered for each in self.intervals)

    @property
    def abandoned(self) -> int:
        """Calls that were given up."""
        return sum(each.abandoned for each in self.intervals)

    @property
    def in_threshold(self) -> int:
        """Calls answered within the threshold."""
        return sum(each.answered_in_threshold for each in self.intervals)

    @property
    def threshold_s(self) -> Fraction | None:
        """The threshold; None where there is no interval."""
        return self.intervals[0].threshold_s if self.intervals else None

    def counted(self, name: str) -> int | None:
        """The sum of a column of whole numbers that need not be there."""
        values = [getattr(each, name) for each in self.intervals]
        return None if None in values or not values else sum(values)

    def mean_s(self, *names: str) -> Fraction | None:
        """The mean of these times of an answered call together, each interval by its answered calls; None without any."""
        columns = [[getattr(each, name) for each in self.intervals] for name in names]
        if not self.answered or any(None in column for column in columns):
            return None
        whole = sum(
            sum(values) * each.answered
            for each, values in zip(self.intervals, zip(*columns, strict=True), strict=True)
        )
        return Fraction(whole) / self.answered


def read_calls(path: Path, since_us: int, now: datetime) -> Calls:
    """The intervals of a file that began since then. `now`: its zone holds for days. Raises CallsError."""
    name = safe_line(str(path)).text
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise CallsError(f"There is no file {name}.") from None
    except OSError as error:
        raise CallsError(f"{name} cannot be read ({error.strerror}).") from error
    if len(raw) > SIZE_LIMIT:
        raise CallsError(f"{name} is larger than {SIZE_LIMIT} bytes. Take a shorter time.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CallsError(f"{name}, line {line}: this is no text in UTF-8. Save it as CSV in UTF-8.") from None
    intervals = list(_Reading(name, now).intervals(text))
    until_us = to_us(now)
    inside = tuple(each for each in intervals if since_us <= each.at_us < until_us)
    return Calls(inside, len(intervals) - len(inside))


@dataclass(slots=True)
class _Reading:
    """Reads the lines of a file, and says where one is wrong."""

    name: str
    now: datetime

    def intervals(self, text: str) -> Iterator[Interval]:
        """Every line. Raises CallsError."""
        first, _, _ = text.partition("\n")
        is_semicolon = first.count(";") > first.count(",")
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if is_semicolon else ",", strict=True)
        try:
            places = self._places(next(rows, []))
            seen: dict[int, int] = {}
            threshold: Fraction | None = None
            for row in rows:
                if not any(cell.strip() for cell in row):
                    continue
                found = self._interval(rows.line_num, row, places, is_semicolon)
                if found.at_us in seen:
                    self._refuse(rows.line_num, "interval", f"is that of line {seen[found.at_us]} too")
                if threshold not in (None, found.threshold_s):
                    self._refuse(rows.line_num, "threshold_s", "is another one than in the lines before")
                seen[found.at_us], threshold = rows.line_num, found.threshold_s
                yield found
        except csv.Error as error:
            raise CallsError(f"{self.name}, line {rows.line_num}: this is no CSV ({error}).") from error
        if not seen:
            raise CallsError(f"{self.name}: there is no line below the heads of the columns.")

    def _places(self, heads: Sequence[str]) -> dict[str, int]:
        named = [head.strip().casefold() for head in heads]
        for column in (*COLUMNS, *MORE_COLUMNS):
            if named.count(column) > 1:
                raise CallsError(f"{self.name}, line 1: the column {column} is there twice.")
        missing = [column for column in COLUMNS if column not in named]
        if missing:
            raise CallsError(
                f"{self.name}, line 1: the column {missing[0]} is missing ({COLUMNS[missing[0]]}). "
                f"There must be {', '.join(COLUMNS)}; there may be {', '.join(MORE_COLUMNS)}."
            )
        return {column: named.index(column) for column in (*COLUMNS, *MORE_COLUMNS) if column in named}

    def _interval(
        self, line: int, row: Sequence[str], places: Mapping[str, int], is_semicolon: bool
    ) -> Interval:
        def cell(column: str) -> str:
            if places[column] >= len(row):
                self._refuse(line, column, "is missing")
            return row[places[column]].strip()

        def number(column: str) -> int:
            return self._whole(line, column, cell(column))

        def seconds(column: str) -> Fraction:
            text = cell(column)
            return self._seconds(line, column, text.replace(",", ".") if is_semicolon else text)

        found = Interval(
            line,
            self._at_us(line, cell("interval")),
            number("offered"),
            number("answered"),
            number("abandoned"),
            number("answered_in_threshold"),
            seconds("threshold_s"),
            seconds("asa_s"),
            seconds("talk_s"),
            number("abandoned_in_threshold") if "abandoned_in_threshold" in places else None,
            seconds("hold_s") if "hold_s" in places else None,
            seconds("wrap_up_s") if "wrap_up_s" in places else None,
            number("resolved_first") if "resolved_first" in places else None,
        )
        self._check(found)
        return found

    def _check(self, found: Interval) -> None:
        for part, whole in (
            ("answered", "offered"),
            ("abandoned", "offered"),
            ("answered_in_threshold", "answered"),
            ("abandoned_in_threshold", "abandoned"),
            ("resolved_first", "answered"),
        ):
            value = getattr(found, part)
            if value is not None and value > getattr(found, whole):
                self._refuse(found.line, part, f"is {value}, more than {whole} ({getattr(found, whole)})")
        if found.answered + found.abandoned > found.offered:
            self._refuse(found.line, "offered", "is less than answered and abandoned together")

    def _at_us(self, line: int, text: str) -> int:
        try:
            if len(text) == len("2026-11-01"):
                return to_us(datetime.fromisoformat(text).replace(tzinfo=self.now.tzinfo))
            return to_us(parse_rfc3339(text))
        except ValueError as error:
            self._refuse(
                line, "interval", f"{self._shown(text)} names no time ({error}); {COLUMNS['interval']}"
            )

    def _whole(self, line: int, column: str, text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text[:12]) <= _MOST and len(text) < 12):
            self._refuse(line, column, f"{self._shown(text)} is no whole number from 0")
        return int(text)

    def _seconds(self, line: int, column: str, text: str) -> Fraction:
        try:
            value = float(text) if text.isascii() and "_" not in text else math.nan
        except ValueError:
            value = math.nan
        if not 0 <= value <= _MOST:
            self._refuse(line, column, f"{self._shown(text)} is no number of seconds from 0")
        return Fraction(text) if "e" not in text.casefold() else Fraction(value)

    def _shown(self, text: str) -> str:
        return f'"{safe_line(text, max_chars=40).text}"'

    def _refuse(self, line: int, column: str, why: str) -> NoReturn:
        raise CallsError(f"{self.name}, line {line}, column {column}: {why}.")
