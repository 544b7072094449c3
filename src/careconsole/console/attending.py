"""What an agent looks at beside the conversation itself: the customer's card, links and attachments."""

from __future__ import annotations

from textual import work

from careconsole.console.acting import Acting
from careconsole.console.browser import open_in_browser
from careconsole.console.card_screen import CardAnswer, CardScreen, FactsAsked, PromiseKept, SamePerson
from careconsole.console.facts_screen import FactsScreen
from careconsole.console.link_screen import LinkAnswer, LinkScreen
from careconsole.console.panes.queue import QueuePane
from careconsole.console.panes.thread import ThreadPane
from careconsole.desk import person, reading
from careconsole.model.rights import Verb


class Attending(Acting):
    """The commands that show who the customer is, and open what stands in the thread. Nothing asks a network."""

    def action_card(self) -> None:
        """Show the customer's card."""
        if self.aim is not None:
            self._show_card(self.aim)

    @work(group="questions", exit_on_error=False)
    async def _show_card(self, id: int) -> None:
        card = await person.card(self.desk, id)
        if card is None:
            return

        def answered(answer: CardAnswer | None) -> None:
            if isinstance(answer, PromiseKept):
                self._keep_promise(answer.note_id)
            elif isinstance(answer, FactsAsked):
                self._ask_facts(id, card)
            elif isinstance(answer, SamePerson):
                self._link(id, answer.customer_id)

        row = await reading.queue_row(self.desk, id)
        may_edit = row is not None and self.desk.may(Verb.EDIT_CUSTOMER, row.account)
        suggestions = await person.suggestions(self.desk, card.customer_id)
        screen = CardScreen(card, self.now, may_edit=may_edit, suggestions=suggestions)
        self.app.push_screen(screen, answered)

    @work(group="writes", exit_on_error=False)
    async def _link(self, id: int, other_id: int) -> None:
        if await person.link(self.desk, id, other_id) is not None:
            self.say(f"One person from now on. {self.key('list.undo')} parts them.")

    def _ask_facts(self, id: int, card: person.Card) -> None:
        def answered(facts: person.Facts | None) -> None:
            if facts is not None:
                self._set_facts(id, facts)

        self.app.push_screen(FactsScreen(card), answered)

    @work(group="writes", exit_on_error=False)
    async def _set_facts(self, id: int, facts: person.Facts) -> None:
        if await person.set_facts(self.desk, id, facts) is not None:
            self.say("Written down on the customer's card.")

    @work(group="writes", exit_on_error=False)
    async def _keep_promise(self, note_id: int) -> None:
        if await person.keep_promise(self.desk, note_id) is None:
            self.say("Somebody has marked that promise as kept already.")
        else:
            self.say(f"Marked as kept. {self.key('list.undo')} takes it back.")

    def on_thread_pane_link_asked(self, event: ThreadPane.LinkAsked) -> None:
        """From the thread."""
        event.stop()
        self._ask_link()

    def on_queue_pane_link_asked(self, event: QueuePane.LinkAsked) -> None:
        """From the queue: the thread beside it must be the one of the row under the cursor."""
        event.stop()
        if self.thread.is_in_view and self.thread.conversation_id == event.id:
            self._ask_link()
        else:
            opens = self.key("queue.open")
            self._tell_no_link(f"No link was opened: its thread is not in view, {opens} opens it.")

    def _tell_no_link(self, sentence: str) -> None:
        self.say(sentence)
        self.ignore_numbers("There was no link to choose, so the number set nothing.")

    def _ask_link(self) -> None:
        """Which of the links and attachments in view?"""
        numbered = self.thread.numbered_in_view
        if not numbered:
            self._tell_no_link("No link and no attachment is in view.")
            return

        def answered(answer: LinkAnswer | None) -> None:
            if answer is not None:
                self._take_link(answer)

        self.app.push_screen(LinkScreen(numbered, opens=not self.desk.is_sample), answered)

    def _take_link(self, answer: LinkAnswer) -> None:
        link, number = answer.chosen.link, answer.chosen.number
        if link is None:
            self.say(f"Of [{number}] no address is known that can be opened.")
        elif answer.copies:
            self.app.copy_to_clipboard(link.address)
            self.say(f"Copied, if your terminal allows it: {link.address}", wraps=True)
        elif self.desk.is_sample:
            self.say(f"The sample desk opens nothing. The address is {link.address}", wraps=True)
        else:
            self._open_link(link.address)

    @work(group="browser", exit_on_error=False)
    async def _open_link(self, address: str) -> None:
        trouble = await open_in_browser(address)
        if trouble:
            self.app.copy_to_clipboard(address)
            self.say(f"{trouble} The address was copied instead: {address}", is_error=True, wraps=True)
        else:
            self.say(f"Opened in your browser: {address}", wraps=True)
