"""A seed varies when customers write; what they say to each other keeps its order."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

from careconsole.channels.recording import Deleted, Recording, Said

MOST_S = 25.0
"""So much earlier or later at most does a message come."""
_PART = 0.4
"""Of the time to the happening before or behind it in its conversation."""

Happening = Said | Deleted


def vary(recording: Recording, duration_s: float, chance: random.Random) -> Recording:
    """The recording with other times; what is there at the start stays as it is."""
    times: dict[tuple[str, int], float] = {}
    for account, happenings in recording.happenings.items():
        for places in _conversations(happenings).values():
            _move(account, places, happenings, duration_s, chance, times)
    return Recording(
        recording.header,
        {account: _at(account, each, times) for account, each in recording.happenings.items()},
    )


def _conversations(happenings: tuple[Happening, ...]) -> dict[str, list[int]]:
    """The places of what belongs together, by customer."""
    owner: dict[str, str] = {}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(happenings):
        if isinstance(each, Said):
            owner.setdefault(each.item.external_id, each.item.author.handle)
            places[owner[each.item.external_id]].append(place)
        else:
            places[owner.get(each.external_id, "")].append(place)
    return places


def _move(
    account: str,
    places: list[int],
    happenings: tuple[Happening, ...],
    duration_s: float,
    chance: random.Random,
    times: dict[tuple[str, int], float],
) -> None:
    """Choose new times for the happenings of one conversation."""
    old = [happenings[place].t for place in places]
    for index, place in enumerate(places):
        t = old[index]
        if t <= 0:
            continue
        before_s = t - (old[index - 1] if index and old[index - 1] > 0 else 0.0)
        behind_s = (old[index + 1] if index + 1 < len(old) else duration_s) - t
        earliest, latest = t - min(MOST_S, _PART * before_s), t + min(MOST_S, _PART * behind_s)
        times[account, place] = round(chance.uniform(earliest, latest), 2)


def _at(
    account: str, happenings: tuple[Happening, ...], times: dict[tuple[str, int], float]
) -> tuple[Happening, ...]:
    first: dict[str, float] = {}
    moved: list[Happening] = []
    for place, each in enumerate(happenings):
        t = times.get((account, place), each.t)
        if isinstance(each, Deleted):
            moved.append(replace(each, t=t))
        else:
            said_t = t if not each.is_edit else first.get(each.item.external_id, each.said_t)
            first.setdefault(each.item.external_id, t)
            moved.append(replace(each, t=t, said_t=said_t))
    return tuple(sorted(moved, key=lambda one: one.t))
