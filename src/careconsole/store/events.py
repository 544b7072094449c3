"""Append to the event log, in the transaction of the act."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from careconsole.model.event import GENESIS, Detail, Event, EventKind, canonical_json, event_hash, hash_of
from careconsole.store.contract import ReadTx, StoreError, Tx

NEWEST_EVENT = "newest_event"
"""The fact that holds the number of the newest event: a log that was cut at its end is found by it."""
_INSERT = "INSERT INTO event VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"


async def append(
    tx: Tx,
    kind: EventKind,
    *,
    at_us: int | None = None,
    agent: str | None = None,
    account_id: int | None = None,
    customer_id: int | None = None,
    conversation_id: int | None = None,
    cycle: int | None = None,
    message_id: int | None = None,
    outbox_id: int | None = None,
    details: Mapping[str, Detail] | str | None = None,
) -> int:
    """Append an event; its sequence number.

    `at_us` is the network's time, now if not given; `details` may be canonical JSON already.
    """
    seq, prev_hash = await tx.chain()
    seq += 1
    if at_us is None:
        at_us = tx.now_us
    if not isinstance(details, str):
        details = canonical_json(details) if details else "{}"
    fields = (
        kind.value,
        at_us,
        tx.now_us,
        agent,
        account_id,
        customer_id,
        conversation_id,
        cycle,
        message_id,
        outbox_id,
        details,
    )
    own_hash = hash_of((seq, prev_hash, *fields))
    tx.later(_INSERT, seq, *fields, prev_hash, own_hash)
    tx.extend_chain(seq, own_hash)
    return seq


_COLUMNS = (
    "seq, kind, at_us, recorded_us, agent, account_id, customer_id, conversation_id, cycle, message_id, outbox_id, "
    "details, prev_hash, hash"
)


async def events_after(tx: ReadTx, seq: int = 0, limit: int = 10_000) -> list[tuple[int, Event, str, str]]:
    """Sequence number, event, previous hash and hash of the events after one, oldest first."""
    rows = await tx.rows(f"SELECT {_COLUMNS} FROM event WHERE seq > $1 ORDER BY seq LIMIT $2", seq, limit)
    return [(row[0], Event(*row[1:12]), row[12], row[13]) for row in rows]


LogRow = tuple[int, str, int, int, str | None, int, int, int, int, int, int, str]
"""An event without its hashes: seq, kind, at_us, recorded_us, agent, account_id, customer_id, conversation_id, cycle,
message_id, outbox_id, details."""
_LOG = (
    "SELECT seq, kind, at_us, recorded_us, agent, account_id, customer_id, conversation_id, cycle, message_id, "
    "outbox_id, details FROM event WHERE seq > $1 ORDER BY seq LIMIT $2"
)


async def log_after(tx: ReadTx, seq: int, limit: int) -> list[LogRow]:
    """The events after one without their hashes, oldest first: for those who count."""
    return await tx.rows(_LOG, seq, limit)


async def newest(tx: ReadTx) -> int:
    """The number of the newest event; 0 if there is none."""
    row = await tx.row("SELECT coalesce(max(seq), 0) FROM event")
    return int(row[0]) if row else 0


async def refuse_hole(tx: ReadTx) -> None:
    """Raise StoreError if an event is missing between the first and the newest that there ever was.

    Only numbers are looked at; `first_fault` finds what was changed, too, and takes as long as the log is.
    """
    row = await tx.row(
        "SELECT count(*), coalesce(max(seq), 0), (SELECT value FROM fact WHERE name = $1) FROM event",
        NEWEST_EVENT,
    )
    assert row is not None
    count, last, told = row[0], row[1], int(row[2] or 0)
    if count == last and told <= last:
        return
    first = await tx.row(
        "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM event WHERE seq = 1) UNION ALL "
        "SELECT * FROM (SELECT seq + 1 FROM event e "
        "WHERE NOT EXISTS (SELECT 1 FROM event WHERE seq = e.seq + 1) ORDER BY seq LIMIT 1) LIMIT 1"
    )
    assert first is not None
    raise StoreError(
        f"Event {first[0]} is missing from the event log, so no number would be true. "
        "Look at it with: careconsole audit, and go back to a backup of the desk."
    )


async def ahead_us(tx: ReadTx) -> int:
    """So long the newest event lies ahead of this host's wall clock, in microseconds; 0 where it does not."""
    row = await tx.row("SELECT recorded_us FROM event ORDER BY seq DESC LIMIT 1")
    return max(0, int(row[0]) - tx.now_us) if row else 0


async def first_since(tx: ReadTx, since_us: int) -> int:
    """The number of the first event that was recorded at an instant or later; one behind the newest if none was."""
    low, high = 1, await newest(tx) + 1
    while low < high:
        middle = (low + high) // 2
        row = await tx.row("SELECT recorded_us FROM event WHERE seq = $1", middle)
        if row is None or row[0] >= since_us:
            high = middle
        else:
            low = middle + 1
    return low


_RESOLVED_BEFORE = (
    "SELECT conversation_id FROM (SELECT conversation_id, max(seq) AS newest, kind FROM event "
    "WHERE conversation_id IS NOT NULL GROUP BY conversation_id) WHERE kind = 'resolved' AND newest < $1"
)
"""Conversations of which the newest event is that they were resolved, and that was before another event."""


async def living_log(
    tx: ReadTx, kinds: Sequence[str], since: int, until: int, size: int
) -> AsyncIterator[list[LogRow]]:
    """The events up to one, of some kinds, without those of conversations that were resolved before `since` for good.

    For who only counts what waits and what happened since then: of those conversations nothing is left to count.
    """
    places = ", ".join(f"${place}" for place in range(3, len(kinds) + 3))
    sql = _LOG.replace(
        "seq > $1 ORDER BY seq LIMIT $2",
        f"seq <= $2 AND kind IN ({places}) AND (conversation_id IS NULL "
        f"OR conversation_id NOT IN ({_RESOLVED_BEFORE})) ORDER BY seq",
    )
    async for rows in tx.parts(size, sql, since, until, *kinds):
        yield rows


async def log_of_kinds(tx: ReadTx, kinds: Sequence[str], after: int, until: int) -> list[LogRow]:
    """The events of some kinds behind one event and up to another, without their hashes, oldest first."""
    places = ", ".join(f"${place}" for place in range(3, len(kinds) + 3))
    sql = _LOG.replace("ORDER BY seq LIMIT $2", f"AND seq <= $2 AND kind IN ({places}) ORDER BY seq")
    return await tx.rows(sql, after, until, *kinds)


async def first_fault(tx: ReadTx) -> str:
    """A sentence that names the first event whose place or content was changed; empty if the chain holds."""
    seq, prev_hash = 0, GENESIS
    while True:
        chunk = await events_after(tx, seq)
        if not chunk:
            row = await tx.row("SELECT value FROM fact WHERE name = $1", NEWEST_EVENT)
            return f"event {seq + 1} is missing" if row is not None and int(row[0]) > seq else ""
        for number, event, prev, own in chunk:
            if number != seq + 1:
                return f"event {seq + 1} is missing"
            if prev != prev_hash:
                return f"event {number} does not follow event {seq}"
            if own != event_hash(event, number, prev):
                return f"event {number} was changed"
            seq, prev_hash = number, own
