"""The one table of commands: bindings, key bar, help, palette and the README's key table derive from it.

A command's id is `pane.action`, and is also the name by which `[keys]` in the settings moves it to other keys.
The pane `list` is what the queue and the thread share; its actions are the desk screen's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from textual.binding import Binding, BindingType

from careconsole.console.commands.command import Command
from careconsole.console.commands.everywhere import APP
from careconsole.console.commands.of_lists import FILTER, LIST, QUEUE, THREAD
from careconsole.console.commands.of_reply import COMPOSER, REVIEW, SNIPPETS
from careconsole.console.keys import cyrillic_of, is_printable, key_name, key_words, why_unfit
from careconsole.model.rights import Role, may

__all__ = [
    "BY_ID",
    "CHAINS",
    "COMMANDS",
    "PANE_WORDS",
    "README_MARKS",
    "Command",
    "KeysError",
    "bindings",
    "keymap",
    "keys_in_words",
    "keys_of",
    "may_use",
    "readme_table",
    "with_cyrillic",
    "with_table",
]

COMMANDS: tuple[Command, ...] = (*QUEUE, *THREAD, *LIST, *COMPOSER, *FILTER, *SNIPPETS, *REVIEW, *APP)
"""Every command, in the order in which help and README show them."""

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}

CHAINS: dict[str, tuple[str, ...]] = {
    "queue": ("queue", "list", "app"),
    "thread": ("thread", "list", "app"),
    "composer": ("composer", "app"),
    "snippets": ("snippets", "app"),
    "filter": ("filter", "app"),
    "review": ("review", "app"),
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
    "app": "Everywhere",
}


class KeysError(ValueError):
    """The `[keys]` of the settings cannot be used; the message says why and what to do."""


def bindings(*panes: str) -> list[BindingType]:
    """The bindings of these panes, for the `BINDINGS` of a widget or screen.

    A Cyrillic letter acts as the Latin one in the same place.
    """
    return [
        Binding(
            ",".join(with_cyrillic(keys_of(command))),
            f"screen.{command.name}" if command.pane == "list" else command.name,
            command.label,
            show=command.on_bar,
            tooltip=command.help,
            priority=command.always,
            id=command.id,
        )
        for command in COMMANDS
        if command.pane in panes
    ]


def keys_of(command: Command, remapped: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys of a command by Textual's names: those of the settings, else those of the table."""
    keys = (remapped or {}).get(command.id, command.keys)
    return tuple(key_name(key) for key in keys.split(",") if key.strip())


def keys_in_words(command: Command, remapped: Mapping[str, str] | None = None) -> str:
    """The keys of a command as they are written for people: `j, Down`."""
    return ", ".join(key_words(key) for key in keys_of(command, remapped))


def may_use(command_id: str, role: Role) -> bool:
    """Whether the role may use the command."""
    return may(role, BY_ID[command_id].verb)


def keymap(remapped: Mapping[str, str]) -> dict[str, str]:
    """What Textual's `set_keymap` wants for the `[keys]` of the settings.

    Raises KeysError for an unknown command, a command left without key, a key that never arrives, and a key
    with two meanings.
    """
    for command_id, keys in remapped.items():
        _check_one(command_id, keys)
    for focus, chain in CHAINS.items():
        _check_clash(focus, chain, remapped)
    _check_sending(remapped)
    return {id: ",".join(with_cyrillic(keys_of(BY_ID[id], remapped))) for id in remapped}


def with_cyrillic(keys: Iterable[str]) -> list[str]:
    """These keys, each with the Cyrillic letters in its place."""
    return [twin for key in keys for twin in (key, *cyrillic_of(key))]


def _check_one(command_id: str, keys: str) -> None:
    if command_id not in BY_ID:
        near = get_close_matches(command_id, BY_ID, 1)
        hint = f"; the nearest is {near[0]}" if near else ""
        raise KeysError(f"[keys] names {command_id}, which is no command{hint}.")
    names = [key_name(key) for key in keys.split(",") if key.strip()]
    if not names:
        raise KeysError(f"[keys] leaves {command_id} without a key; give it one or remove the line.")
    for name in names:
        if reason := why_unfit(name):
            raise KeysError(f"[keys] gives {command_id} the key {key_words(name)}, but {reason}.")
        if BY_ID[command_id].always and is_printable(name):
            raise KeysError(
                f"[keys] gives {command_id} the key {key_words(name)}, but that command works in text fields too: "
                "take a function key or Ctrl and a letter."
            )


def _check_sending(remapped: Mapping[str, str]) -> None:
    """What cannot be taken back is never confirmed by Enter, nor by the key that began it."""
    begins = {"enter": "Enter is pressed by habit"}
    begins |= dict.fromkeys(keys_of(BY_ID["composer.review"], remapped), "the same key asks for the review")
    for id in ("review.send", "review.send_next"):
        for key in keys_of(BY_ID[id], remapped):
            if key in begins:
                raise KeysError(
                    f"[keys] gives {id} the key {key_words(key)}, but {begins[key]}; take another."
                )
    if "enter" in keys_of(BY_ID["composer.review"], remapped):
        raise KeysError(
            "[keys] gives composer.review the key Enter, but that ends a line there; take another."
        )


def _check_clash(focus: str, chain: tuple[str, ...], remapped: Mapping[str, str]) -> None:
    meaning: dict[str, str] = {}
    for command in COMMANDS:
        if command.pane not in chain:
            continue
        for key in keys_of(command, remapped):
            other = meaning.setdefault(key, command.id)
            if other != command.id:
                raise KeysError(
                    f"[keys] gives {key_words(key)} two meanings in {PANE_WORDS[focus]}: {other} and {command.id}; "
                    "give one of them another key."
                )


README_MARKS = ("<!-- keys -->", "<!-- /keys -->")


def readme_table() -> str:
    """The key table of the README, in Markdown."""
    lines = ["| Where | Key | Does | Name |", "|---|---|---|---|"]
    for command in COMMANDS:
        keys = ", ".join(f"`{key_words(key)}`" for key in keys_of(command))
        lines.append(f"| {PANE_WORDS[command.pane]} | {keys} | {command.help} | `{command.id}` |")
    return "\n".join(lines)


def with_table(readme: str) -> str:
    """The README's text with the key table of today between its two marks; ValueError without the marks."""
    start, end = README_MARKS
    if start not in readme or end not in readme:
        raise ValueError(f"the text has no marks {start} and {end}")
    head, _, rest = readme.partition(start)
    tail = rest.partition(end)[2]
    return f"{head}{start}\n{readme_table()}\n{end}{tail}"
