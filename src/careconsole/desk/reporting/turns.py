"""How the unanswered messages of a conversation part and come together again, each time with its promise."""

from __future__ import annotations

from collections.abc import Iterable

from careconsole.desk.reporting.facts import Asked, Fate, Resolution, Turn
from careconsole.desk.reporting.promise import Promise
from careconsole.desk.reporting.talk import Talk


class Turns:
    """Moves messages between what waits, what is on its way and what a resolution closed.

    `at_us` is when the record learnt of it: what was promised until then and has passed stays missed.
    """

    def __init__(self, promise: Promise) -> None:
        self._promise = promise

    def of(self, talk: Talk) -> list[Turn]:
        """What waits, and what is on its way."""
        turns = [] if talk.turn is None else [talk.turn]
        return [*turns, *talk.on_way.values()] if talk.on_way else turns

    def open_message(self, talk: Talk, id: int) -> Asked | None:
        """A message that waits or is on its way to be answered."""
        return next((turn.asked[id] for turn in self.of(talk) if id in turn.asked), None)

    def pass_by(self, talk: Talk, at_us: int) -> None:
        """Before what is promised changes."""
        for turn in self.of(talk):
            self._promise.pass_by(turn, at_us)

    def promise_anew(self, talk: Talk) -> None:
        """After a kind, the tier or the rules changed."""
        for turn in self.of(talk):
            self._promise.begin(turn, talk)

    def join(self, talk: Talk, one: Asked, at_us: int) -> None:
        """A message waits too."""
        if talk.turn is None:
            talk.turn = self._promise.begin_with(one, talk)
        else:
            self._promise.pass_by(talk.turn, at_us)
            self._promise.join(talk.turn, one, talk)

    def leave(self, talk: Talk, turn: Turn, id: int, at_us: int) -> bool:
        """A message is taken back; whether it was the last one, which ends the turn."""
        self._promise.pass_by(turn, at_us)
        if len(turn.asked) > 1:
            del turn.asked[id]
            self._promise.begin(turn, talk)
            return False
        if turn is talk.turn:
            talk.turn = None
        elif talk.on_way:
            talk.on_way = {outbox: other for outbox, other in talk.on_way.items() if other is not turn}
        return True

    def part(self, talk: Talk, ids: Iterable[int], at_us: int) -> Turn:
        """Take messages out of what waits, or of what was closed with the cycle. What stays begins anew."""
        wanted, turn = set(ids), talk.turn
        if turn is not None and turn.asked.keys() == wanted:
            self._promise.pass_by(turn, at_us)
            talk.turn = None
            return turn
        mine = {} if turn is None else {id: one for id, one in turn.asked.items() if id in wanted}
        if turn is not None and mine:
            self._promise.pass_by(turn, at_us)
            turn.asked = {id: one for id, one in turn.asked.items() if id not in wanted}
            for one in turn.asked.values():
                one.missed_us = None
            if turn.asked:
                self._promise.begin(turn, talk)
            else:
                talk.turn = None
        elif talk.resolution is not None:
            mine = {one.id: one for one in talk.resolution.asked if one.id in wanted and not one.is_deleted}
            for one in mine.values():
                one.fate, one.settled_us, one.reason = Fate.OPEN, 0, ""
        parted = Turn(mine)
        if mine:
            self._promise.begin(parted, talk)
        return parted

    def put_back(self, talk: Talk, turn: Turn, at_us: int) -> None:
        """They wait again, with what waits already."""
        self._promise.pass_by(turn, at_us)
        if talk.turn is not None:
            self._promise.pass_by(talk.turn, at_us)
            turn = Turn({**turn.asked, **talk.turn.asked})
        for one in turn.asked.values():
            one.fate, one.settled_us, one.reason = Fate.OPEN, 0, ""
        talk.turn = turn
        self._promise.begin(turn, talk)

    def put_back_closed(self, talk: Talk, resolution: Resolution | None, ids: set[int], at_us: int) -> None:
        """Of what a resolution closed these wait again; what is on its way to be answered goes on its way."""
        closed = [] if resolution is None else [one for one in resolution.asked if one.id in ids]
        closed = [one for one in closed if one.fate is Fate.CLOSED and not one.is_deleted]
        for one in closed:
            one.fate, one.settled_us, one.reason = Fate.OPEN, 0, ""
        leaving = {id for turn in (talk.on_way or {}).values() for id in turn.asked}
        turn = Turn({one.id: one for one in closed if one.id not in leaving})
        if turn.asked:
            self._promise.begin(turn, talk)
            self.put_back(talk, turn, at_us)
