"""Take a customer's words and names out of the record for good; the numbers of the past stay, as no event has either.

A conversation that was erased keeps its place, its times and its events. What stands in it says nothing any more,
and under its network's ids are marks, by which what is fetched once more is known and not taken in again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from careconsole.model.event import Detail, EventKind
from careconsole.model.reply import OutboxState
from careconsole.store import acts, approvals, claims, settling
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.customers import SAME_PERSON
from careconsole.store.erased_ids import ERASED, marked, salt_of
from careconsole.store.events import append
from careconsole.store.message_words import forget_conversation
from careconsole.store.noted_words import forget_noted, forget_noted_in
from careconsole.store.ranking import place, show_newest
from careconsole.store.reply_moves import move, note, return_to_queue, stop_line
from careconsole.store.row_hash import hashed, seal

WHY = "erased"
LEFT_BY = "no_reply"
"""How an unresolved conversation ends that is erased."""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer as an erasure names them, with all who are the same person."""

    ids: tuple[int, ...]
    handles: tuple[str, ...]
    """Of every identity, in full where there is a full one."""
    name: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is of somebody."""

    conversations: int = 0
    messages: int = 0
    versions: int = 0
    notes: int = 0
    drafts: int = 0
    replies: int = 0
    triggers: int = 0
    requests: int = 0
    """For approval."""

    def __add__(self, other: Extent) -> Extent:
        return Extent(*(getattr(self, name) + getattr(other, name) for name in Extent.__slots__))


async def find_people(tx: ReadTx, words: str) -> list[Person]:
    """Who is meant by a handle, with or without @ and server, or by the number of a customer."""
    if words.isascii() and words.isdigit():
        rows = await tx.rows(
            "SELECT DISTINCT customer_id FROM identity WHERE customer_id = $1", min(int(words), 2**63 - 1)
        )
    else:
        key = words.removeprefix("@").casefold()
        rows = await tx.rows(
            "SELECT DISTINCT customer_id FROM identity WHERE handle_key = $1 "
            "OR substr(handle_key, 1, length($1) + 1) = $1 || '@' ORDER BY customer_id",
            key,
        )
    people: dict[int, Person] = {}
    for (customer_id,) in rows:
        person = await _person(tx, customer_id)
        people.setdefault(person.ids[0], person)
    return list(people.values())


async def _person(tx: ReadTx, customer_id: int) -> Person:
    ids = tuple(sorted(row[0] for row in await tx.rows(SAME_PERSON, customer_id)))
    handles = [
        each
        for id in ids
        for each in await tx.rows(
            "SELECT CASE full_handle WHEN '' THEN handle ELSE full_handle END, name FROM identity "
            "WHERE customer_id = $1 ORDER BY id",
            id,
        )
    ]
    return Person(ids, tuple(row[0] for row in handles), next((row[1] for row in handles if row[1]), ""))


async def conversations_of(tx: ReadTx, customer_ids: Sequence[int]) -> list[int]:
    """The conversations of some customers."""
    return [
        row[0]
        for id in customer_ids
        for row in await tx.rows("SELECT id FROM conversation WHERE customer_id = $1 ORDER BY id", id)
    ]


_COUNTS = (
    "SELECT (SELECT count(*) FROM message WHERE conversation_id = $1), (SELECT count(*) FROM message m "
    "JOIN message_version v ON v.message_id = m.id WHERE m.conversation_id = $1), "
    "(SELECT count(*) FROM note WHERE conversation_id = $1), "
    "(SELECT count(*) FROM draft WHERE conversation_id = $1), "
    "(SELECT count(*) FROM outbox WHERE conversation_id = $1), 0, "
    "(SELECT count(*) FROM approval WHERE conversation_id = $1)"
)


async def extent_of(tx: ReadTx, conversation_ids: Sequence[int], customer_ids: Sequence[int]) -> Extent:
    """What an erasure would take."""
    found = Extent(len(conversation_ids))
    for id in conversation_ids:
        row = await tx.row(_COUNTS, id)
        found += Extent(0, *(row or ()))
    for id in customer_ids:
        learnt = await tx.row("SELECT count(*) FROM learnt_trigger WHERE customer_id = $1", id)
        found += Extent(triggers=learnt[0] if learnt else 0)
    return found


async def is_leaving(tx: ReadTx, conversation_ids: Sequence[int]) -> bool:
    """Whether a reply is on its way to the network at this moment: what became of it must be written first."""
    for id in conversation_ids:
        if await tx.row("SELECT 1 FROM outbox WHERE conversation_id = $1 AND state = 'sending'", id):
            return True
    return False


async def erase_person(tx: Tx, person: Person, agent: str) -> Extent | None:
    """Erase all there is of somebody; None if a reply to them is leaving at this moment."""
    conversations = await conversations_of(tx, person.ids)
    if await is_leaving(tx, conversations):
        return None
    taken = await extent_of(tx, conversations, person.ids)
    for id in conversations:
        await _erase_conversation(tx, id, agent)
    for id in person.ids:
        await forget_customer(tx, id)
        await append(
            tx,
            EventKind.ERASED,
            agent=agent,
            customer_id=id,
            details={"conversations": list[Detail](conversations)},
        )
    return taken


async def erase_conversation(tx: Tx, conversation_id: int, agent: str) -> Extent | None:
    """Erase one conversation, and its customer where nothing else is left of them; None if a reply is leaving."""
    if await is_leaving(tx, [conversation_id]):
        return None
    head = await tx.row(
        "SELECT account_id, customer_id, cycle FROM conversation WHERE id = $1", conversation_id
    )
    assert head is not None
    taken = await extent_of(tx, [conversation_id], [])
    await _erase_conversation(tx, conversation_id, agent)
    await append(
        tx, EventKind.ERASED, agent=agent, account_id=head[0], customer_id=head[1],
        conversation_id=conversation_id, cycle=head[2],
    )  # fmt: skip
    left = await tx.row(
        "SELECT 1 FROM conversation WHERE customer_id = $1 AND erased_us IS NULL LIMIT 1", head[1]
    )
    if left is None:
        await forget_customer(tx, head[1])
    return taken


async def forget_customer(tx: Tx, customer_id: int) -> None:
    """Take out what is known of a customer apart from what was said."""
    await forget_noted(tx, customer_id)
    for table in ("learnt_trigger", "identity"):
        await tx.change(f"DELETE FROM {table} WHERE customer_id = $1", customer_id)
    await tx.change("DELETE FROM identity_link WHERE customer_id = $1 OR other_id = $1", customer_id)
    await tx.change(
        "UPDATE customer SET name = '', is_vip = NULL, vip_note = '', person = NULL, birthday = '', orders = '', "
        "about = '' WHERE id = $1",
        customer_id,
    )


async def _erase_conversation(tx: Tx, conversation_id: int, agent: str) -> None:
    head = await tx.row("SELECT customer_id FROM conversation WHERE id = $1", conversation_id)
    assert head is not None
    await _stop_replies(tx, conversation_id)
    await approvals.drop(tx, conversation_id, WHY)
    await _let_nothing_wait(tx, conversation_id, agent)
    await forget_conversation(tx, conversation_id)
    await forget_noted_in(tx, conversation_id)
    await _take_texts(tx, conversation_id)
    await _mark_ids(tx, conversation_id)
    await tx.change(
        "UPDATE conversation SET handle = $2, preview = '', is_vip = 0, erased_us = $3, owner = NULL, "
        "tier_by = CASE WHEN tier_by LIKE 'word:%' THEN 'word:' ELSE tier_by END WHERE id = $1",
        conversation_id,
        f"{ERASED}-{head[0]}",
        tx.now_us,
    )
    await seal(tx, "conversation", conversation_id)
    await show_newest(tx, conversation_id)
    await place(tx, conversation_id)


async def _stop_replies(tx: Tx, conversation_id: int) -> None:
    """What has not left does not leave; of what nobody knows nobody will."""
    under_way = "state IN ('held', 'queued', 'waiting', 'unknown')"
    for (outbox_id,) in await tx.rows(
        f"SELECT id FROM outbox WHERE conversation_id = $1 AND {under_way} ORDER BY id", conversation_id
    ):
        row = await tx.row(f"SELECT state FROM outbox WHERE id = $1 AND {under_way}", outbox_id)
        if row is None:  # the public line of one before it
            continue
        if row[0] == OutboxState.UNKNOWN:
            await settling.settle_failed(tx, outbox_id, WHY)
            continue
        head = await move(tx, outbox_id, OutboxState.CANCELLED, WHY)
        await note(tx, outbox_id, EventKind.CANCELLED, {"was": head.state.value, **head.details})
        await stop_line(tx, outbox_id, WHY)
        await return_to_queue(tx, outbox_id, conversation_id)


async def _let_nothing_wait(tx: Tx, conversation_id: int, agent: str) -> None:
    """What waits is as good as deleted by the customer, and what is unresolved ends."""
    for message_id, account_id, cycle in await tx.rows(
        "UPDATE message SET waits = 0 WHERE conversation_id = $1 AND waits = 1 RETURNING id, account_id, cycle",
        conversation_id,
    ):
        await append(
            tx, EventKind.DELETED, account_id=account_id, conversation_id=conversation_id, cycle=cycle,
            message_id=message_id,
        )  # fmt: skip
    await place(tx, conversation_id)
    await tx.change(
        "UPDATE conversation SET lease_until_ns = 0 WHERE id = $1 AND claimed_by IS NOT NULL", conversation_id
    )
    await claims.sweep(tx)
    await acts.resolve(tx, conversation_id, agent, LEFT_BY)


async def _take_texts(tx: Tx, conversation_id: int) -> None:
    await tx.change("UPDATE boomerang SET note_id = NULL WHERE conversation_id = $1", conversation_id)
    for table in ("note_mention", "note", "draft"):
        await tx.change(f"DELETE FROM {table} WHERE conversation_id = $1", conversation_id)
    await tx.change(
        "DELETE FROM message_version WHERE message_id IN (SELECT id FROM message WHERE conversation_id = $1)",
        conversation_id,
    )
    await tx.change(
        "UPDATE message SET text = '', name = '', parent = NULL, attachments = '', emergency_word = '', "
        "handle = CASE WHEN direction = 'in' OR elsewhere THEN $2 ELSE handle END, "
        "kind_by = CASE WHEN kind_by LIKE 'cue:%' THEN '' ELSE kind_by END, "
        "deleted_us = coalesce(deleted_us, $3) WHERE conversation_id = $1",
        conversation_id,
        ERASED,
        tx.now_us,
    )
    await tx.change(
        "UPDATE outbox SET text = '', handle = $2, reason = '' WHERE conversation_id = $1",
        conversation_id,
        ERASED,
    )
    await tx.change(
        "UPDATE approval SET text = '', public_line = '', reason = '', "
        "edited_text = CASE WHEN edited_text IS NOT NULL THEN '' END WHERE conversation_id = $1",
        conversation_id,
    )


async def _mark_ids(tx: Tx, conversation_id: int) -> None:
    salt = await salt_of(tx)
    for id, account_id, external_id, reply_to in await tx.rows(
        "SELECT id, account_id, external_id, reply_to FROM message WHERE conversation_id = $1",
        conversation_id,
    ):
        await tx.change(
            "UPDATE message SET external_id = $2, reply_to = $3 WHERE id = $1",
            id,
            marked(salt, account_id, external_id),
            None if reply_to is None else marked(salt, account_id, reply_to),
        )
    for id, account_id, remote_id in await tx.rows(
        "SELECT id, account_id, remote_id FROM outbox WHERE conversation_id = $1", conversation_id
    ):
        if remote_id is not None:
            mark = marked(salt, account_id, remote_id)
            await tx.change("UPDATE outbox SET remote_id = $2 WHERE id = $1", id, mark)
    for table in ("message", "outbox", "approval"):
        await tx.change(
            f"UPDATE {table} SET row_hash = {hashed(table)} WHERE conversation_id = $1", conversation_id
        )
