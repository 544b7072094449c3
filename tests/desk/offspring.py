"""An agent that answers as fast as it can until it is killed, and a network of files that loses answers."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from careconsole.channels.contract import NotReachable, Page, PollBudget
from careconsole.desk import delivery, opening, replies, routing
from careconsole.desk.opening import open_desk
from careconsole.model.reply import Ambiguous, Enqueued, Limits, Outcome, OutgoingReply, Retry, Sent
from careconsole.store.host_clock import SystemClock


class LaterClock(SystemClock):
    """The clocks of the machine, some seconds ahead: as if so much time had passed since the last crash."""

    def __init__(self, ahead_s: float) -> None:
        super().__init__()
        self._ahead_ns = round(ahead_s * 1e9)

    def monotonic_ns(self) -> int:
        return super().monotonic_ns() + self._ahead_ns


class FileNetwork:
    """A line for each post in a file that outlives its processes; loses answers, resets, and is slow.

    It drops no repeated key: whoever repeats a post without having read it back doubles it.
    """

    network = "file"
    poll_every_s = 15.0
    requests_per_poll = 1
    has_working_key = False
    limits = Limits()
    budget: PollBudget | None = None

    def __init__(self, path: Path, chance: random.Random, *, is_faulty: bool) -> None:
        self._path = path
        self._chance = chance
        self._faults = 0.4 if is_faulty else 0.0

    async def poll(self, state: str | None) -> Page:
        return Page(state or "{}")

    async def send(self, reply: OutgoingReply) -> Outcome:
        fate = self._chance.random()
        await asyncio.sleep(0.004 * self._chance.random())
        if fate < self._faults / 4:
            return Retry(1.0, "too many requests")
        if fate < self._faults / 2:
            return Ambiguous("reset before it came")
        write_line(self._path, f"{reply.idempotency_key} {reply.reply_to}")
        await asyncio.sleep(0.004 * self._chance.random())
        return Ambiguous("the answer was lost") if fate < self._faults else Sent(f"r-{reply.outbox_id}")

    async def find_reply(self, reply: OutgoingReply) -> str | None:
        if self._chance.random() < self._faults / 2:
            raise NotReachable("no answer")
        return f"r-{reply.outbox_id}" if reply.idempotency_key in posts(self._path) else None

    async def recheck(self, external_ids: Sequence[str], most: int | None = None) -> Page:
        return Page("")

    async def aclose(self) -> None:
        pass


def write_line(path: Path, line: str) -> None:
    """Append a line that stays there whatever happens to this process."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, f"{line}\n".encode("ascii"))
    os.close(descriptor)


def posts(path: Path) -> dict[str, str]:
    """Of each post its key, with the message that it answers; a key that stands there twice is an error."""
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    found = dict(line.split() for line in lines)
    assert len(found) == len(lines), "a reply was posted twice"
    return found


async def answer_until_killed(home: str, net: str, seed: int, ahead_s: float, to_the_end: bool) -> None:
    """One life of a console; the number of each reply that was taken on is written beside the network's file."""
    chance = random.Random(seed)
    network = FileNetwork(Path(net), chance, is_faulty=not to_the_end)
    clock = LaterClock(ahead_s)
    async with open_desk(Path(home), agent="ana", clock=clock, now=lambda: datetime.now(UTC)) as desk:
        await opening.sign_on(desk)
        while True:
            claimed = None if to_the_end else await routing.claim_next(desk)
            if claimed is not None:
                hold = chance.random() < 0.5
                done = await replies.send(
                    desk, claimed.conversation_id, text="It left.", fence=claimed.fence, hold=hold
                )
                if isinstance(done, Enqueued):
                    write_line(Path(net).with_name("taken-on"), str(done.outbox_id))
                    await asyncio.sleep(0.003 * chance.random())
                    if hold:
                        await replies.let_go(desk, done.outbox_id)
            if to_the_end:
                clock._ahead_ns += 5_000_000_000
            await delivery.deliver_all(desk, 1, network, most=4)
            if to_the_end and not await delivery.anything_open(desk):
                return
