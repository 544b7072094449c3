"""What can be done at the wallboard: look around, nothing else."""

from __future__ import annotations

from careconsole.model.commands.command import Command
from careconsole.model.rights import Verb

WALLBOARD: tuple[Command, ...] = (
    Command("wallboard.next", "right,tab,l", "Next", "Go to the next tile.", Verb.READ),
    Command("wallboard.previous", "left,shift+tab,h", "Previous", "Go to the tile before.", Verb.READ),
    Command(
        "wallboard.define",
        "d,enter",
        "What is this?",
        "What the number means, what it was counted from, and what was left out.",
        Verb.READ,
        on_bar=True,
    ),
    Command("wallboard.quit", "q,ctrl+q", "Quit", "Close the wallboard.", Verb.READ, on_bar=True),
    Command(
        "wallboard.help", "question_mark,f1", "Help", "Show the keys that work now.", Verb.READ, on_bar=True
    ),
)
