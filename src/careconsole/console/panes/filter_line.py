"""The line one types a query into: the queue follows when the hand rests; Enter keeps it, Escape takes it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from careconsole.console.commands import bindings
from careconsole.console.line_pane import LinePane
from careconsole.console.panes.snippets import SearchLine
from careconsole.console.text import fit
from careconsole.model.finding import MOST_CHARS
from careconsole.model.text_gate import safe_line

REST_S = 0.15
"""So long without a key and the queue follows."""


class QueryInput(SearchLine):
    """What is looked for, on one line."""

    def __init__(self) -> None:
        super().__init__(id="filter-query")
        self.max_length = MOST_CHARS
        self.placeholder = "words  lang:de  kind:complaint  account:shop  mine  late  @view"


class FilterLine(Horizontal):
    """The query and beside it how much it finds, or what is wrong with it; not seen while it is not open."""

    BINDINGS = bindings("filter")
    DEFAULT_CSS = """
    FilterLine { height: 1; display: none; }
    FilterLine.-open { display: block; }
    FilterLine > #filter-word { width: 6; height: 1; }
    FilterLine > QueryInput, FilterLine > QueryInput:focus { width: 1fr; height: 1; border: none; padding: 0 1; }
    FilterLine > #filter-note { width: 1fr; height: 1; }
    """

    @dataclass
    class Changed(Message):
        """Another query stands there, and the hand rests."""

        text: str

    @dataclass
    class Left(Message):
        """The agent goes back to the list, with the query or without it."""

        keeps: bool

    def __init__(self, completions: Callable[[str], Sequence[str]], *, id: str | None = None) -> None:
        """`completions` gives what a query that is being typed may become."""
        super().__init__(id=id)
        self._completions = completions
        self._word = LinePane(id="filter-word")
        self._query = QueryInput()
        self._note = LinePane(id="filter-note")
        self._rest_timer: Timer | None = None
        self._offers: Sequence[str] = ()
        self.handed_on = ""
        """The query that the list was last told of."""
        self._said = ("", False)

    def compose(self) -> ComposeResult:
        """A word, the query, and what is said of it."""
        yield self._word
        yield self._query
        yield self._note

    def on_mount(self) -> None:
        """Say what the line is for."""
        self._word.show_line(Content.styled(" Find", "bold"))

    @property
    def note(self) -> str:
        """What is said of the query."""
        return self._said[0]

    def open(self, text: str) -> None:
        """Begin to type, with this query to change."""
        self.add_class("-open")
        with self.prevent(Input.Changed):
            self._query.value = text
        self._offers, self.handed_on = (), text
        self._query.focus()
        self._query.action_end()

    def close(self) -> None:
        """Be seen no longer."""
        self._end_rest()
        self.remove_class("-open")
        self.say("")

    def say(self, sentence: str, *, is_error: bool = False) -> None:
        """How much the query finds, or what is wrong with it."""
        self._said = (sentence, is_error)
        words = f"{'! ' if is_error else ''}{safe_line(sentence).text}"
        look = "bold $error" if is_error else "$muted"
        self._note.show_line(Content.styled(fit(words, max(0, self._note.size.width)), look))

    def on_resize(self) -> None:
        """Fit into the new width."""
        self.call_after_refresh(lambda: self.say(self._said[0], is_error=self._said[1]))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value not in self._offers:
            self._offers = ()
        self._end_rest()
        self._rest_timer = self.set_timer(REST_S, self._rested)

    def _end_rest(self) -> None:
        if self._rest_timer is not None:
            self._rest_timer.stop()
            self._rest_timer = None

    def _rested(self) -> None:
        self._rest_timer = None
        self._hand_on()

    def _hand_on(self) -> None:
        self.handed_on = self._query.value
        self.post_message(self.Changed(self.handed_on))

    def action_keep(self) -> None:
        """Back to the list with what was found."""
        self._end_rest()
        self._hand_on()
        self.post_message(self.Left(keeps=True))

    def action_clear(self) -> None:
        """Back to the list, and all of it."""
        self.post_message(self.Left(keeps=False))

    def action_complete(self) -> None:
        """Put in the next thing that the last word may become."""
        value = self._query.value
        if value in self._offers:
            value = self._offers[(self._offers.index(value) + 1) % len(self._offers)]
        else:
            self._offers = self._completions(value)
            value = self._offers[0] if self._offers else value
        if not self._offers:
            self.say("Nothing begins so.")
        elif value != self._query.value:
            self._query.value = value
            self._query.action_end()
            if len(self._offers) > 1:
                self.say("   ".join(offer.rpartition(" ")[2] for offer in self._offers))
