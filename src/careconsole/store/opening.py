"""Open a desk's file: make it once, check that it is ours, bring its schema up to date, choose the journal."""

from __future__ import annotations

import asyncio
import os
import secrets
import stat
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from careconsole.model.priority import RankPolicy
from careconsole.store import driver as sqlite
from careconsole.store.contract import Damaged, NoDesk, NoSpace, StoreError, WrongFile
from careconsole.store.host_clock import HostClock, SystemClock

if TYPE_CHECKING:
    from careconsole.store.contract import Damaged, Store

APPLICATION_ID = 0x43617265
"""The letters "Care", in the header of every desk's file."""


_LOOKS_AT_A_GAP, _GAP_S = 20, 0.05
_STALE_S = 60.0


def migrations() -> list[tuple[int, str]]:
    """Number and text of every migration of this version, in order."""
    folder = files("careconsole.store") / "migrations"
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(int(name.partition("_")[0]), (folder / name).read_text(encoding="utf-8")) for name in found]


def _new_id() -> str:
    return uuid.uuid4().hex


@asynccontextmanager
async def open_store(
    path: Path,
    *,
    create: bool = False,
    read_only: bool = False,
    policy: RankPolicy | None = None,
    clock: HostClock | None = None,
    driver: sqlite.Driver | None = None,
    new_id: Callable[[], str] = _new_id,
    in_line: bool = False,
) -> AsyncIterator[Store]:
    """The store in this file, closed at the end.

    `new_id` makes the ids that must be of their own. With `in_line` reads hold up the event loop and need no thread.
    Raises NoDesk if there is none and `create` is False, WrongFile if the file is not a desk of this version,
    StoreError if it cannot be opened.
    """
    from careconsole.store.sqlite import SqliteStore

    chosen = driver or sqlite.drivers()[0]
    path = _behind_links(path)  # the log lies beside the file itself, not beside a link to it
    if create and not read_only and not path.exists():
        _make(path, chosen)
    _check_file(path)
    writer, watcher = await _connect_patiently(path, chosen, read_only=read_only)
    store = SqliteStore(
        path,
        driver=chosen,
        clock=clock or SystemClock(),
        session=new_id(),
        policy=policy or RankPolicy(),
        writer=writer,
        watcher=watcher,
        warning=_warning(chosen, path),
        schema=migrations()[-1][0],
        new_id=new_id,
        in_line=in_line,
    )
    try:
        await store.start()
        yield store
    finally:
        await store.aclose()


def _behind_links(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:  # which of them tells of links in a circle depends on the Python
        raise StoreError(f"{path} is a link that leads back to itself. Move it away.") from error


async def _connect_patiently(path: Path, chosen: sqlite.Driver, *, read_only: bool) -> tuple[Any, Any]:
    """As the last writer closes, its log is gone for a moment before `leave_readable` puts an empty one there: who may
    not make one waits for that."""
    for _ in range(_LOOKS_AT_A_GAP):
        try:
            return _connect(path, chosen, read_only=read_only)
        except StoreError as error:
            if not read_only or not isinstance(error.__cause__, sqlite.OperationalError):
                raise
        await asyncio.sleep(_GAP_S)
    return _connect(path, chosen, read_only=read_only)


def _connect(path: Path, chosen: sqlite.Driver, *, read_only: bool) -> tuple[Any, Any]:
    """The connection that writes (None if nothing may be written) and the one that watches."""

    def check(watcher: Any) -> None:
        _check_schema(watcher, path)
        watcher.execute("PRAGMA busy_timeout=0").fetchall()  # from now on it looks from the event loop

    writer = None
    try:
        writer = None if read_only else _open_writer(path, chosen)
        return writer, sqlite.connect(chosen, path, writes=False, check=check)
    except BaseException as error:
        if writer is not None:
            writer.close()
        if not isinstance(error, sqlite.Error):
            raise
        if "not a database" in str(error):
            raise foreign(path) from error
        if "malformed" in str(error):
            raise damaged(path, error) from error
        raise _closed_to_us(path, error) from error


def _closed_to_us(path: Path, error: Exception) -> StoreError:
    """The file may well be a desk; what keeps us from opening it, and what to do."""
    if sqlite.is_full(error) or sqlite.is_disk_fault(error):
        return StoreError(f"The disk that holds {path} is full or failed ({error}). Make room and try again.")
    if "readonly" in str(error):
        return StoreError(
            f"{path} needs its log made or cleared before it can be read, which you may not do. "
            "Ask its owner to open the desk once; `careconsole queue` is enough."
        )
    return StoreError(f"{path} cannot be opened ({error}). Is it a desk, and may you read it?")


def _warning(chosen: sqlite.Driver, path: Path) -> str:
    """What is to be known of this SQLite and this file, which is open by now; empty if nothing is."""
    if not chosen.has_wal_reset_bug:
        return ""
    danger = f"SQLite {'.'.join(map(str, chosen.version))} can lose commits with a write-ahead log"
    if _has_log(path):
        return f"{danger}, and {path.name} still has one; close every console on it, then open one here"
    return f"{danger}; the slower rollback journal is used"


def _has_log(path: Path) -> bool:
    """Whether the file is in write-ahead mode: bytes 18 and 19 of its header, as SQLite describes its format."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\2\2"


def _make(path: Path, chosen: sqlite.Driver) -> None:
    """Make a new desk beside its place, then link it there: two starters never see half a file."""
    _make_folder(path.parent)
    _clear_unborn(path)
    unborn = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        descriptor = os.open(unborn, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        os.fchmod(descriptor, mode_within(path.parent))
        os.close(descriptor)
        db = sqlite.connect(chosen, unborn, writes=True)
        try:
            db.execute("PRAGMA journal_mode=DELETE").fetchall()
            db.execute(f"PRAGMA application_id={APPLICATION_ID}")
            _migrate(db, unborn, chosen)
        finally:
            db.close()
        with suppress(FileExistsError):
            os.link(unborn, path)
    except OSError as error:
        raise _cannot_make(path, error) from error
    except sqlite.Error as error:
        if sqlite.is_full(error) or "full" in str(error):
            raise NoSpace(f"The disk is full; {path} was not made. Make room and try again.") from error
        raise StoreError(f"{path} cannot be made: {error}") from error
    finally:
        for leftover in (unborn, unborn.with_name(unborn.name + "-journal")):
            with suppress(OSError):
                leftover.unlink()


def mode_within(folder: Path) -> int:
    """The mode of a new file of a desk: for its owner alone, unless the folder is one in which its group may write too."""
    return 0o660 if stat.S_IMODE(folder.stat().st_mode) & 0o020 else 0o600


def _clear_unborn(path: Path) -> None:
    """Take away what is left of desks whose making was cut short."""
    for leftover in path.parent.glob(f"{path.name}.*.new*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _STALE_S:
                leftover.unlink()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_make(folder, error) from error


def _cannot_make(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path} cannot be made ({error.strerror or error}). Choose another folder with --home or CARECONSOLE_HOME."
    )


def _check_file(path: Path) -> None:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise NoDesk(
            f"There is no desk at {path}. Open the console, import a file or add an account to begin one."
        ) from None
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}).") from error
    if not stat.S_ISREG(found.st_mode):
        raise WrongFile(f"{path} is not a file. Move it away.")
    if found.st_size == 0:
        raise WrongFile(f"{path} is empty, so it is not a desk. Restore a backup or move it away.")


def _open_writer(path: Path, chosen: sqlite.Driver) -> Any:
    db = sqlite.connect(chosen, path, writes=True, timeout_s=5.0)
    try:
        _check_schema(db, path, may_be_older=True)
        wanted = "DELETE" if chosen.has_wal_reset_bug else "WAL"
        if (now := journal(db)) != wanted.lower() and not (wanted == "WAL" and _others_work(db)):
            try:
                db.execute(f"PRAGMA journal_mode={wanted}").fetchall()
            except sqlite.OperationalError as error:
                if chosen.has_wal_reset_bug:
                    raise StoreError(
                        f"{path} is in use with journal mode {now} by a newer SQLite, which this one could damage. "
                        "Close the other consoles, or install pysqlite3 for this Python."
                    ) from error
        _migrate(db, path, chosen)
        if journal(db) == "wal":
            db.execute("PRAGMA busy_timeout=0").fetchall()
    except BaseException:
        db.close()
        raise
    return db


def _others_work(db: Any) -> bool:
    """Whether a console is open on a file without a write-ahead log: it may be one that must not be given a log."""
    with suppress(*sqlite.OperationalError):  # no such table: the file is being made
        pids = [row[0] for row in db.execute("SELECT pid FROM session").fetchall()]
        return any(pid != os.getpid() and _is_alive(pid) for pid in pids)
    return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def journal(db: Any) -> str:
    """The journal mode of a connection that may ask for it: `wal` or `delete`."""
    return str(db.execute("PRAGMA journal_mode").fetchone()[0]).lower()


def _check_schema(db: Any, path: Path, *, may_be_older: bool = False) -> None:
    """Refuse a file that is not a desk or that a later version has changed.

    Asks SQLite, never the file: to close a file is to drop every lock that this process has on it.
    """
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise foreign(path)
    known = migrations()[-1][0]
    found = _schema(db)
    if found > known:
        raise WrongFile(
            f"{path} was changed by a later careconsole (schema {found}, this one knows {known}). Update careconsole."
        )
    if found < known and not may_be_older:
        raise WrongFile(
            f"{path} is of an earlier careconsole (schema {found} of {known}). "
            "`careconsole sync --once` brings it up to date."
        )


def damaged(path: Path, error: BaseException) -> Damaged:
    """The file is a desk, but its pages contradict each other."""
    return Damaged(f"{path} is damaged ({error}). Stop all consoles and restore a backup.")


def foreign(path: Path) -> WrongFile:
    return WrongFile(f"{path} is not a careconsole desk. Choose another folder with --home.")


def _migrate(db: Any, path: Path, chosen: sqlite.Driver) -> None:
    """Run the migrations that the file has not had, each in its own transaction; `words_of` is known to them.

    Which those are is asked again behind the lock: other processes may open the same older file at this moment.
    """
    from careconsole.store.message_words import words_of

    for number, text in migrations():
        if number <= _schema(db):
            continue
        db.create_function("words_of", 3, words_of)
        try:
            db.execute("BEGIN IMMEDIATE")
            if number > _schema(db):
                sqlite.run_script(chosen, db, text)
                db.execute("INSERT OR REPLACE INTO fact VALUES ('schema', ?)", (str(number),))
            db.execute("COMMIT")
        except sqlite.Error as error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise StoreError(
                f"{path}: migration {number} failed ({error}); the file is as it was."
            ) from error


FileMark = tuple[int, int]
"""What names a file whatever its path: its device and its number there."""


def follow_mode(path: Path) -> FileMark | None:
    """Give the write-ahead log and its index the file's mode, if its owner has changed that meanwhile.

    Which file stands there now; None if none does.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    with suppress(OSError):
        mode = stat.S_IMODE(found.st_mode)
        for suffix in ("-wal", "-shm"):
            beside = f"{path}{suffix}"
            if stat.S_IMODE(os.stat(beside).st_mode) != mode:
                os.chmod(beside, mode)
    return found.st_dev, found.st_ino


def _schema(db: Any) -> int:
    try:
        row = db.execute("SELECT value FROM fact WHERE name = 'schema'").fetchone()
    except sqlite.OperationalError:
        return 0
    return int(row[0]) if row else 0


def leave_readable(path: Path) -> None:
    """Leave an empty write-ahead log and index with the file's mode, so that one who may not write can read.

    The last process to close removes both. They are only made if absent, never truncated.
    """
    try:
        found = path.stat()
    except OSError:
        return
    mode = stat.S_IMODE(found.st_mode)
    owner = found.st_uid if os.geteuid() == 0 else -1
    for suffix in ("-wal", "-shm"):
        with suppress(OSError):
            descriptor = os.open(path.with_name(path.name + suffix), os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
            os.fchmod(descriptor, mode)
            with suppress(OSError):
                os.fchown(descriptor, owner, found.st_gid)
            os.close(descriptor)
