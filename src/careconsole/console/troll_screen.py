"""Troll or upset customer: the two tests with their reasons, and what the protocol says now."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from careconsole.console.choosing import Choosing
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.text import wrap
from careconsole.console.why_screen import each_leaves
from careconsole.desk.suspecting import Suspected
from careconsole.language.provocation import Verdict
from careconsole.model.text_gate import safe_line

RESOLVES = "p"


def troll_sentences(found: Suspected) -> list[str]:
    """The tests, then what to do."""
    tests = found.tests
    before = ["An earlier round was resolved as provocation: yes"] if found.resolved_once else []
    return [
        _told("Vague, and about the firm in general", tests.vague),
        _told("Details, or earlier contact", tests.details),
        f"Answered once: {_yes(found.answered_once)}",
        *before,
        "",
        _advice(found),
        "It is a hint: nothing is hidden or ranked lower by it.",
    ]


def _told(test: str, verdict: Verdict) -> str:
    return f"{test}: {_yes(verdict.is_met)}. {verdict.reason}"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _advice(found: Suspected) -> str:
    tests = found.tests
    if not tests.is_suspected:
        details = tests.details
        return f"Not suspected. {(details if details.is_met else tests.vague).reason} Answer it as any other."
    if found.is_second:
        return "Suspected, and not for the first time: stop here, and never argue in public."
    if found.answered_once or found.resolved_once:
        return "Suspected, and not for the first time; it is resolved already."
    return "Suspected. Answer it once as if it were meant; if another such comes, it can be resolved here."


class TrollScreen(Choosing[bool]):
    """Shows the tests. Its result is true if the agent resolves the conversation as provocation."""

    BINDINGS = [
        Binding("escape,q,й", "leave", "Back"),
        *(each_leaves(id) for id in ("list.troll", "app.help")),
        Binding("up,k", "scroll_text(-1)", show=False),
        Binding("down,j", "scroll_text(1)", show=False),
    ]

    DEFAULT_CSS = """
    TrollScreen > Vertical { height: auto; max-height: 100%; background: $surface; }
    TrollScreen VerticalScroll { height: auto; }
    TrollScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(self, found: Suspected, *, may_resolve: bool = True) -> None:
        super().__init__()
        self._found = found
        self._offers = found.is_second and may_resolve

    def compose(self) -> ComposeResult:
        """The tests, and the keys."""
        self._scroll = VerticalScroll(Quoted(self._lines), can_focus=False)
        self._said = Static("", classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield self._scroll
            yield self._said

    def say(self, sentence: str) -> None:
        """Show a sentence of ours below the tests."""
        self._said.update(safe_line(sentence).text)

    def meaning(self, character: str) -> Callable[[], None] | None:
        """One letter resolves, if that is offered."""
        return self._resolve if self._offers and character == RESOLVES else None

    def _resolve(self) -> None:
        self.dismiss(True)

    def action_leave(self) -> None:
        """Back to the desk; nothing is done."""
        self.dismiss(False)

    def action_scroll_text(self, lines: int) -> None:
        """Go on reading."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def _lines(self, width: int) -> list[Line]:
        row = self._found.row
        who = safe_line(f"Troll, or upset customer? @{row.handle} {row.customer_name}")
        lines = [_line(text, "header") for text in wrap(who, width)]
        for sentence in troll_sentences(self._found):
            lines += [_line(text, "ours") for text in wrap(safe_line(sentence), width)]
        if self._offers:
            lines.append(_line(f"{RESOLVES}  resolve as provocation; it can be taken back", "ours"))
        return [*lines, _line("Esc  back", "quiet")]


def _line(text: str, look: str) -> Line:
    return Line(HEADER, ((text, look),))
