"""The rules that a debrief knows: each mistake breaks one of them. One sentence says what to do instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MarkName(StrEnum):
    """The five things that a debrief looks at, in its order."""

    ORDER = "order"
    VISIBILITY = "visibility"
    ACKNOWLEDGEMENT = "acknowledgement"
    TONE = "tone"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class PracticeRule:
    """A rule that can be broken in a run."""

    id: str
    mark: MarkName
    name: str
    says: str
    """One sentence."""


_ALL = (
    PracticeRule(
        "urgent-first",
        MarkName.ORDER,
        "Most urgent first",
        "Take what stands first in the queue: it has the least time left, or weighs most.",
    ),
    PracticeRule(
        "held-in-order",
        MarkName.ORDER,
        "Answer what you hold in order",
        "Of the conversations that you hold, answer the most urgent one first, or give it back.",
    ),
    PracticeRule(
        "private-matter",
        MarkName.VISIBILITY,
        "Private matters in private",
        "What concerns one customer's account, money or person is answered where only that customer reads it.",
    ),
    PracticeRule(
        "no-data-in-public",
        MarkName.VISIBILITY,
        "No private data in public",
        "A number or address that belongs to a person is never part of a public reply.",
    ),
    PracticeRule(
        "do-not-repeat-data",
        MarkName.VISIBILITY,
        "Do not repeat private data",
        "What a customer gave away in public is not said once more by us.",
    ),
    PracticeRule(
        "public-answer",
        MarkName.VISIBILITY,
        "Answer in public what all may read",
        "A public question that others have too is answered in public, so that it is asked once.",
    ),
    PracticeRule(
        "answer-in-time",
        MarkName.ACKNOWLEDGEMENT,
        "Answer in time",
        "The first answer leaves within the time that the scenario wants, or the desk's target where it names none.",
    ),
    PracticeRule(
        "answer-at-all",
        MarkName.ACKNOWLEDGEMENT,
        "Leave nobody without an answer",
        "Whoever waits for an answer gets a first one before that time is over, be it a short one.",
    ),
    PracticeRule(
        "belittling",
        MarkName.TONE,
        "Do not make it small",
        "What is a trouble to the customer is not called simple, small or obvious.",
    ),
    PracticeRule(
        "insult",
        MarkName.TONE,
        "Do not offend",
        "Nobody is called names or told off, whatever they wrote.",
    ),
    PracticeRule(
        "blame",
        MarkName.TONE,
        "Do not blame the customer",
        "Say what happened and what happens next, not what the customer should have done.",
    ),
    PracticeRule(
        "apologies",
        MarkName.TONE,
        "Apologise once",
        "One apology that is meant is worth more than three; after it comes what you do.",
    ),
    PracticeRule(
        "joke",
        MarkName.TONE,
        "No jokes about a trouble",
        "Somebody who has a problem does not want to laugh about it yet.",
    ),
    PracticeRule(
        "no acknowledgement",
        MarkName.TONE,
        "Say first that you heard it",
        "The answer to a complaint begins with what the customer went through.",
    ),
    PracticeRule(
        "no next step",
        MarkName.TONE,
        "End with the next step",
        "The answer to a complaint says who does what, and by when.",
    ),
    PracticeRule(
        "own-language",
        MarkName.TONE,
        "Answer in the customer's language",
        "The reply is in the language in which the customer wrote.",
    ),
    PracticeRule(
        "nothing-left",
        MarkName.RESOLUTION,
        "Leave nothing that could be done",
        "At the end nothing waits that the ghost had answered with five minutes to spare.",
    ),
    PracticeRule(
        "resolve-answered",
        MarkName.RESOLUTION,
        "Resolve only what is answered",
        "A conversation is resolved when every question in it has its answer.",
    ),
    PracticeRule(
        "resolve-for-good",
        MarkName.RESOLUTION,
        "Resolve what is really over",
        "A customer who has to come back after the end was sent away too early.",
    ),
    PracticeRule(
        "answer-troll-once",
        MarkName.RESOLUTION,
        "Answer a provocation once",
        "A provocation gets one calm answer; a second one is resolved without another word.",
    ),
    PracticeRule(
        "emergency-now",
        MarkName.RESOLUTION,
        "Emergencies within five minutes",
        "Somebody in need is answered within five minutes, whatever else waits.",
    ),
)

RULES: dict[str, PracticeRule] = {rule.id: rule for rule in _ALL}
"""By id; the notes of the coach have the coach's own names."""
