"""Claims: one conditional statement, a lease on the monotonic clock, and a fence that every later write carries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from careconsole.model.conversation import Claimed, HeldBy, Lost, Resolved
from careconsole.model.event import Detail, EventKind
from careconsole.model.roster import OPEN, Roster
from careconsole.store.colleagues import present, present_teams
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.events import append

CLAIM_LEASE_S = 120
RENEW_EVERY_S = 30
FIRST_FOR_S = 300
"""What belongs to an owner who is here, or to a team of which somebody is here, is first for them: until it is due in
so long, or an emergency. By hand anybody may take it at any time."""
KEPT = "kept"
"""In place of its console's name: the claim of one who has gone and may be back before its lease runs out."""

LEASE_RAN_OUT = "lease ran out"

_FREE = "(claimed_by IS NULL OR lease_boot <> {boot} OR lease_until_ns <= {now})"


def lease_is_live(tx: ReadTx, boot_id: str | None, until_ns: int | None) -> bool:
    """Whether a lease has not run out: same boot, and its end lies ahead."""
    return boot_id == tx.boot_id and until_ns is not None and until_ns > tx.monotonic_ns


async def claim(tx: Tx, conversation_id: int, agent: str) -> Claimed | HeldBy | Resolved | None:
    """Take a conversation, or learn who has it. Idempotent for the same agent; None if there is none such.

    What has an owner keeps them: another becomes it who answers, resolves or puts to sleep.
    """
    before = await tx.row(
        "SELECT claimed_by, claimed_us, lease_boot, lease_until_ns, fence, state FROM conversation WHERE id = $1",
        conversation_id,
    )
    if before is None:
        return None
    if before[5] == "resolved":
        return Resolved(conversation_id)
    live = before[0] is not None and lease_is_live(tx, before[2], before[3])
    if live and before[0] == agent:
        await _extend(tx, conversation_id)
        return Claimed(conversation_id, before[4])
    row = await _take(tx, conversation_id, agent)
    if row is None:
        return HeldBy(conversation_id, before[0], before[1] or 0)
    await _record_claim(tx, row, agent, lost_by=before[0])
    return Claimed(row[0], row[1])


async def claim_next(tx: Tx, agent: str, roster: Roster = OPEN, barred: Sequence[int] = ()) -> Claimed | None:
    """Take the top item that nobody holds and that the agent has not skipped; None if there is none.

    What is first for somebody else is passed over (see `FIRST_FOR_S`); the rest of the queue is read as it stands.
    `barred`: accounts of which the agent takes nothing.
    """
    here = await present(tx)
    others = here - {agent}
    teams = present_teams(roster, here) - roster.groups_of(agent)
    elsewhere = f"AND account_id NOT IN ({', '.join(str(int(id)) for id in barred)}) " if barred else ""
    top = await tx.row(
        "SELECT id, claimed_by FROM conversation c WHERE in_queue = 1 AND "
        + _FREE.format(boot="$1", now="$2")
        + " AND (tier = 0 OR due_us <= $4 OR coalesce(owner, '') = $3 "
        "OR NOT (coalesce(owner, '') IN (SELECT value FROM json_each($5)) "
        "OR team IN (SELECT value FROM json_each($6)))) "
        "AND NOT EXISTS (SELECT 1 FROM event e WHERE e.conversation_id = c.id AND e.cycle = c.cycle "
        "AND e.kind = 'skipped' AND +e.agent = $3) "
        + elsewhere
        + "ORDER BY tier, effective_due_us, waiting_since_us, id LIMIT 1",
        tx.boot_id,
        tx.monotonic_ns,
        agent,
        tx.now_us + FIRST_FOR_S * 1_000_000,
        json.dumps(sorted(others)),
        json.dumps(sorted(teams)),
    )
    if top is None:
        return None
    row = await _take(tx, top[0], agent)
    if row is None:
        return None
    await _record_claim(tx, row, agent, lost_by=top[1])
    return Claimed(row[0], row[1])


@dataclass(frozen=True, slots=True)
class FirstFor:
    """Whoever pulls the next one passes a conversation over, unless it is meant for them."""

    name: str
    """An agent, a team, or SENIOR."""
    until_us: int
    """From then on it is for all."""


async def first_for(tx: ReadTx, conversation_id: int, roster: Roster = OPEN) -> FirstFor | None:
    """For whom a conversation that waits is first: its owner if they are here, else its team if somebody of it is."""
    row = await tx.row(
        "SELECT owner, team, due_us - $2 FROM conversation WHERE id = $1 AND in_queue = 1 AND tier > 0 "
        "AND due_us - $2 > $3",
        conversation_id,
        FIRST_FOR_S * 1_000_000,
        tx.now_us,
    )
    if row is None:
        return None
    here = await present(tx)
    if row[0] in here:
        return FirstFor(row[0], row[2])
    return FirstFor(row[1], row[2]) if row[1] in present_teams(roster, here) else None


async def _take(tx: Tx, conversation_id: int, agent: str) -> Row | None:
    rows = await tx.rows(
        "UPDATE conversation SET claimed_by = $2, claim_session = $3, claimed_us = $4, fence = fence + 1, "
        "lease_boot = $5, lease_until_ns = $6, presence = 'reading', owner = coalesce(owner, $2), revision = $7, "
        "state = CASE state WHEN 'new' THEN 'open' ELSE state END "
        "WHERE id = $1 AND state <> 'resolved' AND "
        + _FREE.format(boot="$5", now="$8")
        + " RETURNING id, fence, cycle, account_id, customer_id",
        conversation_id,
        agent,
        tx.session,
        tx.now_us,
        tx.boot_id,
        tx.monotonic_ns + CLAIM_LEASE_S * 1_000_000_000,
        await tx.revision(),
        tx.monotonic_ns,
    )
    return rows[0] if rows else None


async def _record_claim(tx: Tx, row: Row, agent: str, lost_by: str | None) -> None:
    if lost_by is not None:
        await record_lost(tx, row[0], lost_by, {"fence": row[1] - 1, "reason": LEASE_RAN_OUT})
    await _append(tx, EventKind.CLAIMED, row[0], agent, {"fence": row[1]})


async def record_lost(tx: Tx, conversation_id: int, agent: str, details: dict[str, Detail]) -> None:
    """Write down that an agent's claim has ended without their doing, and why."""
    await _append(tx, EventKind.LOST, conversation_id, agent, details)


async def _append(
    tx: Tx, kind: EventKind, conversation_id: int, agent: str, details: dict[str, Detail]
) -> None:
    head = await tx.row(
        "SELECT account_id, customer_id, cycle FROM conversation WHERE id = $1", conversation_id
    )
    assert head is not None
    await append(
        tx,
        kind,
        agent=agent,
        account_id=head[0],
        customer_id=head[1],
        conversation_id=conversation_id,
        cycle=head[2],
        details=details,
    )


async def _extend(tx: Tx, conversation_id: int) -> None:
    """Make the lease new. A console takes over its agent's claim, so that it is renewed; a command does not."""
    await tx.change(
        "UPDATE conversation SET lease_boot = $2, lease_until_ns = $3, "
        "claim_session = CASE WHEN EXISTS (SELECT 1 FROM session WHERE id = $4) THEN $4 ELSE claim_session END "
        "WHERE id = $1",
        conversation_id,
        tx.boot_id,
        tx.monotonic_ns + CLAIM_LEASE_S * 1_000_000_000,
        tx.session,
    )


async def renew(tx: Tx, agent: str) -> list[int]:
    """Extend the claims that this console took, and free those that ran out; the ids of the agent's own freed now.

    A lease that ran out is not revived: somebody may have looked and found it free. What another process freed
    or took before is told by `lost_after`.
    """
    await tx.change(
        "UPDATE conversation SET lease_until_ns = $4 "
        "WHERE claimed_by = $1 AND claim_session = $2 AND lease_boot = $3 AND lease_until_ns > $5",
        agent,
        tx.session,
        tx.boot_id,
        tx.monotonic_ns + CLAIM_LEASE_S * 1_000_000_000,
        tx.monotonic_ns,
    )
    return await sweep(tx, agent)


async def sweep(tx: Tx, agent: str | None = None) -> list[int]:
    """Free the conversations whose lease has run out, each with a `lost` event; the ids of the agent's own."""
    gone = await tx.rows(
        "SELECT id, claimed_by, fence FROM conversation "
        "WHERE claimed_by IS NOT NULL AND (lease_boot <> $1 OR lease_until_ns <= $2)",
        tx.boot_id,
        tx.monotonic_ns,
    )
    for row in gone:
        await let_claim_end(tx, row[0])
        await record_lost(tx, row[0], row[1], {"fence": row[2], "reason": LEASE_RAN_OUT})
    return [row[0] for row in gone if row[1] == agent]


async def keep(tx: Tx, session: str, lease_s: float | None = None) -> None:
    """A console is gone, by itself or by accident: its claims are kept for its agent until their leases run out.

    Nobody reads or writes there now. With `lease_s` the leases run so long from now on.
    """
    until_ns = None if lease_s is None else tx.monotonic_ns + round(lease_s * 1_000_000_000)
    kept = await tx.change(
        "UPDATE conversation SET claim_session = $2, presence = 'reading', lease_until_ns = coalesce($3, lease_until_ns) "
        "WHERE claim_session = $1 AND claimed_by IS NOT NULL AND lease_boot = $4 AND lease_until_ns > $5",
        session,
        KEPT,
        until_ns,
        tx.boot_id,
        tx.monotonic_ns,
    )
    if kept:
        await tx.change(
            "UPDATE conversation SET revision = $2 WHERE claim_session = $1", KEPT, await tx.revision()
        )


async def take_up(tx: Tx, agent: str) -> tuple[list[tuple[int, int]], list[int], int, int | None]:
    """The agent is back at a console: the claims kept meanwhile (id, fence), the ids lost, the newest event, and the
    one with which they went (None: they never were here).

    What was lost is told from the sign before the newest one on, be it of coming or of going.
    """
    await sweep(tx)
    await tx.change(
        "UPDATE conversation SET claim_session = $2, lease_until_ns = $3 "
        "WHERE claimed_by = $1 AND claim_session = $4 AND lease_boot = $5",
        agent,
        tx.session,
        tx.monotonic_ns + CLAIM_LEASE_S * 1_000_000_000,
        KEPT,
        tx.boot_id,
    )
    mine = await tx.rows(
        "SELECT id, fence FROM conversation WHERE claimed_by = $1 AND claim_session = $2 ORDER BY claimed_us",
        agent,
        tx.session,
    )
    signs = await tx.rows(
        "SELECT seq FROM event WHERE agent = $1 AND kind IN ('signed_on', 'signed_off') "
        "AND json_extract(details, '$.reason') IS NULL ORDER BY seq DESC LIMIT 2",
        agent,
    )
    went = signs[1][0] if len(signs) > 1 else None
    lost, newest = await lost_after(tx, agent, went)
    return [(row[0], row[1]) for row in mine], lost, newest, went


async def lost_after(tx: ReadTx, agent: str, seq: int | None) -> tuple[list[int], int]:
    """What the agent lost since an event (None: nothing yet) and has not back, and the event to go on after.

    What somebody took away is not among it: `team.news` tells that, with who did.
    """
    newest = await tx.row("SELECT coalesce(max(seq), 0) FROM event")
    assert newest is not None
    if seq is None:
        return [], newest[0]
    rows = await tx.rows(
        "SELECT DISTINCT conversation_id FROM event WHERE agent = $1 AND seq > $2 AND kind = 'lost' "
        "AND json_extract(details, '$.by') IS NULL AND conversation_id NOT IN "
        "(SELECT id FROM conversation WHERE claimed_by = $1 AND lease_boot = $3 AND lease_until_ns > $4) ORDER BY conversation_id",
        agent,
        seq,
        tx.boot_id,
        tx.monotonic_ns,
    )
    return [row[0] for row in rows], newest[0]


async def anything_to_sweep(tx: ReadTx) -> bool:
    """Whether a claim has run out that is still written down."""
    return (
        await tx.row(
            "SELECT 1 FROM conversation WHERE claimed_by IS NOT NULL AND (lease_boot <> $1 OR lease_until_ns <= $2) LIMIT 1",
            tx.boot_id,
            tx.monotonic_ns,
        )
        is not None
    )


async def let_claim_end(tx: Tx, conversation_id: int) -> None:
    """Nobody holds it any more; the owner stays. The caller writes down why."""
    await tx.change(
        "UPDATE conversation SET claimed_by = NULL, claim_session = NULL, claimed_us = NULL, presence = NULL, "
        "lease_boot = NULL, lease_until_ns = NULL, revision = $2 WHERE id = $1",
        conversation_id,
        await tx.revision(),
    )


async def disown(tx: Tx, conversation_id: int, agent: str) -> None:
    """Who gives it back by hand is not its owner any more: it is for all, or for the team that it was given to.

    What belongs to somebody else stays theirs: who took it only to look changes nothing.
    """
    await tx.change(
        "UPDATE conversation SET owner = NULL WHERE id = $1 AND owner = $2", conversation_id, agent
    )


async def holder(tx: ReadTx, conversation_id: int) -> tuple[str | None, int, int]:
    """Who holds a conversation now (None: nobody), its fence, and since when."""
    row = await tx.row(
        "SELECT claimed_by, lease_boot, lease_until_ns, fence, claimed_us FROM conversation WHERE id = $1",
        conversation_id,
    )
    if row is None or row[0] is None or not lease_is_live(tx, row[1], row[2]):
        return None, row[3] if row else 0, 0
    return row[0], row[3], row[4]


async def release(tx: Tx, conversation_id: int, agent: str, fence: int | None = None) -> bool:
    """Give a conversation back; False if the agent does not hold it, or no longer under the fence that is given."""
    who, now_fence, _ = await holder(tx, conversation_id)
    if who != agent or fence not in (None, now_fence):
        return False
    await give_back(tx, conversation_id, agent, EventKind.RELEASED, {"fence": now_fence})
    await disown(tx, conversation_id, agent)
    return True


async def skip(tx: Tx, conversation_id: int, agent: str, reason: str, fence: int | None = None) -> bool:
    """Give a pulled conversation back with a reason; False as for `release`."""
    who, now_fence, _ = await holder(tx, conversation_id)
    if who != agent or fence not in (None, now_fence):
        return False
    details: dict[str, Detail] = {"fence": now_fence, "reason": reason}
    await give_back(tx, conversation_id, agent, EventKind.SKIPPED, details)
    await disown(tx, conversation_id, agent)
    return True


async def give_back(
    tx: Tx, conversation_id: int, agent: str, kind: EventKind, details: dict[str, Detail]
) -> None:
    """Free a conversation that the agent holds and write down why; its owner stays."""
    await let_claim_end(tx, conversation_id)
    await _append(tx, kind, conversation_id, agent, details)


async def check_fence(tx: ReadTx, conversation_id: int, agent: str, fence: int) -> Lost | None:
    """None if the agent still holds the conversation under this fence, else who has it."""
    who, now_fence, _ = await holder(tx, conversation_id)
    if who == agent and now_fence == fence:
        return None
    return Lost(conversation_id, None if who == agent else who)


async def set_presence(tx: Tx, conversation_id: int, agent: str, presence: str) -> None:
    """Show the others whether the holder reads or writes; not an event."""
    await tx.change(
        "UPDATE conversation SET presence = $3, revision = $4 WHERE id = $1 AND claimed_by = $2 AND presence <> $3",
        conversation_id,
        agent,
        presence,
        await tx.revision(),
    )
