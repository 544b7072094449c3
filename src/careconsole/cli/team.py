"""assign, release --from: give work to each other, and take it from who holds it."""

from __future__ import annotations

import argparse

from careconsole.cli.printing import DONE, REFUSED, WRONG, one_line, say
from careconsole.cli.queue import held_sentence, unknown
from careconsole.cli.seat import Seat
from careconsole.desk import team
from careconsole.desk.desk import Desk
from careconsole.desk.reading import queue_row
from careconsole.model.assignment import PROMPT_CHARS, Addressee, Assigned
from careconsole.model.conversation import HeldBy, Resolved
from careconsole.model.text_gate import safe_line

_MOST_NAMED = 20


async def give(seat: Seat, options: argparse.Namespace) -> int:
    """Give a conversation to a person, a team or senior."""
    words = [safe_line(each).text.strip() for each in (options.done, options.promised, options.next)]
    if any(len(each) > PROMPT_CHARS for each in words):
        say(f"Each of --done, --promised and --next is one line of at most {PROMPT_CHARS} characters.")
        return WRONG
    async with seat.writing() as desk:
        to = await team.addressee(desk, options.to)
        if to is None:
            return await _nobody(desk, options.to)
        result = await _give(desk, options, to, team.HandOver(*words))
    if result is None:
        return unknown(options.id)
    if isinstance(result, Resolved):
        say(f"Conversation {options.id} is resolved; there is nothing to give.")
        return REFUSED
    if isinstance(result, HeldBy):
        hint = f" Whoever may reassign takes it with --from {one_line(result.agent)}."
        say(held_sentence(result) + hint * (options.holder is None))
        return REFUSED
    taken = f", taken from @{one_line(result.taken_from)}" if result.taken_from else ""
    say(f"Conversation {options.id} is given to {one_line(to.name)}{taken}.")
    return DONE


async def _give(
    desk: Desk, options: argparse.Namespace, to: Addressee, words: team.HandOver
) -> Assigned | HeldBy | Resolved | None:
    if options.holder is None:
        return await team.assign(desk, options.id, to, words)
    return await team.reassign(desk, options.id, options.holder.removeprefix("@"), to, words)


async def _nobody(desk: Desk, name: str) -> int:
    known = [one_line(each.to.name) for each in await team.colleagues_of(desk)]
    more = ", ..." if len(known) > _MOST_NAMED else ""
    say(f"Nobody here is called {name!a}. There are: {', '.join(known[:_MOST_NAMED])}{more}.")
    return WRONG


async def free(seat: Seat, options: argparse.Namespace) -> int:
    """Free what another agent holds."""
    holder = options.holder.removeprefix("@")
    async with seat.writing() as desk:
        released = await team.release_from(desk, options.id, holder)
        row = None if released else await queue_row(desk, options.id)
    if released:
        say(f"Conversation {options.id} is free.")
        return DONE
    if row is None:
        return unknown(options.id)
    who = f"@{one_line(row.claimed_by)} holds it" if row.claimed_by else "nobody holds it"
    say(f"Conversation {options.id} is not held by @{one_line(holder)}: {who}.")
    return REFUSED
