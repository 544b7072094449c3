"""What signs say about mood and urgency: capitals, `!!`, `?!`, faces, sums of money, length, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from careconsole.language.faces import faces_of

_SHOUTED = re.compile(r"\b[A-ZÄÖÜÕŠŽĆČĐА-ЯЁ]{4,}\b")
_STRONG_STOPS = re.compile(r"\?!|!\?|\?{2,}")
_SMALL = re.compile(r"[a-zäöüõšžćčđа-яё]")
_MONEY = re.compile(r"[$€£¥₽]\s?\d|\d\s?(?:[$€£¥₽]|eur\b|euro|usd\b|руб|元|kn\b)", re.IGNORECASE)
_CAPITALS = frozenset("AEIOUÄÖÜÕАЕИОУЫЭЯЮЁ")
_DIGITS = frozenset("0123456789")
_MANY_SHOUTED = 3
_PRESSING = 2.0
_USUAL_WORDS, _MANY_WORDS, _PER_WORD = 8, 26, 0.07


class Sign(NamedTuple):
    """A sign by its name, with its points."""

    term: str
    mood: float
    urgency: float


def signs_of(raw: str, words: int, so_far: float, pressing: float) -> Iterator[Sign]:
    """The signs of a text of so many words; those that only strengthen go with the mood `so_far`.

    Length tells something only of a message in which something presses.
    """
    toward = 1.0 if so_far > 0 else -1.0
    met = frozenset(raw)
    shouted = 0 if _CAPITALS.isdisjoint(met) else len(_SHOUTED.findall(raw))
    if shouted >= _MANY_SHOUTED and not _mostly_small(raw):
        yield Sign("capitals", toward, 0.5)
    elif shouted:
        yield Sign("a word in capitals", 0.4 * toward * min(shouted, 3), 0.1)
    if "!" in met:
        yield Sign("!!", 0.5 * toward, 0.2) if "!!" in raw else Sign("!", 0.2 * toward, 0.0)
    if "?" in met and _STRONG_STOPS.search(raw):
        yield Sign("?!", -0.7, 0.2)
    elif "?" in met or "？" in met:
        yield Sign("?", 0.5, -0.5)
    if "..." in raw or "…" in met:
        yield Sign("...", -0.3, 0.0)
    for face, points in faces_of(raw, met):
        yield Sign(face, points, -0.25 * points)
    if not _DIGITS.isdisjoint(met) and _MONEY.search(raw):
        yield Sign("a sum of money", -0.4, 0.5)
    if "://" in raw:
        yield Sign("a link", 0.6, -0.5)
    length = (min(words, _MANY_WORDS) - _USUAL_WORDS) * _PER_WORD * min(1.0, pressing / _PRESSING)
    if length > 0:
        yield Sign("its length", -length, length)


def _mostly_small(raw: str) -> bool:
    small = len(_SMALL.findall(raw))
    return small > sum(map(str.isupper, raw))
