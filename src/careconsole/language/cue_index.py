"""Finds cues in a text: one pass over its words, whatever the number of cues."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import itemgetter

from careconsole.language.cues import HAN, STOPS, Cue, HanPhrase, Phrase, PhraseBook
from careconsole.language.listed_words import ListedWords, Pair, Use
from careconsole.model.folding import fold

_HANDLE = re.compile(r"@[\w.@-]+")
_ADDRESS = re.compile(r"https?://\S+")
_PICTURE = re.compile("[\u2000-\u2bff\u3001\u3003-\u303f\U0001f000-\U0001faff]+")
_APOSTROPHE = b"'"
_BLANKED = bytes(code for code in range(33, 127) if not chr(code).isalnum() and chr(code) not in "_.!?;")
_BLANKS = bytes.maketrans(_BLANKED, b" " * len(_BLANKED))
_COMMA = re.compile("[,，、]")
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

    __slots__ = ("_clauses", "folded", "has_han", "tokens")

    def __init__(self, folded: str, tokens: list[str]) -> None:
        self.folded, self.tokens = folded, tokens
        self._clauses: frozenset[int] | None = None
        self.has_han = not folded.isascii() and HAN.search(folded) is not None

    @property
    def denies(self) -> bool:
        """Whether a word like "not" stands anywhere in it."""
        if not _NEGATORS.isdisjoint(self.tokens):
            return True
        return self.has_han and not _HAN_NEGATORS.isdisjoint(self.folded)

    @property
    def strengthens(self) -> bool:
        """Whether a word like "very" stands anywhere in it."""
        if not _STRENGTHENERS.isdisjoint(self.tokens):
            return True
        return self.has_han and not _HAN_STRENGTHENERS.isdisjoint(self.folded)

    @property
    def clauses(self) -> frozenset[int]:
        """The words right behind a comma, by place; none where a comma stands in an address that was left out."""
        if self._clauses is None:
            behind = list(accumulate(len(cut(piece).tokens) for piece in _COMMA.split(self.folded)))
            self._clauses = frozenset(behind[:-1]) if behind[-1] == len(self.tokens) else frozenset()
        return self._clauses


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

    def __init__(self, phrase: Phrase | HanPhrase, text: Text, standing: Sequence[int]) -> None:
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
        """Whether a word like "not" stands right before it, with no comma between: "no answer, a disgrace"."""
        at = self._standing[0]
        if isinstance(self._phrase, HanPhrase):
            before = _COMMA.split(self._text.folded[max(0, at - 2) : at])[-1]
            return not _HAN_NEGATORS.isdisjoint(before)
        tokens = self._text.tokens
        if at and tokens[at - 1] in _NEGATORS:
            return at not in self._text.clauses
        return at > 1 and tokens[at - 2] in _NEGATORS and self._text.clauses.isdisjoint((at - 1, at))

    @property
    def words_after(self) -> int:
        """How many words stand after it in the text, for one in words."""
        return sum([token not in STOPS for token in self._text.tokens[self._standing[-1] + 1 :]])


_Standing = tuple[int, bool, int, int, int, Phrase, Sequence[int]]
"""First place, whether a cue and not an exception, words counted downwards, where the anchor stands, the number of the
phrase there, the phrase, its places. In this order; where the first five are equal, it is the same phrase."""


class CueIndex:
    """Many cues, looked up in one pass over the words of a text.

    At each place the longest phrase of a layer wins and its words are used up, so "not bad" can hide "bad".
    Raises CueError for an entry that cannot be used.
    """

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._exact: dict[str, tuple[Cue, ...]] = {}
        self._stems: dict[str, tuple[Cue, ...]] = {}
        self._han: dict[str, _HanLayer] = {}
        self._layers: set[str] = set()
        book = PhraseBook()
        for cue in cues:
            self._layers.add(cue.layer)
            self._add(book.phrase_of(cue))
        self._words: dict[tuple[str, ...], ListedWords] = {}
        for han in self._han.values():
            han.make_ready()

    def first(self, text: Text) -> Found | None:
        """The first cue in the text, or None."""
        return next(iter(self.every(text)), None)

    def every(self, text: Text) -> list[Found]:
        """The cues of the first layer in the text, in order; those in Han letters last."""
        return self.layered(text, _FIRST).get("", [])

    def layered(self, text: Text, layers: tuple[str, ...] = ()) -> dict[str, list[Found]]:
        """The same for these layers or all, those that have any, in one pass over the words.

        Layers stand in the order in which the first of their phrases is met.
        """
        by_layer = self._standing(text, layers)
        order = by_layer if layers else sorted(by_layer, key=lambda layer: min(map(_met, by_layer[layer])))
        found = {layer: _without_overlap(text, by_layer[layer]) for layer in order}
        if self._han and not text.folded.isascii():
            for layer, han in self._han.items():
                if not layers or layer in layers:
                    of_layer = found.setdefault(layer, [])
                    if text.has_han or not han.is_all_han:
                        han.find(text, of_layer)
        return found

    def _words_of(self, layers: tuple[str, ...]) -> ListedWords:
        """The words with the phrases of these layers alone: those of other languages cost nothing then."""
        words = self._words.get(layers)
        if words is None:
            # Languages without a list share the words of the layers beside it.
            known = tuple([layer for layer in layers if layer in self._layers]) or layers
            words = self._words.get(known)
            if words is None:
                words = self._words[known] = ListedWords(self._exact, self._stems, known)
            self._words[layers] = words
        return words

    def _standing(self, text: Text, layers: tuple[str, ...]) -> dict[str, list[_Standing]]:
        """By layer, for these layers or all, every phrase that stands in the text, wherever others stand."""
        by_layer: dict[str, list[_Standing]] = defaultdict(list)
        tokens = text.tokens
        many = len(tokens)
        marks: set[str] | None = None
        listed = self._words_of(layers).__getitem__
        met = [(at, known) for at, known in enumerate(map(listed, tokens)) if known]
        for at, known in met:
            for layer, is_cue, order, phrase in known.words:
                by_layer[layer].append((at, is_cue, -1, at, order, phrase, (at,)))
            for offset, by_word, by_stems in known.beside:
                beside = at + offset
                if not 0 <= beside < many:
                    continue
                pairs = by_word.get(tokens[beside])
                if by_stems:
                    pairs = _with_stems(pairs or [], by_stems, tokens[beside])
                for longer, uses in pairs or ():
                    if longer is not None:
                        places = longer.standing(tokens, at)
                    else:
                        places = (beside, at) if offset < 0 else (at, beside)
                    if places:
                        _put(by_layer, uses, at, places)
            for needs, phrase, uses in known.loose:
                if marks is None:
                    marks = set(tokens).union(*[each.stems for _, each in met if each.stems])
                if not needs.isdisjoint(marks) and (places := phrase.standing(tokens, at)):
                    _put(by_layer, uses, at, places)
        return by_layer

    def _add(self, phrase: Phrase | HanPhrase) -> None:
        if isinstance(phrase, HanPhrase):
            self._han.setdefault(phrase.cue.layer, _HanLayer()).add(phrase)
            return
        anchor = phrase.parts[phrase.anchor]
        for word in anchor.exact:
            self._exact[word] = (*self._exact.get(word, ()), phrase.cue)
        for part in phrase.parts:
            for stem in part.stems:
                self._stems.setdefault(stem, ())
        for stem in anchor.stems:
            self._stems[stem] += (phrase.cue,)


class _HanLayer:
    """The phrases in Han letters of one layer, by the one or two letters that they start with."""

    __slots__ = ("_begins", "_phrases", "is_all_han")

    def __init__(self) -> None:
        self._phrases: dict[str, list[HanPhrase]] = {}
        self._begins = re.compile("(?!)")
        self.is_all_han = False
        """Whether nothing can stand in a text without Han letters."""

    def add(self, phrase: HanPhrase) -> None:
        for start in phrase.starts:
            self._phrases.setdefault(start, []).append(phrase)

    def make_ready(self) -> None:
        """To be called when all are added."""
        for start, phrases in self._phrases.items():
            if len(start) > 1:
                phrases += self._phrases.get(start[0], ())
            phrases.sort(key=lambda phrase: (not phrase.is_exception, -phrase.letters))
        letters = sorted({start[0] for start in self._phrases})
        self._begins = re.compile(f"[{''.join(map(re.escape, letters))}]")
        self.is_all_han = all(map(HAN.search, self._phrases))

    def find(self, text: Text, found: list[Found]) -> None:
        """Append the phrases that stand in the text."""
        folded, free_from = text.folded, 0
        for begins in self._begins.finditer(folded):
            at = begins.start()
            if at < free_from:
                continue
            for phrase in self._phrases.get(folded[at : at + 2]) or self._phrases.get(folded[at]) or ():
                if match := phrase.pattern.match(folded, at):
                    free_from = match.end() if phrase.is_exception else match.end(1)
                    if not phrase.is_exception:
                        found.append(Found(phrase, text, (at,)))
                    break


_met = itemgetter(3, 4)


def _with_stems(
    pairs: list[Pair], by_stems: tuple[tuple[tuple[str, ...], Pair], ...], token: str
) -> list[Pair]:
    """The pairs, and those that have a stem of the word."""
    stemmed = [pair for stems, pair in by_stems if token.startswith(stems) and pair not in pairs]
    return pairs + stemmed if stemmed else pairs


def _put(by_layer: dict[str, list[_Standing]], uses: tuple[Use, ...], at: int, places: Sequence[int]) -> None:
    for layer, is_cue, order, phrase in uses:
        by_layer[layer].append((places[0], is_cue, -len(places), at, order, phrase, places))


def _without_overlap(text: Text, stand: list[_Standing]) -> list[Found]:
    """The phrases that stand, in order, each on words that none before it used up."""
    if len(stand) > 1:
        stand.sort()
    found, free_from = [], 0
    for at, is_cue, _, _, _, phrase, standing in stand:
        if at < free_from:
            continue
        if is_cue:
            free_from = at + phrase.unbroken
            found.append(Found(phrase, text, standing))
        else:
            free_from = standing[-1] + 1
    return found
