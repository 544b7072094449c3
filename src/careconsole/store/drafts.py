"""Drafts: one agent's unsent text for one conversation and mode; never shown under another person."""

from __future__ import annotations

from typing import NamedTuple

from careconsole.model.reply import Mode
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.row_hash import is_sound, seal_draft, sound
from careconsole.store.rows import Draft


def _line(alias: str) -> str:
    """The SQL of a draft's public line; of a damaged draft none, as its text says that it is damaged."""
    return f"CASE WHEN {is_sound('draft', alias)} THEN {alias}.public_line ELSE '' END"


DRAFT_MEETS_DRAFT = (
    "ON CONFLICT (agent, conversation_id, mode) DO UPDATE SET text = CASE draft.text "
    "WHEN excluded.text THEN draft.text WHEN '' THEN excluded.text "
    f"ELSE excluded.text || char(10) || {sound('draft', 'draft')} END, "
    "public_line = CASE WHEN excluded.public_line = '' "
    f"THEN {_line('draft')} WHEN {_line('draft')} IN ('', excluded.public_line) THEN excluded.public_line "
    "ELSE excluded.public_line || ' ' || draft.public_line END, "
    "saved_us = excluded.saved_us, not_sent = excluded.not_sent"
)
"""A reply comes back as a draft where its writer has one already: it stands above that."""


async def save(tx: Tx, draft: Draft) -> None:
    """Keep a draft; one without text and public line is dropped. What its writer has seen is never unseen again."""
    before = await tx.row(
        "SELECT text <> '' FROM draft WHERE agent = $1 AND conversation_id = $2 AND mode = $3",
        draft.agent,
        draft.conversation_id,
        draft.mode.value,
    )
    if not draft.text.strip() and not draft.public_line.strip():
        await drop(tx, draft.agent, draft.conversation_id, draft.mode)
        return
    await tx.change(
        "INSERT INTO draft (agent, conversation_id, mode, text, cursor, saved_us, reply_to_id, seen_seq, not_sent, "
        "reply_to_version, public_line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        "ON CONFLICT DO UPDATE SET "
        "text = excluded.text, cursor = excluded.cursor, saved_us = excluded.saved_us, "
        "reply_to_id = excluded.reply_to_id, seen_seq = max(draft.seen_seq, excluded.seen_seq), "
        "not_sent = excluded.not_sent, reply_to_version = excluded.reply_to_version, "
        "public_line = excluded.public_line",
        draft.agent,
        draft.conversation_id,
        draft.mode.value,
        draft.text,
        draft.cursor,
        tx.now_us,
        draft.reply_to_id,
        draft.seen_seq,
        draft.not_sent,
        draft.reply_to_version,
        draft.public_line,
    )
    await seal_draft(tx, draft.agent, draft.conversation_id, draft.mode.value)
    if before is None:
        await _touch(tx, draft.conversation_id)


class Returned(NamedTuple):
    """A reply that did not leave and stands in a draft whose writer has not read it: its halves, and why."""

    text: str
    line: str
    not_sent: str


async def returned_since(tx: ReadTx, draft: Draft, since_us: int) -> Returned | None:
    """What came back into a draft after its writer had read it; None if nothing did.

    It stands above what the writer had kept by then, which the new text of `draft` begins with as a rule.
    """
    row = await tx.row(
        f"SELECT {sound('draft', 'draft')}, {_line('draft')}, not_sent FROM draft "
        "WHERE agent = $1 AND conversation_id = $2 AND mode = $3 AND not_sent <> '' AND saved_us > $4",
        draft.agent,
        draft.conversation_id,
        draft.mode.value,
        since_us,
    )
    if row is None:
        return None
    stored, line, not_sent = map(str, row)
    ends = [place for place, char in enumerate(stored) if char == "\n"]
    text = next((stored[:end] for end in ends if draft.text.startswith(stored[end + 1 :])), stored)
    return Returned("" if stored == draft.text else text, "" if line == draft.public_line else line, not_sent)


async def drop(tx: Tx, agent: str, conversation_id: int, mode: Mode, known_us: int | None = None) -> None:
    """Throw a draft away; with `known_us` not one into which a reply came back after that."""
    gone = await tx.change(
        "DELETE FROM draft WHERE agent = $1 AND conversation_id = $2 AND mode = $3 "
        "AND ($4 IS NULL OR not_sent = '' OR saved_us <= $4)",
        agent,
        conversation_id,
        mode.value,
        known_us,
    )
    if gone:
        await _touch(tx, conversation_id)


async def drop_written(tx: Tx, agent: str, conversation_id: int, mode: Mode, text: str) -> None:
    """Throw away the draft of a text that leaves.

    A draft with other words stays: they were typed in another console of the agent, or are beside a command.
    """
    kept = await tx.row(
        "SELECT text FROM draft WHERE agent = $1 AND conversation_id = $2 AND mode = $3",
        agent,
        conversation_id,
        mode.value,
    )
    # What was saved may be an earlier state of the text.
    if kept is not None and text.strip().startswith(str(kept[0]).strip()):
        await drop(tx, agent, conversation_id, mode)


async def _touch(tx: Tx, conversation_id: int) -> None:
    await tx.change(
        "UPDATE conversation SET revision = $2 WHERE id = $1", conversation_id, await tx.revision()
    )


_COLUMNS = (
    f"SELECT d.conversation_id, d.agent, d.mode, {sound('draft', 'd')}, d.cursor, d.saved_us, d.reply_to_id, "
    f"d.seen_seq, d.not_sent, c.handle, a.name, d.reply_to_version, {_line('d')} "
    "FROM draft d JOIN conversation c ON c.id = d.conversation_id JOIN account a ON a.id = c.account_id "
)


async def of_conversation(tx: ReadTx, agent: str, conversation_id: int) -> list[Draft]:
    """The agent's drafts for a conversation."""
    rows = await tx.rows(
        _COLUMNS + "WHERE d.agent = $1 AND d.conversation_id = $2 ORDER BY d.saved_us DESC",
        agent,
        conversation_id,
    )
    return [_draft(row) for row in rows]


async def of_agent(tx: ReadTx, agent: str) -> list[Draft]:
    """Every draft of an agent, newest first."""
    return [
        _draft(row) for row in await tx.rows(_COLUMNS + "WHERE d.agent = $1 ORDER BY d.saved_us DESC", agent)
    ]


def _draft(row: Row) -> Draft:
    return Draft(row[0], row[1], Mode(row[2]), *row[3:])
