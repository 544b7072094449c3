"""The numbers of a window, counted a second time from the log, by the plain route: nothing is shared with `figures`.

Values are as there: microseconds, fractions, counts; None where there is nothing to count from.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from careconsole.desk.reporting.retelling import retell
from careconsole.desk.reporting.stories import Ended, Message, Missed, Moved, Rules, Said, Story
from careconsole.model.priority import RankPolicy
from careconsole.store.events import LogRow

SECOND_US = 1_000_000
HOUR_US = 3600 * SECOND_US
Counted = tuple[int | Fraction | None, int]
"""A value, and of how many it was counted."""
Names = tuple[str, str, str]


@dataclass
class Told:
    """Everything that the log tells, conversation by conversation."""

    stories: dict[int, Story] = field(default_factory=dict)
    focus: list[tuple[str, int, int]] = field(default_factory=list)
    """Agent, since, until."""
    duty: list[tuple[str, int, int]] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    """Who is at the desk at the end."""


def tell_all(log: Iterable[LogRow], accounts: Mapping[int, str], policy: RankPolicy, until_us: int) -> Told:
    """Go through the whole log, conversation by conversation."""
    by_talk: dict[int, list[LogRow]] = defaultdict(list)
    by_agent: dict[str, list[LogRow]] = defaultdict(list)
    rules: list[LogRow] = []
    told = Told()
    for row in log:
        if row[1] == "rules_set":
            rules.append(row)
        elif row[1] in ("signed_on", "signed_off", "away", "back"):
            by_agent[row[4] or ""].append(row)
        elif row[1] == "focus":
            details = json.loads(row[11])
            end_us = min(row[2], details["last_key_us"] + 30 * SECOND_US)
            told.focus.append((row[4] or "", details["started_us"], end_us))
        elif row[7] is not None:
            by_talk[row[7]].append(row)
    for id, rows in by_talk.items():
        ordered = sorted([*rows, *rules], key=lambda row: row[0])
        told.stories[id] = retell(ordered, Rules(policy, accounts))
    for agent, rows in by_agent.items():
        stretches, is_here = _at_desk(rows, until_us)
        told.duty += [(agent, since_us, end_us) for since_us, end_us in stretches]
        told.here += [agent] if is_here else []
    return told


def _at_desk(rows: Sequence[LogRow], until_us: int) -> tuple[list[tuple[int, int]], bool]:
    """When an agent had a console open at which somebody was, and whether that is so at the end."""
    open_ones: dict[str, str] = {}
    found, since_us = [], None
    for row in rows:
        console = json.loads(row[11]).get("session", "")
        if row[1] != "signed_off":
            open_ones[console] = row[1]
        elif console:
            open_ones.pop(console, None)
        else:
            open_ones = {}
        is_here = any(state != "away" for state in open_ones.values())
        if is_here and since_us is None:
            since_us = row[2]
        if not is_here and since_us is not None:
            found.append((since_us, row[2]))
            since_us = None
    if since_us is not None:
        found.append((since_us, until_us))
    return found, since_us is not None


def recount(
    told: Told, since_us: int, until_us: int, accounts: Mapping[int, str], channels: Mapping[int, str]
) -> dict[Names, Counted]:
    """Every number from `since_us` on until `until_us`, which is now: all that is recorded lies before it."""
    stories = list(told.stories.values())
    every = _Pile(
        [one for story in stories for one in story.messages.values()],
        [said for story in stories for said in story.said],
        [each for story in stories for each in story.missed],
        [(story, ended) for story in stories for ended in story.ended],
        [(story, at_us) for story in stories for at_us in story.came_back],
        [each for story in stories for each in story.moved],
        [story for story in stories if story.groups() or story.back_us is not None],
    )
    counting = _Counting(since_us, until_us, every)
    found: dict[Names, Counted] = {}
    for dimension, pick in _picks(accounts, channels).items():
        names = {name for name in map(pick, every.things()) if name is not None}
        for name in sorted(names) if dimension != "all" else [""]:
            pile = every.of(lambda thing, pick=pick, name=name: pick(thing) == name)  # type: ignore[misc]
            found |= {(key, dimension, name): value for key, value in counting.of(pile).items()}
    for agent in sorted(
        {each.agent for each in every.said if each.agent}
        | {each.agent for _, each in every.ended}
        | {each.agent for each in every.moved}
    ):
        pile = every.of(lambda thing, agent=agent: _agent_of(thing) == agent)  # type: ignore[misc]
        for key, value in counting.of_agent(pile).items():
            found[key, "agent", agent] = value
    found |= counting.of_people(told, every, found["backlog", "all", ""][0])
    return found | counting.by_hour(every)


Thing = Message | Said | Missed | Moved | tuple[Story, Ended] | tuple[Story, int] | Story


def _picks(
    accounts: Mapping[int, str], channels: Mapping[int, str]
) -> dict[str, Callable[[Thing], str | None]]:
    """By dimension: to which name of it a thing belongs; None: to none."""
    return {
        "all": lambda thing: "",
        "account": lambda thing: accounts.get(_account_of(thing), ""),
        "channel": lambda thing: channels.get(_account_of(thing), ""),
        "kind": lambda thing: _first_word(thing, "kind"),
        "language": lambda thing: _first_word(thing, "language"),
    }


def _account_of(thing: Thing) -> int:
    if isinstance(thing, Missed):
        return thing.messages[0].account_id
    return thing[0].account_id if isinstance(thing, tuple) else thing.account_id


def _agent_of(thing: Thing) -> str | None:
    if isinstance(thing, Said | Moved):
        return thing.agent
    if isinstance(thing, tuple) and isinstance(thing[1], Ended):
        return thing[1].agent
    return None


def _first_word(thing: Thing, what: str) -> str | None:
    """Kind or language of the earliest message of a thing; None if it has none."""
    messages: list[Message] = []
    if isinstance(thing, Message):
        messages = [thing]
    elif isinstance(thing, Said):
        messages = thing.answered
    elif isinstance(thing, Missed):
        messages = thing.messages
    elif isinstance(thing, Moved):
        return None if thing.first is None else thing.kind if what == "kind" else thing.language or "unknown"
    elif isinstance(thing, Story):
        messages = [one for group in thing.groups() for one in group]
    elif isinstance(thing[1], Ended):
        ended = thing[1]
        word = ended.kind if what == "kind" else ended.language
        return None if not ended.kind else word or "unknown" if what == "language" else word
    if not messages:
        return None
    first = sorted(messages, key=lambda one: (one.at_us, one.id))[0]
    return first.kind if what == "kind" else first.language or "unknown"


@dataclass
class _Pile:
    """What belongs together."""

    messages: list[Message]
    said: list[Said]
    missed: list[Missed]
    ended: list[tuple[Story, Ended]]
    came_back: list[tuple[Story, int]]
    moved: list[Moved]
    stories: list[Story]

    def things(self) -> list[Thing]:
        return [
            *self.messages,
            *self.said,
            *self.missed,
            *self.ended,
            *self.came_back,
            *self.moved,
            *self.stories,
        ]

    def of(self, belongs: Callable[[Thing], bool]) -> _Pile:
        return _Pile(
            [each for each in self.messages if belongs(each)],
            [each for each in self.said if belongs(each)],
            [each for each in self.missed if belongs(each)],
            [each for each in self.ended if belongs(each)],
            [each for each in self.came_back if belongs(each)],
            [each for each in self.moved if belongs(each)],
            [each for each in self.stories if belongs(each)],
        )


class _Counting:
    """Counts what lies in a window."""

    def __init__(self, since_us: int, until_us: int, every: _Pile) -> None:
        self.since_us, self.until_us = since_us, until_us
        self.times_of_customer: dict[int, list[int]] = defaultdict(list)
        for one in every.messages:
            self.times_of_customer[one.customer_id].append(one.at_us)

    def within(self, at_us: int) -> bool:
        return at_us >= self.since_us

    def of(self, pile: _Pile) -> dict[str, Counted]:
        """The numbers of a pile."""
        came = [one for one in pile.messages if self.within(one.at_us)]
        needed_none = [
            one
            for one in came
            if one.state == "deleted"
            or (one.state == "closed" and one.reason in ("no_reply", "noise", "provocation", "duplicate"))
        ]
        found: dict[str, Counted] = {
            "arrivals": (len(came), len(came)),
            "unanswered_share": part(sum(one.state in ("waits", "leaving") for one in came), len(came)),
            "response_rate": part(sum(one.state == "answered" for one in came), len(came) - len(needed_none)),
            "tier0_share": part(len([one for one in came if one.tier == 0]), len(came)),
            "vip_share": part(len([one for one in came if one.is_vip]), len(came)),
        }
        found |= self.of_said(pile) | self.of_promises(pile) | self.of_ended(pile) | self.of_queue(pile)
        return found | self.of_moves(pile)

    def of_moves(self, pile: _Pile) -> dict[str, Counted]:
        number = len([each for each in pile.moved if self.within(each.at_us)])
        return {"moves": (number, number)}

    def of_agent(self, pile: _Pile) -> dict[str, Counted]:
        found = self.of_said(pile) | self.of_ended(pile) | self.of_moves(pile)
        found.pop("reopen_rate")
        return found

    def of_said(self, pile: _Pile) -> dict[str, Counted]:
        said = [each for each in pile.said if self.within(each.at_us)]
        answers = [each for each in said if each.answered]
        public = {(each.conversation_id, each.cycle) for each in said if each.began_public}
        moved = {(each.conversation_id, each.cycle) for each in said if each.began_public and each.is_private}
        waits = [each.waited_us for each in answers]
        return {
            "answers": (len(said), len(said)),
            "asa": (Fraction(sum(waits)) / len(waits) if waits else None, len(waits)),
            **half_and_nine("frt", [each.waited_us for each in answers if each.is_first]),
            **half_and_nine("nrt", waits),
            "moved_private": part(len(moved), len(public)),
        }

    def of_promises(self, pile: _Pile) -> dict[str, Counted]:
        kept: list[bool] = []
        late: list[bool] = []
        for each in pile.said:
            if each.answered and each.missed_us is None and self.within(each.at_us):
                kept.append(each.is_first)
            if each.answered and each.missed_us is not None and self.within(each.missed_us):
                late.append(each.is_first)
        late += [each.is_first for each in pile.missed if self.within(each.at_us)]
        for story in pile.stories:
            late += self._open_and_late(story)
        return {
            "service_level": part(sum(kept), sum(kept) + sum(late)),
            "sla_attainment": part(len(kept), len(kept) + len(late)),
            "breached": (len(late), len(kept) + len(late)),
        }

    def _open_and_late(self, story: Story) -> list[bool]:
        """Of what waits and is late: whether it would be the first answer of the cycle."""
        groups = story.groups()
        is_answered = any(each.cycle == story.cycle and each.answered for each in story.said)
        begins = [min(one.at_us for one in group) for group in groups if group[0].outbox_id]
        late = []
        for group in groups:
            passed = [one.missed_us for one in group if one.missed_us is not None]
            due = story.due_us(group)
            missed_us = min([us for us in (*passed, due) if us < self.until_us], default=None)
            if missed_us is not None and self.within(missed_us):
                begin_us = min(one.at_us for one in group)
                late.append(not is_answered and all(begin_us <= other for other in begins))
        return late

    def of_ended(self, pile: _Pile) -> dict[str, Counted]:
        ended = [(story, each) for story, each in pile.ended if self.within(each.at_us)]
        as_answered = [(story, each) for story, each in ended if each.reason == "answered"]
        said = [[one for one in story.said if one.cycle == each.cycle] for story, each in as_answered]
        back = [at_us for _, at_us in pile.came_back if self.within(at_us)]
        middle, _ = half_and_nine("x", [each.customer_messages for _, each in as_answered]).values()
        return {
            "resolutions": (len(ended), len(ended)),
            **half_and_nine("rt", [each.took_us for _, each in ended]),
            **half_and_nine("rt_full", [each.took_in_all_us for _, each in ended]),
            **half_and_nine("interactions", [sum(not one.is_private for one in each) for each in said]),
            "customer_messages_median": middle,
            "one_touch": self._one_touch(said),
            "reopen_rate": part(len(back), len(ended)),
        }

    def _one_touch(self, said: Sequence[Sequence[Said]]) -> Counted:
        touched_once = []
        for replies in said:
            if len(replies) > 1:
                touched_once.append(False)
            elif len(replies) == 1:
                sent_us = replies[0].at_us
                again = [
                    at_us
                    for at_us in self.times_of_customer[replies[0].customer_id]
                    if sent_us < at_us <= sent_us + 72 * HOUR_US
                ]
                if again or sent_us + 72 * HOUR_US <= self.until_us:
                    touched_once.append(not again)
        return part(sum(touched_once), len(touched_once))

    def of_queue(self, pile: _Pile) -> dict[str, Counted]:
        ages = [
            max(0, self.until_us - story.waiting_since_us()) / HOUR_US
            for story in pile.stories
            if story.is_waiting()
        ]
        exact = [
            max(0, self.until_us - story.waiting_since_us()) for story in pile.stories if story.is_waiting()
        ]
        ended = len([each for _, each in pile.ended if self.within(each.at_us)])
        days = Fraction(self.until_us - self.since_us, 24 * HOUR_US)
        return {
            "backlog": (len(ages), len(ages)),
            "backlog_0_1h": (sum(age < 1 for age in ages), len(ages)),
            "backlog_1_4h": (sum(1 <= age < 4 for age in ages), len(ages)),
            "backlog_4_24h": (sum(4 <= age < 24 for age in ages), len(ages)),
            "backlog_24_72h": (sum(24 <= age < 72 for age in ages), len(ages)),
            "backlog_over_72h": (sum(age >= 72 for age in ages), len(ages)),
            "late": (sum(self._is_late(story) for story in pile.stories if story.is_waiting()), len(ages)),
            "backlog_days": (len(ages) / (ended / days) if ended else None, ended),
            "oldest": (max(exact) if exact else None, len(exact)),
        }

    def _is_late(self, story: Story) -> bool:
        waiting = [one for one in story.messages.values() if one.state == "waits"]
        return bool(waiting) and story.due_us(waiting) < self.until_us

    def of_people(self, told: Told, every: _Pile, backlog: Any) -> dict[Names, Counted]:
        answers = [each for each in every.said if each.agent and each.answered and self.within(each.at_us)]
        focus, duty = self._union(told.focus), self._union(told.duty)
        found: dict[Names, Counted] = {}
        for agent in {*focus, *duty, *(each.agent or "" for each in answers)}:
            mine = sum(each.agent == agent for each in answers)
            found |= self._of_time("agent", agent, focus.get(agent, 0), duty.get(agent, 0), mine)
        found |= self._of_time("all", "", sum(focus.values()), sum(duty.values()), len(answers))
        each_us = found["focus_per_answer", "all", ""][0]
        wait: int | None = None
        if told.here and each_us is not None:
            minutes = backlog * each_us / len(told.here) / (600 * SECOND_US)
            wait = math.ceil(minutes) * 600 * SECOND_US
        found["predicted_wait", "all", ""] = (wait, len(told.here))
        return found

    def _of_time(
        self, dimension: str, name: str, focus_us: int, duty_us: int, answers: int
    ) -> dict[Names, Counted]:
        return {
            ("focus", dimension, name): (focus_us, answers),
            ("focus_per_answer", dimension, name): part(focus_us, answers),
            ("occupancy", dimension, name): (part(focus_us, duty_us)[0], duty_us // HOUR_US),
        }

    def _union(self, stretches: Iterable[tuple[str, int, int]]) -> dict[str, int]:
        """By agent the length of all stretches in the window, laid upon each other: every edge is walked."""
        edges: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for agent, since_us, until_us in stretches:
            since_us, until_us = max(since_us, self.since_us), min(until_us, self.until_us)
            if since_us < until_us:
                edges[agent] += [(since_us, 1), (until_us, -1)]
        found = {}
        for agent, steps in edges.items():
            depth = length = 0
            before_us = 0
            for at_us, step in sorted(steps):
                length += (at_us - before_us) * (depth > 0)
                depth, before_us = depth + step, at_us
            found[agent] = length
        return found

    def by_hour(self, every: _Pile) -> dict[Names, Counted]:
        found: dict[Names, Counted] = {}
        for name, times in {
            "arrivals": [one.at_us for one in every.messages],
            "answers": [each.at_us for each in every.said],
            "resolutions": [each.at_us for _, each in every.ended],
        }.items():
            for at_us in filter(self.within, times):
                key = (name, "hour", str(at_us - at_us % HOUR_US))
                number = int(found.get(key, (0, 0))[0] or 0) + 1
                found[key] = (number, number)
        return found


def part(some: int, whole: int) -> Counted:
    """The share of some in a whole."""
    return (None if whole == 0 else Fraction(some, whole), whole)


def half_and_nine(name: str, values: Sequence[int]) -> dict[str, Counted]:
    """The value that half do not pass, and the one that nine of ten do not pass."""
    n = len(values)
    half: int | Fraction | None = None
    nine: int | None = None
    if n:
        ordered = sorted(values)
        half = Fraction(ordered[(n - 1) // 2] + ordered[n // 2], 2)
        nine = next(value for place, value in enumerate(ordered, 1) if 10 * place >= 9 * n)
    return {f"{name}_median": (half, n), f"{name}_p90": (nine, n)}
