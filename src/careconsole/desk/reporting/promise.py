"""Until when an answer is promised, by the rules that were in force at the time (product.md 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from careconsole.desk.reporting.facts import Asked, Turn
from careconsole.desk.reporting.talk import Talk
from careconsole.model.calendar import ALWAYS_OPEN, Calendar, add_business_minutes, business_span, calendar_of
from careconsole.model.instant import from_us, to_us
from careconsole.model.priority import EMERGENCY_TARGET_MIN, RankPolicy

_MIN_US = 60_000_000


class Promise:
    """Targets and calendars in force, and what follows from them for a turn."""

    def __init__(self, accounts: Mapping[int, str], policy: RankPolicy) -> None:
        """`accounts`: names by id; `policy` holds until the first `rules_set` event."""
        self.accounts = accounts
        self._targets_min = {kind.value: minutes for kind, minutes in policy.targets_min.items()}
        self._calendars = dict(policy.calendars)

    def take_rules(self, rules: Mapping[str, Any]) -> None:
        """From now on these rules are in force, as a `rules_set` event holds them; what cannot be read is left out."""
        targets = rules.get("targets_min")
        if isinstance(targets, dict):
            self._targets_min.update({kind: at for kind, at in targets.items() if isinstance(at, int)})
        self._calendars = {}
        for name, kept in rules.get("calendars", {}).items():
            try:
                self._calendars[name] = calendar_of(kept)
            except (ValueError, KeyError, OSError):
                continue

    def calendar(self, account_id: int) -> Calendar:
        """The calendar of an account."""
        if not self._calendars:
            return ALWAYS_OPEN
        return self._calendars.get(self.accounts.get(account_id, ""), ALWAYS_OPEN)

    def begin(self, turn: Turn, talk: Talk) -> None:
        """A turn is made, or its messages or their kinds are others now."""
        messages = turn.asked.values()
        turn.start_us = min([one.at_us for one in messages])
        turn.target_min = min([self._targets_min[one.kind] for one in messages])
        turn.due_us = self._due_us(turn, talk)

    def begin_with(self, one: Asked, talk: Talk) -> Turn:
        """The turn of a single message."""
        turn = Turn({one.id: one}, one.at_us, self._targets_min[one.kind])
        turn.due_us = self._due_us(turn, talk)
        return turn

    def join(self, turn: Turn, one: Asked, talk: Talk) -> None:
        """A message waits in a turn too."""
        turn.asked[one.id] = one
        turn.start_us = min(turn.start_us, one.at_us)
        turn.target_min = min(turn.target_min, self._targets_min[one.kind])
        turn.due_us = self._due_us(turn, talk)

    def pass_by(self, turn: Turn, at_us: int) -> None:
        """Before something changes at an instant: a promise that has passed by then stays missed."""
        if turn.due_us < at_us:
            for one in turn.asked.values():
                if one.missed_us is None:
                    one.missed_us = turn.due_us

    def _due_us(self, turn: Turn, talk: Talk) -> int:
        """The smallest target of what waits, from the earliest message on; five minutes by day and night in tier 0."""
        if talk.tier == 0:
            return turn.start_us + EMERGENCY_TARGET_MIN * _MIN_US
        if not self._calendars or (calendar := self.calendar(talk.account_id)).always_open:
            return turn.start_us + turn.target_min * _MIN_US
        return to_us(add_business_minutes(from_us(turn.start_us), turn.target_min, calendar))

    def span_us(self, start_us: int, end_us: int, account_id: int) -> int:
        """How long an account was open between two instants."""
        if not self._calendars or (calendar := self.calendar(account_id)).always_open:
            return max(0, end_us - start_us)
        span = business_span(from_us(start_us), from_us(end_us), calendar)
        return (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds
