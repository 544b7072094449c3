"""A tone note: advice about a stretch of a draft."""

from __future__ import annotations

from typing import NamedTuple


class ToneNote(NamedTuple):
    """Advice about a stretch of a draft, which stands from `start` up to, not including, `end`."""

    what: str
    """belittling, insult, blame, apologies, joke, no acknowledgement, no next step, house word, form of address,
    sign-off or humour."""
    start: int
    end: int
    reason: str
    """One sentence, which quotes the words."""
