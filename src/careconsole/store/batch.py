"""One batch of arrivals: what it needs to know is asked for once, what it makes is written together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from careconsole.model.message import Author, Item
from careconsole.store.contract import Tx, Value
from careconsole.store.customers import VIP_OF_PERSON, Person, key_of
from careconsole.store.erased_ids import marks_of
from careconsole.store.row_hash import WHOLE_HANDLE, hashed

AT_ONCE = 100
"""How many keys one look-up asks for."""


@dataclass(frozen=True, slots=True)
class AccountHead:
    """Which account a batch is for."""

    id: int
    name: str
    network: str

    @property
    def scope(self) -> str:
        """Inside which a handle names one person: a network of servers, else the account itself."""
        return self.network if self.network == "mastodon" else f"account:{self.name}"


@cache
def _marks() -> str:
    return ", ".join(f"${number}" for number in range(2, AT_ONCE + 2))


_SHOWN = "(newest_in_us <= $4 OR EXISTS (SELECT 1 FROM message WHERE id = newest_in_id AND deleted_us IS NOT NULL))"
"""Whether a further message takes the place of the one that the queue shows: newer, or that one is deleted."""

_SHOWN_HASH = hashed("conversation", preview="$5", newest_in_id="$6", handle=WHOLE_HANDLE)
_INSERTS = {
    "customer": "INSERT INTO customer (id, name) VALUES ($1, $2)",
    "identity": (
        "INSERT INTO identity (customer_id, scope, handle_key, handle, full_handle, name, reach) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ),
    "conversation": (
        "INSERT INTO conversation (id, account_id, customer_id, tier, tier_by, kind, in_queue, waiting_since_us, "
        "due_us, effective_due_us, unanswered, messages, handle, preview, newest_in_us, visibility, is_vip, revision, "
        "newest_in_id, lang, row_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $7, 1, $11, $12, $8, $13, $14, "
        "$15, $16, $17, $18)"
    ),
    "cycle": "INSERT INTO cycle VALUES ($1, 1, $2, NULL, NULL, NULL)",
    "message": (
        "INSERT INTO message (id, account_id, external_id, conversation_id, cycle, direction, handle, name, reach, "
        "text, at_us, recorded_us, edited_us, deleted_us, visibility, reply_to, parent, is_paid, kind, kind_by, "
        "language, mood, urgency, emergency_word, waits, attachments, row_hash) VALUES ($1, $2, $3, $4, $5, 'in', $6, $7, "
        "$8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)"
    ),
    "joined": (
        "UPDATE conversation SET state = CASE state WHEN 'pending' THEN 'open' ELSE state END, "
        "messages = messages + 1, tier_by = CASE WHEN $2 <> '' AND tier = 1 THEN $2 ELSE tier_by END, "
        "tier = CASE WHEN $2 <> '' THEN 0 ELSE tier END, revision = $3, "
        f"preview = CASE WHEN {_SHOWN} THEN $5 ELSE preview END, "
        f"visibility = CASE WHEN {_SHOWN} THEN $7 ELSE visibility END, "
        f"lang = CASE WHEN {_SHOWN} THEN $8 ELSE lang END, "
        f"handle = CASE WHEN {_SHOWN} THEN {WHOLE_HANDLE} ELSE handle END, "
        f"row_hash = CASE WHEN {_SHOWN} THEN {_SHOWN_HASH} ELSE row_hash END, "
        f"newest_in_us = CASE WHEN {_SHOWN} THEN $4 ELSE newest_in_us END, "
        f"newest_in_id = CASE WHEN {_SHOWN} THEN $6 ELSE newest_in_id END WHERE id = $1"
    ),
    "joined deleted": ("UPDATE conversation SET messages = messages + 1, revision = $2 WHERE id = $1"),
}
"""What a batch writes, in the order in which rows refer to each other."""
_REACHES = "UPDATE identity SET name = $3, reach = $4 WHERE scope = $1 AND handle_key = $2"
_IS_CALLED = "UPDATE customer SET name = $2 WHERE id = $1"


@dataclass(slots=True)
class Batch:
    """Messages of one account on their way into the record."""

    account: AccountHead
    known: dict[str, int] = field(default_factory=dict)
    """Message ids by external id."""
    answered: set[str] = field(default_factory=set)
    """External ids that an answer of ours names, though their message comes after it."""
    erased: set[str] = field(default_factory=set)
    """External ids of messages that were erased: they are not taken in again."""
    people: dict[str, Person] = field(default_factory=dict)
    """Customers by the key of their handle."""
    changed_people: dict[str, Person] = field(default_factory=dict)
    """Of those, the ones whose name or reach is another than the record has."""
    unresolved: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By customer: the conversation that a message of theirs joins, and its cycle."""
    comes_back: set[int] = field(default_factory=set)
    """Of the conversations that messages can join: those that sleep, or came back."""
    next_id: dict[str, int] = field(default_factory=dict)
    to_place: dict[int, None] = field(default_factory=dict)
    """Conversations that got a further message, in order."""
    _rows: dict[str, list[tuple[Value, ...]]] = field(default_factory=dict)

    def take_id(self, table: str) -> int:
        """The id of the next new row of a table."""
        taken = self.next_id[table]
        self.next_id[table] = taken + 1
        return taken

    def write(self, what: str, *values: Value) -> None:
        """Keep a row for the next flush."""
        self._rows.setdefault(what, []).append(values)

    async def flush(self, tx: Tx) -> None:
        """Write what was kept."""
        for what, sql in _INSERTS.items():
            if rows := self._rows.pop(what, None):
                await tx.change_many(sql, rows)
        if self.changed_people:
            changed = self.changed_people.items()
            scope = self.account.scope
            await tx.change_many(_REACHES, [(scope, key, each.name, each.reach) for key, each in changed])
            await tx.change_many(_IS_CALLED, [(each.customer_id, each.name) for _, each in changed])
            self.changed_people.clear()


async def look_around(tx: Tx, account_id: int, items: Sequence[Item]) -> Batch:
    """What the record knows about these messages and their writers."""
    head = await tx.row("SELECT name, network FROM account WHERE id = $1", account_id)
    assert head is not None
    batch = Batch(AccountHead(account_id, head[0], head[1]))
    for part in _parts([item.external_id for item in items]):
        batch.known.update(
            (row[0], row[1])
            for row in await tx.rows(
                f"SELECT external_id, id FROM message WHERE account_id = $1 AND external_id IN ({_marks()})",
                account_id,
                *part,
            )
        )
        marks = await marks_of(tx, account_id, [str(each) for each in part if each is not None])
        if marks:
            padded = [*marks, *[None] * (AT_ONCE - len(marks))]
            batch.erased.update(
                marks[row[0]]
                for row in await tx.rows(
                    f"SELECT external_id FROM message WHERE account_id = $1 AND external_id IN ({_marks()})",
                    account_id,
                    *padded,
                )
            )
        batch.answered.update(
            row[0]
            for row in await tx.rows(
                "SELECT reply_to FROM message WHERE account_id = $1 AND direction = 'out' "
                f"AND reply_to IS NOT NULL AND reply_to IN ({_marks()})",
                account_id,
                *part,
            )
        )
    await _find_people(tx, batch, [item.author for item in items])
    for table in ("customer", "conversation", "message"):
        newest = await tx.row(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
        assert newest is not None
        batch.next_id[table] = newest[0]
    return batch


async def _find_people(tx: Tx, batch: Batch, authors: Sequence[Author]) -> None:
    for part in _parts([key_of(author) for author in authors]):
        for key, customer_id, handle, full, vip, name, reach in await tx.rows(
            f"SELECT i.handle_key, i.customer_id, i.handle, i.full_handle, {VIP_OF_PERSON}, i.name, i.reach FROM identity i "
            f"JOIN customer c ON c.id = i.customer_id WHERE i.scope = $1 AND i.handle_key IN ({_marks()})",
            batch.account.scope,
            *part,
        ):
            by_hand = None if vip is None else bool(vip)
            batch.people[key] = Person(customer_id, handle, full, by_hand, False, name, reach)
    for ids in _parts([person.customer_id for person in batch.people.values()]):
        for customer_id, conversation_id, cycle in await tx.rows(
            "SELECT customer_id, id, cycle FROM conversation WHERE account_id = $1 AND state <> 'resolved' "
            f"AND customer_id IN ({_marks()}) ORDER BY id",
            batch.account.id,
            *ids,
        ):
            batch.unresolved[customer_id] = (conversation_id, cycle)
        batch.comes_back.update(
            row[0]
            for row in await tx.rows(
                "SELECT b.conversation_id FROM conversation c JOIN boomerang b ON b.conversation_id = c.id "
                f"WHERE c.account_id = $1 AND c.customer_id IN ({_marks()})",
                batch.account.id,
                *ids,
            )
        )


def _parts(keys: Sequence[Value]) -> list[list[Value]]:
    """The keys in stretches of one length, so that one statement serves every stretch."""
    distinct = list(dict.fromkeys(keys))
    stretches = [distinct[start : start + AT_ONCE] for start in range(0, len(distinct), AT_ONCE)]
    return [[*each, *[None] * (AT_ONCE - len(each))] for each in stretches]
