"""Finds the coach's words in a draft, each with the stretch in which it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from careconsole.language.cues import Cue, HanPhrase, Phrase, entries, phrase_of
from careconsole.language.tone import de, en, et, hr, ru, zh
from careconsole.language.tone.words import ToneWords
from careconsole.model.folding import fold

WORDS: Mapping[str, ToneWords] = {
    "en": en.WORDS,
    "de": de.WORDS,
    "ru": ru.WORDS,
    "zh": zh.WORDS,
    "hr": hr.WORDS,
    "et": et.WORDS,
}
SORTS = ("belittling", "insult", "blame", "apology", "joke", "heard", "step", "promise", "when", "ask")

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*|[.!?;。！？；…\n]")
_ENDS = {"。": ".", "！": "!", "？": "?", "；": ";", "…": ".", "\n": "."}
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
_NOT_PROSE = re.compile(r"https?://\S+|@[\w.@-]+|\{\{.*?\}\}")
_HAN = re.compile("[㐀-鿿]")
_STEM_BEGINS = 3


class Stretch(NamedTuple):
    """A stretch of the draft in which words of one sort stand."""

    sort: str
    start: int
    end: int


class Draft:
    """A draft cut into folded words and sentence ends, each with its place."""

    __slots__ = ("ends", "starts", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for found in _TOKEN.finditer(self.text):
            self.tokens.append(_folded(found[0]))
            self.starts.append(found.start())
            self.ends.append(found.end())


@lru_cache(maxsize=20_000)
def _folded(token: str) -> str:
    return _ENDS.get(token) or fold(token.translate(_APOSTROPHES))


class ToneIndex:
    """The lists of some languages, looked up in one pass over the words of a draft."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._exact: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[tuple[str, Phrase]]] = {}
        self._han: list[HanPhrase] = []
        self._needs: dict[Phrase, frozenset[str]] = {}
        for cue in cues:
            phrase = phrase_of(cue)
            if isinstance(phrase, HanPhrase):
                self._han.append(phrase)
            else:
                self._add(phrase)
        self._han.sort(key=lambda phrase: (not phrase.is_exception, -phrase.letters))
        starts = sorted({start for phrase in self._han for start in phrase.starts}, key=len, reverse=True)
        self._han_start = re.compile("|".join(map(re.escape, starts))) if starts else None
        self._by_start = {
            start: [phrase for phrase in self._han if any(start.startswith(own) for own in phrase.starts)]
            for start in starts
        }

    def _add(self, phrase: Phrase) -> None:
        anchor = phrase.parts[phrase.anchor]
        self._needs[phrase] = frozenset(
            f"{mark[:_STEM_BEGINS]}*" if mark.endswith("*") else mark for mark in phrase.needs
        )
        for word in anchor.exact:
            self._exact.setdefault(word, []).append(phrase)
        for stem in anchor.stems:
            self._stems.setdefault(stem[:_STEM_BEGINS], []).append((stem, phrase))

    def find(self, draft: Draft) -> list[Stretch]:
        """The stretches in order; of those of one sort that overlap, the longest."""
        hits: dict[str, list[Stretch]] = {}
        hidden: dict[str, list[Stretch]] = {}
        for standing in (self._standing(draft), self._standing_han(draft)):
            for phrase, (start, end) in standing:
                sort = phrase.cue.sort
                (hidden if phrase.is_exception else hits).setdefault(sort, []).append(
                    Stretch(sort, start, end)
                )
        found = [
            stretch
            for sort, stretches in hits.items()
            for stretch in _longest(_not_hidden(stretches, hidden.get(sort, [])))
        ]
        return sorted(found, key=lambda stretch: stretch.start)

    def _standing(self, draft: Draft) -> Iterator[tuple[Phrase, tuple[int, int]]]:
        tokens, exact, stems = draft.tokens, self._exact, self._stems
        marks = {*tokens, *(f"{token[:_STEM_BEGINS]}*" for token in tokens)}
        for at, token in enumerate(tokens):
            phrases: Iterable[Phrase] = exact.get(token, ())
            begins = stems.get(token[:_STEM_BEGINS])
            if begins is not None:
                phrases = [*phrases, *(phrase for stem, phrase in begins if token.startswith(stem))]
            for phrase in phrases:
                if phrase.is_word:
                    yield phrase, (draft.starts[at], draft.ends[at])
                elif not self._needs[phrase].isdisjoint(marks) and (standing := phrase.standing(tokens, at)):
                    yield phrase, (draft.starts[standing[0]], draft.ends[standing[-1]])

    def _standing_han(self, draft: Draft) -> Iterator[tuple[HanPhrase, tuple[int, int]]]:
        if self._han_start is None or not _HAN.search(draft.text):
            return
        start = self._han_start.search(draft.text)
        while start is not None:
            for phrase in self._by_start[start[0]]:
                if found := phrase.pattern.match(draft.text, start.start()):
                    yield phrase, found.span()
            start = self._han_start.search(draft.text, start.start() + 1)


def _not_hidden(stretches: list[Stretch], hidden: list[Stretch]) -> list[Stretch]:
    """Without those that overlap an exception."""
    if not hidden:
        return stretches
    return [
        stretch
        for stretch in stretches
        if not any(stretch.start < other.end and other.start < stretch.end for other in hidden)
    ]


def _longest(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Without those that overlap one that begins before them, or there and is longer."""
    free_from = 0
    for stretch in sorted(stretches, key=lambda one: (one.start, -one.end)):
        if stretch.start >= free_from:
            free_from = stretch.end
            yield stretch


_PIECE = re.compile(r"[^.!?;。！？；…\n]{1,2000}[.!?;。！？；…\n]*|[.!?;。！？；…\n]+")


def find_tone(text: str, languages: tuple[str, ...]) -> list[Stretch]:
    """The stretches of a draft, in order. Web addresses, handles and holes are left
    out, and a sentence that was looked at before is not looked at again."""
    found: list[Stretch] = []
    made = tuple.__new__
    text = _NOT_PROSE.sub(lambda match: " " * len(match[0]), text)
    for piece in _PIECE.finditer(text):
        at = piece.start()
        found += [
            made(Stretch, (sort, start + at, end + at)) for sort, start, end in _found_in(piece[0], languages)
        ]
    return found


@lru_cache(maxsize=4096)
def _found_in(piece: str, languages: tuple[str, ...]) -> tuple[Stretch, ...]:
    return tuple(index_of(languages).find(Draft(piece)))


@cache
def past_of(language: str) -> re.Pattern[str]:
    """What shows that a time in this language is over; Chinese does not write the gaps between words."""
    past = WORDS[language].past
    return re.compile(past if language == "zh" else rf"\b(?:{past})\b", re.IGNORECASE)


@cache
def index_of(languages: tuple[str, ...]) -> ToneIndex:
    """The index of these languages; built when the first draft in them is looked at."""
    return ToneIndex(
        Cue(entry, language, sort)
        for language in languages
        for sort in SORTS
        for entry in entries(re.sub(r"/\s+", "/", getattr(WORDS[language], sort)))
    )
