"""The composer: a frame that says for whose eyes, an editor, and one line of what there is to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from careconsole.console.commands import bindings
from careconsole.console.letter import (
    TWO_CHOICES,
    Letter,
    holes_are,
    mode_for,
    open_holes,
    opening_visibility,
    private_words,
    set_apart,
    visibility_word,
)
from careconsole.console.panes.coached import reading_words
from careconsole.console.panes.editor_area import EditorArea
from careconsole.console.panes.paired import Paired
from careconsole.console.panes.public_line import PublicLine
from careconsole.console.panes.unsaved import Unsaved
from careconsole.console.said_keys import said_key
from careconsole.console.text import counted, safe_content
from careconsole.model.message import Visibility
from careconsole.model.note_mark import DECISION_WORD, PROMISE_WORD
from careconsole.model.reply import Limits, Mode, ReplyTo
from careconsole.model.text_gate import safe_line
from careconsole.store.rows import Draft, QueueRow

SAVE_AFTER_S = 0.3
"""So long after the first change that is not saved yet, all changes are handed out to be saved."""

_FRAMES = {Mode.PUBLIC: "-public", Mode.PRIVATE: "-private", Mode.NOTE: "-note"}


class Composer(Paired):
    """Where a reply or a note is written. It knows no desk: what is typed leaves as `Changed`."""

    BINDINGS = [*bindings("composer")]

    DEFAULT_CSS = """
    Composer { height: 12; padding: 0; }
    Composer EditorArea { height: 1fr; }
    Composer .composer--info { height: auto; padding: 0 1; }
    Composer.-public { border: double $foreground; }
    Composer.-private { border: round $foreground; }
    Composer.-note { border: dashed $foreground; }
    """

    class Changed(Unsaved):
        """The draft has changed and wants to be saved."""

    class ModeMoved(Unsaved):
        """The text now belongs to another mode: save it there, then drop the draft of the `old` mode."""

        old: Mode

    class ModeShown(Message):
        """The reply is for other eyes now, or another one was opened or closed."""

    class ReviewRequested(Message):
        """Show the review of `Composer.letter`."""

    class SnippetsRequested(Message):
        """Put the focus into the search of the prepared answers."""

    class SnippetWanted(Message):
        """The text is to be kept as a prepared answer."""

    class SuggestionRequested(Message):
        """Put the best suggestion of the prepared answers at the cursor."""

    class EditorRequested(Message):
        """Open $EDITOR on the text; the result comes back by `put_back`."""

    class Left(Message):
        """The agent leaves; `to_next_pane` by Tab, else back to the thread. The draft was handed out before."""

        def __init__(self, to_next_pane: bool) -> None:
            super().__init__()
            self.to_next_pane = to_next_pane

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._letter: Letter | None = None
        self._shown_mode: Mode | None = None
        self._others: dict[Mode, Draft] = {}
        self._handed_out: tuple[str, int, str] = ("", 0, "")
        self._is_saved = True
        self._save_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The editor, the public line where there is one, and the facts below."""
        yield self._editor
        yield self._line
        yield self._info

    def open(
        self,
        mode: Mode,
        visibility: Visibility | None,
        row: QueueRow,
        draft: Draft | None,
        limits: Limits,
        *,
        answered: Visibility | None = None,
        choices: Sequence[Visibility] = TWO_CHOICES,
        others: Mapping[Mode, Draft] | None = None,
        reply_to: ReplyTo | None = None,
    ) -> None:
        """Write to this conversation, from this draft if there is one.

        `visibility` is None for a note, or for the widest that the mode and the message answered allow; a wider
        one is narrowed. `answered` is that of the message answered (None: as the row says), `choices` are what
        the network offers, `others` the agent's drafts of other modes for the conversation, `reply_to` the message
        answered.
        """
        self.flush()
        answered = answered or row.visibility
        seen = None if mode is Mode.NOTE else opening_visibility(mode, visibility, answered)
        self._letter = Letter(
            row, mode, seen, answered, tuple(choices), "", limits, None if seen is None else reply_to
        )
        origin = draft.mode if draft else mode
        self._others = {other: kept for other, kept in (others or {}).items() if other is not origin}
        why = draft.not_sent.removeprefix("not sent: ") if draft else ""
        self._notice = f"Not sent: {why}" if why else ""
        self._is_saved = True
        left_out = self._editor.load(draft.text if draft else "", draft.cursor if draft else 0)
        if left_out:
            self._notice = f"The draft is too long: {counted(left_out, 'character')} at its end not shown."
        self._put_line(draft.public_line if draft else "")
        self._standard = ""
        self._handed_out = self._state
        if seen is not None:
            self._settle_mode(mode_for(seen), origin)
        self._show_frame()
        self.advise()
        self._editor.focus()

    def close(self) -> None:
        """Forget the conversation; what was not handed out yet is handed out first."""
        self.flush()
        self._letter = None
        self._notice = ""
        self._editor.load("", 0)
        self._put_line("")
        self._handed_out = self._state
        self._show_frame()
        self.advise()

    @property
    def letter(self) -> Letter | None:
        """What is in the agent's hand now; None if nothing is open."""
        return replace(self._letter, text=self.text, line=self._line.text) if self._letter else None

    @property
    def conversation_id(self) -> int | None:
        """The conversation that is written to; None if nothing is open."""
        return self._letter.row.id if self._letter else None

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return self._editor.text

    @property
    def mode(self) -> Mode | None:
        """PUBLIC, PRIVATE or NOTE; None if nothing is open."""
        return self._letter.mode if self._letter else None

    @property
    def visibility(self) -> Visibility | None:
        """The network's own word for whose eyes; None for a note, or if nothing is open."""
        return self._letter.visibility if self._letter else None

    @property
    def cursor_index(self) -> int:
        """The place of the cursor, in characters from the start."""
        return self._editor.cursor_index

    def insert_snippet(self, text: str) -> None:
        """Put a prepared answer at the cursor, go to its first open hole, and take the focus; it replaces nothing."""
        self._editor.stand_behind_selection()
        start, written = self._editor.selection_index, self.text
        left_out = self._editor.insert_words(set_apart(text, written[:start], written[start:]))
        self._editor.focus()
        holes = [hole for hole in open_holes(self.text) if hole[0] >= start]
        if holes and holes[0][1] <= self.cursor_index:
            self.offer_hole(holes[0])
        self.advise()
        self._say_left_out("answer", left_out)

    def put_above(self, text: str, line: str) -> None:
        """Put a reply that came back above what is written, its public line before ours; the cursor stays."""
        if text:
            self._editor.put_above(text)
        if line:
            self._line.text = " ".join(filter(None, (line, self._line.text)))
            self._show_line()

    def put_back(self, text: str, left_out: int = 0) -> None:
        """Take over what another editor made of the text; Ctrl+Z brings the former text back.

        `left_out`: characters that were too many and are not in `text` any more.
        """
        left_out += self._editor.replace_all(text)
        self._editor.focus()
        self.advise()
        self._say_left_out("text", left_out)

    def saved(self, mode: Mode, text: str, line: str = "") -> None:
        """This draft is in the record."""
        if self.mode is mode and (self.text, self.line) == (text, line):
            self._is_saved = True
            self._show_info()

    def flush(self) -> None:
        """Hand out at once what has changed since the last time."""
        if self._save_timer is not None:
            self._save_timer.stop()
            self._save_timer = None
        state = self._state
        if self._letter is not None and state != self._handed_out:
            self._handed_out = state
            letter = self._letter
            self.post_message(self.Changed(letter.row.id, letter.mode, *state, letter.reply_to))

    @property
    def _state(self) -> tuple[str, int, str]:
        """What is kept of a draft: text, place of the cursor, public line."""
        return self.text, self.cursor_index, self.line

    def take_aim(self, letter: Letter) -> None:
        """Answer from now on what this letter answers, and for no more eyes; the text stays."""
        if self._letter is None or self._letter.row.id != letter.row.id or self.mode is Mode.NOTE:
            return
        was, seen = (
            self._letter.mode,
            (self._letter.visibility or letter.answered).narrowed_to(letter.answered),
        )
        self._letter = replace(letter, text="", mode=was, visibility=seen)
        self._settle_mode(mode_for(seen), was)
        self._handed_out = ("", -1, "")
        self.flush()
        self._show_frame()

    def take_over(self, letter: Letter) -> None:
        """Go on with what the review made of the letter: fewer eyes, or less text."""
        if self._letter is None or self._letter.row.id != letter.row.id or self.mode is Mode.NOTE:
            return
        if letter.text != self.text:
            self._editor.replace_all(letter.text)
        if letter.line != self._line.text:
            self._line.text = letter.line
        if letter.visibility is not None and letter.visibility is not self.visibility:
            self._set_visibility(letter.visibility)
        self.flush()

    def focus_editor(self) -> None:
        """Put the focus into the editor."""
        self._editor.focus()

    # ---- keys

    def action_review(self) -> None:
        """Ask for the review, unless something stands in its way."""
        letter = self.letter
        if letter is None:
            return
        now_s = Message().time
        if not self._editor.pace.was_calm_at_newest_key(now_s):
            self._editor.expect_no_send(now_s)
            again = said_key(self, "composer.review")
            self.say(f"That was a paste or a burst of keys: look at the text, then press {again} again.")
        elif self.open_holes() and self._told_of_holes != letter.text:
            # Asked for once more, the review shows all that stands in its way.
            self._told_of_holes = letter.text
            self.first_hole()
            self._editor.expect_no_send(now_s)
            holes = holes_are(self.open_holes())
            self.say(f"Not yet: {holes} open. Type what belongs there, or delete it with its braces.")
        elif not letter.text.strip():
            self._editor.expect_no_send(now_s)
            self.say("Nothing is written yet.")
        else:
            self.flush()
            self.post_message(self.ReviewRequested())

    def action_snippets(self) -> None:
        """Ask for the prepared answers."""
        self.post_message(self.SnippetsRequested())

    def action_suggestion(self) -> None:
        """Ask for the best suggestion."""
        self.post_message(self.SuggestionRequested())

    def action_keep_snippet(self) -> None:
        """Ask to keep the text as a prepared answer."""
        self.post_message(self.SnippetWanted())

    def action_next_hole(self) -> None:
        """Go to the next hole, or to the next pane if none is open."""
        if not self.next_hole():
            self.flush()
            self.post_message(self.Left(to_next_pane=True))

    def action_editor(self) -> None:
        """Ask for $EDITOR."""
        self.flush()
        self.post_message(self.EditorRequested())

    def action_leave(self) -> None:
        """Go back to the thread."""
        self.flush()
        self.post_message(self.Left(to_next_pane=False))

    # ---- inside

    def _set_visibility(self, visibility: Visibility) -> None:
        if self._letter is None:
            return
        old, new = self._letter.mode, mode_for(visibility)
        self._letter = replace(self._letter, visibility=visibility, mode=new)
        self._notice = ""
        self._settle_mode(new, old)
        if new is Mode.PRIVATE and old is Mode.PUBLIC:
            self._add_house_line()
            told = [self._notice, private_words(self._letter.row.network), self._line_hint]
            self._notice = " ".join(filter(None, told))
        self._show_frame()
        self.advise()

    def _settle_mode(self, mode: Mode, was: Mode) -> None:
        """A draft that was begun for other eyes goes on for those it can be for now."""
        if self._letter is None:
            return
        if self._letter.mode is not mode:
            self._notice = "The message to answer is private now, so the reply is too."
        self._letter = replace(self._letter, mode=mode)
        if was is not mode:
            self._take_in(self._others.pop(mode, None))
            self._move_draft(self._letter, was)

    def _take_in(self, other: Draft | None) -> None:
        """Two drafts meet in one mode: neither is lost, the other one goes below."""
        if other is not None and other.public_line not in ("", self.line):
            self._line.text = f"{self.line} {other.public_line}"
        if other is None or not other.text.strip() or other.text == self.text:
            return
        cursor = self.cursor_index
        self._editor.move_cursor(self._editor.document.end)
        self._editor.insert_words(f"\n\n{other.text}" if self.text else other.text)
        self._editor.move_cursor(self._editor.location_of(cursor))
        self._notice = f"Your {other.mode.value} draft of before stands below."

    def _move_draft(self, letter: Letter, old: Mode) -> None:
        self._handed_out = state = self._state
        if self.text or self.line:
            moved = self.ModeMoved(letter.row.id, letter.mode, *state, letter.reply_to)
            moved.old = old
            self.post_message(moved)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """The text is another one."""
        event.stop()
        if self.text != self._handed_out[0]:
            self._notice = ""
            self._is_saved = False
            self._save_soon()
        self._show_info()
        self.advise_soon()

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """The cursor stands elsewhere: that too belongs to the draft."""
        event.stop()
        if self.cursor_index != self._handed_out[1]:
            self._save_soon()

    def on_public_line_changed(self, event: PublicLine.Changed) -> None:
        """The public line is another one: it belongs to the draft."""
        event.stop()
        if self.line != self._handed_out[2]:
            self._is_saved = False
            self._save_soon()
            self._show_info()
        self._show_line()

    def on_editor_area_slash_at_start(self, event: EditorArea.SlashAtStart) -> None:
        """`/` on an empty line."""
        event.stop()
        self.action_snippets()

    def on_editor_area_cut_short(self, event: EditorArea.CutShort) -> None:
        """A paste was too long."""
        event.stop()
        self._say_left_out("paste", event.left_out)

    def _say_left_out(self, what: str, left_out: int) -> None:
        if left_out:
            # The change itself, of which the editor tells us later, takes away what was said before it.
            self.call_after_refresh(
                self.say, f"The {what} was too long: {counted(left_out, 'character')} left out at its end."
            )

    def _save_soon(self) -> None:
        if self._save_timer is None and self._letter is not None:
            self._save_timer = self.set_timer(SAVE_AFTER_S, self.flush)

    def _show_frame(self) -> None:
        letter = self._letter
        if self.mode is not self._shown_mode:
            self._shown_mode = self.mode
            self.post_message(self.ModeShown())
        for mode, name in _FRAMES.items():
            self.set_class(letter is not None and letter.mode is mode, name)
        word = visibility_word(letter.visibility) if letter else ""
        kind = "for the team" if letter and letter.mode is Mode.NOTE else "reply"
        self.border_title = Content(f"{word} {kind}") if letter else None
        self._show_line()
        self._show_info()

    def _facts(self, letter: Letter) -> Content:
        parts = [
            *([reading_words(self._advice)] if self._advice.words else []),
            letter.length_words,
            "draft saved" if self._is_saved else "draft not saved yet",
        ]
        if holes := self.open_holes():
            parts.insert(-1, f"{holes_are(holes)} open: {said_key(self, 'composer.next_hole')}")
        if letter.mode is Mode.NOTE:
            parts.append(f"{DECISION_WORD} or {PROMISE_WORD} fri 14:00 at its start marks it")
            return self._packed([Content(part) for part in parts])
        # The handle is the customer's own: nothing may stand to its right.
        whom = Content("to @") + safe_content(safe_line(letter.row.handle))
        return self._packed([*(Content(part) for part in parts), whom])
