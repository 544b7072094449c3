"""What waits for approval: the list, and of one request the thread, the reply and what was changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from time import monotonic

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from careconsole.console.choosing import HELP_BINDING, Choosing
from careconsole.console.commands import BY_ID, bindings
from careconsole.console.form_fields import AreaField
from careconsole.console.letter import Letter, visibility_word
from careconsole.console.line_field import LineField
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line, build_block
from careconsole.console.review_findings import Inspection, finding_lines, text_lines
from careconsole.console.said_keys import said_key
from careconsole.console.text import wrap
from careconsole.desk.approvals import Approval
from careconsole.desk.guarding import advising, asking
from careconsole.model.text_gate import safe_block, safe_line
from careconsole.store.rows import ThreadEntry

MOST_LISTED, MOST_ENTRIES = 5, 40
MAX_REASON_CHARS = 500
STARTLED_S = 0.7
"""So long after something new was shown no press of the key approves: it was meant for what stood there before."""


class ApprovalChoice(StrEnum):
    """What the approver decided."""

    APPROVE = "approve"
    EDIT = "edit"
    GIVE_BACK = "give_back"
    NEXT = "next"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as it is shown, with everything that was true when it was read."""

    request: Approval
    requests: Sequence[Approval]
    """All that wait, in the order of the queue."""
    letter: Letter
    """The reply as it would go out: the text as it was written, or as the approver changed it."""
    entries: Sequence[ThreadEntry]
    seen_seq: int
    """The newest event that is shown."""
    growth: str = ""
    """What has happened since it was shown the last time."""

    @property
    def is_changed(self) -> bool:
        """Whether the approver has changed the text."""
        return self.letter.text != self.request.text


class ApprovalScreen(Choosing[ApprovalChoice]):
    """Shows one request; approves by its own key alone, and never what has not been on the screen for a moment."""

    BINDINGS = [
        *bindings("approval"),
        HELP_BINDING,
        Binding("up", "scroll_text(-1)", show=False),
        Binding("down", "scroll_text(1)", show=False),
        Binding("pageup", "scroll_text(-10)", show=False),
        Binding("pagedown", "scroll_text(10)", show=False),
    ]

    DEFAULT_CSS = """
    ApprovalScreen > Vertical { height: auto; max-height: 100%; background: $surface; }
    ApprovalScreen VerticalScroll { height: auto; }
    ApprovalScreen .approval--said { height: auto; padding: 0 2; }
    """

    def __init__(self, shown: Shown, *, now: datetime, inspection: Inspection | None = None) -> None:
        """`inspection`: what guard and coach find."""
        super().__init__()
        self._shown = shown
        self._now = now
        findings = (inspection or Inspection()).findings
        half = shown.letter.public_half()
        self._findings = findings(shown.letter)
        self._half_findings = findings(half) if half else ()
        self._asks = [*asking(self._findings), *asking(self._half_findings)]
        self._is_meant = False
        self._deaf_until_s = monotonic() + STARTLED_S if shown.growth else float("-inf")

    def compose(self) -> ComposeResult:
        """The list, the thread with the reply, and the keys."""
        self._scroll = VerticalScroll(Quoted(self._body), can_focus=False)
        self._said = Static("", classes="approval--said", markup=False)
        self._keys = Static("", classes="approval--said", markup=False)
        with Vertical(classes="question--box"):
            yield Quoted(self._head)
            yield self._scroll
            yield self._said
            yield self._keys

    def on_mount(self) -> None:
        """The reply is at the end, and is seen first."""
        self._keys.update("   ".join(f"{said_key(self, id)} {BY_ID[id].label}" for id in self._offered))
        self.call_after_refresh(self._scroll.scroll_end, animate=False)

    def say(self, sentence: str) -> None:
        """Show a sentence of ours above the keys."""
        self._said.update(safe_line(sentence).text)

    def action_approve(self) -> None:
        """Let it go."""
        self.after_hold("approve", self._approve)

    def action_edit(self) -> None:
        """Change the text."""
        self.after_hold("edit", lambda: self._answer(ApprovalChoice.EDIT))

    def action_give_back(self) -> None:
        """Give it back with a reason."""
        self.after_hold("give_back", lambda: self._answer(ApprovalChoice.GIVE_BACK))

    def action_next(self) -> None:
        """Go to the next request."""
        self.after_hold("next", lambda: self._answer(ApprovalChoice.NEXT))

    def action_previous(self) -> None:
        """Go to the request before."""
        self.after_hold("previous", lambda: self._answer(ApprovalChoice.PREVIOUS))

    def action_leave(self) -> None:
        """Back; it goes on waiting."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say what each key does."""
        self._keys.update("\n".join(f"{said_key(self, id):>4}  {BY_ID[id].help}" for id in self._offered))
        self.call_after_refresh(self.fit_in)

    def action_scroll_text(self, lines: int) -> None:
        """Go on reading."""
        self._scroll.scroll_relative(y=lines, animate=False)

    @property
    def _offered(self) -> list[str]:
        alone = len(self._shown.requests) < 2
        skipped = {"approval.next", "approval.previous"} if alone else set()
        return [id for id in BY_ID if id.startswith("approval.") and id not in skipped]

    def _answer(self, choice: ApprovalChoice) -> None:
        self.dismiss(choice)

    def _approve(self) -> None:
        if obstacles := self._shown.letter.obstacles:
            self.say(f"It cannot be sent. {obstacles[0]}")
        elif monotonic() < self._deaf_until_s:
            self._deaf_until_s = monotonic() + STARTLED_S
        elif self._asks and not self._is_meant:
            self._is_meant = True
            self._deaf_until_s = monotonic() + STARTLED_S
            self.say(
                f"Not sent: read what is marked. {said_key(self, 'approval.approve')} once more approves it."
            )
        else:
            self._answer(ApprovalChoice.APPROVE)

    # ---- what is shown ------------------------------------------------------------------------------------------

    def _head(self, width: int) -> list[Line]:
        number, at = len(self._shown.requests), self._shown.request.position
        lines = [_line(f"Waits for approval: {at} of {number}, the most urgent first", "header")]
        first = max(0, min(at - 3, number - MOST_LISTED))
        for each in self._shown.requests[first : first + MOST_LISTED] if number > 1 else ():
            sign = ">" if each.id == self._shown.request.id else " "
            words = (
                f"{sign} {each.position}  @{each.handle}  {each.account}  {each.kind.value}  by @{each.agent}"
            )
            lines.append(_line(safe_line(f"{words}: {each.text}", max_chars=max(1, width)).text, "quiet"))
        return lines

    def _body(self, width: int) -> list[Line]:
        shown = self._shown
        lines = [_line(text, "warn") for text in wrap(safe_line(shown.growth), width)] if shown.growth else []
        entries = shown.entries[-MOST_ENTRIES:]
        if more := len(shown.entries) - len(entries):
            lines.append(_line(f"({more} more before)", "quiet"))
        is_new = False
        for entry in entries:
            if entry.seq > shown.request.seen_seq and not is_new:
                is_new = True
                lines.append(_line("Since the reply was written:", "warn"))
            lines += build_block(entry, width, today=self._now, unfold_key="").lines
        lines += self._reply(
            shown.letter, width, f"reply by @{shown.request.agent} to @{shown.request.handle}"
        )
        lines += self._changes(width)
        if half := shown.letter.public_half():
            lines += self._reply(half, width, "said beside it")
        return lines

    def _reply(self, letter: Letter, width: int, words: str) -> list[Line]:
        findings = self._findings if letter is self._shown.letter else self._half_findings
        word = visibility_word(letter.visibility)
        rest = safe_line(f" {words} · {letter.length_words} characters").text
        lines = [Line(HEADER, ((word, word.partition(" ")[0].lower()), (rest, "header")))]
        if letter.is_wider:
            lines.append(_line("WIDER than the message it answers.", "warn"))
        lines += [_line(f"It cannot be sent. {each}", "warn") for each in letter.obstacles]
        lines += finding_lines(letter, asking(findings), width, "warn")
        lines += text_lines(letter, findings, width)
        return [*lines, *finding_lines(letter, advising(findings), width, "quiet")]

    def _changes(self, width: int) -> list[Line]:
        """The difference to what was written, word by word; nothing where nothing was changed."""
        if not self._shown.is_changed:
            return []
        lines = [_line("Changed: taken out with -, put in with +", "header")]
        for sign, words in changes(self._shown.request.text, self._shown.letter.text):
            look = "struck" if sign == "-" else "fresh"
            lines += [_line(f"{sign} {text}", look) for text in wrap(safe_block(words), max(1, width - 2))]
        return lines


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """What was taken out (-) of a text and put in (+), in whole lines, in the order of the text."""
    old, new = before.split("\n"), after.split("\n")
    found: list[tuple[str, str]] = []
    for _, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[start:end] != new[begin:stop]:
            found += [("-", line) for line in old[start:end]] + [("+", line) for line in new[begin:stop]]
    return found


def _line(text: str, look: str) -> Line:
    return Line(HEADER, ((text, look),))


class ChangeScreen(Choosing[str]):
    """The text of a reply to be changed. Its result is the text; None where nothing was changed, and for Escape."""

    BINDINGS = [
        Binding("ctrl+s,f2", "save", "Keep"),
        Binding("f1", "help", "Help"),
        Binding("escape", "leave", "Back"),
    ]

    DEFAULT_CSS = """
    ChangeScreen > Vertical { height: auto; background: $surface; }
    ChangeScreen AreaField, ChangeScreen AreaField:focus { height: 10; }
    ChangeScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The text, and the keys."""
        self._area = AreaField()
        self._said = Static(_KEPT_BY, classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield self._area
            yield self._said

    def on_mount(self) -> None:
        """Write at once."""
        self._area.load(self._text, len(self._text))
        self._loaded = self._area.text
        self._area.focus()

    @property
    def has_unsaved(self) -> bool:
        """Whether something was changed."""
        return self._area.text != self._loaded

    def action_save(self) -> None:
        """Go on with the text as it is now."""
        if not self.has_unsaved:
            self.dismiss(
                None
            )  # what cannot stand in an editor is not taken out of a text that nobody changed
        elif self._area.text.strip():
            self.dismiss(self._area.text)
        else:
            self.say("Nothing is written. To refuse the reply, go back and give it back with a reason.")

    def action_leave(self) -> None:
        """Back, and nothing changes."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say which keys there are."""
        self.say(_KEPT_BY)

    def say(self, sentence: str) -> None:
        """Show a sentence of ours below the text."""
        self._said.update(safe_line(sentence).text)


class WhyBackScreen(Choosing[str]):
    """Why a reply is given back. Its result is the reason; None for Escape."""

    BINDINGS = [
        Binding("ctrl+s,f2,enter", "save", "Give back"),
        Binding("f1", "help", "Help"),
        Binding("escape", "leave", "Back"),
    ]

    DEFAULT_CSS = """
    WhyBackScreen > Vertical { height: auto; background: $surface; }
    WhyBackScreen Input, WhyBackScreen Input:focus { border: none; height: 1; padding: 0 2; }
    WhyBackScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(self, request: Approval) -> None:
        super().__init__()
        self._request = request

    def compose(self) -> ComposeResult:
        """The question, the line to write in, and the keys."""
        self._input = LineField(
            "", max_length=MAX_REASON_CHARS, placeholder="what should be different, for its writer"
        )
        self._said = Static(_KEPT_BY, classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield Quoted(self._lines)
            yield self._input
            yield self._said

    def on_mount(self) -> None:
        """Write at once."""
        self._input.focus()

    def on_input_submitted(self) -> None:
        """Enter ends the line."""
        self.action_save()

    def action_save(self) -> None:
        """Give it back, if there is a reason."""
        if reason := " ".join(self._input.value.split()):
            self.dismiss(reason)
        else:
            self.say("Write what should be different: its writer sees it.")

    def action_leave(self) -> None:
        """Back, and nothing changes."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say which keys there are."""
        self.say(_KEPT_BY)

    def say(self, sentence: str) -> None:
        """Show a sentence of ours below the line."""
        self._said.update(safe_line(sentence).text)

    def _lines(self, width: int) -> list[Line]:
        words = safe_line(f"Give the reply to @{self._request.handle} back to @{self._request.agent}: why?")
        return [_line(text, "header") for text in wrap(words, width)]


_KEPT_BY = "Ctrl+S or F2 go on   Esc back"
