"""The keys of a scenario file: one that is none is refused, for whoever mistypes one would wonder for long."""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from careconsole.channels.import_line import BadLine

_SHOWN_CHARS = 40
HEADER = (
    "recording", "scenario", "title", "about", "brand", "accounts", "vips", "duration_s", "begins_at", "note",
)  # fmt: skip
LINE = (
    "t", "when", "account", "id", "author", "text", "texts", "want", "direction", "visibility", "reply_to", "kind",
    "parent", "attachments", "edit_of", "delete_of", "lang", "means", "alarm", "note",
)  # fmt: skip
"""`lang`, `means` and `alarm` are labels for whoever counts how well messages are read; `note` is for people."""
_WITHIN = {
    "accounts": ("name", "handle", "title"),
    "want": ("visibility", "answer", "ack_min", "why"),
    "when": ("to", "did", "after_s"),
    "author": ("handle", "name", "reach"),
    "parent": ("id", "text", "paid", "dark"),
    "attachments": ("type", "alt", "url", "bytes", "width", "height"),
}


def check_keys(record: dict[str, Any], known: tuple[str, ...]) -> None:
    """Refuse a line with a key that a scenario does not know, at its top or one step down. Raises BadLine."""
    _check(record, known, "")
    for name, within in _WITHIN.items():
        if name in known:
            value = record.get(name)
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict):
                    _check(each, within, f"{name}.")


def _check(keys: Iterable[str], known: tuple[str, ...], path: str) -> None:
    for key in keys:
        if key not in known:
            shown = json.dumps(f"{path}{key[:_SHOWN_CHARS]}")
            close = get_close_matches(key[:_SHOWN_CHARS], known, 1)
            meant = f'; did you mean "{path}{close[0]}"?' if close else "."
            raise BadLine(f"{shown} is not known{meant} Known are {', '.join(known)}.")
