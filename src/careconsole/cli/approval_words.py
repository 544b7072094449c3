"""The words of the command line for what waits for approval. Loads nothing but the standard library."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from careconsole.cli.snippet_words import AddCommand, P

_LARGEST = 2**63 - 1


def add_approvals(
    commands: argparse._SubParsersAction[P], add: AddCommand[P], text: Callable[[str], str]
) -> None:
    """`approvals`, `approve` and `return`; `text` reads what is to be kept as text."""
    listed = add(commands, "approvals", "list the replies that wait for approval, most urgent first")
    listed.add_argument("--json", action="store_true", help="print JSON, with every text as it was written")
    approve = add(
        commands,
        "approve",
        "let a reply go that waits for approval, and print its id in the outbox",
        more="Its text leaves as it was written. Nothing is sent if the thread has grown since.",
    )
    _add_request(approve)
    approve.add_argument(
        "--seen", type=_number, metavar="N", help="the newest event that you have read, as a refusal names it"
    )
    approve.add_argument(
        "--allow-private-data", action="store_true", help="say so in public all the same: it is meant"
    )
    back = add(commands, "return", "give a reply that waits for approval back as a draft, with a reason")
    _add_request(back)
    back.add_argument(
        "--reason",
        type=text,
        required=True,
        metavar="TEXT",
        help="what should be different; its writer sees it",
    )


def _add_request(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "id", metavar="ID", type=_number, help="number of the request, as approvals lists it"
    )


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    if not 0 < number <= _LARGEST:
        raise argparse.ArgumentTypeError(f"{text!a} is not a number from 1")
    return number
