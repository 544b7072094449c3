"""backup and restore: the whole desk in one file, and back."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from careconsole.cli.printing import DONE, REFUSED, put, say
from careconsole.cli.seat import Seat, Wrong
from careconsole.desk.recovery import back_up, check_restore, restore
from careconsole.settings.home import is_sample_home, make_home
from careconsole.store.backup import Exists
from careconsole.store.restoring import InUse


async def write_backup(seat: Seat, options: argparse.Namespace) -> int:
    """Copy the desk into a file; 1 if one is there already, or if something in the desk is damaged."""
    if not options.file:
        raise Wrong("The name of the file is empty. Name the file that the backup is to be.")
    async with seat.reading() as desk:
        try:
            done = await back_up(desk, Path(options.file), may_replace=options.force)
        except Exists as error:
            say(str(error))
            return REFUSED
    put(f"backed up {done.events} events, {done.size} bytes: {done.path}")
    for fault in done.faults:
        say(f"The desk itself is damaged, and so is its backup: {fault}. See careconsole doctor.")
    return REFUSED if done.faults else DONE


async def put_back(seat: Seat, options: argparse.Namespace) -> int:
    """Let a backup be the desk; 1 if somebody works there."""
    if seat.is_sample or is_sample_home(seat.home):
        raise Wrong(f"{seat.home} is the sample desk, which only plays its recording. Name another home.")
    check_restore(seat.role)
    make_home(seat.home)
    done = await restore(seat.home, Path(options.file), seat.agent)
    if isinstance(done, InUse):
        say(f"Somebody works at this desk: {done.who}. Nothing was restored; close it and try again.")
        return REFUSED
    moment = datetime.fromtimestamp(done.backed_up_us / 1_000_000, UTC)
    put(f"restored the desk as of {moment:%Y-%m-%d %H:%M:%S} UTC: {seat.home}")
    if done.kept is not None:
        say(f"The record that was here before is kept: {done.kept}")
    if done.replies:
        is_one = done.replies == 1
        say(
            f"{done.replies} {'reply' if is_one else 'replies'} may have left since the backup. Nothing is sent by itself: "
            f"look at the network first; in the console {'it is' if is_one else 'they are'} marked as unknown."
        )
    if done.requests:
        are = (
            "reply that waited for approval is a draft"
            if done.requests == 1
            else "replies that waited for approval are drafts"
        )
        say(f"{done.requests} {are} again: it may have been approved and sent since.")
    say(
        "What customers wrote since is fetched again where the network still has it; notes and drafts are not."
    )
    for fault in done.faults:
        say(f"In the backup something is damaged and shown as such: {fault}.")
    return DONE
