"""What intake spends of an account's budget: under half in every window, over all consoles, and nobody is starved."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from tests.channels.other_server import OtherServer
from tests.desk.desk_at_hand import DeskAtHand, VirtualSleep, _is_busy, sitting, until
from tests.store.record_at_hand import FakeClock

from careconsole.channels.mastodon.channel import MastodonChannel
from careconsole.channels.secret import Secret
from careconsole.desk import intake, keeper
from careconsole.desk.keeper import Keeper
from careconsole.store import accounts, delivery

LIMIT, WINDOW_S = 300, 300


@dataclass
class CountingServer:
    """A server with a budget, which notes when it was asked for what."""

    clock: FakeClock
    takes_many: bool = True
    tells: bool = True
    by_others: int = 0
    """Requests that somebody else spends of the same budget in each window."""
    server: OtherServer = field(init=False)
    asked: list[tuple[float, str, tuple[str, ...]]] = field(default_factory=list)
    """Seconds since the beginning, the kind of request, and the statuses asked for."""

    def __post_init__(self) -> None:
        self.server = OtherServer(takes_many=self.takes_many, at=self.clock.now())
        self.server.special.append(self._count)
        self.began_ns = self.clock.ns

    @property
    def now_s(self) -> float:
        return (self.clock.ns - self.began_ns) / 1e9

    def per_window(self) -> list[int]:
        """Requests in each window of the server."""
        found = Counter(int(at_s // WINDOW_S) for at_s, _, _ in self.asked)
        return [found[number] for number in range(int(self.now_s // WINDOW_S))]

    def times(self, kind: str) -> list[float]:
        return [at_s for at_s, each, _ in self.asked if each == kind]

    def id_of(self, customer: str) -> str:
        """The first status of a customer."""
        return next(
            status["id"]
            for status in self.server.statuses.values()
            if status["account"]["username"] == customer
        )

    def looks_at(self, status_id: str) -> list[float]:
        """When a status was asked for, alone or among others."""
        return [at_s for at_s, kind, ids in self.asked if kind == "statuses" and status_id in ids]

    def looks_at_thread(self, customer: str) -> list[float]:
        """When any message of a customer was asked for."""
        everything = self.server.statuses.values()
        theirs = {each["id"] for each in everything if each["account"]["username"] == customer}
        return [at_s for at_s, kind, ids in self.asked if kind == "statuses" and theirs & set(ids)]

    def channel(self) -> MastodonChannel:
        return MastodonChannel(
            "care",
            "https://care.test",
            Secret("tok"),
            transport=httpx.MockTransport(self.server.answer),
            now=self.clock.now,
            monotonic=lambda: self.clock.ns / 1e9,
        )

    def _count(self, request: httpx.Request) -> httpx.Response | None:
        path = request.url.path.removeprefix("/api/v1/")
        kind, _, rest = path.partition("/")
        ids = tuple(request.url.params.get_list("id[]")) or tuple(filter(None, [rest.partition("/")[0]]))
        kind = "context" if path.endswith("context") else kind
        self.asked.append((self.now_s, kind, ids))
        window = int(self.now_s // WINDOW_S)
        spent = self.by_others + sum(int(at_s // WINDOW_S) == window for at_s, _, _ in self.asked)
        if self.tells:
            self.server.headers = {
                "x-ratelimit-limit": str(LIMIT),
                "x-ratelimit-remaining": str(max(0, LIMIT - spent)),
                "x-ratelimit-reset": str((window + 1) * WINDOW_S - self.now_s),
            }
        if spent > LIMIT:
            return httpx.Response(429, json={"error": "Too many"}, headers=self.server.headers)
        return None


class QuickSleep(VirtualSleep):
    """Here nothing takes real time but the record; so rest is where nothing moves for some turns of the loop."""

    async def come_to_rest(self) -> None:
        quiet, seen = 0, -1
        while quiet < 25:
            busy = any(_is_busy(store) for store in self.stores)
            await asyncio.sleep(0.0001 if busy else 0)
            quiet, seen = 0 if busy or len(self.pauses) != seen else quiet + 1, len(self.pauses)


@dataclass
class Consoles:
    """Some consoles before one account."""

    server: CountingServer
    sleep: VirtualSleep
    first: DeskAtHand
    keepers: list[Keeper] = field(default_factory=list)
    opened: dict[int, int] = field(default_factory=dict)
    """Which conversation is open in which console."""

    def reads(self, console: int) -> Callable[[], int | None]:
        return lambda: self.opened.get(console)

    async def pass_min(self, minutes: float) -> None:
        await self.sleep.pass_s(60 * minutes)


@pytest.fixture
def sleep(clock: FakeClock, ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch) -> QuickSleep:
    monkeypatch.setattr(intake, "REST_S", 0.0)
    monkeypatch.setattr(keeper, "LEASE_EVERY_S", 14.0)
    return QuickSleep(clock, ana.store)


@asynccontextmanager
async def at_work(
    ana: DeskAtHand, home: Path, sleep: VirtualSleep, server: CountingServer, consoles: int
) -> AsyncIterator[Consoles]:
    at = Consoles(server, sleep, ana)
    [account] = await ana.store.read(accounts.all_accounts)
    async with AsyncExitStack() as stack:
        desks = [ana]
        for number in range(1, consoles):
            desks.append(
                await stack.enter_async_context(
                    sitting(home, ana.clock, agent=f"ben{number}", known=ana.accounts)
                )
            )
        sleep.stores = [desk.store for desk in desks]
        tasks = []
        for number, desk in enumerate(desks):
            await desk.act(delivery.sign_on, desk.desk.agent, number)
            seat = Keeper(desk.desk, account, server.channel(), at.reads(number), sleep)
            at.keepers.append(seat)
            tasks.append(asyncio.create_task(seat.run()))
            await sleep.pass_s(1)
        try:
            yield at
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


def write(server: CountingServer, customers: int, each: int = 1) -> None:
    """So many customers write so many messages each."""
    for number in range(each):
        for customer in range(customers):
            server.server.mention(f"c{customer}", f"<p>@care where is it {number}?</p>")


async def in_queue(ana: DeskAtHand, number: int) -> list[int]:
    """The conversations when so many wait."""
    async with asyncio.timeout(15):
        while len(found := await ana.waiting()) < number:
            await asyncio.sleep(0.002)
    return found


def gaps(times: list[float], start: float, end: float) -> list[float]:
    """Seconds between what happened, from a beginning to an end."""
    inside = [start, *(each for each in times if start < each < end), end]
    return [later - earlier for earlier, later in pairwise(inside)]


LOADS = [(45, 1, 1), (45, 1, 2), (45, 1, 4), (45, 3, 4)]


@pytest.mark.parametrize("takes_many", [True, False])
@pytest.mark.parametrize(("customers", "each", "consoles"), LOADS)
async def test_intake_stays_under_half_of_the_budget(
    ana: DeskAtHand,
    home: Path,
    clock: FakeClock,
    sleep: VirtualSleep,
    takes_many: bool,
    customers: int,
    each: int,
    consoles: int,
) -> None:
    server = CountingServer(clock, takes_many)
    write(server, customers, each)
    async with at_work(ana, home, sleep, server, consoles) as desks:
        waiting = await in_queue(ana, customers)
        desks.opened.update(enumerate(waiting[:consoles]))
        await desks.pass_min(10)
    assert len(server.per_window()) == 2
    assert max(server.per_window()) < LIMIT / 2, server.per_window()
    assert min(server.per_window()) > LIMIT / 4, "what is allowed is used"
    assert max(gaps(server.times("notifications"), 30, 600)) <= 40
    for customer in range(consoles):
        assert max(gaps(server.looks_at_thread(f"c{customer}"), 30, 600)) <= 90


@pytest.mark.parametrize("consoles", [1, 3])
async def test_a_server_that_tells_no_budget_is_asked_no_more(
    ana: DeskAtHand, home: Path, clock: FakeClock, sleep: VirtualSleep, consoles: int
) -> None:
    server = CountingServer(clock, takes_many=False, tells=False)
    write(server, 45)
    async with at_work(ana, home, sleep, server, consoles) as desks:
        desks.opened.update(enumerate((await in_queue(ana, 45))[:consoles]))
        await desks.pass_min(10)
    assert max(server.per_window()) < LIMIT / 2, server.per_window()
    assert max(gaps(server.times("notifications"), 30, 600)) <= 45


@pytest.mark.parametrize("is_open", [False, True])
async def test_the_first_forty_rows_are_looked_at_each_minute(
    ana: DeskAtHand, home: Path, clock: FakeClock, sleep: VirtualSleep, is_open: bool
) -> None:
    server = CountingServer(clock)
    write(server, 45)
    async with at_work(ana, home, sleep, server, 1) as desks:
        waiting = await in_queue(ana, 45)
        if is_open:
            desks.opened[0] = waiting[0]
        await desks.pass_min(10)
    for customer in range(1, 40):
        looks = server.looks_at(server.id_of(f"c{customer}"))
        assert max(gaps(looks, 0, 600)) <= 80, f"c{customer}: {looks}"
    assert server.looks_at(server.id_of("c44")) == []


async def test_where_there_is_no_room_for_forty_rows_each_gets_its_turn(
    ana: DeskAtHand, home: Path, clock: FakeClock, sleep: VirtualSleep
) -> None:
    server = CountingServer(clock, takes_many=False)
    write(server, 40)
    async with at_work(ana, home, sleep, server, 1) as desks:
        await in_queue(ana, 40)
        await desks.pass_min(10)
    alone = Counter(ids for _, kind, ids in server.asked if kind == "statuses" and len(ids) == 1)
    turns = [alone[(server.id_of(f"c{customer}"),)] for customer in range(40)]
    assert min(turns) >= 2 and max(turns) - min(turns) <= 1, turns
    assert max(server.per_window()) < LIMIT / 2


async def test_only_the_process_that_polls_looks_at_the_rows(
    ana: DeskAtHand, home: Path, clock: FakeClock, sleep: VirtualSleep
) -> None:
    server = CountingServer(clock)
    write(server, 10)
    async with at_work(ana, home, sleep, server, 3) as desks:
        await in_queue(ana, 10)
        await desks.pass_min(3)
    assert 3 <= len(server.looks_at(server.id_of("c0"))) <= 5


async def test_the_open_thread_and_the_one_before_a_send_are_looked_at_though_the_half_is_spent(
    ana: DeskAtHand, home: Path, clock: FakeClock, sleep: VirtualSleep
) -> None:
    server = CountingServer(clock, takes_many=False)
    write(server, 10)
    async with at_work(ana, home, sleep, server, 2) as desks:
        waiting = await in_queue(ana, 10)
        server.by_others = 200
        await desks.pass_min(1.5)
        await desks.keepers[1].channel.verify()
        known = len(server.asked)
        await desks.pass_min(0.5)
        assert len(server.asked) == known, "our half is spent: nothing is asked that can wait"
        assert await desks.keepers[1].look_at_once(waiting[3]) is False
        assert {ids for _, _, ids in server.asked[known:]} == {(server.id_of("c3"),)}
        known = len(server.asked)
        ana.accounts["care"] = desks.keepers[0].account.id
        await ana.queued(waiting[4])
        await until(lambda: server.server.asked("/statuses", "POST"))
        asked = [ids for _, _, ids in server.asked[known:]]
        assert asked[-1] == () and set(asked[:-1]) == {(server.id_of("c4"),)}, "the thread, then the send"


async def test_a_thread_that_is_opened_is_looked_at_whole_then_with_what_can_be_spared(
    ana: DeskAtHand, home: Path, clock: FakeClock, sleep: VirtualSleep
) -> None:
    server = CountingServer(clock, takes_many=False)
    write(server, 1, each=12)
    async with at_work(ana, home, sleep, server, 2) as desks:
        [waiting] = await in_queue(ana, 1)
        await desks.keepers[1].look_at([waiting])  # by now it knows that the server has no batches
        desks.opened[1] = waiting
        known = len(server.asked)
        await desks.keepers[1].look_at_open()
        assert len(server.asked) - known == 12
        known = len(server.asked)
        await desks.keepers[1].look_at_open()
        assert 0 <= len(server.asked) - known <= 5
