"""The numbers of a window, counted from the ledger's facts: over all, and per account, channel, kind, language, agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from careconsole.desk.reporting.facts import (
    NEEDED_NONE,
    Asked,
    Facts,
    Fate,
    Lapsed,
    Move,
    Reopening,
    Reply,
    Resolution,
    Stretch,
    Turn,
)
from careconsole.desk.reporting.ledger import Ledger
from careconsole.desk.reporting.talk import Talk

Value = int | Fraction | None
"""Seconds are microseconds here; a share is a fraction; None: nothing to count it from."""

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
BANDS = (("0_1h", 0, 1), ("1_4h", 1, 4), ("4_24h", 4, 24), ("24_72h", 24, 72), ("over_72h", 72, None))
ONE_TOUCH_US = 72 * HOUR_US
ROUNDED_UP_TO_US = 600_000_000


@dataclass(frozen=True, slots=True)
class Window:
    """From an instant on, until now: whatever is recorded by then lies before its end.

    A network's clock may run ahead of ours; what it says happened in a minute counts all the same.
    """

    since_us: int
    until_us: int

    def has(self, at_us: int) -> bool:
        """Whether something that is recorded happened in it."""
        return self.since_us <= at_us


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, of how many things it was counted, and what was left out."""

    value: Value
    of: int
    left_out: Mapping[str, int] = field(default_factory=dict)


Key = tuple[str, str, str]
"""Name of the number; of what (all, account, channel, kind, language, agent, hour); which."""


@dataclass(slots=True)
class _Part:
    """The facts of one group."""

    asked: list[Asked] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    lapses: list[Lapsed] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    reopenings: list[Reopening] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    """Those in which something is open."""


def count(ledger: Ledger, facts: Facts, window: Window, channels: Mapping[int, str]) -> dict[Key, Figure]:
    """Every number of a window whose end is now; `channels`: network of each account by id."""
    figures: dict[Key, Figure] = {}
    accounts = ledger.promise.accounts
    asks = _asks_by_customer(facts)
    whole = _Part(
        facts.asked,
        facts.replies,
        list(facts.lapses),
        list(facts.resolutions),
        facts.reopenings,
        list(facts.moves),
        [talk for talk in ledger.talks.values() if talk.turn or talk.on_way or talk.back_us is not None],
    )
    parts: dict[tuple[str, str], _Part] = {("all", ""): whole}
    parts |= _split(whole, "account", lambda id: accounts.get(id, ""), None)
    parts |= _split(whole, "channel", lambda id: channels.get(id, ""), None)
    parts |= _split(whole, "kind", None, lambda one: one.kind)
    parts |= _split(whole, "language", None, lambda one: one.language or "unknown")
    for (dimension, name), part in parts.items():
        for measure, figure in _of_part(part, window, asks).items():
            figures[measure, dimension, name] = figure
    for agent, part in _by_agent(whole).items():
        for measure, figure in _of_agent(part, window, asks).items():
            figures[measure, "agent", agent] = figure
    figures |= _of_people(ledger, facts, window, figures["backlog", "all", ""])
    return figures | _by_hour(facts, window)


_Worded = Asked | Resolution | Move
"""What has a kind and a language."""


def _split(
    whole: _Part,
    dimension: str,
    by_account: Callable[[int], str] | None,
    by_message: Callable[[_Worded], str] | None,
) -> dict[tuple[str, str], _Part]:
    """The parts of a dimension: by the account of each fact, or by its earliest message."""
    parts: dict[tuple[str, str], _Part] = {}

    def part(account_id: int, one: _Worded | None) -> _Part:
        if by_account is not None:
            name = by_account(account_id)
        else:
            assert by_message is not None
            name = "" if one is None else by_message(one)
        return parts.setdefault((dimension, name), _Part())

    for asked in whole.asked:
        part(asked.account_id, asked).asked.append(asked)
    for reply in whole.replies:
        if reply.asked or by_account is not None:
            part(reply.account_id, earliest(reply.asked)).replies.append(reply)
    for lapsed in whole.lapses:
        part(lapsed.asked[0].account_id, earliest(lapsed.asked)).lapses.append(lapsed)
    for resolution in whole.resolutions:
        if by_account is not None or resolution.kind:
            part(resolution.account_id, resolution).resolutions.append(resolution)
    for reopening in whole.reopenings if by_account is not None else ():
        part(reopening.account_id, None).reopenings.append(reopening)
    for move in whole.moves:
        if by_account is not None or move.kind:
            part(move.account_id, move).moves.append(move)
    for talk in whole.talks:
        turns = [turn for turn in (talk.turn, *(talk.on_way or {}).values()) if turn is not None]
        first = earliest([one for turn in turns for one in turn.asked.values()])
        if by_account is not None or first is not None:
            part(talk.account_id, first).talks.append(talk)
    return parts


def earliest(asked: Sequence[Asked]) -> Asked | None:
    """The message that came first."""
    return min(asked, key=lambda one: (one.at_us, one.id), default=None)


def _by_agent(whole: _Part) -> dict[str, _Part]:
    parts: dict[str, _Part] = {}
    for reply in whole.replies:
        if reply.agent is not None:
            parts.setdefault(reply.agent, _Part()).replies.append(reply)
    for resolution in whole.resolutions:
        parts.setdefault(resolution.agent, _Part()).resolutions.append(resolution)
    for move in whole.moves:
        parts.setdefault(move.agent, _Part()).moves.append(move)
    return parts


# One part


def _of_part(part: _Part, window: Window, asks: Mapping[int, list[int]]) -> dict[str, Figure]:
    return {
        **_of_messages([one for one in part.asked if window.has(one.at_us)]),
        **_of_answers([reply for reply in part.replies if window.has(reply.at_us)]),
        **_of_promises(part, window),
        **_of_resolutions(part, window, asks),
        **_of_backlog(part, window),
        "moves": _moves(part, window),
    }


def _of_agent(part: _Part, window: Window, asks: Mapping[int, list[int]]) -> dict[str, Figure]:
    figures = _of_answers([reply for reply in part.replies if window.has(reply.at_us)])
    figures |= _of_resolutions(part, window, asks)
    del figures["reopen_rate"]  # a reopening has no agent
    return figures | {"moves": _moves(part, window)}


def _moves(part: _Part, window: Window) -> Figure:
    number = sum(window.has(each.at_us) for each in part.moves)
    return Figure(number, number)


def _of_messages(asked: Sequence[Asked]) -> dict[str, Figure]:
    fates = Counter(one.fate for one in asked)
    left_out = Counter(one.reason for one in asked if one.fate is Fate.CLOSED and one.reason in NEEDED_NONE)
    if fates[Fate.DELETED]:
        left_out["deleted"] = fates[Fate.DELETED]
    needed = len(asked) - left_out.total()
    return {
        "arrivals": Figure(len(asked), len(asked)),
        "unanswered_share": _share(fates[Fate.OPEN], len(asked)),
        "response_rate": _share(fates[Fate.ANSWERED], needed, left_out),
        "tier0_share": _share(sum(one.tier == 0 for one in asked), len(asked)),
        "vip_share": _share(sum(one.is_vip for one in asked), len(asked)),
    }


def _of_answers(replies: Sequence[Reply]) -> dict[str, Figure]:
    waits = [reply.waited_us for reply in replies if reply.asked]
    firsts = [reply.waited_us for reply in replies if reply.is_first]
    cycles = {(reply.conversation_id, reply.cycle) for reply in replies if reply.is_begun_in_public}
    private = {
        (reply.conversation_id, reply.cycle)
        for reply in replies
        if reply.is_begun_in_public and reply.visibility == "private"
    }
    return {
        "answers": Figure(len(replies), len(replies)),
        "asa": Figure(Fraction(sum(waits), len(waits)) if waits else None, len(waits)),
        **_spread("frt", firsts),
        **_spread("nrt", waits),
        "moved_private": _share(len(private), len(cycles)),
    }


def _of_promises(part: _Part, window: Window) -> dict[str, Figure]:
    met = first_met = missed = first_missed = 0
    for reply in part.replies:
        if reply.asked and window.has(reply.decided_us):
            is_met = reply.missed_us is None
            met, missed = met + is_met, missed + (not is_met)
            first_met += is_met and reply.is_first
            first_missed += reply.is_first and not is_met
    over = [(lapsed.missed_us, lapsed.is_first) for lapsed in part.lapses]
    for talk in part.talks:
        for turn in (talk.turn, *(talk.on_way or {}).values()):
            missed_us = None if turn is None else turn.missed_us(window.until_us)
            if missed_us is not None:
                over.append((missed_us, _is_first(talk, turn)))
    for missed_us, is_first in over:
        if window.has(missed_us):
            missed, first_missed = missed + 1, first_missed + is_first
    return {
        "service_level": _share(first_met, first_met + first_missed),
        "sla_attainment": _share(met, met + missed),
        "breached": Figure(missed, met + missed),
    }


def _is_first(talk: Talk, turn: Turn | None) -> bool:
    """Whether a turn is the first of its cycle: nothing was answered, and none of another turn is on its way before."""
    if talk.has_answer or turn is None:
        return False
    return all(turn.start_us <= other.start_us for other in (talk.on_way or {}).values())


def _of_resolutions(part: _Part, window: Window, asks: Mapping[int, list[int]]) -> dict[str, Figure]:
    ended = [each for each in part.resolutions if window.has(each.at_us)]
    answered = [each for each in ended if each.reason == "answered"]
    left_out = Counter(each.reason for each in ended if each.reason != "answered")
    return {
        "resolutions": Figure(len(ended), len(ended)),
        **_spread("rt", [each.took_us for each in ended]),
        **_spread("rt_full", [each.took_in_all_us for each in ended]),
        **_spread("interactions", [each.public_replies for each in answered], left_out),
        "customer_messages_median": Figure(
            _median([each.customer_messages for each in answered]), len(answered), left_out
        ),
        "one_touch": _one_touch(answered, window, asks),
        "reopen_rate": _share(sum(window.has(each.at_us) for each in part.reopenings), len(ended)),
    }


def _one_touch(answered: Iterable[Resolution], window: Window, asks: Mapping[int, list[int]]) -> Figure:
    done = of = too_young = 0
    for each in answered:
        if not each.replies:
            continue
        until_us = each.answered_us + ONE_TOUCH_US
        came_back = any(each.answered_us < at_us <= until_us for at_us in asks.get(each.customer_id, ()))
        if each.replies == 1 and not came_back and until_us > window.until_us:
            too_young += 1
            continue
        of += 1
        done += each.replies == 1 and not came_back
    return _share(done, of, {"72 h not over": too_young} if too_young else {})


def _of_backlog(part: _Part, window: Window) -> dict[str, Figure]:
    waiting = [talk for talk in part.talks if talk.is_waiting]
    ages_us = [max(0, window.until_us - talk.waiting_since_us) for talk in waiting]
    left_out = {
        "asleep": sum(bool(talk.turn) and not talk.is_waiting for talk in part.talks),
        "answer on its way": sum(bool(talk.on_way) and not talk.turn for talk in part.talks),
    }
    resolved = sum(window.has(each.at_us) for each in part.resolutions)
    days = (
        Fraction(len(waiting) * (window.until_us - window.since_us), resolved * DAY_US) if resolved else None
    )
    return {
        "backlog": Figure(len(waiting), len(waiting), {name: n for name, n in left_out.items() if n}),
        **{
            f"backlog_{name}": Figure(
                sum(since * HOUR_US <= age and (until is None or age < until * HOUR_US) for age in ages_us),
                len(waiting),
            )
            for name, since, until in BANDS
        },
        "late": Figure(
            sum(talk.turn is not None and talk.turn.due_us < window.until_us for talk in waiting),
            len(waiting),
        ),
        "backlog_days": Figure(days, resolved),
        "oldest": Figure(max(ages_us, default=None), len(waiting)),
    }


# People and hours


def _of_people(ledger: Ledger, facts: Facts, window: Window, backlog: Figure) -> dict[Key, Figure]:
    here = [Stretch(agent, since_us, None) for agent, since_us in ledger.duty.at_desk.items()]
    focus = _time_of(facts.attention, window)
    duty = _time_of([*facts.presence, *here], window)
    answers = Counter(
        reply.agent for reply in facts.replies if reply.agent and window.has(reply.at_us) and reply.asked
    )
    figures: dict[Key, Figure] = {}
    for agent in sorted(focus.keys() | duty.keys() | answers.keys()):
        figures |= _of_time("agent", agent or "", focus[agent], duty[agent], answers[agent])
    figures |= _of_time("all", "", focus.total(), duty.total(), answers.total())
    each = figures["focus_per_answer", "all", ""].value
    wait = None
    if here and each is not None and backlog.value is not None:
        wait_us = Fraction(backlog.value) * each / len(here)
        wait = -(-wait_us // ROUNDED_UP_TO_US) * ROUNDED_UP_TO_US
    figures["predicted_wait", "all", ""] = Figure(wait, len(here))
    return figures


def _of_time(dimension: str, name: str, focus_us: int, duty_us: int, answers: int) -> dict[Key, Figure]:
    return {
        ("focus", dimension, name): Figure(focus_us, answers),
        ("focus_per_answer", dimension, name): Figure(
            Fraction(focus_us, answers) if answers else None, answers
        ),
        ("occupancy", dimension, name): Figure(
            Fraction(focus_us, duty_us) if duty_us else None, duty_us // HOUR_US
        ),
    }


def _time_of(stretches: Iterable[Stretch], window: Window) -> Counter[str]:
    """Microseconds of each agent inside the window; what overlaps counts once."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for each in stretches:
        since_us = max(each.since_us, window.since_us)
        until_us = window.until_us if each.until_us is None else min(each.until_us, window.until_us)
        if until_us > since_us:
            spans.setdefault(each.agent, []).append((since_us, until_us))
    total: Counter[str] = Counter()
    for agent, found in spans.items():
        reached_us = 0
        for since_us, until_us in sorted(found):
            total[agent] += max(0, until_us - max(since_us, reached_us))
            reached_us = max(reached_us, until_us)
    return total


def _by_hour(facts: Facts, window: Window) -> dict[Key, Figure]:
    figures: dict[Key, Figure] = {}
    for name, times in (
        ("arrivals", (one.at_us for one in facts.asked)),
        ("answers", (reply.at_us for reply in facts.replies)),
        ("resolutions", (each.at_us for each in facts.resolutions)),
    ):
        hours = Counter(at_us // HOUR_US for at_us in times if window.has(at_us))
        for hour, number in hours.items():
            figures[name, "hour", str(hour * HOUR_US)] = Figure(number, number)
    return figures


def _asks_by_customer(facts: Facts) -> dict[int, list[int]]:
    asks: dict[int, list[int]] = {}
    for one in facts.asked:
        asks.setdefault(one.customer_id, []).append(one.at_us)
    return asks


# Arithmetic


def _share(part: int, whole: int, left_out: Mapping[str, int] | None = None) -> Figure:
    return Figure(Fraction(part, whole) if whole else None, whole, left_out or {})


def _spread(name: str, values: Sequence[int], left_out: Mapping[str, int] | None = None) -> dict[str, Figure]:
    more = left_out or {}
    return {
        f"{name}_median": Figure(_median(values), len(values), more),
        f"{name}_p90": Figure(_p90(values), len(values), more),
    }


def _median(values: Sequence[int]) -> Value:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if not ordered:
        return None
    return ordered[middle] if len(ordered) % 2 else Fraction(ordered[middle - 1] + ordered[middle], 2)


def _p90(values: Sequence[int]) -> Value:
    """Nearest rank: the smallest value that nine of ten do not pass."""
    ordered = sorted(values)
    return ordered[-(-9 * len(ordered) // 10) - 1] if ordered else None
