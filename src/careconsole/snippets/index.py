"""Which snippets hold a typed word, and how well: from word to snippets, so that a key costs little."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from careconsole.model.folding import fold, words
from careconsole.snippets.fitting import Fit, How, fit, is_han, may_be_mistyped
from careconsole.snippets.snippet import Snippet

TITLE, TRIGGER, TAG, BODY = 1.0, 0.95, 0.85, 0.35
"""What a word counts for by where it stands."""
_REMEMBERED = 64


@dataclass(slots=True)
class _Holders:
    """The snippets that hold one word, each with what it counts for there."""

    heads: dict[int, float] = field(default_factory=dict)
    """By title, triggers and tags."""
    bodies: set[int] = field(default_factory=set)


class Index:
    """The words of many snippets, folded once. Snippets are known by their place in the sequence given."""

    def __init__(self, snippets: Sequence[Snippet]) -> None:
        self._holders: dict[str, _Holders] = defaultdict(_Holders)
        self._texts = [_whole(snippet) for snippet in snippets]
        for place, snippet in enumerate(snippets):
            self._add(place, snippet)
        self._lexicon = "\n".join(self._holders)
        self._starts: dict[int, dict[str, list[str]]] = {}
        self._remembered: dict[str, dict[int, float]] = {}

    def weigh(self, typed: str) -> dict[int, float]:
        """The snippets that a typed word fits, each with how well: over 0, at most 100."""
        if (known := self._remembered.pop(typed, None)) is None:
            known = self._weigh(typed) if words(typed) else self._weigh_sign(typed)
        self._remembered[typed] = known
        if len(self._remembered) > _REMEMBERED:
            del self._remembered[next(iter(self._remembered))]
        return known

    def _add(self, place: int, snippet: Snippet) -> None:
        fields = [(TITLE, snippet.title), (TAG, snippet.id)]
        fields += [(TRIGGER, trigger) for trigger in snippet.triggers]
        fields += [(TAG, tag) for tag in snippet.tags]
        for weight, text in fields:
            for word in words(fold(text)):
                heads = self._holders[word].heads
                heads[place] = max(weight, heads.get(place, 0.0))
        for text in (snippet.body, snippet.short):
            for word in words(fold(text)):
                self._holders[word].bodies.add(place)

    def _weigh(self, typed: str) -> dict[int, float]:
        weights: dict[int, float] = {}
        for word in self._candidates(typed):
            if (fitted := fit(typed, word)) is None:
                continue
            holders = self._holders[word]
            for place, weight in holders.heads.items():
                weights[place] = max(weights.get(place, 0.0), fitted.quality * weight)
            if fits_body(typed, fitted):
                quality = fitted.quality * BODY
                for place in holders.bodies:
                    weights[place] = max(weights.get(place, 0.0), quality)
        return weights

    def _weigh_sign(self, typed: str) -> dict[int, float]:
        """For what has no letters, such as an emoji: where it stands as it is."""
        return {place: 50.0 for place, text in enumerate(self._texts) if typed in text}

    def _candidates(self, typed: str) -> Iterable[str]:
        """The words of the lexicon that may fit: those that hold the letters in order, and near misses."""
        if len(typed) == 1 and not is_han(typed):
            pattern = f"^{re.escape(typed)}.*$"
        else:
            letters = "".join(f"[^{re.escape(letter)}\n]*{re.escape(letter)}" for letter in typed)
            pattern = f"^{letters}.*$"
        found = set(re.findall(pattern, self._lexicon, re.MULTILINE))
        if may_be_mistyped(typed):
            found.update(self._near(typed))
        return found

    def _near(self, typed: str) -> Iterable[str]:
        lengths = (3,) if len(typed) == 3 else (len(typed) - 1, len(typed), len(typed) + 1)
        for length in lengths:
            starts = self._starting(length)
            for start, _, _ in process.extract(
                typed, starts.keys(), scorer=OSA.distance, score_cutoff=1, limit=None
            ):
                yield from starts[start]

    def _starting(self, length: int) -> dict[str, list[str]]:
        """The words of at least this length by their first letters, prepared when first asked for."""
        if length not in self._starts:
            starts: dict[str, list[str]] = defaultdict(list)
            for word in self._holders:
                if len(word) >= length:
                    starts[word[:length]].append(word)
            self._starts[length] = starts
        return self._starts[length]


def fits_body(typed: str, fitted: Fit) -> bool:
    """Whether a fit is good enough for a body, where nearly everything fits somehow."""
    match fitted.how:
        case How.WHOLE | How.START:
            return True
        case How.PART:
            return len(typed) >= 3 or is_han(typed)
        case How.TYPO:
            return len(typed) >= 5
        case How.SKELETON:
            return is_han(typed)


def _whole(snippet: Snippet) -> str:
    fields = (snippet.title, snippet.id, *snippet.triggers, *snippet.tags, snippet.body, snippet.short)
    return "\n".join(fold(field) for field in fields)
