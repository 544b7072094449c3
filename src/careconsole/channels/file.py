"""A network made of two files: messages are read from an inbox, replies go to a log."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from careconsole.channels.contract import NotReachable, Page, PollBudget
from careconsole.channels.import_line import (
    LINE_LIMIT,
    BadLine,
    account_file_name,
    parse_import_line,
)
from careconsole.channels.sent_log import find_in, send_to, sent_log_of
from careconsole.model.message import Item, Poisoned
from careconsole.model.reply import Limits, Outcome, OutgoingReply

CHUNK_BYTES = 64 * 1024
"""How much of the inbox one poll reads, unless a single line is longer: a few hundred messages."""
_TAIL_BYTES = 256
_RAW_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class _Place:
    """How far the inbox has been read, and what tells that it is still the same file."""

    inode: int = 0
    offset: int = 0
    tail: str = ""
    """Digest of the bytes just before the offset."""
    in_long_line: bool = False
    """Whether the offset is inside a line that was too long, of which the rest is passed over."""

    @classmethod
    def of(cls, state: str | None) -> _Place:
        """The place that a state names; the beginning if it is not one of ours."""
        try:
            record = json.loads(state or "{}")
            return cls(
                int(record["inode"]), int(record["offset"]), str(record["tail"]), bool(record["in_long_line"])
            )
        except (ValueError, KeyError, TypeError):
            return cls()

    def state(self) -> str:
        return json.dumps(
            {
                "inode": self.inode,
                "offset": self.offset,
                "tail": self.tail,
                "in_long_line": self.in_long_line,
            }
        )


class FileChannel:
    """Reads new complete lines of HOME/inbox/ACCOUNT.jsonl; appends replies to HOME/sent/ACCOUNT.jsonl.

    No inbox means nothing new. A file that was cut, replaced or rewritten is read anew from its beginning.
    """

    network = "file"
    poll_every_s = 5.0
    requests_per_poll = 1
    has_working_key = True
    limits = Limits()
    budget: PollBudget | None = None

    def __init__(self, account: str, home: Path, *, now: Callable[[], datetime]) -> None:
        self._account = account
        self._inbox = home / "inbox" / f"{account_file_name(account)}.jsonl"
        self._log = sent_log_of(home, account)
        self._now = now

    async def poll(self, state: str | None) -> Page:
        """Messages in lines that are complete since the state; a bad line is poisoned, the others arrive."""
        return await asyncio.to_thread(self._read, _Place.of(state))

    async def send(self, reply: OutgoingReply) -> Outcome:
        """Append the reply unless its key is there already."""
        return await asyncio.to_thread(send_to, self._log, reply, self._now)

    async def find_reply(self, reply: OutgoingReply) -> str | None:
        """The reply's key if the log holds it."""
        return await asyncio.to_thread(find_in, self._log, reply)

    async def recheck(self, external_ids: Sequence[str], most: int | None = None) -> Page:
        """Nothing: edits and deletions come as lines of their own."""
        return Page("")

    async def aclose(self) -> None:
        """Nothing is kept open."""

    def _read(self, place: _Place) -> Page:
        try:
            descriptor = os.open(self._inbox, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return Page(place.state())
        except OSError as error:
            raise NotReachable(_unreadable(self._inbox, error)) from error
        try:
            return self._read_on(descriptor, place)
        except OSError as error:
            raise NotReachable(_unreadable(self._inbox, error)) from error
        finally:
            os.close(descriptor)

    def _read_on(self, descriptor: int, place: _Place) -> Page:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotReachable(f"{self._inbox} is not an ordinary file; put the messages into one")
        if not _is_same_file(descriptor, status, place):
            place = _Place(inode=status.st_ino)
        data = _whole_lines(descriptor, place.offset)
        end = place.offset + len(data)
        too_long = len(data) > LINE_LIMIT and not data.endswith(b"\n")
        items, poisoned = self._parse(data, place, too_long)
        if data:
            place = _Place(status.st_ino, end, _tail(descriptor, end), too_long)
        more = bool(data) and os.fstat(descriptor).st_size > end and bool(_whole_lines(descriptor, end))
        return Page(place.state(), items, poisoned=poisoned, more=more)

    def _parse(self, data: bytes, place: _Place, too_long: bool) -> tuple[list[Item], list[Poisoned]]:
        items: list[Item] = []
        poisoned: list[Poisoned] = []
        lines = data.split(b"\n")
        if place.in_long_line:
            del lines[0]
        if too_long and lines:
            start = lines.pop().decode("utf-8", "replace")
            poisoned.append(Poisoned(start[:_RAW_LIMIT], f"the line is longer than {LINE_LIMIT} bytes"))
        for line in filter(bytes.strip, lines):
            try:
                items.append(self._item_of(line))
            except BadLine as error:
                poisoned.append(Poisoned(line.decode("utf-8", "replace"), str(error)))
        return items, poisoned

    def _item_of(self, line: bytes) -> Item:
        parsed = parse_import_line(line, default_account=self._account)
        if parsed.account != self._account:
            raise BadLine(f"the line is for another account than {self._account}, whose inbox this is")
        return parsed.item


def _is_same_file(descriptor: int, status: os.stat_result, place: _Place) -> bool:
    if status.st_ino != place.inode or status.st_size < place.offset:
        return False
    return place.offset == 0 or _tail(descriptor, place.offset) == place.tail


def _tail(descriptor: int, offset: int) -> str:
    start = max(0, offset - _TAIL_BYTES)
    return hashlib.sha256(os.pread(descriptor, offset - start, start)).hexdigest()[:16]


def _whole_lines(descriptor: int, offset: int) -> bytes:
    """The next bytes up to the end of a line; without one more than LINE_LIMIT bytes, or nothing."""
    data = os.pread(descriptor, CHUNK_BYTES, offset)
    while b"\n" not in data:
        rest = os.pread(descriptor, CHUNK_BYTES, offset + len(data))
        if not rest:
            return b""
        data += rest
        if len(data) > LINE_LIMIT:
            return data
    return data[: data.rindex(b"\n") + 1]


def _unreadable(path: Path, error: OSError) -> str:
    return f"{path} cannot be read: {os.strerror(error.errno or 0)}; check who may read it"
