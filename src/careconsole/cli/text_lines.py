"""Texts on standard input, one a line, for the commands that say something about each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

LINE_LIMIT = 8 * 1024 * 1024
"""Bytes of a line that are read; the rest of a longer one is passed over."""
PIPE = "Pipe texts into it, one a line."
"""What to do where standard input is closed."""


def text_lines(stream: IO[bytes]) -> Iterator[str]:
    """The text of every line, empty ones too.

    A line ends at a line feed and nowhere else. A line that parses as a JSON string is that string, so that a
    text of several lines fits on one; every other line is the text as it stands. Bytes that are no UTF-8 become
    replacement characters.
    """
    line = stream.readline(LINE_LIMIT + 1)
    while line:
        yield text_of(line.removesuffix(b"\n")[:LINE_LIMIT].decode("utf-8", "replace"))
        while line and not line.endswith(b"\n"):
            line = stream.readline(LINE_LIMIT)
        line = stream.readline(LINE_LIMIT + 1)


def text_of(line: str) -> str:
    """The JSON string that a line is, or the line."""
    if not line.lstrip(" \t\r").startswith('"'):
        return line
    try:
        parsed = json.loads(line)
    except ValueError:
        return line
    return parsed if isinstance(parsed, str) else line
