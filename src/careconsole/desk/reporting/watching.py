"""What a wallboard shows: the board, kept up to date, and who is at the desk right now. Nothing is ever written."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from careconsole.desk.reporting.board import Board
from careconsole.desk.reporting.figures import Figure
from careconsole.desk.reporting.ledger import Ledger
from careconsole.model.assignment import MOST_MOVES
from careconsole.store import accounts, events, live, team
from careconsole.store.contract import ReadTx, Store
from careconsole.store.events import LogRow
from careconsole.store.live import Holding
from careconsole.store.rows import Account

AT_ONCE = 10_000
"""Events read in one go at the start; keys and ticks get their turn in between."""
MARGIN_US = 86_400_000_000
"""What was recorded so long before the window may tell of it, where clocks disagree."""
SOON_US = 600_000_000
"""What falls due in so long is due soon."""
MOST_NAMED = 3
"""So many conversations that were moved too often are named."""
HOURS = 12
"""So many hours the lines go back."""


@dataclass(frozen=True, slots=True)
class AgentNow:
    """An agent who is at the desk, or holds something."""

    name: str
    is_here: bool
    held: int
    is_writing: bool
    answers: int
    """Replies sent in the window."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The customer who has waited longest."""

    conversation_id: int
    handle: str
    account: str


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything a wallboard shows at one moment."""

    now_us: int
    since_us: int
    figures: Mapping[str, Figure]
    hours: Sequence[tuple[int, int]]
    """Arrivals and replies of each of the last hours, the oldest first."""
    agents: Sequence[AgentNow]
    accounts: Sequence[Account]
    oldest: Waiting | None
    due_soon: int
    """Conversations whose promise passes within ten minutes."""
    next_due_us: int | None
    """When the next promise passes."""
    free_emergencies: int
    """Conversations in tier 0 that nobody holds."""
    ahead_us: int = 0
    """So far the record is ahead of this host's clock, where somebody has set that back: no age is true then."""
    much_moved: Sequence[tuple[int, int]] = ()
    """Id and number of moves of conversations that wait and were given away again and again, the most moved first."""


class _Now(NamedTuple):
    """What is asked of the record at each look."""

    at_us: int
    accounts: list[Account]
    holding: dict[str, Holding]
    emergencies: int
    oldest: Waiting | None
    ahead_us: int
    much_moved: list[tuple[int, int]]


@dataclass(slots=True)
class Watched:
    """The board of a desk, from the first event read on."""

    store: Store
    board: Board
    ledger: Ledger = field(init=False)
    names: dict[int, str] = field(default_factory=dict)
    """Accounts by id."""
    _read_to: int = 0
    """The event up to which the log was read."""
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Whoever looks, no event is taken twice."""

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.board, self.names)

    async def catch_up(self) -> None:
        """Read what came since the last time. Raises StoreError for a log with a hole, or that makes no sense."""
        if not self._read_to:
            await self._read_from_the_beginning()
        while (part := await self.store.read(self._part)) is not None:
            rows, self._read_to = part
            self.ledger.take(rows)

    async def _read_from_the_beginning(self) -> None:
        """The whole log but for what was over before the window; nothing is collected that is about to stay."""

        async def body(tx: ReadTx) -> int:
            await events.refuse_hole(tx)
            await self._learn_names(tx)
            until = await events.newest(tx)
            since = await events.first_since(tx, self.board.since_us - MARGIN_US)
            async for rows in events.living_log(tx, self.ledger.kinds, since, until, AT_ONCE):
                self.ledger.take(rows)
                await asyncio.sleep(0)
            return until

        gc.unfreeze()
        gc.disable()
        try:
            self._read_to = await self.store.read(body)
        finally:
            gc.enable()
        gc.collect()
        gc.freeze()

    async def _part(self, tx: ReadTx) -> tuple[list[LogRow], int] | None:
        """The next events that mean anything, and the one up to which was read; None if there are none."""
        until = min(self._read_to + AT_ONCE, await events.newest(tx))
        if until <= self._read_to:
            return None
        rows = await events.log_of_kinds(tx, self.ledger.kinds, self._read_to, until)
        if any(row[5] is not None and row[5] not in self.names for row in rows):
            await self._learn_names(tx)
        return rows, until

    async def _learn_names(self, tx: ReadTx) -> None:
        self.names.update({each.id: each.name for each in await accounts.all_accounts(tx)})

    async def look(self) -> Sight:
        """How things stand now."""
        async with self._reading:
            await self.catch_up()
        self.board.follow(self.ledger)
        oldest_id = self.board.waiting.smallest_id

        async def ask(tx: ReadTx) -> _Now:
            found = await live.handle_of(tx, oldest_id) if oldest_id is not None else None
            oldest = None if found is None or oldest_id is None else Waiting(oldest_id, *found)
            return _Now(
                tx.now_us,
                await accounts.all_accounts(tx),
                await live.holding(tx),
                await live.free_emergencies(tx),
                oldest,
                await events.ahead_us(tx),
                await team.much_moved(tx, MOST_MOVES, MOST_NAMED),
            )

        now = await self.store.read(ask)
        now_us = now.at_us
        board = self.board
        return Sight(
            now_us,
            board.since_us,
            board.figures(now_us),
            board.hours(now_us, HOURS),
            self._agents(now.holding),
            now.accounts,
            now.oldest,
            board.due.between(now_us, now_us + SOON_US),
            board.due.next_after(now_us),
            now.emergencies,
            now.ahead_us,
            now.much_moved,
        )

    def _agents(self, holding: Mapping[str, Holding]) -> list[AgentNow]:
        here = self.ledger.duty.at_desk
        nothing = Holding(0, False)
        return [
            AgentNow(
                name,
                name in here,
                holding.get(name, nothing).count,
                holding.get(name, nothing).is_writing,
                self.board.answers_of.get(name, 0),
            )
            for name in sorted(here.keys() | holding.keys())
        ]


def watch(store: Store, since_us: int) -> Watched:
    """Begin to watch a desk, for a window that begins then."""
    return Watched(store, Board(since_us))
