"""The person behind a conversation: who they are, what they were told and promised, on every account."""

from __future__ import annotations

import re
from dataclasses import dataclass

from careconsole.model.event import Detail, EventKind
from careconsole.model.message import Kind
from careconsole.store.acts import Done, record_act
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.customers import SAME_PERSON
from careconsole.store.noted_words import index_card
from careconsole.store.row_hash import sound
from careconsole.store.rows import ThreadEntry
from careconsole.store.thread import thread

CONTACTS = 3
MAX_FACT_CHARS = 300
ELSEWHERE = 20
"""Of so many other conversations, the newest ones, the story is told beside the open one."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One handle of a person on one network."""

    handle: str
    full_handle: str
    name: str
    reach: int
    scope: str


@dataclass(frozen=True, slots=True)
class Contact:
    """One earlier round with the person, from their first message to its end."""

    conversation_id: int
    account: str
    opened_us: int
    kind: Kind
    disposition: str
    """Why it was resolved; empty while it is open."""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A note that is a decision or an open promise."""

    note_id: int
    conversation_id: int
    account: str
    agent: str
    text: str
    at_us: int
    due_us: int | None = None
    """Of a promise."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What agents wrote down of a person."""

    birthday: str = ""
    """`12-24`, or `1987-12-24` where the year is known."""
    orders: str = ""
    about: str = ""

    @property
    def order(self) -> str:
        """The order number where exactly one is written down; else empty."""
        numbers = [word for word in re.split(r"[\s,;|/()]+", self.orders) if any(map(str.isdecimal, word))]
        return numbers[0].rstrip(".:") if len(numbers) == 1 else ""


@dataclass(frozen=True, slots=True)
class Card:
    """What an agent must know of whom they talk to."""

    customer_id: int
    name: str
    identities: tuple[Identity, ...]
    """Of the open conversation's customer first."""
    is_vip: bool
    vip_note: str
    contacts: tuple[Contact, ...]
    """The last three before this one, newest first."""
    contact_count: int
    """How many there were before this one."""
    decision: MarkedLine | None
    """The last one given."""
    promises: tuple[MarkedLine, ...]
    """The open ones, the first due first."""
    facts: Facts = Facts()
    other_conversations: int = 0
    """How many the person has beside this one; of them ELSEWHERE stand in the timeline."""

    @property
    def reach(self) -> int:
        """Of the widest known identity."""
        return max((identity.reach for identity in self.identities), default=0)


async def card(tx: ReadTx, conversation_id: int) -> Card | None:
    """The card of a conversation's customer; None if there is no such conversation."""
    head = await tx.row(
        "SELECT c.customer_id, cu.name, c.is_vip, c.cycle FROM conversation c "
        "JOIN customer cu ON cu.id = c.customer_id WHERE c.id = $1",
        conversation_id,
    )
    if head is None:
        return None
    customer_id = head[0]
    contacts, count = await _contacts(tx, customer_id, conversation_id, head[3])
    decisions = await _marked(tx, customer_id, "n.mark = 'decision' ORDER BY n.at_us DESC, n.id DESC LIMIT 1")
    promises = await _marked(
        tx, customer_id, "n.mark = 'promise' AND n.kept_us IS NULL ORDER BY n.due_us, n.id"
    )
    return Card(
        customer_id,
        head[1],
        await _identities(tx, customer_id),
        bool(head[2]),
        await vip_note(tx, customer_id),
        contacts,
        count,
        decisions[0] if decisions else None,
        promises,
        await _facts(tx, customer_id),
        await _others(tx, customer_id, conversation_id),
    )


async def _others(tx: ReadTx, customer_id: int, conversation_id: int) -> int:
    row = await tx.row(
        f"SELECT count(*) FROM conversation WHERE customer_id IN ({SAME_PERSON}) AND id <> $2",
        customer_id,
        conversation_id,
    )
    return row[0] if row else 0


async def _identities(tx: ReadTx, customer_id: int) -> tuple[Identity, ...]:
    rows = await tx.rows(
        f"SELECT handle, full_handle, name, reach, scope FROM identity WHERE customer_id IN ({SAME_PERSON}) "
        "ORDER BY customer_id <> $1, customer_id, id",
        customer_id,
    )
    return tuple(Identity(*row) for row in rows)


async def _facts(tx: ReadTx, customer_id: int) -> Facts:
    """Each fact as it stands with the open conversation's customer, else with another who is the same person."""
    rows = await tx.rows(
        f"SELECT birthday, orders, about FROM customer WHERE id IN ({SAME_PERSON}) ORDER BY id <> $1, id",
        customer_id,
    )
    return Facts(*(next((value for value in values if value), "") for values in zip(*rows, strict=True)))


async def set_facts(tx: Tx, conversation_id: int, agent: str, facts: Facts) -> Done | None:
    """Write down what is known of a conversation's customer; None if there is no such conversation.

    The event tells which facts changed, never what they say.
    """
    customer_id = await _customer_of(tx, conversation_id)
    if customer_id is None:
        return None
    before = await _facts(tx, customer_id)
    changed: list[Detail] = [
        name for name in Facts.__slots__ if getattr(before, name) != getattr(facts, name)
    ]
    if not changed:
        return Done(conversation_id, 0)
    await tx.change(
        f"UPDATE customer SET birthday = $2, orders = $3, about = $4 WHERE id IN ({SAME_PERSON})",
        customer_id,
        facts.birthday,
        facts.orders[:MAX_FACT_CHARS],
        facts.about[:MAX_FACT_CHARS],
    )
    for (each,) in await tx.rows(SAME_PERSON, customer_id):
        await index_card(tx, each)
    event = await record_act(tx, EventKind.FACTS_SET, conversation_id, agent, {"facts": changed})
    await touch(tx, conversation_id)
    return Done(conversation_id, event)


async def vip_note(tx: ReadTx, customer_id: int) -> str:
    """What colleagues must know of a VIP: the person's own note, else that of a customer who is the same person."""
    row = await tx.row(
        f"SELECT vip_note FROM customer WHERE id IN ({SAME_PERSON}) AND vip_note <> '' "
        "ORDER BY id <> $1, id LIMIT 1",
        customer_id,
    )
    return str(row[0]) if row else ""


async def _contacts(
    tx: ReadTx, customer_id: int, conversation_id: int, cycle: int
) -> tuple[tuple[Contact, ...], int]:
    source = (
        "FROM cycle y JOIN conversation c ON c.id = y.conversation_id JOIN account a ON a.id = c.account_id "
        f"WHERE c.customer_id IN ({SAME_PERSON}) AND NOT (c.id = $2 AND y.number = $3)"
    )
    key = (customer_id, conversation_id, cycle)
    rows = await tx.rows(
        f"SELECT c.id, a.name, y.opened_us, c.kind, coalesce(y.disposition, '') {source} "
        f"ORDER BY y.opened_us DESC, c.id DESC LIMIT {CONTACTS}",
        *key,
    )
    count = await tx.row(f"SELECT count(*) {source}", *key)
    found = tuple(Contact(row[0], row[1], row[2], Kind(row[3]), row[4]) for row in rows)
    return found, count[0] if count else 0


async def _marked(tx: ReadTx, customer_id: int, which: str) -> tuple[MarkedLine, ...]:
    rows = await tx.rows(
        f"SELECT n.id, n.conversation_id, a.name, n.agent, {sound('note', 'n')}, n.at_us, n.due_us FROM note n "
        "JOIN conversation c ON c.id = n.conversation_id JOIN account a ON a.id = c.account_id "
        f"WHERE c.customer_id IN ({SAME_PERSON}) AND {which}",
        customer_id,
    )
    return tuple(MarkedLine(*row) for row in rows)


async def keep_promise(tx: Tx, note_id: int, agent: str) -> Done | None:
    """Mark a promise as kept; None if there is no open promise with this id."""
    row = await tx.row(
        "UPDATE note SET kept_us = $2 WHERE id = $1 AND mark = 'promise' AND kept_us IS NULL RETURNING conversation_id",
        note_id,
        tx.now_us,
    )
    if row is None:
        return None
    event = await record_act(tx, EventKind.PROMISE_KEPT, row[0], agent, {"note": note_id})
    await touch(tx, row[0])
    return Done(row[0], event)


async def open_again(tx: Tx, note_id: int) -> None:
    """A promise that was marked as kept is open again."""
    row = await tx.row("UPDATE note SET kept_us = NULL WHERE id = $1 RETURNING conversation_id", note_id)
    if row is not None:
        await touch(tx, row[0])


async def touch(tx: Tx, conversation_id: int) -> None:
    """Let every screen look at a conversation again."""
    await tx.change(
        "UPDATE conversation SET revision = $2 WHERE id = $1", conversation_id, await tx.revision()
    )


async def revision(tx: ReadTx, conversation_id: int) -> int:
    """A number that rises whenever anything changes in any conversation of the person."""
    row = await tx.row(
        "SELECT max(c.revision) FROM conversation o JOIN conversation c ON c.customer_id IN "
        "(SELECT id FROM customer WHERE id = o.customer_id "
        "OR person = (SELECT person FROM customer WHERE id = o.customer_id)) WHERE o.id = $1",
        conversation_id,
    )
    return (row[0] or 0) if row else 0


async def elsewhere(tx: ReadTx, conversation_id: int) -> list[ThreadEntry]:
    """What was said in the person's other conversations, oldest first, each entry with the account it stands on.

    Of the newest ELSEWHERE of them. None of it is news: what is unseen counts in its own conversation.
    """
    others = await tx.rows(
        "SELECT c.id, a.name, a.network FROM conversation c JOIN account a ON a.id = c.account_id "
        f"WHERE c.customer_id IN ({SAME_PERSON}) AND c.id <> $2 ORDER BY c.newest_in_us DESC, c.id DESC "
        f"LIMIT {ELSEWHERE}",
        await _customer_of(tx, conversation_id),
        conversation_id,
    )
    entries = [
        entry._replace(place=f"{account} on {network}", seq=0)
        for id, account, network in others
        for entry in await thread(tx, id)
    ]
    return sorted(entries, key=lambda entry: entry.at_us)


async def _customer_of(tx: ReadTx, conversation_id: int) -> int | None:
    row = await tx.row("SELECT customer_id FROM conversation WHERE id = $1", conversation_id)
    return row[0] if row else None
