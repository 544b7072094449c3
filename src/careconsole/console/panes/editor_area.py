"""The text area of the composer: only safe text enters from outside, and what is typed is kept as typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.document._document import EditResult, Selection
from textual.message import Message
from textual.widgets import TextArea

from careconsole.console.commands import BY_ID, keys_of
from careconsole.console.letter import open_holes
from careconsole.console.own_words import PASTE_CHARS, own_words
from careconsole.console.pace import Pace
from careconsole.model.key_names import key_name, latin

_TAKEN_AWAY = frozenset({"f6", "f7"})
"""Keys of Textual's text area that we keep free for commands of our own."""
REFUSED_S = 1.0
"""So long after a refused review the key that would have sent is no text."""
_JOINERS = "\u200c\u200d"


class EditorArea(TextArea, inherit_bindings=False):
    """A text area in which a text from outside passes the gate before it enters."""

    BINDINGS = [
        *(binding for binding in TextArea.BINDINGS if binding.key not in _TAKEN_AWAY),  # type: ignore[union-attr]
        Binding("ctrl+home", "to_start", show=False),
        Binding("ctrl+end", "to_end", show=False),
        Binding("ctrl+shift+home", "to_start(True)", show=False),
        Binding("ctrl+shift+end", "to_end(True)", show=False),
    ]
    COMPONENT_CLASSES = {"editor--hole"}

    DEFAULT_CSS = """
    EditorArea, EditorArea:focus { border: none; padding: 0 1; background: transparent; }
    EditorArea .editor--hole { text-style: bold reverse; }
    """

    class SlashAtStart(Message):
        """`/` was pressed on an empty line: the prepared answers are wanted."""

    class CutShort(Message):
        """A text from outside was too long; so many characters were left out."""

        def __init__(self, left_out: int) -> None:
            super().__init__()
            self.left_out = left_out

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self.pace = Pace()
        """Pastes and bursts of keys, on the clock of the events."""
        self._refused_at_s: float | None = None
        """When the review was last refused for an open hole, until the next key."""

    def on_resize(self, event: events.Resize) -> None:
        """Paint the text as it is wrapped now: a text area wraps it anew and leaves the old lines on the screen."""
        self.refresh()

    def action_to_start(self, select: bool = False) -> None:
        """To the first character, as Ctrl+Home does everywhere; with `select` the way there is selected."""
        self.move_cursor((0, 0), select=select)

    def action_to_end(self, select: bool = False) -> None:
        """Behind the last character; with `select` the way there is selected."""
        self.move_cursor(self.document.end, select=select)

    @property
    def cursor_index(self) -> int:
        """The place of the cursor, in characters from the start."""
        return self._index_of(self.cursor_location)

    @property
    def selection_index(self) -> int:
        """Where the selection begins, in characters from the start; the cursor where nothing is selected."""
        return self._index_of(min(self.selection))

    def _index_of(self, place: tuple[int, int]) -> int:
        row, column = place
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    def location_of(self, index: int) -> tuple[int, int]:
        """Row and column of a character counted from the start; the end for an index beyond it."""
        for row, line in enumerate(self.document.lines):
            if index <= len(line):
                return row, max(0, index)
            index -= len(line) + 1
        return self.document.end

    def load(self, text: str, cursor: int) -> int:
        """Show another text with a new undo history; the number of characters left out for length."""
        words = own_words(text)
        self.load_text(words.text)
        self.move_cursor(self.location_of(cursor))
        return words.left_out

    def insert_words(self, text: str) -> int:
        """Put a text in place of the selection, at the cursor; the number of characters left out for length."""
        room = PASTE_CHARS - len(self.text) + len(self.selected_text)
        words = own_words(text, room)
        start, end = sorted(self.selection)
        result: EditResult = self.replace(words.text, start, end, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
        return words.left_out

    def put_above(self, text: str) -> None:
        """Put a text on lines of its own above everything; the cursor stays where it is in the words."""
        words = own_words(text)
        self.insert(f"{words.text}\n", (0, 0), maintain_selection_offset=True)

    def replace_all(self, text: str) -> int:
        """Put a text in place of everything, as one step that can be undone."""
        self.history.checkpoint()
        words = own_words(text)
        self.replace(words.text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.move_cursor(self.document.end)
        return words.left_out

    def select_range(self, start: int, end: int) -> None:
        """Select the characters from `start` up to `end`: what is typed next takes their place."""
        self.selection = Selection(self.location_of(start), self.location_of(end))

    def stand_behind_selection(self) -> None:
        """Put the cursor where the selection ends, so that what is inserted leaves it alone."""
        self.move_cursor(max(self.selection))

    def expect_no_send(self, now_s: float) -> None:
        """The review did not come: the writing goes on here, never in a public line that had the focus.

        The hand that asked for it may have the key that sends on its way already. As the next key, and within a
        second, it is no text. `now_s` is on the clock of the events.
        """
        self._refused_at_s = now_s
        self.focus()

    def _is_meant_for_review(self, event: events.Key) -> bool:
        """Whether this key was pressed for a review that did not come."""
        refused_at_s, self._refused_at_s = self._refused_at_s, None
        if refused_at_s is None or event.time - refused_at_s > REFUSED_S:
            return False
        remapped: Mapping[str, str] = getattr(self.app, "remapped", {})
        sends = {
            key for name in ("review.send", "review.send_next") for key in keys_of(BY_ID[name], remapped)
        }
        return event.character is not None and key_name(latin(event.character)) in sends

    def get_line(self, line_index: int) -> Text:
        """The line with its open holes marked."""
        line = super().get_line(line_index)
        for start, end in open_holes(line.plain):
            line.stylize(self.get_component_rich_style("editor--hole", partial=True), start, end)
        return line

    async def _on_key(self, event: events.Key) -> None:
        self.pace.key(event.time)
        if self._is_meant_for_review(event):
            event.stop()
            event.prevent_default()
        elif event.character == "/" and not self.document[self.cursor_location[0]] and not self.selected_text:
            event.stop()
            event.prevent_default()
            self.post_message(self.SlashAtStart())
        elif _is_typed(event) and not event.is_printable:
            # Textual drops the wide blank of Chinese input methods and the joiners of Persian and Hindi.
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(event.character or "", *self.selection)

    async def _on_paste(self, event: events.Paste) -> None:
        self.pace.paste(event.time)
        event.stop()
        event.prevent_default()
        self._insert_from_outside(event.text)

    def action_paste(self) -> None:
        """Paste what was cut or copied here."""
        self._insert_from_outside(self.app.clipboard)

    def _insert_from_outside(self, text: str) -> None:
        if left_out := self.insert_words(text):
            self.post_message(self.CutShort(left_out))


def _is_typed(event: events.Key) -> bool:
    character = event.character or ""
    return len(character) == 1 and (character in _JOINERS or unicodedata.category(character) == "Zs")
