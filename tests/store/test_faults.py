"""Faults of the disk and of the machine: nothing half done, reading goes on, and it works again afterwards."""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from tests.store.record_at_hand import FakeClock, Record, said

from careconsole.store import arrivals, backup, drafts, events, soundness
from careconsole.store.contract import NoSpace, StoreError
from careconsole.store.driver import Driver
from careconsole.store.opening import open_store


async def full(record: Record, is_full: bool) -> None:
    """The disk has no room left for the writer, or has it again."""
    pages = await record.store.write(lambda tx: tx.row("PRAGMA page_count"))
    assert pages is not None
    limit = pages[0] if is_full else 2**30
    await record.store.write(lambda tx: tx.rows(f"PRAGMA max_page_count={limit}"))


async def test_a_full_disk_stops_writing_and_nothing_else(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await full(record, True)
    account_id = await record.account()
    batch = [(said(f"x{n}", f"c{n}", "x" * 20_000), arrivals.Reading()) for n in range(40)]
    with pytest.raises(NoSpace, match="nothing was written"):
        await record.act(arrivals.record, account_id, batch)
    with pytest.raises(NoSpace):
        big = drafts.Draft(first, "ana", drafts.Mode.PUBLIC, "x" * 2_000_000, 0, 0, None, 0, "")
        await record.act(drafts.save, big)
    assert await record.waiting() == [first]
    assert await record.store.read(events.first_fault) == ""
    await full(record, False)
    await record.act(arrivals.record, account_id, batch)
    assert len(await record.waiting()) == 41


async def test_a_damaged_file_is_named_and_not_worked_on(
    record: Record, desk_file: Path, driver: Driver
) -> None:
    await record.take_in(*[said(f"m{n}", f"c{n}", "x" * 500) for n in range(50)])
    copy = desk_file.with_name("copy.db")
    await record.store.tend(is_poller=True)
    async with open_store(desk_file, driver=driver) as store:
        await store.write(lambda tx: tx.revision())
    await _settle(record)
    data = bytearray(desk_file.read_bytes())
    for page in range(4, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    copy.write_bytes(data)
    with pytest.raises(StoreError, match="is damaged"):
        async with open_store(copy, driver=driver) as store:
            await store.read(lambda tx: tx.rows("SELECT * FROM message"))


async def test_a_text_that_is_none_is_damage_and_is_not_quoted(record: Record) -> None:
    """The words around it may be a customer's."""
    await record.take_in(said("m1", text="My secret words"))
    with pytest.raises(StoreError, match="is damaged") as told:
        await record.store.read(lambda tx: tx.rows("SELECT CAST(text || x'ff' AS TEXT) FROM message"))
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("column", ["state", "kind", "visibility"])
async def test_a_value_that_is_none_of_ours_is_damage(record: Record, column: str) -> None:
    """Not the end of a console."""
    first = await record.arrive(said("m1"))
    before = await record.value(f"SELECT {column} FROM conversation")
    await record.store.write(lambda tx: tx.change("PRAGMA ignore_check_constraints=ON"))
    await record.store.write(lambda tx: tx.change(f"UPDATE conversation SET {column} = 'klopb'"))
    with pytest.raises(StoreError, match="it holds a value that is none"):
        await record.row(first)
    await record.store.write(lambda tx: tx.change(f"UPDATE conversation SET {column} = $1", before))


async def test_a_file_that_others_lock_is_not_taken_for_damaged(
    record: Record, driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = tmp_path / "desk.db"
    copied.touch()
    backup.copy(record.store.path, copied, driver)
    monkeypatch.setattr(soundness.sqlite, "connect", partial(soundness.sqlite.connect, timeout_s=0.0))
    other = driver.module.connect(copied, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for is_quick in (True, False):
        with pytest.raises(StoreError, match=r"could not be looked over .*locked"):
            soundness.file_faults(copied, driver, is_quick=is_quick)
    other.execute("ROLLBACK")
    other.close()
    assert soundness.file_faults(copied, driver) == []
    copied.unlink()
    with pytest.raises(StoreError, match="could not be looked over"):
        soundness.file_faults(copied, driver)


async def _settle(record: Record) -> None:
    """Bring everything into the main file."""
    from careconsole.store.sqlite import SqliteStore

    assert isinstance(record.store, SqliteStore)
    await record.store.write(lambda tx: tx.revision())
    record.store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


WRITER = """
import asyncio, sys
from pathlib import Path
from careconsole.model.event import EventKind
from careconsole.store import events
from careconsole.store.driver import drivers
from careconsole.store.opening import open_store

async def main():
    [driver] = [each for each in drivers() if each.module.__name__ == sys.argv[2]]
    async with open_store(Path(sys.argv[1]), driver=driver) as store:
        number = 0
        while True:
            number += 1
            async def body(tx):
                for part in range(20):
                    details = {"number": number, "part": part}
                    await events.append(tx, EventKind.AWAY, agent="ana", details=details)
                    await tx.revision()
            await store.write(body)
            print(number, flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("acknowledged", [1, 4])
async def test_killed_in_the_middle_nothing_acknowledged_is_lost_and_nothing_is_half(
    desk_file: Path, driver: Driver, clock: FakeClock, acknowledged: int
) -> None:
    async with open_store(desk_file, create=True, driver=driver, clock=clock):
        pass
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(desk_file), driver.module.__name__],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    with writer:
        last = 0
        for _ in range(acknowledged):
            last = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        last = max([last, *(int(line) for line in writer.stdout.read().split("\n") if line.strip())])
        writer.wait()
    async with open_store(desk_file, driver=driver, clock=clock) as store:
        counted = await store.read(lambda tx: tx.row("SELECT count(*) FROM event WHERE kind = 'away'"))
        assert counted is not None
        assert counted[0] % 20 == 0
        assert counted[0] // 20 >= last
        assert await store.read(events.first_fault) == ""
        assert await store.write(lambda tx: tx.rows("PRAGMA integrity_check")) == [("ok",)]
        assert await store.write(lambda tx: tx.revision())
