"""Ten agents, hundreds of customers, consoles that die and a network that loses answers: nobody is answered twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.desk.desk_at_hand import DeskAtHand, sitting
from tests.store.record_at_hand import FakeClock, said

from careconsole.channels.contract import NotReachable, Page, PollBudget
from careconsole.desk import delivery, opening, replies, routing
from careconsole.model.conversation import Claimed
from careconsole.model.reply import (
    Ambiguous,
    Enqueued,
    Limits,
    Outcome,
    OutgoingReply,
    Retry,
    Sent,
)

AGENTS = 10
CUSTOMERS = 400
CRASHES = 40


@dataclass
class FaultyNetwork:
    """Posts whatever reaches it, once for each time it is asked; loses a third of its answers.

    It drops no repeated key: whoever repeats a post without having read it back doubles it.
    """

    chance: random.Random
    posts: list[OutgoingReply] = field(default_factory=list)
    network: str = "file"
    poll_every_s: float = 15.0
    requests_per_poll: int = 1
    has_working_key: bool = False
    limits: Limits = field(default_factory=Limits)
    budget: PollBudget | None = None

    async def poll(self, state: str | None) -> Page:
        return Page(state or "{}")

    async def send(self, reply: OutgoingReply) -> Outcome:
        fate = self.chance.random()
        if fate < 0.1:
            return Retry(self.chance.choice([1.0, 20.0]), "busy")
        if fate < 0.2:
            return Ambiguous("reset before it came")
        await self._may_die_here()
        self.posts.append(reply)
        remote_id = f"r-{len(self.posts)}"
        await self._may_die_here()
        return Ambiguous("the answer was lost") if fate < 0.4 else Sent(remote_id)

    async def _may_die_here(self) -> None:
        if self.chance.random() < 0.3:
            await asyncio.sleep(0)

    async def find_reply(self, reply: OutgoingReply) -> str | None:
        if self.chance.random() < 0.2:
            raise NotReachable("no answer")
        keys = [post.idempotency_key for post in self.posts]
        return f"r-{keys.index(reply.idempotency_key) + 1}" if reply.idempotency_key in keys else None

    async def recheck(self, external_ids: Sequence[str], most: int | None = None) -> Page:
        return Page("")

    async def aclose(self) -> None:
        pass


@dataclass
class Office:
    """Ten consoles on one file; each is a process of its own as far as the record can tell."""

    home: Path
    clock: FakeClock
    chance: random.Random
    network: FaultyNetwork
    account_id: int = 0
    crashes: int = 0
    tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    async def work(self, number: int) -> None:
        """One console from its start to its end: pull, answer, let go, deliver, again."""
        agent = f"agent{number}"
        async with sitting(self.home, self.clock, agent=agent, known={"shop": self.account_id}) as seat:
            await opening.sign_on(seat.desk)
            stale: list[Claimed] = []
            while not await self.is_done(seat):
                self.clock.pass_s(0.1)  # ten act at once: what one does takes seconds
                await self.one_act(seat, stale)

    async def one_act(self, seat: DeskAtHand, stale: list[Claimed]) -> None:
        act = self.chance.random()
        if act < 0.5:
            claimed = await routing.claim_next(seat.desk)
            if claimed is not None and self.chance.random() < 0.1:
                stale.append(claimed)  # called away with the composer open
            elif claimed is not None:
                await self.answer(seat, claimed)
        elif act < 0.55 and stale:
            await self.answer(seat, stale.pop())
        elif act < 0.6:
            await routing.renew(seat.desk)
        elif act < 0.65:
            await routing.sweep(seat.desk)
        else:
            await delivery.deliver_all(seat.desk, self.account_id, self.network, most=8)

    async def answer(self, seat: DeskAtHand, claimed: Claimed) -> None:
        hold = self.chance.random() < 0.5
        done = await replies.send(
            seat.desk, claimed.conversation_id, text="It left.", fence=claimed.fence, hold=hold
        )
        if not isinstance(done, Enqueued):
            return
        if hold:
            await asyncio.sleep(0)
            if self.chance.random() < 0.1:
                await replies.withdraw(seat.desk, done.outbox_id)
            else:
                await replies.let_go(seat.desk, done.outbox_id)
        await routing.release(seat.desk, claimed.conversation_id)

    async def is_done(self, seat: DeskAtHand) -> bool:
        if self.chance.random() < 0.8:
            return False
        row = await seat.ask(
            "SELECT (SELECT count(*) FROM conversation WHERE in_queue = 1), "
            "(SELECT count(*) FROM outbox WHERE state IN ('held', 'queued', 'sending', 'waiting', 'unknown'))"
        )
        return row == [(0, 0)]

    async def kill(self, number: int, seat: DeskAtHand) -> None:
        """A console dies between two steps of whatever it does; what it had written down as open is dead."""
        task = self.tasks[number]
        if task.done():
            return
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        self.crashes += 1
        await seat.store.write(
            lambda tx: tx.change(
                "UPDATE session SET process_mark = 'dead' WHERE agent = $1", f"agent{number}"
            )
        )
        self.tasks[number] = asyncio.create_task(self.work(number))


@pytest.mark.parametrize("seed", [1, 2])
async def test_nobody_is_answered_twice_and_everybody_once(home: Path, clock: FakeClock, seed: int) -> None:
    chance = random.Random(seed)
    office = Office(home, clock, chance, FaultyNetwork(chance))
    customers = CUSTOMERS if seed == 1 else CUSTOMERS // 4
    async with AsyncExitStack() as stack:
        seat = await stack.enter_async_context(sitting(home, clock, agent="watcher"))
        office.account_id = seat.account_id
        await seat.take_in(*[said(f"m{n}", f"c{n}", minute=-n / 60) for n in range(customers)])
        office.tasks = {number: asyncio.create_task(office.work(number)) for number in range(AGENTS)}
        for _ in range(CRASHES):
            await asyncio.sleep(0.02 * chance.random() * customers / CUSTOMERS)
            await office.kill(chance.randrange(AGENTS), seat)
        await asyncio.gather(*office.tasks.values())
        await seat.check()
        answers = Counter(post.reply_to for post in office.network.posts)
        assert {number for number in answers.values() if number > 1} == set()
        assert len(answers) == customers
        states = dict(await seat.ask("SELECT state, count(*) FROM outbox GROUP BY state"))
        assert states.pop("sent") == customers
        assert set(states) <= {"cancelled"}
        assert office.crashes > 10
