"""The desk of a practice run: the agent's own, by virtual time, and left by ending the run."""

from __future__ import annotations

from careconsole.console.desk_screen import DeskScreen


class PracticeScreen(DeskScreen):
    """As every day, but that quitting ends the run."""

    def leave(self) -> None:
        """Ask whether the run is to end."""
        from careconsole.console.practice.app import TrainingConsole

        assert isinstance(self.app, TrainingConsole)
        self.app.ask_end()
