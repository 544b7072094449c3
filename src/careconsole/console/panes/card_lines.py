"""The card of a customer in words: who, reach, VIP, last contacts, open promises, the last decision.

Our own words come first in every sentence; what people wrote or are called is the last thing in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from careconsole.console.text import counted
from careconsole.model.come_back import Hours, when_in_both
from careconsole.model.instant import from_us, to_us
from careconsole.model.note_mark import MarkedNote, NoteMark
from careconsole.model.text_gate import safe_line
from careconsole.model.when import NotRead
from careconsole.store.identity_links import Suggestion
from careconsole.store.person import Card, Contact, Facts, Identity, MarkedLine

NAME_CHARS = 120


def who_words(card: Card) -> str:
    """All their handles, then their names."""
    handles = dict.fromkeys(_handle(each) for each in card.identities)
    names = dict.fromkeys(each.name for each in card.identities if each.name.strip())
    return " ".join([*handles, *(safe_line(name, max_chars=NAME_CHARS).text for name in names)])


def _handle(identity: Identity) -> str:
    return "@" + safe_line(identity.full_handle or identity.handle, max_chars=NAME_CHARS).text


def reach_words(card: Card) -> str:
    """How many they reach."""
    return f"reach {card.reach:,}"


def vip_words(card: Card) -> str:
    """Whether they are a VIP, and why."""
    if not card.is_vip:
        return "no VIP"
    return f"VIP: {safe_line(card.vip_note).text}" if card.vip_note else "VIP"


def contact_words(card: Card, now: datetime, zone: tzinfo | None) -> str:
    """How many contacts there were before this one, and the last three."""
    if not card.contact_count:
        return "first contact"
    told = "; ".join(_contact(each, now, zone) for each in card.contacts)
    return f"{counted(card.contact_count, 'contact')} before: {told}"


def _contact(contact: Contact, now: datetime, zone: tzinfo | None) -> str:
    kind = contact.kind.value.replace("_", " ")
    end = contact.disposition.replace("_", " ") or "open"
    account = safe_line(contact.account, max_chars=64).text
    return f"{time_words(contact.opened_us, now, zone)} {kind} on {account}, {end}"


def promise_words(promise: MarkedLine, now: datetime, zone: tzinfo | None) -> str:
    """A promise with its time, who gave it, and what it is."""
    due_us = promise.due_us or 0
    late = ", LATE" if due_us < to_us(now) else ""
    by = safe_line(promise.agent, max_chars=64).text
    return f"promised by {time_words(due_us, now, zone)}{late} ({by}): {safe_line(promise.text).text}"


def promises_line(card: Card, now: datetime, zone: tzinfo | None) -> str:
    """The open promises in one line: the first due, and how many more; empty if there is none."""
    if not card.promises:
        return ""
    more = len(card.promises) - 1
    others = f"{more + 1} open promises, next " if more else ""
    return f"{others}{promise_words(card.promises[0], now, zone)}"


def decision_words(decision: MarkedLine, now: datetime, zone: tzinfo | None) -> str:
    """What was decided last, when, and by whom."""
    by = safe_line(decision.agent, max_chars=64).text
    when = time_words(decision.at_us, now, zone)
    return f"decided {when} ({by}): {safe_line(decision.text).text}"


def fact_words(facts: Facts) -> Iterator[str]:
    """What agents wrote down, one sentence each."""
    if facts.birthday:
        yield f"birthday {facts.birthday}"
    if facts.orders:
        yield f"orders: {safe_line(facts.orders).text}"
    if facts.about:
        yield f"about: {safe_line(facts.about).text}"


def suggestion_words(suggestion: Suggestion) -> str:
    """Who may be the same person, and why."""
    why = "; ".join(safe_line(each, max_chars=NAME_CHARS).text for each in suggestion.reasons)
    handle = safe_line(suggestion.handle, max_chars=NAME_CHARS).text
    return (
        f"perhaps the same person ({why}): @{handle} {safe_line(suggestion.name, max_chars=NAME_CHARS).text}"
    )


def header_words(
    card: Card, now: datetime, zone: tzinfo | None, *, is_tall: bool
) -> Iterator[tuple[str, str]]:
    """What of the card stands above the thread, with the look of each line; the contacts only where there is room."""
    if is_tall:
        yield contact_words(card, now, zone), "quiet"
    if card.decision is not None:
        yield decision_words(card.decision, now, zone), "header"
    if promises := promises_line(card, now, zone):
        yield promises, "warn"


def time_words(at_us: int, now: datetime, zone: tzinfo | None) -> str:
    """A time, with the date where it is another day."""
    at, today = from_us(at_us).astimezone(zone), now.astimezone(zone)
    if at.date() == today.date():
        return f"{at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == today.year else f"{at:%Y-%m-%d %H:%M}"


def note_words(note: MarkedNote | NotRead, now: datetime, hours: Hours, here: tzinfo) -> tuple[str, ...]:
    """What a note is kept as beside being a note, as sentences for its review; times in the zone they are meant in."""
    if isinstance(note, NotRead):
        return (note.sentence,)
    if note.mark is NoteMark.DECISION:
        return ("Kept as the last decision: it is pinned above the thread.",)
    if note.due_at is not None:
        when = when_in_both(note.due_at, now, hours, here)
        return (f"Kept as a promise by {when}: it stands above the thread until it is marked as kept.",)
    return ()
