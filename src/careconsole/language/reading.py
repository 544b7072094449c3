"""Reads a message once, for everything the rank wants to know of its text."""

from __future__ import annotations

from careconsole.language.cue_index import cut
from careconsole.language.emergency import EmergencyWords
from careconsole.language.findings import find_cues
from careconsole.language.kinds import kind_of
from careconsole.language.mood import mood_of
from careconsole.model.folding import fold
from careconsole.model.message import Reading

_LONGEST = 5_000


def read(text: str, emergency: EmergencyWords) -> Reading:
    """The proposed kind, a clearly negative mood and an emergency, each with the cue that made it.

    The cues are words of our lists and of the settings, never the customer's. Of a longer text the first
    5,000 characters are read.
    """
    raw = text[:_LONGEST]
    pieces = cut(fold(raw))
    findings = find_cues(pieces)
    proposal = kind_of(pieces, findings, raw)
    hit = emergency.find_in(pieces)
    return Reading(
        proposal.kind, proposal.cue, mood_of(pieces, findings, raw), hit.word if hit is not None else ""
    )


def alarm_in(text: str, emergency: EmergencyWords) -> str:
    """The emergency word alone that `read` would find, or nothing."""
    hit = emergency.find(fold(text[:_LONGEST]))
    return hit.word if hit is not None else ""
