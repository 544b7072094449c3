"""The list never moves under the hand (F02): random arrivals and keys on an injected clock."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.console.harness import FixedClock, queue_row, window_of

from careconsole.console.burst import BurstGuard, Verdict
from careconsole.console.panes.shown_queue import LIMIT, ShownQueue
from careconsole.model.conversation import ConversationState
from careconsole.store.rows import QueueRow, QueueWindow, RankKey

HEIGHT = 20
QUIET_S = 2.0


class World:
    """The store as far as the queue asks it: rows that come, go and change their place."""

    def __init__(self, number: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.rows: dict[int, QueueRow] = {}
        for _ in range(number):
            self.arrive()

    def arrive(self) -> None:
        id = len(self.rows) + self.random.randrange(1_000_000)
        due_us = queue_row(1).due_us + self.random.randrange(3_600_000_000)
        self.rows[id] = queue_row(id, effective_due_us=due_us, tier=int(self.random.random() > 0.05))

    def leave(self) -> None:
        if self.rows:
            del self.rows[self.random.choice(list(self.rows))]

    def move(self) -> None:
        if self.rows:
            row = self.rows[self.random.choice(list(self.rows))]
            self.rows[row.id] = replace(row, tier=0, text="changed", revision=row.revision + 1)

    def stretch(self, start: RankKey | None = None, end: RankKey | None = None) -> QueueWindow:
        ordered = sorted(self.rows.values(), key=lambda row: row.key)
        first = sum(row.key < start for row in ordered) if start else 0
        if end is not None:
            first = max(0, sum(row.key <= end for row in ordered) - LIMIT)
        rows = ordered[first : first + LIMIT]
        return QueueWindow(tuple(rows), first, len(ordered) - first - len(rows))


def image(shown: ShownQueue) -> list[int | None]:
    return [row.id if (row := shown.row_on(line)) else None for line in range(HEIGHT)]


def shown_of(world: World) -> ShownQueue:
    shown = ShownQueue()
    shown.take(world.stretch(), None)
    shown.merge(keep_cursor=True)
    return shown


STEPS = st.lists(
    st.sampled_from(["arrive", "leave", "move", "take", "merge", "down", "up", "page"]), max_size=120
)


@given(st.integers(0, 1000), st.integers(1, 60), STEPS)
@settings(max_examples=150, deadline=None)
def test_only_the_hand_moves_the_cursor(seed: int, number: int, steps: list[str]) -> None:
    world = World(number, seed)
    shown = shown_of(world)
    for step in steps:
        cursor, line, before = shown.cursor, shown.line_of(shown.cursor), image(shown)
        if step == "take":
            shown.take(world.stretch(shown.start), shown.start)
            assert image(shown) == before
        elif step == "merge":
            shown.merge(keep_cursor=True)
        elif step in ("arrive", "leave", "move"):
            getattr(world, step)()
            assert image(shown) == before
        else:
            shown.move({"down": 1, "up": -1, "page": HEIGHT - 1}[step], HEIGHT)
            assert shown.cursor in image(shown)
            continue
        assert (shown.cursor, shown.line_of(shown.cursor)) == (cursor, line)
        assert len(set(shown.order)) == len(shown.order)


@given(st.integers(0, 1000), st.integers(1, 40), st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_a_merge_shows_the_store(seed: int, number: int, changes: int) -> None:
    world = World(number, seed)
    shown = shown_of(world)
    for _ in range(changes):
        getattr(world, world.random.choice(["arrive", "leave", "move"]))()
    shown.take(world.stretch(), None)
    shown.merge(keep_cursor=False)
    assert shown.order == [row.id for row in world.stretch().rows]
    assert not shown.pending and not shown.gone


@pytest.mark.parametrize("seed", range(3))
def test_no_act_hits_another_conversation(seed: int) -> None:
    """50 arrivals and 10 random keys a second for 60 s: 0 acts on another item than the highlighted one."""
    world, clock = World(30, seed), FixedClock()
    shown = shown_of(world)
    guard: BurstGuard[tuple[str, int | None, int | None]] = BurstGuard(clock.now_s)
    last_key_s, acts = float("-inf"), 0
    for tick in range(60 * 50):
        clock.forward(1 / 50)
        getattr(world, world.random.choice(["arrive", "arrive", "arrive", "leave", "move"]))()
        shown.take(world.stretch(shown.start), shown.start)
        if clock.seconds - last_key_s >= QUIET_S:
            shown.merge(keep_cursor=True)
        for held in iter(guard.take_due, None):
            _, target, highlighted = held.what
            acts += 1
            assert target == highlighted is not None
        if tick % 5 or tick % 400 < 130:
            continue
        key = world.random.choice("jjkkce1z")
        last_key_s = clock.seconds
        line = shown.line_of(shown.cursor)
        highlighted = image(shown)[line] if line is not None and 0 <= line < HEIGHT else None
        what = (key, shown.cursor, highlighted)
        if guard.press(key, what, acts_at_once=key in "jk") is Verdict.ACT_NOW:
            shown.move(1 if key == "j" else -1, HEIGHT)
    assert acts > 100


def test_arrivals_gather_and_are_counted() -> None:
    shown = ShownQueue()
    rows = [queue_row(id) for id in range(10, 20)]
    shown.take(window_of(rows), None)
    shown.merge(keep_cursor=True)
    shown.go_to(14, HEIGHT)
    more = [queue_row(id, tier=0) for id in (1, 2, 3)] + [queue_row(90)]
    shown.take(window_of(rows + more), None)
    assert (shown.pending.above, shown.pending.below) == (3, 1)
    assert [row.id for row in shown.arrived(0)] == [1, 2, 3]
    assert image(shown)[:2] == [10, 11]


def test_a_row_that_left_stays_under_the_cursor() -> None:
    shown = ShownQueue()
    rows = [queue_row(id) for id in range(1, 6)]
    shown.take(window_of(rows), None)
    shown.merge(keep_cursor=True)
    shown.move(2, HEIGHT)
    assert shown.take(window_of(rows[:2] + rows[3:]), None) == {3}
    shown.merge(keep_cursor=True)
    assert shown.cursor == 3 and 3 in shown.gone and not shown.pending
    shown.put(queue_row(3, state=ConversationState.RESOLVED))
    assert shown.cursor_row is not None and shown.cursor_row.state is ConversationState.RESOLVED
    shown.merge(keep_cursor=False)
    assert shown.cursor == 4 and shown.order == [1, 2, 4, 5]


def test_a_row_that_comes_back_is_no_longer_gone() -> None:
    shown = ShownQueue()
    rows = [queue_row(id) for id in range(1, 4)]
    shown.take(window_of(rows), None)
    shown.merge(keep_cursor=True)
    shown.take(window_of(rows[1:]), None)
    assert shown.take(window_of(rows), None) == {1} and not shown.gone


@pytest.mark.parametrize("downwards", [True, False])
def test_the_stretch_follows_the_cursor_through_a_long_queue(downwards: bool) -> None:
    world = World(0, 5)
    world.rows = {id: queue_row(id) for id in range(1, 2001)}
    shown = ShownQueue()
    if downwards:
        shown.replace(world.stretch(), None, at_end=False)
    else:
        last = world.stretch(queue_row(2001 - LIMIT).key)
        shown.replace(last, last.rows[0].key, at_end=True)
        shown.settle(HEIGHT)
    seen = {shown.cursor}
    for _ in range(2100):
        line_before, cursor = shown.line_of(shown.cursor), shown.cursor
        wanted = shown.wanted()
        if wanted is not None:
            shown.extend(world.stretch(wanted.start, wanted.end), downwards=wanted.start is not None)
            assert (shown.cursor, shown.line_of(shown.cursor)) == (cursor, line_before)
            shown.take(world.stretch(shown.start), shown.start)
        shown.move(1 if downwards else -1, HEIGHT)
        seen.add(shown.cursor)
        assert len(shown.order) <= LIMIT
    assert seen == set(range(1, 2001))
    assert shown.before + len(shown.order) + shown.after == 2000


def test_a_stretch_from_another_start_comes_too_late() -> None:
    shown = ShownQueue()
    rows = [queue_row(id) for id in range(1, 6)]
    shown.take(window_of(rows), None)
    shown.merge(keep_cursor=True)
    assert shown.take(window_of(rows[3:]), rows[3].key) == set() and not shown.gone
