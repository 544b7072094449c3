"""A store that reads in line needs no thread and tells the same; its ids come from where one says."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

from careconsole.model.event import EventKind
from careconsole.store.contract import ReadTx, Row
from careconsole.store.events import append
from careconsole.store.opening import open_store


async def _kinds(tx: ReadTx) -> list[Row]:
    return await tx.rows("SELECT kind FROM event WHERE seq > $1 ORDER BY seq", 0)


async def _in_parts(tx: ReadTx) -> list[Row]:
    return [row async for part in tx.parts(2, "SELECT kind FROM event ORDER BY seq") for row in part]


async def test_reads_in_line_tell_what_was_written_and_start_no_reading_thread(tmp_path: Path) -> None:
    threads = threading.active_count()
    async with open_store(tmp_path / "desk.db", create=True, in_line=True) as store:
        assert threading.active_count() == threads
        for _ in range(5):
            await store.write(lambda tx: append(tx, EventKind.AWAY, agent="mara", details={}))
        assert await store.read(_kinds) == [("away",)] * 5
        assert await store.read(_in_parts) == [("away",)] * 5


async def test_a_commit_here_is_still_told(tmp_path: Path) -> None:
    async with open_store(tmp_path / "desk.db", create=True, in_line=True) as store:
        seen = store.feed.revision
        await store.write(lambda tx: append(tx, EventKind.AWAY, agent="mara", details={}))
        assert await store.feed.beyond(seen) > seen


async def test_ids_come_from_where_one_says(tmp_path: Path) -> None:
    numbers = itertools.count(1)
    async with open_store(tmp_path / "desk.db", create=True, new_id=lambda: f"id-{next(numbers)}") as store:
        assert store.session == "id-1"

        async def two(tx: object) -> list[str]:
            return [tx.new_id(), tx.new_id()]  # type: ignore[attr-defined]

        assert await store.write(two) == ["id-2", "id-3"]
