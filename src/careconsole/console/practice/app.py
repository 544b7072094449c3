"""The console of a practice run: the agent's own, marked on every screen, with a clock that can stand still."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual import events, work
from textual.command import CommandPalette
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import WorkerError

from careconsole.console.app import CareConsole
from careconsole.console.commands import BY_ID, Command, bindings, keys_in_words
from careconsole.console.desk_screen import DeskScreen
from careconsole.console.editor import Edited, NotEdited
from careconsole.console.ending import IN_ORDER_S
from careconsole.console.help_screen import HelpScreen
from careconsole.console.opening import ConsoleOpening
from careconsole.console.practice.desk_screen import PracticeScreen
from careconsole.console.practice.ending import END, end_question
from careconsole.console.practice.frame import WORD, PauseScreen, TrainingLine, frame_words
from careconsole.console.practice.keys import Entry, KeyLog
from careconsole.desk import reading, routing
from careconsole.desk.desk import Desk
from careconsole.desk.opening import sign_off
from careconsole.desk.practice.drill import hint
from careconsole.desk.practice.isolation import starting_a_program
from careconsole.desk.practice.practice import Practice
from careconsole.snippets.loading import Shelf

EDITING = frozenset(
    "enter backspace delete left right up down home end pageup pagedown ctrl+left ctrl+right ctrl+w ctrl+backspace".split()
)
"""Keys that change a text or move in it."""
LOOK_EVERY_S = 0.5
"""How often, by the hand's clock, the frame tells the time and it is looked whether the run is over."""


class TrainingConsole(CareConsole, inherit_bindings=False):
    """The console over the customers of a scenario."""

    CSS_PATH = "../console.tcss"
    BINDINGS = [*CareConsole.BINDINGS, *bindings("practice")]

    def __init__(
        self,
        desk: Desk,
        opening: ConsoleOpening,
        practice: Practice,
        *,
        log: KeyLog | None = None,
        edits: list[Entry] | None = None,
        on_end: Callable[[TrainingConsole], Awaitable[None]] | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        """`log` keeps what is pressed; `edits` is what the editor outside gave in a run that is repeated. `on_end`
        shows what came of the run."""
        self.practice = practice
        self._key_log, self._edits = log, edits
        self._on_end = on_end
        self._has_ended = False
        self._from_palette: Counter[str] = Counter()
        super().__init__(desk, opening, driver_class=driver_class)

    def make_screen(self, desk: Desk, shelf: Shelf, *, runs: bool) -> DeskScreen:
        """The same screen, by the clock of the run."""
        clock = self.practice.clock
        screen = PracticeScreen(
            desk,
            shelf,
            self.opening.watch,
            self.opening.rules_from,
            word=frame_words(clock),
            now_s=clock.went_s,
            runs=runs,
            runner_of=self.practice.runner,
            on_alert=self.show_alert,
        )
        screen.undo_now_s = lambda: clock.virtual_s
        screen.queue.hand_span_s = clock.shown_span_s
        return screen

    def on_mount(self) -> None:
        """Tell the time."""
        super().on_mount()
        self.set_interval(LOOK_EVERY_S, self.look_at_clock)

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Keep what comes from outside; where the focus of the window is makes no difference."""
        if isinstance(event, events.AppBlur | events.AppFocus):
            return
        if isinstance(event, events.Key | events.Paste | events.Resize) and not event.is_forwarded:
            event.time = asyncio.get_running_loop().time()
            if self._key_log is not None and not self._has_ended:
                now = self.practice.clock.now().isoformat()
                self._key_log.note(event.time, now, event, is_text=self._is_text(event))
        await super().on_event(event)

    def _is_text(self, event: events.Event) -> bool:
        """Whether a key writes or changes text where the focus is; what is typed into the palette finds a command."""
        if not isinstance(event, events.Key) or isinstance(self.screen, CommandPalette):
            return False
        return isinstance(self.focused, TextArea | Input) and (event.is_printable or event.key in EDITING)

    async def run_from_palette(self, screen: DeskScreen, command: Command, keys: str) -> None:
        """Do it, count it, and say its key to who takes it from the palette again and again."""
        await super().run_from_palette(screen, command, keys)
        if not keys or self._has_ended:
            return
        if self._key_log is not None:
            now = self.practice.clock.now().isoformat()
            taken = [command.id, command.label, keys]
            self._key_log.write(asyncio.get_running_loop().time(), now, "palette", taken)
        self._from_palette[command.id] += 1
        sentence = hint(command.label, keys, self._from_palette[command.id])
        if sentence and not screen.status.is_error:
            screen.say(sentence)

    async def keep_edit(self, edit: Callable[[], Awaitable[Edited | NotEdited]]) -> Edited | NotEdited:
        """Let the agent write in their own editor; in a run that is repeated, what they wrote then."""
        loop = asyncio.get_running_loop()
        if self._edits is not None:
            if not self._edits:
                return NotEdited("Nothing was written outside.")
            entry = self._edits.pop(0)
            await asyncio.sleep(max(0.0, entry.at_s - loop.time()))
            return Edited(*entry.value) if isinstance(entry.value, list) else NotEdited(str(entry.value))
        with starting_a_program():
            edited = await edit()
        value: Any = [edited.text, edited.left_out] if isinstance(edited, Edited) else edited.sentence
        if self._key_log is not None:
            self._key_log.write(loop.time(), self.practice.clock.now().isoformat(), "edited", value)
        return edited

    # The frame

    def push_screen(self, screen: Any, *arguments: Any, **more: Any) -> Any:
        """Whatever lies over the desk says that this is practice."""
        pushed = super().push_screen(screen, *arguments, **more)
        if isinstance(screen, Screen) and not isinstance(screen, DeskScreen | PauseScreen):
            screen.call_later(self._frame, screen)
        return pushed

    def frame_words(self) -> str:
        """TRAINING with the virtual time and its speed, or that it stands or is over."""
        return f"{WORD} · the run is over" if self._has_ended else frame_words(self.practice.clock)

    async def _frame(self, screen: Screen[Any]) -> None:
        if screen.is_attached:
            await screen.mount(TrainingLine(self.frame_words), before=0)

    def look_at_clock(self) -> None:
        """Tell the time on every screen; end the run when it is over."""
        for screen in self.screen_stack:
            for line in screen.query(TrainingLine):
                line.look_again()
        if not self._has_ended:
            self.desk_screen.title_bar.show_word(self.frame_words())
            if self.practice.is_time_over and not self.practice.clock.is_paused:
                self.end_if_nothing_waits()

    def action_pause(self) -> None:
        """Let every clock stand, until the key is pressed again."""
        if isinstance(self.screen, PauseScreen):
            self.screen.dismiss(None)
        if self._has_ended or self.practice.clock.is_paused:
            return
        clock = self.practice.clock
        clock.pause()

        def go_on(_: None) -> None:
            clock.go_on()
            self.look_at_clock()

        self.look_at_clock()
        self.push_screen(PauseScreen(self.frame_words), go_on)

    def action_help(self) -> None:
        """Show the keys that work now."""
        if self.screen is self.desk_screen:
            pane, may = self.desk_screen.pane_of_keys, self.desk_screen.may_now
            self.push_screen(HelpScreen(pane, may, self.remapped, more=("practice",)))

    # The end

    def ask_end(self) -> None:
        """Ask whether the run is to end."""
        if not any(worker.group == "leaving" and worker.is_running for worker in self.workers):
            self._ask_end()

    @work(group="leaving", exclusive=True, exit_on_error=False)
    async def _ask_end(self) -> None:
        counts = await reading.counts(self.desk_screen.desk)
        if await self.push_screen_wait(end_question(counts.waiting)) == END:
            await self.end()

    @work(group="over", exclusive=True, exit_on_error=False)
    async def end_if_nothing_waits(self) -> None:
        """The time of the scenario is over: end the run once nobody waits, and half an hour later in any case."""
        desk = self.desk_screen.desk
        if self.practice.is_long_over:
            if self.screen is self.desk_screen:
                await self.end()
            return
        if await self.practice.anything_waits(desk):
            if not self.desk_screen.status.sentence:
                key = keys_in_words(BY_ID["list.quit"], self.remapped)
                self.desk_screen.say(f"The time is over. Answer who still waits, or end the run with {key}.")
        elif self.screen is self.desk_screen and not self.desk_screen.is_writing:
            await self.end()

    async def end(self) -> None:
        """Put everything in order, note what came of it, and show it."""
        if self._has_ended:
            return
        self._has_ended = True
        screen, desk = self.desk_screen, self.desk_screen.desk
        self.practice.clock.pause()
        screen.composer.flush()
        screen.end_attention()
        await asyncio.sleep(0.05)  # what is handed out is taken up
        writes = [worker for worker in screen.workers if worker.group == "writes"]
        with suppress(TimeoutError, WorkerError):
            await asyncio.wait_for(screen.workers.wait_for_complete(writes), IN_ORDER_S)
        for worker in [worker for worker in screen.workers if worker.group == "runner"]:
            worker.cancel()
            with suppress(WorkerError):
                await worker.wait()
        for id in await routing.mine(desk):
            await routing.release(desk, id, screen.fences.get(id))
        await sign_off(desk)
        await self.practice.note_end(desk)
        if self._key_log is not None:
            self._key_log.close()
        try:
            if self._on_end is not None:
                await self._on_end(self)
        finally:
            self.exit()
