"""The line behind `s`: when a conversation comes back by itself, and a note for then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from careconsole.console.choosing import Choosing
from careconsole.console.line_field import LineField
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.text import wrap
from careconsole.console.vip_screen import MAX_NOTE_CHARS
from careconsole.desk.coming_back import ComesBack, NotRead, SleepingRoom, WakeMode
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import QueueRow


@dataclass(frozen=True, slots=True)
class SnoozeAnswer:
    """When it is to come back, and whatever happens or only if the customer is silent."""

    back: ComesBack
    mode: WakeMode
    sentence: str
    """What was confirmed."""


class WhenInput(LineField):
    """The line to write in; Tab is the other mode, as there is no other place to go to."""

    BINDINGS = [Binding("tab,shift+tab", "screen.switch_mode", "Mode")]


class SnoozeScreen(Choosing[SnoozeAnswer]):
    """Asks when, and says below how it was read. Enter takes it, as it can be undone; Escape goes back."""

    BINDINGS = [
        Binding("ctrl+s,f2", "take", "Take"),
        Binding("f1", "help", "Help"),
        Binding("escape", "leave", "Back"),
    ]

    DEFAULT_CSS = """
    SnoozeScreen > Vertical { height: auto; background: $surface; }
    SnoozeScreen Input, SnoozeScreen Input:focus { border: none; height: 1; padding: 0 2; }
    SnoozeScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(self, row: QueueRow, room: SleepingRoom, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._row, self._room, self._now = row, room, now
        self._mode = WakeMode.WAKE
        self._read: ComesBack | NotRead | None = None
        """How what stands in the line was read; None while it is empty."""
        self._sentence = ""

    def compose(self) -> ComposeResult:
        """The question, the line to write in, how it was read, and the keys."""
        self._input = WhenInput(
            max_length=MAX_NOTE_CHARS, placeholder="2h, or fri 9 call back about the refund"
        )
        self._reading = Static("", classes="question--said", markup=False)
        self._keys = Static("", classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield Quoted(self._lines)
            yield self._input
            yield self._reading
            yield self._keys

    def on_mount(self) -> None:
        """Write at once."""
        self._input.focus()
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how it is read now."""
        event.stop()
        self._look()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes it."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """Take what is shown; a time that has passed while it stood there is read anew and shown first."""
        shown = self._read
        if isinstance(shown, ComesBack) and shown.at > self._now():
            self.dismiss(SnoozeAnswer(shown, self._mode, self._sentence))
        else:
            self._look(insists=True)

    def action_switch_mode(self) -> None:
        """Whatever happens, or only if the customer has not written by then."""
        self._mode = self._mode.other
        self._look()

    def action_leave(self) -> None:
        """Back, and nothing changes."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say how times are written."""
        self._reading.update(safe_line(self._fault("")).text)

    def _fault(self, words: str) -> str:
        read = self._room.read(words, self._now())
        return read.sentence if isinstance(read, NotRead) else ""

    def _look(self, *, insists: bool = False) -> None:
        """Read the line and say how it was read. `insists`: an empty line is a mistake too."""
        words, now = self._input.value, self._now()
        self._read = self._room.read(words, now) if words.strip() or insists else None
        if isinstance(self._read, ComesBack):
            self._sentence = self._room.sentence(self._read, self._mode, now)
            note = f" Note: {self._read.note}" if self._read.note else ""
            said = self._sentence + note
        else:
            said = "" if self._read is None else self._read.sentence
        self._reading.update(safe_line(said or "The time first, then a note if you like.").text)
        self._keys.update(f"Enter takes it   Tab {self._mode.other.words}   F1 examples   Esc back")

    def _lines(self, width: int) -> list[Line]:
        customer = safe_line(f"@{self._row.handle} {self._row.customer_name}")
        lines = [Line(HEADER, (("Comes back by itself: when?", "header"),))]
        return lines + [Line(HEADER, ((text, "head"),)) for text in wrap(customer, width)]
