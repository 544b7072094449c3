"""Searching prepared answers at every key."""

from __future__ import annotations

import time

from tests.snippets.desk_answers import FEW, many

from bench import rivals
from bench.context import Bench
from bench.figures import Table, median, percentile
from bench.processes import load
from careconsole.snippets.library import Library

ENTRIES = 2_000
SEARCHES = (
    "refund status",
    "rfd stts",
    "sprecica",
    "refudn sttaus",
    "возврат денег",
    "退款进度",
    "the of and a is to we are",
)


def snippet_figures(bench: Bench) -> Table:
    """Every key of a few searches, each letter a search of its own, and the same for fzf."""
    table = Table(f"Prepared answers: {ENTRIES:,} entries ({load()})")
    answers = [*many(ENTRIES), *FEW]
    start = time.perf_counter()
    library = Library(answers)
    library.search("a")
    table.note("library made ready", f"{(time.perf_counter() - start) * 1000:.0f} ms")
    keys = [search[:length] for search in SEARCHES for length in range(1, len(search) + 1)]
    took_ms = []
    for key in keys:
        start = time.perf_counter()
        library.search(key)
        took_ms.append((time.perf_counter() - start) * 1000)
    table.at_most(
        "a key, p98",
        percentile(took_ms, 0.98),
        30,
        "ms",
        f"p50 {median(took_ms):.1f}, worst {max(took_ms):.0f}",
    )
    lines = [f"{answer.title} {' '.join(answer.body.split())}" for answer in answers]
    rivals.fzf(table, bench.folder, lines, keys)
    return table
