"""What can be done with a reply that waits for approval."""

from __future__ import annotations

from careconsole.model.commands.command import Command
from careconsole.model.rights import Verb

APPROVAL: tuple[Command, ...] = (
    Command(
        "approval.approve",
        "a",
        "Approve",
        "Let it go as it stands here; it can be taken back for some seconds.",
        Verb.APPROVE,
        on_bar=True,
    ),
    Command(
        "approval.edit", "e", "Edit", "Change the text; the difference is shown.", Verb.APPROVE, on_bar=True
    ),
    Command(
        "approval.give_back",
        "x",
        "Give back",
        "Give it back to its writer as a draft; asks why.",
        Verb.APPROVE,
        on_bar=True,
    ),
    Command(
        "approval.next", "n", "Next", "Go to the next one that waits for approval.", Verb.READ, on_bar=True
    ),
    Command("approval.previous", "p", "Before", "Go to the one before.", Verb.READ, on_bar=True),
    Command("approval.leave", "escape", "Back", "Go back; it goes on waiting.", Verb.READ, on_bar=True),
)
