"""All cues of mood and urgency: the lists of each language, and what the lists of kinds tell besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from careconsole.language.complaint_cues import COMPLAINTS
from careconsole.language.cues import Cue, Tones
from careconsole.language.kind_cues import BRAND_TALK, EXCEPTIONS, IDEAS, NOISE, PRAISE
from careconsole.language.tone_cues_any import TONES_ANY
from careconsole.language.tone_cues_de import TONES_DE
from careconsole.language.tone_cues_en import TONES_EN
from careconsole.language.tone_cues_et import TONES_ET
from careconsole.language.tone_cues_hr import TONES_HR
from careconsole.language.tone_cues_ru import TONES_RU
from careconsole.language.tone_cues_zh import TONES_ZH

TONES: Mapping[str, Tones] = {
    "en": TONES_EN,
    "de": TONES_DE,
    "ru": TONES_RU,
    "zh": TONES_ZH,
    "hr": TONES_HR,
    "et": TONES_ET,
}

_COMPLAINT_POINTS = ((-3.0, 1.0), (-2.0, 0.8), (-1.4, 1.6), (-1.2, 1.8))
_OTHER_POINTS = (
    (PRAISE, (2.2, -1.8)),
    (IDEAS, (0.3, -1.2)),
    (BRAND_TALK, (0.8, -1.8)),
    (NOISE, (0.3, -2.0)),
)


def tone_cues() -> Iterator[Cue]:
    """The cues, each language in a layer of its own, named by its code.

    An entry counts once: as the list of its language has it, else with the points of its list of kinds.
    """
    for language, tones in TONES.items():
        seen: set[str] = set()
        for mood, urgency, listed in (*tones, *_of_kinds(language), *TONES_ANY):
            for entry in listed:
                if entry not in seen:
                    seen.add(entry)
                    yield Cue(entry, language, layer=language, mood=mood, urgency=urgency)


def _of_kinds(language: str) -> Tones:
    grades = zip(_COMPLAINT_POINTS, COMPLAINTS[language], strict=True)
    others = ((mood, urgency, lists[language]) for lists, (mood, urgency) in _OTHER_POINTS)
    return (
        *((mood, urgency, listed) for (mood, urgency), listed in grades),
        *others,
        (0.0, 0.0, EXCEPTIONS),
    )
