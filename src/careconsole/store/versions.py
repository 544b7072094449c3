"""What customers change afterwards: edits keep every version, deletions keep the message."""

from __future__ import annotations

from careconsole.model.event import EventKind
from careconsole.model.instant import to_us
from careconsole.model.message import Direction, Gone, Item, Reading
from careconsole.store.contract import Tx
from careconsole.store.events import append
from careconsole.store.ranking import place, show_newest


async def update(tx: Tx, account_id: int, message_id: int, item: Item, reading: Reading) -> bool:
    """A message we know came again: record an edit or a deletion; whether anything changed."""
    row = await tx.row(
        "SELECT text, version, deleted_us, conversation_id, cycle, direction, edited_us, kind_by, outbox_id "
        "FROM message WHERE id = $1",
        message_id,
    )
    assert row is not None
    changed = False
    is_emptied = item.deleted_at is not None and not item.text
    is_read_back = row[8] is not None and item.edited_at is None  # a network frames our words as it likes
    if item.text != row[0] and not is_emptied and not is_read_back:
        if not await _is_older_version(tx, message_id, item, row[6], row[1]):
            await _edit(
                tx, account_id, message_id, item, reading, row[3], row[4], row[1], row[0], row[7], row[5]
            )
            changed = True
    if item.deleted_at is not None and row[2] is None:
        await mark_gone(tx, account_id, Gone(item.external_id, item.deleted_at))
        changed = True
    return changed


async def _is_older_version(tx: Tx, message_id: int, item: Item, edited_us: int | None, version: int) -> bool:
    """Whether this is an earlier version of the message, delivered again."""
    if item.edited_at is not None:
        return edited_us is not None and to_us(item.edited_at) < edited_us
    if edited_us is not None and version == 1:
        return True  # it was edited before we first saw it
    row = await tx.row(
        "SELECT 1 FROM message_version WHERE message_id = $1 AND text = $2", message_id, item.text
    )
    return row is not None


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
) -> None:
    edited_us = to_us(item.edited_at) if item.edited_at else tx.now_us
    await tx.change(
        "INSERT INTO message_version VALUES ($1, $2, $3, $4)", message_id, version, old_text, edited_us
    )
    by_hand = kind_by.startswith("agent:") or kind_by == "given"
    kind = item.kind or reading.kind
    await tx.change(
        "UPDATE message SET text = $2, version = version + 1, edited_us = $3, negative_cue = $4, emergency_word = $5, "
        "kind = CASE WHEN $6 THEN kind ELSE $7 END, kind_by = CASE WHEN $6 THEN kind_by ELSE $8 END WHERE id = $1",
        message_id,
        item.text,
        edited_us,
        reading.negative_cue,
        reading.emergency_word,
        int(by_hand),
        kind.value,
        f"cue:{reading.kind_cue}" if reading.kind_cue else "",
    )
    if reading.emergency_word and direction == Direction.IN:
        await tx.change(
            "UPDATE conversation SET tier = 0, tier_by = $2 WHERE id = $1 AND tier = 1 AND state <> 'resolved'",
            conversation_id,
            f"word:{reading.emergency_word}",
        )
    await append(
        tx,
        EventKind.EDITED,
        at_us=edited_us,
        account_id=account_id,
        conversation_id=conversation_id,
        cycle=cycle,
        message_id=message_id,
        details={"version": version + 1, "kind": kind.value, "tier": 0 if reading.emergency_word else 1},
    )
    await show_newest(tx, conversation_id)
    await place(tx, conversation_id)


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
