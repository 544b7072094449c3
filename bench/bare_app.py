"""The smallest Textual program that shows something: what any console built on Textual must pay."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """One line of text."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("bare app is here", markup=False)


if __name__ == "__main__":
    BareApp().run(mouse=False)
