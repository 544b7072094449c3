"""Which snippets a typed word fits, and how well: from word to snippets, so that a key costs little."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from careconsole.model.folding import fold, words
from careconsole.snippets.fitting import Fit, How, fit, is_han, may_be_mistyped
from careconsole.snippets.matcher import Key, in_order, key_of, mask_of, quality
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.spelling import Spellings, no_spellings, word_lists

TITLE, TRIGGER, TAG, BODY, BODY_MISTYPED = 1.0, 0.8, 0.85, 0.35, 0.25
"""What a word counts for by where it stands."""
INITIALS = 86.0
"""What the first initials of a title count for; all of them are as good as a word."""
TITLE_AS_LETTERS = 0.85
"""What a title counts for as a run of letters, against one word of it."""
MOST_SCORED = 500
"""Titles that are scored letter by letter at one key, at most."""
MOST_STARTING = 2_000
"""Snippets that one or two letters find, at most."""
OTHER_WAY = 0.97
"""What a text counts for in another way to type it."""
GOOD, SURE, FEW = 50.0, 75.0, 20
"""A fit that is no accident, and one beyond doubt: with fewer of those, mistyped words are looked for."""
_REMEMBERED = 200_000
"""Weights of earlier words that are kept: all of a few hundred snippets, of 10,000 those of the last twenty words."""


@dataclass(slots=True)
class _Holders:
    """The snippets that hold one word, each with what it counts for there."""

    heads: dict[int, float] = field(default_factory=dict)
    """By title, triggers, tags and id."""
    bodies: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Weighed:
    """What one typed word found, and the titles that hold its letters in their order."""

    weights: dict[int, float]
    in_order: list[int] | None = None


class Index:
    """The words of many snippets, folded once. Snippets are known by their place in the sequence given.

    `scored` counts the titles that were scored letter by letter; `lengths` are those of the titles.
    """

    def __init__(
        self,
        snippets: Sequence[Snippet],
        spellings: Spellings = no_spellings,
        use: Callable[[int], int] = lambda place: 0,
    ) -> None:
        self.scored = 0
        self._use = use
        self._snippets = snippets
        self._holders: dict[str, _Holders] = defaultdict(_Holders)
        self._titles: list[list[Key]] = []
        self._heads: list[str] = []
        for place, snippet in enumerate(snippets):
            self._add(place, snippet, spellings)
        self.lengths: Sequence[int] = [len(keys[0].text) for keys in self._titles]
        self._masks = [(key.mask, place, key) for place, keys in enumerate(self._titles) for key in keys]
        self._initials: dict[str, set[int]] = defaultdict(set)
        """By the first two initials."""
        for _, place, key in self._masks:
            self._initials[key.initials[:2]].add(place)
        self._lexicon = "\n".join(self._holders)
        by_letter: dict[str, list[str]] = defaultdict(list)
        for word in self._holders:
            by_letter[word[0]].append(word)
        self._by_letter = {letter: "\n".join(found) for letter, found in by_letter.items()}
        self._by_letter_places = self._letter_places()
        self._starts: dict[int, dict[str, list[str]]] = {}
        self._texts: list[str] | None = None
        self._remembered: dict[str, _Weighed] = {}
        self._weights_kept = 0

    def weigh(self, typed: str) -> dict[int, float]:
        """The snippets that a typed word fits, each with how well: over 0, at most 100."""
        return self._known(typed).weights

    def weigh_among(self, typed: str, places: Collection[int]) -> dict[int, float]:
        """The same among a few; what is short is looked for in them alone."""
        if len(typed) > 2 or is_han(typed) or not words(typed):
            weights = self.weigh(typed)
            return {place: weights[place] for place in places if place in weights}
        start, wanted = f" {typed}", mask_of(typed)
        found: dict[int, float] = {}
        for place in places:
            heads = self._heads[place]
            if start in heads:
                found[place] = 88.0 if start in heads.partition("\n")[0] else 70.0
                continue
            key = self._titles[place][0]
            if key.mask & wanted == wanted and in_order(typed, key.text):
                found[place] = 30.0
                if len(typed) > 1 and self.scored < MOST_SCORED:
                    self.scored += 1
                    found[place] = TITLE_AS_LETTERS * quality(typed, key)
        return found

    def _known(self, typed: str) -> _Weighed:
        if (known := self._remembered.pop(typed, None)) is None:
            known = self._weigh(typed) if words(typed) else _Weighed(self._weigh_sign(typed))
        else:
            self._weights_kept -= len(known.weights) + 1
        self._remembered[typed] = known
        self._weights_kept += len(known.weights) + 1
        while self._weights_kept > _REMEMBERED and len(self._remembered) > 1:
            gone = self._remembered.pop(next(iter(self._remembered)))
            self._weights_kept -= len(gone.weights) + 1
        return known

    # Made once

    def _add(self, place: int, snippet: Snippet, spellings: Spellings) -> None:
        titles = word_lists(snippet.title, spellings)
        self._titles.append([key_of(title) for title in titles])
        fields = [(TITLE * (OTHER_WAY if nth else 1), title) for nth, title in enumerate(titles)]
        for weight, texts in (
            (TRIGGER, snippet.triggers),
            (TAG, snippet.tags),
            (TAG, (snippet.id.replace("_", " "),)),
        ):
            for text in texts:
                for nth, way in enumerate(word_lists(text, spellings)):
                    fields.append((weight * (OTHER_WAY if nth else 1), way))
        for weight, way in fields:
            for word in way:
                heads = self._holders[word].heads
                if weight > heads.get(place, 0.0):
                    heads[place] = weight
        in_titles = " ".join(word for title in titles for word in title)
        others = " ".join(word for _, way in fields[len(titles) :] for word in way)
        self._heads.append(f" {in_titles}\n {others}")
        for text in (snippet.body, snippet.short):
            for word in set(words(fold(text))):
                self._holders[word].bodies.add(place)

    # At every key

    def _weigh(self, typed: str) -> _Weighed:
        if len(typed) == 1 and not is_han(typed):
            return _Weighed(self._by_letter_places.get(typed, {}))
        if len(typed) == 2 and not is_han(typed):
            found = self._starting_with(typed)
            if len(found) >= FEW:
                return _Weighed(found)
        weights = self._by_words(typed, self._candidates(typed), fit)
        self._by_initials(typed, weights)
        ordered = self._titles_in_order(typed)
        self._by_letters(typed, ordered, weights)
        if may_be_mistyped(typed) and sum(weight >= SURE for weight in weights.values()) < FEW:
            from careconsole.snippets.mistyping import fit_mistyped, near  # loaded with the first mistake

            meant = near(typed, self._holders.keys(), self._starting)
            for place, weight in self._by_words(typed, meant, fit_mistyped).items():
                if weight > weights.get(place, 0.0):
                    weights[place] = weight
        return _Weighed(weights, ordered)

    def _starting_with(self, typed: str) -> dict[int, float]:
        """For two letters: what has a word that starts so, and what has these initials."""
        found = self._by_words(typed, _lines(self._by_letter.get(typed[0], ""), re.escape(typed)), fit)
        self._by_initials(typed, found)
        return self._most_used(found)

    def _by_initials(self, typed: str, weights: dict[int, float]) -> None:
        """Add what has a title whose words begin with these letters."""
        for place in self._initials.get(typed[:2], ()) if len(typed) > 1 else ():
            for key in self._titles[place]:
                if key.initials.startswith(typed):
                    value = INITIALS + (100 - INITIALS) * len(typed) / len(key.initials)
                    weights[place] = max(value, weights.get(place, 0.0))

    def _letter_places(self) -> dict[str, dict[int, float]]:
        """For one letter: what has a word in its title, triggers or tags that starts so."""
        buckets: dict[str, dict[int, float]] = defaultdict(dict)
        for word, holders in self._holders.items():
            bucket = buckets[word[0]]
            for place, weight in holders.heads.items():
                if (value := 88 * weight) > bucket.get(place, 0.0):
                    bucket[place] = value
        return {letter: self._most_used(bucket) for letter, bucket in buckets.items()}

    def _most_used(self, found: dict[int, float]) -> dict[int, float]:
        """The best of what one or two letters find; among equals what is used most, then the shortest."""
        if len(found) <= MOST_STARTING:
            return found
        lengths, use = self.lengths, self._use
        best = nlargest(
            MOST_STARTING, found, key=lambda place: (round(found[place]), use(place), -lengths[place])
        )
        return {place: found[place] for place in best}

    def _by_words(
        self, typed: str, candidates: Iterable[str], fits: Callable[[str, str], Fit | None]
    ) -> dict[int, float]:
        """What holds one of these words, by how well the word fits."""
        weights: dict[int, float] = {}
        for word in candidates:
            if (fitted := fits(typed, word)) is None:
                continue
            holders = self._holders[word]
            for place, weight in holders.heads.items():
                if (value := fitted.quality * weight) > weights.get(place, 0.0):
                    weights[place] = value
            if holders.bodies and fits_body(typed, fitted):
                value = fitted.quality * (BODY_MISTYPED if fitted.how is How.TYPO else BODY)
                for place in holders.bodies:
                    if value > weights.get(place, 0.0):
                        weights[place] = value
        return weights

    def _titles_in_order(self, typed: str) -> list[int]:
        """The keys that hold the letters in their order: of those that the word held when it was shorter."""
        shorter = next(
            (self._remembered.get(typed[:length]) for length in range(len(typed) - 1, 1, -1)
             if typed[:length] in self._remembered),
            None,
        )  # fmt: skip
        among: Iterable[int] = range(len(self._masks))
        if shorter is not None and shorter.in_order is not None:
            among = shorter.in_order
        wanted = mask_of(typed)
        masks = self._masks
        held = [at for at in among if masks[at][0] & wanted == wanted]
        return [at for at in held if in_order(typed, masks[at][2].text)]

    def _by_letters(self, typed: str, ordered: Sequence[int], weights: dict[int, float]) -> None:
        """Score whole titles letter by letter, the likeliest first, and no more than there is time for."""
        rest = [at for at in ordered if weights.get(self._masks[at][1], 0.0) < GOOD]
        if len(rest) > MOST_SCORED:
            first = typed[0]

            def likely(at: int) -> tuple[bool, bool, int]:
                _, _, key = self._masks[at]
                return not in_order(typed, key.initials), first not in key.initials, len(key.text)

            rest.sort(key=likely)
            del rest[MOST_SCORED:]
        self.scored += len(rest)
        for at in rest:
            _, place, key = self._masks[at]
            value = TITLE_AS_LETTERS * quality(typed, key)
            if value > weights.get(place, 0.0):
                weights[place] = value

    def _weigh_sign(self, typed: str) -> dict[int, float]:
        """For what has no letters, such as an emoji: where it stands as it is."""
        if self._texts is None:
            self._texts = [_whole(snippet) for snippet in self._snippets]
        return {place: 50.0 for place, text in enumerate(self._texts) if typed in text}

    def _candidates(self, typed: str) -> Iterable[str]:
        """The words of the lexicon that hold the letters in order: from their first letter on, or side by side."""
        han = is_han(typed)
        letters = [f"[^{re.escape(letter)}\n]*{re.escape(letter)}" for letter in typed]
        if han:
            return set(_lines(self._lexicon, "".join(letters)))
        found = set(_lines(self._by_letter.get(typed[0], ""), re.escape(typed[0]) + "".join(letters[1:])))
        at = self._lexicon.find(typed)
        while at >= 0:
            start = self._lexicon.rfind("\n", 0, at) + 1
            end = self._lexicon.find("\n", at)
            end = len(self._lexicon) if end < 0 else end
            found.add(self._lexicon[start:end])
            at = self._lexicon.find(typed, end)
        return found

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


def _lines(text: str, pattern: str) -> list[str]:
    """The lines of a text that begin so."""
    return re.findall(f"^{pattern}.*$", text, re.MULTILINE) if text else []


def _whole(snippet: Snippet) -> str:
    fields = (snippet.title, snippet.id, *snippet.triggers, *snippet.tags, snippet.body, snippet.short)
    return "\n".join(fold(field) for field in fields)
