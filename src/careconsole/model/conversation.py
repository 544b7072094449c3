"""The states of a conversation, why it ended, and who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ConversationState(StrEnum):
    """New until first claimed; pending once an answer is sent; open again when the customer writes."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    RESOLVED = "resolved"


class Disposition(StrEnum):
    """How a conversation ended; one key each when it is resolved."""

    ANSWERED = "answered"
    NO_REPLY = "no_reply"
    NOISE = "noise"
    PROVOCATION = "provocation"
    DUPLICATE = "duplicate"


class SkipReason(StrEnum):
    """Why a pulled item was handed back (F10)."""

    NOT_MY_SKILL = "not_my_skill"
    NOT_MY_LANGUAGE = "not_my_language"
    NEEDS_SENIOR = "needs_senior"
    WAITING_FOR_SOMEBODY = "waiting_for_somebody"
    CONFLICT = "conflict"
    BREAK = "break"


FOCUS_LASTS_S = 30
"""A thread has an agent's attention for so long after a key (product.md 4.1, focus time)."""


class Presence(StrEnum):
    """What the holder of a claim is doing."""

    READING = "reading"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Claimed:
    """The conversation is mine; every later write carries the fence."""

    conversation_id: int
    fence: int


@dataclass(frozen=True, slots=True)
class HeldBy:
    """Somebody else has it: an ordinary answer, not an error."""

    conversation_id: int
    agent: str
    since_us: int


@dataclass(frozen=True, slots=True)
class Lost:
    """My claim ran out or was taken; nothing was written."""

    conversation_id: int
    agent: str | None
    """Who holds it now, if anybody."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """It is resolved already; there is nothing to take."""

    conversation_id: int
