"""How well mood tells upset messages, and urgency those that need something done: area under the ROC curve (AUC).

Of the care threads the labels are in the project (`labels/care_threads.csv`: thread and place of the message), the
texts are not. The cue lists were revised while looking at one half of them, and at messages without a label here,
so the other half is what counts.
"""

from __future__ import annotations

import csv
import hashlib
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from careconsole.language.temper import read_temper
from evaluate.own_sentences import LANGUAGES, sentences

FILE = "care_threads_ibm_dev.jsonl"
GOAL_ACTIONABLE, GOAL_NEGATIVE, GOAL_OTHER = 0.80, 0.84, 0.60
GOAL_US, GOAL_SLOW_US = 100, 300
_LABELS = Path(__file__).parent / "labels" / "care_threads.csv"


class Labelled(NamedTuple):
    """A text with its labels."""

    text: str
    is_negative: bool
    is_actionable: bool


class Areas(NamedTuple):
    """AUC of mood for negative, and of urgency for actionable."""

    negative: float
    actionable: float


def area(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """How likely a labelled text scores above one that is not; ties count half."""
    with_it = [score for score, label in zip(scores, labels, strict=True) if label]
    without = [score for score, label in zip(scores, labels, strict=True) if not label]
    above = sum((one > other) + (one == other) / 2 for one in with_it for other in without)
    return above / (len(with_it) * len(without))


def areas(texts: Sequence[Labelled], language: str) -> Areas:
    """Both areas on texts of one language."""
    tempers = [read_temper(labelled.text, language) for labelled in texts]
    return Areas(
        area([-temper.mood for temper in tempers], [labelled.is_negative for labelled in texts]),
        area([temper.urgency for temper in tempers], [labelled.is_actionable for labelled in texts]),
    )


def is_for_tuning(message: str) -> bool:
    """Whether a message, named by thread and place, is in the half that was looked at."""
    return hashlib.sha256(message.encode()).digest()[0] % 2 == 0


def care_threads(path: Path, *, for_tuning: bool) -> list[Labelled]:
    """One half of the labelled messages, with their texts from the file."""
    texts = {}
    with path.open(encoding="utf-8") as file:
        for thread in map(json.loads, file):
            for place, message in enumerate(thread["messages"]):
                texts[f"{thread['id']}/{place}"] = message["text"]
    with _LABELS.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(texts[row["message"]], row["negative"] == "1", row["actionable"] == "1")
            for row in csv.DictReader(file)
            if is_for_tuning(row["message"]) is for_tuning
        ]


def microseconds(texts: Sequence[str]) -> tuple[float, float]:
    """Median and 99th percentile of the time for a text, each the best of three."""
    taken = []
    for text in texts:
        best = 1.0
        for _ in range(3):
            started = time.perf_counter()
            read_temper(text, "en")
            best = min(best, time.perf_counter() - started)
        taken.append(best * 1e6)
    taken.sort()
    return statistics.median(taken), taken[int(len(taken) * 0.99)]


def evaluate(data: Path | None) -> bool:
    """Print the areas on own sentences and on the care threads if they are there; False if a goal was missed."""
    met = True
    for language in LANGUAGES:
        own = [Labelled(*sentence[1:]) for sentence in sentences(language)]
        found = areas(own, language)
        goal = GOAL_NEGATIVE if language == "en" else GOAL_OTHER
        met &= found.negative >= goal
        print(
            f"tempers: {language}, {len(own)} own sentences: negative {found.negative:.3f} (goal {goal}), "
            f"actionable {found.actionable:.3f}"
        )
    path = data / FILE if data is not None else None
    if path is None or not path.is_file():
        print(f"tempers: care threads left out, as there is no {FILE}; name its folder with DATA=")
        return met
    for for_tuning, name in ((True, "looked at"), (False, "not looked at")):
        threads = care_threads(path, for_tuning=for_tuning)
        found = areas(threads, "en")
        is_met = found.negative >= GOAL_NEGATIVE and found.actionable >= GOAL_ACTIONABLE
        met &= is_met
        print(
            f"tempers: {len(threads)} care threads {name}: negative {found.negative:.3f} (goal {GOAL_NEGATIVE}), "
            f"actionable {found.actionable:.3f} (goal {GOAL_ACTIONABLE}): {'met' if is_met else 'MISSED'}"
        )
    median, slow = microseconds([labelled.text for labelled in threads])
    met &= median <= GOAL_US and slow <= GOAL_SLOW_US
    print(f"tempers: {median:.0f} us a message (goal {GOAL_US}), p99 {slow:.0f} us (goal {GOAL_SLOW_US})")
    return met
