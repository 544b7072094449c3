"""The rules in force: when targets, words, VIPs or calendars change, open items are placed again.

They stand in the record as a whole, and every transaction ranks by them, whatever the settings its process read.
Tier 0 stays until resolved, so a word that is taken out of the lists lowers nobody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from careconsole.model.calendar import calendar_of
from careconsole.model.event import Detail, EventKind, canonical_json
from careconsole.model.message import Kind
from careconsole.model.priority import DEFAULT_TARGETS_MIN, RankPolicy
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.customers import person_is_vip
from careconsole.store.events import append
from careconsole.store.ranking import rank_of
from careconsole.store.row_hash import sound

PLACED_AT_ONCE = 150
"""Conversations placed again in one transaction, so that nobody waits long for the lock."""


def digest_of(rules: dict[str, Detail]) -> str:
    """One short text for one content of the rules."""
    return hashlib.sha256(canonical_json(rules).encode("ascii")).hexdigest()


_IN_FORCE = (
    "SELECT rules.value, whole.value FROM fact rules JOIN fact whole ON whole.name = 'rules_whole' "
    "WHERE rules.name = 'rules' AND rules.value <> $1"
)


async def in_force(tx: ReadTx) -> str | None:
    """The digest of the rules that every place in the queue was computed by; None if they are not on record."""
    row = await tx.row(_IN_FORCE, "")
    return None if row is None else str(row[0])


async def whole_in_force(tx: ReadTx) -> str:
    """The rules in force as they were put; empty if there are none."""
    row = await tx.row(_IN_FORCE, "")
    return "" if row is None else str(row[1])


async def follow(tx: Tx, known: str) -> str:
    """Let a transaction rank by the rules in force, if they are others than these; the digest of those it follows.

    Rules of a later version, which this one cannot read, are not followed.
    """
    row = await tx.row(_IN_FORCE, known)
    if row is None:
        return known
    tx.policy = policy_of(row[1]) or tx.policy
    return str(row[0])


def policy_of(whole: str) -> RankPolicy | None:
    """What rank needs of rules in the form in which they stand in the record; None if they cannot be read."""
    try:
        found = json.loads(whole)
        targets = {Kind(kind): int(minutes) for kind, minutes in found["targets_min"].items()}
        calendars = {name: calendar_of(each) for name, each in found["calendars"].items()}
        own = {id: int(minutes) for id, minutes in found.get("own_targets_min", {}).items()}
        return RankPolicy({**DEFAULT_TARGETS_MIN, **targets}, frozenset(found["vips"]), calendars, own)
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return None


async def put_in_force(tx: Tx, digest: str, public: dict[str, Detail], whole: str = "") -> bool:
    """Write that these rules hold from now on; False if they did already.

    `public` goes to the event log; `whole`, which others follow, is canonical JSON of the same and the VIPs.
    """
    if await in_force(tx) == digest:
        return False
    await tx.change("INSERT OR REPLACE INTO fact VALUES ('rules', $1)", digest)
    await tx.change("INSERT OR REPLACE INTO fact VALUES ('rules_whole', $1)", whole)
    await append(tx, EventKind.RULES_SET, details=public)
    await _remember_place(tx, 0)
    return True


async def unplaced_after(tx: ReadTx) -> int | None:
    """The conversation after which the rules in force are still to be applied; None if all are placed by them."""
    row = await tx.row("SELECT value FROM fact WHERE name = 'rules_placed'")
    return None if row is None else int(row[0])


async def _remember_place(tx: Tx, after_id: int | None) -> None:
    if after_id is None:
        await tx.change("DELETE FROM fact WHERE name = 'rules_placed'")
    else:
        await tx.change("INSERT OR REPLACE INTO fact VALUES ('rules_placed', $1)", str(after_id))


async def place_again(
    tx: Tx, after_id: int, alarm: Callable[[str], str] = lambda text: ""
) -> tuple[int, int, int | None]:
    """Place the next open conversations by the policy in force; `alarm` finds the word of alarm in a text, if any.

    How many were looked at, how many moved, and the id to go on after (None at the end).
    """
    rows = await tx.rows(
        "SELECT c.id, c.effective_due_us, c.due_us, c.kind, c.customer_id, c.is_vip, c.in_queue, c.tier FROM conversation c "
        "WHERE c.id > $1 AND c.state <> 'resolved' ORDER BY c.id LIMIT $2",
        after_id,
        PLACED_AT_ONCE,
    )
    moved = 0
    for conversation_id, effective_us, due_us, kind, customer_id, was_vip, waits, tier in rows:
        marked = await person_is_vip(tx, customer_id)
        if marked != bool(was_vip):
            await tx.change("UPDATE conversation SET is_vip = $2 WHERE id = $1", conversation_id, int(marked))
        raised = bool(waits) and tier != 0 and await _raise(tx, conversation_id, alarm)
        found = await rank_of(tx, conversation_id, tx.policy) if waits else None
        if found is None:
            continue
        now = (found.effective_due_us, found.due_us, found.kind)
        if now != (effective_us, due_us, kind) or marked != bool(was_vip) or raised:
            moved += 1
            await tx.change(
                "UPDATE conversation SET kind = $2, due_us = $3, effective_due_us = $4, revision = $5 WHERE id = $1",
                conversation_id,
                found.kind.value,
                found.due_us,
                found.effective_due_us,
                await tx.revision(),
            )
    next_id = rows[-1][0] if len(rows) == PLACED_AT_ONCE else None
    await _remember_place(tx, next_id)
    return len(rows), moved, next_id


async def _raise(tx: Tx, conversation_id: int, alarm: Callable[[str], str]) -> bool:
    """Put a conversation into tier 0 if a waiting message holds a word of alarm that was none when it came.

    A message that named one already has had its say: if the conversation is not in tier 0, an agent lifted it.
    """
    for message_id, text in await tx.rows(
        f"SELECT id, {sound('message')} FROM message WHERE conversation_id = $1 AND waits = 1 AND emergency_word = '' "
        "ORDER BY at_us, id",
        conversation_id,
    ):
        word = alarm(text)
        if not word:
            continue
        await tx.change("UPDATE message SET emergency_word = $2 WHERE id = $1", message_id, word)
        head = await tx.row(
            "UPDATE conversation SET tier = 0, tier_by = $2 WHERE id = $1 RETURNING account_id, customer_id, cycle",
            conversation_id,
            f"word:{word}",
        )
        assert head is not None
        await append(
            tx,
            EventKind.TIER_SET,
            account_id=head[0],
            customer_id=head[1],
            conversation_id=conversation_id,
            cycle=head[2],
            message_id=message_id,
            details={"tier": 0, "was": 1, "word": word},
        )
        return True
    return False
