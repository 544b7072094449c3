"""Reading snippets from their folders, one TOML file each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from careconsole.model.toml_text import TomlError, TomlText
from careconsole.snippets.library import Library
from careconsole.snippets.snippet import BrokenSnippet, Origin, Snippet
from careconsole.snippets.toml_file import read_toml, toml_files

MAX_WORDS = 100
_KEYS = ("title", "body", "tags", "triggers", "language", "short")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def load(folders: Sequence[Path]) -> Library:
    """The snippets of the folders: the first folder is built in, what comes after it is the agent's own.

    A file of a later folder replaces the one of the same name before it. A file that is no snippet is named in
    `library.broken` and leaves the others, also the one it would have replaced, as they are. A folder that
    does not exist has no snippets.
    """
    found: dict[str, Snippet] = {}
    broken: list[BrokenSnippet] = []
    for place, folder in enumerate(folders):
        origin: Origin = "built-in" if place == 0 else "own"
        for path in toml_files(folder):
            try:
                found[path.stem] = _read(path, origin)
            except TomlError as error:
                broken.append(BrokenSnippet(path, error.line, error.reason))
    return Library(found.values(), broken)


def broken_files(folder: Path) -> list[BrokenSnippet]:
    """The files of a folder that are no snippets, and why."""
    broken = []
    for path in toml_files(folder):
        try:
            _read(path, "own")
        except TomlError as error:
            broken.append(BrokenSnippet(path, error.line, error.reason))
    return broken


def _read(path: Path, origin: Origin) -> Snippet:
    toml = read_toml(path)
    toml.refuse_unknown(toml.values, _KEYS)
    return Snippet(
        id=path.stem,
        title=_text(toml, "title", required=True, one_line=True),
        body=_text(toml, "body", required=True),
        tags=_words(toml, "tags"),
        triggers=_words(toml, "triggers"),
        language=_language(toml),
        short=_text(toml, "short"),
        path=path,
        origin=origin,
    )


def _text(toml: TomlText, key: str, *, required: bool = False, one_line: bool = False) -> str:
    if key not in toml.values and not required:
        return ""
    if key not in toml.values:
        raise TomlError(1, f'"{key}" is missing')
    text = _plain(toml, key, toml.values[key])
    if not text:
        raise toml.fault(f'"{key}" is empty', key)
    if one_line and "\n" in text:
        raise toml.fault(f'"{key}" must be one line', key)
    return text


def _words(toml: TomlText, key: str) -> tuple[str, ...]:
    given = toml.values.get(key, [])
    if not isinstance(given, list):
        raise toml.fault(f'"{key}" must be a list of texts, for example {key} = ["refund"]', key)
    if len(given) > MAX_WORDS:
        raise toml.fault(f'"{key}" has more than {MAX_WORDS} entries', key)
    return tuple(text for word in given if (text := _plain(toml, key, word)))


def _language(toml: TomlText) -> str:
    code = _text(toml, "language")
    if code and not _LANGUAGE.fullmatch(code):
        raise toml.fault('"language" must be a code such as "en" or "de"', "language")
    return code


def _plain(toml: TomlText, key: str, given: object) -> str:
    """A text of the file without space around it; TomlError where it is none or holds control characters."""
    if not isinstance(given, str):
        raise toml.fault(f'"{key}" must hold text in quotes', key)
    if control := _CONTROL.search(given):
        code = f"U+{ord(control[0]):04X}"
        raise toml.fault(f'"{key}" holds the control character {code}; take it out', key)
    return given.replace("\t", "    ").strip()
