"""What signs say about mood and urgency: capitals, `!!`, `?!`, faces, sums of money, length, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from careconsole.language.faces import faces_of

_CAPITAL = "[A-ZÄÖÜÕŠŽĆČĐА-ЯЁ]"
_SHOUTED = re.compile(rf"\b{_CAPITAL}{{4,}}\b")
_MAY_SHOUT = re.compile(_CAPITAL * 4)  # the same letters without a count are found several times as fast
_SMALL = re.compile(r"[a-zäöüõšžćčđа-яё]")
_MONEY = re.compile(
    r"[$€£¥₽\d](?:(?<=\D)\s?\d|(?<=\d)\s?(?:[$€£¥₽]|eur\b|euro|usd\b|руб|元|kn\b))", re.IGNORECASE
)
_CAPITALS = frozenset("AEIOUÄÖÜÕАЕИОУЫЭЯЮЁ")
_DIGITS = frozenset("0123456789")
_MANY_SHOUTED = 3
_PRESSING = 2.0
_USUAL_WORDS, _MANY_WORDS, _PER_WORD = 8, 26, 0.07


Sign = tuple[str, float, float]
"""A sign by its name, with its points of mood and of urgency."""


def signs_of(raw: str, words: int, so_far: float, pressing: float) -> Iterator[Sign]:
    """The signs of a text of so many words; those that only strengthen go with the mood `so_far`.

    Length tells something only of a message in which something presses.
    """
    toward = 1.0 if so_far > 0 else -1.0
    met = frozenset(raw)
    shouted = 0
    if not _CAPITALS.isdisjoint(met) and _MAY_SHOUT.search(raw):
        shouted = len(_SHOUTED.findall(raw))
    if shouted >= _MANY_SHOUTED and not _mostly_small(raw):
        yield "capitals", toward, 0.5
    elif shouted:
        yield "a word in capitals", 0.4 * toward * min(shouted, 3), 0.1
    if "!" in met:
        yield ("!!", 0.5 * toward, 0.2) if "!!" in raw else ("!", 0.2 * toward, 0.0)
    if "?" in met and ("?!" in raw or "!?" in raw or "??" in raw):
        yield "?!", -0.7, 0.2
    elif "?" in met or "？" in met:
        yield "?", 0.5, -0.5
    if "..." in raw or "…" in met:
        yield "...", -0.3, 0.0
    for face, points in faces_of(raw, met):
        yield face, points, -0.25 * points
    if not _DIGITS.isdisjoint(met) and _MONEY.search(raw):
        yield "a sum of money", -0.4, 0.5
    if "://" in raw:
        yield "a link", 0.6, -0.5
    length = (min(words, _MANY_WORDS) - _USUAL_WORDS) * _PER_WORD * min(1.0, pressing / _PRESSING)
    if length > 0:
        yield "its length", -length, length


def _mostly_small(raw: str) -> bool:
    small = len(_SMALL.findall(raw))
    return small > sum(map(str.isupper, raw))
