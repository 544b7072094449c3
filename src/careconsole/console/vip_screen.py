"""The question behind `V`: a note on why this customer is a VIP, or that they are none any longer."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from careconsole.console.choosing import Choosing
from careconsole.console.line_field import LineField, one_line
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.text import wrap
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import QueueRow

MAX_NOTE_CHARS = 200


@dataclass(frozen=True, slots=True)
class VipAnswer:
    """What is to be recorded of the customer."""

    is_vip: bool
    note: str


class VipScreen(Choosing[VipAnswer]):
    """Asks for the note. Ctrl+S records it, F9 says that the customer is no VIP any longer, Escape goes back."""

    BINDINGS = [
        Binding("ctrl+s,f2", "save", "Save"),
        Binding("f9", "lift", "No VIP"),
        Binding("f1", "help", "Help"),
        Binding("escape", "leave", "Back"),
    ]

    DEFAULT_CSS = """
    VipScreen > Vertical { height: auto; background: $surface; }
    VipScreen Input, VipScreen Input:focus { border: none; height: 1; padding: 0 2; }
    VipScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(self, row: QueueRow, note: str = "") -> None:
        super().__init__()
        self._row = row
        self._note = note

    def compose(self) -> ComposeResult:
        """The question, the line to write in, and the keys."""
        self._input = LineField(
            one_line(self._note)[:MAX_NOTE_CHARS],
            max_length=MAX_NOTE_CHARS,
            placeholder="why, in a few words",
        )
        self._said = Static(self._key_words(), classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield Quoted(self._lines)
            yield self._input
            yield self._said

    def on_mount(self) -> None:
        """Write at once."""
        self._input.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter confirms nothing."""
        event.stop()
        self.action_help()

    def action_save(self) -> None:
        """Mark as VIP with this note."""
        self.dismiss(VipAnswer(True, self._input.value.strip()))

    def action_lift(self) -> None:
        """No VIP any longer."""
        if self._row.is_vip:
            self.dismiss(VipAnswer(False, self._input.value.strip()))

    def action_leave(self) -> None:
        """Back, and nothing changes."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say which keys there are."""
        self._said.update(self._key_words())

    def _key_words(self) -> str:
        lift = "   F9 no VIP any longer" if self._row.is_vip else ""
        return f"Ctrl+S or F2 {'keep the note' if self._row.is_vip else 'mark as VIP'}{lift}   Esc back"

    def _lines(self, width: int) -> list[Line]:
        title = "VIP: what must colleagues know?" if self._row.is_vip else "Mark as VIP: why?"
        customer = safe_line(f"@{self._row.handle} {self._row.customer_name}")
        lines = [Line(HEADER, ((title, "header"),))]
        return lines + [Line(HEADER, ((text, "head"),)) for text in wrap(customer, width)]
