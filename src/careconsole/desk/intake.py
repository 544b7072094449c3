"""Poll, weigh, record: what the networks bring, together with where the next poll goes on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from careconsole.channels.contract import Channel, Page
from careconsole.desk import rules
from careconsole.desk.desk import Desk
from careconsole.language.reading import read
from careconsole.model.message import Direction, Gone, Item, Poisoned, Reading
from careconsole.store import accounts, arrivals, leases, versions
from careconsole.store import rules as kept_rules
from careconsole.store.arrivals import Recorded, Weighed
from careconsole.store.contract import Tx

AT_ONCE = 100
"""Messages recorded in one transaction beside a screen, so that nobody waits long for the lock."""
FILE = "file"
"""The network whose messages somebody wrote into a file for this desk."""
MOST_AHEAD = timedelta(minutes=5)
"""How far in the time to come a message may say that it was written."""
REST_S = 0.002
"""Between two such transactions; who waits for the lock looks more often than that."""


@dataclass(frozen=True, slots=True)
class PollLease:
    """The right of this process to poll an account, until another takes it over."""

    name: str
    fence: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast an account may be polled."""

    every_s: Callable[[], float]
    """Seconds until the next poll, as far as known now."""
    may_go_on: Callable[[], bool]
    """Whether the next page of a long backlog may be asked for at once."""


class LeaseLost(Exception):
    """Another process polls the account now; what this poll brought is its business."""


class _RulesMoved(Exception):
    """The texts were read by rules that are no longer in force; nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Part:
    """Messages with what their texts tell us."""

    messages: list[Weighed]
    rules: str
    """The digest of the rules by which they were read."""


def weigh(desk: Desk, items: Sequence[Item]) -> Part:
    """Each message with what its text tells us."""
    words = desk.emergency
    messages = [
        (item, Reading() if item.direction is Direction.OUT else read(item.text, words)) for item in items
    ]
    return Part(messages, desk.rules_digest)


def none_to_come(messages: list[Weighed], now: datetime) -> list[Weighed]:
    """The messages, each that claims a time to come as written when it arrived; several keep their order.

    A clock that is a little ahead is believed.
    """
    to_come = sorted({item.at for item, _ in messages if item.at > now + MOST_AHEAD})
    if not to_come:
        return messages
    times = {at: now - timedelta(microseconds=before) for before, at in enumerate(reversed(to_come))}
    return [(replace(item, at=times.get(item.at, item.at)), reading) for item, reading in messages]


async def _write(
    desk: Desk, part: Part, body: Callable[[Tx, list[Weighed]], Awaitable[Recorded]]
) -> Recorded:
    """Record weighed messages; if other rules are in force by now, they are weighed again by those first."""

    async def by_rules_in_force(tx: Tx, read: Part, must_hold: bool) -> Recorded:
        if must_hold and await kept_rules.in_force(tx) != read.rules:
            raise _RulesMoved
        return await body(tx, none_to_come(read.messages, desk.now()))

    must_hold = True
    while True:
        try:
            return await desk.store.write(partial(by_rules_in_force, read=part, must_hold=must_hold))
        except _RulesMoved:
            must_hold = await rules.follow(desk)
            part = weigh(desk, [item for item, _ in part.messages])


async def record_items(desk: Desk, account_id: int, items: Sequence[Item]) -> Recorded:
    """Record messages without a cursor: an import, or versions looked up again."""
    total = Recorded()
    pending: asyncio.Task[Recorded] | None = None
    for start in range(0, len(items), AT_ONCE):
        part = weigh(desk, items[start : start + AT_ONCE])
        if pending is not None:
            _add(total, await pending, start - AT_ONCE)
        pending = await begin_recording(desk, account_id, part)
    if pending is not None:
        _add(total, await pending, (len(items) - 1) // AT_ONCE * AT_ONCE)
    return total


async def begin_recording(
    desk: Desk, account_id: int, part: Part, *, in_sequence: bool = False
) -> asyncio.Task[Recorded]:
    """Start to record a part in the writer's thread, so that the next can be read and weighed meanwhile.

    A short rest follows each: whoever waits for the write lock gets it between two parts.
    """

    async def body(tx: Tx, messages: list[Weighed]) -> Recorded:
        return await arrivals.record(tx, account_id, messages, in_sequence=in_sequence)

    async def recording() -> Recorded:
        done = await _write(desk, part, body)
        await asyncio.sleep(REST_S)
        return done

    task = asyncio.create_task(recording())
    await asyncio.sleep(0)
    return task


def _add(total: Recorded, done: Recorded, offset: int) -> None:
    total.imported += done.imported
    total.known += done.known
    total.changed += done.changed
    total.refused += [(offset + index, reason) for index, reason in done.refused]
    total.as_before += [offset + index for index in done.as_before]


async def record_page(
    desk: Desk,
    account_id: int,
    page: Page,
    channel: Channel,
    lease: PollLease | None = None,
    pace: Pace | None = None,
) -> Recorded:
    """Record a page; the cursor moves in the transaction of its last messages. Raises LeaseLost.

    A long page takes several transactions: if it is cut short, the cursor has not moved and the page comes again.
    What stands last in a file is newest: a message that ends with an earlier text of its own was edited back.
    """
    items = list(page.items)
    last = max(len(items) - 1, 0) // AT_ONCE * AT_ONCE
    total = await record_items(desk, account_id, items[:last])
    part = weigh(desk, items[last:])

    async def body(tx: Tx, messages: list[Weighed]) -> Recorded:
        if lease is not None and not await leases.holds_lease(tx, lease.name, lease.fence):
            raise LeaseLost(lease.name)
        done = await arrivals.record(tx, account_id, messages)
        early = [*total.refused, *((last + index, reason) for index, reason in done.refused)]
        done.imported += await _answers_again(
            tx, account_id, channel, [(items[at], why) for at, why in early]
        )
        if channel.network == FILE:
            back = edited_back(items, [*total.as_before, *(last + index for index in done.as_before)])
            await arrivals.record(tx, account_id, weigh(desk, back).messages, in_sequence=True)
        await _record_rest(tx, account_id, page.gone, page.poisoned)
        if page.state:
            await accounts.move_cursor(tx, account_id, page.state)
            notice = " ".join(page.notices)
            every_s = channel.poll_every_s if pace is None else max(channel.poll_every_s, pace.every_s())
            await accounts.poll_worked(tx, account_id, channel.limits, every_s, notice)
        return done

    _add(total, await _write(desk, part, body), last)
    return total


def edited_back(items: Sequence[Item], as_before: Sequence[int]) -> list[Item]:
    """Of the messages at these places, those that come no more after it: they end with an earlier text of theirs.

    A file that is read a second time passes through its earlier texts, but does not end with them.
    """
    newest = {item.external_id: index for index, item in enumerate(items)} if as_before else {}
    return [items[index] for index in as_before if newest[items[index].external_id] == index]


async def _answers_again(tx: Tx, account_id: int, channel: Channel, refused: list[tuple[Item, str]]) -> int:
    """Record answers of ours that came before their message, the oldest first; how many found it now.

    Networks tell of answers to strangers, which are none of this desk's business; what was written into a file
    was meant for it, and is set aside.
    """
    if not refused:
        return 0
    refused.sort(key=lambda each: each[0].at)
    again = await arrivals.record(tx, account_id, [(item, Reading()) for item, _ in refused])
    if channel.network == FILE:
        for index, reason in again.refused:
            item = refused[index][0]
            raw = json.dumps(
                {"id": item.external_id, "direction": "out", "reply_to": item.reply_to, "text": item.text}
            )
            await arrivals.set_aside(tx, account_id, Poisoned(raw, reason))
    return again.imported


async def _record_rest(tx: Tx, account_id: int, gone: Sequence[Gone], poisoned: Sequence[Poisoned]) -> None:
    for each in gone:
        await versions.mark_gone(tx, account_id, each)
    for item in poisoned:
        await arrivals.set_aside(tx, account_id, item)


async def poll(
    desk: Desk, account_id: int, channel: Channel, lease: PollLease | None = None, pace: Pace | None = None
) -> int:
    """Poll an account until nothing more is there; how many messages were new. Raises ChannelError.

    Where the pace does not allow to go on at once, what is left of a backlog comes with the next poll. With what
    was recorded stands in how many seconds that is: who looks at the account knows from when on it is late.
    """
    new = 0
    while True:
        state = await desk.store.read(lambda tx: accounts.cursor(tx, account_id))
        page = await channel.poll(state)
        new += (await record_page(desk, account_id, page, channel, lease, pace)).imported
        if not page.more or (pace is not None and not pace.may_go_on()):
            return new


async def recheck(
    desk: Desk, account_id: int, channel: Channel, external_ids: Sequence[str], most: int | None = None
) -> bool:
    """Look again at messages we know: edits and deletions; whether anything changed. Raises ChannelError.

    With `most`, about so many requests are made.
    """
    if not external_ids:
        return False
    page = await (channel.recheck(external_ids) if most is None else channel.recheck(external_ids, most))
    done = await record_items(desk, account_id, page.items)
    if page.gone or page.poisoned:
        await desk.store.write(lambda tx: _record_rest(tx, account_id, page.gone, page.poisoned))
    return bool(done.changed or done.imported or page.gone)
