"""Troll or upset customer? Two tests of a message, each with its reason (product.md G16).

A troll is vague, extreme and against the firm in general; an upset customer has details or has been in touch before.
It is a hint for the agent who asks for it, and decides nothing: no message is hidden or ranked by it, and a message
with a concrete issue is never suspected.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from careconsole.language.cue_index import Found, cut
from careconsole.language.findings import find_all
from careconsole.language.provocation_cues import SAYS_NOTHING, speaks
from careconsole.model.folding import fold

_LONGEST = 5_000
_EXTREME = -2.4
_ISSUE = 0.9
_ADDRESSES = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+")
_NUMBER = re.compile(r"\d")
_SHOWN = 3


class Verdict(NamedTuple):
    """Whether a test is met, and why, in a sentence."""

    is_met: bool
    reason: str


class Suspicion(NamedTuple):
    """Both tests of a message."""

    vague: Verdict
    """Vague, and about the firm in general."""
    details: Verdict
    """Details, or earlier contact."""

    @property
    def is_suspected(self) -> bool:
        """Whether it looks like provocation: vague without any detail."""
        return self.vague.is_met and not self.details.is_met


def suspicion_of(text: str, earlier_contacts: int = 0) -> Suspicion:
    """Both tests of a text whose author has been in touch so many times before."""
    raw = text[:_LONGEST]
    pieces = cut(fold(raw))
    of_kind, of_temper = find_all(pieces)
    every = [found for layer in of_temper.values() for found in layer]
    facts = [found for found in every if found.cue.urgency >= _ISSUE and found.cue.mood > _EXTREME]
    facts += [found for found in of_kind.get("complaint", ()) if not found.cue.weight]
    facts += of_kind.get("question", ())
    facts = [found for found in facts if found.told not in SAYS_NOTHING]
    said = _said(raw, facts)
    extreme = [found for found in every if found.cue.mood <= _EXTREME and not found.negated]
    vague = _vague(extreme, speaks().every(pieces), carries_details=bool(said))
    return Suspicion(vague, _details(said, earlier_contacts))


def _said(raw: str, facts: list[Found]) -> list[str]:
    """What the text itself carries of details."""
    reasons = []
    if facts:
        reasons.append(f"it says or asks something ({_named(facts)})")
    if _NUMBER.search(_ADDRESSES.sub(" ", raw)):
        reasons.append("it has a number, a date or an amount")
    return reasons


def _details(said: list[str], earlier_contacts: int) -> Verdict:
    reasons = list(said)
    if earlier_contacts:
        reasons.append(f"in touch {earlier_contacts} {'time' if earlier_contacts == 1 else 'times'} before")
    if not reasons:
        return Verdict(False, "No order, date, amount or event, and no earlier contact.")
    sentence = "; ".join(reasons)
    return Verdict(True, f"{sentence[0].upper()}{sentence[1:]}.")


def _vague(extreme: list[Found], general: list[Found], *, carries_details: bool) -> Verdict:
    if carries_details:
        return Verdict(False, "It carries details.")
    if extreme and general:
        return Verdict(
            True, f"Strong words ({_named(extreme)}) about the firm in general ({_named(general)})."
        )
    if len({found.cue.entry for found in extreme}) > 1:
        return Verdict(True, f"Strong words ({_named(extreme)}), and nothing that happened.")
    return Verdict(False, "No strong words about the firm in general.")


def _named(every: list[Found]) -> str:
    return ", ".join(list(dict.fromkeys(found.told for found in every))[:_SHOWN])
