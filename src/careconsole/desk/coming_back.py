"""What comes back by itself: put to sleep until a time, wake, and bring back what is due (F11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from careconsole.desk.allowing import needs
from careconsole.desk.desk import Desk
from careconsole.model.calendar import ALWAYS_OPEN
from careconsole.model.come_back import ComesBack, Hours, WakeMode, come_back_sentence, read_come_back
from careconsole.model.conversation import HeldBy, Resolved
from careconsole.model.instant import from_us, to_us
from careconsole.model.priority import RankPolicy
from careconsole.model.rights import Verb
from careconsole.model.when import NotRead
from careconsole.store import boomerangs, queue
from careconsole.store.acts import Done
from careconsole.store.contract import ReadTx, Store
from careconsole.store.rows import QueueRow
from careconsole.store.rules import policy_of, whole_in_force

__all__ = ["ComesBack", "Done", "NotRead", "WakeMode"]


class Here(tzinfo):
    """The time zone of this machine, daylight saving and all: where whoever types sits."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """How far ahead of UTC the clocks here are at a local time."""
        return None if at is None else at.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, at: datetime | None) -> timedelta | None:
        """Not known apart from the offset."""
        return None

    def tzname(self, at: datetime | None) -> str:
        """As sentences call it."""
        return "here"

    def fromutc(self, at: datetime) -> datetime:
        """The local time of an instant."""
        there = at.replace(tzinfo=UTC).astimezone()
        local = there.replace(tzinfo=self)
        return local if local.utcoffset() == there.utcoffset() else local.replace(fold=1)


HERE = Here()


@dataclass(frozen=True, slots=True)
class SleepingRoom:
    """What there is to know of a conversation before it is put to sleep: then any words are read at once."""

    hours: Hours
    due_at: datetime | None
    """When an answer is due; None if the customer waits for none."""
    here: tzinfo

    def read(self, words: str, now: datetime) -> ComesBack | NotRead:
        """The time that stands first, and the note behind it."""
        return read_come_back(words, now, self.hours)

    def sentence(self, back: ComesBack, mode: WakeMode, now: datetime) -> str:
        """What will happen, in both time zones."""
        return come_back_sentence(back, mode, now, self.hours, self.here, self.due_at)


def hours_of(policy: RankPolicy, account: str, here: tzinfo = HERE) -> Hours:
    """The hours of an account, in whose zone times are meant; without a calendar always open, in the zone here."""
    calendar = policy.calendars.get(account)
    if calendar is None:
        return Hours(ALWAYS_OPEN, here)
    return Hours(calendar, calendar.zone, calendar.zone_name)


async def sleeping_room(desk: Desk, conversation_id: int, here: tzinfo = HERE) -> SleepingRoom | None:
    """What there is to know before a conversation is put to sleep; None if there is no such conversation.

    Times are meant in the zone of the account's calendar; where there is none, in the zone here.
    """

    async def question(tx: ReadTx) -> SleepingRoom | None:
        row = await queue.one(tx, desk.agent, conversation_id)
        if row is None:
            return None
        policy = policy_of(await whole_in_force(tx)) or desk.rules.policy
        hours = hours_of(policy, row.account, here)
        return SleepingRoom(hours, from_us(row.due_us) if row.unanswered else None, here)

    return await desk.store.read(question)


@needs(Verb.SNOOZE)
async def snooze(
    desk: Desk, conversation_id: int, back: ComesBack, mode: WakeMode
) -> Done | HeldBy | Resolved | None:
    """Let a conversation that is free or mine come back at a time; None if there is no such conversation."""
    due_us = to_us(back.at)
    return await desk.store.write(
        lambda tx: boomerangs.snooze(tx, conversation_id, desk.agent, due_us, mode, back.note, desk.roster)
    )


@needs(Verb.SNOOZE)
async def wake(desk: Desk, conversation_id: int) -> Done | None:
    """Bring a conversation back now; None if there is none such, an event 0 if it does not sleep."""
    return await desk.store.write(lambda tx: boomerangs.wake(tx, conversation_id, desk.agent))


async def any_due(desk: Desk) -> bool:
    """Whether the time of something has come that is not back yet."""
    return await desk.store.read(boomerangs.any_due)


async def wake_due(store: Store) -> int:
    """Bring back whatever is due, whoever put it to sleep; how much that was. Each comes back once, whoever looks."""
    woken = 0
    while await store.read(boomerangs.any_due):
        some = await store.write(boomerangs.wake_due)
        if not some:  # another process was quicker
            break
        woken += some
    return woken


async def snoozed(desk: Desk, limit: int | None = None) -> list[QueueRow]:
    """Conversations that sleep, whoever put them to sleep; what comes back first stands first."""
    return await desk.store.read(
        lambda tx: queue.snoozed_rows(tx, desk.agent, -1 if limit is None else limit)
    )


async def woken_since(desk: Desk, seq: int | None) -> tuple[list[tuple[QueueRow, str]], int]:
    """What I put to sleep and came back by itself after an event (None: nothing yet), and the event to go on after.

    Each with who woke it: time, customer or reply.
    """

    async def question(tx: ReadTx) -> tuple[list[tuple[QueueRow, str]], int]:
        found, newest = await boomerangs.woken_after(tx, desk.agent, seq)
        rows = {row.id: row for row in await queue.some(tx, desk.agent, [id_ for id_, _ in found])}
        return [(rows[id_], by) for id_, by in found], newest

    return await desk.store.read(question)
