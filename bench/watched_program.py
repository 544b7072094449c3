"""The console or the wallboard as they are, which say on SIGUSR1 what tasks they have: one JSON line each time.

`python -m bench.watched_program console HOME RECORDING SPEED FILE` or `... wallboard HOME FILE`.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from careconsole.channels.recording import load_recording
from careconsole.cli.seat import rules_from, word_fault
from careconsole.console import app as console
from careconsole.console.opening import ConsoleOpening, log_to
from careconsole.console.themes import load_themes
from careconsole.console.wallboard import app as wallboard
from careconsole.settings.bundled import bundled
from careconsole.settings.document import SETTINGS_FILE, read_settings
from careconsole.settings.watching import Watch

_HOUR_US = 3_600_000_000


async def watched(work: Coroutine[Any, Any, int], file: Path) -> int:
    """Do the work; whenever asked, add the names of all tasks to the file."""

    def tell() -> None:
        names = sorted(getattr(task.get_coro(), "__qualname__", "?") for task in asyncio.all_tasks())
        with file.open("a") as lines:
            lines.write(json.dumps(names) + "\n")

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, tell)
    file.touch()
    return await work


def play(home: Path, recording: Path, speed: float) -> Coroutine[Any, Any, int]:
    """A console over a sample desk that plays this recording."""
    watch = Watch.begin(home / SETTINGS_FILE, word_fault)
    opening = ConsoleOpening(home, "ana", watch, rules_from, None, load_recording(recording), speed)
    log_to(home / "logs")
    return console._run(opening)


def look(home: Path) -> Coroutine[Any, Any, int]:
    """A wallboard over the same desk."""
    themes = load_themes([bundled("themes")])
    document = read_settings(home / SETTINGS_FILE, word_fault)
    return wallboard._run(
        home, "sue", document, lambda now_us: now_us - _HOUR_US, themes, themes.first_known()
    )


if __name__ == "__main__":
    name, folder, *words = sys.argv[1:]
    program = play(Path(folder), Path(words[0]), float(words[1])) if name == "console" else look(Path(folder))
    sys.exit(asyncio.run(watched(program, Path(words[-1]))))
