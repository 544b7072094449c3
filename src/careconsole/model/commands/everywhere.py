"""What can be done wherever the focus is."""

from __future__ import annotations

from careconsole.model.commands.command import Command
from careconsole.model.rights import Verb

APP: tuple[Command, ...] = (
    Command(
        "app.withdraw",
        "f4",
        "Withdraw",
        "Withdraw my newest reply that is still held; works everywhere.",
        Verb.WITHDRAW,
        always=True,
    ),
    Command(
        "app.palette", "ctrl+p", "Palette", "Search all commands by their words.", Verb.READ, always=True
    ),
    Command(
        "app.quit",
        "ctrl+q",
        "Quit",
        "Quit; asks only if something is held or claimed.",
        Verb.READ,
        always=True,
    ),
    Command("app.help", "question_mark,f1", "Help", "Show the keys that work now.", Verb.READ, on_bar=True),
)
