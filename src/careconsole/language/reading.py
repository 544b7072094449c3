"""Reads a message once, for everything the rank wants to know of its text."""

from __future__ import annotations

from typing import NamedTuple

from careconsole.language.cue_index import cut
from careconsole.language.detection import language_of
from careconsole.language.emergency import EmergencyWords
from careconsole.language.findings import find_all
from careconsole.language.kinds import kind_of
from careconsole.language.temper import Temper, Term, temper_of
from careconsole.model.folding import fold
from careconsole.model.message import Reading

_LONGEST = 5_000


def read(text: str, emergency: EmergencyWords) -> Reading:
    """The proposed kind and an emergency, each with the cue that made it, the language, the mood and the urgency.

    The cues are words of our lists and of the settings, never the customer's. Of a longer text the first
    5,000 characters are read, in one pass over its words.
    """
    return _read(text, emergency)[0]


class Explained(NamedTuple):
    """A reading, and every point that made mood and urgency."""

    reading: Reading
    terms: tuple[Term, ...]


def explain(text: str, emergency: EmergencyWords) -> Explained:
    """The same with the points of mood and urgency by name."""
    reading, temper = _read(text, emergency)
    return Explained(reading, temper.terms)


def _read(text: str, emergency: EmergencyWords) -> tuple[Reading, Temper]:
    raw = text[:_LONGEST]
    pieces = cut(fold(raw))
    detected = language_of(raw)
    believed = detected.code if detected.is_sure else ""
    findings, tempers = find_all(pieces, believed)
    temper = temper_of(pieces, tempers, raw, believed)
    proposal = kind_of(pieces, findings, raw)
    hit = emergency.find_in(pieces)
    reading = Reading(
        proposal.kind,
        proposal.cue,
        hit.word if hit is not None else "",
        detected.code,
        temper.mood,
        temper.urgency,
    )
    return reading, temper


def alarm_in(text: str, emergency: EmergencyWords) -> str:
    """The emergency word alone that `read` would find, or nothing."""
    hit = emergency.find(fold(text[:_LONGEST]))
    return hit.word if hit is not None else ""
