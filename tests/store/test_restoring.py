"""A backup becomes the desk: checked first, nobody at work, nothing sent twice, the record before it kept."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.store.record_at_hand import FakeClock, Record, said

from careconsole.model.message import Visibility
from careconsole.model.reply import OutboxState, Sent
from careconsole.store import backup, delivery, leases, thread
from careconsole.store.contract import NoDesk, StoreError, WrongFile
from careconsole.store.driver import Driver
from careconsole.store.opening import open_store
from careconsole.store.restoring import LOOK_FIRST, InUse, Restored, restore
from careconsole.store.row_hash import DAMAGED
from careconsole.store.sqlite import SqliteStore

STATES = OutboxState


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "desk.backup"


@asynccontextmanager
async def at_desk(path: Path, driver: Driver, clock: FakeClock) -> AsyncIterator[Record]:
    """A process at a desk, which is made if need be; what must always hold is checked at the end."""
    async with open_store(path, create=True, driver=driver, clock=clock) as store:
        record = Record(store, clock)
        rows = await record.ask("SELECT name, id FROM account")
        record.accounts.update(rows)
        yield record
        await record.check()


async def back_up(record: Record, target: Path, driver: Driver) -> None:
    await backup.back_up(record.store.path, target, record.clock.now_us(), driver)


async def put_back(target: Path, path: Path, driver: Driver, clock: FakeClock) -> Restored:
    done = await restore(target, path, "ana", clock=clock, driver=driver)
    assert isinstance(done, Restored), done
    return done


async def texts(record: Record, conversation_id: int) -> list[str]:
    return [each.text for each in await record.store.read(lambda tx: thread.thread(tx, conversation_id))]


async def test_the_desk_is_as_it_was_and_what_was_there_is_kept(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        first = await record.arrive(said("m1"))
        await back_up(record, target, driver)
        made_us = clock.now_us()
        clock.pass_s(600)
        await record.arrive(said("m2", text="And now?", minute=9))
    done = await put_back(target, desk_file, driver, clock)
    assert (done.backed_up_us, done.replies, done.faults) == (made_us, 0, ())
    async with at_desk(desk_file, driver, clock) as record:
        assert await texts(record, first) == ["Where is my parcel?"]
        [event] = await record.events("restored")
        assert (event["agent"], event["backed_up_us"], event["replies"]) == ("ana", made_us, 0)
    assert done.kept is not None and done.kept.name.startswith("desk.db.before-restore-")
    assert oct(done.kept.stat().st_mode)[-3:] == oct(desk_file.stat().st_mode)[-3:] == "600"
    async with at_desk(done.kept, driver, clock) as before:
        assert await texts(before, first) == ["Where is my parcel?", "And now?"]


async def test_what_was_fetched_since_comes_again(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        await record.arrive(said("m1"))
        await back_up(record, target, driver)
        await record.arrive(said("m2", minute=1))
    await put_back(target, desk_file, driver, clock)
    async with at_desk(desk_file, driver, clock) as record:
        done = await record.take_in(said("m1"), said("m2", minute=1))
        assert (done.imported, done.known) == (1, 1)


@pytest.mark.parametrize("state", ["held", "queued", "sending", "waiting", "unknown"])
async def test_a_reply_that_was_on_its_way_is_never_sent_by_itself(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path, state: str
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        first = await record.arrive(said("m1"))
        await record.act(delivery.sign_on, "ana", os.getpid())
        reply = await record.queued(first, hold_s=10.0 if state == "held" else 0.0)
        if state in ("sending", "waiting", "unknown"):
            await record.take()
        if state in ("waiting", "unknown"):
            outcome = delivery.Retry(1.0) if state == "waiting" else delivery.Ambiguous()
            await record.settle(reply, outcome)
        assert await record.state(reply) == state
        await back_up(record, target, driver)
        clock.pass_s(3600)
        if state == "held":
            await record.act(delivery.sign_off)
            await record.store.write(lambda tx: tx.change("UPDATE outbox SET session = 'gone'"))
            await record.act(delivery.bring_back_held, "gone")
        else:
            await record.act(delivery.sign_off)
    await put_back(target, desk_file, driver, clock)
    async with at_desk(desk_file, driver, clock) as record:
        row = await record.reply(reply)
        assert (row.state, row.reason) == (STATES.UNKNOWN, LOOK_FIRST)
        assert await record.row(first) is not None
        assert await record.waiting() == [first]
        clock.pass_s(100_000)
        assert await record.take() is None
        assert await record.act(delivery.take_unknown, 1) is None
        asked = await record.act(delivery.take_unknown, 1, reply)
        assert asked is not None  # at a person's word
        found = await record.act(delivery.settle_looked_up, reply, Sent("remote"), may_go_on=True)
        assert found is STATES.SENT


async def test_of_a_pair_the_public_line_is_a_draft_and_the_private_reply_is_looked_for(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        first = await record.arrive(said("m1"))
        reply = await record.queued(first, visibility=Visibility.DIRECT, line="You have mail", hold_s=5.0)
        await back_up(record, target, driver)
        await record.store.write(lambda tx: tx.change("DELETE FROM session"))
    done = await put_back(target, desk_file, driver, clock)
    assert done.replies == 1
    async with at_desk(desk_file, driver, clock) as record:
        assert await record.state(reply) is STATES.UNKNOWN
        assert await record.ask("SELECT mode, text FROM draft") == [("public", "You have mail")]


async def test_claims_leases_and_consoles_of_a_backup_are_over(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        first = await record.arrive(said("m1"))
        await record.act(delivery.sign_on, "ana", os.getpid())
        await record.claim(first)
        assert await record.act(leases.take_lease, "poll:1", 15.0)
        await back_up(record, target, driver)
        await record.act(delivery.sign_off)
        await record.act(leases.drop_leases)
    await put_back(target, desk_file, driver, clock)
    async with at_desk(desk_file, driver, clock) as record:
        assert await record.ask("SELECT * FROM session") == []
        assert await record.ask("SELECT * FROM lease") == []
        assert (await record.row(first)).claimed_by is None
        assert await record.kinds() == ["arrived", "claimed", "signed_off", "lost", "restored"]
        assert await record.claim(first, "ben")


async def test_nothing_is_restored_while_a_console_or_a_poller_is_at_work(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        await record.arrive(said("m1"))
        await back_up(record, target, driver)
        await record.act(delivery.sign_on, "ana", os.getpid())
    before = desk_file.read_bytes()
    busy = await restore(target, desk_file, "ben", clock=clock, driver=driver)
    assert isinstance(busy, InUse) and "the console of ana" in busy.who
    async with at_desk(desk_file, driver, clock) as record:
        await record.store.write(lambda tx: tx.change("DELETE FROM session"))
        assert await record.act(leases.take_lease, "poll:1", 15.0)
    busy = await restore(target, desk_file, "ben", clock=clock, driver=driver)
    assert isinstance(busy, InUse) and "polls" in busy.who
    clock.pass_s(16)
    assert before[:16] == desk_file.read_bytes()[:16]
    assert [each.name for each in desk_file.parent.iterdir() if "restor" in each.name] == []
    await put_back(target, desk_file, driver, clock)


LOOKER = """
import asyncio, sys
from pathlib import Path
from careconsole.store.driver import drivers
from careconsole.store.opening import open_store

async def main():
    [driver] = [each for each in drivers() if each.module.__name__ == sys.argv[2]]
    async with open_store(Path(sys.argv[1]), read_only=True, driver=driver) as store:
        await store.read(lambda tx: tx.row("SELECT 1 FROM fact"))
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(main())
"""


async def test_nothing_is_restored_while_another_process_has_the_log_open(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    """It would take away the log of the new desk as it closes, which it believes to be its own."""
    if driver.has_wal_reset_bug:
        assert not desk_file.with_name(f"{desk_file.name}-wal").exists()  # there is no log to take away
        return
    async with at_desk(desk_file, driver, clock) as record:
        await back_up(record, target, driver)
    with subprocess.Popen(
        [sys.executable, "-c", LOOKER, str(desk_file), driver.module.__name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as looker:
        assert looker.stdout is not None
        assert await asyncio.to_thread(looker.stdout.readline) == "open\n"
        busy = await restore(target, desk_file, "ana", clock=clock, driver=driver)
        looker.communicate("\n")
    assert busy == InUse("another careconsole")
    await put_back(target, desk_file, driver, clock)


async def test_who_waits_for_the_lock_while_the_record_is_replaced_writes_no_more(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they were told is kept would stand in the record that was put aside."""
    async with at_desk(desk_file, driver, clock) as record:
        await record.account()
        await back_up(record, target, driver)
        shutil.copy(target, desk_file.with_name("other"))
        begin = SqliteStore._begin

        def waits(store: SqliteStore) -> None:
            os.replace(desk_file.with_name("other"), desk_file)
            begin(store)

        monkeypatch.setattr(SqliteStore, "_begin", waits)
        with pytest.raises(StoreError, match="Another record stands at"):
            await record.take_in(said("m1"))
        monkeypatch.undo()
        assert await record.value("SELECT count(*) FROM message") == 0


async def test_who_still_has_the_record_open_that_was_replaced_writes_no_more(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        await back_up(record, target, driver)
        shutil.copy(target, desk_file.with_name("other"))
        os.replace(desk_file.with_name("other"), desk_file)
        with pytest.raises(StoreError, match="Another record stands at"):
            await record.store.write(lambda tx: tx.revision())


async def test_a_home_without_a_desk_takes_a_backup(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path, tmp_path: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        first = await record.arrive(said("m1"))
        await back_up(record, target, driver)
    done = await put_back(target, tmp_path / "desk.db", driver, clock)
    assert done.kept is None
    async with at_desk(tmp_path / "desk.db", driver, clock) as record:
        assert await texts(record, first) == ["Where is my parcel?"]


async def test_a_damaged_desk_is_replaced_and_kept_with_its_log(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        first = await record.arrive(said("m1"))
        await back_up(record, target, driver)
    desk_file.write_bytes(b"\xa5" * 20_000)
    log = desk_file.with_name("desk.db-wal")
    log.write_bytes(b"what was in it")
    done = await put_back(target, desk_file, driver, clock)
    assert done.kept is not None and done.kept.read_bytes() == b"\xa5" * 20_000
    assert done.kept.with_name(done.kept.name + "-wal").read_bytes() == b"what was in it"
    async with at_desk(desk_file, driver, clock) as record:
        assert await texts(record, first) == ["Where is my parcel?"]


async def test_what_is_no_whole_backup_changes_nothing(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        await record.take_in(*[said(f"m{n}", f"c{n}", "x" * 500) for n in range(50)])
        await back_up(record, target, driver)
    whole = target.read_bytes()
    before = desk_file.read_bytes()

    async def refused(match: str, error: type[StoreError] = StoreError) -> None:
        with pytest.raises(error, match=match):
            await restore(target, desk_file, "ana", clock=clock, driver=driver)
        assert desk_file.read_bytes() == before
        assert not [each for each in desk_file.parent.iterdir() if "restor" in each.name]

    for content in (b"no desk" * 1000, b""):
        target.write_bytes(content)
        await refused("desk.backup is not a backup of a careconsole desk", WrongFile)
    target.write_bytes(whole[: len(whole) // 2])
    await refused(r"desk.backup is damaged \(.*malformed.*\), so nothing was restored")
    target.write_bytes(whole)
    db = driver.module.connect(target, isolation_level=None)
    db.execute("UPDATE fact SET value = '999' WHERE name = 'schema'")
    db.close()
    await refused("desk.backup was changed by a later careconsole", WrongFile)
    torn = bytearray(whole)
    for page in range(4, len(torn) // 4096):
        torn[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    target.write_bytes(torn)
    await refused("damaged")
    target.write_bytes(whole.replace(b'"kind":"question"', b'"kind":"brandtalk'[:17], 1))
    await refused("damaged .*event [0-9]+ was changed")
    target.unlink()
    await refused("There is no backup", NoDesk)
    target.symlink_to(desk_file)
    await refused("is the desk itself")


async def test_a_backup_with_a_damaged_text_is_better_than_none(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        first = await record.arrive(said("m1", text="Where is my own parcel?"))
        await back_up(record, target, driver)
    target.write_bytes(target.read_bytes().replace(b"Where is my own", b"Where is my pwn"))
    done = await put_back(target, desk_file, driver, clock)
    assert done.faults == ("damaged texts in message: 1 (1)", "damaged texts in conversation: 1 (1)")
    async with open_store(desk_file, driver=driver, clock=clock) as store:
        [entry] = await store.read(lambda tx: thread.thread(tx, first))
        assert entry.text == DAMAGED


async def test_two_restorations_keep_both_records(
    desk_file: Path, driver: Driver, clock: FakeClock, target: Path
) -> None:
    async with at_desk(desk_file, driver, clock) as record:
        await record.arrive(said("m1"))
        await back_up(record, target, driver)
    kept = {(await put_back(target, desk_file, driver, clock)).kept for _ in range(3)}
    assert len(kept) == 3 and all(each is not None and each.exists() for each in kept)
