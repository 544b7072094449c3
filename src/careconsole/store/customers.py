"""Customers and their identities: one handle inside one scope is one person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from careconsole.model.event import EventKind
from careconsole.model.message import Author
from careconsole.model.priority import RankPolicy
from careconsole.store.contract import Tx
from careconsole.store.events import append
from careconsole.store.ranking import place

if TYPE_CHECKING:
    from careconsole.store.batch import Batch


SAME_PERSON = "SELECT id FROM customer WHERE id = $1 OR person = (SELECT person FROM customer WHERE id = $1)"
"""The customers that are one person with $1."""

VIP_OF_PERSON = (
    "CASE WHEN c.person IS NULL THEN c.is_vip "
    "WHEN EXISTS (SELECT 1 FROM customer p JOIN conversation v ON v.customer_id = p.id "
    "WHERE p.person = c.person AND v.is_vip = 1) THEN 1 ELSE c.is_vip END"
)
"""The word on a customer c, for whom a VIP who is the same person speaks too."""


@dataclass(frozen=True, slots=True)
class Person:
    """The customer behind a handle, as far as intake needs them."""

    customer_id: int
    handle: str
    full_handle: str
    by_hand: bool | None
    """Set or lifted by an agent; None leaves it to the settings."""
    is_new: bool
    name: str = ""
    reach: int = 0

    def counts_as_vip(self, policy: RankPolicy) -> bool:
        """VIP by an agent's word, else by the list of the settings."""
        return is_vip(self.by_hand, self.handle, self.full_handle, policy)


def is_vip(by_hand: bool | None, handle: str, full_handle: str, policy: RankPolicy) -> bool:
    """VIP by an agent's word, else if the list names exactly this handle or its full form."""
    if by_hand is not None:
        return by_hand
    return bool(policy.vips) and (
        handle.casefold() in policy.vips or (full_handle != "" and full_handle.casefold() in policy.vips)
    )


def key_of(author: Author) -> str:
    """What names a person inside a scope: the full handle if there is one, without regard to case."""
    return (author.full_handle or author.handle).casefold()


def find_or_make_person(batch: Batch, author: Author) -> Person:
    """The customer of a handle, made if the handle is new; name and reach are up to date after the next flush."""
    key = key_of(author)
    known = batch.people.get(key)
    if known is None:
        return _make_person(batch, key, author)
    if (author.name and author.name != known.name) or (author.reach and author.reach != known.reach):
        known = replace(known, name=author.name or known.name, reach=author.reach or known.reach)
        batch.people[key] = known
        batch.changed_people.pop(key, None)
        batch.changed_people[key] = known  # behind the others: they are written in the order of their news
    return known


def _make_person(batch: Batch, key: str, author: Author) -> Person:
    customer_id = batch.take_id("customer")
    batch.write("customer", customer_id, author.name)
    batch.write(
        "identity",
        customer_id,
        batch.account.scope,
        key,
        author.handle,
        author.full_handle,
        author.name,
        author.reach,
    )
    known = Person(customer_id, author.handle, author.full_handle, None, False, author.name, author.reach)
    batch.people[key] = known
    return Person(customer_id, author.handle, author.full_handle, None, True, author.name, author.reach)


async def find_person(tx: Tx, scope: str, author: Author) -> int | None:
    """The customer id of a handle, if it is known."""
    row = await tx.row(
        "SELECT customer_id FROM identity WHERE scope = $1 AND handle_key = $2",
        scope,
        key_of(author),
    )
    return None if row is None else row[0]


async def set_vip(tx: Tx, conversation_id: int, agent: str, marked: bool, note: str) -> bool:
    """Mark the conversation's customer VIP, or lift it, with a note; all their conversations move at once."""
    head = await tx.row(
        "SELECT customer_id, account_id, cycle FROM conversation WHERE id = $1", conversation_id
    )
    if head is None:
        return False
    await tx.change(
        f"UPDATE customer SET is_vip = $2, vip_note = $3 WHERE id IN ({SAME_PERSON})",
        head[0],
        int(marked),
        note,
    )
    await append(
        tx,
        EventKind.VIP_SET,
        agent=agent,
        account_id=head[1],
        customer_id=head[0],
        conversation_id=conversation_id,
        cycle=head[2],
        details={"vip": marked},
    )
    for (customer_id,) in await tx.rows(SAME_PERSON, head[0]):
        await refresh_vip(tx, customer_id, marked)
    return True


async def person_is_vip(tx: Tx, customer_id: int) -> bool:
    """Whether a customer, with all who are the same person, is a VIP: by an agent's word, else by the settings."""
    by_hand = await tx.rows(
        f"SELECT is_vip FROM customer WHERE id IN ({SAME_PERSON}) AND is_vip IS NOT NULL", customer_id
    )
    if by_hand:
        return any(row[0] for row in by_hand)
    identities = await tx.rows(
        f"SELECT handle, full_handle FROM identity WHERE customer_id IN ({SAME_PERSON})", customer_id
    )
    return any(is_vip(None, handle, full, tx.policy) for handle, full in identities)


async def refresh_vip(tx: Tx, customer_id: int, marked: bool) -> None:
    """Carry a customer's mark to their conversations and place those that wait."""
    rows = await tx.rows("SELECT id, in_queue FROM conversation WHERE customer_id = $1", customer_id)
    for conversation_id, waits in rows:
        await tx.change(
            "UPDATE conversation SET is_vip = $2, revision = $3 WHERE id = $1",
            conversation_id,
            int(marked),
            await tx.revision(),
        )
        if waits:
            await place(tx, conversation_id, others=False)
