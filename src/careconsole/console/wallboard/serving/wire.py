"""What passes between a page and its wall: packets to the program, messages of the page, and what may be drawn."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

DATA, META = b"D", b"M"
"""Kinds of packets: keys and drawings, or a word about the program itself. Any other kind is dropped."""
PRELUDE = b"__GANGLION__\n"
"""The line with which Textual's web driver begins."""
MOST_HEARD = 65_536
"""Bytes of one message of a page."""
MOST_DRAWN = 1 << 24
"""Bytes of one packet of the program."""
MOST_COLUMNS, MOST_LINES = 1000, 400
LEAST_COLUMNS, LEAST_LINES = 20, 5

_STRING = re.compile(r"(?:\x1b[\]P_^X]|[\x90\x98\x9d-\x9f]).*?(?:\x07|\x1b\\|\x9c|\Z)", re.DOTALL)
"""Titles, links, the clipboard, pictures: OSC, DCS, APC, PM and SOS."""
_NOT_DRAWING = re.compile(r"\x1b(?!\[)|[\x80-\x9f]")


class WireError(ValueError):
    """No page of ours sends this."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What follows from a message of the page: a packet for the program or an answer to the page; or neither."""

    to_program: bytes = b""
    to_page: str = ""


def packet(kind: bytes, payload: bytes) -> bytes:
    """A packet: its kind, its length in four bytes, and what it holds."""
    return kind + len(payload).to_bytes(4, "big") + payload


def size_of(columns: Any, lines: Any) -> tuple[int, int]:
    """A size in cells that a wall can have. Raises WireError if they are no numbers."""
    if any(type(number) is not int for number in (columns, lines)):
        raise WireError("a size is two numbers")
    return (
        min(max(columns, LEAST_COLUMNS), MOST_COLUMNS),
        min(max(lines, LEAST_LINES), MOST_LINES),
    )


def heard(text: str) -> Heard:
    """What a message of the page means. Raises WireError."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise WireError("it is no JSON") from None
    match message:
        case ["stdin", str(keys)]:
            return Heard(packet(DATA, keys.encode("utf-8", "replace")))
        case ["resize", {"width": columns, "height": lines}]:
            width, height = size_of(columns, lines)
            return Heard(_meta({"type": "resize", "width": width, "height": height}))
        case ["focus" | "blur" as change]:
            return Heard(_meta({"type": change}))
        case ["ping", str(when)]:
            return Heard(to_page=json.dumps(["pong", when]))
    raise WireError("it is no message of the page")


def drawn(payload: bytes) -> bytes:
    """A drawing without what a terminal obeys beyond drawing.

    The wall itself draws none of it: this is the second net, should a text ever slip through the first.
    """
    text = _STRING.sub("", payload.decode("utf-8", "replace"))
    return _NOT_DRAWING.sub("", text).encode()


def _meta(word: dict[str, object]) -> bytes:
    return packet(META, json.dumps(word).encode())
