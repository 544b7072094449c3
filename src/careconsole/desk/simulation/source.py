"""What a simulation is made from: the customers' messages of a recording, or of a file to import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from careconsole.channels.import_line import BadLine, parse_import_line
from careconsole.channels.recording import Deleted, Recording
from careconsole.desk.rules import Rules
from careconsole.desk.simulation.work import MOST_READING_S
from careconsole.language.coach import measure
from careconsole.language.emergency import EmergencyWords
from careconsole.language.reading import read
from careconsole.model.instant import to_us
from careconsole.model.message import Direction, Item
from careconsole.model.priority import RankPolicy, Waiting
from careconsole.store.arrivals import waiting_of
from careconsole.store.customers import is_vip, key_of

MOST_MESSAGES = 20_000
"""Of a file so many of the customers' messages are taken, the first ones."""
RECORDED_AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""The second 0 of a recording, which names no day: a Monday at noon, for calendars."""


class NothingToSimulate(Exception):
    """There is no message of a customer; a sentence says so."""


@dataclass(frozen=True, slots=True)
class Message:
    """A customer's message, as far as rank and work go by it."""

    account: str
    waiting: Waiting
    is_emergency: bool
    is_vip: bool
    reading_s: int
    gone_us: int | None = None
    """When its writer took it back."""


@dataclass(frozen=True, slots=True)
class Source:
    """The messages of each customer in their order, and what was left out."""

    people: tuple[tuple[Message, ...], ...]
    policy: RankPolicy
    begins_us: int
    ends_us: int
    answers: int = 0
    """Answers of ours: simulated agents give their own."""
    edits: int = 0
    """Later texts of a message: it counts as it was first written."""
    refused: int = 0
    """Lines that are no message."""
    refusal: str = ""
    """The first of those, with its number and the reason."""
    beyond: int = 0
    """Messages beyond the most that are taken."""

    @property
    def messages(self) -> int:
        """How many there are."""
        return sum(map(len, self.people))


@dataclass(slots=True)
class _Gathering:
    """Takes messages one after another, and reads them as the desk would."""

    rules: Rules
    words: EmergencyWords = field(init=False)
    people: dict[tuple[str, str], dict[str, Message]] = field(default_factory=dict)
    written_by: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    answers: int = 0
    edits: int = 0
    beyond: int = 0

    def __post_init__(self) -> None:
        self.words = EmergencyWords(self.rules.emergency)

    def take(self, account: str, item: Item, at_us: int) -> None:
        """Take a message that was said then."""
        if item.direction is Direction.OUT:
            self.answers += 1
        elif (account, item.external_id) in self.written_by:
            self.edits += item.deleted_at is None
        elif len(self.written_by) >= MOST_MESSAGES:
            self.beyond += 1
        else:
            reading, author = read(item.text, self.words), item.author
            customer = account, key_of(author)
            self.written_by[account, item.external_id] = customer
            self.people.setdefault(customer, {})[item.external_id] = Message(
                account,
                waiting_of(item, reading, at_us, self.rules.policy),
                bool(reading.emergency_word),
                is_vip(None, author.handle, author.full_handle, self.rules.policy),
                min(measure(item.text)[1], MOST_READING_S),
            )

    def take_back(self, account: str, external_id: str, at_us: int) -> None:
        """A message was deleted then by who wrote it, but not before it was said."""
        customer = self.written_by.get((account, external_id))
        if customer is not None:
            said = self.people[customer][external_id]
            self.people[customer][external_id] = replace(said, gone_us=max(at_us, said.waiting.at_us))

    def source(self, refused: int = 0, refusal: str = "") -> Source:
        """All of it. Raises NothingToSimulate."""
        people = tuple(
            tuple(sorted(each.values(), key=lambda said: said.waiting.at_us)) for each in self.people.values()
        )
        times = [said.waiting.at_us for each in people for said in each]
        if not times:
            raise NothingToSimulate("there is no message of a customer in it")
        return Source(
            people,
            self.rules.policy,
            min(times),
            max(times),
            answers=self.answers,
            edits=self.edits,
            refused=refused,
            refusal=refusal,
            beyond=self.beyond,
        )


def source_of_recording(recording: Recording, rules: Rules) -> Source:
    """The messages of a recording, as these rules read them; its VIPs count as on the sample desk.

    Raises NothingToSimulate.
    """
    gathering = _Gathering(_with_vips(rules, recording))
    for account, happenings in recording.happenings.items():
        for each in happenings:
            at_us = to_us(RECORDED_AT + timedelta(seconds=each.t))
            if isinstance(each, Deleted):
                gathering.take_back(account, each.external_id, at_us)
            else:
                gathering.take(account, each.item, at_us)
    return gathering.source()


def _with_vips(rules: Rules, recording: Recording) -> Rules:
    vips = rules.policy.vips | frozenset(recording.vips)
    return replace(rules, policy=replace(rules.policy, vips=vips))


def source_of_lines(lines: Iterable[bytes], rules: Rules) -> Source:
    """The messages of lines of the import format, as these rules read them. Raises NothingToSimulate."""
    gathering = _Gathering(rules)
    refused, refusal = 0, ""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            account, item = _message_in(line)
        except BadLine as error:
            refused += 1
            refusal = refusal or f"line {number}: {error}"
            continue
        gathering.take(account, item, to_us(item.at))
        if item.deleted_at is not None:
            gathering.take_back(account, item.external_id, to_us(item.deleted_at))
    return gathering.source(refused, refusal)


def _message_in(line: bytes) -> tuple[str, Item]:
    parsed = parse_import_line(line)
    return parsed.account, parsed.item
