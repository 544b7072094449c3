"""What is wrong with a settings file, and on which line it says so."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

_LONGEST_STATEMENT = 200
"""Lines of one value that are read to find where it ends."""

_TYPE_WORDS = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}


class SettingsError(Exception):
    """The settings cannot be used; a sentence says what is wrong, in which file and line, and what to do."""


def refuse_dangling(path: Path) -> None:
    """Raises SettingsError where a file is not there because a symbolic link on its place leads nowhere."""
    if path.is_symlink():
        raise SettingsError(
            f"{path} is a link to {path.readlink()}, which is not there. Put the file there, or take the link away."
        )


class Fault(Exception):
    """A value that will not do: where it stands in the document, and a sentence about it."""

    def __init__(self, path: Sequence[str], sentence: str) -> None:
        super().__init__(sentence)
        self.path = tuple(path)
        self.sentence = sentence


def dotted(path: Sequence[str]) -> str:
    """A place in the document as one writes it: `rank.targets_min.question`."""
    return ".".join(part if _is_bare(part) else json.dumps(part, ensure_ascii=False) for part in path)


def _is_bare(part: str) -> bool:
    return part != "" and all(char.isascii() and (char.isalnum() or char in "_-") for char in part)


def shown(value: Any) -> str:
    """A value of the document, short, for a sentence."""
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    if isinstance(value, dict | list):
        return _TYPE_WORDS[type(value)]
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def wrong_value(path: Sequence[str], value: Any, wanted: str) -> Fault:
    """The fault of a value that is not what this place wants."""
    return Fault(path, f"{dotted(path)} is {shown(value)}; it must be {wanted}.")


def line_of(lines: Sequence[str], path: Sequence[str]) -> int | None:
    """The line, from 1, on which the value at this place begins; None if it cannot be told.

    The shortest beginning of the file that holds the value ends with its first line, or within it where the
    value goes on over several lines.
    """
    if not _holds(lines, len(lines), path):
        return None
    low, high = 1, len(lines)
    while low < high:
        middle = (low + high) // 2
        if _holds(lines, middle, path):
            high = middle
        else:
            low = middle + 1
    return low


def _holds(lines: Sequence[str], count: int, path: Sequence[str]) -> bool:
    """Whether the first lines, with the rest of a value begun in them, hold the place."""
    for end in range(count, min(len(lines), count + _LONGEST_STATEMENT) + 1):
        try:
            found: Any = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
        for part in path:
            if not isinstance(found, dict) or part not in found:
                return False
            found = found[part]
        return True
    return False
