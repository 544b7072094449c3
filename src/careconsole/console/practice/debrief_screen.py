"""The debrief of a practice run, to be read: from mistake to mistake, each with its thread; and saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from careconsole.console.help_screen import ReadingScreen
from careconsole.console.text import wrap
from careconsole.desk.practice.debrief import Debrief
from careconsole.desk.practice.debrief_html import html_of
from careconsole.desk.practice.debrief_text import Line, Look, counted, into_run, outline, said_of, text_of
from careconsole.desk.practice.judging.marks import Mistake, ThreadLine
from careconsole.desk.practice.progress import Progress, progress_lines
from careconsole.desk.practice.run import RunError
from careconsole.desk.practice.saving import save
from careconsole.model.text_gate import safe_block, safe_line

HTML_FILE, TEXT_FILE = "debrief.html", "debrief.txt"
_STYLES = {
    Look.TITLE: "bold",
    Look.HEAD: "bold underline",
    Look.PLAIN: "",
    Look.ASIDE: "$muted",
    Look.RULE: "bold",
    Look.MISTAKE: "",
    Look.GOOD: "$success",
    Look.BAD: "$error",
}
_ABOVE = 3
"""So many lines stand above a mistake that was gone to: the rule that it breaks."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the screen shows, and where it is saved."""

    debrief: Debrief
    progress: Progress
    folder: Path


class DebriefScreen(ReadingScreen):
    """All of a debrief, with the progress over the runs at its end."""

    DEFAULT_CSS = """
    DebriefScreen #debrief-notice { height: auto; display: none; color: $foreground; background: $panel; }
    DebriefScreen #debrief-notice.-said { display: block; }
    DebriefScreen #help-box { height: 100%; }
    """
    BINDINGS = [
        Binding("n,tab", "go_to_mistake(1)", "Next mistake"),
        Binding("p,shift+tab", "go_to_mistake(-1)", "Mistake before"),
        Binding("enter,o", "open_thread", "Thread"),
        Binding("s", "save('html')", "Save HTML"),
        Binding("t", "save('text')", "Save text"),
    ]

    def __init__(self, told: Told) -> None:
        super().__init__()
        self._told = told
        self._place: int | None = None
        """The mistake that was gone to last."""
        self._lines: list[Line] = []
        self._notice = Static("", id="debrief-notice", markup=False)

    def between(self) -> Iterable[Widget]:
        """A sentence on what was saved."""
        return (self._notice,)

    def lines(self, room: int) -> list[Content]:
        """The debrief, and the progress below it; the mistake that was gone to is marked."""
        found = outline(self._told.debrief, room)
        if self._told.progress.runs:
            found += [Line(""), *progress_lines(self._told.progress, room)]
        self._lines = found
        return [self._styled(line) for line in found]

    def _styled(self, line: Line) -> Content:
        style = _STYLES[line.look]
        if line.mistake is not None and line.mistake == self._place:
            style = "reverse"
        return Content.styled(line.text, style) if style else Content(line.text)

    def action_go_to_mistake(self, step: int) -> None:
        """Go to the next mistake, or the one before; from the last one to the first."""
        many = len(self._told.debrief.mistakes)
        if not many:
            self._say("No mistake in this run.")
            return
        if self._place is None:
            self._place = 0 if step > 0 else many - 1
        else:
            self._place = (self._place + step) % many
        self._say("")
        self.on_resize()
        at = next(number for number, line in enumerate(self._lines) if line.mistake == self._place)
        self._scroll.scroll_to(y=max(0, at - _ABOVE), animate=False)

    def action_open_thread(self) -> None:
        """Read the thread of the mistake that was gone to."""
        if self._place is None:
            self._say("Go to a mistake first: n is the next one.")
            return
        debrief = self._told.debrief
        mistake = debrief.mistakes[self._place]
        thread = debrief.threads.get(mistake.named.conversation_id, ())
        self.app.push_screen(MistakeThread(mistake, thread, debrief.began_us))

    def action_save(self, form: str) -> None:
        """Write it into the folder of the run, and say where."""
        told = self._told
        progress = [Line(""), *progress_lines(told.progress, 80)] if told.progress.runs else []
        if form == "html":
            path, text = told.folder / HTML_FILE, html_of(told.debrief, told.progress)
        else:
            path, text = told.folder / TEXT_FILE, text_of(told.debrief, progress)
        try:
            self._say(f"Saved: {save(path, text)}")
        except RunError as error:
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        room = max(20, min(80, self.size.width) - 4)
        self._notice.update(Content("\n").join(Content(line) for line in wrap(safe_line(sentence), room)))
        self._notice.set_class(bool(sentence), "-said")

    def _say_more(self) -> None:
        below = round(self._scroll.max_scroll_y - self._scroll.scroll_y)
        many = len(self._told.debrief.mistakes)
        at = f"{self._place + 1} of " if self._place is not None else ""
        mistakes = f"n p {at}{counted(many, 'mistake')} · Enter thread" if many else "no mistake"
        more = f"{below} below" if below > 0 else "the end"
        self._more.show_line(Content.styled(f" {more} · {mistakes} · s HTML · t text · q leaves ", "bold"))


class MistakeThread(ReadingScreen):
    """The thread of a mistake, as it stood at the end of the run."""

    def __init__(self, mistake: Mistake, thread: Sequence[ThreadLine], began_us: int) -> None:
        super().__init__()
        self._mistake, self._thread, self._began_us = mistake, thread, began_us

    def lines(self, room: int) -> list[Content]:
        """The rule, what happened, and every message."""
        rule = self._mistake.rule
        found = [Content.styled(line, "bold") for line in wrap(safe_line(f"{rule.name}. {rule.says}"), room)]
        found += [Content(line) for line in wrap(safe_line(said_of(self._mistake)), room)]
        for line in self._thread:
            when = into_run(line.at_us, self._began_us)
            who = safe_line(line.who, max_chars=40).text
            eyes = "in public" if line.is_public else "in private"
            head = f"{when} {who}, {eyes}" if line.is_ours else f"{when} @{who}, {eyes}"
            is_named = not line.is_ours and line.at_us == self._mistake.named.at_us
            found += [Content(""), Content.styled(head, "bold reverse" if is_named else "bold $accent")]
            found += [Content(text) for text in wrap(safe_block(line.text), room)]
        return found
