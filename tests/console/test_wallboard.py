"""The wallboard: what it shows is what is counted, at every size, and it touches nothing."""

from __future__ import annotations

import gc
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.desk.desk_at_hand import DeskAtHand, sitting
from tests.store.record_at_hand import MIN_US, FakeClock, at_us, said

from careconsole.console.themes import load_themes
from careconsole.console.wallboard.app import Wallboard
from careconsole.console.wallboard.digits import large
from careconsole.console.wallboard.screen import bars
from careconsole.console.wallboard.tiles import (
    TILES,
    TileKind,
    is_missed,
    plain_digits,
    short_span,
    target_words,
)
from careconsole.desk.opening import open_desk
from careconsole.desk.reporting.watching import watch
from careconsole.model.event import EventKind
from careconsole.model.reply import Sent
from careconsole.settings.bundled import bundled
from careconsole.settings.document import Document
from careconsole.store import claims, events

TARGETS = dict(Document().wall_targets)


class Name(str):
    """A text of which can be told whether anybody still has it."""


class Wall:
    """A wallboard over the desk of a busy agent."""

    def __init__(self, busy: DeskAtHand, app: Wallboard, pilot: Any) -> None:
        self.busy, self.app, self.pilot = busy, app, pilot

    @property
    def picture(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    async def look(self, *, is_first: bool = True) -> str:
        """The picture once everything is read; the first time with the rates."""
        if is_first:
            self.app.wall._rates_us = 0
        self.app.wall.show_sight(await self.app.wall.watched.look())
        await self.pilot.pause()
        return self.picture


@asynccontextmanager
async def a_wall(
    home: Path,
    size: tuple[int, int] = (80, 24),
    keys: dict[str, str] | None = None,
    begins_us: Callable[[int], int] | None = None,
) -> AsyncIterator[Wall]:
    clock = FakeClock()
    async with (
        sitting(home, clock) as busy,
        open_desk(home, agent="vera", read_only=True, clock=clock, now=clock.now) as desk,
    ):
        themes = load_themes([bundled("themes")])
        app = Wallboard(
            watch(desk.store, at_us(-600)), TARGETS, themes, "dark", keys=keys, begins_us=begins_us
        )
        async with app.run_test(size=size) as pilot:
            yield Wall(busy, app, pilot)


async def a_morning(busy: DeskAtHand) -> None:
    """Three wait, one of them late; one has an answer; ana is here and holds one."""
    await busy.act(events.append, EventKind.SIGNED_ON, agent="ana", details={"session": "one"})
    first = await busy.arrive(said("m1", minute=-30))
    outbox_id = await busy.queued(first)
    assert await busy.take() == outbox_id
    await busy.settle(outbox_id, Sent("r1"))
    await busy.arrive(said("m2", "dan", minute=-90), said("m3", "emil", minute=-20))
    held = await busy.arrive(said("m4", "fran", minute=-10))
    await busy.act(claims.claim, held, "ana")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (240, 67)])
async def test_it_shows_what_is_counted_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with a_wall(tmp_path / "home", size) as wall:
        await a_morning(wall.busy)
        shown = await wall.look()
        for words in (
            "backlog 3",
            "late now 1",
            "oldest 1h30",
            "in time 50%",
            "mean wait 30m",
            "answers 1",
        ):
            assert words in shown, shown
        assert "≤ 0" in shown and "≥ 90%" in shown
        assert "ana here, holds 1, 1 sent" in shown
        assert "read-only" in shown and "since" in shown
        assert "late" in shown.splitlines()[-1] and "@dan" in shown.splitlines()[-1]
        assert len(shown.splitlines()) == size[1] and "█" in shown


async def test_it_follows_and_rates_wait_for_their_minute(tmp_path: Path) -> None:
    async with a_wall(tmp_path / "home") as wall:
        await a_morning(wall.busy)
        await wall.look()
        await wall.busy.arrive(said("m9", "gus", minute=0))
        second = await wall.busy.conversation_of("m3")
        outbox_id = await wall.busy.queued(second)
        assert await wall.busy.take() == outbox_id
        await wall.busy.settle(outbox_id, Sent("r2"))
        shown = await wall.look(is_first=False)
        assert "backlog 3" in shown and "answers 1" in shown
        wall.busy.clock.pass_s(61)
        assert "answers 2" in await wall.look(is_first=False)


async def test_d_defines_with_rows_and_what_was_left_out(tmp_path: Path) -> None:
    async with a_wall(tmp_path / "home", (100, 40)) as wall:
        await a_morning(wall.busy)
        await wall.look()
        await wall.pilot.press("d")
        for _ in range(200):
            await wall.pilot.pause(0.02)
            if "The rows (" in wall.picture:
                break
        assert (
            "Late now: 1" in wall.picture and "@dan" in wall.picture and "Left out: nothing." in wall.picture
        )
        await wall.pilot.press("escape", "right", "right", "right", "d")
        for _ in range(200):
            await wall.pilot.pause(0.02)
            if "The rows (" in wall.picture:
                break
        assert "Promises kept: 50%" in wall.picture and "missed, open" in wall.picture
        assert "answered in time" in wall.picture, wall.picture


async def test_watching_leaves_no_trace(tmp_path: Path) -> None:
    async with a_wall(tmp_path / "home") as wall:
        await a_morning(wall.busy)

        async def everything() -> list[Any]:
            tables = ("event", "session", "conversation", "lease", "counter", "fact", "message")
            return [await wall.busy.ask(f"SELECT * FROM {table}") for table in tables]

        before = await everything()
        await wall.look()
        for key in (
            "right",
            "d",
            "escape",
            "left",
            "question_mark",
            "escape",
            "y",
            "c",
            "e",
            "p",
            "z",
            "1",
            "V",
        ):
            await wall.pilot.press(key)
        await wall.look()
        assert await everything() == before
        assert wall.app.wall.watched.store.read_only


async def test_an_empty_desk_and_hostile_names(tmp_path: Path) -> None:
    async with a_wall(tmp_path / "home", (120, 40)) as wall:
        shown = await wall.look()
        assert "backlog 0" in shown and "oldest -" in shown and "Nothing waits." in shown
        assert "Nobody is at the desk." in shown
        await wall.busy.arrive(said("m1", "[red]\x1b[2Jdana\u202e", minute=-90))
        shown = await wall.look()
        assert "\x1b" not in shown and "\u202e" not in shown and "[red]" in shown


async def test_a_log_that_makes_no_sense_is_said_on_the_wall(tmp_path: Path) -> None:
    async with a_wall(tmp_path / "home") as wall:
        await wall.look()
        await wall.busy.act(events.append, EventKind.TIER_SET, agent="ana", conversation_id=1, details="[")
        for _ in range(300):
            await wall.pilot.pause(0.02)
            if "cannot be understood" in wall.picture:
                break
        assert "cannot be understood" in wall.picture and "stand still" in wall.picture.splitlines()[-1]
        wall.busy.log_tells_all = False


async def test_the_window_of_a_day_goes_on_to_the_next_and_lets_go_of_the_old(tmp_path: Path) -> None:
    """What was answered yesterday does not count today, and is not kept in memory either."""
    day_us = 86_400_000_000
    async with a_wall(
        tmp_path / "home", (120, 40), begins_us=lambda now_us: now_us // day_us * day_us
    ) as wall:
        await a_morning(wall.busy)
        assert "answers 1 " in await wall.look()
        old = wall.app.wall.watched
        wall.app.wall.move_window()
        assert wall.app.wall.watched is old
        kept = old.names[-1] = Name("kept with the old")
        left = weakref.ref(kept)
        del old, kept
        wall.busy.clock.pass_s(86_400)
        await wall.look()
        wall.app.wall.move_window()
        shown = await wall.look()
        assert "answers 0 " in shown and "backlog 3 " in shown and "since Tue 00:00" in shown
        gc.collect()
        assert left() is None


async def test_an_emergency_that_nobody_holds_comes_first(tmp_path: Path) -> None:
    async with a_wall(tmp_path / "home") as wall:
        await a_morning(wall.busy)
        await wall.busy.ask("SELECT 1")
        first = await wall.busy.conversation_of("m2")
        from careconsole.store import acts

        await wall.busy.act(acts.set_tier, first, "ana", 0)
        shown = await wall.look()
        assert "1 emergency waits with nobody on it" in shown.splitlines()[-1]


async def test_ten_thousand_refreshes_leave_nothing_behind(tmp_path: Path) -> None:
    import gc

    async with a_wall(tmp_path / "home") as wall:
        await a_morning(wall.busy)
        watched = wall.app.wall.watched
        sight = await watched.look()

        def refresh(times: int) -> None:
            for _ in range(times):
                watched.board.follow(watched.ledger)
                watched.board.figures(sight.now_us)
                watched.board.hours(sight.now_us, 12)
                wall.app.wall.show_sight(sight)

        refresh(100)
        await wall.pilot.pause()
        gc.collect()
        before = len(gc.get_objects())
        refresh(10_000)
        await wall.pilot.pause()
        gc.collect()
        assert len(gc.get_objects()) - before < 100


async def test_keys_of_the_settings_hold_here_too(tmp_path: Path) -> None:
    async with a_wall(tmp_path / "home", keys={"wallboard.define": "w", "wallboard.quit": "x"}) as wall:
        assert "w defines · x quits" in await wall.look()
        await wall.pilot.press("w")
        await wall.pilot.pause()
        assert "Late now: 0" in wall.picture
        await wall.pilot.press("escape", "x")
        assert wall.app.return_code == 0


def test_digits_grow_with_the_room_and_are_small_where_there_is_none() -> None:
    assert len(large("217", 24, 6)) == 5 and len(large("217", 60, 20)) == 20
    assert large("217", 5, 5) == ["217"] and large("217", 3, 0) == []
    assert all(len(line) <= 24 for line in large("100%", 24, 6))


@pytest.mark.parametrize(
    ("seconds", "words"), [(9, "9s"), (61, "1m"), (3599, "59m"), (3660, "1h01"), (172_800, "2d0h")]
)
def test_spans_in_few_signs(seconds: int, words: str) -> None:
    assert short_span(seconds) == words


def test_a_share_just_below_all_is_not_all() -> None:
    from fractions import Fraction

    kept: TileKind = next(kind for kind in TILES if kind.measure == "sla_attainment")
    assert plain_digits(kept, Fraction(999, 1000)) == "99%" and plain_digits(kept, Fraction(1)) == "100%"
    assert is_missed(kept, Fraction(89, 100), TARGETS) and not is_missed(kept, Fraction(90, 100), TARGETS)
    oldest = next(kind for kind in TILES if kind.measure == "oldest")
    assert is_missed(oldest, 61 * MIN_US, TARGETS) and target_words(oldest, TARGETS) == "≤ 1h00"


def test_bars_show_the_least_of_something() -> None:
    assert bars([0, 1, 100]) == " ▁█" and bars([0, 0]) == "  "
