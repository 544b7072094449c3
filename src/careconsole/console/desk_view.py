"""The desk screen's panes: which ones are seen at which width, and which one the keys go to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from careconsole.console.commands import BY_ID, COMMANDS
from careconsole.console.key_bar import KeyBar
from careconsole.console.painting import AddressedScreen
from careconsole.console.panes.composer import Composer
from careconsole.console.panes.filter_line import FilterLine
from careconsole.console.panes.queue import QueuePane
from careconsole.console.panes.snippet_offer import unanswered_texts
from careconsole.console.panes.snippets import SnippetPane
from careconsole.console.panes.thread import ThreadPane
from careconsole.console.status_line import StatusLine
from careconsole.console.title_bar import TitleBar
from careconsole.desk.allowing import NotAllowed
from careconsole.desk.desk import Desk
from careconsole.model.rights import Verb
from careconsole.snippets.library import Library
from careconsole.store.contract import StoreError
from careconsole.store.rows import QueueRow

WIDE, MIDDLE = 160, 120
"""From so many columns on: all panes side by side; queue above thread."""

SENTENCE_S = 12.0
"""How long a sentence stands in the status line before the accounts show again."""

_ABOUT_NOTHING = frozenset({"list.pull", "list.undo", "list.withdraw", "app.withdraw", "list.approvals"})
"""Commands that are about whichever conversation they find, at any account where the agent has the right."""
_FOR_EVERYBODY = frozenset({"list.quit", "app.quit", "app.help"})
"""Who has no right any more can still go."""
_LIST_ACTIONS = {command.name.partition("(")[0]: command.id for command in COMMANDS if command.pane == "list"}


class DeskView(AddressedScreen[None]):
    """Queue, thread, reply and snippets, with the lines around them."""

    PANE_WORDS: ClassVar = {"queue": "Queue", "thread": "Thread", "composer": "Reply", "snippets": "Snippets"}

    def __init__(
        self, desk: Desk, library: Library, *, now_s: Callable[[], float], rest_s: float, word: str
    ) -> None:
        super().__init__()
        self.desk = desk
        self.now_s = self.undo_now_s = now_s
        self.rest_s = rest_s
        self.title_bar = TitleBar(desk.agent, word=word, id="title")
        self.queue = QueuePane(desk.now, now_s=now_s, id="queue")
        self.queue.hand_span_s = desk.hand_span_s
        self.thread = ThreadPane(agent=desk.agent, id="thread")
        self.composer = Composer(id="composer")
        self.snippets = SnippetPane(
            library,
            me=desk.agent,
            unanswered=self._unanswered_texts,
            today=lambda: desk.now().date(),
            order_of=self.order_of,
            may_write=lambda: self.may_now("snippets.edit"),
            id="snippets",
        )
        self.filter_line = FilterLine(self.completions_of, id="filter")
        self.status = StatusLine(id="status")
        self.key_bar = KeyBar(id="keys")
        self._said_at_s = float("-inf")
        self._pane_at_work = "queue"
        """The pane that had the focus last."""

    def compose(self) -> ComposeResult:
        """The lines of the frame around the panes."""
        yield self.title_bar
        with Container(id="panes"):
            yield self.queue
            yield self.thread
            yield self.composer
            yield self.snippets
        yield self.filter_line
        yield self.status
        yield self.key_bar

    def completions_of(self, text: str) -> list[str]:
        """What a query that is being typed may become."""
        return []

    def order_of(self, row: QueueRow) -> str:
        """The order number of a conversation's customer, where its card is open and has exactly one; else empty."""
        return self.thread.order if self.thread.conversation_id == row.id else ""

    def _unanswered_texts(self, row: QueueRow) -> tuple[str, ...]:
        return unanswered_texts(row, self.thread.entries if self.thread.conversation_id == row.id else ())

    # What is seen

    @property
    def is_narrow(self) -> bool:
        """Whether only one pane is seen at a time."""
        return self.size.width < MIDDLE

    @property
    def is_writing(self) -> bool:
        """Whether the composer is open."""
        return self.composer.conversation_id is not None

    @property
    def follows_cursor(self) -> bool:
        """Whether thread and snippets are seen beside the queue."""
        return not self.is_narrow

    @property
    def now(self) -> datetime:
        """The desk's time."""
        return self.desk.now()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the panes out for the new width."""
        self.arrange_panes()

    def arrange_panes(self) -> None:
        """Show the panes that belong on the screen now, in the layout of its width."""
        width = self.size.width
        layout = "wide" if width >= WIDE else "middle" if width >= MIDDLE else "narrow"
        focused = self.focused_pane
        classes = {f"-{name}": name == layout for name in ("wide", "middle", "narrow")}
        # Only where one pane is seen at a time: a class that changes has all of the screen painted again.
        classes |= {f"-at-{name}": layout == "narrow" and name == focused for name in self.PANE_WORDS}
        # At once: the styles of every pane are computed anew for each change of a class.
        is_browsing = focused == "snippets" and not self.is_writing
        self.update_classes({**classes, "-writing": self.is_writing, "-browsing": is_browsing})
        first, then = (self.snippets, self.composer) if layout == "wide" else (self.composer, self.snippets)
        panes = self.query_one("#panes")
        if panes.children.index(then) != panes.children.index(first) + 1:
            panes.move_child(then, after=first)
        seen = ("queue", "thread", focused)
        names = [name for name in self.PANE_WORDS if self.is_writing or name in seen]
        shown = [(self.PANE_WORDS[name], name == focused) for name in names]
        self.key_bar.show_panes(shown if layout == "narrow" else ())

    # What the keys go to

    @property
    def focused_pane(self) -> str:
        """Name of the pane that has the focus."""
        for name in ("composer", "snippets", "thread"):
            if getattr(self, name).has_focus_within:
                return name
        return "queue"

    @property
    def pane_of_keys(self) -> str:
        """Name of the pane whose commands the keys are now."""
        return "filter" if self.filter_line.has_focus_within else self.focused_pane

    @property
    def is_in_list(self) -> bool:
        """Whether letters are commands: the focus is in the queue or the thread, and no question is open."""
        return self.app.screen is self and (self.queue.has_focus or self.thread.has_focus)

    @property
    def target(self) -> int | None:
        """The conversation that a command is about: the one in the pane that has the focus."""
        focused = self.focused_pane
        if focused == "thread":
            return self.thread.conversation_id
        return self.composer.conversation_id if focused in ("composer", "snippets") else self.queue.cursor

    def go_to_pane(self, name: str) -> None:
        """Put the focus into a pane and show it."""
        if name == "composer":
            self.composer.focus_editor()
        elif name == "snippets":
            self.snippets.focus_search()
        else:
            self.query_one(f"#{name}").focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """At a small width the pane with the focus is the one that is seen."""
        self._pane_at_work = self.focused_pane
        self.arrange_panes()

    def watch_focused(self, focused: Widget | None) -> None:
        """Somebody has the focus as long as the terminal has it: a widget that was hidden for a moment takes it away
        with it, also behind the next one that was given it."""
        if focused is None and self.is_mounted:
            self.call_later(self._give_focus_back)

    def _give_focus_back(self) -> None:
        if self.focused is None and self.app.app_focus:
            is_there = self.is_writing or self._pane_at_work not in ("composer", "snippets")
            self.go_to_pane(self._pane_at_work if is_there else "queue")

    def focus_next_pane(self, by: int = 1) -> None:
        """Go on to the next pane in the order of the key bar."""
        names = ["queue", "thread", *(("composer", "snippets") if self.is_writing else ())]
        place = names.index(self.focused_pane) if self.focused_pane in names else 0
        self.go_to_pane(names[(place + by) % len(names)])

    def node_of(self, pane: str) -> Widget | None:
        """The node whose actions a pane's commands are; None for those of the app."""
        panes: dict[str, Widget] = {
            "queue": self.queue,
            "thread": self.thread,
            "list": self,
            "composer": self.composer,
            "snippets": self.snippets,
        }
        return panes.get(pane)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the role of the agent has the right to a command; without it the key is not there."""
        command_id = _LIST_ACTIONS.get(action)
        return command_id is None or self.may_now(command_id)

    def may_now(self, command_id: str) -> bool:
        """Whether the agent has the right to a command: about a conversation at its account, else in their own role."""
        if command_id in _FOR_EVERYBODY:
            return True
        verb = BY_ID[command_id].verb
        if command_id in _ABOUT_NOTHING:
            return self.desk.may_somewhere(verb)
        is_about_one = self.desk.has_roles_by_account and verb is not Verb.EDIT_SNIPPET
        return self.desk.may(verb, self.account_of(self.target) if is_about_one else None)

    def account_of(self, id: int | None) -> str | None:
        """The account of a conversation that is on the screen."""
        return None

    # What is said

    def say(self, sentence: str, *, is_error: bool = False, wraps: bool = False) -> None:
        """Show a sentence in the status line for a while; with `wraps` to its end."""
        self._said_at_s = self.now_s()
        self.status.say(sentence, is_error=is_error, wraps=wraps)
        self.set_timer(SENTENCE_S, self._be_silent)

    def _be_silent(self) -> None:
        if self.now_s() - self._said_at_s >= SENTENCE_S - 0.5:
            self.status.be_silent()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Nothing fails unseen: a sentence for what the record refuses, the program's end for anything else."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if isinstance(error, StoreError | NotAllowed):
            self.say(str(error), is_error=True, wraps=True)
            self.work_failed(event.worker.group)
        elif error is not None:
            raise error

    def work_failed(self, group: str) -> None:
        """A worker of this group was ended by the record."""
