"""The debrief of a practice run: five marks, every mistake with its message and its rule, and the ghost beside it (F19).

It is computed from the run's record alone, which it only reads, and from the scenario: whoever has both can count it
again, and the same two give the same debrief.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from careconsole.desk.practice.drill import Drill, drill_of
from careconsole.desk.practice.ghost import Ghost, ghost_of
from careconsole.desk.practice.judging.acknowledgement import Waited, acknowledgement_mark, waits_of
from careconsole.desk.practice.judging.answers import is_answer_wanted, sent_by
from careconsole.desk.practice.judging.kept_run import KeptMessage, KeptRun, read_run
from careconsole.desk.practice.judging.marks import Compared, Mark, Mistake, Side, ThreadLine, sorted_by_rule
from careconsole.desk.practice.judging.order import Taken, order_mark, taken_by
from careconsole.desk.practice.judging.past_queue import PastQueue
from careconsole.desk.practice.judging.resolution import Settling, resolution_mark
from careconsole.desk.practice.judging.tone import tone_mark
from careconsole.desk.practice.judging.visibility import visibility_mark
from careconsole.desk.practice.promising import wanted_min
from careconsole.desk.practice.run import Run
from careconsole.desk.practice.scenario import Scenario
from careconsole.language.private_data import GuardRules
from careconsole.model.instant import to_us
from careconsole.model.priority import RankPolicy
from careconsole.store.contract import Store
from careconsole.store.rules import policy_of

SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Debrief:
    """What there is to say of a run. Texts are as they arrived: whoever shows them lets them through the gate."""

    number: int
    scenario: str
    title: str
    seed: int
    speed: float
    agent: str
    began_us: int
    """In virtual time, as every time here."""
    ended_us: int
    is_finished: bool
    marks: tuple[Mark, ...]
    """The five, in their order."""
    rows: tuple[Compared, ...]
    """Every conversation, in the order in which they arrived."""
    threads: Mapping[int, tuple[ThreadLine, ...]]
    """The conversations that a mistake names, by id."""
    drill: Drill | None = None
    """What the keys come to, where they were kept."""

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Those of all marks, in the order in which they are shown."""
        return tuple(mistake for mark in self.marks for mistake in mark.mistakes)

    @property
    def by_rule(self) -> dict[str, int]:
        """How often each rule was broken; one that never was is missing."""
        return dict(Counter(mistake.rule_id for mistake in self.mistakes))


async def debrief(store: Store, run: Run, scenario: Scenario, guard: GuardRules | None = None) -> Debrief:
    """The debrief of a run from its record. `guard`: what the brand knows of its numbers.

    Raises StoreError where the record cannot be read, or its log is not whole.
    """
    kept = await read_run(store)
    policy = (policy_of(kept.rules) if kept.rules else None) or RankPolicy()
    policy = replace(policy, own_targets_min=wanted_min(scenario, policy.targets_min))
    kept = replace(kept, own_targets_min=policy.own_targets_min)
    began_us = to_us(run.began_at)
    ended_us = to_us(run.ended_at) if run.ended_at is not None else max(kept.newest_us, began_us)
    queue = PastQueue(kept)
    queue.go_past(kept.log[-1][0] if kept.log else 0)
    ghost = ghost_of(scenario, policy, run.began_at, (ended_us - began_us) / SECOND_US)
    waits = waits_of(kept, queue, scenario.wants, began_us)
    ghost_us = {id: began_us + round(s * SECOND_US) for id, s in ghost.answered_s.items()}
    sent = sent_by(kept, run.agent)
    settling = Settling(kept, queue, sent, waits, scenario.wants, ghost_us, run.agent, ended_us)
    marks = _marks(settling, run.speed, guard)
    return Debrief(
        run.number,
        scenario.name,
        scenario.title,
        run.seed,
        run.speed,
        run.agent,
        began_us,
        ended_us,
        run.ended_at is not None,
        marks,
        tuple(_rows(kept, run, scenario, ghost, waits, began_us)),
        _threads(kept, marks),
        drill_of(
            run.folder, len({row[7] for row in kept.log if row[1] == "resolved" and row[4] == run.agent})
        ),
    )


def _marks(run: Settling, speed: float, guard: GuardRules | None) -> tuple[Mark, ...]:
    marks = (
        order_mark(run.kept, run.agent, speed),
        visibility_mark(run.kept, run.sent, run.wants, guard),
        acknowledgement_mark(run.kept, run.waits, run.ghost_us, run.end_us),
        tone_mark(run.kept, run.sent),
        resolution_mark(run),
    )
    return tuple(replace(mark, mistakes=sorted_by_rule(mark.mistakes)) for mark in marks)


def _rows(
    kept: KeptRun, run: Run, scenario: Scenario, ghost: Ghost, waits: Sequence[Waited], began_us: int
) -> list[Compared]:
    """Every conversation by its first message that wants an answer, else its first one, as both dealt with it."""

    def is_wanted(message: KeptMessage) -> bool:
        return is_answer_wanted(message, scenario.wants)

    first: dict[int, KeptMessage] = {}
    for message in sorted(kept.messages.values(), key=lambda one: (one.at_us, one.id)):
        if not message.is_ours:
            known = first.get(message.conversation_id)
            if known is None or (is_wanted(message) and not is_wanted(known)):
                first[message.conversation_id] = message
    taken = taken_by(kept, run.agent)
    waited = {one.asked.id: one for one in waits}
    found = []
    for message in sorted(first.values(), key=lambda one: (one.at_us, one.id)):
        arrived_s = (message.at_us - began_us) / SECOND_US
        found.append(
            Compared(
                message.conversation_id,
                message.handle,
                message.text,
                arrived_s,
                is_answer_wanted(message, scenario.wants),
                _yours(taken, message, waited.get(message.id), began_us),
                _ghosts(ghost, message.external_id, arrived_s),
            )
        )
    return found


def _yours(taken: Sequence[Taken], message: KeptMessage, waited: Waited | None, began_us: int) -> Side:
    worked = [one for one in taken if not one.is_untouched]
    places = [
        (place, one) for place, one in enumerate(worked, 1) if one.conversation_id == message.conversation_id
    ]
    place, taken_s = (places[0][0], (places[0][1].at_us - began_us) / SECOND_US) if places else (None, None)
    if waited is None or waited.answered_us is None:
        return Side(place, taken_s)
    answered_s = (waited.answered_us - began_us) / SECOND_US
    return Side(place, taken_s, answered_s, (waited.answered_us - waited.since_us) / SECOND_US)


def _ghosts(ghost: Ghost, external_id: str, arrived_s: float) -> Side:
    place, taken_s = ghost.taken.get(external_id, (None, None))
    answered_s = ghost.answered_s.get(external_id)
    return Side(place, taken_s, answered_s, None if answered_s is None else answered_s - max(arrived_s, 0.0))


def _threads(kept: KeptRun, marks: Sequence[Mark]) -> dict[int, tuple[ThreadLine, ...]]:
    ids = {mistake.named.conversation_id for mark in marks for mistake in mark.mistakes}
    return {
        id: tuple(
            ThreadLine(
                one.at_us,
                one.agent or "" if one.is_ours else one.handle,
                one.is_ours,
                one.is_public,
                one.text,
            )
            for one in kept.of(id)
        )
        for id in sorted(ids)
    }
