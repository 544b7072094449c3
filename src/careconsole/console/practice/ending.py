"""Ending a practice run: the question, and what is put in order before the debrief."""

from __future__ import annotations

from careconsole.console.reason_screen import STAY, Choice, Question

END = "end"
QUITTING = ("list.quit", "app.quit")


def end_question(waiting: int) -> Question:
    """Whether the run is to end now: END, STAY or None."""
    waits = f"{waiting} conversation{'s' * (waiting != 1)} still wait{'s' * (waiting == 1)}."
    return Question(
        "Shall the run end?",
        (Choice("e", END, "end it and see the debrief"), Choice("t", STAY, "stay")),
        facts=[waits] if waiting else [],
        asked_by=QUITTING,
    )
