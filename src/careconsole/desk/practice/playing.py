"""The customers of a practice run: they write what the scenario has for them, and react to what is done."""

from __future__ import annotations

import json
from bisect import insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from careconsole.channels.contract import Page
from careconsole.channels.recording import Deleted, Said
from careconsole.channels.replay import ReplayChannel
from careconsole.desk.practice.clock import PracticeClock
from careconsole.desk.practice.scenario import Did, Reaction, Scenario
from careconsole.language.coach import Occasion, coach
from careconsole.language.detection import language_of
from careconsole.model.message import Direction, Gone, Item
from careconsole.model.reply import Outcome, OutgoingReply, Sent

HURTING = frozenset({"belittling", "insult", "blame"})
"""The tone notes that make an answer a rude one."""
POLL_EVERY_S = 0.5
"""Seconds of the hand between two looks at what customers say, at high speeds; at low ones a virtual second."""

Happening = Said | Deleted


class Customers:
    """Everything that is said in a run, and what is still to come."""

    def __init__(self, scenario: Scenario, clock: PracticeClock) -> None:
        self._clock = clock
        self._coming: defaultdict[str, list[tuple[float, int, Happening]]] = defaultdict(list)
        self._number = 0
        self._said: dict[str, tuple[str, Said]] = {}
        """Account and first version of every message of a customer that was said."""
        self._dealt_with: set[str] = set()
        """Messages that were answered."""
        self._reactions: defaultdict[str, dict[Did, Reaction]] = defaultdict(dict)
        self._ignored_at: dict[str, float] = {}
        for reaction in scenario.reactions:
            self._reactions[reaction.to].setdefault(reaction.did, reaction)
        for account, happenings in scenario.recording.happenings.items():
            for each in happenings:
                self._plan(account, each)

    def _plan(self, account: str, happening: Happening) -> None:
        self._number += 1
        insort(self._coming[account], (happening.t, self._number, happening))

    @property
    def will_say_more(self) -> bool:
        """Whether something comes whatever is done."""
        return any(self._coming.values()) or bool(self._ignored_at)

    def happened(self, account: str, until_s: float) -> list[Happening]:
        """What was said, edited and deleted on an account up to this virtual second, each of it once."""
        self._lose_patience(until_s)
        coming = self._coming[account]
        happened = []
        while coming and coming[0][0] <= until_s:
            happening = coming.pop(0)[2]
            happened.append(happening)
            if isinstance(happening, Said) and not happening.is_edit:
                self._hear(account, happening)
        return happened

    def _hear(self, account: str, said: Said) -> None:
        if said.item.direction is Direction.OUT:
            return
        id = said.item.external_id
        self._said[id] = account, said
        if Did.IGNORED in self._reactions[id]:
            self._ignored_at[id] = max(said.t, 0.0) + self._reactions[id][Did.IGNORED].after_s

    def _lose_patience(self, until_s: float) -> None:
        """Who was not answered in time says so."""
        for id, at_s in sorted(self._ignored_at.items(), key=lambda each: (each[1], each[0])):
            if at_s <= until_s:
                del self._ignored_at[id]
                self._react(self._reactions[id].pop(Did.IGNORED), at_s)

    def _react(self, reaction: Reaction, at_s: float) -> None:
        said = replace(reaction.said, t=at_s, said_t=at_s)
        self._plan(reaction.account, said)

    def answered(self, reply: OutgoingReply) -> None:
        """A reply has left: its customer reacts to it, once, and waits no longer for what came before it."""
        if reply.reply_to is None or reply.reply_to not in self._said:
            return
        ids = self._before(reply.reply_to)
        fresh = [id for id in ids if id not in self._dealt_with]
        self._dealt_with.update(ids)
        for id in ids:
            self._ignored_at.pop(id, None)
        for id in fresh:
            if (reaction := self._reaction_to(id, reply)) is not None:
                self._react(reaction, self._clock.virtual_s + reaction.after_s)
                return

    def _before(self, id: str) -> list[str]:
        """A message and those that its customer had written before it on the account, newest first."""
        account, said = self._said[id]
        earlier = [
            (other.t, other_id)
            for other_id, (where, other) in self._said.items()
            if where == account and other.item.author == said.item.author and other.t < said.t
        ]
        return [id, *(each for _, each in sorted(earlier, reverse=True))]

    def _reaction_to(self, id: str, reply: OutgoingReply) -> Reaction | None:
        """The most special reaction to what was done."""
        known = self._reactions.get(id, {})
        if Did.RUDELY in known and is_rude(reply.text, self._said[id][1].item.text):
            return known[Did.RUDELY]
        way = Did.PUBLIC if reply.visibility.is_public else Did.PRIVATE
        return known.get(way) or known.get(Did.ANSWERED)


def is_rude(text: str, answers: str) -> bool:
    """Whether a reply belittles or blames the customer who wrote what it answers."""
    notes = coach(text, Occasion(language=language_of(answers).code)).notes
    return any(note.what in HURTING for note in notes)


class PracticeChannel(ReplayChannel):
    """One account of a scenario: it plays by the virtual clock, and tells the customers what was sent."""

    def __init__(
        self, account: str, scenario: Scenario, customers: Customers, home: Path, clock: PracticeClock
    ) -> None:
        super().__init__(account, scenario.recording, home, speed=1.0, now=clock.now)
        self.poll_every_s = max(1.0, POLL_EVERY_S * clock.speed)
        self._account = account
        self._customers = customers
        self._clock = clock

    async def poll(self, state: str | None) -> Page:
        """What has happened until now."""
        until_s = self._clock.virtual_s
        happened = self._customers.happened(self._account, until_s)
        items = [self._played(each) for each in happened if isinstance(each, Said)]
        gone = [Gone(each.external_id, self._at_s(each.t)) for each in happened if isinstance(each, Deleted)]
        return Page(json.dumps({"position_s": until_s}), items, gone)

    async def send(self, reply: OutgoingReply) -> Outcome:
        """Append the reply to the log, and let its customer read it."""
        outcome = await super().send(reply)
        if isinstance(outcome, Sent):
            self._customers.answered(reply)
        return outcome

    async def recheck(self, external_ids: Sequence[str], most: int | None = None) -> Page:
        """Nothing: edits and deletions are part of the scenario."""
        return Page("")

    def _at_s(self, t: float) -> datetime:
        return (self._clock.began_at + timedelta(seconds=t)).replace(microsecond=0)

    def _played(self, said: Said) -> Item:
        edited_at = self._at_s(said.t) if said.is_edit else None
        return replace(said.item, at=self._at_s(said.said_t), edited_at=edited_at)
