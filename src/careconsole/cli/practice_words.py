"""The words of the command line for practice. Loads nothing but the standard library."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable

from careconsole.cli.since import since
from careconsole.cli.snippet_words import AddCommand, P

SLOWEST_RUN, FASTEST_RUN = 1.0, 60.0
"""Of a practice run, in virtual seconds per second."""


def add_practice(
    commands: argparse._SubParsersAction[P], add: AddCommand[P], text: Callable[[str], str]
) -> None:
    """`train` and `export`."""
    export = add(
        commands,
        "export",
        "write the desk's own days as a recording to practise on, under other names",
        more="Names, handles, numbers, addresses and links are others, the same for the same everywhere; what cannot be "
        "told so for certain is left out and counted. Nothing leads back: what stands for what is kept nowhere.",
    )
    export.add_argument(
        "--since",
        type=since,
        default="1d",
        metavar="WHEN",
        help="1d (the default), or for example 24h, today, 2026-11-01",
    )
    export.add_argument("--out", type=text, metavar="FILE", help="the file; without it, standard output")
    train = add(
        commands,
        "train",
        "practise on a desk of its own with made-up customers; nothing can reach anybody",
        more="The same seed gives the same customers; with the same keys the run comes out the same. Runs are kept in "
        "the folder training of your home. It needs a terminal.",
    )
    what = train.add_mutually_exclusive_group()
    what.add_argument(
        "--scenario",
        type=text,
        metavar="NAME",
        help="one of --list, or a file of your own (default: the first)",
    )
    what.add_argument(
        "--from",
        dest="days",
        type=text,
        metavar="FILE",
        help="your own days, as `export` writes them: any recording, with or without wants",
    )
    what.add_argument("--list", action="store_true", help="list the scenarios and your runs, then end")
    what.add_argument(
        "--repeat",
        type=_run,
        metavar="RUN",
        help="press the keys of a run again without a screen, and compare",
    )
    what.add_argument(
        "--debrief",
        type=_run,
        nargs="?",
        const=0,
        metavar="RUN",
        help="show what came of a run (default: the newest), each mistake with its rule",
    )
    what.add_argument("--progress", action="store_true", help="print a line for every run, and what changed")
    form = train.add_mutually_exclusive_group()
    form.add_argument("--text", action="store_true", help="with --debrief: print it, 80 columns wide")
    form.add_argument(
        "--html", type=text, metavar="FILE", help="with --debrief: write it as a page; - for standard output"
    )
    form.add_argument("--json", action="store_true", help="with --debrief or --progress: print JSON")
    train.add_argument(
        "--seed", type=_seed, metavar="N", help="which customers (default: others in every run)"
    )
    train.add_argument(
        "--speed",
        dest="train_speed",
        type=_train_speed,
        default=1.0,
        metavar="N",
        help=f"how many times faster time goes, {SLOWEST_RUN:g} to {FASTEST_RUN:g} (default 1)",
    )


def check_train(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End with a complaint where the options of `train` do not go together."""
    if (options.text or options.html is not None) and options.debrief is None:
        parser.error("--text and --html go with --debrief")
    if options.json and options.debrief is None and not options.progress:
        parser.error("--json goes with --debrief or --progress")


def _run(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not number:
        raise argparse.ArgumentTypeError(f"{text!a} is not the number of a run")
    return number


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{text!a} is not a number from 0 to 999999999")
    return int(text)


def _train_speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = math.nan
    if not SLOWEST_RUN <= speed <= FASTEST_RUN:
        raise argparse.ArgumentTypeError(f"{text!a} is not a number from {SLOWEST_RUN:g} to {FASTEST_RUN:g}")
    return speed
