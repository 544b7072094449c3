"""How a console ends that nobody quits: its terminal goes, or somebody asks the process to end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.app import App

IN_ORDER_S = 2.0
"""So long it may take to save what is typed."""
HUNG_UP = signal.SIGHUP
ENDED_BY = 128
"""With the number of a signal the exit code of what it ended, as shells have it."""


async def until_end(app: App[Any], put_in_order: Callable[[asyncio.Event], object]) -> signal.Signals | None:
    """Show an app until it ends by itself, or until a signal ends it in good order; which signal that was.

    `put_in_order` sets the event when nothing can be lost any more. After HUNG_UP the app is left as it is.
    """
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[signal.Signals] = loop.create_future()

    def end(number: signal.Signals) -> None:
        if not ended.done():
            ended.set_result(number)

    for number in (signal.SIGHUP, signal.SIGTERM):
        loop.add_signal_handler(number, end, number)
    shown = asyncio.ensure_future(app.run_async(mouse=False))
    try:
        either: set[asyncio.Future[Any]] = {shown, ended}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if shown.done():
            await shown
            return None
        in_order = asyncio.Event()
        app.call_later(put_in_order, in_order)
        with suppress(TimeoutError):
            await asyncio.wait_for(in_order.wait(), IN_ORDER_S + 1)
        if ended.result() is not HUNG_UP:
            app.exit()
            with suppress(TimeoutError):
                await asyncio.wait_for(shown, IN_ORDER_S)
        return ended.result()
    finally:
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.remove_signal_handler(number)
