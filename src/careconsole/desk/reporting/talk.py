"""One conversation as the event log leaves it: what waits, what is on its way, which cycle, asleep or not."""

from __future__ import annotations

from careconsole.desk.reporting.facts import Asked, Lapsed, Move, Resolution, Turn


class Talk:
    """A conversation. Times are microseconds since 1970."""

    __slots__ = (
        "account_id",
        "after_outbox",
        "answered_us",
        "back_us",
        "created_us",
        "customer_id",
        "customer_messages",
        "cycle",
        "elsewhere_us",
        "first",
        "has_answer",
        "id",
        "is_resolved",
        "lapses",
        "leaving",
        "moves",
        "on_way",
        "public_replies",
        "replies",
        "resolution",
        "sleeps_until_us",
        "tier",
        "turn",
        "unknown",
    )

    def __init__(self, id: int, account_id: int, customer_id: int, created_us: int, cycle: int) -> None:
        self.id = id
        self.account_id = account_id
        self.customer_id = customer_id
        self.created_us = created_us
        self.cycle = 0
        self.turn: Turn | None = None
        """What waits for an answer."""
        self.on_way: dict[int, Turn] | None = None
        """By reply on its way: what it will have answered once it is sent."""
        self.leaving: set[int] | None = None
        """Replies that were queued and neither failed nor were withdrawn."""
        self.unknown: set[int] | None = None
        """Replies of which nobody knows whether they arrived."""
        self.elsewhere_us = 0
        """When we last said something in another client."""
        self.begin_cycle(cycle)

    def begin_cycle(self, number: int) -> None:
        """A new round begins: nothing of it is said yet."""
        self.cycle = number
        self.tier = 1
        self.is_resolved = False
        self.resolution: Resolution | None = None
        self.moves: dict[int, Move] | None = None
        """By event to whom else it was given in this cycle."""
        self.lapses: tuple[Lapsed, ...] = ()
        """Promises that had passed when the cycle was resolved."""
        self.sleeps_until_us: int | None = None
        self.back_us: int | None = None
        """Since when it is back from sleep."""
        self.after_outbox = 0
        """The newest reply when it came back."""
        self.first: Asked | None = None
        """The earliest message of the cycle that needed an answer."""
        self.has_answer = False
        self.customer_messages = self.public_replies = self.replies = self.answered_us = 0

    @property
    def is_waiting(self) -> bool:
        """Whether it stands in the queue: something waits, or it came back from sleep and we said nothing since."""
        if self.is_resolved or (self.sleeps_until_us is not None and not self.unknown):
            return False
        return self.turn is not None or (
            self.back_us is not None and not self._is_answered_since(self.back_us)
        )

    @property
    def waiting_since_us(self) -> int:
        """Since when it stands there."""
        if self.turn is not None:
            return self.turn.start_us
        return self.back_us or self.created_us

    def _is_answered_since(self, back_us: int) -> bool:
        return self.elsewhere_us > back_us or any(id > self.after_outbox for id in self.leaving or ())
