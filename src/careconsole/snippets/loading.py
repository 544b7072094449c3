"""Reading snippets from their folders, one TOML file each, and noticing what has changed there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from careconsole.model.toml_text import TomlError, TomlText
from careconsole.snippets.form import snippet_of
from careconsole.snippets.library import Library
from careconsole.snippets.snippet import BrokenSnippet, Origin, Snippet
from careconsole.snippets.spelling import Spellings, no_spellings
from careconsole.snippets.toml_file import mark_of, read_raw, toml_files

_Look = tuple[int, int, int]
"""What tells a file from the same file changed: when, how many bytes, which one."""


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
    """The folders of one desk, watched: outside edits are seen by `has_changed` and read by `load`."""

    folders: Sequence[Path]
    has_builtin: bool = True
    """Whether the first folder, the built-in one, is read."""
    spellings: Spellings = no_spellings
    _read: dict[Path, tuple[_Look, Snippet | BrokenSnippet]] = field(default_factory=dict)
    _looks: dict[Path, _Look] = field(default_factory=dict)

    def has_changed(self) -> bool:
        """Whether any file has come, gone or changed since the newest `load`: a look at the folders, 1 ms or so."""
        return self._look() != self._looks

    def load(self) -> Library:
        """The library of what is there now; only files that are new or changed are read."""
        self._looks = self._look()
        self._read = {path: self._snippet(path, look) for path, look in self._looks.items()}
        found: dict[str, Snippet] = {}
        broken: list[BrokenSnippet] = []
        for _, read in self._read.values():
            if isinstance(read, Snippet):
                found[read.id] = read
            else:
                broken.append(read)
        return Library(found.values(), broken, self.spellings)

    def _snippet(self, path: Path, look: _Look) -> tuple[_Look, Snippet | BrokenSnippet]:
        known = self._read.get(path)
        if known is not None and known[0] == look:
            return known
        origin: Origin = "built-in" if path.parent == self.folders[0] else "own"
        return look, read_snippet(path, origin)

    def _look(self) -> dict[Path, _Look]:
        """Every file by its place, in the order of the folders."""
        folders = self.folders if self.has_builtin else self.folders[1:]
        return {path: _look_at(path) for folder in folders for path in toml_files(folder)}


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
