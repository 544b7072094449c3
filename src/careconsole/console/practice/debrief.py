"""What is shown when a practice run has ended."""

from __future__ import annotations

from textual.app import App
from textual.content import Content

from careconsole.console.help_screen import ReadingScreen
from careconsole.console.text import wrap
from careconsole.desk.practice.run import Run
from careconsole.desk.practice.scenario import Scenario
from careconsole.model.text_gate import safe_line


class _RunEnded(ReadingScreen):
    """Where the run lies."""

    def __init__(self, run: Run, scenario: Scenario) -> None:
        super().__init__()
        self._sentences = (f"{scenario.title}: the run has ended.", f"It is kept in {run.folder}.")

    def lines(self, room: int) -> list[Content]:
        """The sentences."""
        return [Content(line) for each in self._sentences for line in wrap(safe_line(each), room)]


async def show_debrief(app: App[object], run: Run, scenario: Scenario) -> None:
    """Show what came of a run that has ended, until the trainee goes back."""
    await app.push_screen_wait(_RunEnded(run, scenario))
