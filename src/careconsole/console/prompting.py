"""Which prepared answers are offered before a key is typed, and in what order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from careconsole.console.own_languages import OURS
from careconsole.language.detection import language_of
from careconsole.snippets.library import Library
from careconsole.snippets.situation import Situation, speaks
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.suggesting import Suggester

MOST_SUGGESTED = 8
LEAST_SHARE = 0.25
"""What fits so much less than the best one is not called fitting."""


class Prompted(NamedTuple):
    """A snippet that is offered, and whether that is because it fits the messages."""

    snippet: Snippet
    fits: bool


@dataclass(slots=True)
class Prompter:
    """Offers from one library: what fits the messages, then what is used most; another language never first."""

    library: Library
    suggester: Suggester | None = None
    """None until it is ready: so long only what a trigger names word by word fits."""
    own: frozenset[str] = OURS
    """What the agent reads: it stands in where the customer's language is not sure."""

    def prompt(self, texts: Sequence[str], where: Situation, limit: int) -> list[Prompted]:
        """At most `limit` snippets for these messages, of which the newest is given first.

        `where` names their language only if that is sure.
        """
        rest = self._rest(where, limit)
        fitting = [one for one in self._fitting(texts, where) if self._may_lead(one.language, where.language)]
        taken = {snippet.id for snippet in fitting}
        prompted = [Prompted(snippet, True) for snippet in fitting]
        prompted += [Prompted(snippet, False) for snippet in rest if snippet.id not in taken]
        return prompted[:limit]

    def _rest(self, where: Situation, limit: int) -> list[Snippet]:
        """What may be used there, by language, then the most used, then by title; what is past its review last."""
        strangeness: dict[str, int] = {}

        def place(snippet: Snippet) -> tuple[int, bool, int]:
            language = snippet.language
            if language not in strangeness:
                strangeness[language] = self._strangeness(language, where.language)
            return strangeness[language], where.is_past(snippet), -self.library.uses(snippet.id)

        return nsmallest(limit, filter(where.admits, self.library.snippets), key=place)

    def _fitting(self, texts: Sequence[str], where: Situation) -> list[Snippet]:
        if self.suggester is not None:
            suggested = self.suggester.suggest_for(texts, where, MOST_SUGGESTED)
            least = max((one.score for one in suggested), default=0.0) * LEAST_SHARE
            return [one.snippet for one in suggested if one.score >= least]
        found = self.library.search("", MOST_SUGGESTED, about=texts, situation=where)
        return [hit.snippet for hit in found if hit.score > 0 and where.allows(hit.snippet)]

    def _may_lead(self, language: str, wanted: str) -> bool:
        return self._strangeness(language, wanted) < _FOREIGN

    def _strangeness(self, language: str, wanted: str) -> int:
        """How far a language is from the one to answer in: that itself, none, the agent's own, any other."""
        if not language:
            return 1
        if wanted and speaks(language, wanted):
            return 0
        is_own = any(speaks(language, code) for code in self.own)
        return _FOREIGN if not is_own else 2 if wanted else 0


_FOREIGN = 3


def sure_language(texts: Sequence[str]) -> str:
    """The language of the newest text that tells it for sure, else of all together; empty if none does."""
    for text in (*texts, "\n".join(texts)):
        found = language_of(text)
        if found.is_sure:
            return found.code
    return ""
