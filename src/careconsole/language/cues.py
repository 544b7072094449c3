"""Cues: entries of a list, words and phrases that say something about a message in which they stand.

An entry is one or several words, written as people write them: it is folded, so case and accents do not
matter. These signs may be used:

- `strand*` - a word that begins like this (at least three letters before the star);
- `plane/train` - either word;
- `stuck ... airport` - up to eight other words in between, within one sentence;
- `^` before the first word - only where a sentence begins;
- `-` before the entry - an exception: what stands there, from its first word to its last, is not looked at,
  so `-parcel is stranded` keeps parcels out of a list that has `stranded`.

An entry with Han letters is looked for as letters, as Chinese does not write the gaps between words; there
`...` stands for up to ten letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careconsole.model.folding import fold

STOPS = frozenset(".!?;。")
"""The signs that end a sentence; a phrase does not reach across them."""

HAN = re.compile("[㐀-鿿]")
"""A letter of Chinese."""
_WORD = re.compile(r"\w+")
_GAP_WORDS = 8
_GAP_HAN = "[^.!?;。]{0,10}?"
STEM_LETTERS = 3
"""A stem has at least so many."""
_COMMON_LETTERS = 3


class CueError(ValueError):
    """An entry of a cue list that cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of a list: as it is written there, in which language, and what it tells."""

    entry: str
    language: str
    sort: str = ""
    weight: int = 0
    layer: str = ""
    """Cues of one layer do not hide those of another."""
    mood: float = 0.0
    """Points: below 0 upset, above 0 pleased."""
    urgency: float = 0.0


Tempers = tuple[tuple[float, float, tuple[str, ...]], ...]
"""Points of mood, points of urgency, and the entries that have them; a group without points holds exceptions."""


def entries(listed: str) -> tuple[str, ...]:
    """The entries of a list that is written with commas between them."""
    return tuple(" ".join(entry.split()) for entry in listed.split(",") if entry.strip())


class Part:
    """One place in a phrase: the words that fit, and whether others may stand before it."""

    __slots__ = ("after_gap", "exact", "stems")

    def __init__(self, exact: frozenset[str], stems: tuple[str, ...], after_gap: bool) -> None:
        self.exact, self.stems, self.after_gap = exact, stems, after_gap

    def fits(self, word: str) -> bool:
        return word in self.exact or word.startswith(self.stems)

    @property
    def marks(self) -> frozenset[str]:
        """Its words, and its stems with their star."""
        return self.exact | {stem + "*" for stem in self.stems} if self.stems else self.exact

    def told(self, word: str) -> str:
        """What the list has for a word that fits."""
        if word in self.exact:
            return word
        return max((stem for stem in self.stems if word.startswith(stem)), key=len) + "*"

    @property
    def rarity(self) -> tuple[bool, int, int]:
        """The rarer its words seem, the greater: long ones, and few of them."""
        shortest = min(map(len, (*self.exact, *self.stems)))
        return shortest > _COMMON_LETTERS, shortest - len(self.exact) - len(self.stems), shortest


class Phrase:
    """A cue in words: its places in order. It is looked up by its rarest place, the anchor."""

    __slots__ = ("anchor", "begins_sentence", "cue", "is_exception", "is_word", "parts", "unbroken")

    def __init__(self, cue: Cue, parts: tuple[Part, ...], begins_sentence: bool, is_exception: bool) -> None:
        self.cue, self.parts = cue, parts
        self.begins_sentence, self.is_exception = begins_sentence, is_exception
        self.is_word = len(parts) == 1 and not begins_sentence
        self.anchor, self.unbroken = 0, len(parts)
        if len(parts) > 1:
            self.anchor = max(range(len(parts)), key=lambda place: (parts[place].rarity, -place))
            self.unbroken = next((at for at, part in enumerate(parts) if part.after_gap), len(parts))

    @property
    def needs(self) -> frozenset[str]:
        """Of these marks a text must have one, beside the anchor."""
        return self.parts[self.rarest_other].marks

    @property
    def rarest_other(self) -> int:
        """The rarest place beside the anchor; of a single word its only one."""
        others = (place for place in range(len(self.parts)) if place != self.anchor)
        return max(others, key=lambda place: self.parts[place].rarity, default=0)

    def standing(self, tokens: list[str], at: int) -> Sequence[int]:
        """Where its words stand, if it stands with its anchor here; else empty."""
        anchor, parts = self.anchor, self.parts
        if self.unbroken == len(parts):
            if self.begins_sentence and at > anchor and tokens[at - anchor - 1] not in STOPS:
                return ()
            return self._unbroken_from(at - anchor, tokens)
        whole: tuple[int, ...] = (at,)
        if anchor:
            whole = self._before(anchor, tokens, whole)
            if not whole:
                return ()
        if self.begins_sentence and whole[0] > 0 and tokens[whole[0] - 1] not in STOPS:
            return ()
        return self._after(anchor + 1, tokens, whole) if anchor + 1 < len(parts) else whole

    def _unbroken_from(self, start: int, tokens: list[str]) -> Sequence[int]:
        end = start + len(self.parts)
        if start < 0 or end > len(tokens):
            return ()
        for part, token in zip(self.parts, tokens[start:end], strict=True):
            if token not in part.exact and not (part.stems and token.startswith(part.stems)):
                return ()
        return range(start, end)

    def _before(self, place: int, tokens: list[str], found: tuple[int, ...]) -> tuple[int, ...]:
        part, nearest = self.parts[place - 1], found[0] - 1
        farthest = max(-1, nearest - 1 - (_GAP_WORDS if self.parts[place].after_gap else 0))
        for here in range(nearest, farthest, -1):
            if tokens[here] in STOPS:
                return ()
            if part.fits(tokens[here]):
                whole = (here, *found)
                if place > 1:
                    whole = self._before(place - 1, tokens, whole)
                if whole:
                    return whole
        return ()

    def _after(self, place: int, tokens: list[str], found: tuple[int, ...]) -> tuple[int, ...]:
        part, nearest = self.parts[place], found[-1] + 1
        farthest = min(len(tokens), nearest + 1 + (_GAP_WORDS if part.after_gap else 0))
        for here in range(nearest, farthest):
            if tokens[here] in STOPS:
                return ()
            if part.fits(tokens[here]):
                whole = (*found, here)
                if place + 1 < len(self.parts):
                    whole = self._after(place + 1, tokens, whole)
                if whole:
                    return whole
        return ()


class HanPhrase:
    """A cue in Han letters: the pattern that finds it from its first letter on, a group for each place."""

    __slots__ = ("_pattern", "cue", "is_exception", "letters", "starts", "written")

    def __init__(
        self, cue: Cue, written: str, starts: tuple[str, ...], letters: int, is_exception: bool
    ) -> None:
        self.cue, self.written, self.starts = cue, written, starts
        self.letters, self.is_exception = letters, is_exception
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """Made when the first text has its first letters: a thousand of them take a tenth of a second."""
        if self._pattern is None:
            self._pattern = re.compile(self.written)
        return self._pattern

    def told(self, folded: str, at: int) -> str:
        """The entry, with only those alternatives that stand here."""
        found = self.pattern.match(folded, at)
        return " ... ".join(found.groups()) if found is not None else self.cue.entry


def phrase_of(cue: Cue) -> Phrase | HanPhrase:
    """The entry of a cue, ready to be looked for; raises CueError if it cannot be used."""
    return PhraseBook().phrase_of(cue)


class PhraseBook:
    """Makes phrases of the cues of a list; places that several of them share are kept once."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, bool], Part] = {}
        self._phrases: dict[tuple[Part, ...], tuple[Part, ...]] = {}

    def phrase_of(self, cue: Cue) -> Phrase | HanPhrase:
        """The entry of a cue, ready to be looked for; raises CueError if it cannot be used.

        Phrases of the same words in the same order share their tuple of places.
        """
        plain = fold(cue.entry.replace("...", " ... ").replace("…", " ... ")).replace("'", "")
        is_exception = plain.startswith("-")
        plain = plain.removeprefix("-").replace("-", " ").strip()
        begins_sentence = plain.startswith("^")
        places = plain.removeprefix("^").split()
        if not places or "..." in (places[0], places[-1]):
            raise CueError(
                f'"{cue.entry}" ({cue.language}) has no word at its beginning or end; write one there.'
            )
        if not plain.isascii() and HAN.search(plain):
            return _han_phrase(cue, places, is_exception)
        parts = tuple(self._parts_of(cue, places))
        return Phrase(cue, self._phrases.setdefault(parts, parts), begins_sentence, is_exception)

    def phrase_in_words(self, cue: Cue) -> Phrase:
        """The same for a cue that is known to be one in words."""
        phrase = self.phrase_of(cue)
        assert isinstance(phrase, Phrase)
        return phrase

    def _parts_of(self, cue: Cue, places: list[str]) -> Iterator[Part]:
        after_gap = False
        for place in places:
            if place == "...":
                after_gap = True
                continue
            part = self._parts.get((place, after_gap))
            if part is None:
                part = self._parts[place, after_gap] = _part(cue, place, after_gap)
            yield part
            after_gap = False


def _han_phrase(cue: Cue, places: list[str], is_exception: bool) -> HanPhrase:
    pattern, letters = "", 0
    for place in places:
        if place == "...":
            pattern += _GAP_HAN
            continue
        either = _either(cue, place.replace("*", ""))
        letters += min(map(len, either))
        pattern += f"({'|'.join(map(re.escape, either))})"
    starts = tuple(sorted({word[:2] for word in _either(cue, places[0])}))
    return HanPhrase(cue, pattern, starts, letters, is_exception)


def _either(cue: Cue, place: str) -> list[str]:
    """The words of one place; raises CueError if there is none."""
    if either := [word for word in place.split("/") if word]:
        return either
    raise CueError(f'"{cue.entry}" ({cue.language}) has a sign without a word: "{place}"; write the word.')


def _part(cue: Cue, place: str, after_gap: bool) -> Part:
    """A place of a phrase in words; raises CueError for what is neither word nor sign."""
    either = _either(cue, place)
    stems = tuple(word[:-1] for word in either if word.endswith("*"))
    exact = frozenset(word for word in either if not word.endswith("*"))
    if not all(map(_WORD.fullmatch, (*stems, *exact))):
        raise CueError(
            f'"{cue.entry}" ({cue.language}) has signs in it that no message is searched for: "{place}".'
        )
    if any(len(stem) < STEM_LETTERS for stem in stems):
        raise CueError(
            f'"{cue.entry}" ({cue.language}) would match too many words: '
            f"write at least {STEM_LETTERS} letters before the star."
        )
    return Part(exact, stems, after_gap)
