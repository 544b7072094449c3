"""Help: the keys that work where the agent is, and the signs of the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from careconsole.console.commands import CHAINS, COMMANDS, PANE_WORDS, keys_in_words
from careconsole.console.line_pane import LinePane
from careconsole.console.painting import AddressedModal
from careconsole.console.text import wrap
from careconsole.model.text_gate import safe_line

SIGNS = (
    ("0", "an emergency (tier 0), before the letter of the kind"),
    ("Q C P I B N", "question, complaint, praise, idea, brand talk, noise"),
    ("V", "a VIP"),
    ("12m  !5m", "time left until the promise; ! is how late it is"),
    ("3", "unanswered messages"),
    ("D", "you have a draft for it"),
    ("@ana✎  @ana·", "who holds it, and whether they write or read"),
    ("→ana  →billing", "for whom it is first while nobody holds it"),
    ("(de)", "written in a language that is not yours"),
    ("BACK", "it came back by itself, with the note for then"),
    ("APPROVAL", "a reply to it waits for approval"),
    ("HELD UNKNOWN FAILED", "where its newest reply is, if it has not arrived"),
)


BOX_CELLS, FRAME_CELLS, KEY_CELLS = 80, 6, 19


class ReadingScreen(AddressedModal[None]):
    """Lines to read over the screen; the last one says whether there is more."""

    BINDINGS = [
        Binding("escape,question_mark,f1,q,enter", "leave", "Back"),
        Binding("down,j", "scroll_by(1)", "Down"),
        Binding("up,k", "scroll_by(-1)", "Up"),
        Binding("pagedown,space", "scroll_by(15)", "Page down"),
        Binding("pageup", "scroll_by(-15)", "Page up"),
        Binding("home,g", "scroll_to_edge(0)", "Top"),
        Binding("end,G", "scroll_to_edge(1)", "Bottom"),
    ]

    def lines(self, room: int) -> list[Content]:
        """What there is to read, in lines of at most so many cells."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The lines, and whether there are more."""
        self._text = Static("", markup=False)
        self._scroll = VerticalScroll(self._text, can_focus=False)
        self._more = LinePane(id="help-more")
        with Vertical(id="help-box"):
            yield self._scroll
            yield from self.between()
            yield self._more

    def between(self) -> Iterable[Widget]:
        """What stands between the lines and the last one."""
        return ()

    def on_mount(self) -> None:
        """Say how much there is."""
        self.watch(self._scroll, "scroll_y", self._say_more, init=False)
        self.call_after_refresh(self._say_more)

    def on_resize(self) -> None:
        """Fit into the new width, and say how much there is at this height."""
        room = min(BOX_CELLS, self.size.width) - FRAME_CELLS
        self._text.update(Content("\n").join(self.lines(room)))
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        below = round(self._scroll.max_scroll_y - self._scroll.scroll_y)
        lines = "line" if below == 1 else "lines"
        more = f" {below} more {lines} below: Down, PgDn, End " if below > 0 else " That is all. "
        self._more.show_line(Content.styled(f"{more}· Esc goes back", "bold"))

    def action_leave(self) -> None:
        """Back to the desk."""
        self.dismiss(None)

    def action_scroll_by(self, lines: int) -> None:
        """Go on reading."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_scroll_to_edge(self, end: int) -> None:
        """Go to the first line, or with 1 to the last."""
        self._scroll.scroll_to(y=self._scroll.max_scroll_y if end else 0, animate=False)


class HelpScreen(ReadingScreen):
    """Shows only what works now."""

    def __init__(
        self,
        focus: str,
        may: Callable[[str], bool],
        remapped: Mapping[str, str],
        *,
        more: Sequence[str] = (),
    ) -> None:
        """`may` says whether the agent has the right to a command, by its id; `more`: further panes whose commands work."""
        super().__init__()
        self._what = (focus, may, remapped)
        self._panes = more

    def lines(self, room: int) -> list[Content]:
        """The keys, and the signs of the queue."""
        return help_lines(*self._what, room, more=self._panes)


def help_lines(
    focus: str,
    may: Callable[[str], bool],
    remapped: Mapping[str, str],
    width: int,
    *,
    more: Sequence[str] = (),
) -> list[Content]:
    """What works with the focus in this pane, under the words for where, in lines of at most `width` cells."""
    lines: list[Content] = []
    for pane in (*more, *CHAINS[focus]):
        commands = [each for each in COMMANDS if each.pane == pane and may(each.id)]
        if not commands:
            continue
        lines.append(Content.styled(PANE_WORDS[pane], "bold underline"))
        for command in commands:
            lines += _lines(keys_in_words(command, remapped), command.help, width)
        lines.append(Content(""))
    if focus in ("queue", "thread"):
        lines.append(Content.styled("Signs in the queue", "bold underline"))
        for sign, meaning in SIGNS:
            lines += _lines(sign, meaning, width)
    return lines


def _lines(key: str, words: str, width: int) -> list[Content]:
    first, *more = wrap(safe_line(words), width - KEY_CELLS - 1) or [""]
    head = Content.assemble((f"{key:<{KEY_CELLS}} ", "bold $accent"), first)
    return [head, *(Content(f"{'':{KEY_CELLS}} {line}") for line in more)]
