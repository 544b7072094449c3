"""How long an agent is at work on an answer: a model whose every number has its source, or is marked as assumed."""

from __future__ import annotations

import math
from statistics import NormalDist

from careconsole.language.coach import WORDS_A_MIN
from careconsole.model.message import Kind

COMPOSED_WORDS_A_MIN = 19
"""Words a minute of people who compose at a keyboard, without prepared answers (Karat, Halverson, Horn and Karat 1999)."""
ANSWER_WORDS = 21
"""Words of an answer: the mean of our own answers in the sample recording."""
OPEN_S = 10
"""To take a conversation, see who writes, and end it. Assumed."""
LOOK_UP_S = 45
"""To look up an order, a booking or a rule before writing. Assumed."""
MOST_READING_S = 300
"""Nobody reads one message for longer; a very long one is skimmed. Assumed."""
SPREAD = 0.5
"""Standard deviation of the logarithm of the time for an answer. That such times are lognormal is found in call
centres (Brown and others 2005); how widely they spread is assumed."""

_CHANCE_BEYOND = 1e-9
_NORMAL = NormalDist()


def answer_mean_s() -> float:
    """Seconds that an answer takes on average, without reading what the customer wrote.

    Take it up, look it up, write it, and read it once more before it leaves.
    """
    return OPEN_S + LOOK_UP_S + ANSWER_WORDS * 60 / COMPOSED_WORDS_A_MIN + ANSWER_WORDS * 60 / WORDS_A_MIN


def needs_answer(kind: Kind) -> bool:
    """Whether agents write to a message of this kind; noise is read and ended."""
    return kind is not Kind.NOISE


def answer_us(kind: Kind, chance: float) -> int:
    """Microseconds for the answer to a message, apart from reading it; `chance` from 0 to 1 says how hard it is."""
    mean_s = answer_mean_s() if needs_answer(kind) else OPEN_S
    chance = min(max(chance, _CHANCE_BEYOND), 1 - _CHANCE_BEYOND)
    hardness = math.exp(SPREAD * _NORMAL.inv_cdf(chance) - SPREAD * SPREAD / 2)
    return max(1, round(mean_s * hardness * 1_000)) * 1_000
