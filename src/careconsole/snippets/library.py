"""The prepared answers and the search in them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from threading import Lock

from careconsole.model.folding import fold, words
from careconsole.snippets.fitting import Fit, How, fit, hits, is_han
from careconsole.snippets.index import GOOD, Index, fits_body
from careconsole.snippets.matcher import key_of, letters_hit
from careconsole.snippets.placed import Placed, merged
from careconsole.snippets.situation import ANYWHERE, Situation, speaks
from careconsole.snippets.snippet import BrokenSnippet, Snippet, Span
from careconsole.snippets.spelling import Spellings, no_spellings, placed_ways

MAX_QUERY_CHARS = 120
MAX_QUERY_WORDS = 8
MOST_LEFT_OUT = 0.45
"""Share of the letters that may belong to a word which fits nowhere."""
MAX_MESSAGES = 12
"""So many of a customer's messages decide what is offered."""


@dataclass(frozen=True, slots=True)
class Found:
    """A snippet that a query finds, and what to mark in it."""

    snippet: Snippet
    score: float
    """The higher the better; comparable within one search only."""
    typed: tuple[str, ...] = ()
    """The words of the query, folded."""
    spellings: Spellings = no_spellings

    @property
    def title_spans(self) -> tuple[Span, ...]:
        """What matched in `snippet.title`, in order, never overlapping."""
        return marks(self.typed, self.snippet.title, spellings=self.spellings)

    @property
    def body_spans(self) -> tuple[Span, ...]:
        """What matched in `snippet.body`, in order, never overlapping."""
        return marks(self.typed, self.snippet.body, in_body=True)


class Library:
    """Prepared answers to search in. Ids are unique.

    `spellings` gives the other ways to type a text that is not plain Latin. The search is made ready when it is
    first used, or before by `prepare`, which may be called in another thread.
    """

    def __init__(
        self,
        snippets: Iterable[Snippet],
        broken: Iterable[BrokenSnippet] = (),
        spellings: Spellings = no_spellings,
    ) -> None:
        self.snippets: tuple[Snippet, ...] = tuple(
            sorted(snippets, key=lambda snippet: (fold(snippet.title), snippet.language, snippet.id))
        )
        self.broken: tuple[BrokenSnippet, ...] = tuple(broken)
        self.spellings = spellings
        self._by_id = {snippet.id: snippet for snippet in self.snippets}
        self._by_base: dict[str, list[int]] = {}
        for place, snippet in enumerate(self.snippets):
            self._by_base.setdefault(snippet.base, []).append(place)
        self._titles = [fold(snippet.title) for snippet in self.snippets]
        self._triggers = [tuple(map(_phrase, snippet.triggers)) for snippet in self.snippets]
        self._uses: Counter[str] = Counter()
        self._made: Index | None = None
        self._making = Lock()

    def __len__(self) -> int:
        return len(self.snippets)

    @property
    def scored(self) -> int:
        """Titles that the newest search scored letter by letter."""
        return self._made.scored if self._made else 0

    def get(self, snippet_id: str) -> Snippet | None:
        """The snippet of this id, if there is one."""
        return self._by_id.get(snippet_id)

    def used(self, snippet_id: str) -> None:
        """Remember that a snippet was inserted: what is used more comes first among equals."""
        self._uses[snippet_id] += 1

    def take_uses(self, uses: Mapping[str, int]) -> None:
        """Take over how often each snippet was used before, by id."""
        self._uses = Counter(uses)

    def uses(self, snippet_id: str) -> int:
        """How often a snippet was used."""
        return self._uses[snippet_id]

    def variants(self, snippet: Snippet) -> tuple[Snippet, ...]:
        """What says the same in any language, the snippet itself among it."""
        return tuple(self.snippets[place] for place in self._by_base.get(snippet.base, ()))

    def in_language(self, snippet: Snippet, language: str) -> Snippet:
        """The variant of a snippet in a language; the snippet itself where there is none."""
        if language in ("", "unknown", snippet.language):
            return snippet
        return next((other for other in self.variants(snippet) if other.language == language), snippet)

    def prepare(self) -> None:
        """Make the search ready: a tenth of a second for 1,000 snippets, more with Han among them."""
        self._index()

    def search(
        self,
        query: str,
        limit: int = 20,
        *,
        about: str | Sequence[str] = (),
        situation: Situation = ANYWHERE,
    ) -> list[Found]:
        """The snippets in which every typed word fits somewhere, best first; at most `limit`.

        Those that are not for the agent and account of the situation are left out, those past their review come last. Before one
        in another language than that of the situation stands its variant in that, if there is one.
        Without a query: first those whose triggers stand in the messages `about`, of which the newest is given
        first and counts most, then the most used, then by title.
        """
        typed = _typed(query)
        if not typed:
            return self._unasked(limit, (about,) if isinstance(about, str) else about, situation)
        index = self._index()
        index.scored = 0
        weights = self._weights(typed)
        phrase = fold(query[:MAX_QUERY_CHARS])
        lengths = index.lengths
        for place in weights:
            weights[place] -= 0.05 * lengths[place]
            if phrase in self._titles[place]:
                weights[place] += 6 if self._titles[place].startswith(phrase) else 3
        best = self._spoken(limit, weights, situation)
        return [Found(self.snippets[place], weight, typed, self.spellings) for place, weight in best]

    def _spoken(
        self, limit: int, weights: Mapping[int, float], situation: Situation
    ) -> list[tuple[int, float]]:
        """The best with their weights; each takes its variant in the language of the situation before it."""
        found: dict[int, float] = {}
        weight = math.inf
        for place in self._best(limit, weights, situation):
            weight = min(
                weight, weights[place]
            )  # one past its review date has no more than what stands above it
            found.setdefault(self._variant(place, situation), weight)
            found.setdefault(place, weight)
        return list(found.items())[:limit]

    def _variant(self, place: int, situation: Situation) -> int:
        """Where the variant in the language of the situation is, if it may be used; else the same place."""
        snippet, wanted = self.snippets[place], situation.language
        if speaks(snippet.language, wanted):
            return place
        for other in self._by_base[snippet.base]:
            variant = self.snippets[other]
            is_usable = situation.admits(variant) and not situation.is_past(variant)
            if variant.language and speaks(variant.language, wanted) and is_usable:
                return other
        return place

    def _best(self, limit: int, weights: Mapping[int, float], situation: Situation) -> list[int]:
        """The best that the situation admits; among equals what is used most, then by title."""
        snippets, use = self.snippets, self._use if self._uses else _unused
        past: Collection[int] = ()
        places: Collection[int] = weights
        if situation is not ANYWHERE:
            places = [place for place in weights if situation.admits(snippets[place])]
            past = {place for place in places if situation.is_past(snippets[place])}
        return nlargest(
            limit, places, key=lambda place: (place not in past, weights[place], use(place), -place)
        )

    def _index(self) -> Index:
        with self._making:
            if self._made is None:
                self._made = Index(self.snippets, self.spellings, self._use)
            return self._made

    def _weights(self, typed: Sequence[str]) -> dict[int, float]:
        """What every word fits, by the mean over the words, a letter being a vote.

        Where no snippet has them all well, also what has all but one, and with it most of the letters.
        """
        found = self._weights_of_all(typed)
        if len(typed) == 1 or max(found.values(), default=0.0) >= GOOD:
            return found
        letters = sum(map(len, typed))
        for left_out in sorted(typed, key=len):
            if len(left_out) > MOST_LEFT_OUT * letters:
                break
            rest = [word for word in typed if word != left_out]
            for place, weight in self._weights_of_all(rest).items():
                weight *= (letters - len(left_out)) / letters
                found[place] = max(weight, found.get(place, 0.0))
        return found

    def _weights_of_all(self, typed: Sequence[str]) -> dict[int, float]:
        index = self._index()
        first, *more = sorted(typed, key=len, reverse=True)
        letters = sum(map(len, typed))
        weights = {place: weight * len(first) / letters for place, weight in index.weigh(first).items()}
        for word in more:
            among = index.weigh_among(word, weights)
            weights = {
                place: weights[place] + weight * len(word) / letters for place, weight in among.items()
            }
        return weights

    def _unasked(self, limit: int, about: Sequence[str], situation: Situation) -> list[Found]:
        messages = [f" {_phrase(text).strip()} " for text in about[:MAX_MESSAGES]]
        fits = {place: self._triggered(place, messages) for place in range(len(self.snippets))}
        return [Found(self.snippets[place], fit) for place, fit in self._spoken(limit, fits, situation)]

    def _triggered(self, place: int, messages: Sequence[str]) -> float:
        """How much its triggers are met: one in a newer message counts for more than all in older ones."""
        triggers, fit = self._triggers[place], 0.0
        for message in reversed(messages):
            fit = fit / 10 + min(9, sum(trigger in message for trigger in triggers))
        return fit

    def _use(self, place: int) -> int:
        return self._uses[self.snippets[place].id]


def _unused(place: int) -> int:
    return 0


def highlight(
    query: str, text: str, *, in_body: bool = True, spellings: Spellings = no_spellings
) -> tuple[Span, ...]:
    """What a query matches in any text, such as a filled body: the stretches to mark, in order."""
    return marks(_typed(query), text, in_body=in_body, spellings=spellings)


def marks(
    typed: Sequence[str], text: str, *, in_body: bool = False, spellings: Spellings = no_spellings
) -> tuple[Span, ...]:
    """What typed words match in a text: for each of them its best way of fitting, wherever that occurs.

    A title is also looked at as a run of letters, and in the other ways to type it.
    """
    ways = [Placed.of(text)] if in_body else placed_ways(text, spellings)
    spans: list[Span] = []
    for word in typed:
        if not words(word):
            spans += _sign_marks(word, ways[0])
            continue
        found = (_word_marks(word, way, in_body, fit) for way in ways)
        marked = next(filter(None, found), [])
        if not marked and not in_body:
            marked = next(filter(None, (_letter_marks(word, way) for way in ways)), [])
        spans += marked or _mistyped_marks(word, ways, in_body)
    return merged(spans)


def _word_marks(
    typed: str, placed: Placed, in_body: bool, fits: Callable[[str, str], Fit | None]
) -> list[Span]:
    fitting: list[tuple[How, list[Span]]] = []
    for word in placed.words():
        fitted = fits(typed, word.text)
        if fitted and (not in_body or fits_body(typed, fitted)):
            places = hits(typed, word.text, fitted.how)
            fitting.append((fitted.how, [word.places[place] for place in places]))
    sure = max((how for how, _ in fitting), default=How.SKELETON)
    return [span for how, spans in fitting if how >= min(sure, How.PART) for span in spans]


def _mistyped_marks(typed: str, ways: Iterable[Placed], in_body: bool) -> list[Span]:
    from careconsole.snippets.mistyping import fit_mistyped  # loaded with the first mistake

    return next(filter(None, (_word_marks(typed, way, in_body, fit_mistyped) for way in ways)), [])


def _letter_marks(typed: str, placed: Placed) -> list[Span]:
    found = placed.words()
    places = [place for word in found for place in word.places]
    return [places[at] for at in letters_hit(typed, key_of([word.text for word in found]))]


def _sign_marks(sign: str, placed: Placed) -> list[Span]:
    start = placed.folded.find(sign)
    return list(placed.places[start : start + len(sign)]) if start >= 0 else []


def _typed(query: str) -> tuple[str, ...]:
    """The typed words, folded; a token without letters or digits stands as it is."""
    typed: list[str] = []
    for token in fold(query[:MAX_QUERY_CHARS]).split():
        typed += words(token) or [token]
    return _distinct(typed)[:MAX_QUERY_WORDS]


def _phrase(text: str) -> str:
    """The words of a text, with the space around it that keeps a phrase from matching inside a word."""
    phrase = " ".join(words(fold(text)))
    return phrase if is_han(phrase) else f" {phrase} "


def _distinct(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given))
