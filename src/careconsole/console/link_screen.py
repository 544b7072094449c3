"""The question behind `o`: which of the numbered links and attachments in view, to open or to copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from careconsole.console.choosing import HELP_BINDING, Choosing
from careconsole.console.hand_clock import hand_s
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.panes.numbered import Numbered
from careconsole.console.reason_screen import TYPING_S
from careconsole.console.said_keys import asking_keys
from careconsole.console.text import wrap
from careconsole.model.text_gate import safe_line

NEXT_DIGIT_S = 0.8
"""How long a number that may go on waits for its next digit."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What was chosen, and whether its address is copied instead of opened."""

    chosen: Numbered
    copies: bool


class LinkScreen(Choosing[LinkAnswer]):
    """A number opens; `c` before it copies the address; Escape goes back. Every address stands there in full."""

    BINDINGS = [
        HELP_BINDING,
        Binding("escape", "leave", "Back"),
        Binding("up", "scroll_text(-1)", show=False),
        Binding("down", "scroll_text(1)", show=False),
        Binding("backspace", "forget", show=False),
    ]

    DEFAULT_CSS = """
    LinkScreen > Vertical { height: auto; max-height: 100%; background: $surface; }
    LinkScreen VerticalScroll { height: auto; }
    LinkScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(self, numbered: Sequence[Numbered], *, opens: bool = True) -> None:
        """`opens`: whether a browser would be started; else the address is said."""
        super().__init__()
        self._numbered = {each.number: each for each in numbered}
        self._opens = opens
        self._copies = False
        self._typed = ""
        self._typing_until_s = float("-inf")
        self._digit_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The list, and how to answer."""
        self._said = Static(self._key_words(), classes="question--said", markup=False)
        self._scroll = VerticalScroll(Quoted(self._lines), can_focus=False)
        with Vertical(classes="question--box"):
            yield self._scroll
            yield self._said

    def say(self, sentence: str) -> None:
        """Show a sentence of ours below the list."""
        self._said.update(safe_line(sentence).text)

    def on_key(self, event: events.Key) -> None:
        """Digits make a number; letters answer as in every question."""
        if event.character is None or event.character not in "0123456789":
            return  # the handler of every question follows
        event.stop()
        event.prevent_default()
        self._pressed_s = event.time
        if hand_s() >= self._typing_until_s:
            self._digit(event.key, event.character)

    def _digit(self, key: str, digit: str) -> None:
        self._stop_waiting()
        typed = self._typed + digit
        begun = [number for number in self._numbered if str(number).startswith(typed)]
        if not begun:
            self._typed = ""
            self.say(f"There is no {typed} in view. {self._key_words()}")
            return
        self._typed = typed
        self.say(f"{typed}_ {self._key_words()}")
        if begun == [int(typed)]:
            self.after_hold(key, self._answer)
        elif int(typed) in self._numbered:
            self._digit_timer = self.set_timer(NEXT_DIGIT_S, self._answer)

    def meaning(self, character: str) -> Callable[[], None] | None:
        """`c` changes between opening and copying; other letters are typing."""
        if character == "c":
            return self._change
        if character not in asking_keys(self, "thread.open_link", "queue.open_link"):
            self._typing_until_s = hand_s() + TYPING_S
            self.action_forget()
        return None

    def _change(self) -> None:
        self._copies = not self._copies
        self.action_forget()

    def _answer(self) -> None:
        if self._typed:
            self.dismiss(LinkAnswer(self._numbered[int(self._typed)], self._copies))

    def _stop_waiting(self) -> None:
        if self._digit_timer is not None:
            self._digit_timer.stop()
            self._digit_timer = None

    def action_forget(self) -> None:
        """Begin the number anew."""
        self._stop_waiting()
        self._typed = ""
        self.say(self._key_words())

    def action_help(self) -> None:
        """Say how to answer."""
        self.say(self._key_words())

    def action_leave(self) -> None:
        """Back, and nothing is opened."""
        self.dismiss(None)

    def action_scroll_text(self, lines: int) -> None:
        """Go on reading."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def _key_words(self) -> str:
        opens = "opens it in your browser" if self._opens else "says its address"
        if self._copies:
            return f"A number copies its address   c {opens.partition(' ')[0]} instead   Esc back"
        return f"A number {opens}   c copies its address instead   Esc back"

    def _lines(self, width: int) -> list[Line]:
        lines = [Line(HEADER, (("Which one?", "header"),))]
        for each in self._numbered.values():
            lines += [
                Line(HEADER, ((text, "ours"),))
                for text in wrap(safe_line(each.words, max_chars=3_000), width)
            ]
            if each.attachment is not None:
                where = each.link.address if each.link else "has no address that can be opened"
                lines += [
                    Line(HEADER, ((f"    {text}", "quiet"),))
                    for text in wrap(safe_line(where, max_chars=7_000), max(1, width - 4))
                ]
        return lines
