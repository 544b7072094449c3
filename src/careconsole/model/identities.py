"""Whether two customers may be one person: never decided, only suggested, each time with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from careconsole.model.folding import fold

SOON_US = 72 * 3_600_000_000
"""So near to each other two contacts of one handle are taken for those of one person."""
SHORTEST_HANDLE, SHORTEST_NAME = 4, 5
MAX_SAID = 12
"""Of what one customer said so much is compared."""

_MAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_NUMBER = re.compile(r"(?<![\w.,/@-])[a-z]{0,4}-?\d{6,16}(?![\w@-])")


@dataclass(frozen=True, slots=True)
class Signs:
    """What a customer is known by, as the rule compares it; made by `signs_of`."""

    handles: frozenset[str]
    """Without their servers."""
    names: frozenset[str]
    places: frozenset[str]
    """Inside which a handle names one person: a network, or an account."""
    said: frozenset[str]
    """E-mail addresses and order numbers."""
    newest_us: int


def signs_of(
    handles: Iterable[str], names: Iterable[str], places: Iterable[str], texts: Iterable[str], newest_us: int
) -> Signs:
    """What there is to compare of a customer."""
    said = dict.fromkeys(one for text in texts for one in said_in(text))
    return Signs(
        frozenset(fold(handle).partition("@")[0] for handle in handles),
        frozenset(fold(name).strip() for name in names),
        frozenset(places),
        frozenset(list(said)[:MAX_SAID]),
        newest_us,
    )


def said_in(text: str) -> list[str]:
    """The e-mail addresses and order numbers of a text, folded, each once."""
    folded = fold(text[:20_000])
    found = _MAIL.findall(folded) if "@" in folded else []
    return list(dict.fromkeys([*found, *_NUMBER.findall(folded)]))


def reasons(one: Signs, other: Signs) -> tuple[str, ...]:
    """Why they may be one person, as sentences without what they quote last; empty if nothing says so."""
    found = []
    handle = max((each for each in one.handles & other.handles if len(each) >= SHORTEST_HANDLE), default="")
    name = max((each for each in one.names & other.names if len(each) >= SHORTEST_NAME), default="")
    if handle and name and one.places != other.places:
        found.append(f"same name and same handle on two networks: {handle}")
    elif handle and one.places != other.places and abs(one.newest_us - other.newest_us) <= SOON_US:
        found.append(f"same handle on two networks within 72 hours: {handle}")
    for said in sorted(one.said & other.said):
        what = "e-mail address" if "@" in said else "number"
        found.append(f"both said the same {what}: {said}")
    return tuple(found)
