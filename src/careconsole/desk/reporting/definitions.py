"""Every number of the wallboard and the report: what it is called, what it means, in what it is counted.

The formulas are those of product.md 4.1; where the trade has several, the one chosen is named here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Unit(Enum):
    """In what a number is counted."""

    SECONDS = "s"
    SHARE = "%"
    COUNT = ""
    DAYS = "d"


@dataclass(frozen=True, slots=True)
class Definition:
    """One number."""

    name: str
    title: str
    unit: Unit
    says: str
    """What is counted, in a sentence; times in business hours are counted on the account's calendar."""


_S, _SHARE, _COUNT, _DAYS = Unit.SECONDS, Unit.SHARE, Unit.COUNT, Unit.DAYS

DEFINITIONS: dict[str, Definition] = {
    each.name: each
    for each in (
        Definition(
            "arrivals", "Arrivals", _COUNT, "Customers' messages that need an answer, by the network's time."
        ),
        Definition(
            "answers", "Answers", _COUNT, "Replies sent, from here or another client, notes left out."
        ),
        Definition("resolutions", "Resolved", _COUNT, "Conversations that were resolved and stayed so."),
        Definition(
            "backlog",
            "Backlog",
            _COUNT,
            "Conversations that wait on us now: the queue. Left out: asleep, and with the answer on its way.",
        ),
        *(
            Definition(
                f"backlog_{name}", f"Backlog {words}", _COUNT, f"Of the backlog, what has waited {words}."
            )
            for name, words in (
                ("0_1h", "under 1 h"),
                ("1_4h", "1 to 4 h"),
                ("4_24h", "4 to 24 h"),
                ("24_72h", "24 to 72 h"),
                ("over_72h", "72 h or more"),
            )
        ),
        Definition("late", "Late now", _COUNT, "Conversations of the backlog whose promise has passed."),
        Definition(
            "backlog_days", "Backlog days", _DAYS, "The backlog by what was resolved a day in the window."
        ),
        Definition(
            "oldest",
            "Oldest waiting",
            _S,
            "How long the customer has waited who has waited longest, day and night.",
        ),
        Definition(
            "service_level",
            "Service level",
            _SHARE,
            "First answers within the target, of all that were given or whose promise passed in the window. "
            "Left out: resolved or deleted in time without an answer.",
        ),
        Definition(
            "sla_attainment",
            "Promises kept",
            _SHARE,
            "Answers within the target, of all that were given or whose promise passed in the window: one that is "
            "late counts when its promise passes, answered or not.",
        ),
        Definition(
            "breached", "Promises missed", _COUNT, "Promises that passed in the window without an answer."
        ),
        Definition(
            "frt_median",
            "First response, median",
            _S,
            "From the first message of a cycle to its first answer, in business hours.",
        ),
        Definition("frt_p90", "First response, 9 of 10", _S, "The same: nine of ten were not slower."),
        Definition(
            "nrt_median",
            "Next response, median",
            _S,
            "From the oldest message unanswered to the answer, in business hours.",
        ),
        Definition("nrt_p90", "Next response, 9 of 10", _S, "The same: nine of ten were not slower."),
        Definition(
            "asa",
            "Mean wait of the answered",
            _S,
            "Average speed of answer: the waits of all answers together by their number, in business hours. Those "
            "never answered are not in it: see the unanswered share.",
        ),
        Definition(
            "unanswered_share",
            "Unanswered",
            _SHARE,
            "Of the messages of the window that need an answer, those that still wait.",
        ),
        Definition(
            "response_rate",
            "Response rate",
            _SHARE,
            "Of the messages of the window that needed an answer, those that got one. Left out: deleted by their "
            "writers, or resolved as no reply needed, noise, provocation or duplicate.",
        ),
        Definition(
            "rt_median",
            "Resolution, median",
            _S,
            "From the first message of a cycle to its resolution, in business hours.",
        ),
        Definition("rt_p90", "Resolution, 9 of 10", _S, "The same: nine of ten were not slower."),
        Definition(
            "rt_full_median",
            "Full resolution, median",
            _S,
            "From the first message of the conversation to this resolution, in business hours.",
        ),
        Definition("rt_full_p90", "Full resolution, 9 of 10", _S, "The same: nine of ten were not slower."),
        Definition(
            "interactions_median",
            "Our public replies, median",
            _COUNT,
            "Public replies of a cycle that was resolved as answered. Left out: resolved for another reason.",
        ),
        Definition(
            "interactions_p90", "Our public replies, 9 of 10", _COUNT, "The same: nine of ten had no more."
        ),
        Definition(
            "customer_messages_median",
            "Their messages, median",
            _COUNT,
            "Customers' messages of the same cycles.",
        ),
        Definition(
            "one_touch",
            "One touch",
            _SHARE,
            "Of the cycles resolved as answered, those with a single reply of ours and no message that needs an answer "
            "from this customer within 72 h of it. Left out: one reply, and the 72 h are not over.",
        ),
        Definition(
            "reopen_rate",
            "Reopened",
            _SHARE,
            "Resolved conversations that a customer's reply brought back, by those resolved in the window.",
        ),
        Definition(
            "moves",
            "Moves",
            _COUNT,
            "Times that a conversation was given to another person or team than it was with; of an agent, those they gave.",
        ),
        Definition(
            "moved_private",
            "Moved to private",
            _SHARE,
            "Of the cycles that began in public and got a reply in the window, those that got a private one.",
        ),
        Definition(
            "focus",
            "Focus time",
            _S,
            "With a thread open and a key in the last 30 s; two consoles at once count once.",
        ),
        Definition(
            "focus_per_answer", "Focus an answer", _S, "Focus time by the number of answers from here."
        ),
        Definition(
            "occupancy",
            "Occupancy",
            _SHARE,
            "Focus time by the time at the desk, away left out. A band: long above 85 % means tired people.",
        ),
        Definition(
            "predicted_wait",
            "Predicted wait",
            _S,
            "The backlog times focus an answer, by the agents at the desk, rounded up to 10 minutes.",
        ),
        Definition(
            "tier0_share",
            "Emergencies",
            _SHARE,
            "Of the messages of the window that need an answer, those with a word of alarm; more than 2 % is a warning.",
        ),
        Definition(
            "vip_share",
            "VIPs",
            _SHARE,
            "Of the messages of the window that need an answer, those of VIPs; above 5 % their head start is worth little.",
        ),
    )
}
