"""Customers and their identities: one handle inside one scope is one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from careconsole.model.event import EventKind
from careconsole.model.message import Author
from careconsole.model.priority import RankPolicy
from careconsole.store.contract import Tx
from careconsole.store.events import append
from careconsole.store.ranking import place


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


_FOUND_AT_ONCE = 100
_MARKS = ", ".join(f"${number}" for number in range(2, _FOUND_AT_ONCE + 2))
_PEOPLE = (
    "SELECT i.handle_key, i.customer_id, i.handle, i.full_handle, c.is_vip, i.name, i.reach FROM identity i "
    f"JOIN customer c ON c.id = i.customer_id WHERE i.scope = $1 AND i.handle_key IN ({_MARKS})"
)


async def find_people(tx: Tx, scope: str, authors: Sequence[Author]) -> dict[str, Person]:
    """The customers of these handles that are known, by the key of the handle."""
    keys = [_key(author) for author in authors]
    people: dict[str, Person] = {}
    for start in range(0, len(keys), _FOUND_AT_ONCE):
        part = keys[start : start + _FOUND_AT_ONCE]
        padded = [*part, *[None] * (_FOUND_AT_ONCE - len(part))]
        for key, customer_id, handle, full, vip, name, reach in await tx.rows(_PEOPLE, scope, *padded):
            by_hand = None if vip is None else bool(vip)
            people[key] = Person(customer_id, handle, full, by_hand, False, name, reach)
    return people


def _key(author: Author) -> str:
    return (author.full_handle or author.handle).casefold()


async def find_or_make_person(tx: Tx, scope: str, author: Author, people: dict[str, Person]) -> Person:
    """The customer of a handle, made if the handle is new; name and reach are brought up to date.

    `people` are those already found; it is kept up to date.
    """
    key = _key(author)
    known = people.get(key)
    if known is None:
        person = await _make_person(tx, scope, key, author)
        people[key] = replace(person, is_new=False)
        return person
    if (author.name and author.name != known.name) or (author.reach and author.reach != known.reach):
        people[key] = known = replace(
            known, name=author.name or known.name, reach=author.reach or known.reach
        )
        await tx.change(
            "UPDATE identity SET name = $3, reach = $4 WHERE scope = $1 AND handle_key = $2",
            scope,
            key,
            known.name,
            known.reach,
        )
        await tx.change("UPDATE customer SET name = $2 WHERE id = $1", known.customer_id, known.name)
    return known


async def _make_person(tx: Tx, scope: str, key: str, author: Author) -> Person:
    customer_id = await tx.insert("INSERT INTO customer (name) VALUES ($1)", author.name)
    await tx.change(
        "INSERT INTO identity (customer_id, scope, handle_key, handle, full_handle, name, reach) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        customer_id,
        scope,
        key,
        author.handle,
        author.full_handle,
        author.name,
        author.reach,
    )
    return Person(customer_id, author.handle, author.full_handle, None, True, author.name, author.reach)


async def find_person(tx: Tx, scope: str, author: Author) -> int | None:
    """The customer id of a handle, if it is known."""
    row = await tx.row(
        "SELECT customer_id FROM identity WHERE scope = $1 AND handle_key = $2",
        scope,
        _key(author),
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
        "UPDATE customer SET is_vip = $2, vip_note = $3 WHERE id = $1", head[0], int(marked), note
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
    await refresh_vip(tx, head[0], marked)
    return True


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
