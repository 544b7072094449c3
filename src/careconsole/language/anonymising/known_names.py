"""Known names and handles, and where they stand in a text: in any case, joined, with endings of six languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from careconsole.language.anonymising.ordinary import ORDINARY
from careconsole.language.payment_numbers import Stretch
from careconsole.model.folding import fold, words

SHORTEST = 3
"""Letters of a word or handle that is looked for wherever it stands; of Han and its like, two."""
_MOST_WORDS = 8
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_GAP = re.compile(r"[\W_]{0,3}")
_WRITTEN_IN_WORDS = re.compile(
    "[0-9A-Za-z\\s._'\u2019\u00aa\u00ba\u00c0-\u024f\u0300-\u036f\u0370-\u052f\u1e00-\u1fff"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a-]*"
)
_VOWELS = "aeiouаяеиоуыэюйь"
_SLAVIC = frozenset(
    "e i u o a om em oj ju in ina inu ino ine у ю е и ы а я ой ей ом ем ою ин ина ину ины".split()
)
_ENDINGS = _SLAVIC | frozenset(
    "s es ens en n es ov ova ovo ove ovu ovi ev eva evo eve evu evi ovom evom im ima ie ij ija ije iji iju "
    "ов ова ову овой овым овых ев ева еву ым ых ии ию ия ией ями ях ам ами ах "
    "t d l le lt ga ni na ta st sse ks ile ilt il iga ini ina ist isse is it id eni ele elt el ega est esse "
    "ule ult ul uga ust usse us ut ud ale alt al aga ast asse as at ad".split()
)
_LONGEST_ENDING = max(map(len, _ENDINGS))


@dataclass(frozen=True, slots=True)
class Named:
    """A name or handle where it stands in a text."""

    stretch: Stretch
    key: str
    """What is said there, folded: the word of a name or a handle as it was made known."""
    is_handle: bool


@dataclass(slots=True)
class KnownNames:
    """Who must not be named."""

    handles: dict[str, str] = field(default_factory=dict)
    """By each folded handle, and by its part before the server, whose handle it is."""
    names: set[str] = field(default_factory=set)
    """Folded words that are names wherever they stand."""
    told: set[str] = field(default_factory=set)
    """Folded words that are names where they begin with a capital letter."""
    _cores: set[str] = field(default_factory=set)
    """Handles without the signs around their words."""
    _phrases: set[tuple[str, ...]] = field(default_factory=set)
    _stems: dict[str, str] = field(default_factory=dict)
    _unwritten: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """What is written in no words, as it is looked for: what it stands for, and whether that is a handle."""
    _unwritten_by_sign: dict[str, list[str]] = field(default_factory=dict)
    """The same by their first sign, the longest first."""

    def add_handle(self, handle: str) -> str:
        """Make a handle known; the key under which it is."""
        key = folded(handle)
        local = key.partition("@")[0].strip() or key
        self.handles.setdefault(key, key)
        self.handles.setdefault(local, key)
        for each in {key, local}:
            self._look_for_handle(each, self.handles[each])
        return key

    def _look_for_handle(self, handle: str, key: str) -> None:
        if not is_in_words(handle):
            self._look_for_unwritten(handle, key, is_handle=True)
            return
        core = _core(handle)
        if len(core) >= SHORTEST and core not in ORDINARY:
            self.handles.setdefault(core, key)
            self._cores.add(core)

    def add_name(self, name: str) -> None:
        """Make a display name known: all of it, and each of its words that is long enough and no ordinary one."""
        if not is_in_words(name):
            self._look_for_unwritten(folded(name), folded(name), is_handle=False)
            for part in re.split(r"[\s()|,;/]+", name):
                if not is_in_words(part):
                    self._look_for_unwritten(folded(part), folded(part), is_handle=False)
        found = words_in(name)
        if len(found) > 1:
            self._phrases.add(tuple(found[:_MOST_WORDS]))
        for word in found if len(found) == 1 else (*found, "".join(found)):
            if len(word) >= SHORTEST and word not in ORDINARY and not word.isdigit():
                self.names.add(word)
                self._add_stem(word)

    def add_told(self, name: str) -> None:
        """Make a name known that somebody said: its words are names where they begin with a capital letter."""
        if not is_in_words(name):
            self._look_for_unwritten(folded(name), folded(name), is_handle=False)
            return
        for word in words_in(name):
            if len(word) > 1 and word not in ORDINARY and not word.isdigit():
                self.told.add(word)

    def _look_for_unwritten(self, written: str, key: str, *, is_handle: bool) -> None:
        if len(written) > 1 and written not in ORDINARY and written not in self._unwritten:
            self._unwritten[written] = key, is_handle
            some = self._unwritten_by_sign.setdefault(written[0], [])
            some.append(written)
            some.sort(key=len, reverse=True)

    def _add_stem(self, word: str) -> None:
        stem = word[:-1] if word[-1] in _VOWELS else word
        if len(stem) > 1 and word.isalpha():
            self._stems.setdefault(stem, word)
            self._stems.setdefault(word, word)

    @property
    def sure(self) -> frozenset[str]:
        """Everything that must not come out again in any case, folded."""
        phrases = (" ".join(each) for each in self._phrases)
        return frozenset((*self.handles, *self.names, *self._unwritten, *phrases))

    def find(self, text: str) -> Iterator[Named]:
        """Where somebody is named, in order and without overlap."""
        found = sorted(
            (*self._find_unwritten(text), *self._find_written(text)),
            key=lambda each: (each.stretch[0], -each.stretch[1]),
        )
        free_from = 0
        for each in found:
            if each.stretch[0] >= free_from:
                free_from = each.stretch[1]
                yield each

    def _find_unwritten(self, text: str) -> Iterator[Named]:
        if not self._unwritten:
            return
        plain, origins = _folded_with_origins(text)
        at = 0
        while at < len(plain):
            some = self._unwritten_by_sign.get(plain[at], ())
            found = next((each for each in some if plain.startswith(each, at)), "")
            if found:
                key, is_handle = self._unwritten[found]
                yield Named((origins[at], origins[at + len(found) - 1] + 1), key, is_handle)
            at += len(found) or 1

    def _find_written(self, text: str) -> Iterator[Named]:
        tokens = [(*each.span(), folded(each.group())) for each in _WORD.finditer(text)]
        at = 0
        while at < len(tokens):
            length = 1
            if handle := self._handle_at(text, tokens, at):
                length, key = handle
                yield Named((tokens[at][0], tokens[at + length - 1][1]), key, True)
            elif length := self._phrase_at(text, tokens, at):
                for start, end, word in tokens[at : at + length]:
                    yield Named((start, end), word, False)
            else:
                length = 1
                start, end, word = tokens[at]
                if name := self._name_of(word, text[start].isupper()):
                    yield Named((start, end), name, False)
            at += length

    def _handle_at(self, text: str, tokens: list[tuple[int, int, str]], at: int) -> tuple[int, str] | None:
        """How many words the longest handle that stands here has, and its key."""
        best = None
        for last in range(at, min(at + _MOST_WORDS, len(tokens))):
            if last > at and any(sign.isspace() for sign in text[tokens[last - 1][1] : tokens[last][0]]):
                break
            written = tokens[at][2] if last == at else folded(text[tokens[at][0] : tokens[last][1]])
            if written in self._cores:
                best = last - at + 1, self.handles[written]
        return best

    def _phrase_at(self, text: str, tokens: list[tuple[int, int, str]], at: int) -> int:
        """How many words of a whole name stand here; 0 if none does."""
        best = 0
        for last in range(at + 1, min(at + _MOST_WORDS, len(tokens))):
            if not _GAP.fullmatch(text, tokens[last - 1][1], tokens[last][0]):
                break
            if tuple(each[2] for each in tokens[at : last + 1]) in self._phrases:
                best = last - at + 1
        return best

    def _name_of(self, word: str, is_capital: bool) -> str:
        """The name that a word is, perhaps with an ending; empty if it is none."""
        if word in self.names or (is_capital and word in self.told):
            return word
        if word in ORDINARY:
            return ""
        for size in range(0, min(_LONGEST_ENDING, len(word) - 2) + 1):
            stem, ending = word[: len(word) - size], word[len(word) - size :]
            name = self._stems.get(stem)
            if name is None or (size and ending not in _ENDINGS):
                continue
            if len(stem) > 4 or (is_capital and size and (len(stem) > 2 or ending in _SLAVIC)):
                return name
        return ""


def is_in_words(text: str) -> bool:
    """Whether it is written in letters with gaps between the words, and with no odd signs."""
    return bool(_WRITTEN_IN_WORDS.fullmatch(text)) and bool(_WORD.search(text))


def words_in(text: str) -> list[str]:
    """The folded words of a text."""
    return [folded(each) for each in _WORD.findall(text)]


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """A handle, a name or a word, in which case, accents and the shape of letters make no difference."""
    return fold(text)


def _core(handle: str) -> str:
    """A handle without the signs around its words."""
    found = list(_WORD.finditer(handle))
    return handle[found[0].start() : found[-1].end()] if found else ""


def _folded_with_origins(text: str) -> tuple[str, list[int]]:
    """The text folded letter by letter, and from which of the text each came."""
    parts: list[str] = []
    origins: list[int] = []
    for at, sign in enumerate(text):
        letters = " " if sign.isspace() else fold(sign)
        if letters == " " and parts and parts[-1].endswith(" "):
            continue
        parts.append(letters)
        origins += [at] * len(letters)
    return "".join(parts), origins


class Phrases:
    """Folded names and handles, to look whether one of them stands in a text as words of its own."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_first: dict[str, set[tuple[str, ...]]] = {}
        for each in known:
            if phrase := tuple(words(each)):
                self._by_first.setdefault(phrase[0], set()).add(phrase)

    def stands_in(self, text: str) -> bool:
        """Whether one does."""
        said = words(fold(text))
        return any(
            tuple(said[at : at + len(phrase)]) == phrase
            for at, word in enumerate(said)
            for phrase in self._by_first.get(word, ())
        )
