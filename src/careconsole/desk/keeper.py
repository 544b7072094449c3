"""Keep one account going: its lease, its polls, its deliveries, and a second look at what may have changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from careconsole.channels import pacing
from careconsole.channels.contract import Channel, ChannelError, PollBudget
from careconsole.desk import delivery, intake
from careconsole.desk.desk import Desk
from careconsole.desk.health import Health, Sleep, keep_doing
from careconsole.store import accounts, leases, queue, thread
from careconsole.store.contract import StoreError
from careconsole.store.rows import Account

OPEN_EVERY_S = 5.0
"""Seconds between two polls while somebody reads or holds a conversation of the account."""
LOOK_AT_LATEST_S = 45.0
LOOK_AGAIN_EVERY_S = 60.0
LOOK_AGAIN_ROWS = 40
ROWS_PART = 1 / 2
OPEN_PART = 1 / 8
"""Of the requests that can be spared, the parts that one look at the first rows, and at the open thread, may cost."""
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
        self._pace = intake.Pace(self.interval_s, self._may_go_on)
        self._part = 1.0
        self._looked_at: int | None = None
        """The conversation that was open at the last look, which was made at once."""
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
        if self.channel.budget is not None and not self.channel.budget.is_told:
            await self._count_consoles()

    async def _count_consoles(self) -> None:
        """Where no network counts for all of us: half is for who polls, the rest for the other consoles."""
        row = await self._desk.store.read(
            lambda tx: tx.row("SELECT count(*) FROM session WHERE id <> $1", self._desk.session)
        )
        others = row[0] if row else 0
        self._part = 0.5 / max(1, others) if not self.is_poller else 0.5 if others else 1.0

    @property
    def budget(self) -> PollBudget | None:
        """What the network allows this process, as far as known."""
        return pacing.shared(self.channel.budget, self._part)

    def _may_go_on(self) -> bool:
        budget = self.budget
        return budget is None or pacing.spare(budget) > 0

    async def poll_once(self) -> int:
        """Poll until nothing more is there, or the budget asks for a rest; how many messages were new.

        Raises ChannelError, LeaseLost.
        """
        return await intake.poll(self._desk, self.account.id, self.channel, self.lease, self._pace)

    async def poll(self) -> None:
        """Poll once, if it is ours to do; a failure is written where every console sees it."""
        await self._has_lease.wait()
        self._is_open = await self._somebody_reads()
        try:
            await self.poll_once()
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
        return pacing.pause_s(self.budget, wanted_s, self.channel.requests_per_poll, goes_first=True)

    async def _until_read(self, seconds: float) -> None:
        """Rest between two polls; not for long once somebody begins to read, unless the network wants the rest."""
        usual_s = 0.0 if self._is_open or self.health.failures else self.channel.poll_every_s
        while OPEN_EVERY_S < seconds <= usual_s:
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
        """Look for edits and deletions in the first rows of the queue, if it is ours to do: as far as the budget
        goes, in turn."""
        await self._has_lease.wait()
        rows = await self._desk.store.read(
            lambda tx: queue.window(tx, self._desk.agent, limit=LOOK_AGAIN_ROWS)
        )
        ids = [row.id for row in rows.rows if row.account_id == self.account.id]
        await self.look_at(ids, pacing.most(self.budget, ROWS_PART))

    async def look_at_open(self) -> None:
        """Look for edits and deletions in the conversation that is open in this process, whoever polls: at once,
        then as often as an account is polled while somebody reads, as far as the budget goes."""
        open_one = self._open_conversation()
        if open_one is None:
            self._looked_at = None
        elif open_one != self._looked_at:
            await self.look_at_once(open_one)
        else:
            await self.look_at([open_one], pacing.most(self.budget, OPEN_PART, at_least=1))

    async def look_at_once(self, conversation_id: int) -> bool:
        """Look at the thread that was opened just now, whatever it costs; whether anything had changed."""
        self._looked_at = conversation_id
        return await self.look_at([conversation_id])

    def look_interval_s(self) -> float:
        """Seconds until the next look at the open thread, or until it is seen whether there is room for one: it
        gives way to the polls."""
        wanted_s = min(self.channel.poll_every_s, OPEN_EVERY_S)
        return min(LOOK_AT_LATEST_S, pacing.pause_s(self.budget, wanted_s, 1))

    async def look_at(self, conversation_ids: list[int], most: int | None = None) -> bool:
        """Look for edits and deletions in these conversations, with `most` by about so many requests; whether there
        were any."""
        if most == 0:
            return False
        found = await self._desk.store.read(lambda tx: thread.external_ids(tx, conversation_ids))
        ids = [
            external_id for account_id, each in found if account_id == self.account.id for external_id in each
        ]
        return await intake.recheck(self._desk, self.account.id, self.channel, ids, most)
