"""For whom and where an answer is looked for, and which snippets may be used there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from careconsole.snippets.snippet import Snippet

Excess = Callable[[str], int]
"""How many characters a text is too long for the network; 0 if it fits."""


@dataclass(frozen=True, slots=True)
class Situation:
    """For whom an answer is looked for: what narrows the choice."""

    language: str = ""
    """Of the message, where that is sure; empty or "unknown" leaves every language in."""
    account: str = ""
    agent: str = ""
    excess: Excess | None = None
    today: date | None = None

    def allows(self, snippet: Snippet) -> bool:
        """Whether a snippet is for this agent, account and language, and one of its forms fits the network."""
        return self.admits(snippet) and speaks(snippet.language, self.language) and self.has_room_for(snippet)

    def has_room_for(self, snippet: Snippet) -> bool:
        """Whether one of its forms fits the network."""
        if self.excess is None or not self.excess(snippet.body):
            return True
        return bool(snippet.short) and not self.excess(snippet.short)

    def admits(self, snippet: Snippet) -> bool:
        """Whether a snippet is for this agent and account; that is all that a search by hand asks."""
        return snippet.is_for(self.agent, self.account)

    def is_past(self, snippet: Snippet) -> bool:
        """Whether a snippet is past its review date: it sinks."""
        return self.today is not None and snippet.is_expired(self.today)


ANYWHERE = Situation()
"""Nothing is known of who looks, or where."""


def speaks(language: str, wanted: str) -> bool:
    """Whether a snippet of one language answers a message of another; none on either side always does."""
    return language in ("", "unknown") or wanted in ("", "unknown") or _base(language) == _base(wanted)


def _base(language: str) -> str:
    code = language.casefold().partition("-")[0]
    return {"sr": "hr", "bs": "hr"}.get(code, code)
