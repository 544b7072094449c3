"""What a theme file may say: names, colours, and which of them must be there. Nothing here knows a screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careconsole.model.toml_text import TomlText

COLORS = (
    "primary",
    "secondary",
    "warning",
    "error",
    "success",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
)
"""Textual's own colours; only `primary` must be named."""

VARIABLES = (
    "queue-overdue",
    "queue-due-soon",
    "queue-taken",
    "queue-emergency",
    "queue-vip",
    "cursor-background",
    "cursor-foreground",
    "public-frame",
    "private-frame",
    "note-frame",
    "mark-match",
    "held-countdown",
    "muted",
)
"""The colours that our style sheet knows beyond Textual's: a closed set."""

# Plain ones only: what shows through, or is the terminal's own, cannot be checked for contrast.
_COLOUR = re.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_NAME = re.compile(r"\w[\w .-]{0,39}")
_KEYS = ("name", "dark", "colors", "variables")


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A theme as its file has it."""

    name: str
    dark: bool
    colors: Mapping[str, str]
    variables: Mapping[str, str]


def theme_file(toml: TomlText, stem: str) -> ThemeFile:
    """The theme that a file describes; `stem` is its name where it gives none. Raises TomlError."""
    toml.refuse_unknown(toml.values, _KEYS)
    colors = _colours(toml, "colors", COLORS)
    variables = _colours(toml, "variables", VARIABLES)
    if "primary" not in colors:
        raise toml.fault('"primary" is missing in [colors]', "colors")
    dark = toml.values.get("dark", True)
    if not isinstance(dark, bool):
        raise toml.fault('"dark" must be true or false', "dark")
    return ThemeFile(_name(toml, stem), dark, colors, variables)


def _name(toml: TomlText, stem: str) -> str:
    name = toml.values.get("name", stem)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise toml.fault('"name" must be at most 40 letters, digits, blanks, . _ or -', "name")
    return name


def _colours(toml: TomlText, table: str, known: Sequence[str]) -> dict[str, str]:
    given = toml.values.get(table, {})
    if not isinstance(given, dict):
        raise toml.fault(f'"{table}" must be a table: [{table}]', table)
    toml.refuse_unknown(given, known, table)
    for key, value in given.items():
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise toml.fault(f'"{key}" must be a colour in the form "#ffab5e"', key, table)
    return given
