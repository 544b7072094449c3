"""Erase a customer, or what is older than it may become: in the record, in its file, and in the files beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.desk.erased_files import Theirs, erase_in_files, named_in
from careconsole.desk.erasure_list import remember, take_back
from careconsole.model.rights import Verb
from careconsole.store import erasing, wiping
from careconsole.store.contract import ReadTx, StoreError, Tx
from careconsole.store.erasing import Extent, Person


class Leaving(StoreError):
    """A reply is on its way to the network at this moment; nothing was erased."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took, and what it could not."""

    extent: Extent
    lines: int
    """Of files beside the record, and of what could not be read when it came."""
    left: int
    """Texts of which the bytes are still in the file: somebody has it open."""
    named: tuple[Path, ...]
    """Your own files that name them, which are left alone."""
    mentions: int
    """Messages of others that name them."""
    closed: tuple[Path, ...] = ()
    """Files of other users that we may not write: they may still name them."""


async def whom(desk: Desk, words: str) -> list[Person]:
    """Who is meant by a handle or a number."""
    return await desk.store.read(lambda tx: erasing.find_people(tx, words))


async def extent_of(desk: Desk, person: Person) -> Extent:
    """What an erasure of somebody would take; nothing is changed."""

    async def ask(tx: ReadTx) -> Extent:
        return await erasing.extent_of(tx, await erasing.conversations_of(tx, person.ids), person.ids)

    return await desk.store.read(ask)


@needs(Verb.ERASE)
async def erase(desk: Desk, person: Person) -> Erased:
    """Erase all there is of somebody; the numbers of the past stay. Raises Leaving."""

    async def look(tx: ReadTx) -> tuple[list[str], Theirs]:
        conversations = await erasing.conversations_of(tx, person.ids)
        texts = await wiping.texts_of(tx, conversations, person.ids)
        return texts, await _theirs(tx, person, conversations)

    texts, theirs = await desk.store.read(look)
    extent, set_aside = await _erase_from_record(desk, person, theirs)
    in_files = await asyncio.to_thread(erase_in_files, desk.home, theirs)
    await wiping.wipe_indexes(desk.store)
    left = await wiping.wipe_file(desk.store, texts)
    named = await asyncio.to_thread(named_in, desk.home, person.handles)
    return Erased(
        extent,
        set_aside + in_files.lines,
        len(left),
        tuple(named),
        await desk.store.read(lambda tx: _mentions(tx, person)),
        in_files.closed,
    )


async def _erase_from_record(desk: Desk, person: Person, theirs: Theirs) -> tuple[Extent, int]:
    """What it took of the record, and how many items that could not be read. It is remembered, and only if it happens."""
    marks = await desk.store.read(lambda tx: _marks(tx, person))
    remembered = await asyncio.to_thread(remember, desk.home, marks)
    try:
        taken = await desk.store.write(lambda tx: _erase(tx, person, desk.agent, theirs))
        if taken is None:
            raise Leaving(
                "A reply to them is on its way at this moment; nothing was erased. Try again in a minute."
            )
    except StoreError:
        await asyncio.to_thread(take_back, desk.home, remembered)
        raise
    return taken


async def _marks(tx: ReadTx, person: Person) -> tuple[int, list[str]]:
    rows = [
        row
        for id in person.ids
        for row in await tx.rows("SELECT scope, handle_key FROM identity WHERE customer_id = $1", id)
    ]
    return tx.now_us, [f"{scope}\x1f{key}" for scope, key in rows]


async def _erase(tx: Tx, person: Person, agent: str, theirs: Theirs) -> tuple[Extent, int] | None:
    extent = await erasing.erase_person(tx, person, agent)
    if extent is None:
        return None
    gone = 0
    for id, raw in await tx.rows("SELECT id, raw FROM set_aside"):
        if theirs.is_in(raw):
            gone += await tx.change("DELETE FROM set_aside WHERE id = $1", id)
    return extent, gone


async def _theirs(tx: ReadTx, person: Person, conversations: Sequence[int]) -> Theirs:
    """By what a line of a file is known as theirs: their handles and names, the ids of messages, the keys of replies.

    A name of one word alone is none: it is others' name as well, or a word.
    """
    names: set[str] = set()
    for id in person.ids:
        for handle, full_handle, name in await tx.rows(
            "SELECT handle, full_handle, name FROM identity WHERE customer_id = $1", id
        ):
            names.update(filter(None, (handle, full_handle, name if len(name.split()) > 1 else "")))
    return Theirs(frozenset(names), frozenset(await ids_of(tx, conversations)))


async def ids_of(tx: ReadTx, conversations: Sequence[int]) -> set[str]:
    """The ids of customers' messages and the keys of our replies in some conversations."""
    return {
        row[0]
        for id in conversations
        for sql in (
            "SELECT external_id FROM message WHERE conversation_id = $1 AND direction = 'in'",
            "SELECT idempotency_key FROM outbox WHERE conversation_id = $1",
        )
        for row in await tx.rows(sql, id)
    }


async def _mentions(tx: ReadTx, person: Person) -> int:
    found = 0
    for handle in {handle.split("@")[0] for handle in person.handles}:
        row = await tx.row("SELECT count(*) FROM message WHERE instr(text, '@' || $1)", handle)
        found += row[0] if row else 0
    return found
