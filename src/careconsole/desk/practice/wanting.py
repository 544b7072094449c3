"""What a message of a scenario wants from the trainee, and how its customer reacts to what was done."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from careconsole.channels.import_line import BadLine, account_of, identifier_of, item_of
from careconsole.channels.recording import Said

WANTED_VISIBILITIES = ("private", "public", "either")
LONGEST_WAIT_S = 3600.0
"""So late at most does a customer react."""
_SOONER, _LATER = 0.8, 1.2
"""By what factors a seed makes a customer react sooner or later than the file says."""
_NOT_SAID_YET = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Want:
    """How a message should be answered."""

    external_id: str
    visibility: str
    """private, public or either."""
    is_answered: bool
    """False for what is best left alone."""
    ack_min: int
    """Minutes within which the customer should hear of us first: the promise of the practice desk."""
    why: str
    """One sentence for the debrief."""


class Did(StrEnum):
    """What was done to a message, as its customer sees it."""

    ANSWERED = "answered"
    IGNORED = "ignored"
    RUDELY = "rudely"
    PRIVATE = "private"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a customer says to what was done to one of their messages."""

    to: str
    """External id of that message."""
    did: Did
    after_s: float
    """Virtual seconds after the reply left; with `ignored` after the message came."""
    said: Said
    """Its `t` is 0 until it is known when it is said."""
    account: str


def want_of(record: dict[str, Any], external_id: str) -> Want:
    """What the message of a record wants. Raises BadLine."""
    want = record["want"]
    if not isinstance(want, dict):
        raise BadLine('"want" must be an object')
    visibility, answer, ack_min = (want.get(key) for key in ("visibility", "answer", "ack_min"))
    if visibility not in WANTED_VISIBILITIES:
        raise BadLine(f'"want.visibility" must be one of {", ".join(WANTED_VISIBILITIES)}')
    if not isinstance(answer, bool):
        raise BadLine('"want.answer" must be true or false')
    if isinstance(ack_min, bool) or not isinstance(ack_min, int) or not 0 < ack_min <= 24 * 60:
        raise BadLine('"want.ack_min" must be a whole number of minutes, 1 to 1440')
    why = want.get("why")
    if not isinstance(why, str) or not why.strip():
        raise BadLine('"want.why" must be a sentence')
    return Want(external_id, visibility, answer, ack_min, why)


def reaction_of(record: dict[str, Any], account: str, chance: random.Random) -> Reaction:
    """The reaction of a record; `account` is that of the message it reacts to. Raises BadLine."""
    when = record["when"]
    did, after_s = when.get("did"), when.get("after_s")
    if did not in list(Did):
        raise BadLine(f'"when.did" must be one of {", ".join(Did)}')
    if isinstance(after_s, bool) or not isinstance(after_s, int | float) or not math.isfinite(after_s):
        raise BadLine('"when.after_s" must be a number of seconds')
    if not 0 <= after_s <= LONGEST_WAIT_S:
        raise BadLine(f'"when.after_s" must be 0 to {LONGEST_WAIT_S:.0f}')
    item = item_of(record, _NOT_SAID_YET)
    varied_s = round(after_s * chance.uniform(_SOONER, _LATER), 1)
    to = identifier_of(when, "to", "when.to")
    return Reaction(to, Did(did), varied_s, Said(0.0, 0.0, item), account_of(record, account))
