"""Rivals, measured in the same run: neomutt, fzf, a bare Textual app, the sqlite3 module. A missing one is named."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from tests.pty_console import PtyConsole

from bench.figures import Table, median, percentile
from bench.processes import ROOT, cpu_s, resident_mb

BARE_APP = (sys.executable, str(ROOT / "bench" / "bare_app.py"))


def raw_inserts(table: Table, folder: Path, count: int) -> None:
    """The sqlite3 module alone: one table, one index, 100 rows a transaction, synchronous=FULL."""
    db = _raw(folder / "raw-inserts.db")
    db.execute(
        "CREATE TABLE message (id INTEGER PRIMARY KEY, external_id TEXT UNIQUE, handle TEXT, text TEXT, at INTEGER)"
    )
    rows = [
        (f"c{number}", f"c{number}", f"Where is parcel {number}? " * 4, number) for number in range(count)
    ]
    start = time.perf_counter()
    for first in range(0, count, 100):
        db.execute("BEGIN IMMEDIATE")
        db.executemany(
            "INSERT INTO message (external_id, handle, text, at) VALUES (?, ?, ?, ?)",
            rows[first : first + 100],
        )
        db.execute("COMMIT")
    table.note(
        "rival: sqlite3 module, one bare table", f"{count / (time.perf_counter() - start):,.0f} rows/s"
    )
    db.close()


def raw_claims(table: Table, folder: Path, count: int) -> None:
    """The sqlite3 module alone: one process takes the top row of a bare table, synchronous=FULL."""
    db = _raw(folder / "raw-claims.db")
    db.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, due INTEGER, owner TEXT)")
    db.execute("CREATE INDEX due ON item (due) WHERE owner IS NULL")
    db.execute("BEGIN")
    db.executemany("INSERT INTO item (due) VALUES (?)", [(number,) for number in range(count)])
    db.execute("COMMIT")
    took_ms = []
    for _ in range(min(count, 2_000)):
        start = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "UPDATE item SET owner = 'x' WHERE id = (SELECT id FROM item WHERE owner IS NULL ORDER BY due LIMIT 1)"
        )
        db.execute("COMMIT")
        took_ms.append((time.perf_counter() - start) * 1000)
    table.note(
        "rival: sqlite3 module, one process, bare table",
        f"{1000 / (sum(took_ms) / len(took_ms)):,.0f} claims/s, p99 {percentile(took_ms, 0.99):.1f} ms",
    )
    db.close()


def _raw(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    return db


def bare_app(table: Table, repeats: int, idle_s: float) -> float:
    """A Textual app with one line: first paint, memory, idle. The first paint in ms."""
    paints, memory = [], 0.0
    for _ in range(repeats):
        with PtyConsole(BARE_APP) as app:
            app.wait_for("bare app is here")
            paints.append((time.perf_counter() - app.started_at) * 1000)
            memory = resident_mb(app.pid)
    with PtyConsole(BARE_APP) as app:
        app.wait_for("bare app is here")
        app.settle(0.3)
        used = cpu_s(app.pid)
        came = app.watch(idle_s)
        share = (cpu_s(app.pid) - used) / idle_s * 100
    table.note("rival: bare Textual app, first paint", f"{median(paints):.0f} ms")
    table.note("rival: bare Textual app, resident", f"{memory:.0f} MB")
    table.note(
        "rival: bare Textual app, idle", f"{share:.2f} % of a core, {came * 60 / idle_s:.0f} bytes/min"
    )
    return median(paints)


_NEOMUTTRC = """
set folder = "{folder}"
set spool_file = "{mbox}"
set record = ""
set header_cache = ""
set sort = date
set quit = yes
set move = no
set confirm_append = no
set mbox_type = mbox
set help = no
"""


def neomutt(table: Table, folder: Path, count: int, repeats: int, keys: int) -> None:
    """neomutt with a mailbox of as many mails: start until the index stands, and a cursor move."""
    program = shutil.which("neomutt")
    if program is None:
        table.missing(f"rival: neomutt with {count:,} mails")
        return
    mbox = _mbox(folder / f"mails-{count}", count)
    settings = folder / f"neomuttrc-{count}"
    settings.write_text(_NEOMUTTRC.format(folder=folder, mbox=mbox))
    command = [program, "-n", "-F", str(settings), "-R", "-f", str(mbox)]
    starts, moves, memory = [], [], 0.0
    for number in range(repeats):
        with PtyConsole(command, env={"HOME": str(folder)}) as mutt:
            mutt.wait_for("Customer 0", 60)
            starts.append((time.perf_counter() - mutt.started_at) * 1000)
            memory = resident_mb(mutt.pid)
            if number == 0:
                mutt.settle(0.2)
                mutt.press("home")
                mutt.settle(0.2)
                moves = [mutt.measure("down", quiet_s=0.03) for _ in range(min(keys, 30))]
    table.note(f"rival: neomutt, start with {count:,} mails", f"{median(starts):.0f} ms, {memory:.0f} MB")
    table.note(
        f"rival: neomutt, cursor move, {count:,} mails",
        f"p50 {median([move.first_ms for move in moves]):.1f} ms, {median([move.bytes for move in moves]):.0f} bytes",
    )


def _mbox(path: Path, count: int) -> Path:
    """An mbox of so many mails, like the messages of the desk."""
    with path.open("w") as file:
        for number in range(count):
            mail = EmailMessage()
            mail["From"] = f"Customer {number} <c{number}@example.org>"
            mail["To"] = "shop@example.org"
            mail["Subject"] = f"Where is parcel {number}?"
            mail["Date"] = (
                f"Mon, 2 Mar 2026 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02} +0000"
            )
            mail["Message-ID"] = f"<c{number}@example.org>"
            mail.set_content(f"Where is parcel {number}? It was promised for last Tuesday.\n")
            file.write(f"From c{number}@example.org Mon Mar  2 12:00:00 2026\n{mail}\n")
    return path


def fzf(table: Table, folder: Path, entries: Sequence[str], searches: Sequence[str]) -> None:
    """fzf --filter over the same texts, one process for each key, as a shell would call it."""
    program = shutil.which("fzf")
    if program is None:
        table.missing("rival: fzf --filter")
        return
    file = folder / "entries.txt"
    file.write_text("\n".join(entries))
    took_ms = []
    for search in searches:
        start = time.perf_counter()
        subprocess.run([program, "--filter", search], stdin=file.open(), capture_output=True, check=False)
        took_ms.append((time.perf_counter() - start) * 1000)
    table.note(
        "rival: fzf --filter, one process a key", f"p50 {median(took_ms):.1f} ms, worst {max(took_ms):.1f}"
    )
