"""A record opened for reading cannot be written to by any route."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.store.record_at_hand import FakeClock, Record, said

from careconsole.store import claims
from careconsole.store import driver as sqlite
from careconsole.store.contract import Store, StoreError
from careconsole.store.driver import Driver
from careconsole.store.opening import open_store

TRICKS = [
    "INSERT INTO fact VALUES ('x', 'y')",
    "INSERT OR REPLACE INTO fact SELECT 'x', 'y'",
    "UPDATE conversation SET owner = 'eve'",
    "UPDATE counter SET revision = revision + 1 RETURNING revision",
    "DELETE FROM message",
    "REPLACE INTO fact VALUES ('x', 'y')",
    "WITH one AS (SELECT 1) INSERT INTO fact SELECT 'x', 'y' FROM one",
    "CREATE TABLE mine (id INTEGER)",
    "CREATE TEMP TABLE mine (id INTEGER)",
    "CREATE TEMPORARY VIEW mine AS SELECT 1",
    "CREATE TEMP TRIGGER mine AFTER INSERT ON main.fact BEGIN SELECT 1; END",
    "CREATE TABLE mine AS SELECT * FROM message",
    "CREATE INDEX mine ON message (text)",
    "CREATE VIEW mine AS SELECT * FROM message",
    "CREATE VIRTUAL TABLE mine USING fts5(text)",
    "CREATE TRIGGER mine AFTER UPDATE ON fact BEGIN DELETE FROM message; END",
    "DROP TABLE message",
    "DROP TRIGGER event_stays",
    "DROP INDEX queue_order",
    "ALTER TABLE message ADD COLUMN mine TEXT",
    "ALTER TABLE message RENAME TO mine",
    "REINDEX",
    "ANALYZE",
    "VACUUM",
    "VACUUM INTO '{folder}/copy.db'",
    "ATTACH '{folder}/other.db' AS other",
    "ATTACH '{file}' AS again",
    "ATTACH 'file:{file}?mode=rwc' AS again",
    "ATTACH ':memory:' AS other",
    "DETACH main",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA journal_mode",
    "PRAGMA user_version=9",
    "PRAGMA application_id=9",
    "PRAGMA writable_schema=ON",
    "PRAGMA query_only=OFF",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA schema_version=9",
    "PRAGMA locking_mode=EXCLUSIVE",
    "PRAGMA temp_store_directory='{folder}'",
    "PRAGMA data_version=9",
    "PRAGMA optimize",
    "PRAGMA incremental_vacuum",
    "SELECT * FROM pragma_table_info('message')",
    "SELECT * FROM pragma_user_version",
    "SELECT load_extension('{folder}/evil')",
    "SAVEPOINT mine",
    "BEGIN IMMEDIATE",
    "BEGIN EXCLUSIVE",
    "RELEASE mine",
    "EXPLAIN DELETE FROM message",
]


def state_of(folder: Path) -> dict[str, str]:
    """Everything that lies in the folder but the index of the log, which holds the marks of readers."""
    return {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted(folder.iterdir())
        if not each.name.endswith("-shm")
    }


@pytest.fixture
async def reader(record: Record, desk_file: Path, driver: Driver, clock: FakeClock) -> Store:
    """Something to steal, and its file."""
    await record.arrive(said("m1"))
    return record.store


def test_there_are_enough_tricks() -> None:
    assert len(set(TRICKS)) == len(TRICKS) >= 30


@pytest.mark.parametrize("trick", TRICKS)
async def test_no_trick_writes(reader: Store, desk_file: Path, driver: Driver, trick: str) -> None:
    """On a bare connection of the kind that every reader has."""
    before = state_of(desk_file.parent)
    statement = trick.format(folder=desk_file.parent, file=desk_file)
    connection = sqlite.connect(driver, desk_file, writes=False)
    try:
        with pytest.raises(sqlite.DatabaseError):
            connection.execute(statement).fetchall()
        with pytest.raises(sqlite.DatabaseError):
            connection.executescript(f"SELECT 1; {statement};")
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (1,)
    finally:
        connection.close()
    assert state_of(desk_file.parent) == before


async def test_no_trick_writes_through_a_store_opened_for_reading(
    reader: Store, desk_file: Path, driver: Driver, clock: FakeClock
) -> None:
    before = state_of(desk_file.parent)
    async with open_store(desk_file, read_only=True, driver=driver, clock=clock) as store:
        assert store.read_only
        for trick in TRICKS:
            statement = trick.format(folder=desk_file.parent, file=desk_file)
            with pytest.raises(StoreError):
                await store.read(lambda tx, statement=statement: tx.rows(statement))  # type: ignore[misc]
        with pytest.raises(StoreError, match="reading only"):
            await store.write(lambda tx: claims.claim(tx, 1, "eve"))
        assert await store.read(lambda tx: tx.row("SELECT count(*) FROM message")) == (1,)
    assert state_of(desk_file.parent) == before


async def test_a_reader_that_has_begun_keeps_no_writer_out(
    record: Record, reader: Store, desk_file: Path, driver: Driver
) -> None:
    connection = sqlite.connect(driver, desk_file, writes=False)
    try:
        connection.execute("BEGIN")
        assert await record.claim(1) == 1
        with pytest.raises(sqlite.DatabaseError):
            connection.execute("DELETE FROM message")
    finally:
        connection.close()


async def test_what_a_reader_may_do_works(reader: Store, desk_file: Path, driver: Driver) -> None:
    connection = sqlite.connect(driver, desk_file, writes=False)
    try:
        for question in (
            "PRAGMA data_version",
            "SELECT lower(text), json_extract('[1]', '$[0]') FROM message",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT * FROM n",
            "EXPLAIN QUERY PLAN SELECT * FROM conversation WHERE in_queue = 1",
        ):
            assert connection.execute(question).fetchall()
    finally:
        connection.close()
