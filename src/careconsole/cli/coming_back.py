"""snooze, wake: a conversation comes back by itself at a time, or now."""

from __future__ import annotations

import argparse

from careconsole.cli.printing import DONE, REFUSED, WRONG, one_line, say
from careconsole.cli.queue import held_sentence, unknown
from careconsole.cli.seat import Seat
from careconsole.desk.coming_back import (
    ComesBack,
    NotRead,
    SleepingRoom,
    WakeMode,
    sleeping_room,
    snooze,
    wake,
)
from careconsole.desk.desk import Desk
from careconsole.model.conversation import HeldBy, Resolved


async def put_to_sleep(seat: Seat, options: argparse.Namespace) -> int:
    """Let a conversation come back at a time."""
    async with seat.writing() as desk:
        room = await sleeping_room(desk, options.id)
        if room is None:
            return unknown(options.id)
        back = _time_of(room, desk, " ".join(options.when), options.note)
        if isinstance(back, NotRead):
            say(f"{back.sentence} Nothing was done.")
            return WRONG
        mode = WakeMode.WAKE_IF_SILENT if options.if_no_answer else WakeMode.WAKE
        done = await snooze(desk, options.id, back, mode)
        sentence = room.sentence(back, mode, desk.now())
    if done is None:
        return unknown(options.id)
    if isinstance(done, HeldBy):
        say(held_sentence(done))
        return REFUSED
    if isinstance(done, Resolved):
        say(f"Conversation {options.id} is resolved; it comes back when the customer writes.")
        return REFUSED
    say(f"Conversation {options.id}: {sentence}")
    return DONE


def _time_of(room: SleepingRoom, desk: Desk, when: str, note: str) -> ComesBack | NotRead:
    """The time, all of whose words must be one, and the note."""
    back = room.read(when, desk.now())
    if isinstance(back, ComesBack) and back.note:
        return NotRead(f'"{one_line(back.note, 80)}" is no part of a time. A note goes behind --note.')
    return room.read(f"{when}; {note}", desk.now())


async def wake_now(seat: Seat, options: argparse.Namespace) -> int:
    """Bring a conversation back now."""
    async with seat.writing() as desk:
        done = await wake(desk, options.id)
    if done is None:
        return unknown(options.id)
    if done.event:
        say(f"Conversation {options.id} is back in the queue.")
        return DONE
    say(f"Conversation {options.id} does not sleep; nothing was changed.")
    return REFUSED
