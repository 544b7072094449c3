"""Read the queue: a stretch of it, one row, a place, and what the title counts."""

from __future__ import annotations

from careconsole.model.conversation import ConversationState
from careconsole.model.message import Kind, Visibility
from careconsole.model.reply import OutboxState
from careconsole.store import boomerangs, notes
from careconsole.store.claims import lease_is_live
from careconsole.store.contract import ReadTx, Row
from careconsole.store.row_hash import sound
from careconsole.store.rows import Counts, OutboxRow, QueueRow, QueueWindow, RankKey

_COLUMNS = (
    "SELECT c.id, c.account_id, a.name, a.network, c.customer_id, c.handle, cu.name, c.state, c.cycle, c.tier, c.kind, "
    "c.is_vip, c.visibility, c.waiting_since_us, c.due_us, c.effective_due_us, c.in_queue, c.unanswered, c.messages, "
    f"{sound('conversation', 'c')}, c.owner, c.claimed_by, c.claimed_us, c.presence, c.fence, "
    "EXISTS (SELECT 1 FROM draft d WHERE d.agent = $1 AND d.conversation_id = c.id), c.outbox_mark, c.revision, "
    "c.lease_boot, c.lease_until_ns, c.newest_in_us, CASE WHEN b.sleeps THEN b.due_us END, "
    f"b.woken_us IS NOT NULL AND c.in_queue, CASE WHEN n.id IS NOT NULL THEN {sound('note', 'n')} END, c.lang, "
    "c.team, c.moves, EXISTS (SELECT 1 FROM approval p WHERE p.conversation_id = c.id AND p.state = 'waiting') "
    "FROM conversation c "
    "JOIN account a ON a.id = c.account_id JOIN customer cu ON cu.id = c.customer_id "
    "LEFT JOIN boomerang b ON b.conversation_id = c.id AND b.cycle = c.cycle AND c.state <> 'resolved' "
    "LEFT JOIN note n ON n.id = b.note_id "
)
_KEY = "(c.tier, c.effective_due_us, c.waiting_since_us, c.id)"
_UP = "ORDER BY c.tier, c.effective_due_us, c.waiting_since_us, c.id"
_DOWN = "ORDER BY c.tier DESC, c.effective_due_us DESC, c.waiting_since_us DESC, c.id DESC"


def _queue_row(tx: ReadTx, row: Row) -> QueueRow:
    live = lease_is_live(tx, row[28], row[29])
    waits = bool(row[16])
    return QueueRow(
        id=row[0],
        account_id=row[1],
        account=row[2],
        network=row[3],
        customer_id=row[4],
        handle=row[5],
        customer_name=row[6],
        state=ConversationState(row[7]),
        cycle=row[8],
        tier=row[9],
        kind=Kind(row[10]),
        is_vip=bool(row[11]),
        visibility=Visibility(row[12]),
        waiting_since_us=row[13] if waits or row[31] is not None else row[30],
        due_us=row[14],
        effective_due_us=row[15],
        is_waiting=waits,
        unanswered=row[17],
        messages=row[18],
        text=row[19],
        owner=row[20],
        claimed_by=row[21] if live else None,
        claimed_since_us=row[22] if live else None,
        presence=row[23] if live else None,
        fence=row[24],
        has_draft=bool(row[25]),
        outbox_state=OutboxState(row[26]) if row[26] else None,
        revision=row[27],
        language=row[34],
        asleep_until_us=row[31],
        is_back=bool(row[32]),
        reminder=row[33] or "",
        team=row[35],
        moves=row[36],
        awaits_approval=bool(row[37]),
    )


async def window(
    tx: ReadTx,
    agent: str,
    *,
    start: RankKey | None = None,
    end: RankKey | None = None,
    last: bool = False,
    limit: int = 500,
) -> QueueWindow:
    """A stretch of the queue: from `start` on, or up to `end`, or the last rows, or the first."""
    if end is not None:
        found = await tx.rows(
            f"{_COLUMNS} WHERE c.in_queue = 1 AND {_KEY} <= ($2, $3, $4, $5) {_DOWN} LIMIT $6",
            agent,
            *end,
            limit,
        )
        found.reverse()
    elif last:
        found = await tx.rows(f"{_COLUMNS} WHERE c.in_queue = 1 {_DOWN} LIMIT $2", agent, limit)
        found.reverse()
    elif start is not None:
        found = await tx.rows(
            f"{_COLUMNS} WHERE c.in_queue = 1 AND {_KEY} >= ($2, $3, $4, $5) {_UP} LIMIT $6",
            agent,
            *start,
            limit,
        )
    else:
        found = await tx.rows(f"{_COLUMNS} WHERE c.in_queue = 1 {_UP} LIMIT $2", agent, limit)
    rows = tuple(_queue_row(tx, row) for row in found)
    total_row = await tx.row("SELECT count(*) FROM conversation WHERE in_queue = 1")
    total = total_row[0] if total_row else 0
    if not rows:
        return QueueWindow((), total if start is not None else 0, total if start is None else 0)
    before = await place_of(tx, rows[0].key) if start is not None or end is not None or last else 0
    return QueueWindow(rows, before, total - before - len(rows))


async def place_of(tx: ReadTx, key: RankKey) -> int:
    """How many waiting conversations stand before a key."""
    row = await tx.row(
        f"SELECT count(*) FROM conversation c WHERE c.in_queue = 1 AND {_KEY} < ($1, $2, $3, $4)", *key
    )
    return row[0] if row else 0


async def one(tx: ReadTx, agent: str, conversation_id: int) -> QueueRow | None:
    """One conversation as the queue shows it, whatever its state."""
    row = await tx.row(f"{_COLUMNS} WHERE c.id = $2", agent, conversation_id)
    return None if row is None else _queue_row(tx, row)


async def some(tx: ReadTx, agent: str, ids: list[int]) -> list[QueueRow]:
    """Several conversations as the queue shows them, whatever their state."""
    marks = ", ".join(str(int(id_)) for id_ in ids)
    rows = await tx.rows(f"{_COLUMNS} WHERE c.id IN ({marks})", agent) if ids else []
    return [_queue_row(tx, row) for row in rows]


async def snoozed_rows(tx: ReadTx, agent: str, limit: int = 500) -> list[QueueRow]:
    """Conversations that sleep, whoever put them to sleep; what comes back first stands first."""
    rows = await tx.rows(f"{_COLUMNS} WHERE b.sleeps = 1 ORDER BY b.due_us, c.id LIMIT $2", agent, limit)
    return [_queue_row(tx, row) for row in rows]


async def counts(tx: ReadTx, agent: str) -> Counts:
    """What the status line and the terminal's title show."""
    waiting = await tx.row("SELECT count(*) FROM conversation WHERE in_queue = 1")
    mine = await tx.row(
        "SELECT count(*) FROM conversation WHERE claimed_by = $1 AND lease_boot = $2 AND lease_until_ns > $3",
        agent,
        tx.boot_id,
        tx.monotonic_ns,
    )
    tier_zero = await tx.row("SELECT count(*) FROM conversation WHERE in_queue = 1 AND tier = 0")
    soon = await tx.row(
        "SELECT count(*) FROM conversation WHERE in_queue = 1 AND tier = 1 AND effective_due_us <= $1 AND due_us <= $1 "
        "AND (claimed_by IS NULL OR claimed_by = $2 OR lease_boot <> $3 OR lease_until_ns <= $4)",
        tx.now_us + 300_000_000,
        agent,
        tx.boot_id,
        tx.monotonic_ns,
    )
    assert waiting and mine and tier_zero and soon
    asleep, back = await boomerangs.counts(tx, agent)
    return Counts(
        waiting[0], mine[0], tier_zero[0], soon[0] + asleep, back, await notes.times_called(tx, agent)
    )


_OUTBOX = (
    f"SELECT o.id, o.conversation_id, o.account_id, a.name, o.agent, o.state, {sound('outbox', 'o')}, o.visibility, o.purpose, "
    "o.idempotency_key, o.remote_id, o.reason, o.attempts, o.created_us, o.held_until_us, o.session, o.handle, "
    "m.external_id, o.after_id FROM outbox o JOIN account a ON a.id = o.account_id JOIN message m ON m.id = o.reply_to_id "
)


def _outbox_row(row: Row) -> OutboxRow:
    id_, conversation_id, account_id, account, agent, state, text, visibility, purpose, key = row[:10]
    remote_id, reason, attempts, created_us, held_until_us, session, handle, reply_to, after_id = row[10:19]
    return OutboxRow(
        id_,
        conversation_id,
        account_id,
        account,
        agent,
        OutboxState(state),
        text,
        Visibility(visibility),
        purpose,
        key,
        remote_id,
        reason,
        attempts,
        created_us,
        held_until_us,
        session,
        handle,
        reply_to,
        after_id,
    )


async def outbox(tx: ReadTx) -> list[OutboxRow]:
    """Every reply, oldest first."""
    return [_outbox_row(row) for row in await tx.rows(_OUTBOX + "ORDER BY o.id")]


async def outbox_one(tx: ReadTx, outbox_id: int) -> OutboxRow | None:
    """One reply."""
    row = await tx.row(_OUTBOX + "WHERE o.id = $1", outbox_id)
    return None if row is None else _outbox_row(row)


async def outbox_open(tx: ReadTx) -> list[OutboxRow]:
    """Replies whose way has not ended."""
    return [
        _outbox_row(row)
        for row in await tx.rows(
            _OUTBOX + "WHERE o.state IN ('held', 'queued', 'sending', 'waiting', 'unknown') ORDER BY o.id"
        )
    ]


async def outbox_states(tx: ReadTx, ids: list[int]) -> dict[int, OutboxState]:
    """Where these replies are now."""
    marks = ", ".join(str(int(id_)) for id_ in ids)
    rows = await tx.rows(f"SELECT id, state FROM outbox WHERE id IN ({marks})") if ids else []
    return {row[0]: OutboxState(row[1]) for row in rows}


async def held_by(tx: ReadTx, session: str) -> list[OutboxRow]:
    """Replies in the undo window of one console, oldest first."""
    rows = await tx.rows(_OUTBOX + "WHERE o.state = 'held' AND o.session = $1 ORDER BY o.id", session)
    return [_outbox_row(row) for row in rows]


async def claimed_by(tx: ReadTx, agent: str) -> list[int]:
    """Conversations that an agent holds now."""
    rows = await tx.rows(
        "SELECT id FROM conversation WHERE claimed_by = $1 AND lease_boot = $2 AND lease_until_ns > $3 ORDER BY claimed_us",
        agent,
        tx.boot_id,
        tx.monotonic_ns,
    )
    return [row[0] for row in rows]
