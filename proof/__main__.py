"""`python -m proof [--small] [GROUP ...]`: prove at full size, and write docs/figures.md."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import Table

from proof import groups
from proof.figures_page import Measured, keep

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Prove the groups that were named, or all; 1 if a promise or a budget was missed."""
    parser = argparse.ArgumentParser(prog="python -m proof", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="one hundredth, to see that it works; writes no figures"
    )
    parser.add_argument("group", nargs="*", choices=[*groups.GROUPS, []], help=", ".join(groups.GROUPS))
    options = parser.parse_args()
    missed = 0
    for name in options.group or groups.GROUPS:
        print(f"{name} ...", flush=True)
        begun = time.monotonic()
        table = _prove(groups.GROUPS[name], small=options.small)
        missed += sum(line.met is False for line in table.lines)
        if not options.small:
            keep(ROOT, name, _measured(name, table, time.monotonic() - begun))
        print(f"\n{table.markdown()}", flush=True)
    print(f"{missed} missed")
    return 1 if missed else 0


def _prove(group: Callable[[Path, bool], Table], *, small: bool) -> Table:
    with tempfile.TemporaryDirectory(prefix="careconsole-proof-") as folder:
        return group(Path(folder), small)


def _measured(name: str, table: Table, took_s: float) -> Measured:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    lines = [(line.name, line.measured, line.budget, line.verdict) for line in table.lines]
    command = groups.COMMANDS.get(name, f"python -m proof {name}")
    day = datetime.now(UTC).date().isoformat()
    return Measured(table.title, command, day, machine, took_s, lines, groups.REMARKS.get(name, ""))


if __name__ == "__main__":
    sys.exit(main())
