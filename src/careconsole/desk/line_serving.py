"""The reading of import lines in a process of its own: lines in through one pipe, what they say out through another.

It imports only what reading needs, as whoever waits for it waits for its imports too.
"""

from __future__ import annotations

import gc
import pickle
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any, NamedTuple

from careconsole.channels.import_line import BadLine, parse_import_line
from careconsole.language.emergency import EmergencyWords
from careconsole.language.reading import read
from careconsole.model.instant import from_us, to_us
from careconsole.model.message import Author, Direction, Item, Kind, Reading, Visibility

_SELDOM = 20_000
"""Objects made between two searches for what can be thrown away: what is read here refers to nothing in a circle."""


class ReadLine(NamedTuple):
    """A message, the name of its account, and what its text tells us."""

    account: str
    item: Item
    reading: Reading


Told = tuple[Any, ...] | str
"""A line as it goes through the pipe: numbers and texts alone cost a third of what our classes do."""


def read_lines(raws: Sequence[bytes], words: EmergencyWords) -> list[ReadLine | str]:
    """Each line as a message, or a sentence that says why it is none."""
    return [_read_line(raw, words) for raw in raws]


def _read_line(raw: bytes, words: EmergencyWords) -> ReadLine | str:
    try:
        line = parse_import_line(raw)
    except BadLine as error:
        return str(error)
    item = line.item
    return ReadLine(
        line.account, item, Reading() if item.direction is Direction.OUT else read(item.text, words)
    )


def tell(line: ReadLine | str) -> Told:
    """A line as it goes through the pipe."""
    if isinstance(line, str):
        return line
    account, item, reading = line
    author, kind = item.author, item.kind
    return (
        account, item.external_id, author.handle, author.name, author.reach, item.text, to_us(item.at),
        item.direction.value, item.visibility.value, item.reply_to, None if kind is None else kind.value,
        item.parent, item.edited_at, item.deleted_at, item.attachments,
        reading.kind.value, reading.kind_cue, reading.emergency_word, reading.language, reading.mood, reading.urgency,
    )  # fmt: skip


_DIRECTIONS = {each.value: each for each in Direction}
_VISIBILITIES = {each.value: each for each in Visibility}
_KINDS = {each.value: each for each in Kind}


def hear(told: Told) -> ReadLine | str:
    """The line that was told."""
    if isinstance(told, str):
        return told
    (
        account, external_id, handle, name, reach, text, at_us, direction, visibility, reply_to, kind,
        parent, edited_at, deleted_at, attachments, read_kind, kind_cue, emergency_word, language, mood, urgency,
    ) = told  # fmt: skip
    item = Item(
        external_id,
        Author(handle, name, reach),
        text,
        from_us(at_us),
        _DIRECTIONS[direction],
        _VISIBILITIES[visibility],
        reply_to,
        None if kind is None else _KINDS[kind],
        parent,
        edited_at,
        deleted_at,
        attachments=attachments,
    )
    return ReadLine(
        account, item, Reading(_KINDS[read_kind], kind_cue, emergency_word, language, mood, urgency)
    )


def serve(lines: IO[bytes], out: IO[bytes]) -> None:
    """Read what comes through one pipe and give it back through the other, until the first is closed."""
    with suppress(EOFError, BrokenPipeError):
        words = EmergencyWords(pickle.load(lines))
        read("How are you?", words)
        gc.freeze()  # the lists of cues stay: no collection needs to look at them again
        gc.set_threshold(_SELDOM)
        _put(out, None)
        while True:
            _put(out, [tell(line) for line in read_lines(pickle.load(lines), words)])


def _put(out: IO[bytes], what: object) -> None:
    pickle.dump(what, out, pickle.HIGHEST_PROTOCOL)
    out.flush()


def main() -> None:
    """Serve the one who started this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for them; the closed pipe ends us
    serve(sys.stdin.buffer, sys.stdout.buffer)
