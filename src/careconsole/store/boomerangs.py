"""What comes back by itself: put to sleep with a time, woken by the clock, by the customer, or by an agent (F11).

A conversation that sleeps is not in the queue, but its clock runs on: it returns with its old `waiting_since`. One
without an unanswered message waits from the moment in which it came back.
"""

from __future__ import annotations

from careconsole.model.come_back import WakeMode
from careconsole.model.conversation import HeldBy, Resolved
from careconsole.model.event import Detail, EventKind
from careconsole.model.roster import OPEN, Roster
from careconsole.store.acts import Done
from careconsole.store.claims import holder
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.events import append
from careconsole.store.notes import leave_note
from careconsole.store.ranking import place

AT_ONCE = 100
"""Conversations woken in one transaction, so that nobody waits long for the lock."""
_SOON_US = 300_000_000
_COLUMNS = "cycle, agent, mode, sleeps, due_us, woken_us, woken_by, after_outbox_id, note_id, event"
_WHO = {"customer": "the customer", "time": "the clock", "reply": "the network"}


async def snooze(
    tx: Tx,
    conversation_id: int,
    agent: str,
    due_us: int,
    mode: WakeMode,
    note: str = "",
    roster: Roster = OPEN,
) -> Done | HeldBy | Resolved | None:
    """Let a conversation that is free or mine come back at a time; the claim ends. None if there is none such.

    The note goes to the thread, where it stays. A time that was set before is replaced.
    """
    head = await tx.row(
        "SELECT account_id, customer_id, cycle, state, owner FROM conversation WHERE id = $1", conversation_id
    )
    if head is None:
        return None
    who, _, since_us = await holder(tx, conversation_id)
    if who not in (None, agent):
        return HeldBy(conversation_id, who or "", since_us)
    if head[3] == "resolved":
        return Resolved(conversation_id)
    before = await tx.row(f"SELECT {_COLUMNS} FROM boomerang WHERE conversation_id = $1", conversation_id)
    note_id = await leave_note(tx, conversation_id, agent, note, roster=roster) if note else None
    details: dict[str, Detail] = {
        "due_us": due_us,
        "mode": mode.value,
        "note": note_id,
        "held": int(who == agent),
        "was": None if before is None else list(before),
        "owner": head[4],
    }
    event = await _append(tx, EventKind.SNOOZED, conversation_id, head, details, agent=agent)
    values = (head[2], agent, mode.value, 1, due_us, None, "", 0, note_id, event)
    await _write(tx, conversation_id, values)
    await tx.change(
        "UPDATE conversation SET state = CASE state WHEN 'new' THEN 'open' ELSE state END, claimed_by = NULL, "
        "claim_session = NULL, claimed_us = NULL, lease_boot = NULL, lease_until_ns = NULL, presence = NULL, "
        "owner = $2 WHERE id = $1",
        conversation_id,
        agent,
    )
    await place(tx, conversation_id)
    return Done(conversation_id, event)


async def _append(
    tx: Tx,
    kind: EventKind,
    conversation_id: int,
    head: Row,
    details: dict[str, Detail],
    *,
    agent: str | None = None,
    at_us: int | None = None,
) -> int:
    return await append(
        tx,
        kind,
        at_us=at_us,
        agent=agent,
        account_id=head[0],
        customer_id=head[1],
        conversation_id=conversation_id,
        cycle=head[2],
        details=details,
    )


async def _write(tx: Tx, conversation_id: int, values: tuple[int | str | None, ...]) -> None:
    await tx.change(
        f"INSERT OR REPLACE INTO boomerang (conversation_id, {_COLUMNS}) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        conversation_id,
        *values,
    )


async def any_due(tx: ReadTx) -> bool:
    """Whether the time of something has come."""
    row = await tx.row("SELECT 1 FROM boomerang WHERE due_us <= $1 LIMIT 1", tx.now_us)
    return row is not None


async def wake_due(tx: Tx) -> int:
    """Bring back what is due, the earliest first, at most `AT_ONCE`; how many were due.

    What was resolved meanwhile only forgets its time, so that it is back if the resolving is taken back.
    """
    due = await tx.rows(
        "SELECT b.conversation_id, b.due_us, c.cycle = b.cycle AND c.state <> 'resolved' FROM boomerang b "
        "JOIN conversation c ON c.id = b.conversation_id WHERE b.due_us <= $1 ORDER BY b.due_us, c.id LIMIT $2",
        tx.now_us,
        AT_ONCE,
    )
    for conversation_id, due_us, is_open in due:
        await _come_back(tx, conversation_id, "time", due_us)
        await tx.change("UPDATE boomerang SET due_us = NULL WHERE conversation_id = $1", conversation_id)
        if is_open:
            await _tell(tx, conversation_id, "time", due_us)
            await place(tx, conversation_id)
    return len(due)


async def wake(tx: Tx, conversation_id: int, agent: str) -> Done | None:
    """Bring a conversation back now, and nothing later; None if there is no such conversation."""
    if await tx.row("SELECT 1 FROM conversation WHERE id = $1", conversation_id) is None:
        return None
    event = await wake_up(tx, conversation_id, "agent", agent=agent)
    if event:
        await tx.change("UPDATE boomerang SET due_us = NULL WHERE conversation_id = $1", conversation_id)
        await place(tx, conversation_id)
    return Done(conversation_id, event)


async def wake_up(
    tx: Tx, conversation_id: int, by: str, *, agent: str | None = None, at_us: int | None = None
) -> int:
    """End the sleep of a conversation, if it sleeps; the number of the event, or 0. The caller places it.

    `by`: customer, reply (one that could not be sent), or agent. In the mode `wake` the time still holds.
    """
    sleeps = await tx.row(
        "SELECT 1 FROM boomerang b JOIN conversation c ON c.id = b.conversation_id AND c.cycle = b.cycle "
        "WHERE b.conversation_id = $1 AND b.sleeps = 1 AND c.state <> 'resolved'",
        conversation_id,
    )
    if sleeps is None:
        return 0
    since_us = tx.now_us if at_us is None else min(at_us, tx.now_us)
    await _come_back(tx, conversation_id, by, since_us)
    return await _tell(tx, conversation_id, by, since_us, agent=agent)


async def _come_back(tx: Tx, conversation_id: int, by: str, since_us: int) -> None:
    await tx.change(
        "UPDATE boomerang SET sleeps = 0, woken_us = $2, woken_by = $3, "
        "due_us = CASE mode WHEN 'wake' THEN due_us END, "
        "after_outbox_id = (SELECT coalesce(max(id), 0) FROM outbox) WHERE conversation_id = $1",
        conversation_id,
        since_us,
        by,
    )


async def _tell(tx: Tx, conversation_id: int, by: str, at_us: int, *, agent: str | None = None) -> int:
    head = await tx.row(
        "SELECT c.account_id, c.customer_id, c.cycle, b.event, b.after_outbox_id FROM conversation c "
        "JOIN boomerang b ON b.conversation_id = c.id WHERE c.id = $1",
        conversation_id,
    )
    assert head is not None
    details: dict[str, Detail] = {"by": by, "event": head[3], "after": head[4]}
    return await _append(
        tx,
        EventKind.WOKEN,
        conversation_id,
        head,
        details,
        agent=agent,
        at_us=None if by == "agent" else at_us,
    )


async def customer_wrote(tx: Tx, conversation_id: int, at_us: int) -> None:
    """A new message of the customer ends the sleep; where we answered since it came back, its mark ends."""
    if await wake_up(tx, conversation_id, "customer", at_us=at_us):
        return
    await tx.change(
        "UPDATE boomerang SET woken_us = NULL WHERE conversation_id = $1 AND sleeps = 0 "
        "AND EXISTS (SELECT 1 FROM conversation WHERE id = $1 AND in_queue = 0)",
        conversation_id,
    )


async def woken_by(tx: ReadTx, conversation_id: int, event: int) -> str:
    """Who has ended the sleep that this event began, in words; empty if it goes on."""
    row = await tx.row(
        "SELECT sleeps, woken_by, agent FROM boomerang WHERE conversation_id = $1 AND event = $2",
        conversation_id,
        event,
    )
    return "" if row is None or row[0] else _WHO.get(row[1], str(row[2]))


async def take_back(tx: Tx, conversation_id: int, was: list[int | str | None] | None) -> None:
    """Undo a snooze: as it was before. The caller places the conversation."""
    if was is None:
        await tx.change("DELETE FROM boomerang WHERE conversation_id = $1", conversation_id)
    else:
        await _write(tx, conversation_id, tuple(was))


async def counts(tx: ReadTx, agent: str) -> tuple[int, int]:
    """Of what the agent put to sleep: how much of it sleeps while its promise runs out, and how much is back."""
    row = await tx.row(
        "SELECT coalesce(sum(b.sleeps = 1 AND c.in_queue = 0 AND c.unanswered > 0 AND c.due_us <= $2), 0), "
        "coalesce(sum(b.woken_us IS NOT NULL AND c.in_queue = 1), 0) FROM boomerang b "
        "JOIN conversation c ON c.id = b.conversation_id AND c.cycle = b.cycle "
        "WHERE b.agent = $1 AND c.state <> 'resolved'",
        agent,
        tx.now_us + _SOON_US,
    )
    assert row is not None
    return row[0], row[1]


async def woken_after(tx: ReadTx, agent: str, seq: int | None) -> tuple[list[tuple[int, str]], int]:
    """What the agent put to sleep and came back after an event (None: nothing yet), and the event to go on after.

    Each is a conversation and who woke it: time, customer or reply.
    """
    newest = await tx.row("SELECT coalesce(max(seq), 0) FROM event")
    assert newest is not None
    if seq is None:
        return [], newest[0]
    rows = await tx.rows(
        "SELECT e.conversation_id, json_extract(e.details, '$.by') FROM event e "
        "JOIN boomerang b ON b.conversation_id = e.conversation_id "
        "WHERE e.seq > $2 AND e.kind = 'woken' AND e.agent IS NULL AND b.agent = $1 ORDER BY e.seq",
        agent,
        seq,
    )
    return [(row[0], str(row[1])) for row in rows], newest[0]
