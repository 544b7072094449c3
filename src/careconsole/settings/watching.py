"""Picking up a changed settings file while the console runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from careconsole.settings.document import Document, WordFault, no_fault, read_settings
from careconsole.settings.faults import SettingsError

Stamp = tuple[int, int, int]
"""Time of the last change in nanoseconds, size, and inode."""


def stamp_of(path: Path) -> Stamp | None:
    """What tells one state of a file from the next; None if there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def changed(path: Path, seen: Stamp | None) -> bool:
    """Whether the file is another than the one seen."""
    return stamp_of(path) != seen


class Sight:
    """What was seen of a file, for telling whether it is another one now."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = self._last_look = stamp_of(path)

    def has_changed(self) -> bool:
        """Whether the file is another one than it was, told once.

        A change counts when two looks find the same file, since an editor empties a file before it fills it.
        """
        now = stamp_of(self.path)
        settled, self._last_look = now == self._last_look, now
        if now == self._seen or not settled:
            return False
        self._seen = now
        return True


@dataclass(frozen=True, slots=True)
class PickedUp:
    """The file was changed and read: this holds now."""

    document: Document


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """The file was changed but cannot be used: the old settings stay in force, and the sentence says why."""

    sentence: str


class Watch:
    """The settings in force and the file that they came from. Look once a second or so."""

    def __init__(self, sight: Sight, document: Document, word_fault: WordFault = no_fault) -> None:
        self.path = sight.path
        self.document = document
        self._sight = sight
        self._word_fault = word_fault

    @classmethod
    def begin(cls, path: Path, word_fault: WordFault = no_fault) -> Watch:
        """Read the file for the first time. Raises SettingsError."""
        sight = Sight(path)
        return cls(sight, read_settings(path, word_fault), word_fault)

    def look(self) -> PickedUp | LeftAlone | None:
        """What a change brought; None if there was none, or if the file is still being written."""
        if not self._sight.has_changed():
            return None
        if not self.path.exists():
            return LeftAlone(f"{self.path} is gone; the settings read before stay in force until it is back.")
        try:
            self.document = read_settings(self.path, self._word_fault)
        except SettingsError as error:
            return LeftAlone(f"{error} The settings read before stay in force.")
        return PickedUp(self.document)
