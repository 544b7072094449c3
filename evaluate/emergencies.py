"""How many ordinary sentences the emergency words put into tier 0, and how many emergencies they find."""

from __future__ import annotations

from pathlib import Path

from careconsole.language.emergency import EmergencyWords
from careconsole.model.folding import fold

GOAL_ORDINARY = 0.02
_LISTS = Path(__file__).parents[1] / "tests" / "language"


def _texts(name: str) -> list[str]:
    return [line.split("\t")[1] for line in (_LISTS / name).read_text("utf-8").splitlines()]


def evaluate(data: Path | None) -> bool:
    """Print both shares; False if too many ordinary sentences are taken for emergencies."""
    words = EmergencyWords()
    ordinary, emergencies = _texts("ordinary_sentences.txt"), _texts("true_emergencies.txt")
    taken = sum(words.find(fold(text)) is not None for text in ordinary)
    found = sum(words.find(fold(text)) is not None for text in emergencies)
    met = taken <= GOAL_ORDINARY * len(ordinary)
    print(
        f"emergencies: {taken} of {len(ordinary)} ordinary sentences taken for one (goal {GOAL_ORDINARY:.0%} at most), "
        f"{found} of {len(emergencies)} found: {'met' if met else 'MISSED'}"
    )
    return met
