"""The promises of a practice desk: until when the scenario wants each message answered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from careconsole.channels.recording import Said
from careconsole.desk.practice.scenario import Scenario
from careconsole.desk.rules import Rules
from careconsole.language.emergency import EmergencyWords
from careconsole.language.reading import read
from careconsole.model.message import Direction, Kind


def promising(rules: Rules, scenario: Scenario) -> Rules:
    """The rules of a desk, with the minutes that the scenario wants in place of the target of a kind.

    So the queue, its clocks and the debrief go by one and the same time.
    """
    own = wanted_min(scenario, rules.policy.targets_min)
    return replace(rules, policy=replace(rules.policy, own_targets_min=own))


def wanted_min(scenario: Scenario, targets_min: Mapping[Kind, int]) -> dict[str, int]:
    """Minutes from a message until its promise is over, by external id, where that is not the target of its kind.

    What was there before the run has its whole time from the start of the run on, rounded up to a minute.
    """
    found = {id: want.ack_min for id, want in scenario.wants.items()}
    for happenings in scenario.recording.happenings.values():
        for each in happenings:
            if isinstance(each, Said) and each.t < 0 and each.item.direction is Direction.IN:
                item = each.item
                if item.external_id not in found:
                    found[item.external_id] = targets_min[item.kind or read(item.text, EmergencyWords()).kind]
                if not each.is_edit:
                    found[item.external_id] += math.ceil(-each.t / 60)
    return found
