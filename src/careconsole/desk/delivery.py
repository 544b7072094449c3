"""Empty the outbox: one short transaction before the network call and one after it, never across it."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from careconsole.channels.contract import AccountDown, Channel, ChannelError, TooManyRequests
from careconsole.desk.desk import Desk
from careconsole.desk.intake import recheck
from careconsole.model.breaker import Pace
from careconsole.model.reply import (
    Ambiguous,
    Change,
    Growth,
    OutboxState,
    Outcome,
    OutgoingReply,
    Rejected,
    Retry,
    Sent,
)
from careconsole.store import delivery as kept
from careconsole.store import queue, thread
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.delivery import Taken
from careconsole.store.growth import grown_under
from careconsole.store.row_hash import DAMAGED
from careconsole.store.send_gate import gate_of, keep_gate, open_gates
from careconsole.store.settling import look_later, uncount

MOST_ATTEMPTS = 8
LONGEST_S = 45 * 60
"""Automatic retries end before a network forgets its idempotency keys (Mastodon: after an hour)."""
LONGEST_PAUSE_S = 15 * 60
LOGIN_PAUSE_S = 60.0
"""Until a reply is tried again whose account the network refuses."""
UNREACHED_PAUSE_S = 30.0
"""At most until a reply is tried again that did not even reach the network: it may be back at any moment."""
SLOW_S = 5.0
"""An attempt that took so long without an answer may still be under way at the network."""
SETTLED_S = 60.0
"""So long after such an attempt began it is looked up: only then is what is not there believed to be absent."""
PACE = Pace(60, 5.0)
"""How fast replies of an account leave for a network. With two requests a reply, any 5 minutes bring 240 of the 300
that Mastodon allows an account, the rest is the polls'."""
ON_THIS_HOST = frozenset({"file", "replay"})
"""Networks that are files: they need no pace."""
LOOKED_AT = 20
"""Messages of a thread that are looked at before a reply leaves: as many as one request brings."""
_CHANGED = {
    Growth.DELETED: "the customer deleted the message before the answer left",
    Growth.EDITED: "the customer edited the message after the answer was written; read it again",
}

TEXT_LOST = "its text was damaged on the disk; look at the network, then write it again"


def pause_s(attempts: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds until the next attempt: full jitter over 2 s x 2^attempts, at most 15 min."""
    return max(0.5, chance() * min(LONGEST_PAUSE_S, 2.0 * 2.0**attempts))


def _may_go_on(taken: Taken, *, counts: bool = True) -> bool:
    return (taken.reply.attempts < MOST_ATTEMPTS or not counts) and taken.age_s < LONGEST_S


async def deliver_next(desk: Desk, account_id: int, channel: Channel) -> OutboxState | None:
    """Deliver one reply of an account; its new state, or None if nothing is due.

    Before every attempt the thread is looked at again. A reply written to another thread than the one that is there
    now does not leave: it fails with a sentence, its text is a draft again with what it answered and what its writer
    had seen, and the conversation waits with its old time. So stop at send (F03) holds until the last moment, and
    nothing is lost silently: whoever reads the thread then sends again, or does not. What stops it: the message
    answered was deleted or edited; and, if the writer told what they had seen, any message, answer, edit or deletion
    that came after that, or a colleague's note. Text, recipient and visibility stay frozen all the same (F04).

    Nothing leaves while the account's breaker is open, but one reply after each pause; so much is true of all
    processes together. Raises AccountDown if the network refuses the account itself: the reply waits, as the others
    would have to.
    """
    pace = None if channel.network in ON_THIS_HOST else PACE
    taken = await desk.store.write(lambda tx: kept.take_in_turn(tx, account_id, pace, LONGEST_S))
    if taken is None:
        return None
    await _look_at_thread(desk, account_id, channel, taken)
    if not await desk.store.read(lambda tx: kept.may_send(tx, taken.reply.outbox_id)):
        return None
    if DAMAGED in taken.reply.text:  # also of a draft that was sent without being read
        return await _settle(desk, account_id, taken, Rejected(TEXT_LOST), 0.0, was_asked=False)
    answered, changes = await desk.store.read(lambda tx: grown_under(tx, taken.reply.outbox_id))
    if answered is not None or changes:
        stopped = Rejected(_CHANGED[answered] if answered else _grown(changes))
        return await _settle(desk, account_id, taken, stopped, 0.0, was_asked=False)
    began_s = time.monotonic()
    outcome = await channel.send(taken.reply)
    wait_s = _pause_after(taken, outcome, time.monotonic() - began_s, has_key=channel.has_working_key)
    state = await _settle(desk, account_id, taken, outcome, wait_s)
    if isinstance(outcome, Rejected) and outcome.account_down:
        raise AccountDown(outcome.reason)
    return state


def _was_unreached(outcome: Outcome) -> bool:
    return isinstance(outcome, Retry) and outcome.after_s is None


def _pause_after(taken: Taken, outcome: Outcome, took_s: float, *, has_key: bool) -> float:
    """Seconds until a reply is tried again, or looked up."""
    wait_s = pause_s(taken.reply.attempts)
    if _was_unreached(outcome):
        return min(UNREACHED_PAUSE_S, max(wait_s, taken.age_s / 4))
    if isinstance(outcome, Ambiguous):
        settled_s = SETTLED_S - took_s if took_s >= SLOW_S and not has_key else 0.0
        return max(wait_s, settled_s, outcome.after_s)
    return wait_s


def _grown(changes: Sequence[Change]) -> str:
    numbers = Counter(change.what for change in changes)
    told = ", ".join(f"{numbers[what]} {what.value}" for what in Growth if numbers[what])
    return f"the thread has changed since the answer was written ({told}); read it and send again"


async def _settle(
    desk: Desk, account_id: int, taken: Taken, outcome: Outcome, wait_s: float, *, was_asked: bool = True
) -> OutboxState | None:
    """Write down what the network said, in the account's gate too, if it was asked.

    What no reply of the account could have passed is no attempt of this one.
    """
    heard, counts = outcome, not _was_unreached(outcome)
    if isinstance(outcome, Rejected) and outcome.account_down:
        outcome, counts = Retry(LOGIN_PAUSE_S, outcome.reason), False
    outbox_id, may_go_on = taken.reply.outbox_id, _may_go_on(taken, counts=counts)

    async def body(tx: Tx) -> OutboxState | None:
        state = await kept.settle(tx, outbox_id, outcome, pause_s=wait_s, may_go_on=may_go_on)
        if state is OutboxState.WAITING and not counts:
            await uncount(tx, outbox_id)
        gate, now_ns = await gate_of(tx, account_id), tx.monotonic_ns
        after = gate.heard(outbox_id, heard, now_ns) if was_asked else gate.unasked(outbox_id, now_ns)
        await keep_gate(tx, account_id, after, gate)
        return state

    return await desk.store.write(body)


async def _look_at_thread(desk: Desk, account_id: int, channel: Channel, taken: Taken) -> None:
    """See before each attempt whether the thread still stands as it was answered: one request where the network
    takes many ids at once, the message answered first."""
    found = dict(await desk.store.read(lambda tx: thread.external_ids(tx, [taken.conversation_id])))
    answered = [] if taken.reply.reply_to is None else [taken.reply.reply_to]
    ids = list(dict.fromkeys([*answered, *found.get(account_id, ())]))[:LOOKED_AT]
    with suppress(ChannelError):  # then the send itself will tell
        await recheck(desk, account_id, channel, ids)


async def look_up_next(
    desk: Desk, account_id: int, channel: Channel, outbox_id: int | None = None
) -> OutboxState | None:
    """Look up one unknown reply at the network; its new state, or None if none is due.

    It is sent again, under its old key, only if the network surely has it not. While the account's breaker is open
    only what a person asked for is looked up; a look-up that gets no answer counts as a failure of the network.
    """

    async def take(tx: Tx) -> Taken | None:
        rests = bool((await gate_of(tx, account_id)).rests_s(tx.monotonic_ns))
        return await kept.take_unknown(tx, account_id, outbox_id, only_asked=rests)

    taken = await desk.store.write(take)
    if taken is None:
        return None
    try:
        found = await _found(channel, taken.reply)
    except ChannelError as error:
        await _look_later(desk, account_id, taken, error)
        return OutboxState.UNKNOWN
    return await desk.store.write(
        lambda tx: kept.settle_looked_up(tx, taken.reply.outbox_id, found, may_go_on=_may_go_on(taken))
    )


async def _found(channel: Channel, reply: OutgoingReply) -> Sent | None:
    """The reply as the network has it, with its time if that can be told; None if it surely has it not."""
    remote_id = await channel.find_reply(reply)
    if remote_id is None:
        return None
    with suppress(ChannelError):
        for item in (await channel.recheck([remote_id])).items:
            if item.external_id == remote_id:
                return Sent(remote_id, item.at)
    return Sent(remote_id)


async def _look_later(desk: Desk, account_id: int, taken: Taken, error: ChannelError) -> None:
    asked_s = error.after_s if isinstance(error, TooManyRequests) else 0.0
    wait_s = max(asked_s, pause_s(min(taken.reply.attempts + 2, 9)))
    number = taken.reply.outbox_id

    async def body(tx: Tx) -> None:
        await look_later(tx, number, wait_s)
        gate = await gate_of(tx, account_id)
        if not isinstance(error, AccountDown):
            await keep_gate(tx, account_id, gate.failed(number, str(error), asked_s, tx.monotonic_ns), gate)

    await desk.store.write(body)


@dataclass(frozen=True, slots=True)
class Resting:
    """An account whose replies wait because its network fails again and again."""

    reason: str
    """What the network said, or did not, when it failed last."""
    next_s: float
    """Seconds until a reply is tried."""
    is_tried: bool
    """Whether one is under way now."""

    @property
    def sentence(self) -> str:
        """What is to be said of a reply that waits for it; what the network said stands last, it may be long."""
        when = "one reply is being tried" if self.is_tried else f"next try in {_span(self.next_s)}"
        return f"waits, {when}: {self.reason}" if self.reason else f"waits, {when}"


def _span(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < 90 else f"{seconds / 60:.0f} min"


async def resting(desk: Desk) -> dict[int, Resting]:
    """The accounts whose breaker is open, by id."""

    async def question(tx: ReadTx) -> dict[int, Resting]:
        return {
            account_id: Resting(gate.reason, gate.rests_s(tx.monotonic_ns), gate.probe is not None)
            for account_id, gate in (await open_gates(tx)).items()
            if gate.rests_s(tx.monotonic_ns)
        }

    return await desk.store.read(question)


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
