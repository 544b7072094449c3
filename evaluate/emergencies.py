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
    """Print the shares; False if too many ordinary or tempting sentences are taken for emergencies."""
    words = EmergencyWords()

    def found(texts: list[str]) -> int:
        return sum(words.find(fold(text)) is not None for text in texts)

    ordinary, tempting = _texts("ordinary_sentences.txt"), _texts("tempting_no_emergencies.txt")
    emergencies = _texts("true_emergencies.txt")
    taken, tempted = found(ordinary), found(tempting)
    met = taken <= GOAL_ORDINARY * len(ordinary) and tempted <= GOAL_ORDINARY * len(tempting)
    print(
        f"emergencies: {taken} of {len(ordinary)} ordinary and {tempted} of {len(tempting)} tempting sentences taken "
        f"for one (goal {GOAL_ORDINARY:.0%} at most), {found(emergencies)} of {len(emergencies)} found, all sentences "
        f"that the lists were made with: {'met' if met else 'MISSED'}"
    )
    return met
