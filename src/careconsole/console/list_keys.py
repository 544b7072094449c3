"""The letters pressed in a list: commands, typing, or the first words for what a command before them opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from careconsole.console.burst import BurstGuard, Verdict

T = TypeVar("T")


class ListKeys(Generic[T]):
    """Takes each letter with what it would do, and says when it may; one command at a time.

    While a command is at work nothing else is released. If it has moved the focus out of the list, every letter
    pressed behind it was meant for what it opened. `now_s` is a clock that only goes forward, in seconds.
    """

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._guard: BurstGuard[T] = BurstGuard(now_s)
        self._is_at_work = False
        self._has_waited = False

    @property
    def is_at_work(self) -> bool:
        """Whether a command has begun of which `done` was not said."""
        return self._is_at_work

    @property
    def waits(self) -> bool:
        """Whether a letter waits that may open what the next ones belong to."""
        return self._guard.waits

    def press(self, key: str, what: T, *, acts_at_once: bool) -> Verdict:
        """Take a letter; on ACT_NOW it is done at once, and its command has begun."""
        verdict = self._guard.press(key, what, acts_at_once=acts_at_once)
        if verdict is Verdict.ACT_NOW and not self._is_at_work:
            self._is_at_work, self._has_waited = True, False
        return verdict

    def take_due(self) -> T | None:
        """The next letter whose wait is over: its command has begun. None while another one is at work."""
        held = None if self._is_at_work else self._guard.take_due()
        if held is None:
            return None
        self._is_at_work = self._has_waited = True
        return held.what

    def done(self, *, is_in_list: bool) -> list[T]:
        """The command has done what it will; the letters that belong to what it opened, in their order.

        Letters that wait since before a command that acted at once stay commands: it has overtaken them.
        """
        goes_on = is_in_list or not self._has_waited
        self._is_at_work = self._has_waited = False
        return [] if goes_on else [held.what for held in self._guard.take_all()]

    def drop(self) -> None:
        """It was a paste: forget what waits."""
        self._guard.drop()

    def next_due_in_s(self) -> float | None:
        """Seconds until a letter is due, never 0; None if none waits or a command is at work."""
        return None if self._is_at_work else self._guard.next_due_in_s()
