"""Where words are: the conversations in whose messages, notes and card they stand, by the index or by the texts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from careconsole.model.search_words import Term, holds
from careconsole.store.contract import ReadTx, Row
from careconsole.store.customers import SAME_PERSON
from careconsole.store.message_words import HALF
from careconsole.store.row_hash import sound

MOST_READ = 6_000
"""So many messages are read at once and no more."""
LAST_READ = 4
"""Of what was found in the index so many messages of every conversation are read before the index is asked again."""
MOST_WORDS_COUNTED = 2_000
"""A beginning of so many words is one of many messages."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a conversation the words are: a whole text."""

    text: str
    said_in: str
    """`message`, `reply` for one of ours, `note` or `card`."""


def match_of(terms: Sequence[Term]) -> str:
    """What FTS5 is asked: every term in quotes, so that nothing in it is syntax."""
    return " AND ".join(map(_phrase, terms))


def _phrase(term: Term) -> str:
    goes_on = " *" if term.begins else ""
    phrase = f'"{" ".join(term.words)}"{goes_on}'
    return f'({phrase} OR "{term.joined}"{goes_on})' if term.joined else phrase


# By the index

_FOUND_IN = (
    "SELECT w.rowid >> 32 AS id FROM message_words w WHERE w.message_words MATCH $1 "
    f"UNION ALL SELECT n.rowid >> 32 FROM noted_words n WHERE n.noted_words MATCH $1 AND n.rowid >= {HALF} "
    "UNION ALL SELECT c.id FROM noted_words n CROSS JOIN conversation c ON c.customer_id = n.rowid "
    f"WHERE n.noted_words MATCH $1 AND n.rowid < {HALF} "
    "UNION ALL SELECT c.id FROM noted_words n CROSS JOIN customer k ON k.id = n.rowid AND k.person IS NOT NULL "
    "CROSS JOIN customer s ON s.person = k.person AND s.id <> k.id CROSS JOIN conversation c ON c.customer_id = s.id "
    f"WHERE n.noted_words MATCH $1 AND n.rowid < {HALF}"
)


async def conversations_with(tx: ReadTx, asked: str, most: int | None = None) -> list[int] | None:
    """Ids of the conversations with the words, some of them several times; None if so many messages have them.

    As one text out of SQLite: row by row they would take five times as long.
    """
    limit = -1 if most is None else most + 1
    row = await tx.row(
        "SELECT CASE WHEN count(*) <> $2 THEN json_group_array(id) END "
        f"FROM (SELECT id FROM ({_FOUND_IN}) LIMIT $2)",
        asked,
        limit,
    )
    return None if row is None or row[0] is None else json.loads(row[0])


async def is_common(tx: ReadTx, term: Term, most: int) -> bool:
    """Whether the term is in more messages than that; of several words the last one counts if it only begins so."""
    if not term.begins:
        row = await tx.row("SELECT doc FROM message_vocabulary WHERE term = $1", term.words[0])
        return len(term.words) == 1 and row is not None and row[0] > most
    for beginning in filter(None, (term.words[-1], term.joined)):
        row = await tx.row(
            "SELECT count(*), total(doc) FROM (SELECT doc FROM message_vocabulary "
            f"WHERE term >= $1 AND term < $2 LIMIT {MOST_WORDS_COUNTED})",
            beginning,
            f"{beginning}\U0010ffff",
        )
        if row is not None and (row[0] == MOST_WORDS_COUNTED or row[1] > most):
            return True
    return False


# By the texts

_MESSAGES = (
    f"SELECT m.conversation_id, m.direction, m.handle, m.name, {sound('message', 'm')}, c.handle, m.at_us, m.id "
    "FROM json_each($1) j CROSS JOIN conversation c ON c.id = j.value CROSS JOIN message m ON m.conversation_id = c.id "
    "WHERE m.deleted_us IS NULL"
)
_LAST = (
    "m.id IN (SELECT id FROM message l WHERE l.conversation_id = j.value "
    f"ORDER BY l.at_us DESC, l.id DESC LIMIT {LAST_READ})"
)


async def read_through(tx: ReadTx, terms: Sequence[Term], ids: Collection[int]) -> dict[int, Place] | None:
    """By conversation, of those named, the place of the words; None if they have more messages than that."""
    rows = await tx.rows(f"{_MESSAGES} LIMIT {MOST_READ + 1}", json.dumps(list(ids)))
    if len(rows) > MOST_READ:
        return None
    found = _in_messages(rows, terms)
    return found | await _in_notes_and_cards(tx, terms, [id for id in ids if id not in found])


async def places(tx: ReadTx, terms: Sequence[Term], ids: Collection[int]) -> dict[int, Place]:
    """By conversation the place of the words: one of the last messages, else a note or the card, else an older one."""
    found = _in_messages(await tx.rows(f"{_MESSAGES} AND {_LAST}", json.dumps(list(ids))), terms)
    found |= await _in_notes_and_cards(tx, terms, [id for id in ids if id not in found])
    missing = [id for id in ids if id not in found]
    older = await read_through(tx, terms, missing) if missing else {}
    return found | (await _older(tx, terms, missing) if older is None else older)


async def _older(tx: ReadTx, terms: Sequence[Term], ids: Collection[int]) -> dict[int, Place]:
    """The newest messages with the words as the index knows them: of very long conversations."""
    rows = await tx.rows(
        "SELECT max(w.rowid) FROM message_words w WHERE w.message_words MATCH $1 AND w.rowid >= $3 AND w.rowid < $4 "
        "AND w.rowid >> 32 IN (SELECT value FROM json_each($2)) GROUP BY w.rowid >> 32",
        match_of(terms),
        json.dumps(list(ids)),
        min(ids) * HALF,
        (max(ids) + 1) * HALF,
    )
    texts = await tx.rows(
        f"SELECT conversation_id, direction, {sound('message')} FROM message WHERE id IN (SELECT value FROM json_each($1))",
        json.dumps([row[0] % HALF for row in rows]),
    )
    return {row[0]: Place(row[2], _said_in(row[1])) for row in texts}


def _in_messages(rows: Iterable[Row], terms: Sequence[Term]) -> dict[int, Place]:
    """The newest message with the words."""
    found: dict[int, Place] = {}
    for id, direction, handle, name, text, customer, *_ in sorted(
        rows, key=lambda row: row[6:], reverse=True
    ):
        if id in found:
            continue
        if holds(f"{handle} {name} {text}" if direction == "in" else f"{customer} {text}", terms):
            found[id] = Place(text, _said_in(direction))
    return found


def _said_in(direction: str) -> str:
    return "message" if direction == "in" else "reply"


async def _in_notes_and_cards(tx: ReadTx, terms: Sequence[Term], ids: Collection[int]) -> dict[int, Place]:
    """The newest note with the words, else the card of the customer or of one who is the same person."""
    named = json.dumps(list(ids))
    notes = await tx.rows(
        f"SELECT c.id, c.handle, {sound('note', 'n')} FROM json_each($1) j CROSS JOIN conversation c ON c.id = j.value "
        "CROSS JOIN note n ON n.conversation_id = c.id ORDER BY n.at_us, n.id",
        named,
    )
    cards = await tx.rows(
        "SELECT c.id, (SELECT group_concat(handle, ' ') FROM identity WHERE customer_id = k.id), k.orders, k.about "
        "FROM json_each($1) j CROSS JOIN conversation c ON c.id = j.value CROSS JOIN customer k "
        f"ON k.id IN ({SAME_PERSON.replace('$1', 'c.customer_id')}) WHERE k.orders <> '' OR k.about <> ''",
        named,
    )
    found = {
        row[0]: Place(f"{row[2]} {row[3]}".strip(), "card")
        for row in cards
        if holds(f"{row[1] or ''} {row[2]} {row[3]}", terms)
    }
    return found | {row[0]: Place(row[2], "note") for row in notes if holds(f"{row[1]} {row[2]}", terms)}
