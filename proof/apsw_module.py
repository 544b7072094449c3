"""apsw as a driver of the store, over a file system that takes down what is written.

apsw is the one binding that lets Python stand between SQLite and the disk. Only as much of a DBAPI module is here as
the store uses; the errors are those of sqlite3, so that the store knows them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw


@dataclass(frozen=True, slots=True)
class Operation:
    """What SQLite asked of a file: write, truncate, sync or delete."""

    what: str
    name: str
    at: int = 0
    """Where it writes, or how long the file is from now on."""
    data: bytes = b""


@dataclass(slots=True)
class Tape:
    """Every operation on the files of one folder, in order."""

    folder: Path
    operations: list[Operation] = field(default_factory=list)

    def note(self, what: str, path: str, at: int = 0, data: bytes = b"") -> None:
        """Take an operation down; the shared memory beside a log is none of the disk's."""
        name = Path(path).name
        if not name.endswith("-shm"):
            self.operations.append(Operation(what, name, at, data))


class _File(apsw.VFSFile):
    def __init__(self, tape: Tape, filename: Any, flags: list[int]) -> None:
        self._tape = tape
        self._path = filename.filename() if isinstance(filename, apsw.URIFilename) else filename or ""
        super().__init__("", filename, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._tape.note("write", self._path, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._tape.note("truncate", self._path, newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._tape.note("sync", self._path)


class _Disk(apsw.VFS):
    def __init__(self, tape: Tape, name: str) -> None:
        self._tape = tape
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(self._tape, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        self._tape.note("delete", filename)


class ApswModule:
    """What the store needs of a SQLite module."""

    __name__ = "apsw"
    Error, OperationalError = sqlite3.Error, sqlite3.OperationalError
    complete_statement = staticmethod(sqlite3.complete_statement)

    def __init__(self, tape: Tape) -> None:
        self._vfs_name = f"tape-{id(tape)}"
        self._disk = _Disk(tape, self._vfs_name)
        major, minor, patch = (int(each) for each in apsw.sqlite_lib_version().split(".")[:3])
        self.sqlite_version_info = (major, minor, patch)

    def connect(self, path: str, *, uri: bool = False, timeout: float = 5.0, **_: Any) -> _Connection:
        """A connection over the disk that is taken down."""
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | (apsw.SQLITE_OPEN_URI if uri else 0)
        with _errors():
            return _Connection(apsw.Connection(path, flags=flags, vfs=self._vfs_name), timeout)


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        told = sqlite3.OperationalError(str(error))
        told.sqlite_errorcode = getattr(error, "extendedresult", 1)
        raise told from error


class _Connection:
    def __init__(self, db: apsw.Connection, timeout_s: float) -> None:
        self._db = db
        db.set_busy_timeout(round(timeout_s * 1000))

    @property
    def in_transaction(self) -> bool:
        return self._db.in_transaction

    @property
    def total_changes(self) -> int:
        return self._db.total_changes()

    def execute(self, sql: str, values: Iterable[Any] = ()) -> _Cursor:
        with _errors():
            return _Cursor(self._db, self._db.execute(sql, tuple(values)))

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> _Cursor:
        with _errors():
            return _Cursor(self._db, self._db.executemany(sql, (tuple(row) for row in rows)))

    def set_authorizer(self, check: Callable[..., int] | None) -> None:
        self._db.authorizer = check

    def create_function(
        self, name: str, places: int, function: Callable[..., Any], *, deterministic: bool = False
    ) -> None:
        self._db.create_scalar_function(name, function, places, deterministic=deterministic)

    def interrupt(self) -> None:
        self._db.interrupt()

    def close(self) -> None:
        self._db.close()


class _Cursor:
    """Rows are fetched at once: a statement that was begun and not ended keeps its lock."""

    def __init__(self, db: apsw.Connection, cursor: Any) -> None:
        before = db.total_changes()
        self._rows: list[tuple[Any, ...]] = cursor.fetchall()
        self._at = 0
        self.rowcount = db.changes() if db.total_changes() >= before else -1
        self.lastrowid = db.last_insert_rowid()

    def fetchone(self) -> tuple[Any, ...] | None:
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int) -> list[tuple[Any, ...]]:
        rows = self._rows[self._at : self._at + size]
        self._at += len(rows)
        return rows

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.fetchmany(len(self._rows))

    def close(self) -> None:
        self._rows = []
