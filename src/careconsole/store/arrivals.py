"""What comes in: messages, edits, deletions, answers given elsewhere. Delivered three times is one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from careconsole.model.event import EventKind, canonical_json
from careconsole.model.instant import to_us
from careconsole.model.message import Direction, Item, Kind, Poisoned, Reading, Visibility
from careconsole.model.priority import CLEARLY_NEGATIVE, RankPolicy, Waiting, rank
from careconsole.store import boomerangs, parents
from careconsole.store.attachments import preview_of, to_json
from careconsole.store.batch import Batch, look_around
from careconsole.store.contract import Tx
from careconsole.store.customers import SAME_PERSON, Person, find_or_make_person
from careconsole.store.elsewhere import record_own
from careconsole.store.events import append
from careconsole.store.message_words import number_of, words_of
from careconsole.store.ranking import PREVIEW_CHARS, place
from careconsole.store.row_hash import row_hash
from careconsole.store.versions import Again, update

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
    as_before: list[int] = field(default_factory=list)
    """Index in the batch of those that came with an earlier text of theirs, and no time says which is newer."""
    refused: list[tuple[int, str]] = field(default_factory=list)
    """Index in the batch, and why it could not be placed."""


async def record(
    tx: Tx, account_id: int, messages: Sequence[Weighed], *, in_sequence: bool = False
) -> Recorded:
    """Record messages of one account, in their order; each conversation is placed once, at the end.

    With `in_sequence` a text that comes later is newer, where no time says otherwise.
    """
    result = Recorded()
    items = [item for item, _ in messages]
    batch = await look_around(tx, account_id, items)
    for index, (item, reading) in enumerate(messages):
        known_id = batch.known.get(item.external_id)
        if item.external_id in batch.erased:
            result.known += 1
        elif known_id is not None:
            result.known += 1
            await _settle(tx, batch)
            brought = await update(tx, account_id, known_id, item, reading, in_sequence=in_sequence)
            result.changed += brought is Again.CHANGED
            if brought is Again.AS_BEFORE:
                result.as_before.append(index)
        elif item.direction is Direction.OUT:
            await _settle(tx, batch)
            refusal = await record_own(tx, account_id, batch.account.scope, item)
            if refusal:
                result.refused.append((index, refusal))
                continue
            result.imported += 1
            batch = await look_around(tx, account_id, items)
        else:
            batch.known[item.external_id] = await _arrive(tx, batch, item, reading)
            result.imported += 1
    await _settle(tx, batch)
    return result


async def _settle(tx: Tx, batch: Batch) -> None:
    """Write what is kept and put every conversation touched at its place."""
    await batch.flush(tx)
    for conversation_id in batch.to_place:
        await place(tx, conversation_id)
    batch.to_place.clear()


async def _arrive(tx: Tx, batch: Batch, item: Item, reading: Reading) -> int:
    """Record a customer's message that is new; its id."""
    person = find_or_make_person(batch, item.author)
    conversation_id, cycle = await _conversation_for(tx, batch, person, item)
    waits = item.deleted_at is None and item.external_id not in batch.answered
    message_id = batch.take_id("message")
    if conversation_id is None:
        conversation_id = await _begin_conversation(tx, batch, person, item, reading, waits, message_id)
    else:
        await _join(tx, batch, conversation_id, item, reading, message_id)
    _keep_message(tx, batch, conversation_id, cycle, item, reading, waits, message_id)
    await _note_arrival(tx, batch, person, conversation_id, cycle, item, reading, waits, message_id)
    if waits and conversation_id in batch.comes_back:
        batch.comes_back.remove(conversation_id)
        await boomerangs.customer_wrote(tx, conversation_id, to_us(item.at))
    return message_id


async def _join(
    tx: Tx, batch: Batch, conversation_id: int, item: Item, reading: Reading, message_id: int
) -> None:
    """Count a further message; it is shown if it is the newest that is not deleted."""
    batch.to_place[conversation_id] = None
    if item.deleted_at is not None:
        batch.write("joined deleted", conversation_id, await tx.revision())
        return
    batch.write(
        "joined",
        conversation_id,
        f"word:{reading.emergency_word}" if reading.emergency_word else "",
        await tx.revision(),
        to_us(item.at),
        preview_of(item.text, item.attachments, PREVIEW_CHARS),
        message_id,
        item.visibility.value,
        reading.language,
    )


async def _conversation_for(tx: Tx, batch: Batch, person: Person, item: Item) -> tuple[int | None, int]:
    """The conversation that a message joins and its cycle; None if it begins one.

    That of the message answered, if it has the same customer; else the customer's unresolved one.
    """
    if person.is_new:
        return None, 1
    if item.reply_to is not None:
        await batch.flush(tx)
        row = await tx.row(
            "SELECT c.id, c.cycle, c.state FROM message m JOIN conversation c ON c.id = m.conversation_id "
            "WHERE m.account_id = $1 AND m.external_id = $2 AND c.customer_id = $3",
            batch.account.id,
            item.reply_to,
            person.customer_id,
        )
        if row is not None and row[2] == "resolved" and item.deleted_at is not None:
            return row[0], row[1]  # what was taken back before we saw it asks for nothing
        if row is not None:
            cycle = await _reopen(tx, row[0], item) if row[2] == "resolved" else row[1]
            batch.unresolved.setdefault(person.customer_id, (row[0], cycle))
            return row[0], cycle
    return batch.unresolved.get(person.customer_id, (None, 1))


async def _reopen(tx: Tx, conversation_id: int, item: Item) -> int:
    """Begin the next cycle of a resolved conversation; it keeps its owner. The cycle's number."""
    row = await tx.row(
        "UPDATE conversation SET state = 'open', cycle = cycle + 1, tier = 1, tier_by = '', moves = 0, revision = $2 "
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
    tx: Tx, batch: Batch, person: Person, item: Item, reading: Reading, waits: bool, message_id: int
) -> int:
    """A new conversation, already at its place; its id."""
    at_us = to_us(item.at)
    tier = 0 if reading.emergency_word else 1
    marked = person.counts_as_vip(tx.policy)
    found = rank(
        [waiting_of(item, reading, at_us, tx.policy)],
        tx.policy,
        tx.policy.calendar_of(batch.account.name),
        tier=tier,
        is_vip=marked,
    )
    conversation_id = batch.take_id("conversation")
    preview = preview_of(item.text, item.attachments, PREVIEW_CHARS)
    batch.write(
        "conversation",
        conversation_id,
        batch.account.id,
        person.customer_id,
        tier,
        f"word:{reading.emergency_word}" if reading.emergency_word else "",
        found.kind.value,
        int(waits),
        at_us,
        found.due_us,
        found.effective_due_us,
        person.handle,
        preview,
        item.visibility.value,
        int(marked),
        await tx.revision(),
        message_id,
        reading.language,
        row_hash("conversation", conversation_id, message_id, person.handle, preview),
    )
    batch.write("cycle", conversation_id, at_us)
    batch.unresolved[person.customer_id] = (conversation_id, 1)
    if not person.is_new:
        await _place_others(tx, batch, person, conversation_id)
    return conversation_id


async def _place_others(tx: Tx, batch: Batch, person: Person, conversation_id: int) -> None:
    """A known person waits on one more account: that is a term of each of their conversations."""
    for row in await tx.rows(
        f"SELECT id FROM conversation WHERE customer_id IN ({SAME_PERSON}) AND account_id <> $2 AND in_queue = 1",
        person.customer_id,
        batch.account.id,
    ):
        batch.to_place[row[0]] = None
        batch.to_place[conversation_id] = None


def waiting_of(item: Item, reading: Reading, at_us: int, policy: RankPolicy) -> Waiting:
    """A message of a customer that waits since then, as far as rank goes by it."""
    kind = item.kind or reading.kind
    is_negative = reading.mood <= CLEARLY_NEGATIVE
    own = policy.own_targets_min.get(item.external_id)
    return Waiting(kind, at_us, item.author.reach, is_negative, _is_paid(item), own)


def _is_paid(item: Item) -> bool:
    parent = item.parent
    return parent is not None and (parent.is_paid or parent.is_dark)


def _keep_message(
    tx: Tx,
    batch: Batch,
    conversation_id: int,
    cycle: int,
    item: Item,
    reading: Reading,
    waits: bool,
    message_id: int,
) -> None:
    parent, attachments = parents.to_json(item.parent), to_json(item.attachments)
    batch.write(
        "message",
        message_id,
        batch.account.id,
        item.external_id,
        conversation_id,
        cycle,
        item.author.handle,
        item.author.name,
        item.author.reach,
        item.text,
        to_us(item.at),
        tx.now_us,
        to_us(item.edited_at) if item.edited_at else None,
        to_us(item.deleted_at) if item.deleted_at else None,
        item.visibility.value,
        item.reply_to,
        parent,
        int(_is_paid(item)),
        (item.kind or reading.kind).value,
        "given" if item.kind else f"cue:{reading.kind_cue}" if reading.kind_cue else "",
        reading.language,
        reading.mood,
        reading.urgency,
        reading.emergency_word,
        int(waits),
        attachments,
        row_hash(
            "message",
            message_id,
            1,
            conversation_id,
            "in",
            item.visibility.value,
            item.author.handle,
            item.author.name,
            None,  # no agent of ours
            parent,
            attachments,
            item.text,
        ),
    )
    if item.deleted_at is None:
        tx.find_by(
            number_of(conversation_id, message_id), words_of(item.author.handle, item.author.name, item.text)
        )


async def _note_arrival(
    tx: Tx,
    batch: Batch,
    person: Person,
    conversation_id: int,
    cycle: int,
    item: Item,
    reading: Reading,
    waits: bool,
    message_id: int,
) -> None:
    tier = 0 if reading.emergency_word else 1
    is_vip = person.counts_as_vip(tx.policy)
    details = _arrival_details(
        item.visibility, item.kind or reading.kind, tier, is_vip, waits, reading.language
    )
    happened = [(EventKind.ARRIVED, item.at, details)]
    if item.deleted_at is not None:
        happened.append((EventKind.DELETED, item.deleted_at, "{}"))
    for kind, at, known in happened:
        await append(
            tx,
            kind,
            at_us=to_us(at),
            account_id=batch.account.id,
            customer_id=person.customer_id,
            conversation_id=conversation_id,
            cycle=cycle,
            message_id=message_id,
            details=known,
        )


@cache
def _arrival_details(
    visibility: Visibility, kind: Kind, tier: int, is_vip: bool, waits: bool, language: str
) -> str:
    return canonical_json(
        {
            "visibility": visibility.value,
            "kind": kind.value,
            "tier": tier,
            "vip": is_vip,
            "waits": waits,
            "language": language,
        }
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
