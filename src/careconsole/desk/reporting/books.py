"""The ledger of a desk, read from its record and kept up to date: what every number is counted from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from careconsole.desk.reporting.facts import Facts
from careconsole.desk.reporting.figures import Figure, Key, Window, count
from careconsole.desk.reporting.ledger import Ledger
from careconsole.model.priority import RankPolicy
from careconsole.store import accounts, events
from careconsole.store.contract import ReadTx, Store
from careconsole.store.events import LogRow

AT_ONCE = 20_000
"""Events read in one go: in between, others of this process get their turn."""


@dataclass(slots=True)
class Books:
    """Accounts by id, the facts, and the ledger that found them."""

    accounts: dict[int, str] = field(default_factory=dict)
    channels: dict[int, str] = field(default_factory=dict)
    """The network of each account by id."""
    facts: Facts = field(default_factory=Facts)
    policy: RankPolicy = field(default_factory=RankPolicy)
    """What holds until the log puts rules in force."""
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.facts, self.accounts, self.policy)

    def count(self, window: Window) -> dict[Key, Figure]:
        """Every number of a window whose end is now."""
        return count(self.ledger, self.facts, window, self.channels)


async def open_books(store: Store, until: int | None = None) -> Books:
    """The books of a desk, from the first event to the newest, or to this one. Raises StoreError as `refuse_hole`."""
    books = Books()
    async for rows in _log(store, books):
        if until is not None and rows[-1][0] >= until:
            books.ledger.take(row for row in rows if row[0] <= until)
            break
        books.ledger.take(rows)
    return books


async def whole_log(store: Store, books: Books) -> list[LogRow]:
    """Every event without its hashes, oldest first; the names of accounts go into the books."""
    return [row async for rows in _log(store, books) for row in rows]


async def _log(store: Store, books: Books) -> AsyncIterator[list[LogRow]]:
    seq = 0

    async def part(tx: ReadTx) -> list[LogRow]:
        if not seq:
            await events.refuse_hole(tx)
        for each in await accounts.all_accounts(tx):
            books.accounts[each.id], books.channels[each.id] = each.name, each.network
        return await events.log_after(tx, seq, AT_ONCE)

    while rows := await store.read(part):
        yield rows
        seq = rows[-1][0]
