"""What a store must be able to do: run a transaction to its end, read, and say that something was committed.

Statements are written once, with `$1`-style placeholders; another engine is another executor of the same bodies.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from careconsole.model.priority import RankPolicy
from careconsole.store.feed import Feed

Value = str | int | float | bytes | None
Row = tuple[Any, ...]
T = TypeVar("T")


class StoreError(Exception):
    """The record cannot be used; a sentence says what happened, where, and what to do."""


class NoDesk(StoreError):
    """There is no desk at this place, and reading alone does not make one."""


class WrongFile(StoreError):
    """The file is not a desk of ours, or of a later version."""


class Damaged(StoreError):
    """The file is a desk, but its pages contradict each other."""


class NoSpace(StoreError):
    """The disk is full; nothing was written."""


class Busy(StoreError):
    """Another process kept the record locked for too long; nothing was written."""


class ReadTx(Protocol):
    """Statements that only read."""

    @property
    def now_us(self) -> int:
        """The wall clock at the start, in microseconds."""
        ...

    @property
    def boot_id(self) -> str:
        """The running boot of this host: leases of another boot have run out."""
        ...

    @property
    def monotonic_ns(self) -> int:
        """The host's monotonic clock, which leases are counted on."""
        ...

    async def rows(self, sql: str, *values: Value) -> list[Row]:
        """Every row of a statement."""
        ...

    async def row(self, sql: str, *values: Value) -> Row | None:
        """The first row of a statement, or None."""
        ...

    def parts(self, size: int, sql: str, *values: Value) -> AsyncIterator[list[Row]]:
        """The rows of a statement, so many at a time: for answers too long to be held at once."""
        ...


class Tx(ReadTx, Protocol):
    """Statements inside one transaction. A body may await only these, never anything else."""

    policy: RankPolicy
    session: str
    """Names the process that writes: one console or one command."""

    def new_id(self) -> str:
        """An id that nothing else has: 32 hexadecimal digits."""
        ...

    async def change(self, sql: str, *values: Value) -> int:
        """Run a statement that writes; how many rows it touched."""
        ...

    async def change_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run a statement that writes once for every row of values."""
        ...

    async def insert(self, sql: str, *values: Value) -> int:
        """Run an INSERT; the id of the new row."""
        ...

    async def revision(self) -> int:
        """The number of this transaction, written on every row whose change others must see."""
        ...

    async def chain(self) -> tuple[int, str]:
        """Sequence number and hash of the newest event."""
        ...

    def extend_chain(self, seq: int, hash_: str) -> None:
        """Remember the event just appended."""
        ...

    def later(self, sql: str, *values: Value) -> None:
        """Run a statement at the end of the transaction: for what no statement of this transaction reads."""
        ...

    def find_by(self, number: int, words: str, *, was: str = "") -> None:
        """Let a row of `message_words` hold these words from the end of the transaction on.

        `was` is what it holds now; empty, on either side, for no row.
        """
        ...


Body = Callable[[Tx], Awaitable[T]]
Question = Callable[[ReadTx], Awaitable[T]]


class Store(Protocol):
    """The record of one desk."""

    feed: Feed
    path: Path
    session: str
    policy: RankPolicy
    read_only: bool
    warning: str
    """A sentence about a limitation of this installation, or empty."""
    damage: str
    """A sentence about what `examine` found; empty if the file is whole as far as known."""

    async def write(self, body: Body[T]) -> T:
        """Run a body as one transaction that a cancelled caller cannot leave half done."""
        ...

    async def read(self, question: Question[T]) -> T:
        """Run statements that see one state of the record."""
        ...

    async def examine(self) -> str:
        """Look the file over quickly; of a damaged one the sentence, and from then on nothing is written here."""
        ...

    async def compact(self, *, anew: bool) -> bool:
        """Clear the write-ahead log; with `anew` write the whole file anew before. False while somebody reads it."""
        ...

    async def tend(self, *, is_poller: bool) -> None:
        """Keep the write-ahead log small, if that is this process's duty."""
        ...

    async def aclose(self) -> None:
        """Finish what is under way and close; idempotent."""
        ...
