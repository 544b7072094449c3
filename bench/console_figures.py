"""The console on a pseudo-terminal: first paint, memory, keys, threads, bombs, rest."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.pty_console import Painted, PtyConsole

from bench import desks, rivals
from bench.context import Bench
from bench.figures import Table, median, percentile
from bench.processes import ROOT, cpu_s, load, resident_mb
from careconsole.desk.opening import open_desk
from careconsole.store import accounts

FEW = 10
GUARD_MS = 120
"""How long a key that changes the record waits, lest somebody types into the list."""
WRITTEN = (
    "We are sorry. Call +49 151 23456789, or give us the card 4111 1111 1111 1111 or the account "
    "DE89 3704 0044 0532 0130 00, thank you."
)
CALM = """
[console]
rest_ms = 5000
"""
"""The thread does not follow the cursor, so that keys are measured alone."""


def console(home: Path, columns: int = 120, lines: int = 40, *, has_screen: bool = True) -> PtyConsole:
    """The console of a desk on a terminal of this size."""
    return PtyConsole(desks.command(home), columns=columns, lines=lines, has_screen=has_screen)


def paint_figures(bench: Bench) -> Table:
    """First paint and memory with many open conversations and with few."""
    many, repeats = bench.sizes.many, bench.sizes.repeats
    table = Table(f"First paint and memory: {many:,} open conversations against {FEW} ({load()})")
    homes = {count: with_network(bench.fresh(count), bench.folder) for count in (FEW, many)}
    paints: dict[int, list[float]] = {FEW: [], many: []}
    memory: dict[int, list[float]] = {FEW: [], many: []}
    in_use = 0.0
    for number in range(repeats + 1):
        for count, home in homes.items():
            with console(home) as screen:
                painted = screen.wait_for_bytes(b"@c", within_s=60)
                if number:  # the first start fills the caches of the disk
                    paints[count].append((painted - screen.started_at) * 1000)
                if number == repeats:
                    screen.wait_for("net")
                    screen.watch(3)
                    memory[count].append(resident_mb(screen.pid))
                    in_use = max(in_use, resident_in_use_mb(screen))
    few, large = median(paints[FEW]), median(paints[many])
    table.note(f"first paint with {FEW}", f"{few:.0f} ms")
    table.note(f"first paint with {many:,}", f"{large:.0f} ms")
    table.at_most("first paint, ratio", large / few, 1.2, "x")
    table.at_most(
        f"resident with {many:,}, all channels loaded",
        max(memory[many]),
        90,
        "MB",
        f"{FEW}: {max(memory[FEW]):.0f} MB",
    )
    table.note("resident behind a reply, a search and a review", f"{in_use:.0f} MB")
    bare = rivals.bare_app(table, repeats, min(bench.sizes.idle_s, 15))
    table.note("first paint against the bare app", f"{large / bare:.1f} x")
    for count in (FEW, many):
        rivals.neomutt(table, bench.folder, count, min(repeats, 3), bench.sizes.keys)
    return table


def resident_in_use_mb(screen: PtyConsole) -> float:
    """Resident memory once the agent has opened a thread, written a reply that the guard refuses, searched the prepared
    answers and looked at the review: then everything is loaded."""
    screen.press("enter")
    screen.wait_for("<<")
    screen.press("r")
    screen.wait_for(lambda shown: re.search("(PUBLIC|PRIVATE) reply", shown) is not None)
    screen.press(WRITTEN)
    screen.wait_for(WRITTEN.split()[-1])
    screen.press("f3", "refund")
    screen.wait_for("refund")
    screen.settle(0.5)
    screen.press("escape", "ctrl+s")
    screen.wait_for("y Send")
    screen.watch(1)
    return resident_mb(screen.pid)


def with_network(home: Path, folder: Path) -> Path:
    """The same desk with a network account too, whose server does not answer: its channel is loaded."""
    token = folder / "token"
    token.write_text("none")
    token.chmod(0o600)

    async def add() -> None:
        async with open_desk(home, agent="ana") as desk:
            await desk.store.write(
                lambda tx: accounts.add(
                    tx,
                    name="net",
                    network="mastodon",
                    url="http://127.0.0.1:9",
                    token_file=str(token),
                    handle="net",
                )
            )

    asyncio.run(add())
    return home


def key_figures(bench: Bench) -> Table:
    """Moving the cursor and paging on the large desk."""
    many, keys = bench.sizes.many, bench.sizes.keys
    table = Table(f"Keys at 120x40: {many:,} open conversations ({load()})")
    home = calm(bench.fresh(many))
    with console(home, has_screen=False) as screen:
        screen.wait_for_bytes(b"@c", within_s=60)
        screen.wait_for_bytes(b"shop ok", within_s=60)  # the first poll is told in the status line
        screen.watch(
            3
        )  # word lists are loaded beside the first keys: a picture in two parts counts as two moves
        moves = [
            screen.measure("j" if number // 12 % 2 == 0 else "k", quiet_s=0.03) for number in range(keys)
        ]
        scrolls = scrolling(screen, keys // 4)
        pages = [screen.measure("pagedown", quiet_s=0.04) for _ in range(min(20, keys))]
    first = [move.first_ms for move in moves]
    table.at_most(
        "cursor move to first byte, p50", median(first), 8, "ms", f"p99 {percentile(first, 0.99):.1f}"
    )
    table.at_most(
        "cursor move without scrolling, bytes, most", max(move.bytes for move in moves), 600, "bytes"
    )
    table.note(
        "cursor move that scrolls, to first byte, p50",
        f"{median([each.first_ms for each in scrolls]):.1f} ms",
    )
    table.note("page down, to last byte, p50", f"{median([each.last_ms for each in pages]):.1f} ms")
    return table


def scrolling(screen: PtyConsole, times: int) -> list[Painted]:
    """Cursor moves of which each scrolls the list."""
    for _ in range(20):
        screen.measure("j", quiet_s=0.02)
    return [screen.measure("j", quiet_s=0.03) for _ in range(times)]


def calm(home: Path) -> Path:
    """The same home, whose thread does not follow the cursor."""
    (home / "settings.toml").write_text(CALM)
    return home


def thread_figures(bench: Bench) -> Table:
    """Pulling the next conversation, a thread of 5,000 messages, and every bomb of the corpus."""
    table = Table(f"Threads ({load()})")
    pulled = pulls(bench)
    late = [each - GUARD_MS for each in pulled]
    table.at_most(
        "`p` to readable thread, after the guard's wait, p50",
        median(late),
        100,
        "ms",
        f"worst {max(late):.0f}",
    )
    opened = [open_long_thread(bench) for _ in range(min(bench.sizes.repeats, 5))]
    table.at_most("a thread of 5,000 opens, p50", median(opened), 150, "ms", f"worst {max(opened):.0f}")
    for columns, lines in bench.sizes.terminals:
        took = bombs(bench, columns, lines)
        worst = max(took, key=lambda id: took[id])
        table.at_most(
            f"worst of {len(took)} bombs at {columns}x{lines}, to last byte", took[worst], 200, "ms", worst
        )
    return table


def pulls(bench: Bench) -> list[float]:
    """Milliseconds from `p` to the last words of the thread, one pull after the other."""
    took: list[float] = []
    with console(calm(bench.fresh(bench.sizes.many)), 80, 24) as screen:
        screen.wait_for("@c", 60)
        screen.settle(0.5)
        seen: set[str] = set()

        def is_open(words: str) -> bool:
            new = set(re.findall(r"<<\d+", words)) - seen
            return bool(new) and "held by you" in words

        for _ in range(min(20, bench.sizes.keys)):
            took.append(screen.measure_until(is_open, "p"))
            seen |= set(re.findall(r"<<\d+", screen.text()))
            screen.settle(0.3)
    return took


def open_long_thread(bench: Bench) -> float:
    """Milliseconds from Enter to the newest of 5,000 messages, in a console just started."""
    home = bench.folder / "long-thread"
    if not home.exists():
        long = desks.write_messages(bench.folder / "long.jsonl", 5_000, customers=1, name="long")
        desks.import_file(calm(bench.empty_at(home)), long)
    with console(home, 80, 24) as screen:
        screen.wait_for("@long", 60)
        screen.settle(0.5)
        return screen.measure_until("<<4999", "enter")


def bombs(bench: Bench, columns: int, lines: int) -> dict[str, float]:
    """Milliseconds from Enter to the last byte for every bomb of the corpus."""
    texts = {entry["id"]: text for entry, text in _bombs()}
    file = bench.folder / "bombs.jsonl"
    with file.open("w", encoding="ascii") as out:
        for number, (id, text) in enumerate(texts.items()):
            at = f"2026-03-01T12:00:{number:02}Z"
            line = {
                "id": id,
                "author": {"handle": id, "name": text[:1000]},
                "text": text,
                "at": at,
                "kind": "question",
            }
            out.write(json.dumps(line) + "\n")
    home = calm(bench.empty())
    desks.import_file(home, file)
    took = {}
    with console(home, columns, lines) as screen:
        screen.wait_for(next(iter(texts))[:10], 30)
        for id in texts:
            screen.settle(0.15)
            took[id] = screen.measure("enter", quiet_s=0.15).last_ms
            screen.press("h")
            screen.settle(0.1)
            screen.press("j")
    return took


def _bombs() -> Iterator[tuple[dict[str, Any], str]]:
    for line in (ROOT / "tests" / "hostile_corpus.jsonl").read_text("ascii").splitlines():
        entry = json.loads(line)
        if entry["class"] == "bomb":
            gen = entry.get("gen", {})
            made = base64.b64decode(gen["b64"]).decode("utf-8", "replace") if "b64" in gen else ""
            yield entry, entry.get("text") or made or gen["unit"] * gen["times"] + gen.get("suffix", "")


def idle_figures(bench: Bench) -> Table:
    """A console that nobody touches, in the middle of an hour so that no age is due to step."""
    seconds = bench.sizes.idle_s
    table = Table(f"Rest: {seconds:.0f} s without arrival or step of an age ({load()})")
    for columns, lines in bench.sizes.terminals:
        home = bench.empty()
        since = datetime.now(UTC) - timedelta(hours=20, minutes=30)
        file = desks.write_messages(
            bench.folder / f"idle-{columns}.jsonl", 500, since=since, over=timedelta(seconds=1)
        )
        desks.import_file(home, file)
        with console(home, columns, lines) as screen:
            screen.wait_for("shop ok", 60)
            screen.watch(3)
            used, start, sent = cpu_s(screen.pid), time.perf_counter(), len(screen.output)
            came = screen.watch(seconds)
            share = (cpu_s(screen.pid) - used) / (time.perf_counter() - start) * 100
            table.at_most(f"processor at {columns}x{lines}", share, 1.0, "% of a core")
            table.at_most(
                f"bytes a minute at {columns}x{lines}", came * 60 / seconds, 120, "bytes", _what(screen, sent)
            )
    return table


def _what(screen: PtyConsole, since: int) -> str:
    """The beginning of what came, if anything did."""
    return ascii(bytes(screen.output[since : since + 60]).decode("utf-8", "replace"))[1:-1].replace("|", "/")
