"""The audit: is the event log whole, do both routes count the same from it, and is the queue the one it tells of?

Little's law is checked as an identity (product.md 4.1): over a window, the number of messages that wait, integrated over
time, is the sum of the time that each of them waited, open ones up to the window's end. The left side is walked from the
plain route, the right side is added up from the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from careconsole.desk.reporting.books import Books, open_books, whole_log
from careconsole.desk.reporting.facts import Fate
from careconsole.desk.reporting.figures import DAY_US, Key, Value, Window
from careconsole.desk.reporting.recount import Told, recount, tell_all
from careconsole.store import events, live
from careconsole.store.contract import ReadTx, Store


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that the two routes do not agree on."""

    key: Key
    ledger: tuple[Value, int] | None
    """Value, and of how many; None: this route has no such number."""
    plain: tuple[Value, int] | None


@dataclass(frozen=True, slots=True)
class WindowAudit:
    """What was compared over one window."""

    window: Window
    numbers: int
    differences: tuple[Difference, ...]
    integral_us: int
    """Messages that wait, integrated over time."""
    waited_us: int
    """The sum of what each waited."""
    arrivals: int

    @property
    def holds(self) -> bool:
        """Whether nothing differs."""
        return not self.differences and self.integral_us == self.waited_us


@dataclass(slots=True)
class Audit:
    """Everything that was looked at."""

    events: int = 0
    chain_fault: str = ""
    """A sentence that names the first event that was changed, dropped or moved; empty if the log is whole."""
    windows: list[WindowAudit] = field(default_factory=list)
    queue: int = 0
    """Conversations in the queue, as the log tells."""
    misplaced: list[str] = field(default_factory=list)
    """Sentences about conversations that the record has at another place than the log tells."""

    @property
    def holds(self) -> bool:
        """Whether everything does."""
        return not self.chain_fault and not self.misplaced and all(each.holds for each in self.windows)


async def audit(store: Store, windows: Sequence[Window]) -> Audit:
    """Look at everything. From a log that is not whole nothing is counted."""
    found = Audit()
    found.chain_fault = await store.read(events.first_fault)
    if found.chain_fault:
        return found
    plain_books = Books()
    log = await whole_log(store, plain_books)
    newest = log[-1][0] if log else 0
    books = await open_books(store, newest)
    found.events = len(log)
    for window in windows:
        told = tell_all(log, plain_books.accounts, plain_books.policy, window.until_us)
        found.windows.append(_compare(books, told, window))
    found.queue, found.misplaced = await _compare_queue(store, books)
    return found


def _compare(books: Books, told: Told, window: Window) -> WindowAudit:
    figures = books.count(window)
    ledger = {key: (figure.value, figure.of) for key, figure in figures.items()}
    plain = recount(told, window.since_us, window.until_us, books.accounts, books.channels)
    differences = tuple(
        Difference(key, ledger.get(key), plain.get(key))
        for key in sorted(ledger.keys() | plain.keys())
        if ledger.get(key) != plain.get(key)
    )
    return WindowAudit(
        window,
        len(ledger),
        differences,
        _integral_us(told, window),
        _waited_us(books, window),
        int(ledger["arrivals", "all", ""][0] or 0),
    )


def _integral_us(told: Told, window: Window) -> int:
    """Walk the window from one arrival or end to the next; in between the number of those that wait stands still."""
    steps: list[tuple[int, int]] = []
    for story in told.stories.values():
        for one in story.messages.values():
            steps.append((one.at_us, 1))
            if one.state not in ("waits", "leaving"):
                steps.append((max(one.at_us, one.settled_us), -1))
    steps.sort()
    integral = waiting = 0
    reached_us = window.since_us
    for at_us, step in steps:
        here_us = min(max(at_us, window.since_us), window.until_us)
        integral += waiting * (here_us - reached_us)
        reached_us = here_us
        waiting += step
    return integral + waiting * (window.until_us - reached_us)


def _waited_us(books: Books, window: Window) -> int:
    """Add up what each message waited inside the window."""
    total = 0
    for one in books.facts.asked:
        end_us = window.until_us if one.fate is Fate.OPEN else max(one.at_us, one.settled_us)
        total += max(0, min(end_us, window.until_us) - max(one.at_us, window.since_us))
    return total


async def _compare_queue(store: Store, books: Books) -> tuple[int, list[str]]:
    """How many the log has in the queue, and what the record has otherwise; both as of one moment."""

    async def look(tx: ReadTx) -> dict[int, tuple[int, int, int]]:
        while rows := await events.log_after(tx, books.ledger.seq, 20_000):
            books.ledger.take(rows)
        return await live.waiting(tx)

    kept = await store.read(look)
    told = {
        talk.id: (talk.waiting_since_us, talk.tier, len(talk.moves or ()))
        for talk in books.ledger.talks.values()
        if talk.is_waiting
    }
    sentences = []
    for id in sorted(kept.keys() | told.keys()):
        if kept.get(id) == told.get(id):
            continue
        if id not in told:
            sentences.append(f"conversation {id} stands in the queue, but by the log it does not wait")
        elif id not in kept:
            sentences.append(f"conversation {id} waits by the log, but is not in the queue")
        else:
            sentences.append(
                f"conversation {id} waits since another time, in another tier, or was moved another number of times, "
                "than the log tells"
            )
    return len(told), sentences


def usual_windows(now_us: int, since_us: int) -> list[Window]:
    """What is compared: the window asked for, the last day, and everything there is."""
    return [Window(since_us, now_us), Window(now_us - DAY_US, now_us), Window(0, now_us)]
