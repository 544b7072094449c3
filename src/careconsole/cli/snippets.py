"""snippets list, lint, import, search, triggers; suggest: the prepared answers without a screen.

Only `triggers` needs a desk; the others read the files of the home and the built-in ones.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from careconsole.cli.answered_before import encoder_here, look_back
from careconsole.cli.printing import DONE, REFUSED, WRONG, one_line, put, put_json_list, put_table, say
from careconsole.cli.seat import Seat, Wrong, standard_input, word_fault
from careconsole.cli.text_lines import PIPE, text_lines
from careconsole.desk.suggesting import (
    SNIPPETS_FOLDER,
    Situation,
    learnt_triggers,
    open_shelf,
    open_suggester,
    remove_trigger,
    situation,
)
from careconsole.desk.vectors import Encoder, meanings_of, read_message
from careconsole.model.instant import rfc3339_us
from careconsole.settings import read_settings
from careconsole.settings.bundled import bundled
from careconsole.settings.document import SETTINGS_FILE
from careconsole.settings.home import make_home
from careconsole.snippets.importing import LARGEST_FILE, Plan, Unreadable, plan, rows_of
from careconsole.snippets.library import Library
from careconsole.snippets.linting import remarks
from careconsole.snippets.meaning import Meanings
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.toml_file import toml_files
from careconsole.snippets.writing import CannotWrite, ChangedMeanwhile, save_all
from careconsole.store.contract import StoreError

RANKED = 20
"""Snippets that are named for a line, at most."""
_DIGITS = 4


def library_of(seat: Seat) -> Library:
    """The snippets of a home and, unless the settings leave them out, the built-in ones. Raises SettingsError."""
    settings = read_settings(seat.home / SETTINGS_FILE, word_fault)
    shelf = open_shelf(seat.home, bundled("snippets"), has_builtin=settings.has_builtin_snippets)
    return shelf.load()


async def list_all(seat: Seat, options: argparse.Namespace) -> int:
    """Print every snippet."""
    library = library_of(seat)
    if options.json:
        put_json_list(_as_json(snippet) for snippet in library.snippets)
    else:
        put_table([_table_row(snippet) for snippet in library.snippets])
    _name_broken(library)
    if not library.snippets:
        say("There are no snippets.")
    return DONE


def _table_row(snippet: Snippet) -> list[str]:
    kept = "own" if snippet.origin == "own" else "built-in"
    return [one_line(snippet.id), snippet.language or "any", snippet.scope, kept, one_line(snippet.title)]


def _as_json(snippet: Snippet) -> dict[str, Any]:
    return {
        "id": snippet.id,
        "title": snippet.title,
        "body": snippet.body,
        "short": snippet.short,
        "tags": snippet.tags,
        "triggers": snippet.triggers,
        "language": snippet.language,
        "scope": snippet.scope,
        "owner": snippet.owner,
        "accounts": snippet.accounts,
        "review": None if snippet.review is None else snippet.review.isoformat(),
        "variant_of": snippet.base,
        "origin": snippet.origin,
        "path": str(snippet.path),
    }


def _name_broken(library: Library) -> None:
    for broken in library.broken:
        say(f"No snippet: {broken}.")


async def lint(seat: Seat, options: argparse.Namespace) -> int:
    """Name every broken file, with line and reason, and what is worth a second look."""
    library = library_of(seat)
    for broken in library.broken:
        put(one_line(f"{broken.path}:{broken.line}: broken: {broken.reason}", 1_000))
    count = 0
    for remark in remarks(library, datetime.now(UTC).date()):
        count += 1
        put(one_line(f"{remark.snippet.path}: {remark.text}", 1_000))
    say(f"{len(library)} snippets, {len(library.broken)} broken files, {count} remarks.")
    return REFUSED if library.broken else DONE


async def take_in(seat: Seat, options: argparse.Namespace) -> int:
    """Import snippets from a CSV or JSON file into the home."""
    raw = _read(options.file)
    folder = seat.home / SNIPPETS_FOLDER
    library = library_of(seat)
    own = [snippet for snippet in library.snippets if snippet.path.parent == folder]
    taken = [snippet.id for snippet in library.snippets] + [path.stem for path in toml_files(folder)]
    try:
        planned = plan(rows_of(raw), own, taken)
    except Unreadable as error:
        raise Wrong(f"{options.file}: {error}") from error
    changed = _write(seat, folder, planned)
    for sentence in (*(f"{options.file}, {refused}" for refused in planned.refused), *map(str, changed)):
        say(sentence)
    fates = planned.fates
    say(
        f"{fates['new']} new, {fates['updated']} updated, {fates['known']} known, {len(planned.refused)} refused."
    )
    return REFUSED if planned.refused or changed else DONE


def _write(seat: Seat, folder: Path, planned: Plan) -> list[ChangedMeanwhile]:
    if not planned.written:
        return []
    if not seat.is_sample:
        make_home(seat.home)
    try:
        return save_all(list(planned.written.values()), folder)
    except CannotWrite as error:
        raise Wrong(str(error)) from error


def _read(name: str) -> bytes:
    try:
        if name == "-":
            raw = standard_input("Name a file.").read(LARGEST_FILE + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Wrong(f"{name} cannot be read: {error.strerror}.") from error
    if len(raw) > LARGEST_FILE:
        raise Wrong(f"{name} is larger than {LARGEST_FILE // 1024**2} MiB; nothing was imported. Split it.")
    return raw


async def search(seat: Seat, options: argparse.Namespace) -> int:
    """For each line of standard input, print the snippets that its abbreviations find."""
    library = library_of(seat)
    _name_broken(library)
    who = Situation(agent=seat.agent, today=datetime.now(UTC).date())

    def ranked(query: str) -> Iterable[tuple[Snippet, float]]:
        found = library.search(query, RANKED, situation=who) if query.strip() else []
        return ((hit.snippet, hit.score) for hit in found)

    return _answer_lines(ranked)


async def suggest(seat: Seat, options: argparse.Namespace) -> int:
    """For each line of standard input, a customer's message, print the snippets that answer it."""
    if options.answered_before:
        return await look_back(seat, options)
    library = library_of(seat)
    _name_broken(library)
    suggester = open_suggester(library)
    encoder = None if options.words else encoder_here()
    meanings = None if encoder is None else await _meanings(seat, encoder, library)
    suggester.meaning = meanings
    today = datetime.now(UTC).date()

    def ranked(message: str) -> Iterable[tuple[Snippet, float]]:
        if encoder is not None and meanings is not None:
            read_message(encoder, meanings, message)
        found = suggester.suggest(message, situation(message, agent=seat.agent, today=today), RANKED)
        return ((suggestion.snippet, suggestion.score) for suggestion in found)

    return _answer_lines(ranked)


async def _meanings(seat: Seat, encoder: Encoder, library: Library) -> Meanings:
    """What the snippets mean: as the desk keeps it, where there is one; the rest is read now."""
    try:
        async with seat.reading() as desk:
            return await meanings_of(desk, encoder, library)
    except StoreError:
        return await meanings_of(None, encoder, library)


def _answer_lines(ranked: Callable[[str], Iterable[tuple[Snippet, float]]]) -> int:
    for query in text_lines(standard_input(PIPE)):
        found = [
            {"id": snippet.id, "title": snippet.title, "score": round(score, _DIGITS)}
            for snippet, score in ranked(query)
        ]
        put(json.dumps({"query": query, "ranked": found}))
    return DONE


async def list_triggers(seat: Seat, options: argparse.Namespace) -> int:
    """Print what the desk has learnt from accepted suggestions."""
    async with seat.reading() as desk:
        learnt = await learnt_triggers(desk)
    if options.json:
        put_json_list(
            {
                "id": trigger.id,
                "snippet": trigger.snippet_id,
                "text": trigger.text,
                "agent": trigger.agent,
                "learnt": rfc3339_us(trigger.learnt_us),
            }
            for trigger in learnt
        )
        return DONE
    put_table(
        [[str(one.id), one_line(one.snippet_id), one_line(one.agent), one_line(one.text)] for one in learnt],
        right=frozenset({0}),
    )
    if not learnt:
        say("Nothing was learnt yet.")
    return DONE


async def forget_trigger(seat: Seat, options: argparse.Namespace) -> int:
    """Remove a learnt trigger."""
    async with seat.writing() as desk:
        if not await remove_trigger(desk, options.remove):
            say(f"There is no learnt trigger {options.remove}.")
            return WRONG
    say(f"The learnt trigger {options.remove} is removed.")
    return DONE
