"""A full-text index in memory, one for each process: never in the desk's file, and no part of the store contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from careconsole.store import driver as sqlite
from careconsole.store.contract import StoreError


class Entry(Protocol):
    """What is kept of one thing: words separated by blanks, by where they stand."""

    @property
    def number(self) -> int:
        """Names the entry."""
        ...

    @property
    def title(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def tags(self) -> str: ...
    @property
    def triggers(self) -> str: ...
    @property
    def stems(self) -> str: ...
    @property
    def pairs(self) -> str: ...


_COLUMNS = ("title", "body", "tags", "triggers", "stems", "pairs")
_WEIGHTS = (4.0, 0.5, 1.5, 1.0, 0.35, 1.0)
"""What a word counts for by its column, in that order."""
_MAKE = f"CREATE VIRTUAL TABLE entry USING fts5({', '.join(_COLUMNS)}, tokenize = 'porter unicode61 remove_diacritics 0')"
_FILL = f"INSERT INTO entry (rowid, {', '.join(_COLUMNS)}) VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})"
_FIT = f"-bm25(entry, {', '.join(map(str, _WEIGHTS))})"
_RANKED = f"SELECT rowid, {_FIT} AS fit FROM entry WHERE entry MATCH ? ORDER BY fit DESC, rowid"


class MemoryTextIndex:
    """Entries found by any of many words, best first by `bm25()`; may be used in any one thread at a time."""

    def __init__(self, driver: sqlite.Driver | None = None) -> None:
        self._db: Any = sqlite.connect_memory(driver or sqlite.drivers()[0])
        self._make()

    def _make(self) -> None:
        try:
            self._db.execute(_MAKE)
        except sqlite.OperationalError as error:
            raise StoreError(
                f"This SQLite has no full-text search ({error}); install pysqlite3 for this Python."
            ) from error

    def fill(self, entries: Iterable[Entry]) -> None:
        """Hold these entries and no others."""
        self._db.execute("DROP TABLE entry")
        self._make()
        self._db.execute("BEGIN")
        self._db.executemany(_FILL, map(_values, entries))
        self._db.execute("COMMIT")

    def replace(self, entry: Entry) -> None:
        """Hold this entry instead of the one of its number."""
        self._db.execute("BEGIN")
        self._db.execute("DELETE FROM entry WHERE rowid = ?", (entry.number,))
        self._db.execute(_FILL, _values(entry))
        self._db.execute("COMMIT")

    def ranked(self, terms: Sequence[str]) -> Iterator[tuple[int, float]]:
        """The entries that hold any of the terms, best first, each with a score over 0."""
        asked = " OR ".join(
            f'"{clean}"' for term in terms if (clean := term.replace('"', "").replace("\0", ""))
        )
        if asked:
            for number, score in self._db.execute(_RANKED, (asked,)):
                yield int(number), float(score)

    def close(self) -> None:
        """Let go of the memory."""
        self._db.close()


def _values(entry: Entry) -> tuple[int | str, ...]:
    return entry.number, entry.title, entry.body, entry.tags, entry.triggers, entry.stems, entry.pairs
