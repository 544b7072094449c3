"""Which SQLite we run on. The only file that imports a SQLite module; it also names its error types.

SQLite 3.7.0 to 3.51.2 can lose an acknowledged commit when several processes write and checkpoint a
write-ahead log ("WAL-reset bug"; fixed in 3.51.3, 3.50.7 and 3.44.6). PyPI's pysqlite3 brings a newer one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from careconsole.store import row_hash

try:
    from pysqlite3 import dbapi2 as newer_sqlite
except ImportError:  # no wheel for this platform
    newer_sqlite = None

Connection = Any
"""A connection of either module; both have the same methods."""

_MODULES: tuple[Any, ...] = (sqlite3,) if newer_sqlite is None else (newer_sqlite, sqlite3)

Error: tuple[type[Exception], ...] = tuple(module.Error for module in _MODULES)
OperationalError: tuple[type[Exception], ...] = tuple(module.OperationalError for module in _MODULES)
DatabaseError: tuple[type[Exception], ...] = tuple(module.DatabaseError for module in _MODULES)
IntegrityError: tuple[type[Exception], ...] = tuple(module.IntegrityError for module in _MODULES)

_BUSY, _LOCKED, _FULL, _IOERR = 5, 6, 13, 10
_NO_VERDICTS = frozenset({3, _BUSY, _LOCKED, 7, 8, _FULL, 14, 15, 17})
"""Of them 3, 7, 8, 14, 15, 17: SQLITE_PERM, NOMEM, READONLY, CANTOPEN, PROTOCOL, SCHEMA."""
_READ_ACTIONS = frozenset({20, 21, 22, 33})
"""SQLITE_READ, SQLITE_SELECT, SQLITE_TRANSACTION, SQLITE_RECURSIVE."""
_PRAGMA, _UPDATE, _FUNCTION = 19, 23, 31
_OK, _DENY = 0, 1


@dataclass(frozen=True, slots=True)
class Driver:
    """A SQLite module and what can be said of its library."""

    module: ModuleType | Any
    version: tuple[int, int, int]

    @property
    def name(self) -> str:
        """As doctor prints it."""
        return f"{self.module.__name__.partition('.')[0]} with SQLite {'.'.join(map(str, self.version))}"

    @property
    def has_wal_reset_bug(self) -> bool:
        """Whether this build may lose commits with a write-ahead log."""
        return has_wal_reset_bug(self.version)


def has_wal_reset_bug(version: tuple[int, int, int]) -> bool:
    """Whether a SQLite version may lose an acknowledged commit in WAL mode."""
    if version < (3, 7, 0) or version >= (3, 51, 3):
        return False
    fixed_from = {(3, 50): 7, (3, 44): 6}.get(version[:2])
    return fixed_from is None or version[2] < fixed_from


def drivers() -> tuple[Driver, ...]:
    """Every driver of this installation, the preferred one first."""
    return tuple(Driver(module, tuple(module.sqlite_version_info)) for module in _MODULES)


def is_busy(error: Exception) -> bool:
    """Whether somebody else holds the lock that a statement needs."""
    return _code(error) in (_BUSY, _LOCKED)


def is_full(error: Exception) -> bool:
    """Whether the disk has no room."""
    return _code(error) == _FULL


def is_disk_fault(error: Exception) -> bool:
    """Whether the disk failed to read or write."""
    return _code(error) == _IOERR


def is_no_verdict(error: Exception) -> bool:
    """Whether an error says nothing about what a file holds: it could not be locked or opened, or there was no room."""
    return _code(error) in _NO_VERDICTS


def _code(error: Exception) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def connect(
    driver: Driver,
    path: Path,
    *,
    writes: bool,
    timeout_s: float = 5.0,
    check: Callable[[Connection], None] | None = None,
) -> Connection:
    """A connection to an existing file: `mode=rw`, or read-only behind an authorizer.

    Never creates a file. Statements outside a transaction commit by themselves. `check` may look at the file
    before the authorizer stands in its way; the connection is closed if it raises.
    """
    uri = f"file:{quote(str(path.absolute()))}?mode={'rw' if writes else 'ro'}"
    connection = driver.module.connect(
        uri, uri=True, timeout=timeout_s, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in _WRITER_PRAGMAS if writes else _READER_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        row_hash.install(connection)
        if check is not None:
            check(connection)
        if not writes:
            connection.set_authorizer(_only_reads)
    except BaseException:
        connection.close()
        raise
    return connection


def run_script(driver: Driver, connection: Connection, script: str) -> None:
    """Run the statements of a script in the transaction that is open; `executescript` would commit it first."""
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if driver.module.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def connect_memory(driver: Driver) -> Connection:
    """A connection to an empty database that lives in this process alone and ends with it."""
    connection = driver.module.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA trusted_schema=OFF").fetchall()
    return connection


_WRITER_PRAGMAS = (
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "synchronous=FULL",
    "wal_autocheckpoint=0",
    "journal_size_limit=16777216",
    "cache_size=-2048",
)
_READER_PRAGMAS = ("query_only=ON", "trusted_schema=OFF", "cache_size=-1024")


def _only_reads(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action in _READ_ACTIONS:
        return _OK
    if action == _FUNCTION:
        return _DENY if second == "load_extension" else _OK
    if action == _PRAGMA and first == "data_version" and second is None:
        return _OK
    if action == _UPDATE and first == "sqlite_master":
        return _OK  # how SQLite 3.40 sees the declaration of a virtual table; the schema itself cannot be written
    return _DENY


def connector(driver: Driver, path: Path) -> Callable[[], Connection]:
    """A function that opens a read-only connection, as aiosqlite wants it."""
    return lambda: connect(driver, path, writes=False)
