"""What says on every screen that this is practice: the word, the virtual time, its speed."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from careconsole.console.line_pane import LinePane
from careconsole.console.painting import AddressedModal
from careconsole.console.said_keys import said_key
from careconsole.desk.practice.clock import PracticeClock

WORD = "TRAINING"


def frame_words(clock: PracticeClock) -> str:
    """TRAINING, the virtual time and the speed, or that it is paused."""
    pace = "PAUSED" if clock.is_paused else f"×{clock.speed:g}"
    return f"{WORD} {clock.now():%H:%M:%S} {pace}"


class TrainingLine(LinePane):
    """The uppermost line of what lies over the desk, in place of its title."""

    DEFAULT_CSS = """
    TrainingLine { dock: top; height: 1; width: 100%; background: $panel; color: $foreground; }
    """

    def __init__(self, words: Callable[[], str]) -> None:
        super().__init__()
        self._words = words

    def on_mount(self) -> None:
        """Write the line."""
        self.look_again()

    def on_resize(self, event: events.Resize) -> None:
        """Fit into the new width."""
        self.look_again()

    def look_again(self) -> None:
        """Write the line anew."""
        words = Content.styled(f" {self._words()} ", "bold reverse $warning")
        rest = f" {said_key(self, 'practice.pause')} pauses" if "over" not in words.plain else ""
        room = max(0, self.size.width - words.cell_length)
        self.show_line(words + Content(rest if len(rest) <= room else "") + Content(" "))


class PauseScreen(AddressedModal[None]):
    """Lies over whatever is there while time stands: one sees it all and can do nothing."""

    DEFAULT_CSS = """
    PauseScreen { align: center top; }
    PauseScreen LinePane { height: 1; width: 100%; background: $panel; color: $foreground; }
    """

    def __init__(self, words: Callable[[], str]) -> None:
        super().__init__()
        self._words = words
        self._line = LinePane()

    def compose(self) -> ComposeResult:
        """One line, over the title."""
        yield self._line

    def on_mount(self) -> None:
        """Write the line."""
        words = Content.styled(f" {self._words()} ", "bold reverse $warning")
        self._line.show_line(words + Content(f" {said_key(self, 'practice.pause')} goes on "))

    def on_key(self, event: events.Key) -> None:
        """Nothing is done while time stands."""
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Nothing is done while time stands."""
        event.stop()
