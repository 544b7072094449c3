"""To whom a conversation can be given, and the note that goes with it: done, promised, next (F22)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from careconsole.model.roster import SENIOR, Roster

MOST_MOVES = 3
"""With so many moves in one cycle a conversation is one that nobody ends: the supervisor is told."""
PROMPT_CHARS = 200
"""Characters of each of the three prompts."""


class ToKind(StrEnum):
    """What can be given something."""

    PERSON = "person"
    TEAM = "team"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a conversation is given to."""

    kind: ToKind
    name: str
    """The agent's, the team's, or SENIOR."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """What whoever takes over must know; each is one line, or empty."""

    done: str = ""
    promised: str = ""
    next: str = ""

    @property
    def note(self) -> str:
        """What was entered, as a note has it; empty if nothing was."""
        lines = (("Done", self.done), ("Promised", self.promised), ("Next", self.next))
        return "\n".join(f"{prompt}: {words.strip()}" for prompt, words in lines if words.strip())


NOTHING_SAID = HandOver()


@dataclass(frozen=True, slots=True)
class Assigned:
    """It is moved."""

    conversation_id: int
    event: int
    to: Addressee
    taken_from: str | None = None
    """Who held it until now, if that was somebody else."""


def addressees(roster: Roster, known: Iterable[str]) -> list[Addressee]:
    """Everybody a conversation can be given to: people, teams, senior. `known`: agents of the record.

    Those count only where nobody is named in the roster.
    """
    people = sorted(known if roster.is_open else roster.people, key=str.casefold)
    teams = [name for name in roster.teams if name != SENIOR]
    return [
        *(Addressee(ToKind.PERSON, name) for name in people),
        *(Addressee(ToKind.TEAM, name) for name in teams),
        Addressee(ToKind.SENIOR, SENIOR),
    ]


def addressee_named(name: str, among: Sequence[Addressee]) -> Addressee | None:
    """Whom a name means, with or without @: as it is written, else whatever its case; people before teams."""
    bare = name.strip().removeprefix("@")
    exact = next((each for each in among if each.name == bare), None)
    return exact or next((each for each in among if each.name.casefold() == bare.casefold()), None)
