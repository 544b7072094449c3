"""The command line of `careconsole simulate`. Loads nothing but the standard library."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable

from careconsole.cli.snippet_words import AddCommand, P

MOST_SPEED = 1000.0
SAMPLE = "sample"
_BEARABLE = "max"

_EPILOG = """\
what is simulated:
  The messages of the file come again for a week or more, each customer a little earlier or later, and --speed
  times as many of them. The same messages are answered by simulated agents in four orders: first come, first
  served; newest first; strict priority (emergency, VIP, kind, then time); and the order of this desk, by the
  targets, words, VIPs and calendars of its settings. The same seed gives the same figures.

  A file is a recording, or lines as `import` reads them. It is only read.
"""


def add_simulate(commands: argparse._SubParsersAction[P], add: AddCommand[P]) -> None:
    """The sub-command `simulate`."""
    simulate = add(
        commands,
        "simulate",
        "try the order of the desk on a recording, against three others; no desk is needed",
        more="The exit code is 0 whatever comes out.",
    )
    simulate.formatter_class = argparse.RawDescriptionHelpFormatter
    simulate.epilog = _EPILOG
    simulate.add_argument(
        "--from",
        dest="source",
        type=_name,
        metavar="FILE",
        default=SAMPLE,
        help="a file, or sample (the default)",
    )
    simulate.add_argument(
        "--agents", type=_number(1, 1000), metavar="N", default=4, help="how many answer (default 4)"
    )
    simulate.add_argument(
        "--speed",
        dest="load",
        type=_load,
        metavar="MAX",
        help="how many times as much comes as in the file; max (the default): so much that first come, first "
        "served answers 70 %% in time",
    )
    simulate.add_argument(
        "--seed",
        type=_number(0, 2**63 - 1),
        metavar="N",
        default=1,
        help="another one is another week of the same kind (default 1)",
    )
    simulate.add_argument(
        "--within",
        type=_number(1, 10_080),
        metavar="MIN",
        default=60,
        help="what is in time (default 60 minutes)",
    )
    simulate.add_argument(
        "--target-share",
        type=_number(1, 100),
        metavar="PCT",
        default=80,
        help="how many per cent in time agents are counted for (default 80)",
    )
    simulate.add_argument("--svg", type=_name, metavar="FILE", help="draw the waits into this file too")
    form = simulate.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="for a spreadsheet, one number a row")
    form.add_argument("--json", action="store_true", help="print JSON")


def _number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from one to another."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else -1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{text!a} is not a whole number from {least} to {most}")
        return number

    return read


def _load(text: str) -> float | None:
    """How many times as much; None for as much as can be borne."""
    if text.lower() == _BEARABLE:
        return None
    try:
        load = float(text)
    except ValueError:
        load = math.nan
    if not 0 < load <= MOST_SPEED:
        raise argparse.ArgumentTypeError(
            f"{text!a} is neither max nor a number above 0, up to {MOST_SPEED:g}"
        )
    return load


def _name(text: str) -> str:
    """The name of a file; bytes that the locale does not know come as half letters."""
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError("the name of the file is empty")
    return text
