"""The processes of a battle: consoles, short commands and somebody who writes in, all on one desk.

Each writes a journal of what it was told, one JSON line at a time, that stays whatever becomes of the process. Times
in it are those of the clock that all processes of a machine share, in nanoseconds.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.desk.offspring import FileNetwork, LaterClock

from careconsole.channels.contract import NotReachable
from careconsole.desk import keeper, opening, reading, replies, routing, runner, work
from careconsole.desk.desk import Desk
from careconsole.desk.importing import import_lines
from careconsole.desk.opening import open_desk
from careconsole.desk.runner import Runner
from careconsole.model.conversation import Claimed, Disposition, SkipReason
from careconsole.model.message import Direction
from careconsole.model.reply import Enqueued, OutgoingReply, ReplyTo
from careconsole.store import claims, leases
from careconsole.store import delivery as kept_delivery
from careconsole.store.contract import Busy, NoSpace, StoreError, Tx
from careconsole.store.host_clock import SystemClock
from proof import bugs

LEASE_S = 2
"""Leases of claims in a battle: shorter than a process is stopped for, so that they run out."""
AHEAD = timedelta(hours=1)


def hurry() -> None:
    """Let everything that is waited for in a battle come sooner."""
    claims.CLAIM_LEASE_S = LEASE_S
    routing.RENEW_EVERY_S = 0.5  # type: ignore[assignment]
    runner.SWEEP_EVERY_S = runner.ACCOUNTS_EVERY_S = runner.WAKE_EVERY_S = 0.5
    keeper.LEASE_EVERY_S, keeper.DELIVER_EVERY_S = 0.5, 0.05
    leases.POLLER_LEASE_S = 2
    # Longer than a process is stopped for: what it has in hand may still leave.
    kept_delivery.SENDER_LEASE_S, kept_delivery.SENDING_TAKES_S = 8, 4


class Network(FileNetwork):
    """The network of files, which says nothing of a reply that stands there twice: that is the checker's to find."""

    async def find_reply(self, reply: OutgoingReply) -> str | None:
        if self._chance.random() < self._faults / 2:
            raise NotReachable("no answer")
        posts = self._path.read_text("ascii") if self._path.exists() else ""
        return f"r-{reply.outbox_id}" if f"{reply.idempotency_key} " in posts else None


@dataclass(slots=True)
class Journal:
    """What a process was told, for the checker."""

    path: Path
    agent: str

    def note(self, told: str, begun_ns: int = 0, **more: Any) -> None:
        """Write a line."""
        line = {"agent": self.agent, "told": told, "begun_ns": begun_ns, "at_ns": time.monotonic_ns(), **more}
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(descriptor, json.dumps(line).encode("ascii") + b"\n")
        os.close(descriptor)


class Fighter:
    """An agent who claims, answers, gives back and resolves as chance has it."""

    def __init__(self, desk: Desk, journal: Journal, seed: int) -> None:
        self.desk, self.journal = desk, journal
        self.chance = random.Random(seed)
        self._tokens = itertools.count()
        self._held: set[asyncio.Task[object]] = set()
        self._past: list[tuple[int, int]] = []
        """Conversations with the fences under which they were claimed once: as a draft that was left open knows them."""

    async def act(self) -> None:
        """One turn; what the store refuses is written down."""
        try:
            await self._turn()
        except Busy as error:
            self.journal.note("busy", sentence=str(error))
        except NoSpace:
            self.journal.note("no space")
            await self._no_space_any_more()
        except StoreError as error:
            self.journal.note("error", sentence=str(error))

    async def _turn(self) -> None:
        begun_ns = time.monotonic_ns()
        if self._past and self.chance.random() < 0.3:
            await self._answer(*self.chance.choice(self._past))
            return
        claimed = await self._claim()
        if claimed is None:
            return
        id, fence = claimed.conversation_id, claimed.fence
        self.journal.note("claimed", begun_ns, conversation=id, fence=fence)
        await asyncio.sleep(self.chance.choice((0, 0, 0.02, 0.3)))
        deed = self.chance.random()
        if deed < 0.6:
            await self._answer(id, fence)
            return
        self._past = [*self._past[-4:], (id, fence)]
        if deed < 0.7:
            await routing.skip(self.desk, id, SkipReason.BREAK, fence)
        elif deed < 0.8:
            await routing.release(self.desk, id, fence)
        elif deed < 0.85:
            await work.resolve(self.desk, id, Disposition.NO_REPLY, fence)
        # else: left as it is, until the lease runs out or somebody is quicker

    async def _claim(self) -> Claimed | None:
        if self.chance.random() < 0.6:
            return await routing.claim_next(self.desk)
        some = await self.desk.store.read(
            lambda tx: tx.rows("SELECT id FROM conversation WHERE state <> 'resolved' LIMIT 12")
        )
        taken = await routing.claim(self.desk, self.chance.choice(some)[0]) if some else None
        return taken if isinstance(taken, Claimed) else None

    async def _answer(self, id: int, fence: int) -> None:
        thread = await reading.thread(self.desk, id)
        asked = [
            ReplyTo(entry.message_id, entry.version)
            for entry in thread
            if entry.direction is Direction.IN and entry.message_id
        ]
        if not asked:
            return
        drafts = await replies.drafts_of(self.desk, id)
        token = f"<{self.journal.agent}-{os.getpid()}-{next(self._tokens)}>"
        text = f"{drafts[0].text} {token}" if drafts else f"It left today. {token}"
        await asyncio.sleep(self.chance.choice((0, 0, 0, LEASE_S / 4)))  # a slow hand may come too late
        hold = self.chance.random() < 0.5
        done = await replies.send(
            self.desk,
            id,
            text=text,
            fence=fence,
            hold=hold,
            reply_to=asked[-1],
        )
        if isinstance(done, Enqueued):
            self.journal.note(
                "enqueued", conversation=id, fence=fence, outbox=done.outbox_id, token=token, hold=hold
            )
            if hold:
                task = asyncio.create_task(self._let_go(done.outbox_id))
                self._held.add(task)
                task.add_done_callback(self._held.discard)

    async def _let_go(self, outbox_id: int) -> None:
        await asyncio.sleep(0.2 * self.chance.random())
        with suppress(Busy, NoSpace):
            if self.chance.random() < 0.2:
                await replies.withdraw(self.desk, outbox_id)
            else:
                await replies.let_go(self.desk, outbox_id)

    # A disk without room, for this process

    async def fill_disk(self) -> None:
        """From now on this process finds no room for another page."""
        with suppress(StoreError):
            await self.desk.store.write(_no_room)

    async def _no_space_any_more(self) -> None:
        await asyncio.sleep(0.1)
        with suppress(StoreError):
            await self.desk.store.write(lambda tx: tx.rows("PRAGMA max_page_count=1073741823"))


async def _no_room(tx: Tx) -> None:
    row = await tx.row("PRAGMA page_count")
    assert row is not None
    await tx.rows(f"PRAGMA max_page_count={row[0]}")


async def console(
    home: str, net: str, agent: str, seed: int, bug: str, fast_clock: bool, end_ns: int
) -> None:
    """A console behind its screen: keeps the accounts, delivers, renews, and acts until it is killed or the end."""
    hurry()
    bugs.plant(bug)
    journal = Journal(Path(net).with_name(f"journal-{agent}-{os.getpid()}"), agent)
    try:
        await _at_the_console(Path(home), Path(net), journal, seed, fast_clock, end_ns)
    except StoreError as error:
        journal.note("busy" if isinstance(error, Busy) else "error", sentence=str(error))
        await asyncio.sleep(3600)  # whoever fights kills it


async def _at_the_console(
    home: Path, net: Path, journal: Journal, seed: int, fast_clock: bool, end_ns: int
) -> None:
    chance = random.Random(seed)
    now, clock = (_ahead, FastClock()) if fast_clock else (_now, None)
    async with open_desk(home, agent=journal.agent, now=now, clock=clock) as desk:
        await opening.sign_on(desk)
        fighter = Fighter(desk, journal, seed)
        background = asyncio.create_task(
            Runner(desk, channel_of=lambda *_: Network(net, chance, is_faulty=True)).run()
        )
        while time.monotonic_ns() < end_ns:
            if chance.random() < 0.01:
                await fighter.fill_disk()
            await fighter.act()
            await asyncio.sleep(0.03 * chance.random())
        background.cancel()
        await asyncio.gather(background, return_exceptions=True)
        await opening.sign_off(desk)


async def command(home: str, net: str, agent: str, seed: int, bug: str) -> None:
    """A short command: one act by somebody who has no console, and the process is gone."""
    hurry()
    bugs.plant(bug)
    journal = Journal(Path(net).with_name(f"journal-{agent}-{os.getpid()}"), agent)
    try:
        async with open_desk(Path(home), agent=agent, now=_now) as desk:
            await Fighter(desk, journal, seed).act()
    except Busy as error:
        journal.note("busy", sentence=str(error))


async def writer_in(home: str, seed: int, end_ns: int) -> None:
    """Customers who go on writing, in the way of an import."""
    hurry()
    chance = random.Random(seed)
    async with open_desk(Path(home), agent="intake", now=_now) as desk:
        for number in itertools.count():
            if time.monotonic_ns() > end_ns:
                return
            await import_lines(desk, [a_line(f"{seed}-{number}", f"customer{chance.randrange(30)}")], _refuse)
            await asyncio.sleep(0.1 * chance.random())


def a_line(id: str, handle: str) -> bytes:
    """A message as an import reads it."""
    line = {
        "account": "shop",
        "id": id,
        "at": datetime.now(UTC).isoformat(),
        "author": {"handle": handle, "name": handle},
        "text": f"Where is my parcel {id}?",
    }
    return json.dumps(line).encode("ascii")


def _refuse(number: int, reason: str, *_: object) -> None:
    raise AssertionError(f"line {number} was refused: {reason}")


async def last_one(home: str, net: str, seed: int) -> None:
    """Nobody is killed any more: bring to its end what is on its way, as the same agents an hour later would."""
    hurry()
    chance = random.Random(seed)
    clock = LaterClock(3600.0)
    network = Network(Path(net), chance, is_faulty=False)
    async with open_desk(Path(home), agent="last", clock=clock, now=_now) as desk:
        await opening.sign_on(desk)
        background = asyncio.create_task(Runner(desk, channel_of=lambda *_: network).run())
        give_up = time.monotonic() + 60
        while await _on_their_way(desk) and time.monotonic() < give_up:
            clock._ahead_ns += 5_000_000_000
            await asyncio.sleep(0.05)
        background.cancel()
        await asyncio.gather(background, return_exceptions=True)
        await opening.sign_off(desk)


async def _on_their_way(desk: Desk) -> bool:
    row = await desk.store.read(
        lambda tx: tx.row(
            "SELECT 1 FROM outbox WHERE state IN ('held', 'queued', 'sending', 'waiting', 'unknown') LIMIT 1"
        )
    )
    return row is not None


def _now() -> datetime:
    return datetime.now(UTC)


def _ahead() -> datetime:
    return datetime.now(UTC) + AHEAD


class FastClock(SystemClock):
    """A clock of the wall that is an hour ahead; the one of leases is the machine's."""

    def now_us(self) -> int:
        return super().now_us() + round(AHEAD.total_seconds() * 1e6)
