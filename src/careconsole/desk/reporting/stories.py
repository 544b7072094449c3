"""What the plain route knows of a conversation: its messages, what was said, how it ended, what was promised.

Times are microseconds since 1970.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careconsole.model.calendar import ALWAYS_OPEN, Calendar, add_business_minutes, business_span, calendar_of
from careconsole.model.instant import from_us, to_us
from careconsole.model.priority import RankPolicy

MINUTE_US = 60_000_000
OUT_OF_QUEUE = ("queued", "sent")


@dataclass
class Message:
    """A customer's message that needs an answer."""

    id: int
    at_us: int
    account_id: int
    customer_id: int
    conversation_id: int
    kind: str
    language: str
    is_public: bool
    tier: int
    is_vip: bool
    state: str = "waits"
    """waits, leaving, answered, closed, deleted."""
    outbox_id: int = 0
    """The reply with which it is leaving."""
    reason: str = ""
    closed_by: int = 0
    """The event that closed it."""
    is_deleted: bool = False
    kind_by_hand: bool = False
    missed_us: int | None = None
    settled_us: int = 0
    """When it was answered, closed or deleted."""


@dataclass
class Said:
    """A reply of ours."""

    at_us: int
    agent: str | None
    account_id: int
    customer_id: int
    conversation_id: int
    cycle: int
    is_private: bool
    answered: list[Message]
    is_first: bool
    began_public: bool
    waited_us: int = 0
    missed_us: int | None = None


@dataclass
class Ended:
    """A cycle that was resolved."""

    event: int
    at_us: int
    agent: str
    reason: str
    account_id: int
    customer_id: int
    conversation_id: int
    cycle: int
    first: Message | None
    kind: str
    language: str
    took_us: int
    took_in_all_us: int
    customer_messages: int


@dataclass
class Missed:
    """A promise that passed without an answer before the messages were closed or deleted."""

    at_us: int
    messages: list[Message]
    is_first: bool
    event: int
    """That closed them; 0 if they were deleted."""


@dataclass
class Moved:
    """It was given to somebody else."""

    event: int
    at_us: int
    agent: str
    account_id: int
    first: Message | None
    kind: str
    language: str


@dataclass
class Story:
    """What is known of one conversation, and what came of it."""

    account_id: int
    customer_id: int
    began_us: int
    cycle: int = 1
    tier: int = 1
    is_resolved: bool = False
    asleep_until_us: int | None = None
    back_us: int | None = None
    newest_reply_when_back: int = 0
    elsewhere_us: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    arrived: list[tuple[int, int]] = field(default_factory=list)
    """Cycle and id of every message that came."""
    firsts: dict[int, Message] = field(default_factory=dict)
    """By cycle the earliest message that needed an answer."""
    replies: dict[int, str] = field(default_factory=dict)
    """By reply the newest event of it."""
    said: list[Said] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    came_back: list[int] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    rules: Rules | None = None
    """Those in force at the end."""

    def due_us(self, group: Sequence[Message]) -> int:
        """Until when these are promised an answer, as things stand."""
        assert self.rules is not None
        return self.rules.due_us(group, self.tier, self.account_id)

    def groups(self) -> list[list[Message]]:
        """What waits together: in the queue, and with each reply on its way."""
        found: dict[int, list[Message]] = {}
        for one in self.messages.values():
            if one.state in ("waits", "leaving"):
                found.setdefault(one.outbox_id, []).append(one)
        return [found[outbox_id] for outbox_id in sorted(found)]

    def is_waiting(self) -> bool:
        """Whether it stands in the queue."""
        if self.is_resolved:
            return False
        if self.asleep_until_us is not None and "unknown" not in self.replies.values():
            return False
        if any(one.state == "waits" for one in self.messages.values()):
            return True
        if self.back_us is None or self.elsewhere_us > self.back_us:
            return False
        return not any(
            outbox_id > self.newest_reply_when_back and state in OUT_OF_QUEUE
            for outbox_id, state in self.replies.items()
        )

    def waiting_since_us(self) -> int:
        """Since when it stands there."""
        times = [one.at_us for one in self.messages.values() if one.state == "waits"]
        return min(times) if times else self.back_us or self.began_us


class Rules:
    """Targets and calendars in force at a place in the log."""

    def __init__(self, policy: RankPolicy, accounts: Mapping[int, str]) -> None:
        self._accounts = accounts
        self._targets = {kind.value: minutes for kind, minutes in policy.targets_min.items()}
        self._calendars = dict(policy.calendars)

    def put(self, details: Mapping[str, Any]) -> None:
        """These hold from now on."""
        for kind, minutes in (details.get("targets_min") or {}).items():
            self._targets[kind] = minutes
        self._calendars = {name: calendar_of(kept) for name, kept in (details.get("calendars") or {}).items()}

    def _calendar(self, account_id: int) -> Calendar:
        return self._calendars.get(self._accounts.get(account_id, ""), ALWAYS_OPEN)

    def due_us(self, group: Sequence[Message], tier: int, account_id: int) -> int:
        """Until when these are promised an answer."""
        start_us = sorted(one.at_us for one in group)[0]
        if tier == 0:
            return start_us + 5 * MINUTE_US
        minutes = sorted(self._targets[one.kind] for one in group)[0]
        return to_us(add_business_minutes(from_us(start_us), minutes, self._calendar(account_id)))

    def span_us(self, start_us: int, end_us: int, account_id: int) -> int:
        """How long the account was open in between."""
        span = business_span(from_us(start_us), from_us(end_us), self._calendar(account_id))
        return round(span.total_seconds() * 1_000_000)
