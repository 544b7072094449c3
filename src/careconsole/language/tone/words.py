"""What the coach needs of one language. The entries are written as `language.cues` describes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToneWords:
    """The lists of one language, each but the last with commas between its entries."""

    belittling: str
    """What makes it sound easy, known or exaggerated."""
    insult: str
    """What calls the customer names, or sends them away."""
    blame: str
    """What puts it on the customer."""
    apology: str
    joke: str
    heard: str
    """What shows that somebody has read and understood."""
    step: str
    """What somebody does, did, will do or is asked to do, and what is done or under way."""
    promise: str
    """A step that is still to come, so that a time belongs to it."""
    when: str
    """A time."""
    ask: str
    """What the customer is asked for, so that the next step is theirs."""
    past: str
    """A pattern of the words by which a time is one that is over."""
