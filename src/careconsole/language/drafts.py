"""Everything there is to say of a draft before it leaves: what the guard finds and what the coach notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from careconsole.language.amounts import amounts_in
from careconsole.language.coach import Occasion, coach
from careconsole.language.private_data import GuardRules, find_private
from careconsole.model import open_hole

_SAME_LANGUAGE = {"sr": "hr", "bs": "hr"}
_LANGUAGE_NAMES = {
    "en": "English", "de": "German", "ru": "Russian", "zh": "Chinese", "hr": "Croatian", "et": "Estonian",
    "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish",
    "uk": "Ukrainian", "fi": "Finnish", "sv": "Swedish", "tr": "Turkish", "ja": "Japanese", "ar": "Arabic",
}  # fmt: skip
PRIVATE_WORDS = {
    "order": "an order number",
    "IBAN": "an IBAN",
    "card": "a card number",
    "e-mail": "an e-mail address",
    "phone": "a phone number",
}
"""What each sort of private finding is called."""


class Weight(StrEnum):
    """How much a finding weighs."""

    BLOCKS = "blocks"
    """The reply cannot leave like this."""
    ASKS = "asks"
    """The reply is refused once; whoever sends it again means it."""
    ADVISES = "advises"


class DraftFinding(NamedTuple):
    """One thing about a draft, from `start` up to, not including, `end`."""

    what: str
    """order, IBAN, card, e-mail, phone, open hole, too long, other language, other amount, or what a tone note is."""
    start: int
    end: int
    text: str
    reason: str
    """A sentence."""
    weight: Weight


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beside the draft; what is not known is not checked."""

    occasion: Occasion = field(default_factory=Occasion)
    rules: GuardRules = field(default_factory=GuardRules)
    is_public: bool = True
    length: int = 0
    """As the network counts it."""
    limit: int | None = None
    customer_language: str = ""
    language_of: Callable[[str], tuple[str, bool]] | None = None
    """The language of a text, and whether that is sure."""
    decision: str = ""
    """What was last decided for this customer."""


def check(draft: str, circumstances: Circumstances) -> list[DraftFinding]:
    """The findings and notes of a draft in its order; of those at one place, the heavier first."""
    notes = [
        DraftFinding(
            note.what, note.start, note.end, draft[note.start : note.end], note.reason, Weight.ADVISES
        )
        for note in coach(draft, circumstances.occasion).notes
    ]
    return _in_order([*guard(draft, circumstances), *notes])


def guard(draft: str, circumstances: Circumstances) -> list[DraftFinding]:
    """What should not leave, in the draft's order, without the notes on its tone."""
    return _in_order(
        [
            *_private(draft, circumstances),
            *open_holes(draft),
            *_too_long(draft, circumstances),
            *_other_language(draft, circumstances),
            *_other_amounts(draft, circumstances.decision),
        ]
    )


def _in_order(found: list[DraftFinding]) -> list[DraftFinding]:
    weights = list(Weight)
    return sorted(found, key=lambda one: (one.start, weights.index(one.weight), one.end))


def _private(draft: str, circumstances: Circumstances) -> Iterator[DraftFinding]:
    weight = Weight.ASKS if circumstances.is_public else Weight.ADVISES
    for what, start, end, text in find_private(draft, circumstances.rules):
        where = (
            "and this reply is public; write it in private or take it out" if circumstances.is_public else ""
        )
        reason = f'"{text}" is {PRIVATE_WORDS[what]}{", " if where else ""}{where}.'
        yield DraftFinding(what, start, end, text, reason, weight)


def open_holes(draft: str) -> Iterator[DraftFinding]:
    """The holes that nobody filled, broken ones as well; a reply with one does not leave."""
    for start, end in open_hole.open_holes(draft):
        hole = draft[start:end]
        reason = f'"{hole}" is still open; fill it or take it out.'
        if open_hole.is_broken(hole):
            line, at = draft.count("\n", 0, start) + 1, start - draft.rfind("\n", 0, start)
            where = f"line {line}, character {at}" if "\n" in draft else f"character {at}"
            reason = f'"{hole}" ({where}) is what is left of a hole; write the words there or take it out.'
        yield DraftFinding("open hole", start, end, hole, reason, Weight.BLOCKS)


def _too_long(draft: str, circumstances: Circumstances) -> Iterator[DraftFinding]:
    limit, length = circumstances.limit, circumstances.length
    if limit is None or length <= limit:
        return
    start = max(0, len(draft) - (length - limit))
    reason = f"{length} characters, {length - limit} more than this network takes; make it shorter or send it in parts."
    yield DraftFinding("too long", start, len(draft), draft[start:], reason, Weight.BLOCKS)


def _other_language(draft: str, circumstances: Circumstances) -> Iterator[DraftFinding]:
    wanted = _one_of(circumstances.customer_language)
    if wanted in ("", "unknown") or circumstances.language_of is None:
        return
    code, is_sure = circumstances.language_of(open_hole.without_holes(draft))
    written = _one_of(code)
    if is_sure and written not in ("unknown", wanted):
        reason = f"The customer writes {_named(wanted)}, the draft is {_named(written)}."
        yield DraftFinding("other language", 0, len(draft), draft, reason, Weight.ASKS)


def _one_of(code: str) -> str:
    return _SAME_LANGUAGE.get(code, code)


def _named(code: str) -> str:
    return f"{_LANGUAGE_NAMES[code]} ({code})" if code in _LANGUAGE_NAMES else code


def _other_amounts(draft: str, decision: str) -> Iterator[DraftFinding]:
    """Amounts that the decision does not name, if it names any."""
    decided = amounts_in(decision)
    given = {(amount.value, amount.currency) for amount in decided}
    for value, currency, start, end in amounts_in(draft) if decided else ():
        if (value, currency) not in given:
            said = " and ".join(f'"{decision[one.start : one.end]}"' for one in decided[:3])
            reason = f'"{draft[start:end]}" is another amount than the last decision, which says {said}.'
            yield DraftFinding("other amount", start, end, draft[start:end], reason, Weight.ASKS)
