"""The review: once more all that will go out, and for whose eyes, before one key sends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from careconsole.console.choosing import HELP_BINDING, Choosing
from careconsole.console.commands import BY_ID, bindings
from careconsole.console.hand_clock import hand_s
from careconsole.console.letter import Letter, mode_for, private_words, visibility_word
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line, build_block
from careconsole.console.review_findings import Inspection, finding_lines, text_lines
from careconsole.console.review_half import HalfView, half_of
from careconsole.console.said_keys import said_key
from careconsole.console.text import counted, wrap
from careconsole.desk.drafts import PRIVATE_WAITS
from careconsole.desk.guarding import advising, asking
from careconsole.model.message import Visibility
from careconsole.model.reply import Mode
from careconsole.model.text_gate import safe_block, safe_line
from careconsole.store.rows import ThreadEntry

_NOTE_LABELS = {"review.send": "Keep the note", "review.send_next": "Keep it, next"}
"""A note goes nowhere: what the keys that send are called for it."""
_ANYWAY = {"review.send": "Send anyway", "review.send_next": "Send it, next"}
"""What they are called for a reply that was refused, or whose thread has grown."""
AGAIN_AFTER_S = 0.7
"""So long after a reply was refused no further press of the key sends it; each press begins that anew."""


class ReviewChoice(StrEnum):
    """What the agent decided."""

    SEND = "send"
    SEND_NEXT = "send_next"
    EDIT = "edit"
    ABORT = "abort"


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """The decision, and the visibility it was made for."""

    choice: ReviewChoice
    letter: Letter
    """What was on the screen when the key was pressed: this is sent, whatever changed meanwhile."""

    @property
    def visibility(self) -> Visibility | None:
        """For whose eyes; None for a note."""
        return self.letter.visibility

    @property
    def is_wider(self) -> bool:
        """Whether the agent widened it beyond the message answered, by the key that is for that alone."""
        return self.letter.is_wider


class ReviewScreen(Choosing[ReviewResult]):
    """Shows what would go out; sends only by its own keys, never by Enter nor by the key that opened it.

    With `grown`, what happened since the thread was read stands above the draft. Where the guard found something,
    the reply is refused once: a second, later press of the key sends it all the same.
    """

    BINDINGS = [
        *bindings("review"),
        HELP_BINDING,
        Binding("up", "scroll_text(-1)", show=False),
        Binding("down", "scroll_text(1)", show=False),
        Binding("pageup", "scroll_text(-10)", show=False),
        Binding("pagedown", "scroll_text(10)", show=False),
    ]

    DEFAULT_CSS = """
    ReviewScreen > Vertical { height: auto; max-height: 100%; background: $surface; }
    ReviewScreen VerticalScroll { height: auto; }
    ReviewScreen .review--said { height: auto; padding: 0 2; }
    ReviewScreen .review--half { height: auto; border-top: double $foreground; border-bottom: double $foreground; }
    """

    def __init__(
        self,
        letter: Letter,
        *,
        now: datetime,
        undo_s: float = 0.0,
        grown: Sequence[ThreadEntry] = (),
        growth: str = "",
        warnings: Sequence[str] = (),
        private_waits: bool = False,
        zone: tzinfo | None = None,
        inspection: Inspection | None = None,
    ) -> None:
        """`undo_s`: how long it can be withdrawn after sending; `growth`: the sentence about `grown`; `warnings`:
        sentences of ours that do not block; `private_waits`: whether it would answer a private message too;
        `inspection`: what guard and coach find."""
        super().__init__()
        self._letter = letter
        self._now = now
        self._undo_s = undo_s
        self._grown = grown
        self._growth = growth
        self._warnings = warnings
        self._private_waits = private_waits
        self._zone = zone
        self._inspection = inspection or Inspection()
        self._has_help = False
        self._is_meant = self._inspection.is_meant
        self._deaf_until_s = float("-inf")
        self._inspect()

    def compose(self) -> ComposeResult:
        """The facts, the new messages and the text, and the keys."""
        self._facts = Quoted(self._fact_lines)
        self._text = Quoted(self._text_lines)
        self._scroll = VerticalScroll(self._text, can_focus=False)
        self._half_frame = Vertical(HalfView(), classes="review--half")
        self._keys = Static("", classes="review--said", markup=False)
        self._said = Static("", classes="review--said", markup=False)
        with Vertical(classes="question--box"):
            yield self._facts
            yield self._scroll
            yield self._half_frame
            yield self._said
            yield self._keys

    def on_mount(self) -> None:
        """Show the frame of the mode, and the keys as they are mapped."""
        self._show()
        if self._grown:
            self.call_after_refresh(self._scroll.scroll_home, animate=False)

    def say(self, sentence: str) -> None:
        """Show a sentence of ours above the keys."""
        self._said.update(safe_line(sentence).text)

    # ---- keys ---------------------------------------------------------------------------------------------------

    def action_send(self) -> None:
        """Send it."""
        self.after_hold("send", lambda: self._send(ReviewChoice.SEND))

    def action_send_next(self) -> None:
        """Send it and go on with the next conversation."""
        self.after_hold("send_next", lambda: self._send(ReviewChoice.SEND_NEXT))

    def action_edit(self) -> None:
        """Back to the text."""
        self.dismiss(ReviewResult(ReviewChoice.EDIT, self._letter))

    def action_abort(self) -> None:
        """Put it away; the draft is kept."""
        self.after_hold("abort", lambda: self._leave(ReviewChoice.ABORT))

    def action_wider(self) -> None:
        """Let more eyes see it than saw the message answered."""
        self.after_hold("wider", self._widen)

    def action_private(self) -> None:
        """Write it to the customer alone, with the text as it is."""
        self.after_hold("private", self._go_private)

    def action_redact(self) -> None:
        """Put the name of its kind in place of everything private."""
        self.after_hold("redact", self._redact)

    def action_help(self) -> None:
        """Say what each key does, or stop saying it."""
        self._has_help = not self._has_help
        self._show()

    def action_scroll_text(self, lines: int) -> None:
        """Go on reading a long text."""
        self._scroll.scroll_relative(y=lines, animate=False)

    # ---- inside ---------------------------------------------------------------------------------------------------

    def _send(self, choice: ReviewChoice) -> None:
        if obstacles := self._letter.obstacles:
            self.say(f"It cannot be sent. {obstacles[0]}")
        elif hand_s() < self._deaf_until_s:
            self._deaf_until_s = hand_s() + AGAIN_AFTER_S
        elif self._asks and not self._is_meant:
            self._is_meant = True
            self._deaf_until_s = hand_s() + AGAIN_AFTER_S
            self._show()
            again = said_key(self, "review.send" if choice is ReviewChoice.SEND else "review.send_next")
            self.say(f"Not sent: read what is marked. {again} once more sends it all the same.")
        else:
            self._leave(choice)

    def _leave(self, choice: ReviewChoice) -> None:
        self.dismiss(ReviewResult(choice, self._letter))

    def _widen(self) -> None:
        wider = self._letter.beyond()
        if wider is None:
            self.say("There is nothing wider to choose here.")
            return
        self._change(replace(self._letter, visibility=wider, mode=mode_for(wider)))

    def _go_private(self) -> None:
        across = self._letter.across()
        if self._letter.mode is not Mode.PUBLIC or across is None:
            self.say("There is no private side to go to here.")
            return
        self._change(
            self._inspection.take_over(replace(self._letter, visibility=across, mode=mode_for(across)))
        )

    def _redact(self) -> None:
        redacted = self._inspection.redact(self._letter)
        if redacted == self._letter:
            self.say("There is nothing private in it to take out.")
        else:
            self._change(self._inspection.take_over(redacted))

    def _change(self, letter: Letter) -> None:
        """From now on this is what would go out."""
        self._letter = letter
        self._is_meant = False
        self._inspect()
        self.say("")
        self._show()

    def _inspect(self) -> None:
        self._findings = self._inspection.findings(self._letter)
        self._half = half_of(self._letter, self._inspection)
        self._asks = [*asking(self._findings), *asking(self._half.findings if self._half else ())]
        self._has_private = self._inspection.redact(self._letter) != self._letter
        if self._inspection.undo_s is not None:
            self._undo_s = self._inspection.undo_s(self._letter)

    def _show(self) -> None:
        for mode in Mode:
            self.set_class(self._letter.mode is mode, f"-{mode.value}")
        self._facts.show(self._fact_lines)
        self._text.show(self._text_lines)
        self._half_frame.display = self._half is not None
        self._half_frame.query_one(HalfView).show_half(self._half)
        self.call_after_refresh(self.fit_in)
        self._keys.update(self._help_words() if self._has_help else self._key_words())

    def _fact_lines(self, width: int) -> list[Line]:
        letter = self._letter
        word = visibility_word(letter.visibility)
        facts = ["for the team"] if letter.mode is Mode.NOTE else [f"reply by {self._sender}"]
        facts.append(f"{letter.length_words} characters")
        if self._undo_s:
            facts.append(f"can be withdrawn for {self._undo_s:g} s")
        whole = f" {' · '.join(facts)}"
        # Where it is too narrow for all of them, none is cut: the rest stands on a line of its own.
        first, more = (
            (whole, "") if cell_len(word + whole) <= width else (f" {facts[0]}", " · ".join(facts[1:]))
        )
        lines = [Line(HEADER, ((word, word.partition(" ")[0].lower()), (first, "header")))]
        if more:
            lines.append(_said(more, "header"))
        lines += [_said(line, "warn") for line in self._warning_lines(width)]
        if letter.mode is not Mode.NOTE:
            name = safe_line(f"to @{letter.row.handle} {letter.row.customer_name}").text.strip()
            lines.append(_said(name, "head"))
        return lines

    @property
    def _sender(self) -> str:
        row = self._letter.row
        return f"{safe_line(row.account).text} on {safe_line(row.network).text}"

    def _warning_lines(self, width: int) -> list[str]:
        letter = self._letter
        sentences = list(self._warnings)
        if self._asks:
            sentences.append(f"{counted(len(self._asks), 'finding')}: it is refused once.{self._ways_out()}")
        if letter.mode is Mode.PUBLIC and self._private_waits:
            sentences.append(PRIVATE_WAITS)
        if letter.mode is Mode.PRIVATE and letter.answered.is_public:
            sentences.append(private_words(letter.row.network))
        if letter.is_wider:
            answered = visibility_word(letter.answered)
            sentences.append(f"WIDER than the message it answers, which is {answered}.")
        if self._growth:
            sentences.append(self._growth)
        shown = safe_block(letter.outgoing)
        if shown.hidden or shown.controls:
            sentences.append(
                f"{shown.hidden + shown.controls} characters of the text do not show as themselves."
            )
        sentences += [f"It cannot be sent. {obstacle}" for obstacle in letter.obstacles]
        return [line for sentence in sentences for line in wrap(safe_line(sentence), width)]

    def _text_lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for entry in self._grown:
            lines += build_block(entry, width, today=self._now, zone=self._zone, unfold_key="").lines
        lines += finding_lines(self._letter, asking(self._findings), width, "warn")
        lines += text_lines(self._letter, self._findings, width)
        lines += finding_lines(self._letter, advising(self._findings), width, "quiet")
        return lines

    def _ways_out(self) -> str:
        """What the keys do about findings that are private."""
        if not self._has_private or not (self._letter.mode is Mode.PUBLIC or self._half):
            return ""
        private, redact = said_key(self, "review.private"), said_key(self, "review.redact")
        is_public = self._letter.mode is Mode.PUBLIC and self._letter.across() is not None
        to_private = f" {private} writes it in private," if is_public else ""
        return f"{to_private} {redact} takes out what is private."

    def _offered(self) -> list[tuple[str, str]]:
        """The keys that do something now, as they are mapped, and the ids of their commands, in the table's order."""
        cannot = {"review.send", "review.send_next"} if self._letter.obstacles else set()
        if self._letter.beyond() is None:
            cannot.add("review.wider")
        if self._letter.mode is not Mode.PUBLIC or self._letter.across() is None:
            cannot.add("review.private")
        if not self._has_private:
            cannot.add("review.redact")
        keys: dict[str, str] = {}
        for active in self.active_bindings.values():
            name = active.binding.id or ""
            if name.startswith("review.") and name not in cannot:
                keys.setdefault(name, self.app.get_key_display(active.binding))
        return [(keys[name], name) for name in BY_ID if name in keys]

    def _key_words(self) -> str:
        rows, width = [""], (self._keys.content_size.width or self.app.size.width - 4)
        for key, name in self._offered():
            words = f"{key} {self._label(name)}"
            longer = f"{rows[-1]}   {words}" if rows[-1] else words
            rows[-1:] = [longer] if cell_len(longer) <= width else [rows[-1], words]
        return "\n".join(rows)

    def _help_words(self) -> str:
        return "\n".join(f"{key:>4}  {BY_ID[name].help}" for key, name in self._offered())

    def _label(self, name: str) -> str:
        if self._letter.mode is Mode.NOTE and name in _NOTE_LABELS:
            return _NOTE_LABELS[name]
        refused = self._grown or (self._asks and self._is_meant)
        return _ANYWAY.get(name, BY_ID[name].label) if refused else BY_ID[name].label


def _said(text: str, look: str) -> Line:
    return Line(HEADER, ((text, look),))
