"""Where and as whom a command works, and what stops it before it begins."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from careconsole.cli.printing import say
from careconsole.desk.coming_back import any_due
from careconsole.desk.desk import Desk
from careconsole.desk.opening import DESK_FILE, open_desk
from careconsole.desk.rules import Rules, are_in_force
from careconsole.language.cues import CueError
from careconsole.language.emergency import DEFAULT_EMERGENCY, EmergencyWords
from careconsole.model.rights import Role, Verb, may
from careconsole.model.roster import OPEN, Roster
from careconsole.settings import Document, read_settings, rules_of
from careconsole.settings.document import SETTINGS_FILE
from careconsole.settings.home import home_of, is_sample_home, make_home, sample_home_of
from careconsole.settings.roles import ROLES_FILE, Sitting, sit_down
from careconsole.store.contract import StoreError


class Wrong(Exception):
    """The command cannot be done as it was typed; a sentence says why and what to do."""


def standard_input(remedy: str) -> IO[bytes]:
    """Where the lines come from. Raises Wrong, with what to do, if it is closed."""
    if sys.stdin is None:
        raise Wrong(f"Standard input is closed. {remedy}")
    return sys.stdin.buffer


@dataclass(frozen=True, slots=True)
class Seat:
    """A home, an agent's name and role, and the rules that hold there."""

    home: Path
    agent: str
    rules: Rules
    is_sample: bool = False
    role: Role = Role.ADMIN
    views: Mapping[str, str] = field(default_factory=dict)
    """Saved queries by name."""
    roster: Roster = OPEN
    """Who works at this desk."""

    def may(self, verb: Verb) -> bool:
        """Whether the agent has the right to a verb at any account at all."""
        person = self.roster.person(self.agent)
        return may(self.role, verb) if person is None else person.may_somewhere(verb)

    def reading(self) -> AbstractAsyncContextManager[Desk]:
        """The desk, for looking only. Raises StoreError where there is none."""
        return self._opened(read_only=True)

    @asynccontextmanager
    async def reading_in_order(self) -> AsyncIterator[Desk]:
        """The same with every open item where the settings as they are now put it, and what is due brought back, if
        we may write at all.

        Raises StoreError where there is no desk.
        """
        async with self.reading() as desk:
            in_force, is_due = await are_in_force(desk.store, desk.rules), await any_due(desk)
            if in_force and not is_due:
                yield desk
                return
        try:
            async with self.writing():
                pass
        except StoreError:
            if not in_force:
                say(
                    "The settings have changed; until somebody works at this desk, the order is that of the old ones."
                )
            if is_due:
                say("What should have come back by now does so once somebody works at this desk.")
        async with self.reading() as desk:
            yield desk

    def writing(self) -> AbstractAsyncContextManager[Desk]:
        """The desk, for work on what is there. Raises StoreError where there is none."""
        return _telling(self._opened())

    def making(self) -> AbstractAsyncContextManager[Desk]:
        """The desk, made if it is not there yet. Raises StoreError, SettingsError, Wrong for the sample desk."""
        if self.is_sample or is_sample_home(self.home):
            raise Wrong(f"{self.home} is the sample desk, which only plays its recording. Name another home.")
        if self.home.is_dir() and not os.access(self.home, os.W_OK | os.X_OK):
            raise Wrong(f"You may not write into the home {self.home}. Name another folder with --home.")
        make_home(self.home)
        return _telling(self._opened(create=True))

    def _opened(self, *, create: bool = False, read_only: bool = False) -> AbstractAsyncContextManager[Desk]:
        return open_desk(
            self.home,
            agent=self.agent,
            rules=self.rules,
            role=self.role,
            roster=self.roster,
            create=create,
            read_only=read_only,
        )


@asynccontextmanager
async def _telling(opening: AbstractAsyncContextManager[Desk]) -> AsyncIterator[Desk]:
    """A desk; if changed settings moved open items, how many is said first."""
    async with opening as desk:
        if desk.moved:
            say(moved_sentence(desk.moved))
        yield desk


def moved_sentence(moved: int) -> str:
    """What is said of settings that were taken up."""
    return f"Settings read: {moved} open items have another place."


def take_seat(options: argparse.Namespace) -> Seat:
    """The seat that options, environment and settings give. Raises SettingsError."""
    seat = plain_seat(options)
    document = read_settings(seat.home / SETTINGS_FILE, word_fault)
    return replace(seat, rules=rules_from(document), views=document.views)


def plain_seat(options: argparse.Namespace) -> Seat:
    """The seat that options and environment give, without regard to the settings. Raises SettingsError, Wrong."""
    home = home_from(options)
    sitting = sitting_at(home, options)
    return Seat(home, sitting.agent, Rules(), options.sample, sitting.role, roster=sitting.roster)


def roles_file_of(home: Path) -> Path:
    """Where the roles of a desk stand: beside its record, also where that is reached by a link."""
    try:
        return (home / DESK_FILE).resolve().with_name(ROLES_FILE)
    except (OSError, RuntimeError):  # links in a circle: the record cannot be opened either
        return home / ROLES_FILE


def sitting_at(home: Path, options: argparse.Namespace) -> Sitting:
    """Who one is at the desk of a home. Raises SettingsError."""
    return sit_down(roles_file_of(home), options.agent, os.environ)


def home_from(options: argparse.Namespace) -> Path:
    """The home that the options and the environment name. Raises SettingsError, Wrong if it is no folder."""
    find = sample_home_of if options.sample else home_of
    home = find(options.home, os.environ)
    if os.path.lexists(home) and not home.is_dir():
        raise Wrong(f"{home} is not a folder, so it is no home. Name a folder with --home.")
    return home


def rules_from(document: Document) -> Rules:
    """The desk's rules, as the settings have them."""
    return Rules(*rules_of(document, DEFAULT_EMERGENCY))


def word_fault(language: str, word: str) -> str:
    """Why an emergency word cannot be searched for; empty if it can."""
    try:
        EmergencyWords({language: [word]})
    except CueError as error:
        return str(error)
    return ""
