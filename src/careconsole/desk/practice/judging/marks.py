"""What a debrief is made of: marks, mistakes, and the two ways beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from careconsole.desk.practice.judging.rules import RULES, MarkName, PracticeRule


@dataclass(frozen=True, slots=True)
class Named:
    """The message that a mistake is about. Texts are as they arrived: whoever shows them lets them through the gate."""

    conversation_id: int
    message_id: int
    handle: str
    at_us: int
    text: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """One decision that broke a rule."""

    rule_id: str
    at_us: int
    """When it was made, or when the time was over."""
    named: Named
    said: str
    """What happened, in one sentence; it may quote foreign text."""

    @property
    def rule(self) -> PracticeRule:
        """The rule that it breaks."""
        return RULES[self.rule_id]


@dataclass(frozen=True, slots=True)
class Part:
    """The share of one language or sort in a mark."""

    name: str
    right: int
    judged: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the five: how many decisions were judged, and how many of them were right."""

    name: MarkName
    right: int
    judged: int
    how: str
    """One sentence by which a person can count it again."""
    mistakes: tuple[Mistake, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    """What was not judged, in words, and how often."""
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    """Further figures, a sentence each."""
    ghost: Part | None = None
    """The same of the ghost, where it can be said."""

    @property
    def points(self) -> int | None:
        """0 to 100, rounded down: 100 is only what was right throughout. None if there was nothing to judge."""
        return points_of(self.right, self.judged)


def sorted_by_rule(mistakes: Sequence[Mistake]) -> tuple[Mistake, ...]:
    """Those of one rule together, in the order of the rules; of one rule the earlier first."""
    order = list(RULES)
    return tuple(
        sorted(
            mistakes,
            key=lambda one: (order.index(one.rule_id), one.at_us, one.named.conversation_id, one.said),
        )
    )


def points_of(right: int, judged: int) -> int | None:
    """A share as 0 to 100, rounded down; None of nothing."""
    return 100 * right // judged if judged else None


@dataclass(frozen=True, slots=True)
class Side:
    """How one of the two dealt with a conversation. Seconds since the run began; None: not at all."""

    place: int | None = None
    """The how-manieth conversation that was taken."""
    taken_s: float | None = None
    answered_s: float | None = None
    """When its first message was answered first."""
    waited_s: float | None = None
    """From that message, or from the start of the run for what was there before, to the answer."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A conversation, as you and as the ghost dealt with it."""

    conversation_id: int
    handle: str
    text: str
    arrived_s: float
    """Seconds since the run began; below 0 for what was there before."""
    is_answer_needed: bool
    you: Side = field(default_factory=Side)
    ghost: Side = field(default_factory=Side)


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One message in the thread of a mistake."""

    at_us: int
    who: str
    is_ours: bool
    is_public: bool
    text: str
