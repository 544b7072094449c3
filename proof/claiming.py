"""Many processes pull at once until nothing is left: `python -m proof.claiming [--claims N] [--processes N]`.

No conversation may be given to two of them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tests.nursery import nursery

from careconsole.desk import routing
from careconsole.desk.importing import import_lines
from careconsole.desk.opening import open_desk
from careconsole.store.contract import Busy
from proof.fighters import a_line


async def pull_all(home: str, agent: str, told: str, begin_ns: int) -> None:
    """Wait for the moment, pull until nothing is left, and write down what was given: conversation and fence each.

    Who is told that the record was locked tries again, as the sentence says.
    """
    busy = 0
    async with open_desk(Path(home), agent=agent, now=_now) as desk:
        await asyncio.sleep(max(0.0, (begin_ns - time.monotonic_ns()) / 1e9))
        taken = []
        while True:
            try:
                claimed = await routing.claim_next(desk)
            except Busy:
                busy += 1
                await asyncio.sleep(random.uniform(0.1, 1.0))
                continue
            if claimed is None:
                break
            taken.append((claimed.conversation_id, claimed.fence))
    Path(told).write_text(json.dumps({"taken": taken, "busy": busy}), encoding="ascii")


def _now() -> datetime:
    return datetime.now(UTC)


async def _prepare(home: Path, claims: int) -> None:
    def refuse(number: int, reason: str, line: bytes) -> None:
        raise AssertionError(f"line {number} was refused: {reason}")

    async with open_desk(home, agent="intake", create=True, now=_now) as desk:
        await import_lines(desk, (a_line(f"m{each}", f"customer{each}") for each in range(claims)), refuse)


def pull_together(folder: Path, claims: int, processes: int) -> dict[str, int]:
    """What came of it: claims told, doubles among them, claims in the log, and those of the process with most."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    asyncio.run(_prepare(home, claims))
    begin_ns = time.monotonic_ns() + round((0.5 + 0.05 * processes) * 1e9)
    files = [folder / f"told-{number}" for number in range(processes)]
    with nursery("proof.claiming") as children:
        words = [(str(home), f"agent{number}", str(file), begin_ns) for number, file in enumerate(files)]
        pids = [children.start("proof.claiming", "pull_all", *each) for each in words]
        statuses = [children.wait(pid) for pid in pids]
    notes = [json.loads(file.read_text("ascii")) for file in files if file.exists()]
    told = [each["taken"] for each in notes]
    given = Counter(conversation for each in told for conversation, _ in each)
    db = sqlite3.connect(f"file:{home / 'desk.db'}?mode=ro", uri=True)
    [(logged, different)] = db.execute(
        "SELECT count(*), count(DISTINCT conversation_id) FROM event WHERE kind = 'claimed'"
    )
    db.close()
    return {
        "claims": given.total(),
        "doubles": sum(count > 1 for count in given.values()) + logged - different,
        "never given": claims - len(given),
        "badly ended": sum(status != 0 for status in statuses),
        "told to try again": sum(each["busy"] for each in notes),
        "most by one": max(map(len, told), default=0),
    }


def main() -> int:
    """Pull, and print what came of it; 1 if anything was given twice or never."""
    parser = argparse.ArgumentParser(prog="python -m proof.claiming", description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="careconsole-claims-") as folder:
        found = pull_together(Path(folder), options.claims, options.processes)
    print(found)
    return 1 if found["doubles"] or found["never given"] or found["badly ended"] else 0


if __name__ == "__main__":
    sys.exit(main())
