"""Where and as whom a command works, and what stops it before it begins."""

from __future__ import annotations

import argparse
import os
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from careconsole.desk.desk import Desk
from careconsole.desk.opening import open_desk
from careconsole.desk.rules import Rules
from careconsole.language.cues import CueError
from careconsole.language.emergency import DEFAULT_EMERGENCY, EmergencyWords
from careconsole.settings import Document, read_settings, rules_of
from careconsole.settings.document import SETTINGS_FILE
from careconsole.settings.home import agent_of, home_of, is_sample_home, make_home, sample_home_of


class Wrong(Exception):
    """The command cannot be done as it was typed; a sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A home, an agent's name, and the rules that hold there."""

    home: Path
    agent: str
    rules: Rules

    def reading(self) -> AbstractAsyncContextManager[Desk]:
        """The desk, for looking only. Raises StoreError where there is none."""
        return open_desk(self.home, agent=self.agent, rules=self.rules, read_only=True)

    def writing(self) -> AbstractAsyncContextManager[Desk]:
        """The desk, for work on what is there. Raises StoreError where there is none."""
        return open_desk(self.home, agent=self.agent, rules=self.rules)

    def making(self) -> AbstractAsyncContextManager[Desk]:
        """The desk, made if it is not there yet. Raises StoreError, SettingsError."""
        if is_sample_home(self.home):
            raise Wrong(f"{self.home} is the sample desk, which only plays its recording. Name another home.")
        make_home(self.home)
        return open_desk(self.home, agent=self.agent, rules=self.rules, create=True)


def take_seat(options: argparse.Namespace) -> Seat:
    """The seat that options, environment and settings give. Raises SettingsError."""
    home = home_from(options)
    agent = agent_of(options.agent, os.environ)
    return Seat(home, agent, rules_from(read_settings(home / SETTINGS_FILE, word_fault)))


def home_from(options: argparse.Namespace) -> Path:
    """The home that the options and the environment name. Raises SettingsError."""
    find = sample_home_of if options.sample else home_of
    return find(options.home, os.environ)


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
