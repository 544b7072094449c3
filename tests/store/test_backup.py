"""A backup: one file, as the desk was at one moment, made while others write, whole or not there at all."""

from __future__ import annotations

import asyncio
import os
import stat
from pathlib import Path

import pytest
from tests.store.record_at_hand import FakeClock, Record, said

from careconsole.model.event import EventKind
from careconsole.store import backup, events, row_hash, thread
from careconsole.store.backup import Copied, Exists
from careconsole.store.contract import NoSpace, StoreError, Tx, WrongFile
from careconsole.store.driver import Driver
from careconsole.store.opening import open_store
from careconsole.store.soundness import content_faults, file_faults


async def back_up(record: Record, target: Path, driver: Driver, **more: bool) -> Copied:
    return await backup.back_up(record.store.path, target, record.clock.now_us(), driver, **more)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "desk.backup"


async def test_a_backup_is_one_file_for_its_owner_that_holds_everything(
    record: Record, driver: Driver, target: Path, clock: FakeClock
) -> None:
    first = await record.arrive(said("m1", text="Where is my parcel?"))
    done = await back_up(record, target, driver)
    assert done == Copied(target, target.stat().st_size, await record.seen(), ())
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [each.name for each in target.parent.iterdir()] == [target.name]
    async with open_store(target, read_only=True, driver=driver, clock=clock) as store:
        [entry] = await store.read(lambda tx: thread.thread(tx, first))
        assert entry.text == "Where is my parcel?"
    assert [each.name for each in target.parent.iterdir()] == [target.name]


async def _go_away_thrice(tx: Tx) -> None:
    for _ in range(3):
        await events.append(tx, EventKind.AWAY, agent="ana")


async def test_writers_go_on_while_a_backup_is_made(
    record: Record, driver: Driver, target: Path, clock: FakeClock
) -> None:
    """The backup is of one moment: of what is written meanwhile it holds a beginning, whole."""
    await record.take_in(*[said(f"m{n}", f"c{n}", "x" * 2_000) for n in range(200)])
    copying = asyncio.create_task(back_up(record, target, driver))
    written = 0
    while not copying.done():
        await record.store.write(_go_away_thrice)
        written += 1
        await asyncio.sleep(0)
    await copying
    async with open_store(target, read_only=True, driver=driver, clock=clock) as store:
        away = await store.read(lambda tx: tx.row("SELECT count(*) FROM event WHERE kind = 'away'"))
        assert away is not None and away[0] % 3 == 0 and away[0] <= written * 3
        assert await content_faults(store) == []
    record.log_tells_all = False


async def test_a_file_that_is_there_is_not_replaced_unless_it_is_said(
    record: Record, driver: Driver, target: Path
) -> None:
    target.write_text("precious")
    with pytest.raises(Exists, match="--force"):
        await back_up(record, target, driver)
    assert target.read_text() == "precious"
    await back_up(record, target, driver, may_replace=True)
    assert file_faults(target, driver) == []
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


async def test_what_another_put_there_meanwhile_is_not_replaced(
    record: Record, driver: Driver, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.copy

    def late(*words: object) -> None:
        copy(*words)  # type: ignore[arg-type]
        target.write_text("precious")

    monkeypatch.setattr(backup, "copy", late)
    with pytest.raises(Exists):
        await back_up(record, target, driver)
    assert target.read_text() == "precious"
    assert [each.name for each in target.parent.iterdir()] == [target.name]


async def test_the_desk_itself_and_what_is_no_file_are_refused(
    record: Record, driver: Driver, tmp_path: Path
) -> None:
    with pytest.raises(Exists, match="the desk itself"):
        await back_up(record, record.store.path, driver, may_replace=True)
    with pytest.raises(Exists, match="no plain file"):
        await back_up(record, tmp_path, driver, may_replace=True)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Exists, match="no plain file"):
        await back_up(record, tmp_path / "link", driver, may_replace=True)
    with pytest.raises(StoreError, match="cannot be written"):
        await back_up(record, tmp_path / "no" / "folder", driver)


async def test_a_full_disk_leaves_nothing_half(
    record: Record, driver: Driver, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await record.take_in(*[said(f"m{n}", f"c{n}", "x" * 2_000) for n in range(50)])
    connect = backup.sqlite.connect

    def small(chosen: Driver, path: Path, **more: object) -> object:
        made = connect(chosen, path, **more)  # type: ignore[arg-type]
        if path.name.endswith(".backup"):
            made.execute("PRAGMA max_page_count=10").fetchall()
        return made

    monkeypatch.setattr(backup.sqlite, "connect", small)
    with pytest.raises(NoSpace, match="nothing was kept"):
        await back_up(record, target, driver)
    assert list(target.parent.iterdir()) == []


async def test_no_backup_is_made_of_what_is_no_desk(driver: Driver, tmp_path: Path, target: Path) -> None:
    other = tmp_path / "other"
    other.write_text("no desk" * 1000)
    with pytest.raises(WrongFile):
        await backup.back_up(other, target, 0, driver)
    assert not target.exists()


async def test_a_desk_with_a_damaged_text_is_backed_up_and_says_so_but_replaces_no_earlier_backup(
    record: Record, driver: Driver, target: Path
) -> None:
    await record.arrive(said("m1"))
    await back_up(record, target, driver)
    whole = target.read_bytes()
    await record.store.write(lambda tx: tx.change("UPDATE message SET text = 'Where is my parrot?'"))
    with pytest.raises(StoreError, match="earlier backup was left alone"):
        await back_up(record, target, driver, may_replace=True)
    assert target.read_bytes() == whole
    done = await back_up(record, target.with_name("second"), driver)
    assert done.faults == ("damaged texts in message: 1 (1)",)
    await record.store.write(lambda tx: row_hash.seal(tx, "message", 1))


async def test_a_damaged_desk_gives_no_backup(
    record: Record, driver: Driver, target: Path, tmp_path: Path
) -> None:
    await record.take_in(*[said(f"m{n}", f"c{n}", "x" * 500) for n in range(50)])
    await back_up(record, target, driver)
    data = bytearray(target.read_bytes())
    for page in range(4, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    wounded = tmp_path / "wounded.db"
    wounded.write_bytes(data)
    os.chmod(wounded, 0o600)
    with pytest.raises(StoreError, match="is damaged"):
        await backup.back_up(wounded, tmp_path / "second", 0, driver)
    assert not (tmp_path / "second").exists()
