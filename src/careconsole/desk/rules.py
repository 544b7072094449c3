"""The rules of a desk as plain values, and putting them in force: open items are placed again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from careconsole.language.emergency import DEFAULT_EMERGENCY, EmergencyWords
from careconsole.language.reading import alarm_in
from careconsole.model.calendar import Calendar
from careconsole.model.event import Detail, canonical_json
from careconsole.model.priority import RankPolicy
from careconsole.model.reply import Mode
from careconsole.store import rules as kept_rules
from careconsole.store.contract import Store, Tx

if TYPE_CHECKING:
    from careconsole.desk.desk import Desk

DEFAULT_UNDO_S: Mapping[Mode, float] = {Mode.PUBLIC: 10.0, Mode.PRIVATE: 5.0, Mode.NOTE: 0.0}


@dataclass(frozen=True, slots=True)
class Rules:
    """Targets, VIPs, calendars, emergency words and undo windows."""

    policy: RankPolicy = field(default_factory=RankPolicy)
    emergency: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_EMERGENCY)
    undo_s: Mapping[Mode, float] = field(default_factory=lambda: DEFAULT_UNDO_S)

    def undo_window_s(self, mode: Mode) -> float:
        """Seconds in which a send can be withdrawn."""
        return self.undo_s.get(mode, 0.0)


def _public(rules: Rules) -> dict[str, Detail]:
    """What the event log keeps of the rules: everything but the names of customers."""
    targets: dict[str, Detail] = {kind.value: minutes for kind, minutes in rules.policy.targets_min.items()}
    calendars: dict[str, Detail] = {name: _calendar(each) for name, each in rules.policy.calendars.items()}
    emergency: dict[str, Detail] = {
        language: list[Detail](words) for language, words in rules.emergency.items()
    }
    vips = len(rules.policy.vips)
    return {"targets_min": targets, "calendars": calendars, "emergency": emergency, "vips": vips}


def _calendar(calendar: Calendar) -> dict[str, Detail]:
    hours: dict[str, Detail] = {
        str(day): [
            [span.since.isoformat(), span.until.isoformat() if span.until else "24:00"] for span in spans
        ]
        for day, spans in calendar.hours.items()
    }
    holidays: dict[str, Detail] = {day.isoformat(): name for day, name in calendar.holidays.items()}
    return {"zone": calendar.zone_name, "always": calendar.always_open, "hours": hours, "holidays": holidays}


def _whole(rules: Rules) -> dict[str, Detail]:
    """What the record keeps of the rules, so that every process can follow them."""
    whole = {**_public(rules), "vips": list[Detail](sorted(rules.policy.vips))}
    if own := rules.policy.own_targets_min:
        whole["own_targets_min"] = dict[str, Detail](own)
    return whole


def digest_of(rules: Rules) -> str:
    """What names one content of the rules."""
    return kept_rules.digest_of(_whole(rules))


async def follow(desk: Desk) -> bool:
    """Work by the rules in force, which another process may have put; False if they cannot be read.

    Undo windows are no matter of the record: they stay as they are.
    """
    whole = await desk.store.read(kept_rules.whole_in_force)
    policy = kept_rules.policy_of(whole)
    if policy is None:
        return False
    words = {language: tuple(each) for language, each in json.loads(whole)["emergency"].items()}
    desk.take_rules(replace(desk.rules, policy=policy, emergency=words))
    return True


async def are_in_force(store: Store, rules: Rules) -> bool:
    """Whether every open item stands where these rules put it."""
    return (
        await store.read(kept_rules.in_force) == digest_of(rules)
        and await store.read(kept_rules.unplaced_after) is None
    )


async def with_sample_vips(store: Store, rules: Rules) -> Rules:
    """The rules; on a sample desk, whoever opens it, the recording's VIPs are on the list."""
    row = await store.read(lambda tx: tx.row("SELECT value FROM fact WHERE name = 'sample'"))
    if row is None:
        return rules
    vips = rules.policy.vips | frozenset(json.loads(row[0]))
    return replace(rules, policy=replace(rules.policy, vips=vips))


async def take_up(desk: Desk, rules: Rules) -> int:
    """Work by changed rules from now on; how many open items have another place."""
    rules = await with_sample_vips(desk.store, rules)
    desk.take_rules(rules)
    return await put_in_force(desk.store, rules) or 0


async def put_in_force(store: Store, rules: Rules) -> int | None:
    """Rank by these rules from now on; how many open items moved, or None if the rules held already.

    Items that an earlier process left unplaced when it ended are placed now.
    """
    store.policy = rules.policy
    digest, public, whole = digest_of(rules), _public(rules), canonical_json(_whole(rules))
    if await store.read(kept_rules.in_force) != digest:
        await store.write(lambda tx: kept_rules.put_in_force(tx, digest, public, whole))
    after_id = await store.read(kept_rules.unplaced_after)
    if after_id is None:
        return None
    words = EmergencyWords(rules.emergency)

    async def place_next(tx: Tx, start: int) -> tuple[int, int, int | None]:
        if await kept_rules.in_force(tx) != digest:
            return 0, 0, None  # newer rules, and who put them places everything
        return await kept_rules.place_again(tx, start, lambda text: alarm_in(text, words))

    moved = 0
    while after_id is not None:
        _, some_moved, after_id = await store.write(partial(place_next, start=after_id))
        moved += some_moved
    return moved
