"""Who takes what: claim, pull the next one, give back, keep the lease alive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.model.conversation import Claimed, HeldBy, Presence, Resolved, SkipReason
from careconsole.model.event import EventKind
from careconsole.model.instant import to_us
from careconsole.model.rights import Verb
from careconsole.store import accounts, acts, claims, notes, queue
from careconsole.store.contract import Tx

RENEW_EVERY_S = claims.RENEW_EVERY_S


@needs(Verb.CLAIM)
async def claim(desk: Desk, conversation_id: int) -> Claimed | HeldBy | Resolved | None:
    """Take a conversation, or learn who has it; None if there is no such conversation."""
    return await desk.store.write(lambda tx: claims.claim(tx, conversation_id, desk.agent))


@needs(Verb.CLAIM, somewhere=True)
async def claim_next(desk: Desk) -> Claimed | None:
    """Take the top item that nobody holds and that is not first for somebody else, at an account where I may."""

    async def body(tx: Tx) -> Claimed | None:
        return await claims.claim_next(tx, desk.agent, desk.roster, await _barred(tx, desk))

    return await desk.store.write(body)


async def _barred(tx: Tx, desk: Desk) -> list[int]:
    """The accounts where I may claim nothing."""
    if not desk.has_roles_by_account:
        return []
    return [one.id for one in await accounts.all_accounts(tx) if not desk.may(Verb.CLAIM, one.name)]


@needs(Verb.RELEASE)
async def release(desk: Desk, conversation_id: int, fence: int | None = None) -> bool:
    """Give a conversation back; False if I do not hold it, or no longer under this fence."""
    return await desk.store.write(lambda tx: claims.release(tx, conversation_id, desk.agent, fence))


@needs(Verb.SKIP)
async def skip(desk: Desk, conversation_id: int, reason: SkipReason, fence: int | None = None) -> bool:
    """Give a pulled conversation back with a reason; False if I do not hold it, or no longer under this fence."""
    return await desk.store.write(
        lambda tx: claims.skip(tx, conversation_id, desk.agent, reason.value, fence)
    )


async def renew(desk: Desk) -> list[int]:
    """Extend the claims of this console, free those of others that ran out; the ids that I lost since the last time.

    Whoever found my lease run out first, this console or another, I learn of it here.
    """
    if (
        not desk.is_shut_out
    ):  # whoever was taken off the roster holds nothing for longer than their leases run
        await desk.store.write(lambda tx: claims.renew(tx, desk.agent))
    seen = desk.lost_seen
    lost, desk.lost_seen = await desk.store.read(lambda tx: claims.lost_after(tx, desk.agent, seen))
    return lost


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What an agent who comes back finds of what was kept."""

    fences: dict[int, int]
    """The fence of every conversation that is mine again."""
    lost: list[int]
    """Conversations whose claim ran out meanwhile."""
    went: int | None
    """The event with which I went; the newest one if I never was here."""


async def take_up(desk: Desk) -> TakenUp:
    """Claim on what I kept when I left, where its lease still runs; call it once, after `sign_on`."""
    mine, lost, desk.lost_seen, went = await desk.store.write(lambda tx: claims.take_up(tx, desk.agent))
    return TakenUp(dict(mine), lost, went if went is not None else desk.lost_seen)


async def sweep(desk: Desk) -> None:
    """Free the conversations whose lease has run out, if there are any."""
    if await desk.store.read(claims.anything_to_sweep):
        await desk.store.write(claims.sweep)


async def mine(desk: Desk) -> list[int]:
    """Conversations that I hold, the longest held first."""
    return await desk.store.read(lambda tx: queue.claimed_by(tx, desk.agent))


async def set_presence(desk: Desk, conversation_id: int, presence: Presence) -> None:
    """Show the others whether I read or write."""
    await desk.store.write(lambda tx: claims.set_presence(tx, conversation_id, desk.agent, presence.value))


async def opened(desk: Desk, conversation_id: int) -> None:
    """Note that I opened a conversation, and so have seen who calls me there."""

    async def body(tx: Tx) -> None:
        await acts.record_act(tx, EventKind.OPENED, conversation_id, desk.agent)
        await notes.has_looked(tx, conversation_id, desk.agent)

    await desk.store.write(body)


async def focus(
    desk: Desk, conversation_id: int, started_at: datetime, last_key_at: datetime, ended_at: datetime
) -> None:
    """Note a stretch in which a thread had my attention."""
    started_us, key_us, ended_us = to_us(started_at), to_us(last_key_at), to_us(ended_at)
    await desk.store.write(
        lambda tx: acts.record_focus(tx, conversation_id, desk.agent, started_us, key_us, ended_us)
    )
