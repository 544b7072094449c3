"""What is typed behind a command belongs to what that command opens, whole and in order."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careconsole.console.burst import Verdict
from careconsole.console.list_keys import ListKeys

TEXT = "rDear customer"
STEP_S = 0.001


@dataclass
class Desk:
    """A list, its commands and a text field, with a clock that moves only when told to."""

    work_s: float
    """How long `r` takes until the field has the focus."""
    opens: bool = True
    """Whether `r` succeeds."""
    now_s: float = 100.0
    typed: str = ""
    is_in_list: bool = True
    was_typing: bool = False
    commands: list[str] = field(default_factory=list)
    line: deque[str] = field(default_factory=deque)
    done_at_s: float | None = None

    def __post_init__(self) -> None:
        self.keys: ListKeys[str] = ListKeys(lambda: self.now_s)

    def press(self, key: str) -> None:
        self.line.append(key)
        self.hand_on()

    def hand_on(self) -> None:
        while self.line and not self.keys.is_at_work:
            key = self.line.popleft()
            if not self.is_in_list:
                self.typed += key
                continue
            verdict = self.keys.press(key, key, acts_at_once=key == "j")
            self.was_typing |= verdict is Verdict.DROP
            if verdict is Verdict.ACT_NOW:
                self.begin(key)

    def begin(self, key: str) -> None:
        self.commands.append(key)
        self.done_at_s = self.now_s + (self.work_s if key == "r" else 0)

    def pass_time(self, seconds: float) -> None:
        end_s = self.now_s + seconds
        while self.now_s < end_s:
            self.now_s = min(end_s, self.now_s + STEP_S)
            if (key := self.keys.take_due()) is not None:
                self.begin(key)
            if self.done_at_s is not None and self.now_s >= self.done_at_s:
                self.done_at_s = None
                self.is_in_list = not (self.opens and self.commands[-1] == "r")
                self.line.extendleft(reversed(self.keys.done(is_in_list=self.is_in_list)))
                self.hand_on()


def typed_at(pace_s: float, work_s: float) -> Desk:
    desk = Desk(work_s)
    for key in TEXT:
        desk.press(key)
        desk.pass_time(pace_s)
    desk.pass_time(5)
    return desk


@pytest.mark.parametrize("work_ms", [0, 3, 15, 90, 250, 1_500])
@pytest.mark.parametrize("pace_ms", [1, 30, 50, 59, 61, 80, 100, 119, 121, 150, 200, 290])
def test_a_reply_begun_from_the_list_is_whole_or_not_there(pace_ms: int, work_ms: int) -> None:
    desk = typed_at(pace_ms / 1000, work_ms / 1000)
    if desk.was_typing:
        assert (desk.typed, desk.commands, desk.is_in_list) == ("", [], True)
    else:
        assert (desk.typed, desk.commands) == (TEXT[1:], ["r"])
    assert desk.was_typing == (pace_ms < 60)


@given(st.lists(st.floats(0.001, 0.29), min_size=len(TEXT), max_size=len(TEXT)), st.floats(0, 1))
def test_an_uneven_hand(pauses_s: list[float], work_s: float) -> None:
    desk = Desk(work_s)
    for key, pause_s in zip(TEXT, pauses_s, strict=True):
        desk.press(key)
        desk.pass_time(pause_s)
    desk.pass_time(5)
    assert desk.typed in ("", TEXT[1:])
    assert bool(desk.typed) != desk.was_typing


def test_letters_before_a_command_that_acts_at_once_stay_commands() -> None:
    desk = Desk(0.01)
    for key in "cj":
        desk.press(key)
    desk.pass_time(1)
    assert desk.commands == ["j", "c"]
    keys: ListKeys[str] = ListKeys(lambda: 0.0)
    keys.press("c", "c", acts_at_once=False)
    keys.press("w", "w", acts_at_once=True)
    assert keys.done(is_in_list=False) == [] and keys.next_due_in_s() is not None


def test_letters_behind_a_command_that_fails_are_commands_again() -> None:
    desk = Desk(0.05, opens=False)
    desk.press("r")
    desk.pass_time(0.1)
    desk.press("c")
    desk.pass_time(1)
    assert (desk.commands, desk.typed) == (["r", "c"], "")
