"""The ids of what was erased, as marks: what comes once more is known by them, and tells nobody whose it was."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from hashlib import blake2b

from careconsole.store.contract import ReadTx, Row, Tx

ERASED = "erased"
"""What stands where a handle stood, and begins the mark of an id."""
_SALT = "erase_salt"


async def salt_of(tx: Tx) -> str:
    """What the marks of this desk are made with; made at the first erasure."""
    row = await tx.row("SELECT value FROM fact WHERE name = $1", _SALT)
    if row is not None:
        return str(row[0])
    salt = secrets.token_hex(16)
    await tx.change("INSERT INTO fact VALUES ($1, $2)", _SALT, salt)
    return salt


def marked(salt: str, account_id: int, external_id: str) -> str:
    """The mark of an id; a mark stays what it is."""
    if external_id.startswith(f"{ERASED}:"):
        return external_id
    digest = blake2b(
        f"{account_id} {external_id}".encode(), key=bytes.fromhex(salt), digest_size=16
    ).hexdigest()
    return f"{ERASED}:{digest}"


async def marks_of(tx: ReadTx, account_id: int, external_ids: Sequence[str]) -> dict[str, str]:
    """By mark the ids that messages would have that were erased; empty if nothing ever was."""
    row: Row | None = await tx.row("SELECT value FROM fact WHERE name = $1", _SALT)
    return {} if row is None else {marked(str(row[0]), account_id, each): each for each in external_ids}
