"""Whether a desk's file is whole: SQLite's own checks, on a connection and in a thread of their own.

They only read, so nobody waits for them; while they run the write-ahead log is not shortened.
"""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

from careconsole.store import driver as sqlite
from careconsole.store import events, row_hash
from careconsole.store.contract import Store, StoreError

MOST_FAULTS = 5
"""So many faults are told; a file that has one has many."""
_LOOK_EVERY = 20_000
"""Steps of SQLite's machine between two looks at whether the check shall end."""


def file_faults(
    path: Path, driver: sqlite.Driver, *, is_quick: bool = False, stop: threading.Event | None = None
) -> list[str]:
    """What is wrong with the pages of a file, in a few words each; empty if nothing is, or `stop` ended the check.

    The quick check leaves out whether indexes and rows agree, and whether what rows refer to is there. Raises
    StoreError if it could not be made, as where another process keeps the file locked.
    """
    found: list[str] = []

    def check(db: Any) -> None:
        if stop is not None:
            db.set_progress_handler(lambda: int(stop.is_set()), _LOOK_EVERY)
        pragma = "quick_check" if is_quick else "integrity_check"
        rows = [str(row[0]) for row in db.execute(f"PRAGMA {pragma}({MOST_FAULTS})")]
        found.extend(line for row in rows if row != "ok" for line in row.splitlines() if line)
        if not is_quick and not found:
            rows = db.execute("PRAGMA foreign_key_check").fetchmany(MOST_FAULTS)
            found.extend(f"{row[0]} {row[1]} refers to a {row[2]} that is not there" for row in rows)

    try:
        sqlite.connect(driver, path, writes=False, check=check).close()
    except UnicodeDecodeError:
        return [*found, "a name in it is no text"]
    except sqlite.Error as error:
        if stop is not None and stop.is_set():
            return []
        if sqlite.is_no_verdict(error):
            raise StoreError(f"{path} could not be looked over ({error}). Try again in a minute.") from error
        return [*found, str(error)]
    return found


async def quick_faults(path: Path, driver: sqlite.Driver) -> list[str]:
    """The same as a quick check in a thread of its own; whoever is cancelled ends it."""
    stop = threading.Event()
    try:
        return await asyncio.to_thread(file_faults, path, driver, is_quick=True, stop=stop)
    finally:
        stop.set()


async def content_faults(store: Store) -> list[str]:
    """What is wrong with what a desk holds: events that were changed or are missing, texts that are damaged."""
    fault = await store.read(events.first_fault)
    found = [f"in the event log {fault}"] if fault else []
    for table, ids in (await store.read(row_hash.damaged_rows)).items():
        some = ", ".join(map(str, ids[:MOST_FAULTS])) + (", ..." if len(ids) > MOST_FAULTS else "")
        found.append(f"damaged texts in {table}: {len(ids)} ({some})")
    return found
