"""Which SQLite a desk runs on: the versions that lose commits, the journal, and two drivers on one file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.store.desk_files import OPEN_AND_CLOSE, make
from tests.store.record_at_hand import FakeClock

from careconsole.store import driver as sqlite
from careconsole.store.driver import Driver, drivers, has_wal_reset_bug
from careconsole.store.opening import open_store


@pytest.mark.parametrize(
    ("version", "is_affected"),
    [
        ("3.6.23", False),
        ("3.7.0", True),
        ("3.7.17", True),
        ("3.8.11", True),
        ("3.31.1", True),
        ("3.34.1", True),
        ("3.37.2", True),
        ("3.40.1", True),
        ("3.44.0", True),
        ("3.44.5", True),
        ("3.44.6", False),
        ("3.44.9", False),
        ("3.45.1", True),
        ("3.46.1", True),
        ("3.49.2", True),
        ("3.50.6", True),
        ("3.50.7", False),
        ("3.51.0", True),
        ("3.51.2", True),
        ("3.51.3", False),
        ("3.52.0", False),
        ("3.53.4", False),
        ("4.0.0", False),
    ],
)
def test_the_gate_knows_which_versions_lose_commits(version: str, is_affected: bool) -> None:
    major, minor, patch = map(int, version.split("."))
    assert has_wal_reset_bug((major, minor, patch)) is is_affected


async def test_the_journal_follows_the_gate(desk_file: Path, driver: Driver, clock: FakeClock) -> None:
    async with open_store(desk_file, create=True, driver=driver, clock=clock) as store:
        [(journal,)] = await store.write(lambda tx: tx.rows("PRAGMA journal_mode"))
        [(synchronous,)] = await store.write(lambda tx: tx.rows("PRAGMA synchronous"))
        assert journal == ("delete" if driver.has_wal_reset_bug else "wal")
        assert synchronous == 2
        assert bool(store.warning) == driver.has_wal_reset_bug
        assert not store.warning or ".".join(map(str, driver.version)) in store.warning


def test_the_driver_without_the_fault_is_preferred() -> None:
    found = drivers()
    assert found[0].version == max(driver.version for driver in found)
    assert all(driver.name.startswith(driver.module.__name__.partition(".")[0]) for driver in found)


async def test_a_desk_made_by_one_driver_is_read_by_the_other(desk_file: Path, driver: Driver) -> None:
    await make(desk_file, driver)
    for each in drivers():
        async with open_store(desk_file, driver=each) as store:
            assert await store.read(lambda tx: tx.row("SELECT value FROM fact WHERE name = 'mark'")) == (
                "here",
            )
            await store.write(lambda tx: tx.revision())


async def test_an_affected_driver_that_only_reads_says_that_the_log_is_still_there(desk_file: Path) -> None:
    sound = [each for each in drivers() if not each.has_wal_reset_bug]
    affected = [each for each in drivers() if each.has_wal_reset_bug]
    for one, other in zip(sound[:1], affected[:1], strict=False):
        await make(desk_file, one)
        async with open_store(desk_file, driver=other, read_only=True) as store:
            assert "desk.db still has one" in store.warning and "is used" not in store.warning
        async with open_store(desk_file, driver=other) as store:
            assert "the slower rollback journal is used" in store.warning
    assert drivers()


async def test_a_desk_behind_a_link_has_its_log_beside_the_file(desk_file: Path, driver: Driver) -> None:
    await make(desk_file, driver)
    link = desk_file.with_name("elsewhere") / "desk.db"
    link.parent.mkdir()
    link.symlink_to(desk_file)
    async with open_store(link, driver=driver) as store:
        await store.write(lambda tx: tx.revision())
        assert store.path == desk_file.resolve()
    assert [entry.name for entry in link.parent.iterdir()] == ["desk.db"]


async def test_an_affected_driver_does_not_enter_a_log_in_use(desk_file: Path) -> None:
    sound = [each for each in drivers() if not each.has_wal_reset_bug]
    affected = [each for each in drivers() if each.has_wal_reset_bug]
    for one in sound[:1]:
        for other in affected[:1]:
            async with open_store(desk_file, create=True, driver=one) as store:
                await store.write(lambda tx: tx.revision())
                told = subprocess.run(
                    [sys.executable, "-c", OPEN_AND_CLOSE, str(desk_file), other.module.__name__],
                    capture_output=True,
                    text=True,
                    timeout=15,
                    check=False,
                )
                assert told.returncode == 1
                assert "Close the other consoles" in told.stderr
                assert await store.write(lambda tx: tx.revision())
    assert drivers()


def test_errors_are_told_apart_by_their_code(driver: Driver, tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    plain = driver.module.connect(path, isolation_level=None)
    plain.execute("CREATE TABLE t (x)")
    one, two = (sqlite.connect(driver, path, writes=True, timeout_s=0) for _ in range(2))
    one.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite.OperationalError) as told:
        two.execute("BEGIN IMMEDIATE")
    assert sqlite.is_busy(told.value)
    assert not sqlite.is_full(told.value)
    one.execute("ROLLBACK")
    one.execute("PRAGMA max_page_count=2")
    with pytest.raises(sqlite.OperationalError) as told:
        one.execute("INSERT INTO t VALUES (zeroblob(100000))")
    assert sqlite.is_full(told.value)
    assert not sqlite.is_busy(told.value)
    for connection in (one, two, plain):
        connection.close()
