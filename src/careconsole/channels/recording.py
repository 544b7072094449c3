"""A recording: messages with the seconds of a virtual clock at which they are said, edited and deleted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from careconsole.channels.contract import ChannelError
from careconsole.channels.import_line import (
    BadLine,
    account_of,
    attachments_of,
    identifier_of,
    item_of,
    load_object,
    text_of,
)
from careconsole.model.message import Author, Direction, Item

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in `Item.at` until the channel knows when the message is said."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message is said, or an earlier one of the same id is edited."""

    t: float
    """Seconds of the virtual clock; 0 and before is already there at the start."""
    said_t: float
    """When the first version was said; equal to `t` unless this is an edit."""
    item: Item
    """Its times are filled in by whoever plays the recording."""

    @property
    def is_edit(self) -> bool:
        """Whether another text replaces an earlier one."""
        return self.t != self.said_t


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is deleted."""

    t: float
    external_id: str


@dataclass(frozen=True, slots=True)
class Recording:
    """What happens on each account, in order of the virtual clock."""

    header: dict[str, Any]
    """The first line: brand, accounts, vips, duration_s."""
    happenings: dict[str, tuple[Said | Deleted, ...]]

    @property
    def accounts(self) -> tuple[str, ...]:
        """Names of the accounts that take part, those of the header first."""
        return tuple(self.happenings)

    @property
    def vips(self) -> tuple[str, ...]:
        """Handles of the header's VIPs as rank knows them: without @, folded to lower case."""
        listed = self.header.get("vips")
        return (
            tuple(str(vip).removeprefix("@").casefold() for vip in listed) if isinstance(listed, list) else ()
        )

    @property
    def duration_s(self) -> float:
        """The virtual second at which nothing more happens."""
        return max((each[-1].t for each in self.happenings.values() if each), default=0.0)


@dataclass(slots=True)
class RecordingReader:
    """Gathers happenings line by line; knows the messages said so far."""

    happenings: dict[str, list[Said | Deleted]] = field(default_factory=dict)
    said: dict[tuple[str, str], Said] = field(default_factory=dict)

    def take(self, record: dict[str, Any]) -> None:
        """Read one line that is not the header. Raises BadLine."""
        account, t = account_of(record), seconds_of(record)
        happening: Said | Deleted
        if record.get("delete_of") is not None:
            happening = Deleted(t, self._known(account, record, "delete_of").item.external_id)
        elif record.get("edit_of") is not None:
            first = self._known(account, record, "edit_of")
            edited = replace(first.item, text=text_of(record))
            if record.get("attachments") is not None:
                edited = replace(edited, attachments=attachments_of(record))
            happening = Said(t, first.said_t, edited)
        else:
            item = item_of(record, _NO_TIME)
            item = replace(item, author=self._customer_of(account, item))
            happening = Said(t, t, item)
            self.said.setdefault((account, item.external_id), happening)
        self.happenings.setdefault(account, []).append(happening)

    def recording(self, header: dict[str, Any]) -> Recording:
        """All that was read, in order of the virtual clock."""
        ordered = {name: tuple(sorted(each, key=lambda one: one.t)) for name, each in self.happenings.items()}
        return Recording(header, ordered)

    def _known(self, account: str, record: dict[str, Any], key: str) -> Said:
        external_id = identifier_of(record, key)
        found = self.said.get((account, external_id))
        if found is None:
            raise BadLine(f'"{key}" names a message that no earlier line of the account holds')
        return found

    def _customer_of(self, account: str, item: Item) -> Author:
        """Who a message is from, or whom our own answer is for: the author of what it answers."""
        answered = self.said.get((account, item.reply_to or ""))
        if item.direction is Direction.OUT and answered is not None:
            return answered.item.author
        return item.author


def load_recording(source: Path | str) -> Recording:
    """The recording in a file, or in a text that is one; raises ChannelError with the line at fault.

    The first line is `{"recording": 1, ...}`. The others are lines of the import format with `t` (seconds of
    virtual time) instead of `at`, or `{"t", "edit_of", "account", "text"}`, or `{"t", "delete_of", "account"}`.
    """
    name, header, lines = read_lines(source)
    reader = RecordingReader({account: [] for account in accounts_of(header)})
    for number, record in lines:
        try:
            reader.take(record)
        except BadLine as error:
            raise ChannelError(f"{name}, line {number}: {error}") from error
    return reader.recording(header)


def read_lines(source: Path | str) -> tuple[str, dict[str, Any], Iterator[tuple[int, dict[str, Any]]]]:
    """What a recording is called in sentences, its header, and its other lines with their numbers.

    Raises ChannelError, also while the lines are gone through.
    """
    name = str(source) if isinstance(source, Path) else "the recording"
    try:
        text = source.read_text("utf-8") if isinstance(source, Path) else source
    except FileNotFoundError:
        raise ChannelError(f"There is no file {name}.") from None
    except OSError as error:
        raise ChannelError(f"{name} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError:
        raise ChannelError(f"{name} cannot be read: it is no text in UTF-8.") from None
    lines = _records(name, text)
    _, header = next(lines, (0, {}))
    if header.get("recording") != 1:
        raise ChannelError(f'{name}, line 1: a recording begins with {{"recording": 1}}')
    return name, header, lines


def _records(name: str, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, load_object(line)
            except BadLine as error:
                raise ChannelError(f"{name}, line {number}: {error}") from error


def accounts_of(header: dict[str, Any]) -> list[str]:
    """The names of the accounts in a header."""
    listed = header.get("accounts")
    names = (
        [each.get("name") for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    )
    return [name for name in names if isinstance(name, str)]


def seconds_of(record: dict[str, Any]) -> float:
    """The second of the virtual clock at which a line happens. Raises BadLine."""
    t = record.get("t")
    if isinstance(t, bool) or not isinstance(t, int | float) or not math.isfinite(t):
        raise BadLine('"t" must be a number of seconds')
    return float(t)
