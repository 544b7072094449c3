"""The desk: keys reach their commands, the record is followed, and nobody leaves with something unsaid."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from textual import events, work
from textual.timer import Timer
from textual.worker import Worker

from careconsole.console.alerts import Alerts, title_words
from careconsole.console.burst import Verdict
from careconsole.console.commands import BY_ID, CHAINS, COMMANDS, Command, keys_in_words, keys_of
from careconsole.console.first_screen import FIRST_LINES
from careconsole.console.hand_clock import hand_s
from careconsole.console.key_order import OrderedKeys
from careconsole.console.leaving import LAST_SENDS_S, Leaving
from careconsole.console.list_keys import ListKeys
from careconsole.console.own_languages import own_languages
from careconsole.console.teamwork import news_words
from careconsole.desk import reading, replies, routing
from careconsole.desk.allowing import refusal
from careconsole.desk.desk import Desk
from careconsole.desk.rules import Rules, take_up
from careconsole.desk.runner import Runner
from careconsole.desk.vectors import OpenEncoder
from careconsole.model.key_names import key_name, latin
from careconsole.model.text_gate import safe_line
from careconsole.settings.document import Document
from careconsole.settings.roles import RolesWatch
from careconsole.settings.watching import LeftAlone, PickedUp, Watch
from careconsole.snippets.loading import Shelf
from careconsole.store.rows import QueueRow
from careconsole.store.team import NewsKind

WATCH_EVERY_S = 2.0
OUTCOME_S = 3.0
"""How long keys wait at most to learn whether the command before them moves the focus."""
LOOK_AT_WORK_S = 0.005
MOVING_GROUPS = frozenset({"writes", "questions", "leaving"})
"""Workers that commands start, at whose end the focus may be elsewhere."""

RUN_S = 0.4
"""A letter so soon behind another one, cursor keys apart, may be part of a word."""


class Pressed(NamedTuple):
    """A letter that waits."""

    command: Command | None
    target: int | None
    """The conversation that the command is about."""
    key: events.Key
    in_a_run: bool
    """Whether another letter came right before it."""


MOVEMENTS = frozenset(
    f"{pane}.{way}"
    for pane in ("queue", "thread")
    for way in ("down", "up", "page_down", "page_up", "top", "bottom")
)
"""Commands that are pressed in quick succession with others, and change nothing."""


class DeskScreen(Leaving):
    """Queue, thread, reply and snippets with everything that goes on behind them."""

    def __init__(
        self,
        desk: Desk,
        shelf: Shelf,
        watch: Watch,
        rules_from: Callable[[Document], Rules],
        *,
        word: str = "",
        now_s: Callable[[], float] = hand_s,
        runs: bool = True,
        roles: RolesWatch | None = None,
        runner_of: Callable[..., Runner] = Runner,
        encoder_of: OpenEncoder | None = None,
        on_alert: Callable[[str, bool], None] = lambda title, rings: None,
    ) -> None:
        """`runs` is whether this process polls and sends, `runner_of` makes what does; `encoder_of` opens what makes
        vectors, if there is anything; `on_alert` gets the words of the title, and whether to ring."""
        super().__init__(desk, shelf.load(), now_s=now_s, rest_s=watch.document.rest_ms / 1000, word=word)
        self.fences = {}
        self.shelf = shelf
        self._letting_go = set()
        self._window_ends_s = {}
        self._draft_at_us = {}
        self._unsaved = {}
        self._watch, self._rules_from = watch, rules_from
        self._keys = watch.document.keys
        self.views = watch.document.views
        self._runs, self._runner_of, self.encoder_of = runs, runner_of, encoder_of
        self._roles = roles
        desk.look_at_roles = self.look_at_roles
        self._has_begun_work = False
        self._runner: Runner | None = None
        self._letters: ListKeys[Pressed] = ListKeys(now_s)
        self._letter_at_s = float("-inf")
        self._guard_timer: Timer | None = None
        self._alerts = Alerts(now_s)
        self._on_alert = on_alert
        self._meanings = {focus: self._meanings_in(focus) for focus in ("queue", "thread")}

    def on_mount(self) -> None:
        """Begin to follow the record, and to work in the background."""
        self.status.warning = self.desk.store.warning
        self._read_languages(self._watch.document)
        self.queue.focus()
        self.arrange_panes()
        self.follow_store()
        self.take_up()
        self.note_key()
        self.set_interval(WATCH_EVERY_S, self.look_at_settings)
        if self._roles is not None:
            self.set_interval(WATCH_EVERY_S, self.look_at_roles)

    # Keys

    def _meanings_in(self, focus: str) -> dict[str, Command]:
        commands = [command for command in COMMANDS if command.pane in CHAINS[focus]]
        return {key: command for command in commands for key in keys_of(command, self._keys)}

    async def on_key(self, event: events.Key) -> None:
        """In the lists letters are commands: what changes the record waits out a burst of typing."""
        self.touch_attention()
        if not self.is_in_list:
            if event.is_printable and self._order.key_reader in (self.queue, self.thread):
                # The focus moved while it came up from the list.
                event.stop()
                event.prevent_default()
                self._order.put_first([event])
            return
        self.queue.touch()
        if not event.is_printable or event.character is None:
            return
        event.stop()
        event.prevent_default()
        command = self._meanings[self.focused_pane].get(key_name(latin(event.character)))
        at_once = command is not None and not command.is_guarded
        # What only moves overtakes a letter that waits; what opens something may be the first of a word behind it.
        at_once = at_once and (not self._letters.waits or (command is not None and command.id in MOVEMENTS))
        pressed = Pressed(command, self.target, event, self._runs_on(command))
        verdict = self._letters.press(event.key, pressed, acts_at_once=at_once)
        if verdict is Verdict.ACT_NOW:
            await self._do(pressed._replace(target=None))
        elif verdict is Verdict.DROP:
            self.say(f"typing? press {keys_in_words(BY_ID['list.reply'], self._keys)} to reply")
        self._wait_for_guard()

    def on_paste(self, event: events.Paste) -> None:
        """A paste into a list does nothing."""
        if self.is_in_list:
            event.stop()
            self.queue.touch()
            self._letters.drop()
            self.say(f"typing? press {keys_in_words(BY_ID['list.reply'], self._keys)} to reply")

    def _wait_for_guard(self) -> None:
        if self._guard_timer is not None:
            self._guard_timer.stop()
            self._guard_timer = None
        wait_s = self._letters.next_due_in_s()
        if wait_s is not None:
            self._guard_timer = self.set_timer(wait_s, self._release_key)

    async def _release_key(self) -> None:
        self._guard_timer = None
        if (pressed := self._letters.take_due()) is None:
            self._wait_for_guard()
        else:
            await self._do(pressed)

    def _runs_on(self, command: Command | None) -> bool:
        """Whether a letter comes so soon behind another one that both may be part of a word."""
        if command is not None and command.id in MOVEMENTS:
            return False
        before_s, self._letter_at_s = self._letter_at_s, self.now_s()
        return self._letter_at_s - before_s < RUN_S

    async def _do(self, pressed: Pressed) -> None:
        """Do the command of a letter; the keys behind it wait until it is known where the focus goes."""
        before = set(self.workers)
        if pressed.command is not None and not self._refused(pressed.command):
            self.in_a_run = pressed.in_a_run
            await self.run_command(pressed.command, pressed.target)
            self.in_a_run = False
        begun = [each for each in self.workers if each not in before and each.group in MOVING_GROUPS]
        self._look_at_work(begun, self.now_s() + OUTCOME_S)

    def _refused(self, command: Command) -> bool:
        """Whether the agent has no right to a command, whose key is hidden; then it is said."""
        if self.may_now(command.id):
            return False
        self.say(refusal(self.desk, command.verb, self.account_of(self.aim)), is_error=True)
        return True

    def _look_at_work(self, begun: list[Worker[object]], until_s: float) -> None:
        is_busy = any(not worker.is_finished for worker in begun)
        if is_busy and self.is_in_list and self.now_s() < until_s:
            self.set_timer(LOOK_AT_WORK_S, partial(self._look_at_work, begun, until_s))
        else:
            # The focus moves by a message of the app's: behind it one sees where it went.
            self.app.call_later(self._work_done)

    def _work_done(self) -> None:
        self._order.put_first([each.key for each in self._letters.done(is_in_list=self.is_in_list)])
        self._wait_for_guard()

    @property
    def is_at_work(self) -> bool:
        """Whether the command of a letter may still move the focus."""
        return self._letters.is_at_work

    @property
    def _order(self) -> OrderedKeys[int]:
        assert isinstance(self.app, OrderedKeys)
        return self.app

    async def run_command(self, command: Command, target: int | None = None) -> None:
        """Do a command; `target` is the conversation it is about if that was fixed before."""
        node = self.node_of(command.pane)
        self.aimed_at = target
        try:
            await self.app.run_action(command.name, self.app if node is None else node)
        finally:
            self.aimed_at = None

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.focus_next_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self.focus_next_pane(-1)

    def on_screen_suspend(self) -> None:
        """A question lies over the desk: nothing may move below it."""
        self.queue.is_frozen = True

    def on_screen_resume(self) -> None:
        """The question is answered."""
        self.queue.is_frozen = False
        self.thread.look()

    # What goes on behind

    @work(group="runner", exclusive=True, exit_on_error=False, description="poll, send, keep claims")
    async def run_desk(self) -> None:
        """Poll the accounts, deliver replies, keep the claims of this console."""
        self._runner = self._runner_of(
            self.desk,
            open_conversation=lambda: self.thread.conversation_id,
            on_lost=self._lost,
            on_damage=self._damaged,
            encoder_of=self.encoder_of,
        )
        await self._runner.run()

    @work(group="writes", exit_on_error=False, description="take up what was kept")
    async def take_up(self) -> None:
        """What I kept when I left is mine again; what was lost meanwhile is named."""
        found = await routing.take_up(self.desk)
        self.fences |= found.fences
        told = await self.hear_news(found.went)
        words = [news_words(told)] if told else []
        is_error = any(news.kind is NewsKind.TAKEN for news, _ in told)
        if lost := await reading.queue_rows(self.desk, found.lost):
            words.insert(0, f"No longer yours, you were away too long: {_names(row.handle for row in lost)}")
            is_error = True
        elif not self.status.sentence:
            if number := len(found.fences):
                words.insert(0, f"Yours as before: {number} conversation{'s' * (number != 1)}")
            not_sent = [draft.handle for draft in await replies.my_drafts(self.desk) if draft.not_sent]
            if not_sent:
                drafts = self.key("list.drafts")
                words.insert(0, f"Not sent, a draft again ({drafts} lists them): {_names(not_sent)}")
                is_error = True
        if words and (is_error or not self.status.sentence):
            self.say(". ".join(words), is_error=is_error)

    def work_failed(self, group: str) -> None:
        """Begin again what must go on."""
        super().work_failed(group)
        if group == "runner":
            self.set_timer(LAST_SENDS_S, self.run_desk)

    def _damaged(self, sentence: str) -> None:
        """The record is damaged: it can be read as far as it goes, but nothing is written to it."""
        self.status.warning = self.status.short_warning = "damaged desk: nothing is written"
        self.say(
            f"{sentence} Until then nothing is written; it can still be read.", is_error=True, wraps=True
        )

    def _lost(self, ids: list[int]) -> None:
        for id in ids:
            self.fences.pop(id, None)
        rows = [row for id in ids if (row := self.row_of(id)) is not None]
        names = ", ".join(f"@{row.handle}" for row in rows) or f"{len(ids)} conversations"
        self.say(
            f"Claim ended, {self.key('list.claim')} takes it again if it is free: {names}", is_error=True
        )

    async def look_at_network(self, row: QueueRow) -> None:
        """Look for edits and deletions of the open thread."""
        if self._runner is not None:
            await self._runner.look_at(row.account_id, row.id)

    def looked(self) -> None:
        """Count down, ring, and say how to begin where there is nothing."""
        super().looked()
        if self._runs and not self._has_begun_work:
            self._has_begun_work = True
            self.call_after_refresh(self.run_desk)
        if self.counts is None:
            return
        self.say_empty()
        self.ring()

    def ring(self, *, has_news: bool = False) -> None:
        """Show the counts in the title, and ring if there is anything to ring for."""
        if self.counts is None:
            return
        rows = self.queue.shown.rows.values()
        mine = {row.id: row.unanswered for row in rows if row.claimed_by == self.desk.agent}
        rings = self._alerts.rings(self.counts, mine, has_news=has_news)
        self._on_alert(title_words(self.counts), rings)

    def say_empty(self) -> None:
        """Say that nothing is found, that nobody waits, or how to begin."""
        has_begun = bool(self.accounts) or self.queue.shown.order
        nothing = f"Nothing is found. {self.key('queue.whole')} shows the whole queue again."
        whole = ("Nobody waits.",) if has_begun else FIRST_LINES
        self.queue.show_empty((nothing,) if self.asked else whole)

    # Settings

    def look_at_settings(self) -> None:
        """Take up a changed settings file; a broken one leaves the old settings in force."""
        found = self._watch.look()
        if isinstance(found, LeftAlone):
            # The folder is the home of this desk: it only pushes out what is wrong.
            sentence = found.sentence.replace(f"{self._watch.path.parent}{os.sep}", "")
            self.say(sentence, is_error=True, wraps=True)
        elif isinstance(found, PickedUp):
            self._take_settings(found.document)

    def look_at_roles(self) -> None:
        """Take up a changed roles file; a broken one, or one that is gone, leaves the old roles in force."""
        found = self._roles.look() if self._roles is not None else None
        if self._roles is None or found is None:
            return
        if isinstance(found, LeftAlone):
            sentence = found.sentence.replace(f"{self._roles.path.parent}{os.sep}", "")
            self.say(sentence, is_error=True, wraps=True)
            return
        self.desk.take_roster(found, is_shut_out=self._roles.is_shut_out)
        self.refresh_bindings()
        if self.desk.is_shut_out:
            self.say(f"{self._roles.path.name} read: you are no longer on it.", is_error=True)
        else:
            person = self.desk.person
            elsewhere = {} if person is None else person.role_at
            more = "".join(f", {role.value} at {account}" for account, role in sorted(elsewhere.items()))
            self.say(f"{self._roles.path.name} read: your role is {self.desk.role.value}{more}.")

    @work(group="settings", exclusive=True, exit_on_error=False, description="take changed settings")
    async def _take_settings(self, document: Document) -> None:
        rules = self._rules_from(document)
        self.shelf.has_builtin = document.has_builtin_snippets
        moved = await take_up(self.desk, rules)
        self.rest_s = document.rest_ms / 1000
        self._read_languages(document)
        self.views = document.views
        keys = " Keys change at the next start." if document.keys != self._keys else ""
        items = "item has" if moved == 1 else "items have"
        self.say(f"Settings read: {moved} open {items} another place.{keys}")

    def _read_languages(self, document: Document) -> None:
        own = own_languages(document.languages, os.environ)
        self.queue.read_languages(own)
        self.thread.read_languages(own)
        self.snippets.read_languages(own)


def _names(handles: Iterable[str]) -> str:
    return ", ".join(f"@{safe_line(handle).text}" for handle in handles)
