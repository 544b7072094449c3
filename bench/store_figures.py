"""The record alone: intake, the first page, claims by many processes, the feed, the write lock."""

from __future__ import annotations

import asyncio
import collections
import random
import time
from pathlib import Path
from typing import Any

from bench import desks, rivals
from bench.context import Bench
from bench.figures import Table, median, percentile
from bench.processes import helpers, load
from careconsole.channels.import_line import parse_import_line
from careconsole.desk import intake, reading, replies, routing
from careconsole.desk.desk import Desk
from careconsole.desk.opening import open_desk, sign_off, sign_on
from careconsole.model.reply import Mode
from careconsole.store import accounts

AGENTS = 20


def intake_figures(bench: Bench) -> Table:
    """Import of many messages, alone and with a console that claims meanwhile."""
    count = bench.sizes.imported
    table = Table(f"Intake: {count:,} messages by the real command ({load()})")
    file = bench.messages(count)
    took_s = _import_s(bench.empty(), file)
    table.at_least(
        "import, alone", count / took_s, 4_000, "messages/s", f"{took_s:.1f} s, program start included"
    )
    home = bench.fresh(min(1_000, count))
    with helpers([("claim_meanwhile", home, "ana")]) as (console,):
        console.tell()
        busy_s = _import_s(home, file)
        console.tell("end")
        took_ms = console.next()
    table.note("import, a console claiming 20 times a second", f"{count / busy_s:,.0f} messages/s")
    table.at_most(
        "a claim meanwhile, p99",
        percentile(took_ms, 0.99),
        100,
        "ms",
        f"p50 {median(took_ms):.1f}, n {len(took_ms)}",
    )
    rivals.raw_inserts(table, bench.folder, count)
    return table


def _import_s(home: Path, file: Path) -> float:
    start = time.perf_counter()
    desks.import_file(home, file)
    return time.perf_counter() - start


def page_figures(bench: Bench) -> Table:
    """Reading the queue of the large desk."""
    many = bench.sizes.many
    table = Table(f"Rank: {many:,} open conversations ({load()})")
    took = asyncio.run(_time_pages(bench.desk(many)))
    table.at_most(
        "first page (500 rows), p50", median(took["first"]), 30, "ms", f"worst {max(took['first']):.1f}"
    )
    table.note("screenful (60 rows) in the middle", f"{median(took['middle']):.1f} ms")
    table.note("counts of the status line", f"{median(took['counts']):.1f} ms")
    table.note("one row", f"{median(took['row']):.2f} ms")
    return table


async def _time_pages(home: Path) -> dict[str, list[float]]:
    took: dict[str, list[float]] = collections.defaultdict(list)
    async with open_desk(home, agent="ana") as desk:
        rows = (await reading.queue_window(desk)).rows
        for _ in range(30):
            await _timed(took["first"], reading.queue_window(desk))
            await _timed(took["middle"], reading.queue_window(desk, start=rows[-1].key, limit=60))
            await _timed(took["counts"], reading.counts(desk))
            await _timed(took["row"], reading.queue_row(desk, random.choice(rows).id))
    return took


async def _timed(into: list[float], work: Any) -> None:
    start = time.perf_counter()
    await work
    into.append((time.perf_counter() - start) * 1000)


def claim_figures(bench: Bench) -> Table:
    """Twenty processes: at full speed, and at the pace of people."""
    claims = bench.sizes.claims
    table = Table(f"Claims by {AGENTS} processes ({load()})")
    home = bench.fresh(claims)
    calls = [("claim_all", home, f"agent{number}", claims) for number in range(AGENTS)]
    with helpers(calls) as racing:
        start = time.perf_counter()
        for each in racing:
            each.tell()
        shares = [each.next() for each in racing]
        took_s = time.perf_counter() - start
    taken = [tuple(claim[:2]) for share in shares for claim in share]
    doubles = len(taken) - len({conversation for conversation, _ in taken})
    table.zero("claimed twice, at full speed", doubles, f"of {len(taken):,}")
    table.zero("left over", claims - len(taken))
    table.note(
        "full speed",
        f"{len(taken) / took_s:,.0f} claims/s, {min(map(len, shares))} to {max(map(len, shares))} each",
    )
    _paced(bench, table)
    rivals.raw_claims(table, bench.folder, claims)
    return table


def _paced(bench: Bench, table: Table) -> None:
    seconds = bench.sizes.paced_s
    home = bench.fresh(int(AGENTS * seconds * 1.5))
    calls = [("act_paced", home, f"agent{number}", seconds) for number in range(AGENTS)]
    with helpers(calls) as working:
        for each in working:
            each.tell()
        results = [each.next() for each in working]
    took_ms = [each for result in results for each in result["took_ms"]]
    taken = [claim[0] for result in results for claim in result["taken"]]
    table.at_most(
        f"a claim at one act a second for {seconds:.0f} s, p99",
        percentile(took_ms, 0.99),
        50,
        "ms",
        f"p50 {median(took_ms):.1f}, worst {max(took_ms):.0f}, n {len(took_ms)}",
    )
    table.zero("claimed twice, at that pace", len(taken) - len(set(taken)))


def feed_figures(bench: Bench) -> Table:
    """How soon another process knows of a commit."""
    commits = bench.sizes.commits
    table = Table(f"Feed between processes: {commits} commits ({load()})")
    home = bench.fresh(10)
    with helpers([("watch_commits", home, "ben", commits), ("commit_often", home, "ana", commits)]) as (
        ben,
        ana,
    ):
        for each in (ben, ana):
            each.tell()
        committed = dict(ana.next() for _ in range(commits))
        known = {}
        while commits - 1 not in known:
            number, at_ns = ben.next()
            known[number] = at_ns
    late_ms = [(at_ns - committed[number]) / 1e6 for number, at_ns in known.items()]
    table.at_most(
        "commit to known elsewhere, p99", percentile(late_ms, 0.99), 150, "ms", f"p50 {median(late_ms):.0f}"
    )
    table.note("commits seen together with a later one", str(commits - len(known)))
    return table


def lock_figures(bench: Bench) -> Table:
    """How long one console keeps the write lock, whatever its event loop does."""
    table = Table(f"Write lock held by one console ({load()})")
    for name, block in (
        ("loop free", None),
        ("loop blocked 500 ms at a time, asleep", time.sleep),
        ("loop blocked 500 ms at a time, computing", _compute),
    ):
        held_ms = asyncio.run(_lock_held(bench, block))
        longest = f"p50 {median(held_ms):.2f}, worst {max(held_ms):.0f}, n {len(held_ms)}"
        table.at_most(f"{name}, p99.9", percentile(held_ms, 0.999), 50, "ms", longest)
    return table


def _compute(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        sum(range(50))


async def _lock_held(bench: Bench, block: Any) -> list[float]:
    """Intake, claims and drafts of one console for a while; milliseconds from BEGIN to the end of COMMIT."""
    home = bench.fresh(1_000)
    items = [
        parse_import_line(line).item for line in desks.message_lines(bench.sizes.imported // 10, name="later")
    ]
    async with open_desk(home, agent="ana") as desk:
        await sign_on(desk)
        held_ms: list[float] = []
        desk.store._writer = _Watched(desk.store._writer, held_ms)  # type: ignore[attr-defined]
        account_id = (await desk.store.read(accounts.all_accounts))[0].id
        work = asyncio.gather(_take_in(desk, account_id, items), _answer(desk, bench.sizes.imported // 50))
        while not work.done():
            if block is not None:
                block(0.5)
            await asyncio.wait({work}, timeout=0.05)
        await work
        desk.store._writer = desk.store._writer.connection  # type: ignore[attr-defined]
        await sign_off(desk)
    return held_ms


async def _take_in(desk: Desk, account_id: int, items: list[Any]) -> None:
    for start in range(0, len(items), intake.AT_ONCE):
        await intake.record_items(desk, account_id, items[start : start + intake.AT_ONCE])


async def _answer(desk: Desk, times: int) -> None:
    for number in range(times // 3):
        claimed = await routing.claim_next(desk)
        if claimed is None:
            return
        await replies.save_draft(desk, claimed.conversation_id, Mode.PUBLIC, f"Draft {number}", 5)
        await routing.release(desk, claimed.conversation_id)


class _Watched:
    """A connection that notes how long each transaction held the lock."""

    def __init__(self, connection: Any, held_ms: list[float]) -> None:
        self.connection = connection
        self._held_ms = held_ms
        self._since = 0.0

    def execute(self, sql: str, *values: Any) -> Any:
        result = self.connection.execute(sql, *values)
        if sql.startswith("BEGIN"):
            self._since = time.perf_counter()
        elif sql in ("COMMIT", "ROLLBACK"):
            self._held_ms.append((time.perf_counter() - self._since) * 1000)
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)
