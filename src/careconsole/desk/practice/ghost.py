"""The ghost: one agent who takes the same arrivals, always the most urgent one, at a pace that is written down here.

It is a comparison, not a person: it never hesitates and never errs, and it is no quicker than these constants.
Everything is counted in virtual seconds since the run began. The same input gives the same ghost, always.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from careconsole.channels.recording import Deleted, Said
from careconsole.desk.practice.scenario import Did, Reaction, Scenario
from careconsole.language.coach import measure
from careconsole.language.emergency import EmergencyWords
from careconsole.language.private_data import find_private
from careconsole.language.reading import read
from careconsole.model.instant import to_us
from careconsole.model.message import Direction, Item
from careconsole.model.priority import CLEARLY_NEGATIVE, RankPolicy, Waiting, rank
from careconsole.store.rows import RankKey

LOOK_S = 8.0
"""To see what stands first, take it, and choose for whose eyes the reply is: an assumption."""
STANDARD_ANSWER_WORDS = 30
"""Length of an answer: two or three short sentences, an assumption."""
TYPED_WORDS_A_MIN = 33
"""How quickly people at a keyboard copy a text (Karat and others, CHI 1999); who composes freely is slower, who takes
a snippet quicker."""
CLOSE_S = 4.0
"""To resolve it, or to see that the customer wrote again, and come back to the queue: an assumption."""

PACE = (
    f"It reads 190 words a minute, looks {LOOK_S:.0f} s at each conversation, types an answer of "
    f"{STANDARD_ANSWER_WORDS} words at {TYPED_WORDS_A_MIN} words a minute, and needs {CLOSE_S:.0f} s to resolve."
)
"""The constants in a sentence; reading is that of the coach."""


def typing_s() -> float:
    """How long a standard answer takes to type."""
    return STANDARD_ANSWER_WORDS * 60 / TYPED_WORDS_A_MIN


@dataclass(slots=True)
class _Open:
    """An unanswered message."""

    external_id: str
    text: str
    waiting: Waiting
    is_public: bool


@dataclass(slots=True)
class _Talk:
    """A conversation: all that one customer says on one account."""

    id: int
    account: str
    handle: str
    is_vip: bool
    tier: int = 1
    is_resolved: bool = False
    open: dict[str, _Open] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Ignored:
    """A customer who has no answer yet writes again."""

    reaction: Reaction


_Coming = Said | Deleted | _Ignored


@dataclass(frozen=True, slots=True)
class Deed:
    """One conversation that the ghost took up."""

    account: str
    handle: str
    taken_s: float
    answered_s: float | None
    """None where nothing of it wanted an answer."""
    done_s: float
    is_resolved: bool
    """False where the customer wrote again meanwhile."""
    read: tuple[str, ...]
    """What it read, by external id, the earliest first."""
    answered: tuple[str, ...]
    is_public: bool


@dataclass(frozen=True, slots=True)
class Ghost:
    """Everything that the ghost did until the run ended."""

    deeds: tuple[Deed, ...]

    @property
    def answered_s(self) -> dict[str, float]:
        """By external id: when it was answered."""
        found: dict[str, float] = {}
        for deed in self.deeds:
            if deed.answered_s is not None:
                for external_id in deed.answered:
                    found.setdefault(external_id, deed.answered_s)
        return found

    @property
    def taken(self) -> dict[str, tuple[int, float]]:
        """By external id: as the how-manieth conversation, from 1, and when it was taken up first."""
        found: dict[str, tuple[int, float]] = {}
        for place, deed in enumerate(self.deeds, 1):
            for external_id in deed.read:
                found.setdefault(external_id, (place, deed.taken_s))
        return found


def ghost_of(
    scenario: Scenario,
    policy: RankPolicy,
    began_at: datetime,
    until_s: float,
    emergency: EmergencyWords | None = None,
) -> Ghost:
    """What the ghost does with a scenario until so many virtual seconds after the start.

    `policy` ranks as the desk did; `began_at` is the virtual time of second 0, by which opening hours count.
    """
    return _Shift(scenario, policy, to_us(began_at), until_s, emergency or EmergencyWords()).work()


class _Shift:
    """The ghost at work."""

    def __init__(
        self, scenario: Scenario, policy: RankPolicy, began_us: int, until_s: float, emergency: EmergencyWords
    ) -> None:
        self._wants, self._policy = scenario.wants, policy
        self._began_us, self._until_s = began_us, until_s
        self._emergency = emergency
        vips = {str(one).removeprefix("@").casefold() for one in scenario.header.get("vips") or ()}
        self._vips = vips | policy.vips
        self._talks: dict[tuple[str, str], _Talk] = {}
        self._where: dict[str, _Talk] = {}
        self._answered: set[str] = set()
        self._coming: list[tuple[float, int, str, _Coming]] = []
        self._count = self._conversations = 0
        self._reactions: dict[str, list[Reaction]] = {}
        for reaction in scenario.reactions:
            self._reactions.setdefault(reaction.to, []).append(reaction)
        for account, happenings in scenario.recording.happenings.items():
            for each in happenings:
                self._expect(each.t, account, each)

    def _expect(self, t: float, account: str, what: _Coming) -> None:
        self._count += 1
        heapq.heappush(self._coming, (t, self._count, account, what))

    def work(self) -> Ghost:
        """From the first second to the last."""
        now, deeds = 0.0, list[Deed]()
        while True:
            self._take_in(now)
            talk = min((one for one in self._talks.values() if one.open), key=self._key, default=None)
            if talk is not None:
                deed = self._serve(talk, now)
                if (deed.done_s if deed.answered_s is None else deed.answered_s) > self._until_s:
                    return Ghost(tuple(deeds))
                deeds.append(deed)
                now = deed.done_s
            elif self._coming and self._coming[0][0] <= self._until_s:
                now = max(now, self._coming[0][0])
            else:
                return Ghost(tuple(deeds))

    def _key(self, talk: _Talk) -> RankKey:
        """Where a conversation stands in the queue."""
        waiting = [one.waiting for one in talk.open.values()]
        calendar = self._policy.calendar_of(talk.account)
        placed = rank(waiting, self._policy, calendar, tier=talk.tier, is_vip=talk.is_vip)
        return placed.tier, placed.effective_due_us, placed.waiting_since_us, talk.id

    # What customers do

    def _take_in(self, now: float) -> None:
        while self._coming and self._coming[0][0] <= now:
            t, _, account, what = heapq.heappop(self._coming)
            if isinstance(what, Deleted):
                self._forget(what.external_id)
            elif isinstance(what, _Ignored):
                if what.reaction.to not in self._answered:
                    self._hear(account, what.reaction.said.item, t)
            elif what.item.direction is Direction.OUT:
                self._said_before(account, what.item)
            elif what.is_edit:
                self._edited(what.item)
            else:
                self._hear(account, what.item, t)

    def _forget(self, external_id: str) -> None:
        talk = self._where.get(external_id)
        if talk is not None:
            talk.open.pop(external_id, None)

    def _said_before(self, account: str, item: Item) -> None:
        """An answer of ours that is part of the recording settles what its customer had written."""
        talk = self._talks.get((account, item.author.handle.casefold())) or self._where.get(
            item.reply_to or ""
        )
        if talk is not None:
            self._answered.update(talk.open)
            talk.open.clear()

    def _edited(self, item: Item) -> None:
        talk = self._where.get(item.external_id)
        if talk is not None and item.external_id in talk.open:
            self._open(talk, item, talk.open[item.external_id].waiting.at_us)

    def _hear(self, account: str, item: Item, t: float) -> None:
        key = (account, item.author.handle.casefold())
        if item.external_id in self._where:
            return
        talk = self._talks.get(key)
        if talk is None or (talk.is_resolved and self._where.get(item.reply_to or "") is not talk):
            is_vip = item.author.handle.casefold() in self._vips
            self._conversations += 1
            talk = self._talks[key] = _Talk(self._conversations, account, item.author.handle, is_vip)
        talk.is_resolved = False
        self._where[item.external_id] = talk
        self._open(talk, item, self._began_us + round(t * 1_000_000))
        for reaction in self._reactions.get(item.external_id, ()):
            if reaction.did is Did.IGNORED:
                self._expect(max(t, 0.0) + reaction.after_s, reaction.account, _Ignored(reaction))

    def _open(self, talk: _Talk, item: Item, at_us: int) -> None:
        reading = read(item.text, self._emergency)
        parent = item.parent
        is_paid = parent is not None and (parent.is_paid or parent.is_dark)
        own = self._policy.own_targets_min.get(item.external_id)
        waiting = Waiting(
            item.kind or reading.kind,
            at_us,
            item.author.reach,
            reading.mood <= CLEARLY_NEGATIVE,
            is_paid,
            own,
        )
        talk.open[item.external_id] = _Open(item.external_id, item.text, waiting, item.visibility.is_public)
        if reading.emergency_word:
            talk.tier = 0

    # What the ghost does

    def _serve(self, talk: _Talk, now: float) -> Deed:
        """Read what waits, answer what wants it, resolve."""
        seen = sorted(talk.open.values(), key=lambda one: (one.waiting.at_us, one.external_id))
        wanted = [one for one in seen if self._is_answer_wanted(one)]
        read_s = now + LOOK_S + sum(measure(one.text)[1] for one in seen)
        is_public = self._is_public(seen, wanted)
        answered_s = None
        if wanted:
            answered_s = read_s + typing_s()
            self._take_in(answered_s)
            wanted = [one for one in wanted if one.external_id in talk.open]
            self._reply_to(wanted, answered_s, is_public)
        if wanted:
            self._leave(talk, seen)
        done_s = (read_s if answered_s is None else answered_s) + CLOSE_S
        self._take_in(done_s)
        talk.is_resolved = talk.open.keys() <= {one.external_id for one in seen}
        if talk.is_resolved:
            self._leave(talk, seen)
            talk.tier = 1
        read_ids, answered = _ids(seen), _ids(wanted)
        return Deed(
            talk.account,
            talk.handle,
            now,
            answered_s,
            done_s,
            talk.is_resolved,
            read_ids,
            answered,
            is_public,
        )

    @staticmethod
    def _leave(talk: _Talk, seen: Sequence[_Open]) -> None:
        """What was read waits no longer: one reply answers all of it, or the end closes it."""
        for one in seen:
            talk.open.pop(one.external_id, None)

    def _is_answer_wanted(self, one: _Open) -> bool:
        want = self._wants.get(one.external_id)
        return want is None or want.is_answered

    def _is_public(self, seen: Sequence[_Open], wanted: Sequence[_Open]) -> bool:
        """In public, unless it is to be private, private data stands there, or nobody asked in public."""
        wants = [self._wants[one.external_id] for one in wanted if one.external_id in self._wants]
        if any(want.visibility == "private" for want in wants) or any(find_private(one.text) for one in seen):
            return False
        return any(one.is_public for one in wanted)

    def _reply_to(self, wanted: Sequence[_Open], answered_s: float, is_public: bool) -> None:
        """The customer reads it, and reacts once: to the newest message for which the scenario has a reaction."""
        way = Did.PUBLIC if is_public else Did.PRIVATE
        self._answered.update(one.external_id for one in wanted)
        for one in reversed(wanted):
            known: dict[Did, Reaction] = {}
            for reaction in self._reactions.get(one.external_id, ()):
                known.setdefault(reaction.did, reaction)
            found = known.get(way) or known.get(Did.ANSWERED)
            if found is not None:
                self._expect(answered_s + found.after_s, found.account, found.said)
                return


def _ids(messages: Sequence[_Open]) -> tuple[str, ...]:
    return tuple(one.external_id for one in messages)
