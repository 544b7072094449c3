"""`python -m bench [--quick] [GROUP ...]`: measure, and print Markdown tables with budgets and verdicts."""

from __future__ import annotations

import argparse
import compileall
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import (
    console_figures,
    delivery_figures,
    draft_figures,
    endurance_figures,
    finding_figures,
    snippet_figures,
    store_figures,
    wall_figures,
)
from bench.context import Bench
from bench.figures import FULL, QUICK, Table
from bench.processes import ROOT, load

GROUPS: dict[str, Callable[[Bench], Table]] = {
    "intake": store_figures.intake_figures,
    "rank": store_figures.page_figures,
    "claims": store_figures.claim_figures,
    "feed": store_figures.feed_figures,
    "lock": store_figures.lock_figures,
    "paint": console_figures.paint_figures,
    "keys": console_figures.key_figures,
    "threads": console_figures.thread_figures,
    "idle": console_figures.idle_figures,
    "snippets": snippet_figures.snippet_figures,
    "drafts": draft_figures.draft_figures,
    "finding": finding_figures.finding_figures,
    "wallboard": wall_figures.wall_figures,
    "endurance": endurance_figures.endurance_figures,
    "typing": delivery_figures.typing_figures,
    "delivery": delivery_figures.delivery_figures,
}


def main() -> int:
    """Measure the groups that were named, or all; 1 if a budget was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, under 3 minutes")
    parser.add_argument("group", nargs="*", choices=[*GROUPS, []], help=", ".join(GROUPS))
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    print(f"Sizes: {sizes}\nMachine: {load()}, Python {sys.version.split()[0]}\n", flush=True)
    tables = []
    start = time.monotonic()
    # As an installation does: a program that compiles itself at every start is slower and larger.
    compileall.compile_dir(ROOT / "src" / "careconsole", quiet=1)
    with tempfile.TemporaryDirectory(prefix="careconsole-bench-") as folder:
        bench = Bench(sizes, Path(folder))
        for name in options.group or GROUPS:
            print(f"{name} ...", flush=True)
            begun = time.monotonic()
            gc.collect()
            gc.freeze()  # what earlier groups left is no part of what the next one measures
            tables.append(GROUPS[name](bench))
            print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)
    missed = [line for table in tables for line in table.lines if line.met is False]
    print("\n" + "\n".join(table.markdown() for table in tables))
    print(f"Took {time.monotonic() - start:.0f} s; {len(missed)} of the budgets missed; {load()}.")
    for line in missed:
        print(f"- MISSED {line.name}: {line.measured}, budget {line.budget}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
