"""What the record gives to read: plain rows, already decoded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from careconsole.model.approval import ApprovalState
from careconsole.model.conversation import ConversationState
from careconsole.model.message import Attachment, Direction, Kind, ParentPost, Visibility
from careconsole.model.note_mark import NoteMark
from careconsole.model.reply import Limits, Mode, OutboxState, ReplyTo

RankKey = tuple[int, int, int, int]
"""`(tier, effective_due_us, waiting_since_us, id)`: smallest first."""


LATE_INTERVALS = 3
"""After so many poll intervals without a good poll an account is late."""


@dataclass(frozen=True, slots=True)
class Account:
    """One of our handles on a network, and how its polling goes."""

    id: int
    name: str
    network: str
    url: str | None
    token_file: str | None
    handle: str
    limits: Limits
    last_good_us: int | None
    """When a poll last went well; None before the first one."""
    failures: int
    """Polls in a row that failed."""
    last_error: str
    """Why the last poll failed; without failures, what was missing in one that went well."""
    poll_every_s: float
    open_conversations: int = 0
    keeps_keys: bool = False
    """Whether the network is known to drop a repeated idempotency key."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One conversation as the queue shows it."""

    id: int
    account_id: int
    account: str
    network: str
    customer_id: int
    handle: str
    """Without @."""
    customer_name: str
    state: ConversationState
    cycle: int
    tier: int
    kind: Kind
    is_vip: bool
    visibility: Visibility
    """Of the newest customer message."""
    waiting_since_us: int
    """For a conversation that does not wait: when its newest customer message came."""
    due_us: int
    effective_due_us: int
    is_waiting: bool
    """Whether a customer message is unanswered."""
    unanswered: int
    messages: int
    text: str
    """The newest customer message, its first 400 characters."""
    owner: str | None
    """Whose it is, whoever holds it now: who took it last, or was given it; None where they gave it back."""
    claimed_by: str | None
    """Who holds it now, by a lease that has not run out."""
    claimed_since_us: int | None
    presence: str | None
    """reading or writing."""
    fence: int
    has_draft: bool
    """Whether the asking agent has a draft for it."""
    outbox_state: OutboxState | None
    """State of its newest reply if that is held, unknown or failed."""
    revision: int
    language: str = ""
    """Of the newest customer message: ISO 639-1 or "unknown"; empty if nobody looked."""
    asleep_until_us: int | None = None
    """When it comes back, while it is out of the queue."""
    is_back: bool = False
    """Whether it came back and is not answered since."""
    reminder: str = ""
    """The agent's note for when it comes back."""
    team: str = ""
    """The team, or SENIOR, that it was given to; empty if to none."""
    moves: int = 0
    """How often it was given to somebody else in this cycle."""
    awaits_approval: bool = False
    """Whether a reply to it waits for approval."""

    @property
    def is_for(self) -> str:
        """Whose it is: an owner's, else a team's; empty if it is for all."""
        return self.owner or self.team

    @property
    def key(self) -> RankKey:
        """Its place in the order."""
        return (self.tier, self.effective_due_us, self.waiting_since_us, self.id)


@dataclass(frozen=True, slots=True)
class QueueWindow:
    """A stretch of the queue in rank order, with what lies before and after it."""

    rows: tuple[QueueRow, ...]
    before: int
    after: int

    @property
    def total(self) -> int:
        """How many conversations wait."""
        return self.before + len(self.rows) + self.after


@dataclass(frozen=True, slots=True)
class MessageVersion:
    """What a message said before an edit."""

    text: str
    until_us: int
    attachments: tuple[Attachment, ...] = ()


class ThreadEntry(NamedTuple):
    """One line of a conversation's story: a message in or out, or a note; in the order of time.

    A tuple, as thousands are made when a long thread is opened: a quarter of the time of a frozen dataclass.
    """

    key: str
    """m and the message id, n and the note id, o and the outbox id of a reply not yet sent."""
    message_id: int | None
    external_id: str | None
    direction: Direction
    is_note: bool
    author: str
    """Handle without @; for our own words the agent's name, or the account where the agent is not known."""
    author_name: str
    at_us: int
    text: str
    visibility: Visibility
    versions: tuple[MessageVersion, ...]
    """Earlier texts, oldest first."""
    deleted_us: int | None
    is_answered: bool
    """For a customer's message: whether it waits no longer."""
    outbox_id: int | None
    outbox_state: OutboxState | None
    reason: str
    """Why its reply failed or waits."""
    elsewhere: bool
    """Our own words, but written in another client."""
    parent: ParentPost | None
    seq: int = 0
    """The newest event that changed what is seen here; 0 for a reply not yet sent."""
    version: int = 1
    """Of a message: how many texts it has had."""
    edited_us: int | None = None
    """When a message was last edited, if that was ever said."""
    attachments: tuple[Attachment, ...] = ()
    mark: NoteMark = NoteMark.NONE
    """Of a note."""
    due_us: int | None = None
    """Of a promise, as when it was kept."""
    kept_us: int | None = None
    place: str = ""
    """Account and network, where it stands in another conversation of the person than the open one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsent text of one agent for one conversation and mode."""

    conversation_id: int
    agent: str
    mode: Mode
    text: str
    cursor: int
    """Place of the cursor, counted in characters from the start."""
    saved_us: int
    reply_to_id: int | None
    seen_seq: int
    """The newest event of the conversation that the writer had seen."""
    not_sent: str
    """Why a reply came back as a draft; empty for an ordinary draft."""
    handle: str = ""
    account: str = ""
    reply_to_version: int = 0
    """Of the message answered: the version that the writer had read."""
    public_line: str = ""
    """What is to be said in public once the private reply is sent; it counts in a private draft alone."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A reply on its way, or the end of its way."""

    id: int
    conversation_id: int
    account_id: int
    account: str
    agent: str
    state: OutboxState
    text: str
    visibility: Visibility
    purpose: str
    idempotency_key: str
    remote_id: str | None
    reason: str
    attempts: int
    created_us: int
    held_until_us: int | None
    session: str | None
    """The console that holds it, while held."""
    handle: str
    reply_to: str | None
    """External id of the message answered."""
    after_id: int | None = None
    """Of a public line: the private reply that must have been sent before it leaves."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A reply that waits, or has waited, for a second person's word."""

    id: int
    conversation_id: int
    account: str
    handle: str
    """The customer's, without @."""
    kind: Kind
    tier: int
    due_us: int
    agent: str
    """Who wrote it."""
    text: str
    public_line: str
    visibility: Visibility
    is_wider: bool
    reply_to: ReplyTo
    purpose: str
    seen_seq: int
    """The newest event of the conversation that its writer had seen."""
    asked_us: int
    state: ApprovalState
    decided_by: str | None = None
    reason: str = ""
    """Why it was given back, or waits no longer."""
    edited_text: str | None = None
    """What went out, where that is not what was written."""
    outbox_id: int | None = None
    position: int = 0
    """Among all that waits for approval, in the order of the queue, from 1; 0 for what waits no longer."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the status line and the terminal's title show."""

    waiting: int
    mine: int
    """Claimed by the asking agent."""
    tier_zero: int
    due_soon: int
    """Due within five minutes or late, and held by nobody or by the asking agent; with what that agent put to sleep."""
    back: int = 0
    """What the asking agent put to sleep, that has come back and waits."""
    calls: int = 0
    """Conversations with notes that call the asking agent, who has not looked since."""
