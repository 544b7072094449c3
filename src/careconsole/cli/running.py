"""From a parsed command line to the command it names, and from its errors to an exit code."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable

from careconsole.channels.contract import ChannelError
from careconsole.cli import accounts, intake, queue, replies
from careconsole.cli.fault import leaves
from careconsole.cli.printing import WRONG, say
from careconsole.cli.seat import Seat, Wrong, take_seat
from careconsole.settings import SettingsError
from careconsole.store.contract import StoreError

Act = Callable[[Seat, argparse.Namespace], Awaitable[int]]

ACTS: dict[str, Act] = {
    "queue": queue.show_queue,
    "next": queue.take_next,
    "why": queue.show_why,
    "show": queue.show_conversation,
    "claim": queue.take,
    "release": queue.give_back,
    "resolve": queue.end,
    "reply": replies.answer,
    "outbox": replies.list_outbox,
    "import": intake.take_in,
    "sync": intake.sync,
    "accounts": accounts.add_or_list,
}

_TOLD = (StoreError, SettingsError, ChannelError, Wrong)
"""Errors whose words are sentences for a person."""


def run(options: argparse.Namespace) -> int:
    """Do a sub-command; its exit code."""
    return told(lambda: asyncio.run(_act(options)))


async def _act(options: argparse.Namespace) -> int:
    if options.command == "doctor":
        return await accounts.examine(options)
    return await ACTS[options.command](take_seat(options), options)


def told(work: Callable[[], int]) -> int:
    """Do some work; an error with words for a person is said, and gives exit code 2."""
    try:
        return work()
    except (*_TOLD, BaseExceptionGroup) as error:
        causes = list(leaves(error))
        if not all(isinstance(cause, _TOLD) for cause in causes):
            raise
        for cause in causes:
            say(str(cause))
        return WRONG
