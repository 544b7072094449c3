"""How often the language of a text is read right: overall, of short texts, and of each language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from careconsole.language.detection import language_of
from evaluate.own_sentences import LANGUAGES, sentences

SHORT = 25
GOAL, GOAL_SHORT, GOAL_EACH = 0.975, 0.90, 0.93
_LISTS = Path(__file__).parents[1] / "tests" / "language"
_NAMES = (
    "languages_labelled.txt",
    "other_languages_labelled.txt",
    "ordinary_sentences.txt",
    "true_emergencies.txt",
)

Row = tuple[str, str]
"""A language and a text in it."""


def accuracy(rows: Sequence[Row]) -> float:
    """The share of texts whose language is read right."""
    return sum(language_of(text).code == language for language, text in rows) / len(rows)


def own_rows() -> list[Row]:
    """Every text of the project that is labelled with its language."""
    rows = [(sentence.language, sentence.text) for language in LANGUAGES for sentence in sentences(language)]
    for name in _NAMES:
        for line in (_LISTS / name).read_text("utf-8").splitlines():
            language, text = line.split("\t")[:2]
            rows.append((language, text))
    return rows


def evaluate(data: Path | None) -> bool:
    """Print accuracy on the project's own texts; False if a goal was missed."""
    rows = own_rows()
    short = [row for row in rows if len(row[1]) <= SHORT]
    each = {language: accuracy([row for row in rows if row[0] == language]) for language in LANGUAGES}
    overall, of_short = accuracy(rows), accuracy(short)
    sure = [row for row in rows if language_of(row[1]).is_sure]
    met = overall >= GOAL and of_short >= GOAL_SHORT and min(each.values()) >= GOAL_EACH
    print(
        f"languages: {overall:.3f} of {len(rows)} own texts (goal {GOAL}), {of_short:.3f} of {len(short)} short ones "
        f"(goal {GOAL_SHORT}), {', '.join(f'{code} {share:.3f}' for code, share in each.items())} (goal {GOAL_EACH} "
        f"each); sure of {len(sure) / len(rows):.0%}, right in {accuracy(sure):.1%} of these: {'met' if met else 'MISSED'}"
    )
    return met
