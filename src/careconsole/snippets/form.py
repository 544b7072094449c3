"""The form of a snippet's file: from TOML to a snippet and back."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import tomli_w

from careconsole.model.language_codes import is_language
from careconsole.model.toml_text import TomlError, TomlText
from careconsole.snippets.snippet import SCOPES, Origin, Scope, Snippet
from careconsole.snippets.toml_file import MAX_FILE_BYTES

MAX_WORDS = 100
_KEYS = (
    "title", "body", "tags", "triggers", "language", "short", "scope", "owner", "accounts", "review", "variant_of",
    "imported",
)  # fmt: skip
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Characters that a snippet may not hold."""


def snippet_of(toml: TomlText, path: Path, origin: Origin, mark: str = "") -> Snippet:
    """The snippet that a file's text is; TomlError names the line of what is wrong."""
    toml.refuse_unknown(toml.values, _KEYS)
    return Snippet(
        id=path.stem,
        title=_text(toml, "title", required=True, one_line=True),
        body=_text(toml, "body", required=True, may_be_empty=True),
        tags=_words(toml, "tags"),
        triggers=_words(toml, "triggers"),
        language=_language(toml),
        short=_text(toml, "short"),
        path=path,
        origin=origin,
        scope=_scope(toml),
        owner=_text(toml, "owner", one_line=True),
        accounts=_words(toml, "accounts"),
        review=_review(toml),
        variant_of=_text(toml, "variant_of", one_line=True),
        imported=_imported(toml),
        mark=mark,
    )


def toml_of(snippet: Snippet) -> bytes:
    """The file of a snippet; read again it is the same snippet."""
    values: dict[str, object] = {"title": snippet.title}
    for key in ("language", "scope", "owner", "variant_of"):
        if (text := getattr(snippet, key)) and not (key == "scope" and text == "team"):
            values[key] = text
    if snippet.imported:
        values["imported"] = True
    if snippet.review is not None:
        values["review"] = snippet.review
    for key in ("accounts", "tags", "triggers"):
        if words := getattr(snippet, key):
            values[key] = list(words)
    values["body"] = snippet.body
    if snippet.short:
        values["short"] = snippet.short
    return tomli_w.dumps(values, multiline_strings=True).encode()


def fault_of(snippet: Snippet) -> TomlError | None:
    """Why a snippet could not be read again if it were written; None if it could."""
    try:
        raw = toml_of(snippet)
        if len(raw) > MAX_FILE_BYTES:
            return TomlError(1, f"all in all it is larger than {MAX_FILE_BYTES // 1024} KiB; make it shorter")
        snippet_of(TomlText.parse(raw), Path(f"{snippet.id}.toml"), snippet.origin)
    except TomlError as error:
        return error
    except UnicodeEncodeError:
        return TomlError(1, "it holds half a letter (a lone surrogate); take it out")
    return None


def _text(
    toml: TomlText, key: str, *, required: bool = False, one_line: bool = False, may_be_empty: bool = False
) -> str:
    if key not in toml.values and not required:
        return ""
    if key not in toml.values:
        raise TomlError(1, f'"{key}" is missing')
    text = _plain(toml, key, toml.values[key])
    if not text and not may_be_empty:
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
    if code and not is_language(code):
        raise toml.fault(
            f'"language" must be a code such as "en" or "de"; {code[:20]!a} is no language', "language"
        )
    return code


def _scope(toml: TomlText) -> Scope:
    given = toml.values.get("scope", "team")
    for scope in SCOPES:
        if given == scope:
            return scope
    raise toml.fault(f'"scope" must be one of {", ".join(SCOPES)}', "scope")


def _review(toml: TomlText) -> date | None:
    given = toml.values.get("review")
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    try:
        return date.fromisoformat(given if isinstance(given, str) else "")
    except ValueError:
        raise toml.fault('"review" must be a day such as 2026-12-31', "review") from None


def _imported(toml: TomlText) -> bool:
    given = toml.values.get("imported", False)
    if not isinstance(given, bool):
        raise toml.fault('"imported" must be true or false', "imported")
    return given


def _plain(toml: TomlText, key: str, given: object) -> str:
    """A text of the file without space around it; TomlError where it is none or holds control characters."""
    if not isinstance(given, str):
        raise toml.fault(f'"{key}" must hold text in quotes', key)
    if control := CONTROL.search(given):
        code = f"U+{ord(control[0]):04X}"
        raise toml.fault(f'"{key}" holds the control character {code}; take it out', key)
    return given.replace("\t", "    ").strip()
