"""The keys of a run with the times at which they were pressed, so that it can be repeated."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from textual import events
from textual.geometry import Size

from careconsole.desk.practice.drill import KEYS_FILE
from careconsole.desk.practice.run import RunError


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that came from outside."""

    at_s: float
    """By the clock of the hand, from the beginning of the run."""
    what: str
    """key, paste, size, edited, or what was taken from the palette."""
    value: Any


class KeyLog:
    """Writes down what the trainee presses, types and pastes, in the folder of their own run."""

    def __init__(self, folder: Path) -> None:
        descriptor = os.open(folder / KEYS_FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file: IO[str] = os.fdopen(descriptor, "w", encoding="utf-8")

    def note(self, at_s: float, virtual: str, event: events.Event, *, is_text: bool = False) -> None:
        """A key, a paste, or another size of the window. `is_text`: whether the key writes or changes text."""
        if isinstance(event, events.Key):
            self.write(at_s, virtual, "key", [event.key, event.character], typed=is_text)
        elif isinstance(event, events.Paste):
            self.write(at_s, virtual, "paste", event.text)
        elif isinstance(event, events.Resize):
            self.write(at_s, virtual, "size", [event.size.width, event.size.height])

    def write(self, at_s: float, virtual: str, what: str, value: Any, **more: Any) -> None:
        """One line; it is in the file when this returns."""
        line = {"at_s": at_s, "virtual": virtual, what: value, **more}
        self._file.write(json.dumps(line, ensure_ascii=True) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Nothing more comes."""
        self._file.close()


def read_keys(folder: Path) -> list[Entry]:
    """What was pressed in a run. Raises RunError with the line at fault."""
    path = folder / KEYS_FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(f"{path} cannot be read: the run cannot be repeated.") from error
    entries = []
    for number, line in enumerate(lines, start=1):
        try:
            entries.append(_entry(json.loads(line)))
        except (ValueError, KeyError, TypeError, StopIteration, RecursionError) as error:
            raise RunError(f"{path}, line {number}: this is no key; the run cannot be repeated.") from error
    return entries


def _entry(line: dict[str, Any]) -> Entry:
    what = next(name for name in ("key", "paste", "size", "edited", "palette") if name in line)
    value = line[what]
    if what == "key":
        key, character = value
        if not isinstance(key, str) or not isinstance(character, str | None):
            raise ValueError("no key")
    elif what == "size":
        width, height = value
        if not (0 < int(width) < 10_000 and 0 < int(height) < 10_000):
            raise ValueError("no size")
    elif what == "paste" and not isinstance(value, str):
        raise ValueError("no text")
    return Entry(float(line["at_s"]), what, value)


def event_of(entry: Entry) -> events.Event | None:
    """The entry as the terminal would tell it; None for what no terminal tells."""
    if entry.what == "key":
        return events.Key(*entry.value)
    if entry.what == "paste":
        return events.Paste(entry.value)
    if entry.what == "size":
        size = Size(*entry.value)
        return events.Resize(size, size)
    return None
