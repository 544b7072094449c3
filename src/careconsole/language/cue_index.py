"""Finds cues in a text: one pass over its words, whatever the number of cues."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from careconsole.language.cues import Cue, HanPhrase, Phrase, phrase_of
from careconsole.model.folding import fold

_HANDLE = re.compile(r"@[\w.@-]+")
_ADDRESS = re.compile(r"https?://\S+")
_PICTURE = re.compile("[\u2000-\u2bff\u3001\u3003-\u303f\U0001f000-\U0001faff]+")
_APOSTROPHE = b"'"
_BLANKED = bytes(code for code in range(33, 127) if not chr(code).isalnum() and chr(code) not in "_.!?;")
_BLANKS = bytes.maketrans(_BLANKED, b" " * len(_BLANKED))
_WORDS_KEPT = 8_000
_FIRST = ("",)

_NEGATORS = frozenset(
    fold(
        "not no never cant cannot wont dont doesnt didnt isnt wasnt arent werent havent hasnt without neither nobody "
        "nicht nichts kein keine keinen keiner nie niemals ohne "
        "не нет ни без никогда "
        "ne nije nisam nismo niste nisu nema nemam nikad bez "
        "ei pole mitte kunagi ilma"
    ).split()
)
_HAN_NEGATORS = frozenset("不没無无别未")
_STRENGTHENERS = frozenset(
    fold(
        "so very really extremely absolutely totally completely utterly incredibly super beyond most such truly "
        "sehr so extrem absolut total völlig komplett wirklich echt richtig unglaublich "
        "очень так такой такая такие совсем абсолютно полный полная полное крайне просто "
        "jako vrlo tako baš bas potpuno totalno stvarno zaista previše izuzetno "
        "väga nii täiesti täielik absoluutselt tõeliselt eriti liiga"
    ).split()
)
_HAN_STRENGTHENERS = frozenset("太很超巨极好真特")


class Text:
    """A folded text cut into words and sentence ends, without handles and web addresses."""

    __slots__ = ("folded", "tokens")

    def __init__(self, folded: str, tokens: list[str]) -> None:
        self.folded, self.tokens = folded, tokens

    @property
    def denies(self) -> bool:
        """Whether a word like "not" stands anywhere in it."""
        return not _NEGATORS.isdisjoint(self.tokens) or not _HAN_NEGATORS.isdisjoint(self.folded)

    @property
    def strengthens(self) -> bool:
        """Whether a word like "very" stands anywhere in it."""
        return not _STRENGTHENERS.isdisjoint(self.tokens) or not _HAN_STRENGTHENERS.isdisjoint(self.folded)


def cut(folded: str) -> Text:
    """A folded text made ready for `CueIndex`; cutting once serves every index."""
    if "://" in folded:
        folded = _ADDRESS.sub(" ", folded)
    if "@" in folded:
        folded = _HANDLE.sub(" ", folded)
    octets = folded.encode("utf-8", "surrogatepass").translate(_BLANKS, _APOSTROPHE)
    plain = octets.decode("utf-8", "surrogatepass")
    if b"\xe2" in octets or b"\xe3" in octets or b"\xf0" in octets:
        plain = _PICTURE.sub(" ", plain).replace("。", " 。 ")
    for stop in ".!?;":
        if stop in plain:
            plain = plain.replace(stop, f" {stop} ")
    return Text(folded, plain.split())


class Found:
    """A cue that stands in a text."""

    __slots__ = ("_phrase", "_standing", "_text", "cue")

    def __init__(self, phrase: Phrase | HanPhrase, text: Text, standing: tuple[int, ...]) -> None:
        self.cue = phrase.cue
        self._phrase, self._text, self._standing = phrase, text, standing

    @property
    def told(self) -> str:
        """The entry cut down to the alternatives that stand there: words of the list, never the customer's."""
        if isinstance(self._phrase, HanPhrase):
            return self._phrase.told(self._text.folded, self._standing[0])
        said = [
            ("... " if part.after_gap else "") + part.told(self._text.tokens[at])
            for part, at in zip(self._phrase.parts, self._standing, strict=True)
        ]
        return " ".join(said)

    @property
    def strengthened(self) -> bool:
        """Whether a word like "very" stands right before it."""
        at = self._standing[0]
        if isinstance(self._phrase, HanPhrase):
            return not _HAN_STRENGTHENERS.isdisjoint(self._text.folded[max(0, at - 1) : at])
        return at > 0 and self._text.tokens[at - 1] in _STRENGTHENERS

    @property
    def negated(self) -> bool:
        """Whether a word like "not" stands right before it."""
        at = self._standing[0]
        if isinstance(self._phrase, HanPhrase):
            return not _HAN_NEGATORS.isdisjoint(self._text.folded[max(0, at - 2) : at])
        return not _NEGATORS.isdisjoint(self._text.tokens[max(0, at - 2) : at])


class _Known(NamedTuple):
    """What the lists have of a word: the phrases anchored at it, and the stems, with star, that it fits."""

    phrases: tuple[Phrase, ...]
    stems: tuple[str, ...]


class _Words(dict[str, "_Known | None"]):
    """Word to what the lists have of it, filled as words are met; bounded, as customers make up words."""

    def __init__(self, exact: dict[str, list[Phrase]], stems: dict[str, list[Phrase]]) -> None:
        super().__init__()
        self._exact, self._stems = exact, stems
        self._lengths = sorted({len(stem) for stem in stems})

    def __missing__(self, word: str) -> _Known | None:
        phrases = list(self._exact.get(word, ()))
        stems: list[str] = []
        for length in self._lengths:
            stem = word[:length]
            if length <= len(word) and stem in self._stems:
                phrases += self._stems[stem]
                stems.append(stem + "*")
        known = _Known(tuple(phrases), tuple(stems)) if phrases or stems else None
        if len(self) < _WORDS_KEPT and len(word) <= 24:
            self[word] = known
        return known


class CueIndex:
    """Many cues, looked up in one pass over the words of a text.

    At each place the longest phrase of a layer wins and its words are used up, so "not bad" can hide "bad".
    Raises CueError for an entry that cannot be used.
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._exact: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        self._han: dict[str, _HanLayer] = {}
        for cue in cues:
            self._add(phrase_of(cue))
        self._words = _Words(self._exact, self._stems)
        for han in self._han.values():
            han.make_ready()

    def first(self, text: Text) -> Found | None:
        """The first cue in the text, or None."""
        return next(iter(self.every(text)), None)

    def every(self, text: Text) -> list[Found]:
        """The cues of the first layer in the text, in order; those in Han letters last."""
        return self.layered(text, _FIRST).get("", [])

    def layered(self, text: Text, layers: Collection[str] = ()) -> dict[str, list[Found]]:
        """The same for these layers or all, those that have any, in one pass over the words."""
        by_layer: dict[str, list[_Standing]] = {}
        for standing in self._standing(text):
            layer = standing[3].cue.layer
            if not layers or layer in layers:
                by_layer.setdefault(layer, []).append(standing)
        found = {layer: _without_overlap(text, stand) for layer, stand in by_layer.items()}
        if self._han and not text.folded.isascii():
            for layer, han in self._han.items():
                if not layers or layer in layers:
                    han.find(text, found.setdefault(layer, []))
        return found

    def _standing(self, text: Text) -> list[_Standing]:
        """Every phrase that stands in the text, wherever others stand."""
        tokens = text.tokens
        met = [
            (at, known) for at, known in enumerate(map(self._words.__getitem__, tokens)) if known is not None
        ]
        marks = set(tokens)
        for _, known in met:
            marks.update(known.stems)
        stand: list[_Standing] = []
        for at, known in met:
            for phrase in known.phrases:
                if phrase.is_word:
                    stand.append((at, not phrase.is_exception, -1, phrase, (at,)))
                elif not phrase.needs.isdisjoint(marks) and (standing := phrase.standing(tokens, at)):
                    stand.append((standing[0], not phrase.is_exception, -len(standing), phrase, standing))
        return stand

    def _add(self, phrase: Phrase | HanPhrase) -> None:
        if isinstance(phrase, HanPhrase):
            self._han.setdefault(phrase.cue.layer, _HanLayer()).add(phrase)
            return
        anchor = phrase.parts[phrase.anchor]
        for word in anchor.exact:
            self._exact.setdefault(word, []).append(phrase)
        for part in phrase.parts:
            for stem in part.stems:
                self._stems.setdefault(stem, [])
        for stem in anchor.stems:
            self._stems[stem].append(phrase)


class _HanLayer:
    """The phrases in Han letters of one layer, by the one or two letters that they start with."""

    __slots__ = ("_phrases", "_starts")

    def __init__(self) -> None:
        self._phrases: dict[str, list[HanPhrase]] = {}
        self._starts = re.compile("(?!)")

    def add(self, phrase: HanPhrase) -> None:
        for start in phrase.starts:
            self._phrases.setdefault(start, []).append(phrase)

    def make_ready(self) -> None:
        """To be called when all are added."""
        for start, phrases in self._phrases.items():
            if len(start) > 1:
                phrases += self._phrases.get(start[0], ())
            phrases.sort(key=lambda phrase: (not phrase.is_exception, -phrase.letters))
        self._starts = _han_starts(self._phrases)

    def find(self, text: Text, found: list[Found]) -> None:
        """Append the phrases that stand in the text."""
        folded = text.folded
        start = self._starts.search(folded)
        while start is not None:
            at = start.start()
            free_from = at + 1
            for phrase in self._phrases[start[0]]:
                if match := phrase.pattern.match(folded, at):
                    free_from = match.end() if phrase.is_exception else match.end(1)
                    if not phrase.is_exception:
                        found.append(Found(phrase, text, (at,)))
                    break
            start = self._starts.search(folded, free_from)


def _han_starts(starts: Iterable[str]) -> re.Pattern[str]:
    """Finds the one or two letters that phrases in Han letters start with."""
    either = sorted(starts, key=lambda start: (start[0], -len(start), start))
    return re.compile("|".join(map(re.escape, either)))


_Standing = tuple[int, bool, int, Phrase, tuple[int, ...]]
"""First place, whether a cue and not an exception, words counted downwards, the phrase, its places."""


def _without_overlap(text: Text, stand: list[_Standing]) -> list[Found]:
    """The phrases that stand, in order, each on words that none before it used up."""
    if len(stand) > 1:
        stand.sort(key=_order)
    found, free_from = [], 0
    for at, is_cue, _, phrase, standing in stand:
        if at < free_from:
            continue
        if is_cue:
            free_from = at + phrase.unbroken
            found.append(Found(phrase, text, standing))
        else:
            free_from = standing[-1] + 1
    return found


def _order(standing: _Standing) -> tuple[int, bool, int]:
    return standing[:3]
