"""Find conversations: by words of their messages, and by what a filter names; in rank order what waits, then the rest.

Conditions on conversations are asked of two indexes that hold every column they need, never of the rows. Words that
are in so many messages that to look at each conversation would take too long are asked of the first ones in order.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from careconsole.model.finding import Query
from careconsole.model.search_words import Term
from careconsole.store import queue
from careconsole.store.contract import ReadTx, Row, Value
from careconsole.store.message_words import HALF
from careconsole.store.rows import QueueRow

MOST_LOOKED_UP = 3_000
"""So many messages with the words are looked up one by one."""
FIRST_WAITING, FIRST_OTHERS = 2_000, 8_000
"""With more of them so many conversations are looked at of those that wait, and of the others."""
PER_ROW = 5
"""At least so many times as many as rows are asked for are looked up, or looked at."""
MOST_OTHERS = 1_000
"""Of what does not wait no more are counted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A conversation that was found, and its newest message with the words."""

    row: QueueRow
    text: str
    """The whole text of that message; empty if no words were asked for."""
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: at most as many as were asked for, and how many there are."""

    found: tuple[Hit, ...]
    waiting: int
    """How many of all that fit wait; `found` has the first of them."""
    others: int
    is_more: bool
    """Whether there are more others than `others` says."""
    is_more_waiting: bool = False
    """Whether more wait than `waiting` says."""


@dataclass(slots=True)
class _Ids:
    """Conversation ids in order: those that wait, then the others; by id the message that has the words."""

    waiting: list[int]
    others: list[int]
    message: dict[int, int]
    all_waiting: int
    is_more: bool = False
    is_more_waiting: bool = False


async def find(tx: ReadTx, agent: str, query: Query, limit: int) -> Hits:
    """The conversations that fit; the number of statements does not depend on how many there are."""
    conditions = await _conditions(tx, agent, query)
    if query.terms:
        ids = await _with_words(tx, query, conditions, limit)
    else:
        ids = await _first(tx, conditions, limit, MOST_OTHERS + 1)
        ids.all_waiting = await _count_waiting(tx, conditions)
    chosen = [*ids.waiting[:limit], *ids.others[: max(0, limit - len(ids.waiting))]]
    rows = {row.id: row for row in await queue.some(tx, agent, chosen)}
    texts = await _texts(tx, [ids.message[id] for id in chosen if id in ids.message])
    found = tuple(
        Hit(rows[id], *texts.get(ids.message.get(id, 0), ("", False))) for id in chosen if id in rows
    )
    more = ids.is_more or len(ids.others) > MOST_OTHERS
    return Hits(found, ids.all_waiting, min(len(ids.others), MOST_OTHERS), more, ids.is_more_waiting)


async def _texts(tx: ReadTx, message_ids: list[int]) -> dict[int, tuple[str, bool]]:
    """By message its text, and whether it is ours."""
    rows = await tx.rows(
        "SELECT id, text, direction = 'out' FROM message WHERE id IN (SELECT value FROM json_each($1))",
        json.dumps(message_ids),
    )
    return {row[0]: (row[1], bool(row[2])) for row in rows}


# Conditions on a conversation

_Conditions = tuple[str, list[Value]]
"""SQL with `$1` and so on, and its values; it always asks for something."""

_STATES = {
    "waiting": "c.in_queue = 1",
    "snoozed": "c.state <> 'resolved' AND c.id IN (SELECT conversation_id FROM boomerang WHERE sleeps = 1)",
    "draft": "c.id IN (SELECT conversation_id FROM draft WHERE agent = $1)",
    "vip": "c.is_vip = 1",
    "tier0": "c.tier = 0",
}


async def _conditions(tx: ReadTx, agent: str, query: Query) -> _Conditions:
    values: list[Value] = [agent, tx.boot_id, tx.monotonic_ns, tx.now_us]
    parts = ["TRUE"]
    if "mine" in query.states:
        live = "(c.claimed_by IS NOT NULL AND c.lease_boot = $2 AND c.lease_until_ns > $3)"
        parts.append(f"CASE WHEN {live} THEN c.claimed_by = $1 ELSE c.owner = $1 END")
    if "late" in query.states:
        parts.append("c.in_queue = 1 AND c.due_us < $4")
    parts += [_STATES[state] for state in sorted(query.states) if state in _STATES]
    ended = [state for state in ("pending", "resolved") if state in query.states]
    accounts = await _account_ids(tx, query) if query.accounts else []
    for column, wanted in (
        ("state", ended or None),
        ("kind", [kind.value for kind in query.kinds] or None),
        ("lang", list(query.languages) or None),
        ("account_id", accounts if query.accounts else None),
    ):
        if wanted is not None:
            values.append(json.dumps(wanted))
            parts.append(f"c.{column} IN (SELECT value FROM json_each(${len(values)}))")
    return " AND ".join(parts), values


async def _account_ids(tx: ReadTx, query: Query) -> list[int]:
    rows = await tx.rows(
        "SELECT id FROM account WHERE name IN (SELECT value FROM json_each($1))",
        json.dumps(sorted(query.accounts)),
    )
    return [row[0] for row in rows]


_WAITING = "SELECT c.id FROM conversation c INDEXED BY queue_order WHERE c.in_queue = 1 AND "
_IN_ORDER = " ORDER BY c.tier, c.effective_due_us, c.waiting_since_us, c.id"
_OTHERS = "SELECT c.id FROM conversation c INDEXED BY conversation_newest WHERE c.in_queue = 0 AND "
_NEWEST = " ORDER BY c.newest_in_us DESC, c.id DESC"


async def _first(tx: ReadTx, conditions: _Conditions, waiting_most: int, others_most: int) -> _Ids:
    """Of the conversations that fit the first that wait and the newest of the others."""
    sql, values = conditions
    waiting = await tx.rows(f"{_WAITING}{sql}{_IN_ORDER} LIMIT {waiting_most}", *values)
    others = await tx.rows(f"{_OTHERS}{sql}{_NEWEST} LIMIT {others_most}", *values)
    return _Ids([row[0] for row in waiting], [row[0] for row in others], {}, len(waiting))


async def _count_waiting(tx: ReadTx, conditions: _Conditions) -> int:
    sql, values = conditions
    row = await tx.row(f"SELECT count(*) FROM ({_WAITING}{sql})", *values)
    return row[0] if row else 0


# Words

_WITH_WORDS = "SELECT w.rowid FROM message_words w WHERE w.message_words MATCH "


async def _with_words(tx: ReadTx, query: Query, conditions: _Conditions, limit: int) -> _Ids:
    most = max(MOST_LOOKED_UP, PER_ROW * limit)
    asked, rows = match_of(query.terms), []
    if query.terms[-1].begins:
        # A word of so many messages is meant as it stands: all that begins so would take twice the time.
        as_it_stands = match_of([*query.terms[:-1], query.terms[-1]._replace(begins=False)])
        rows = await _newest_with(tx, as_it_stands, most)
        asked = as_it_stands if len(rows) > most else asked
    if len(rows) <= most:
        rows = await _newest_with(tx, asked, most)
    if len(rows) <= most:
        return await _look_up(tx, _newest_of(rows), conditions)
    first_waiting = max(FIRST_WAITING, PER_ROW * limit)
    first = await _first(tx, conditions, first_waiting, max(FIRST_OTHERS, PER_ROW * limit))
    return await _among(tx, asked, first, conditions, limit, is_cut=len(first.waiting) == first_waiting)


async def _newest_with(tx: ReadTx, asked: str, most: int) -> list[Row]:
    """The rows with the words, at most one more than so many; those of the newest conversations and messages first."""
    return await tx.rows(f"{_WITH_WORDS} $1 ORDER BY w.rowid DESC LIMIT {most + 1}", asked)


def match_of(terms: Sequence[Term]) -> str:
    """What FTS5 is asked: every term in quotes, so that nothing in it is syntax."""
    return " AND ".join(map(_phrase, terms))


def _phrase(term: Term) -> str:
    goes_on = " *" if term.begins else ""
    phrase = f'"{" ".join(term.words)}"{goes_on}'
    return f'({phrase} OR "{term.joined}"{goes_on})' if term.joined else phrase


def _newest_of(rows: Sequence[Row]) -> dict[int, int]:
    """By conversation its newest message, from numbers in descending order."""
    found: dict[int, int] = {}
    for (number,) in rows:
        found.setdefault(number // HALF, number % HALF)
    return found


async def _look_up(tx: ReadTx, message: dict[int, int], conditions: _Conditions) -> _Ids:
    """Of these conversations those that fit, in order."""
    sql, values = conditions
    rows = await tx.rows(
        "SELECT c.id, c.in_queue FROM conversation c "
        f"WHERE c.id IN (SELECT value FROM json_each(${len(values) + 1})) AND {sql} "
        "ORDER BY c.in_queue DESC, CASE WHEN c.in_queue THEN c.tier END, CASE WHEN c.in_queue THEN c.effective_due_us END, "
        "CASE WHEN c.in_queue THEN c.waiting_since_us ELSE -c.newest_in_us END, CASE WHEN c.in_queue THEN c.id ELSE -c.id END",
        *values,
        json.dumps(list(message)),
    )
    waiting = [row[0] for row in rows if row[1]]
    return _Ids(waiting, [row[0] for row in rows if not row[1]], message, len(waiting))


async def _among(
    tx: ReadTx, asked: str, first: _Ids, conditions: _Conditions, limit: int, *, is_cut: bool
) -> _Ids:
    """Of the first conversations in order those with the words; if too few of them wait, of all that wait."""
    message = await _asked_of(tx, asked, [*first.waiting, *first.others])
    if is_cut and sum(id in message for id in first.waiting) < limit:
        sql, values = conditions
        rows = await tx.rows(
            f"{_WITH_WORDS} ${len(values) + 1} AND w.rowid / {HALF} IN ({_WAITING}{sql}) ORDER BY w.rowid DESC",
            *values,
            asked,
        )
        of_waiting = _newest_of(rows)
        first.waiting = (await _look_up(tx, of_waiting, conditions)).waiting
        message |= of_waiting
        is_cut = False
    waiting = [id for id in first.waiting if id in message]
    others = [id for id in first.others if id in message]
    return _Ids(waiting, others, message, len(waiting), is_more=True, is_more_waiting=is_cut)


async def _asked_of(tx: ReadTx, asked: str, ids: list[int]) -> dict[int, int]:
    """By conversation, of those named, the newest message with the words."""
    if not ids:
        return {}
    rows = await tx.rows(
        f"{_WITH_WORDS} $1 AND w.rowid >= $3 AND w.rowid < $4 "
        f"AND w.rowid / {HALF} IN (SELECT value FROM json_each($2)) ORDER BY w.rowid DESC",
        asked,
        json.dumps(ids),
        min(ids) * HALF,
        (max(ids) + 1) * HALF,
    )
    return _newest_of(rows)
