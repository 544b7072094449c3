"""The one table of commands: bindings, key bar, help, palette and the README's key table derive from it.

A command's id is `pane.action`, and is also the name by which `[keys]` in the settings moves it to other keys.
The pane `list` is what the queue and the thread share; its actions are the desk screen's.
"""

from __future__ import annotations

from collections.abc import Mapping

from careconsole.model.commands.command import Command
from careconsole.model.commands.everywhere import APP
from careconsole.model.commands.of_approval import APPROVAL
from careconsole.model.commands.of_lists import FILTER, LIST, QUEUE, THREAD
from careconsole.model.commands.of_practice import PRACTICE
from careconsole.model.commands.of_reply import COMPOSER, REVIEW, SNIPPETS
from careconsole.model.commands.of_wallboard import WALLBOARD
from careconsole.model.key_names import key_name

COMMANDS: tuple[Command, ...] = (
    *QUEUE,
    *THREAD,
    *LIST,
    *COMPOSER,
    *FILTER,
    *SNIPPETS,
    *REVIEW,
    *APPROVAL,
    *APP,
    *WALLBOARD,
    *PRACTICE,
)
"""Every command, in the order in which help and README show them."""

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}

CHAINS: dict[str, tuple[str, ...]] = {
    "queue": ("queue", "list", "app"),
    "thread": ("thread", "list", "app"),
    "composer": ("composer", "app"),
    "snippets": ("snippets", "app"),
    "filter": ("filter", "app"),
    "review": ("review", "app"),
    "approval": ("approval", "app"),
    "wallboard": ("wallboard",),
    "practice": ("practice", "app"),
}
"""For every pane with the focus: whose commands its keys reach."""

PANE_WORDS = {
    "queue": "Queue",
    "thread": "Thread",
    "list": "Queue and thread",
    "composer": "Reply",
    "snippets": "Snippets",
    "filter": "Find",
    "review": "Review",
    "approval": "Approval",
    "app": "Everywhere",
    "wallboard": "Wallboard",
    "practice": "Practice",
}


def keys_of(command: Command, remapped: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys of a command by Textual's names: those of the settings, else those of the table."""
    keys = (remapped or {}).get(command.id, command.keys)
    return tuple(key_name(key) for key in keys.split(",") if key.strip())
