"""For whose eyes the composer writes: the keys that change it."""

from __future__ import annotations

from textual.actions import SkipAction

from careconsole.console.letter import private_words, visibility_word
from careconsole.console.panes.holed import Holed
from careconsole.model.message import Visibility
from careconsole.model.reply import Mode

NARROWEST = "Nothing narrower: only the customer will see it."
STAYS_PRIVATE = "It stays private: the message answered is."
FOR_THE_TEAM = "A note is seen by the team only."


class WhoseEyes(Holed):
    """Narrower, wider, private and public again; never wider than the message answered."""

    def action_narrower(self) -> None:
        """Let fewer eyes see the reply."""
        letter = self.letter
        if letter is None:
            raise SkipAction
        if letter.mode is Mode.NOTE:
            self.say(FOR_THE_TEAM)
        elif (narrower := letter.narrower()) is None:
            is_private = letter.mode is Mode.PRIVATE
            self.say(NARROWEST if is_private else private_words(letter.row.network))
        else:
            self._set_visibility(narrower)

    def action_private(self) -> None:
        """Write it to the customer alone, or back to those that saw the message answered."""
        letter = self.letter
        if letter is None:
            raise SkipAction
        if letter.mode is Mode.NOTE:
            self.say(FOR_THE_TEAM)
        elif (across := letter.across()) is None:
            is_private = letter.mode is Mode.PRIVATE
            self.say(STAYS_PRIVATE if is_private else private_words(letter.row.network))
        else:
            self._set_visibility(across)

    def action_wider(self) -> None:
        """Let more eyes see it again, up to those that saw the message answered."""
        letter = self.letter
        if letter is None:
            raise SkipAction
        if letter.mode is Mode.NOTE:
            self.say(FOR_THE_TEAM)
        elif (wider := letter.wider()) is None:
            sentence = f"Never wider than the message answered, which is {visibility_word(letter.answered)}"
            self.say(f"{sentence}{'; the review has its own key for that' if letter.beyond() else ''}.")
        else:
            self._set_visibility(wider)

    def _set_visibility(self, visibility: Visibility) -> None:
        """Write for these eyes from now on; the text stays."""
        raise NotImplementedError
