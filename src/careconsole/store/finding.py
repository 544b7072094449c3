"""Find conversations: by words of their messages, and by what a filter names; in rank order what waits, then the rest.

The index tells which conversations have the words; what they are and in which order they stand is asked of two
indexes that hold every column they need. Words that nearly everybody uses are looked for in the texts themselves,
from the first conversation in order on, as the first two hundred of them are soon found.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from careconsole.model.finding import Query
from careconsole.model.search_words import Term
from careconsole.store import queue
from careconsole.store.contract import ReadTx
from careconsole.store.finding_filters import Filter, filter_of
from careconsole.store.found_words import (
    Place,
    conversations_with,
    is_common,
    match_of,
    places,
    read_through,
)
from careconsole.store.rows import QueueRow

MOST_LOOKED_UP = 3_000
"""So many conversations are looked up one by one."""
MOST_MAPPED = 150_000
"""With more messages that have all of the words, the texts are tried first."""
COMMON = 100_000
"""The same for one word or beginning, of which the index tells beforehand in how many messages it is."""
MOST_COUNTED = 1_000
"""With more to find than is looked up one by one, no more than so many are counted."""
FEW = 500
"""So many conversations with the other words are read through for a beginning that is in very many."""
STEPS = (100, 400, 700, 800)
"""So many conversations are read through at a time, and in all."""
SURELY = 0.7
"""By what was found so far no more than this part of them may be needed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A conversation that was found, and where the words stand."""

    row: QueueRow
    text: str
    """The whole text with the words; empty if no words were asked for."""
    said_in: str
    """`message`, `reply` for one of ours, `note` or `card`; empty likewise."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: at most as many as were asked for, and how many there are."""

    found: tuple[Hit, ...]
    waiting: int
    """How many of all that fit wait; `found` has the first of them."""
    others: int
    is_more: bool
    """Whether there are, or may be, more others than `others` says."""
    is_more_waiting: bool = False
    """Whether more wait than `waiting` says."""


@dataclass(slots=True)
class _Found:
    """Conversation ids in order, and how many there are."""

    waiting: list[int]
    others: list[int]
    is_more: bool = False
    is_more_waiting: bool = False
    all_waiting: int = -1
    """Where it is more than there are ids of."""
    places: dict[int, Place] = field(default_factory=dict)
    """Of those whose place is known already."""


async def find(tx: ReadTx, agent: str, query: Query, limit: int) -> Hits:
    """The conversations that fit; the number of statements does not depend on how many there are."""
    wanted = await filter_of(tx, agent, query)
    if query.terms:
        found = await _with_words(tx, query.terms, wanted, limit)
    else:
        found = await _without_words(tx, wanted, limit)
    chosen = [*found.waiting[:limit], *found.others[: max(0, limit - len(found.waiting))]]
    rows = {row.id: row for row in await queue.some(tx, agent, chosen)}
    where = found.places
    if query.terms:
        unknown = [id for id in chosen if id not in where]
        where = where | (await places(tx, query.terms, unknown) if unknown else {})
    nowhere = Place("", "")
    hits = [(rows[id], where.get(id, nowhere)) for id in chosen if id in rows]
    waiting = len(found.waiting) if found.all_waiting < 0 else found.all_waiting
    return Hits(
        tuple(Hit(row, place.text, place.said_in) for row, place in hits),
        waiting,
        len(found.others),
        found.is_more,
        found.is_more_waiting,
    )


async def _without_words(tx: ReadTx, wanted: Filter, limit: int) -> _Found:
    waiting = await wanted.waiting(tx, limit)
    most = max(limit, MOST_COUNTED)
    others = await wanted.others(tx, most + 1)
    count = await wanted.count_waiting(tx) if len(waiting) == limit else len(waiting)
    return _Found(waiting, others[:most], len(others) > most, all_waiting=count)


async def _with_words(tx: ReadTx, terms: tuple[Term, ...], wanted: Filter, limit: int) -> _Found:
    common = [term for term in terms if term.begins or len(terms) == 1]
    common = [term for term in common if await is_common(tx, term, COMMON)]
    rest = [term for term in terms if term not in common]
    if common and rest:
        found = await _by_the_rest(tx, terms, rest, wanted)
        if found is not None:
            return found
    ids = None if common else await conversations_with(tx, match_of(terms), MOST_MAPPED)
    if ids is None:
        found = await _by_texts(tx, terms, wanted, limit)
        if found is not None:
            return found
        ids = await conversations_with(tx, match_of(terms))
    assert ids is not None
    if len(ids) <= MOST_LOOKED_UP:
        return _Found(*await wanted.of(tx, set(ids)))
    return await _by_map(tx, ids, wanted, limit)


async def _by_the_rest(
    tx: ReadTx, terms: Sequence[Term], rest: Sequence[Term], wanted: Filter
) -> _Found | None:
    """Those with the other words are read through for the beginning that many have; None if they are many too."""
    ids = await conversations_with(tx, match_of(rest), FEW)
    found = None if ids is None else await read_through(tx, terms, set(ids))
    return None if found is None else _Found(*await wanted.of(tx, found), places=found)


async def _by_map(tx: ReadTx, ids: Collection[int], wanted: Filter, limit: int) -> _Found:
    """Of very many conversations the first in order that fit."""
    among = bytearray(max(ids) + 1)
    deque(map(among.__setitem__, ids, repeat(1)), maxlen=0)
    most = max(limit, MOST_COUNTED)
    waiting = await wanted.waiting(tx, most + 1, bytes(among))
    room = limit - len(waiting)
    if room <= 0:
        return _Found(waiting[:most], [], not wanted.waits, len(waiting) > most)
    others = await wanted.others(tx, room + 1, bytes(among))
    return _Found(waiting, others[:room], len(others) > room)


async def _by_texts(tx: ReadTx, terms: Sequence[Term], wanted: Filter, limit: int) -> _Found | None:
    """The first in order, by reading what was said in them; None if that would be much."""
    waiting = await _read_on(tx, terms, await wanted.waiting(tx, sum(STEPS)), limit)
    if waiting is None:
        return None
    room = limit - len(waiting)
    if room <= 0:
        return _Found(list(waiting)[:limit], [], not wanted.waits, len(waiting) > limit, places=waiting)
    others = await _read_on(tx, terms, await wanted.others(tx, sum(STEPS)), room)
    if others is None:
        return None
    return _Found(list(waiting), list(others)[:room], len(others) > room, places=waiting | others)


async def _read_on(tx: ReadTx, terms: Sequence[Term], ids: list[int], need: int) -> dict[int, Place] | None:
    """Of these conversations in order those with the words, one more than needed if there are; None if it takes long."""
    found: dict[int, Place] = {}
    at = 0
    for step in STEPS:
        part = ids[at : at + step]
        more = await read_through(tx, terms, part)
        if more is None:
            return None
        found |= {id: more[id] for id in part if id in more}
        at += len(part)
        if len(found) > need or (at == len(ids) and at < sum(STEPS)):
            return found
        if (need + 1) * at > len(found) * sum(STEPS) * SURELY:
            return None
    return None
