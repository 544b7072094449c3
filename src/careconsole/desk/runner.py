"""Keep the desk going, with or without a screen: every account, the claims, the record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from careconsole.channels import factory
from careconsole.channels.contract import Channel, ChannelError
from careconsole.desk import approvals, coming_back, delivery, intake, routing
from careconsole.desk.desk import Desk
from careconsole.desk.health import Health, Sleep, keep_doing
from careconsole.desk.keeper import Keeper
from careconsole.desk.opening import bring_back_held
from careconsole.desk.vectors import OpenEncoder, VectorKeeper
from careconsole.store import accounts as kept_accounts
from careconsole.store import leases, row_hash
from careconsole.store.rows import Account

SWEEP_EVERY_S = 5.0
ACCOUNTS_EVERY_S = 3.0
WAKE_EVERY_S = 2.0
HASH_EVERY_S, HASH_PAUSE_S = 600.0, 0.05
EXAMINE_EVERY_S = 24 * 3600.0

OpenChannel = Callable[[Desk, Account], Channel]


def open_channel(desk: Desk, account: Account) -> Channel:
    """The channel of an account of this desk. Raises ChannelError if it cannot be opened here."""
    return factory.open_channel(
        network=account.network,
        account=account.name,
        url=account.url,
        token_file=None if account.token_file is None else Path(account.token_file),
        home=desk.home,
        recording=desk.recording,
        speed=desk.speed,
        now=desk.now,
    )


class Runner:
    """Everything that goes on in the background of one process."""

    def __init__(
        self,
        desk: Desk,
        *,
        open_conversation: Callable[[], int | None] = lambda: None,
        on_lost: Callable[[list[int]], None] = lambda lost: None,
        on_damage: Callable[[str], None] = lambda sentence: None,
        channel_of: OpenChannel = open_channel,
        sleep: Sleep = asyncio.sleep,
        encoder_of: OpenEncoder | None = None,
    ) -> None:
        """`encoder_of` opens what makes vectors of messages; without it none are made."""
        self._desk = desk
        self._vectors = None if encoder_of is None else VectorKeeper(desk, encoder_of)
        self._open_conversation = open_conversation
        self._on_lost = on_lost
        self._on_damage = on_damage
        self._channel_of = channel_of
        self._sleep = sleep
        self._keepers: dict[int, Keeper] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Go on until cancelled; leases are given back at the end."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for job, every_s, name in (
                    (self.follow_accounts, ACCOUNTS_EVERY_S, "accounts"),
                    (self.renew, routing.RENEW_EVERY_S, "claims"),
                    (self.sweep, SWEEP_EVERY_S, "sweep"),
                    (self.wake_due, WAKE_EVERY_S, "waking"),
                    (self.hash_texts, HASH_EVERY_S, "hashing"),
                    (self.examine, EXAMINE_EVERY_S, "examination"),
                ):
                    tasks.create_task(
                        keep_doing(job, every_s=lambda s=every_s: s, health=Health(name), sleep=self._sleep)  # type: ignore[misc]
                    )
                if (keeping := self._vectors) is not None:
                    pause_s, health = keeping.pause_s, Health("vectors")
                    tasks.create_task(
                        keep_doing(keeping.keep, every_s=pause_s, health=health, sleep=self._sleep)
                    )
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            if not self._desk.store.damage:
                await self._desk.store.write(leases.drop_leases)

    async def follow_accounts(self) -> None:
        """Begin to keep every account that is new; an account that cannot be opened shows why."""
        for account in await self._desk.store.read(kept_accounts.all_accounts):
            if account.id in self._keepers:
                continue
            await asyncio.to_thread(factory.load, account.network)  # keys are not to wait for it
            try:
                channel = self._channel_of(self._desk, account)
            except ChannelError as error:
                await self._note_failure(account, str(error))
                continue
            keeper = Keeper(self._desk, account, channel, self._open_conversation, self._sleep)
            self._keepers[account.id] = keeper
            self._tasks[account.id] = asyncio.create_task(keeper.run(), name=f"keep-account-{account.id}")

    async def _note_failure(self, account: Account, sentence: str) -> None:
        if account.last_error != sentence:
            await self._desk.store.write(lambda tx: kept_accounts.poll_failed(tx, account.id, sentence))

    async def renew(self) -> None:
        """Extend this console's claims; tell which were lost."""
        if lost := await routing.renew(self._desk):
            self._on_lost(lost)

    async def sweep(self) -> None:
        """Free claims that ran out, make drafts of what dead consoles held, and keep the write-ahead log small."""
        await routing.sweep(self._desk)
        await bring_back_held(self._desk)
        await approvals.overtaken(self._desk)
        await self._desk.store.tend(is_poller=any(keeper.is_poller for keeper in self._keepers.values()))

    async def wake_due(self) -> None:
        """Bring back what has slept until now."""
        await coming_back.wake_due(self._desk.store)

    async def examine(self) -> None:
        """Look the record over, at the start and once a day; a damaged one is told, and not written to."""
        if not self._desk.store.damage and (sentence := await self._desk.store.examine()):
            self._on_damage(sentence)

    async def hash_texts(self) -> None:
        """Give the texts from before there were hashes theirs, a few at a time: others are to get their turn."""
        if not await self._desk.store.read(row_hash.fills):
            return
        while await self._desk.store.write(row_hash.fill):
            await self._sleep(HASH_PAUSE_S)

    async def look_at(self, account_id: int, conversation_id: int) -> bool:
        """Look at once for edits and deletions in the open thread; whether there were any."""
        keeper = self._keepers.get(account_id)
        if keeper is None:
            return False
        with suppress(ChannelError):
            return await keeper.look_at_once(conversation_id)
        return False


@dataclass(frozen=True, slots=True)
class Synced:
    """What one pass over an account did."""

    account: str
    new: int = 0
    sent: int = 0
    error: str = ""
    is_busy: bool = False
    """Another process polls and delivers for it."""


async def sync_once(desk: Desk, channel_of: OpenChannel = open_channel) -> list[Synced]:
    """One pass of intake and delivery over every account; a failing one does not stop the others."""
    await coming_back.wake_due(desk.store)
    await approvals.overtaken(desk)
    everything = await desk.store.read(kept_accounts.all_accounts)
    try:
        return list(
            await asyncio.gather(*(_sync_account(desk, account, channel_of) for account in everything))
        )
    finally:
        await desk.store.write(leases.drop_leases)
        await desk.store.tend(is_poller=True)


async def _sync_account(desk: Desk, account: Account, channel_of: OpenChannel) -> Synced:
    try:
        channel = channel_of(desk, account)
    except ChannelError as error:
        return Synced(account.name, error=str(error))
    keeper = Keeper(desk, account, channel, lambda: None)
    await keeper.hold_lease()
    try:
        if keeper.lease is None:
            return Synced(account.name, is_busy=True)
        new, sentence = await _poll_once(desk, keeper)
        sent = 0
        try:
            if not sentence:
                await keeper.look_again()
            sent = await delivery.deliver_all(desk, account.id, channel)
        except ChannelError as problem:
            sentence = sentence or str(problem)
        return Synced(account.name, new, sent, sentence)
    finally:
        await channel.aclose()


async def _poll_once(desk: Desk, keeper: Keeper) -> tuple[int, str]:
    try:
        return await keeper.poll_once(), ""
    except ChannelError as problem:
        sentence = str(problem)
        await desk.store.write(lambda tx: kept_accounts.poll_failed(tx, keeper.account.id, sentence))
        return 0, sentence
    except intake.LeaseLost:
        return 0, "another process took over"
