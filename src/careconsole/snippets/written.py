"""A snippet as the fields of a form: what each shows, and what is to be made of what was typed there."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from careconsole.model.language_codes import is_language
from careconsole.snippets.form import CONTROL, MAX_WORDS, toml_of
from careconsole.snippets.snippet import SCOPES, Scope, Snippet
from careconsole.snippets.toml_file import MAX_FILE_BYTES

FIELDS = (
    "title", "body", "short", "language", "tags", "triggers", "scope", "owner", "accounts", "review",
)  # fmt: skip
Texts = Mapping[str, str]
"""What stands in each field."""
Faults = dict[str, str]
"""By field: a sentence that says why it cannot be so."""

_LINE_END = re.compile(r"[\n\r]+")


def fields_of(snippet: Snippet) -> dict[str, str]:
    """What the fields of a snippet show: tags and accounts parted by commas, a trigger on each line."""
    return {
        "title": snippet.title,
        "body": snippet.body,
        "short": snippet.short,
        "language": snippet.language,
        "tags": _in_commas(snippet.tags),
        "triggers": "\n".join(snippet.triggers),
        "scope": snippet.scope,
        "owner": snippet.owner,
        "accounts": _in_commas(snippet.accounts),
        "review": "" if snippet.review is None else snippet.review.isoformat(),
    }


def written(
    before: Snippet, shown: Texts, typed: Texts, *, me: str = "", taken_languages: Collection[str] = ()
) -> Snippet | Faults:
    """The snippet that the fields say, or what is wrong with them.

    `before` is what they were filled from and `shown` what they showed then: a field that still says the same
    keeps what it was. What was imported and is changed is the house's own from then on. `me` becomes the owner of
    what is for its owner alone. A new variant needs a language, and one that is not among `taken_languages`.
    """
    moved = {name: _clean(typed[name]) for name in FIELDS if typed[name] != shown[name]}
    faults = {name: fault for name, text in moved.items() if (fault := _fault(name, text))}
    for name in ("title", "body"):
        if not moved.get(name, getattr(before, name)).strip():
            faults[name] = _EMPTY[name]
    language = moved.get("language", before.language).strip()
    if before.variant_of and not before.id and "language" not in faults:
        if not language:
            faults["language"] = "Which language is it in? Write its code, such as en or de."
        elif _code(language) in taken_languages:
            faults["language"] = f"There is one in {_code(language)} already: change that one."
    if faults:
        return faults
    snippet = _changed(before, moved)
    if moved:
        snippet = replace(snippet, imported=False)
    if snippet.scope == "mine" and not snippet.owner:
        snippet = replace(snippet, owner=me)
    if len(toml_of(snippet)) > MAX_FILE_BYTES:
        return {"body": f"All in all it is larger than {MAX_FILE_BYTES // 1024} KiB; make it shorter."}
    return snippet


def rough(before: Snippet, shown: Texts, typed: Texts) -> Snippet:
    """The snippet that the fields say so far; what cannot be is as it was before."""
    moved = {name: _clean(typed[name]) for name in FIELDS if typed[name] != shown[name]}
    return _changed(before, {name: text for name, text in moved.items() if not _fault(name, text)})


_EMPTY = {
    "title": "It needs a title: by that it is found.",
    "body": "Nothing would come into the reply: write the answer.",
}


def _fault(name: str, text: str) -> str:
    if control := CONTROL.search(text.replace("\n", "")):
        return f"It holds the control character U+{ord(control[0]):04X}; take it out."
    if name == "language" and text and not is_language(_code(text)):
        return "Write a code such as en or de, or nothing where it fits any language."
    if name == "review" and text and _day(text) is None:
        return "That is no day: write it like 2026-12-31, or nothing."
    if name in ("tags", "accounts", "triggers") and len(words := _list(name, text)) > MAX_WORDS:
        return f"There are {len(words)} of them; {MAX_WORDS} is the most."
    if name == "scope" and _scope(text) is None:
        return f"Write one of {', '.join(SCOPES)}."
    return ""


def _changed(before: Snippet, moved: Texts) -> Snippet:
    changes: dict[str, object] = {}
    for name, text in moved.items():
        if name in ("tags", "accounts", "triggers"):
            changes[name] = tuple(_list(name, text))
        elif name == "language":
            changes[name] = _code(text)
        elif name == "review":
            changes[name] = _day(text) if text else None
        elif name == "scope":
            changes[name] = _scope(text)
        elif name in ("title", "owner"):
            changes[name] = " ".join(text.split())
        else:
            changes[name] = text
    return replace(before, **changes)  # type: ignore[arg-type]


def _clean(text: str) -> str:
    return text.replace("\t", "    ").strip()


def _code(text: str) -> str:
    """A code of a language as files have it: `EN` is `en`, `pt_br` is `pt-BR`."""
    first, *more = text.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in more)])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _scope(text: str) -> Scope | None:
    return next((scope for scope in SCOPES if scope == text), None)


def _list(name: str, text: str) -> list[str]:
    if name == "triggers":
        words = text.split("\n")
    else:
        line = _LINE_END.sub(",", text)
        words = next(csv.reader([line], skipinitialspace=True), [])
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))


def _in_commas(words: Sequence[str]) -> str:
    """Words parted by commas; one with a comma in it stands in quotes."""
    return ", ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if "," not in word and '"' not in word:
        return word
    return '"' + word.replace('"', '""') + '"'
