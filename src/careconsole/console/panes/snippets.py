"""The prepared answers: searched while one types, previewed, chosen with Enter."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from careconsole.console.commands import bindings
from careconsole.console.line_pane import LinePane
from careconsole.console.panes.past_offers import PastOffer
from careconsole.console.panes.snippet_lines import SnippetList, SnippetPreview
from careconsole.console.panes.snippet_offer import Excess, Offer, customer_values, newest_text, offer
from careconsole.console.prompting import Prompter, sure_language
from careconsole.console.text import fit
from careconsole.model.text_gate import safe_line
from careconsole.snippets.holes import fill
from careconsole.snippets.library import MAX_QUERY_CHARS, Library
from careconsole.snippets.situation import Situation
from careconsole.snippets.snippet import Snippet
from careconsole.snippets.suggesting import Suggester
from careconsole.store.rows import QueueRow

DEBOUNCE_S = 0.03
SHOWN = 50
"""Answers in the list at most."""


class SearchLine(Input):
    """The line one types the search into. What is pasted passes the gate; Enter is left to the pane."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(placeholder="Search", max_length=MAX_QUERY_CHARS, id=id)
        self.cursor_blink = False

    def insert_text_at_cursor(self, text: str) -> None:
        """Insert text, from the keyboard or pasted."""
        super().insert_text_at_cursor(safe_line(text).text)

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a stretch, by a key or a paste."""
        super().replace(safe_line(text).text, start, end)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter chooses an answer, by the pane's own command."""
        return action != "submit"


class SnippetPane(Vertical):
    """Search line, answers found, and the text of the highlighted one.

    Without a search it shows first what fits the customer's messages that wait for an answer, and an answer in their
    language before the same one in another. It knows the record's rows only and never inserts anything itself.
    """

    BINDINGS = bindings("snippets")
    DEFAULT_CSS = """
    SnippetPane > LinePane { height: 1; }
    SnippetPane > SearchLine, SnippetPane > SearchLine:focus { height: 1; border: none; padding: 0 1; }
    SnippetPane > SnippetList { height: 1fr; min-height: 2; }
    SnippetPane > SnippetPreview { height: 1fr; }
    """

    class Chosen(Message):
        """An answer was chosen: `text` is its filled form, to be inserted at the cursor.

        `asked` is the newest text that it was suggested for, empty where it was not suggested.
        """

        def __init__(self, offered: Offer, asked: str = "", *, past: PastOffer | None = None) -> None:
            super().__init__()
            self.past = past
            """What it is of, if it was sent before and is no prepared answer."""
            self.snippet = offered.snippet
            self.text = offered.text
            self.is_short = offered.is_short
            self.asked = asked

        @property
        def snippet_id(self) -> str:
            """Which one it was."""
            return self.snippet.id

    class NewWanted(Message):
        """A new answer is to be written."""

    class EditWanted(Message):
        """This answer is to be changed."""

        def __init__(self, snippet: Snippet) -> None:
            super().__init__()
            self.snippet = snippet

    class VariantWanted(EditWanted):
        """This answer is to be said in another language too."""

    class TakeAwayWanted(EditWanted):
        """This answer is to be offered no longer."""

    class PastWanted(Message):
        """What was answered before to messages like these is to be shown."""

        def __init__(self, row: QueueRow, texts: Sequence[str]) -> None:
            super().__init__()
            self.conversation_id, self.account, self.texts = row.id, row.account, texts

    class Unread(Message):
        """The meaning of these messages is not known yet; once it is, `refit` shows what fits."""

        def __init__(self, row: QueueRow, texts: Sequence[str]) -> None:
            super().__init__()
            self.conversation_id, self.texts = row.id, texts

    class Left(Message):
        """The agent goes back to the reply without an answer."""

    def __init__(
        self,
        library: Library,
        *,
        me: str = "",
        unanswered: Callable[[QueueRow], Sequence[str]] = newest_text,
        today: Callable[[], date | None] = lambda: None,
        order_of: Callable[[QueueRow], str] = lambda row: "",
        may_write: Callable[[], bool] = lambda: True,
        id: str | None = None,
    ) -> None:
        """`unanswered` gives the texts of a conversation that wait for an answer, newest first; `order_of` the
        customer's order number, where it is known.

        `may_write` says whether the agent has the right to write answers.
        """
        super().__init__(id=id)
        self._may_write = may_write
        self._unanswered = unanswered
        self._today = today
        self._order_of = order_of
        self._prompter = Prompter(library)
        self._me = me
        self._row: QueueRow | None = None
        self._excess: Excess = _fits
        self._values: Mapping[str, str] = customer_values(None, me)
        self._past: Sequence[PastOffer] | None = None
        """What was answered before, while that is shown in place of the prepared answers."""
        self._shown_query: str | None = None
        self._is_moved = False
        """Whether the highlight was put on its answer by hand: then it stays there."""
        self._heading = LinePane(id="snippet-heading")
        self._search = SearchLine(id="snippet-search")
        self._list = SnippetList(id="snippet-list")
        self._preview = SnippetPreview(id="snippet-preview")

    def compose(self) -> ComposeResult:
        """Heading, search line, list, preview."""
        yield self._heading
        yield self._search
        yield self._list
        yield self._preview

    def on_mount(self) -> None:
        """Show the answers before any key."""
        self._show_found()

    # What the desk screen asks

    @property
    def library(self) -> Library:
        """The answers that are searched."""
        return self._prompter.library

    def take_answers(self, library: Library, suggester: Suggester | None = None) -> None:
        """Offer these from now on; the search stays, and a highlight put by hand: what is gone leaves it to the next."""
        before, place = self._kept, self._list.cursor
        self._prompter.library, self._prompter.suggester = library, suggester
        self._show_found(before)
        if before is not None and library.get(before.snippet.id) is None and self._list.move(place):
            self._preview.show(self.highlighted, self._search.value)

    def read_languages(self, own: frozenset[str]) -> None:
        """What the agent reads: its answers come first where the customer's language is not sure."""
        self._prompter.own = own
        self._show_found(self._kept)

    @property
    def query_text(self) -> str:
        """What stands in the search line."""
        return self._search.value

    @property
    def highlighted(self) -> Offer | None:
        """The answer that Enter would insert."""
        return self._list.offers[self._list.cursor] if self._list.offers else None

    @property
    def _kept(self) -> Offer | None:
        """The answer that the highlight stays on when the list is made anew; None: it stands on the first one."""
        query = self._search.value
        stays = query == self._shown_query and (self._is_moved or bool(query.strip()))
        return self.highlighted if stays else None

    def search_for(self, row: QueueRow | None, excess: Excess | None = None) -> None:
        """Offer answers for this conversation; None for no conversation.

        `excess` says how many characters a text would be too long (0 if it fits). For another conversation the
        search starts anew; for the same one the search stays, and a highlight put by hand.
        """
        is_same = row is not None and self._row is not None and row.id == self._row.id
        self._past = self._past if is_same else None
        self._row, self._excess = row, excess or _fits
        self._values = self._customer_values()
        if is_same:
            self._show_found(self._kept)
        else:
            self._start_anew()

    def show_answer(self, snippet_id: str) -> None:
        """Highlight this answer; where it is not in the list its title is searched for."""
        if (snippet := self.library.get(snippet_id)) is None:
            return
        if all(offered.snippet.id != snippet_id for offered in self._list.offers):
            self._search.value = safe_line(snippet.title, max_chars=MAX_QUERY_CHARS).text
        self._show_found(offer(snippet, self._values, self._excess))

    def refit(self) -> None:
        """Fill and judge the answers again: what stands in the reply, or on the card, has changed."""
        self._values = self._customer_values()
        self._show_found(self._kept)

    def _customer_values(self) -> Mapping[str, str]:
        return customer_values(self._row, self._me, self._order_of(self._row) if self._row else "")

    def focus_search(self) -> None:
        """Put the focus into the search line."""
        self._search.focus()

    # Searching

    @on(Input.Changed)
    def _search_soon(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._shown_query:
            self._find()

    @work(group="snippet-search", exclusive=True, description="search the prepared answers")
    async def _find(self) -> None:
        await asyncio.sleep(DEBOUNCE_S)  # a newer key press cancels us here
        self._catch_up()

    def _start_anew(self) -> None:
        self._search.value = ""
        self._show_found()

    def _show_found(self, keep: Offer | None = None) -> None:
        """Show what the search line asks for, with the highlight on the best or on the one to keep."""
        if not self.is_attached:
            return
        query = self._search.value
        if query.strip():
            self._past = None
        if self._past is not None:
            offers = [offer(past.snippet, self._values, self._excess) for past in self._past]
        elif query.strip():
            found = self.library.search(query, SHOWN, situation=self._situation())
            offers = [offer(hit.snippet, self._values, self._excess) for hit in found]
        else:
            offers = self._prompted(SHOWN)
        kept = keep.snippet.id if keep else None
        cursor = next((at for at, offered in enumerate(offers) if offered.snippet.id == kept), 0)
        self._shown_query, self._is_moved = query, keep is not None
        self._list.empty_line = self._nothing_words
        self._list.spellings = self.library.spellings
        self._list.show(offers, query, cursor)
        self._preview.show(self.highlighted, query)
        self._show_heading()

    @property
    def _nothing_words(self) -> str:
        if self._past is not None:
            return "Nothing like it was answered before."
        return "Nothing fits." if self._search.value.strip() else "There are no prepared answers."

    def _prompted(self, limit: int) -> list[Offer]:
        unread = self._prompter.suggester.unread(self._texts()) if self._prompter.suggester else ()
        if unread and self._row is not None:
            self.post_message(self.Unread(self._row, unread))
        found = self._prompter.prompt(self._texts(), self._situation(), limit)
        return [offer(one.snippet, self._values, self._excess, is_suggested=one.fits) for one in found]

    def _texts(self) -> Sequence[str]:
        return self._unanswered(self._row) if self._row else ()

    def _situation(self) -> Situation:
        account = self._row.account if self._row else ""
        return Situation(sure_language(self._texts()), account, self._me, self._excess_filled, self._today())

    def _excess_filled(self, body: str) -> int:
        return self._excess(fill(body, self._values))

    def _show_heading(self) -> None:
        look = "bold reverse" if self.has_focus_within else ""
        count, broken = len(self.library), self.library.broken
        name = " Snippets " if self._past is None else " Answered before "
        words = f" {len(self._list.offers)} of {count}" if self._search.value.strip() else f" {count}"
        if self._past is not None:
            words = f" {len(self._past)}"
        elif broken:
            words += (
                f" · {len(broken)} broken: {safe_line(f'{broken[0].path.name}, line {broken[0].line}').text}"
            )
        room = max(0, self.size.width - len(name))
        self._heading.show_line(Content.styled(name, look) + Content(fit(words, room)))

    # Keys

    def action_down(self) -> None:
        """Go to the next answer."""
        self._move(1)

    def action_up(self) -> None:
        """Go to the answer before."""
        self._move(-1)

    def _move(self, by: int) -> None:
        self._catch_up()
        if self._list.move(by):
            self._is_moved = True
            self._preview.show(self.highlighted, self._search.value)

    def action_choose(self) -> None:
        """Hand out the highlighted answer."""
        self._catch_up()
        if self.highlighted is not None:
            self._choose(self.highlighted)

    def choose_suggestion(self) -> bool:
        """Hand out the best answer that fits the messages, whatever is searched for; False if none does."""
        best = next(iter(self._prompted(1)), None)
        if best is None or not best.is_suggested:
            return False
        self.show_prepared()
        self._choose(best)
        return True

    def _choose(self, chosen: Offer) -> None:
        if self._past is not None:
            past = next(one for one in self._past if one.snippet is chosen.snippet)
            self.show_prepared()
            self.post_message(self.Chosen(chosen, past=past))
            return
        asked = next(iter(self._texts()), "") if chosen.is_suggested else ""
        self.library.used(chosen.snippet.id)
        self._start_anew()
        self.post_message(self.Chosen(chosen, asked))

    def action_answered_before(self) -> None:
        """Show what was answered before to messages like these, or the prepared answers again."""
        if self._past is not None:
            self.show_prepared()
        elif self._row is not None:
            self.post_message(self.PastWanted(self._row, self._texts()))

    def show_past(self, conversation_id: int, past: Sequence[PastOffer]) -> None:
        """Show these past answers, if the conversation is still the one that they are for."""
        if self._row is not None and self._row.id == conversation_id:
            self._past, self._search.value = past, ""
            self._show_found()
            self.refresh_bindings()

    def show_prepared(self) -> None:
        """Show the prepared answers, if past ones are shown."""
        if self._past is not None:
            self._past = None
            self._show_found()
            self.refresh_bindings()

    def action_new(self) -> None:
        """Ask for a new answer."""
        self.post_message(self.NewWanted())

    def action_edit(self) -> None:
        """Ask for the highlighted answer to be changed."""
        self._catch_up()
        if self.highlighted is not None:
            self.post_message(self.EditWanted(self.highlighted.snippet))

    def action_variant(self) -> None:
        """Ask for the highlighted answer in another language."""
        self._catch_up()
        if self.highlighted is not None:
            self.post_message(self.VariantWanted(self.highlighted.snippet))

    def action_take_away(self) -> None:
        """Ask for the highlighted answer to be taken away."""
        self._catch_up()
        if self.highlighted is not None:
            self.post_message(self.TakeAwayWanted(self.highlighted.snippet))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without the right to write answers the keys for that are not there; a past answer cannot be changed."""
        if self._past is not None and action in ("edit", "variant", "take_away"):
            return False
        return self._may_write() or action not in ("new", "edit", "variant", "take_away")

    def action_leave(self) -> None:
        """Go back to the reply."""
        self.post_message(self.Left())

    def _catch_up(self) -> None:
        """Whoever types and presses Enter at once means what was typed, not what is still shown."""
        if self._search.value != self._shown_query:
            self._show_found()

    # Focus and size

    def on_descendant_focus(self) -> None:
        """Show that keys go here."""
        self._show_use()

    def on_descendant_blur(self) -> None:
        """Show that keys go elsewhere."""
        self._show_use()

    def on_resize(self) -> None:
        """Fill the new width."""
        self._show_heading()

    def _show_use(self) -> None:
        self._list.use(self.has_focus_within)
        self._show_heading()


def _fits(text: str) -> int:
    return 0
