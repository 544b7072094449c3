"""Empty the outbox: one short transaction before the network call and one after it, never across it."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

from careconsole.channels.contract import AccountDown, Channel, ChannelError
from careconsole.desk.desk import Desk
from careconsole.desk.intake import recheck
from careconsole.model.reply import OutboxState, Rejected, Retry
from careconsole.store import delivery as kept
from careconsole.store import queue
from careconsole.store.delivery import Taken
from careconsole.store.outbox import look_later

MOST_ATTEMPTS = 8
LONGEST_S = 45 * 60
"""Automatic retries end before a network forgets its idempotency keys (Mastodon: after an hour)."""
LONGEST_PAUSE_S = 15 * 60
LOGIN_PAUSE_S = 60.0
"""Until a reply is tried again whose account the network refuses."""
_CHANGED = {
    "deleted": "the customer deleted the message before the answer left",
    "edited": "the customer edited the message after the answer was written; read it again",
}


def pause_s(attempts: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds until the next attempt: full jitter over 2 s x 2^attempts, at most 15 min."""
    return max(0.5, chance() * min(LONGEST_PAUSE_S, 2.0 * 2.0**attempts))


def _may_go_on(taken: Taken) -> bool:
    return taken.reply.attempts < MOST_ATTEMPTS and taken.age_s < LONGEST_S


async def deliver_next(desk: Desk, account_id: int, channel: Channel) -> OutboxState | None:
    """Deliver one reply of an account; its new state, or None if nothing is due.

    Raises AccountDown if the network refuses the account itself: the reply waits, as the others would have to.
    """
    taken = await desk.store.write(lambda tx: kept.take(tx, account_id))
    if taken is None:
        return None
    await _look_at_thread(desk, account_id, channel, taken)
    if not await desk.store.read(lambda tx: kept.may_send(tx, taken.reply.outbox_id)):
        return None
    changed = await desk.store.read(
        lambda tx: kept.changed_since(tx, taken.reply_to_id, taken.reply.queued_us)
    )
    outcome = Rejected(_CHANGED[changed]) if changed else await channel.send(taken.reply)
    refusal = outcome.reason if isinstance(outcome, Rejected) and outcome.account_down else None
    if refusal is not None:
        outcome = Retry(LOGIN_PAUSE_S, refusal)
    state = await desk.store.write(
        lambda tx: kept.settle(
            tx,
            taken.reply.outbox_id,
            outcome,
            pause_s=pause_s(taken.reply.attempts),
            may_go_on=_may_go_on(taken),
        )
    )
    if refusal is not None:
        raise AccountDown(refusal)
    return state


async def _look_at_thread(desk: Desk, account_id: int, channel: Channel, taken: Taken) -> None:
    """See before each attempt whether the message still stands as it was answered."""
    if taken.reply.reply_to is not None:
        with suppress(ChannelError):  # then the send itself will tell
            await recheck(desk, account_id, channel, [taken.reply.reply_to])


async def look_up_next(
    desk: Desk, account_id: int, channel: Channel, outbox_id: int | None = None
) -> OutboxState | None:
    """Look up one unknown reply at the network; its new state, or None if none is due.

    It is sent again, under its old key, only if the network surely has it not.
    """
    taken = await desk.store.write(lambda tx: kept.take_unknown(tx, account_id, outbox_id))
    if taken is None:
        return None
    try:
        remote_id = await channel.find_reply(taken.reply)
    except ChannelError:
        wait_s = pause_s(min(taken.reply.attempts + 2, 9))
        await desk.store.write(lambda tx: look_later(tx, taken.reply.outbox_id, wait_s))
        return OutboxState.UNKNOWN
    return await desk.store.write(
        lambda tx: kept.settle_looked_up(tx, taken.reply.outbox_id, remote_id, may_go_on=_may_go_on(taken))
    )


async def deliver_all(desk: Desk, account_id: int, channel: Channel, most: int = 100) -> int:
    """Deliver what is due, looking up what is unknown first; how many were sent. Raises AccountDown."""
    sent = 0
    for _ in range(most):
        looked_up = await look_up_next(desk, account_id, channel)
        delivered = await deliver_next(desk, account_id, channel)
        sent += (looked_up is OutboxState.SENT) + (delivered is OutboxState.SENT)
        if delivered is None and looked_up in (None, OutboxState.UNKNOWN):
            break
    return sent


async def anything_open(desk: Desk) -> bool:
    """Whether a reply is on its way."""
    return bool(await desk.store.read(queue.outbox_open))
