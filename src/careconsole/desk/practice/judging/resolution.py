"""Resolution: what became of each conversation until the run ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from careconsole.desk.practice.judging.acknowledgement import Waited, more_words, span_words
from careconsole.desk.practice.judging.answers import Sent, is_answer_wanted
from careconsole.desk.practice.judging.kept_run import KeptMessage, KeptRun
from careconsole.desk.practice.judging.marks import Mark, Mistake, Part
from careconsole.desk.practice.judging.order import named_by
from careconsole.desk.practice.judging.past_queue import PastQueue
from careconsole.desk.practice.judging.rules import MarkName
from careconsole.desk.practice.scenario import Want
from careconsole.desk.reporting.facts import NEEDED_NONE
from careconsole.language.provocation import suspicion_of

SPARE_MIN = 5
"""What the ghost answered in the last minutes is not held against anybody who is slower: an assumption."""

_HOW = (
    "Of the conversations that you answered or resolved, or that the ghost had answered "
    f"{SPARE_MIN} minutes before the end, the share in which nothing was left undone or done wrongly."
)


@dataclass(frozen=True, slots=True)
class Settling:
    """What the end of each conversation is judged by."""

    kept: KeptRun
    queue: PastQueue
    """Behind the last event."""
    sent: Sequence[Sent]
    waits: Sequence[Waited]
    wants: Mapping[str, Want]
    ghost_us: Mapping[str, int]
    """By external id: when the ghost answered it."""
    agent: str
    end_us: int


def resolution_mark(run: Settling) -> Mark:
    """Judge every conversation that was dealt with, or could have been."""
    unanswered = list(_resolved_unanswered(run.kept, run.queue, run.wants, run.agent))
    too_early = {(one.named.conversation_id, one.at_us) for one in unanswered}
    mistakes = [
        *_left_waiting(run.kept, run.waits, run.ghost_us, run.end_us),
        *unanswered,
        *_reopened(run.kept, run.wants, run.agent, too_early),
        *_trolls_fed(run.kept, run.sent, run.wants),
        *_late_emergencies(run.kept, run.waits, run.end_us),
    ]
    mistakes.sort(key=lambda one: (one.at_us, one.named.conversation_id, one.rule_id))
    wrong = {one.named.conversation_id for one in mistakes}
    told = {one.asked.conversation_id for one in run.waits if _is_left(one, run.ghost_us, run.end_us)} - wrong
    wrong |= told
    judged = wrong | {one.conversation_id for one in run.sent}
    judged |= {row[7] for row in run.kept.log if row[1] == "resolved" and row[4] == run.agent}
    judged |= {one.asked.conversation_id for one in run.waits if _was_time(one, run.ghost_us, run.end_us)}
    left_out = len(run.queue.ledger.talks.keys() - judged)
    by_ghost = len(judged - _late_for_ghost(run.waits, run.ghost_us, run.end_us))
    return Mark(
        MarkName.RESOLUTION,
        len(judged - wrong),
        len(judged),
        _HOW,
        tuple(mistakes),
        (("neither you nor the ghost dealt with", left_out),) if left_out else (),
        notes=(f"Told under acknowledgement: {len(told)}, each of them left waiting.",) if told else (),
        ghost=Part("ghost", by_ghost, len(judged)),
    )


def _late_for_ghost(waits: Sequence[Waited], ghost_us: Mapping[str, int], end_us: int) -> set[int]:
    """The conversations with an emergency that the ghost came too late to."""
    return {
        one.asked.conversation_id
        for one in waits
        if one.tier == 0 and min(ghost_us.get(one.external_id, end_us), end_us) > one.due_us
    }


def _was_time(one: Waited, ghost_us: Mapping[str, int], end_us: int) -> bool:
    """Whether the ghost answered it with time to spare."""
    return ghost_us.get(one.external_id, end_us) <= end_us - SPARE_MIN * 60_000_000


def _is_left(one: Waited, ghost_us: Mapping[str, int], end_us: int) -> bool:
    """Whether it waits at the end and need not."""
    return one.answered_us is None and not one.is_closed and _was_time(one, ghost_us, end_us)


def _left_waiting(
    kept: KeptRun, waits: Sequence[Waited], ghost_us: Mapping[str, int], end_us: int
) -> Iterator[Mistake]:
    """What waits at the end though its time is not over: else it is told already that no answer left."""
    for one in waits:
        if _is_left(one, ghost_us, end_us) and one.is_kept(end_us) is None:
            waited = span_words(end_us - one.since_us)
            ghost = span_words(ghost_us[one.external_id] - one.since_us)
            said = f"It{more_words(one)} still waited at the end, after {waited}; the ghost answered after {ghost}."
            named = named_by(kept, [one.asked.id], one.asked.conversation_id)
            yield Mistake("nothing-left", end_us, named, said)


def _resolved_unanswered(
    kept: KeptRun, queue: PastQueue, wants: Mapping[str, Want], agent: str
) -> Iterator[Mistake]:
    for ended in queue.facts.resolutions:
        if ended.agent != agent:
            continue
        open_ones = []
        for asked in ended.asked:
            message = kept.messages.get(asked.id)
            if message is None or asked.is_deleted:
                continue
            want = wants.get(message.external_id)
            if ended.reason not in NEEDED_NONE if want is None else want.is_answered:
                open_ones.append(message.id)
        if open_ones:
            many = "a message" if len(open_ones) == 1 else f"{len(open_ones)} messages"
            said = f"You resolved it as {ended.reason.replace('_', ' ')} with {many} unanswered that wanted an answer."
            named = named_by(kept, open_ones, ended.conversation_id)
            yield Mistake("resolve-answered", ended.at_us, named, said)


def _reopened(
    kept: KeptRun, wants: Mapping[str, Want], agent: str, too_early: Set[tuple[int, int]]
) -> Iterator[Mistake]:
    """A customer came back to what this agent had resolved, with something that wants an answer.

    `too_early`: by conversation and time, the ends of which it is told already that an answer was missing.
    """
    by: dict[int, tuple[str, int]] = {}
    came_back: dict[int, int] = {}
    for row in kept.log:
        if row[1] == "resolved":
            by[row[7]] = (row[4] or "", row[2])
        elif row[1] == "reopened" and row[11] == "{}" and by.get(row[7], ("", 0))[0] == agent:
            came_back[row[7]] = by[row[7]][1]
        elif row[1] == "arrived" and row[7] in came_back:
            resolved_us = came_back.pop(row[7])
            message = kept.messages.get(row[9])
            is_told = (row[7], resolved_us) in too_early
            if message is not None and is_answer_wanted(message, wants) and not is_told:
                after = span_words(row[2] - resolved_us)
                said = f"The customer had to come back {after} after you had resolved it."
                yield Mistake("resolve-for-good", row[2], named_by(kept, [row[9]], row[7]), said)


def _trolls_fed(kept: KeptRun, sent: Sequence[Sent], wants: Mapping[str, Want]) -> Iterator[Mistake]:
    """A reply to a provocation that is to be left, after its author had an answer already."""
    had_answer: set[tuple[int, str]] = set()
    for one in sent:
        authors = {(message.account_id, message.handle.casefold()) for message in one.answered}
        is_left = one.answered and all(_is_to_be_left(message, wants) for message in one.answered)
        if is_left and authors & had_answer:
            named = named_by(kept, [message.id for message in one.answered], one.conversation_id)
            said = "You answered a provocation a second time; it was to be resolved without a word."
            yield Mistake("answer-troll-once", one.at_us, named, said)
        had_answer |= authors


def _is_to_be_left(message: KeptMessage, wants: Mapping[str, Want]) -> bool:
    """What the scenario wants left alone, unless it is thanks; else what looks like provocation."""
    want = wants.get(message.external_id)
    if want is not None:
        return not want.is_answered and message.kind != "praise"
    return suspicion_of(message.text).is_suspected


def _late_emergencies(kept: KeptRun, waits: Sequence[Waited], end_us: int) -> Iterator[Mistake]:
    for one in waits:
        if one.tier != 0 or one.is_closed or min(one.answered_us or end_us, end_us) <= one.due_us:
            continue
        took = span_words((one.answered_us or end_us) - one.since_us)
        more = more_words(one)
        said = f"An emergency{more} waited {took} for an answer." if one.answered_us else (
            f"An emergency{more} waited {took} and had no answer at the end."
        )  # fmt: skip
        named = named_by(kept, [one.asked.id], one.asked.conversation_id)
        yield Mistake("emergency-now", one.answered_us or one.due_us, named, said)
