"""A second person lets a draft go: what a request for that may become, and what its answers are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ApprovalState(StrEnum):
    """Where a request for approval is."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    """Given back with a reason; its text is its writer's draft again."""
    WITHDRAWN = "withdrawn"
    """Taken back by its writer."""
    STALE = "stale"
    """Answered or resolved meanwhile by somebody else, or damaged; its text is its writer's draft again."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The reply waits for approval; nothing was put into the outbox."""

    approval_id: int
    position: int
    """Among all that waits for approval, in the order of the queue; from 1."""


@dataclass(frozen=True, slots=True)
class NotWaiting:
    """The request waits no longer; nothing was done."""

    approval_id: int
    state: ApprovalState
    by: str | None
    """Who decided; None where nobody did."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """Nobody approves what they wrote themselves; nothing was done."""

    approval_id: int


@dataclass(frozen=True, slots=True)
class WaitsAgain:
    """What was approved has not left, and waits for approval again."""

    approval_id: int
    conversation_id: int
