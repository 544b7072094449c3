"""erase and retention: what must not be kept any longer; without a word of assent they only count."""

from __future__ import annotations

import argparse
from pathlib import Path

from careconsole.cli.printing import DONE, REFUSED, one_line, put, put_table, say
from careconsole.cli.seat import Seat, Wrong
from careconsole.desk.erasing import Leaving, erase, extent_of, whom
from careconsole.desk.retaining import due, purge
from careconsole.settings import read_settings
from careconsole.settings.document import SETTINGS_FILE
from careconsole.store.erasing import Extent, Person

_WORDS = (
    "conversations",
    "messages",
    "earlier versions",
    "notes",
    "drafts",
    "replies",
    "learnt triggers",
    "requests for approval",
)
LEFT = (
    "Their words are gone from the desk, but some bytes are still in its file, which somebody has open. "
    "Close every console and type it once more."
)


async def erase_one(seat: Seat, options: argparse.Namespace) -> int:
    """Erase a customer, or say what that would take."""
    async with seat.writing() if options.yes else seat.reading() as desk:
        people = await whom(desk, options.customer)
        if not people:
            raise Wrong(
                f"There is no customer {options.customer}. Name a handle, or the number of a customer."
            )
        if len(people) > 1:
            say("Several customers have that handle; nothing was erased. Take the number of one:")
            for each in people:
                put(_named(each))
            return REFUSED
        [person] = people
        put(_named(person))
        if not options.yes:
            _put_extent(await extent_of(desk, person))
            say(
                "Nothing was erased. With --yes it is; there is no way back but a backup, and what was sent stays sent."
            )
            return DONE
        try:
            done = await erase(desk, person)
        except Leaving as error:
            say(str(error))
            return REFUSED
    _put_extent(done.extent)
    put(f"{done.lines} lines of files")
    for path in done.named:
        say(f"{path} still names them; it is yours to change or to delete.")
    _say_closed(done.closed)
    if done.mentions:
        say(f"Others name them in {done.mentions} messages of their own, which stay.")
    say("Backups from before still hold them; a backup that is restored is erased of them again.")
    if done.left:
        say(LEFT)
    return REFUSED if done.left or done.closed else DONE


def _say_closed(paths: tuple[Path, ...]) -> None:
    for path in paths:
        say(
            f"{path} is another user's, and was not looked at; it may still name them. Ask them to remove it."
        )


def _named(person: Person) -> str:
    handles = ", ".join(f"@{one_line(handle)}" for handle in person.handles)
    name = f" ({one_line(person.name)})" if person.name else ""
    return f"customer {', '.join(map(str, person.ids))}: {handles}{name}"


def _put_extent(extent: Extent) -> None:
    numbers = [getattr(extent, name) for name in Extent.__slots__]
    put_table(
        [[str(number), word] for number, word in zip(numbers, _WORDS, strict=True)], right=frozenset({0})
    )


async def retain(seat: Seat, options: argparse.Namespace) -> int:
    """Erase what was kept long enough, or say what that is."""
    retention = read_settings(seat.home / SETTINGS_FILE).retention
    if not retention:
        say(
            f"No [retention] in {seat.home / SETTINGS_FILE}: everything is kept. For example: all.resolved = 365"
        )
        return DONE
    async with seat.writing() if options.apply else seat.reading() as desk:
        found = await due(desk, retention)
        put_table(
            [
                [one_line(each.account), each.state, f"after {each.days} days", f"{each.extent.conversations} conversations",
                 f"{each.extent.messages} messages", f"{len(each.unreadable)} unreadable"]
                for each in found
            ]
        )  # fmt: skip
        if not options.apply:
            say("Nothing was erased. With --apply it is; the numbers of the reports stay.")
            return DONE
        done = await purge(desk, retention)
    put(f"erased {done.conversations} conversations")
    if done.leaving:
        say(f"{done.leaving} were left alone, as a reply to them is on its way. Try again in a minute.")
    _say_closed(done.closed)
    if done.left:
        say(LEFT)
    return REFUSED if done.leaving or done.left or done.closed else DONE
