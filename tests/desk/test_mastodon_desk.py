"""A desk before a running server: what customers write comes in once, what agents answer goes out once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from tests.mastodon_server import MastodonServer, token_of

from careconsole.channels.contract import Channel
from careconsole.channels.mastodon import channel as mastodon_channel
from careconsole.channels.mastodon.channel import MastodonChannel
from careconsole.channels.secret import read_token
from careconsole.desk import delivery, reading, replies
from careconsole.desk.accounts import add_mastodon
from careconsole.desk.desk import Desk
from careconsole.desk.opening import open_desk
from careconsole.desk.runner import OpenChannel, Runner, open_channel
from careconsole.model.reply import Enqueued, OutboxState
from careconsole.store import drafts
from careconsole.store.host_clock import SystemClock
from careconsole.store.rows import Account, OutboxRow, QueueRow

T = TypeVar("T")

SPEED = 20
"""So much faster than at a real desk time runs for leases and pauses; the server's time and ours are real."""
PATIENCE_S = 15.0
HASTY_S = 0.6
"""Real seconds after which a server that does not answer is given up."""


class FastClock(SystemClock):
    """The clocks of the machine; the one that leases are timed by runs ahead."""

    def __init__(self) -> None:
        self.boot_id = "fast"

    def monotonic_ns(self) -> int:
        return time.monotonic_ns() * SPEED


class Network(httpx.AsyncHTTPTransport):
    """The way to the server; does one thing to the next post. Most servers know nothing of our keys."""

    def __init__(self) -> None:
        super().__init__()
        self.next = ""
        self.keeps_key = False
        self.posts = 0
        self.came = asyncio.Event()
        """Set when the next post has been done to."""
        self.late: asyncio.Task[httpx.Response] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        what = ""
        if request.method == "POST":
            what, self.next = self.next, ""
            self.posts += 1
            if not self.keeps_key:
                del request.headers["Idempotency-Key"]
        if what in ("lost", "hangs before"):
            self.came.set()
            await self._hang(what)
            raise httpx.ReadError("lost before it came", request=request)
        if what == "late":
            self.late = asyncio.create_task(self._when_it_was_sent_again(request))
            raise httpx.ReadTimeout("no answer", request=request)
        response = await super().handle_async_request(request)
        if not what:
            return response
        body = await response.aread()
        await response.aclose()
        self.came.set()
        await self._hang(what)
        if what == "cut":
            return httpx.Response(200, content=body[:20], request=request)
        raise httpx.ReadTimeout("the answer was lost", request=request)

    async def _hang(self, what: str) -> None:
        if what.startswith("hangs"):
            await asyncio.Event().wait()

    async def _when_it_was_sent_again(self, request: httpx.Request) -> httpx.Response:
        while self.posts < 2:
            await asyncio.sleep(0.005)
        response = await super().handle_async_request(request)
        await response.aread()
        await response.aclose()
        return response


class Gate:
    """An address that leads to the server while it is open; while it is shut nobody listens there."""

    def __init__(self, server: MastodonServer) -> None:
        self._target = int(server.url.rpartition(":")[2])
        self._listener: asyncio.Server | None = None
        self._pipes: set[asyncio.Task[None]] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def open(self) -> None:
        self._listener = await asyncio.start_server(self._lead, "127.0.0.1", self.port)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            for pipe in self._pipes:
                pipe.cancel()
            await asyncio.gather(*self._pipes, return_exceptions=True)
            self._listener = None

    async def _lead(self, theirs: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        answers, on = await asyncio.open_connection("127.0.0.1", self._target)
        for source, sink in ((theirs, on), (answers, back)):
            pipe = asyncio.create_task(self._pipe(source, sink))
            self._pipes.add(pipe)
            pipe.add_done_callback(self._pipes.discard)

    async def _pipe(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
        except OSError:
            pass
        finally:
            sink.close()


@dataclass
class Seat:
    """One agent's process: a desk with everything that goes on behind it."""

    desk: Desk
    network: Network = field(default_factory=Network)
    is_frozen: bool = False
    timeout_s: float = HASTY_S
    _work: asyncio.Task[None] | None = None

    def begin(self, channel_of: OpenChannel | None = None) -> None:
        """Poll and deliver from now on."""
        runner = Runner(self.desk, channel_of=channel_of or self._channel, sleep=self._sleep)
        self._work = asyncio.create_task(runner.run())

    async def end(self) -> None:
        """Close the console."""
        if self._work is not None:
            self._work.cancel()
            with suppress(asyncio.CancelledError):
                await self._work

    def _channel(self, desk: Desk, account: Account) -> Channel:
        assert account.url is not None and account.token_file is not None
        return MastodonChannel(
            account.name,
            account.url,
            read_token(Path(account.token_file)),
            now=desk.now,
            transport=self.network,
            monotonic=lambda: time.monotonic() * SPEED,
            timeout_s=self.timeout_s,
        )

    async def _sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)
        if self.is_frozen:
            await asyncio.Event().wait()

    async def when(self, look: Callable[[], Awaitable[T | None]]) -> T:
        """What a look at the record finds; looked again whenever something was committed."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                revision = self.desk.feed.revision
                if found := await look():
                    return found
                await self.desk.feed.beyond(revision)

    async def waiting(self, words: str) -> QueueRow:
        """The conversation in the queue that says this."""

        async def look() -> QueueRow | None:
            rows = (await reading.queue_window(self.desk)).rows
            return next((row for row in rows if words in row.text), None)

        return await self.when(look)

    async def answer(self, words: str, text: str, **more: Any) -> int:
        """Answer the conversation that says this; the number in the outbox."""
        row = await self.waiting(words)
        done = await replies.send(self.desk, row.id, text=text, **more)
        assert isinstance(done, Enqueued)
        return done.outbox_id

    async def in_state(self, outbox_id: int, *states: OutboxState) -> OutboxRow:
        """The reply when it has come into one of these states."""

        async def look() -> OutboxRow | None:
            rows = await reading.outbox(self.desk)
            return next((row for row in rows if row.id == outbox_id and row.state in states), None)

        return await self.when(look)

    async def account(self) -> Account:
        [account] = await reading.accounts(self.desk)
        return account

    async def ask(self, sql: str, *values: Any) -> list[Any]:
        return list(await self.desk.store.read(lambda tx: tx.rows(sql, *values)))


Sits = Callable[..., Awaitable[Seat]]


@pytest.fixture
def token(tmp_path: Path) -> Path:
    """A file with the token of our account."""
    file = tmp_path / "token"
    file.write_text(token_of("care"))
    file.chmod(0o600)
    return file


@pytest.fixture
async def sits(tmp_path: Path, mastodon: MastodonServer, token: Path) -> AsyncIterator[Sits]:
    """Agents sit down at one desk; the first one connects the account."""
    clock = FastClock()

    async with AsyncExitStack() as stack:

        async def sit(agent: str = "ana", url: str = "") -> Seat:
            desk = await stack.enter_async_context(
                open_desk(tmp_path / "home", agent=agent, create=True, clock=clock)
            )
            if not await reading.accounts(desk):
                await add_mastodon(desk, "care", url or mastodon.url, token)
            return await stack.enter_async_context(_seated(desk))

        yield sit


@asynccontextmanager
async def _seated(desk: Desk) -> AsyncIterator[Seat]:
    seat = Seat(desk)
    try:
        yield seat
    finally:
        await seat.end()


def posted(server: MastodonServer, words: str) -> list[dict[str, Any]]:
    """What stands under our name at the server with these words."""
    return [status for status in server.statuses_of("care") if words in status["content"]]


SERVER_FAULTS: dict[str, dict[str, Any]] = {
    "busy": {"type": "status", "status": 503, "headers": {"Retry-After": "2"}},
    "broken": {"type": "status", "status": 500},
    "too many requests": {"type": "ratelimit", "headers": {"Retry-After": "4"}},
    "no JSON": {"type": "malformed"},
    "slow": {"type": "latency", "delay_ms": round(2000 * HASTY_S)},
}
NETWORK_FAULTS = ("lost", "answer lost", "cut", "late")


@pytest.mark.parametrize("fault", ["none", *SERVER_FAULTS, *NETWORK_FAULTS])
async def test_a_reply_is_there_once_whatever_happens_on_its_way(
    mastodon: MastodonServer, sits: Sits, fault: str
) -> None:
    ana = await sits()
    asked = mastodon.post("ana", "@care where is my parcel?")
    ana.begin()
    await ana.waiting("parcel")
    ana.network.keeps_key = fault in ("slow", "late")
    if fault in SERVER_FAULTS:
        mastodon.fault(SERVER_FAULTS[fault], path="/api/v1/statuses", method="POST")
    elif fault != "none":
        ana.network.next = fault
    row = await ana.in_state(await ana.answer("parcel", "It left today."), OutboxState.SENT)
    if ana.network.late is not None:
        await ana.network.late
    [ours] = posted(mastodon, "It left today.")
    assert (row.remote_id, ours["in_reply_to_id"]) == (ours["id"], asked["id"])
    assert not (await reading.queue_window(ana.desk)).rows
    assert await ana.ask("SELECT count(*) FROM message WHERE direction = 'out'") == [(1,)]
    if fault not in ("none", "too many requests"):
        assert await ana.ask("SELECT 1 FROM event WHERE kind = 'unknown'")


@pytest.mark.parametrize("fault", ["lost", "answer lost"])
async def test_a_further_part_in_the_words_of_the_first_is_there_once(
    mastodon: MastodonServer, sits: Sits, fault: str
) -> None:
    """Looked up, it is not taken for the first part, nor for absent because that one is found."""
    ana = await sits()
    mastodon.post("ana", "@care where is my parcel?")
    ana.begin()
    row = await ana.waiting("parcel")
    await ana.in_state(await ana.answer("parcel", "It left today."), OutboxState.SENT)
    ana.network.next = fault
    further = await replies.send(ana.desk, row.id, text="It left today.", purpose="part-2")
    assert isinstance(further, Enqueued)
    await ana.in_state(further.outbox_id, OutboxState.SENT)
    assert len(posted(mastodon, "It left today.")) == 2


async def test_a_reply_goes_to_the_same_eyes_and_names_the_customer_once(
    mastodon: MastodonServer, sits: Sits
) -> None:
    ana = await sits()
    customers = {"public": "ana", "unlisted": "ben", "private": "chloe"}
    for eyes, who in customers.items():
        mastodon.post(who, f"@care my {eyes} question", visibility=eyes)
    ana.begin()
    texts = {eyes: f"Hello @{who}, my {eyes} answer." for eyes, who in customers.items()}
    texts["public"] = "My public answer."
    sent = [await ana.answer(f"{eyes} question", text) for eyes, text in texts.items()]
    mastodon.post("ana", "@care my direct question", visibility="direct")
    sent.append(await ana.answer("direct question", "My direct answer."))
    for outbox_id in sent:
        await ana.in_state(outbox_id, OutboxState.SENT)
    for eyes, who in {**customers, "direct": "ana"}.items():
        [ours] = posted(mastodon, f"y {eyes} answer.")
        assert (ours["visibility"], ours["content"].count("@")) == (eyes, 1)
        assert [mention["acct"] for mention in ours["mentions"]] == [who]


async def test_an_outage_loses_nothing_and_doubles_nothing(mastodon: MastodonServer, sits: Sits) -> None:
    gate = Gate(mastodon)
    await gate.open()
    ana = await sits(url=gate.url)
    mastodon.post("ana", "@care before the outage")
    ana.begin()
    await ana.waiting("before")

    await gate.shut()
    outbox_id = await ana.answer("before", "Sent in the outage.")
    await ana.in_state(outbox_id, OutboxState.WAITING)
    wrote = [
        mastodon.post(who, f"@care {who} {number}", visibility=("public", "direct")[number % 2])["id"]
        for number in range(6)
        for who in ("ben", "chloe")
    ]
    mastodon.edit("ben", wrote[0], "@care other words")
    mastodon.delete("chloe", wrote[1])

    async def is_failing() -> bool:
        account = await ana.account()
        return account.failures > 0 and "does not answer" in account.last_error

    assert await ana.when(is_failing)
    await gate.open()
    await ana.in_state(outbox_id, OutboxState.SENT)
    assert len(posted(mastodon, "Sent in the outage.")) == 1

    async def all_there() -> bool:
        return len(await ana.ask("SELECT 1 FROM message WHERE direction = 'in'")) == 12

    assert await ana.when(all_there)
    found = await ana.ask(
        "SELECT external_id, text FROM message WHERE handle IN ('ben', 'chloe') ORDER BY at_us, id"
    )
    assert [external_id for external_id, _ in found] == [wrote[0], *wrote[2:]]
    assert found[0][1] == "@care other words"
    account = await ana.account()
    assert (account.failures, account.last_error) == (0, "")
    await ana.end()
    await gate.shut()


@pytest.mark.parametrize("where", ["hangs after", "hangs before"])
async def test_a_second_desk_takes_over_from_one_that_stopped_in_the_middle_of_a_send(
    mastodon: MastodonServer, sits: Sits, where: str
) -> None:
    ana, ben = await sits("ana"), await sits("ben")
    ana.timeout_s = 60.0
    mastodon.post("ana", "@care where is my parcel?")
    ana.begin()
    await ana.waiting("parcel")
    ben.begin()
    ana.network.next = where
    outbox_id = await ana.answer("parcel", "It left today.")
    await ana.network.came.wait()
    ana.is_frozen = True
    mastodon.post("chloe", "@care is anybody there?")
    await ben.waiting("anybody there")
    [(holder,)] = await ben.ask("SELECT holder FROM lease WHERE name LIKE 'poll:%'")
    assert holder == ben.desk.session

    row = await ben.in_state(outbox_id, OutboxState.SENT)
    [ours] = posted(mastodon, "It left today.")
    assert row.remote_id == ours["id"]
    arrived = await ben.ask("SELECT count(*) FROM event WHERE kind = 'arrived'")
    assert arrived == [(2,)]


@pytest.mark.parametrize("change", ["edited", "deleted"])
async def test_a_reply_stops_when_its_message_changed_before_it_left(
    mastodon: MastodonServer, sits: Sits, change: str
) -> None:
    ana = await sits()
    asked = mastodon.post("ana", "@care please cancel flight 12")
    ana.begin()
    outbox_id = await ana.answer("flight 12", "Flight 12 is cancelled.", hold=True)
    if change == "edited":
        mastodon.edit("ana", asked["id"], "@care please keep flight 12")
    else:
        mastodon.delete("ana", asked["id"])
    assert await replies.let_go(ana.desk, outbox_id)
    row = await ana.in_state(outbox_id, OutboxState.FAILED)
    assert change in row.reason
    assert mastodon.statuses_of("care") == []
    [draft] = await ana.desk.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert draft.text == "Flight 12 is cancelled."


async def test_an_answer_by_another_client_is_an_answer(
    mastodon: MastodonServer, sits: Sits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mastodon_channel, "OWN_EVERY_S", 1.0)
    ana = await sits()
    asked = mastodon.post("ana", "@care lost my bag")
    ana.begin()
    await ana.waiting("bag")
    answer = mastodon.post("care", "@ana it is at gate 1", in_reply_to_id=asked["id"])

    async def is_empty() -> bool:
        return not (await reading.queue_window(ana.desk)).rows

    assert await ana.when(is_empty)
    assert await ana.ask("SELECT external_id, elsewhere FROM message WHERE direction = 'out'") == [
        (answer["id"], 1)
    ]


async def test_a_refused_token_keeps_the_replies_until_its_file_is_mended(
    mastodon: MastodonServer, sits: Sits, token: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "LOGIN_PAUSE_S", 10.0)
    ana = await sits()
    mastodon.post("ana", "@care where is my parcel?")
    ana.begin()
    await ana.waiting("parcel")
    await ana.end()

    token.write_text("revoked")
    ana.begin(open_channel)
    outbox_id = await ana.answer("parcel", "It left today.")
    row = await ana.in_state(outbox_id, OutboxState.WAITING)
    assert "refuses our token" in row.reason and "revoked" not in row.reason

    async def is_told() -> bool:
        return "refuses our token" in (await ana.account()).last_error

    assert await ana.when(is_told)
    assert mastodon.statuses_of("care") == []

    token.write_text(token_of("care"))
    await ana.in_state(outbox_id, OutboxState.SENT)
    assert len(posted(mastodon, "It left today.")) == 1
