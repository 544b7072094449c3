"""The agent's own browser: started with an address as one argument, never by a shell, never for anything else."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

STARTED_S = 1.5
"""What still runs after so long has been started."""


def browser_command(
    address: str, environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> list[str] | None:
    """The command that opens an address: $BROWSER, else what the system has for it; None if there is neither.

    Raises ValueError for an address that does not begin with http:// or https://, or is no plain ASCII.
    """
    if not (address.startswith(("http://", "https://")) and address.isascii() and address.isprintable()):
        raise ValueError("Only http and https addresses are opened.")
    if "BROWSER" in environment:
        return _own_browser(environment["BROWSER"], address)
    if platform == "darwin":
        return ["open", address]
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return ["xdg-open", address]
    return None


def _own_browser(wanted: str, address: str) -> list[str] | None:
    try:
        words = shlex.split(wanted.split(os.pathsep)[0])
    except ValueError:
        return None
    words = words[:-1] if words[-1:] == ["&"] else words
    if not words or not words[0]:
        return None
    if any("%s" in word for word in words[1:]):
        return [words[0], *(word.replace("%s", address) for word in words[1:])]
    return [*words, address]


async def open_in_browser(address: str, environment: Mapping[str, str] = os.environ) -> str:
    """Start the browser; empty, or a sentence that says why nothing was opened."""
    command = browser_command(address, environment)
    if command is None:
        return "No browser is known here: set BROWSER to the command of yours."
    name = Path(command[0]).name
    if shutil.which(command[0]) is None:
        return f"The browser {name} was not found: set BROWSER to the command of yours."
    try:
        code = await asyncio.to_thread(_start, command)
    except OSError as error:
        return f"The browser {name} could not be started: {error.strerror}."
    return f"The browser {name} ended with code {code}." if code else ""


def _start(command: list[str]) -> int:
    """Start it on its own; the code with which it ended if it did so at once, else 0."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(STARTED_S)
    except subprocess.TimeoutExpired:
        # It stays when the console ends; whoever starts a process must hear of its end.
        threading.Thread(target=process.wait, daemon=True).start()
        return 0
