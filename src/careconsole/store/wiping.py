"""After an erasure: let the file itself forget, and look whether it has."""

from __future__ import annotations

import asyncio
import mmap
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from careconsole.store.contract import ReadTx, Store
from careconsole.store.message_words import wipe
from careconsole.store.noted_words import wipe_noted

SHORTEST = 12
"""Bytes of a text that can be looked for: shorter ones stand in anybody's words."""
MOST_SOUGHT = 200
"""So many texts are looked for, the longest: each takes a pass over the file."""
_TRIES, _REST_S = 100, 0.1


async def texts_of(tx: ReadTx, conversation_ids: Sequence[int], customer_ids: Sequence[int]) -> list[str]:
    """Everything that is written in some conversations or known of some customers: what must be gone afterwards."""
    found: set[str] = set()
    for id in conversation_ids:
        for sql in _SAID:
            found.update(str(value) for row in await tx.rows(sql, id) for value in row if value)
    for id in customer_ids:
        for sql in _KNOWN:
            found.update(str(value) for row in await tx.rows(sql, id) for value in row if value)
    return sorted(found, key=len, reverse=True)


_SAID = (
    "SELECT text, name FROM message WHERE conversation_id = $1 AND direction = 'in'",
    "SELECT text FROM message WHERE conversation_id = $1 AND direction = 'out'",
    "SELECT v.text FROM message m JOIN message_version v ON v.message_id = m.id WHERE m.conversation_id = $1",
    "SELECT text FROM note WHERE conversation_id = $1",
    "SELECT text, public_line FROM draft WHERE conversation_id = $1",
    "SELECT text FROM outbox WHERE conversation_id = $1",
    "SELECT text, public_line, edited_text, reason FROM approval WHERE conversation_id = $1",
)
_KNOWN = (
    "SELECT handle, full_handle, name FROM identity WHERE customer_id = $1",
    "SELECT name, vip_note, orders, about FROM customer WHERE id = $1",
    "SELECT text FROM learnt_trigger WHERE customer_id = $1",
)

_OTHERS = (
    "SELECT 1 FROM message WHERE instr(text, $1) OR instr(handle, $1) OR instr(name, $1)",
    "SELECT 1 FROM message WHERE instr(coalesce(parent, ''), $1)",
    "SELECT 1 FROM message_version WHERE instr(text, $1)",
    "SELECT 1 FROM note WHERE instr(text, $1)",
    "SELECT 1 FROM draft WHERE instr(text, $1) OR instr(public_line, $1)",
    "SELECT 1 FROM outbox WHERE instr(text, $1) OR instr(handle, $1)",
    "SELECT 1 FROM approval WHERE instr(text, $1) OR instr(public_line, $1) OR instr(reason, $1) "
    "OR instr(coalesce(edited_text, ''), $1)",
    "SELECT 1 FROM customer WHERE instr(name, $1) OR instr(about, $1) OR instr(orders, $1) OR instr(vip_note, $1)",
    "SELECT 1 FROM identity WHERE instr(handle, $1) OR instr(full_handle, $1) OR instr(name, $1)",
    "SELECT 1 FROM learnt_trigger WHERE instr(text, $1)",
    "SELECT 1 FROM set_aside WHERE instr(raw, $1)",
    "SELECT 1 FROM fact WHERE instr(value, $1)",
    "SELECT 1 FROM event WHERE instr(details, $1) OR instr(coalesce(agent, ''), $1)",
)


async def is_still_kept(tx: ReadTx, text: str) -> bool:
    """Whether a text stands in the record all the same: others have said it too."""
    for sql in _OTHERS:
        if await tx.row(f"{sql} LIMIT 1", text):
            return True
    return False


async def wipe_indexes(store: Store) -> None:
    """Take what was erased out of the search indexes for good, in steps between which others get their turn."""
    for each in (wipe, wipe_noted):
        is_first = True
        while await store.write(partial(each, is_first=is_first)):
            is_first = False
            await asyncio.sleep(0)


async def wipe_file(store: Store, texts: Sequence[str]) -> list[str]:
    """Have the write-ahead log cleared, and the file written anew if it still holds a text; what it holds even then.

    What is kept in a row of somebody else does not count.
    """
    await _clear_log(store)
    left = await _left_in(store, texts)
    if left:
        await store.compact(anew=True)
        await _clear_log(store)
        left = await _left_in(store, left)
    return left


async def _clear_log(store: Store) -> None:
    """Wait for whoever reads at this moment, but not for ever: the search says what is still there."""
    for _ in range(_TRIES):
        if await store.compact(anew=False):
            return
        await asyncio.sleep(_REST_S)


async def _left_in(store: Store, texts: Sequence[str]) -> list[str]:
    paths = [store.path.with_name(store.path.name + suffix) for suffix in ("", "-wal", "-journal")]
    sought = [text for text in texts if len(text.encode()) >= SHORTEST][:MOST_SOUGHT]
    found = await asyncio.to_thread(texts_in, paths, sought)
    return [text for text in found if not await store.read(partial(is_still_kept, text=text))]


def texts_in(paths: Iterable[Path], texts: Sequence[str]) -> list[str]:
    """Which of some texts stand in the bytes of some files."""
    found: dict[str, None] = {}
    for path in paths:
        try:
            with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                found.update((text, None) for text in texts if content.find(text.encode()) >= 0)
        except (FileNotFoundError, ValueError):  # none there, or nothing in it
            continue
    return list(found)
