"""The settings of one desk as one typed document, read from HOME/settings.toml."""

from __future__ import annotations

import math
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from careconsole.model.calendar import Calendar
from careconsole.model.finding import QueryFault, parse_query
from careconsole.model.message import Kind
from careconsole.model.priority import DEFAULT_TARGETS_MIN, RankPolicy
from careconsole.model.reply import Mode
from careconsole.model.toml_text import TomlError, TomlText
from careconsole.settings.calendars import calendar_of
from careconsole.settings.faults import Fault, SettingsError, dotted, line_of, refuse_dangling, wrong_value
from careconsole.settings.known import (
    DEFAULT_REST_MS,
    DEFAULT_UNDO_S,
    DEFAULT_WALL,
    LONGEST_REST_MS,
    LONGEST_RETENTION_DAYS,
    LONGEST_TARGET_MIN,
    LONGEST_UNDO_S,
    MOST_TARGET,
    check_known,
)

SETTINGS_FILE = "settings.toml"
SIZE_LIMIT = 1024 * 1024
"""Bytes of a settings file."""

_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_VIEW = re.compile(r"[^\W_][\w-]{0,29}")
_LONGEST_WORD = 100
_LONGEST_HANDLE = 256
_REPAIR = "Correct the line or take it out."

WordFault = Callable[[str, str], str]
"""Why an emergency word (language, entry) cannot be searched for, as a sentence; empty if it can."""


def no_fault(language: str, word: str) -> str:
    """Every word will do."""
    return ""


@dataclass(frozen=True, slots=True)
class Document:
    """How this desk is set up. The defaults are those of a desk without a settings file."""

    vips: frozenset[str] = frozenset()
    """Handles without the leading @, case folded."""
    targets_min: Mapping[Kind, int] = field(default_factory=lambda: DEFAULT_TARGETS_MIN)
    emergency: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further emergency words by language."""
    has_builtin_emergency: bool = True
    """Whether our own emergency words apply too."""
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    """By account name."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command id to keys, several with commas between them."""
    undo_s: Mapping[Mode, float] = field(
        default_factory=lambda: {Mode.PUBLIC: 10.0, Mode.PRIVATE: 5.0, Mode.NOTE: 0.0}
    )
    has_bell: bool = True
    has_title: bool = True
    """Whether counts stand in the terminal's title."""
    has_builtin_snippets: bool = True
    """Whether our own prepared answers are offered too."""
    languages: frozenset[str] = frozenset()
    """What the agent reads, as codes; empty if the settings do not say."""
    rest_ms: int = DEFAULT_REST_MS
    """How long the cursor rests before thread and snippets follow."""

    views: Mapping[str, str] = field(default_factory=dict)
    """Saved queries by name."""
    wall_targets: Mapping[str, int] = field(
        default_factory=lambda: {name: default for name, (default, _) in DEFAULT_WALL.items()}
    )
    """Targets of the wallboard's tiles."""

    retention: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By account (`all`: the others) and state of a conversation, after how many days it is erased."""

    @property
    def policy(self) -> RankPolicy:
        """What of it concerns rank."""
        return RankPolicy(self.targets_min, self.vips, self.calendars)


def read_settings(path: Path, word_fault: WordFault = no_fault) -> Document:
    """The settings in a file; the defaults if there is none. Raises SettingsError."""
    try:
        raw = _read(path)
    except FileNotFoundError:
        refuse_dangling(path)
        return Document()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}. Make it readable for you.") from error
    return parse_settings(raw, str(path), word_fault)


def _read(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise SettingsError(f"{path} is not a file. Put a TOML file there, or take it away.")
    with path.open("rb") as file:
        raw = file.read(SIZE_LIMIT + 1)
    if len(raw) > SIZE_LIMIT:
        raise SettingsError(f"{path} is larger than {SIZE_LIMIT} bytes. Make it smaller.")
    return raw


def parse_settings(raw: bytes, shown_as: str = SETTINGS_FILE, word_fault: WordFault = no_fault) -> Document:
    """The settings that a TOML file holds. Raises SettingsError, which names the file as given."""
    try:
        toml = TomlText.parse(raw)
    except TomlError as error:
        raise SettingsError(f"{shown_as}, line {error.line}: {error.reason}. {_REPAIR}") from error
    try:
        check_known(toml.values)
        return _document(toml.values, word_fault)
    except Fault as fault:
        line = line_of(toml.lines, fault.path)
        where = shown_as if line is None else f"{shown_as}, line {line}"
        raise SettingsError(f"{where}: {fault.sentence} {_REPAIR}") from fault


def _document(table: Mapping[str, Any], word_fault: WordFault) -> Document:
    rank = _table(table, ("rank",))
    emergency = dict(_table(rank, ("rank", "emergency")))
    has_builtin = _flag(emergency, ("rank", "emergency", "builtin"))
    emergency.pop("builtin", None)
    targets_min = _targets(_table(rank, ("rank", "targets_min")))
    longest_min = max(targets_min.values())
    alerts = _table(table, ("alerts",))
    return Document(
        vips=frozenset(_vip(name) for name in _texts(rank, ("rank", "vips"))),
        targets_min=targets_min,
        emergency={language: _words(emergency, language, word_fault) for language in emergency},
        has_builtin_emergency=has_builtin,
        calendars={
            account: calendar_of(value, ("calendar", account), longest_min)
            for account, value in _table(table, ("calendar",)).items()
        },
        keys=_remapped(_keys(_table(table, ("keys",)), ("keys",))),
        undo_s=_undo(_table(table, ("undo_s",))),
        has_bell=_flag(alerts, ("alerts", "bell")),
        has_title=_flag(alerts, ("alerts", "title")),
        has_builtin_snippets=_flag(_table(table, ("snippets",)), ("snippets", "builtin")),
        languages=_languages(_table(table, ("agent",))),
        rest_ms=_whole(
            _table(table, ("console",)),
            ("console", "rest_ms"),
            DEFAULT_REST_MS,
            0,
            LONGEST_REST_MS,
            "milliseconds",
        ),
        wall_targets=_wall_targets(_table(table, ("wallboard",))),
        retention={
            account: _retention(account, value) for account, value in _table(table, ("retention",)).items()
        },
        views={name: _view(name, query) for name, query in _table(table, ("views",)).items()},
    )


def _table(parent: Mapping[str, Any], path: Sequence[str]) -> Mapping[str, Any]:
    value = parent.get(path[-1], {})
    if not isinstance(value, dict):
        raise wrong_value(path, value, "a table")
    return value


def _flag(parent: Mapping[str, Any], path: Sequence[str]) -> bool:
    value = parent.get(path[-1], True)
    if not isinstance(value, bool):
        raise wrong_value(path, value, "true or false")
    return value


def _whole(
    parent: Mapping[str, Any], path: Sequence[str], default: int, least: int, most: int, unit: str
) -> int:
    value = parent.get(path[-1], default)
    if type(value) is not int or not least <= value <= most:
        raise wrong_value(path, value, f"whole {unit}, {least} to {most}")
    return value


def _texts(parent: Mapping[str, Any], path: Sequence[str]) -> list[str]:
    value = parent.get(path[-1], [])
    if not isinstance(value, list):
        raise wrong_value(path, value, "a list of texts")
    for one in value:
        if not isinstance(one, str) or not one.strip():
            raise Fault(
                path, f"{dotted(path)} holds {one!r:.60}; every entry must be a text with letters in it."
            )
    return [one.strip() for one in value]


def _vip(name: str) -> str:
    bare = name.removeprefix("@")
    if not bare or len(bare) > _LONGEST_HANDLE or any(char.isspace() for char in bare):
        raise wrong_value(("rank", "vips"), name, "handles such as @dana or @dana@server")
    return bare.casefold()


def _languages(agent: Mapping[str, Any]) -> frozenset[str]:
    path = ("agent", "languages")
    codes = frozenset(_texts(agent, path))
    if wrong := next((code for code in sorted(codes) if not _LANGUAGE.fullmatch(code)), None):
        raise wrong_value(path, wrong, "a list of language codes, such as en or de")
    return codes


def _targets(table: Mapping[str, Any]) -> dict[Kind, int]:
    return {
        kind: _whole(
            table,
            ("rank", "targets_min", kind.value),
            DEFAULT_TARGETS_MIN[kind],
            1,
            LONGEST_TARGET_MIN,
            "minutes",
        )
        for kind in Kind
    }


def _words(emergency: Mapping[str, Any], language: str, word_fault: WordFault) -> tuple[str, ...]:
    path = ("rank", "emergency", language)
    if not _LANGUAGE.fullmatch(language):
        raise Fault(
            path, f"{dotted(path)}: {language!r:.60} is not the code of a language, such as en or de."
        )
    words = _texts(emergency, path)
    if long := next((word for word in words if len(word) > _LONGEST_WORD), None):
        raise wrong_value(path, long, f"a list of words of at most {_LONGEST_WORD} characters")
    if fault := next(filter(None, (word_fault(language, word) for word in words)), ""):
        raise Fault(path, f"{dotted(path)}: {fault}")
    return tuple(words)


def _keys(table: Mapping[str, Any], path: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    """Where commands stand, and their keys; `queue.open = "o"` is a table in TOML and means the same as `"queue.open"`."""
    found: list[tuple[tuple[str, ...], str]] = []
    for name, value in table.items():
        place = (*path, name)
        if isinstance(value, dict):
            found += _keys(value, place)
            continue
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, str) for part in parts):
            raise wrong_value(place, value, "the name of a key, or several with commas between them")
        keys = [key.strip() for part in parts for key in part.split(",")]
        if not keys or not all(keys):
            raise wrong_value(place, value, "the name of a key, or several with commas between them")
        found.append((place, ",".join(keys)))
    return found


def _remapped(found: Sequence[tuple[tuple[str, ...], str]]) -> dict[str, str]:
    """Command id to keys; the table of commands is only loaded where some are moved."""
    places = {".".join(place[1:]): place for place, _ in found}
    remapped = {".".join(place[1:]): keys for place, keys in found}
    if remapped:
        from careconsole.model.commands.moving import KeysError, check_keys

        try:
            check_keys(remapped)
        except KeysError as error:
            raise Fault(places[error.command_id], str(error)) from error
    return remapped


def _view(name: str, query: Any) -> str:
    path = ("views", name)
    if not isinstance(query, str) or not query.strip():
        raise wrong_value(path, query, "what to find, such as kind:complaint lang:de late")
    if not _VIEW.fullmatch(name):
        raise Fault(
            path, f"{dotted(path)}: the name of a view has letters, digits, - and _, and at most 30 of them."
        )
    try:
        parse_query(query)
    except QueryFault as fault:
        raise Fault(path, f"{dotted(path)}: {fault}") from fault
    return query.strip()


def _retention(account: str, value: Any) -> dict[str, int]:
    if not isinstance(value, dict):
        raise wrong_value(("retention", account), value, "a table, such as { resolved = 365 }")
    return {
        state: _whole(value, ("retention", account, state), 1, 1, LONGEST_RETENTION_DAYS, "days")
        for state in value
    }


def _wall_targets(table: Mapping[str, Any]) -> dict[str, int]:
    return {
        name: _whole(table, ("wallboard", name), default, 0, MOST_TARGET, "number")
        for name, (default, _) in DEFAULT_WALL.items()
    }


def _undo(table: Mapping[str, Any]) -> dict[Mode, float]:
    undo_s = {Mode.NOTE: 0.0}
    for word, default_s in DEFAULT_UNDO_S.items():
        path, value = ("undo_s", word), table.get(word, default_s)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not 0 <= value <= LONGEST_UNDO_S:
            raise wrong_value(path, value, f"seconds, 0 to {LONGEST_UNDO_S}")
        undo_s[Mode(word)] = float(value)
    return undo_s
