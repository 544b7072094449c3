"""Who works at a desk and in which role, read from HOME/roles.toml.

    teams = ["billing", "care"]
    [people.ana]
    os_user = "a.horvat"
    role = "agent"
    teams = ["billing"]
    senior = true
    [people.ana.accounts]
    shop = "supervisor"
    [people.tim]
    role = "trainee"
    releases = ["praise"]

A person is whoever works as their user of the operating system, and nobody else.
"""

from __future__ import annotations

import os
import pwd
import stat
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from careconsole.model.message import Kind
from careconsole.model.rights import Role
from careconsole.model.roster import OPEN, SENIOR, USUAL_TEAMS, Person, Roster
from careconsole.model.text_gate import safe_line
from careconsole.model.toml_text import TomlError, TomlText, unknown
from careconsole.settings.faults import (
    Fault,
    SettingsError,
    dotted,
    line_of,
    refuse_dangling,
    shown,
    wrong_value,
)
from careconsole.settings.home import agent_fault, agent_of, typed_agent
from careconsole.settings.watching import LeftAlone, Stamp, stamp_of

ROLES_FILE = "roles.toml"
SIZE_LIMIT = 1024 * 1024
"""Bytes of a roles file."""

_REPAIR = "Correct the line; until then nobody can start at this desk."
_TOP = ("people", "teams")
_OF_PERSON = ("os_user", "role", "teams", "senior", "releases", "accounts")
_LONGEST = 64
_Word = TypeVar("_Word", bound=StrEnum)


def read_roles(path: Path) -> Roster:
    """Who works at a desk; the open roster if there is no file. Raises SettingsError, also where nobody is named."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SettingsError(f"{path} is not a file. Put a TOML file there, or take it away.")
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        refuse_dangling(path)
        return OPEN
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}. Ask its owner to let you.") from error
    if len(raw) > SIZE_LIMIT:
        raise SettingsError(f"{path} is larger than {SIZE_LIMIT} bytes. Make it smaller.")
    return parse_roles(raw, str(path))


def parse_roles(raw: bytes, shown_as: str = ROLES_FILE) -> Roster:
    """Who works here, as a TOML file has it. Raises SettingsError, which names the file as given."""
    try:
        toml = TomlText.parse(raw)
    except TomlError as error:
        raise SettingsError(f"{shown_as}, line {error.line}: {error.reason}. {_REPAIR}") from error
    try:
        return _roster(toml.values)
    except Fault as fault:
        line = line_of(toml.lines, fault.path)
        where = shown_as if line is None else f"{shown_as}, line {line}"
        raise SettingsError(f"{where}: {safe_line(fault.sentence).text} {_REPAIR}") from fault


def _roster(values: Mapping[str, Any]) -> Roster:
    _refuse_unknown(values, _TOP, ())
    teams = _texts(values, ("teams",))
    table = values.get("people", {})
    if not isinstance(table, dict):
        raise wrong_value(("people",), table, "a table for each person, for example [people.ana]")
    if not table:
        raise Fault(("people",), "It names nobody. Write a table for each person, for example [people.ana].")
    people: dict[str, Person] = {}
    for name, entry in table.items():
        person = _person(name, entry, teams)
        _refuse_twice(person, people)
        people[person.name] = person
    named = sorted({team for person in people.values() for team in person.teams} - set(USUAL_TEAMS))
    return Roster(people, tuple(teams) if "teams" in values else (*USUAL_TEAMS, *named))


def _refuse_twice(person: Person, people: Mapping[str, Person]) -> None:
    for other in people.values():
        path = ("people", person.name)
        if other.name.casefold() == person.name.casefold():
            raise Fault(path, f"{person.name} and {other.name} are one name but for their case; change one.")
        if other.os_user == person.os_user:
            sentence = f"{person.name} and {other.name} are both the user {person.os_user} of this machine"
            raise Fault(path, f"{sentence}; each needs their own.")


def _person(name: str, table: Any, teams: Sequence[str]) -> Person:
    path = ("people", name)
    if fault := agent_fault(unicodedata.normalize("NFC", name)):
        raise Fault(path, fault)
    if not isinstance(table, dict):
        raise wrong_value(path, table, f"the table of a person, [people.{name}]")
    _refuse_unknown(table, _OF_PERSON, path)
    accounts = table.get("accounts", {})
    if not isinstance(accounts, dict):
        raise wrong_value((*path, "accounts"), accounts, 'a table such as shop = "supervisor"')
    role = _word(Role, table.get("role"), (*path, "role"))
    role_at = {
        account: _word(Role, value, (*path, "accounts", account)) for account, value in accounts.items()
    }
    releases = frozenset(_word(Kind, one, (*path, "releases")) for one in _texts(table, (*path, "releases")))
    if releases and Role.TRAINEE not in (role, *role_at.values()):
        raise Fault(
            (*path, "releases"), f"{name} is no trainee, who alone needs releases; take the line out."
        )
    is_senior = table.get("senior", False)
    if not isinstance(is_senior, bool):
        raise wrong_value((*path, "senior"), is_senior, "true or false")
    return Person(
        unicodedata.normalize("NFC", name),
        _os_user(table.get("os_user", name), path),
        role,
        role_at,
        releases,
        frozenset(_known_team(team, teams, path) for team in _texts(table, (*path, "teams"))),
        is_senior,
    )


def _os_user(value: Any, path: tuple[str, ...]) -> str:
    if (
        not isinstance(value, str)
        or not 0 < len(value) <= _LONGEST
        or not value.isprintable()
        or " " in value
    ):
        raise wrong_value((*path, "os_user"), value, "the name of a user of this machine")
    return value


def _known_team(team: str, teams: Sequence[str], path: tuple[str, ...]) -> str:
    if teams and team not in teams:
        raise Fault((*path, "teams"), f"{unknown(team, teams)}.")
    return team


def _word(words: type[_Word], value: Any, path: tuple[str, ...]) -> _Word:
    """One of a closed list of words; raises Fault for any other value, and for none."""
    wanted = f"one of {', '.join(words)}"
    if value is None:
        raise Fault(path[:-1], f"{dotted(path)} is missing; it must be {wanted}.")
    if not isinstance(value, str) or value not in set(words):
        raise wrong_value(path, value, wanted)
    return words(value)


def _texts(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    value = table.get(path[-1], [])
    if not isinstance(value, list):
        raise wrong_value(path, value, 'a list of texts, such as ["billing"]')
    for one in value:
        if not isinstance(one, str) or not one.strip() or len(one) > _LONGEST or not one.isprintable():
            raise Fault(path, f"{dotted(path)} holds {shown(one)}; every entry must be a short text.")
        if path[-1] == "teams" and one == SENIOR:
            raise Fault(path, f"{SENIOR} is no team: it stands for everybody with senior = true.")
    return value


def _refuse_unknown(table: Mapping[str, Any], known: Sequence[str], path: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise Fault((*path, key), f"{unknown(key, known)}.")


@dataclass(frozen=True, slots=True)
class Sitting:
    """Under which name and in which role one works at a desk, and who else does."""

    agent: str
    role: Role
    roster: Roster
    stamp: Stamp | None = None
    """Of the state of the file that was read."""


def sit_down(
    path: Path, typed: str | None, environment: Mapping[str, str], os_user: str | None = None
) -> Sitting:
    """Who one is at the desk of this roles file. Raises SettingsError.

    Where the file names people one is the person of one's user of the operating system, whatever was typed; typing
    another's name is refused, as is a user whom nobody named. Without a file one works under any name, as admin.
    """
    stamp = stamp_of(path)
    roster = read_roles(path)
    if roster.is_open:
        return Sitting(agent_of(typed, environment), Role.ADMIN, roster, stamp)
    user = os_user or os_user_here()
    person = roster.person_of(user)
    if person is None:
        raise SettingsError(
            f"{path} does not name {safe_line(user).text}, the user of this machine that you are, so you may not "
            f"work at this desk. {owner_of(path)} can add you."
        )
    wanted = typed_agent(typed, environment)
    if wanted is not None and wanted != person.name:
        raise SettingsError(
            f"You are {person.name} at this desk, by {path}, and cannot work as {safe_line(wanted).text}. "
            "Leave --agent and CARECONSOLE_AGENT out."
        )
    return Sitting(person.name, person.role, roster, stamp)


def os_user_here() -> str:
    """The user of the operating system that runs this program, whatever the environment says. Raises SettingsError."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        raise SettingsError(
            f"This machine has no user with the number {os.getuid()}, so nobody knows who you are."
        ) from None


def owner_of(path: Path) -> str:
    """The user that owns a file, for a sentence; its number where that has no name."""
    try:
        number = path.stat().st_uid
    except OSError:
        return "Its owner"
    try:
        return f"Its owner {safe_line(pwd.getpwuid(number).pw_name).text}"
    except KeyError:
        return f"Its owner, the user number {number},"


class RolesWatch:
    """The roster in force and the file that it comes from. Look once a second or so."""

    def __init__(self, path: Path, sitting: Sitting, os_user: str | None = None) -> None:
        self.path = path
        self.roster = sitting.roster
        self._agent = sitting.agent
        self._user = os_user
        self._seen = sitting.stamp
        self._broken: str | None = None

    @property
    def is_shut_out(self) -> bool:
        """Whether the roster does not name whoever works here, or names them otherwise."""
        if self.roster.is_open:
            return False
        person = self.roster.person_of(self._user or os_user_here())
        return person is None or person.name != self._agent

    def look(self) -> Roster | LeftAlone | None:
        """The roster of a file that was changed, or why the one before stays in force, said once; else None.

        What can be read holds at once. A broken file is complained of when two looks find it the same, since an
        editor empties a file before it fills it.
        """
        now = stamp_of(self.path)
        if now == self._seen:
            return self._complaint()
        self._seen, self._broken = now, None
        try:
            if now is None and not self.roster.is_open:
                raise SettingsError(f"{self.path} is gone.")
            self.roster = read_roles(self.path)
        except SettingsError as error:
            self._broken = f"{error} The roles read before stay in force here."
            return None
        return self.roster

    def _complaint(self) -> LeftAlone | None:
        broken, self._broken = self._broken, None
        return None if broken is None else LeftAlone(broken)
