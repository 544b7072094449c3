"""Who delivers what: take a reply under a sender's lease, in a short transaction before the network call."""

from __future__ import annotations

from dataclasses import dataclass

from careconsole.model.breaker import Pace
from careconsole.model.event import EventKind
from careconsole.model.message import Visibility
from careconsole.model.reply import Ambiguous, OutboxState, Outcome, OutgoingReply, Rejected, Retry, Sent
from careconsole.store.claims import keep
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.events import append
from careconsole.store.host_clock import process_mark
from careconsole.store.outbox import withdraw
from careconsole.store.row_hash import sound
from careconsole.store.send_gate import gate_of, keep_gate
from careconsole.store.settling import (
    look_later,
    settle_absent,
    settle_failed,
    settle_sent,
    settle_unknown,
    settle_waiting,
)

SENDER_LEASE_S = 60
SENDING_TAKES_S = 20
"""How long a network call may take at most; less must not be left of the lease when it begins."""
MOST_CRASHES = 3
"""A reply over which so many processes ended is sent no more by itself."""
PARKED = "the program ended each time that it looked this reply up; look at the network yourself"


@dataclass(frozen=True, slots=True)
class Taken:
    """A reply that this process must now send, or look up."""

    reply: OutgoingReply
    conversation_id: int
    reply_to_id: int
    agent: str
    age_s: float
    """Seconds since the first attempt."""
    crashes: int = 0
    """How many processes ended while they sent it or looked it up."""
    is_retry: bool = True
    """Whether it was tried before."""


_FREE = "(sender_boot IS NULL OR sender_boot <> $2 OR sender_until_ns <= $3)"
_DUE = "(due_boot IS NULL OR due_boot <> $2 OR due_ns <= $3)"


async def take_in_turn(tx: Tx, account_id: int, pace: Pace | None, longest_s: float) -> Taken | None:
    """The next reply of an account, if the gate lets one through: fresh ones alternate with those tried before.

    While the breaker is open a reply that waits is given up `longest_s` seconds after its first attempt.
    """
    gate = await gate_of(tx, account_id)
    if gate.is_open:
        await _give_up_waiting(tx, account_id, longest_s)
    if not gate.may_leave(tx.monotonic_ns, pace):
        return None
    taken = await take(tx, account_id, retries_first=not gate.took_retry)
    if taken is not None:
        gone = gate.left(taken.reply.outbox_id, tx.monotonic_ns, pace, is_retry=taken.is_retry)
        await keep_gate(tx, account_id, gone, gate)
    return taken


async def _give_up_waiting(tx: Tx, account_id: int, longest_s: float) -> None:
    for outbox_id, reason in await tx.rows(
        "SELECT id, reason FROM outbox WHERE account_id = $1 AND state = 'waiting' AND first_boot = $2 "
        "AND first_ns <= $3",
        account_id,
        tx.boot_id,
        tx.monotonic_ns - round(longest_s * 1_000_000_000),
    ):
        await settle_failed(tx, outbox_id, f"given up after {longest_s / 60:.0f} minutes: {reason}")


async def take(tx: Tx, account_id: int, *, retries_first: bool = False) -> Taken | None:
    """The next reply of an account that is due; it is `sending`, and its attempt is counted from here on.

    Fresh replies come before those tried already, or behind them; of each kind what was due first. A reply waits for
    the one before it in its conversation. A public line leaves only if the private reply before it is sent.
    """
    row = await tx.row(
        "SELECT id, first_ns IS NOT NULL FROM outbox o WHERE account_id = $1 "
        f"AND (state = 'queued' OR (state = 'waiting' AND {_DUE})) "
        "AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.conversation_id = o.conversation_id AND e.id < o.id "
        "AND e.state IN ('queued', 'sending', 'waiting', 'unknown')) AND (after_id IS NULL OR EXISTS "
        "(SELECT 1 FROM outbox p WHERE p.id = o.after_id AND p.state = 'sent')) "
        "ORDER BY (first_ns IS NOT NULL) <> $4, coalesce(due_ns, 0), id LIMIT 1",
        account_id,
        tx.boot_id,
        tx.monotonic_ns,
        retries_first,
    )
    if row is None:
        return None
    await tx.change(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, changed_us = $2, "
        "first_ns = CASE WHEN first_boot = $3 THEN first_ns ELSE $4 END, first_boot = $3 WHERE id = $1",
        row[0],
        tx.now_us,
        tx.boot_id,
        tx.monotonic_ns,
    )
    await _hold(tx, row[0])
    return await _taken(tx, row[0], is_retry=bool(row[1]))


async def take_unknown(
    tx: Tx, account_id: int, outbox_id: int | None = None, *, only_asked: bool = False
) -> Taken | None:
    """The next unknown reply of an account that is due to be looked up (or the one named, due or not).

    A reply whose sender died is unknown too: it may have arrived. With `only_asked`, and of those parked, only what
    a person asked for.
    """
    await _count_crashes(tx, account_id)
    row_due = await tx.row(
        f"SELECT id FROM outbox WHERE account_id = $1 AND state = 'unknown' AND {_FREE} "
        f"AND (id = $4 OR ($4 IS NULL AND (due_ns IS NULL OR (parked = 0 AND $5 = 0 AND {_DUE})))) "
        "ORDER BY due_ns LIMIT 1",
        account_id,
        tx.boot_id,
        tx.monotonic_ns,
        outbox_id,
        int(only_asked),
    )
    if row_due is None:
        return None
    await _hold(tx, row_due[0])
    return await _taken(tx, row_due[0])


async def _count_crashes(tx: Tx, account_id: int) -> None:
    """Learn of the processes that ended while they sent a reply or looked it up."""
    for outbox_id, state, crashes in await tx.rows(
        f"SELECT id, state, crashes FROM outbox WHERE account_id = $1 AND state IN ('sending', 'unknown') "
        f"AND sender IS NOT NULL AND {_FREE}",
        account_id,
        tx.boot_id,
        tx.monotonic_ns,
    ):
        await tx.change("UPDATE outbox SET crashes = $2 WHERE id = $1", outbox_id, crashes + 1)
        if state == "sending":
            await settle_unknown(tx, outbox_id, "the sending process ended", 0)
            continue
        await look_later(tx, outbox_id, 0)
        if crashes + 1 >= MOST_CRASHES:
            await tx.change("UPDATE outbox SET parked = 1, reason = $2 WHERE id = $1", outbox_id, PARKED)


async def _hold(tx: Tx, outbox_id: int) -> None:
    await tx.change(
        "UPDATE outbox SET sender = $2, sender_boot = $3, sender_until_ns = $4 WHERE id = $1",
        outbox_id,
        tx.session,
        tx.boot_id,
        tx.monotonic_ns + SENDER_LEASE_S * 1_000_000_000,
    )


async def _taken(tx: ReadTx, outbox_id: int, *, is_retry: bool = True) -> Taken | None:
    row = await tx.row(
        f"SELECT o.id, o.idempotency_key, {sound('outbox', 'o')}, o.visibility, m.external_id, o.handle, o.created_us, o.attempts, "
        "o.conversation_id, o.reply_to_id, o.agent, coalesce(o.first_ns, $2), o.crashes FROM outbox o "
        "JOIN message m ON m.id = o.reply_to_id WHERE o.id = $1",
        outbox_id,
        tx.monotonic_ns,
    )
    assert row is not None
    sent = await tx.rows(
        "SELECT remote_id FROM outbox WHERE conversation_id = $1 AND remote_id IS NOT NULL", row[8]
    )
    others = frozenset(each[0] for each in sent)
    reply = OutgoingReply(row[0], row[1], row[2], Visibility(row[3]), row[4], row[5], row[6], row[7], others)
    age_s = (tx.monotonic_ns - row[11]) / 1_000_000_000
    return Taken(reply, row[8], row[9], row[10], age_s, row[12], is_retry)


async def may_send(tx: ReadTx, outbox_id: int) -> bool:
    """Whether a reply taken by this process is still its own for as long as a network call takes.

    It is not if the machine slept, or if the look at the thread took too long: somebody may look it up already.
    """
    row = await tx.row(
        "SELECT 1 FROM outbox WHERE id = $1 AND state = 'sending' AND sender_boot = $2 AND sender_until_ns > $3",
        outbox_id,
        tx.boot_id,
        tx.monotonic_ns + SENDING_TAKES_S * 1_000_000_000,
    )
    return row is not None


async def settle(
    tx: Tx, outbox_id: int, outcome: Outcome, *, pause_s: float, may_go_on: bool
) -> OutboxState | None:
    """Write down what the network said; the new state, or None if the reply is no longer ours to settle."""
    row = await tx.row("SELECT state, sender FROM outbox WHERE id = $1", outbox_id)
    if row is None or row[0] not in ("queued", "sending", "waiting", "unknown"):
        return None
    if isinstance(outcome, Sent):  # also of one who was thought dead: it is out, and must not go out again
        await settle_sent(tx, outbox_id, outcome.remote_id, outcome.at)
        return OutboxState.SENT
    if row[1] != tx.session or row[0] != "sending":
        return None
    if isinstance(outcome, Ambiguous):
        await settle_unknown(tx, outbox_id, outcome.reason or "the answer never came", pause_s)
        return OutboxState.UNKNOWN
    if isinstance(outcome, Retry) and may_go_on:
        await settle_waiting(tx, outbox_id, outcome.after_s or pause_s, outcome.reason)
        return OutboxState.WAITING
    reason = (
        outcome.reason if isinstance(outcome, Rejected) else f"given up after many attempts: {outcome.reason}"
    )
    await settle_failed(tx, outbox_id, reason)
    return OutboxState.FAILED


async def _is_of_another(tx: ReadTx, outbox_id: int, remote_id: str) -> bool:
    """Whether what was found is an earlier part of the answer with the same words."""
    row = await tx.row(
        "SELECT 1 FROM outbox o JOIN outbox own ON own.account_id = o.account_id "
        "WHERE own.id = $2 AND o.id <> $2 AND o.remote_id = $1",
        remote_id,
        outbox_id,
    )
    return row is not None


async def settle_looked_up(
    tx: Tx, outbox_id: int, found: Sent | None, *, may_go_on: bool
) -> OutboxState | None:
    """An unknown reply was looked up: it is there, or it surely is not.

    What is not there is sent again if it may be, but not if too many processes ended over it.
    """
    row = await tx.row("SELECT state, sender, crashes FROM outbox WHERE id = $1", outbox_id)
    if row is None or row[0] != "unknown":
        return None
    if found is not None and not await _is_of_another(tx, outbox_id, found.remote_id):
        await settle_sent(tx, outbox_id, found.remote_id, found.at)
        return OutboxState.SENT
    if row[1] != tx.session:
        return None
    why = "it did not arrive, and was tried for too long" if not may_go_on else ""
    if row[2] >= MOST_CRASHES:
        why = f"it did not arrive, and the program ended {row[2]} times over it"
    if why:
        await settle_failed(tx, outbox_id, why)
        return OutboxState.FAILED
    await settle_absent(tx, outbox_id)
    return OutboxState.QUEUED


async def sign_on(tx: Tx, agent: str, pid: int) -> None:
    """Write down that a console is open: what it holds is its own until it dies."""
    await tx.change(
        "INSERT OR REPLACE INTO session (id, agent, boot, pid, process_mark, signed_on_us) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        tx.session,
        agent,
        tx.boot_id,
        pid,
        process_mark(pid) or "",
        tx.now_us,
    )


async def set_away(tx: Tx, agent: str, is_away: bool) -> None:
    """Nobody is at the console's keys, or somebody is back."""
    await tx.change("UPDATE session SET is_away = $2 WHERE id = $1", tx.session, int(is_away))
    kind = EventKind.AWAY if is_away else EventKind.BACK
    await append(tx, kind, agent=agent, details={"session": tx.session})


async def sign_off(tx: Tx) -> None:
    """The console closes."""
    await tx.change("DELETE FROM session WHERE id = $1", tx.session)


async def dead_sessions(tx: ReadTx) -> list[str]:
    """Consoles that are written down as open but run no longer."""
    rows = await tx.rows("SELECT id, boot, pid, process_mark FROM session")
    return [row[0] for row in rows if row[1] != tx.boot_id or process_mark(row[2]) != row[3]]


async def held_by_the_dead(tx: ReadTx) -> bool:
    """Whether a reply is held by a console that runs no longer."""
    dead = set(await dead_sessions(tx))
    rows = await tx.rows(
        "SELECT o.session, s.id FROM outbox o LEFT JOIN session s ON s.id = o.session WHERE o.state = 'held' "
        # So that the index of open replies serves: this is asked again and again.
        "AND o.state IN ('held', 'queued', 'sending', 'waiting', 'unknown')"
    )
    return any(open_one is None or session in dead for session, open_one in rows)


async def sign_off_dead(tx: Tx, session: str) -> None:
    """A console ended without a word: it is signed off as of its agent's last sign of life in the record."""
    row = await tx.row("DELETE FROM session WHERE id = $1 RETURNING agent", session)
    assert row is not None
    last = await tx.row("SELECT recorded_us FROM event WHERE agent = $1 ORDER BY seq DESC LIMIT 1", row[0])
    await append(
        tx,
        EventKind.SIGNED_OFF,
        agent=row[0],
        at_us=last[0] if last else None,
        details={"session": session, "reason": "the console is gone"},
    )


async def bring_back_held(tx: Tx, not_sent: str) -> list[int]:
    """Make drafts of replies held by consoles that died; the outbox ids, of a pair that of the private reply."""
    dead = set(await dead_sessions(tx))
    for session in dead:
        await keep(tx, session)
        await sign_off_dead(tx, session)
    held = await tx.rows(
        "SELECT id, agent FROM outbox WHERE state = 'held' AND session NOT IN (SELECT id FROM session) ORDER BY id"
    )
    back = [await withdraw(tx, outbox_id, agent, not_sent) for outbox_id, agent in held]
    return [outbox_id for outbox_id in back if outbox_id is not None]
