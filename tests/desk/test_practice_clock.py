"""Virtual time: it goes faster than the hand, stands in a pause, and follows no clock that somebody can set."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from careconsole.desk.practice.clock import PracticeClock
from careconsole.desk.practice.loop import PracticeLoop

BEGAN_AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Hand:
    def __init__(self) -> None:
        self.s = 100.0

    def __call__(self) -> float:
        return self.s


def test_time_goes_as_many_times_faster_as_asked_and_in_whole_ticks() -> None:
    hand = Hand()
    clock = PracticeClock(hand, 10, BEGAN_AT)
    assert clock.now() == BEGAN_AT
    hand.s += 6.00049
    assert clock.now() == BEGAN_AT + timedelta(seconds=60)
    before_ns = clock.monotonic_ns()
    hand.s += 0.001
    assert clock.monotonic_ns() - before_ns == 10_000_000


def test_a_pause_freezes_wall_clock_and_leases() -> None:
    hand = Hand()
    clock = PracticeClock(hand, 60, BEGAN_AT)
    hand.s += 1
    clock.pause()
    stood = (clock.now(), clock.now_us(), clock.monotonic_ns(), clock.went_s(), clock.virtual_s)
    hand.s += 3600
    assert (clock.now(), clock.now_us(), clock.monotonic_ns(), clock.went_s(), clock.virtual_s) == stood
    clock.go_on()
    hand.s += 1
    assert clock.now() == BEGAN_AT + timedelta(seconds=120)


def in_a_loop(work: object) -> object:
    with asyncio.Runner(loop_factory=lambda: PracticeLoop(live=False)) as runner:
        return runner.run(work)  # type: ignore[arg-type]


def test_who_sleeps_wakes_by_virtual_time_and_sleeps_through_a_pause() -> None:
    async def work() -> list[float]:
        loop = asyncio.get_running_loop()
        clock = PracticeClock(loop.time, 10, BEGAN_AT)
        woke: list[float] = []

        async def sleeper() -> None:
            await clock.sleep(30)
            woke.append(clock.virtual_s)

        task = asyncio.create_task(sleeper())
        await asyncio.sleep(1)
        clock.pause()
        await asyncio.sleep(1000)
        assert not woke
        clock.go_on()
        await task
        return woke

    assert in_a_loop(work()) == [30.0]


def test_a_loop_that_is_not_live_waits_for_nothing() -> None:
    async def work() -> float:
        await asyncio.sleep(86_400)
        return asyncio.get_running_loop().time()

    assert in_a_loop(work()) == pytest.approx(86_400)


def test_time_stands_while_anything_is_under_way() -> None:
    async def work() -> float:
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        for _ in range(100):
            await asyncio.sleep(0)
            await asyncio.to_thread(time.sleep, 0.0005)
        return loop.time() - began_s

    assert in_a_loop(work()) == 0


def test_what_comes_from_outside_waits_for_the_timers_before_it() -> None:
    async def work() -> list[str]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, PracticeLoop)
        done: list[str] = []
        for at_s in (1, 2, 3):
            loop.call_at(at_s, done.append, f"timer {at_s}")
        loop.let_in(2, lambda: done.append("key"))
        await asyncio.sleep(4)
        return done

    assert in_a_loop(work()) == ["timer 1", "timer 2", "key", "timer 3"]


def test_a_live_loop_hears_other_threads_and_keeps_up_with_the_host() -> None:
    async def work() -> tuple[float, float]:
        loop = asyncio.get_running_loop()
        heard = asyncio.Event()
        thread = threading.Thread(target=lambda: loop.call_soon_threadsafe(heard.set))
        thread.start()
        await heard.wait()
        thread.join()
        began_s, host_s = loop.time(), time.monotonic()
        await asyncio.sleep(0.05)
        return loop.time() - began_s, time.monotonic() - host_s

    with asyncio.Runner(loop_factory=lambda: PracticeLoop(live=True)) as runner:
        went_s, host_s = runner.run(work())
    assert went_s == pytest.approx(0.05)
    assert host_s >= 0.02, "the host waits too"


def test_a_standstill_of_the_machine_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    lost_s = 0.0
    real = time.monotonic
    monkeypatch.setattr("careconsole.desk.practice.loop.time.monotonic", lambda: real() + lost_s)

    async def work() -> float:
        nonlocal lost_s
        loop = asyncio.get_running_loop()
        ticks: list[float] = []

        async def tick() -> None:
            while True:
                await asyncio.sleep(0.01)
                ticks.append(loop.time())

        task = asyncio.create_task(tick())
        await asyncio.sleep(0.05)
        lost_s = 3600.0
        before = len(ticks)
        await asyncio.sleep(0.05)
        task.cancel()
        assert len(ticks) - before < 20
        return loop.time()

    with asyncio.Runner(loop_factory=lambda: PracticeLoop(live=True)) as runner:
        assert runner.run(work()) < 10
