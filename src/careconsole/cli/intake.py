"""import and sync: messages in, replies out, without a screen."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import signal
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO

from careconsole.cli.lines import RefusedLines, lines_of
from careconsole.cli.printing import DONE, REFUSED, put, say
from careconsole.cli.seat import Seat, Wrong, moved_sentence, rules_from, standard_input, word_fault
from careconsole.desk.desk import Desk
from careconsole.desk.importing import Imported, import_lines
from careconsole.desk.reading import outbox_open, outbox_states
from careconsole.desk.rules import take_up
from careconsole.desk.runner import Runner, Synced, sync_once
from careconsole.desk.vectors import opener
from careconsole.model.reply import OutboxState
from careconsole.settings.document import SETTINGS_FILE
from careconsole.settings.home import REFUSED_FILE
from careconsole.settings.watching import LeftAlone, PickedUp, Watch
from careconsole.store.contract import StoreError
from careconsole.store.rows import OutboxRow

STANDARD_INPUT = "-"
_SELDOM = 20_000
"""Objects made between two looks."""
LOOK_EVERY_S = 1.0
"""Between two looks at the settings file."""


async def take_in(seat: Seat, options: argparse.Namespace) -> int:
    """Import a file of messages; refused lines go to a file beside it."""
    beside = seat.home / REFUSED_FILE
    path = beside if options.file == STANDARD_INPUT else Path(f"{options.file}.refused")
    with _opened(options.file) as file:
        async with seat.making() as desk:
            with RefusedLines(path, beside) as refused, _collecting_seldom():
                result = await _import(desk, _readable(file, options.file), refused)
    put(f"imported {result.imported}, known {result.known}, refused {result.refused}")
    if refused.count:
        say(f"The lines that were refused, with the reason of each, are in {refused.path}.")
        return REFUSED
    return DONE


class Unreadable(Wrong):
    """A file ended before its end: its disk or its medium failed."""


async def _import(desk: Desk, lines: Iterable[bytes], refused: RefusedLines) -> Imported:
    """Import a file's lines. Raises Wrong, with what is kept, if the record fails when a part is in it already."""
    so_far = Imported()
    try:
        return await import_lines(desk, lines, refused.add, so_far)
    except (StoreError, Unreadable) as error:
        if not so_far.imported:
            raise
        raise Wrong(
            f"{error} The import stopped there: of its messages {so_far.imported} are in and kept; "
            "the same import again brings the rest."
        ) from error


def _readable(file: IO[bytes], name: str) -> Iterator[bytes]:
    """The lines of an open file. Raises Unreadable where reading fails."""
    try:
        yield from lines_of(file)
    except OSError as error:
        raise Unreadable(f"{name} cannot be read to its end: {error.strerror}.") from error


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """For a while, look seldom for what can be thrown away: of the many messages none refers to itself."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _opened(name: str) -> AbstractContextManager[IO[bytes]]:
    if name == STANDARD_INPUT:
        return nullcontext(standard_input("Name a file of JSON lines."))
    if not name:
        raise Wrong("The name of the file is empty. Name a file of JSON lines, or - for standard input.")
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "that is no file name"
        raise Wrong(
            f"{name} cannot be read: {reason}. Name a file of JSON lines, or - for standard input."
        ) from error


async def sync(seat: Seat, options: argparse.Namespace) -> int:
    """Bring in messages and send replies: one pass, or until somebody ends it."""
    async with seat.making() as desk:
        if not options.once:
            await _until_ended(desk, Watch.begin(seat.home / SETTINGS_FILE, word_fault))
            return DONE
        before = await outbox_open(desk)
        done = await sync_once(desk)
        still_open = await outbox_open(desk)
        now = await outbox_states(desk, [row.id for row in before])
    if not done:
        say('There is no account yet; "careconsole accounts add --help" says how to connect one.')
    for account in done:
        states = [now[row.id] for row in before if row.account == account.account and row.id in now]
        say(f"{account.account}: {_fared(account, states, still_open)}")
    return REFUSED if any(account.error for account in done) else DONE


def _fared(account: Synced, states: list[OutboxState], still_open: list[OutboxRow]) -> str:
    """How a pass over an account went, and what became of its replies, whose `states` now are given.

    Sent is also what the account turned out to have on it already.
    """
    if account.is_busy:
        return "another process keeps it going"
    waiting = sum(row.account == account.account and row.state is not OutboxState.HELD for row in still_open)
    given_up = states.count(OutboxState.FAILED) + states.count(OutboxState.CANCELLED)
    counted = f"{account.new} new, {max(account.sent, states.count(OutboxState.SENT))} sent"
    for number, word in ((waiting, "waiting or unknown"), (given_up, "given up")):
        counted += f", {number} {word}" if number else ""
    return f"{counted}, failed: {account.error}" if account.error else counted


async def _until_ended(desk: Desk, watch: Watch) -> None:
    """Keep the desk going until it fails, or a signal asks to end."""
    loop = asyncio.get_running_loop()
    work = asyncio.ensure_future(_keep_going(desk, watch))
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, work.cancel)
    log, teller = logging.getLogger("careconsole"), Teller()
    log.addHandler(teller)
    say("Bringing in messages and sending replies; Ctrl+C ends it.")
    try:
        await work
    except asyncio.CancelledError:
        say("Ended.")
    finally:
        log.removeHandler(teller)
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(name)


async def _keep_going(desk: Desk, watch: Watch) -> None:
    damaged: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Runner(desk, on_damage=damaged.set_result, encoder_of=opener()).run())
        tasks.create_task(_end_when(damaged))
        tasks.create_task(_follow_settings(desk, watch))


async def _end_when(damaged: asyncio.Future[str]) -> None:
    """There is nothing to keep going in a damaged record."""
    raise StoreError(f"{await damaged} Nothing was written to it.")


async def _follow_settings(desk: Desk, watch: Watch) -> None:
    """Take up a changed settings file; a broken one leaves the old settings in force."""
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        found = watch.look()
        if isinstance(found, LeftAlone):
            say(found.sentence)
        elif isinstance(found, PickedUp):
            say(moved_sentence(await take_up(desk, rules_from(found.document))))


class Teller(logging.Handler):
    """Says what the background jobs log: ids and kinds of errors, never texts."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say one entry."""
        say(record.getMessage())
