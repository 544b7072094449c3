"""The statements inside a transaction, and inside a read, of a store in SQLite."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

import aiosqlite

from careconsole.model.event import GENESIS
from careconsole.model.priority import RankPolicy
from careconsole.store.contract import Row, StoreError, Tx, Value
from careconsole.store.events import NEWEST_EVENT
from careconsole.store.host_clock import HostClock
from careconsole.store.in_line import InLineReader
from careconsole.store.message_words import ChangedWords

T = TypeVar("T")

_PLACE = re.compile(r"\$(\d+)")
_ONE_ROW = re.compile(r" VALUES \([^()]*\$\d+[^()]*\$\d+[^()]*\)$")


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> tuple[str, int]:
    """The statement with `?1` for `$1`, and how many values it takes: a third of the time of binding by name."""
    return _PLACE.sub(r"?\1", sql), max(map(int, _PLACE.findall(sql)), default=0)


_AT_ONCE = 50
"""Rows that one INSERT brings: other threads of a busy process get their turn after each statement, not each row."""


@lru_cache(maxsize=256)
def _for_rows(sql: str, count: int) -> tuple[str, itemgetter[Any]]:
    """An INSERT of one row as one of `count` rows, and how to pick the values of its places from a row."""
    head, places = sql.split(" VALUES ")
    picked = [int(place) - 1 for place in _PLACE.findall(places)]
    return f"{head} VALUES {', '.join([_PLACE.sub('?', places)] * count)}", itemgetter(*picked)


def _run_many(db: Any, sql: str, rows: Sequence[Sequence[Value]]) -> None:
    """Run a statement for every row of values; plain INSERTs many rows at a time."""
    if not (sql.startswith("INSERT INTO ") and _ONE_ROW.search(sql)):
        db.executemany(_numbered(sql)[0], rows)
        return
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        statement, pick = _for_rows(sql, len(part))
        db.execute(statement, [value for row in part for value in pick(row)])


_KEEP_NEWEST = f"INSERT OR REPLACE INTO fact VALUES ('{NEWEST_EVENT}', ?)"


class SqliteTx:
    """Statements inside a transaction. Runs in the writer thread and never really waits."""

    def __init__(
        self, db: Any, clock: HostClock, policy: RankPolicy, session: str, new_id: Callable[[], str]
    ) -> None:
        self._db = db
        self.policy = policy
        self.session = session
        self.new_id = new_id
        self.now_us = clock.now_us()
        self.boot_id = clock.boot_id
        self.monotonic_ns = clock.monotonic_ns()
        self._revision = 0
        self._chain: tuple[int, str] | None = None
        self._has_appended = False
        self._later: dict[str, list[tuple[Value, ...]]] = {}
        self._words = ChangedWords()

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        """Every row of a statement."""
        statement, count = _numbered(sql)
        rows: list[Row] = self._db.execute(statement, values[:count]).fetchall()
        return rows

    async def row(self, sql: str, *values: Value) -> Row | None:
        """The first row of a statement, or None."""
        rows = await self.rows(sql, *values)
        return rows[0] if rows else None

    async def parts(self, size: int, sql: str, *values: Value) -> AsyncIterator[list[Row]]:
        """The rows of a statement, so many at a time."""
        rows = await self.rows(sql, *values)
        for start in range(0, len(rows), size):
            yield rows[start : start + size]

    async def change(self, sql: str, *values: Value) -> int:
        """Run a statement that writes; how many rows it touched."""
        statement, count = _numbered(sql)
        return int(self._db.execute(statement, values[:count]).rowcount)

    async def change_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run a statement that writes once for every row of values."""
        _run_many(self._db, sql, rows)

    async def insert(self, sql: str, *values: Value) -> int:
        """Run an INSERT; the id of the new row."""
        statement, count = _numbered(sql)
        return int(self._db.execute(statement, values[:count]).lastrowid)

    async def revision(self) -> int:
        """The number of this transaction."""
        if not self._revision:
            row = await self.row("UPDATE counter SET revision = revision + 1 RETURNING revision")
            assert row is not None
            self._revision = row[0]
        return self._revision

    async def chain(self) -> tuple[int, str]:
        """Sequence number and hash of the newest event."""
        if self._chain is None:
            row = await self.row("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")
            self._chain = (0, GENESIS) if row is None else (row[0], row[1])
        return self._chain

    def extend_chain(self, seq: int, hash_: str) -> None:
        """Remember the event just appended."""
        self._chain, self._has_appended = (seq, hash_), True

    def later(self, sql: str, *values: Value) -> None:
        """Run a statement at the end of the transaction, together with others of its text."""
        self._later.setdefault(sql, []).append(values)

    def find_by(self, number: int, words: str, *, was: str = "") -> None:
        """Let a row of the search index hold these words from the end of the transaction on."""
        self._words.change(number, words, was)

    def finish(self) -> None:
        """Run what was left for the end."""
        for sql, rows in (*self._later.items(), *self._words.statements()):
            _run_many(self._db, sql, rows)
        if self._has_appended and self._chain is not None:
            self._db.execute(_KEEP_NEWEST, (str(self._chain[0]),))


class SqliteReadTx:
    """Statements on the read-only connection, which aiosqlite runs in its own thread."""

    def __init__(self, db: aiosqlite.Connection | InLineReader, clock: HostClock) -> None:
        self._db = db
        self.now_us = clock.now_us()
        self.boot_id = clock.boot_id
        self.monotonic_ns = clock.monotonic_ns()

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        """Every row of a statement."""
        statement, count = _numbered(sql)
        return list(await self._db.execute_fetchall(statement, values[:count]))

    async def row(self, sql: str, *values: Value) -> Row | None:
        """The first row of a statement, or None."""
        rows = await self.rows(sql, *values)
        return rows[0] if rows else None

    async def parts(self, size: int, sql: str, *values: Value) -> AsyncIterator[list[Row]]:
        """The rows of a statement, so many at a time; the next ones are read while these are looked at."""
        statement, count = _numbered(sql)
        async with self._db.execute(statement, values[:count]) as cursor:
            ahead = asyncio.ensure_future(cursor.fetchmany(size))
            try:
                while rows := await ahead:
                    ahead = asyncio.ensure_future(cursor.fetchmany(size))
                    await asyncio.sleep(0)
                    yield list(rows)  # type: ignore[arg-type]
            finally:
                await asyncio.wait({ahead})


def drive(body: Callable[[Tx], Awaitable[T]], tx: Tx) -> T:
    """Run the body to its end in this thread; refuse one that waits for anything else."""
    coroutine: Any = body(tx)
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise StoreError("A transaction may only await its own statements.")
