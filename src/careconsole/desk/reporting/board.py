"""The live numbers: running sums from the newest event read, so that a refresh costs next to nothing.

A sink of the ledger that keeps sums by the minute and forgets what lies before its window; what waits stands in sorted
lists. `figures` counts the same from the facts; a test holds both against each other. Times are microseconds since 1970.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from careconsole.desk.reporting.facts import Asked, Lapsed, Move, Reopening, Reply, Resolution, Stretch, Turn
from careconsole.desk.reporting.figures import HOUR_US, Figure
from careconsole.desk.reporting.ledger import Ledger
from careconsole.desk.reporting.talk import Talk

MINUTE_US = 60_000_000


@dataclass(slots=True)
class Minute:
    """What happened in one minute."""

    arrivals: int = 0
    tier0: int = 0
    vips: int = 0
    replies: int = 0
    answers: int = 0
    waited_us: int = 0
    kept: int = 0
    missed: int = 0
    resolutions: int = 0

    def add(self, other: Minute) -> None:
        """Count another minute too."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Sorted:
    """Some numbers for each of many things, in order."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[int, ...]] = {}
        self._all: list[tuple[int, int]] = []
        """Number and thing."""
        self.is_in_order = False

    def put(self, id: int, *numbers: int) -> None:
        """The numbers of a thing; none takes it out."""
        before = self._of.pop(id, ())
        if numbers:
            self._of[id] = numbers
        if self.is_in_order and before != numbers:
            for number in before:
                del self._all[bisect_left(self._all, (number, id))]
            for number in numbers:
                insort(self._all, (number, id))

    def order(self) -> None:
        """Bring all into order: once, when most have been put."""
        self._all = sorted((number, id) for id, numbers in self._of.items() for number in numbers)
        self.is_in_order = True

    def __len__(self) -> int:
        return len(self._all)

    def between(self, since: int, until: int) -> int:
        """How many are not below the first and below the second."""
        return max(0, bisect_left(self._all, (until,)) - bisect_left(self._all, (since,)))

    def next_after(self, number: int) -> int | None:
        """The smallest that is not below this; None if there is none."""
        at = bisect_left(self._all, (number,))
        return self._all[at][0] if at < len(self._all) else None

    @property
    def smallest(self) -> int | None:
        """The smallest; None if there is none."""
        return self._all[0][0] if self._all else None

    @property
    def smallest_id(self) -> int | None:
        """The thing that has it."""
        return self._all[0][1] if self._all else None


class Board:
    """Sums for a window that begins with a full minute and ends now."""

    def __init__(self, since_us: int) -> None:
        self.since_us = since_us - since_us % MINUTE_US
        self.minutes: dict[int, Minute] = {}
        self.waiting = Sorted()
        """Since when each conversation of the queue waits."""
        self.due = Sorted()
        """Until when each of them is promised an answer."""
        self.open = Sorted()
        """When the promise of each open turn passes, or passed first: also of what is on its way."""
        self.answers_of: Counter[str] = Counter()
        """By agent the replies of the window."""
        self.attention: list[Stretch] = []
        self.presence: list[Stretch] = []

    # What the ledger tells

    def ask(self, asked: Asked) -> None:
        """A message came that needs an answer."""
        if asked.at_us >= self.since_us:
            minute = self._minute(asked.at_us)
            minute.arrivals += 1
            minute.tier0 += asked.tier == 0
            minute.vips += asked.is_vip

    def reply(self, reply: Reply) -> None:
        """We said something."""
        if reply.at_us >= self.since_us:
            minute = self._minute(reply.at_us)
            minute.replies += 1
            if reply.agent is not None:
                self.answers_of[reply.agent] += 1
            if reply.asked:
                minute.answers += 1
                minute.waited_us += reply.waited_us
        if reply.asked and reply.decided_us >= self.since_us:
            minute = self._minute(reply.decided_us)
            minute.kept += reply.missed_us is None
            minute.missed += reply.missed_us is not None

    def lapse(self, lapsed: Lapsed, *, is_back: bool = False) -> None:
        """A promise passed and nothing was answered."""
        if lapsed.missed_us >= self.since_us:
            self._minute(lapsed.missed_us).missed += -1 if is_back else 1

    def resolve(self, resolution: Resolution, *, is_back: bool = False) -> None:
        """A cycle ended."""
        if resolution.at_us >= self.since_us:
            self._minute(resolution.at_us).resolutions += -1 if is_back else 1

    def reopen(self, reopening: Reopening) -> None:
        """No tile counts it."""

    def move(self, move: Move, *, is_back: bool = False) -> None:
        """No tile counts it."""

    def focus(self, stretch: Stretch) -> None:
        """A thread had an agent's attention."""
        if stretch.until_us is not None and stretch.until_us > self.since_us:
            self.attention.append(stretch)

    def duty(self, stretch: Stretch) -> None:
        """An agent was at the desk."""
        if stretch.until_us is not None and stretch.until_us > self.since_us:
            self.presence.append(stretch)

    def _minute(self, at_us: int) -> Minute:
        key = at_us // MINUTE_US
        found = self.minutes.get(key)
        if found is None:
            found = self.minutes[key] = Minute()
        return found

    # Keeping up

    def follow(self, ledger: Ledger) -> None:
        """Take up what changed in the ledger since the last time; what was all resolved long ago is forgotten there."""
        for id in ledger.touched:
            talk = ledger.talks.get(id)
            if talk is not None:
                self._place(id, talk)
        if not self.waiting.is_in_order:
            for each in (self.waiting, self.due, self.open):
                each.order()
        ledger.touched.clear()

    def _place(self, id: int, talk: Talk) -> None:
        waits = talk.is_waiting
        self.waiting.put(id, *([talk.waiting_since_us] if waits else []))
        self.due.put(id, *([talk.turn.due_us] if waits and talk.turn is not None else []))
        self.open.put(id, *sorted(_passes_us(turn) for turn in _turns(talk)))

    def begin_at(self, since_us: int) -> None:
        """Let the window begin later."""
        self.since_us = max(self.since_us, since_us - since_us % MINUTE_US)
        first = self.since_us // MINUTE_US
        for key in [key for key in self.minutes if key < first]:
            del self.minutes[key]
        self.attention = [each for each in self.attention if (each.until_us or 0) > self.since_us]
        self.presence = [each for each in self.presence if (each.until_us or 0) > self.since_us]

    # What the tiles show

    def total(self, since_us: int | None = None, until_us: int | None = None) -> Minute:
        """The sum of the minutes of the window, or of these."""
        total = Minute()
        first = (self.since_us if since_us is None else since_us) // MINUTE_US
        last = None if until_us is None else until_us // MINUTE_US
        for key, minute in self.minutes.items():
            if key >= first and (last is None or key < last):
                total.add(minute)
        return total

    def figures(self, now_us: int) -> dict[str, Figure]:
        """The numbers of the tiles, as `figures.count` has them for the same window."""
        sums = self.total()
        waiting, oldest_us = len(self.waiting), self.waiting.smallest
        missed = sums.missed + self.open.between(self.since_us, now_us)
        return {
            "backlog": Figure(waiting, waiting),
            "backlog_over_72h": Figure(self.waiting.between(0, now_us - 72 * HOUR_US + 1), waiting),
            "late": Figure(self.due.between(0, now_us), waiting),
            "oldest": Figure(None if oldest_us is None else max(0, now_us - oldest_us), waiting),
            "arrivals": Figure(sums.arrivals, sums.arrivals),
            "answers": Figure(sums.replies, sums.replies),
            "resolutions": Figure(sums.resolutions, sums.resolutions),
            "asa": Figure(Fraction(sums.waited_us, sums.answers) if sums.answers else None, sums.answers),
            "sla_attainment": Figure(_share(sums.kept, sums.kept + missed), sums.kept + missed),
            "breached": Figure(missed, sums.kept + missed),
            "tier0_share": Figure(_share(sums.tier0, sums.arrivals), sums.arrivals),
            "vip_share": Figure(_share(sums.vips, sums.arrivals), sums.arrivals),
        }

    def hours(self, now_us: int, count: int) -> list[tuple[int, int]]:
        """Arrivals and replies of each of the last so many hours, the oldest first; the last one goes on."""
        this = now_us // HOUR_US
        sums = {hour: [0, 0] for hour in range(this - count + 1, this + 1)}
        for key, minute in self.minutes.items():
            found = sums.get(key * MINUTE_US // HOUR_US)
            if found is not None:
                found[0] += minute.arrivals
                found[1] += minute.replies
        return [(arrived, said) for arrived, said in sums.values()]


def _turns(talk: Talk) -> Iterator[Turn]:
    if talk.turn is not None:
        yield talk.turn
    yield from (talk.on_way or {}).values()


def _passes_us(turn: Turn) -> int:
    passed: Iterable[int] = (one.missed_us for one in turn.asked.values() if one.missed_us is not None)
    return min((*passed, turn.due_us))


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
