"""The wallboard as a program: its own, over a record that is open for reading only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from textual.driver import Driver

from careconsole.console.commands import keymap
from careconsole.console.crash_report import CrashReporting
from careconsole.console.ending import ENDED_BY, HUNG_UP, until_end
from careconsole.console.themes import Themes, load_themes, remembered_theme, variable_defaults
from careconsole.console.wallboard.screen import WallboardScreen
from careconsole.desk.opening import open_desk
from careconsole.desk.reporting.watching import Watched, watch
from careconsole.model.instant import to_us
from careconsole.settings.bundled import bundled
from careconsole.settings.document import Document
from careconsole.settings.faults import SettingsError


class Wallboard(CrashReporting, inherit_bindings=False):
    """One screen that looks."""

    CSS_PATH = "../console.tcss"
    BINDINGS = []
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        watched: Watched,
        targets: Mapping[str, float],
        themes: Themes,
        theme: str,
        *,
        keys: Mapping[str, str] | None = None,
        begins_us: Callable[[int], int] | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        """`keys`: those that the settings have moved; `begins_us`: when the window of a moment begins."""
        super().__init__(driver_class=driver_class)
        self.remapped = keys or {}
        self._themes, self._theme = themes, theme
        self.wall = WallboardScreen(watched, targets, begins_us)

    def get_default_screen(self) -> WallboardScreen:
        """The wall."""
        return self.wall

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours that a theme file need not name."""
        return variable_defaults(self.current_theme.dark)

    def on_load(self) -> None:
        """Take the theme."""
        for theme in self._themes.by_name.values():
            self.register_theme(theme)
        self.theme = self._theme
        self.set_keymap(keymap(self.remapped))


def run_wallboard(
    home: Path, agent: str, document: Document, begins_us: Callable[[int], int], theme: str | None
) -> int:
    """Show the wallboard until somebody quits; the exit code. Raises StoreError and SettingsError at the start.

    `begins_us`: when the window of a moment begins.
    """
    themes, chosen = theme_of(home, theme)
    return asyncio.run(_run(home, agent, document, begins_us, themes, chosen))


def theme_of(home: Path, theme: str | None) -> tuple[Themes, str]:
    """The themes there are and the one to show, which is the one that is asked for. Raises SettingsError."""
    themes = load_themes([bundled("themes"), home / "themes"])
    if theme is not None and theme not in themes.by_name:
        raise SettingsError(themes.why_not(theme))
    return themes, themes.first_known(theme, remembered_theme(home))


async def _run(
    home: Path, agent: str, document: Document, begins_us: Callable[[int], int], themes: Themes, theme: str
) -> int:
    async with open_desk(home, agent=agent, read_only=True) as desk:
        watched = watch(desk.store, begins_us(to_us(desk.now())))
        targets, keys = document.wall_targets, document.keys
        app = Wallboard(watched, targets, themes, theme, keys=keys, begins_us=begins_us)
        end = await until_end(app, _nothing_to_save)
    if end is None:
        return app.return_code or 0
    return ENDED_BY + end if end is not HUNG_UP else ENDED_BY


def _nothing_to_save(in_order: asyncio.Event) -> None:
    in_order.set()
