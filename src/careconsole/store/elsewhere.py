"""Our own words that come in by the network: read-backs of replies on their way, and answers given elsewhere."""

from __future__ import annotations

import re

from careconsole.model.event import EventKind
from careconsole.model.instant import to_us
from careconsole.model.message import Author, Item
from careconsole.store.attachments import to_json
from careconsole.store.contract import Row, Tx
from careconsole.store.customers import find_person
from careconsole.store.events import append
from careconsole.store.message_words import index_message
from careconsole.store.ranking import place
from careconsole.store.row_hash import seal, sound
from careconsole.store.settling import settle_sent


async def record_own(tx: Tx, account_id: int, scope: str, item: Item) -> str:
    """Record a message of ours; empty, or why it cannot be placed."""
    place_of = await _conversation_of(tx, account_id, scope, item)
    if place_of is None:
        if item.reply_to is not None:
            return f"it answers message {item.reply_to[:80]}, which is not here"
        return (
            "an answer of ours needs reply_to, the handle of a customer who is here, or its message before it"
        )
    conversation_id, cycle, customer_id = place_of
    ours = await _on_its_way(tx, conversation_id, item)
    if ours is not None:
        await settle_sent(tx, ours, item.external_id, item.at)
        return ""
    message_id = await _insert_own(tx, account_id, conversation_id, cycle, item)
    await index_message(tx, message_id)
    answered = await tx.rows(
        "UPDATE message SET waits = 0 WHERE conversation_id = $1 AND waits = 1 AND at_us <= $2 RETURNING id",
        conversation_id,
        to_us(item.at),
    )
    await tx.change(
        "UPDATE conversation SET messages = messages + 1, revision = $2, "
        "state = CASE WHEN state IN ('new', 'open') AND NOT EXISTS "
        "(SELECT 1 FROM message WHERE conversation_id = $1 AND waits = 1) THEN 'pending' ELSE state END WHERE id = $1",
        conversation_id,
        await tx.revision(),
    )
    await append(
        tx,
        EventKind.ANSWERED_ELSEWHERE,
        at_us=to_us(item.at),
        account_id=account_id,
        customer_id=customer_id,
        conversation_id=conversation_id,
        cycle=cycle,
        message_id=message_id,
        details={"answers": [row[0] for row in answered], "visibility": item.visibility.value},
    )
    await place(tx, conversation_id)
    return ""


async def _conversation_of(tx: Tx, account_id: int, scope: str, item: Item) -> tuple[int, int, int] | None:
    """Conversation, cycle and customer of what a message of ours answers, by the surest sign that it bears.

    The message it names; its author, who may be the customer; and, where it names none, the customer whom its text
    addresses, or the message before it in its file.
    """
    row: Row | None = None
    if item.reply_to is not None:
        row = await _talk_of(tx, account_id, item.reply_to)
    if row is None:
        row = await _newest_talk_with(tx, account_id, scope, item.author)
    if row is None and item.reply_to is None and item.follows is not None:
        addressed = _ADDRESSED.match(item.text)
        if addressed is not None:
            row = await _newest_talk_with(tx, account_id, scope, Author(addressed[1]))
        if row is None:
            row = await _talk_of(tx, account_id, item.follows)
    return None if row is None else (row[0], row[1], row[2])


_ADDRESSED = re.compile(r"[\s.]*@([\w.-]*\w)")
"""Whom a text begins to speak to."""


async def _talk_of(tx: Tx, account_id: int, external_id: str) -> Row | None:
    return await tx.row(
        "SELECT m.conversation_id, m.cycle, c.customer_id FROM message m "
        "JOIN conversation c ON c.id = m.conversation_id WHERE m.account_id = $1 AND m.external_id = $2",
        account_id,
        external_id,
    )


async def _newest_talk_with(tx: Tx, account_id: int, scope: str, author: Author) -> Row | None:
    customer_id = await find_person(tx, scope, author)
    if customer_id is None:
        return None
    return await tx.row(
        "SELECT id, cycle, customer_id FROM conversation WHERE customer_id = $1 AND account_id = $2 "
        "ORDER BY state = 'resolved', id DESC LIMIT 1",
        customer_id,
        account_id,
    )


async def _on_its_way(tx: Tx, conversation_id: int, item: Item) -> int | None:
    """The reply of ours that this is: the same words to the same message, whose arrival we did not know yet."""
    rows = await tx.rows(
        f"SELECT o.id, {sound('outbox', 'o')}, o.handle, m.external_id, o.idempotency_key FROM outbox o "
        "JOIN message m ON m.id = o.reply_to_id WHERE o.conversation_id = $1 AND (o.state IN ('sending', 'unknown') "
        "OR (o.state IN ('queued', 'waiting') AND o.attempts > 0))",
        conversation_id,
    )
    for outbox_id, text, handle, reply_to, key in rows:
        if item.idempotency_key == key or (
            item.reply_to == reply_to and _core(item.text, handle) == _core(text, handle)
        ):
            return int(outbox_id)
    return None


def _core(text: str, handle: str) -> str:
    """The words of a reply without the customer's handle and without regard to spaces."""
    words = [
        word
        for word in text.split()
        if word.lstrip("@").casefold().split("@")[0] != handle.split("@")[0].casefold()
    ]
    return " ".join(words)


async def _insert_own(tx: Tx, account_id: int, conversation_id: int, cycle: int, item: Item) -> int:
    message_id = await tx.insert(
        "INSERT INTO message (account_id, external_id, conversation_id, cycle, direction, handle, name, text, at_us, "
        "recorded_us, edited_us, deleted_us, visibility, reply_to, attachments, elsewhere) "
        "VALUES ($1, $2, $3, $4, 'out', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)",
        account_id,
        item.external_id,
        conversation_id,
        cycle,
        item.author.handle,
        item.author.name,
        item.text,
        to_us(item.at),
        tx.now_us,
        to_us(item.edited_at) if item.edited_at else None,
        to_us(item.deleted_at) if item.deleted_at else None,
        item.visibility.value,
        item.reply_to,
        to_json(item.attachments),
    )
    await seal(tx, "message", message_id)
    return message_id
