"""The key drill of a practice run: how many keys a resolved conversation took, and which of them there are to learn."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careconsole.model.text_gate import safe_line

KEYS_FILE = "keys.jsonl"
"""What was pressed in a run, in its folder."""
HINT_AFTER = 3
"""So often is a command taken from the palette before its key is said."""


@dataclass(frozen=True, slots=True)
class ToLearn:
    """A command that was taken from the palette although it has a key."""

    label: str
    keys: str
    """In words: `j, Down`."""
    times: int


@dataclass(frozen=True, slots=True)
class Drill:
    """What the keys of a run come to."""

    keys: int
    """Presses, those in the palette too; what was typed as text is not among them."""
    typed: int
    """Presses that wrote or changed text."""
    resolved: int
    """Conversations that the trainee resolved, each once."""
    palette: int
    """Commands taken from the palette that have a key."""
    to_learn: tuple[ToLearn, ...]
    """Those commands, the most frequent first."""

    @property
    def keys_per_item(self) -> float | None:
        """Keys by the conversations resolved, to a tenth; None if none was."""
        return round(self.keys / self.resolved, 1) if self.resolved else None


def drill_of(folder: Path, resolved: int) -> Drill | None:
    """The drill of the run in a folder; None if its keys were not kept, or not with what is needed for it."""
    try:
        lines = (folder / KEYS_FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    pressed, palette = Counter[bool](), Counter[tuple[str, str]]()
    for line in _objects(lines):
        if isinstance(line.get("typed"), bool):
            pressed[line["typed"]] += 1
        taken = line.get("palette")
        if isinstance(taken, list) and len(taken) == 3 and all(isinstance(each, str) for each in taken):
            palette[taken[1], taken[2]] += 1
    if not pressed:
        return None
    ordered = sorted(palette.items(), key=lambda each: (-each[1], each[0]))
    learn = tuple(ToLearn(label, keys, times) for (label, keys), times in ordered)
    return Drill(pressed[False], pressed[True], resolved, palette.total(), learn)


def _objects(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            yield found


def drill_sentences(drill: Drill) -> Iterator[str]:
    """What there is to say of it."""
    if drill.keys_per_item is None:
        yield f"{drill.keys} keys, and nothing was resolved."
    else:
        yield (
            f"{drill.keys_per_item:g} keys for each conversation resolved: {drill.keys} keys, {drill.resolved} resolved. "
            f"Not counted: {drill.typed} that wrote text."
        )
    if not drill.palette:
        yield "Nothing was taken from the palette that has a key."
        return
    yield f"Taken from the palette though there is a key: {drill.palette}."
    learn = ", ".join(
        f"{safe_line(each.keys).text} {safe_line(each.label).text} ({each.times})" for each in drill.to_learn
    )
    yield f"Keys to learn: {learn}."


def hint(label: str, keys: str, times: int) -> str:
    """The key of a command that was taken from the palette so often; empty while it was not often enough."""
    return f"{label} has a key: {keys}. It was the palette {times} times." if times >= HINT_AFTER else ""
