"""Emergencies: the audited lists of words that put a message into tier 0, and the rules by which they are read (E20, E22).

The lists are for people who are stranded, ill, hurt or in danger, not for anger. The language of a message is
not known, so every list applies to every message; therefore no entry is a word that another of our languages
uses for something else. Idioms ("fire sale", "dying to know", "Zur Not") are why most entries are phrases.

Our own entries may begin with a name that says how they are read:

- `told: stranded` - not where it is asked, supposed or long past ("who pays if I am stranded?");
- `idiom: robbed` - not beside prices, fees and advertising;
- `place: airport`, `weak: kids` and the other signs - no emergency alone, but several of them are:
  someone at the airport, since yesterday, without a hotel, with children.

An entry without a name is an emergency wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from careconsole.language.cue_index import CueIndex, Found, Text, cut
from careconsole.language.cues import Cue
from careconsole.language.emergency_dangers import DANGERS, OFTEN_IDIOM
from careconsole.language.emergency_doubts import DOUBTS
from careconsole.language.emergency_signs import SIGN_POINTS, SIGNS
from careconsole.language.emergency_stranding import STRANDING

_TOLD, _IDIOM = "told", "idiom"
_NAMES = frozenset((_TOLD, _IDIOM, *SIGN_POINTS))
_OPENING = frozenset(("place", "noway", "nobed"))
"""Without one of these signs the others are not looked for."""
_ENOUGH = 4
_ENOUGH_IN_DOUBT = 6
_ENOUGH_OF_THE_PAST = 9
_SENTENCE = re.compile("[^.!?;。]+[.!?;。]*")


def _named(name: str, listed: Iterable[str]) -> list[str]:
    return [entry if entry.startswith("-") else f"{name}: {entry}" for entry in listed]


def _default(language: str) -> tuple[str, ...]:
    signs = [entry for name, listed in SIGNS[language].items() for entry in _named(name, listed)]
    told, idioms = _named(_TOLD, STRANDING[language]), _named(_IDIOM, OFTEN_IDIOM[language])
    return (*DANGERS[language], *idioms, *told, *signs)


DEFAULT_EMERGENCY: Mapping[str, tuple[str, ...]] = {language: _default(language) for language in DANGERS}


@dataclass(frozen=True, slots=True)
class Hit:
    """An emergency entry that stands in a message, or the signs that make one together.

    `word` is the entry with only those of its alternatives that stand there, of signs each with ` + ` between;
    `language` is its list's.
    """

    word: str
    language: str


def cue_of(entry: str, language: str) -> Cue:
    """The cue of an entry; its name is its sort. The signs have layers of their own, so they hide no word."""
    name, colon, plain = entry.partition(": ")
    if not colon or name not in _NAMES:
        return Cue(entry, language)
    layer = "" if name in (_TOLD, _IDIOM) else "opening" if name in _OPENING else "signs"
    return Cue(plain, language, sort=name, layer=layer)


@cache
def _doubts() -> CueIndex:
    return CueIndex(
        Cue(entry, language, sort=sort, layer=sort)
        for language, by_sort in DOUBTS.items()
        for sort, listed in by_sort.items()
        for entry in listed
    )


@lru_cache(maxsize=4)
def _index_of(lists: tuple[tuple[str, tuple[str, ...]], ...]) -> CueIndex:
    """Made once for the same lists: a desk, its imports and its practice runs search the same ones."""
    return CueIndex(cue_of(entry, language) for language, listed in lists for entry in listed)


class EmergencyWords:
    """The emergency lists, ready to search; all of them apply to every message.

    The entries follow the signs that `language.cues` explains. Raises CueError for one that cannot be used.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]] = DEFAULT_EMERGENCY) -> None:
        self._index = _index_of(tuple((language, tuple(listed)) for language, listed in lists.items()))

    def find(self, folded_text: str) -> Hit | None:
        """The first entry that stands in a folded text, or None."""
        return self.find_in(cut(folded_text))

    def find_in(self, text: Text) -> Hit | None:
        """The same for a text that was cut already."""
        standing = self._index.layered(text, ("", "opening"))
        found = standing.get("")
        if found:
            sure = next((each for each in found if not each.cue.sort), None) or self._undoubted(text)
            if sure is not None:
                return Hit(sure.told, sure.cue.language)
        opening = standing.get("opening")
        return self._together(text, opening) if opening else None

    def _undoubted(self, text: Text) -> Found | None:
        """The first entry that nothing speaks against, in its sentence or of the past in the message."""
        is_past = _is_past(_doubts_in(text))
        for sentence in _SENTENCE.findall(text.folded):
            piece = cut(sentence)
            if found := self._index.every(piece):
                doubts = _doubts_in(piece)
                is_told = not doubts.get("asked") and (not is_past or bool(doubts.get("now")))
                stands = {"": True, _TOLD: is_told, _IDIOM: not doubts.get("price")}
                sure = next((each for each in found if stands[each.cue.sort]), None)
                if sure is not None:
                    return sure
        return None

    def _together(self, text: Text, opening: list[Found]) -> Hit | None:
        """The signs, if enough of them stand in the text."""
        first = {each.cue.sort: each for each in reversed(opening)}
        for each in reversed(self._index.layered(text, ("signs",)).get("signs", [])):
            first[each.cue.sort] = each
        points = sum(SIGN_POINTS[sort] for sort in first)
        if points < _ENOUGH or points < _enough_for(text):
            return None
        said = [first[sort] for sort in SIGN_POINTS if sort in first]
        return Hit(" + ".join(each.told for each in said), said[0].cue.language)


def _doubts_in(text: Text) -> dict[str, list[Found]]:
    return _doubts().layered(text)


def _is_past(doubts: dict[str, list[Found]]) -> bool:
    """Whether a text tells of what is over; a date alone may be that of today's journey."""
    return bool(doubts.get("past") or (doubts.get("dated") and doubts.get("claim")))


def _enough_for(text: Text) -> int:
    """The points that signs need in this text."""
    doubts = _doubts_in(text)
    if _is_past(doubts) and not doubts.get("now"):
        return _ENOUGH_OF_THE_PAST
    return _ENOUGH_IN_DOUBT if any(doubts.get(sort) for sort in ("asked", "past", "calm")) else _ENOUGH
