"""How much of a network's budget intake spends, and when: under half of it, spread over the network's window.

Every process reads the same count in the network's answers, so they slow down together and need not know of each
other: the more is spent, the longer each rests. What cannot wait (the thread before a send, the open thread at once)
asks nobody; a part of our half is kept for it.
"""

from __future__ import annotations

from dataclasses import replace

from careconsole.channels.contract import PollBudget

KEPT = 0.3
"""This part of our half is kept: at the start of a window so much may be spent at once, at its end as much is left."""
DOUBLINGS = 6
"""So often a pause has doubled by the time when all that is kept has been spent."""
FOR_POLLS = 0.05
"""What can be spared goes to polls alone once it is less than this part of the whole budget."""
FOR_SENDS = 0.1
"""This part of the whole budget is never touched by intake, however much was sent."""


def left(budget: PollBudget) -> float:
    """Requests that intake may still spend in this window; what we sent is not intake."""
    half = budget.remaining + budget.sent - budget.limit / 2
    return min(half, budget.remaining - budget.limit * FOR_SENDS)


def spare(budget: PollBudget) -> float:
    """Requests that can be spent at once, the rest of the window being spent evenly; below 0 if too many were."""
    part = min(1.0, budget.reset_in_s / budget.window_s) if budget.window_s > 0 else 0.0
    return left(budget) - budget.limit / 2 * (1 - KEPT) * part


def most(budget: PollBudget | None, part: float, at_least: int = 0) -> int | None:
    """So many requests one job may cost now: a part of what can be spared, but for the last of it, which is for what
    a poll brings unasked; half of that last gives way to `at_least`. None where there is no budget."""
    if budget is None or budget.limit <= 0:
        return None
    spared, for_polls = spare(budget), budget.limit * FOR_POLLS
    least = at_least if spared > for_polls / 2 else 0
    return max(least, int((spared - for_polls) * part))


def pause_s(budget: PollBudget | None, every_s: float, requests: int, *, goes_first: bool = False) -> float:
    """Seconds until a job of so many requests is done again: `every_s`, longer while there is less to spare.

    What goes first gives way by half as many doublings, and never by more than leaves it every third request that
    is left. Where our half is spent, everything waits for the next window.
    """
    if budget is None or budget.limit <= 0:
        return every_s
    longest_s, rest = max(every_s, budget.reset_in_s), left(budget)
    if rest <= requests:
        return longest_s
    if goes_first:
        longest_s = max(every_s, 3 * budget.reset_in_s * requests / rest)
    kept = budget.limit / 2 * KEPT
    doublings = DOUBLINGS * (0.5 if goes_first else 1.0) * min(4.0, max(0.0, 1.0 - spare(budget) / kept))
    return float(min(longest_s, every_s * 2.0**doublings))


def shared(budget: PollBudget | None, part: float) -> PollBudget | None:
    """A budget that no network told and that several processes share: this part of it is ours."""
    if budget is None or budget.is_told:
        return budget
    limit = int(budget.limit * part)
    return replace(budget, limit=limit, remaining=limit - (budget.limit - budget.remaining))
