"""What `doctor` says of the roles of a desk: who has them, who may change them, and what of them is about nothing."""

from __future__ import annotations

import pwd
import stat
from collections.abc import Sequence
from pathlib import Path

from careconsole.desk.diagnosis import Finding, Level
from careconsole.model.rights import Role
from careconsole.model.roster import Roster
from careconsole.settings.roles import owner_of

_GROUP, _OTHERS, _STICKY = 0o020, 0o002, 0o1000


def roles_of(path: Path, roster: Roster, accounts: Sequence[str]) -> list[Finding]:
    """What is to be known of a roles file; `accounts` are the names of those that the desk has."""
    if roster.is_open:
        return [
            Finding(
                Level.NOTE, f"There is no {path}: everybody who may open this desk is admin, under any name."
            )
        ]
    findings = _who_may_write(path)
    number = len(roster.people)
    if not findings:
        words = f"{path} names {number} {'person' if number == 1 else 'people'}. {owner_of(path)} alone may change it."
        findings.append(Finding(Level.OK, words))
    if not any(person.role is Role.ADMIN for person in roster.people.values()):
        findings.append(Finding(Level.NOTE, f"{path} names no admin, so nobody may add accounts or import."))
    return [*findings, *_about_nothing(path, roster, accounts)]


def _who_may_write(path: Path) -> list[Finding]:
    """Ways in which others than its owner could give themselves a role."""
    findings = []
    if path.stat().st_mode & (_GROUP | _OTHERS):
        sentence = (
            f"{path} can be written by others than its owner, who could take any role. Run: chmod go-w {path}"
        )
        findings.append(Finding(Level.FAULT, sentence))
    folder = stat.S_IMODE(path.parent.stat().st_mode)
    if folder & (_GROUP | _OTHERS) and not folder & _STICKY:
        sentence = f"Whoever may write into {path.parent} can put another {path.name} there. Run: chmod +t {path.parent}"
        findings.append(Finding(Level.FAULT, sentence))
    return findings


def _about_nothing(path: Path, roster: Roster, accounts: Sequence[str]) -> list[Finding]:
    known = ", ".join(accounts) or "none yet"
    findings = [
        Finding(
            Level.NOTE,
            f"{path}: {person.name} has a role at {account}, which is no account; there are: {known}.",
        )
        for person in roster.people.values()
        for account in person.role_at
        if account not in accounts
    ]
    for person in roster.people.values():
        try:
            pwd.getpwnam(person.os_user)
        except KeyError:
            sentence = f"{path}: {person.name} is the user {person.os_user}, whom this machine does not know."
            findings.append(Finding(Level.NOTE, sentence))
    return findings
