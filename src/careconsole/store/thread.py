"""Read a conversation's story: messages, notes, replies not yet sent, in the order of time."""

from __future__ import annotations

from collections.abc import Sequence

from careconsole.model.message import Direction, Visibility
from careconsole.model.note_mark import NoteMark
from careconsole.model.reply import OutboxState
from careconsole.store import parents
from careconsole.store.attachments import from_json
from careconsole.store.contract import ReadTx, Row
from careconsole.store.erased_ids import ERASED
from careconsole.store.growth import newest_events, note_events
from careconsole.store.row_hash import DAMAGED, sound
from careconsole.store.rows import MessageVersion, ThreadEntry

_MESSAGES = (
    f"SELECT m.id, m.external_id, m.direction, m.handle, m.name, m.at_us, {sound('message', 'm')}, m.visibility, m.version, "
    "m.deleted_us, m.waits, m.outbox_id, o.state, o.reason, m.elsewhere, m.parent, m.agent, "
    "a.network, CASE a.handle WHEN '' THEN a.name ELSE a.handle END, c.handle, m.edited_us, m.attachments, c.erased_us "
    "FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN account a ON a.id = m.account_id "
    "LEFT JOIN outbox o ON o.id = m.outbox_id WHERE m.conversation_id = $1 ORDER BY m.at_us, m.id"
)
_NEWEST = f"SELECT * FROM ({_MESSAGES.replace('m.at_us, m.id', 'm.at_us DESC, m.id DESC')} LIMIT $2) ORDER BY at_us, id"
ERASED_TEXT = "[erased]"
_DIRECTIONS = {direction.value: direction for direction in Direction}
_VISIBILITIES = {visibility.value: visibility for visibility in Visibility}
_NOTES = (
    f"SELECT id, agent, {sound('note')}, at_us, mark, due_us, kept_us FROM note WHERE conversation_id = $1 "
    "ORDER BY at_us, id"
)
_NOT_SENT = (
    f"SELECT id, agent, {sound('outbox')}, visibility, created_us, state, reason FROM outbox WHERE conversation_id = $1 "
    "AND state NOT IN ('sent', 'cancelled') ORDER BY id"
)


async def thread(tx: ReadTx, conversation_id: int) -> list[ThreadEntry]:
    """Everything said in a conversation, oldest first; replies on their way stand at the end, failed ones in time."""
    return await _story(tx, conversation_id, await tx.rows(_MESSAGES, conversation_id))


async def thread_end(tx: ReadTx, conversation_id: int, limit: int) -> tuple[list[ThreadEntry], int]:
    """The newest `limit` messages of a conversation and what else stands among them; how much stands before."""
    rows = await tx.rows(_NEWEST, conversation_id, limit)
    entries = await _story(tx, conversation_id, rows)
    if len(rows) < limit:
        return entries, 0
    since_us = rows[0][5]
    shown = [entry for entry in entries if entry.at_us >= since_us or not _stands_in_time(entry)]
    count = await tx.row("SELECT count(*) FROM message WHERE conversation_id = $1", conversation_id)
    return shown, (count[0] if count else limit) - limit + len(entries) - len(shown)


async def _story(tx: ReadTx, conversation_id: int, rows: Sequence[Row]) -> list[ThreadEntry]:
    versions = await _versions(tx, conversation_id)
    seqs = await newest_events(tx, conversation_id, min((row[0] for row in rows), default=0))
    entries = [_message(row, versions.get(row[0], ()), seqs.get(row[0], 0)) for row in rows]
    replies = [_reply(row) for row in await tx.rows(_NOT_SENT, conversation_id)]
    entries += filter(_stands_in_time, replies)
    if notes := await tx.rows(_NOTES, conversation_id):
        told = await note_events(tx, conversation_id)
        entries += [_note(row, told.get(row[0], 0)) for row in notes]
    entries.sort(key=lambda entry: entry.at_us)
    return entries + [reply for reply in replies if not _stands_in_time(reply)]


def _stands_in_time(entry: ThreadEntry) -> bool:
    """Whether it is a note or a reply that failed: it stands among the messages."""
    return entry.is_note or (entry.message_id is None and entry.outbox_state is OutboxState.FAILED)


async def _versions(tx: ReadTx, conversation_id: int) -> dict[int, tuple[MessageVersion, ...]]:
    rows = await tx.rows(
        f"SELECT v.message_id, {sound('message_version', 'v')}, v.until_us, v.attachments FROM message m "
        "JOIN message_version v ON v.message_id = m.id "
        "WHERE m.conversation_id = $1 AND (m.version > 1 OR m.edited_us IS NOT NULL) "
        "ORDER BY v.message_id, v.until_us, v.version < 1, v.version",  # below 1: those that came late
        conversation_id,
    )
    found: dict[int, tuple[MessageVersion, ...]] = {}
    for message_id, text, until_us, attachments in rows:
        version = MessageVersion(text, until_us, from_json(_if_sound(text, attachments) or ""))
        found[message_id] = (*found.get(message_id, ()), version)
    return found


def _message(row: Row, versions: tuple[MessageVersion, ...], seq: int) -> ThreadEntry:
    return ThreadEntry(
        f"m{row[0]}",
        row[0],
        row[1],
        _DIRECTIONS.get(row[2], Direction.IN),  # damaged, and its text is marked
        False,  # no note
        _author(row),
        row[4],
        row[5],
        ERASED_TEXT if row[22] is not None and str(row[1]).startswith(f"{ERASED}:") else row[6],
        _VISIBILITIES.get(row[7], Visibility.DIRECT),
        versions,
        row[9],
        not row[10],
        row[11],
        OutboxState(row[12]) if row[12] else None,
        row[13] or "",
        bool(row[14]),
        parents.from_json(_if_sound(row[6], row[15])),
        seq,
        row[8],
        row[20],
        from_json(_if_sound(row[6], row[21]) or ""),
    )


def _if_sound(text: str, stored: str | None) -> str | None:
    """What stands beside a text in its row, unless the row is damaged: then nothing of it is shown."""
    return None if text == DAMAGED else stored


def _author(row: Row) -> str:
    """Who wrote a message. Of an answer given elsewhere a network tells whom it was for, a file who wrote it."""
    handle, agent, network, account, customer = row[3], *row[16:20]
    if agent or row[2] == Direction.IN:
        return str(agent or handle)
    is_ours = network == "file" and handle and handle.casefold() != customer.casefold()
    return str(handle if is_ours else account)


def _ours(
    key: str, author: str, text: str, at_us: int, visibility: Visibility, *, is_note: bool
) -> ThreadEntry:
    return ThreadEntry(
        key=key,
        message_id=None,
        external_id=None,
        direction=Direction.OUT,
        is_note=is_note,
        author=author,
        author_name="",
        at_us=at_us,
        text=text,
        visibility=visibility,
        versions=(),
        deleted_us=None,
        is_answered=True,
        outbox_id=None,
        outbox_state=None,
        reason="",
        elsewhere=False,
        parent=None,
    )


def _note(row: Row, seq: int) -> ThreadEntry:
    entry = _ours(f"n{row[0]}", row[1], row[2], row[3], Visibility.DIRECT, is_note=True)
    return entry._replace(seq=seq, mark=NoteMark(row[4]), due_us=row[5], kept_us=row[6])


def _reply(row: Row) -> ThreadEntry:
    entry = _ours(f"o{row[0]}", row[1], row[2], row[4], Visibility(row[3]), is_note=False)
    return entry._replace(outbox_id=row[0], outbox_state=OutboxState(row[5]), reason=row[6])


async def external_ids(tx: ReadTx, conversation_ids: list[int]) -> list[tuple[int, list[str]]]:
    """Account and network ids of the customers' messages of some conversations, newest first: to look again."""
    found: dict[int, list[str]] = {}
    for conversation_id in conversation_ids:
        for account_id, external_id in await tx.rows(
            "SELECT account_id, external_id FROM message WHERE conversation_id = $1 AND direction = 'in' "
            "AND deleted_us IS NULL ORDER BY at_us DESC LIMIT 20",
            conversation_id,
        ):
            found.setdefault(account_id, []).append(external_id)
    return list(found.items())


async def origins(tx: ReadTx, conversation_id: int) -> list[tuple[str, str, float, str]]:
    """Of what waits: kind, who set it, mood, text; oldest first."""
    rows = await tx.rows(
        f"SELECT kind, kind_by, mood, {sound('message')} FROM message "
        "WHERE conversation_id = $1 AND waits = 1 ORDER BY at_us, id",
        conversation_id,
    )
    return [tuple(row) for row in rows]
