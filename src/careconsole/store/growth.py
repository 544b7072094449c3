"""What has happened in a conversation since somebody read it: counted in events, so it holds for every process.

"Read until" is the number of the newest event that the reader had seen. Events are numbered in the order in which
they were committed, so whatever is recorded later, here or in another process, has a greater number.
"""

from __future__ import annotations

import json

from careconsole.model.event import EventKind
from careconsole.model.reply import Change, Growth, ReplyTo
from careconsole.store.contract import ReadTx

_WHAT = {
    EventKind.ARRIVED: Growth.NEW,
    EventKind.SENT: Growth.NEW,
    EventKind.ANSWERED_ELSEWHERE: Growth.NEW,
    EventKind.NOTE: Growth.NEW,
    EventKind.EDITED: Growth.EDITED,
    EventKind.DELETED: Growth.DELETED,
}
_KINDS = ", ".join(f"'{kind.value}'" for kind in _WHAT if kind is not EventKind.NOTE)
_SINCE = (
    "SELECT e.seq, e.kind, e.message_id, e.details FROM event e LEFT JOIN message m ON m.id = e.message_id "
    "WHERE e.conversation_id = $1 AND e.seq > $2 AND (e.kind = 'arrived' "
    "OR (e.kind IN ('edited', 'deleted') AND m.direction = 'in') "
    "OR (e.kind IN ('sent', 'note') AND e.agent NOT IN ($3, $4)) "
    "OR (e.kind = 'answered_elsewhere' AND m.elsewhere = 1)) ORDER BY e.seq"
)


async def newest_events(tx: ReadTx, conversation_id: int, first_id: int = 0) -> dict[int, int]:
    """By message id, from `first_id` on, the newest event that changed what a reader sees of the message."""
    rows = await tx.rows(
        "SELECT message_id, max(seq) FROM event WHERE conversation_id = $1 "
        f"AND kind IN ({_KINDS}) AND message_id >= $2 GROUP BY message_id",
        conversation_id,
        first_id,
    )
    return {row[0]: row[1] for row in rows}


async def note_events(tx: ReadTx, conversation_id: int) -> dict[int, int]:
    """By note id the event that told of it."""
    rows = await tx.rows(
        "SELECT details, seq FROM event WHERE conversation_id = $1 AND kind = 'note'", conversation_id
    )
    return {_note_id(row[0]): row[1] for row in rows}


async def changes_since(
    tx: ReadTx, conversation_id: int, seen_seq: int, agent: str, writer: str | None = None
) -> tuple[tuple[Change, ...], int]:
    """What others did to the thread after an event, in the order of doing, and the newest event of it.

    Messages and answers that came, edits and deletions by the customer, notes of colleagues; nothing that the
    agent wrote, nor `writer`, whose reply the agent approved.
    A message that came and was edited is new, one that was deleted is deleted.
    """
    found: dict[str, Growth] = {}
    for seq, kind, message_id, details in await tx.rows(
        _SINCE, conversation_id, seen_seq, agent, writer or agent
    ):
        key = f"n{_note_id(details)}" if kind == EventKind.NOTE else f"m{message_id}"
        what = _WHAT[EventKind(kind)]
        if what is not Growth.EDITED or key not in found:
            found[key] = what
        seen_seq = seq
    return tuple(Change(key, what) for key, what in found.items()), seen_seq


def _note_id(details: str) -> int:
    return int(json.loads(details)["note"])


async def newest_standing(tx: ReadTx, conversation_id: int) -> ReplyTo | None:
    """The customer's newest message that is not deleted; None if there is none."""
    row = await tx.row(
        "SELECT id, version FROM message WHERE conversation_id = $1 AND direction = 'in' AND deleted_us IS NULL "
        "ORDER BY at_us DESC, id DESC LIMIT 1",
        conversation_id,
    )
    return None if row is None else ReplyTo(row[0], row[1])


async def grown_under(tx: ReadTx, outbox_id: int) -> tuple[Growth | None, tuple[Change, ...]]:
    """What became of the message that a reply answers, and all that its writer had not seen.

    A reply whose writer told no mark (a command) is stopped by what happened to the message answered alone.
    """
    row = await tx.row(
        "SELECT o.conversation_id, o.agent, o.seen_seq, o.reply_to_version, m.version, "
        "m.deleted_us, coalesce(o.approved_by, o.agent) FROM outbox o "
        "JOIN message m ON m.id = o.reply_to_id WHERE o.id = $1",
        outbox_id,
    )
    if row is None:
        return None, ()
    answered = Growth.DELETED if row[5] is not None else Growth.EDITED if row[4] > row[3] else None
    if row[2] is None:
        return answered, ()
    changes, _ = await changes_since(tx, row[0], row[2], row[6], row[1])
    return answered, changes
