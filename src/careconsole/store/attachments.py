"""Attachments as the record keeps them: JSON beside their message, empty where there is none."""

from __future__ import annotations

import json
from collections.abc import Sequence

from careconsole.model.message import Attachment


def to_json(attachments: Sequence[Attachment]) -> str:
    """What is stored: a list of lists, in ASCII; empty if nothing is attached."""
    if not attachments:
        return ""
    kept = [[one.type, one.alt, one.url, one.bytes, one.width, one.height] for one in attachments]
    return json.dumps(kept, ensure_ascii=True, separators=(",", ":"))


def from_json(stored: str) -> tuple[Attachment, ...]:
    """What was stored."""
    return tuple(Attachment(*values) for values in json.loads(stored)) if stored else ()


def are_alike(stored: str, attachments: Sequence[Attachment]) -> bool:
    """Whether these are the same ones to a reader; addresses and sizes may be another server's."""
    before = [(one.type, one.alt) for one in from_json(stored)]
    return before == [(one.type, one.alt) for one in attachments]


def preview_of(text: str, attachments: Sequence[Attachment], max_chars: int) -> str:
    """The beginning of a message; of one without words, what is attached."""
    if not text.strip() and attachments:
        text = " ".join(f"[{one.type or 'attachment'}] {one.alt}".rstrip() for one in attachments)
    return text[:max_chars]
