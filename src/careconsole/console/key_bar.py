"""The keys that work now, on one line: one widget without children, so that nothing is left behind."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from careconsole.console.commands import BY_ID
from careconsole.console.line_pane import LinePane
from careconsole.model.key_names import key_words

LAST = "app.help"
"""The command that always has its place at the right end."""


class KeyBar(LinePane):
    """Shows the commands on the bar that are active where the focus is, as many as fit."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._panes: Sequence[tuple[str, bool]] = ()

    def on_mount(self) -> None:
        """Follow every change of the bindings."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.look_again())

    def on_resize(self, event: events.Resize) -> None:
        """Fit into the new width."""
        self.look_again()

    def show_panes(self, panes: Sequence[tuple[str, bool]]) -> None:
        """Name the panes before the keys, each with whether it is the one shown; none where all are shown."""
        self._panes = panes
        self.look_again()

    def look_again(self) -> None:
        """Write the line anew."""
        if not self.screen.is_attached or self.size.width == 0:
            return
        words = {
            active.binding.id: _key_and_word(
                key_words(active.binding.key), active.binding.description, active.enabled
            )
            for active in reversed(self.screen.active_bindings.values())
            if active.binding.id in BY_ID and active.binding.show
        }
        last = words.pop(LAST, Content(""))
        room = self.size.width - last.cell_length
        parts = [_pane_name(name, is_shown) for name, is_shown in self._panes]
        parts += [words[command_id] for command_id in BY_ID if command_id in words]
        line = Content("")
        for part in parts:
            if line.cell_length + part.cell_length > room:
                break
            line += part
        self.show_line(line + Content(" " * (room - line.cell_length)) + last)


def _key_and_word(key: str, word: str, is_enabled: bool) -> Content:
    return Content.assemble(
        (f" {key} ", "bold $accent"), (f"{word} ", "$foreground" if is_enabled else "$muted")
    )


def _pane_name(name: str, is_shown: bool) -> Content:
    return Content.styled(f"[{name}] " if is_shown else f" {name}  ", "bold" if is_shown else "$muted")
