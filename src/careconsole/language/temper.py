"""Mood and urgency of a message, as sums of points that each have a name.

Mood is -1 (upset) to 1 (pleased), urgency 0 (nothing to do) and up; 1 is a message that says neither. The points of
the cues are in the lists of each language; signs (capitals, `?!`, faces) add theirs. The scores of the terms add up to
the mood and to the urgency.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, NamedTuple

from careconsole.language.cue_index import Found, Text, cut
from careconsole.language.findings import TemperFindings, find_all
from careconsole.language.turns_of_phrase_en import CLOSING_THANKS
from careconsole.language.word_play import hidden_words
from careconsole.language.written_signs import signs_of
from careconsole.model.folding import fold

A_MESSAGE = "a message"
"""The term that every message has."""

_HALF_WAY = 4.0
"""The points at which a mood is half as bad or good as can be."""
_STRONGER, _TURNED, _SOFTENED = 1.3, -0.7, 0.3
_WEAK = 0.8
_OFTEN = 2
_FAILED = (-1.4, 2.4)
_PRAISE = 2.0
_CALM, _MUCH_CALM = -1.9, 6.0
_ASKS, _ASKED, _AT_THE_END, _OF_COURSE = 1.2, 1.5, 2, 0.2
"""The urgency of a cue that asks for something, how much of it makes a request, how many words may follow the thanks
that end one, and how much these count."""


class Term(NamedTuple):
    """One point of a score: what stands in the message, in words of our lists, and how much it counts."""

    term: str
    score: float
    for_: Literal["mood", "urgency"]


_Points = tuple[Found | str, str, float, float]
"""What a cue or a sign counts: what it is (a cue is put into words only when somebody asks), what stands before its
name, its mood and its urgency."""


class Temper:
    """How a message sounds: its mood and its urgency, and on demand why."""

    def __init__(self, points: list[_Points]) -> None:
        self._points = points
        calm = up = down = 0.0
        for _, _, mood, urgency in points:
            if _CALM < mood < 0:
                calm -= mood
            if urgency > 0:
                up += urgency
            else:
                down -= urgency
        self._ease = ease = 1 / (1 + calm / _MUCH_CALM)
        total = sum([mood * ease if _CALM < mood < 0 else mood for _, _, mood, _ in points])
        self._scale = 1 / (_HALF_WAY + abs(total))
        self.mood = total * self._scale
        self.urgency = (1 + up) / (1 + down)
        self._share = (1 + up - self.urgency) / down if down else 0.0

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every point by its name, with its share of the scores."""
        terms = [Term(A_MESSAGE, 1.0, "urgency")]
        for source, prefix, mood, urgency in self._points:
            name = prefix + (source if isinstance(source, str) else source.told)
            if mood:
                terms.append(Term(name, self._eased(mood) * self._scale, "mood"))
            if urgency:
                share = 1.0 if urgency > 0 else self._share
                terms.append(Term(name, urgency * share, "urgency"))
        return tuple(terms)

    def _eased(self, mood: float) -> float:
        """Calm facts of a complaint count less the more there are: a long report is no outburst."""
        return mood * self._ease if _CALM < mood < 0 else mood


def read_temper(raw: str, language: str = "") -> Temper:
    """Mood and urgency of a text; the language, if known, tells which list to believe."""
    text = cut(fold(raw))
    return temper_of(text, find_all(text, language)[1], raw, language)


def temper_of(text: Text, findings: TemperFindings, raw: str, language: str = "") -> Temper:
    """The same for a text that was cut and searched already."""
    if hidden := hidden_words(raw):
        findings = _with_hidden(findings, hidden, language)
    points = _of_cues(text, _believed(findings, language))
    so_far = pressing = 0.0
    for _, _, mood, urgency in points:
        so_far += mood
        if urgency > 0:
            pressing += urgency
    for name, mood, urgency in signs_of(raw, len(text.tokens), so_far, pressing):
        points.append((name, "", mood, urgency))
    return Temper(points)


def _with_hidden(findings: TemperFindings, hidden: str, language: str) -> TemperFindings:
    """The findings, and those of words that were drawn out or written into a hashtag."""
    every = {code: list(found) for code, found in findings.items()}
    for code, found in find_all(cut(fold(hidden)), language)[1].items():
        every.setdefault(code, []).extend(found)
    return every


def _believed(findings: TemperFindings, language: str) -> list[Found]:
    """The cues of the language, or if it is not known of the one whose list has most to say."""
    if language in findings or not findings:
        return findings.get(language, [])
    if language:
        return []
    most = max(map(len, findings.values()))
    likely = [found for found in findings.values() if 2 * len(found) >= most]
    return likely[0] if len(likely) == 1 else max(likely, key=_weight)


def _weight(found: list[Found]) -> float:
    return sum([1 + abs(one.cue.mood) for one in found])


def _of_cues(text: Text, every: list[Found]) -> list[_Points]:
    """The points of the cues, one that is repeated once more at half; thanks that end a request count little."""
    points: list[_Points] = []
    counted: dict[str, int] = {}
    has_failed = False
    asked = 0.0
    denies, strengthens = text.denies, text.strengthens
    for found in every:
        cue = found.cue
        times = counted[cue.entry] = counted.get(cue.entry, 0) + 1
        if times > _OFTEN:
            continue
        mood, urgency, prefix = cue.mood / times, cue.urgency / times, ""
        if strengthens and found.strengthened:
            mood, prefix = mood * _STRONGER, "very "
        if denies and not -_WEAK <= mood <= _WEAK and found.negated:
            prefix = "not "
            if mood > 0:
                mood, urgency = mood * _TURNED, abs(urgency) / 3
            else:
                mood, urgency = mood * _SOFTENED, urgency / 2
        elif asked >= _ASKED and cue.entry in CLOSING_THANKS and found.words_after <= _AT_THE_END:
            mood, urgency, prefix = mood * _OF_COURSE, urgency * _OF_COURSE, "closing "
        has_failed = has_failed or (urgency >= _FAILED[1] and mood <= _FAILED[0])
        if mood >= _PRAISE:
            asked = 0.0
        elif urgency >= _ASKS:
            asked += urgency
        points.append((found, prefix, mood, urgency))
    return _doubted(points) if has_failed else points


def _doubted(points: list[_Points]) -> list[_Points]:
    """The points, praise counting half where something failed: "great, delayed again" is not meant."""
    return [
        (source, prefix, mood / 2, urgency / 2) if mood >= _PRAISE else (source, prefix, mood, urgency)
        for source, prefix, mood, urgency in points
    ]
