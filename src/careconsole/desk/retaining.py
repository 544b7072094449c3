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
from careconsole.store.contract import Tx
from careconsole.store.erasing import Extent

OTHERS = "all"
"""In the settings: every account that has no entry of its own."""


@dataclass(frozen=True, slots=True)
class Due:
    """What of one account and state has been kept long enough."""

    account_id: int
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
            found.append(Due(account.id, account.name, state, days, tuple(ids), extent, tuple(raw)))
    return found


@needs(Verb.ERASE)
async def purge(desk: Desk, retention: Mapping[str, Mapping[str, int]]) -> Purged:
    """Erase what is due, one conversation after the other, so that nobody waits long; the numbers stay.

    What a customer has written in meanwhile, or an agent has taken up again, is kept.
    """
    every = await due(desk, retention)
    ids = [id for each in every for id in each.conversations]
    texts = (await desk.store.read(lambda tx: wiping.texts_of(tx, ids, [])))[: wiping.MOST_SOUGHT]
    gone, leaving = set[int](), 0
    theirs = {id: await desk.store.read(partial(ids_of, conversations=[id])) for id in ids}
    for each in every:
        for id in each.conversations:
            done = await desk.store.write(partial(_purge_one, due=each, conversation_id=id, agent=desk.agent))
            gone |= {id} if done else set()
            leaving += done is None
        if each.unreadable:
            await desk.store.write(
                partial(
                    retaining.drop_unreadable,
                    account_id=each.account_id,
                    ids=each.unreadable,
                    agent=desk.agent,
                )
            )
    left: list[str] = []
    closed: tuple[Path, ...] = ()
    if gone or any(each.unreadable for each in every):
        known = Theirs(frozenset(), frozenset().union(*(theirs[id] for id in gone)))
        closed = (await asyncio.to_thread(erase_in_files, desk.home, known)).closed
        await wiping.wipe_indexes(desk.store)
        left = await wiping.wipe_file(desk.store, texts)
    return Purged(len(gone), leaving, len(left), closed)


async def _purge_one(tx: Tx, due: Due, conversation_id: int, agent: str) -> bool | None:
    """Whether it was erased: False if it is no longer due, None if a reply is leaving."""
    if not await retaining.due(tx, due.account_id, due.state, due.days, conversation_id):
        return False
    return None if await erasing.erase_conversation(tx, conversation_id, agent) is None else True
