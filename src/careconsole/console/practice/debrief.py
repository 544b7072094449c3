"""What is shown when a practice run has ended: the debrief, with the progress over the runs so far."""

from __future__ import annotations

from textual.app import App
from textual.content import Content

from careconsole.channels.contract import ChannelError
from careconsole.console.help_screen import ReadingScreen
from careconsole.console.practice.debrief_screen import DebriefScreen, Told
from careconsole.console.text import wrap
from careconsole.desk.practice.progress import PlayedOf, debrief_of, progress_of
from careconsole.desk.practice.run import Run, runs_of
from careconsole.desk.practice.scenario import Scenario
from careconsole.model.text_gate import safe_line
from careconsole.store.contract import StoreError


class _RunEnded(ReadingScreen):
    """Where the run lies, and why there is no debrief."""

    def __init__(self, run: Run, scenario: Scenario, trouble: str) -> None:
        super().__init__()
        self._sentences = (f"{scenario.title}: the run has ended.", trouble, f"It is kept in {run.folder}.")

    def lines(self, room: int) -> list[Content]:
        """The sentences."""
        return [Content(line) for each in self._sentences for line in wrap(safe_line(each), room)]


async def show_debrief(app: App[object], run: Run, scenario: Scenario, played_of: PlayedOf) -> None:
    """Show what came of a run that has ended, until the trainee goes back."""
    try:
        await app.push_screen_wait(DebriefScreen(await told_of(run, played_of)))
    except (StoreError, ChannelError) as error:
        await app.push_screen_wait(_RunEnded(run, scenario, str(error)))


async def told_of(run: Run, played_of: PlayedOf) -> Told:
    """The debrief of a run, and the progress up to it. Raises StoreError and ChannelError."""
    debriefed = await debrief_of(run, *played_of(run))
    runs = [each for each in runs_of(run.home) if each.number <= run.number]
    return Told(debriefed, await progress_of(runs, played_of, [debriefed]), run.folder)
