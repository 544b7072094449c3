"""The questions about a reply of which nobody knows whether it arrived."""

from __future__ import annotations

from datetime import datetime, tzinfo

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from careconsole.console.choosing import Choosing
from careconsole.console.commands import BY_ID, keys_in_words, keys_of
from careconsole.console.letter import visibility_word
from careconsole.console.line_field import LineField
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.reason_screen import Choice, Question
from careconsole.console.said_keys import remapped_keys
from careconsole.console.text import age_text, wrap
from careconsole.model.instant import from_us, to_us
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import OutboxRow

CHECK, THERE, AGAIN = "check", "there", "again"
SHOWN_CHARS = 300
"""So much of the reply is shown: the question fits the smallest screen, and the thread has all of it."""
MAX_ID_CHARS = 300

_CHOICES = (
    Choice("k", CHECK, "check again: look for it at the network now"),
    Choice("t", THERE, "it is there: I have seen it at the network"),
    Choice("a", AGAIN, "send it again anyway; asks for the reason first"),
)
AGAIN_CHOICES = (
    Choice("n", "looked at the network, it is not there", "I looked at the network: it is not there"),
    Choice("c", "the customer says that nothing came", "the customer says that nothing came"),
    Choice("w", "twice is better than never", "it may be there, but twice is better than never"),
)
"""Why it is sent again; the value goes into the event log."""


def unknown_question(reply: OutboxRow, now: datetime, *, zone: tzinfo | None = None) -> Question:
    """What is to be done about it? The result is CHECK, THERE or AGAIN."""
    written = from_us(reply.created_us).astimezone(zone)
    age = age_text((to_us(now) - reply.created_us) / 1_000_000)
    facts = (
        f"{visibility_word(reply.visibility)} · written {written:%H:%M} ({age}) by @{reply.agent}",
        f"Why: {reply.reason or 'no answer came from the network'}",
        _text_of(reply),
        f"{reply.account}, to @{reply.handle}",
    )
    return Question(
        "Not known whether this reply arrived. What now?", _CHOICES, facts=facts, asked_by=("list.settle",)
    )


def again_question(reply: OutboxRow) -> Question:
    """Why is it sent again? The result is the reason, for the event log."""
    facts = (
        "It leaves as soon as the network says that it is not there.",
        _text_of(reply),
        f"to @{reply.handle}",
    )
    return Question("Send it again: why?", AGAIN_CHOICES, facts=facts, asked_by=("list.settle",))


def _text_of(reply: OutboxRow) -> str:
    text = safe_line(reply.text).text
    return text if len(text) <= SHOWN_CHARS else f"{text[: SHOWN_CHARS - 1]}…"


class ThereScreen(Choosing[str]):
    """Asks where it was seen: the result is what was typed, an address or an id. The keys of the review confirm."""

    BINDINGS = [
        Binding(",".join(keys_of(BY_ID["composer.review"])), "save", "Save", id="composer.review"),
        Binding("escape", "leave", "Back"),
    ]

    DEFAULT_CSS = """
    ThereScreen > Vertical { height: auto; background: $surface; }
    ThereScreen Input, ThereScreen Input:focus { border: none; height: 1; padding: 0 2; }
    ThereScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(self, reply: OutboxRow) -> None:
        super().__init__()
        self._reply = reply

    def compose(self) -> ComposeResult:
        """The question, the line to write in, and the keys."""
        self._input = LineField(max_length=MAX_ID_CHARS, placeholder="its address, or its id")
        self._said = Static("", classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield Quoted(self._lines)
            yield self._input
            yield self._said

    def on_mount(self) -> None:
        """Write at once."""
        self._input.focus()
        self.action_help()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter confirms nothing."""
        event.stop()
        self.action_help()

    def action_save(self) -> None:
        """It is there, under what was typed."""
        if self._input.value.strip():
            self.dismiss(self._input.value.strip())

    def action_leave(self) -> None:
        """Back, and nothing changes."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say which keys there are."""
        keys = keys_in_words(BY_ID["composer.review"], remapped_keys(self))
        self._said.update(f"{keys}  it is there   Esc  back")

    def _lines(self, width: int) -> list[Line]:
        title = safe_line("Where is it? Nothing there to be seen leaves it unknown.")
        facts = (safe_line(_text_of(self._reply)), safe_line(f"to @{self._reply.handle}"))
        lines = [Line(HEADER, ((text, "header"),)) for text in wrap(title, width)]
        return lines + [Line(HEADER, ((text, "head"),)) for fact in facts for text in wrap(fact, width)]
