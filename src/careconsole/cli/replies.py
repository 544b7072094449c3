"""reply and outbox: what we say, and how far it has come."""

from __future__ import annotations

import argparse
from typing import Any

from careconsole.cli.printing import DONE, REFUSED, one_line, put, put_json_list, put_table, say
from careconsole.cli.queue import held_sentence, unknown
from careconsole.cli.seat import Seat, Wrong
from careconsole.desk.desk import Desk
from careconsole.desk.reading import accounts, outbox, queue_row
from careconsole.desk.replies import NoConversation, send, write_note
from careconsole.model.conversation import HeldBy, Lost, Resolved
from careconsole.model.message import visibility_of
from careconsole.model.reply import AlreadyAnswered, Enqueued, NothingToAnswer, ThreadGrew, TooWide
from careconsole.model.when import NotRead
from careconsole.store.rows import OutboxRow


async def answer(seat: Seat, options: argparse.Namespace) -> int:
    """Queue a reply, or write a note, and print its id."""
    if not options.text.strip():
        raise Wrong("The text is empty. Say something with --text.")
    async with seat.writing() as desk:
        if options.visibility == "note":
            return await _note(desk, options.id, options.text)
        too_long = await _too_long(desk, options.id, options.text)
        if too_long:
            say(too_long)
            return REFUSED
        visibility = None if options.visibility is None else visibility_of(options.visibility)
        result = await send(desk, options.id, text=options.text, visibility=visibility)
    if isinstance(result, Enqueued):
        put(str(result.outbox_id))
        return DONE
    if isinstance(result, NoConversation):
        return unknown(options.id)
    say(_refusal(options.id, result))
    return REFUSED


async def _too_long(desk: Desk, conversation_id: int, text: str) -> str:
    """Why a text is too long for its network, as the console counts it; empty if it fits."""
    row = await queue_row(desk, conversation_id)
    limits = next((each.limits for each in await accounts(desk) if row and each.id == row.account_id), None)
    if row is None or limits is None or limits.max_chars is None:
        return ""
    length = limits.length(text, row.handle)
    if length <= limits.max_chars:
        return ""
    return (
        f"{length} characters, the network takes {limits.max_chars}: {length - limits.max_chars} too long. "
        "Nothing was queued; say it shorter."
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


def _refusal(
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
        rows = await outbox(desk)
    if options.json:
        put_json_list(_as_json(row) for row in rows)
        return DONE
    put_table([_table_row(row) for row in rows], right=frozenset({0}))
    if not rows:
        say("The outbox is empty.")
    return DONE


def _as_json(row: OutboxRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "conversation": row.conversation_id,
        "state": row.state.value,
        "text": row.text,
        "visibility": row.visibility.word,
        "remote_id": row.remote_id,
        "reason": row.reason,
        "attempts": row.attempts,
    }


def _table_row(row: OutboxRow) -> list[str]:
    reason = f" ({one_line(row.reason, 200)})" if row.reason else ""
    return [
        str(row.id),
        f"#{row.conversation_id}",
        row.state.value,
        "PUBLIC" if row.visibility.is_public else "PRIVATE",
        f"{row.attempts}x",
        f"{one_line(row.account)}  @{one_line(row.handle, 40)}{reason}: {one_line(row.text, 120)}",
    ]
