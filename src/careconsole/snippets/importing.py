"""Taking in snippets from a file of another tool: a table (CSV) or Chatwoot's list (JSON)."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from careconsole.snippets.form import MAX_WORDS, fault_of
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.writing import new_id

LARGEST_FILE = 64 * 1024 * 1024
COLUMNS = ("title", "body", "tags", "language", "triggers")
Fate = Literal["new", "updated", "known"]

_HOLE = re.compile(r"\{\{[^\S\n]*([\w.]+)[^\S\n]*\}\}")
_THEIR_HOLES = {
    "contact.name": "name", "contact.first_name": "name", "agent.name": "me", "agent.first_name": "me",
}  # fmt: skip


class Unreadable(Exception):
    """The file cannot be taken in at all; a sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One snippet of a file."""

    place: str
    """Where it stands: `line 3`, `entry 3`."""
    title: str
    body: str
    tags: tuple[str, ...] = ()
    language: str = ""
    triggers: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """What an import would write, and what became of each row."""

    written: dict[str, Snippet] = field(default_factory=dict)
    """By id."""
    fates: dict[Fate, int] = field(default_factory=lambda: {"new": 0, "updated": 0, "known": 0})
    refused: list[str] = field(default_factory=list)
    """Sentences with the place and the reason."""


def rows_of(raw: bytes) -> Iterator[Row | str]:
    """The rows of a file, or for a row that cannot be one a sentence that says why. Raises Unreadable."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"line {line} is not UTF-8 text; save the file as UTF-8.") from None
    return _chatwoot_rows(text) if text.lstrip()[:1] in ("[", "{") else _csv_rows(text)


def plan(rows: Iterable[Row | str], own: Iterable[Snippet], taken: Iterable[str]) -> Plan:
    """What to write: a row equal in title and language to an imported snippet is never doubled.

    It is known if the body is the same (new tags and triggers are added), else it is updated. One that was written by
    hand is never touched: a row with its body is known, one with another body comes in beside it. `taken` are the ids
    that a new one may not have.
    """
    planned = Plan()
    by_title: dict[tuple[str, str], list[Snippet]] = {}
    for one in own:
        by_title.setdefault(_same(one.title, one.language), []).append(one)
    ids = {name.lower() for name in taken}
    for row in rows:
        if isinstance(row, str):
            planned.refused.append(row)
            continue
        key = _same(row.title, row.language)
        alike = by_title.setdefault(key, [])
        before = _before(row, alike)
        after = _new(row, ids) if before is None else _merged(before, row)
        if fault := fault_of(after):
            planned.refused.append(f"{row.place}: {fault.reason}.")
            continue
        fate: Fate = "new" if before is None else "known" if before.body == after.body else "updated"
        planned.fates[fate] += 1
        if after != before:
            planned.written[after.id] = after
        by_title[key] = [*(one for one in alike if one is not before), after]
        ids.add(after.id.lower())
    return planned


def _before(row: Row, alike: Iterable[Snippet]) -> Snippet | None:
    """Of the own snippets with a row's title and language the one that it is known as, else the one that it updates."""
    alike = list(alike)
    known = next((one for one in alike if one.body == row.body), None)
    return known or next((one for one in alike if one.imported), None)


def _same(title: str, language: str) -> tuple[str, str]:
    return unicodedata.normalize("NFC", title), language


def _new(row: Row, taken: set[str]) -> Snippet:
    return Snippet(
        new_id(row.title, taken),
        row.title,
        row.body,
        row.tags[:MAX_WORDS],
        row.triggers[:MAX_WORDS],
        row.language,
        origin="own",
        imported=True,
    )


def _merged(before: Snippet, row: Row) -> Snippet:
    if not before.imported:
        return before
    return replace(
        before,
        body=row.body,
        tags=_joined(before.tags, row.tags),
        triggers=_joined(before.triggers, row.triggers),
    )


def _joined(before: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Both, each once; of too many the first."""
    return tuple(dict.fromkeys((*before, *more)))[:MAX_WORDS]


def _csv_rows(text: str) -> Iterator[Row | str]:
    """The rows of a table with a line of column names; of the columns only `title` and `body` must be there."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # one cell too long is one row refused
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
    except csv.Error as error:
        raise Unreadable(f"line 1: {error}; the first line must name the columns.") from None
    if missing := [name for name in ("title", "body") if name not in names]:
        raise Unreadable(
            f"the first line must name the columns {','.join(COLUMNS)}; {' and '.join(missing)} is not there."
        )
    return _csv_lines(reader, names)


def _csv_lines(reader: Iterator[list[str]], names: list[str]) -> Iterator[Row | str]:
    while True:
        line = getattr(reader, "line_num", 0) + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"line {line}: {error}; nothing after it was read."
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield f"line {line}: {len(cells)} cells, but {len(names)} columns; put a text with commas in quotes."
            continue
        found = dict(zip(names, cells, strict=False))
        yield _row(
            f"line {line}",
            found.get("title", ""),
            found.get("body", ""),
            found.get("tags", ""),
            found.get("language", ""),
            found.get("triggers", ""),
        )


def _chatwoot_rows(text: str) -> Iterator[Row | str]:
    """The entries of a JSON list of objects with `short_code` and `content`."""
    try:
        given = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"it is not JSON: {error}.") from None
    except RecursionError:
        raise Unreadable("it is not JSON: it is nested too deeply.") from None
    if not isinstance(given, list):
        raise Unreadable('it must be a JSON list of objects with "short_code" and "content".')
    return (_chatwoot_row(f"entry {number}", entry) for number, entry in enumerate(given, start=1))


def _chatwoot_row(place: str, entry: object) -> Row | str:
    if not isinstance(entry, dict):
        return f"{place}: it is no object."
    code, content = entry.get("short_code"), entry.get("content")
    if not isinstance(code, str) or not isinstance(content, str):
        return f'{place}: "short_code" and "content" must be texts.'
    return _row(place, code, content)


def _row(
    place: str, title: str, body: str, tags: str = "", language: str = "", triggers: str = ""
) -> Row | str:
    one_line = " ".join(title.split())
    if not one_line:
        return f"{place}: the title is empty."
    plain = body.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").strip()
    if not plain:
        return f"{place}: the body is empty."
    return Row(
        place,
        one_line,
        _HOLE.sub(_our_hole, plain),
        _listed(tags),
        language.strip().replace("_", "-"),
        _listed(triggers),
    )


def _listed(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in text.split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _our_hole(hole: re.Match[str]) -> str:
    """A hole of another tool as one of ours: a plain name."""
    name = _THEIR_HOLES.get(hole[1].casefold(), hole[1]).replace(".", "_")
    return f"{{{{{name}}}}}"
