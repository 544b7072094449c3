"""The typing-burst guard: text typed or pasted into a list does nothing (F13)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

T = TypeVar("T")

HOLD_S = 0.12
"""How long a key that changes the record waits, and the length of a burst."""

PAUSE_S = 0.3
"""So long without a key and the typing is over: a hand that types is not even."""

BURST = 3
"""So many different letters within that time are typing."""


class Verdict(Enum):
    """What becomes of a key press."""

    ACT_NOW = auto()
    HOLD = auto()
    DROP = auto()


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """A key press that waits."""

    key: str
    what: T
    """What it will do, and to what: fixed when the key was pressed."""
    due_s: float


class BurstGuard(Generic[T]):
    """Holds every letter that could change the record for 120 ms and drops them all if they are typing.

    `now_s` is a clock that only goes forward, in seconds.
    """

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._held: deque[Held[T]] = deque()
        self._recent: deque[tuple[float, str]] = deque()
        self._typing_until_s = float("-inf")

    def press(self, key: str, what: T, *, acts_at_once: bool, pressed_s: float | None = None) -> Verdict:
        """Take a printable key; `acts_at_once` for movement and other keys that change nothing.

        Letters without a meaning count as typing too and must be given with `acts_at_once=False`. `pressed_s`:
        when it was pressed, if that is some time ago; the wait counts from then.
        """
        now_s = self._now_s() if pressed_s is None else min(pressed_s, self._now_s())
        if now_s < self._typing_until_s:
            self._typing_until_s = now_s + PAUSE_S
            return Verdict.DROP
        if acts_at_once:
            return Verdict.ACT_NOW
        while self._recent and self._recent[0][0] <= now_s - HOLD_S:
            self._recent.popleft()
        self._recent.append((now_s, key))
        if len({pressed for _, pressed in self._recent}) >= BURST:
            self.drop()
            return Verdict.DROP
        self._held.append(Held(key, what, now_s + HOLD_S))
        return Verdict.HOLD

    def drop(self) -> None:
        """It is typing or a paste: forget what waits, and all keys until 300 ms have passed without one."""
        self._held.clear()
        self._recent.clear()
        self._typing_until_s = self._now_s() + PAUSE_S

    @property
    def waits(self) -> bool:
        """Whether a press waits."""
        return bool(self._held)

    def take_due(self) -> Held[T] | None:
        """The first press whose wait is over, in the order in which they came; each is given once."""
        return self._held.popleft() if self._held and self._held[0].due_s <= self._now_s() else None

    def take_all(self) -> list[Held[T]]:
        """All presses that wait: what came before them has made them keys of something else."""
        held = list(self._held)
        self._held.clear()
        self._recent.clear()
        return held

    def next_due_in_s(self) -> float | None:
        """Seconds until a press is due, never 0 (no timer takes that); None if nothing waits."""
        return max(0.001, self._held[0].due_s - self._now_s()) if self._held else None
