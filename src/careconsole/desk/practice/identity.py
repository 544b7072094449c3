"""Ids of a practice run: the same seed gives the same ones."""

from __future__ import annotations

import random
from collections.abc import Callable


def ids_of(scenario: str, seed: int) -> Callable[[], str]:
    """A source of ids of 32 hexadecimal digits, one after the other."""
    chance = random.Random(f"{scenario}:{seed}:ids")
    return lambda: f"{chance.getrandbits(128):032x}"
