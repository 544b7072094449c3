"""Replies and typing under kill -9: nothing lost, nothing doubled, at most half a second of typing gone."""

from __future__ import annotations

import asyncio
import random
import re
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests import mastodon_server
from tests.mastodon_server import MastodonServer, start_server, token_of
from tests.pty_console import PtyConsole

from bench import desks
from bench.console_figures import calm
from bench.context import Bench
from bench.faulty_proxy import FaultyProxy
from bench.figures import Table, median
from bench.processes import Helper, load
from careconsole.desk import replies
from careconsole.desk.accounts import add_mastodon
from careconsole.desk.opening import open_desk

CUSTOMERS = 30
_ON_THE_WAY = ("held", "queued", "sending", "waiting")
AT_A_TIME = 4
"""Consoles in which is typed at the same time."""


def delivery_figures(bench: Bench) -> Table:
    """Kills at random moments while a console sends through a server that loses answers, resets and is slow."""
    kills = bench.sizes.kills
    table = Table(f"Delivery: {kills} kill -9 while sending through a faulty server ({load()})")
    mastodon_server.PEOPLE = ("care", *(f"cust{number}" for number in range(CUSTOMERS)))  # type: ignore[assignment]
    server = start_server(bench.folder)
    proxy = _ProxyThread(int(server.url.rpartition(":")[2]))
    try:
        home = bench.empty()
        asyncio.run(_connect(home, proxy.url, bench.folder))
        for number in range(CUSTOMERS):
            server.post(f"cust{number}", f"@care where is my parcel number {number}?")
        taken = _kill_senders(home, kills)
        end = _bring_to_end(home, kills)
        _judge(table, taken, end, _posts(server))
        table.note(
            "what the server did to posts", ", ".join(f"{what} {count}" for what, count in proxy.done.items())
        )
    finally:
        proxy.stop()
        server.stop()
    return table


async def _connect(home: Path, url: str, folder: Path) -> None:
    token = folder / "care.token"
    token.write_text(token_of("care"))
    token.chmod(0o600)
    async with open_desk(home, agent="ana", create=True) as desk:
        while True:  # the server resets a connection now and then
            try:
                await add_mastodon(desk, "net", url, token)
                return
            except Exception as error:
                print(f"  ({error})", flush=True)
                await asyncio.sleep(0.2)


def _kill_senders(home: Path, kills: int) -> list[str]:
    """Start a sender, kill it somewhere, start the next; the texts whose sending was confirmed to the agent."""
    taken: list[str] = []
    for number in range(kills):
        sender = Helper("answer_until_killed", home, "ana", number)
        try:
            sender.next()
            killer = threading.Timer(random.uniform(0.2, 2.0), sender.process.kill)
            killer.start()
            while True:
                try:
                    taken.append(sender.next())
                except EOFError:
                    break
            killer.join()
        finally:
            sender.end()
    return taken


def _bring_to_end(home: Path, boot: int) -> dict[str, Any]:
    last = Helper("bring_to_end", home, "ana", boot, 240)
    try:
        last.next()
        result: dict[str, Any] = last.next()
        return result
    finally:
        last.end()


def _posts(server: MastodonServer) -> Counter[str]:
    """How often each text of ours was posted, whatever the server made of it."""
    found: Counter[str] = Counter()
    me = server.call("GET", "/api/v1/accounts/verify_credentials", "care")["id"]
    before = ""
    while page := server.call("GET", f"/api/v1/accounts/{me}/statuses?limit=40{before}", "care"):
        for status in page:
            found.update(_texts(re.sub(r"<[^>]*>", " ", status["content"])))
        before = f"&max_id={page[-1]['id']}"
    return found


def _texts(words: str) -> list[str]:
    """The replies that a text holds: one that came back as a draft may hold several."""
    return re.findall(r"reply \d+-\d+ [0-9a-f]+", words)


def _judge(table: Table, confirmed: list[str], end: dict[str, Any], posts: Counter[str]) -> None:
    taken = {text for words in confirmed for text in _texts(words)}
    by_state: dict[str, set[str]] = {}
    for words, state in end["outbox"]:
        by_state.setdefault(state, set()).update(_texts(words))
    sent, unknown = by_state.get("sent", set()), by_state.get("unknown", set())
    drafts = set(_texts(" ".join(end["drafts"])))
    leaving = set().union(*(by_state.get(state, set()) for state in _ON_THE_WAY))
    gone = taken - sent - drafts - unknown - leaving
    table.zero("lost: neither sent nor on its way nor a draft", len(gone), f"of {len(taken):,}")
    table.note("on their way when the bench ended", str(len(leaving - sent)))
    table.zero("doubled at the server", sum(count > 1 for count in posts.values()), f"of {len(posts):,}")
    table.zero("called sent, but not at the server", len(sent - set(posts)))
    table.zero("at the server, but called neither sent nor unknown", len(set(posts) - sent - unknown))
    table.note("not known at the end, shown as such", str(len(unknown - sent)))
    table.note("drafts at the end", str(len(drafts)))
    table.note("ways of replies", ", ".join(f"{state} {len(texts)}" for state, texts in by_state.items()))


class _ProxyThread:
    """The faulty proxy on an event loop of its own."""

    def __init__(self, port: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._proxy = FaultyProxy(port, random.Random(7))
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.url = asyncio.run_coroutine_threadsafe(self._proxy.start(), self._loop).result(10)

    @property
    def done(self) -> Counter[str]:
        """What was done to posts."""
        return self._proxy.done

    def stop(self) -> None:
        """End it."""
        asyncio.run_coroutine_threadsafe(self._proxy.stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


def typing_figures(bench: Bench) -> Table:
    """Kills at random moments while somebody types; how much typing is gone."""
    kills = bench.sizes.typing_kills
    table = Table(f"Typing: {kills} kill -9 while writing ({load()})")
    home = calm(bench.fresh(max(kills * 2, 100)))
    lost_ms: list[float] = []
    torn = 0
    number = 0
    while len(lost_ms) + torn < kills:
        batch = range(number, number + min(AT_A_TIME, kills - len(lost_ms) - torn))
        number += len(batch)
        for lost in _type_and_kill(home, [f"agent{each}" for each in batch]):
            if lost is None:
                torn += 1
            else:
                lost_ms.append(lost)
    table.at_most(
        "typing lost, worst", max(lost_ms, default=0.0), 500, "ms", f"p50 {median(lost_ms or [0]):.0f}"
    )
    table.zero("drafts that are not the beginning of what was typed", torn)
    return table


def _type_and_kill(home: Path, agents: list[str]) -> list[float | None]:
    """Type into several consoles at once and kill each somewhere; milliseconds of typing lost, None if torn."""
    writers = [_Writer(home, agent) for agent in agents]
    try:
        for writer in writers:
            writer.begin()
        for writer in writers:
            writer.take_time()
        while any(writer.is_typing for writer in writers):
            for writer in writers:
                writer.type_on()
            time.sleep(0.004)
        return asyncio.run(_lost(home, writers))
    finally:
        for writer in writers:
            writer.screen.close()


class _Writer:
    """One agent in one console, who types about 20 letters a second until killed."""

    def __init__(self, home: Path, agent: str) -> None:
        self.agent = agent
        self.screen = PtyConsole(desks.command(home, agent=agent), columns=80, lines=24)
        self.typed: list[tuple[float, str]] = []
        self.killed_at = 0.0
        self._next_at = self._kill_at = 0.0

    @property
    def is_typing(self) -> bool:
        """Whether it is still alive."""
        return self.killed_at == 0.0

    def begin(self) -> None:
        """Pull a conversation and open the composer."""
        self.screen.wait_for("waiting", 60)
        self.screen.settle(0.2)
        self.screen.press("p")
        self.screen.wait_for("held by you", 20)
        self.screen.press("r")
        self.screen.wait_for("Ctrl+S", 20)

    def take_time(self) -> None:
        """From now on it is typed; it ends at a random moment."""
        self._kill_at = time.perf_counter() + random.uniform(0.3, 2.5)

    def type_on(self) -> None:
        """Press the next letter if it is time, or die."""
        now = time.perf_counter()
        if not self.is_typing:
            return
        if now >= self._kill_at:
            self.screen.kill()
            self.killed_at = time.perf_counter()
        elif now >= self._next_at:
            letter = random.choice("abcdefghijklmnopqrstuvwxyz ")
            letter = letter if self.typed else "a"
            self.screen.press(letter)
            self.typed.append((now, letter))
            self._next_at = now + random.uniform(0.02, 0.08)
        self.screen.watch(0)


async def _lost(home: Path, writers: list[_Writer]) -> list[float | None]:
    lost: list[float | None] = []
    for writer in writers:
        async with open_desk(home, agent=writer.agent) as desk:
            drafts = await replies.my_drafts(desk)
        kept = drafts[0].text if drafts else ""
        typed = "".join(letter for _, letter in writer.typed)
        if not typed.startswith(kept):
            lost.append(None)
        elif len(kept) == len(typed):
            lost.append(0.0)
        else:
            lost.append((writer.killed_at - writer.typed[len(kept)][0]) * 1000)
    return lost
