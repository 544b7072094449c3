"""The queue as it stood after any event of a run, placed by the desk's own rank."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from careconsole.desk.practice.judging.kept_run import KeptRun
from careconsole.desk.practice.judging.people import People
from careconsole.desk.reporting.facts import Asked, Facts
from careconsole.desk.reporting.ledger import Ledger
from careconsole.desk.reporting.talk import Talk
from careconsole.model.calendar import Calendar
from careconsole.model.message import Kind
from careconsole.model.priority import DEFAULT_TARGETS_MIN, Rank, RankPolicy, Waiting, rank
from careconsole.store.events import LogRow
from careconsole.store.rows import RankKey

_ENDS_CLAIM = frozenset({"released", "skipped", "lost", "resolved", "snoozed"})


class Stood(NamedTuple):
    """A conversation that waited, and who held it; empty if nobody did."""

    key: RankKey
    talk: Talk
    holder: str

    @property
    def id(self) -> int:
        """The conversation."""
        return self.talk.id


class PastQueue:
    """Goes through the log once, from its beginning to its end."""

    def __init__(self, kept: KeptRun) -> None:
        self._kept = kept
        self.facts = Facts()
        self.ledger = Ledger(self.facts, kept.accounts)
        self.holders: dict[int, str] = {}
        self._people = People()
        self._targets = dict(DEFAULT_TARGETS_MIN)
        self._next = 0

    def go_past(self, seq: int) -> None:
        """Take every event up to this one."""
        log = self._kept.log
        while self._next < len(log) and log[self._next][0] <= seq:
            self._take(log[self._next])
            self._next += 1

    def go_to(self, recorded_us: int) -> None:
        """Take every event that was written down by this instant, and that is not behind a later one."""
        log = self._kept.log
        while self._next < len(log) and log[self._next][3] <= recorded_us:
            self._take(log[self._next])
            self._next += 1

    def _take(self, row: LogRow) -> None:
        self.ledger.take((row,))
        self._people.take(row)
        kind, agent, talk_id = row[1], row[4] or "", row[7]
        if kind == "claimed":
            self.holders[talk_id] = agent
        elif kind in _ENDS_CLAIM:
            self.holders.pop(talk_id, None)
        elif kind == "undone" and json.loads(row[11]).get("act") == "released":
            self.holders[talk_id] = agent
        elif kind == "rules_set":
            targets = json.loads(row[11]).get("targets_min", {})
            self._targets.update({Kind(name): int(minutes) for name, minutes in targets.items()})

    def standing(self) -> list[Stood]:
        """What waits, the most urgent first."""
        waiting = [talk for talk in self.ledger.talks.values() if talk.is_waiting]
        found = []
        for talk in waiting:
            placed = self.rank_of(talk, elsewhere=self._waits_elsewhere(talk, waiting))
            key = (placed.tier, placed.effective_due_us, placed.waiting_since_us, talk.id)
            found.append(Stood(key, talk, self.holders.get(talk.id, "")))
        return sorted(found, key=lambda stood: stood.key)

    def rank_of(self, talk: Talk, *, elsewhere: bool = False) -> Rank:
        """The rank of a conversation that waits."""
        asked = [] if talk.turn is None else list(talk.turn.asked.values())
        waiting = [self._waiting(one) for one in asked] or [self._back(talk)]
        return rank(
            waiting,
            RankPolicy(self._targets),
            self._calendar(talk.account_id),
            tier=talk.tier,
            is_vip=self._people.is_vip(talk.customer_id),
            waits_elsewhere=elsewhere,
        )

    def due_us(self, asked: Sequence[Asked]) -> int:
        """Until when an answer is promised to messages of one conversation that wait together."""
        placed = rank(
            [self._waiting(one) for one in asked],
            RankPolicy(self._targets),
            self._calendar(asked[0].account_id),
            tier=min(one.tier for one in asked),
        )
        return placed.due_us

    def _calendar(self, account_id: int) -> Calendar:
        return self.ledger.promise.calendar(account_id)

    def _waiting(self, one: Asked) -> Waiting:
        message = self._kept.messages.get(one.id)
        if message is None:
            return Waiting(Kind(one.kind), one.at_us)
        own = self._kept.own_targets_min.get(message.external_id)
        return Waiting(Kind(one.kind), one.at_us, message.reach, message.is_upset, message.is_paid, own)

    def _back(self, talk: Talk) -> Waiting:
        """What came back from sleep without a new message waits since then, as what it was before."""
        newest = [one for one in self._kept.of(talk.id) if not one.is_ours]
        return Waiting(Kind(newest[-1].kind) if newest else Kind.QUESTION, talk.waiting_since_us)

    def _waits_elsewhere(self, talk: Talk, waiting: list[Talk]) -> bool:
        same = self._people.one_person(talk.customer_id)
        return any(other.account_id != talk.account_id and other.customer_id in same for other in waiting)
