"""The file of a desk: who may read it, what is refused, and that no lock on it is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from tests.store.desk_files import OPEN_AND_CLOSE, make

from careconsole.model.finding import parse_query
from careconsole.store import acts, delivery, finding, opening
from careconsole.store.contract import NoDesk, StoreError, WrongFile
from careconsole.store.driver import Driver, connect, drivers
from careconsole.store.opening import APPLICATION_ID, open_store

NOBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes(folder: Path) -> dict[str, int]:
    return {each.name: mode(each) for each in sorted(folder.iterdir())}


async def mark(path: Path, driver: Driver) -> str:
    async with open_store(path, read_only=True, driver=driver) as store:
        row = await store.read(lambda tx: tx.row("SELECT value FROM fact WHERE name = 'mark'"))
    return "" if row is None else str(row[0])


# --- modes ---


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
async def test_a_new_desk_is_for_its_owner_only(desk_file: Path, driver: Driver, umask: int) -> None:
    before = os.umask(umask)
    try:
        async with open_store(desk_file, create=True, driver=driver) as store:
            await store.write(lambda tx: tx.revision())
            assert set(modes(desk_file.parent).values()) == {0o600}
    finally:
        os.umask(before)
    assert mode(desk_file.parent) == 0o700
    assert set(modes(desk_file.parent).values()) == {0o600}


async def test_a_desk_is_made_once_by_whoever_comes_first(desk_file: Path, driver: Driver) -> None:
    await make(desk_file, driver)
    await make_again(desk_file, driver)
    assert await mark(desk_file, driver) == "here"
    assert not list(desk_file.parent.glob("*.new*"))


async def make_again(path: Path, driver: Driver) -> None:
    opening._make(path, driver)


async def test_a_group_that_may_read_is_kept(desk_file: Path, driver: Driver) -> None:
    await make(desk_file, driver)
    desk_file.parent.chmod(0o750)
    for each in desk_file.parent.iterdir():
        each.unlink() if each != desk_file else each.chmod(0o640)
    before = os.umask(0o077)
    try:
        for _ in range(2):
            async with open_store(desk_file, driver=driver) as store:
                await store.write(lambda tx: tx.revision())
                assert set(modes(desk_file.parent).values()) == {0o640}
            assert set(modes(desk_file.parent).values()) == {0o640}
    finally:
        os.umask(before)
    assert mode(desk_file.parent) == 0o750


@pytest.mark.parametrize(("before", "after"), [(0o600, 0o640), (0o640, 0o600)])
async def test_the_log_follows_a_mode_that_is_changed_while_the_desk_is_open(
    desk_file: Path, driver: Driver, before: int, after: int
) -> None:
    await make(desk_file, driver)
    for each in desk_file.parent.iterdir():
        each.chmod(before)
    async with open_store(desk_file, driver=driver) as store:
        await store.write(lambda tx: tx.revision())
        desk_file.chmod(after)
        await store.write(lambda tx: tx.revision())
        assert set(modes(desk_file.parent).values()) == {after}


async def test_a_reader_waits_while_the_last_writer_closes(
    desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make(desk_file, driver)
    connect_now, failures = opening._connect, iter([1, 2, 3])

    def connect_in_the_gap(path: Path, chosen: Driver, *, read_only: bool) -> object:
        if next(failures, None) is not None:
            raise StoreError("unable to open") from driver.module.OperationalError("unable to open")
        return connect_now(path, chosen, read_only=read_only)

    monkeypatch.setattr(opening, "_connect", connect_in_the_gap)
    async with open_store(desk_file, driver=driver, read_only=True) as store:
        assert await store.read(lambda tx: tx.row("SELECT 1")) == (1,)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ("disk I/O error", 10, "is full or failed"),
        ("disk I/O error", 4874, "is full or failed"),  # no room for the index of the log
        ("attempt to write a readonly database", 8, "Ask its owner to open the desk once"),
        ("unable to open database file", 14, "may you read it"),
    ],
)
async def test_what_keeps_a_desk_from_being_opened_is_told(
    desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch, words: str, code: int, sentence: str
) -> None:
    def fails(*_: object, **__: object) -> object:
        error = driver.module.OperationalError(words)
        error.sqlite_errorcode = code
        raise error

    await make(desk_file, driver)
    monkeypatch.setattr(opening.sqlite, "connect", fails)
    with pytest.raises(StoreError, match=sentence) as told:
        async with open_store(desk_file, driver=driver):
            pass
    assert str(desk_file) in str(told.value)


async def test_what_is_left_of_a_desk_that_was_not_finished_is_taken_away(
    desk_file: Path, driver: Driver
) -> None:
    desk_file.parent.mkdir(mode=0o700)
    old, new = (desk_file.with_name(f"desk.db.{name}.new") for name in ("0123abcd", "4567cdef"))
    for each in (old, new, old.with_name(f"{old.name}-journal")):
        each.touch()
        os.utime(each, (0, 0)) if each != new else None
    await make(desk_file, driver)
    left = {each.name for each in desk_file.parent.glob("*.new*")}
    assert left == {new.name}, "one that is being made now stays"


async def test_a_build_with_the_bug_writes_no_more_once_there_is_a_log(desk_file: Path) -> None:
    newest, *older = drivers()
    buggy = [each for each in (newest, *older) if each.has_wal_reset_bug]
    sound = [each for each in (newest, *older) if not each.has_wal_reset_bug]
    if not buggy or not sound:
        return  # only one kind of SQLite is here: the two cannot meet
    async with open_store(desk_file, create=True, driver=buggy[0]) as store:
        await store.write(lambda tx: tx.change("INSERT INTO fact VALUES ('mark', 'first')"))
        connection = connect(sound[0], desk_file, writes=True)
        connection.execute("PRAGMA journal_mode=WAL").fetchall()
        connection.close()
        holder = connect(sound[0], desk_file, writes=True)
        holder.execute("SELECT * FROM fact").fetchall()
        with pytest.raises(StoreError, match=r"write-ahead log .* nothing was written"):
            await store.write(lambda tx: tx.change("UPDATE fact SET value = 'lost' WHERE name = 'mark'"))
        holder.close()
    assert await mark(desk_file, sound[0]) == "first"


async def test_a_desk_that_others_have_open_without_a_log_is_not_given_one(desk_file: Path) -> None:
    sound = [each for each in drivers() if not each.has_wal_reset_bug]
    for driver in sound:
        await make(desk_file, driver)
        db = connect(driver, desk_file, writes=True)
        db.execute("PRAGMA journal_mode=DELETE").fetchall()
        db.execute("INSERT INTO session VALUES ('s', 'zoe', 'boot', ?, '', 0, 0)", (os.getppid(),))
        db.close()
        async with open_store(desk_file, driver=driver) as store:
            await store.write(lambda tx: tx.change("DELETE FROM session"))
            assert not opening._has_log(desk_file)
        async with open_store(desk_file, driver=driver):
            assert opening._has_log(desk_file)
        desk_file.unlink()


async def test_the_last_one_to_close_leaves_an_empty_log_for_readers(desk_file: Path, driver: Driver) -> None:
    async with open_store(desk_file, create=True, driver=driver) as first:
        async with open_store(desk_file, driver=driver) as second:
            await second.write(lambda tx: tx.revision())
        assert await first.write(lambda tx: tx.revision())
    left = {each.name: each.stat().st_size for each in desk_file.parent.iterdir() if each != desk_file}
    assert left == ({} if driver.has_wal_reset_bug else {"desk.db-wal": 0, "desk.db-shm": 0})


async def test_one_that_closes_does_not_empty_the_log_of_the_others(desk_file: Path, driver: Driver) -> None:
    async with open_store(desk_file, create=True, driver=driver) as first:
        await first.write(lambda tx: tx.change("INSERT INTO fact VALUES ('mark', 'first')"))
        before = {each.name: each.stat().st_ino for each in desk_file.parent.iterdir()}
        process_that_opens_and_closes(desk_file, driver)
        assert {each.name: each.stat().st_ino for each in desk_file.parent.iterdir()} == before
        await first.write(lambda tx: tx.change("UPDATE fact SET value = 'second' WHERE name = 'mark'"))
        assert await mark(desk_file, driver) == "second"
    assert await mark(desk_file, driver) == "second"


def process_that_opens_and_closes(path: Path, driver: Driver) -> None:
    run(OPEN_AND_CLOSE, str(path), driver.module.__name__)


def run(program: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, timeout=15, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


PROBE = """
import fcntl, os, struct, sys
descriptor = os.open(sys.argv[1], os.O_RDWR)
asked = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0x40000002, 510, 0)
kind, *_ = struct.unpack("hhqqi4x", fcntl.fcntl(descriptor, fcntl.F_GETLK, asked))
print(kind != fcntl.F_UNLCK)
"""


@pytest.mark.parametrize("read_only", [False, True])
async def test_an_open_desk_stays_locked_against_those_who_would_delete_its_log(
    desk_file: Path, driver: Driver, read_only: bool
) -> None:
    """SQLite deletes a write-ahead log that nobody holds a lock for; to close the file anywhere drops the lock."""
    await make(desk_file, driver)
    async with open_store(desk_file, driver=driver, read_only=read_only) as store:
        await store.read(lambda tx: tx.row("SELECT 1 FROM fact"))
        async with open_store(desk_file, driver=driver) as another:
            await another.read(lambda tx: tx.row("SELECT 1 FROM fact"))
        if not driver.has_wal_reset_bug and sys.platform == "linux":
            assert run(PROBE, str(desk_file)).strip() == "True"


# --- readers under another name ---

READ_AS = """
import asyncio, json, os, sys
from pathlib import Path
from threading import Barrier
from careconsole.model.finding import parse_query
from careconsole.store import acts, finding, opening
from careconsole.store import driver as sqlite
from careconsole.store.driver import drivers

path, name, warm, uid = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
[driver] = [each for each in drivers() if each.module.__name__ == name]
known = opening.migrations()
opening.migrations = lambda: known  # the sources may not be readable for others

async def look(path):
    async with opening.open_store(path, read_only=True, driver=driver) as store:
        row = await store.read(lambda tx: tx.row("SELECT value FROM fact WHERE name = 'mark'"))
        return row[0]

async def main():
    await look(warm)
    if uid:
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
    before = sorted((each.name, each.stat().st_size) for each in path.parent.iterdir())
    found = await look(path)
    after = sorted((each.name, each.stat().st_size) for each in path.parent.iterdir())
    writable = os.access(path, os.W_OK)
    print(json.dumps({"mark": found, "same": before == after, "may_write": writable}))

asyncio.run(main())
"""


@pytest.mark.parametrize("died", [False, True])
async def test_who_may_only_read_can_read_when_nobody_writes(
    swift_path: Path, tmp_path: Path, driver: Driver, died: bool
) -> None:
    """Run as root the reader is another user; else the files and their folder lose the right to be written."""
    is_root = os.geteuid() == 0
    swift_path.chmod(0o755)
    path, warm = swift_path / "home" / "desk.db", tmp_path / "warm" / "desk.db"
    await make(warm, driver)
    if died:
        run(WRITE_AND_DIE, str(path), driver.module.__name__)
    else:
        await make(path, driver)
    path.parent.chmod(0o750 if is_root else 0o555)
    for each in path.parent.iterdir():
        each.chmod(0o640 if is_root else 0o444)
    if is_root:
        for each in (path.parent, *path.parent.iterdir()):
            os.chown(each, 0, NOBODY)
    try:
        words = (str(path), driver.module.__name__, str(warm), str(NOBODY if is_root else 0))
        told = json.loads(run(READ_AS, *words))
    finally:
        path.parent.chmod(0o700)
    assert told == {"mark": "here", "same": True, "may_write": False}


WRITE_AND_DIE = """
import asyncio, os, sys
from pathlib import Path
from threading import Barrier
from careconsole.store.driver import drivers
from careconsole.store.opening import open_store

async def main():
    [driver] = [each for each in drivers() if each.module.__name__ == sys.argv[2]]
    async with open_store(Path(sys.argv[1]), create=True, driver=driver) as store:
        await store.write(lambda tx: tx.change("INSERT INTO fact VALUES ('mark', 'here')"))
        os._exit(0)

asyncio.run(main())
"""


async def test_reading_gives_away_no_file_to_who_reads(desk_file: Path, driver: Driver) -> None:
    """A reader with all rights makes no log that the owner could not open."""
    await make(desk_file, driver)
    if os.geteuid() == 0:
        for each in (desk_file.parent, *desk_file.parent.iterdir()):
            os.chown(each, NOBODY, NOBODY)
    owners = {(each.stat().st_uid, each.stat().st_gid) for each in desk_file.parent.iterdir()}
    assert await mark(desk_file, driver) == "here"
    async with open_store(desk_file, driver=driver) as store:
        await store.write(lambda tx: tx.revision())
    assert {(each.stat().st_uid, each.stat().st_gid) for each in desk_file.parent.iterdir()} == owners


# --- what is not a desk ---


def text(path: Path) -> None:
    path.write_text("dear customer, " * 100)


def empty(path: Path) -> None:
    path.touch()


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE fact (name TEXT, value TEXT)")
    db.close()


def later(path: Path) -> None:
    _change(path, "INSERT OR REPLACE INTO fact VALUES ('schema', '99')")


def _change(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute("CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        db.execute(statement)
    db.close()


def folder(path: Path) -> None:
    path.mkdir()


def cut_off(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\0" * 30)


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("lay", "sentence"),
    [
        (text, "is not a careconsole desk"),
        (empty, "is empty"),
        (foreign, "is not a careconsole desk"),
        (later, "later careconsole"),
        (folder, "is not a file"),
        (cut_off, "is not a careconsole desk"),
    ],
)
async def test_what_is_no_desk_is_refused_and_left_alone(
    tmp_path: Path, driver: Driver, lay: object, sentence: str, create: bool, read_only: bool
) -> None:
    path = tmp_path / "desk.db"
    lay(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(WrongFile, match=sentence) as told:
        async with open_store(path, create=create, read_only=read_only, driver=driver):
            pass
    assert str(path) in str(told.value)
    assert str(told.value).endswith(".")
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.parametrize("read_only", [False, True])
async def test_a_link_that_leads_back_to_itself_is_told(
    tmp_path: Path, driver: Driver, read_only: bool
) -> None:
    path = tmp_path / "desk.db"
    path.symlink_to(path)
    with pytest.raises(StoreError, match="link") as told:
        async with open_store(path, create=not read_only, read_only=read_only, driver=driver):
            pass
    assert str(path) in str(told.value)
    assert [each.name for each in tmp_path.iterdir()] == ["desk.db"] and path.is_symlink()


@pytest.mark.parametrize("read_only", [False, True])
async def test_where_there_is_no_desk_none_is_made_by_looking(
    tmp_path: Path, driver: Driver, read_only: bool
) -> None:
    path = tmp_path / "home" / "desk.db"
    with pytest.raises(NoDesk, match="There is no desk at"):
        async with open_store(path, read_only=read_only, driver=driver):
            pass
    if read_only:
        with pytest.raises(NoDesk):
            async with open_store(path, create=True, read_only=True, driver=driver):
                pass
    assert not path.parent.exists()


async def test_an_older_desk_needs_somebody_who_may_write(tmp_path: Path, driver: Driver) -> None:
    path = tmp_path / "desk.db"
    _change(path, "INSERT INTO fact VALUES ('schema', '0')")
    with pytest.raises(WrongFile, match="earlier careconsole"):
        async with open_store(path, read_only=True, driver=driver):
            pass


OLDER = """
INSERT INTO account (id, name, network, added_us) VALUES (1, 'shop', 'file', 0);
INSERT INTO customer (id, name, about) VALUES (1, 'Dana', 'collects teapots');
INSERT INTO identity (customer_id, scope, handle_key, handle) VALUES (1, 'account:shop', 'dana', 'dana');
INSERT INTO conversation (id, account_id, customer_id, waiting_since_us, due_us, effective_due_us, handle, revision)
VALUES (1, 1, 1, 0, 0, 0, 'dana', 1);
INSERT INTO note (id, conversation_id, agent, text, at_us) VALUES (1, 1, 'ana', 'called the warehouse', 0);
"""


async def test_a_desk_of_the_first_schema_is_brought_up_to_date_with_its_notes_and_cards(
    desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = opening.migrations()
    monkeypatch.setattr(opening, "migrations", lambda: known[:1])
    await make(desk_file, driver)
    monkeypatch.undo()
    with sqlite3.connect(desk_file) as db:
        db.executescript(OLDER)
    db.close()
    async with open_store(desk_file, driver=driver) as store:
        note_id = await store.write(lambda tx: acts.add_note(tx, 1, "ana", "and they called back"))
        assert note_id is not None
        for query in ("warehouse", "dana call", "teapots", "back"):
            hits = await store.read(partial(finding.find, agent="ana", query=parse_query(query), limit=10))
            assert [hit.row.id for hit in hits.found] == [1], query


GIVEN_BACK = """
UPDATE conversation SET owner = 'ana';
INSERT INTO conversation (id, account_id, customer_id, waiting_since_us, due_us, effective_due_us, handle, owner, revision)
VALUES (2, 1, 1, 0, 0, 0, 'dana', 'ana', 1), (3, 1, 1, 0, 0, 0, 'dana', 'ana', 1), (4, 1, 1, 0, 0, 0, 'dana', 'ana', 1);
INSERT INTO event (seq, kind, at_us, recorded_us, agent, conversation_id, details, prev_hash, hash) VALUES
(1, 'claimed', 0, 0, 'ana', 1, '{}', '', ''), (2, 'released', 0, 0, 'ana', 1, '{}', '', ''),
(3, 'claimed', 0, 0, 'ana', 2, '{}', '', ''), (4, 'released', 0, 0, 'ana', 2, '{"reason":"answered"}', '', ''),
(5, 'claimed', 0, 0, 'ana', 3, '{}', '', ''), (6, 'skipped', 0, 0, 'ana', 3, '{"reason":"break"}', '', ''),
(7, 'released', 0, 0, 'ana', 4, '{}', '', ''), (8, 'claimed', 0, 0, 'ana', 4, '{}', '', ''),
(9, 'lost', 0, 0, 'ana', 4, '{}', '', '');
"""


async def test_on_a_desk_of_the_fourth_schema_what_was_given_back_is_nobodys(
    desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = opening.migrations()
    monkeypatch.setattr(opening, "migrations", lambda: known[:4])
    await make(desk_file, driver)
    monkeypatch.undo()
    with sqlite3.connect(desk_file) as db:
        db.executescript(OLDER + GIVEN_BACK)
    db.close()
    async with open_store(desk_file, driver=driver) as store:
        rows = await store.read(
            lambda tx: tx.rows("SELECT id, owner, team, moves FROM conversation ORDER BY id")
        )
        assert rows == [(1, None, "", 0), (2, "ana", "", 0), (3, None, "", 0), (4, "ana", "", 0)]


ON_ITS_WAY = """
INSERT INTO message (id, account_id, external_id, conversation_id, cycle, direction, handle, text, at_us, recorded_us,
visibility) VALUES (1, 1, 'm1', 1, 1, 'in', 'dana', 'Where is it?', 0, 0, 'public');
INSERT INTO outbox (id, conversation_id, account_id, cycle, agent, session, fence, state, text, visibility, handle,
reply_to_id, reply_to_version, purpose, idempotency_key, seen_id, created_us, changed_us)
VALUES (1, 1, 1, 1, 'ana', 's', 1, 'queued', 'Here.', 'public', 'dana', 1, 1, 'answer', 'key', 1, 0, 0);
"""


async def test_a_desk_of_the_third_schema_keeps_what_is_on_its_way(
    desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = opening.migrations()
    monkeypatch.setattr(opening, "migrations", lambda: known[:3])
    await make(desk_file, driver)
    monkeypatch.undo()
    with sqlite3.connect(desk_file) as db:
        db.executescript(OLDER + ON_ITS_WAY)
    db.close()
    async with open_store(desk_file, driver=driver) as store:
        taken = await store.write(lambda tx: delivery.take_in_turn(tx, 1, None, 60.0))
        assert taken is not None
        assert (taken.reply.text, taken.reply.idempotency_key, taken.crashes) == ("Here.", "key", 0)


async def test_who_is_open_when_a_later_version_changes_the_tables_writes_no_more(
    desk_file: Path, driver: Driver
) -> None:
    async with open_store(desk_file, create=True, driver=driver) as store:
        assert await store.write(lambda tx: tx.revision())
        db = connect(driver, desk_file, writes=True)
        db.execute("UPDATE fact SET value = '99' WHERE name = 'schema'")
        db.close()
        for _ in range(2):
            with pytest.raises(
                WrongFile, match="changed by a later careconsole meanwhile; nothing was written"
            ):
                await store.write(lambda tx: tx.change("INSERT INTO fact VALUES ('mark', 'here')"))
        assert await store.read(lambda tx: tx.row("SELECT 1 FROM fact WHERE name = 'mark'")) is None


async def test_a_migration_that_another_process_ran_meanwhile_is_no_fault(
    desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make(desk_file, driver)
    looks = iter([0])
    schema = opening._schema
    monkeypatch.setattr(opening, "_schema", lambda db: next(looks, schema(db)))
    db = connect(driver, desk_file, writes=True)
    try:
        opening._migrate(db, desk_file, driver)
        assert schema(db) == opening.migrations()[-1][0]
    finally:
        db.close()


@pytest.mark.parametrize("schema", [1, 2, 3, 4])
async def test_an_older_desk_may_be_opened_by_several_at_once(
    desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch, schema: int
) -> None:
    known = opening.migrations()
    monkeypatch.setattr(opening, "migrations", lambda: known[:schema])
    await make(desk_file, driver)
    with sqlite3.connect(desk_file) as db:
        db.executescript(OLDER)
        db.executemany(
            "INSERT INTO note (conversation_id, agent, text, at_us) VALUES (1, 'ana', 'called the depot', ?)",
            [(number,) for number in range(300)],
        )
    db.close()
    monkeypatch.setattr(opening, "migrations", lambda: known)
    begin = Barrier(4)

    def open_it() -> None:
        begin.wait()
        opening._open_writer(desk_file, driver).close()

    with ThreadPoolExecutor(4) as openers:
        for opened in [openers.submit(open_it) for _ in range(4)]:
            opened.result()
    async with open_store(desk_file, driver=driver) as store:
        row = await store.read(lambda tx: tx.row("SELECT value FROM fact WHERE name = 'schema'"))
        assert row == (str(known[-1][0]),)


async def test_a_migration_that_fails_leaves_the_file_as_it_was(
    desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make(desk_file, driver)
    known = opening.migrations()
    broken = [*known, (99, "CREATE TABLE extra (id INTEGER);\nINSERT INTO nowhere VALUES (1);")]
    monkeypatch.setattr(opening, "migrations", lambda: broken)
    with pytest.raises(StoreError, match=r"migration 99 failed .* the file is as it was"):
        async with open_store(desk_file, driver=driver):
            pass
    monkeypatch.setattr(opening, "migrations", lambda: known)
    async with open_store(desk_file, driver=driver) as store:
        assert await store.read(lambda tx: tx.row("SELECT 1 FROM sqlite_master WHERE name = 'extra'")) is None


async def test_a_migration_is_run_once(
    desk_file: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make(desk_file, driver)
    known = opening.migrations()
    monkeypatch.setattr(opening, "migrations", lambda: [*known, (99, "CREATE TABLE extra (id INTEGER);")])
    for _ in range(2):
        async with open_store(desk_file, driver=driver) as store:
            assert await store.read(lambda tx: tx.row("SELECT count(*) FROM extra")) == (0,)


async def test_a_place_that_cannot_be_made_is_told(tmp_path: Path, driver: Driver) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        async with open_store(tmp_path / "file" / "home" / "desk.db", create=True, driver=driver):
            pass
