"""Replies that wait for a second person's word: asked for, approved, given back, taken back, overtaken.

Nothing of them is in the outbox until somebody approves; their conversations go on waiting, and their clocks run.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial

from careconsole.model.approval import ApprovalState, NotWaiting, OwnRequest, Submitted
from careconsole.model.conversation import Claimed, HeldBy, Resolved
from careconsole.model.event import EventKind
from careconsole.model.message import Kind, Visibility
from careconsole.model.reply import Enqueued, Mode, ReplyTo
from careconsole.store import claims, outbox
from careconsole.store.approval_moves import note_approval, request_of
from careconsole.store.contract import ReadTx, Row, Tx
from careconsole.store.drafts import DRAFT_MEETS_DRAFT, drop_written
from careconsole.store.events import newest
from careconsole.store.outbox import NewReply, Ready, Refusal
from careconsole.store.row_hash import change_sealed, is_sound, seal, seal_draft, sound
from careconsole.store.rows import Approval

_LINE_IF_SOUND = f"CASE WHEN {is_sound('approval')} THEN public_line ELSE '' END"
WAITS_FOR_APPROVAL = "waits for approval"
_GONE = (
    "CASE WHEN c.state = 'resolved' OR c.cycle <> a.cycle THEN 'the conversation was resolved meanwhile' "
    "WHEN EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = a.conversation_id AND o.id > a.after_outbox_id "
    "AND o.state IN ('queued', 'sending', 'sent', 'waiting', 'unknown')) "
    "OR EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = a.conversation_id AND m.id > a.after_message_id "
    "AND m.elsewhere = 1) THEN 'it was answered meanwhile' "
    f"WHEN NOT {is_sound('approval', 'a')} THEN 'its text was damaged on the disk; write it again' ELSE '' END"
)
"""Why a request that waits is overtaken; empty if it is not."""
_told = partial(sound, "approval", "a")
_SELECT = (
    f"SELECT a.id, a.conversation_id, n.name, c.handle, c.kind, c.tier, c.due_us, a.agent, {_told()}, "
    f"{_told(column='public_line')}, a.visibility, a.wider, a.reply_to_id, a.reply_to_version, a.purpose, a.seen_seq, "
    f"a.asked_us, a.state, a.decided_by, {_told(column='reason')}, {_told(column='edited_text')}, a.outbox_id "
    "FROM approval a JOIN conversation c ON c.id = a.conversation_id JOIN account n ON n.id = c.account_id "
)


def _approval(row: Row) -> Approval:
    id_, conversation_id, account, handle, kind, tier, due_us, agent, text, line, visibility = row[:11]
    is_wider, reply_to_id, version, purpose, seen_seq, asked_us, state, by, reason, edited, outbox_id = row[
        11:
    ]
    return Approval(
        id_,
        conversation_id,
        account,
        handle,
        Kind(kind),
        tier,
        due_us,
        agent,
        text,
        line,
        Visibility(visibility),
        bool(is_wider),
        ReplyTo(reply_to_id, version),
        purpose,
        seen_seq,
        asked_us,
        ApprovalState(state),
        by,
        reason,
        edited,
        outbox_id,
    )


async def waiting(tx: ReadTx) -> list[Approval]:
    """What waits for approval, in the order of the queue, the most urgent first; nothing that was overtaken."""
    rows = await tx.rows(
        f"{_SELECT} WHERE a.state = 'waiting' AND {_GONE} = '' ORDER BY c.in_queue DESC, c.tier, c.effective_due_us, "
        "c.waiting_since_us, c.id, a.id"
    )
    return [replace(_approval(row), position=place) for place, row in enumerate(rows, 1)]


async def one(tx: ReadTx, approval_id: int) -> Approval | None:
    """A request, whatever became of it."""
    row = await tx.row(f"{_SELECT} WHERE a.id = $1", approval_id)
    return None if row is None else _approval(row)


async def of_reply(tx: ReadTx, outbox_id: int) -> int | None:
    """The request that let a reply go, or the private reply whose public line it is; None if it needed none."""
    row = await tx.row("SELECT coalesce(after_id, id) FROM outbox WHERE id = $1", outbox_id)
    return None if row is None else await request_of(tx, row[0])


async def is_released(tx: ReadTx, conversation_id: int, releases: Collection[Kind]) -> bool:
    """Whether everything that waits in a conversation is of these kinds, and none of it an emergency."""
    row = await tx.row("SELECT tier, kind FROM conversation WHERE id = $1", conversation_id)
    if row is None or row[0] != 1:
        return False
    waits = await tx.rows(
        "SELECT DISTINCT kind FROM message WHERE conversation_id = $1 AND waits = 1", conversation_id
    )
    return {Kind(kind) for kind in (row[1], *(each[0] for each in waits))} <= set(releases)


async def ask(tx: Tx, reply: NewReply) -> Submitted | Refusal:
    """Ask for approval of a reply, which is checked as one that is sent; the claim ends.

    What the same agent had asked for in that conversation is replaced by it.
    """
    ready = await outbox.check(tx, reply)
    if not isinstance(ready, Ready):
        return ready
    for (earlier,) in await tx.rows(
        "SELECT id FROM approval WHERE conversation_id = $1 AND agent = $2 AND state = 'waiting'",
        reply.conversation_id,
        reply.agent,
    ):
        await _decide(tx, earlier, ApprovalState.WITHDRAWN, reply.agent, EventKind.APPROVAL_WITHDRAWN)
    approval_id = await _insert(tx, reply, ready)
    await note_approval(
        tx,
        approval_id,
        EventKind.APPROVAL_ASKED,
        reply.agent,
        {"visibility": ready.visibility.value, "purpose": reply.purpose, "fence": reply.fence},
    )
    await drop_written(tx, reply.agent, reply.conversation_id, Mode(ready.visibility.word), reply.text)
    await outbox.end_claim(tx, reply.conversation_id, reply.agent, WAITS_FOR_APPROVAL)
    place = next(each.position for each in await waiting(tx) if each.id == approval_id)
    return Submitted(approval_id, place)


async def _insert(tx: Tx, reply: NewReply, ready: Ready) -> int:
    last = await tx.row(
        "SELECT (SELECT coalesce(max(id), 0) FROM outbox WHERE conversation_id = $1), "
        "(SELECT coalesce(max(id), 0) FROM message WHERE conversation_id = $1), cycle FROM conversation WHERE id = $1",
        reply.conversation_id,
    )
    assert last is not None
    approval_id = await tx.insert(
        "INSERT INTO approval (conversation_id, cycle, agent, text, public_line, visibility, wider, reply_to_id, "
        "reply_to_version, purpose, seen_seq, after_outbox_id, after_message_id, asked_us, state) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'waiting')",
        reply.conversation_id,
        last[2],
        reply.agent,
        reply.text,
        reply.line,
        ready.visibility.value,
        int(reply.wider),
        ready.answered.id,
        ready.answered.version,
        reply.purpose,
        await newest(tx) if reply.seen_seq is None else reply.seen_seq,
        last[0],
        last[1],
        tx.now_us,
    )
    await seal(tx, "approval", approval_id)
    return approval_id


@dataclass(frozen=True, slots=True)
class Approving:
    """What an approver lets go."""

    approval_id: int
    approver: str
    seen_seq: int
    """The newest event of the conversation that the approver has seen."""
    text: str | None = None
    """Where the approver changed it; None for the text as it was written."""
    hold_s: float = 0.0


class NotApproved(Exception):
    """Something stands in the way: the transaction is to be rolled back, so that no claim is left behind."""

    def __init__(self, why: Refusal | HeldBy | Resolved) -> None:
        super().__init__()
        self.why = why


async def approve(tx: Tx, approving: Approving) -> Enqueued | NotWaiting | OwnRequest | None:
    """Put just the approved text into the outbox, under the approver's claim; None if there is no such request.

    One that was overtaken is its writer's draft again, and NotWaiting says so. Raises NotApproved for what would keep
    a reply from being sent too.
    """
    request = await one(tx, approving.approval_id)
    if request is None:
        return None
    if request.agent == approving.approver:
        return OwnRequest(request.id)
    if request.state is not ApprovalState.WAITING or await overtaken(tx, request.id):
        return await _as_it_is(tx, request.id)
    held = await claims.claim(tx, request.conversation_id, approving.approver)
    if not isinstance(held, Claimed):
        raise NotApproved(held or Resolved(request.conversation_id))
    text = request.text if approving.text is None else approving.text
    version = await _version_read(tx, request, approving.seen_seq)
    done = await outbox.enqueue(tx, _as_reply(request, approving, text, held.fence, version))
    if not isinstance(done, Enqueued):
        raise NotApproved(done)
    await change_sealed(
        tx,
        "approval",
        request.id,
        "UPDATE approval SET state = 'approved', decided_by = $2, decided_us = $3, outbox_id = $4, edited_text = $5, "
        "reason = '' WHERE id = $1",
        request.id,
        approving.approver,
        tx.now_us,
        done.outbox_id,
        None if text == request.text else text,
    )
    # The claim was the approver's; the customer stays with whoever wrote.
    await tx.change(
        "UPDATE conversation SET owner = $2 WHERE id = $1", request.conversation_id, request.agent
    )
    edited = {"edited": text != request.text}
    await note_approval(
        tx, request.id, EventKind.APPROVED, approving.approver, edited, outbox_id=done.outbox_id
    )
    return done


async def _version_read(tx: ReadTx, request: Approval, seen_seq: int) -> int | None:
    """Which version of the message answered was read: the present one (None) by who has seen its newest edit."""
    row = await tx.row(
        "SELECT 1 FROM event WHERE conversation_id = $1 AND kind = 'edited' AND message_id = $2 AND seq > $3",
        request.conversation_id,
        request.reply_to.message_id,
        seen_seq,
    )
    return None if row is None else request.reply_to.version


def _as_reply(
    request: Approval, approving: Approving, text: str, fence: int, version: int | None
) -> NewReply:
    return NewReply(
        request.conversation_id,
        request.agent,
        fence,
        text,
        request.visibility,
        request.purpose,
        request.reply_to.message_id,
        approving.seen_seq,
        approving.hold_s,
        request.is_wider,
        version,
        request.public_line,
        approving.approver,
    )


async def hand_back(tx: Tx, approval_id: int, approver: str, reason: str) -> Approval | NotWaiting | None:
    """Give a request back with a reason: it is its writer's draft again. The request as it was; None without one."""
    request = await one(tx, approval_id)
    if request is None:
        return None
    if request.state is not ApprovalState.WAITING or await overtaken(tx, approval_id):
        return await _as_it_is(tx, approval_id)
    await _to_draft(tx, approval_id, f"returned by @{approver}: {reason}")
    await _decide(
        tx, approval_id, ApprovalState.RETURNED, approver, EventKind.APPROVAL_RETURNED, reason=reason
    )
    return request


async def take_back(tx: Tx, approval_id: int, agent: str) -> Approval | None:
    """Its writer takes a request back, as a draft; the request as it was, None if it waits no longer."""
    request = await one(tx, approval_id)
    if request is None or request.agent != agent or request.state is not ApprovalState.WAITING:
        return None
    await _to_draft(tx, approval_id, "")
    await _decide(tx, approval_id, ApprovalState.WITHDRAWN, agent, EventKind.APPROVAL_WITHDRAWN)
    return request


async def any_overtaken(tx: ReadTx) -> bool:
    """Whether something waits for approval that was answered or resolved meanwhile."""
    return bool(await _overtaken(tx))


async def overtaken(tx: Tx, approval_id: int | None = None) -> list[int]:
    """Make drafts of what was overtaken, all of it or the one request; the ids of those."""
    found = await _overtaken(tx, approval_id)
    for id, why in found:
        await _make_draft(tx, id, why)
    return [id for id, _ in found]


async def drop(tx: Tx, conversation_id: int, why: str) -> None:
    """Nothing of a conversation waits for approval any more, and nobody gets a draft of it."""
    for (approval_id,) in await tx.rows(
        "SELECT id FROM approval WHERE conversation_id = $1 AND state = 'waiting' ORDER BY id",
        conversation_id,
    ):
        await _decide(tx, approval_id, ApprovalState.STALE, None, EventKind.APPROVAL_STALE, reason=why)


async def give_all_back(tx: Tx, why: str) -> int:
    """Make drafts of everything that waits for approval; how many those are."""
    rows = await tx.rows("SELECT id FROM approval WHERE state = 'waiting' ORDER BY id")
    for (approval_id,) in rows:
        await _make_draft(tx, approval_id, why)
    return len(rows)


async def _make_draft(tx: Tx, approval_id: int, why: str) -> None:
    await _to_draft(tx, approval_id, f"not approved: {why}")
    await _decide(tx, approval_id, ApprovalState.STALE, None, EventKind.APPROVAL_STALE, reason=why)


async def _overtaken(tx: ReadTx, approval_id: int | None = None) -> list[tuple[int, str]]:
    rows = await tx.rows(
        f"SELECT a.id, {_GONE} AS why FROM approval a JOIN conversation c ON c.id = a.conversation_id "
        "WHERE a.state = 'waiting' AND why <> '' AND ($1 IS NULL OR a.id = $1) ORDER BY a.id",
        approval_id,
    )
    return [(row[0], row[1]) for row in rows]


async def _as_it_is(tx: ReadTx, approval_id: int) -> NotWaiting:
    now = await one(tx, approval_id)
    assert now is not None
    return NotWaiting(approval_id, now.state, now.decided_by, now.reason)


async def _decide(
    tx: Tx, approval_id: int, state: ApprovalState, by: str | None, kind: EventKind, *, reason: str = ""
) -> None:
    await change_sealed(
        tx,
        "approval",
        approval_id,
        "UPDATE approval SET state = $2, decided_by = $3, decided_us = $4, reason = $5 WHERE id = $1",
        approval_id,
        state.value,
        by,
        tx.now_us,
        reason,
    )
    await note_approval(tx, approval_id, kind, by)


async def _to_draft(tx: Tx, approval_id: int, not_sent: str) -> None:
    """The text of a request is its writer's draft again; what they have written there meanwhile stands below it."""
    await tx.change(
        "INSERT INTO draft (agent, conversation_id, mode, text, cursor, saved_us, reply_to_id, reply_to_version, "
        "seen_seq, not_sent, public_line) SELECT agent, conversation_id, "
        f"CASE visibility WHEN 'direct' THEN 'private' ELSE 'public' END, {sound('approval')}, length(text), $2, reply_to_id, "
        f"reply_to_version, seen_seq, $3, {_LINE_IF_SOUND} FROM approval WHERE id = $1 {DRAFT_MEETS_DRAFT}",
        approval_id,
        tx.now_us,
        not_sent,
    )
    row = await tx.row("SELECT agent, conversation_id, visibility FROM approval WHERE id = $1", approval_id)
    assert row is not None
    await seal_draft(tx, row[0], row[1], Mode(Visibility(row[2]).word).value)
