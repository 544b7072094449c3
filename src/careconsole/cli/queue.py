"""queue, next, why, show, claim, release, resolve: the line of customers, and who takes whom."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from careconsole.cli.printing import (
    DONE,
    REFUSED,
    WRONG,
    block,
    one_line,
    put,
    put_json,
    put_json_list,
    put_table,
    say,
)
from careconsole.cli.seat import Seat
from careconsole.desk.coming_back import snoozed
from careconsole.desk.desk import Desk
from careconsole.desk.reading import Why, queue_row, queue_window, thread, why
from careconsole.desk.routing import claim, claim_next, release
from careconsole.desk.work import resolve
from careconsole.model.conversation import Disposition, HeldBy, Resolved
from careconsole.model.instant import from_us, rfc3339_seconds, rfc3339_us, to_us
from careconsole.model.message import KIND_LETTER, Direction
from careconsole.model.reply import OutboxState
from careconsole.store.ranking import PREVIEW_CHARS
from careconsole.store.rows import QueueRow, RankKey, ThreadEntry

_WINDOW = 500


async def show_queue(seat: Seat, options: argparse.Namespace) -> int:
    """Print the conversations that wait, in rank order."""
    async with seat.reading_in_order() as desk:
        rows = await snoozed(desk, options.limit) if options.asleep else await _waiting(desk, options.limit)
        if options.json:
            rows = [await whole(desk, row) for row in rows]
        now_us = to_us(desk.now())
    if options.json:
        put_json_list(as_json(row) for row in rows)
    else:
        put_table([table_row(row, now_us) for row in rows], right=frozenset({0, 2}))
        if not rows:
            say("Nothing sleeps." if options.asleep else "Nobody waits.")
    return DONE


async def _waiting(desk: Desk, limit: int | None) -> list[QueueRow]:
    """Everything that waits, read in stretches; what moves back between two reads is there once."""
    found: dict[int, QueueRow] = {}
    start: RankKey | None = None
    while limit is None or len(found) < limit:
        window = await queue_window(desk, start=start, limit=_WINDOW)
        for row in window.rows:
            found.setdefault(row.id, row)
        if not window.after or not window.rows:
            break
        tier, due_us, since_us, last_id = window.rows[-1].key
        start = (tier, due_us, since_us, last_id + 1)
    return list(found.values())[:limit]


async def whole(desk: Desk, row: QueueRow) -> QueueRow:
    """The row with all of its newest customer message, of which the queue keeps only the beginning."""
    if len(row.text) < PREVIEW_CHARS:
        return row
    entries = await thread(desk, row.id)
    texts = [entry.text for entry in entries if entry.direction is Direction.IN and not entry.is_note]
    return replace(row, text=next((text for text in reversed(texts) if text.startswith(row.text)), row.text))


async def take_next(seat: Seat, options: argparse.Namespace) -> int:
    """Claim the most urgent conversation that nobody holds, and print it."""
    async with seat.writing() as desk:
        taken = await claim_next(desk)
        row = await queue_row(desk, taken.conversation_id) if taken else None
        row = await whole(desk, row) if row and options.json else row
        now_us = to_us(desk.now())
    if row is None:
        say("There is nothing to take: nobody waits whom nobody holds.")
        return REFUSED
    if options.json:
        put_json(as_json(row))
    else:
        put_table([table_row(row, now_us)])
    return DONE


async def show_why(seat: Seat, options: argparse.Namespace) -> int:
    """Print the sum behind the place of a conversation."""
    return await _show(seat, options, with_thread=options.json)


async def show_conversation(seat: Seat, options: argparse.Namespace) -> int:
    """Print a conversation with its thread."""
    return await _show(seat, options, with_thread=True)


async def _show(seat: Seat, options: argparse.Namespace, *, with_thread: bool) -> int:
    async with seat.reading_in_order() as desk:
        reasons = await why(desk, options.id)
        if reasons is None:
            return unknown(options.id)
        entries = await thread(desk, options.id) if with_thread else []
        row = await whole(desk, reasons.row) if options.json else reasons.row
        now_us = to_us(desk.now())
    if options.json:
        said = [_entry_json(entry) for entry in entries if _was_said(entry)]
        put_json({**as_json(row), **_sum_json(reasons), "thread": said})
    elif options.command == "why":
        put_table([table_row(row, now_us)])
        put_table(list(_sum(reasons)))
        for line in _cues(reasons):
            put(line)
    else:
        put_table([table_row(row, now_us)])
        for entry in entries:
            for line in _entry_lines(entry):
                put(line)
    return DONE


async def take(seat: Seat, options: argparse.Namespace) -> int:
    """Claim a conversation."""
    async with seat.writing() as desk:
        result = await claim(desk, options.id)
    if result is None:
        return unknown(options.id)
    if isinstance(result, HeldBy):
        say(held_sentence(result))
        return REFUSED
    if isinstance(result, Resolved):
        say(f"Conversation {options.id} is resolved; there is nothing to take.")
        return REFUSED
    say(f"Conversation {options.id} is yours for two minutes.")
    return DONE


async def give_back(seat: Seat, options: argparse.Namespace) -> int:
    """Release a conversation."""
    async with seat.writing() as desk:
        released = await release(desk, options.id)
        row = None if released else await queue_row(desk, options.id)
    if released:
        say(f"Conversation {options.id} is free.")
        return DONE
    if row is None:
        return unknown(options.id)
    holder = f"@{row.claimed_by} holds it" if row.claimed_by else "nobody holds it"
    say(f"Conversation {options.id} is not yours to release: {holder}.")
    return REFUSED


async def end(seat: Seat, options: argparse.Namespace) -> int:
    """Resolve a conversation."""
    async with seat.writing() as desk:
        result = await resolve(desk, options.id, Disposition(options.reason))
    if result is None:
        return unknown(options.id)
    if isinstance(result, HeldBy):
        say(held_sentence(result))
        return REFUSED
    if result.event:
        say(f"Conversation {options.id} is resolved: {options.reason}.")
    else:
        say(f"Conversation {options.id} was resolved already; nothing was changed.")
    return DONE


def unknown(conversation_id: int) -> int:
    """Say that there is no such conversation; the exit code for it."""
    say(f'There is no conversation {conversation_id}. "careconsole queue" lists those that wait.')
    return WRONG


def held_sentence(held: HeldBy) -> str:
    """Who holds a conversation, and since when."""
    return (
        f"Conversation {held.conversation_id}: @{held.agent} holds it since {rfc3339_seconds(held.since_us)}."
    )


def as_json(row: QueueRow) -> dict[str, Any]:
    """The queue object of the commands: texts raw, times RFC 3339."""
    return {
        "id": row.id,
        "account": row.account,
        "customer": row.handle,
        "kind": row.kind.value,
        "tier": row.tier,
        "waiting_since": rfc3339_us(row.waiting_since_us),
        "effective_due": rfc3339_us(row.effective_due_us),
        "claimed_by": row.claimed_by,
        "owner": row.owner,
        "team": row.team or None,
        "moves": row.moves,
        "messages": row.messages,
        "text": row.text,
    }


def table_row(row: QueueRow, now_us: int) -> list[str]:
    """What a person sees of a conversation; the customer's words are the last thing on the line."""
    return [
        f"#{row.id}",
        f"{row.tier}{KIND_LETTER[row.kind]}",
        _left(row.due_us - now_us) if row.is_waiting else _state(row),
        "PUBLIC" if row.visibility.is_public else "PRIVATE",
        " ".join([f"{row.unanswered}/{row.messages}", *_doubt(row)]),
        _whose(row),
        f"{one_line(row.account)}  @{one_line(row.handle, 40)}: {one_line(row.text, 120)}",
    ]


def _whose(row: QueueRow) -> str:
    """Who holds it, else for whom it is."""
    if row.claimed_by:
        return f"@{one_line(row.claimed_by)}"
    return f"→{one_line(row.is_for)}" if row.is_for else "-"


def _state(row: QueueRow) -> str:
    return (
        row.state.value
        if row.asleep_until_us is None
        else f"asleep until {rfc3339_seconds(row.asleep_until_us)}"
    )


def _doubt(row: QueueRow) -> list[str]:
    """Marks: it came back by itself; nobody knows whether the newest reply arrived, or it did not."""
    doubt = [row.outbox_state.value] if row.outbox_state in (OutboxState.UNKNOWN, OutboxState.FAILED) else []
    return ["back"] * row.is_back + doubt


def _left(left_us: int) -> str:
    """Time until the promise: `12m`, or `!5m` when it is late."""
    minutes = abs(left_us) // 60_000_000
    shown = (
        f"{minutes}m" if minutes < 120 else f"{minutes // 60}h" if minutes < 2880 else f"{minutes // 1440}d"
    )
    return shown if left_us >= 0 else f"!{shown}"


def _sum_json(reasons: Why) -> dict[str, Any]:
    """The terms, with the instants between which they add up by the settings as they are now."""
    if reasons.rank is None:
        return {"terms": []}
    return {
        "waiting_since": rfc3339_us(reasons.rank.waiting_since_us),
        "effective_due": rfc3339_us(reasons.rank.effective_due_us),
        "terms": [{"name": term.name, "minutes": term.minutes} for term in reasons.rank.terms],
    }


def _sum(reasons: Why) -> Iterable[list[str]]:
    """The sum as lines: name, minutes or an instant, and a last empty cell; exact, so that it adds up."""
    if reasons.rank is None:
        yield ["", "", "It does not wait, so it has no rank."]
        return
    yield ["waiting since", rfc3339_us(reasons.rank.waiting_since_us), ""]
    for term in reasons.rank.terms:
        yield [one_line(term.name), term.said, ""]
    yield ["effective due", rfc3339_us(reasons.rank.effective_due_us), ""]
    yield ["due", rfc3339_us(reasons.rank.due_us), ""]


def _cues(reasons: Why) -> Iterable[str]:
    """What the sum was read from, and who set its parts."""
    for label, value in (
        ("kind", _set_or_lifted(reasons.kind_by)),
        ("language", reasons.row.language),
        ("mood", _mood(reasons)),
        ("tier 0", _set_or_lifted(reasons.tier_by)),
        ("VIP", ": ".join(filter(None, (_set_or_lifted(reasons.vip_by), reasons.vip_note)))),
        ("open", reasons.calendar),
        ("first for", _first_for(reasons)),
    ):
        if value:
            yield f"{label}: {one_line(value)}"


def _first_for(reasons: Why) -> str:
    """Whom others pass it over for, and until when."""
    first = reasons.first_for
    return "" if first is None else f"{first.name} until {rfc3339_seconds(first.until_us)}"


def _set_or_lifted(source: str) -> str:
    """What an agent set or lifted, with their name; every other source as it is kept."""
    origin, _, who = source.partition(":")
    if origin not in ("agent", "lifted"):
        return source
    return f"{'set' if origin == 'agent' else 'lifted'} by {f'@{who}' if who else 'hand'}"


def _mood(reasons: Why) -> str:
    """The mood of -1 to 1 and what made it; nothing where nothing did."""
    made_by = ", ".join(f"{term} {score:+.2f}" for term, score in reasons.mood_by)
    return f"{reasons.mood:+.2f} by {made_by}" if made_by else ""


def _was_said(entry: ThreadEntry) -> bool:
    """Whether an entry is a message or a note, not a reply still on its way."""
    return entry.is_note or entry.message_id is not None


def _entry_json(entry: ThreadEntry) -> dict[str, Any]:
    return {
        "message_id": entry.message_id,
        "direction": entry.direction.value,
        "author": entry.author,
        "at": rfc3339_us(entry.at_us),
        "text": entry.text,
        "visibility": "note" if entry.is_note else entry.visibility.word,
    }


def _edited_us(entry: ThreadEntry) -> int | None:
    """When a message was last edited; None if never."""
    return entry.versions[-1].until_us if entry.versions else entry.edited_us


def _entry_lines(entry: ThreadEntry) -> Iterable[str]:
    at = from_us(entry.at_us).astimezone(UTC)
    who = f"@{one_line(entry.author)}" if entry.direction is Direction.IN else one_line(entry.author)
    marks = ["NOTE" if entry.is_note else "PUBLIC" if entry.visibility.is_public else "PRIVATE"]
    edited_us = _edited_us(entry)
    marks += [f"edited {_minute_us(edited_us)}"] if edited_us is not None else []
    marks += [f"deleted {_minute_us(entry.deleted_us)}"] if entry.deleted_us is not None else []
    if entry.outbox_state is not None and not _was_said(entry):
        marks.append(entry.outbox_state.value)
    yield f"{_minute(at)}  {who}  {', '.join(marks)}"
    for old in entry.versions:
        yield f"  (until {_minute_us(old.until_us)})"
        yield from block(old.text, "  - ")
    yield from block(entry.text, "  | ")


def _minute_us(at_us: int) -> str:
    return _minute(from_us(at_us).astimezone(UTC))


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%MZ}"
