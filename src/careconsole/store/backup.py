"""A copy of a desk in one file: made while others work, checked, and put in its place whole or not at all."""

from __future__ import annotations

import asyncio
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careconsole.store import driver as sqlite
from careconsole.store.contract import NoSpace, StoreError
from careconsole.store.opening import APPLICATION_ID, damaged, foreign, journal, open_store
from careconsole.store.soundness import content_faults, file_faults

BACKED_UP = "backed_up"
"""The fact in a backup that says when it was made, in microseconds."""
_PAGES, _REST_S = 256, 0.002
"""How much is copied at once, and the rest after it, where a reader stands in the way of writers."""
_MOST_ROUNDS = 30
"""Every change by another process begins such a copy anew; after so many rounds it is given up."""


class Exists(StoreError):
    """There is a file already where the backup was to be; it was left alone."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup came to."""

    path: Path
    size: int
    """In bytes."""
    events: int
    faults: tuple[str, ...]
    """What is wrong with what the desk itself holds; the backup holds it too."""


async def back_up(
    source: Path, target: Path, now_us: int, driver: sqlite.Driver, *, may_replace: bool = False
) -> Copied:
    """Copy a desk into one file that only its owner can read. Writers go on meanwhile.

    Raises Exists, NoSpace, and StoreError for a desk that is damaged or a place that cannot be written. Nothing
    stands at `target` but a backup that was read again and found whole.
    """
    _check_target(source, target, may_replace)
    with copy_beside(target, ".backup") as beside:
        await asyncio.to_thread(copy, source, beside, driver, now_us)
        if faults := await asyncio.to_thread(file_faults, beside, driver):
            raise StoreError(
                f"{source} is damaged ({faults[0]}), so no backup was made of it. See careconsole doctor."
            )
        async with open_store(beside, read_only=True, driver=driver) as store:
            wrong = await content_faults(store)
            row = await store.read(lambda tx: tx.row("SELECT count(*) FROM event"))
        if wrong and target.exists():
            raise StoreError(
                f"In {source} something is damaged ({wrong[0]}). The earlier backup was left alone, as it may hold it "
                "whole; name another file."
            )
        size = beside.stat().st_size
        _put(beside, target, may_replace)
    return Copied(target, size, row[0] if row else 0, tuple(wrong))


def _check_target(source: Path, target: Path, may_replace: bool) -> None:
    try:
        found = target.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror}). Name another file.") from error
    if not stat.S_ISREG(found.st_mode):
        raise Exists(f"{target} is there and is no plain file; nothing was written. Name another file.")
    if source.exists() and os.path.samefile(source, target):
        raise Exists(f"{target} is the desk itself; nothing was written. Name another file.")
    if not may_replace:
        raise Exists(f"{target} is there already; nothing was written. Name another file, or add --force.")


@contextmanager
def copy_beside(target: Path, ending: str) -> Iterator[Path]:
    """An empty file for the owner alone, beside where its content is to stand; gone at the end, unless it was moved.

    Raises StoreError if it cannot be made.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}{ending}")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror}). Name another file.") from error
    try:
        yield beside
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                beside.with_name(beside.name + suffix).unlink()


def copy(source: Path, target: Path, driver: sqlite.Driver, now_us: int | None = None) -> None:
    """Copy a desk's file, as it is at one moment, into an empty one with a rollback journal.

    `now_us` is written into the copy. Raises WrongFile, NoSpace, StoreError. It takes as long as a disk needs: not
    for an event loop.
    """

    def copy_pages(db: Any) -> None:
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise foreign(source)
        into = sqlite.connect(driver, target, writes=True)
        try:
            if journal(db) == "wal":
                db.backup(into)
            else:
                db.backup(into, pages=_PAGES, sleep=_REST_S, progress=_Rounds(source))
            into.execute("PRAGMA journal_mode=DELETE").fetchall()
            if now_us is not None:
                into.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (BACKED_UP, str(now_us)))
        finally:
            into.close()

    try:
        sqlite.connect(driver, source, writes=False, check=copy_pages).close()
    except sqlite.Error as error:
        if sqlite.is_full(error) or "full" in str(error):
            raise NoSpace(
                f"The disk that holds {target.parent} is full; nothing was kept. Make room and try again."
            ) from error
        if "not a database" in str(error):
            raise foreign(source) from error
        if "malformed" in str(error):
            raise damaged(source, error) from error
        raise StoreError(f"{source} could not be copied ({error}); nothing was kept.") from error


class _Rounds:
    """Gives up on a copy that others make begin anew again and again."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._steps = 0

    def __call__(self, status: int, remaining: int, total: int) -> None:
        self._steps += 1
        if self._steps * _PAGES > _MOST_ROUNDS * (total + _PAGES):
            raise StoreError(
                f"{self._source} was changed all the time, so it could not be copied. Try again when less is going on."
            )


def sync(path: Path) -> None:
    """Have a file or a folder on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put(beside: Path, target: Path, may_replace: bool) -> None:
    """Let the finished file stand at its place; what another put there meanwhile is not replaced unseen."""
    try:
        sync(beside)
        if may_replace:
            os.replace(beside, target)
        else:
            try:
                os.link(beside, target)
            except FileExistsError:
                raise Exists(f"{target} is there already; nothing was written. Name another file.") from None
            except OSError:  # a file system without links
                os.rename(beside, target)
        sync(target.parent)
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror}). Name another file.") from error
