"""Mood and urgency of a message, as sums of points that each have a name.

Mood is -1 (upset) to 1 (pleased), urgency 0 (nothing to do) and up; 1 is a message that says neither. The points of
the cues are in the lists of each language; signs (capitals, `?!`, faces) add theirs. The scores of the terms add up to
the mood and to the urgency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from careconsole.language.cue_index import Found, Text, cut
from careconsole.language.findings import TemperFindings, find_all
from careconsole.language.word_play import hidden_words
from careconsole.language.written_signs import Sign, signs_of
from careconsole.model.folding import fold

MOOD: Literal["mood"] = "mood"
URGENCY: Literal["urgency"] = "urgency"
A_MESSAGE = "a message"

_HALF_WAY = 4.0
"""The points at which a mood is half as bad or good as can be."""
_STRONGER, _TURNED, _SOFTENED = 1.3, -0.7, 0.3
_WEAK = 0.8
_OFTEN = 2


class Term(NamedTuple):
    """One point of a score: what stands in the message, in words of our lists, and how much it counts."""

    term: str
    score: float
    for_: Literal["mood", "urgency"]


class Temper(NamedTuple):
    """How a message sounds, and why."""

    mood: float
    urgency: float
    terms: tuple[Term, ...]


class _Points(NamedTuple):
    term: str
    mood: float
    urgency: float


def read_temper(raw: str, language: str = "") -> Temper:
    """Mood and urgency of a text; the language, if known, tells which list to believe."""
    text = cut(fold(raw))
    return temper_of(text, find_all(text)[1], raw, language)


def temper_of(text: Text, findings: TemperFindings, raw: str, language: str = "") -> Temper:
    """The same for a text that was cut and searched already."""
    if hidden := hidden_words(raw):
        findings = _with_hidden(findings, hidden)
    points = list(_of_cues(_believed(findings, language)))
    so_far = sum(point.mood for point in points)
    points += (_Points(*sign) for sign in signs_of(raw, len(text.tokens), so_far))
    return _added_up(points)


def _with_hidden(findings: TemperFindings, hidden: str) -> TemperFindings:
    """The findings, and those of words that were drawn out or written into a hashtag."""
    every = {language: list(found) for language, found in findings.items()}
    for language, found in find_all(cut(fold(hidden)))[1].items():
        every.setdefault(language, []).extend(found)
    return every


def _believed(findings: TemperFindings, language: str) -> list[Found]:
    """The cues of the language, or if it is not known of the one whose list has most to say."""
    if language in findings or not findings:
        return findings.get(language, [])
    if language:
        return []
    return max(findings.values(), key=_weight)


def _weight(found: list[Found]) -> float:
    return sum(0.2 + abs(one.cue.mood) + abs(one.cue.urgency) / 2 for one in found)


def _of_cues(every: list[Found]) -> Iterator[_Points]:
    counted: dict[str, int] = {}
    for found in every:
        told = found.told
        times = counted[told] = counted.get(told, 0) + 1
        if times > _OFTEN:
            continue
        mood, urgency = found.cue.mood / times, found.cue.urgency / times
        if found.strengthened:
            mood, told = mood * _STRONGER, f"very {told}"
        if abs(mood) > _WEAK and found.negated:
            told = f"not {told}"
            if mood > 0:
                mood, urgency = mood * _TURNED, abs(urgency) / 3
            else:
                mood, urgency = mood * _SOFTENED, urgency / 2
        yield _Points(told, mood, urgency)


def _added_up(points: list[_Points]) -> Temper:
    """The scores, and every term with its share of them."""
    total = sum(point.mood for point in points)
    scale = 1 / (_HALF_WAY + abs(total))
    up = 1 + sum(point.urgency for point in points if point.urgency > 0)
    down = -sum(point.urgency for point in points if point.urgency < 0)
    shrunk = up / (1 + down)
    share = (up - shrunk) / down if down else 0.0
    terms = [Term(A_MESSAGE, 1.0, URGENCY)]
    for name, mood, urgency in points:
        if mood:
            terms.append(Term(name, mood * scale, MOOD))
        if urgency:
            terms.append(Term(name, urgency if urgency > 0 else urgency * share, URGENCY))
    return Temper(total * scale, shrunk, tuple(terms))


__all__ = ["MOOD", "URGENCY", "Sign", "Term", "Temper", "read_temper", "temper_of"]
