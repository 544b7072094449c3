"""Keys one after the other: each reaches what the one before it has opened, and never overtakes it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import TypeVar

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.message_pump import MessagePump
from textual.widget import Widget

ResultT = TypeVar("ResultT")

PATIENCE_S = 1.0
"""How long a key waits for a widget to deal with the one before it."""
_ROUNDS = 4
"""At most: a key may make its pane say something, and that the screen, before the focus moves."""


class OrderedKeys(App[ResultT], inherit_bindings=False):
    """An app in which the next key or paste is handed on when the one before has done its work.

    Textual hands a key to what has the focus when the key is read; while an opened field or question is on its
    way, fast typing would still go to what was there before.
    """

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self.key_reader: Widget | None = None
        """What the newest key was handed to."""
        self._line: deque[events.Event] = deque()
        self._handing_on: asyncio.Task[None] | None = None

    @property
    def is_at_work(self) -> bool:
        """Whether a command is under way that may still move the focus: keys wait until `go_on`."""
        return False

    @property
    def keys_wait(self) -> bool:
        """Whether a key has not done its work yet."""
        return self._handing_on is not None or bool(self._line)

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes form a line; everything else goes its way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self.keys_wait or self.is_at_work:
            self._line.append(event)
            self.go_on()
        else:
            await self._hand_on(event)
            self.go_on()

    def put_first(self, keys: Iterable[events.Key]) -> None:
        """These keys were pressed before all that wait: hand them on, again, to what has the focus now."""
        for key in reversed(list(keys)):
            again = events.Key(key.key, key.character)
            again.time = key.time
            self._line.appendleft(again)
        self.go_on()

    def go_on(self) -> None:
        """Hand on what waits."""
        if self._handing_on is None:
            self._handing_on = asyncio.create_task(self._hand_on_all(), name="keys in order")

    async def _hand_on(self, event: events.Event) -> None:
        self.key_reader = self._has_focus
        await super().on_event(event)

    async def _hand_on_all(self) -> None:
        try:
            await self._settle()
            while self._line and not self.is_at_work and self.is_running:
                self.call_later(self._hand_on, self._line.popleft())
                await self._settle()
        finally:
            self._handing_on = None

    async def _settle(self) -> None:
        """Until whoever can have had the key has dealt with it, and with what it said because of it."""
        loop = asyncio.get_running_loop()
        patience = loop.time() + PATIENCE_S
        for _ in range(_ROUNDS):
            reader = self._has_focus
            chain = (
                [] if reader is None else [node for node in reader.ancestors_with_self if node is not self]
            )
            for node in (self, *chain, self):
                await _passed(node, patience)
            if reader is self._has_focus and not any(node.message_queue_size for node in (*chain, self)):
                return

    @property
    def _has_focus(self) -> Widget | None:
        return (self.focused or self.screen) if self.is_running and self.screen_stack else None


async def _passed(node: MessagePump, patience: float) -> None:
    """Until a node has dealt with everything that waits for it now."""
    passed = asyncio.Event()
    if node.call_later(passed.set):
        with suppress(TimeoutError):
            async with asyncio.timeout_at(patience):
                await passed.wait()
