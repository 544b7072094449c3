"""Every cue of kind, mood and urgency that stands in a message, found in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from careconsole.language.complaint_cues import COMPLAINTS
from careconsole.language.cue_index import CueIndex, Found, Text
from careconsole.language.cues import Cue
from careconsole.language.kind_cues import (
    ASKED_IDEAS,
    BRAND_TALK,
    CONTRASTS,
    EXCEPTIONS,
    IDEAS,
    NOISE,
    PRAISE,
    QUESTIONS,
)
from careconsole.language.temper_cues import temper_cues

_HEAVIEST = 3


Findings = Mapping[str, list[Found]]
"""The cues of a message by sort (complaint, question, asked_idea, idea, praise, brand_talk, noise, contrast), each
sort in the order of the text; a sort without a cue is missing."""

TemperFindings = Mapping[str, list[Found]]
"""The cues of mood and urgency by the language of their list, in the order of the text; a list without is missing."""

OF_KIND = ""


def _all_cues() -> Iterator[Cue]:
    for language, grades in COMPLAINTS.items():
        for lightness, listed in enumerate(grades):
            for entry in listed:
                yield Cue(entry, language, "complaint", _HEAVIEST - lightness)
    by_language = {
        "question": QUESTIONS,
        "idea": IDEAS,
        "praise": PRAISE,
        "brand_talk": BRAND_TALK,
        "noise": NOISE,
    }
    for sort, lists in by_language.items():
        for language, listed in lists.items():
            for entry in listed:
                yield Cue(entry, language, sort)
    for sort, listed in {"asked_idea": ASKED_IDEAS, "contrast": CONTRASTS, "": EXCEPTIONS}.items():
        for entry in listed:
            yield Cue(entry, "", sort)
    yield from temper_cues()


@cache
def _index() -> CueIndex:
    """Built when the first message is read, not when the program starts."""
    return CueIndex(_all_cues())


def find_cues(text: Text) -> Findings:
    """The cues of kind that stand in a text."""
    return _by_sort(_index().layered(text, (OF_KIND,)).get(OF_KIND, []))


def find_all(text: Text, language: str = "") -> tuple[Findings, TemperFindings]:
    """The cues of kind, and those of mood and urgency by language or in this one, in one pass."""
    found = _index().layered(text, (OF_KIND, language) if language else ())
    return _by_sort(found.pop(OF_KIND, [])), found


def _by_sort(every: list[Found]) -> Findings:
    findings: dict[str, list[Found]] = {}
    for found in every:
        findings.setdefault(found.cue.sort, []).append(found)
    return findings
