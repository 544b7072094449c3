"""export: the desk's own days as a recording to practise on, under other names."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from careconsole.cli.brand_numbers import numbers_of
from careconsole.cli.printing import DONE, say
from careconsole.cli.seat import Seat, Wrong
from careconsole.cli.window import window_since_us
from careconsole.desk.exporting.exporting import Exported, export_days
from careconsole.desk.practice.run import RunError
from careconsole.desk.practice.saving import save


async def export(seat: Seat, options: argparse.Namespace) -> int:
    """Write the days into a file, or to standard output, and say what is not in it."""
    if options.out == "":
        raise Wrong("The name of the file is empty. Name the file that the recording is to be.")
    async with seat.reading() as desk:
        since_us = window_since_us(options.since, desk.now().astimezone())
        exported = await export_days(desk, since_us, numbers_of(seat.home))
    if not exported.messages:
        say("Nobody wrote in that time, so there is nothing to practise on. Name an earlier --since.")
        return DONE
    where = "standard output"
    if options.out is None:
        sys.stdout.write(exported.recording)
    else:
        try:
            where = str(save(Path(options.out), exported.recording))
        except RunError as error:
            raise Wrong(str(error)) from error
    _tell(exported, where, options.out)
    return DONE


def _tell(exported: Exported, where: str, file: str | None) -> None:
    say(
        f"{exported.messages} messages of customers and {exported.answers} answers, under other names: {where}. "
        f"What stands for what is kept nowhere."
    )
    if exported.left_out:
        number = sum(exported.left_out.values())
        why = ", ".join(f"{reason} ({often})" for reason, often in sorted(exported.left_out.items()))
        say(f"Left out, as it could not be told under other names for certain: {number}, for {why}.")
    say("Look through it before you give it away: a story can tell who somebody is without a name.")
    if file is not None:
        say(f"Practise on it: careconsole train --from {file}")
