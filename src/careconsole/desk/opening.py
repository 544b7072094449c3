"""Open a desk: the record, the rules in force, and who sits there."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from careconsole.desk.coming_back import wake_due
from careconsole.desk.desk import Desk
from careconsole.desk.rules import Rules, put_in_force, with_sample_vips
from careconsole.model.event import EventKind
from careconsole.model.rights import Role
from careconsole.model.roster import OPEN, Roster
from careconsole.store import accounts, claims, delivery, leases, outbox, queue
from careconsole.store.contract import Store, StoreError, Tx
from careconsole.store.driver import Driver
from careconsole.store.events import append
from careconsole.store.host_clock import HostClock
from careconsole.store.opening import open_store

if TYPE_CHECKING:
    from careconsole.channels.recording import Recording

DESK_FILE = "desk.db"
SWITCH_S = 0.0005
"""So long a screen computes at most while the writer's thread waits for the interpreter between two statements.

By default it is ten times as long: a screen at work would stretch every transaction, and all that wait for its lock.
"""
NOT_SENT = "not sent: the console closed before it left"


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_desk(
    home: Path,
    *,
    agent: str,
    rules: Rules | None = None,
    role: Role = Role.ADMIN,
    roster: Roster = OPEN,
    create: bool = False,
    read_only: bool = False,
    recording: Recording | None = None,
    speed: float = 1.0,
    now: Callable[[], datetime] = _now,
    clock: HostClock | None = None,
    driver: Driver | None = None,
    new_id: Callable[[], str] | None = None,
    in_line: bool = False,
) -> AsyncIterator[Desk]:
    """The desk of a home, closed at the end; what was claimed by this console is given back by `sign_off`.

    `role` is that of an agent whom the roster does not name; `new_id` and `in_line` are those of `open_store`.

    Raises StoreError with a sentence: NoDesk if there is none and `create` is False.
    """
    rules = rules or Rules()
    if (person := roster.person(agent)) is not None:
        role = person.role
    ids = {} if new_id is None else {"new_id": new_id}
    async with open_store(
        home / DESK_FILE,
        create=create,
        read_only=read_only,
        policy=rules.policy,
        clock=clock,
        driver=driver,
        in_line=in_line,
        **ids,
    ) as store:
        if recording is not None:
            await _make_sample(store, recording)
        rules = await with_sample_vips(store, rules)
        moved = None if read_only else await put_in_force(store, rules)
        if not read_only:
            await wake_due(store)
        yield Desk(store, home, agent, role, rules, now, recording, speed, roster, moved=moved or 0)


async def _make_sample(store: Store, recording: Recording) -> None:
    """Mark a new desk as a sample with the recording's accounts; refuse a desk that is none."""

    async def body(tx: Tx) -> bool:
        marked = await tx.row("SELECT 1 FROM fact WHERE name = 'sample'")
        if marked is None and await accounts.all_accounts(tx):
            return False
        await tx.change("INSERT OR REPLACE INTO fact VALUES ('sample', $1)", json.dumps(recording.vips))
        for name in recording.accounts:
            await accounts.add(tx, name=name, network="replay", handle=name, poll_every_s=1.0)
        return True

    if not await store.write(body):
        raise StoreError(f"{store.path} is a real desk; the sample is never loaded into it.")


async def sign_on(desk: Desk) -> list[int]:
    """Begin to work at a console; replies that a dead console had held become drafts again (their outbox ids)."""

    async def body(tx: Tx) -> list[int]:
        await delivery.sign_on(tx, desk.agent, os.getpid())
        brought_back = await delivery.bring_back_held(tx, NOT_SENT)
        await append(tx, EventKind.SIGNED_ON, agent=desk.agent, details={"session": desk.session})
        return brought_back

    sys.setswitchinterval(SWITCH_S)
    brought_back = await desk.store.write(body)
    desk.is_signed_on = True
    return brought_back


async def bring_back_held(desk: Desk) -> list[int]:
    """Make drafts of the replies that dead consoles had held (their outbox ids); writes only if there are any."""
    if not await desk.store.read(delivery.held_by_the_dead):
        return []
    return await desk.store.write(lambda tx: delivery.bring_back_held(tx, NOT_SENT))


async def sign_off(desk: Desk) -> None:
    """Stop working: what is held becomes a draft, leases end; claims stay so long as their lease runs.

    A damaged record is left as it is.
    """
    if desk.store.damage:
        return

    async def body(tx: Tx) -> None:
        await delivery.sign_off(tx)
        await claims.keep(tx, desk.session, claims.CLAIM_LEASE_S)
        for row in await queue.held_by(tx, desk.session):
            await outbox.withdraw(tx, row.id, row.agent, NOT_SENT)
        await leases.drop_leases(tx)
        await append(tx, EventKind.SIGNED_OFF, agent=desk.agent, details={"session": desk.session})

    await desk.store.write(body)
    desk.is_signed_on = False


async def set_away(desk: Desk, is_away: bool) -> None:
    """Note that the agent has gone for a while, or is back."""
    await desk.store.write(lambda tx: delivery.set_away(tx, desk.agent, is_away))
