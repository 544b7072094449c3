"""The console as a program: wires the desk, the settings and the themes to the screen."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.command import CommandPalette
from textual.driver import Driver

from careconsole.console.alerts import TerminalTitle, has_title
from careconsole.console.answering import LOOK_EVERY_S
from careconsole.console.choosing import Choosing
from careconsole.console.commands import BY_ID, Command, KeysError, bindings, keymap, keys_in_words
from careconsole.console.crash_report import CrashReporting
from careconsole.console.desk_screen import DeskScreen
from careconsole.console.ending import ENDED_BY, HUNG_UP, until_end
from careconsole.console.escape import part_escape
from careconsole.console.help_screen import HelpScreen
from careconsole.console.key_order import OrderedKeys
from careconsole.console.opening import ConsoleOpening, log_to, themes_of
from careconsole.console.palette import TableProvider
from careconsole.console.themes import (
    ThemeError,
    remember_theme,
    remembered_theme,
    variable_defaults,
)
from careconsole.desk.desk import Desk
from careconsole.desk.opening import open_desk, sign_off, sign_on
from careconsole.desk.rules import Rules
from careconsole.desk.suggesting import open_shelf
from careconsole.desk.vectors import opener
from careconsole.model.roster import OPEN
from careconsole.settings.bundled import bundled
from careconsole.settings.document import Document
from careconsole.settings.faults import SettingsError
from careconsole.settings.roles import RolesWatch
from careconsole.settings.watching import Watch
from careconsole.snippets.loading import Shelf

if TYPE_CHECKING:
    from careconsole.channels.recording import Recording


class CareConsole(CrashReporting, OrderedKeys[int], inherit_bindings=False):
    """The desk on the screen."""

    CSS_PATH = "console.tcss"
    BINDINGS = [*bindings("app"), Binding("ctrl+c", "say_how_to_quit", show=False, system=True)]
    COMMANDS = {TableProvider}
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        desk: Desk,
        opening: ConsoleOpening,
        *,
        driver_class: type[Driver] | None = None,
        runs: bool = True,
    ) -> None:
        """`runs` is whether this process polls and sends. Raises SettingsError for keys or a theme that cannot be."""
        part_escape()
        super().__init__(driver_class=driver_class)
        self.opening = opening
        self.remapped = opening.watch.document.keys
        self.themes = themes_of(opening)
        terminal = os.environ.get("TERM", "")
        self.title_of_terminal = TerminalTitle(opening.watch.document.has_title and has_title(terminal))
        self.not_sent = 0
        """How many replies that a dead console had held became drafts again at this start."""
        has_builtin = opening.watch.document.has_builtin_snippets
        shelf = open_shelf(
            opening.home, bundled("snippets"), has_builtin=has_builtin, patience_s=LOOK_EVERY_S
        )
        self.desk_screen = self.make_screen(desk, shelf, runs=runs)
        try:
            self._remapped_keymap = keymap(self.remapped)
        except KeysError as error:
            raise SettingsError(f"{opening.watch.path}: {error}") from error

    def make_screen(self, desk: Desk, shelf: Shelf, *, runs: bool) -> DeskScreen:
        """The screen of the desk."""
        return DeskScreen(
            desk,
            shelf,
            self.opening.watch,
            self.opening.rules_from,
            word="SAMPLE" if desk.is_sample else "",
            runs=runs,
            roles=self.opening.roles,
            encoder_of=opener(),
            on_alert=self.show_alert,
        )

    @property
    def is_at_work(self) -> bool:
        """Whether a command of the desk may still move the focus."""
        return self.desk_screen.is_at_work

    def get_default_screen(self) -> DeskScreen:
        """The desk is the only screen; questions lie over it."""
        return self.desk_screen

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours that a theme file need not name."""
        return variable_defaults(self.current_theme.dark)

    def on_load(self) -> None:
        """Take the themes and the keys of the settings."""
        for theme in self.themes.by_name.values():
            self.register_theme(theme)
        self.theme = self.themes.first_known(self.opening.theme, remembered_theme(self.opening.home))
        self.set_keymap(self._remapped_keymap)

    def on_mount(self) -> None:
        """Say what is broken, and look after the settings from now on."""
        if self.opening.theme is not None:
            self._remember(self.opening.theme)
        for broken in self.themes.broken:
            self.desk_screen.say(f"No theme: {broken}", is_error=True)
        if self.not_sent:
            number = f"{self.not_sent} repl{'y' if self.not_sent == 1 else 'ies'}"
            self.desk_screen.say(
                f"Not sent, drafts again (mark D): {number} of a console that died", is_error=True
            )
        self.title_of_terminal.save(self._write)

    async def on_event(self, event: events.Event) -> None:
        """Whatever is pressed, wherever: somebody is there."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.desk_screen.note_key()
        await super().on_event(event)

    # Commands everywhere

    async def action_quit(self) -> None:
        """Quit; asks only if something is held or claimed, or if text would be lost."""
        unsaved = [each for each in self.screen_stack if isinstance(each, Choosing) and each.has_unsaved]
        if not unsaved:
            self.desk_screen.leave()
        elif self.screen in unsaved:
            await self.run_action("leave", self.screen)

    def action_say_how_to_quit(self) -> None:
        """Ctrl+C belongs to copying."""
        self.desk_screen.say(f"{keys_in_words(BY_ID['app.quit'], self.remapped)} quits.")

    def action_palette(self) -> None:
        """Search all commands by their words."""
        if self.screen is self.desk_screen:
            self.push_screen(CommandPalette(placeholder="Search commands and themes"))

    async def run_from_palette(self, screen: DeskScreen, command: Command, keys: str) -> None:
        """Do a command that was chosen in the palette; `keys` is how its keys are written there."""
        await screen.run_command(command)

    def action_help(self) -> None:
        """Show the keys that work now."""
        if self.screen is self.desk_screen:
            self.push_screen(
                HelpScreen(self.desk_screen.pane_of_keys, self.desk_screen.may_now, self.remapped)
            )

    def action_withdraw(self) -> None:
        """Withdraw my newest reply that is still held."""
        self.desk_screen.action_withdraw()

    def choose_theme(self, name: str) -> None:
        """Use these colours from now on, in the next run too."""
        self.theme = name
        self._remember(name)

    def _remember(self, name: str) -> None:
        try:
            remember_theme(self.opening.home, name)
        except ThemeError as error:
            self.desk_screen.say(str(error), is_error=True)

    # Title and bell

    def show_alert(self, title: str, rings: bool) -> None:
        """Show the counts in the terminal's title; ring."""
        self.title_of_terminal.show(title, self._write)
        if rings and self.opening.watch.document.has_bell:
            self.bell()

    def _write(self, sequence: str) -> None:
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)


def run_console(
    *,
    home: Path,
    agent: str,
    watch: Watch,
    rules_from: Callable[[Document], Rules],
    theme: str | None = None,
    recording: Recording | None = None,
    speed: float = 1.0,
    roles: RolesWatch | None = None,
) -> int:
    """Open the console until the agent leaves; the exit code. Raises StoreError and SettingsError at the start."""
    opening = ConsoleOpening(home, agent, watch, rules_from, theme, recording, speed, roles)
    log_to(home / "logs")
    return asyncio.run(_run(opening))


async def _run(opening: ConsoleOpening) -> int:
    async with open_desk(
        opening.home,
        agent=opening.agent,
        rules=opening.rules_from(opening.watch.document),
        roster=OPEN if opening.roles is None else opening.roles.roster,
        create=True,
        recording=opening.recording,
        speed=opening.speed,
    ) as desk:
        console = CareConsole(desk, opening)
        console.not_sent = len(await sign_on(desk))
        try:
            end = await until_end(console, console.desk_screen.put_in_order)
            if end is not HUNG_UP:
                console.title_of_terminal.restore()
        finally:
            await sign_off(desk)
    if end is HUNG_UP:
        # Nothing can be written to a terminal that is gone: to try would stand still.
        os._exit(ENDED_BY + end)
    return (console.return_code or 0) if end is None else ENDED_BY + end
