"""Keep the write-ahead log small: bring what it holds into the file, and cut it where it has grown."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from careconsole.store import driver as sqlite
from careconsole.store.driver import Connection

TEND_AT_BYTES = 4 * 1024 * 1024
CUT_AT_BYTES = 8 * 1024 * 1024
TOO_LONG_BYTES = 10 * 1024 * 1024
"""From here on whoever writes makes it shorter: it is not to pass 16 MiB."""
TRY_AGAIN_S = 0.25
"""So long whoever writes waits between two cuts of which the first was in vain."""
_CUT_WITHIN_MS = 50
"""So long a cut waits for readers: nobody else can write meanwhile."""


def log_bytes(path: Path) -> int:
    """How long the write-ahead log of a record is; 0 where there is none."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size
    except FileNotFoundError:
        return 0


def checkpoint(writer: Connection, size: int) -> None:
    """Bring into the file what can be brought without keeping anybody waiting; a long log is cut, unless it is read."""
    steps = ["wal_checkpoint(PASSIVE)"]  # what it has copied need not be copied while others wait
    if size > CUT_AT_BYTES:
        steps += [f"busy_timeout={_CUT_WITHIN_MS}", "wal_checkpoint(TRUNCATE)"]
    usual_ms = writer.execute("PRAGMA busy_timeout").fetchone()[0]
    try:
        with suppress(*sqlite.OperationalError):
            for step in steps:
                writer.execute(f"PRAGMA {step}").fetchall()
    finally:
        writer.execute(f"PRAGMA busy_timeout={usual_ms}").fetchall()


def compact(writer: Connection, *, anew: bool) -> bool:
    """Clear the log; with `anew` write the whole file anew before. False while somebody reads it."""
    try:
        if anew:
            writer.execute("VACUUM")
        return not writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite.OperationalError as error:
        if sqlite.is_busy(error):
            return False
        raise
