"""One line that says what to do, from what a wallboard sees: the first of these that applies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careconsole.desk.reporting.watching import Sight
from careconsole.store.rows import LATE_INTERVALS, Account

MIN_US = 60_000_000
TIRED = 0.85
"""Occupancy above this, for long, means tired people (product.md 4.1)."""
MANY_VIPS, MANY_EMERGENCIES = 0.05, 0.02
"""Above these shares a head start is worth little (product.md 4.3)."""


HANDLE_LIMIT = 20
"""Characters of a handle: the line is to fit a terminal of 80 columns."""
CLOCKS_AGREE_US = 30_000_000
"""Clocks of two hosts, or of one that is set a little, differ so far without harm."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do, and whether it must be now."""

    words: str
    is_urgent: bool = False


def advise(sight: Sight, targets: Mapping[str, float]) -> Advice:
    """The advice for a moment; `targets` as the tiles have them."""
    here = sum(agent.is_here for agent in sight.agents)
    late = sight.figures["late"].value or 0
    backlog = sight.figures["backlog"].value or 0
    silent = silent_accounts(sight)
    if sight.ahead_us > CLOCKS_AGREE_US:
        return Advice(f"{clock_words(sight.ahead_us)}: set it.", True)
    if sight.free_emergencies:
        number = _some(sight.free_emergencies, "emergency waits", "emergencies wait")
        return Advice(f"{number} with nobody on it: take it now, whoever is free (p).", True)
    if silent:
        return Advice(f"No news from {', '.join(silent)}: look at careconsole doctor where it polls.", True)
    if late and not here:
        return Advice(
            f"{_some(int(late), 'conversation is', 'conversations are')} late and nobody is at the desk.",
            True,
        )
    if sight.much_moved:
        return Advice(f"{_moved(sight.much_moved)}: take it, or say who ends it.")
    if late:
        oldest = f", longest @{_short(sight.oldest.handle)}" if sight.oldest else ""
        return Advice(
            f"{_some(int(late), 'is', 'are')} late{oldest}: everybody on the queue (p).",
            True,
        )
    if sight.due_soon and sight.due_soon > 2 * max(1, here):
        return Advice(
            f"{sight.due_soon} fall due in 10 min, {_some(here, 'agent is', 'agents are')} here: call one more."
        )
    if over := sight.figures["backlog_over_72h"].value:
        return Advice(
            f"{_some(int(over), 'has', 'have')} waited 72 h or more: answer or resolve, with the reason."
        )
    share = sight.figures["tier0_share"].value
    if share is not None and share > MANY_EMERGENCIES:
        return Advice(
            f"{float(share) * 100:.0f} % are emergencies, over 2 %: look at the words in [rank.emergency]."
        )
    share = sight.figures["vip_share"].value
    if share is not None and share > MANY_VIPS:
        return Advice(
            f"{float(share) * 100:.0f} % are of VIPs, over 5 %: a head start is worth little, shorten the list."
        )
    if backlog > targets.get("backlog", float("inf")):
        return Advice(f"{backlog} wait, over the target: nothing is late yet, pull in order (p).")
    if not backlog:
        return Advice("Nothing waits.")
    if sight.next_due_us is None:
        return Advice(f"All in time: {backlog} wait.")
    minutes = max(0, sight.next_due_us - sight.now_us) // MIN_US
    return Advice(f"All in time: {backlog} wait, the next promise passes in {minutes} min.")


def clock_words(ahead_us: int) -> str:
    """What is said of a clock that somebody has set back."""
    return f"The clock is {max(1, ahead_us // MIN_US)} min behind the newest event; no age is true"


def silent_accounts(sight: Sight) -> Sequence[str]:
    """Accounts whose last good poll is too long ago, by name."""
    return [each.name for each in sight.accounts if is_silent(each, sight.now_us)]


def is_silent(account: Account, now_us: int) -> bool:
    """Whether the last good poll is more than three intervals ago, or there is none although it was tried."""
    if account.last_good_us is None:
        return bool(account.failures)
    return now_us - account.last_good_us > LATE_INTERVALS * account.poll_every_s * 1_000_000


def _short(handle: str) -> str:
    return handle if len(handle) <= HANDLE_LIMIT else f"{handle[: HANDLE_LIMIT - 1]}…"


def _moved(much_moved: Sequence[tuple[int, int]]) -> str:
    """The conversations by their numbers, as the commands know them."""
    named = [f"#{id} was moved {moves} times" for id, moves in much_moved]
    return ", ".join(named)


def _some(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
