"""Answers that were sent before, by the messages that they answered: found by words, read with all that names anybody."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from json import dumps

from careconsole.store.contract import ReadTx
from careconsole.store.customers import SAME_PERSON
from careconsole.store.message_words import HALF
from careconsole.store.row_hash import is_sound

MOST_TERMS = 12
MOST_PLACES = 20_000
"""So many places of words are looked at for one message; what stands everywhere tells nothing."""


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """A message that was answered, and the reply that was sent."""

    message_id: int
    outbox_id: int
    conversation_id: int
    customer_id: int
    asked: str
    language: str
    """Of the message; may be empty."""
    text: str
    visibility: str
    agent: str
    sent_us: int


async def by_words(
    tx: ReadTx, terms: Sequence[str], account_id: int, visibilities: Collection[str], most: int
) -> list[tuple[int, float]]:
    """Answered messages with some of these words, and how much of what the words tell they share, to 1; best first.

    `terms` are words as the index of messages has them.
    """
    telling = await _telling(tx, terms)
    total = sum(telling.values())
    shares: dict[int, float] = {}
    for term, weight in telling.items():
        for row in await tx.rows(
            "SELECT m.id FROM message_words w CROSS JOIN message m ON m.id = w.rowid % $4 "
            "CROSS JOIN outbox o ON o.id = m.answer_outbox_id WHERE w.message_words MATCH $1 AND m.account_id = $2 "
            "AND m.direction = 'in' AND o.state = 'sent' AND o.visibility IN (SELECT value FROM json_each($3))",
            f'"{term}"',
            account_id,
            dumps(sorted(visibilities)),
            HALF,
        ):
            shares[row[0]] = shares.get(row[0], 0.0) + weight / total
    return sorted(shares.items(), key=lambda each: (-each[1], -each[0]))[:most]


async def _telling(tx: ReadTx, terms: Sequence[str]) -> dict[str, float]:
    """The rarest of the words with what each tells, so many that there is little to look at."""
    row = await tx.row("SELECT count(*) FROM outbox")
    wanted = dumps([term for term in dict.fromkeys(terms) if term.isalnum()])
    found = await tx.rows(
        "SELECT v.term, v.doc FROM json_each($1) j CROSS JOIN message_vocabulary v ON v.term = j.value ORDER BY v.doc",
        wanted,
    )
    every = max(row[0] if row else 0, *(doc for _, doc in found), 1)
    telling: dict[str, float] = {}
    places = 0
    for term, doc in found[:MOST_TERMS]:
        places += doc
        if telling and places > MOST_PLACES:
            break
        telling[term] = math.log(1.5 + every / doc)
    return telling


async def past_answers(
    tx: ReadTx, message_ids: Collection[int], account_id: int, visibilities: Collection[str]
) -> dict[int, PastAnswer]:
    """By message what was answered to it, of this account and for these eyes only.

    Left out is what was not sent or was deleted afterwards, on either side, what the disk has damaged, and the line
    behind a private answer.
    """
    rows = await tx.rows(
        "SELECT m.id, o.id, m.conversation_id, c.customer_id, m.text, m.language, o.text, o.visibility, o.agent, "
        "o.changed_us FROM json_each($1) j CROSS JOIN message m ON m.id = j.value "
        "JOIN outbox o ON o.id = m.answer_outbox_id JOIN conversation c ON c.id = m.conversation_id "
        f"WHERE {is_sound('message', 'm')} AND {is_sound('outbox', 'o')} "
        "AND m.account_id = $2 AND m.direction = 'in' AND m.deleted_us IS NULL AND o.state = 'sent' "
        "AND o.after_id IS NULL AND o.visibility IN (SELECT value FROM json_each($3)) "
        "AND NOT EXISTS (SELECT 1 FROM message r WHERE r.conversation_id = o.conversation_id AND r.outbox_id = o.id "
        "AND r.deleted_us IS NOT NULL)",
        dumps(list(message_ids)),
        account_id,
        dumps(sorted(visibilities)),
    )
    return {row[0]: PastAnswer(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class Known:
    """What would tell who a customer is."""

    names: tuple[str, ...]
    handles: tuple[str, ...]
    orders: str


async def known_of(tx: ReadTx, customer_id: int) -> Known:
    """Every name, handle and order number of a person."""
    identities = await tx.rows(
        f"SELECT handle, full_handle, name FROM identity WHERE customer_id IN ({SAME_PERSON})", customer_id
    )
    cards = await tx.rows(f"SELECT name, orders FROM customer WHERE id IN ({SAME_PERSON})", customer_id)
    names = (*(row[2] for row in identities), *(row[0] for row in cards))
    handles = (handle for row in identities for handle in row[:2])
    return Known(
        tuple(dict.fromkeys(filter(None, names))),
        tuple(dict.fromkeys(filter(None, handles))),
        "\n".join(filter(None, (row[1] for row in cards))),
    )
