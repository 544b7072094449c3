"""The prepared answers and the search in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest

from careconsole.model.folding import fold, words
from careconsole.snippets.fitting import How, fit, hits, is_han
from careconsole.snippets.index import Index, fits_body
from careconsole.snippets.placed import Placed, merged
from careconsole.snippets.snippet import BrokenSnippet, Snippet, Span

MAX_QUERY_CHARS = 120
MAX_QUERY_WORDS = 8
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

    @property
    def title_spans(self) -> tuple[Span, ...]:
        """What matched in `snippet.title`, in order, never overlapping."""
        return marks(self.typed, self.snippet.title)

    @property
    def body_spans(self) -> tuple[Span, ...]:
        """What matched in `snippet.body`, in order, never overlapping."""
        return marks(self.typed, self.snippet.body, in_body=True)


class Library:
    """Prepared answers, folded once for searching. Ids are unique."""

    def __init__(self, snippets: Iterable[Snippet], broken: Iterable[BrokenSnippet] = ()) -> None:
        self.snippets: tuple[Snippet, ...] = tuple(
            sorted(snippets, key=lambda snippet: (fold(snippet.title), snippet.language, snippet.id))
        )
        self.broken: tuple[BrokenSnippet, ...] = tuple(broken)
        self._by_id = {snippet.id: snippet for snippet in self.snippets}
        self._index = Index(self.snippets)
        self._titles = [fold(snippet.title) for snippet in self.snippets]
        self._triggers = [tuple(map(_phrase, snippet.triggers)) for snippet in self.snippets]
        self._uses: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self.snippets)

    def get(self, snippet_id: str) -> Snippet | None:
        """The snippet of this id, if there is one."""
        return self._by_id.get(snippet_id)

    def used(self, snippet_id: str) -> None:
        """Remember that a snippet was inserted: what is used more comes first among equals."""
        self._uses[snippet_id] += 1

    def search(self, query: str, limit: int = 20, *, about: str | Sequence[str] = ()) -> list[Found]:
        """The snippets in which every typed word fits somewhere, best first; at most `limit`.

        Without a query: first those whose triggers stand in the messages `about`, of which the newest is given
        first and counts most, then the most used, then by title. About 5 ms for 2,000 snippets.
        """
        typed = _typed(query)
        if not typed:
            return self._unasked(limit, (about,) if isinstance(about, str) else about)
        weights = self._weights(typed)
        phrase = fold(query[:MAX_QUERY_CHARS])
        for place in weights:
            if phrase in self._titles[place]:
                weights[place] += 30 if self._titles[place].startswith(phrase) else 20
        best = nlargest(limit, weights, key=lambda place: (weights[place], self._use(place), -place))
        return [Found(self.snippets[place], weights[place], typed) for place in best]

    def _weights(self, typed: Sequence[str]) -> dict[int, float]:
        weighed = sorted((self._index.weigh(word) for word in typed), key=len)
        weights = dict(weighed[0])
        for more in weighed[1:]:
            weights = {place: weight + more[place] for place, weight in weights.items() if place in more}
        return weights

    def _unasked(self, limit: int, about: Sequence[str]) -> list[Found]:
        messages = [f" {_phrase(text).strip()} " for text in about[:MAX_MESSAGES]]
        fits = [self._triggered(place, messages) for place in range(len(self.snippets))]
        places = range(len(self.snippets))
        best = nlargest(limit, places, key=lambda place: (fits[place], self._use(place), -place))
        return [Found(self.snippets[place], fits[place]) for place in best]

    def _triggered(self, place: int, messages: Sequence[str]) -> float:
        """How much its triggers are met: one in a newer message counts for more than all in older ones."""
        triggers, fit = self._triggers[place], 0.0
        for message in reversed(messages):
            fit = fit / 10 + min(9, sum(trigger in message for trigger in triggers))
        return fit

    def _use(self, place: int) -> int:
        return self._uses[self.snippets[place].id]


def highlight(query: str, text: str, *, in_body: bool = True) -> tuple[Span, ...]:
    """What a query matches in any text, such as a filled body: the stretches to mark, in order."""
    return marks(_typed(query), text, in_body=in_body)


def marks(typed: Sequence[str], text: str, *, in_body: bool = False) -> tuple[Span, ...]:
    """What typed words match in a text: for each of them its best way of fitting, wherever that occurs."""
    placed = Placed.of(text)
    spans: list[Span] = []
    for word in typed:
        if words(word):
            spans += _word_marks(word, placed, in_body)
        else:
            spans += _sign_marks(word, placed)
    return merged(spans)


def _word_marks(typed: str, placed: Placed, in_body: bool) -> list[Span]:
    fitting: list[tuple[How, list[Span]]] = []
    for word in placed.words():
        fitted = fit(typed, word.text)
        if fitted and (not in_body or fits_body(typed, fitted)):
            places = hits(typed, word.text, fitted.how)
            fitting.append((fitted.how, [word.places[place] for place in places]))
    sure = max((how for how, _ in fitting), default=How.SKELETON)
    return [span for how, spans in fitting if how >= min(sure, How.PART) for span in spans]


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
