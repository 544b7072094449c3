"""The fields of a form with a name before each: a line, an area of lines, a choice; and what is said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from careconsole.console.line_field import LineField
from careconsole.console.line_pane import LinePane
from careconsole.console.panes.editor_area import EditorArea
from careconsole.model.key_names import latin
from careconsole.model.text_gate import safe_line


class AreaField(EditorArea):
    """Several lines. A slash at the start of a line is a slash."""

    async def _on_key(self, event: events.Key) -> None:
        if event.character == "/" and not self.read_only:
            event.stop()
            event.prevent_default()
            self.pace.key(event.time)
            self._replace_via_keyboard("/", *self.selection)


class ChoiceField(LinePane, can_focus=True):
    """One of a few words: Left and Right change it, or its first letter."""

    BINDINGS = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
    ]

    class Changed(Message):
        """Another word is chosen."""

    def __init__(self, value: str, words: Mapping[str, str]) -> None:
        """`words` are what can be chosen, each with what it means. First letters differ."""
        super().__init__()
        self.value = value
        self._words = words

    def on_mount(self) -> None:
        """Show what is chosen."""
        self._show()

    def action_step(self, by: int) -> None:
        """Choose the word after, or before."""
        words = list(self._words)
        self._choose(words[(words.index(self.value) + by) % len(words)])

    def on_key(self, event: events.Key) -> None:
        """The first letter of a word chooses it."""
        for word in self._words:
            if event.character and latin(event.character).lower() == word[0]:
                event.stop()
                event.prevent_default()
                self._choose(word)

    def on_focus(self) -> None:
        """Show that keys go here."""
        self._show()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self._show()

    def _choose(self, word: str) -> None:
        self.value = word
        self._show()
        self.post_message(self.Changed())

    def _show(self) -> None:
        chosen = "bold reverse" if self.has_focus else "bold"
        parts = [
            Content.styled(f"‹{word}›", chosen) if word == self.value else Content(f" {word} ")
            for word in self._words
        ]
        self.show_line(Content(" ").join(parts) + Content(f"  {self._words[self.value]}"))


class FieldRow(Vertical):
    """A field behind its name, and below it what is said of it."""

    DEFAULT_CSS = """
    FieldRow { height: auto; }
    FieldRow > Horizontal { height: auto; }
    FieldRow .field--name { width: 12; height: 1; padding: 0 1; }
    FieldRow .field--said { height: auto; padding: 0 1 0 13; display: none; }
    FieldRow LineField, FieldRow LineField:focus { border: none; height: 1; padding: 0 1; width: 1fr; }
    FieldRow ChoiceField { height: 1; width: 1fr; }
    """

    def __init__(self, label: str, field: Widget, *, lines: int = 1) -> None:
        """`lines` is the height of the field."""
        super().__init__()
        self.label = label
        self._field = field
        self._fault = ""
        self._remarks: Sequence[str] = ()
        self._said = Static("", classes="field--said", markup=False)
        field.styles.height = lines

    def compose(self) -> ComposeResult:
        """Name and field side by side, the sentence below."""
        with Horizontal():
            yield Static(self.label, classes="field--name", markup=False)
            yield self._field
        yield self._said

    @property
    def said(self) -> str:
        """What is said of the field now."""
        return self._fault or " ".join(self._remarks)

    @property
    def is_refused(self) -> bool:
        """Whether it says why the field cannot be so."""
        return bool(self._fault)

    def refuse(self, fault: str) -> None:
        """Say why it cannot be so; nothing for no fault."""
        self._fault = fault
        self._show()

    def remark(self, remarks: Sequence[str]) -> None:
        """Say what is worth a second look; a fault comes before that."""
        self._remarks = remarks
        self._show()

    def _show(self) -> None:
        self._said.set_class(bool(self._fault), "-fault")
        self._said.display = bool(self.said)
        self._said.update(safe_line(self.said, max_chars=1_000).text)


def text_in(field: Widget) -> str:
    """What stands in a field of a form."""
    if isinstance(field, TextArea):
        return field.text
    return field.value if isinstance(field, LineField | ChoiceField) else ""
