"""What can be done in a practice run beside everything else."""

from __future__ import annotations

from careconsole.model.commands.command import Command
from careconsole.model.rights import Verb

PRACTICE: tuple[Command, ...] = (
    Command(
        "practice.pause",
        "f12",
        "Pause",
        "Let every clock of the practice run stand, or go on.",
        Verb.READ,
        on_bar=True,
        always=True,
    ),
)
