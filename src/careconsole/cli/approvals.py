"""approvals, approve, return: what waits for a second person's word."""

from __future__ import annotations

import argparse
from typing import Any

from careconsole.cli.printing import DONE, REFUSED, WRONG, one_line, put, put_json_list, put_table, say
from careconsole.cli.replies import passes, refusal
from careconsole.cli.seat import Seat, Wrong
from careconsole.desk import approvals
from careconsole.desk.approvals import Approval, NoRequest
from careconsole.desk.desk import Desk
from careconsole.desk.guarding import guard
from careconsole.desk.replies import NoConversation
from careconsole.model.approval import ApprovalState, NotWaiting, OwnRequest
from careconsole.model.instant import rfc3339_us
from careconsole.model.reply import Enqueued, ThreadGrew
from careconsole.model.voice import VOICE_FILE
from careconsole.settings.voice import read_voices, voice_of

_LONGEST_REASON = 500


async def list_waiting(seat: Seat, options: argparse.Namespace) -> int:
    """Print what waits for approval, the most urgent first."""
    async with seat.reading() as desk:
        rows = await approvals.waiting(desk)
    if options.json:
        put_json_list(_as_json(row) for row in rows)
        return DONE
    put_table([_table_row(row) for row in rows], right=frozenset({0, 1}))
    if not rows:
        say("Nothing waits for approval.")
    return DONE


def _as_json(row: Approval) -> dict[str, Any]:
    return {
        "id": row.id,
        "position": row.position,
        "conversation": row.conversation_id,
        "account": row.account,
        "customer": row.handle,
        "kind": row.kind.value,
        "tier": row.tier,
        "due": rfc3339_us(row.due_us),
        "agent": row.agent,
        "asked": rfc3339_us(row.asked_us),
        "visibility": row.visibility.word,
        "text": row.text,
        "public_line": row.public_line,
        "seen": row.seen_seq,
    }


def _table_row(row: Approval) -> list[str]:
    line = f" + in public: {one_line(row.public_line, 60)}" if row.public_line else ""
    return [
        str(row.position),
        str(row.id),
        f"#{row.conversation_id}",
        "PUBLIC" if row.visibility.is_public else "PRIVATE",
        f"@{row.agent}",
        f"{one_line(row.account)}  @{one_line(row.handle, 40)}: {one_line(row.text, 120)}{line}",
    ]


async def approve(seat: Seat, options: argparse.Namespace) -> int:
    """Let a reply go as it was written, and print its id in the outbox."""
    async with seat.writing() as desk:
        request = await approvals.one(desk, options.id)
        if request is None:
            return _no_request(options.id)
        if request.state is ApprovalState.WAITING and not await _is_sound(seat, desk, request, options):
            return REFUSED
        done = await approvals.approve(desk, options.id, seen_seq=options.seen)
    if isinstance(done, Enqueued):
        put(str(done.outbox_id))
        return DONE
    if isinstance(done, NoRequest | NoConversation):
        return _no_request(options.id)
    if isinstance(done, NotWaiting):
        say(_decided(done))
    elif isinstance(done, OwnRequest):
        say(
            f"You wrote request {done.approval_id} yourself; somebody else must approve it. Nothing was sent."
        )
    elif isinstance(done, ThreadGrew):
        say(_grown(request, done))
    else:
        say(refusal(request.conversation_id, done))
    return REFUSED


async def _is_sound(seat: Seat, desk: Desk, request: Approval, options: argparse.Namespace) -> bool:
    """What the guard says of both halves, as where they were sent."""
    voices = read_voices(seat.home / VOICE_FILE)
    halves = [
        (request.text, request.visibility),
        *([(request.public_line, None)] if request.public_line else []),
    ]
    for text, eyes in halves:
        found = await guard(
            desk, request.conversation_id, text, eyes, lambda account: voice_of(voices, account)
        )
        if found is None or not passes(found, text, is_meant=options.allow_private_data):
            return False
    return True


def _grown(request: Approval, grew: ThreadGrew) -> str:
    """What happened since, and how to approve all the same."""
    counted: dict[str, int] = {}
    for change in grew.changes:
        word = f"{change.what.value} {'note' if change.key.startswith('n') else 'message'}"
        counted[word] = counted.get(word, 0) + 1
    told = ", ".join(f"{number} {word}{'s' * (number > 1)}" for word, number in counted.items())
    again = f"careconsole approve {request.id} --seen {grew.seen_seq}"
    if grew.reply_to is None or grew.reply_to.message_id != request.reply_to.message_id:
        return (
            f"The message that it answers was deleted. Nothing was sent; careconsole return {request.id} "
            "--reason TEXT gives it back."
        )
    return (
        f"The thread grew since then: {told}. Nothing was sent. Read it with careconsole show "
        f"{request.conversation_id}; if the reply still fits: {again}"
    )


def _decided(found: NotWaiting) -> str:
    by = f" by @{found.by}" if found.by else ""
    why = f" ({found.reason})" if found.reason else ""
    return f"Request {found.approval_id} waits no longer: {found.state.value}{by}{why}. Nothing was done."


def _no_request(id: int) -> int:
    say(f'There is no request {id}. "careconsole approvals" lists those that wait.')
    return WRONG


async def give_back(seat: Seat, options: argparse.Namespace) -> int:
    """Give a reply back to its writer with a reason."""
    reason = " ".join(options.reason.split())[:_LONGEST_REASON]
    if not reason:
        raise Wrong("The reason is empty. Say with --reason what should be different.")
    async with seat.writing() as desk:
        done = await approvals.hand_back(desk, options.id, reason)
    if done is None:
        return _no_request(options.id)
    if isinstance(done, NotWaiting):
        say(_decided(done))
        return REFUSED
    say(f"Given back: it is a draft of @{done.agent} again.")
    return DONE
