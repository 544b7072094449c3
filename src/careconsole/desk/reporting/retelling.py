"""The second, plain route from the event log to the facts: one conversation at a time, everything asked anew at each event.

Slow and simple on purpose, and of its own: `audit` holds it against what the ledger says. All it shares with the other
route is the arithmetic of calendars. Times are microseconds since 1970.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from careconsole.desk.reporting.stories import Ended, Message, Missed, Moved, Rules, Said, Story
from careconsole.store.events import LogRow


def retell(events: Sequence[LogRow], rules: Rules) -> Story:
    """One conversation from its events and those that put rules in force, in their order."""
    first = next(row for row in events if row[7] is not None)
    story = Story(first[5], first[6], first[2], rules=rules)
    teller = _Teller(story, rules, {row[0]: row for row in events})
    for row in events:
        if row[1] == "rules_set" or row[7] is not None:
            teller.tell(row)
    return story


class _Teller:
    """Goes through the events of one conversation."""

    def __init__(self, story: Story, rules: Rules, events: Mapping[int, LogRow]) -> None:
        self.story = story
        self.rules = rules
        self.events = events
        self.has_begun = False

    def tell(self, row: LogRow) -> None:
        """One event."""
        details = json.loads(row[11])
        if not self.has_begun and row[7] is not None:
            self.has_begun = True
            self.story.cycle = row[8] or 1
        for group in self.story.groups():
            due_us = self.due_us(group)
            for one in group if due_us < row[3] else ():
                one.missed_us = due_us if one.missed_us is None else one.missed_us
        tell = getattr(self, f"_{row[1]}", None)
        if tell is not None:
            tell(row, details)

    def due_us(self, group: Sequence[Message]) -> int:
        return self.story.due_us(group)

    def missed_us(self, group: Sequence[Message], end_us: int) -> int | None:
        """When the promise to these passed before an instant."""
        passed = [one.missed_us for one in group if one.missed_us is not None] + [self.due_us(group)]
        before = [us for us in passed if us < end_us]
        return min(before) if before else None

    def _rules_set(self, row: LogRow, details: Any) -> None:
        self.rules.put(details)

    def _arrived(self, row: LogRow, details: Any) -> None:
        story = self.story
        story.arrived.append((story.cycle, row[9]))
        if not details["waits"]:
            return
        if story.asleep_until_us is None and story.back_us is not None and not story.is_waiting():
            story.back_us = None
        one = Message(
            row[9], row[2], row[5], row[6], row[7], details["kind"], details.get("language", ""),
            details["visibility"] != "direct", details["tier"], details["vip"],
        )  # fmt: skip
        story.messages[one.id] = one
        if one.tier == 0:
            story.tier = 0
        earliest = story.firsts.get(story.cycle)
        if earliest is None or one.at_us < earliest.at_us:
            story.firsts[story.cycle] = one

    def _edited(self, row: LogRow, details: Any) -> None:
        one = self.story.messages.get(row[9])
        if "late" in details:
            return
        if one is not None and one.state in ("waits", "leaving"):
            one.language = details.get("language", one.language)
            one.kind = one.kind if one.kind_by_hand else details.get("kind", one.kind)
        if details.get("tier") == 0 and not self.story.is_resolved:
            self.story.tier = 0

    def _deleted(self, row: LogRow, details: Any) -> None:
        one = self.story.messages.get(row[9])
        if one is None:
            return
        if one.state in ("waits", "leaving"):
            group = next(group for group in self.story.groups() if one in group)
            missed_us = self.missed_us(group, row[2])
            if len(group) == 1 and missed_us is not None:
                self.story.missed.append(Missed(missed_us, group, not self._has_answer(), 0))
            one.state, one.settled_us = "deleted", row[2]
        one.is_deleted = True

    def _has_answer(self) -> bool:
        return any(each.cycle == self.story.cycle and each.answered for each in self.story.said)

    def _kind_set(self, row: LogRow, details: Any) -> None:
        for id, _, _ in details["was"]:
            self._set_kind(id, details["kind"], True)

    def _set_kind(self, id: int, kind: str, by_hand: bool) -> None:
        one = self.story.messages.get(id)
        if one is not None and one.state in ("waits", "leaving"):
            one.kind, one.kind_by_hand = kind, by_hand

    def _tier_set(self, row: LogRow, details: Any) -> None:
        self.story.tier = details["tier"]

    def _queued(self, row: LogRow, details: Any) -> None:
        self.story.replies[row[10]] = "queued"
        ids = set(details["answers"])
        leaving = self._those(ids)
        for one in leaving:
            one.state, one.outbox_id = "leaving", row[10]
        self._not_missed(leaving)
        self._others_begin_anew(leaving)

    def _those(self, ids: set[int]) -> list[Message]:
        """What waits of these; nothing of them waits any more: what was closed of them."""
        waiting = [one for id, one in self.story.messages.items() if id in ids and one.state == "waits"]
        if waiting or not self.story.is_resolved:
            return waiting
        newest = self.story.ended[-1].event
        return [
            one
            for id, one in self.story.messages.items()
            if id in ids
            and one.closed_by == newest
            and not one.is_deleted
            and one.state in ("closed", "answered")
        ]

    def _not_missed(self, messages: Sequence[Message]) -> None:
        """An answer to what was closed is on its way, or there: it tells whether the promise was kept."""
        self.story.missed = [
            each
            for each in self.story.missed
            if not each.event or not any(one in messages for one in each.messages)
        ]

    def _others_begin_anew(self, gone: Sequence[Message]) -> None:
        if gone:
            for one in self.story.messages.values():
                if one.state == "waits":
                    one.missed_us = None

    def _cancelled(self, row: LogRow, details: Any) -> None:
        self._return(row, "cancelled")

    def _failed(self, row: LogRow, details: Any) -> None:
        self._return(row, "failed")

    def _unknown(self, row: LogRow, details: Any) -> None:
        self._return(row, "unknown")

    def _return(self, row: LogRow, state: str) -> None:
        self.story.replies[row[10]] = state
        for one in self.story.messages.values():
            if one.state == "leaving" and one.outbox_id == row[10]:
                one.state, one.outbox_id, one.closed_by, one.reason = "waits", 0, 0, ""

    def _sent(self, row: LogRow, details: Any) -> None:
        self.story.replies[row[10]] = "sent"
        leaving = [
            one for one in self.story.messages.values() if one.state == "leaving" and one.outbox_id == row[10]
        ]
        self._say(row, leaving or self._those(set(details["answers"])), details["visibility"] == "direct")

    def _answered_elsewhere(self, row: LogRow, details: Any) -> None:
        self.story.elsewhere_us = max(self.story.elsewhere_us, row[2])
        self._say(row, self._those(set(details["answers"])), details.get("visibility") == "direct")

    def _say(self, row: LogRow, answered: list[Message], is_private: bool) -> None:
        story, first = self.story, self.story.firsts.get(self.story.cycle)
        was_waiting = [one for one in answered if one.state == "waits"]
        said = Said(
            row[2], row[4], row[5], row[6], row[7], row[8], is_private, answered,
            bool(answered) and not self._has_answer(), first is not None and first.is_public,
        )  # fmt: skip
        if answered:
            start_us = sorted(one.at_us for one in answered)[0]
            said.waited_us = self.rules.span_us(start_us, row[2], story.account_id)
            said.missed_us = self.missed_us(answered, row[2])
        for one in answered:
            one.state, one.reason, one.settled_us = "answered", "", row[2]
        self._others_begin_anew(was_waiting)
        self._not_missed(answered)
        story.said.append(said)

    def _resolved(self, row: LogRow, details: Any) -> None:
        story = self.story
        waiting = [one for one in story.messages.values() if one.state == "waits"]
        if waiting:
            missed_us = self.missed_us(waiting, row[2])
            if missed_us is not None:
                story.missed.append(Missed(missed_us, waiting, not self._has_answer(), row[0]))
        for one in waiting:
            one.state, one.closed_by, one.reason = "closed", row[0], details["reason"]
            one.settled_us = row[2]
        first = story.firsts.get(story.cycle)
        since_us = first.at_us if first is not None else row[2]
        story.is_resolved = True
        story.ended.append(
            Ended(
                row[0], row[2], row[4] or "", details["reason"], row[5], row[6], row[7], row[8], first,
                first.kind if first else "", first.language if first else "",
                self.rules.span_us(since_us, row[2], row[5]),
                self.rules.span_us(min(since_us, story.began_us), row[2], row[5]),
                sum(cycle == story.cycle for cycle, _ in story.arrived),
            )
        )  # fmt: skip

    def _reopened(self, row: LogRow, details: Any) -> None:
        story = self.story
        if "reason" not in details:
            story.is_resolved, story.cycle, story.tier = False, row[8], 1
            story.asleep_until_us = story.back_us = None
            story.newest_reply_when_back = 0
            story.came_back.append(row[2])
            return
        event = story.ended[-1].event if story.is_resolved else 0
        self._not_resolved()
        story.tier = details.get("tier", 1)
        self._sleep(details.get("sleep"))
        self._open(event, set(details.get("waits", ())))

    def _not_resolved(self) -> None:
        if self.story.is_resolved:
            self.story.is_resolved = False
            ended = self.story.ended.pop()
            self.story.missed = [each for each in self.story.missed if each.event != ended.event]

    def _open(self, event: int, ids: set[int] | None) -> None:
        """What an event closed waits again: these, or all."""
        for one in self.story.messages.values():
            is_meant = event and one.closed_by == event and (ids is None or one.id in ids)
            if is_meant and one.state == "closed" and not one.is_deleted:
                one.state, one.closed_by, one.reason = "waits", 0, ""

    def _undone(self, row: LogRow, details: Any) -> None:
        act = self.events.get(details["event"])
        if details.get("refused") or act is None:
            return
        was, story = json.loads(act[11]), self.story
        if act[1] == "resolved":
            self._not_resolved()
            story.tier = was["tier"]
            self._sleep(details.get("sleep"))
            self._open(act[0], None)
        elif act[1] == "kind_set":
            for id, kind, by in was["was"]:
                self._set_kind(id, kind, by in ("agent", "given"))
        elif act[1] == "tier_set":
            story.tier = was["was"]
        elif act[1] == "assigned":
            story.moved = [each for each in story.moved if each.event != act[0]]
        elif act[1] == "snoozed":
            self._sleep_as_before(was["was"])

    def _assigned(self, row: LogRow, details: Any) -> None:
        if details["to_kind"] == "person":
            is_as_before = details["to"] == details["was_owner"]
        else:
            is_as_before = not details["was_owner"] and details["to"] == details["was_team"]
        first = self.story.firsts.get(self.story.cycle)
        if not is_as_before:
            kind, language = (first.kind, first.language) if first else ("", "")
            self.story.moved.append(Moved(row[0], row[2], row[4] or "", row[5], first, kind, language))

    def _sleep_as_before(self, was: Any) -> None:
        story = self.story
        story.asleep_until_us, story.back_us, story.newest_reply_when_back = None, None, 0
        if was is not None and was[0] == story.cycle:
            story.asleep_until_us = was[4] if was[3] else None
            story.back_us, story.newest_reply_when_back = was[5], was[7]

    def _sleep(self, left: Any) -> None:
        story = self.story
        if left is None:
            story.asleep_until_us, story.back_us, story.newest_reply_when_back = None, None, 0
        else:
            story.asleep_until_us = left[1] if left[0] else None
            story.back_us, story.newest_reply_when_back = left[2], left[3]

    def _snoozed(self, row: LogRow, details: Any) -> None:
        story = self.story
        story.asleep_until_us, story.back_us, story.newest_reply_when_back = details["due_us"], None, 0

    def _woken(self, row: LogRow, details: Any) -> None:
        story = self.story
        story.asleep_until_us, story.back_us = None, row[2]
        story.newest_reply_when_back = details.get("after", 0)
