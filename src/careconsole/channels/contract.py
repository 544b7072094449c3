"""What a network must be able to do for us: bring messages, take replies, and find a reply again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from careconsole.model.message import Gone, Item, Poisoned
from careconsole.model.reply import Limits, Outcome, OutgoingReply


class ChannelError(Exception):
    """A network could not be used; the sentence names the account and says what to do."""


REFUSES_TOKEN = "refuses our token"
"""What the sentence of an account with a dead token says, wherever it is kept and shown."""


class AccountDown(ChannelError):
    """The network refuses the account itself: its token is dead. A person must log in again."""


class NotReachable(ChannelError):
    """No answer, or one that makes no sense; the next poll tries again."""


class TooManyRequests(ChannelError):
    """The network asks us to wait."""

    def __init__(self, sentence: str, after_s: float) -> None:
        super().__init__(sentence)
        self.after_s = after_s


@dataclass(frozen=True, slots=True)
class PollBudget:
    """Requests that the network still allows in its window."""

    limit: int
    remaining: int
    reset_in_s: float
    window_s: float = 300.0
    """How long the whole window is, as far as known."""
    sent: int = 0
    """How many of those spent in it were sends of this process."""
    is_told: bool = True
    """Whether the network told it; else it is assumed, and counts what this process alone has spent."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a poll brought, and the state from which the next one goes on (opaque JSON text).

    `items` in the order in which they were written; `more` means that the next page is there already.
    `poisoned` could not be read and are set aside raw. `notices` are sentences about a part that the network
    did not show this time, though the rest arrived; the next poll asks for it again.
    """

    state: str
    items: Sequence[Item] = ()
    gone: Sequence[Gone] = ()
    poisoned: Sequence[Poisoned] = ()
    more: bool = False
    notices: Sequence[str] = ()


class PrivateWay(StrEnum):
    """What becomes of a private reply to a public message."""

    OPENS = "opens"
    """The network takes it, and the customer alone sees it."""
    MARKED = "marked"
    """It leaves marked as private; whoever carries it out must take it to the customer in private."""
    NONE = "none"
    """The network has no private messages that we could begin."""


PRIVATE_WAYS: Mapping[str, PrivateWay] = {
    "mastodon": PrivateWay.OPENS,
    "replay": PrivateWay.OPENS,
    "file": PrivateWay.MARKED,
}
"""By network; one that is missing has none."""


class Channel(Protocol):
    """One account of ours on one network."""

    network: str
    """mastodon, replay, file."""
    poll_every_s: float
    """Usual seconds between two polls while nobody reads a conversation of it."""
    requests_per_poll: int
    """How many requests a poll usually costs of the budget."""
    has_working_key: bool
    """Whether the network is known to drop a repeated idempotency key."""

    @property
    def limits(self) -> Limits:
        """Lengths, as far as known by now."""
        ...

    @property
    def budget(self) -> PollBudget | None:
        """The last budget that the network told, else an assumed one; None where requests cost nothing."""
        ...

    async def poll(self, state: str | None) -> Page:
        """Messages since the state; None at the first poll of an account. Raises ChannelError."""
        ...

    async def send(self, reply: OutgoingReply) -> Outcome:
        """Send a reply once. Never raises for what the network does: that is an outcome."""
        ...

    async def find_reply(self, reply: OutgoingReply) -> str | None:
        """The remote id of this reply if the network has it; None if it surely has not.

        Raises ChannelError if it cannot be told now.
        """
        ...

    async def recheck(self, external_ids: Sequence[str], most: int | None = None) -> Page:
        """The present versions of messages we know, with those gone; the page's state is empty.

        With `most`, about so many requests are made; what finds no room this time is looked at first the next time.
        """
        ...

    async def aclose(self) -> None:
        """Let go of connections and files."""
        ...
