"""What the coach needs of one language. The entries are written as `language.cues` describes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToneWords:
    """The lists of one language, each with commas between its entries."""

    belittling: str
    """What makes it sound easy, known or exaggerated."""
    blame: str
    """What puts it on the customer."""
    apology: str
    joke: str
    heard: str
    """What shows that somebody has read and understood."""
    step: str
    """What somebody does, did or is asked to do."""
    promise: str
    """A step that is still to come, so that a time belongs to it."""
    when: str
    """A time."""
