"""Writing: one thread, one transaction a call, whatever happens to the caller and to the event loop."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from tests.store.record_at_hand import FakeClock, Record, said

from careconsole.model.conversation import Claimed
from careconsole.store import claims, events, leases
from careconsole.store import driver as sqlite
from careconsole.store.checkpoint import TOO_LONG_BYTES
from careconsole.store.contract import Busy, ReadTx, StoreError, Tx
from careconsole.store.driver import Driver
from careconsole.store.feed import Feed, watch
from careconsole.store.opening import open_store
from careconsole.store.sqlite import SqliteStore


async def bump(tx: Tx) -> int:
    return await tx.revision()


# --- what a transaction is ---


async def test_a_transaction_may_await_only_its_own_statements(record: Record) -> None:
    first = await record.arrive(said("m1"))

    async def waits(tx: Tx) -> None:
        await claims.claim(tx, first, "ana")
        await asyncio.sleep(0)

    with pytest.raises(StoreError, match="only await its own statements"):
        await record.store.write(waits)
    assert (await record.row(first)).claimed_by is None
    assert await record.claim(first) == 1


async def test_a_transaction_that_raises_leaves_nothing(record: Record) -> None:
    first = await record.arrive(said("m1"))

    async def breaks(tx: Tx) -> None:
        await claims.claim(tx, first, "ana")
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await record.store.write(breaks)
    assert (await record.row(first)).fence == 0


async def test_a_wrong_statement_is_told_as_a_sentence(record: Record) -> None:
    with pytest.raises(StoreError, match=r"desk\.db: no such table"):
        await record.store.write(lambda tx: tx.change("INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(StoreError, match=r"desk\.db: no such table"):
        await record.ask("SELECT * FROM nowhere")


async def test_who_may_not_write_is_told_so(other: Record) -> None:
    await other.store.write(lambda tx: tx.change("PRAGMA query_only=ON"))
    with pytest.raises(StoreError, match=r"You may not write .*desk\.db; nothing was written"):
        await other.store.write(lambda tx: tx.change("DELETE FROM note"))


async def test_one_transaction_has_one_number_and_one_time(record: Record) -> None:
    async def twice(tx: Tx) -> tuple[int, int, int, int]:
        return await tx.revision(), tx.now_us, await tx.revision(), tx.now_us

    one, at_one, same, at_same = await record.store.write(twice)
    assert (one, at_one) == (same, at_same)
    assert await record.store.write(bump) == one + 1


async def test_a_question_sees_one_state(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    looked, changed = asyncio.Event(), asyncio.Event()

    async def twice(tx: Any) -> list[Any]:
        before = await tx.row("SELECT fence FROM conversation WHERE id = $1", first)
        looked.set()
        await changed.wait()
        return [before, await tx.row("SELECT fence FROM conversation WHERE id = $1", first)]

    if not await is_wal(record):
        return await _rollback_journal_keeps_the_writer_waiting(record, other, first)
    asking = asyncio.create_task(record.store.read(twice))
    await looked.wait()
    assert await other.claim(first) == 1
    changed.set()
    assert await asking == [(0,), (0,)]
    assert (await record.row(first)).fence == 1


async def is_wal(record: Record) -> bool:
    return record.store.warning == ""


async def _rollback_journal_keeps_the_writer_waiting(record: Record, other: Record, first: int) -> None:
    """With the rollback journal a reader keeps writers out; so questions are short."""
    async with asyncio.timeout(15):
        for _ in range(10):
            await asyncio.gather(record.row(first), other.claim(first), record.row(first))
    assert (await record.row(first)).fence == 1


# --- cancelled callers ---


async def test_twenty_cancelled_claims_leave_no_open_transaction(record: Record) -> None:
    ids = [await record.arrive(said(f"m{n}", f"c{n}")) for n in range(20)]
    for turns, each in enumerate(ids):
        task = asyncio.create_task(record.store.write(lambda tx, each=each: claims.claim(tx, each, "ana")))  # type: ignore[misc]
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await record.store.write(bump)
    rows = [await record.row(each) for each in ids]
    claimed = await record.events("claimed")
    assert sum(row.claimed_by == "ana" for row in rows) == len(claimed)
    assert await record.act(claims.claim_next, "ben") or len(claimed) == 20


async def test_cancelled_questions_leave_no_open_transaction(record: Record) -> None:
    await record.arrive(said("m1"))
    for turns in range(40):
        task = asyncio.create_task(record.ask("SELECT * FROM conversation"))
        for _ in range(turns % 20):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await record.value("SELECT count(*) FROM conversation") == 1
    assert await record.claim(1) == 1


async def test_a_question_that_nobody_waits_for_any_more_is_broken_off(record: Record) -> None:
    await record.arrive(said("m1"))
    begun = threading.Event()
    assert isinstance(record.store, SqliteStore) and record.store._reader is not None

    def begin() -> int:
        begun.set()
        return 1

    await record.store._reader.create_function("begun", 0, begin)
    very_long = (
        "WITH RECURSIVE n (i) AS (SELECT begun() UNION ALL SELECT i + 1 FROM n WHERE i < 200000000) "
        "SELECT max(i) FROM n"
    )
    task = asyncio.create_task(record.ask(very_long))
    assert await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    async with asyncio.timeout(10):
        await asyncio.gather(task, return_exceptions=True)
        assert await record.value("SELECT count(*) FROM message") == 1
    assert task.cancelled()


async def test_questions_cancelled_in_a_crowd_do_not_mix_with_the_others(record: Record) -> None:
    ids = [await record.arrive(said(f"m{n}", f"c{n}")) for n in range(10)]
    tasks = [asyncio.create_task(record.row(ids[n % 10])) for n in range(60)]
    for n, task in enumerate(tasks):
        await asyncio.sleep(0)
        if n % 3 == 0:
            task.cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    for n, answer in enumerate(answers):
        assert isinstance(answer, asyncio.CancelledError) or answer.id == ids[n % 10]  # type: ignore[union-attr]
    assert sum(isinstance(answer, asyncio.CancelledError) for answer in answers) <= 20


async def test_three_hundred_claims_under_a_blocked_loop(record: Record) -> None:
    await record.take_in(*[said(f"m{n}", f"c{n}") for n in range(300)])
    tasks = []
    for n in range(300):
        tasks.append(asyncio.create_task(record.act(claims.claim_next, f"agent{n % 7}")))
        if n % 50 == 49:
            await asyncio.sleep(0)
            time.sleep(0.03)  # a screen that paints for too long
            for task in tasks[n - 49 : n : 3]:
                task.cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    won = [each for each in done if isinstance(each, Claimed)]
    assert len({each.conversation_id for each in won}) == len(won)
    fences = await record.ask("SELECT id, fence FROM conversation WHERE fence > 0")
    assert all(fence == 1 for _, fence in fences)
    assert len(await record.events("claimed")) == len(fences) >= len(won)


async def test_a_claim_that_waits_its_turn_is_made_although_its_caller_is_cancelled(record: Record) -> None:
    first = await record.arrive(said("m1"))
    goes_on = threading.Event()

    async def slow(tx: Tx) -> bool:
        return goes_on.wait(5)

    before = asyncio.create_task(record.store.write(slow))
    task = asyncio.create_task(record.act(claims.claim, first, "ana"))
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    goes_on.set()
    assert await before
    await record.store.write(bump)
    assert (await record.row(first)).claimed_by == "ana"


async def test_a_cancelled_claim_is_there_when_the_store_has_closed(
    record: Record, desk_file: Path, driver: Driver, clock: FakeClock
) -> None:
    first = await record.arrive(said("m1"))
    async with open_store(desk_file, driver=driver, clock=clock) as closing:
        task = asyncio.create_task(closing.write(lambda tx: claims.claim(tx, first, "ana")))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert (await record.row(first)).claimed_by == "ana"
    with pytest.raises(StoreError, match="closed"):
        await closing.write(bump)
    with pytest.raises(StoreError, match="closed"):
        await closing.read(lambda tx: tx.row("SELECT 1"))
    await closing.aclose()


# --- two at once ---


async def test_two_race_for_sixty_and_both_see_the_same_end(record: Record, other: Record) -> None:
    await record.take_in(*[said(f"m{n}", f"c{n}", minute=n) for n in range(60)])
    seen = (record.store.feed.revision, other.store.feed.revision)

    async def take_all(mine: Record, agent: str) -> list[int]:
        won = []
        while claimed := await mine.act(claims.claim_next, agent):
            won.append(claimed.conversation_id)
        return won

    async with asyncio.timeout(15):
        anas, bens = await asyncio.gather(take_all(record, "ana"), take_all(other, "ben"))
        await record.store.feed.beyond(seen[0])
        await other.store.feed.beyond(seen[1])
    assert len(anas) + len(bens) == 60
    assert set(anas) | set(bens) == set(range(1, 61))
    picture = [row.claimed_by for row in await all_rows(record)]
    assert picture == [row.claimed_by for row in await all_rows(other)]
    assert picture.count("ana") == len(anas)


async def all_rows(record: Record) -> list[Any]:
    return [await record.row(each) for each in range(1, 61)]


async def test_who_waits_too_long_for_the_lock_is_told_so(
    record: Record, desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careconsole.store.sqlite._WAIT_FOR_LOCK_S", 0.05)
    await record.store.write(lambda tx: tx.rows("PRAGMA busy_timeout=50"))
    holder = sqlite.connect(driver, desk_file, writes=True)
    try:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            Busy, match=r"^Locked for 0 s by another process; nothing was written\. Try again"
        ) as busy:
            await record.store.write(bump)
        assert len(str(busy.value)) <= 2 * 75, "two lines of a narrow screen"
        holder.execute("ROLLBACK")
    finally:
        holder.close()
    assert await record.store.write(bump)


# --- the feed ---


async def test_ones_own_commit_is_told_at_once(record: Record) -> None:
    seen = record.store.feed.revision
    await record.store.write(bump)
    assert record.store.feed.revision > seen


async def test_what_failed_is_not_told(record: Record) -> None:
    async def breaks(tx: Tx) -> None:
        raise LookupError

    await asyncio.sleep(0.25)  # longer than the watch takes to see what the fixtures committed
    seen = record.store.feed.revision
    with pytest.raises(LookupError):
        await record.store.write(breaks)
    assert record.store.feed.revision == seen


async def test_what_changed_nothing_is_not_told(record: Record) -> None:
    await asyncio.sleep(0.25)  # longer than the watch takes to see what the fixtures committed
    seen = record.store.feed.revision
    assert await record.act(claims.claim_next, "ana") is None
    assert await record.take() is None
    assert await record.act(claims.sweep) == []
    await asyncio.sleep(0.25)
    assert record.store.feed.revision == seen


async def test_a_commit_of_another_is_told(record: Record, other: Record) -> None:
    for _ in range(3):
        seen = record.store.feed.revision
        await other.store.write(bump)
        async with asyncio.timeout(10):
            assert await record.store.feed.beyond(seen) > seen


async def test_a_foreign_commit_is_seen_at_the_next_look() -> None:
    feed, looks, version = Feed(), 0, 1

    def data_version() -> int:
        nonlocal looks
        looks += 1
        return version

    watching = asyncio.create_task(watch(data_version, feed, every_s=0))
    while looks < 5:
        await asyncio.sleep(0)
    assert feed.revision == 0
    version, before = 2, looks
    await feed.beyond(0)
    assert looks - before <= 1
    watching.cancel()


async def test_a_late_reader_of_the_feed_is_behind_only_once() -> None:
    feed = Feed()
    for _ in range(30):
        feed.publish()
    assert await feed.beyond(0) == 30
    waiting = asyncio.create_task(feed.beyond(30))
    await asyncio.sleep(0)
    assert not waiting.done()
    feed.publish()
    assert await waiting == 31


async def test_a_look_never_waits_for_a_lock(record: Record, desk_file: Path, driver: Driver) -> None:
    holder = sqlite.connect(driver, desk_file, writes=True)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        longest_s, last_s = 0.0, time.monotonic()
        for _ in range(30):
            await asyncio.sleep(0.01)
            now_s = time.monotonic()
            longest_s, last_s = max(longest_s, now_s - last_s), now_s
        holder.execute("ROLLBACK")
    finally:
        holder.close()
    assert longest_s < 2.0


# --- the write-ahead log ---


def wal_bytes(path: Path) -> int:
    wal = path.with_name(path.name + "-wal")
    return wal.stat().st_size if wal.exists() else 0


async def write_a_mebibyte(record: Record, number: int) -> None:
    await record.store.write(
        lambda tx: tx.change(
            "INSERT OR REPLACE INTO fact VALUES ($1, $2)",
            f"filler {number % 3}",
            chr(97 + number) * 1024 * 1024,
        )
    )


async def test_the_log_stays_small_while_it_is_tended(record: Record, desk_file: Path) -> None:
    largest = 0
    for number in range(30):
        await write_a_mebibyte(record, number)
        await record.store.tend(is_poller=True)
        largest = max(largest, wal_bytes(desk_file))
    assert largest < 12 * 1024 * 1024
    assert not await is_wal(record) or largest > 4 * 1024 * 1024
    assert await record.value("SELECT count(*) FROM fact WHERE name LIKE 'filler%'") == 3


async def test_who_does_not_poll_leaves_the_log_to_the_poller_as_long_as_it_is_not_too_long(
    record: Record, other: Record, desk_file: Path
) -> None:
    await other.act(leases.take_lease, "poll:1", 15)
    for number in range(9):
        await write_a_mebibyte(record, number)
        await record.store.tend(is_poller=False)
    if not await is_wal(record):
        assert wal_bytes(desk_file) == 0
        return
    assert wal_bytes(desk_file) > 8 * 1024 * 1024
    for number in range(20):
        await write_a_mebibyte(record, number)
        await record.store.tend(is_poller=False)
        assert wal_bytes(desk_file) <= 15 * 1024 * 1024
    await other.store.tend(is_poller=True)
    record.clock.pass_s(16)
    for number in range(6):
        await write_a_mebibyte(record, number)
        await record.store.tend(is_poller=False)
    assert wal_bytes(desk_file) <= 16 * 1024 * 1024


async def test_whoever_writes_cuts_a_log_that_is_too_long_without_being_asked(
    record: Record, other: Record, desk_file: Path
) -> None:
    """Also where the poller's cuts were in vain, because somebody read at each of them."""
    if not await is_wal(record):
        return
    await other.act(leases.take_lease, "poll:1", 15)
    for number in range(40):
        await write_a_mebibyte(record, number % 20)
        assert wal_bytes(desk_file) <= 13 * 1024 * 1024
    assert isinstance(record.store, SqliteStore)
    await asyncio.gather(*record.store._under_way)
    assert wal_bytes(desk_file) <= TOO_LONG_BYTES


async def test_a_log_that_somebody_reads_is_not_made_shorter_and_nobody_waits_for_that(
    record: Record, other: Record, desk_file: Path
) -> None:
    """The one who reads sees the state that they began with; the next look makes up for it."""
    if not await is_wal(record):
        return
    for number in range(9):
        await write_a_mebibyte(record, number)
    is_read, may_end = asyncio.Event(), asyncio.Event()

    async def read_slowly(tx: ReadTx) -> object:
        row = await tx.row("SELECT count(*) FROM fact")
        is_read.set()
        await may_end.wait()
        return row

    reading = asyncio.ensure_future(other.store.read(read_slowly))
    await is_read.wait()
    await write_a_mebibyte(record, 9)
    await record.store.tend(is_poller=True)
    assert wal_bytes(desk_file) > 8 * 1024 * 1024 and not reading.done()
    assert isinstance(record.store, SqliteStore)
    assert record.store._writer.execute("PRAGMA busy_timeout").fetchall() == [(0,)]
    may_end.set()
    await reading
    await record.store.tend(is_poller=True)
    assert wal_bytes(desk_file) == 0


async def test_the_chain_goes_on_over_two_processes(record: Record, other: Record) -> None:
    ids = [await record.arrive(said(f"m{n}", f"c{n}")) for n in range(6)]
    for n, each in enumerate(ids):
        await (record if n % 2 else other).claim(each)
    assert await other.store.read(events.first_fault) == ""
