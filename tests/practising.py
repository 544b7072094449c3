"""One practice run on a pseudo-terminal, as a calm hand does it."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.pty_console import PtyConsole

PATIENCE_S = 30.0
AGAIN_S = 4.0
"""So long a key has time to do what it does."""


def insist(console: PtyConsole, key: str, shown: str | Callable[[str], bool]) -> None:
    """Press a key until it has done what it does: right behind typing the console waits for a second one."""
    is_there = (lambda screen: shown in screen) if isinstance(shown, str) else shown
    for _ in range(6):
        console.press(key)
        until = time.monotonic() + AGAIN_S
        while time.monotonic() < until:
            console.watch(0.05)
            if is_there(console.text()):
                return
    console.wait_for(shown, PATIENCE_S)


def practise(console: PtyConsole) -> int:
    """Answer the most urgent conversation of the calm morning and end the run; the exit code."""
    console.wait_for(lambda shown: "TRAINING 08:" in shown and "@tom.ashby" in shown, PATIENCE_S)
    console.press("r")
    console.wait_for("PUBLIC reply", PATIENCE_S)
    console.press("Hi Tom, we look for it.")
    console.wait_for("Hi Tom, we look for it.", PATIENCE_S)
    insist(console, "ctrl+s", "y Send")
    insist(console, "y", lambda shown: "y Send" not in shown)
    console.wait_for("Sent to @tom.ashby", PATIENCE_S)
    insist(console, "q", "Shall the run end?")
    insist(console, "e", "the run is over")
    console.press("escape")
    return console.wait_for_end(PATIENCE_S)
