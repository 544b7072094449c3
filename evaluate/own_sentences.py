"""The sentences of the project in six languages, labelled by hand: upset or not, something to be done or not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("en", "de", "ru", "zh", "hr", "et")
_FOLDER = Path(__file__).parent / "sentences"
_LABELS = {
    "upset_and_urgent": (True, True),
    "upset": (True, False),
    "urgent": (False, True),
    "calm": (False, False),
    "pleased": (False, False),
}


class Sentence(NamedTuple):
    """A sentence as a customer might write it, with its labels."""

    language: str
    text: str
    is_negative: bool
    is_actionable: bool


def sentences(language: str) -> list[Sentence]:
    """The sentences of a language."""
    groups = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
    return [Sentence(language, text, *_LABELS[group]) for group, texts in groups.items() for text in texts]
