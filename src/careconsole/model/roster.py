"""Who works here: people with their role, what they may send alone, the teams they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from careconsole.model.message import Kind
from careconsole.model.rights import SENIOR_TOO, Role, Verb, may

SENIOR = "senior"
"""Stands for everybody who is senior where a person or a team is named."""
USUAL_TEAMS = ("marketing", "care", "accounts", "pr", "legal", "hr", "sales")
"""The teams of a desk whose roster names none (product.md F22)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the desk, under the name of their agent."""

    name: str
    os_user: str
    """The user of the operating system that works under this name, and no other."""
    role: Role = Role.AGENT
    role_at: Mapping[str, Role] = field(default_factory=dict)
    """Another role at some accounts, by the account's name."""
    releases: frozenset[Kind] = frozenset()
    """Kinds that a trainee may send alone; all others wait for approval."""
    teams: frozenset[str] = frozenset()
    is_senior: bool = False

    def at(self, account: str) -> Role:
        """The person's role at an account."""
        return self.role_at.get(account, self.role)

    def may(self, verb: Verb, account: str | None = None) -> bool:
        """Whether the person has the right to a verb, at an account if one is named."""
        return self._may_as(self.role if account is None else self.at(account), verb)

    def may_somewhere(self, verb: Verb) -> bool:
        """Whether the person has the right to a verb at any account at all."""
        return any(self._may_as(role, verb) for role in (self.role, *self.role_at.values()))

    def _may_as(self, role: Role, verb: Verb) -> bool:
        return may(role, verb) or (self.is_senior and role is Role.AGENT and verb in SENIOR_TOO)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who works at a desk; without people everybody is an admin."""

    people: Mapping[str, Person] = field(default_factory=dict)
    """By the agent's name."""
    teams: tuple[str, ...] = USUAL_TEAMS

    @property
    def is_open(self) -> bool:
        """Whether nobody is named, so that everybody may do everything."""
        return not self.people

    def person(self, agent: str) -> Person | None:
        """Who works under this name; None for a stranger, and for everybody where nobody is named."""
        return self.people.get(agent)

    def person_of(self, os_user: str) -> Person | None:
        """Who works as this user of the operating system."""
        return next((each for each in self.people.values() if each.os_user == os_user), None)

    def members(self, team: str) -> frozenset[str]:
        """The agents of a team, or of SENIOR."""
        return frozenset(
            each.name
            for each in self.people.values()
            if (each.is_senior if team == SENIOR else team in each.teams)
        )

    def groups_of(self, agent: str) -> frozenset[str]:
        """The teams of an agent, and SENIOR if that is what they are."""
        person = self.people.get(agent)
        if person is None:
            return frozenset()
        return person.teams | ({SENIOR} if person.is_senior else frozenset())


OPEN = Roster()
"""The roster of a desk without one."""
