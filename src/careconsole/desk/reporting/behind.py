"""The rows behind a number of the wallboard, from the log read anew; names come from the record."""

from __future__ import annotations

from dataclasses import dataclass

from careconsole.desk.reporting.books import Books, open_books
from careconsole.desk.reporting.figures import Figure, Window
from careconsole.store import live
from careconsole.store.contract import ReadTx, Store

Row = tuple[int, int, str, str]
"""Conversation, a span in microseconds, what is to be said of it, the customer's handle."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The number as it is counted now, and its rows, what matters most first."""

    figure: Figure
    total: int
    rows: tuple[Row, ...]


async def behind(store: Store, measure: str, window: Window, limit: int) -> Behind:
    """What a number of the wall was counted from. Raises StoreError."""
    books = await open_books(store)
    figure = books.count(window)[measure, "all", ""]
    if measure in ("answers", "asa", "sla_attainment"):
        found = _of_replies(books, window, measure)
    else:
        found = _of_queue(books, window, measure)
    found.sort(key=lambda row: (-row[1], row[0]))
    shown = found[:limit]

    async def names(tx: ReadTx) -> list[str]:
        heads = [await live.handle_of(tx, id) for id, _, _ in shown]
        return ["" if head is None else head[0] for head in heads]

    handles = await store.read(names)
    rows = tuple((*row, handle) for row, handle in zip(shown, handles, strict=True))
    return Behind(figure, len(found), rows)


def _of_queue(books: Books, window: Window, measure: str) -> list[tuple[int, int, str]]:
    found = []
    for talk in books.ledger.talks.values():
        if not talk.is_waiting:
            continue
        late_us = window.until_us - talk.turn.due_us if talk.turn is not None else -1
        if measure == "late":
            if late_us > 0:
                found.append((talk.id, late_us, "late"))
            continue
        words = "late" if late_us > 0 else "in time" if talk.turn is not None else "back from sleep"
        found.append((talk.id, max(0, window.until_us - talk.waiting_since_us), f"waits, {words}"))
    return found


def _of_replies(books: Books, window: Window, measure: str) -> list[tuple[int, int, str]]:
    found = []
    for reply in books.facts.replies:
        is_kept = "in time" if reply.missed_us is None else "late"
        if measure == "sla_attainment":
            if reply.asked and window.has(reply.decided_us):
                found.append((reply.conversation_id, reply.waited_us, f"answered {is_kept}"))
        elif window.has(reply.at_us) and (reply.asked or measure == "answers"):
            words = f"{is_kept}, {reply.agent or 'another client'}" if reply.asked else "a further part"
            found.append((reply.conversation_id, reply.waited_us, words))
    if measure == "sla_attainment":
        found += [
            (lapsed.asked[0].conversation_id, window.until_us - lapsed.missed_us, "missed, no answer")
            for lapsed in books.facts.lapses
            if window.has(lapsed.missed_us)
        ]
        for talk in books.ledger.talks.values():
            for turn in (talk.turn, *(talk.on_way or {}).values()):
                missed_us = None if turn is None else turn.missed_us(window.until_us)
                if missed_us is not None and window.has(missed_us):
                    found.append((talk.id, window.until_us - missed_us, "missed, open"))
    return found
