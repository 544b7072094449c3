"""What the lists of cues have of a word, ready for one look-up a word."""

from __future__ import annotations

from careconsole.language.cues import STEM_LETTERS, STOPS, Cue, Phrase, PhraseBook

_WORDS_KEPT = 8_000
_LONGEST_KEPT = 24

Use = tuple[str, bool, int, Phrase]
"""The layer of a phrase, whether it is a cue and not an exception, its number among the phrases of its anchor, and
the phrase. Plain tuples here: they are taken apart for every word of every message."""

Pair = tuple["Phrase | None", tuple[Use, ...]]
"""Phrases of the same words without a gap, of which two words are known to stand: the phrase if there are further
places, and the uses."""

Beside = tuple[int, dict[str, list[Pair]], tuple[tuple[tuple[str, ...], Pair], ...]]
"""Phrases without a gap whose rarest other word stands in the same place: where, seen from the anchor; by that word;
and by its stems."""

Loose = tuple[frozenset[str], Phrase, tuple[Use, ...]]
"""Phrases of the same words with a gap, or a word where a sentence begins: the marks that a text needs, the phrase, and
the uses."""


class Listed:
    """What the lists have of a word: the phrases anchored at it, and the stems, with star, that it fits."""

    __slots__ = ("beside", "loose", "stems", "words")

    def __init__(self, phrases: list[Phrase], stems: list[str]) -> None:
        self.stems = tuple(stems)
        words: list[Use] = []
        alike: dict[tuple[int, bool], list[Use]] = {}
        for order, phrase in enumerate(phrases):
            use = (phrase.cue.layer, not phrase.is_exception, order, phrase)
            if phrase.is_word:
                words.append(use)
            else:
                alike.setdefault((id(phrase.parts), phrase.begins_sentence), []).append(use)
        together = [(uses[0][3], tuple(uses)) for uses in alike.values()]
        self.words = tuple(words)
        self.beside = _beside([one for one in together if _is_unbroken(one[0])])
        self.loose: tuple[Loose, ...] = tuple(
            (phrase.needs, phrase, uses) for phrase, uses in together if not _is_unbroken(phrase)
        )


def _is_unbroken(phrase: Phrase) -> bool:
    return phrase.unbroken == len(phrase.parts) > 1


def _beside(together: list[tuple[Phrase, tuple[Use, ...]]]) -> tuple[Beside, ...]:
    """The phrases by where their rarest other word stands, and by that word."""
    by_word: dict[int, dict[str, list[Pair]]] = {}
    by_stems: dict[int, list[tuple[tuple[str, ...], Pair]]] = {}
    for phrase, uses in together:
        place = phrase.rarest_other
        part, offset = phrase.parts[place], place - phrase.anchor
        is_whole = len(phrase.parts) == 2 and not phrase.begins_sentence
        pair = (None if is_whole else phrase, uses)
        words = by_word.setdefault(offset, {})
        for word in part.exact:
            words.setdefault(word, []).append(pair)
        if part.stems:
            by_stems.setdefault(offset, []).append((part.stems, pair))
    return tuple((offset, words, tuple(by_stems.get(offset, ()))) for offset, words in by_word.items())


class ListedWords(dict[str, "Listed | None"]):
    """Word to what the lists have of it, filled as words are met; bounded, as customers make up words.

    `exact` are cues in words by the words of their anchors, `stems` by its stems; other stems that count are there too.
    Only cues of the layers are had, if there are any layers.
    Their phrases are made, once more, for the words that are met: of thousands in the lists those are hundreds.
    """

    def __init__(
        self,
        exact: dict[str, tuple[Cue, ...]],
        stems: dict[str, tuple[Cue, ...]],
        layers: tuple[str, ...],
    ) -> None:
        super().__init__()
        self._book = PhraseBook()
        self._exact, self._stems, self._layers = exact, stems, layers
        self._lengths: dict[str, tuple[int, ...]] = {}
        """By the letters that stems begin with: how long they are."""
        for stem in sorted(stems, key=len):
            lengths = self._lengths.get(stem[:STEM_LETTERS], ())
            if len(stem) not in lengths:
                self._lengths[stem[:STEM_LETTERS]] = (*lengths, len(stem))

    def __missing__(self, word: str) -> Listed | None:
        cues = self._exact.get(word, ())
        lengths = self._lengths.get(word[:STEM_LETTERS], ())
        listed = self._look_up(word, cues, lengths) if cues or lengths else None
        is_kept = listed is not None or word.isalpha() or word in STOPS
        if is_kept and len(self) < _WORDS_KEPT and len(word) <= _LONGEST_KEPT:
            self[word] = listed
        return listed

    def _look_up(self, word: str, cues: tuple[Cue, ...], lengths: tuple[int, ...]) -> Listed | None:
        fitting = [
            stem for length in lengths if (stem := word[:length]) in self._stems and length <= len(word)
        ]
        if not cues and not fitting:
            return None
        every = [*cues, *(cue for stem in fitting for cue in self._stems[stem])]
        if self._layers:
            every = [cue for cue in every if cue.layer in self._layers]
            if not every and not fitting:
                return None
        return Listed(list(map(self._book.phrase_in_words, every)), [stem + "*" for stem in fitting])
