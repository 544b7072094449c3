"""The palette: every command that the table has for where the agent is, and the themes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from careconsole.console.commands import BY_ID, CHAINS, COMMANDS, Command, keys_in_words
from careconsole.console.desk_screen import DeskScreen

if TYPE_CHECKING:
    from careconsole.console.app import CareConsole

Entry = tuple[str, str, str, IgnoreReturnCallbackType]
"""Words, key, help, and what it does."""


class TableProvider(Provider):
    """Offers the commands that work where the focus was, each with its key, and every theme."""

    @property
    def _console(self) -> CareConsole:
        from careconsole.console.app import CareConsole

        assert isinstance(self.app, CareConsole)
        return self.app

    def _entries(self) -> Iterator[Entry]:
        console = self._console
        screen = self.screen
        offered: dict[str, tuple[Command, str]] = {}
        if isinstance(screen, DeskScreen):
            for command in COMMANDS:
                if command.pane in CHAINS[screen.focused_pane] and screen.may_now(command.id):
                    first, keys = offered.get(command.label, (command, ""))
                    more = keys_in_words(command, console.remapped)
                    offered[command.label] = first, f"{keys}, {more}" if keys else more
            offered.pop(BY_ID["app.palette"].label, None)
            for label, (command, keys) in offered.items():
                yield label, keys, command.help, partial(console.run_from_palette, screen, command, keys)
            for name, query in screen.views.items():
                yield f"View: {name}", "", f"Show what is found by {query}.", partial(screen.show_view, name)
        for name in console.themes.by_name:
            yield f"Theme: {name}", "", "Use these colours from now on.", partial(console.choose_theme, name)

    async def discover(self) -> Hits:
        """Everything there is, before a letter is typed."""
        for words, key, help, act in self._entries():
            yield DiscoveryHit(_with_key(words, key), act, text=words, help=help)

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """What has the letters of the query, in its words or its help."""
        matcher = self.matcher(query)
        for words, key, help, act in self._entries():
            named, helped = matcher.match(words), matcher.match(help)
            if named or helped:
                # What is called so comes before what only speaks of it.
                score = 0.5 + named / 2 if named else helped / 2
                yield Hit(score, _with_key(words, key), act, text=words, help=help)


def _with_key(words: str, key: str) -> Content:
    return Content.assemble(words, (f"  {key}", "bold $accent")) if key else Content(words)
