"""Who works here, with what: handed to every verb of the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from careconsole.desk.rules import Rules, digest_of
from careconsole.language.emergency import EmergencyWords
from careconsole.model.rights import Role
from careconsole.model.roster import OPEN, Roster
from careconsole.store.contract import Store
from careconsole.store.feed import Feed

if TYPE_CHECKING:
    from careconsole.channels.recording import Recording


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
    moved: int = 0
    """Open items that have another place since this desk was opened, because the rules changed."""
    is_signed_on: bool = False
    lost_seen: int | None = None
    """The event up to which this console knows which of its claims were lost."""
    _emergency: EmergencyWords | None = field(default=None, repr=False)
    _rules_digest: str = field(default="", repr=False)

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
