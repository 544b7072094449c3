"""Two halves of one answer: the private text, and the public line that follows it (F14)."""

from __future__ import annotations

from collections.abc import Callable

from textual.actions import SkipAction

from careconsole.console.letter import Letter, private_words
from careconsole.console.panes.public_line import PublicLine
from careconsole.console.panes.whose_eyes import FOR_THE_TEAM, WhoseEyes
from careconsole.console.said_keys import said_key
from careconsole.desk.hand_over import StandardLine
from careconsole.model.reply import Mode

NOTHING_PUBLIC = "The message answered is private: nothing is said of it in public."


class Paired(WhoseEyes):
    """A private reply to a public message can have a public line behind it, with a frame of its own."""

    line_for: Callable[[Letter], StandardLine] | None = None
    """The standard line beside a letter; None while nobody knows one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._line = PublicLine()
        self._standard = ""
        """The standard line as it was put in."""

    @property
    def line(self) -> str:
        """The public line to be kept; empty if it is the standard one and nothing else was written."""
        text = self._line.text
        return "" if text == self._standard and not self._editor.text.strip() else text

    def action_line(self) -> None:
        """Put a public line behind the private reply, write on it, or go back to the private text."""
        letter = self.letter
        if letter is None:
            raise SkipAction
        if letter.mode is Mode.NOTE:
            self.say(FOR_THE_TEAM)
        elif self._line.has_focus_within:
            self._editor.focus()
        elif not letter.answered.is_public:
            self.say(NOTHING_PUBLIC)
        elif letter.mode is Mode.PUBLIC and letter.across() is None:
            self.say(private_words(letter.row.network))
        else:
            self._go_to_line(letter)

    def _go_to_line(self, letter: Letter) -> None:
        if letter.mode is Mode.PUBLIC and (across := letter.across()) is not None:
            self._set_visibility(across)
        elif self._line.text:
            self._line.focus_input()
            return
        if not self._line.text:
            self._put_line(self._standard_line().text)
        if self._line.text:
            key = said_key(self, "composer.line")
            self.say(f"The public line follows the private message; {key} writes on it.")
        else:
            self._line.focus_input()

    def _add_house_line(self) -> None:
        """What has just become private gets the house's line, if the house has one and nothing stands there."""
        letter = self.letter
        if letter is not None and letter.may_have_line and not self._line.text:
            standard = self._standard_line()
            if standard.is_of_house:
                self._put_line(standard.text)

    @property
    def _line_hint(self) -> str:
        """Where there is no public line: the key for one."""
        return "" if self._line.text else f"{said_key(self, 'composer.line')} adds a public line."

    def _standard_line(self) -> StandardLine:
        letter = self.letter
        return StandardLine("", False) if letter is None or self.line_for is None else self.line_for(letter)

    def _put_line(self, text: str) -> None:
        self._line.text = text
        self._standard = self._line.text
        self._show_line()

    def _show_line(self) -> None:
        """The line has a frame where it counts and something stands in it, or is being written."""
        letter = self.letter
        is_shown = letter is not None and letter.may_have_line
        half = letter.public_half() if letter is not None else None
        if letter is not None and not is_shown and self._line.has_focus_within:
            self._editor.focus()  # what is typed next goes where it can be seen
        is_shown = is_shown and (half is not None or self._line.has_focus_within)
        self.set_class(is_shown, "-paired")
        self._line.show(is_shown=is_shown, length_words=half.length_words if half else "")

    def on_public_line_left(self, event: PublicLine.Left) -> None:
        """Back to the private text."""
        event.stop()
        self._editor.focus()
        self.call_after_refresh(self._show_line)
