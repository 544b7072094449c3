"""Who was erased, as marks in a file beside the record: a backup from before must not bring them back."""

from __future__ import annotations

import json
import os
import secrets
from functools import partial
from hashlib import blake2b
from pathlib import Path

from careconsole.store import erasing
from careconsole.store.contract import ReadTx, Store, StoreError
from careconsole.store.opening import mode_within

ERASURES_FILE = "erasures.jsonl"


def remember(home: Path, erased: tuple[int, list[str]]) -> str:
    """Write down whom an erasure takes, before it does; what `take_back` names it by.

    `erased`: when (microseconds), and the places of their handles. Each line has a salt of its own, so that it can
    be held against a handle and not be read. Raises StoreError: without that it must not begin.
    """
    at_us, keys = erased
    salt = secrets.token_hex(16)
    line = {"at_us": at_us, "salt": salt, "marks": [_mark(salt, key) for key in keys]}
    _append(home, line, "nothing was erased.")
    return salt


def take_back(home: Path, salt: str) -> None:
    """Write down that an erasure did not happen. Raises StoreError."""
    _append(
        home,
        {"taken_back": salt},
        "nothing was erased, but a backup that is restored will be erased of them. Remove the last line of that file.",
    )


def _append(home: Path, line: dict[str, object], otherwise: str) -> None:
    path = home / ERASURES_FILE
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o600)
        try:
            found = os.fstat(descriptor)
            if found.st_size == 0 and found.st_uid == os.geteuid():
                os.fchmod(descriptor, mode_within(home))  # for whoever erases here next
            os.write(descriptor, json.dumps(line).encode("ascii") + b"\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}); {otherwise}") from error


def _mark(salt: str, key: str) -> str:
    return blake2b(key.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()


def _since(home: Path, since_us: int) -> list[tuple[str, frozenset[str]]]:
    """Salt and marks of the erasures after a moment. A line that cannot be read is none of ours."""
    try:
        lines = (home / ERASURES_FILE).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        try:
            each = json.loads(line)
            if "taken_back" in each:
                found.pop(str(each["taken_back"]), None)
            elif each["at_us"] >= since_us:
                found[str(each["salt"])] = frozenset(map(str, each["marks"]))
        except (ValueError, KeyError, TypeError):
            continue
    return list(found.items())


async def erase_again(home: Path, store: Store, since_us: int, agent: str) -> int:
    """Erase in a restored record whoever was erased since its backup was made; how many customers."""
    lines = _since(home, since_us)
    if not lines:
        return 0

    async def meant(tx: ReadTx) -> list[int]:
        rows = await tx.rows("SELECT customer_id, scope, handle_key FROM identity ORDER BY id")
        return list(
            dict.fromkeys(
                row[0]
                for row in rows
                if any(_mark(salt, f"{row[1]}\x1f{row[2]}") in marks for salt, marks in lines)
            )
        )

    count = 0
    for customer_id in await store.read(meant):
        for person in await store.read(partial(erasing.find_people, words=str(customer_id))):
            await store.write(partial(erasing.erase_person, person=person, agent=agent))
            count += 1
    return count
