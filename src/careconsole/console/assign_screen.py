"""The question behind `a`: to whom it goes, and what whoever takes over must know: done, promised, next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from careconsole.console.choosing import Choosing
from careconsole.console.line_field import LineField
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.text import fit, wrap
from careconsole.desk.team import Addressee, Colleague, HandOver, Presence, ToKind
from careconsole.model.agent_name import AGENT_LIMIT
from careconsole.model.assignment import PROMPT_CHARS
from careconsole.model.text_gate import safe_line

MOST_SHOWN = 6
"""So many rows of the list: with the prompts it fits into 24."""
_NAME_CELLS = 24
_PRESENCE = {Presence.HERE: "here", Presence.AWAY: "away", Presence.OFF: "not here"}
_KEYS = "Enter goes on, at the end it gives   Up Down choose   Tab next line   Ctrl+S gives   Esc back"


@dataclass(frozen=True, slots=True)
class AssignAnswer:
    """To whom it goes, and with which words."""

    to: Addressee
    hand_over: HandOver


class AssignScreen(Choosing[AssignAnswer]):
    """Asks to whom, then for three lines. Enter goes on and gives at the end, as it can be undone; Escape goes back."""

    BINDINGS = [
        Binding("ctrl+s,f2", "give", "Give"),
        Binding("up", "step(-1)", "Up"),
        Binding("down", "step(1)", "Down"),
        Binding("tab", "go(1)", "Next line"),
        Binding("shift+tab", "go(-1)", "Line before"),
        Binding("f1", "help", "Help"),
        Binding("escape", "leave", "Back"),
    ]

    DEFAULT_CSS = """
    AssignScreen > Vertical { height: auto; background: $surface; }
    AssignScreen Horizontal { height: 1; }
    AssignScreen .assign--prompt { width: 12; padding: 0 0 0 2; }
    AssignScreen Input, AssignScreen Input:focus { border: none; height: 1; padding: 0 1; width: 1fr; }
    AssignScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(self, title: str, about: str, colleagues: Sequence[Colleague]) -> None:
        """`about` stands below the title: the customer; both pass the gate."""
        super().__init__()
        self._title, self._about = title, about
        self._colleagues = colleagues
        self._found = list(colleagues)
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """The question, whom there is, and the lines to write in."""
        self._to = LineField(max_length=AGENT_LIMIT, placeholder="type a name to narrow the list")
        hints = ("what you did", "what the customer was promised", "what is to be done")
        self._prompts = [LineField(max_length=PROMPT_CHARS, placeholder=hint) for hint in hints]
        self._list = Quoted(self._list_lines)
        self._said = Static(_KEYS, classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield Quoted(self._head_lines)
            yield from self._row("To", self._to)
            yield self._list
            for label, field in zip(("Done", "Promised", "Next"), self._prompts, strict=True):
                yield from self._row(label, field)
            yield self._said

    def _row(self, label: str, field: LineField) -> ComposeResult:
        with Horizontal():
            yield Static(label, classes="assign--prompt", markup=False)
            yield field

    def on_mount(self) -> None:
        """Choose at once."""
        self._to.focus()

    @property
    def _fields(self) -> list[LineField]:
        return [self._to, *self._prompts]

    @property
    def chosen(self) -> Colleague | None:
        """Whom the cursor of the list is on; None where nobody is called what was typed."""
        return self._found[self._chosen] if self._found else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """A typed name narrows the list."""
        event.stop()
        if event.input is self._to:
            self._narrow(event.value.strip().removeprefix("@").casefold())

    def _narrow(self, typed: str) -> None:
        begin = [each for each in self._colleagues if each.to.name.casefold().startswith(typed)]
        within = [each for each in self._colleagues if typed in each.to.name.casefold() and each not in begin]
        self._found, self._chosen = [*begin, *within], 0
        self._show_list()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next line; behind the last one it gives."""
        event.stop()
        if self.chosen is None:
            self.say(f"Nobody is called that: {self._to.value}")
        elif event.input is self._prompts[-1]:
            self.action_give()
        else:
            self.action_go(1)

    def action_step(self, by: int) -> None:
        """Another one of the list; within the prompts another line."""
        if self.focused is not self._to:
            self.action_go(by)
        elif self._found:
            self._chosen = (self._chosen + by) % len(self._found)
            self._show_list()

    def action_go(self, by: int) -> None:
        """Go to another line to write in."""
        fields = self._fields
        at = next((place for place, field in enumerate(fields) if field.has_focus), 0)
        fields[(at + by) % len(fields)].focus()

    def action_give(self) -> None:
        """Give it to whom the cursor is on."""
        if self.chosen is None:
            self.say(f"Nobody is called that: {self._to.value}")
            return
        words = HandOver(*(field.value.strip() for field in self._prompts))
        self.dismiss(AssignAnswer(self.chosen.to, words))

    def action_leave(self) -> None:
        """Back, and nothing changes."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say which keys there are."""
        self.say(_KEYS)

    def say(self, sentence: str) -> None:
        """Show a sentence of ours below the lines."""
        self._said.update(safe_line(sentence).text)

    def _show_list(self) -> None:
        self._list.show(self._list_lines)
        self.say(_KEYS)

    def _head_lines(self, width: int) -> list[Line]:
        lines = [Line(HEADER, ((text, "header"),)) for text in wrap(safe_line(self._title), width)]
        return lines + [Line(HEADER, ((text, "head"),)) for text in wrap(safe_line(self._about), width)]

    def _list_lines(self, width: int) -> list[Line]:
        """As many rows as there is room for, the chosen one among them; marked by a sign, not by a colour."""
        first = max(0, min(self._chosen - MOST_SHOWN // 2, len(self._found) - MOST_SHOWN))
        lines = []
        for place, each in enumerate(self._found[first : first + MOST_SHOWN], first):
            is_chosen = place == self._chosen
            words = (
                f"{'>' if is_chosen else ' '} {fit(safe_line(each.to.name).text, _NAME_CELLS)} {state(each)}"
            )
            lines.append(Line(HEADER, ((words, "header" if is_chosen else "ours"),)))
        if (hidden := len(self._found) - len(lines)) > 0:
            lines.append(Line(HEADER, ((f"  {hidden} more", "quiet"),)))
        return lines or [Line(HEADER, (("  nobody", "quiet"),))]


def state(each: Colleague) -> str:
    """Whether somebody is there, in words."""
    if each.to.kind is ToKind.PERSON:
        holds = f", holds {each.holds}" if each.holds else ""
        return f"{'you, ' if each.is_me else ''}{_PRESENCE[each.presence]}{holds}"
    what = "team" if each.to.kind is ToKind.TEAM else "whoever is senior"
    if not each.members:
        return what
    return f"{what}, {each.members} of them, {'somebody is here' if each.presence is Presence.HERE else 'nobody is here'}"
