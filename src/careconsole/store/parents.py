"""The post that a message stands under, as the record keeps it: JSON beside the message, NULL where there is none."""

from __future__ import annotations

import json

from careconsole.model.message import ParentPost


def to_json(parent: ParentPost | None) -> str | None:
    """What is stored, in ASCII."""
    if parent is None:
        return None
    return json.dumps(
        {"id": parent.id, "text": parent.text, "paid": parent.is_paid, "dark": parent.is_dark},
        ensure_ascii=True,
    )


def from_json(stored: str | None) -> ParentPost | None:
    """What was stored."""
    if not stored:
        return None
    parent = json.loads(stored)
    return ParentPost(parent["id"], parent["text"], parent["paid"], parent["dark"])
