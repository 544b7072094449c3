"""The customer's card in full: five lines and what is open, behind one key at every width."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from careconsole.console.choosing import HELP_BINDING, Choosing
from careconsole.console.panes.card_lines import (
    contact_words,
    decision_words,
    fact_words,
    promise_words,
    reach_words,
    suggestion_words,
    vip_words,
    who_words,
)
from careconsole.console.panes.lined import Quoted
from careconsole.console.panes.message_block import HEADER, Line
from careconsole.console.text import wrap
from careconsole.console.why_screen import each_leaves
from careconsole.model.text_gate import safe_line
from careconsole.store.identity_links import Suggestion
from careconsole.store.person import Card

SHOWN_PROMISES = 9


@dataclass(frozen=True, slots=True)
class PromiseKept:
    """This promise was kept."""

    note_id: int


@dataclass(frozen=True, slots=True)
class FactsAsked:
    """The facts are to be written down."""


@dataclass(frozen=True, slots=True)
class SamePerson:
    """This other customer is the same person."""

    customer_id: int


CardAnswer = PromiseKept | FactsAsked | SamePerson
LINK_LETTERS = "abcde"


class CardScreen(Choosing[CardAnswer]):
    """Shows the card. The number of a promise marks it as kept, a letter links, `f` opens the facts; Escape goes back."""

    BINDINGS = [
        Binding("escape,q,й", "leave", "Back"),
        HELP_BINDING,
        each_leaves("list.card"),
        Binding("up,k", "scroll_text(-1)", show=False),
        Binding("down,j", "scroll_text(1)", show=False),
    ]

    DEFAULT_CSS = """
    CardScreen > Vertical { height: auto; max-height: 100%; background: $surface; }
    CardScreen VerticalScroll { height: auto; }
    CardScreen .question--said { height: auto; padding: 0 2; }
    """

    def __init__(
        self,
        card: Card,
        now: datetime,
        *,
        zone: tzinfo | None = None,
        may_edit: bool = True,
        suggestions: Sequence[Suggestion] = (),
    ) -> None:
        super().__init__()
        self._suggestions = suggestions
        self._may_edit = may_edit
        self._card = card
        self._now = now
        self._zone = zone

    def compose(self) -> ComposeResult:
        """The card, and the keys."""
        self._scroll = VerticalScroll(Quoted(self._lines), can_focus=False)
        self._said = Static(self._key_words(), classes="question--said", markup=False)
        with Vertical(classes="question--box"):
            yield self._scroll
            yield self._said

    def say(self, sentence: str) -> None:
        """Show a sentence of ours below the card."""
        self._said.update(safe_line(sentence).text)

    def meaning(self, character: str) -> Callable[[], None] | None:
        """A number marks the promise with that number as kept."""
        if character in "123456789"[: len(self._card.promises)]:
            promise = self._card.promises[int(character) - 1]
            return partial(self._answer, PromiseKept(promise.note_id))
        if character == "f" and self._may_edit:
            return partial(self._answer, FactsAsked())
        if self._may_edit and character in LINK_LETTERS[: len(self._suggestions)]:
            other = self._suggestions[LINK_LETTERS.index(character)]
            return partial(self._answer, SamePerson(other.customer_id))
        return None

    def _answer(self, answer: CardAnswer) -> None:
        self.dismiss(answer)

    def action_leave(self) -> None:
        """Back to the desk."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Say which keys there are."""
        self.say(self._key_words())

    def action_scroll_text(self, lines: int) -> None:
        """Go on reading."""
        self._scroll.scroll_relative(y=lines, animate=False)

    def _key_words(self) -> str:
        kept = "A number marks that promise as kept   " if self._card.promises else ""
        facts = "f birthday, orders, about   " if self._may_edit else ""
        links = "A letter links that one   " if self._may_edit and self._suggestions else ""
        return f"{kept}{links}{facts}Esc back"

    def _lines(self, width: int) -> list[Line]:
        return [
            Line(HEADER, ((text, look),))
            for words, look in self._sentences()
            for text in wrap(safe_line(words, max_chars=2_000), width)
        ]

    def _sentences(self) -> Iterator[tuple[str, str]]:
        card, now, zone = self._card, self._now, self._zone
        yield who_words(card), "header"
        yield reach_words(card), "ours"
        yield vip_words(card), "warn" if card.is_vip else "ours"
        yield contact_words(card, now, zone), "ours"
        for number, promise in enumerate(card.promises, 1):
            mark = f"{number}  " if number <= SHOWN_PROMISES else "   "
            yield f"{mark}{promise_words(promise, now, zone)}", "warn"
        if not card.promises:
            yield "no open promise", "ours"
        yield decision_words(card.decision, now, zone) if card.decision else "no decision yet", "ours"
        for words in fact_words(card.facts):
            yield words, "note"
        for letter, suggestion in zip(LINK_LETTERS, self._suggestions, strict=False):
            yield f"{letter}  {suggestion_words(suggestion)}", "fresh"
