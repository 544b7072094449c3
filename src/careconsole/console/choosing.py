"""What all questions over the desk share: letters wait out a burst of typing, pastes answer nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import events
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widget import Widget

from careconsole.console.burst import BurstGuard, Verdict
from careconsole.console.commands import BY_ID, keys_of
from careconsole.console.hand_clock import hand_s
from careconsole.console.painting import AddressedModal
from careconsole.console.status_line import StatusBelow
from careconsole.model.key_names import latin

ResultT = TypeVar("ResultT")

TYPING = "typing? press one key"

_BORDER_ROWS = 2
HELP_BINDING = Binding(",".join(keys_of(BY_ID["app.help"])), "help", "Help", id="app.help")


class Choosing(AddressedModal[ResultT]):
    """A question that letters answer. Enter answers nothing; Escape is always the way back."""

    BINDINGS = [HELP_BINDING]

    DEFAULT_CSS = """
    Choosing { align: left bottom; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._below = StatusBelow(self.fit_in)
        self._guard: BurstGuard[Callable[[], None]] = BurstGuard(hand_s)
        self._hold_timer: Timer | None = None
        self._pressed_s: float | None = None

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """What is held counts down below every question, and what is said there is read."""
        await super().mount_composed_widgets([*widgets, self._below])
        self.call_after_refresh(self.fit_in)

    def on_resize(self, event: events.Resize) -> None:
        """The window is another one."""
        self.call_after_refresh(self.fit_in)

    def fit_in(self) -> None:
        """Leave to what scrolls in the box the rows that the other parts and the line below leave over."""
        for scroll in self.query(".question--box > VerticalScroll").results(VerticalScroll):
            if scroll.styles.height is not None and scroll.styles.height.is_auto and scroll.parent:
                others = [self._below, *scroll.siblings]
                taken = sum(
                    part.outer_size.height for part in others if isinstance(part, Widget) and part.display
                )
                scroll.styles.max_height = max(3, self.size.height - taken - _BORDER_ROWS)

    def after_hold(self, key: str, act: Callable[[], None]) -> None:
        """Do it when the key has waited out a burst of typing; it may have waited already on its way here."""
        verdict = self._guard.press(key, act, acts_at_once=False, pressed_s=self._pressed_s)
        if verdict is Verdict.DROP:
            self.say(TYPING)
        self._wait()

    @property
    def has_unsaved(self) -> bool:
        """Whether text would be lost if the console ended now."""
        return False

    def say(self, sentence: str) -> None:
        """Show a short sentence of ours; each question has its place for it."""

    def meaning(self, character: str) -> Callable[[], None] | None:
        """What a letter that is no binding stands for; a Cyrillic letter is given as the Latin one in its place."""
        return None

    def on_key(self, event: events.Key) -> None:
        """A letter without a meaning counts as typing too."""
        self._pressed_s = event.time
        if event.is_printable and event.character and event.key not in self.active_bindings:
            event.stop()
            self.after_hold(event.key, self.meaning(latin(event.character)) or _nothing)

    def on_paste(self, event: events.Paste) -> None:
        """A paste answers nothing, and keys right behind it do not either."""
        event.stop()
        self._guard.drop()
        self.say(TYPING)

    def _wait(self) -> None:
        if self._hold_timer is not None:
            self._hold_timer.stop()
            self._hold_timer = None
        delay_s = self._guard.next_due_in_s()
        if delay_s is not None:
            self._hold_timer = self.set_timer(delay_s, self._act)

    def _act(self) -> None:
        self._hold_timer = None
        while held := self._guard.take_due():
            if held.what is not _nothing:
                # Keys behind the first answer were pressed before its effect was seen: they count for nothing.
                self._guard = BurstGuard(hand_s)
                held.what()
                return
        self._wait()


def _nothing() -> None:
    """A key without a meaning."""
