"""Themes: data in TOML, read from our folder and the agent's own, and the one chosen last."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli_w
from textual.theme import Theme

from careconsole.model.theme_file import theme_file
from careconsole.model.toml_text import TomlError, unknown
from careconsole.snippets.toml_file import read_toml, toml_files

DEFAULT_THEME = "dark"
REMEMBERED_FILE = "console.toml"
"""In a home: what the console notes for itself. The user's own file is never written."""

_DARK = {
    "queue-overdue": "#ff8f8f",
    "queue-due-soon": "#f0b95a",
    "queue-taken": "#8fc7a0",
    "queue-emergency": "#ff9de0",
    "queue-vip": "#cbb2ff",
    "cursor-background": "#3074b8",
    "cursor-foreground": "#ffffff",
    "public-frame": "#ff9d52",
    "private-frame": "#5fd0d8",
    "note-frame": "#d8dc70",
    "mark-match": "#ffd84d",
    "held-countdown": "#ffb3c7",
    "muted": "#9aa6b5",
}
_LIGHT = {
    "queue-overdue": "#a81f2b",
    "queue-due-soon": "#7d5200",
    "queue-taken": "#2c6141",
    "queue-emergency": "#9b1277",
    "queue-vip": "#6236a8",
    "cursor-background": "#1f4e80",
    "cursor-foreground": "#ffffff",
    "public-frame": "#9a3d00",
    "private-frame": "#00626b",
    "note-frame": "#5f5a00",
    "mark-match": "#7a3c00",
    "held-countdown": "#97204e",
    "muted": "#545c66",
}


class ThemeError(Exception):
    """The choice of theme cannot be kept; a sentence says why."""


@dataclass(frozen=True, slots=True)
class BrokenTheme:
    """A file that is not a theme, and why; the others work."""

    path: Path
    line: int
    """Counted from 1."""
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes that there are, by name, and the files that are none."""

    by_name: Mapping[str, Theme]
    broken: tuple[BrokenTheme, ...] = ()

    def first_known(self, *names: str | None) -> str:
        """The first of these names that is a theme, else the default one, else any; never fails if there is one.

        Raises ThemeError where there is no theme at all.
        """
        for name in (*names, DEFAULT_THEME, *self.by_name):
            if name is not None and name in self.by_name:
                return name
        raise ThemeError("No theme can be read; install careconsole again.")

    def why_not(self, name: str) -> str:
        """The sentence that refuses a theme's name, with the nearest one."""
        sentence = unknown(name, self.by_name, "theme")
        return sentence[0].upper() + sentence[1:] + ("" if sentence.endswith("?") else ".")


def load_themes(folders: Sequence[Path]) -> Themes:
    """The themes of the folders; a theme of a later folder replaces the one of the same name before it.

    A file that is no theme is named in `broken` and leaves the others as they are. A folder that does not
    exist has no themes.
    """
    found: dict[str, Theme] = {}
    broken: list[BrokenTheme] = []
    for path in (path for folder in folders for path in toml_files(folder)):
        try:
            theme = _read(path)
        except TomlError as error:
            broken.append(BrokenTheme(path, error.line, error.reason))
        else:
            found[theme.name] = theme
    return Themes(found, tuple(broken))


def variable_defaults(dark: bool) -> dict[str, str]:
    """Colours for what a theme does not name, so that a theme older than the style sheet never breaks it."""
    return dict(_DARK if dark else _LIGHT)


def remembered_theme(home: Path) -> str | None:
    """The name of the theme chosen last; None where none was, or where our note of it cannot be read."""
    name = _remembered(home).get("theme")
    return name if isinstance(name, str) else None


def remember_theme(home: Path, name: str) -> None:
    """Note the theme for the next start, in a file of ours. Raises ThemeError where that fails."""
    text = tomli_w.dumps({**_remembered(home), "theme": name})
    try:
        _replace(home / REMEMBERED_FILE, text)
    except OSError as error:
        raise ThemeError(
            f"The theme holds until you quit: {home} cannot be written: {error.strerror}."
        ) from error


def _remembered(home: Path) -> dict[str, object]:
    try:
        return read_toml(home / REMEMBERED_FILE).values
    except TomlError:
        return {}


def _replace(path: Path, text: str) -> None:
    """The old file or the new one, never a part of it, whenever the power fails."""
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o660 & path.parent.stat().st_mode)
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


def _read(path: Path) -> Theme:
    file = theme_file(read_toml(path), path.stem)
    theme = Theme(file.name, primary=file.colors["primary"], dark=file.dark, variables=dict(file.variables))
    for key, value in file.colors.items():
        setattr(theme, key, value)
    return theme
