"""What waits for a second person's word: who may give it, and what becomes of it."""

from __future__ import annotations

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.desk.replies import NoConversation, undo_window_s
from careconsole.model.approval import ApprovalState, NotWaiting, OwnRequest
from careconsole.model.conversation import HeldBy, Resolved
from careconsole.model.reply import Enqueued, Mode
from careconsole.model.rights import Verb
from careconsole.store import approvals
from careconsole.store.approvals import Approving, NotApproved
from careconsole.store.contract import Tx
from careconsole.store.outbox import Refusal
from careconsole.store.rows import Approval

__all__ = [
    "Approval",
    "ApprovalState",
    "ApproveResult",
    "NoRequest",
    "approve",
    "hand_back",
    "mine",
    "one",
    "overtaken",
    "take_back",
    "waiting",
]


class NoRequest:
    """There is no request for approval with this id."""


ApproveResult = Enqueued | NotWaiting | OwnRequest | NoRequest | Refusal | HeldBy | Resolved | NoConversation


async def waiting(desk: Desk) -> list[Approval]:
    """What waits for approval, in the order of the queue."""
    return await desk.store.read(approvals.waiting)


async def mine(desk: Desk) -> list[Approval]:
    """What of mine waits for approval, in the order of the queue."""
    return [each for each in await waiting(desk) if each.agent == desk.agent]


async def one(desk: Desk, approval_id: int) -> Approval | None:
    """A request, whatever became of it."""
    return await desk.store.read(lambda tx: approvals.one(tx, approval_id))


@needs(Verb.APPROVE)
async def approve(
    desk: Desk,
    approval_id: int,
    *,
    seen_seq: int | None = None,
    text: str | None = None,
    hold: bool = False,
) -> ApproveResult:
    """Let a reply go as it was written, or with `text` as I changed it; with `hold` after its undo window.

    `seen_seq` is the newest event that I have seen there, None what its writer had seen. ThreadGrew where more has
    happened by now: then nothing is sent.
    """

    async def body(tx: Tx) -> ApproveResult:
        request = await approvals.one(tx, approval_id)
        if request is None:
            return NoRequest()
        window_s = undo_window_s(desk, Mode(request.visibility.word), request.public_line) if hold else 0.0
        seen = request.seen_seq if seen_seq is None else seen_seq
        done = await approvals.approve(tx, Approving(approval_id, desk.agent, seen, text, window_s))
        return NoRequest() if done is None else done

    try:
        return await desk.store.write(body)
    except NotApproved as refused:
        return refused.why


@needs(Verb.APPROVE)
async def hand_back(desk: Desk, approval_id: int, reason: str) -> Approval | NotWaiting | None:
    """Give a request back with a reason: it is its writer's draft again; None if there is no such request."""
    return await desk.store.write(lambda tx: approvals.hand_back(tx, approval_id, desk.agent, reason))


@needs(Verb.WITHDRAW)
async def take_back(desk: Desk, approval_id: int) -> Approval | None:
    """Take a request of mine back, as a draft; None if it waits no longer."""
    return await desk.store.write(lambda tx: approvals.take_back(tx, approval_id, desk.agent))


async def overtaken(desk: Desk) -> list[int]:
    """Make drafts of the requests that were answered or resolved meanwhile; writes only if there are any."""
    if not await desk.store.read(approvals.any_overtaken):
        return []
    return await desk.store.write(approvals.overtaken)
