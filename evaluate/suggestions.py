"""How often the right prepared answer is among the first for a message: 77 intents with five triggers each."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from careconsole.snippets.library import Library
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.suggesting import Suggester
from careconsole.store.text_index import MemoryTextIndex

FILE = "banking77_train.csv"
"""Columns `text,category`: messages of bank customers and what each of them wants."""
DRAWS = 5
TRIGGERS = 5
HELD_OUT = 0.2
ASKED = 700
"""Of the messages held out, so many are asked in each draw."""
GOAL_AT_5, GOAL_AT_1 = 0.84, 0.56

Message = tuple[str, str]
"""A text and the intent that it has."""


@dataclass(frozen=True, slots=True)
class Recall:
    """The share of messages whose right answer came first, and was among the first five; mean of the draws."""

    at_1: float
    at_5: float
    asked: int


def recall(messages: Sequence[Message], draws: int = DRAWS) -> Recall:
    """Draw triggers for a snippet an intent, hold messages out, and suggest for those."""
    first = among = asked = 0
    for draw in range(draws):
        snippets, held_out = drawn(messages, draw)
        index = MemoryTextIndex()
        suggester = Suggester(Library(snippets), index)
        for text, intent in held_out:
            found = [suggestion.snippet.id for suggestion in suggester.suggest(text, limit=5)]
            first += found[:1] == [intent]
            among += intent in found
            asked += 1
        index.close()
    return Recall(first / asked, among / asked, asked)


def drawn(messages: Sequence[Message], draw: int) -> tuple[list[Snippet], list[Message]]:
    """A snippet for every intent with triggers drawn by lot, and messages held out; the same ones for each draw."""
    dice = random.Random(draw)
    shuffled = list(messages)
    dice.shuffle(shuffled)
    count = int(len(shuffled) * HELD_OUT)
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, intent in shuffled[count:]:
        by_intent[intent].append(text)
    snippets = [
        Snippet(
            intent,
            intent.replace("_", " "),
            "",
            triggers=tuple(dice.sample(texts, min(TRIGGERS, len(texts)))),
        )
        for intent, texts in sorted(by_intent.items())
    ]
    held_out = shuffled[:count]
    return snippets, dice.sample(held_out, min(ASKED, len(held_out)))


def read_messages(path: Path) -> list[Message]:
    """The messages of a file with the columns `text,category`."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def evaluate(data: Path | None) -> bool:
    """Print recall on the file in the folder of data, or what was left out; False if a goal was missed."""
    path = data / FILE if data is not None else None
    if path is None or not path.is_file():
        print(f"suggestions: left out, as there is no {FILE}; name its folder with DATA=")
        return True
    found = recall(read_messages(path))
    met = found.at_5 >= GOAL_AT_5 and found.at_1 >= GOAL_AT_1
    print(
        f"suggestions: recall@5 {found.at_5:.3f} (goal {GOAL_AT_5}), recall@1 {found.at_1:.3f} (goal {GOAL_AT_1}), "
        f"{found.asked} messages in {DRAWS} draws: {'met' if met else 'MISSED'}"
    )
    return met
