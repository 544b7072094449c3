"""Between writing and sending: the coach while one writes, the house voices, public or private, and the review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from os import sep
from typing import TYPE_CHECKING

from textual import work
from textual.worker import Worker

from careconsole.console.attending import Attending
from careconsole.console.growth import (
    aimed,
    aimed_at_newest,
    came_while_writing,
    newest_standing,
    reply_to_entry,
    while_writing_words,
)
from careconsole.console.letter import Letter
from careconsole.console.panes.card_lines import note_words
from careconsole.console.panes.coached import Advice
from careconsole.console.panes.composer import Composer
from careconsole.console.panes.snippet_offer import customer_values
from careconsole.console.review_findings import Inspection
from careconsole.console.review_screen import ReviewChoice, ReviewResult, ReviewScreen
from careconsole.desk import drafts, replies
from careconsole.desk.coming_back import HERE, hours_of
from careconsole.desk.drafts import Beside
from careconsole.desk.hand_over import StandardLine, hand_over_hint, standard_line
from careconsole.model.note_mark import MarkedNote
from careconsole.model.reply import FIRST_PURPOSE, Mode
from careconsole.model.rights import Verb
from careconsole.model.voice import VOICE_FILE, Brand
from careconsole.model.when import NotRead
from careconsole.settings.voice_watching import VoiceWatch
from careconsole.settings.watching import LeftAlone
from careconsole.store.rows import ThreadEntry

if TYPE_CHECKING:
    from careconsole.language.drafts import DraftFinding

STARTLED_S = 0.7
"""So long after new messages have stopped a send a further press of the key is not taken as an answer to them."""
VOICES_EVERY_S = 2.0
WARM_AFTER_S = 1.5
"""So long after the first paint the word lists of the coach are loaded."""


class Reviewing(Attending):
    """Advises on what is written, and shows it once more. What was reviewed is what is sent."""

    calm_from_s = float("-inf")
    """From when on a review may be confirmed."""
    voices: VoiceWatch | None = None
    """The house voices in force; None until the first picture stands."""
    _begun: tuple[int, int] = (0, 0)
    """The conversation that is written to, and the newest event of it when that was begun."""
    _meant: tuple[int, str, str, Mode] | None = None
    """What was refused once and is sent all the same: conversation, text, public line, mode."""

    def on_mount(self) -> None:
        """Follow the house voices; load the coach's lists when the first picture stands."""
        self.composer.advisor = self.advice
        self.composer.line_for = self.line_for
        self.call_after_refresh(self._read_voices)
        self.call_after_refresh(self.set_timer, WARM_AFTER_S, self.warm_up)

    def _read_voices(self) -> None:
        self.voices = VoiceWatch(self.desk.home / VOICE_FILE)
        if self.voices.trouble:
            self._say_of_voices(self.voices, self.voices.trouble)
        self.set_interval(VOICES_EVERY_S, self.look_at_voices)

    @work(thread=True, group="warm-up", exit_on_error=False)
    def warm_up(self) -> None:
        """Load the word lists, so that no key waits for them."""
        drafts.warm_up(self.desk.emergency)

    @work(thread=True, group="warm-up", exit_on_error=False)
    def make_ready(self, language: str) -> None:
        """Load the word lists of a language in which a reply is begun."""
        drafts.make_ready(language)

    def look_at_voices(self) -> None:
        """Take up a changed voice.toml; a broken one leaves the old voices in force."""
        if self.voices is None:
            return
        found = self.voices.look()
        if isinstance(found, LeftAlone):
            self._say_of_voices(self.voices, found.sentence)
        elif found is not None:
            self.say(f"{VOICE_FILE} read: {len(found)} house voice{'s' * (len(found) != 1)}.")
            self.composer.advise()

    def _say_of_voices(self, voices: VoiceWatch, sentence: str) -> None:
        self.say(sentence.replace(f"{voices.path.parent}{sep}", ""), is_error=True, wraps=True)

    # While one writes

    def beside(self, letter: Letter) -> Beside:
        """What is known beside a letter."""
        entries = self._thread_of(letter)
        brand = self.voices.brand(letter.row.account) if self.voices else Brand()
        return drafts.beside(self.desk, letter.row.kind, entries, brand, self.thread.decision)

    def advice(self, letter: Letter) -> Advice:
        """What the line under the editor says."""
        words, reading_s = drafts.measure_draft(letter.text)
        if letter.mode is Mode.NOTE:
            return Advice(words, reading_s)
        known = self.beside(letter)
        found = tuple(one for one in self._findings(letter, known) if one.what != "open hole")
        hint = hand_over_hint(
            letter.text,
            known,
            self._thread_of(letter),
            mode=letter.mode,
            may_be_public=letter.answered.is_public,
        )
        return Advice(words, reading_s, found, f"{hint}: {self.key('composer.private')}" if hint else "")

    def findings(self, letter: Letter) -> Sequence[DraftFinding]:
        """What guard and coach find; a note is for the team and is left alone."""
        return () if letter.mode is Mode.NOTE else self._findings(letter, self.beside(letter))

    def _findings(self, letter: Letter, known: Beside) -> Sequence[DraftFinding]:
        if not letter.text.strip():
            return ()
        return drafts.check_draft(
            letter.text,
            known,
            is_public=letter.mode is Mode.PUBLIC,
            length=letter.length,
            limit=letter.limits.max_chars,
        )

    def _thread_of(self, letter: Letter) -> Sequence[ThreadEntry]:
        return self.thread.entries if self.thread.conversation_id == letter.row.id else ()

    # Public or private

    def line_for(self, letter: Letter) -> StandardLine:
        """What is said in public beside a private answer, in the customer's language, else in that of the draft."""
        known = self.beside(letter)
        language = known.language or drafts.draft_language(letter.text)
        return standard_line(known, language, customer_values(letter.row, self.desk.agent))

    def action_private(self) -> None:
        """Write the reply to the customer alone, or back in public; the text is kept."""
        id = self.aim
        if id is None:
            return
        if self.composer.conversation_id == id and self.composer.mode is not Mode.NOTE:
            self.composer.action_private()
            self.go_to_pane("composer")
        else:
            self.open_composer(id, note=False, private=True)

    def open_composer(self, id: int, *, note: bool, private: bool = False) -> None:
        """Write to a conversation; with `private` to the customer alone."""

    # The review

    def on_composer_review_requested(self, event: Composer.ReviewRequested) -> None:
        """Look at it once more."""
        event.stop()
        letter = self.composer.letter
        if letter is None:
            return
        if isinstance(note := self._note(letter), NotRead):
            self.composer.say(note.sentence)
            return
        seen_seq = 0
        if self.thread.conversation_id == letter.row.id:
            seen_seq = self.thread.seen_to or 0
            if letter.reply_to is None and letter.mode is not Mode.NOTE:
                entry = newest_standing(self.thread.entries)
                letter = aimed(letter, reply_to_entry(entry), entry)
            letter = aimed_at_newest(letter, self.thread.entries, seen_seq)
        came = [] if letter.mode is Mode.NOTE else self._came_meanwhile(letter, seen_seq)
        self.review(letter, seen_seq, came, while_writing_words(came) if came else "")

    def begin_writing(self, id: int) -> None:
        """A reply is begun: what comes from now on is shown at its review, whether it was in view or not."""
        newest = max((entry.seq for entry in self.thread.entries if not entry.place), default=0)
        self._begun = (id, newest)

    def _came_meanwhile(self, letter: Letter, seen_seq: int) -> list[ThreadEntry]:
        """What is new to the writer and in the thread by now; what is not is found at sending."""
        id, begun_seq = self._begun
        if id != letter.row.id or not begun_seq:
            return []
        seen = [entry for entry in self.thread.entries if entry.seq <= seen_seq]
        return came_while_writing(seen, begun_seq, self.desk.agent)

    def _warnings(self, letter: Letter) -> Sequence[str]:
        note = self._note(letter)
        if note is None:
            return (
                ()
                if self._goes_alone(letter)
                else ("It goes to approval first; it leaves when somebody approves it.",)
            )
        return note_words(note, self.now, hours_of(self.desk.rules.policy, letter.row.account), HERE)

    def review(
        self,
        letter: Letter,
        seen_seq: int,
        grown: Sequence[ThreadEntry] = (),
        growth: str = "",
        purpose: str = FIRST_PURPOSE,
    ) -> None:
        """Show the review; `seen_seq` is the newest event that the writer has seen by then."""
        if grown:
            self._begun = (letter.row.id, max(seen_seq, self._begun[1]))
        inspection = self._inspection(is_meant=bool(grown) and self._meant == _what_is_meant(letter))
        screen = ReviewScreen(
            letter,
            now=self.now,
            grown=grown,
            growth=growth,
            warnings=self._warnings(letter),
            private_waits=drafts.private_waits(self._thread_of(letter)),
            inspection=inspection,
        )
        self.calm_from_s = self.now_s() + (STARTLED_S if grown else 0.0)

        def decided(result: ReviewResult | None) -> None:
            sends = result is not None and result.choice in (ReviewChoice.SEND, ReviewChoice.SEND_NEXT)
            if result is not None and sends and self.now_s() < self.calm_from_s:
                # A second press of the same key was on its way: nobody has read the new messages yet.
                self.review(result.letter, seen_seq, grown, growth, purpose)
            elif result is None or result.choice is ReviewChoice.EDIT:
                self.composer.focus_editor()
            elif result.choice is ReviewChoice.ABORT:
                self.close_composer()
            else:
                self._meant = _what_is_meant(result.letter)
                self.send(result.letter, seen_seq, purpose, result.choice is ReviewChoice.SEND_NEXT)

        self.app.push_screen(screen, decided)

    def send(self, letter: Letter, seen_seq: int, purpose: str, pulls: bool) -> Worker[None]:
        """Send what was reviewed, or keep a note."""
        raise NotImplementedError

    def _note(self, letter: Letter) -> MarkedNote | NotRead | None:
        """What a note would be kept as; None for a reply."""
        if letter.mode is not Mode.NOTE:
            return None
        return replies.note_as_written(self.desk, letter.text, letter.row.account)

    def _inspection(self, *, is_meant: bool) -> Inspection:
        return Inspection(
            findings=self.findings,
            redact=self._redacted,
            take_over=self._take_over,
            undo_s=self._undo_s,
            is_meant=is_meant,
        )

    def _goes_alone(self, letter: Letter) -> bool:
        """Whether a reply leaves without approval; what waits besides is looked at when it is sent."""
        row, person = letter.row, self.desk.person
        is_released = person is not None and row.kind in person.releases and row.tier == 1
        return is_released or self.desk.may(Verb.SEND_ALONE, row.account)

    def _undo_s(self, letter: Letter) -> float:
        if letter.mode is Mode.NOTE or not self._goes_alone(letter):
            return 0.0
        half = letter.public_half()
        return replies.undo_window_s(self.desk, letter.mode, half.text if half else "")

    def _redacted(self, letter: Letter) -> Letter:
        """The letter without what is private; beside a public line that holds such things that alone is changed."""
        known, half = self.beside(letter), letter.public_half()
        if half and (line := drafts.redact_draft(half.text, known)) != half.text:
            return replace(letter, line=line)
        return replace(letter, text=drafts.redact_draft(letter.text, known))

    def _take_over(self, letter: Letter) -> Letter:
        """The composer goes on with what the review made of the letter; two drafts may have met in it."""
        self.composer.take_over(letter)
        mine = self.composer.letter
        if mine is None or mine.row.id != letter.row.id:
            return letter
        return replace(letter, text=mine.text, line=mine.line)


def _what_is_meant(letter: Letter) -> tuple[int, str, str, Mode]:
    return letter.row.id, letter.text, letter.line, letter.mode
