"""What comes in: messages, edits, deletions, answers given elsewhere. Delivered three times is one row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from careconsole.model.event import Detail, EventKind
from careconsole.model.instant import to_us
from careconsole.model.message import Direction, Item, Poisoned, Reading
from careconsole.model.priority import Waiting, rank
from careconsole.store.contract import Tx
from careconsole.store.customers import Person, find_or_make_person, find_people
from careconsole.store.elsewhere import record_own
from careconsole.store.events import append
from careconsole.store.ranking import PREVIEW_CHARS, place, show_newest
from careconsole.store.versions import update

Weighed = tuple[Item, Reading]
"""A message with what its text tells us."""


@dataclass(slots=True)
class Recorded:
    """What became of a batch."""

    imported: int = 0
    known: int = 0
    """Seen before: the same again, an edit, or a deletion."""
    changed: int = 0
    """Of the known ones, those whose text or existence changed."""
    refused: list[tuple[int, str]] = field(default_factory=list)
    """Index in the batch, and why it could not be placed."""


@dataclass(frozen=True, slots=True)
class _Account:
    id: int
    name: str
    network: str

    @property
    def scope(self) -> str:
        """Inside which a handle names one person: a network of servers, else the account itself."""
        return self.network if self.network == "mastodon" else f"account:{self.name}"


@dataclass(slots=True)
class _Batch:
    """What one batch of messages needs to know of the record, asked for once."""

    account: _Account
    known: dict[str, int]
    """Message ids by external id."""
    answered: set[str]
    """External ids that an answer of ours names, whose message may come after it."""
    people: dict[str, Person]
    next_message_id: int


async def record(tx: Tx, account_id: int, batch: Sequence[Weighed]) -> Recorded:
    """Record a batch of messages of one account, in its order."""
    account = await account_of(tx, account_id)
    result = Recorded()
    at_hand = await _look_around(tx, account, [item for item, _ in batch])
    for index, (item, reading) in enumerate(batch):
        known_id = at_hand.known.get(item.external_id)
        if known_id is not None:
            result.known += 1
            result.changed += await update(tx, account_id, known_id, item, reading)
        elif item.direction is Direction.OUT:
            refusal = await record_own(tx, account_id, account.scope, item)
            if refusal:
                result.refused.append((index, refusal))
            else:
                result.imported += 1
                at_hand = await _look_around(tx, account, [item for item, _ in batch])
        else:
            at_hand.known[item.external_id] = await _arrive(tx, at_hand, item, reading)
            result.imported += 1
    return result


async def account_of(tx: Tx, account_id: int) -> _Account:
    """Name and network of an account."""
    row = await tx.row("SELECT name, network FROM account WHERE id = $1", account_id)
    assert row is not None
    return _Account(account_id, row[0], row[1])


async def _look_around(tx: Tx, account: _Account, items: Sequence[Item]) -> _Batch:
    known: dict[str, int] = {}
    answered: set[str] = set()
    ids = [item.external_id for item in items]
    for start in range(0, len(ids), LOOKED_UP_AT_ONCE):
        part = ids[start : start + LOOKED_UP_AT_ONCE]
        padded = [*part, *[None] * (LOOKED_UP_AT_ONCE - len(part))]
        known.update(await tx.rows(_KNOWN, account.id, *padded))
        answered.update(row[0] for row in await tx.rows(_ANSWERED, account.id, *padded))
    people = await find_people(tx, account.scope, [item.author for item in items])
    newest = await tx.row("SELECT coalesce(max(id), 0) FROM message")
    assert newest is not None
    return _Batch(account, known, answered, people, newest[0] + 1)


LOOKED_UP_AT_ONCE = 100
_MARKS = ", ".join(f"${number}" for number in range(2, LOOKED_UP_AT_ONCE + 2))
_KNOWN = f"SELECT external_id, id FROM message WHERE account_id = $1 AND external_id IN ({_MARKS})"
_ANSWERED = (
    "SELECT reply_to FROM message WHERE account_id = $1 AND direction = 'out' AND reply_to IS NOT NULL "
    f"AND reply_to IN ({_MARKS})"
)


async def _arrive(tx: Tx, batch: _Batch, item: Item, reading: Reading) -> int:
    """Record a customer's message that is new; its id."""
    account = batch.account
    person = await find_or_make_person(tx, account.scope, item.author, batch.people)
    conversation_id, cycle = await _conversation_for(tx, account.id, person, item)
    waits = item.deleted_at is None and item.external_id not in batch.answered
    message_id = batch.next_message_id
    batch.next_message_id += 1
    if conversation_id is None:
        conversation_id = await _begin_conversation(tx, account, person, item, reading, waits, message_id)
        await _insert_message(tx, account, person, conversation_id, 1, item, reading, waits, message_id)
        return message_id
    await _insert_message(tx, account, person, conversation_id, cycle, item, reading, waits, message_id)
    await tx.change(
        _JOINED,
        conversation_id,
        f"word:{reading.emergency_word}" if reading.emergency_word and waits else "",
        await tx.revision(),
        to_us(item.at),
        item.text[:PREVIEW_CHARS],
        message_id,
        item.visibility.value,
        int(waits),
    )
    if item.deleted_at is not None:
        await show_newest(tx, conversation_id)
    await place(tx, conversation_id)
    return message_id


_SHOWN = "(newest_in_us <= $4 OR EXISTS (SELECT 1 FROM message WHERE id = newest_in_id AND deleted_us IS NOT NULL))"
_JOINED = (
    "UPDATE conversation SET state = CASE WHEN $8 AND state = 'pending' THEN 'open' ELSE state END, messages = messages + 1, "
    "tier_by = CASE WHEN $2 <> '' AND tier = 1 THEN $2 ELSE tier_by END, "
    "tier = CASE WHEN $2 <> '' THEN 0 ELSE tier END, revision = $3, "
    f"preview = CASE WHEN {_SHOWN} THEN $5 ELSE preview END, "
    f"newest_in_id = CASE WHEN {_SHOWN} THEN $6 ELSE newest_in_id END, "
    f"visibility = CASE WHEN {_SHOWN} THEN $7 ELSE visibility END, "
    f"newest_in_us = CASE WHEN {_SHOWN} THEN $4 ELSE newest_in_us END WHERE id = $1"
)


async def _conversation_for(tx: Tx, account_id: int, person: Person, item: Item) -> tuple[int | None, int]:
    """The conversation that a message joins and its cycle; None if it begins one.

    That of the message answered, if it has the same customer; else the customer's unresolved one.
    """
    if person.is_new:
        return None, 1
    if item.reply_to is not None:
        row = await tx.row(
            "SELECT c.id, c.cycle, c.state FROM message m JOIN conversation c ON c.id = m.conversation_id "
            "WHERE m.account_id = $1 AND m.external_id = $2 AND c.customer_id = $3",
            account_id,
            item.reply_to,
            person.customer_id,
        )
        if row is not None:
            return row[0], await _reopen(tx, row[0], item) if row[2] == "resolved" else row[1]
    row = await tx.row(
        "SELECT id, cycle FROM conversation WHERE customer_id = $1 AND account_id = $2 AND state <> 'resolved' "
        "ORDER BY id DESC LIMIT 1",
        person.customer_id,
        account_id,
    )
    return (None, 1) if row is None else (row[0], row[1])


async def _reopen(tx: Tx, conversation_id: int, item: Item) -> int:
    """Begin the next cycle of a resolved conversation; it keeps its owner. The cycle's number."""
    row = await tx.row(
        "UPDATE conversation SET state = 'open', cycle = cycle + 1, tier = 1, tier_by = '', revision = $2 "
        "WHERE id = $1 RETURNING cycle, account_id, customer_id",
        conversation_id,
        await tx.revision(),
    )
    assert row is not None
    await tx.change(
        "INSERT INTO cycle VALUES ($1, $2, $3, NULL, NULL, NULL)", conversation_id, row[0], to_us(item.at)
    )
    await append(
        tx,
        EventKind.REOPENED,
        at_us=to_us(item.at),
        account_id=row[1],
        customer_id=row[2],
        conversation_id=conversation_id,
        cycle=row[0],
    )
    return int(row[0])


async def _begin_conversation(
    tx: Tx, account: _Account, person: Person, item: Item, reading: Reading, waits: bool, message_id: int
) -> int:
    """A new conversation, already at its place; its id."""
    at_us = to_us(item.at)
    tier = 0 if reading.emergency_word and waits else 1
    found = rank(
        [_waiting(item, reading, at_us)],
        tx.policy,
        tx.policy.calendar_of(account.name),
        tier=tier,
        is_vip=person.counts_as_vip(tx.policy),
        waits_elsewhere=not person.is_new and await _waits_elsewhere(tx, person.customer_id),
    )
    conversation_id = await tx.insert(
        "INSERT INTO conversation (account_id, customer_id, tier, tier_by, kind, in_queue, waiting_since_us, due_us, "
        "effective_due_us, unanswered, messages, handle, preview, newest_in_us, visibility, is_vip, revision, newest_in_id) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $6, 1, $10, $11, $7, $12, $13, $14, $15)",
        account.id,
        person.customer_id,
        tier,
        f"word:{reading.emergency_word}" if tier == 0 else "",
        found.kind.value,
        int(waits),
        at_us,
        found.due_us,
        found.effective_due_us,
        person.handle,
        item.text[:PREVIEW_CHARS],
        item.visibility.value,
        int(person.counts_as_vip(tx.policy)),
        await tx.revision(),
        message_id,
    )
    tx.later("INSERT INTO cycle VALUES ($1, 1, $2, NULL, NULL, NULL)", conversation_id, at_us)
    if waits and not person.is_new:
        for row in await tx.rows(
            "SELECT id FROM conversation WHERE customer_id = $1 AND id <> $2 AND in_queue = 1",
            person.customer_id,
            conversation_id,
        ):
            await place(tx, row[0], others=False)
    return conversation_id


async def _waits_elsewhere(tx: Tx, customer_id: int) -> bool:
    return (
        await tx.row(
            "SELECT 1 FROM conversation WHERE customer_id = $1 AND in_queue = 1 LIMIT 1", customer_id
        )
        is not None
    )


def _waiting(item: Item, reading: Reading, at_us: int) -> Waiting:
    parent = item.parent
    return Waiting(
        item.kind or reading.kind,
        at_us,
        item.author.reach,
        bool(reading.negative_cue),
        parent is not None and (parent.is_paid or parent.is_dark),
    )


async def _insert_message(
    tx: Tx,
    account: _Account,
    person: Person,
    conversation_id: int,
    cycle: int,
    item: Item,
    reading: Reading,
    waits: bool,
    message_id: int,
) -> None:
    at_us = to_us(item.at)
    kind = item.kind or reading.kind
    await tx.change(
        "INSERT INTO message (id, account_id, external_id, conversation_id, cycle, direction, handle, name, reach, text, "
        "at_us, recorded_us, edited_us, deleted_us, visibility, reply_to, parent, is_paid, kind, kind_by, "
        "negative_cue, emergency_word, waits) VALUES ($22, $1, $2, $3, $4, 'in', $5, $6, $7, $8, $9, $10, $11, $12, $13, "
        "$14, $15, $16, $17, $18, $19, $20, $21)",
        account.id,
        item.external_id,
        conversation_id,
        cycle,
        item.author.handle,
        item.author.name,
        item.author.reach,
        item.text,
        at_us,
        tx.now_us,
        to_us(item.edited_at) if item.edited_at else None,
        to_us(item.deleted_at) if item.deleted_at else None,
        item.visibility.value,
        item.reply_to,
        _parent_json(item),
        int(item.parent is not None and (item.parent.is_paid or item.parent.is_dark)),
        kind.value,
        "given" if item.kind else f"cue:{reading.kind_cue}" if reading.kind_cue else "",
        reading.negative_cue,
        reading.emergency_word,
        int(waits),
        message_id,
    )
    details: dict[str, Detail] = {
        "visibility": item.visibility.value,
        "kind": kind.value,
        "tier": 0 if reading.emergency_word else 1,
        "vip": person.counts_as_vip(tx.policy),
        "waits": waits,
    }
    await append(
        tx,
        EventKind.ARRIVED,
        at_us=at_us,
        account_id=account.id,
        customer_id=person.customer_id,
        conversation_id=conversation_id,
        cycle=cycle,
        message_id=message_id,
        details=details,
    )
    if item.deleted_at is not None:
        await append(
            tx,
            EventKind.DELETED,
            at_us=to_us(item.deleted_at),
            account_id=account.id,
            customer_id=person.customer_id,
            conversation_id=conversation_id,
            cycle=cycle,
            message_id=message_id,
        )


def _parent_json(item: Item) -> str | None:
    parent = item.parent
    if parent is None:
        return None
    return json.dumps(
        {"id": parent.id, "text": parent.text, "paid": parent.is_paid, "dark": parent.is_dark},
        ensure_ascii=True,
    )


async def set_aside(tx: Tx, account_id: int, item: Poisoned) -> None:
    """Keep an item that could not be read, once."""
    await tx.change(
        "INSERT INTO set_aside (account_id, raw, reason, recorded_us) SELECT $1, $2, $3, $4 "
        "WHERE NOT EXISTS (SELECT 1 FROM set_aside WHERE account_id = $1 AND raw = $2)",
        account_id,
        item.raw,
        item.reason,
        tx.now_us,
    )
