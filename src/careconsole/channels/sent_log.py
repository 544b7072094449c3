"""The file of replies that a channel without a network has "sent": one JSON object a line."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from careconsole.channels.contract import NotReachable
from careconsole.channels.import_line import account_file_name
from careconsole.model.instant import rfc3339
from careconsole.model.reply import Outcome, OutgoingReply, Retry, Sent


class SentLog:
    """Replies appended to a file, each idempotency key at most once, whichever process writes.

    Lines are `{"id", "reply_to", "text", "visibility", "at"}` in ASCII; the id is the idempotency key. The
    folder has mode 0700, the file 0600, or 0660 in a folder that its group may write.
    Another process is kept out by a lock on the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, reply: OutgoingReply, at: datetime) -> None:
        """Write a reply down unless its key is there already; OSError if the file refuses."""
        line = {
            "id": reply.idempotency_key,
            "reply_to": reply.reply_to,
            "text": reply.text,
            "visibility": reply.visibility.word,
            "at": rfc3339(at),
        }
        self._make_folder()
        with _locked(self.path) as descriptor:
            if not _holds(descriptor, reply.idempotency_key):
                _append_line(descriptor, json.dumps(line).encode("ascii"))
                _sync_folder(self.path.parent)

    def holds(self, key: str) -> bool:
        """Whether a reply with this key was written; OSError if the file cannot be read."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            return _holds(descriptor, key)
        finally:
            os.close(descriptor)

    def _make_folder(self) -> None:
        self.path.parent.parent.mkdir(parents=True, exist_ok=True)
        self.path.parent.mkdir(mode=0o700, exist_ok=True)


def sent_log_of(home: Path, account: str) -> SentLog:
    """The log of an account in a home."""
    return SentLog(home / "sent" / f"{account_file_name(account)}.jsonl")


def send_to(log: SentLog, reply: OutgoingReply, now: Callable[[], datetime]) -> Outcome:
    """Write a reply into the log: sent under its key, or to be tried again if the file refuses."""
    try:
        log.append(reply, now())
    except OSError as error:
        return Retry(None, f"{log.path} cannot be written: {os.strerror(error.errno or 0)}")
    return Sent(reply.idempotency_key)


def find_in(log: SentLog, reply: OutgoingReply) -> str | None:
    """The key of a reply that the log holds, else None; raises NotReachable if it cannot be read."""
    try:
        return reply.idempotency_key if log.holds(reply.idempotency_key) else None
    except OSError as error:
        raise NotReachable(f"{log.path} cannot be read: {os.strerror(error.errno or 0)}") from error


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _share(descriptor, path.parent)
        yield descriptor
    finally:
        os.close(descriptor)


def _share(descriptor: int, folder: Path) -> None:
    """A new file in a folder in which its group may write is for the group too: all who work there send."""
    found = os.fstat(descriptor)
    if found.st_size == 0 and found.st_uid == os.geteuid() and folder.stat().st_mode & 0o020:
        os.fchmod(descriptor, 0o660)


def _holds(descriptor: int, key: str) -> bool:
    needle = json.dumps(key).encode("ascii")
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        return any(needle in line and _key_in(line) == key for line in file)


def _key_in(line: bytes) -> object:
    """The key of a line; None of a torn one."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record.get("id") if isinstance(record, dict) else None


def _append_line(descriptor: int, line: bytes) -> None:
    """One write and a sync; what a crash left without its end is closed by a new line first."""
    size = os.fstat(descriptor).st_size
    torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
    data = (b"\n" if torn else b"") + line + b"\n"
    written = os.write(descriptor, data)
    if written != len(data):
        os.ftruncate(descriptor, size)
        raise OSError(errno.ENOSPC, "the disk is full")
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file last, too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
