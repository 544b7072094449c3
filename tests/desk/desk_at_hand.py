"""A desk to test with: a network that says what it is told to, and a sleep in which time passes at once."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.store.record_at_hand import FakeClock, Record

from careconsole.channels.contract import ChannelError, Page, PollBudget
from careconsole.desk.desk import Desk
from careconsole.desk.opening import open_desk
from careconsole.desk.rules import Rules
from careconsole.model.reply import Limits, Outcome, OutgoingReply, Sent
from careconsole.store import accounts
from careconsole.store.contract import Store
from careconsole.store.sqlite import SqliteStore


@dataclass
class ScriptedChannel:
    """A network that answers from a script; an exception in it is raised. What it was asked is kept."""

    pages: list[Page | ChannelError] = field(default_factory=list)
    outcomes: list[Outcome | Exception] = field(default_factory=list)
    found: list[str | ChannelError | None] = field(default_factory=list)
    changed: list[Page | ChannelError] = field(default_factory=list)
    network: str = "file"
    poll_every_s: float = 15.0
    requests_per_poll: int = 2
    has_working_key: bool = True
    limits: Limits = field(default_factory=Limits)
    budget: PollBudget | None = None
    states: list[str | None] = field(default_factory=list)
    sent: list[OutgoingReply] = field(default_factory=list)
    sought: list[OutgoingReply] = field(default_factory=list)
    rechecked: list[tuple[str, ...]] = field(default_factory=list)
    is_closed: bool = False
    send_takes: asyncio.Event | None = None
    """If set, a send waits for it."""

    async def poll(self, state: str | None) -> Page:
        self.states.append(state)
        return _next(self.pages, Page(state or "{}"))

    async def send(self, reply: OutgoingReply) -> Outcome:
        self.sent.append(reply)
        if self.send_takes is not None:
            await self.send_takes.wait()
        return _next(self.outcomes, Sent(f"remote-{reply.outbox_id}"))

    async def find_reply(self, reply: OutgoingReply) -> str | None:
        self.sought.append(reply)
        return _next(self.found, None)

    async def recheck(self, external_ids: Sequence[str], most: int | None = None) -> Page:
        self.rechecked.append(tuple(external_ids))
        return _next(self.changed, Page(""))

    async def aclose(self) -> None:
        self.is_closed = True


def _next(script: list[Any], otherwise: Any) -> Any:
    answer = script.pop(0) if script else otherwise
    if isinstance(answer, Exception):
        raise answer
    return answer


class VirtualSleep:
    """Sleeping on a clock that only moves when it is told to; every pause that was asked for is kept."""

    def __init__(self, clock: FakeClock, *stores: Store) -> None:
        self.clock = clock
        self.pauses: list[float] = []
        self.stores = list(stores)
        """Records in which nothing may be under way when time passes."""
        self._sleepers: list[tuple[int, int, asyncio.Event]] = []

    async def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)
        awake = asyncio.Event()
        due_ns = self.clock.ns + round(seconds * 1e9)
        heapq.heappush(self._sleepers, (due_ns, len(self.pauses), awake))
        await awake.wait()

    async def pass_s(self, seconds: float) -> None:
        """Let time pass; whoever is due wakes in order and comes to rest again before the next one."""
        await self.come_to_rest()
        end_ns = self.clock.ns + round(seconds * 1e9)
        while self._sleepers and self._sleepers[0][0] <= end_ns:
            due_ns, _, awake = heapq.heappop(self._sleepers)
            self.clock.pass_s(max(0, due_ns - self.clock.ns) / 1e9)
            awake.set()
            await self.come_to_rest()
        self.clock.pass_s((end_ns - self.clock.ns) / 1e9)

    async def come_to_rest(self) -> None:
        """Wait until no job has anything under way."""
        quiet, seen = 0, -1
        while quiet < 6:
            await asyncio.sleep(0.0005)
            busy = any(_is_busy(store) for store in self.stores) or len(self.pauses) != seen
            quiet, seen = 0 if busy else quiet + 1, len(self.pauses)


def _is_busy(store: Store) -> bool:
    assert isinstance(store, SqliteStore)
    return bool(store._under_way) or store._reading.locked()


async def until(is_true: Callable[[], object]) -> None:
    """Wait until something holds that other tasks bring about."""
    async with asyncio.timeout(8):
        while not is_true():
            await asyncio.sleep(0.002)


@dataclass
class DeskAtHand(Record):
    """A record with a desk before it."""

    desk: Desk = None  # type: ignore[assignment]

    @property
    def account_id(self) -> int:
        """The account that the tests use."""
        return self.accounts["shop"]


@asynccontextmanager
async def sitting(
    home: Path,
    clock: FakeClock,
    *,
    agent: str = "ana",
    rules: Rules | None = None,
    known: dict[str, int] | None = None,
    **more: Any,
) -> AsyncIterator[DeskAtHand]:
    """An agent at a desk with the account `shop`."""
    async with open_desk(
        home, agent=agent, rules=rules, create=True, now=clock.now, clock=clock, **more
    ) as desk:
        at_hand = DeskAtHand(desk.store, clock, dict(known or {}), desk)
        found = await desk.store.read(lambda tx: accounts.find(tx, "shop"))
        if found is not None:
            at_hand.accounts["shop"] = found[0]
        else:
            await at_hand.account()
        yield at_hand
