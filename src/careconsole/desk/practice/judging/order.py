"""Order: at everything that the trainee took up, was there something more urgent that was free?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careconsole.desk.practice.judging.kept_run import KeptReply, KeptRun
from careconsole.desk.practice.judging.marks import Mark, Mistake, Named
from careconsole.desk.practice.judging.past_queue import PastQueue, Stood
from careconsole.desk.practice.judging.rules import MarkName
from careconsole.store.events import LogRow

NOTICE_S = 5.0
"""So long, on the trainee's own clock, something must have stood before another one to count as passed over: the
queue holds still under a person's fingers, and a person has to look. An assumption."""

_HOW = (
    "Of the conversations that you claimed and worked on, the share that stood first: nothing that was free had stood "
    f"before it in the queue for {NOTICE_S:.0f} seconds, and nothing more urgent that you held already was left for it."
)
_ENDS = frozenset({"released", "skipped", "lost", "resolved", "snoozed", "claimed"})
_GIVEN_BACK = frozenset({"released", "skipped", "lost"})


@dataclass(frozen=True, slots=True)
class Taken:
    """A conversation that was claimed."""

    seq: int
    at_us: int
    """When, as the record wrote it down."""
    conversation_id: int
    fence: int
    reply: KeptReply | None
    """The first reply that was given out of this claim."""
    is_untouched: bool
    """It was given back and nothing was done."""


def taken_by(kept: KeptRun, agent: str) -> list[Taken]:
    """Everything that an agent claimed, in order."""
    by_talk: dict[int, list[LogRow]] = {}
    for row in kept.log:
        if row[1] in _ENDS:
            by_talk.setdefault(row[7], []).append(row)
    found = []
    for rows in by_talk.values():
        for place, row in enumerate(rows):
            if row[1] == "claimed" and row[4] == agent:
                found.append(_taken(kept, row, rows[place + 1] if place + 1 < len(rows) else None))
    return sorted(found, key=lambda taken: taken.seq)


def _taken(kept: KeptRun, row: LogRow, end: LogRow | None) -> Taken:
    fence = json.loads(row[11])["fence"]
    replies = [
        each
        for each in kept.replies.values()
        if each.conversation_id == row[7] and each.fence == fence and each.after_id is None
    ]
    is_given_back = end is not None and end[1] in _GIVEN_BACK
    return Taken(
        row[0], row[3], row[7], fence, replies[0] if replies else None, is_given_back and not replies
    )


def order_mark(kept: KeptRun, agent: str, speed: float, taken: Sequence[Taken] | None = None) -> Mark:
    """Judge every claim that something was done with."""
    now, seen = PastQueue(kept), PastQueue(kept)
    mistakes: list[Mistake] = []
    held_then: dict[int, frozenset[int]] = {}
    judged = right = untouched = 0
    for one in taken_by(kept, agent) if taken is None else taken:
        now.go_past(one.seq)
        seen.go_to(one.at_us - round(NOTICE_S * speed * 1_000_000))
        standing = now.standing()
        mine = next((stood for stood in standing if stood.id == one.conversation_id), None)
        if mine is None:
            continue
        if one.is_untouched:
            untouched += 1
            continue
        judged += 1
        held_then[one.seq] = frozenset(
            stood.id for stood in standing if stood.holder == agent and stood.key < mine.key
        )
        mistake = _passed_over(kept, one, mine, standing, seen.standing(), agent)
        mistake = mistake or _left_in_hand(kept, one, held_then[one.seq])
        if mistake is None:
            right += 1
        else:
            mistakes.append(mistake)
    left_out = (("given back untouched", untouched),) if untouched else ()
    return Mark(MarkName.ORDER, right, judged, _HOW, tuple(mistakes), left_out)


def _passed_over(
    kept: KeptRun, one: Taken, mine: Stood, now: Iterable[Stood], seen: Iterable[Stood], agent: str
) -> Mistake | None:
    """The first of what was free and stood before it, both now and when there was time to see it."""
    seen_before = {stood.id for stood in seen if not stood.holder and stood.key < mine.key}
    first = next(
        (stood for stood in now if stood.key < mine.key and not stood.holder and stood.id in seen_before),
        None,
    )
    if first is None:
        return None
    why = "an emergency" if first.key[0] == 0 < mine.key[0] else "more urgent"
    said = f"You took #{one.conversation_id} while #{first.id} was free and {why}."
    return Mistake("urgent-first", one.at_us, named_of(kept, first), said)


def _left_in_hand(kept: KeptRun, one: Taken, held: frozenset[int]) -> Mistake | None:
    """Something more urgent that was held before this one and is still unanswered as this one is answered."""
    if one.reply is None:
        return None
    answered_us = one.reply.created_us
    then = PastQueue(kept)
    then.go_to(answered_us)
    for stood in then.standing():
        if (
            stood.id in held
            and stood.holder == one.reply.agent
            and not _is_answered(kept, stood, answered_us)
        ):
            said = f"You answered #{one.conversation_id} first, though you held #{stood.id} already, which is more urgent."
            return Mistake("held-in-order", answered_us, named_of(kept, stood), said)
    return None


def _is_answered(kept: KeptRun, stood: Stood, at_us: int) -> bool:
    """Whether a reply has been given away that is still in its undo window."""
    since_us = stood.talk.waiting_since_us
    return any(
        reply.conversation_id == stood.id
        and since_us <= reply.created_us <= at_us
        and reply.has_left_the_hand
        for reply in kept.replies.values()
    )


def named_of(kept: KeptRun, stood: Stood) -> Named:
    """The earliest message that waited there."""
    turn = stood.talk.turn
    ids = list(turn.asked) if turn is not None else [one.id for one in kept.of(stood.id)]
    return named_by(kept, ids, stood.id)


def named_by(kept: KeptRun, ids: Iterable[int], conversation_id: int) -> Named:
    """The earliest of these messages of the customer; the conversation's first one if there is none."""
    found = kept.of_customer(ids) or [one for one in kept.of(conversation_id) if not one.is_ours]
    if not found:
        return Named(conversation_id, 0, "", 0, "")
    one = found[0]
    return Named(conversation_id, one.id, one.handle, one.at_us, one.text)
