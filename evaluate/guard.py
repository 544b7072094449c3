"""What the guard finds of private data, and which order and reference numbers it takes for it."""

from __future__ import annotations

import re
from pathlib import Path

from careconsole.language.private_data import find_private

GOAL_FLAGGED = 0.02
_LISTS = Path(__file__).parents[1] / "tests" / "language"
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def _plain(written: str) -> str:
    return _ESCAPE.sub(lambda code: chr(int(code[1], 16)), written).replace("\\n", "\n")


def found_whole(what: str, marked: str) -> bool:
    """Whether just what is marked is found, as what it is."""
    wanted = [(what, part) for part in re.findall("«(.*?)»", marked, re.DOTALL)]
    return [(one.what, one.text) for one in find_private(marked.replace("«", "").replace("»", ""))] == wanted


def evaluate(data: Path | None) -> bool:
    """Print how much is found and how much is flagged wrongly; False if a goal was missed."""
    items = [line.split("\t") for line in (_LISTS / "private_true.txt").read_text("utf-8").splitlines()]
    numbers = (_LISTS / "private_false.txt").read_text("utf-8").splitlines()
    found = sum(found_whole(what, _plain(marked)) for what, marked in items)
    flagged = sum(bool(find_private(line)) for line in numbers)
    met = found == len(items) and flagged <= GOAL_FLAGGED * len(numbers)
    print(
        f"guard: {found} of {len(items)} private things found (goal all), {flagged} of {len(numbers)} other numbers "
        f"flagged (goal {GOAL_FLAGGED:.0%} at most): {'met' if met else 'MISSED'}"
    )
    return met
