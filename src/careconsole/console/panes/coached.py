"""The advised half of the composer: the line under the editor, and the way from finding to finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from careconsole.console.letter import Letter
from careconsole.console.panes.editor_area import EditorArea
from careconsole.console.said_keys import said_key
from careconsole.console.text import counted, fit, safe_content
from careconsole.model.text_gate import safe_line

if TYPE_CHECKING:
    from careconsole.language.drafts import DraftFinding

ADVISE_AFTER_S = 0.15
"""So long after the last key the draft is looked at."""
_BETWEEN = " · "
_WEIGHTS = ("asks", "advises", "blocks")
"""The order in which the line names what was found; what blocks stands in the line before it already."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What there is to say of a draft."""

    words: int = 0
    reading_s: int = 0
    findings: tuple[DraftFinding, ...] = ()
    """Open holes are not among them: they have their own key."""
    hint: str = ""
    """A sentence of ours on the other side of public and private."""

    @property
    def first(self) -> DraftFinding | None:
        """The one that the line names."""
        return min(self.findings, key=lambda found: _WEIGHTS.index(found.weight), default=None)


NO_ADVICE = Advice()
Advisor = Callable[[Letter], Advice]


def reading_words(advice: Advice) -> str:
    """`61 words · 0:19`."""
    minutes, seconds = divmod(advice.reading_s, 60)
    return f"{counted(advice.words, 'word')} · {minutes}:{seconds:02}"


class Coached(Vertical):
    """An editor with a line of facts below it, and one of advice where there is any.

    The advice is made when the typing pauses, never at a key, and stops nobody.
    """

    advisor: Advisor | None = None
    """Looks at a letter; None while nobody does."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._editor = EditorArea(id="editor")
        self._info = Static("", classes="composer--info", markup=False)
        self._advice = NO_ADVICE
        self._advice_timer: Timer | None = None
        self._noted: DraftFinding | None = None
        """The finding that was gone to last."""
        self._notice = ""

    @property
    def letter(self) -> Letter | None:
        """What is in the agent's hand now; None if nothing is open."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """Show a sentence until the text changes."""
        self._notice = sentence
        self._show_info()

    def advise(self) -> None:
        """Look at the draft now."""
        if self._advice_timer is not None:
            self._advice_timer.stop()
            self._advice_timer = None
        letter = self.letter
        advice = NO_ADVICE if letter is None or self.advisor is None else self.advisor(letter)
        if advice != self._advice:
            self._advice = advice
            self.border_subtitle = Content(advice.hint)
            self._show_info()

    def advise_soon(self) -> None:
        """Look at the draft when the typing pauses."""
        if self.advisor is None:
            return
        if self._advice_timer is None:
            self._advice_timer = self.set_timer(ADVISE_AFTER_S, self.advise)
        else:
            self._advice_timer.reset()

    def action_next_note(self) -> None:
        """Go to the next finding or note, and say it in full."""
        self.advise()
        findings = self._advice.findings
        if not findings:
            self.say("Nothing to note.")
            return
        found = self._after(findings)
        self._noted = found
        self._editor.move_cursor(self._editor.location_of(found.start))
        self.say(f"{findings.index(found) + 1} of {len(findings)}: {found.reason}")

    def _after(self, findings: Sequence[DraftFinding]) -> DraftFinding:
        """The one behind that which was gone to last, if the cursor still stands there; else the next one."""
        cursor = self._editor.cursor_index
        if self._noted is not None and self._noted in findings and self._noted.start == cursor:
            return findings[(findings.index(self._noted) + 1) % len(findings)]
        return next((found for found in findings if found.start >= cursor), findings[0])

    def _facts(self, letter: Letter) -> Content:
        """The line of facts."""
        raise NotImplementedError

    def _show_info(self) -> None:
        letter = self.letter
        if letter is None:
            self._info.update(Content(""))
            return
        line = self._facts(letter)
        if below := self._notice or self._note_line():
            line += Content("\n") + safe_content(safe_line(below))
        self._info.update(line)

    def on_resize(self) -> None:
        """The lines below the editor have another width."""
        self._show_info()

    def _packed(self, parts: Sequence[Content]) -> Content:
        """The parts in as few rows as hold them, none of them broken."""
        line, used, width = Content(""), 0, self._width
        for part in parts:
            if used and used + len(_BETWEEN) + part.cell_length > width:
                line, used = line + Content("\n"), 0
            elif used:
                line, used = line + Content(_BETWEEN), used + len(_BETWEEN)
            line, used = line + part, used + part.cell_length
        return line

    @property
    def _width(self) -> int:
        return self._info.content_size.width or self.app.size.width

    def _note_line(self) -> str:
        """The first note with its reason, how many more there are, and the key: one line, whatever its length."""
        first = self._advice.first
        if first is None:
            return ""
        more = len(self._advice.findings) - 1
        tail = f" · {f'{more} more: ' if more else ''}{said_key(self, 'composer.next_note')}"
        room = self._width - len(tail)
        reason = safe_line(first.reason).text
        return fit(reason, max(8, room)).rstrip() + tail
