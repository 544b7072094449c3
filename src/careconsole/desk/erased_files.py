"""The files of a home beside the record: lines that are somebody's are written over where they stand."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from careconsole.store.wiping import texts_in

_QUOTED = re.compile(r'"([^"\\]*)"')


@dataclass(frozen=True)
class Theirs:
    """By what a line is known as somebody's."""

    names: frozenset[str]
    """Handles and names."""
    ids: frozenset[str]
    """Of their messages at the network, and of our replies to them."""

    @cached_property
    def _names(self) -> re.Pattern[str]:
        either = "|".join(map(re.escape, sorted(self.names, key=len, reverse=True)))
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else r"(?!)", re.IGNORECASE)

    def is_in(self, line: str) -> bool:
        """Whether a line names them, or is a message of theirs or a reply to one; escapes of JSON count as letters."""
        plain = _unescaped(line)
        return bool(self._names.search(plain)) or not self.ids.isdisjoint(_QUOTED.findall(line))


def _unescaped(line: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), line)


@dataclass(frozen=True, slots=True)
class InFiles:
    """What was done in the files beside a record."""

    lines: int
    """So many were written over."""
    closed: tuple[Path, ...]
    """Files of other users that we may not write: they may still name them."""


def erase_in_files(home: Path, theirs: Theirs) -> InFiles:
    """Write over every line that is theirs in the logs, in what was refused at imports, and in what files "sent".

    Of a reply that was "sent" its key stays, so that it is never sent twice. Lines keep their lengths: whoever appends
    meanwhile is not disturbed.
    """
    lines, closed = 0, []
    every = [(path, _nothing) for path in [*_files(home / "logs"), *home.glob("import.refused*")]]
    every += [(path, _without_text) for path in _files(home / "sent")]
    for path, instead in every:
        try:
            lines += _write_over(path, theirs, instead)
        except PermissionError:
            closed.append(path)
    return InFiles(lines, tuple(closed))


def _nothing(line: str) -> str:
    return ""


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _without_text(line: str) -> str:
    """A reply that was "sent", without its words."""
    try:
        kept = json.loads(line)
        return json.dumps({"id": kept["id"], "reply_to": None, "text": "", "at": kept["at"]})
    except (ValueError, KeyError, TypeError):
        return ""


def _write_over(path: Path, theirs: Theirs, instead: Callable[[str], str]) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except PermissionError:
        raise
    except OSError:  # gone meanwhile, or a link
        return 0
    count = start = 0
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with os.fdopen(os.dup(descriptor), "rb") as file:
            for raw in file:
                line = raw.rstrip(b"\r\n")
                if line.strip() and theirs.is_in(text := line.decode("utf-8", "replace")):
                    new = instead(text).encode()
                    new = new if len(new) <= len(line) else b""
                    if new.ljust(len(line)) != line:
                        os.pwrite(descriptor, new.ljust(len(line)), start)
                        count += 1
                start += len(raw)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return count


def named_in(home: Path, handles: Iterable[str]) -> list[Path]:
    """Files in a home that name somebody and are not ours to change: settings, voice, snippets, and the records that
    restorations have kept."""
    bare = frozenset(each.split("@")[0] for each in handles)
    named = Theirs(bare, frozenset())
    found = [path for path in sorted(home.glob("*.before-restore-*")) if texts_in([path], sorted(bare))]
    for path in [*sorted(home.glob("*.toml")), *sorted((home / "snippets").glob("*.toml"))]:
        try:
            if named.is_in(path.read_text(encoding="utf-8", errors="replace")):
                found.append(path)
        except OSError:
            continue
    return found
