"""Whether the mood of a message is clearly negative, and what shows it.

Each complaint has a weight of 0 to 3 (`complaint_cues`), and one of weight 3 is enough, thanks or no thanks. Else
they are added up, with capitals, `!!` and angry faces; praise takes away; from 3 on the mood is clearly negative.
Asking, waiting or naming a fault is not a mood.
"""

from __future__ import annotations

import re

from careconsole.language.cue_index import Text, cut
from careconsole.language.findings import Findings, find_cues

_CLEAR = 3
_PRAISE = -2
_SHOUTED = re.compile(r"\b[A-ZÄÖÜÕŠŽĆČĐА-ЯЁ]{2,}\b")
_ANGRY = re.compile("[😡🤬👎😠💩]")


def clearly_negative(folded: str, raw: str) -> str:
    """The cues that make a message clearly negative, the heaviest first, or an empty string."""
    text = cut(folded)
    return mood_of(text, find_cues(text), raw)


def mood_of(text: Text, findings: Findings, raw: str) -> str:
    """The same for a text that was cut and searched already."""
    complaints = findings.get("complaint", ())
    weights = {found.told: found.cue.weight for found in complaints if found.cue.weight and not found.negated}
    if not weights:
        return ""
    if not raw.isascii() and _ANGRY.search(raw):
        weights["an angry face"] = 2
    if _shouts(text, raw):
        weights["capitals"] = 2
    if "!!" in raw:
        weights["!!"] = 1
    praise = _PRAISE if any(not found.negated for found in findings.get("praise", ())) else 0
    if max(weights.values()) < _CLEAR and sum(weights.values()) + praise < _CLEAR:
        return ""
    return _shown(weights)


def _shouts(text: Text, raw: str) -> bool:
    """Whether at least three words and half of all are written in capitals."""
    shouted = len(_SHOUTED.findall(raw))
    return shouted >= 3 and shouted * 2 >= len(text.tokens)


def _shown(weights: dict[str, int]) -> str:
    """As many cues as it takes to reach the clear weight, the heaviest first."""
    shown: list[str] = []
    reached = 0
    for told, weight in sorted(weights.items(), key=lambda entry: -entry[1]):
        shown.append(told)
        reached += weight
        if reached >= _CLEAR:
            break
    return " + ".join(shown)
