"""With the extra `careconsole[semantic]`: answers found across languages, and how much meaning adds in English.

The English messages are those of `evaluate.suggestions`; the weight of the words was fitted on one half of them and on
`across/tuning.toml`. What counts is the other half, and `across/fresh.toml`.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from careconsole.language.encoder import EXTRA, Encoder, open_encoder
from careconsole.settings.bundled import bundled
from careconsole.snippets.library import Library
from careconsole.snippets.loading import read_snippet
from careconsole.snippets.meaning import Meanings, sayings, told_of
from careconsole.snippets.situation import Situation
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.suggesting import Suggester
from careconsole.store.text_index import MemoryTextIndex
from evaluate.suggestions import DRAWS, FILE, Message, drawn, read_messages

ACROSS = Path(__file__).parent / "across"
GOAL_ACROSS, GOAL_ENGLISH = 0.85, 0.90


class Asked(NamedTuple):
    """A message in another language, and the answer that it should find."""

    language: str
    snippet_id: str
    text: str


class Recalled(NamedTuple):
    """The share of messages whose answer came first, and was among the first five."""

    at_1: float
    at_5: float
    asked: int


def answers() -> list[Snippet]:
    """The English answers."""
    read = tomllib.loads((ACROSS / "answers.toml").read_text(encoding="utf-8"))
    return [
        Snippet(id, one["title"], one["body"], triggers=tuple(one["triggers"]), language="en")
        for id, one in read.items()
    ]


def asked(name: str) -> list[Asked]:
    """The labelled messages of `tuning` or `fresh`."""
    read = tomllib.loads((ACROSS / f"{name}.toml").read_text(encoding="utf-8"))
    return [
        Asked(language, id, text)
        for language, by_answer in read.items()
        for id, texts in by_answer.items()
        for text in texts
    ]


class Kept:
    """An encoder that makes the vector of a text once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._made: dict[str, bytes] = {}
        self.near = encoder.near

    def of(self, text: str) -> bytes:
        """The vector of a text."""
        if text not in self._made:
            self._made[text] = self._encoder.encode([text])[0]
        return self._made[text]


def ranking(snippets: Sequence[Snippet], kept: Kept) -> Callable[[str, str], list[str]]:
    """The five best answers, by their ids, for a text and its language."""
    suggester = Suggester(Library(snippets), MemoryTextIndex())
    vectors = [[kept.of(text) for text in sayings(snippet)] for snippet in suggester.library.snippets]
    suggester.meaning = meanings = Meanings(kept.near, vectors)

    def five(text: str, language: str) -> list[str]:
        told = told_of(text)
        meanings.learn({text: kept.of(told) if told else b""})
        return [one.snippet.id for one in suggester.suggest(text, Situation(language=language), limit=5)]

    return five


def others() -> list[Snippet]:
    """The answers in other languages that come along with the program."""
    found = [read_snippet(path) for path in sorted(bundled("snippets").glob("*.toml"))]
    # Under other names, lest one of them is taken for a variant of an answer.
    kept = [each for each in found if isinstance(each, Snippet) and each.language != "en"]
    return [replace(each, id=f"other-{each.id}", variant_of="") for each in kept]


def recall_across(
    messages: Sequence[Asked], kept: Kept, beside: Sequence[Snippet] = ()
) -> dict[str, Recalled]:
    """By language, and for all as an empty one; `beside` stands in the library too."""
    five = ranking([*answers(), *beside], kept)
    found = [(one.language, one.snippet_id, five(one.text, one.language)) for one in messages]
    return {
        language: _recalled([(id, ids) for spoken, id, ids in found if language in ("", spoken)])
        for language in ("", *dict.fromkeys(one.language for one in messages))
    }


def recall_english(messages: Sequence[Message], kept: Kept, draws: int = DRAWS) -> Recalled:
    """Of the messages that nothing was fitted on, as `evaluate.suggestions` draws them."""
    found: list[tuple[str, list[str]]] = []
    for draw in range(draws):
        snippets, held_out = drawn(messages, draw)
        five = ranking(snippets, kept)
        found += [(intent, five(text, "")) for text, intent in held_out if not is_for_fitting(text)]
    return _recalled(found)


def is_for_fitting(text: str) -> bool:
    """Whether the weight was fitted on a message."""
    return zlib.crc32(text.encode()) % 2 == 0


def _recalled(found: Sequence[tuple[str, list[str]]]) -> Recalled:
    first = sum(ids[:1] == [wanted] for wanted, ids in found)
    return Recalled(first / len(found), sum(wanted in ids for wanted, ids in found) / len(found), len(found))


def evaluate(data: Path | None) -> bool:
    """Print recall with meanings, or what was left out; False if a goal was missed."""
    encoder = open_encoder()
    if encoder is None:
        print(f"meanings: left out, as the extra is not there: pip install '{EXTRA}'")
        return True
    kept = Kept(encoder)
    met = _say_across(kept)
    path = data / FILE if data is not None else None
    if path is None or not path.is_file():
        print(f"meanings, English: left out, as there is no {FILE}; name its folder with DATA=")
        return met
    found = recall_english(read_messages(path), kept)
    return _said("English, the half not fitted on", found, GOAL_ENGLISH) and met


def _say_across(kept: Kept) -> bool:
    met = True
    for name in ("tuning", "fresh"):
        found: Mapping[str, Recalled] = recall_across(asked(name), kept)
        for language, one in found.items():
            if language:
                print(f"meanings, {name}, {language} -> en: recall@5 {one.at_5:.3f}, recall@1 {one.at_1:.3f}")
        met &= _said(f"{name}, five languages -> en", found[""], GOAL_ACROSS)
        mixed = recall_across(asked(name), kept, others())[""]
        met &= _said(f"{name}, beside answers in the language of the message", mixed, GOAL_ACROSS)
    return met


def _said(what: str, found: Recalled, goal: float) -> bool:
    met = found.at_5 >= goal
    print(
        f"meanings, {what}: recall@5 {found.at_5:.3f} (goal {goal}), recall@1 {found.at_1:.3f}, {found.asked} messages: "
        f"{'met' if met else 'MISSED'}"
    )
    return met
