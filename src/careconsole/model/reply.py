"""A reply on its way out: its modes, its states, and the legal moves between them (F04)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from careconsole.model.message import Visibility


class Mode(StrEnum):
    """What the composer writes: the words in its frame."""

    PUBLIC = "public"
    PRIVATE = "private"
    NOTE = "note"


class OutboxState(StrEnum):
    """Where a reply is. `sent` only with the remote id committed; `unknown` admits that we do not know."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    FAILED = "failed"
    CANCELLED = "cancelled"


LEGAL_MOVES: dict[OutboxState, frozenset[OutboxState]] = {
    OutboxState.HELD: frozenset({OutboxState.QUEUED, OutboxState.CANCELLED}),
    OutboxState.QUEUED: frozenset({OutboxState.SENDING, OutboxState.CANCELLED, OutboxState.SENT}),
    OutboxState.SENDING: frozenset(
        {OutboxState.SENT, OutboxState.WAITING, OutboxState.UNKNOWN, OutboxState.FAILED, OutboxState.QUEUED}
    ),
    OutboxState.WAITING: frozenset(
        {OutboxState.SENDING, OutboxState.CANCELLED, OutboxState.FAILED, OutboxState.SENT}
    ),
    OutboxState.UNKNOWN: frozenset({OutboxState.SENT, OutboxState.QUEUED, OutboxState.FAILED}),
    OutboxState.SENT: frozenset(),
    OutboxState.FAILED: frozenset(),
    OutboxState.CANCELLED: frozenset(),
}
"""Queued and waiting become sent where an earlier attempt turns out to have arrived after all."""

ANSWERING = frozenset({OutboxState.QUEUED, OutboxState.SENDING, OutboxState.WAITING, OutboxState.SENT})
"""States in which the messages it answers no longer wait in the queue."""

FIRST_PURPOSE = "answer"
"""A second part or a correction of an answer has its own purpose: `part-2`, `correction-1`."""


def line_purpose(purpose: str) -> str:
    """The purpose of the public line that goes with a private reply of this purpose."""
    return f"{purpose}-line"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a text may be on a network, and how it counts.

    Lengths are code points; a link counts as `chars_per_url` where the network says so.
    """

    max_chars: int | None = None
    chars_per_url: int | None = None
    names_the_customer: bool = False
    """Whether the text must carry the customer's @handle, which counts too."""

    def length(self, text: str, handle: str) -> int:
        """The length of a text to this customer, as the network counts it."""
        framed = with_handle(text, handle) if self.names_the_customer else text
        if self.chars_per_url is None:
            return len(framed)
        links = _LINK.findall(framed)
        return len(framed) - sum(map(len, links)) + self.chars_per_url * len(links)


_LINK = re.compile(r"https?://[^\s]+")


def with_handle(text: str, handle: str) -> str:
    """The text with the customer's @handle, which is put first where it is missing."""
    named = re.search(rf"(?<![\w@/])@{re.escape(handle)}(?![\w.@-]*\w)", text, re.IGNORECASE)
    return text if named else f"@{handle} {text}"


@dataclass(frozen=True, slots=True)
class OutgoingReply:
    """What a channel is asked to send: frozen when the agent pressed send."""

    outbox_id: int
    idempotency_key: str
    text: str
    visibility: Visibility
    reply_to: str | None
    """External id of the message answered."""
    handle: str
    """Whom it is addressed to, without @."""
    queued_us: int
    """When it was frozen; a copy found at the network must not be older."""
    attempts: int = 0
    others: frozenset[str] = frozenset()
    """External ids of our other replies to this customer: what is found under one of them is not this one."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The network has it under this id."""

    remote_id: str
    at: datetime | None = None
    """Since when, as the network says; None if it does not say."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The network refused it for good; a person must act.

    `account_down` means that it would refuse every reply of the account: the token is dead.
    """

    reason: str
    account_down: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """Not sent, surely; try again after this many seconds (None: by our own back-off)."""

    after_s: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The answer never came: it may be public already. Read back before anything else.

    `after_s`: the seconds that the network wants to be left alone before that.
    """

    reason: str = ""
    after_s: float = 0.0


Outcome = Sent | Rejected | Retry | Ambiguous


@dataclass(frozen=True, slots=True)
class Enqueued:
    """The reply is in the outbox."""

    outbox_id: int
    idempotency_key: str
    state: OutboxState


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """The message that a reply answers, in the version that its writer had read."""

    message_id: int
    version: int


class Growth(StrEnum):
    """What happened to a part of a thread since it was read."""

    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Change:
    """One message or note of a thread, and what happened to it."""

    key: str
    """As in the thread: m and the message id, n and the note id."""
    what: Growth


@dataclass(frozen=True, slots=True)
class ThreadGrew:
    """The thread is another one than the writer has seen; nothing was queued."""

    changes: tuple[Change, ...]
    """What happened, each part once; the message answered is among them if something happened to it."""
    seen_seq: int
    """The newest event of these: who has been shown the changes has seen until here."""
    answered: Growth | None
    """What happened to the message answered: edited, deleted, or None."""
    reply_to: ReplyTo | None
    """What a reply would answer now: the same message as it is now, or, if it was deleted, the customer's newest
    that still stands; None if none does."""


@dataclass(frozen=True, slots=True)
class TooWide:
    """The reply would be seen by more eyes than the message it answers; nothing was queued."""

    answered: Visibility


@dataclass(frozen=True, slots=True)
class AlreadyAnswered:
    """That message has an answer with this purpose already; nothing was queued."""

    outbox_id: int
    agent: str
    state: OutboxState


@dataclass(frozen=True, slots=True)
class NothingToAnswer:
    """The conversation has no customer message to answer; nothing was queued."""

    conversation_id: int
