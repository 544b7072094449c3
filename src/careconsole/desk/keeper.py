"""Keep one account going: its lease, its polls, its deliveries, and a second look at what may have changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from careconsole.channels.contract import Channel, ChannelError, interval_within
from careconsole.desk import delivery, intake
from careconsole.desk.desk import Desk
from careconsole.desk.health import Health, Sleep, keep_doing
from careconsole.store import accounts, leases, queue, thread
from careconsole.store.contract import StoreError
from careconsole.store.rows import Account

OPEN_EVERY_S = 5.0
"""Seconds between two polls while somebody reads or holds a conversation of the account."""
LOOK_AGAIN_EVERY_S = 60.0
LOOK_AGAIN_ROWS = 40
LEASE_EVERY_S = 5.0
DELIVER_EVERY_S = 1.0


class Keeper:
    """One account in one process. It polls and delivers only while it holds the account's lease."""

    def __init__(
        self,
        desk: Desk,
        account: Account,
        channel: Channel,
        open_conversation: Callable[[], int | None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.account = account
        self.channel = channel
        self.health = Health(f"account {account.id}")
        self._desk = desk
        self._open_conversation = open_conversation
        self._sleep = sleep
        self.lease: intake.PollLease | None = None
        """The right to poll and deliver, while this process has it."""
        self._is_open = False
        self._has_lease = asyncio.Event()

    @property
    def is_poller(self) -> bool:
        """Whether this process polls the account."""
        return self.lease is not None

    async def run(self) -> None:
        """Keep the account going until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for job, every_s, name in (
                    (self.hold_lease, LEASE_EVERY_S, "lease"),
                    (self.deliver, DELIVER_EVERY_S, "delivery"),
                    (self.look_again, LOOK_AGAIN_EVERY_S, "second look"),
                ):
                    health = Health(f"{name} of account {self.account.id}")
                    rest = self._rest_of_delivery(health) if job == self.deliver else self._sleep
                    tasks.create_task(keep_doing(job, every_s=lambda s=every_s: s, health=health, sleep=rest))  # type: ignore[misc]
                health = Health(f"open thread of account {self.account.id}")
                tasks.create_task(
                    keep_doing(
                        self.look_at_open, every_s=self.look_interval_s, health=health, sleep=self._sleep
                    )
                )
                tasks.create_task(
                    keep_doing(self.poll, every_s=self.interval_s, health=self.health, sleep=self._until_read)
                )
        finally:
            await self.channel.aclose()

    async def hold_lease(self) -> None:
        """Take the right to poll if nobody has it, or keep it."""
        name = f"poll:{self.account.id}"
        fence = await self._desk.store.write(lambda tx: leases.take_lease(tx, name, leases.POLLER_LEASE_S))
        self.lease = None if fence is None else intake.PollLease(name, fence)
        if self.lease is not None:
            self._has_lease.set()
        else:
            self._has_lease.clear()

    async def poll(self) -> None:
        """Poll once, if it is ours to do; a failure is written where every console sees it."""
        await self._has_lease.wait()
        self._is_open = await self._somebody_reads()
        try:
            await intake.poll(self._desk, self.account.id, self.channel, self.lease)
        except intake.LeaseLost:
            self.lease = None
            self._has_lease.clear()
        except ChannelError as error:
            sentence = str(error)
            await self._desk.store.write(lambda tx: accounts.poll_failed(tx, self.account.id, sentence))
            raise

    def interval_s(self) -> float:
        """Seconds until the next poll: fewer while somebody reads, more where the budget is short."""
        usual_s = self.channel.poll_every_s
        wanted_s = min(usual_s, OPEN_EVERY_S) if self._is_open else usual_s
        return interval_within(self.channel.budget, wanted_s, self.channel.requests_per_poll)

    async def _until_read(self, seconds: float) -> None:
        """Rest between two polls; not for long once somebody begins to read, unless the network wants the rest."""
        while seconds > OPEN_EVERY_S and seconds <= self.channel.poll_every_s and not self.health.failures:
            await self._sleep(OPEN_EVERY_S)
            seconds -= OPEN_EVERY_S
            with suppress(StoreError):  # the poll itself will tell
                if await self._somebody_reads():
                    return
        await self._sleep(seconds)

    async def _somebody_reads(self) -> bool:
        row = await self._desk.store.read(
            lambda tx: tx.row(
                "SELECT 1 FROM conversation WHERE account_id = $1 AND (id = $4 OR "
                "(claimed_by IS NOT NULL AND lease_boot = $2 AND lease_until_ns > $3)) LIMIT 1",
                self.account.id,
                tx.boot_id,
                tx.monotonic_ns,
                self._open_conversation(),
            )
        )
        return row is not None

    async def deliver(self) -> None:
        """Deliver what is due, if it is ours to do."""
        await self._has_lease.wait()
        await delivery.deliver_all(self._desk, self.account.id, self.channel)

    def _rest_of_delivery(self, health: Health) -> Sleep:
        async def rest(seconds: float) -> None:
            await (self._sleep(seconds) if health.failures else self._until_moved(seconds))

        return rest

    async def _until_moved(self, seconds: float) -> None:
        """Rest until something was committed, at most so long: a reply just queued leaves at once."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._desk.feed.beyond(self._desk.feed.revision)

    async def look_again(self) -> None:
        """Look for edits and deletions in the first rows of the queue."""
        await self._has_lease.wait()
        rows = await self._desk.store.read(
            lambda tx: queue.window(tx, self._desk.agent, limit=LOOK_AGAIN_ROWS)
        )
        await self.look_at([row.id for row in rows.rows if row.account_id == self.account.id])

    async def look_at_open(self) -> None:
        """Look for edits and deletions in the conversation that is open in this process, whoever polls: as often as
        an account is polled while somebody reads."""
        open_one = self._open_conversation()
        if open_one is not None:
            await self.look_at([open_one])

    def look_interval_s(self) -> float:
        """Seconds until the next look at the open thread; a quarter of the budget is left to the polls."""
        budget, wanted_s = self.channel.budget, min(self.channel.poll_every_s, OPEN_EVERY_S)
        if budget is not None:
            budget = replace(budget, remaining=budget.remaining - budget.limit // 4)
        return interval_within(budget, wanted_s, 1)

    async def look_at(self, conversation_ids: list[int]) -> bool:
        """Look for edits and deletions in these conversations; whether there were any."""
        found = await self._desk.store.read(lambda tx: thread.external_ids(tx, conversation_ids))
        ids = [
            external_id for account_id, each in found if account_id == self.account.id for external_id in each
        ]
        return await intake.recheck(self._desk, self.account.id, self.channel, ids)
