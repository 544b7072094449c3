"""How commands print: data to standard output, messages to standard error, foreign text through the gate."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from careconsole.model.text_gate import safe_block, safe_line

DONE = 0
REFUSED = 1
"""Held by somebody else, nothing to take, lines refused."""
WRONG = 2
"""Wrong use, unknown id, unreadable or broken file."""


class OutputLost(Exception):
    """Standard output takes nothing more; a sentence says why."""


def prepare_streams() -> None:
    """Let a terminal that cannot show a letter show a sign for it, instead of ending the program.

    Messages go nowhere if standard error is closed. Raises OutputLost if standard output is.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # as long as the process lives
    if sys.stdout is None:
        raise OutputLost("Standard output is closed; nothing was done.")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(sentence: str) -> None:
    """A message for the person at the keyboard; what it quotes may be foreign."""
    for line in sentence.splitlines() or [""]:
        sys.stderr.write(f"careconsole: {safe_line(line).text}\n")


def put(line: str) -> None:
    """One line of data that is safe already: made by us, or by `one_line` and `block`. Raises OutputLost."""
    _write(f"{line}\n")


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
    except OSError as error:
        raise _lost(error) from error


def end_output() -> None:
    """Hand out what is still kept. Raises OutputLost; BrokenPipeError if nobody reads any longer."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise _lost(error) from error


def _lost(error: OSError) -> Exception:
    if isinstance(error, BrokenPipeError):
        return error
    return OutputLost(f"Standard output cannot be written ({error.strerror}); what was done before is kept.")


def one_line(text: str, max_chars: int = 500) -> str:
    """Foreign text on one line, safe to print."""
    return safe_line(text, max_chars=max_chars).text


def block(text: str, indent: str) -> list[str]:
    """Foreign text as lines, each behind a mark of ours that the text cannot forge, page by page to its end."""
    lines: list[str] = []
    start = 0
    while True:
        page = safe_block(text, start=start)
        lines += page.text.split("\n")
        if not page.cut:
            break
        start = len(text) - page.cut
    return [f"{indent}{line}" for line in lines]


def put_json(value: Mapping[str, Any] | Sequence[Any]) -> None:
    """JSON in ASCII, with every text as it arrived: what is not printable is written as an escape."""
    put(json.dumps(value, ensure_ascii=True, indent=2))


def put_json_list(values: Iterable[Mapping[str, Any]]) -> None:
    """A JSON list with one object a line, for lists of any length."""
    parted = ""
    _write("[")
    for value in values:
        _write(f"{parted}\n{json.dumps(value, ensure_ascii=True)}")
        parted = ","
    _write("\n]\n" if parted else "]\n")


def padded(text: str, width: int) -> str:
    """Safe text filled up to so many columns, wide letters counting twice."""
    return text + " " * max(0, width - sum(_columns(char) for char in text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def put_table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> None:
    """Rows of safe texts in columns; the last column is not padded. Columns in `right` stand at the right."""
    if not rows:
        return
    widths = [max(sum(map(_columns, cell)) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            f"{'':{width - sum(map(_columns, cell))}}{cell}" if place in right else padded(cell, width)
            for place, (cell, width) in enumerate(zip(row[:-1], widths[:-1], strict=True))
        ]
        put("  ".join([*cells, row[-1]]).rstrip())
