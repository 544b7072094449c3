"""What customers change afterwards: edits keep every version, deletions keep the message."""

from __future__ import annotations

from enum import Enum

from careconsole.model.event import Detail, EventKind
from careconsole.model.instant import to_us
from careconsole.model.message import Direction, Gone, Item, Reading
from careconsole.store import parents
from careconsole.store.attachments import are_alike, to_json
from careconsole.store.contract import Tx
from careconsole.store.events import append
from careconsole.store.message_words import forget_message, index_message
from careconsole.store.ranking import place, show_newest
from careconsole.store.row_hash import DAMAGED, row_hash, seal, sound

_KEEP_VERSION = (
    "INSERT INTO message_version (message_id, version, text, until_us, attachments, row_hash) "
    "VALUES ($1, $2, $3, $4, $5, $6)"
)


class Again(Enum):
    """What a message that we know already brought when it came again."""

    NOTHING = "nothing"
    CHANGED = "changed"
    """Another text, or its deletion."""
    AS_BEFORE = "as before"
    """A text that it had before, and no time says which is newer: an old delivery, or an edit back."""
    OLDER = "older"
    """A text that it had before, which we had not seen: kept, not shown as what it says now."""


async def update(
    tx: Tx, account_id: int, message_id: int, item: Item, reading: Reading, *, in_sequence: bool = False
) -> Again:
    """A message we know came again: record an edit or a deletion, and tell what it brought.

    With `in_sequence` what comes later is newer, where no time says otherwise.
    """
    row = await tx.row(
        f"SELECT {sound('message')}, version, deleted_us, conversation_id, cycle, direction, edited_us, kind_by, "
        "outbox_id, attachments FROM message WHERE id = $1",
        message_id,
    )
    assert row is not None
    brought = Again.NOTHING
    is_emptied = item.deleted_at is not None and not item.text
    is_read_back = row[8] is not None and item.edited_at is None  # a network frames our words as it likes
    if _is_another(item, row[0], row[9]) and not is_emptied and not is_read_back:
        brought = await _compare(tx, message_id, item, row[6], row[1], in_sequence)
        if brought is Again.OLDER:
            await _keep_older(tx, account_id, message_id, item, (row[3], row[4]), row[6])
        elif brought is Again.CHANGED or (brought is Again.AS_BEFORE and in_sequence):
            await _edit(
                tx,
                account_id,
                message_id,
                item,
                reading,
                row[3],
                row[4],
                row[1],
                row[0],
                row[7],
                row[5],
                row[9],
            )
            brought = Again.CHANGED
    if item.deleted_at is not None and row[2] is None:
        await mark_gone(tx, account_id, Gone(item.external_id, item.deleted_at))
        brought = Again.CHANGED
    return brought


def _is_another(item: Item, text: str, attachments: str) -> bool:
    """Whether a message reads otherwise than before. Other attachments alone count where a time says so."""
    return item.text != text or (item.edited_at is not None and not are_alike(attachments, item.attachments))


async def _compare(
    tx: Tx, message_id: int, item: Item, edited_us: int | None, version: int, in_sequence: bool
) -> Again:
    """What another text of a message is: newer, an earlier version delivered again, or nobody can tell.

    `edited_us` is when it was edited, if the network or the file has ever said so.
    """
    is_kept = await tx.row(
        "SELECT 1 FROM message_version WHERE message_id = $1 AND text = $2", message_id, item.text
    )
    if item.edited_at is not None:
        if edited_us is None or to_us(item.edited_at) >= edited_us:
            return Again.CHANGED
        return Again.NOTHING if is_kept else Again.OLDER
    if is_kept:
        return Again.AS_BEFORE if edited_us is None else Again.NOTHING
    was_edited_when_first_seen = edited_us is not None and version == 1
    return Again.OLDER if was_edited_when_first_seen and not in_sequence else Again.CHANGED


async def _keep_older(
    tx: Tx, account_id: int, message_id: int, item: Item, place_of: tuple[int, int], edited_us: int | None
) -> None:
    """Keep a version from before what the message says now; it stands below the oldest that is kept."""
    row = await tx.row("SELECT min(version) FROM message_version WHERE message_id = $1", message_id)
    version = min(1, row[0] if row and row[0] is not None else 1) - 1
    at_us = to_us(item.edited_at or item.at)
    await tx.change(
        _KEEP_VERSION,
        message_id,
        version,
        item.text,
        edited_us or at_us,
        to_json(item.attachments),
        row_hash("message_version", message_id, version, to_json(item.attachments), item.text),
    )
    conversation_id, cycle = place_of
    await append(
        tx,
        EventKind.EDITED,
        at_us=at_us,
        account_id=account_id,
        conversation_id=conversation_id,
        cycle=cycle,
        message_id=message_id,
        details={"version": version, "late": 1},
    )
    await show_newest(tx, conversation_id)


async def _edit(
    tx: Tx,
    account_id: int,
    message_id: int,
    item: Item,
    reading: Reading,
    conversation_id: int,
    cycle: int,
    version: int,
    old_text: str,
    kind_by: str,
    direction: str,
    old_attachments: str,
) -> None:
    stated_us = to_us(item.edited_at) if item.edited_at else None
    edited_us = tx.now_us if stated_us is None else stated_us
    await tx.change(
        _KEEP_VERSION,
        message_id,
        version,
        old_text,
        edited_us,
        old_attachments,
        row_hash("message_version", message_id, version, old_attachments, old_text),
    )
    by_hand = kind_by.startswith("agent:") or kind_by == "given"
    kind = item.kind or reading.kind
    await tx.change(
        "UPDATE message SET text = $2, version = version + 1, edited_us = coalesce($3, edited_us), "
        "language = $4, mood = $10, urgency = $11, emergency_word = $5, attachments = $9, "
        "kind = CASE WHEN $6 THEN kind ELSE $7 END, kind_by = CASE WHEN $6 THEN kind_by ELSE $8 END WHERE id = $1",
        message_id,
        item.text,
        stated_us,
        reading.language,
        reading.emergency_word,
        int(by_hand),
        kind.value,
        f"cue:{reading.kind_cue}" if reading.kind_cue else "",
        to_json(item.attachments),
        reading.mood,
        reading.urgency,
    )
    if old_text == DAMAGED and direction == Direction.IN:
        await _tell_again(tx, message_id, item)
    await seal(tx, "message", message_id)
    await index_message(tx, message_id, old_text=old_text)
    if reading.emergency_word and direction == Direction.IN:
        await tx.change(
            "UPDATE conversation SET tier = 0, tier_by = $2 WHERE id = $1 AND tier = 1 AND state <> 'resolved'",
            conversation_id,
            f"word:{reading.emergency_word}",
        )
    details: dict[str, Detail] = {
        "version": version + 1,
        "tier": 0 if reading.emergency_word and direction == Direction.IN else 1,
        "language": reading.language,
    }
    if not by_hand:
        details["kind"] = kind.value
    await append(
        tx,
        EventKind.EDITED,
        at_us=edited_us,
        account_id=account_id,
        conversation_id=conversation_id,
        cycle=cycle,
        message_id=message_id,
        details=details,
    )
    await show_newest(tx, conversation_id)
    await place(tx, conversation_id)


async def _tell_again(tx: Tx, message_id: int, item: Item) -> None:
    """Of a damaged message nobody knows what of it is: whoever wrote it, and where, is told again as well."""
    await tx.change(
        "UPDATE message SET handle = $2, name = $3, visibility = $4, parent = $5 WHERE id = $1",
        message_id,
        item.author.handle,
        item.author.name,
        item.visibility.value,
        parents.to_json(item.parent),
    )


async def mark_gone(tx: Tx, account_id: int, gone: Gone) -> bool:
    """Record that the customer deleted a message; it is kept, but waits no longer. False if nothing changed."""
    row = await tx.row(
        "UPDATE message SET deleted_us = $3, waits = 0 WHERE account_id = $1 AND external_id = $2 "
        "AND deleted_us IS NULL RETURNING id, conversation_id, cycle",
        account_id,
        gone.external_id,
        to_us(gone.deleted_at),
    )
    if row is None:
        return False
    await forget_message(tx, row[0])
    await append(
        tx,
        EventKind.DELETED,
        at_us=to_us(gone.deleted_at),
        account_id=account_id,
        conversation_id=row[1],
        cycle=row[2],
        message_id=row[0],
    )
    await show_newest(tx, row[1])
    await place(tx, row[1])
    return True
