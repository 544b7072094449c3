"""accounts add, accounts list, doctor: what this installation is connected to, and whether it is well."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from careconsole.channels.import_line import account_name_fault
from careconsole.cli.printing import DONE, REFUSED, one_line, put, put_json_list, put_table, say
from careconsole.cli.role_findings import roles_of
from careconsole.cli.seat import Seat, Wrong, roles_file_of, rules_from, word_fault
from careconsole.desk.accounts import ConnectedAlready, NameTaken, add_mastodon
from careconsole.desk.diagnosis import Finding, Level, diagnose
from careconsole.desk.reading import accounts
from careconsole.model.instant import rfc3339_seconds, rfc3339_us
from careconsole.model.voice import VOICE_FILE
from careconsole.settings import Document, SettingsError, read_settings
from careconsole.settings.document import SETTINGS_FILE
from careconsole.settings.voice import read_voices
from careconsole.store.rows import Account


async def add(seat: Seat, options: argparse.Namespace) -> int:
    """Connect an account."""
    fault = account_name_fault(options.name)
    if fault:
        raise Wrong(f"The name {options.name} will not do: {fault}.")
    async with seat.making() as desk:
        added = await add_mastodon(desk, options.name, options.url, Path(options.token_file))
    if isinstance(added, NameTaken):
        say(f"There is an account {added.name} already; nothing was saved. Take another name.")
        return REFUSED
    if isinstance(added, ConnectedAlready):
        say(f"@{added.handle} is connected as the account {added.name} already; nothing was saved.")
        return REFUSED
    say(f"The account {added.name} is connected as @{added.handle}. Start careconsole, or careconsole sync.")
    return DONE


async def list_all(seat: Seat, options: argparse.Namespace) -> int:
    """Print the accounts and how their polling goes."""
    async with seat.reading() as desk:
        rows = await accounts(desk)
    if options.json:
        put_json_list(_as_json(row) for row in rows)
        return DONE
    put_table([_table_row(row) for row in rows])
    if not rows:
        say('There is no account yet; "careconsole accounts add --help" says how to connect one.')
    return DONE


def _as_json(row: Account) -> dict[str, Any]:
    return {
        "name": row.name,
        "network": row.network,
        "url": row.url,
        "handle": row.handle,
        "token_file": row.token_file,
        "last_good": None if row.last_good_us is None else rfc3339_us(row.last_good_us),
        "failures": row.failures,
        "last_error": row.last_error,
        "open_conversations": row.open_conversations,
    }


def _table_row(row: Account) -> list[str]:
    polled = "never polled" if row.last_good_us is None else f"polled {rfc3339_seconds(row.last_good_us)}"
    state = f"failing: {one_line(row.last_error)}" if row.failures else polled
    where = one_line(row.url) if row.url else "-"
    handle = f"@{one_line(row.handle)}" if row.handle else "-"
    return [one_line(row.name), one_line(row.network), handle, where, state]


async def examine(seat: Seat, options: argparse.Namespace) -> int:
    """Print what is found out about this installation; 1 if something is at fault."""
    document, about_settings = _settings_of(seat.home / SETTINGS_FILE)
    async with replace(seat, rules=rules_from(document)).reading() as desk:
        findings = [about_settings, *_voices_of(seat.home / VOICE_FILE), *await diagnose(desk)]
        names = [account.name for account in await accounts(desk)]
        findings += [*_calendars(document, names), *roles_of(roles_file_of(seat.home), seat.roster, names)]
    for found in findings:
        put(f"{found.level.value:5}  {one_line(found.sentence)}")
    return REFUSED if any(found.level is Level.FAULT for found in findings) else DONE


def _settings_of(path: Path) -> tuple[Document, Finding]:
    """The settings, or the plain ones and what is wrong with the file."""
    try:
        document = read_settings(path, word_fault)
    except SettingsError as error:
        return Document(), Finding(Level.FAULT, str(error))
    sentence = (
        f"{path} can be read." if path.exists() else f"There is no {path}; every setting has its default."
    )
    return document, Finding(Level.OK, sentence)


def _voices_of(path: Path) -> list[Finding]:
    """What is wrong with the house voices, if anything is."""
    try:
        read_voices(path)
    except SettingsError as error:
        return [Finding(Level.FAULT, str(error))]
    return [Finding(Level.OK, f"{path} can be read.")] if path.exists() else []


def _calendars(document: Document, names: Sequence[str]) -> list[Finding]:
    """Calendars that no account goes by, most likely for a slip of the pen."""
    known = ", ".join(names) or "none yet"
    return [
        Finding(
            Level.NOTE, f"calendar.{name} in the settings belongs to no account; the accounts are: {known}."
        )
        for name in document.calendars
        if name not in names
    ]
