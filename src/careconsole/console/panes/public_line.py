"""The public line behind a private reply: a frame of its own that says for whose eyes, and one line to write in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from careconsole.console.line_field import LineField, one_line

MAX_LINE_CHARS = 500
TITLE = "PUBLIC line, once the private message is sent"


class LineInput(LineField):
    """The line itself. Enter and Escape go back to the private text."""

    BINDINGS = [Binding("escape", "submit", show=False)]


class PublicLine(Vertical):
    """What everybody will read once the private reply is sent; not there without one."""

    DEFAULT_CSS = """
    PublicLine { height: 3; border: double $foreground; display: none; }
    PublicLine.-shown { display: block; }
    PublicLine Input, PublicLine Input:focus { border: none; height: 1; padding: 0 1; background: transparent; }
    """

    class Changed(Message):
        """The line is another one."""

    class Left(Message):
        """The agent goes back to the private text."""

    def __init__(self) -> None:
        super().__init__()
        self._input = LineInput(max_length=MAX_LINE_CHARS, placeholder="what everybody may read")
        self.border_title = TITLE

    def compose(self) -> ComposeResult:
        """The line to write in."""
        yield self._input

    @property
    def text(self) -> str:
        """What stands there."""
        return self._input.value.strip()

    @text.setter
    def text(self, text: str) -> None:
        if text != self._input.value:
            self._input.value = one_line(text)
            self._input.cursor_position = len(self._input.value)

    def show(self, *, is_shown: bool, length_words: str) -> None:
        """Whether it is there, and how long it is as the network counts."""
        self.set_class(is_shown, "-shown")
        self.border_subtitle = Content(length_words)

    def focus_input(self) -> None:
        """Write on the line."""
        self._input.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell it on."""
        event.stop()
        self.post_message(self.Changed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter or Escape: the line is as it should be."""
        event.stop()
        self.post_message(self.Left())
