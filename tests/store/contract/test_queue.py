"""Reading the queue: stretches of it, places in it, and what the title counts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.record_at_hand import Record, at_us, ours, said

from careconsole.model.message import Kind, Reading
from careconsole.model.reply import Sent
from careconsole.store import acts, arrivals, claims, queue
from careconsole.store.rows import Counts, QueueRow, QueueWindow, RankKey


async def many(record: Record, number: int) -> list[QueueRow]:
    """That many conversations, some with equal dues, in the order of the queue."""
    kinds = list(Kind)
    items = [
        said(f"m{n}", f"c{n}", minute=(n * 7) % 50, kind=kinds[n % 6], reach=(n % 3) * 10_000)
        for n in range(number)
    ]
    account_id = await record.account()
    batch = [
        (item, Reading(emergency_word="fire" if index % 97 == 5 else "")) for index, item in enumerate(items)
    ]
    await record.act(arrivals.record, account_id, batch)
    return sorted(
        [await record.row(row[0]) for row in await record.ask("SELECT id FROM conversation")],
        key=lambda row: row.key,
    )


async def window(
    record: Record,
    *,
    start: RankKey | None = None,
    end: RankKey | None = None,
    last: bool = False,
    limit: int = 500,
) -> QueueWindow:
    return await record.store.read(
        lambda tx: queue.window(tx, "ana", start=start, end=end, last=last, limit=limit)
    )


def ids(found: QueueWindow) -> list[int]:
    return [row.id for row in found.rows]


async def test_a_thousand_rows_are_read_in_stretches(record: Record) -> None:
    rows = await many(record, 1000)
    order = [row.id for row in rows]
    first = await window(record)
    assert (ids(first), first.before, first.after, first.total) == (order[:500], 0, 500, 1000)
    second = await window(record, start=rows[500].key)
    assert (ids(second), second.before, second.after) == (order[500:], 500, 0)
    end = await window(record, last=True, limit=100)
    assert (ids(end), end.before, end.after) == (order[900:], 900, 0)
    up_to = await window(record, end=rows[499].key, limit=100)
    assert (ids(up_to), up_to.before, up_to.after) == (order[400:500], 400, 500)
    assert [await place(record, rows[n].key) for n in (0, 1, 499, 999)] == [0, 1, 499, 999]


async def place(record: Record, key: RankKey) -> int:
    return await record.store.read(lambda tx: queue.place_of(tx, key))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-1, 13), st.integers(1, 15), st.booleans())
async def test_a_stretch_is_a_slice_of_the_whole(
    record: Record, index: int, limit: int, is_end: bool
) -> None:
    rows = await many(record, 12)
    order = [row.id for row in rows]
    before_all, after_all = (-1, 0, 0, 0), (9, 0, 0, 0)
    key = before_all if index < 0 else after_all if index >= 12 else rows[index].key
    if is_end:
        found = await window(record, end=key, limit=limit)
        stop = max(0, min(index + 1, 12))
        start = max(0, stop - limit)
    else:
        found = await window(record, start=key, limit=limit)
        start = min(max(index, 0), 12)
        stop = min(start + limit, 12)
    assert ids(found) == order[start:stop]
    assert (found.before, found.after, found.total) == (start, 12 - stop, 12)


async def test_an_empty_queue_has_an_empty_window(record: Record) -> None:
    for found in (
        await window(record),
        await window(record, last=True),
        await window(record, end=(9, 0, 0, 0)),
    ):
        assert (found.rows, found.before, found.after, found.total) == ((), 0, 0, 0)


async def test_the_row_of_a_key_that_has_gone_is_where_it_was(record: Record) -> None:
    rows = await many(record, 10)
    await record.act(acts.resolve, rows[4].id, "ana", "noise")
    found = await window(record, start=rows[4].key, limit=2)
    assert (ids(found), found.before) == ([rows[5].id, rows[6].id], 4)


async def test_one_row_is_found_in_any_state(record: Record) -> None:
    first = await record.arrive(said("m1", minute=3))
    await record.act(acts.resolve, first, "ana", "noise")
    row = await record.row(first)
    assert (row.is_waiting, row.waiting_since_us) == (False, at_us(3))
    assert await record.store.read(lambda tx: queue.one(tx, "ana", 999)) is None
    second = await record.arrive(said("m2", "dan"))
    found = await record.store.read(lambda tx: queue.some(tx, "ana", [second, first, 999]))
    assert {row.id for row in found} == {first, second}
    assert await record.store.read(lambda tx: queue.some(tx, "ana", [])) == []


async def test_a_row_says_all_that_is_shown(record: Record) -> None:
    first = await record.arrive(
        said("m1", "Žana", "Where?", 2, kind=Kind.COMPLAINT), said("m2", "Žana", "Hm", 4)
    )
    row = await record.row(first)
    assert (row.account, row.network, row.handle, row.customer_name) == ("shop", "file", "Žana", "Žana")
    assert (row.kind, row.unanswered, row.messages, row.text) == (Kind.COMPLAINT, 2, 2, "Hm")
    assert (row.due_us, row.effective_due_us) == (at_us(62), at_us(52))
    assert row.key == (1, at_us(52), at_us(2), first)


# --- what the title counts ---


async def counts(record: Record, agent: str = "ana") -> Counts:
    return await record.store.read(lambda tx: queue.counts(tx, agent))


async def test_what_waits_and_what_is_mine(record: Record) -> None:
    one, two = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    await record.arrive(said("m3", "emil"), reading=Reading(emergency_word="fire"))
    await record.claim(one)
    await record.claim(two, "ben")
    found = await counts(record)
    assert (found.waiting, found.mine, found.tier_zero) == (3, 1, 1)
    await record.act(acts.resolve, one, "ana", "noise")
    found = await counts(record)
    assert (found.waiting, found.mine) == (2, 0)
    assert (await counts(record, "ben")).mine == 1
    record.clock.pass_s(121)
    assert (await counts(record, "ben")).mine == 0


@pytest.mark.parametrize(("minutes", "soon"), [(54, 0), (55, 1), (60, 1), (500, 1)])
async def test_due_soon_is_five_minutes_before_the_promise_or_later(
    record: Record, minutes: int, soon: int
) -> None:
    await record.arrive(said("m1"))
    record.clock.pass_s(minutes * 60)
    assert (await counts(record)).due_soon == soon


async def test_a_boost_alone_is_no_promise(record: Record) -> None:
    await record.arrive(said("m1", reach=10**6))
    record.clock.pass_s(40 * 60)
    assert (await counts(record)).due_soon == 0


async def test_what_another_holds_is_not_due_for_me(record: Record) -> None:
    first = await record.arrive(said("m1", minute=-60))
    await record.claim(first, "ben")
    assert (await counts(record)).due_soon == 0
    assert (await counts(record, "ben")).due_soon == 1
    record.clock.pass_s(121)
    assert (await counts(record)).due_soon == 1


async def test_an_emergency_is_counted_as_one(record: Record) -> None:
    await record.arrive(said("m1", minute=-60), reading=Reading(emergency_word="fire"))
    found = await counts(record)
    assert (found.tier_zero, found.due_soon) == (1, 0)


# --- the outbox as a list ---


async def test_the_outbox_is_listed_oldest_first(record: Record) -> None:
    conversations = [await record.arrive(said(f"m{n}", f"c{n}")) for n in range(3)]
    replies = [
        await record.queued(each, hold_s=5 if each == conversations[2] else 0) for each in conversations
    ]
    await record.take_in(ours("r1", "m1", "other"))
    assert [row.id for row in await record.store.read(queue.outbox)] == replies
    assert [row.id for row in await record.store.read(queue.outbox_open)] == replies
    await record.take()
    await record.settle(replies[0], Sent("x"))
    assert [row.id for row in await record.store.read(queue.outbox_open)] == replies[1:]
    assert await record.store.read(lambda tx: queue.outbox_one(tx, 99)) is None


async def test_a_claim_that_ran_out_shows_nobody(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    record.clock.pass_s(120)
    row = await record.row(first)
    assert (row.claimed_by, row.claimed_since_us, row.presence, row.owner) == (None, None, None, "ana")
    assert await record.act(claims.claim_next, "ben")
