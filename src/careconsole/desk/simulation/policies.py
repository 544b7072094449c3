"""The four orders in which the same conversations could be answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from careconsole.desk.simulation.arrivals import Arrival
from careconsole.desk.simulation.work import needs_answer
from careconsole.model.message import Kind
from careconsole.model.priority import Rank, RankPolicy, rank

Key = tuple[int, ...]
"""A place in the order, smallest first; the conversation's number at its end makes it unique."""

KIND_ORDER = (Kind.COMPLAINT, Kind.QUESTION, Kind.IDEA, Kind.PRAISE, Kind.BRAND_TALK, Kind.NOISE)
"""Of the strict priority."""
_PLACE_OF_KIND = {kind: place for place, kind in enumerate(KIND_ORDER)}


class Policy(StrEnum):
    """Who is answered next."""

    FIRST_COME = "first_come"
    NEWEST_FIRST = "newest_first"
    STRICT_PRIORITY = "strict_priority"
    RANK = "rank"


@dataclass(slots=True, eq=False)
class Case:
    """What one customer has written and nobody has answered: the conversation as it stands in the queue."""

    id: int
    messages: list[Arrival]
    tier: int = 1
    rank: Rank = field(init=False)
    """As the desk ranks it now, whatever the policy."""
    latest_due_us: int = 0
    """The latest time that was ever its promise."""
    key: Key = ()
    turn: int = 0
    """The how-manieth to be begun."""
    begun_us: int | None = None
    agent: int = -1
    meanwhile: list[Arrival] = field(default_factory=list)
    """Written while an agent answers; read and answered with the rest."""

    def place(self, policy: RankPolicy, key_of: KeyOf) -> None:
        """Give it its rank and its key, as its messages are now."""
        if any(message.is_emergency for message in self.messages):
            self.tier = 0
        first = self.messages[0]
        self.rank = rank(
            [message.waiting for message in self.messages],
            policy,
            policy.calendar_of(first.account),
            tier=self.tier,
            is_vip=first.is_vip,
        )
        self.latest_due_us = max(self.latest_due_us, self.rank.due_us)
        self.key = key_of(self)

    @property
    def work_us(self) -> int:
        """How long an agent takes: to read it all, and for the answer to the first message that needs one."""
        first = next((each for each in self.messages if needs_answer(each.waiting.kind)), self.messages[0])
        return sum(message.reading_us for message in self.messages) + first.answer_us


KeyOf = Callable[[Case], Key]


def _first_come(case: Case) -> Key:
    return (case.rank.waiting_since_us, case.id)


def _newest_first(case: Case) -> Key:
    return (-case.messages[-1].at_us, -case.id)


def _strict(case: Case) -> Key:
    is_vip = case.messages[0].is_vip
    return (case.tier, not is_vip, _PLACE_OF_KIND[case.rank.kind], case.rank.waiting_since_us, case.id)


def _rank(case: Case) -> Key:
    found = case.rank
    return (found.tier, found.effective_due_us, found.waiting_since_us, case.id)


KEYS: Mapping[Policy, KeyOf] = {
    Policy.FIRST_COME: _first_come,
    Policy.NEWEST_FIRST: _newest_first,
    Policy.STRICT_PRIORITY: _strict,
    Policy.RANK: _rank,
}
