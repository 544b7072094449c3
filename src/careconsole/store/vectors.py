"""Vectors of messages and of prepared answers: kept so that each is made once. What they were made of comes first:
with a message, a customer, a learnt trigger its vector goes too, and an edited text has none until it is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps

from careconsole.store.contract import ReadTx, Tx

NOTHING = b""
"""The vector of a text without words: it is near to nothing."""
MOST_COMPARED = 10_000
"""So many of the newest answered messages of an account are compared at most."""
_TEXT = "SELECT m.id, m.version, m.text FROM message m "
_IS_WANTED = "m.direction = 'in' AND m.deleted_us IS NULL"


@dataclass(frozen=True, slots=True)
class Wordy:
    """A message that has no vector yet."""

    id: int
    version: int
    text: str


async def newest_message(tx: ReadTx) -> int:
    """The number of the newest message; 0 without any."""
    row = await tx.row("SELECT max(id) FROM message")
    return 0 if row is None or row[0] is None else int(row[0])


async def stale(tx: ReadTx, most: int) -> list[Wordy]:
    """Messages that were edited since their vector was made, at most so many."""
    return [
        Wordy(*row)
        for row in await tx.rows(
            "SELECT m.id, m.version, m.text FROM message_vector v CROSS JOIN message m ON m.id = v.message_id "
            f"WHERE v.vector IS NULL AND {_IS_WANTED} LIMIT $1",
            most,
        )
    ]


async def lacking(tx: ReadTx, model: str, first: int, last: int) -> list[Wordy]:
    """Customers' messages from one number to another without a vector of this model, the newest first."""
    return [
        Wordy(*row)
        for row in await tx.rows(
            f"{_TEXT} LEFT JOIN message_vector v ON v.message_id = m.id AND v.model = $1 AND v.vector IS NOT NULL "
            f"WHERE m.id BETWEEN $2 AND $3 AND {_IS_WANTED} AND v.message_id IS NULL ORDER BY m.id DESC",
            model,
            first,
            last,
        )
    ]


async def lacking_in(tx: ReadTx, model: str, conversation_id: int, most: int) -> list[Wordy]:
    """The same for the newest messages of one conversation."""
    return [
        Wordy(*row)
        for row in await tx.rows(
            f"{_TEXT} LEFT JOIN message_vector v ON v.message_id = m.id AND v.model = $1 AND v.vector IS NOT NULL "
            f"WHERE m.conversation_id = $2 AND {_IS_WANTED} AND v.message_id IS NULL ORDER BY m.at_us DESC, m.id DESC "
            "LIMIT $3",
            model,
            conversation_id,
            most,
        )
    ]


async def keep(tx: Tx, model: str, made: Sequence[tuple[Wordy, bytes]]) -> None:
    """Keep what was made; a message that was edited or deleted meanwhile keeps none."""
    await tx.change_many(
        "INSERT INTO message_vector (message_id, model, vector) SELECT id, $2, $3 FROM message "
        "WHERE id = $1 AND version = $4 AND deleted_us IS NULL "
        "ON CONFLICT (message_id) DO UPDATE SET model = excluded.model, vector = excluded.vector",
        [(each.id, model, vector, each.version) for each, vector in made],
    )


async def in_conversation(tx: ReadTx, model: str, conversation_id: int) -> dict[str, bytes]:
    """By their texts the vectors of a conversation's messages."""
    rows = await tx.rows(
        "SELECT m.text, v.vector FROM message m JOIN message_vector v ON v.message_id = m.id "
        f"WHERE m.conversation_id = $2 AND v.model = $1 AND v.vector IS NOT NULL AND {_IS_WANTED}",
        model,
        conversation_id,
    )
    return {row[0]: row[1] for row in rows}


async def of_answered(
    tx: ReadTx, model: str, account_id: int, visibilities: Collection[str]
) -> list[tuple[int, bytes]]:
    """Number and vector of the account's newest messages that one of our replies answered which has been sent."""
    rows = await tx.rows(
        "SELECT m.id, v.vector FROM message m JOIN message_vector v ON v.message_id = m.id "
        "JOIN outbox o ON o.id = m.answer_outbox_id WHERE m.account_id = $2 AND m.answer_outbox_id IS NOT NULL "
        "AND v.model = $1 AND length(v.vector) > 0 AND m.deleted_us IS NULL AND o.state = 'sent' "
        "AND o.visibility IN (SELECT value FROM json_each($3)) ORDER BY m.id DESC LIMIT $4",
        model,
        account_id,
        dumps(sorted(visibilities)),
        MOST_COMPARED,
    )
    return [(row[0], row[1]) for row in rows]


# Prepared answers


def mark_of(model: str, text: str) -> bytes:
    """What a snippet's text is known by."""
    return sha256(f"{model}\0{text}".encode("utf-8", "surrogatepass")).digest()


async def of_snippets(tx: ReadTx) -> dict[bytes, bytes]:
    """By mark the vectors of the texts of prepared answers."""
    return {row[0]: row[1] for row in await tx.rows("SELECT mark, vector FROM snippet_vector")}


async def keep_snippets(tx: Tx, made: Mapping[bytes, bytes]) -> None:
    """Keep new ones."""
    await tx.change_many(
        "INSERT INTO snippet_vector VALUES ($1, $2) ON CONFLICT (mark) DO UPDATE SET vector = excluded.vector",
        list(made.items()),
    )


async def forget_snippets(tx: Tx, still: Collection[bytes]) -> None:
    """Keep only those that are still in use."""
    await tx.change(
        "DELETE FROM snippet_vector WHERE hex(mark) NOT IN (SELECT value FROM json_each($1))",
        dumps([mark.hex().upper() for mark in still]),
    )


async def of_triggers(tx: ReadTx, model: str) -> dict[int, bytes]:
    """By number of a learnt trigger its vector."""
    rows = await tx.rows("SELECT trigger_id, vector FROM trigger_vector WHERE model = $1", model)
    return {row[0]: row[1] for row in rows}


async def keep_triggers(tx: Tx, model: str, made: Mapping[int, bytes]) -> None:
    """Keep those of learnt triggers; of one that was removed meanwhile, nothing."""
    await tx.change_many(
        "INSERT INTO trigger_vector (trigger_id, model, vector) SELECT id, $2, $3 FROM learnt_trigger WHERE id = $1 "
        "ON CONFLICT (trigger_id) DO UPDATE SET model = excluded.model, vector = excluded.vector",
        [(id, model, vector) for id, vector in made.items()],
    )
