"""The debrief of a past run as a program of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.driver import Driver
from textual.screen import Screen

from careconsole.console.crash_report import CrashReporting
from careconsole.console.ending import ENDED_BY, HUNG_UP, until_end
from careconsole.console.painting import AddressedScreen
from careconsole.console.practice.debrief_screen import DebriefScreen, Told
from careconsole.console.themes import Themes, load_themes, remembered_theme, variable_defaults
from careconsole.settings.bundled import bundled
from careconsole.settings.faults import SettingsError


class DebriefApp(CrashReporting, inherit_bindings=False):
    """Shows a debrief, and ends with it."""

    CSS_PATH = "../console.tcss"
    BINDINGS = []
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, told: Told, themes: Themes, theme: str, *, driver_class: type[Driver] | None = None
    ) -> None:
        super().__init__(driver_class=driver_class)
        self.told = told
        self._themes, self._theme = themes, theme

    def get_default_screen(self) -> Screen[object]:
        """An empty one below the debrief."""
        return AddressedScreen()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours that a theme file need not name."""
        return variable_defaults(self.current_theme.dark)

    def on_load(self) -> None:
        """Take the theme."""
        for theme in self._themes.by_name.values():
            self.register_theme(theme)
        self.theme = self._theme

    def on_mount(self) -> None:
        """Show it; who goes back ends the program."""
        self.push_screen(DebriefScreen(self.told), lambda _: self.exit())


def run_debrief(told: Told, home: Path, theme: str | None) -> int:
    """Show a debrief until somebody leaves it; the exit code. Raises SettingsError at the start."""
    themes = load_themes([bundled("themes"), home / "themes"])
    if theme is not None and theme not in themes.by_name:
        raise SettingsError(themes.why_not(theme))
    app = DebriefApp(told, themes, themes.first_known(theme, remembered_theme(home)))
    end = asyncio.run(until_end(app, lambda in_order: in_order.set()))
    if end is None:
        return app.return_code or 0
    return ENDED_BY + end if end is not HUNG_UP else ENDED_BY
