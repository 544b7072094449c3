"""A short hash beside every text that people read: what the disk has changed is never shown for what was said.

Every connection knows two functions. `text_hash` makes the hash of a row's text and of what it belongs to, which
`is_sound` holds against the hash that is kept. A hash that is NULL is not known yet: rows from before
there were hashes get theirs bit by bit, and from the fact `row_hashes` = 'all' on NULL is damage too.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from careconsole.store.contract import ReadTx, Tx, Value

DAMAGED = "[damaged on the disk: these are not the words that were kept here]"
"""What is shown in place of a text that has not its hash."""
ALL_HASHED = "all"
AT_ONCE = 1_000
"""Ids that one step of `fill` goes through, so that nobody waits long for the lock."""


_BETWEEN, _NONE = "\x1f", "\x1e"


def row_hash(table: str, *values: str | float | None) -> int:
    """The hash of a row that is to be written: of the values of its `COLUMNS`, in their order."""
    parts = (table, *(_NONE if value is None else str(value) for value in values))
    return _hash(_BETWEEN.join(parts).encode("utf-8", "surrogatepass"))


def _hash(row: bytes) -> int:
    """64 bits of BLAKE2b, as SQLite keeps them."""
    return int.from_bytes(blake2b(row, digest_size=8).digest(), "big", signed=True)


COLUMNS = {
    "message": (
        "id", "version", "conversation_id", "direction", "visibility", "handle", "name", "agent", "parent", "attachments",
        "text",
    ),
    "message_version": ("message_id", "version", "attachments", "text"),
    "note": ("id", "conversation_id", "agent", "text"),
    "outbox": ("id", "conversation_id", "visibility", "handle", "idempotency_key", "text"),
    "draft": ("agent", "conversation_id", "mode", "public_line", "text"),
    # All that somebody wrote in a request: what of it leaves, and what was said of it.
    "approval": (
        "id", "conversation_id", "agent", "visibility", "reply_to_id", "public_line", "edited_text", "reason", "text",
    ),
    "conversation": ("id", "newest_in_id", "handle", "preview"),
}  # fmt: skip
"""By table what the hash of a row covers: the text, and what it belongs to."""
_MAY_BE_NULL = frozenset({"agent", "parent", "edited_text", "newest_in_id"})


def _bytes_of(table: str, alias: str = "", **instead: str) -> str:
    """The SQL of what is hashed of a row: one value, as bytes.

    As bytes, since a driver may hand a text to a function only as far as its first NUL, and damaged texts may be none;
    as one, since each value that is handed over costs as much as the hash.
    """
    columns = {name: instead.get(name, f"{alias}{name}") for name in COLUMNS[table]}
    values = [
        f"coalesce({sql}, char({ord(_NONE)}))" if name in _MAY_BE_NULL else sql
        for name, sql in columns.items()
    ]
    return f"CAST({f' || char({ord(_BETWEEN)}) || '.join([repr(table), *values])} AS BLOB)"


def is_sound(table: str, alias: str = "") -> str:
    """The SQL of whether a row's text still has its hash. `alias` is how a statement calls the table."""
    dot = f"{alias}." if alias else ""
    return f"is_sound({dot}row_hash, {_bytes_of(table, dot)})"


def sound(table: str, alias: str = "", column: str = "") -> str:
    """The SQL of a row's text, or DAMAGED: of `conversation` its preview, with `column` another one that its hash covers."""
    column = column or ("preview" if table == "conversation" else "text")
    text = f"{alias}.{column}" if alias else column
    # As text, since damage can make bytes of it that read the same.
    return f"CASE WHEN {is_sound(table, alias)} THEN CAST({text} AS TEXT) ELSE '{DAMAGED}' END"


def hashed(table: str, **instead: str) -> str:
    """The SQL of the hash that a row has now, or would have with some columns `instead`."""
    return f"text_hash({_bytes_of(table, **instead)})"


WHOLE_HANDLE = (
    f"CASE WHEN {is_sound('conversation')} THEN handle ELSE coalesce((SELECT i.handle FROM identity i "
    "WHERE i.customer_id = conversation.customer_id ORDER BY i.id LIMIT 1), handle) END"
)
"""The SQL of whom a conversation is with: of a damaged one as the customer is known, since its hash is to be made anew."""


async def seal(tx: Tx, table: str, id: int) -> None:
    """Give a row the hash of its text as it stands now."""
    await tx.change(f"UPDATE {table} SET row_hash = {hashed(table)} WHERE id = $1", id)


async def change_sealed(tx: Tx, table: str, id: int, sql: str, *values: Value) -> None:
    """Run a statement that changes this row, and give it the hash of what it says then; of a damaged row none."""
    row = await tx.row(f"SELECT {is_sound(table)} FROM {table} WHERE id = $1", id)
    await tx.change(sql, *values)
    if row is not None and row[0]:
        await seal(tx, table, id)


async def seal_draft(tx: Tx, agent: str, conversation_id: int, mode: str) -> None:
    """Give a draft the hash of its text as it stands now."""
    await tx.change(
        f"UPDATE draft SET row_hash = {hashed('draft')} WHERE agent = $1 AND conversation_id = $2 AND mode = $3",
        agent,
        conversation_id,
        mode,
    )


_STEPS = (
    ("message", "id"),
    ("message_version", "message_id"),
    ("outbox", "id"),
    ("note", "id"),
    ("conversation", "id"),
    ("draft", "conversation_id"),
    ("approval", "id"),
)


async def fills(tx: ReadTx) -> bool:
    """Whether there are rows from before there were hashes that have none yet."""
    row = await tx.row("SELECT value FROM fact WHERE name = 'row_hashes'")
    return row is not None and row[0] != ALL_HASHED


async def fill(tx: Tx) -> bool:
    """Give the next rows from before there were hashes theirs; whether any are left."""
    row = await tx.row("SELECT value FROM fact WHERE name = 'row_hashes'")
    if row is None or row[0] == ALL_HASHED:
        return False
    step, after = map(int, (row[0] or "0 0").split())
    table, key = _STEPS[step]
    until = after + AT_ONCE
    await tx.change(
        f"UPDATE {table} SET row_hash = {hashed(table)} WHERE {key} > $1 AND {key} <= $2 AND row_hash IS NULL",
        after,
        until,
    )
    more = await tx.row(f"SELECT 1 FROM {table} WHERE {key} > $1 LIMIT 1", until)
    if more is None:
        step, until = step + 1, 0
    value = ALL_HASHED if step == len(_STEPS) else f"{step} {until}"
    await tx.change("UPDATE fact SET value = $1 WHERE name = 'row_hashes'", value)
    return value != ALL_HASHED


async def damaged_rows(tx: ReadTx) -> dict[str, list[int]]:
    """By table the ids (of drafts and versions the conversation's or message's) of the texts that are damaged."""
    found: dict[str, list[int]] = {}
    for table, key in _STEPS:
        rows = await tx.rows(f"SELECT {key} FROM {table} WHERE NOT {is_sound(table)} ORDER BY {key}")
        if rows:
            found[table] = [row[0] for row in rows]
    return found


def install(connection: Any) -> None:
    """Teach a connection both functions."""
    is_complete = _is_complete(connection)

    def text_hash(row: bytes | None) -> int | None:
        return None if row is None else _hash(row)  # None: a value is not there that always is

    def is_sound(known: Any, row: bytes | None) -> bool:
        if row is None or known is None:
            return row is not None and not is_complete
        return bool(known == _hash(row))

    connection.create_function("text_hash", 1, text_hash, deterministic=True)
    connection.create_function("is_sound", 2, is_sound, deterministic=True)


def _is_complete(connection: Any) -> bool:
    """Whether every row has its hash, as far as a file can be asked that may be none of ours."""
    try:
        row = connection.execute("SELECT value FROM fact WHERE name = 'row_hashes'").fetchone()
    except Exception:  # no table, or no database: whoever opens it finds out and says so
        return False
    return row is not None and row[0] == ALL_HASHED
