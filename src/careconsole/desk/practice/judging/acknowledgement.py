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
from careconsole.model.priority import EMERGENCY_TARGET_MIN

_HOW = (
    "Of the customers' waits for an answer that you ended or whose time was over, the share that you ended in time. "
    "A wait begins with the earliest message that has no answer yet, or with the run if it was there before, and "
    "ends with the answer; its time is what the queue promised: the minutes of the scenario, or the desk's target "
    "where it names none."
)


@dataclass(frozen=True, slots=True)
class Waited:
    """One wait of a customer: from their earliest message without an answer to the reply that answers all of them."""

    asked: Asked
    """The earliest message that wants an answer."""
    external_id: str
    since_us: int
    """When it came; the start of the run for what was there before."""
    due_us: int
    answered_us: int | None
    more: int = 0
    """Further messages of theirs that waited with it."""
    tier: int = 1
    is_closed: bool = False
    """Resolved without an answer."""

    def is_kept(self, end_us: int) -> bool | None:
        """Whether its promise was kept; None where the run ended before that was certain."""
        if self.answered_us is not None:
            return self.answered_us <= self.due_us
        return False if self.due_us < end_us else None


def waits_of(kept: KeptRun, queue: PastQueue, wants: Mapping[str, Want], began_us: int) -> list[Waited]:
    """Every wait for an answer, oldest first; what was taken back unanswered is left out."""
    together: dict[tuple[int, Fate, int], list[Asked]] = {}
    for asked in sorted(queue.facts.asked, key=lambda one: (one.at_us, one.id)):
        if asked.id in kept.messages and (not asked.is_deleted or asked.fate is Fate.ANSWERED):
            together.setdefault((asked.conversation_id, asked.fate, asked.settled_us), []).append(asked)
    found = [_waited(kept, queue, wants, began_us, turn) for turn in together.values()]
    return sorted((one for one in found if one is not None), key=lambda one: (one.asked.at_us, one.asked.id))


def _waited(
    kept: KeptRun, queue: PastQueue, wants: Mapping[str, Want], began_us: int, turn: Sequence[Asked]
) -> Waited | None:
    """The wait of messages that were settled together; None if none of them wants an answer."""
    wanted = [one for one in turn if is_answer_wanted(kept.messages[one.id], wants)]
    if not wanted:
        return None
    first = wanted[0]
    since_us, tier = max(first.at_us, began_us), min(one.tier for one in turn)
    return Waited(
        first,
        kept.messages[first.id].external_id,
        since_us,
        queue.due_us(turn) if tier else since_us + EMERGENCY_TARGET_MIN * 60_000_000,
        first.settled_us if first.fate is Fate.ANSWERED else None,
        len(wanted) - 1,
        tier,
        first.fate is Fate.CLOSED,
    )


def acknowledgement_mark(
    kept: KeptRun, waits: Sequence[Waited], ghost_us: Mapping[str, int], end_us: int
) -> Mark:
    """Judge every wait whose promise was settled; `ghost_us`: when the ghost answered a message, by external id.

    A late emergency counts here and is told as the mistake that it is under resolution. The ghost is judged by the
    messages that came to it too: what a customer wrote because of what you did came to you alone.
    """
    mistakes: list[Mistake] = []
    right = judged = by_ghost = ghost_judged = elsewhere = 0
    yours: list[int] = []
    ghosts: list[int] = []
    for one in waits:
        is_kept = one.is_kept(end_us)
        if is_kept is None or one.is_closed:
            continue
        judged += 1
        right += is_kept
        ghost_judged += one.external_id in ghost_us
        by_ghost += ghost_us.get(one.external_id, one.due_us + 1) <= one.due_us
        if not is_kept and one.tier:
            mistakes.append(_mistake(kept, one))
        elsewhere += not is_kept and not one.tier
        if one.answered_us is not None and one.external_id in ghost_us:
            yours.append(one.answered_us - one.since_us)
            ghosts.append(ghost_us[one.external_id] - one.since_us)
    closed = sum(one.is_closed for one in waits)
    left_out = {
        "still had time at the end": len(waits) - judged - closed,
        "resolved without an answer": closed,
    }
    notes = _against_ghost(yours, ghosts)
    if elsewhere:
        notes = (f"Told under resolution: {elsewhere}, each of them an emergency.", *notes)
    return Mark(
        MarkName.ACKNOWLEDGEMENT,
        right,
        judged,
        _HOW,
        tuple(mistakes),
        tuple((words, number) for words, number in left_out.items() if number),
        notes=notes,
        ghost=Part("ghost", by_ghost, ghost_judged),
    )


def _mistake(kept: KeptRun, one: Waited) -> Mistake:
    named = named_by(kept, [one.asked.id], one.asked.conversation_id)
    promise, more = span_words(one.due_us - one.since_us), more_words(one)
    if one.answered_us is None:
        verb = "were" if more else "was"
        said = f"It{more} {verb} to be answered within {promise}; no answer left."
        return Mistake("answer-at-all", one.due_us, named, said)
    waited = span_words(one.answered_us - one.since_us)
    with_it = f",{more} behind it" if more else ""
    return Mistake(
        "answer-in-time", one.answered_us, named, f"It waited {waited}{with_it}; wanted within {promise}."
    )


def more_words(one: Waited) -> str:
    """` and 2 more of theirs`, where a customer waited for an answer to more than one message; else nothing."""
    return f" and {one.more} more of theirs" if one.more else ""


def _against_ghost(yours: list[int], ghosts: list[int]) -> tuple[str, ...]:
    if not yours:
        return ()
    mine, other = (span_words(_median(sorted(each))) for each in (yours, ghosts))
    return (f"Median wait where both answered ({len(yours)}): you {mine}, ghost {other}.",)


def _median(ordered: list[int]) -> int:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2


def span_words(span_us: int) -> str:
    """A span: `45 s`, `4 min 05 s`, `1 h 20 min`; what is shown has been reached, as in the queue."""
    seconds = max(0, span_us) // 1_000_000
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        minutes, rest = divmod(seconds, 60)
        return f"{minutes} min {rest:02} s" if rest else f"{minutes} min"
    hours, rest = divmod(seconds // 60, 60)
    return f"{hours} h {rest:02} min"
