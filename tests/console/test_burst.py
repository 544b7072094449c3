"""Typing in the wrong place does nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from careconsole.console.burst import BURST, HOLD_S, PAUSE_S, BurstGuard, Verdict


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def guard_and_clock() -> tuple[BurstGuard[str], Clock]:
    clock = Clock()
    return BurstGuard[str](clock), clock


def due(guard: BurstGuard[str]) -> list[str]:
    """What every press was for whose wait is over."""
    return [held.what for held in iter(guard.take_due, None)]


def test_a_single_letter_acts_after_its_wait() -> None:
    guard, clock = guard_and_clock()
    assert guard.press("c", "claim 7", acts_at_once=False) is Verdict.HOLD
    clock.now_s += HOLD_S - 0.001
    assert due(guard) == []
    clock.now_s += 0.002
    assert due(guard) == ["claim 7"]
    assert due(guard) == [] and guard.next_due_in_s() is None


def test_movement_acts_at_once_and_is_no_typing() -> None:
    guard, _ = guard_and_clock()
    for key in "jkjkgj":
        assert guard.press(key, "", acts_at_once=True) is Verdict.ACT_NOW
    assert guard.press("c", "claim", acts_at_once=False) is Verdict.HOLD


def test_three_letters_within_the_wait_do_nothing() -> None:
    guard, clock = guard_and_clock()
    assert guard.press("c", "", acts_at_once=False) is Verdict.HOLD
    clock.now_s += 0.04
    assert guard.press("e", "", acts_at_once=False) is Verdict.HOLD
    clock.now_s += 0.04
    assert guard.press("z", "", acts_at_once=False) is Verdict.DROP
    clock.now_s += 1
    assert due(guard) == []


def test_a_burst_goes_on_until_a_pause() -> None:
    guard, clock = guard_and_clock()
    for key in "pen":
        guard.press(key, "", acts_at_once=False)
    for _ in range(20):
        clock.now_s += PAUSE_S * 0.9
        assert guard.press("c", "", acts_at_once=False) is Verdict.DROP
        assert guard.press("j", "", acts_at_once=True) is Verdict.DROP
    clock.now_s += PAUSE_S * 1.01
    assert guard.press("c", "", acts_at_once=False) is Verdict.HOLD


def test_the_same_letter_three_times_is_no_typing() -> None:
    guard, clock = guard_and_clock()
    for _ in range(BURST):
        assert guard.press("c", "claim", acts_at_once=False) is Verdict.HOLD
    clock.now_s += HOLD_S
    assert len(due(guard)) == BURST


def test_a_key_that_has_waited_elsewhere_waits_no_longer_than_the_rest() -> None:
    guard, clock = guard_and_clock()
    assert guard.press("a", "answer", acts_at_once=False, pressed_s=clock.now_s - 0.08) is Verdict.HOLD
    assert 0.039 < (guard.next_due_in_s() or 0) < 0.041
    clock.now_s += 0.041
    assert due(guard) == ["answer"]
    assert guard.press("b", "late", acts_at_once=False, pressed_s=clock.now_s - 1) is Verdict.HOLD
    assert due(guard) == ["late"]


def test_a_paste_drops_what_waits() -> None:
    guard, clock = guard_and_clock()
    guard.press("c", "", acts_at_once=False)
    guard.drop()
    clock.now_s += 1
    assert due(guard) == []


@given(st.lists(st.tuples(st.sampled_from("cenrzpSV"), st.floats(0, 0.3)), max_size=60))
def test_whatever_is_pressed(presses: list[tuple[str, float]]) -> None:
    """Each press acts once, in order, never early; none of three different letters within the wait acts."""
    guard, clock = guard_and_clock()
    done: list[int] = []
    times: list[float] = []
    dropped: set[int] = set()
    for number, (key, pause_s) in enumerate(presses):
        clock.now_s += pause_s
        done += [int(what) for what in due(guard)]
        times.append(clock.now_s)
        if guard.press(key, str(number), acts_at_once=False) is Verdict.DROP:
            dropped.add(number)
        near = [n for n in range(number + 1) if times[n] > clock.now_s - HOLD_S]
        if len({presses[n][0] for n in near}) >= BURST:
            assert not set(near[-1:]) & set(done)
    clock.now_s += 1
    done += [int(what) for what in due(guard)]
    assert done == sorted(set(done)) and not dropped & set(done)
