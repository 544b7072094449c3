"""All cues of mood and urgency: the lists of each language, and what the lists of kinds tell besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from careconsole.language.complaint_cues import COMPLAINTS
from careconsole.language.cues import Cue, Tempers
from careconsole.language.kind_cues import BRAND_TALK, EXCEPTIONS, IDEAS, NOISE, PRAISE
from careconsole.language.temper_cues_any import TEMPERS_ANY
from careconsole.language.temper_cues_de import TEMPERS_DE
from careconsole.language.temper_cues_en import TEMPERS_EN
from careconsole.language.temper_cues_et import TEMPERS_ET
from careconsole.language.temper_cues_hr import TEMPERS_HR
from careconsole.language.temper_cues_ru import TEMPERS_RU
from careconsole.language.temper_cues_zh import TEMPERS_ZH
from careconsole.language.turns_of_phrase_en import TURNS_OF_PHRASE_EN

TEMPERS: Mapping[str, Tempers] = {
    "en": (*TURNS_OF_PHRASE_EN, *TEMPERS_EN),
    "de": TEMPERS_DE,
    "ru": TEMPERS_RU,
    "zh": TEMPERS_ZH,
    "hr": TEMPERS_HR,
    "et": TEMPERS_ET,
}

_COMPLAINT_POINTS = ((-3.0, 1.0), (-2.0, 0.8), (-1.4, 1.6), (-1.2, 1.8))
_OTHER_POINTS = (
    (PRAISE, (2.2, -1.8)),
    (IDEAS, (0.3, -1.2)),
    (BRAND_TALK, (0.8, -1.8)),
    (NOISE, (0.3, -2.0)),
)


def temper_cues() -> Iterator[Cue]:
    """The cues, each language in a layer of its own, named by its code.

    An entry counts once: as the list of its language has it, else with the points of its list of kinds.
    """
    for language, tempers in TEMPERS.items():
        seen: set[str] = set()
        for mood, urgency, listed in (*tempers, *_of_kinds(language), *TEMPERS_ANY):
            for entry in listed:
                if entry not in seen:
                    seen.add(entry)
                    yield Cue(entry, language, layer=language, mood=mood, urgency=urgency)


def _of_kinds(language: str) -> Tempers:
    grades = zip(_COMPLAINT_POINTS, COMPLAINTS[language], strict=True)
    others = ((mood, urgency, lists[language]) for lists, (mood, urgency) in _OTHER_POINTS)
    return (
        *((mood, urgency, listed) for (mood, urgency), listed in grades),
        *others,
        (0.0, 0.0, EXCEPTIONS),
    )
