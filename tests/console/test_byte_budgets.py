"""Few bytes for a slow line: what the whole console sends at 120x40."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from tests.console.desk_at_hand import console_at_hand, line, some_lines
from tests.console.harness import CountingDriver

from careconsole.desk import routing, work
from careconsole.model.message import Kind

SIZE = (120, 40)
NEVER_RESTS = "[console]\nrest_ms = 5000\n"


async def test_a_cursor_move_that_does_not_scroll(tmp_path: Path) -> None:
    async with console_at_hand(
        tmp_path, some_lines(30), size=SIZE, counting=True, settings=NEVER_RESTS
    ) as at:
        costs = []
        for _ in range(8):
            CountingDriver.forget()
            await at.press("j")
            costs.append(CountingDriver.sent_bytes())
        assert 100 < min(costs) and max(costs) <= 600, costs


async def test_a_changed_row(tmp_path: Path) -> None:
    async with console_at_hand(
        tmp_path, some_lines(30), size=SIZE, counting=True, settings=NEVER_RESTS
    ) as at:
        rows = await at.rows()
        await at.press("j")
        for act, shown in (
            (routing.claim(at.other("bob"), rows["customer3"].id), "@bob"),
            (work.set_kind(at.desk, rows["customer5"].id, Kind.COMPLAINT), "  C "),
        ):
            CountingDriver.forget()
            await act
            await at.until(lambda shown=shown: shown in at.picture)  # type: ignore[misc]
            await at.settle()
            assert 20 < CountingDriver.sent_bytes() <= 300, CountingDriver.sent()


async def test_an_arrival_below_the_window_costs_the_heading_only(tmp_path: Path) -> None:
    async with console_at_hand(
        tmp_path, some_lines(30), size=SIZE, counting=True, settings=NEVER_RESTS
    ) as at:
        await at.press("j")
        CountingDriver.forget()
        await at.arrive(line("x", "late", "Hello?", 1))
        await at.until(lambda: "31 waiting" in at.picture)
        await at.settle()
        assert CountingDriver.sent_bytes() <= 400, CountingDriver.sent()


async def test_nothing_happens_nothing_is_sent(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path, size=SIZE, counting=True) as at:
        await at.until(lambda: at.screen.thread.conversation_id is not None)
        await at.settle()
        CountingDriver.forget()
        for _ in range(10):
            at.desk.feed.publish()
            await asyncio.sleep(0.15)
        assert CountingDriver.sent() == ""


async def test_the_focus_moves_and_only_what_loses_and_gets_it_is_painted(tmp_path: Path) -> None:
    async with console_at_hand(
        tmp_path, some_lines(30), size=(170, 50), counting=True, settings=NEVER_RESTS
    ) as at:
        await at.until(lambda: at.screen.snippets.library is not None)
        await at.settle()
        snippets = at.screen.snippets.region
        CountingDriver.forget()
        at.screen.thread.focus()
        await at.until(lambda: at.screen.focused is at.screen.thread)
        await at.settle()
        columns = [int(column) for column in re.findall(r"\x1b\[\d+;(\d+)H", CountingDriver.sent())]
        assert columns and not any(snippets.x + 1 < column <= snippets.right for column in columns), columns
        assert CountingDriver.sent_bytes() <= 10_000
