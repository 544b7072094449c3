"""The prepared answers at the desk: made ready, looked after while it runs, suggested, counted and learnt from."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from textual import work

from careconsole.console.letter import Letter
from careconsole.console.panes.composer import Composer
from careconsole.console.panes.snippets import SnippetPane
from careconsole.console.teamwork import Teamwork
from careconsole.desk import suggesting
from careconsole.model.reply import Mode
from careconsole.model.rights import Verb
from careconsole.snippets.library import Library
from careconsole.snippets.loading import Shelf
from careconsole.snippets.snippet import BrokenSnippet
from careconsole.snippets.suggesting import Suggester

LOOK_EVERY_S = 2.0
KEPT_SHARE = 0.5
"""So much of a suggestion must still stand in the reply that it counts as accepted."""


class Accepted(NamedTuple):
    """A suggestion that stands in a reply not yet sent."""

    snippet_id: str
    text: str
    """As it was put in."""
    asked: str
    """The customer's words that it was suggested for."""


class Answering(Teamwork):
    """Keeps the prepared answers up to date; what is used is counted, what is accepted is learnt at sending."""

    shelf: Shelf
    """Where the answers come from."""
    suggester: Suggester | None = None
    _accepted: dict[int, Accepted]
    _has_begun = False
    _reading: asyncio.Lock
    _broken: frozenset[BrokenSnippet] = frozenset()

    def on_mount(self) -> None:
        """Make the answers ready once the screen is painted, and look after them from then on."""
        self._accepted = {}
        self._reading = asyncio.Lock()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.read_answers()
        self.set_interval(LOOK_EVERY_S, self.read_answers)

    # Reading

    def read_answers(self) -> None:
        """Make the answers ready, or look whether their files have changed; never twice at a time."""
        if not self._reading.locked():
            self._read_answers()

    @work(group="answers", exit_on_error=False, description="read the prepared answers")
    async def _read_answers(self) -> None:
        async with self._reading:
            is_first, self._has_begun = not self._has_begun, True
            library = self.snippets.library if is_first else await asyncio.to_thread(self.shelf.changed)
            if library is not None:
                await self._take_answers(library)
                if not self._say_broken(library) and not is_first and not self.status.is_error:
                    self.say(f"Prepared answers read: {len(library)}.")

    async def read_written(self) -> bool:
        """Take up at once what this console has written itself; True if something broken was named."""
        async with self._reading:
            library = await asyncio.to_thread(self.shelf.changed)
            if library is not None:
                await self._take_answers(library)
            return library is not None and self._say_broken(library)

    async def _take_answers(self, library: Library) -> None:
        learnt = await suggesting.triggers_by_snippet(self.desk)
        suggester = await asyncio.to_thread(_made_ready, library, learnt)
        library.take_uses(await suggesting.snippet_uses(self.desk))
        before, self.suggester = self.suggester, suggester
        self.snippets.take_answers(library, suggester)
        if before is not None:
            before.index.close()

    def _say_broken(self, library: Library) -> bool:
        """Name what is broken now and was not before; False if there is nothing of the kind."""
        new = [broken for broken in library.broken if broken not in self._broken]
        self._broken = frozenset(library.broken)
        if new:
            more = f" And {len(new) - 1} more: careconsole snippets lint." if len(new) > 1 else ""
            words = f"{new[0].path.name}, line {new[0].line}: {new[0].reason}".rstrip(".")
            self.say(f"Left out of the prepared answers: {words}.{more}", is_error=True, wraps=True)
        return bool(new)

    # Using

    def on_composer_suggestion_requested(self, event: Composer.SuggestionRequested) -> None:
        """Put the best answer that fits the customer's messages into the reply."""
        event.stop()
        self.snippets.refit()
        if not self.snippets.choose_suggestion():
            self.composer.say(f"No prepared answer fits: {self.key('composer.snippets')} searches them all.")

    def on_snippet_pane_chosen(self, event: SnippetPane.Chosen) -> None:
        """An answer comes into the reply: its use counts."""
        id = self.composer.conversation_id
        if id is None or event.past is not None:
            return
        if event.asked and self.composer.mode is not Mode.NOTE:
            self._accepted[id] = Accepted(event.snippet_id, event.text, event.asked)
        if self.desk.may(Verb.LEARN):
            self._count_use(event.snippet_id)

    @work(group="answers-used", exit_on_error=False, description="count the use of an answer")
    async def _count_use(self, snippet_id: str) -> None:
        await suggesting.count_use(self.desk, snippet_id)

    def _has_left(self, letter: Letter, words: str, pulls: bool) -> None:
        if letter.mode is not Mode.NOTE:
            accepted = self._accepted.pop(letter.row.id, None)
            may_learn = self.desk.may(Verb.LEARN, letter.row.account)
            if accepted and may_learn and stands_in(accepted.text, letter.text):
                self._learn(letter.row.id, accepted)
        super()._has_left(letter, words, pulls)

    @work(group="answers-used", exit_on_error=False, description="learn from an accepted suggestion")
    async def _learn(self, conversation_id: int, accepted: Accepted) -> None:
        learnt = await suggesting.learn(self.desk, accepted.snippet_id, conversation_id, accepted.asked)
        if learnt is not None and self.suggester is not None:
            self.suggester.learn(accepted.snippet_id, learnt.text)


def stands_in(answer: str, text: str) -> bool:
    """Whether at least half of an answer's words still stand in a text."""
    words = answer.split()
    kept = set(text.split())
    return bool(words) and sum(word in kept for word in words) >= KEPT_SHARE * len(words)


def _made_ready(library: Library, learnt: dict[str, list[str]]) -> Suggester:
    """The suggestions from a library, both made ready; in another thread."""
    library.prepare()
    suggester = suggesting.open_suggester(library, learnt)
    suggester.prepare()
    return suggester
