"""Put a backup in the place of a desk: checked first, made safe, and the record that was there kept beside it."""

from __future__ import annotations

import asyncio
import fcntl
import os
import stat
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from careconsole.model.event import Detail, EventKind
from careconsole.model.reply import OutboxState
from careconsole.store import approvals, claims, delivery, reply_moves, settling
from careconsole.store import driver as sqlite
from careconsole.store.backup import BACKED_UP, copy, copy_beside, sync
from careconsole.store.contract import NoDesk, NoSpace, ReadTx, Store, StoreError, Tx, WrongFile
from careconsole.store.events import append
from careconsole.store.host_clock import HostClock, SystemClock, process_mark
from careconsole.store.opening import journal, mode_within, open_store
from careconsole.store.soundness import content_faults, file_faults

LOOK_FIRST = "the desk was restored from a backup, and it may have left since: look at the network first"
_UNFIT = "{backup} is damaged ({fault}), so nothing was restored. Take another backup."
_WAL_LOCK = 128
"""The byte of a write-ahead log's index that every process locks which has the log open, as SQLite's format has it."""


@dataclass(frozen=True, slots=True)
class InUse:
    """Somebody works at the desk, so nothing was restored."""

    who: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored desk came to."""

    kept: Path | None
    """Where the record lies that was there before; None if there was none."""
    backed_up_us: int
    """Of what moment the backup is; of a file that no backup made, when its newest event was written down."""
    replies: int
    """How many replies were on their way: of each a person must look at the network first."""
    requests: int
    """How many replies waited for approval: their writers' drafts again, as they may have been approved since."""
    faults: tuple[str, ...]
    """Texts that are damaged in the backup."""


Then = Callable[[Store, int], Awaitable[None]]


async def restore(
    backup: Path,
    path: Path,
    agent: str,
    *,
    clock: HostClock | None = None,
    driver: sqlite.Driver | None = None,
    then: Then | None = None,
) -> Restored | InUse:
    """Let a backup be the desk at `path`. `then` may change it once more, with the moment of the backup, before it is.

    Raises NoDesk, WrongFile, NoSpace, and StoreError for a backup that is damaged; then the desk is as it was.
    """
    chosen, clock = driver or sqlite.drivers()[0], clock or SystemClock()
    _check_given(backup, path)
    if (busy := in_use(path, chosen, clock)) is not None:
        return busy
    with copy_beside(path, ".restoring") as beside, _told_of(backup, beside):
        await asyncio.to_thread(copy, backup, beside, chosen)
        if faults := await asyncio.to_thread(file_faults, beside, chosen):
            raise StoreError(_UNFIT.format(backup=backup, fault=faults[0]))
        async with open_store(beside, driver=chosen, clock=clock) as store:
            wrong = await content_faults(store)
            if any("event log" in fault for fault in wrong):
                raise StoreError(_UNFIT.format(backup=backup, fault=wrong[0]))
            since_us = await store.read(_moment_of)
            replies, requests = await store.write(lambda tx: make_safe(tx, agent, since_us))
            if then is not None:
                await then(store, since_us)
        _into_one_file(beside, chosen)
        with _held(path, chosen, clock) as busy:
            if busy is not None:
                return busy
            kept = _swap(beside, path)
    return Restored(kept, since_us, replies, requests, tuple(wrong))


def _check_given(backup: Path, path: Path) -> None:
    if not backup.exists():
        raise NoDesk(f"There is no backup at {backup}.")
    if not backup.is_file():
        raise StoreError(f"{backup} is not a file, so it is no backup.")
    if path.exists() and os.path.samefile(backup, path):
        raise StoreError(f"{backup} is the desk itself; nothing was done.")


@contextmanager
def _told_of(backup: Path, beside: Path) -> Iterator[None]:
    """What is wrong with a backup is said of it, and not of its copy or of a desk."""
    try:
        yield
    except NoSpace:
        raise
    except WrongFile as error:
        if "later careconsole" in str(error):
            raise WrongFile(str(error).replace(str(beside), str(backup))) from error
        sentence = f"{backup} is not a backup of a careconsole desk; nothing was restored. Name another file."
        raise WrongFile(sentence) from error
    except StoreError as error:
        if not isinstance(error.__cause__, (*sqlite.Error, ValueError)) or "malformed" not in str(error):
            raise
        raise StoreError(_UNFIT.format(backup=backup, fault=error.__cause__)) from error


async def _moment_of(tx: ReadTx) -> int:
    row = await tx.row(
        "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM fact WHERE name = $1), "
        "(SELECT recorded_us FROM event ORDER BY seq DESC LIMIT 1), 0)",
        BACKED_UP,
    )
    return int(row[0]) if row else 0


# Who works there


def in_use(path: Path, driver: sqlite.Driver, clock: HostClock) -> InUse | None:
    """Who works at a desk now: a console, a poller, or any process that has its log open; None if nobody does."""
    if not path.exists():
        return None
    who: list[str] = []

    def look(db: Any) -> None:
        for agent, boot, pid, mark in db.execute("SELECT agent, boot, pid, process_mark FROM session"):
            if boot == clock.boot_id and process_mark(pid) == mark:
                who.append(f"the console of {agent} (process {pid})")
        polls = "SELECT 1 FROM lease WHERE boot = ? AND until_ns > ? LIMIT 1"
        if not who and db.execute(polls, (clock.boot_id, clock.monotonic_ns())).fetchone():
            who.append("a process that polls and sends (careconsole sync)")

    with suppress(*sqlite.Error):  # so damaged that it does not say
        sqlite.connect(driver, path, writes=False, check=look).close()
    if not who and _log_is_open(path):
        who.append("another careconsole")
    return InUse(", ".join(who)) if who else None


def _can_be_read(path: Path, driver: sqlite.Driver) -> bool:
    """Whether there is a record, and as much of it is whole as tells that it is one."""
    try:
        look = "SELECT count(*) FROM session"
        sqlite.connect(driver, path, writes=False, check=lambda db: db.execute(look).fetchall()).close()
    except sqlite.Error:
        return False
    return True


def _log_is_open(path: Path) -> bool:
    """Whether a process has the write-ahead log open. Not to be asked while this one has: to close is to unlock."""
    try:
        descriptor = os.open(path.with_name(path.name + "-shm"), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _WAL_LOCK)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


@contextmanager
def _held(path: Path, driver: sqlite.Driver, clock: HostClock) -> Iterator[InUse | None]:
    """Keep everybody from the record that is there, which becomes one file without a log; InUse if somebody has it.

    One that is too damaged for that is left as it is: whoever opened it to write would throw its log away.
    """
    if (busy := in_use(path, driver, clock)) is not None or not _can_be_read(path, driver):
        yield busy
        return
    db = None
    try:
        db = sqlite.connect(driver, path, writes=True, timeout_s=0.0)
        if journal(db) == "wal":
            db.execute("PRAGMA journal_mode=DELETE").fetchall()
        db.execute("BEGIN EXCLUSIVE")
    except sqlite.OperationalError as error:
        busy = InUse("another careconsole") if sqlite.is_busy(error) or "locked" in str(error) else None
    except sqlite.Error:
        pass
    try:
        yield busy
    finally:
        if db is not None:
            db.close()


# The record itself


async def make_safe(tx: Tx, agent: str, backed_up_us: int) -> tuple[int, int]:
    """Let nothing go on that was under way when a backup was made; how many replies were, and how many waited for approval.

    Consoles are signed off, claims and leases end. What was on its way, approved or not in need of it, may have left
    since: it is `unknown` and parked, so that it is looked up, and leaves, only at a person's word. What waited for
    approval may have been approved since: nobody lets it out with one key, it is its writer's draft again.
    """
    for (session,) in await tx.rows("SELECT id FROM session"):
        await delivery.sign_off_dead(tx, session)
    await tx.change("UPDATE conversation SET lease_until_ns = 0 WHERE claimed_by IS NOT NULL")
    await claims.sweep(tx)
    await tx.change("DELETE FROM lease")
    await tx.change("DELETE FROM send_gate")
    under_way = "state IN ('held', 'queued', 'sending', 'waiting', 'unknown')"
    for (outbox_id,) in await tx.rows(f"SELECT id FROM outbox WHERE {under_way} ORDER BY id"):
        await _park(tx, outbox_id)
    requests = await approvals.give_all_back(tx, LOOK_FIRST)
    parked = await tx.row("SELECT count(*) FROM outbox WHERE state = 'unknown'")
    assert parked is not None
    await tx.change("DELETE FROM fact WHERE name = $1", BACKED_UP)
    details: dict[str, Detail] = {"backed_up_us": backed_up_us, "replies": parked[0], "requests": requests}
    await append(tx, EventKind.RESTORED, agent=agent, details=details)
    return int(parked[0]), requests


async def _park(tx: Tx, outbox_id: int) -> None:
    state = (await reply_moves.head_of(tx, outbox_id)).state
    if state is OutboxState.CANCELLED:  # the public line of one before it
        return
    if state is OutboxState.HELD:
        await reply_moves.move(tx, outbox_id, OutboxState.QUEUED)
        await reply_moves.leave_queue(tx, outbox_id)
    if state in (OutboxState.HELD, OutboxState.QUEUED, OutboxState.WAITING):
        await reply_moves.move(tx, outbox_id, OutboxState.SENDING)
    if state is not OutboxState.UNKNOWN:
        await settling.settle_unknown(tx, outbox_id, LOOK_FIRST, 0)
    await tx.change(
        "UPDATE outbox SET parked = 1, reason = $2, sender = NULL, sender_boot = NULL, sender_until_ns = NULL, "
        "due_ns = coalesce(due_ns, 0) WHERE id = $1",
        outbox_id,
        LOOK_FIRST,
    )


# The files


def _into_one_file(beside: Path, driver: sqlite.Driver) -> None:
    db = sqlite.connect(driver, beside, writes=True)
    try:
        db.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        db.close()
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            beside.with_name(beside.name + suffix).unlink()
    sync(beside)


def _swap(beside: Path, path: Path) -> Path | None:
    """Let the finished file stand at its place; what stood there lies beside it under a name that says since when."""
    try:
        _share(beside, path)
        kept = _keep(path) if path.exists() else None
        os.replace(beside, path)
        sync(path.parent)
    except OSError as error:
        raise StoreError(f"{path} cannot be replaced ({error.strerror}); nothing was restored.") from error
    return kept


def _share(beside: Path, path: Path) -> None:
    """Let the file be for whom the record is that stands at its place, or one that would be made there."""
    if path.exists():
        found = path.stat()
        with suppress(PermissionError):  # a group that we are not in
            os.chown(beside, -1, found.st_gid)
        os.chmod(beside, stat.S_IMODE(found.st_mode))
    else:
        os.chmod(beside, mode_within(path.parent))


def _keep(path: Path) -> Path:
    stem = f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(stem if not number else f"{stem}-{number}") for number in range(1000))
    kept = next(name for name in names if not name.exists())
    os.link(path, kept)
    for suffix in (
        "-wal",
        "-shm",
        "-journal",
    ):  # of a damaged one: its log belongs to it, never to what comes
        with suppress(FileNotFoundError):
            os.rename(path.with_name(path.name + suffix), kept.with_name(kept.name + suffix))
    return kept
