"""Which prepared answers fit a message, before a key is typed: by the words of titles, texts, tags and triggers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from statistics import median
from typing import Protocol

from careconsole.snippets.library import Library
from careconsole.snippets.situation import ANYWHERE, Situation, speaks
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.terms import Terms, terms_of

MAX_ENTRY_TERMS = 2_000
MOST_MESSAGES, OLDER = 5, 0.4
"""Messages that are looked at, and what one counts for against the one after it."""
MOST_LOOKED_AT = 3_000
"""Places of terms in snippets that one message may touch: what stands everywhere tells nothing and takes time."""
FEW = 25
"""Snippets that are never too many to look at."""
WORDS, HALFWAY = 0.08, 16.0
"""What words add to the nearness of meanings at most, and the score by words that adds half of it. Fitted on one half
of the labelled messages and checked on the other (`make evaluate`): more makes the better list worse."""
STANDS_OUT = 0.015
"""By so much a snippet must be nearer than most of its language to fit at all: whatever two texts say, they are nearer
in one language than in two, so that each is held against its own."""
FEWEST, FAR, ALIKE = 8, 0.80, 0.03
"""Most of fewer snippets says little: those must be nearer than this, in the language of the message by so much more."""
_PART = 10.0
"""Scores are squares of what stands out, so that half as near is a quarter."""
EXPIRED = 0.01
"""What a score is worth for a snippet past its review date, of the lowest of the others at most: it stands last."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index knows of one snippet: words separated by blanks, safe to search for, by where they stand."""

    number: int
    title: str
    body: str
    tags: str
    triggers: str
    stems: str
    pairs: str


class TextIndex(Protocol):
    """A full-text index of entries, whoever keeps it."""

    def fill(self, entries: Iterable[Entry]) -> None:
        """Hold these entries and no others."""
        ...

    def replace(self, entry: Entry) -> None:
        """Hold this entry instead of the one of its number."""
        ...

    def ranked(self, terms: Sequence[str]) -> Iterable[tuple[int, float]]:
        """The entries that hold any of the terms, best first, each with a score over 0 (higher is better)."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


class Meaning(Protocol):
    """What the snippets of a library mean, whoever tells it."""

    def fit(self, text: str) -> Sequence[float] | None:
        """By its place in the library how near each snippet is to a message, to 1; None if that is not known (yet).

        Empty where the message says nothing.
        """
        ...

    def knows(self, text: str) -> bool:
        """Whether that is known."""
        ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A snippet that fits a message."""

    snippet: Snippet
    score: float
    """Over 0, the higher the better; comparable within one message only."""


@dataclass(slots=True)
class Suggester:
    """Suggests from one library through an index, which is filled when it is first asked."""

    library: Library
    index: TextIndex
    learnt: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Further triggers by snippet id."""
    meaning: Meaning | None = None
    """Without it, and for a message that it does not know, the words alone decide."""
    asked: tuple[str, ...] = ()
    """The terms that were looked up for the newest message."""
    _is_filled: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)
    """By snippet id, the number of its entry."""
    _by_language: dict[str, list[int]] = field(default_factory=dict)
    """The numbers of the entries in each language."""
    _held: Counter[str] = field(default_factory=Counter)
    """How many snippets hold a term."""

    def renew(self, library: Library, learnt: Mapping[str, Sequence[str]]) -> None:
        """Suggest from this library and these learnt triggers from now on."""
        self.library, self.learnt, self.meaning, self._is_filled = library, learnt, None, False

    def learn(self, snippet_id: str, text: str) -> None:
        """Suggest the snippet for such words from now on."""
        self.learnt = {**self.learnt, snippet_id: [*self.learnt.get(snippet_id, ()), text]}
        number = self._numbers.get(snippet_id)
        if number is not None and self._is_filled:
            self.index.replace(self._entry((number, self.library.snippets[number])))

    def prepare(self) -> None:
        """Fill the index, if what it holds is not up to date; may be called in another thread."""
        if not self._is_filled:
            self._held.clear()
            self._numbers = {one.id: number for number, one in enumerate(self.library.snippets)}
            self._by_language = {}
            for number, snippet in enumerate(self.library.snippets):
                self._by_language.setdefault(snippet.language, []).append(number)
            self.index.fill(map(self._entry, enumerate(self.library.snippets)))
            self._is_filled = True

    def _entry(self, numbered: tuple[int, Snippet]) -> Entry:
        number, snippet = numbered
        entry = _entry(number, snippet, self.learnt.get(snippet.id, ()))
        fields = (entry.title, entry.body, entry.tags, entry.triggers, entry.stems, entry.pairs)
        self._held.update({term for text in fields for term in text.split()})
        return entry

    def _rarest(self, terms: Sequence[str]) -> tuple[str, ...]:
        """The terms that tell most, so many that the index has little to look at; those nobody holds left out."""
        held = self._held
        chosen: list[str] = []
        looked_at, half = 0, max(FEW, len(self.library) / 2)
        for term in sorted((term for term in terms if held[term]), key=held.__getitem__):
            looked_at += held[term]
            if chosen and (looked_at > MOST_LOOKED_AT or held[term] > half):  # to bm25, half is nothing
                break
            chosen.append(term)
        return tuple(chosen)

    def unread(self, messages: Sequence[str]) -> list[str]:
        """Those of several messages whose meaning would count and is not known yet."""
        known = self.meaning
        return [] if known is None else [text for text in messages[:MOST_MESSAGES] if not known.knows(text)]

    def suggest_for(
        self, messages: Sequence[str], situation: Situation = ANYWHERE, limit: int = 20
    ) -> list[Suggestion]:
        """The answers that fit what a customer wrote in several messages, the newest given first: it counts most.

        Until the meaning of all of them is known the words alone decide.
        """
        scores: dict[int, float] = {}
        has_meaning = not self.unread(messages)
        for nth, message in enumerate(messages[:MOST_MESSAGES]):
            for suggestion in self._suggest(message, situation, limit, has_meaning):
                number = self._numbers[suggestion.snippet.id]
                scores[number] = scores.get(number, 0.0) + suggestion.score * OLDER**nth
        best = nlargest(len(scores), scores, key=lambda number: (scores[number], -number))
        found = [Suggestion(self.library.snippets[number], scores[number]) for number in best]
        return _past_last(found, situation)[:limit]

    def suggest(self, text: str, situation: Situation = ANYWHERE, limit: int = 20) -> list[Suggestion]:
        """The answers that fit a message, best first; those past their review date last.

        By words these are in the language of the situation. Where meanings are known, an answer in another language
        is found too; if it has a variant in that of the situation, this one stands for it.
        """
        return self._suggest(text, situation, limit, True)

    def _suggest(self, text: str, situation: Situation, limit: int, has_meaning: bool) -> list[Suggestion]:
        if limit < 1:
            return []
        near = self.meaning.fit(text) if self.meaning is not None and has_meaning else None
        found = self._by_words(text, situation, limit) if not near else self._by_both(text, near, situation)
        return _past_last(found, situation)[:limit]

    def _by_words(self, text: str, situation: Situation, limit: int) -> list[Suggestion]:
        found: list[Suggestion] = []
        fresh = 0
        for number, score in self._ranked(text):
            snippet = self.library.snippets[number]
            if not situation.allows(snippet):
                continue
            fresh += not situation.is_past(snippet)
            found.append(Suggestion(snippet, score))
            if fresh >= limit:
                break
        return found

    def _ranked(self, text: str) -> Iterable[tuple[int, float]]:
        self.prepare()
        terms = terms_of(text).all
        if not terms:
            return ()
        self.asked = self._rarest(terms)
        return self.index.ranked(self.asked)

    def _by_both(self, text: str, near: Sequence[float], situation: Situation) -> list[Suggestion]:
        """What is nearer in meaning than most, and what the words add; of an answer in several languages the best."""
        self.prepare()
        scores: dict[int, float] = {}
        for language, numbers in self._by_language.items():
            own = [near[number] for number in numbers]
            is_alike = bool(language and situation.language) and speaks(language, situation.language)
            far = median(own) if len(own) >= FEWEST else FAR + ALIKE * is_alike
            scores |= {number: each - far for number, each in zip(numbers, own, strict=True)}
        for number, score in self._ranked(text):
            scores[number] += WORDS * score / (score + HALFWAY)
        found: dict[str, Suggestion] = {}
        for number in nlargest(len(scores), scores, key=lambda each: (scores[each], -each)):
            if scores[number] < STANDS_OUT:
                break
            snippet = self._said_in(self.library.snippets[number], situation)
            if situation.admits(snippet) and situation.has_room_for(snippet):
                found.setdefault(snippet.id, Suggestion(snippet, (_PART * scores[number]) ** 2))
        return list(found.values())

    def _said_in(self, snippet: Snippet, situation: Situation) -> Snippet:
        """The variant in the language of the situation, if there is one that may be used; else the same snippet."""
        if speaks(snippet.language, situation.language):
            return snippet
        for variant in self.library.variants(snippet):
            if situation.allows(variant) and not situation.is_past(variant):
                return variant
        return snippet


def _past_last(found: Iterable[Suggestion], situation: Situation) -> list[Suggestion]:
    """Best first, and those past their review date behind all others, in the order of their scores too."""
    ranked = sorted(found, key=lambda one: (situation.is_past(one.snippet), -one.score))
    lowest = min((one.score for one in ranked if not situation.is_past(one.snippet)), default=math.inf)
    return [
        Suggestion(one.snippet, min(one.score, lowest) * EXPIRED) if situation.is_past(one.snippet) else one
        for one in ranked
    ]


def _entry(number: int, snippet: Snippet, learnt: Sequence[str]) -> Entry:
    title = _terms(snippet.title)
    body = _terms(f"{snippet.body}\n{snippet.short}")
    tags = _terms("\n".join(snippet.tags))
    triggers = _terms("\n".join((*snippet.triggers, *learnt)))
    heads = (title, tags, triggers)
    return Entry(
        number,
        " ".join(title.words),
        " ".join(body.words),
        " ".join(tags.words),
        " ".join(triggers.words),
        " ".join(stem for terms in heads for stem in terms.stems),
        " ".join(pair for terms in (*heads, body) for pair in terms.pairs),
    )


def _terms(text: str) -> Terms:
    return terms_of(text, MAX_ENTRY_TERMS)
