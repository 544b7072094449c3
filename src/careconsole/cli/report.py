"""report and audit: the numbers of a window, and whether they can be trusted."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from careconsole.cli.printing import DONE, REFUSED, one_line, put, put_json, put_json_list, put_table, say
from careconsole.cli.seat import Seat
from careconsole.cli.window import window_since_us
from careconsole.desk.desk import Desk
from careconsole.desk.reporting.advice import CLOCKS_AGREE_US, clock_words
from careconsole.desk.reporting.audit import Audit, Difference, WindowAudit, audit, usual_windows
from careconsole.desk.reporting.books import open_books
from careconsole.desk.reporting.definitions import DEFINITIONS, Unit
from careconsole.desk.reporting.figures import Figure, Key, Value, Window
from careconsole.model.instant import rfc3339_seconds, to_us
from careconsole.store import events

_SECOND_US = 1_000_000
DIMENSIONS = ("account", "channel", "kind", "language", "agent", "hour")
_COLUMNS = ("measure", "of", "name", "value", "unit", "counted", "left_out")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def window_of(desk: Desk, text: str) -> Window:
    """From this time until now. Raises Wrong if it lies ahead."""
    now = desk.now().astimezone()
    return Window(window_since_us(text, now), to_us(now))


async def show_report(seat: Seat, options: argparse.Namespace) -> int:
    """Print every number of a window, or what each means."""
    if options.define:
        return show_definitions()
    async with seat.reading() as desk:
        books = await open_books(desk.store)
        window = window_of(desk, options.since)
        figures = books.count(window)
        await tell_clock(desk)
    rows = [as_row(key, figures[key]) for key in sorted(figures, key=_place)]
    if options.json:
        put_json_list(rows)
    elif options.csv:
        _put_csv(rows)
    else:
        _put_words(figures, window)
    return DONE


async def tell_clock(desk: Desk) -> None:
    """Say so where the host's clock was set back: ages count up to a now that is not."""
    ahead_us = await desk.store.read(events.ahead_us)
    if ahead_us > CLOCKS_AGREE_US:
        say(f"{clock_words(ahead_us)}: set the clock right, and ask again.")


def _place(key: Key) -> tuple[int, str, int]:
    measure, dimension, name = key
    dimensions = ("all", *DIMENSIONS)
    return dimensions.index(dimension), name, list(DEFINITIONS).index(measure)


UNITS = {Unit.SHARE: "share", Unit.COUNT: "", Unit.SECONDS: "s", Unit.DAYS: "days"}
"""The units as a program reads them."""


def as_row(key: Key, figure: Figure) -> dict[str, Any]:
    """One number as a program reads it: seconds and days rounded, shares to a ten-thousandth."""
    measure, dimension, name = key
    unit = DEFINITIONS[measure].unit
    return {
        "measure": measure,
        "of": dimension,
        "name": rfc3339_seconds(int(name)) if dimension == "hour" else name,
        "value": rounded(figure.value, unit),
        "unit": UNITS[unit],
        "counted": figure.of,
        "left_out": dict(sorted(figure.left_out.items())),
    }


def rounded(value: Value, unit: Unit) -> int | float | None:
    """Seconds whole, shares to a ten-thousandth."""
    if value is None:
        return None
    if unit is Unit.SECONDS:
        return round(Fraction(value) / _SECOND_US)
    if unit is Unit.SHARE:
        return round(float(value), 4)
    return int(value) if Fraction(value).denominator == 1 else round(float(value), 2)


def _put_csv(rows: Iterable[Mapping[str, Any]]) -> None:
    """As a spreadsheet reads it; a cell that it would take for a formula begins with a quote."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        left_out = "; ".join(f"{name} {number}" for name, number in row["left_out"].items())
        writer.writerow([csv_cell(row[column]) for column in _COLUMNS[:-1]] + [csv_cell(left_out)])


def csv_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = one_line(value)
    return f"'{text}" if text.startswith(_RISKY) or value.startswith(_RISKY) else text


def _put_words(figures: Mapping[Key, Figure], window: Window) -> None:
    put(f"From {rfc3339_seconds(window.since_us)} to {rfc3339_seconds(window.until_us)}\n")
    table = []
    for measure, definition in DEFINITIONS.items():
        figure = figures.get((measure, "all", ""))
        if figure is not None:
            table.append(
                [definition.title, in_words(figure.value, definition.unit), _aside(figure, definition.unit)]
            )
    put_table(table, right=frozenset({1}))
    for dimension in DIMENSIONS[:-1]:
        _put_dimension(figures, dimension)
    put("\nWhat each number means: careconsole report --define")


def show_definitions() -> int:
    """Print what every number means."""
    for name, each in DEFINITIONS.items():
        put(f"{name}: {each.title}. {each.says}")
    return DONE


_SHOWN = (
    "arrivals",
    "answers",
    "resolutions",
    "backlog",
    "sla_attainment",
    "frt_median",
    "nrt_median",
    "response_rate",
)
_SHOWN_OF_AGENT = ("answers", "resolutions", "nrt_median", "rt_median", "one_touch", "focus", "occupancy")


def _put_dimension(figures: Mapping[Key, Figure], dimension: str) -> None:
    names = sorted({name for _, of, name in figures if of == dimension})
    shown = _SHOWN_OF_AGENT if dimension == "agent" else _SHOWN
    if not names:
        return
    rows = [[f"by {dimension}", *(DEFINITIONS[measure].title for measure in shown), ""]]
    for name in names:
        cells = []
        for measure in shown:
            figure = figures.get((measure, dimension, name))
            cells.append("" if figure is None else in_words(figure.value, DEFINITIONS[measure].unit))
        rows.append([one_line(name, 30) or "-", *cells, ""])
    put("")
    put_table(rows, right=frozenset(range(1, len(shown) + 1)))


def in_words(value: Value, unit: Unit) -> str:
    """A number for people: `1 h 05 min`, `83.3 %`, `2.5`; `-` where there is nothing to count from."""
    if value is None:
        return "-"
    if unit is Unit.SHARE:
        return f"{float(value) * 100:.1f} %"
    if unit is Unit.SECONDS:
        return span_words(round(Fraction(value) / _SECOND_US))
    return f"{value}" if Fraction(value).denominator == 1 else f"{float(value):.1f}"


def span_words(seconds: int) -> str:
    """A span of time: `45 s`, `12 min 05 s`, `3 h 20 min`, `2 d 4 h`."""
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {seconds:02} s"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes:02} min"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h"


def _aside(figure: Figure, unit: Unit) -> str:
    words = [] if unit is Unit.COUNT or figure.of is None else [f"of {figure.of}"]
    words += [
        f"left out: {name.replace('_', ' ')} {number}" for name, number in sorted(figure.left_out.items())
    ]
    return ", ".join(words)


async def show_audit(seat: Seat, options: argparse.Namespace) -> int:
    """Recompute everything by a second route; 1 if anything differs."""
    async with seat.reading() as desk:
        window = window_of(desk, options.since)
        found = await audit(desk.store, usual_windows(window.until_us, window.since_us))
    if options.json:
        put_json(_as_json(found))
    else:
        _put_audit(found)
    if not found.holds:
        say("The audit found something that does not hold; see above.")
    return DONE if found.holds else REFUSED


def _as_json(found: Audit) -> dict[str, Any]:
    return {
        "holds": found.holds,
        "events": found.events,
        "chain": found.chain_fault or "whole",
        "queue": {"waiting": found.queue, "misplaced": found.misplaced},
        "windows": [
            {
                "since": rfc3339_seconds(each.window.since_us),
                "until": rfc3339_seconds(each.window.until_us),
                "numbers": each.numbers,
                "differences": [_difference(one) for one in each.differences],
                "littles_law": {
                    "arrivals": each.arrivals,
                    "integral_s": round(each.integral_us / _SECOND_US),
                    "waited_s": round(each.waited_us / _SECOND_US),
                    "holds": each.integral_us == each.waited_us,
                },
            }
            for each in found.windows
        ],
    }


def _difference(one: Difference) -> dict[str, Any]:
    measure, dimension, name = one.key
    return {
        "measure": measure,
        "of": dimension,
        "name": name,
        "ledger": _said(one.ledger),
        "plain": _said(one.plain),
    }


def _said(value: tuple[Value, int] | None) -> str:
    return "no such number" if value is None else f"{value[0]} of {value[1]}"


def _put_audit(found: Audit) -> None:
    if found.chain_fault:
        put(f"Event log: {found.chain_fault}. From a log that is not whole nothing is counted.")
        return
    put(f"Event log: whole, {found.events:,} events.")
    for each in found.windows:
        _put_window(each)
    if found.misplaced:
        for sentence in found.misplaced[:50]:
            put(f"Queue: {sentence}.")
    else:
        put(f"Queue: the {found.queue:,} that wait are those of which the log tells.")


def _put_window(each: WindowAudit) -> None:
    since = "the beginning" if not each.window.since_us else rfc3339_seconds(each.window.since_us)
    verdict = f"{len(each.differences)} differ" if each.differences else "none differs"
    put(f"From {since} to {rfc3339_seconds(each.window.until_us)}: {each.numbers:,} numbers, {verdict}.")
    for one in each.differences[:50]:
        said = _difference(one)
        put(
            one_line(
                f"  {said['measure']} of {said['of']} {said['name']}: {said['ledger']} and {said['plain']}"
            )
        )
    span_us = each.window.until_us - max(each.window.since_us, 0)
    law = "holds" if each.integral_us == each.waited_us else "does NOT hold"
    put(
        f"  Little's law {law}: {each.integral_us / 3.6e9:,.2f} h of waiting, walked and added up"
        + (f"; {each.integral_us / span_us:.2f} waiting on average." if each.window.since_us else ".")
    )
