"""When a conversation comes back by itself, and how that is said (F11): the time typed, moved into opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from careconsole.model.calendar import Calendar, CalendarError, add_business_minutes, skipped_holidays
from careconsole.model.when import EXAMPLES, NotRead, read_when

MAX_NOTE_CHARS = 500


class WakeMode(StrEnum):
    """Whether it comes back at its time whatever happened, or only if the customer has not written by then."""

    WAKE = "wake"
    WAKE_IF_SILENT = "wake_if_silent"

    @property
    def words(self) -> str:
        """The mode as it is written for people."""
        return "wake me" if self is WakeMode.WAKE else "wake if no answer"

    @property
    def other(self) -> WakeMode:
        """The other one of the two."""
        return WakeMode.WAKE_IF_SILENT if self is WakeMode.WAKE else WakeMode.WAKE


@dataclass(frozen=True, slots=True)
class Hours:
    """What is open when for the customers of an account, and the zone in which their times are meant."""

    calendar: Calendar
    zone: tzinfo
    zone_name: str = ""
    """Empty if the account has no calendar: its times are meant in the zone of whoever types them."""


@dataclass(frozen=True, slots=True)
class ComesBack:
    """A time that was read, and the note behind it."""

    at: datetime
    """In UTC; in opening hours."""
    typed_at: datetime
    """What was typed: the same, or a time at which nobody is there."""
    note: str = ""
    holiday: str = ""
    """What the typed day is, if the account is closed for it."""

    @property
    def is_moved(self) -> bool:
        """Whether it comes back later than typed."""
        return self.at != self.typed_at


def read_come_back(words: str, now: datetime, hours: Hours) -> ComesBack | NotRead:
    """The time that stands first and the note behind it; a time out of hours moves to the next open minute."""
    read = read_when(words, now, hours.zone)
    if isinstance(read, NotRead):
        return read
    if len(read.rest) > MAX_NOTE_CHARS:
        return NotRead(
            f"The note has {len(read.rest):,} characters; at most {MAX_NOTE_CHARS} are kept. Shorten it."
        )
    try:
        at = add_business_minutes(read.at, 0, hours.calendar)
    except CalendarError:
        return NotRead(f"The account is never open after that. Take an earlier time, for example {EXAMPLES}.")
    closed = "" if at == read.at else ", ".join(skipped_holidays(read.at, read.at, hours.calendar))
    return ComesBack(at, read.at, read.rest, closed)


def come_back_sentence(
    back: ComesBack, mode: WakeMode, now: datetime, hours: Hours, here: tzinfo, due_at: datetime | None = None
) -> str:
    """What will happen, in the customer's zone and in the agent's: to be confirmed, and said once more afterwards.

    `due_at` is when an answer is due that the customer still waits for: if that is before, it is said.
    """
    sentence = f"Comes back {when_in_both(back.at, now, hours, here)}: {mode.words}."
    if back.is_moved:
        closed = f" ({back.holiday})" if back.holiday else ""
        typed = day_and_time(back.typed_at, now, hours.zone)
        sentence += f" {typed} is outside opening hours{closed}, this is the next open minute."
    if due_at is not None and due_at < back.at:
        when = f"is due {day_and_time(due_at, now, here)} here" if due_at > now else "is overdue"
        sentence += f" The answer {when}: that clock runs on."
    return sentence


def when_in_both(at: datetime, now: datetime, hours: Hours, here: tzinfo) -> str:
    """A time ahead in the zone it was meant in, named, and here; `Fri 09:00 here` where those are one."""
    own = day_and_time(at, now, here)
    if not hours.zone_name:
        return f"{own} here"
    theirs = day_and_time(at, now, hours.zone)
    is_same_day = at.astimezone(here).date() == at.astimezone(hours.zone).date()
    return f"{theirs} ({hours.zone_name}), {own.split()[-1] if is_same_day else own} here"


def day_and_time(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A time ahead in a zone: `Fri 09:00` within six days, then with its date, in another year with that too."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    day = _WEEKDAYS[local.weekday()]
    if not 0 <= (local.date() - today).days < 7:
        day += f" {local.day} {_MONTHS[local.month - 1]}"
        day += f" {local.year}" if local.year != today.year else ""
    return f"{day} {local:%H:%M}"


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
