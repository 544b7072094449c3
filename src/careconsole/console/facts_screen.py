"""The form behind the card: what is known of a customer, kept in the record and nowhere else."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from careconsole.console.choosing import Choosing
from careconsole.console.line_field import LineField
from careconsole.console.panes.card_lines import who_words
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.text import wrap
from careconsole.model.birthday import EXAMPLES, read_birthday
from careconsole.model.text_gate import safe_line
from careconsole.store.person import MAX_FACT_CHARS, Card, Facts

_FIELDS = (
    ("birthday", "Birthday", f"for example {EXAMPLES}"),
    ("orders", "Orders", "order numbers, parted by commas"),
    ("about", "About", "what colleagues must know, in a few words"),
)


class FactsScreen(Choosing[Facts]):
    """Three lines to write in. Ctrl+S keeps them, Tab goes to the next, Escape goes back."""

    BINDINGS = [
        Binding("ctrl+s,f2", "save", "Save"),
        Binding("tab,down", "next_field(1)", show=False),
        Binding("shift+tab,up", "next_field(-1)", show=False),
        Binding("f1", "help", "Help"),
        Binding("escape", "leave", "Back"),
    ]

    DEFAULT_CSS = """
    FactsScreen > Vertical { height: auto; background: $surface; }
    FactsScreen Input, FactsScreen Input:focus { border: none; height: 1; padding: 0 2; }
    FactsScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(self, card: Card) -> None:
        super().__init__()
        self._card = card

    def compose(self) -> ComposeResult:
        """Whom it is about, a line for each fact, and the keys."""
        self._inputs = {
            name: LineField(
                safe_line(getattr(self._card.facts, name)).text[:MAX_FACT_CHARS],
                max_length=MAX_FACT_CHARS,
                placeholder=hint,
                id=f"fact-{name}",
            )
            for name, _, hint in _FIELDS
        }
        self._said = Static(self._key_words(), classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield Quoted(self._lines)
            for name, label, _ in _FIELDS:
                yield Quoted(lambda width, label=label: [Line(HEADER, ((label, "quiet"),))])  # type: ignore[misc]
                yield self._inputs[name]
            yield self._said

    def on_mount(self) -> None:
        """Write at once."""
        self._inputs["birthday"].focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next line."""
        event.stop()
        self.action_next_field(1)

    def on_paste(self, event: events.Paste) -> None:
        """A paste beside the lines does nothing."""
        event.stop()

    def action_next_field(self, by: int) -> None:
        """Go to the next line, behind the last one to the first."""
        fields = list(self._inputs.values())
        place = next((at for at, field in enumerate(fields) if field.has_focus), 0)
        fields[(place + by) % len(fields)].focus()

    def action_save(self) -> None:
        """Keep what is written, unless the birthday is no day."""
        written = {name: field.value.strip() for name, field in self._inputs.items()}
        birthday = read_birthday(written["birthday"])
        if birthday is None:
            self.say(f"That is no day; write the birthday like {EXAMPLES}.")
            self._inputs["birthday"].focus()
            return
        self.dismiss(Facts(birthday, written["orders"], written["about"]))

    def action_leave(self) -> None:
        """Back, and nothing changes."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say which keys there are."""
        self.say(self._key_words())

    def say(self, sentence: str) -> None:
        """Show a sentence of ours below the lines."""
        self._said.update(safe_line(sentence).text)

    def _key_words(self) -> str:
        return "Ctrl+S or F2 keep   Tab next line   Esc back"

    def _lines(self, width: int) -> list[Line]:
        who = safe_line(f"What is known of {who_words(self._card)}")
        return [Line(HEADER, ((text, "header"),)) for text in wrap(who, width)]
