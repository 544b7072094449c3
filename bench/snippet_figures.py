"""Prepared answers: searched at every key, found by abbreviations, suggested for a message, asked by the line."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.snippets.abbreviations import TYPED, as_snippets, distractors, titles
from tests.snippets.desk_answers import FEW, many

from bench import rivals
from bench.context import Bench
from bench.figures import Table, median, percentile
from bench.processes import load
from careconsole.language.romanising import spellings
from careconsole.snippets.index import MOST_SCORED
from careconsole.snippets.library import Library
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.suggesting import Suggester
from careconsole.snippets.writing import save_all
from careconsole.store.text_index import MemoryTextIndex

SEARCHES = (
    "refund status",
    "rfd stts",
    "sprecica",
    "refudn sttaus",
    "возврат денег",
    "退款进度",
    "tuikuan",
    "vozvrat",
    "the of and a is to we are",
)
MANY = 10_000
LINES = 1_000
CANDIDATES = 300


def snippet_figures(bench: Bench) -> Table:
    """Every key of a few searches and of all abbreviations, what is found in the end, and the same for fzf."""
    table = Table(f"Prepared answers ({load()})")
    for count, budget_ms in ((1_000, 16), (MANY, 50)):
        answers = [
            *many(count // 2),
            *as_snippets((titles() + distractors(count))[: count - count // 2]),
            *FEW,
        ]
        _keys(table, f"{count:,} answers", answers, budget_ms)
    _found(table, f"{len(titles())} titles", titles(), 0.92, 0.08)
    _found(table, f"{len(titles())} titles and {MANY:,} others", titles() + distractors(MANY), 0.90, None)
    _suggested(table)
    _by_the_line(table, bench.folder / "line-home")
    lines = [f"{answer.title} {' '.join(answer.body.split())}" for answer in [*many(2_000), *FEW]]
    rivals.fzf(table, bench.folder, lines, _typed_letters(SEARCHES))
    return table


def _typed_letters(searches: Sequence[str]) -> list[str]:
    """Every search as it grows, letter by letter."""
    return [search[:length] for search in searches for length in range(1, len(search) + 1)]


def _keys(table: Table, name: str, answers: Sequence[Snippet], budget_ms: float) -> None:
    library = Library(answers, spellings=spellings)
    took = _timed(library.prepare)
    table.note(f"search made ready, {name}", f"{took:.0f} ms")
    took_ms, scored = [], 0
    for key in _typed_letters((*SEARCHES, *(typed for _, typed, _ in TYPED))):
        took_ms.append(_timed(lambda key=key: library.search(key)))  # type: ignore[misc]
        scored = max(scored, library.scored)
    extra = f"p50 {median(took_ms):.1f}, worst {max(took_ms):.0f}, {len(took_ms)} keys"
    table.at_most(f"a key, {name}, p99", percentile(took_ms, 0.99), budget_ms, "ms", extra)
    table.note(f"titles scored at one key at most, {name}", f"{scored} (limit {MOST_SCORED} a word)")


def _timed(work: Callable[[], object]) -> float:
    """How many milliseconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _found(table: Table, name: str, given: Sequence[str], goal: float, lead: float | None) -> None:
    """Mean reciprocal rank of the one right title for each abbreviation, for us and for fzf."""
    library = Library(as_snippets(list(given)), spellings=spellings)
    ours = _mean_rank(lambda typed: [hit.snippet.title for hit in library.search(typed, 20)])
    table.at_least(f"MRR of {len(TYPED)} abbreviations, {name}", ours, goal, "")
    program = shutil.which("fzf")
    if program is None:
        table.missing(f"rival: fzf --filter, MRR, {name}")
        return
    text = "\n".join(given)
    theirs = _mean_rank(lambda typed: _fzf(program, typed, text))
    if lead is None:
        table.note(f"rival: fzf --filter, MRR, {name}", f"{theirs:.3f}")
    else:
        table.at_least(f"MRR above fzf's {theirs:.3f}, {name}", ours - theirs, lead, "")


def _fzf(program: str, typed: str, text: str) -> list[str]:
    done = subprocess.run(
        [program, "--filter", typed], input=text, capture_output=True, text=True, check=False
    )
    return done.stdout.split("\n")[:20]


def _mean_rank(search: Callable[[str], list[str]]) -> float:
    total = 0.0
    for _, typed, title in TYPED:
        found = search(typed)
        total += 1 / (found.index(title) + 1) if title in found else 0.0
    return total / len(TYPED)


def _suggested(table: Table) -> None:
    """Suggestions for messages of twelve words or so, among 10,000 answers of 60 words."""
    suggester = Suggester(Library(many(MANY)), MemoryTextIndex())
    table.note(f"suggestions made ready, {MANY:,} answers", f"{_timed(suggester.prepare):.0f} ms")
    took_ms = [_timed(lambda text=text: suggester.suggest(text)) for text in _messages(200)]  # type: ignore[misc]
    extra = f"p95 {percentile(took_ms, 0.95):.1f}, worst {max(took_ms):.0f}"
    table.at_most(f"suggestions for a message, {MANY:,} answers, p50", median(took_ms), 5, "ms", extra)


def _messages(count: int) -> list[str]:
    """Messages of the made-up language of the answers; always the same ones."""
    dice = random.Random(5)
    bodies = [answer.body.split() for answer in many(500)]
    return [" ".join(dice.choices(dice.choice(bodies), k=12)) for _ in range(count)]


def _by_the_line(table: Table, home: Path) -> None:
    """`snippets search -` and `suggest -` with 1,000 lines, start of the program included."""
    save_all(many(CANDIDATES), home / "snippets")
    searches = [typed for _, typed, _ in TYPED]
    texts = {
        "snippets search -": [searches[number % len(searches)] for number in range(LINES)],
        "suggest -": _messages(LINES),
    }
    for command, asked in texts.items():
        given = "".join(f"{json.dumps(text)}\n" for text in asked).encode()
        start = time.perf_counter()
        words = [sys.executable, "-m", "careconsole", "--home", str(home), *command.split()]
        done = subprocess.run(words, input=given, capture_output=True, check=True)
        took_s = time.perf_counter() - start
        assert done.stdout.count(b"\n") == LINES
        table.at_most(f"{command}, {LINES:,} lines, {CANDIDATES} answers", took_s, 3, "s")
