"""Today's store: one SQLite file, one writer thread per process, reads through a read-only aiosqlite connection."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from careconsole.model.priority import RankPolicy
from careconsole.store import driver as sqlite
from careconsole.store import rules
from careconsole.store.checkpoint import (
    TEND_AT_BYTES,
    TOO_LONG_BYTES,
    TRY_AGAIN_S,
    checkpoint,
    compact,
    log_bytes,
)
from careconsole.store.contract import Body, Busy, NoSpace, Question, StoreError, WrongFile
from careconsole.store.feed import Feed, watch
from careconsole.store.host_clock import HostClock
from careconsole.store.in_line import InLineReader
from careconsole.store.opening import damaged, follow_mode, journal, leave_readable
from careconsole.store.soundness import quick_faults
from careconsole.store.transaction import SqliteReadTx, SqliteTx, drive

T = TypeVar("T")

_WAIT_FOR_LOCK_S = 5.0


class SqliteStore:
    """The record of one desk in one file; opened by `store.opening.open_store`."""

    def __init__(
        self,
        path: Path,
        *,
        driver: sqlite.Driver,
        clock: HostClock,
        session: str,
        policy: RankPolicy,
        writer: Any,
        watcher: Any,
        warning: str,
        schema: int,
        new_id: Callable[[], str],
        in_line: bool,
    ) -> None:
        self.path = path
        self.feed = Feed()
        self.session = session
        self.policy = policy
        """By what rank is computed: since the newest transaction, the rules in force."""
        self.read_only = writer is None
        self.warning = warning
        self._schema = schema
        self._new_id = new_id
        self._in_line = in_line
        self._driver = driver
        self._clock = clock
        self._writer: Any = writer
        self._watcher = watcher
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="careconsole-writer")
        self._reader: aiosqlite.Connection | InLineReader | None = None
        self._reading = asyncio.Lock()
        self._under_way: set[asyncio.Future[Any]] = set()
        self._watching: asyncio.Task[None] | None = None
        self._closed = False
        self._rules = ""
        self._cut_from = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._file = follow_mode(path)
        self.damage = ""

    async def start(self) -> None:
        """Open the read-only connection, and begin to watch for commits of other processes unless reads are in line."""
        self._loop = asyncio.get_running_loop()
        connect = sqlite.connector(self._driver, self.path)
        self._reader = InLineReader(connect()) if self._in_line else await aiosqlite.Connection(connect, 64)
        if not self._in_line:
            self._watching = asyncio.create_task(watch(self._data_version, self.feed), name="watch-record")

    def _data_version(self) -> int:
        try:
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])
        except sqlite.Error:
            # Locked for this moment, or worse: the next look tells, and every read says what is wrong.
            return -1

    async def write(self, body: Body[T]) -> T:
        """Run a body as one transaction: begin immediate, drive, commit, in one call of the writer thread."""
        if self._writer is None:
            raise StoreError("This desk was opened for reading only; nothing was written.")
        if self._closed:
            raise StoreError("The desk is closed; nothing was written.")
        if self.damage:
            raise StoreError(f"{self.damage} Nothing was written.")
        call = asyncio.get_running_loop().run_in_executor(self._thread, self._transact, body)
        self._under_way.add(call)
        call.add_done_callback(self._done)
        return await asyncio.shield(call)

    def _done(self, call: asyncio.Future[Any]) -> None:
        self._under_way.discard(call)
        if not call.cancelled():
            call.exception()  # heard, if the caller was cancelled

    def _transact(self, body: Body[T]) -> T:
        self._begin()
        self._check_place()
        self._check_journal()
        changes = self._writer.total_changes
        try:
            self._check_schema()
            tx = SqliteTx(self._writer, self._clock, self.policy, self.session, self._new_id)
            self._rules = drive(lambda tx: rules.follow(tx, self._rules), tx)
            self.policy = tx.policy
            result = drive(body, tx)
            tx.finish()
            self._writer.execute("COMMIT")
        except BaseException as error:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise _sentence(error, self.path) from error
        if self._writer.total_changes != changes and self._loop is not None:
            self._loop.call_soon_threadsafe(self.feed.publish)  # before the caller learns the result
            if time.monotonic() >= self._cut_from and log_bytes(self.path) > TOO_LONG_BYTES:
                self._cut_from = time.monotonic() + TRY_AGAIN_S
                self._loop.call_soon_threadsafe(self._cut)
        return result

    def _cut(self) -> None:
        """Cut the log behind what was just written; whoever wrote does not wait for it."""
        if not self._closed:
            call = asyncio.get_running_loop().run_in_executor(self._thread, self._cut_now)
            self._under_way.add(call)
            call.add_done_callback(self._done)

    def _cut_now(self) -> None:
        checkpoint(self._writer, log_bytes(self.path))
        if log_bytes(self.path) <= TOO_LONG_BYTES:
            self._cut_from = 0.0

    def _begin(self) -> None:
        """Take the write lock, trying again every millisecond or so.

        SQLite's own busy handler sleeps up to 100 ms between two looks, which starves a claim during an import.
        """
        give_up_at = time.monotonic() + _WAIT_FOR_LOCK_S
        while True:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                return
            except sqlite.OperationalError as error:
                if not sqlite.is_busy(error) and "locked" not in str(error):
                    raise _sentence(error, self.path) from error
                if time.monotonic() > give_up_at:
                    raise Busy(
                        f"Locked for {_WAIT_FOR_LOCK_S:.0f} s by another process; nothing was written. "
                        "Try again; if it stays so, look for a stopped careconsole."
                    ) from error
            time.sleep(random.uniform(0.0003, 0.0015))

    def _check_place(self) -> None:
        """Who was open when another record was put in the place of this one writes no more: nobody would read it.

        Asked behind the lock, for which whoever replaces a record waits.
        """
        if follow_mode(self.path) not in (self._file, None):
            self._writer.execute("ROLLBACK")
            raise StoreError(
                f"Another record stands at {self.path} since this one was opened; nothing was written. "
                "Quit, and start careconsole again."
            )

    def _check_journal(self) -> None:
        """A build that can lose commits with a write-ahead log does not write once a newer one has begun such a log."""
        if self._driver.has_wal_reset_bug and journal(self._writer) == "wal":
            self._writer.execute("ROLLBACK")
            raise StoreError(
                f"A newer SQLite has begun a write-ahead log for {self.path.name}, which this one could damage; nothing "
                "was written. Quit this console, and install pysqlite3 for its Python or close the others first."
            )

    def _check_schema(self) -> None:
        """Who was open when a later version changed the tables writes no more: what it knows of them is past."""
        row = self._writer.execute("SELECT value FROM fact WHERE name = 'schema'").fetchone()
        if int(row[0]) > self._schema:
            raise WrongFile(
                f"{self.path.name} was changed by a later careconsole meanwhile; nothing was written. "
                "Quit, and start the later one."
            )

    async def read(self, question: Question[T]) -> T:
        """Run statements that see one state of the record."""
        if self._reader is None or self._closed:
            raise StoreError("The desk is closed.")
        async with self._reading:
            try:
                await self._reader.execute("BEGIN")
                return await question(SqliteReadTx(self._reader, self._clock))
            except asyncio.CancelledError:
                await self._reader.interrupt()  # nobody waits for the statement under way any more
                raise
            except sqlite.Error as error:
                raise _sentence(error, self.path) from error
            except ValueError as error:
                if not _is_of_the_record(error):
                    raise
                raise damaged(self.path, ValueError("it holds a value that is none")) from error
            finally:
                await self._end_read(self._reader)

    async def _end_read(self, reader: aiosqlite.Connection | InLineReader) -> None:
        """End the read behind whatever a cancelled question still has under way; the next one waits for it."""
        ending = asyncio.ensure_future(_roll_back(reader))
        cancelled = False
        while not ending.done():
            try:
                await asyncio.shield(ending)
            except asyncio.CancelledError:
                cancelled = True
        if cancelled:
            raise asyncio.CancelledError

    async def examine(self) -> str:
        """Look the file over quickly; of a damaged one the sentence, and from then on nothing is written here."""
        faults = await quick_faults(self.path, self._driver)
        if faults and not self._closed:
            self.damage = str(damaged(self.path, ValueError(faults[0])))
        return self.damage

    async def tend(self, *, is_poller: bool) -> None:
        """Checkpoint the write-ahead log when it has grown, if that is this process's duty.

        It is the poller's; but who makes it longer than it may be, in an import, does not wait for the poller's look.
        """
        if self._writer is None or self._closed:
            return
        size = log_bytes(self.path)
        if size < TEND_AT_BYTES:
            return
        if not is_poller and size <= TOO_LONG_BYTES and await self.read(_is_polled):
            return
        call = asyncio.get_running_loop().run_in_executor(self._thread, checkpoint, self._writer, size)
        await asyncio.shield(call)

    async def compact(self, *, anew: bool) -> bool:
        """Clear the write-ahead log; with `anew` write the whole file anew before. False while somebody reads it."""
        call = asyncio.get_running_loop().run_in_executor(self._thread, self._compact, anew)
        return await asyncio.shield(call)

    def _compact(self, anew: bool) -> bool:
        try:
            return compact(self._writer, anew=anew)
        except sqlite.OperationalError as error:
            raise _sentence(error, self.path) from error

    async def aclose(self) -> None:
        """Finish what is under way and close; idempotent."""
        if self._closed:
            return
        self._closed = True
        if self._under_way:
            await asyncio.wait(set(self._under_way))
        if self._watching is not None:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        if self._reader is not None:
            async with self._reading:
                await self._reader.close()
        self._watcher.close()
        if self._writer is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._close_writer)
        self._thread.shutdown()

    def _close_writer(self) -> None:
        is_wal = False
        with suppress(*sqlite.Error):
            is_wal = journal(self._writer) == "wal"
        self._writer.close()
        if is_wal:
            leave_readable(self.path)


async def _roll_back(reader: aiosqlite.Connection | InLineReader) -> None:
    with suppress(*sqlite.Error):  # nothing was begun
        await reader.execute("ROLLBACK")


def _is_of_the_record(error: ValueError) -> bool:
    """Whether a value that was read is none of those that we write: no state, no kind, no JSON."""
    return isinstance(error, json.JSONDecodeError) or " is not a valid " in str(error)


async def _is_polled(tx: Any) -> bool:
    row = await tx.row(
        "SELECT 1 FROM lease WHERE name LIKE 'poll:%' AND boot = $1 AND until_ns > $2 LIMIT 1",
        tx.boot_id,
        tx.monotonic_ns,
    )
    return row is not None


def _sentence(error: BaseException, path: Path) -> BaseException:
    """The error as a sentence of ours; what is no driver's error stays as it is."""
    if not isinstance(error, sqlite.Error):
        return error
    text = str(error)
    if sqlite.is_full(error) or "disk is full" in text:
        return NoSpace(f"The disk that holds {path} is full; nothing was written. Make room and try again.")
    if "decode" in text:  # the driver quotes what it could not read: it may be a customer's words
        return damaged(path, ValueError("it holds a text that is none"))
    if "malformed" in text or "not a database" in text:
        return damaged(path, error)
    if "disk I/O" in text:
        return StoreError(f"The disk that holds {path} failed ({text}); nothing was written.")
    if "readonly" in text:
        return StoreError(
            f"You may not write {path}; nothing was written. Its owner can give you the right to."
        )
    if "locked" in text:
        return Busy(f"Locked by another process; nothing was written. Try again: {path}")
    return StoreError(f"{path}: {text}")
