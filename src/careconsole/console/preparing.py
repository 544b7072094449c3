"""Prepared answers written at the desk: looked through, made new, changed, said in another language, taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from textual import work

from careconsole.console.panes.composer import Composer
from careconsole.console.panes.snippet_offer import customer_values
from careconsole.console.panes.snippets import SnippetPane
from careconsole.console.prompting import sure_language
from careconsole.console.remembering import Remembering
from careconsole.console.snippet_screen import SnippetScreen
from careconsole.console.taking_away import (
    TAKE,
    not_taken_words,
    shown_title,
    take_away_question,
    taken_words,
)
from careconsole.console.workshop import Workshop
from careconsole.desk import suggesting
from careconsole.desk.allowing import NotAllowed
from careconsole.snippets.holes import unfill
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.writing import CannotWrite, ChangedMeanwhile, TakenAway, why_it_stays


class Preparing(Remembering):
    """Opens the form for a prepared answer; what is saved is found at once."""

    _looked_from = "queue"
    """Where the agent came from who looks through the answers without writing a reply."""

    # Looking through

    def action_snippets(self) -> None:
        """Look through the prepared answers."""
        self._looked_from = self.focused_pane
        self.go_to_pane("snippets")

    def on_snippet_pane_left(self, event: SnippetPane.Left) -> None:
        """Back to where the agent came from."""
        if not self.is_writing:
            event.stop()
            event.prevent_default()
            self.go_to_pane(self._looked_from)

    def on_snippet_pane_chosen(self, event: SnippetPane.Chosen) -> None:
        """An answer without a reply to put it into."""
        if not self.is_writing and event.past is not None:
            self.say(f"No reply is being written: {self.key('list.reply')} in the list begins one.")
        elif not self.is_writing:
            reply, edit = self.key("list.reply"), self.key("snippets.edit")
            self.say(f"No reply is being written: {reply} in the list begins one. {edit} changes the answer.")

    # Writing

    def action_new_snippet(self) -> None:
        """Write a new prepared answer."""
        self._open_form(self._blank())

    def on_snippet_pane_new_wanted(self, event: SnippetPane.NewWanted) -> None:
        """A new one from the pane."""
        event.stop()
        self._open_form(self._blank())

    def on_snippet_pane_edit_wanted(self, event: SnippetPane.EditWanted) -> None:
        """The highlighted one is to be changed."""
        event.stop()
        self._open_form(event.snippet)

    def on_snippet_pane_variant_wanted(self, event: SnippetPane.VariantWanted) -> None:
        """The highlighted one is to be said in another language."""
        event.stop()
        same = replace(
            event.snippet, id="", path=Path(), mark="", origin="own", variant_of=event.snippet.base
        )
        self._open_form(replace(same, title="", short="", language="", triggers=()))

    def on_composer_snippet_wanted(self, event: Composer.SnippetWanted) -> None:
        """The reply is to be kept as a prepared answer, with holes where it names the customer or the agent."""
        event.stop()
        text = self.composer.text.strip()
        if not self.may_now("composer.keep_snippet"):
            self.composer.say(f"The role {self.desk.role.value} has no right to write prepared answers.")
            return
        row = self.row_of(self.composer.conversation_id)
        values = customer_values(row, self.desk.agent, self.order_of(row) if row else "")
        name = values.get("name", "")
        words = {
            values["me"]: "me",
            name.partition(" ")[0]: "name",
            name: "name",
            values.get("handle", ""): "handle",
            values.get("order", ""): "order",
        }
        body = unfill(text, words)
        self._open_form(replace(self._blank(), body=body, language=sure_language([text])))

    def _blank(self) -> Snippet:
        return Snippet("", "", "", origin="own", owner=self.desk.agent)

    def _open_form(self, snippet: Snippet) -> None:
        def answered(done: Snippet | TakenAway | None) -> None:
            if isinstance(done, TakenAway):
                self._take_loss(done)
            elif done is not None:
                self._take_written(done)

        workshop = Workshop(
            self.snippets.library,
            self._save_answer,
            self._move_away,
            self.shelf.built_in,
            me=self.desk.agent,
            today=self._today(),
            accounts=frozenset(account.name for account in self.accounts),
        )
        self.app.push_screen(SnippetScreen(snippet, workshop), answered)

    def _today(self) -> date:
        return self.now.date()

    async def _save_answer(self, snippet: Snippet) -> Snippet | ChangedMeanwhile | str:
        library = self.snippets.library
        taken = [each.id for each in library.snippets] + [each.path.stem for each in library.broken]
        try:
            return await suggesting.write_snippet(self.desk, snippet, taken)
        except (CannotWrite, NotAllowed) as error:
            return str(error)

    @work(group="answers-written", exit_on_error=False, description="take up a written answer")
    async def _take_written(self, saved: Snippet) -> None:
        names_broken = await self.read_written()
        if self.focused_pane == "snippets":
            self.snippets.show_answer(saved.id)
        if names_broken:
            return
        finds = self.key("composer.snippets")
        self.say(f"Saved in {saved.path.name}, {finds} finds it: {shown_title(saved)}")

    # Taking away

    def on_snippet_pane_take_away_wanted(self, event: SnippetPane.TakeAwayWanted) -> None:
        """The highlighted one is to go; asks first."""
        event.stop()
        snippet = event.snippet
        if words := why_it_stays(snippet):
            self.say(words, wraps=True)
            return

        def answered(answer: str | None) -> None:
            if answer == TAKE:
                self._take_away(snippet)

        variants = self.snippets.library.variants(snippet)
        self.app.push_screen(take_away_question(snippet, variants, self.shelf.built_in(snippet.id)), answered)

    @work(group="answers-written", exit_on_error=False, description="take a prepared answer away")
    async def _take_away(self, snippet: Snippet) -> None:
        taken = await self._move_away(snippet)
        if isinstance(taken, TakenAway):
            self._take_loss(taken)
        elif not await self.read_written():
            self.say(taken, is_error=True, wraps=True)

    async def _move_away(self, snippet: Snippet) -> TakenAway | str:
        try:
            taken = await suggesting.take_snippet_away(self.desk, snippet)
        except (CannotWrite, NotAllowed) as error:
            return str(error)
        return not_taken_words(taken) if isinstance(taken, ChangedMeanwhile) else taken

    @work(group="answers-written", exit_on_error=False, description="take up that an answer is gone")
    async def _take_loss(self, taken: TakenAway) -> None:
        await self.read_written()
        self.say(taken_words(taken, self.shelf.built_in(taken.snippet.id)), wraps=True)
