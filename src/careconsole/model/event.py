"""The event log: what happened, in an order and with a content that cannot be changed unseen.

Each event carries the hash of the one before it; its own hash is SHA-256 over that and the canonical JSON of
its fields. Events hold ids, never what a customer wrote or is called.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from json.encoder import encode_basestring_ascii

Detail = str | int | float | bool | None | list["Detail"] | dict[str, "Detail"]

GENESIS = "0" * 64
"""The `prev_hash` of the first event."""


class EventKind(StrEnum):
    """What can happen. Later kinds are added; a reader skips a kind it does not know but checks its hash."""

    ARRIVED = "arrived"
    EDITED = "edited"
    DELETED = "deleted"
    KIND_SET = "kind_set"
    TIER_SET = "tier_set"
    CLAIMED = "claimed"
    RELEASED = "released"
    LOST = "lost"
    OPENED = "opened"
    FOCUS = "focus"
    SKIPPED = "skipped"
    NOTE = "note"
    PROMISE_KEPT = "promise_kept"
    FACTS_SET = "facts_set"
    LINKED = "linked"
    QUEUED = "queued"
    CANCELLED = "cancelled"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    SIGNED_ON = "signed_on"
    AWAY = "away"
    BACK = "back"
    SIGNED_OFF = "signed_off"
    VIP_SET = "vip_set"
    UNDONE = "undone"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    RULES_SET = "rules_set"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    ASSIGNED = "assigned"
    APPROVAL_ASKED = "approval_asked"
    APPROVED = "approved"
    APPROVAL_RETURNED = "approval_returned"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    APPROVAL_STALE = "approval_stale"
    APPROVAL_AGAIN = "approval_again"
    RESTORED = "restored"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `at_us` is when, at the network; `recorded_us` when we wrote it down."""

    kind: str
    at_us: int
    recorded_us: int
    agent: str | None = None
    account_id: int | None = None
    customer_id: int | None = None
    conversation_id: int | None = None
    cycle: int | None = None
    message_id: int | None = None
    outbox_id: int | None = None
    details: str = "{}"
    """Canonical JSON of what else there is to know."""


def canonical_json(value: Mapping[str, Detail] | list[Detail]) -> str:
    """JSON with sorted keys, no spaces and ASCII only: one text for one content."""
    return _CANONICAL.encode(value)


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def event_hash(event: Event, seq: int, prev_hash: str) -> str:
    """SHA-256, as hex, of an event at its place in the chain."""
    return hash_of(
        (
            seq,
            prev_hash,
            event.kind,
            event.at_us,
            event.recorded_us,
            event.agent,
            event.account_id,
            event.customer_id,
            event.conversation_id,
            event.cycle,
            event.message_id,
            event.outbox_id,
            event.details,
        )
    )


def hash_of(fields: Sequence[str | int | None]) -> str:
    """The same of the fields in the order in which the record keeps them, the previous hash after the number."""
    canonical = f"[{','.join(map(_scalar, fields))}]"
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _scalar(value: str | int | None) -> str:
    """The canonical JSON of one value; the same as `canonical_json` in a third of the time."""
    if isinstance(value, int):
        return str(value)
    return "null" if value is None else encode_basestring_ascii(value)
