"""Notes that only the team sees, and whom they call."""

from __future__ import annotations

from careconsole.model.event import Detail, EventKind
from careconsole.model.mention import called, names_called
from careconsole.model.note_mark import NoteMark
from careconsole.model.roster import OPEN, Roster
from careconsole.store.colleagues import groups_of_names
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.events import append
from careconsole.store.noted_words import index_note
from careconsole.store.row_hash import seal


async def leave_note(
    tx: Tx,
    conversation_id: int,
    agent: str,
    text: str,
    mark: NoteMark = NoteMark.NONE,
    due_us: int | None = None,
    roster: Roster = OPEN,
) -> int:
    """A note in the thread of a conversation that is there; its id. Colleagues whom it names with @ are called."""
    note_id = await tx.insert(
        "INSERT INTO note (conversation_id, agent, text, at_us, mark, due_us) VALUES ($1, $2, $3, $4, $5, $6)",
        conversation_id,
        agent,
        text,
        tx.now_us,
        mark.value,
        due_us,
    )
    await seal(tx, "note", note_id)
    await index_note(tx, note_id)
    await _call(tx, conversation_id, agent, note_id, text, roster)
    head = await tx.row(
        "SELECT account_id, customer_id, cycle FROM conversation WHERE id = $1", conversation_id
    )
    assert head is not None
    details: dict[str, Detail] = {"note": note_id}
    if mark:
        details |= {"mark": mark.value, "due_us": due_us}
    await append(
        tx,
        EventKind.NOTE,
        agent=agent,
        account_id=head[0],
        customer_id=head[1],
        conversation_id=conversation_id,
        cycle=head[2],
        details=details,
    )
    return note_id


async def _call(tx: Tx, conversation_id: int, agent: str, note_id: int, text: str, roster: Roster) -> None:
    if not names_called(text):
        return
    for name in sorted(called(text, await groups_of_names(tx, roster)) - {agent}):
        await tx.change(
            "INSERT INTO note_mention (agent, note_id, conversation_id) VALUES ($1, $2, $3)",
            name,
            note_id,
            conversation_id,
        )


async def times_called(tx: ReadTx, agent: str) -> int:
    """In how many conversations an agent is called and has not looked since."""
    row = await tx.row(
        "SELECT count(DISTINCT conversation_id) FROM note_mention WHERE agent = $1 AND seen_us IS NULL", agent
    )
    return row[0] if row else 0


async def next_call(tx: ReadTx, agent: str) -> int | None:
    """The conversation in which an agent was called first and has not looked since; None if there is none."""
    row = await tx.row(
        "SELECT conversation_id FROM note_mention WHERE agent = $1 AND seen_us IS NULL ORDER BY note_id LIMIT 1",
        agent,
    )
    return None if row is None else row[0]


async def has_looked(tx: Tx, conversation_id: int, agent: str) -> None:
    """The agent has opened a conversation: what calls them there is seen. Not an event."""
    seen = await tx.change(
        "UPDATE note_mention SET seen_us = $3 WHERE agent = $1 AND seen_us IS NULL AND conversation_id = $2",
        agent,
        conversation_id,
        tx.now_us,
    )
    if seen:
        await tx.revision()  # so that what counts them is read again
