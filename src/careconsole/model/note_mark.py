"""What the first line of a note says it is: a decision, or a promise with its time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from careconsole.model.when import EXAMPLES, NotRead, read_when

DECISION_WORD, PROMISE_WORD = "!decision", "!promise"
_MARK = re.compile(r"\s*!(decision|promise)(?![^\W_])[ \t:]*", re.IGNORECASE)


class NoteMark(StrEnum):
    """What a note is beside being a note."""

    NONE = ""
    DECISION = "decision"
    """What the customer was told is done for them: the newest one is pinned."""
    PROMISE = "promise"
    """Something said to a customer with a time: open until somebody marks it as kept."""


@dataclass(frozen=True, slots=True)
class MarkedNote:
    """A note without its mark."""

    text: str
    mark: NoteMark = NoteMark.NONE
    due_at: datetime | None = None
    """Of a promise, in UTC."""


def read_note(written: str, now: datetime, zone: tzinfo) -> MarkedNote | NotRead:
    """The note that was written: `!decision refund 20` or `!promise fri 14:00 call back`, else as it stands.

    A mark counts at the very beginning only. NotRead says what a marked note lacks.
    """
    found = _MARK.match(written)
    if found is None:
        return MarkedNote(written)
    word, rest = found[1].lower(), written[found.end() :]
    if word == NoteMark.DECISION:
        text = rest.strip()
        return MarkedNote(text, NoteMark.DECISION) if text else NotRead(_lacks(DECISION_WORD, "decided"))
    first, _, more = rest.partition("\n")
    read = read_when(first, now, zone)
    if isinstance(read, NotRead):
        return NotRead(f"Behind {PROMISE_WORD} comes its time first, for example {EXAMPLES}. {read.sentence}")
    text = "\n".join(part for part in (read.rest.strip(), more.strip()) if part)
    if not text:
        return NotRead(_lacks(PROMISE_WORD, "promised"))
    return MarkedNote(text, NoteMark.PROMISE, read.at)


def _lacks(word: str, done: str) -> str:
    return f"{word} alone says nothing: write behind it what was {done}."
