"""The queue on the screen: what a row says, and how many bytes a change costs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pyte
import pytest
from tests.console.harness import CountingDriver, FixedClock, Stage, queue_row, window_of
from textual.pilot import Pilot

from careconsole.console.panes.queue import QueuePane
from careconsole.model.message import Kind, Visibility
from careconsole.model.reply import OutboxState
from careconsole.store.rows import QueueRow

WIDE = (120, 40)


@asynccontextmanager
async def stage(
    rows: list[QueueRow], size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[QueuePane, FixedClock, Pilot[None]]]:
    clock = FixedClock()
    pane = QueuePane(clock, now_s=clock.now_s)
    CountingDriver.forget()
    async with Stage(pane, counting=True).run_test(headless=False, size=size) as pilot:
        pane.focus()
        pane.apply(window_of(rows))
        await pilot.pause()
        yield pane, clock, pilot


def lines_of(pilot: Pilot[None]) -> list[str]:
    return [strip.text for strip in pilot.app.screen._compositor.render_strips()]


def a_day() -> list[QueueRow]:
    """Rows of every look: late, claimed, private, emergency, other scripts."""
    rows = [queue_row(id) for id in range(1, 30)]
    rows[3] = queue_row(4, due_us=rows[3].due_us - 7_200_000_000, claimed_by="ana", presence="writing")
    rows[4] = queue_row(5, visibility=Visibility.DIRECT, kind=Kind.COMPLAINT, is_vip=True, unanswered=3)
    rows[5] = queue_row(
        6, text="Где моя посылка? Обещали во вторник, уже пятница, телефон молчит.", has_draft=True
    )
    rows[6] = queue_row(
        7, tier=0, text="我的包裹在哪里？说好星期二到的，现在已经星期五了，电话也没有人接听。"
    )
    return rows


async def test_a_row_says_everything_in_words() -> None:
    async with stage(a_day()) as (_, _, pilot):
        lines = lines_of(pilot)
    assert lines[0].startswith(" Queue  29 waiting")
    tier_zero, late, private = (
        lines[1],
        *(next(line for line in lines if f"@customer{n} " in line) for n in (4, 5)),
    )
    assert tier_zero.startswith(">0Q") and "@customer7" in tier_zero
    assert "!1h" in late and "@ana✎" in late
    assert "CV" in private and "PRIVATE" in private and " 3 " in private and "PUBLIC" in late
    assert "1D " in next(line for line in lines if "@customer6 " in line)
    assert all(line.index("parcel") > line.index("@customer") for line in lines if "parcel" in line)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 40)])
async def test_every_line_has_the_width_of_the_pane(size: tuple[int, int]) -> None:
    rows = [
        *a_day(),
        queue_row(40, handle="ОченьДлинноеИмя測試測試測試", account="an account with a long name"),
    ]
    async with stage(rows, size) as (pane, _, pilot):
        assert {strip.cell_length for strip in pilot.app.screen._compositor.render_strips()} == {size[0]}
        assert pane.addressed_columns[0] < size[0]


async def test_a_cursor_move_costs_at_most_600_bytes() -> None:
    costs = []
    async with stage(a_day()) as (_, _, pilot):
        for _ in range(20):
            CountingDriver.forget()
            await pilot.press("j")
            await pilot.pause()
            costs.append(CountingDriver.sent_bytes())
    assert max(costs) <= 600 and min(costs) > 100, costs


async def test_a_changed_row_costs_at_most_300_bytes() -> None:
    async with stage(a_day()) as (pane, _, pilot):
        for changed in (
            queue_row(10, claimed_by="marija", presence="writing"),
            queue_row(
                10,
                unanswered=2,
                text="And another thing, which is quite a long story, so sit down please and",
            ),
            queue_row(10, outbox_state=OutboxState.UNKNOWN, has_draft=True),
            queue_row(10, visibility=Visibility.DIRECT),
        ):
            CountingDriver.forget()
            pane.put(changed)
            await pilot.pause()
            assert 30 < CountingDriver.sent_bytes() <= 300, CountingDriver.sent()


async def test_an_age_step_repaints_its_own_cell_only() -> None:
    async with stage(
        [queue_row(id, due_us=queue_row(id).due_us + id * 600_000_000) for id in (1, 2)]
    ) as parts:
        pane, clock, pilot = parts
        CountingDriver.forget()
        clock.forward(62)
        pane._step_clocks()
        await pilot.pause()
        assert "35m" in lines_of(pilot)[1] and "45m" in lines_of(pilot)[2]
        assert 20 < CountingDriver.sent_bytes() <= 2 * 60, CountingDriver.sent()
        CountingDriver.forget()
        clock.forward(60)
        pane._step_clocks()
        await pilot.pause()
        assert CountingDriver.sent_bytes() == 0


async def test_nothing_new_sends_nothing() -> None:
    async with stage(a_day()) as (pane, _, pilot):
        CountingDriver.forget()
        for _ in range(5):
            pane.apply(window_of(a_day()))
            await pilot.pause()
        assert CountingDriver.sent_bytes() == 0


async def test_arrivals_wait_and_the_heading_counts_them() -> None:
    async with stage(a_day()) as (pane, clock, pilot):
        await pilot.press("j", "j", "j")
        before = lines_of(pilot)
        cursor_line = next(at for at, line in enumerate(before) if line.startswith(">"))
        pane.apply(window_of([*a_day(), queue_row(0), queue_row(99)]))
        await pilot.pause()
        after = lines_of(pilot)
        assert before[1:] == after[1:] and "+1 above, +1 below · press . to merge" in after[0]
        clock.forward(2.1)
        pane.apply(window_of([*a_day(), queue_row(0), queue_row(99)]))
        await pilot.pause()
        merged = lines_of(pilot)
        assert merged[cursor_line] == before[cursor_line] and "above" not in merged[0]
        assert merged[cursor_line - 1] != before[cursor_line - 1] or "31 waiting" in merged[0]


def later(row: QueueRow, hours: int) -> QueueRow:
    """The row with another promise, and so another place."""
    return replace(row, effective_due_us=row.effective_due_us + hours * 3_600_000_000)


@pytest.mark.parametrize("number", [4, 59])
async def test_no_line_below_stays_blank_while_rows_above_could_stand_there(number: int) -> None:
    rows = [queue_row(id) for id in range(1, number + 1)]
    async with stage(rows) as (pane, clock, pilot):
        await pilot.press("j", "k")
        pane.apply(window_of([later(rows[0], 9), *rows[1:]]))
        pane.merge()
        await pilot.pause()
        assert pane.shown.line_of(1) == 0, "under the hand it stays where it is"
        assert f"{number - 1} higher up" in lines_of(pilot)[0]
        clock.forward(2.1)
        pane._merge_when_quiet()
        await pilot.pause()
        rest = min(number, WIDE[1] - 1)
        assert pane.cursor == 1 and pane.shown.line_of(1) == rest - 1
        assert all(row.strip() for row in lines_of(pilot)[: rest + 1])
        assert lines_of(pilot)[rest].startswith(">")


async def test_a_merge_of_its_own_leaves_no_blank_lines_below() -> None:
    rows = [queue_row(id) for id in range(1, 60)]
    async with stage(rows) as (pane, clock, pilot):
        await pilot.press("j", "k")
        clock.forward(2.1)
        pane.apply(window_of([later(rows[0], 9), *rows[1:]]))
        await pilot.pause()
        lines = lines_of(pilot)
        assert all(line.strip() for line in lines) and lines[-1].startswith(">")
        assert "20 higher up" in lines[0]


async def test_what_the_terminal_shows_is_what_was_meant() -> None:
    """Every frame is a handful of pieces; together they must make the picture."""
    terminal = pyte.Screen(*WIDE)
    stream = pyte.Stream(terminal)
    rows = [row for row in a_day() if row.text.isascii()]
    async with stage(rows) as (pane, clock, pilot):
        for step in ("j", "j", "pagedown", "k", "G", "g", "change", "clock", "gone", "merge", "j"):
            if step == "change":
                pane.put(queue_row(12, claimed_by="bob", unanswered=12, text="Never mind."))
            elif step == "clock":
                clock.forward(1000)
                pane._step_clocks()
            elif step == "gone":
                pane.apply(window_of(rows[1:]))
            elif step == "merge":
                pane.merge(keep_cursor=False)
            else:
                await pilot.press(step)
            await pilot.pause()
            stream.feed(CountingDriver.sent())
            CountingDriver.forget()
            meant = lines_of(pilot)
            assert [line.rstrip() for line in terminal.display] == [line.rstrip() for line in meant], step


async def test_more_rows_are_asked_for_near_the_edge() -> None:
    asked: list[QueuePane.NeedRows] = []
    clock = FixedClock()
    pane = QueuePane(clock, now_s=clock.now_s)
    app = Stage(pane)

    def listen(message: object) -> None:
        if isinstance(message, QueuePane.NeedRows) and message not in asked:
            asked.append(message)

    async with app.run_test(size=(100, 30), message_hook=listen) as pilot:
        pane.focus()
        pane.apply(window_of([queue_row(id) for id in range(1, 501)], after=700))
        pane.go_to(460)
        await pilot.pause()
        assert asked and asked[-1].wanted is not None and asked[-1].wanted.start is not None
        await pilot.press("G")
        assert asked[-1].edge == "foot"
