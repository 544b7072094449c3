"""Which prepared answers fit a message, before a key is typed: by the words of titles, texts, tags and triggers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Protocol

from careconsole.snippets.library import Library
from careconsole.snippets.situation import ANYWHERE, Situation
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.terms import Terms, terms_of

MAX_ENTRY_TERMS = 2_000
MOST_MESSAGES, OLDER = 5, 0.4
"""Messages that are looked at, and what one counts for against the one after it."""
MOST_LOOKED_AT = 3_000
"""Places of terms in snippets that one message may touch: what stands everywhere tells nothing and takes time."""
FEW = 25
"""Snippets that are never too many to look at."""
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
    asked: tuple[str, ...] = ()
    """The terms that were looked up for the newest message."""
    _is_filled: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)
    """By snippet id, the number of its entry."""
    _held: Counter[str] = field(default_factory=Counter)
    """How many snippets hold a term."""

    def renew(self, library: Library, learnt: Mapping[str, Sequence[str]]) -> None:
        """Suggest from this library and these learnt triggers from now on."""
        self.library, self.learnt, self._is_filled = library, learnt, False

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

    def suggest_for(
        self, messages: Sequence[str], situation: Situation = ANYWHERE, limit: int = 20
    ) -> list[Suggestion]:
        """The answers that fit what a customer wrote in several messages, the newest given first: it counts most."""
        scores: dict[int, float] = {}
        for nth, message in enumerate(messages[:MOST_MESSAGES]):
            for suggestion in self.suggest(message, situation, limit):
                number = self._numbers[suggestion.snippet.id]
                scores[number] = scores.get(number, 0.0) + suggestion.score * OLDER**nth
        best = nlargest(len(scores), scores, key=lambda number: (scores[number], -number))
        found = [Suggestion(self.library.snippets[number], scores[number]) for number in best]
        return _past_last(found, situation)[:limit]

    def suggest(self, text: str, situation: Situation = ANYWHERE, limit: int = 20) -> list[Suggestion]:
        """The answers that fit a message, best first; those past their review date last."""
        terms = terms_of(text).all
        if not terms or limit < 1:
            return []
        self.prepare()
        self.asked = self._rarest(terms)
        found: list[Suggestion] = []
        fresh = 0
        for number, score in self.index.ranked(self.asked):
            snippet = self.library.snippets[number]
            if not situation.allows(snippet):
                continue
            fresh += not situation.is_past(snippet)
            found.append(Suggestion(snippet, score))
            if fresh >= limit:
                break
        return _past_last(found, situation)[:limit]


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
