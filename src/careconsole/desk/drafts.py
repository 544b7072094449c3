"""A draft before it leaves: what is known beside it, and what coach and guard say of it.

Their word lists are loaded when they are first needed, or by `warm_up`: a console begins without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from careconsole.desk.desk import Desk
from careconsole.language.detection import language_of
from careconsole.language.emergency import EmergencyWords
from careconsole.language.reading import read
from careconsole.model.message import Direction, Kind
from careconsole.model.priority import CLEARLY_NEGATIVE
from careconsole.model.voice import Brand
from careconsole.store.rows import ThreadEntry

if TYPE_CHECKING:
    from careconsole.language.coach import Occasion
    from careconsole.language.drafts import Circumstances, DraftFinding
    from careconsole.language.private_data import GuardRules

_READ_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside a draft: of the customer, of what was decided, of the house."""

    kind: Kind | None = None
    language: str = ""
    """The customer's, where it is sure; else empty."""
    is_upset: bool = False
    decision: str = ""
    """What was last decided for this customer; empty if nothing was."""
    brand: Brand = field(default_factory=Brand)
    me: str = ""
    """The agent's name, as it stands in a sign-off."""


def beside(
    desk: Desk, kind: Kind, entries: Sequence[ThreadEntry], brand: Brand, decision: str = ""
) -> Beside:
    """What the conversation says of the draft that answers it; `entries` is its thread, oldest first."""
    said = answered_text(entries)
    language = language_of(said)
    mood = read(said, desk.emergency).mood if said else 0.0
    return Beside(
        kind,
        language.code if language.is_sure else "",
        mood <= CLEARLY_NEGATIVE,
        decision,
        brand,
        desk.agent,
    )


def answered_text(entries: Sequence[ThreadEntry]) -> str:
    """What the customer said that waits for an answer, newest first; the newest message if none waits."""
    theirs = [entry for entry in reversed(entries) if is_theirs(entry)]
    waiting = [entry for entry in theirs if not entry.is_answered] or theirs[:1]
    return "\n".join(entry.text for entry in waiting)[:_READ_CHARS]


PRIVATE_WAITS = "A private message of the customer waits here too; a PUBLIC reply counts as its answer."


def private_waits(entries: Sequence[ThreadEntry]) -> bool:
    """Whether a private message of the customer is among those that a reply would answer."""
    return any(
        is_theirs(entry) and not entry.is_answered and not entry.visibility.is_public for entry in entries
    )


def is_theirs(entry: ThreadEntry) -> bool:
    """Whether it is a message of the customer that still stands."""
    return entry.direction is Direction.IN and not entry.is_note and entry.deleted_us is None


def check_draft(
    draft: str, known: Beside, *, is_public: bool, length: int, limit: int | None
) -> list[DraftFinding]:
    """What guard and coach find in a draft, in its order; `length` is as the network counts it."""
    from careconsole.language.drafts import check

    return check(draft, _circumstances(draft, known, is_public=is_public, length=length, limit=limit))


def guard_draft(
    draft: str, known: Beside, *, is_public: bool, length: int, limit: int | None
) -> list[DraftFinding]:
    """What the guard alone finds in a draft, in its order: the same as `check_draft`, without the notes on tone."""
    from careconsole.language.drafts import guard

    return guard(draft, _circumstances(draft, known, is_public=is_public, length=length, limit=limit))


def _circumstances(
    draft: str, known: Beside, *, is_public: bool, length: int, limit: int | None
) -> Circumstances:
    from careconsole.language.drafts import Circumstances

    return Circumstances(
        occasion=_occasion(draft, known),
        rules=_rules(known.brand),
        is_public=is_public,
        length=length,
        limit=limit,
        customer_language=known.language,
        language_of=_language,
        decision=known.decision,
    )


def measure_draft(draft: str) -> tuple[int, int]:
    """Words of a draft, and the seconds it takes to read them."""
    from careconsole.language.coach import measure

    return measure(draft)


def redact_draft(draft: str, known: Beside) -> str:
    """The draft with the name of its kind in place of everything private, in the draft's language."""
    from careconsole.language.private_data import find_private, redacted

    return redacted(draft, find_private(draft, _rules(known.brand)), _occasion(draft, known).language or "en")


def draft_language(draft: str) -> str:
    """The language of a draft where that is sure, else empty."""
    found = language_of(draft)
    return found.code if found.is_sure else ""


def has_private(text: str, known: Beside) -> bool:
    """Whether there is anything in the text that should not be public."""
    from careconsole.language.private_data import find_private

    return bool(find_private(text, _rules(known.brand)))


def warm_up(emergency: EmergencyWords) -> None:
    """Load what reads messages, and what looks at drafts in English: a few tenths of a second, once."""
    read("Where is it?", emergency)
    make_ready("en")


def make_ready(language: str) -> None:
    """Load the word lists for drafts to a customer of this language, and the tables of telephone numbers."""
    known = Beside(Kind.COMPLAINT, language)
    check_draft("+49 30 901820, 30 EUR.", known, is_public=True, length=0, limit=None)


def _occasion(draft: str, known: Beside) -> Occasion:
    from careconsole.language.coach import Occasion

    code, is_sure = _language(draft)
    language = code if is_sure else known.language
    return Occasion(language, known.kind, known.is_upset, known.brand.voices.get(language), known.me)


def _language(text: str) -> tuple[str, bool]:
    found = language_of(text)
    return found.code, found.is_sure


def _rules(brand: Brand) -> GuardRules:
    from careconsole.language.private_data import REGIONS, GuardRules

    return GuardRules(brand.orders, brand.regions or REGIONS, brand.own)
