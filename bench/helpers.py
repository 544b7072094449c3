"""What the processes of a measurement do: `python -m bench.helpers NAME ...`, JSON lines out, a line in to begin."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from careconsole.desk import reading, replies, routing, work
from careconsole.desk.desk import Desk
from careconsole.desk.opening import open_desk, sign_on
from careconsole.desk.rules import Rules
from careconsole.desk.runner import Runner
from careconsole.model.conversation import Claimed, Disposition, HeldBy
from careconsole.model.message import Direction
from careconsole.model.reply import Enqueued, Mode, ReplyTo
from careconsole.store.acts import Done
from careconsole.store.contract import Tx
from careconsole.store.host_clock import SystemClock


def say(value: object) -> None:
    """Print a line of JSON."""
    print(json.dumps(value), flush=True)


async def told() -> str:
    """Wait for a line of standard input."""
    line: str = await asyncio.to_thread(sys.stdin.readline)
    return line.strip()


@asynccontextmanager
async def at_desk(home: str, agent: str) -> AsyncIterator[Desk]:
    """An open desk; says that it is ready and waits to be told to begin."""
    async with open_desk(Path(home), agent=agent) as desk:
        say("ready")
        await told()
        yield desk


async def claim_all(home: str, agent: str, limit: str) -> None:
    """Pull until nothing is left or so many are taken: [conversation, fence, microseconds] each."""
    async with at_desk(home, agent) as desk:
        taken: list[tuple[int, int, float]] = []
        while len(taken) < int(limit):
            start = time.perf_counter()
            claimed = await routing.claim_next(desk)
            if claimed is None:
                break
            taken.append((claimed.conversation_id, claimed.fence, (time.perf_counter() - start) * 1e6))
        say(taken)


async def act_paced(home: str, agent: str, seconds: str) -> None:
    """Claim something about once a second: milliseconds of each act, and what was claimed."""
    async with at_desk(home, agent) as desk:
        end = time.monotonic() + float(seconds)
        took_ms, taken = [], []
        await asyncio.sleep(random.random())
        while time.monotonic() < end:
            start = time.perf_counter()
            claimed = await routing.claim_next(desk)
            took_ms.append((time.perf_counter() - start) * 1000)
            if claimed is not None:
                taken.append((claimed.conversation_id, claimed.fence))
            await asyncio.sleep(random.uniform(0.5, 1.5))
        say({"took_ms": took_ms, "taken": taken})


async def claim_meanwhile(home: str, agent: str) -> None:
    """A console that waits for somebody's import: claims 20 times a second until told to end."""
    async with at_desk(home, agent) as desk:
        ending = asyncio.ensure_future(told())
        took_ms = []
        while not ending.done():
            start = time.perf_counter()
            await routing.claim_next(desk)
            took_ms.append((time.perf_counter() - start) * 1000)
            await asyncio.wait({ending}, timeout=0.05)
        say(took_ms)


async def commit_often(home: str, agent: str, commits: str) -> None:
    """Commit something small at random moments: the shared clock after each commit."""
    async with at_desk(home, agent) as desk:
        for number in range(int(commits)):
            await asyncio.sleep(random.uniform(0.05, 0.25))
            await desk.store.write(lambda tx, number=number: _mark(tx, number))  # type: ignore[misc]
            say((number, time.monotonic_ns()))


async def _mark(tx: Tx, number: int) -> None:
    await tx.change("INSERT OR REPLACE INTO fact VALUES ('bench', $1)", str(number))


async def watch_commits(home: str, agent: str, commits: str) -> None:
    """Wait for the feed, read what was committed: number and the shared clock when it was known here."""
    async with at_desk(home, agent) as desk:
        seen, newest = desk.feed.revision, -1
        while newest < int(commits) - 1:
            seen = await desk.feed.beyond(seen)
            row = await desk.store.read(lambda tx: tx.row("SELECT value FROM fact WHERE name = 'bench'"))
            if row is not None and int(row[0]) != newest:
                newest = int(row[0])
                say((newest, time.monotonic_ns()))


class LaterBoot(SystemClock):
    """The machine's clocks after another start of it: every lease of the processes before has run out."""

    def __init__(self, boot: str) -> None:
        super().__init__()
        self.boot_id = f"bench-{boot}"


@asynccontextmanager
async def as_console(home: str, agent: str, boot: str) -> AsyncIterator[Desk]:
    """What a console does behind its screen, with an undo window of 0.3 s."""
    rules = Rules(undo_s={Mode.PUBLIC: 0.3, Mode.PRIVATE: 0.3})
    async with open_desk(Path(home), agent=agent, rules=rules, clock=LaterBoot(boot)) as desk:
        await sign_on(desk)
        background = asyncio.create_task(Runner(desk).run())
        try:
            yield desk
        finally:
            background.cancel()
            await asyncio.gather(background, return_exceptions=True)


MOST_ON_THE_WAY = 20
"""Replies that leave at the same time: more of them would only wait for each other."""


async def answer_until_killed(home: str, agent: str, boot: str) -> None:
    """Answer what waits, and what was answered once more; says the text of every reply that was taken."""
    async with as_console(home, agent, boot) as desk:
        say("ready")
        number = 0
        while True:
            number += 1
            text = f"reply {boot}-{number} {random.getrandbits(40):x}"
            if len(await reading.outbox_open(desk)) < MOST_ON_THE_WAY and (
                taken := await _answer_one(desk, text)
            ):
                say(taken)
            await asyncio.sleep(random.uniform(0.02, 0.2))


async def _answer_one(desk: Desk, text: str) -> str:
    """Send a text, or the draft that is there; what was taken into the outbox."""
    claimed: object = await routing.claim_next(desk)
    if claimed is None:
        held = await desk.store.read(
            lambda tx: tx.rows("SELECT id FROM conversation WHERE state <> 'resolved'")
        )
        if not held:
            return ""
        claimed = await routing.claim(desk, random.choice(held)[0])
    if not isinstance(claimed, Claimed):
        return ""
    drafts = await replies.drafts_of(desk, claimed.conversation_id)
    if drafts:  # one that came back: the agent sends it now
        text = drafts[0].text
    thread = await reading.thread(desk, claimed.conversation_id)
    asked = [
        ReplyTo(entry.message_id, entry.version)
        for entry in thread
        if entry.direction is Direction.IN and entry.message_id
    ]
    purpose = await replies.next_purpose(desk, claimed.conversation_id, asked[-1].message_id)
    hold = random.random() < 0.5
    sent = await replies.send(
        desk,
        claimed.conversation_id,
        text=text,
        fence=claimed.fence,
        hold=hold,
        purpose=purpose,
        reply_to=asked[-1],
    )
    if not isinstance(sent, Enqueued):
        return ""
    if hold:
        asyncio.get_running_loop().call_later(0.3, _let_go, desk, sent.outbox_id)
    return text


_under_way: set[asyncio.Task[bool | HeldBy]] = set()


def _let_go(desk: Desk, outbox_id: int) -> None:
    task = asyncio.ensure_future(replies.let_go(desk, outbox_id))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def bring_to_end(home: str, agent: str, boot: str, seconds: str) -> None:
    """A last console without kills: until nothing is on its way, or so many seconds; text and state of all."""
    async with as_console(home, agent, boot) as desk:
        say("ready")
        with suppress(TimeoutError):
            async with asyncio.timeout(float(seconds)):
                while await reading.outbox_open(desk):
                    await desk.feed.beyond(desk.feed.revision)
        drafts = await replies.my_drafts(desk)
        say(
            {
                "outbox": [(row.text, row.state.value) for row in await reading.outbox(desk)],
                "drafts": [draft.text for draft in drafts],
            }
        )


LEFT_WAITING = 30
"""So many are left in the list, so that there is something to look at."""


async def keep_up(home: str, agent: str) -> None:
    """A colleague who answers and resolves what waits, but for the last few, until told to end: how many."""
    async with at_desk(home, agent) as desk:
        ending = asyncio.ensure_future(told())
        taken = resolved = 0
        while not ending.done():
            waiting = (await reading.counts(desk)).waiting
            claimed = await routing.claim_next(desk) if waiting > LEFT_WAITING else None
            if claimed is None:
                await asyncio.wait({ending}, timeout=0.1)
                continue
            taken += 1
            sent = await replies.send(
                desk, claimed.conversation_id, text="It is on its way, we are sorry.", fence=claimed.fence
            )
            if isinstance(sent, Enqueued):
                ended = await work.resolve(desk, claimed.conversation_id, Disposition.ANSWERED)
                resolved += isinstance(ended, Done)
            await asyncio.wait({ending}, timeout=0.05)
        say({"taken": taken, "resolved": resolved})


HELPERS: dict[str, Callable[..., Coroutine[object, object, None]]] = {
    each.__name__: each
    for each in (
        claim_all,
        act_paced,
        claim_meanwhile,
        commit_often,
        watch_commits,
        answer_until_killed,
        bring_to_end,
        keep_up,
    )
}

if __name__ == "__main__":
    asyncio.run(HELPERS[sys.argv[1]](*sys.argv[2:]))
