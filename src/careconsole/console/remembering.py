"""What prepared answers mean, and what was answered before: added to the pane of answers once it is there.

Without the extra there are no meanings; then answers are found by their words, and so is what was answered before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import work

from careconsole.console.answering import Answering
from careconsole.console.panes.composer import Composer
from careconsole.console.panes.past_offers import past_offers
from careconsole.console.panes.snippets import SnippetPane
from careconsole.desk import vectors
from careconsole.desk.answered_before import answered_before
from careconsole.desk.vectors import Encoder, EncoderError, OpenEncoder
from careconsole.model.reply import Mode
from careconsole.model.voice import Brand
from careconsole.snippets.library import Library
from careconsole.snippets.meaning import Meanings


class Remembering(Answering):
    """Reads the meaning of answers and messages behind the screen, and looks up what was answered before."""

    encoder_of: OpenEncoder | None = None
    """Opens what makes vectors; None where there is none."""
    _encoder: Encoder | None = None
    _what_answers_mean: Meanings | None = None
    _reading_texts: Sequence[str] = ()

    async def _take_answers(self, library: Library) -> None:
        await super()._take_answers(library)
        if self.encoder_of is not None:
            self._read_meanings()

    @work(group="meanings", exclusive=True, exit_on_error=False, description="read what the answers mean")
    async def _read_meanings(self) -> None:
        """Until it is done the words alone decide."""
        suggester = self.suggester
        if suggester is None or (encoder := await self._opened()) is None:
            return
        meanings = await vectors.meanings_of(self.desk, encoder, suggester.library)
        if suggester is self.suggester:
            suggester.meaning = self._what_answers_mean = meanings
            self.snippets.refit()

    async def _opened(self) -> Encoder | None:
        if self._encoder is None and self.encoder_of is not None:
            try:
                self._encoder = await asyncio.to_thread(self.encoder_of)
            except EncoderError as error:
                self.encoder_of = None
                self.say(f"Answers are found by their words alone: {error}", is_error=True, wraps=True)
        return self._encoder

    def on_snippet_pane_unread(self, event: SnippetPane.Unread) -> None:
        """The meaning of these messages is not known yet."""
        event.stop()
        if list(event.texts) != list(self._reading_texts):
            self._reading_texts = event.texts
            self._read_messages(event.conversation_id, event.texts)

    @work(group="messages-read", exclusive=True, exit_on_error=False, description="read what messages mean")
    async def _read_messages(self, conversation_id: int, texts: Sequence[str]) -> None:
        encoder, meanings = self._encoder, self._what_answers_mean
        try:
            if encoder is not None and meanings is not None:
                meanings.learn(await vectors.vectors_of(self.desk, encoder, conversation_id, texts))
        finally:
            self._reading_texts = ()
        self.snippets.refit()

    # Answered before

    def on_snippet_pane_past_wanted(self, event: SnippetPane.PastWanted) -> None:
        """What was answered before is to be shown."""
        event.stop()
        self._look_back(event.conversation_id, event.account, event.texts)

    @work(group="past-answers", exclusive=True, exit_on_error=False, description="look up past answers")
    async def _look_back(self, conversation_id: int, account: str, texts: Sequence[str]) -> None:
        is_public = self._is_public
        found = await answered_before(
            self.desk,
            account,
            texts,
            is_public=is_public,
            brand=self.voices.brand(account) if self.voices else Brand(),
            encoder=await self._opened(),
            leave_out=conversation_id,
        )
        if is_public == self._is_public:
            self.snippets.show_past(conversation_id, past_offers(found))

    @property
    def _is_public(self) -> bool:
        """Whether what is being written, or would be, is for others' eyes too."""
        if self.is_writing:
            return self.composer.mode is not Mode.PRIVATE
        return self.thread_row is None or self.thread_row.visibility.is_public

    def on_composer_mode_shown(self, event: Composer.ModeShown) -> None:
        """What may be said in private is not offered for a public reply."""
        event.stop()
        self.snippets.show_prepared()

    def on_snippet_pane_chosen(self, event: SnippetPane.Chosen) -> None:
        """A past answer whose reply has got other eyes since it was shown is not put in."""
        if event.past is not None and event.past.is_private and self.is_writing and self._is_public:
            event.stop()
            event.prevent_default()
            self.composer.say("That answer was private, and this reply is not.")
