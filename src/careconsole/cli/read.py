"""`careconsole read -`: what each line of standard input tells us, one JSON object a line; no desk is needed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from careconsole.cli.printing import DONE, put
from careconsole.cli.seat import standard_input
from careconsole.cli.text_lines import PIPE, text_lines
from careconsole.language.emergency import EmergencyWords
from careconsole.language.private_data import find_private
from careconsole.language.reading import explain

_DIGITS = 4


def read_lines(options: argparse.Namespace) -> int:
    """Read standard input to its end; print language, kind, mood, urgency, terms and findings of each line."""
    words = EmergencyWords()
    for text in text_lines(standard_input(PIPE)):
        put(json.dumps(_told(text, words)))
    return DONE


def _told(text: str, words: EmergencyWords) -> dict[str, Any]:
    reading, terms = explain(text, words)
    return {
        "language": reading.language,
        "kind": reading.kind.value,
        "mood": round(reading.mood, _DIGITS),
        "urgency": round(reading.urgency, _DIGITS),
        "terms": [{"term": term, "score": round(score, _DIGITS), "for": for_} for term, score, for_ in terms],
        "findings": list(_findings(text)),
    }


def _findings(text: str) -> Iterator[dict[str, Any]]:
    """What is private in the text; offsets count its characters."""
    for what, start, end, found in find_private(text):
        yield {"what": what, "start": start, "end": end, "text": found}
