"""Who works here, with what: handed to every verb of the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from careconsole.desk.rules import Rules, digest_of
from careconsole.language.emergency import EmergencyWords
from careconsole.model.rights import Role, Verb
from careconsole.model.rights import may as role_may
from careconsole.model.roster import OPEN, Person, Roster
from careconsole.store.contract import Store
from careconsole.store.feed import Feed

if TYPE_CHECKING:
    from careconsole.channels.recording import Recording


def _nothing() -> None:
    """The roster was read at the start and does not change."""


@dataclass(slots=True)
class Desk:
    """One agent at one desk, in one process."""

    store: Store
    home: Path
    agent: str
    role: Role
    rules: Rules
    now: Callable[[], datetime]
    recording: Recording | None = None
    """The recording that a sample desk plays; None for a real desk."""
    speed: float = 1.0
    roster: Roster = OPEN
    """Who works at this desk."""
    hand_span_s: Callable[[float], float] = lambda seconds: seconds
    """How long the hand at the keys waits for so many seconds of the desk's clock; less where that runs faster."""
    moved: int = 0
    """Open items that have another place since this desk was opened, because the rules changed."""
    is_signed_on: bool = False
    lost_seen: int | None = None
    """The event up to which this console knows which of its claims were lost."""
    look_at_roles: Callable[[], None] = _nothing
    """Called before every act: takes up a roster that has changed."""
    is_shut_out: bool = False
    """Whether the agent was taken off the roster while they worked: they have no right any more."""
    _emergency: EmergencyWords | None = field(default=None, repr=False)
    _rules_digest: str = field(default="", repr=False)

    @property
    def person(self) -> Person | None:
        """Who works here; None where nobody is named, so that the role alone tells their rights."""
        return self.roster.person(self.agent)

    @property
    def has_roles_by_account(self) -> bool:
        """Whether rights here depend on the account."""
        person = self.person
        return person is not None and bool(person.role_at)

    def role_at(self, account: str | None = None) -> Role:
        """The agent's role, at an account if one is named."""
        person = self.person
        return self.role if person is None or account is None else person.at(account)

    def may(self, verb: Verb, account: str | None = None) -> bool:
        """Whether the agent has the right to a verb, at an account if one is named."""
        if self.is_shut_out:
            return False
        person = self.person
        return role_may(self.role, verb) if person is None else person.may(verb, account)

    def may_somewhere(self, verb: Verb) -> bool:
        """Whether the agent has the right to a verb at any account at all."""
        person = None if self.is_shut_out else self.person
        return self.may(verb) if person is None else person.may_somewhere(verb)

    def take_roster(self, roster: Roster, *, is_shut_out: bool = False) -> None:
        """Go by this roster from now on: what it gives or takes holds for what is tried next.

        `is_shut_out`: it does not name whoever works here, or names them otherwise.
        """
        person = roster.person(self.agent)
        self.is_shut_out = is_shut_out or (person is None and not roster.is_open)
        self.roster = roster
        if not self.is_shut_out:
            self.role = Role.ADMIN if person is None else person.role

    @property
    def emergency(self) -> EmergencyWords:
        """The emergency words of the rules, made ready when they are first needed."""
        if self._emergency is None:
            self._emergency = EmergencyWords(self.rules.emergency)
        return self._emergency

    @property
    def rules_digest(self) -> str:
        """What names the content of the rules; that of the rules in force stands in the record."""
        if not self._rules_digest:
            self._rules_digest = digest_of(self.rules)
        return self._rules_digest

    def take_rules(self, rules: Rules) -> None:
        """Work by these rules from now on."""
        self.rules = rules
        self._rules_digest = ""
        self._emergency = None

    @property
    def session(self) -> str:
        """Names this process in the record."""
        return self.store.session

    @property
    def feed(self) -> Feed:
        """Moves when something was committed, by whomever."""
        return self.store.feed

    @property
    def is_sample(self) -> bool:
        """Whether this desk plays a recording and cannot reach the world."""
        return self.recording is not None
