"""Whom a note calls: `@ben`, `@billing`, `@senior`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from careconsole.model.agent_name import AGENT_LIMIT, may_stand

MOST_CALLED = 20
"""So many names of one note are looked at."""
_AT = re.compile(r"(?<![\w@.+-])@(?=\w)")
_ENDS_A_SENTENCE = "._-"


def names_called(text: str) -> list[tuple[str, ...]]:
    """What stands behind each @ of a note: the longest name first, then shorter without the marks at its end.

    An address (cara@shop.example) calls nobody.
    """
    text = unicodedata.normalize("NFC", text)
    found = (_forms(text, at.end()) for at in _AT.finditer(text))
    return list(dict.fromkeys(forms for forms in found if forms))[:MOST_CALLED]


def _forms(text: str, start: int) -> tuple[str, ...]:
    end = start
    while end < len(text) and end - start <= AGENT_LIMIT and may_stand(text[end]):
        end += 1
    return tuple(_shorter(text[start:end]))


def _shorter(name: str) -> Iterator[str]:
    while name:
        yield name
        if name[-1] not in _ENDS_A_SENTENCE:
            return
        name = name[:-1]


def called(text: str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The agents that a note calls. `groups`: by each name that means somebody, who that is; what else is just text.

    A name counts as it is written, else whatever its case.
    """
    folded = {name.casefold(): agents for name, agents in groups.items()}
    agents: set[str] = set()
    for forms in names_called(text):
        known = [groups[name] for name in forms if name in groups]
        known += [folded[name.casefold()] for name in forms if name.casefold() in folded]
        agents |= known[0] if known else set()
    return frozenset(agents)
