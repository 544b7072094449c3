"""import and sync: messages in, replies out, without a screen."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

from careconsole.cli.lines import RefusedLines, lines_of
from careconsole.cli.printing import DONE, REFUSED, put, say
from careconsole.cli.seat import Seat, Wrong
from careconsole.desk.importing import import_lines
from careconsole.desk.runner import Runner, Synced, sync_once
from careconsole.settings.home import REFUSED_FILE

STANDARD_INPUT = "-"


async def take_in(seat: Seat, options: argparse.Namespace) -> int:
    """Import a file of messages; refused lines go to a file beside it."""
    beside = seat.home / REFUSED_FILE
    path = beside if options.file == STANDARD_INPUT else Path(f"{options.file}.refused")
    with _opened(options.file) as file:
        async with seat.making() as desk:
            with RefusedLines(path, beside) as refused:
                result = await import_lines(desk, lines_of(file), refused.add)
    put(f"imported {result.imported}, known {result.known}, refused {result.refused}")
    if refused.count:
        say(f"The lines that were refused, with the reason of each, are in {refused.path}.")
        return REFUSED
    return DONE


def _opened(name: str) -> AbstractContextManager[IO[bytes]]:
    if name == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
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
        if options.once:
            done = await sync_once(desk)
        else:
            await _until_ended(asyncio.ensure_future(Runner(desk).run()))
            return DONE
    if not done:
        say('There is no account yet; "careconsole accounts add --help" says how to connect one.')
    for account in done:
        say(f"{account.account}: {_fared(account)}")
    return REFUSED if any(account.error for account in done) else DONE


def _fared(account: Synced) -> str:
    """How a pass over an account went."""
    if account.is_busy:
        return "another process keeps it going"
    counted = f"{account.new} new, {account.sent} sent"
    return f"{counted}, failed: {account.error}" if account.error else counted


async def _until_ended(work: asyncio.Future[None]) -> None:
    """Let the work go on until it fails, or a signal asks to end."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, work.cancel)
    say("Bringing in messages and sending replies; Ctrl+C ends it.")
    try:
        await work
    except asyncio.CancelledError:
        say("Ended.")
    finally:
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(name)
