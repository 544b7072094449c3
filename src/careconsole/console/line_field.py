"""One line to write in, in which a text from outside passes the gate before it enters."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from careconsole.console.own_words import own_words
from careconsole.console.panes.editor_area import EditorArea
from careconsole.model.text_gate import MAX_CHARS


class LineField(Input):
    """One line; what is pasted passes the gate, and its line ends become what `joins` words here."""

    def __init__(
        self,
        text: str = "",
        *,
        max_length: int,
        placeholder: str = "",
        joins: str = " ",
        id: str | None = None,
    ) -> None:
        super().__init__(text, max_length=max_length, select_on_focus=False, placeholder=placeholder, id=id)
        self.cursor_blink = False
        self._joins = joins

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._insert_from_outside(event.text)

    def action_paste(self) -> None:
        """Paste what was cut or copied here."""
        self._insert_from_outside(self.app.clipboard)

    def _insert_from_outside(self, text: str) -> None:
        words = one_line(text[:MAX_CHARS], self._joins)
        start, end = sorted(self.selection)
        room = max(0, (self.max_length or MAX_CHARS) - len(self.value) + end - start)
        self.replace(words[:room], start, end)
        if left_out := max(0, len(text) - MAX_CHARS) + max(0, len(words) - room):
            self.post_message(EditorArea.CutShort(left_out))


def one_line(text: str, joins: str = " ") -> str:
    """A text as it may stand in a line: through the gate, its lines joined."""
    lines = filter(None, map(str.strip, text.splitlines()))
    return own_words(joins.join(lines)).text.replace("\n", " ")
