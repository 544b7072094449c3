"""The queue of a practice run promises what its scenario wants, and the debrief judges by the same instant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.console.practice_at_hand import ANSWER, Rehearsal, ended, keys, rehearse

from careconsole.desk.practice.debrief import debrief
from careconsole.desk.practice.judging.acknowledgement import waits_of
from careconsole.desk.practice.judging.kept_run import read_run
from careconsole.desk.practice.judging.past_queue import PastQueue
from careconsole.desk.practice.promising import wanted_min
from careconsole.model.instant import to_us
from careconsole.model.priority import DEFAULT_TARGETS_MIN
from careconsole.store.opening import open_store
from careconsole.store.rules import policy_of

MIN_US = 60_000_000


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """A storm of which one message is answered."""
    return rehearse(tmp_path_factory.mktemp("storm"), [*ANSWER, *ended(14)], name="storm", speed=60)


def test_a_message_alone_is_due_when_the_scenario_wants_it(storm: Rehearsal) -> None:
    began_us = to_us(storm.run.began_at)
    rows = storm.rows(
        "SELECT m.external_id, m.at_us, c.due_us FROM conversation c JOIN message m ON m.conversation_id = c.id "
        "WHERE c.tier = 1 AND c.in_queue = 1 AND c.messages = 1"
    )
    assert len(rows) > 20
    for external_id, at_us, due_us in rows:
        assert due_us - max(at_us, began_us) == storm.scenario.wants[external_id].ack_min * MIN_US


async def test_what_the_queue_promised_is_what_the_debrief_judges_by(storm: Rehearsal) -> None:
    own = wanted_min(storm.scenario, DEFAULT_TARGETS_MIN)
    async with open_store(storm.run.record, read_only=True, in_line=True) as store:
        kept = await read_run(store)
        found = await debrief(store, storm.run, storm.scenario)
    kept = type(kept)(kept.log, kept.accounts, kept.messages, kept.replies, kept.rules, own)
    policy = policy_of(kept.rules)
    assert policy is not None and policy.own_targets_min == own
    queue = PastQueue(kept)
    queue.go_past(kept.log[-1][0])
    dues = dict(storm.rows("SELECT id, due_us FROM conversation WHERE in_queue = 1"))
    waits = waits_of(kept, queue, storm.scenario.wants, to_us(storm.run.began_at))
    left = [one for one in waits if one.answered_us is None]
    assert len(left) > 25 and {one.asked.tier for one in left} == {0, 1}
    both = [one for one in left if one.asked.conversation_id in dues]
    assert len(both) > 25
    assert [one.due_us for one in both] == [dues[one.asked.conversation_id] for one in both]
    standing = queue.standing()
    assert {one.id: one.key[1] for one in standing}.items() == dict(
        storm.rows("SELECT id, effective_due_us FROM conversation WHERE in_queue = 1")
    ).items()
    assert any("wanted within 15 min" in one.said or "within 15 min" in one.said for one in found.mistakes)


def test_the_sum_behind_a_place_says_whose_target_it_is(tmp_path: Path) -> None:
    played = rehearse(tmp_path, [*keys(2, "w"), *keys(4, "escape"), *ended(6)], speed=1, look_at_s=[3.5])
    assert "target of this message" in played.pictures[3.5], played.pictures[3.5]


def test_the_clock_cell_counts_down_to_it(tmp_path: Path) -> None:
    """The first two of the calm morning have waited since before the run, and have 10 and 15 minutes."""
    played = rehearse(tmp_path, [*keys(9, "j"), *ended(10)], speed=1, look_at_s=[8])
    shown = played.pictures[8]
    assert re.search(r"(9m|10m) .*tom\.ash", shown) and re.search(r"(10m|15m) .*fionn", shown), shown
