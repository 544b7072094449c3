"""Acknowledgement: how long did each message wait for its first answer, and was that within its promise?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careconsole.desk.practice.judging.answers import is_answer_wanted
from careconsole.desk.practice.judging.kept_run import KeptRun
from careconsole.desk.practice.judging.marks import Mark, Mistake, Part
from careconsole.desk.practice.judging.order import named_by
from careconsole.desk.practice.judging.past_queue import PastQueue
from careconsole.desk.practice.judging.rules import MarkName
from careconsole.desk.practice.scenario import Want
from careconsole.desk.reporting.facts import Asked, Fate

_HOW = (
    "Of the messages that wanted an answer and whose time was over or that you answered, the share answered "
    "in time; counted from the message, or from the start of the run for what was there before, to the moment the "
    "first answer left, against the minutes of the scenario, or the desk's target where it names none."
)


@dataclass(frozen=True, slots=True)
class Waited:
    """One message and its first answer."""

    asked: Asked
    external_id: str
    since_us: int
    """When it came; the start of the run for what was there before."""
    due_us: int
    answered_us: int | None

    def is_kept(self, end_us: int) -> bool | None:
        """Whether its promise was kept; None where the run ended before that was certain."""
        if self.answered_us is not None:
            return self.answered_us <= self.due_us
        return False if self.due_us < end_us else None


def waits_of(kept: KeptRun, queue: PastQueue, wants: Mapping[str, Want], began_us: int) -> list[Waited]:
    """Every message that wants an answer, oldest first; those taken back unanswered are left out."""
    found = []
    for asked in queue.facts.asked:
        message = kept.messages.get(asked.id)
        if message is None or not is_answer_wanted(message, wants):
            continue
        if asked.is_deleted and asked.fate is not Fate.ANSWERED:
            continue
        since_us = max(asked.at_us, began_us)
        due_us = queue.due_us([asked])
        answered_us = asked.settled_us if asked.fate is Fate.ANSWERED else None
        found.append(Waited(asked, message.external_id, since_us, due_us, answered_us))
    return sorted(found, key=lambda one: (one.asked.at_us, one.asked.id))


def acknowledgement_mark(
    kept: KeptRun, waits: Sequence[Waited], ghost_us: Mapping[str, int], end_us: int
) -> Mark:
    """Judge every message whose promise was settled; `ghost_us`: when the ghost answered it, by external id."""
    mistakes: list[Mistake] = []
    right = judged = by_ghost = 0
    yours: list[int] = []
    ghosts: list[int] = []
    for one in waits:
        is_kept = one.is_kept(end_us)
        if is_kept is None:
            continue
        judged += 1
        right += is_kept
        by_ghost += ghost_us.get(one.external_id, one.due_us + 1) <= one.due_us
        if not is_kept:
            mistakes.append(_mistake(kept, one))
        if one.answered_us is not None and one.external_id in ghost_us:
            yours.append(one.answered_us - one.since_us)
            ghosts.append(ghost_us[one.external_id] - one.since_us)
    open_ones = len(waits) - judged
    return Mark(
        MarkName.ACKNOWLEDGEMENT,
        right,
        judged,
        _HOW,
        tuple(mistakes),
        (("still had time at the end", open_ones),) if open_ones else (),
        notes=_against_ghost(yours, ghosts),
        ghost=Part("ghost", by_ghost, judged),
    )


def _mistake(kept: KeptRun, one: Waited) -> Mistake:
    named = named_by(kept, [one.asked.id], one.asked.conversation_id)
    promise = span_words(one.due_us - one.since_us)
    if one.answered_us is None:
        said = f"It was to be answered within {promise}; no answer left."
        return Mistake("answer-at-all", one.due_us, named, said)
    waited = span_words(one.answered_us - one.since_us)
    return Mistake("answer-in-time", one.answered_us, named, f"It waited {waited}; wanted within {promise}.")


def _against_ghost(yours: list[int], ghosts: list[int]) -> tuple[str, ...]:
    if not yours:
        return ()
    mine, other = (span_words(_median(sorted(each))) for each in (yours, ghosts))
    return (f"Median wait where both answered ({len(yours)}): you {mine}, ghost {other}.",)


def _median(ordered: list[int]) -> int:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2


def span_words(span_us: int) -> str:
    """A span: `45 s`, `4 min 05 s`, `1 h 20 min`."""
    seconds = max(0, span_us) // 1_000_000
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        minutes, rest = divmod(seconds, 60)
        return f"{minutes} min {rest:02} s" if rest else f"{minutes} min"
    hours, rest = divmod(seconds // 60, 60)
    return f"{hours} h {rest:02} min"
