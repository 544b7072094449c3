"""The same arrivals answered by so many agents in one order: a simulation from event to event, without any chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from careconsole.desk.simulation.arrivals import Arrival
from careconsole.desk.simulation.policies import KEYS, Case, Key, Policy
from careconsole.model.priority import RankPolicy


@dataclass(frozen=True, slots=True)
class Wait:
    """One customer who waited: until answered, or until the end."""

    messages: tuple[int, ...]
    """Numbers of the arrivals that one answer answers."""
    tier: int
    is_vip: bool
    since_us: int
    told_us: int | None
    """When the message came that makes it an emergency; None if none does."""
    due_us: int
    """The promise of its kind, as it was in the end."""
    latest_due_us: int
    """The latest time that was ever its promise."""
    turn: int
    """The how-manieth to be begun, from 1; 0 if nobody has begun."""
    begun_us: int | None = None
    answered_us: int | None = None
    agent: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What became of all that arrived."""

    policy: Policy
    agents: int
    ends_us: int
    """When it was stopped: with the last arrival."""
    waits: tuple[Wait, ...]
    """The answered ones in the order of their answers, then what waits at the end."""
    taken_back: int
    """Customers who deleted all that they had written before anybody began to answer."""


@dataclass(slots=True)
class Floor:
    """A queue in one order, and the agents who answer from it.

    Nobody rests while somebody waits. An answer answers all that its customer has written by then, and ends the
    conversation. What comes while an agent writes is read too before the answer leaves, as a send stops there.
    """

    agents: int
    policy: Policy
    rank_policy: RankPolicy
    waits: list[Wait] = field(default_factory=list)
    taken_back: int = 0
    _idle: list[int] = field(init=False)
    _queue: list[tuple[Key, Case]] = field(default_factory=list)
    _at_work: list[tuple[int, int, Case]] = field(default_factory=list)
    """By when they are done, soonest first."""
    _open: dict[int, Case] = field(default_factory=dict)
    """By customer."""
    _cases: int = 0
    _turns: int = 0

    def __post_init__(self) -> None:
        self._idle = list(range(self.agents))

    def take(self, arrival: Arrival) -> None:
        """A message arrives."""
        case = self._open.get(arrival.customer)
        if case is None:
            self._cases += 1
            case = self._open[arrival.customer] = Case(self._cases, [arrival])
        elif case.begun_us is not None:
            case.meanwhile.append(arrival)
            return
        else:
            case.messages.append(arrival)
        self._place(case)

    def take_back(self, arrival: Arrival) -> None:
        """Its writer deletes a message; what an agent has begun is answered all the same."""
        case = self._open.get(arrival.customer)
        if case is None or case.begun_us is not None or arrival not in case.messages:
            return
        case.messages.remove(arrival)
        if case.messages:
            self._place(case)
        else:
            self.taken_back += 1
            case.key = ()
            del self._open[arrival.customer]

    def order(self) -> list[Case]:
        """What waits, in the order in which it will be answered if nothing else arrives."""
        waiting = {case.key: case for key, case in self._queue if case.key == key}
        return [waiting[key] for key in sorted(waiting)]

    def begin(self, now_us: int) -> None:
        """Whoever is free takes the next one, until nobody is free or nothing waits."""
        while self._idle and self._queue:
            key, case = heappop(self._queue)
            if case.key != key:
                continue  # it has another place by now, or none
            self._turns += 1
            case.key, case.begun_us, case.turn, case.agent = (), now_us, self._turns, heappop(self._idle)
            heappush(self._at_work, (now_us + case.work_us, case.turn, case))

    def next_done_us(self) -> int | None:
        """When the next answer is done."""
        return self._at_work[0][0] if self._at_work else None

    def finish(self, now_us: int) -> None:
        """Send the answers that are done by now; where more was written meanwhile, that is read first."""
        while self._at_work and self._at_work[0][0] <= now_us:
            _, turn, case = heappop(self._at_work)
            if case.meanwhile:
                done_us = now_us + sum(message.reading_us for message in case.meanwhile)
                case.messages += case.meanwhile
                case.meanwhile = []
                heappush(self._at_work, (done_us, turn, case))
                continue
            del self._open[case.messages[0].customer]
            heappush(self._idle, case.agent)
            self.waits.append(_wait(case, now_us))

    def still_waiting(self) -> Iterator[Wait]:
        """What nobody has answered yet, in the order of arrival."""
        for case in self._open.values():
            case.messages += case.meanwhile
            yield _wait(case, None)

    def _place(self, case: Case) -> None:
        before = case.key
        case.place(self.rank_policy, KEYS[self.policy])
        if case.key != before:
            heappush(self._queue, (case.key, case))


def _wait(case: Case, answered_us: int | None) -> Wait:
    return Wait(
        tuple(message.number for message in case.messages),
        case.tier,
        case.messages[0].is_vip,
        case.rank.waiting_since_us,
        next((message.at_us for message in case.messages if message.is_emergency), None),
        case.rank.due_us,
        case.latest_due_us,
        case.turn,
        case.begun_us,
        answered_us,
        case.agent if case.begun_us is not None else None,
    )


def run(arrivals: Sequence[Arrival], agents: int, policy: Policy, rank_policy: RankPolicy) -> Run:
    """Answer all arrivals, which are in order of time, until the last of them has come.

    At one moment answers leave first, then messages come, then whoever is free begins.
    """
    floor = Floor(agents, policy, rank_policy)
    gone = [(each.gone_us, each.number, each) for each in arrivals if each.gone_us is not None]
    heapify(gone)
    ends_us = arrivals[-1].at_us if arrivals else 0
    times_us = [each.at_us for each in arrivals]
    coming = 0
    while coming < len(arrivals):
        now_us, done_us = times_us[coming], floor.next_done_us()
        if gone and gone[0][0] < now_us:
            now_us = gone[0][0]
        if done_us is not None and done_us <= now_us:
            now_us = done_us
            floor.finish(now_us)
        while coming < len(arrivals) and times_us[coming] == now_us:
            floor.take(arrivals[coming])
            coming += 1
        while gone and gone[0][0] <= now_us:
            floor.take_back(heappop(gone)[2])
        floor.begin(now_us)
    waits = (*floor.waits, *floor.still_waiting())
    return Run(policy, agents, ends_us, waits, floor.taken_back)
