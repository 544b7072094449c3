"""What draws for a page: Textual's web driver, that ends when nobody is there any longer."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from functools import partial
from typing import Any

from textual import messages
from textual.app import App
from textual.drivers.web_driver import WebDriver

_PATIENCE_S = 3.0
"""So long the program may take to end once its server is gone."""


class BrowserDriver(WebDriver):
    """Speaks the packets of Textual's web driver with the server that started this program."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._write = partial(self._write_all)

    def start_application_mode(self) -> None:
        """Begin to draw."""
        self._loop = asyncio.get_running_loop()
        super().start_application_mode()

    def run_input_thread(self) -> None:
        """Hand on keys until the server closes its end or is gone; then the program ends, if need be by force."""
        super().run_input_thread()
        if self.exit_event.is_set():
            return
        with suppress(RuntimeError):  # the loop has ended
            asyncio.run_coroutine_threadsafe(self._app._post_message(messages.ExitApp()), self._loop)
        if not self.exit_event.wait(_PATIENCE_S):
            os._exit(1)

    def _write_all(self, data: bytes) -> int:
        """Write everything: a part of a packet would shift all that follow. A server that is gone hears nothing."""
        rest = memoryview(data)
        with suppress(BrokenPipeError):
            while rest:
                rest = rest[os.write(self.fileno, rest) :]
        return len(data)
