"""What the numbers are counted from: what was asked, answered and resolved, as the event log tells it.

Times are microseconds since 1970 (`_us`); spans too, on the calendar of the account where that is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

NEEDED_NONE = frozenset({"no_reply", "noise", "provocation", "duplicate"})
"""Reasons of a resolution that say that no answer was needed."""


class Fate(Enum):
    """What became of a customer's message that needed an answer."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    """Resolved without an answer."""
    DELETED = "deleted"
    """Taken back by who wrote it: the stand-in for a call that was abandoned."""


@dataclass(slots=True, eq=False)
class Asked:
    """A customer's message that needs an answer."""

    id: int
    at_us: int
    account_id: int
    customer_id: int
    conversation_id: int
    cycle: int
    kind: str
    language: str
    visibility: str
    tier: int
    is_vip: bool
    is_kind_set: bool = False
    """By hand: an edit of the text changes it no more."""
    is_deleted: bool = False
    """Taken back, be it after its fate was settled."""
    missed_us: int | None = None
    """When a promise for it passed that another one has replaced since."""
    fate: Fate = Fate.OPEN
    settled_us: int = 0
    """When its fate was settled, at the network."""
    reason: str = ""
    """Of a closed one: why its conversation was resolved."""


@dataclass(slots=True, eq=False)
class Turn:
    """What one reply has to answer: the unanswered messages of a conversation, and until when."""

    asked: dict[int, Asked]
    start_us: int = 0
    """When the customer began to wait: the earliest of the messages."""
    target_min: int = 0
    """The smallest target of the messages; it holds unless the conversation is an emergency."""
    due_us: int = 0

    def missed_us(self, end_us: int) -> int | None:
        """When the promise passed, if it did before this instant."""
        passed = [one.missed_us for one in self.asked.values() if one.missed_us is not None]
        return min((us for us in (*passed, self.due_us) if us < end_us), default=None)


@dataclass(slots=True, eq=False)
class Reply:
    """Something that we said to a customer, here or in another client."""

    at_us: int
    agent: str | None
    """None: in another client."""
    account_id: int
    customer_id: int
    conversation_id: int
    cycle: int
    visibility: str
    asked: tuple[Asked, ...] = ()
    """What it answered; a second part or a correction answers nothing more."""
    is_first: bool = False
    """The first answer of its cycle."""
    is_begun_in_public: bool = False
    """Whether the first message of its cycle was public."""
    waited_us: int = 0
    """On the account's calendar: from the earliest message that it answers."""
    missed_us: int | None = None
    """When the promise passed; None if it was kept."""

    @property
    def decided_us(self) -> int:
        """When it was certain whether the promise is kept: as it passed, or with the answer."""
        return self.at_us if self.missed_us is None else self.missed_us


@dataclass(slots=True, eq=False)
class Lapsed:
    """A promise that passed, and then the messages were resolved without an answer or taken back."""

    missed_us: int
    asked: tuple[Asked, ...]
    is_first: bool


@dataclass(slots=True, eq=False)
class Resolution:
    """The end of a cycle."""

    at_us: int
    agent: str
    reason: str
    account_id: int
    customer_id: int
    conversation_id: int
    cycle: int
    kind: str
    language: str
    took_us: int
    """On the account's calendar: since the first message of the cycle."""
    took_in_all_us: int
    """The same since the first message of the conversation."""
    customer_messages: int
    public_replies: int
    replies: int
    answered_us: int
    """When the last reply of the cycle was sent; 0 without one."""
    asked: tuple[Asked, ...] = ()
    """What it closed without an answer."""


@dataclass(slots=True, eq=False)
class Reopening:
    """A customer's message brought a resolved conversation back."""

    at_us: int
    account_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A conversation was given to somebody else than it was with."""

    at_us: int
    agent: str
    """Who gave it."""
    account_id: int
    conversation_id: int
    kind: str
    """Of the first message of its cycle, as it was then; empty if none needed an answer."""
    language: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span of an agent's time: at the desk, or with a thread."""

    agent: str
    since_us: int
    until_us: int | None
    """None: it goes on."""
    conversation_id: int = 0
    account_id: int = 0


class Sink(Protocol):
    """Who counts: told of every fact as it becomes one, and of the few that are taken back."""

    def ask(self, asked: Asked) -> None:
        """A message came that needs an answer."""
        ...

    def reply(self, reply: Reply) -> None:
        """We said something."""
        ...

    def lapse(self, lapsed: Lapsed, *, is_back: bool = False) -> None:
        """A promise passed and nothing was answered; `is_back`: it is not over after all."""
        ...

    def resolve(self, resolution: Resolution, *, is_back: bool = False) -> None:
        """A cycle ended; `is_back`: that was undone."""
        ...

    def reopen(self, reopening: Reopening) -> None:
        """A customer came back."""
        ...

    def move(self, move: Move, *, is_back: bool = False) -> None:
        """A conversation was given to somebody; `is_back`: that was undone."""
        ...

    def focus(self, stretch: Stretch) -> None:
        """A thread had an agent's attention."""
        ...

    def duty(self, stretch: Stretch) -> None:
        """An agent was at the desk, and is no more."""
        ...


@dataclass(slots=True)
class Facts:
    """The sink that keeps everything, in the order in which it was recorded."""

    asked: list[Asked] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    lapses: dict[Lapsed, None] = field(default_factory=dict)
    resolutions: dict[Resolution, None] = field(default_factory=dict)
    reopenings: list[Reopening] = field(default_factory=list)
    moves: dict[Move, None] = field(default_factory=dict)
    attention: list[Stretch] = field(default_factory=list)
    presence: list[Stretch] = field(default_factory=list)

    def ask(self, asked: Asked) -> None:
        """Keep it."""
        self.asked.append(asked)

    def reply(self, reply: Reply) -> None:
        """Keep it."""
        self.replies.append(reply)

    def lapse(self, lapsed: Lapsed, *, is_back: bool = False) -> None:
        """Keep it, or forget it again."""
        if is_back:
            self.lapses.pop(lapsed, None)
        else:
            self.lapses[lapsed] = None

    def resolve(self, resolution: Resolution, *, is_back: bool = False) -> None:
        """Keep it, or forget it again."""
        if is_back:
            self.resolutions.pop(resolution, None)
        else:
            self.resolutions[resolution] = None

    def reopen(self, reopening: Reopening) -> None:
        """Keep it."""
        self.reopenings.append(reopening)

    def move(self, move: Move, *, is_back: bool = False) -> None:
        """Keep it, or forget it again."""
        if is_back:
            self.moves.pop(move, None)
        else:
            self.moves[move] = None

    def focus(self, stretch: Stretch) -> None:
        """Keep it."""
        self.attention.append(stretch)

    def duty(self, stretch: Stretch) -> None:
        """Keep it."""
        self.presence.append(stretch)
