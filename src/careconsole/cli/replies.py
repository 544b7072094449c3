"""reply and outbox: what we say, and how far it has come."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from careconsole.cli.printing import DONE, REFUSED, one_line, put, put_json_list, put_table, say
from careconsole.cli.queue import held_sentence, unknown
from careconsole.cli.seat import Seat, Wrong
from careconsole.desk.delivery import Resting, resting
from careconsole.desk.desk import Desk
from careconsole.desk.drafts import PRIVATE_WAITS, private_waits
from careconsole.desk.guarding import Guarded, guard, masked_words
from careconsole.desk.hand_over import PrivateWay, private_way
from careconsole.desk.reading import outbox, thread
from careconsole.desk.replies import NoConversation, send, write_note
from careconsole.model.approval import Submitted
from careconsole.model.conversation import HeldBy, Lost, Resolved
from careconsole.model.message import visibility_of
from careconsole.model.reply import (
    AlreadyAnswered,
    Enqueued,
    NothingToAnswer,
    OutboxState,
    ThreadGrew,
    TooWide,
)
from careconsole.model.voice import VOICE_FILE
from careconsole.model.when import NotRead
from careconsole.settings.voice import read_voices, voice_of
from careconsole.store.rows import OutboxRow

_MOST_TOLD = 20


async def answer(seat: Seat, options: argparse.Namespace) -> int:
    """Queue a reply, or write a note, and print its id."""
    if not options.text.strip():
        raise Wrong("The text is empty. Say something with --text.")
    line = _public_line(options)
    if options.visibility == "note":
        async with seat.writing() as desk:
            return await _note(desk, options.id, options.text)
    voices = read_voices(seat.home / VOICE_FILE)
    visibility = None if options.visibility is None else visibility_of(options.visibility)
    async with seat.writing() as desk:
        guarded, behind = [
            await guard(desk, options.id, half, eyes, lambda account: voice_of(voices, account))
            for half, eyes in ((options.text, visibility), (line, None))
        ]
        if guarded is None or behind is None:
            return unknown(options.id)
        may_leave = [
            passes(found, half, is_meant=options.allow_private_data)
            for found, half in ((guarded, options.text), (behind, line))
        ]
        if not all(may_leave):
            return REFUSED
        if guarded.visibility.is_public and private_waits(await thread(desk, options.id)):
            say(f"Look again: {PRIVATE_WAITS}")
        result = await send(desk, options.id, text=options.text, visibility=guarded.visibility, line=line)
    if isinstance(result, Enqueued):
        put(str(result.outbox_id))
        return DONE
    if isinstance(result, Submitted):
        say(f"It waits for approval, position {result.position} (request {result.approval_id}).")
        return DONE
    if isinstance(result, NoConversation):
        return unknown(options.id)
    if line and isinstance(result, TooWide):
        say(
            "The message answered is private, so nothing goes in public. Nothing was queued; leave --public-line out."
        )
    else:
        say(refusal(options.id, result))
    return REFUSED


def _public_line(options: argparse.Namespace) -> str:
    """What is to be said in public once the private reply is sent; empty for nothing."""
    line = " ".join(options.public_line.split())
    if line and options.visibility != "private":
        raise Wrong(
            "A public line goes with a private reply. Add --visibility private, or leave --public-line out."
        )
    return line


def passes(guarded: Guarded, text: str, *, is_meant: bool) -> bool:
    """Say what the guard found; whether the reply may leave all the same."""
    for found in guarded.doubts:
        say(f"Look again: {found.reason}")
    for found in guarded.cannot:
        say(found.reason)
    refused = () if is_meant else guarded.private
    for found in refused[:_MOST_TOLD]:
        say(f"It would be public: {masked_words(text, found)}.")
    if more := len(refused[_MOST_TOLD:]):
        say(f"And {more} more.")
    if refused:
        say(f"Nothing was queued. {_ways_out(guarded.row.network)}")
    elif guarded.cannot:
        say("Nothing was queued.")
    return not refused and not guarded.cannot


def _ways_out(network: str) -> str:
    """What to do about private data in a public reply."""
    if private_way(network) is PrivateWay.NONE:
        return "Take it out, or say that it is meant: --allow-private-data."
    return (
        "Send it to the customer alone: --visibility private; or say that it is meant: --allow-private-data."
    )


async def _note(desk: Desk, conversation_id: int, text: str) -> int:
    note_id = await write_note(desk, conversation_id, text)
    if note_id is None:
        return unknown(conversation_id)
    if isinstance(note_id, NotRead):
        raise Wrong(note_id.sentence)
    put(str(note_id))
    say("That is the number of a note for the team; nothing is sent.")
    return DONE


def refusal(
    conversation_id: int,
    result: HeldBy | Resolved | Lost | ThreadGrew | TooWide | AlreadyAnswered | NothingToAnswer,
) -> str:
    """Why no reply was queued, and what to do."""
    match result:
        case HeldBy():
            return held_sentence(result)
        case Resolved():
            return f"Conversation {conversation_id} is resolved; it opens again when the customer writes."
        case TooWide(answered=answered):
            return (
                f"The message answered is {answered.word}, so more eyes would see this. "
                f"Nothing was queued; use --visibility {answered.word}."
            )
        case AlreadyAnswered(outbox_id=outbox_id, agent=agent, state=state):
            return f"The message has an answer by @{agent} already ({outbox_id}, {state.value}). Nothing was queued."
        case NothingToAnswer():
            return f"Conversation {conversation_id} has no message to answer. Nothing was queued."
        case Lost(agent=agent):
            holder = f"@{agent} has conversation {conversation_id} now" if agent else "The claim ran out"
            return f"{holder}. Nothing was queued."
        case ThreadGrew():
            return f"Conversation {conversation_id} has grown meanwhile. Nothing was queued; read it again."


async def list_outbox(seat: Seat, options: argparse.Namespace) -> int:
    """Print the replies and where they are."""
    async with seat.reading() as desk:
        rows, rests = await outbox(desk), await resting(desk)
    told = [(row, _reason(row, rests)) for row in rows]
    if options.json:
        put_json_list(_as_json(row, reason) for row, reason in told)
        return DONE
    put_table([_table_row(row, reason) for row, reason in told], right=frozenset({0}))
    if not rows:
        say("The outbox is empty.")
    return DONE


def _reason(row: OutboxRow, rests: Mapping[int, Resting]) -> str:
    """Why a reply is where it is. While nothing leaves its account, that is what it waits for."""
    rest = rests.get(row.account_id)
    waits = row.state in (OutboxState.QUEUED, OutboxState.WAITING)
    return rest.sentence if rest and waits else row.reason


def _as_json(row: OutboxRow, reason: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "conversation": row.conversation_id,
        "state": row.state.value,
        "text": row.text,
        "visibility": row.visibility.word,
        "remote_id": row.remote_id,
        "reason": reason,
        "attempts": row.attempts,
    }


def _table_row(row: OutboxRow, reason: str) -> list[str]:
    why = f" ({one_line(reason, 200)})" if reason else ""
    return [
        str(row.id),
        f"#{row.conversation_id}",
        row.state.value,
        "PUBLIC" if row.visibility.is_public else "PRIVATE",
        f"{row.attempts} {'try' if row.attempts == 1 else 'tries'}",
        f"{one_line(row.account)}  @{one_line(row.handle, 40)}{why}: {one_line(row.text, 120)}",
    ]
