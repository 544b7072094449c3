"""report --voice: our figures beside the telephone's, and what of them may be compared."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from careconsole.cli.printing import DONE, put, put_json, put_table, say
from careconsole.cli.report import (
    UNITS,
    csv_cell,
    in_words,
    rounded,
    show_definitions,
    tell_clock,
    window_of,
)
from careconsole.cli.seat import Seat, Wrong
from careconsole.desk.practice.columns import wrapped
from careconsole.desk.reporting.beside import Pair, pairs_of
from careconsole.desk.reporting.books import open_books
from careconsole.desk.reporting.figures import Window
from careconsole.desk.reporting.telephone import Calls, read_calls
from careconsole.model.instant import rfc3339_seconds

WIDTH = 80
APART = 20
"""Where the telephone's first interval begins later than at this part of the time, that is said."""


async def show_beside(seat: Seat, options: argparse.Namespace) -> int:
    """Print both in one table, with what each means."""
    if not options.voice:
        raise Wrong("The name of the file is empty. Name the CSV file of the telephone.")
    if options.define:
        return show_definitions()
    async with seat.reading() as desk:
        window = window_of(desk, options.since)
        calls = read_calls(Path(options.voice), window.since_us, desk.now().astimezone())
        figures = (await open_books(desk.store)).count(window)
        await tell_clock(desk)
    _tell_times(calls, window)
    pairs = list(pairs_of(figures, calls))
    if options.json:
        put_json(_as_json(pairs, calls, window))
    elif options.csv:
        _put_csv(pairs)
    else:
        _put_words(pairs, window)
    return DONE


def _tell_times(calls: Calls, window: Window) -> None:
    """Say which time the telephone's figures are of, where that is not ours."""
    if not calls.intervals:
        say("No line of the file lies in this time. Name another --since.")
        return
    first_us, last_us = (pick(each.at_us for each in calls.intervals) for pick in (min, max))
    began = f"{rfc3339_seconds(first_us)} to {rfc3339_seconds(last_us)}"
    outside = f"; left out, as they lie outside this time: {calls.outside}" if calls.outside else ""
    say(f"The telephone's intervals that count began {began}: {len(calls.intervals)}{outside}.")
    if (first_us - window.since_us) * APART > window.until_us - window.since_us:
        say(
            f"Before them nothing is known of the telephone: with --since {rfc3339_seconds(first_us)} both are of one time."
        )


def _row(pair: Pair) -> dict[str, Any]:
    return {
        "measure": pair.measure,
        "here": rounded(pair.here, pair.unit),
        "telephone": rounded(pair.calls, pair.unit),
        "telephone_measure": pair.call_title,
        "unit": UNITS[pair.unit],
        "comparable": pair.is_comparable,
        "why": pair.why,
        "here_means": pair.says,
        "telephone_means": pair.call_says,
    }


def _as_json(pairs: Sequence[Pair], calls: Calls, window: Window) -> dict[str, Any]:
    return {
        "since": rfc3339_seconds(window.since_us),
        "until": rfc3339_seconds(window.until_us),
        "intervals": len(calls.intervals),
        "outside": calls.outside,
        "threshold_s": None if calls.threshold_s is None else float(calls.threshold_s),
        "figures": [_row(pair) for pair in pairs],
    }


def _put_csv(pairs: Sequence[Pair]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    rows = [_row(pair) for pair in pairs]
    writer.writerow(rows[0])
    for row in rows:
        row["comparable"] = "yes" if row["comparable"] else "no"
        writer.writerow([csv_cell(value) for value in row.values()])


def _put_words(pairs: Sequence[Pair], window: Window) -> None:
    put(f"From {rfc3339_seconds(window.since_us)} to {rfc3339_seconds(window.until_us)}\n")
    head = ["", "here", "telephone", "", "comparable"]
    table = [
        [pair.title, in_words(pair.here, pair.unit), in_words(pair.calls, pair.unit), pair.call_title,
         "yes" if pair.is_comparable else "no"]
        for pair in pairs
    ]  # fmt: skip
    put_table([head, *table], right=frozenset({1, 2}))
    for pair in pairs:
        put(f"\n{pair.title} / {pair.call_title}: {'comparable' if pair.is_comparable else 'NOT comparable'}")
        for words in (f"Here: {pair.says}", f"Telephone: {pair.call_says}", pair.why):
            for line in wrapped(words, WIDTH - 2):
                put(f"  {line}")
