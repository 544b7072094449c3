"""Reading snippets from their folders, one TOML file each, and noticing what has changed there."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import NamedTuple

from careconsole.model.toml_text import TomlError, TomlText
from careconsole.snippets.form import snippet_of
from careconsole.snippets.library import Library
from careconsole.snippets.snippet import BrokenSnippet, Origin, Snippet
from careconsole.snippets.spelling import Spellings, no_spellings
from careconsole.snippets.toml_file import mark_of, read_raw, toml_files

_Look = tuple[int, int, int]
"""What tells a file from the same file changed: when, how many bytes, which one."""


class _Read(NamedTuple):
    """What a look at a file found."""

    look: _Look
    held: Snippet | BrokenSnippet | None
    """None for a new file that is perhaps not written to its end yet."""
    is_half: bool = False
    """Whether the file is perhaps not written to its end: `held` is what it held before."""


def load(
    folders: Sequence[Path], *, has_builtin: bool = True, spellings: Spellings = no_spellings
) -> Library:
    """The snippets of the folders: the first folder is built in, what comes after it is the agent's own.

    A file of a later folder replaces the one of the same name before it. A file that is no snippet is named in
    `library.broken` and leaves the others, also the one it would have replaced, as they are. A folder that
    does not exist has no snippets.
    """
    return Shelf(folders, has_builtin=has_builtin, spellings=spellings).load()


@dataclass(slots=True)
class Shelf:
    """The folders of one desk, watched: outside edits are seen by `changed`, or by `has_changed` and `load`."""

    folders: Sequence[Path]
    has_builtin: bool = True
    """Whether the first folder, the built-in one, is read."""
    spellings: Spellings = no_spellings
    patience_s: float = 0.0
    """A broken file that was touched so short a time ago may be half written: it is named if it is no better at the
    next look, and until then what it held before stands."""
    now_s: Callable[[], float] = time
    """The clock of the files' times, in seconds since the epoch."""
    _read: dict[Path, _Read] = field(default_factory=dict)
    _looks: dict[Path, _Look] = field(default_factory=dict)

    def has_changed(self) -> bool:
        """Whether any file has come, gone or changed since the newest `load`: a look at the folders, 1 ms or so."""
        return self._look() != self._looks or any(read.is_half for read in self._read.values())

    def changed(self) -> Library | None:
        """The library of what is there now; None where it would be that of the newest `load`."""
        if not self.has_changed():
            return None
        before, library = self._held(), self.load()
        after = self._held()
        is_same = before.keys() == after.keys() and all(_is_same(before[path], after[path]) for path in after)
        return None if is_same else library

    def load(self) -> Library:
        """The library of what is there now; only files that are new or changed are read."""
        self._looks = self._look()
        self._read = {path: self._read_at(path, look) for path, look in self._looks.items()}
        held = self._held().values()
        found = {read.id: read for read in held if isinstance(read, Snippet)}
        broken = [read for read in held if isinstance(read, BrokenSnippet)]
        return Library(found.values(), broken, self.spellings)

    def built_in(self, snippet_id: str) -> Snippet | None:
        """The built-in snippet of this id at the newest `load`, also where an own one stands in its place."""
        read = self._read.get(self.folders[0] / f"{snippet_id}.toml")
        return read.held if read is not None and isinstance(read.held, Snippet) else None

    def _held(self) -> dict[Path, Snippet | BrokenSnippet]:
        return {path: read.held for path, read in self._read.items() if read.held is not None}

    def _read_at(self, path: Path, look: _Look) -> _Read:
        known = self._read.get(path)
        if known is not None and known.look == look and not known.is_half:
            return known
        origin: Origin = "built-in" if path.parent == self.folders[0] else "own"
        read = read_snippet(path, origin)
        is_known = known is not None and known.look == look
        if isinstance(read, Snippet) or is_known or not self._is_young(look):
            return _Read(look, read)
        return _Read(look, known.held if known is not None else None, is_half=True)

    def _is_young(self, look: _Look) -> bool:
        return abs(self.now_s() - look[0] / 1_000_000_000) < self.patience_s

    def _look(self) -> dict[Path, _Look]:
        """Every file by its place, in the order of the folders."""
        folders = self.folders if self.has_builtin else self.folders[1:]
        return {path: _look_at(path) for folder in folders for path in toml_files(folder)}


def _is_same(before: Snippet | BrokenSnippet, after: Snippet | BrokenSnippet) -> bool:
    return before is after or (isinstance(after, BrokenSnippet) and before == after)


def read_snippet(path: Path, origin: Origin = "own") -> Snippet | BrokenSnippet:
    """The snippet of a file, or why it is none."""
    try:
        raw = read_raw(path)
        return snippet_of(TomlText.parse(raw), path, origin, mark_of(raw))
    except TomlError as error:
        return BrokenSnippet(path, error.line, error.reason)


def broken_files(folder: Path) -> list[BrokenSnippet]:
    """The files of a folder that are no snippets, and why."""
    read = (read_snippet(path) for path in toml_files(folder))
    return [found for found in read if isinstance(found, BrokenSnippet)]


def _look_at(path: Path) -> _Look:
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0, 0
    return found.st_mtime_ns, found.st_size, found.st_ino
