"""The words of what agents wrote down, notes and cards, by which their conversations are found as well."""

from __future__ import annotations

from careconsole.store.contract import Tx
from careconsole.store.message_words import number_of, wipe, words_of

_PUT_IN = "INSERT INTO noted_words (rowid, words) VALUES ($1, $2)"


async def index_note(tx: Tx, note_id: int) -> None:
    """Let a conversation be found by a note, and by the customer's handle beside it."""
    row = await tx.row(
        "SELECT c.id, c.handle, n.text FROM note n JOIN conversation c ON c.id = n.conversation_id WHERE n.id = $1",
        note_id,
    )
    if row is not None:
        await tx.change(_PUT_IN, number_of(row[0], note_id), words_of(row[1], "", row[2]))


async def index_card(tx: Tx, customer_id: int) -> None:
    """Let a customer's conversations be found by what their card says now, and by their handle beside it."""
    row = await tx.row(
        "SELECT orders, about, (SELECT group_concat(handle, ' ') FROM identity WHERE customer_id = $1) "
        "FROM customer WHERE id = $1",
        customer_id,
    )
    await tx.change("DELETE FROM noted_words WHERE rowid = $1", customer_id)
    if row is not None and (row[0] or row[1]):
        await tx.change(_PUT_IN, customer_id, words_of(row[2] or "", row[0], row[1]))


async def forget_noted(tx: Tx, customer_id: int) -> None:
    """Let a customer be found by nothing that agents wrote; to be called while their conversations are there."""
    await tx.change(
        "DELETE FROM noted_words WHERE rowid = $1 OR rowid IN (SELECT n.conversation_id << 32 | n.id "
        "FROM note n JOIN conversation c ON c.id = n.conversation_id WHERE c.customer_id = $1)",
        customer_id,
    )


async def forget_noted_in(tx: Tx, conversation_id: int) -> None:
    """Let a conversation be found by no note; to be called while the notes are there."""
    await tx.change(
        "DELETE FROM noted_words WHERE rowid IN (SELECT n.conversation_id << 32 | n.id FROM note n "
        "WHERE n.conversation_id = $1)",
        conversation_id,
    )


async def wipe_noted(tx: Tx, *, is_first: bool = True) -> bool:
    """Write the next part of the index anew without what was taken out of it; whether more is to be done."""
    return await wipe(tx, is_first=is_first, index="noted_words")
