"""The wallboard: how long a first start takes on a long log, what a refresh costs, and what stays in memory."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.context import Bench
from bench.figures import Table, median, percentile
from bench.processes import load, resident_mb
from careconsole.desk.opening import DESK_FILE
from careconsole.desk.reporting.watching import Watched, watch
from careconsole.model.event import canonical_json
from careconsole.store import driver as sqlite
from careconsole.store.opening import open_store

_AT_ONCE = 50_000
_DAY_US = 86_400_000_000
REFRESHES = 200


def wall_figures(bench: Bench) -> Table:
    """A log in which two of three messages are customers', of which most are answered and resolved."""
    count = bench.sizes.found
    table = Table(f"Wallboard over a log of {count:,} messages ({load()})")
    home = bench.empty()
    asyncio.run(_measure(table, home / DESK_FILE, count, bench.sizes.word == "full"))
    return table


async def _measure(table: Table, path: Path, count: int, is_full: bool) -> None:
    events = await make_log(path, count)
    table.note("events in the log", f"{events:,}")
    async with open_store(path, create=False, read_only=True) as store:
        watched = watch(store, time.time_ns() // 1000 - _DAY_US)
        start = time.perf_counter()
        sight = await watched.look()
        took_s = time.perf_counter() - start
        table.at_most(f"first look at {count:,} messages", took_s, 5 * count / 1_000_000 + 0.2, "s")
        table.note("waiting at the end", f"{sight.figures['backlog'].value:,}")
        table.note("resident", f"{resident_mb(os.getpid()):.0f} MB")
        took_ms = [await _timed_ms(watched) for _ in range(REFRESHES)]
        worst = percentile(took_ms, 0.99)
        table.at_most("a refresh, p99", worst, 20, "ms", f"p50 {median(took_ms):.1f}")
        _flat(table, watched, sight, 100_000 if is_full else 2_000)


async def _timed_ms(watched: Watched) -> float:
    start = time.perf_counter()
    await watched.look()
    return (time.perf_counter() - start) * 1000


def _flat(table: Table, watched: Watched, sight: Any, times: int) -> None:
    def refresh(number: int) -> None:
        for _ in range(number):
            watched.board.follow(watched.ledger)
            watched.board.figures(sight.now_us)
            watched.board.hours(sight.now_us, 12)

    refresh(10)
    gc.collect()
    before, memory = len(gc.get_objects()), resident_mb(os.getpid())
    refresh(times)
    gc.collect()
    table.at_most(f"objects left by {times:,} refreshes", len(gc.get_objects()) - before, 100, "")
    grown = resident_mb(os.getpid()) - memory
    table.at_most(f"memory left by {times:,} refreshes", max(0.0, grown), 5, "MB")


async def make_log(path: Path, count: int) -> int:
    """A desk whose event log alone is written, straight into its file: so many messages; how many events."""
    async with open_store(path, create=True):
        pass
    db = sqlite.connect(sqlite.drivers()[0], path, writes=True)
    for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("INSERT INTO account (id, name, network, added_us) VALUES (1, 'shop', 'file', 0)")
    rows: list[tuple[Any, ...]] = []
    seq = 0
    for seq, row in enumerate(_events(count), 1):
        rows.append((seq, *row, "", ""))
        if len(rows) == _AT_ONCE:
            _write(db, rows)
            rows.clear()
    _write(db, rows)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()
    return seq


def _write(db: Any, rows: list[tuple[Any, ...]]) -> None:
    db.execute("BEGIN")
    db.executemany(f"INSERT INTO event VALUES ({', '.join('?' * 14)})", rows)
    db.execute("COMMIT")


def _events(count: int) -> Iterator[tuple[Any, ...]]:
    """Conversations of three messages: two questions, of which the reply answers both; two of three are resolved."""
    chance = random.Random(7)
    at_us = time.time_ns() // 1000 - count * 1_000_000
    kinds, languages = ("question", "complaint", "praise"), ("en", "de", "ru", "zh")
    message = 0
    for talk in range(1, count // 3 + 1):
        head = (1, talk, talk, 1)
        asked = []
        for _ in range(2):
            message, at_us = message + 1, at_us + 1_000_000
            asked.append(message)
            told: dict[str, Any] = {
                "visibility": "public",
                "kind": chance.choice(kinds),
                "tier": 1,
                "vip": False,
                "waits": True,
            }
            details = canonical_json({**told, "language": chance.choice(languages)})
            yield ("arrived", at_us, at_us, None, *head, message, None, details)
        if talk % 10 == 0:
            continue
        at_us += 1_000_000
        agent = chance.choice(("ana", "ben", "chloe"))
        told = {
            "answers": asked,
            "visibility": "public",
            "purpose": "answer",
            "fence": 1,
            "key": f"{talk:032}",
            "reply_to": message,
        }
        details = json.dumps(told, sort_keys=True, separators=(",", ":"))
        yield ("claimed", at_us, at_us, agent, *head, None, None, '{"fence":1}')
        yield ("queued", at_us, at_us, agent, *head, None, talk, details)
        message += 1
        yield ("sent", at_us, at_us, agent, *head, message, talk, details)
        if talk % 3:
            ended = {
                "reason": "answered",
                "fence": 1,
                "held": 1,
                "was": "pending",
                "tier": 1,
                "tier_by": "",
                "unanswered": [],
            }
            yield ("resolved", at_us, at_us, agent, *head, None, None, canonical_json(ended))  # type: ignore[arg-type]
