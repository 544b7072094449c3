"""A scenario: a recording of customers who react to what a trainee does, with what each message wants (F19)."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from careconsole.channels.contract import ChannelError
from careconsole.channels.import_line import BadLine, account_of, identifier_of
from careconsole.channels.recording import Recording, RecordingReader, Said, accounts_of, read_lines
from careconsole.desk.practice.known_keys import HEADER, LINE, check_keys
from careconsole.desk.practice.varying import vary
from careconsole.desk.practice.wanting import Did, Reaction, Want, reaction_of, want_of
from careconsole.model.instant import parse_rfc3339
from careconsole.model.message import Direction

__all__ = ["BEGINS_AT", "SCENARIOS", "Did", "Reaction", "Scenario", "Want", "load_scenario"]

SCENARIOS = ("calm-morning", "storm", "troll", "private-data", "five-languages")
"""The scenarios that come with careconsole."""
BEGINS_AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""The virtual time at which a run begins whose scenario names no other."""
LONGEST_S = 24 * 3600

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_NAME_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Scenario:
    """What happens in a practice run, already varied by its seed."""

    name: str
    """Letters a-z, digits and hyphens."""
    title: str
    about: str
    """One or two sentences for the trainee."""
    seed: int
    header: dict[str, Any]
    recording: Recording
    """What is said whatever the trainee does."""
    wants: Mapping[str, Want]
    """What a message wants, by its external id; those of reactions are among them."""
    reactions: tuple[Reaction, ...]
    """In the order of the file."""
    duration_s: float
    """The virtual second at which the run is over, once nothing waits any more."""
    begins_at: datetime = BEGINS_AT
    """The virtual time of second 0."""


def load_scenario(source: Path | str, seed: int) -> Scenario:
    """The scenario in a file, or in a text that is one, varied by a seed.

    The format is that of a recording with more in the header (`scenario`, `title`, `about`, `duration_s`), with `want`
    on a customer's message, and with lines that have `when` in place of `t`: reactions. Raises ChannelError with the
    line at fault and why.
    """
    name, header, lines = read_lines(source)
    try:
        check_keys(header, HEADER)
        reader = _Reader(accounts_of(header), _Header.of(header), seed)
    except BadLine as error:
        raise ChannelError(f"{name}, line 1: {error}") from error
    for number, record in lines:
        try:
            check_keys(record, LINE)
            reader.take(number, record)
        except BadLine as error:
            raise ChannelError(f"{name}, line {number}: {error}") from error
    if not any(reader.reader.happenings.values()):
        raise ChannelError(f"{name}: nobody says anything in this scenario")
    return reader.scenario(header)


@dataclass(frozen=True, slots=True)
class _Header:
    """The first line, checked."""

    name: str
    title: str
    about: str
    duration_s: float
    begins_at: datetime

    @classmethod
    def of(cls, header: dict[str, Any]) -> _Header:
        name = identifier_of(header, "scenario")
        if len(name) > _NAME_LIMIT or not _NAME.fullmatch(name):
            raise BadLine(
                f'"scenario" may hold a-z, 0-9 and hyphens between them, at most {_NAME_LIMIT} characters'
            )
        if not accounts_of(header):
            raise BadLine('"accounts" must be a list of objects with a "name"')
        for listed in accounts_of(header):
            account_of({"account": listed})
        duration_s = header.get("duration_s")
        if isinstance(duration_s, bool) or not isinstance(duration_s, int | float):
            raise BadLine('"duration_s" must be a number of seconds')
        if not 0 < duration_s <= LONGEST_S or not math.isfinite(duration_s):
            raise BadLine(f'"duration_s" must be more than 0 and at most {LONGEST_S}')
        title, about = identifier_of(header, "title"), identifier_of(header, "about")
        return cls(name, title, about, float(duration_s), _begins_at(header))


def _begins_at(header: dict[str, Any]) -> datetime:
    text = header.get("begins_at")
    if text is None:
        return BEGINS_AT
    if not isinstance(text, str):
        raise BadLine('"begins_at" must be RFC 3339 text, for example 2026-03-02T08:00:00Z')
    try:
        return parse_rfc3339(text)
    except ValueError as error:
        raise BadLine(f'"begins_at": {error}') from None


@dataclass(slots=True)
class _Reader:
    """Gathers a scenario line by line."""

    names: list[str]
    head: _Header
    seed: int
    reader: RecordingReader = field(init=False)
    chance: random.Random = field(init=False)
    wants: dict[str, Want] = field(default_factory=dict)
    reactions: list[Reaction] = field(default_factory=list)
    authors: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Account and customer of every message, by its id."""

    def __post_init__(self) -> None:
        self.reader = RecordingReader({name: [] for name in self.names})
        self.chance = random.Random(f"{self.head.name}:{self.seed}")

    def take(self, number: int, record: dict[str, Any]) -> None:
        """Read one line that is not the header. Raises BadLine."""
        record = _with_chosen_text(record, self.chance)
        if "when" in record:
            self._take_reaction(record)
            return
        account = account_of(record)
        if account not in self.names:
            raise BadLine('"account" must be one of the accounts of the first line')
        before = len(self.reader.happenings.get(account, ()))
        is_new = record.get("delete_of") is None and record.get("edit_of") is None
        if is_new and record.get("id") in self.authors:
            raise BadLine('"id" is there twice')
        self.reader.take(record)
        happening = self.reader.happenings[account][before]
        if happening.t > self.head.duration_s:
            raise BadLine('"t" is later than the end of the scenario')
        if is_new and isinstance(happening, Said):
            self._know(account, happening)
        self._take_want(record, happening if is_new and isinstance(happening, Said) else None)

    def _take_reaction(self, record: dict[str, Any]) -> None:
        if "t" in record:
            raise BadLine('a line has "t" or "when", not both')
        when = record["when"]
        to = when.get("to") if isinstance(when, dict) else None
        if not isinstance(to, str) or to not in self.authors:
            raise BadLine('"when.to" must be the id of a message in an earlier line')
        reaction = reaction_of(record, self.authors[to][0], self.chance)
        if reaction.account not in self.names:
            raise BadLine('"account" must be one of the accounts of the first line')
        if reaction.said.item.external_id in self.authors:
            raise BadLine('"id" is there twice')
        if reaction.said.item.direction is not Direction.IN:
            raise BadLine('a reaction is a message of a customer: "direction" must be "in"')
        self._know(reaction.account, reaction.said)
        self.reactions.append(reaction)
        self._take_want(record, reaction.said)

    def _know(self, account: str, said: Said) -> None:
        self.authors[said.item.external_id] = account, said.item.author.handle

    def _take_want(self, record: dict[str, Any], said: Said | None) -> None:
        if record.get("want") is None:
            return
        if said is None or said.item.direction is not Direction.IN:
            raise BadLine('"want" belongs to a message of a customer')
        self.wants[said.item.external_id] = want_of(record, said.item.external_id)

    def scenario(self, header: dict[str, Any]) -> Scenario:
        """All that was read, varied by the seed."""
        varied = vary(self.reader.recording(header), self.head.duration_s, self.chance)
        return Scenario(
            self.head.name,
            self.head.title,
            self.head.about,
            self.seed,
            header,
            varied,
            self.wants,
            tuple(self.reactions),
            self.head.duration_s,
            self.head.begins_at,
        )


def _with_chosen_text(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The line with one of its `texts` as its text."""
    if record.get("texts") is None:
        return record
    texts = record["texts"]
    if record.get("text") is not None:
        raise BadLine('a line has "text" or "texts", not both')
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise BadLine('"texts" must be a list of texts')
    return {**record, "text": chance.choice(texts)}
