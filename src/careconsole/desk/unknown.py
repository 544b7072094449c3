"""Replies of which nobody knows whether they arrived: what can be learnt of them, and what a person says."""

from __future__ import annotations

from enum import StrEnum

from careconsole.desk import replies
from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.model.reply import OutboxState
from careconsole.model.rights import Verb
from careconsole.store import queue, settling
from careconsole.store.contract import ReadTx
from careconsole.store.row_hash import sound
from careconsole.store.rows import OutboxRow


class There(StrEnum):
    """What became of the word that a reply is at the network under an id."""

    SETTLED = "settled"
    """It is written down as sent."""
    TAKEN = "taken"
    """The id is that of the customer's words, of another reply of ours, or of another conversation's."""
    KNOWN = "known"
    """The reply was not unknown any more."""


async def of_conversation(desk: Desk, conversation_id: int) -> OutboxRow | None:
    """The oldest unknown reply of a conversation; None if there is none."""
    for row in await desk.store.read(queue.outbox_open):
        if row.conversation_id == conversation_id and row.state is OutboxState.UNKNOWN:
            return row
    return None


async def reply(desk: Desk, outbox_id: int) -> OutboxRow | None:
    """A reply, whatever became of it."""
    return await desk.store.read(lambda tx: queue.outbox_one(tx, outbox_id))


@needs(Verb.SETTLE)
async def check_again(desk: Desk, outbox_id: int) -> bool:
    """Have it looked up at the network now, by whichever process delivers for its account.

    False if it is not unknown, or was sent or looked up within the last minute: the network may still be at it, and
    what is not there yet must not be taken for lost.
    """
    return await desk.store.write(lambda tx: settling.look_now(tx, outbox_id))


async def seen_elsewhere(desk: Desk, outbox_id: int) -> str | None:
    """The id at the network of a message of ours in the thread that has the words of this reply; None without one.

    It came with a poll as an answer given elsewhere, since nobody knew that it was this one.
    """
    row = await reply(desk, outbox_id)
    if row is None:
        return None
    found = await desk.store.read(
        lambda tx: tx.rows(
            f"SELECT external_id, {sound('message')} FROM message WHERE conversation_id = $1 AND direction = 'out' "
            "AND outbox_id IS NULL AND deleted_us IS NULL AND at_us >= $2 ORDER BY at_us",
            row.conversation_id,
            row.created_us - 60_000_000,
        )
    )
    words = _words(row.text)
    return next((external_id for external_id, text in found if _words(text).endswith(words)), None)


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


async def say_there(desk: Desk, outbox_id: int, remote_id: str) -> There:
    """An agent has seen it at the network under this id."""

    async def is_taken(tx: ReadTx) -> bool:
        row = await tx.row(
            "SELECT m.direction = 'in' OR m.conversation_id <> o.conversation_id OR m.outbox_id <> o.id "
            "FROM message m JOIN outbox o ON o.account_id = m.account_id WHERE o.id = $1 AND m.external_id = $2",
            outbox_id,
            remote_id,
        )
        return row is not None and bool(row[0])

    if await desk.store.read(is_taken):
        return There.TAKEN
    done = await replies.confirm_there(desk, outbox_id, remote_id)
    return There.SETTLED if done else There.KNOWN


def remote_id_in(words: str, network: str) -> str:
    """The id at the network that a person has typed, or that ends an address of it; empty if there is none.

    An address counts only where the network has addresses (Mastodon): `https://server/@us/112233` is 112233.
    """
    text = words.strip()
    if network == "mastodon":
        text = text.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]
        return text if text.isascii() and text.isalnum() else ""
    return text if len(text.split()) == 1 and text.isprintable() else ""
