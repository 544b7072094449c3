"""The event log, folded once from its beginning: what waits, what was answered, what ended how.

Every number is counted from what comes out of here; `audit` counts it a second time in another way. A kind of event
that is not known is passed over.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from careconsole.desk.reporting.duty import Duty
from careconsole.desk.reporting.facts import (
    Asked,
    Fate,
    Lapsed,
    Move,
    Reopening,
    Reply,
    Resolution,
    Sink,
    Stretch,
    Turn,
)
from careconsole.desk.reporting.promise import Promise
from careconsole.desk.reporting.talk import Talk
from careconsole.desk.reporting.turns import Turns
from careconsole.model.conversation import FOCUS_LASTS_S
from careconsole.model.priority import RankPolicy
from careconsole.store.contract import StoreError
from careconsole.store.events import LogRow

_REACH_BACK = 64
"""So many acts of an agent are remembered, of which the last 50 can be undone."""


_DEFAULT = RankPolicy()


@lru_cache(maxsize=4096)
def _arrival(details: str) -> dict[str, Any]:
    """Most arrivals say one of few things."""
    found: dict[str, Any] = json.loads(details)
    return found


_ANSWERS, _DIRECT = '"answers":[', '"visibility":"direct"'
"""How these stand in canonical JSON; everything else in an event of a reply is a number or a name of ours."""


def _answers(details: str) -> list[int]:
    """The ids of the messages that a reply answers: a reply has two such events, so it is read without JSON."""
    start = details.index(_ANSWERS) + len(_ANSWERS)
    ids = details[start : details.index("]", start)]
    return [int(id) for id in ids.split(",")] if ids else []


def _add(talk: Talk, outbox_id: int) -> None:
    if talk.leaving is None:
        talk.leaving = {outbox_id}
    else:
        talk.leaving.add(outbox_id)


def _sleep(talk: Talk, left: list[Any] | None) -> None:
    """`left` of a sleep: whether it goes on, until when, since when it is over, and the newest reply then."""
    sleeps, due_us, back_us, after = left or (0, None, None, 0)
    talk.sleeps_until_us = due_us if sleeps else None
    talk.back_us, talk.after_outbox = back_us, after


class Ledger:
    """Takes events in their order, and tells its sink what they mean."""

    def __init__(self, sink: Sink, accounts: Mapping[int, str], policy: RankPolicy = _DEFAULT) -> None:
        """`accounts`: names by id; they may grow while events are taken. `policy` holds until rules are set."""
        self.talks: dict[int, Talk] = {}
        self.seq = 0
        """The newest event taken."""
        self.touched: set[int] = set()
        """Conversations of which something changed; whoever follows them empties it."""
        self.promise = Promise(accounts, policy)
        self.duty = Duty(sink)
        self._turns = Turns(self.promise)
        self._sink = sink
        self._acts: dict[str, deque[tuple[int, str]]] = {}
        self._take: dict[str, Callable[[LogRow], None]] = {
            "arrived": self._arrived,
            "edited": self._edited,
            "deleted": self._deleted,
            "kind_set": self._kind_set,
            "tier_set": self._tier_set,
            "focus": self._focus,
            "queued": self._queued,
            "cancelled": self._returned,
            "failed": self._returned,
            "unknown": self._unknown,
            "sent": self._sent,
            "answered_elsewhere": self._answered_elsewhere,
            "resolved": self._resolved,
            "reopened": self._reopened,
            "undone": self._undone,
            "rules_set": self._rules_set,
            "snoozed": self._snoozed,
            "woken": self._woken,
            "assigned": self._assigned,
            "signed_on": self._at_desk,
            "signed_off": self._at_desk,
            "away": self._at_desk,
            "back": self._at_desk,
        }

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of events that mean anything here."""
        return tuple(self._take)

    def take(self, rows: Iterable[LogRow]) -> None:
        """Take further events, the oldest first. Raises StoreError for one that makes no sense."""
        known, seq = self._take, self.seq
        try:
            for row in rows:
                seq = row[0]
                take = known.get(row[1])
                if take is not None:
                    take(row)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise StoreError(
                f"Event {seq} of the log cannot be understood, so nothing was counted. "
                "careconsole audit says whether it was changed."
            ) from error
        self.seq = seq

    def _talk(self, row: LogRow) -> Talk:
        """The conversation of an event; one that was begun before the first event taken is made."""
        talk = self.talks.get(row[7])
        if talk is None:
            talk = self.talks[row[7]] = Talk(row[7], row[5], row[6], row[2], row[8] or 1)
        self.touched.add(row[7])
        return talk

    # What customers do

    def _arrived(self, row: LogRow) -> None:
        said = _arrival(row[11])
        talk = self._talk(row)
        talk.customer_messages += 1
        if not said["waits"]:
            return
        if talk.sleeps_until_us is None and talk.back_us is not None and not talk.is_waiting:
            talk.back_us = None
        one = Asked(
            row[9], row[2], row[5], row[6], row[7], row[8], said["kind"], said.get("language", ""),
            said["visibility"], said["tier"], said["vip"],
        )  # fmt: skip
        if one.tier == 0:
            talk.tier = 0
        if talk.first is None or one.at_us < talk.first.at_us:
            talk.first = one
        self._turns.join(talk, one, row[3])
        self._sink.ask(one)

    def _edited(self, row: LogRow) -> None:
        said = json.loads(row[11])
        talk = self.talks.get(row[7])
        if talk is None or "late" in said:
            return
        self.touched.add(talk.id)
        one = self._turns.open_message(talk, row[9])
        self._turns.pass_by(talk, row[3])
        if one is not None:
            one.language = said.get("language", one.language)
            if not one.is_kind_set:
                one.kind = said.get("kind", one.kind)
        if said.get("tier") == 0 and not talk.is_resolved:
            talk.tier = 0
        self._turns.promise_anew(talk)

    def _deleted(self, row: LogRow) -> None:
        talk = self.talks.get(row[7])
        if talk is None:
            return
        self.touched.add(talk.id)
        for turn in self._turns.of(talk):
            one = turn.asked.get(row[9])
            if one is not None:
                if self._turns.leave(talk, turn, one.id, row[3]):
                    self._lapse(turn, talk, row[2])
                one.fate, one.settled_us, one.is_deleted = Fate.DELETED, row[2], True
                return
        for one in talk.resolution.asked if talk.resolution else ():
            one.is_deleted = one.is_deleted or one.id == row[9]

    def _reopened(self, row: LogRow) -> None:
        talk = self._talk(row)
        said = json.loads(row[11])
        if "reason" in said:
            resolution = talk.resolution
            self._take_back_resolution(talk)
            talk.tier = said.get("tier", 1)
            _sleep(talk, said.get("sleep"))
            self._turns.promise_anew(talk)
            self._turns.put_back_closed(talk, resolution, set(said.get("waits", ())), row[3])
            return
        talk.begin_cycle(row[8])
        self._sink.reopen(Reopening(row[2], row[5], row[7]))

    # What agents say of a conversation

    def _kind_set(self, row: LogRow) -> None:
        self._remember(row)
        said = json.loads(row[11])
        self._set_kinds(row, {was[0]: (said["kind"], True) for was in said["was"]})

    def _set_kinds(self, row: LogRow, kinds: Mapping[int, tuple[str, bool]]) -> None:
        talk = self._talk(row)
        self._turns.pass_by(talk, row[3])
        for id, (kind, by_hand) in kinds.items():
            one = self._turns.open_message(talk, id)
            if one is not None:
                one.kind, one.is_kind_set = kind, by_hand
        self._turns.promise_anew(talk)

    def _tier_set(self, row: LogRow) -> None:
        if row[4] is not None:
            self._remember(row)
        self._set_tier(row, json.loads(row[11])["tier"])

    def _set_tier(self, row: LogRow, tier: int) -> None:
        talk = self._talk(row)
        self._turns.pass_by(talk, row[3])
        talk.tier = tier
        self._turns.promise_anew(talk)

    def _snoozed(self, row: LogRow) -> None:
        self._remember(row)
        talk = self._talk(row)
        talk.sleeps_until_us, talk.back_us, talk.after_outbox = json.loads(row[11])["due_us"], None, 0

    def _woken(self, row: LogRow) -> None:
        talk = self._talk(row)
        talk.sleeps_until_us, talk.back_us = None, row[2]
        talk.after_outbox = json.loads(row[11]).get("after", 0)

    def _assigned(self, row: LogRow) -> None:
        self._remember(row)
        said = json.loads(row[11])
        before = (said["was_owner"], "" if said["was_owner"] else said["was_team"])
        after = (said["to"], "") if said["to_kind"] == "person" else (None, said["to"])
        if before == after:
            return
        talk = self._talk(row)
        first = talk.first
        move = Move(
            row[2], row[4] or "", row[5], row[7],
            first.kind if first else "", (first.language or "unknown") if first else "",
        )  # fmt: skip
        talk.moves = (talk.moves or {}) | {row[0]: move}
        self._sink.move(move)

    def _rules_set(self, row: LogRow) -> None:
        open_ones = [talk for talk in self.talks.values() if talk.turn is not None or talk.on_way]
        for talk in open_ones:
            self._turns.pass_by(talk, row[3])
        self.promise.take_rules(json.loads(row[11]))
        for talk in open_ones:
            self._turns.promise_anew(talk)
            self.touched.add(talk.id)

    # Replies

    def _queued(self, row: LogRow) -> None:
        talk = self._talk(row)
        ids = _answers(row[11])
        _add(talk, row[10])
        if talk.unknown:
            talk.unknown.discard(row[10])
        leaving = self._turns.part(talk, ids, row[3])
        if leaving.asked:
            self._take_back_lapses(talk, leaving)
            if talk.on_way is None:
                talk.on_way = {}
            talk.on_way[row[10]] = leaving

    def _returned(self, row: LogRow) -> None:
        """A reply failed, was withdrawn, or may have been lost: what it was to answer waits again."""
        talk = self._talk(row)
        if talk.leaving:
            talk.leaving.discard(row[10])
        if talk.unknown:
            talk.unknown.discard(row[10])
        turn = talk.on_way.pop(row[10], None) if talk.on_way else None
        if turn is not None:
            self._turns.put_back(talk, turn, row[3])

    def _unknown(self, row: LogRow) -> None:
        self._returned(row)
        talk = self._talk(row)
        talk.unknown = (talk.unknown or set()) | {row[10]}

    def _sent(self, row: LogRow) -> None:
        talk = self._talk(row)
        if talk.unknown:
            talk.unknown.discard(row[10])
        _add(talk, row[10])
        turn = talk.on_way.pop(row[10], None) if talk.on_way else None
        if turn is None:
            turn = self._turns.part(talk, _answers(row[11]), row[3])
        self._answer(talk, turn, row, "private" if _DIRECT in row[11] else "public")

    def _answered_elsewhere(self, row: LogRow) -> None:
        said = json.loads(row[11])
        talk = self._talk(row)
        talk.elsewhere_us = max(talk.elsewhere_us, row[2])
        visibility = "private" if said.get("visibility") == "direct" else "public"
        self._answer(talk, self._turns.part(talk, said["answers"], row[3]), row, visibility)

    def _answer(self, talk: Talk, turn: Turn, row: LogRow, visibility: str) -> None:
        """Count a reply and what it answers; the cycle's end, if it was resolved before, is counted anew."""
        at_us = row[2]
        self._take_back_lapses(talk, turn)
        asked = tuple(turn.asked.values())
        reply = Reply(at_us, row[4], row[5], row[6], row[7], row[8], visibility, asked)
        for one in asked:
            one.fate, one.settled_us, one.reason = Fate.ANSWERED, at_us, ""
        if asked:
            reply.is_first, talk.has_answer = not talk.has_answer, True
            reply.waited_us = self.promise.span_us(turn.start_us, at_us, talk.account_id)
            reply.missed_us = turn.missed_us(at_us)
        reply.is_begun_in_public = talk.first is not None and talk.first.visibility != "direct"
        talk.replies += 1
        talk.public_replies += visibility == "public"
        talk.answered_us = max(talk.answered_us, at_us)
        self._sink.reply(reply)
        if talk.resolution is not None:
            self._count_resolution_anew(talk, talk.resolution)

    # The end of a cycle, and taking it back

    def _resolved(self, row: LogRow) -> None:
        self._remember(row)
        talk = self._talk(row)
        said = json.loads(row[11])
        asked: tuple[Asked, ...] = ()
        if talk.turn is not None:
            self.promise.pass_by(talk.turn, row[3])
            asked = tuple(talk.turn.asked.values())
            for one in asked:
                one.fate, one.settled_us, one.reason = Fate.CLOSED, row[2], said["reason"]
            talk.lapses = self._lapse(talk.turn, talk, row[2])
            talk.turn = None
        talk.is_resolved = True
        first = talk.first
        began_us = row[2] if first is None else first.at_us
        talk.resolution = Resolution(
            row[2], row[4] or "", said["reason"], row[5], row[6], row[7], row[8],
            first.kind if first else "", first.language if first else "",
            self.promise.span_us(began_us, row[2], row[5]),
            self.promise.span_us(min(talk.created_us, began_us), row[2], row[5]),
            talk.customer_messages, talk.public_replies, talk.replies, talk.answered_us, asked,
        )  # fmt: skip
        self._sink.resolve(talk.resolution)

    def _count_resolution_anew(self, talk: Talk, resolution: Resolution) -> None:
        self._sink.resolve(resolution, is_back=True)
        resolution.public_replies, resolution.replies = talk.public_replies, talk.replies
        resolution.answered_us = talk.answered_us
        self._sink.resolve(resolution)

    def _undone(self, row: LogRow) -> None:
        said = json.loads(row[11])
        if said.get("refused"):
            return
        details = next((text for seq, text in self._acts.get(row[4] or "", ()) if seq == said["event"]), None)
        if details is None:
            return
        was = json.loads(details)
        match said["act"]:
            case "resolved":
                self._open_again(self._talk(row), was["tier"], row[3])
                _sleep(self._talk(row), said.get("sleep"))
            case "kind_set":
                self._set_kinds(row, {id: (kind, by in ("agent", "given")) for id, kind, by in was["was"]})
            case "tier_set":
                self._set_tier(row, was["was"])
            case "assigned":
                move = (self._talk(row).moves or {}).pop(said["event"], None)
                if move is not None:
                    self._sink.move(move, is_back=True)
            case "snoozed":
                self._sleep_as_before(self._talk(row), was["was"])

    def _open_again(self, talk: Talk, tier: int, at_us: int) -> None:
        resolution = talk.resolution
        self._take_back_resolution(talk)
        talk.tier = tier
        if resolution is not None:
            self._turns.put_back_closed(talk, resolution, {one.id for one in resolution.asked}, at_us)

    def _take_back_resolution(self, talk: Talk) -> None:
        talk.is_resolved = False
        for lapsed in talk.lapses:
            self._sink.lapse(lapsed, is_back=True)
        if talk.resolution is not None:
            self._sink.resolve(talk.resolution, is_back=True)
        talk.resolution, talk.lapses = None, ()

    def _sleep_as_before(self, talk: Talk, was: list[Any] | None) -> None:
        """`was`: cycle, agent, mode, sleeps, due_us, woken_us, woken_by, after_outbox_id, note and event; or nothing."""
        talk.sleeps_until_us, talk.back_us, talk.after_outbox = None, None, 0
        if was is not None and was[0] == talk.cycle:
            talk.sleeps_until_us = was[4] if was[3] else None
            talk.back_us, talk.after_outbox = was[5], was[7]

    def _lapse(self, turn: Turn, talk: Talk, end_us: int) -> tuple[Lapsed, ...]:
        """What waited ends without an answer: if its promise had passed, that stays counted."""
        missed_us = turn.missed_us(end_us)
        if missed_us is not None:
            lapsed = Lapsed(missed_us, tuple(turn.asked.values()), not talk.has_answer)
            self._sink.lapse(lapsed)
            return (lapsed,)
        return ()

    def _take_back_lapses(self, talk: Talk, turn: Turn) -> None:
        """It was answered after all, late: the reply counts it."""
        for lapsed in talk.lapses:
            if any(one.id in turn.asked for one in lapsed.asked):
                self._sink.lapse(lapsed, is_back=True)
                talk.lapses = tuple(other for other in talk.lapses if other is not lapsed)

    # People

    def _focus(self, row: LogRow) -> None:
        said = json.loads(row[11])
        until_us = min(row[2], said["last_key_us"] + FOCUS_LASTS_S * 1_000_000)
        if row[4] is not None and until_us > said["started_us"]:
            self._sink.focus(Stretch(row[4], said["started_us"], until_us, row[7], row[5]))

    def _at_desk(self, row: LogRow) -> None:
        self.duty.take(row[1], row[4] or "", row[2], json.loads(row[11]).get("session", ""))

    # Odds and ends

    def _remember(self, row: LogRow) -> None:
        acts = self._acts.setdefault(row[4] or "", deque(maxlen=_REACH_BACK))
        acts.append((row[0], row[11]))
