"""Erase what was kept for as long as the settings allow, per account and state."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.desk.erased_files import Theirs, erase_in_files
from careconsole.desk.erasing import ids_of
from careconsole.model.rights import Verb
from careconsole.store import accounts, erasing, retaining, wiping
from careconsole.store.erasing import Extent

OTHERS = "all"
"""In the settings: every account that has no entry of its own."""


@dataclass(frozen=True, slots=True)
class Due:
    """What of one account and state has been kept long enough."""

    account: str
    state: str
    days: int
    conversations: tuple[int, ...]
    extent: Extent
    unreadable: tuple[int, ...] = ()
    """Items that could not be read when they came."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a retention took, and what it could not."""

    conversations: int
    leaving: int
    """Conversations left alone, since a reply is on its way at this moment."""
    left: int
    """Texts of which the bytes are still in the file: somebody has it open."""
    closed: tuple[Path, ...] = ()
    """Files of other users that we may not write: they may still hold some of it."""


async def due(desk: Desk, retention: Mapping[str, Mapping[str, int]]) -> list[Due]:
    """What is due, per account and state; nothing is changed."""
    found = []
    for account in await desk.store.read(accounts.all_accounts):
        for state, days in retention.get(account.name, retention.get(OTHERS, {})).items():
            ids = await desk.store.read(partial(retaining.due, account_id=account.id, state=state, days=days))
            extent = await desk.store.read(partial(erasing.extent_of, conversation_ids=ids, customer_ids=[]))
            raw: list[int] = []
            if state == "resolved":
                raw = await desk.store.read(
                    partial(retaining.unreadable_before, account_id=account.id, days=days)
                )
            found.append(Due(account.name, state, days, tuple(ids), extent, tuple(raw)))
    return found


@needs(Verb.ERASE)
async def purge(desk: Desk, retention: Mapping[str, Mapping[str, int]]) -> Purged:
    """Erase what is due, one conversation after the other, so that nobody waits long; the numbers stay."""
    every = await due(desk, retention)
    ids = [id for each in every for id in each.conversations]
    texts = (await desk.store.read(lambda tx: wiping.texts_of(tx, ids, [])))[: wiping.MOST_SOUGHT]
    theirs = Theirs(frozenset(), frozenset(await desk.store.read(lambda tx: ids_of(tx, ids))))
    erased = 0
    for id in ids:
        done = await desk.store.write(
            partial(erasing.erase_conversation, conversation_id=id, agent=desk.agent)
        )
        erased += done is not None
    raw = [(id,) for each in every for id in each.unreadable]
    if raw:
        await desk.store.write(lambda tx: tx.change_many("DELETE FROM set_aside WHERE id = $1", raw))
    left: list[str] = []
    closed: tuple[Path, ...] = ()
    if ids or raw:
        closed = (await asyncio.to_thread(erase_in_files, desk.home, theirs)).closed
        await wiping.wipe_indexes(desk.store)
        left = await wiping.wipe_file(desk.store, texts if erased == len(ids) else [])
    return Purged(erased, len(ids) - erased, len(left), closed)
