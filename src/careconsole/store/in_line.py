"""A reader without a thread: statements run in the event loop, which waits for them.

For runs in which the order of everything that happens must be the same each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class InLineReader:
    """As much of an aiosqlite connection as reading needs."""

    def __init__(self, db: Any) -> None:
        self._db = db

    def execute(self, sql: str, values: Iterable[Any] = ()) -> _Execution:
        """Run a statement; to be awaited, or entered for its rows."""
        return _Execution(self._db.execute(sql, tuple(values)))

    async def execute_fetchall(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """Every row of a statement."""
        rows: list[Any] = self._db.execute(sql, tuple(values)).fetchall()
        return rows

    async def interrupt(self) -> None:
        """Nothing is ever under way."""

    async def close(self) -> None:
        """Close the connection."""
        self._db.close()


class _Execution:
    """A statement that was run, as aiosqlite hands it out."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __await__(self) -> Any:
        return self
        yield

    async def __aenter__(self) -> _Execution:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._cursor.close()

    async def fetchmany(self, size: int) -> list[Any]:
        """The next rows."""
        rows: list[Any] = self._cursor.fetchmany(size)
        return rows
