"""The table of commands as Textual wants it, and as the README shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding, BindingType

from careconsole.model.commands import BY_ID, CHAINS, COMMANDS, PANE_WORDS, keys_of
from careconsole.model.commands.command import Command
from careconsole.model.commands.moving import KeysError, check_keys
from careconsole.model.key_names import cyrillic_of, key_words
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


def keys_in_words(command: Command, remapped: Mapping[str, str] | None = None) -> str:
    """The keys of a command as they are written for people: `j, Down`."""
    return ", ".join(key_words(key) for key in keys_of(command, remapped))


def may_use(command_id: str, role: Role) -> bool:
    """Whether the role may use the command."""
    return may(role, BY_ID[command_id].verb)


def keymap(remapped: Mapping[str, str]) -> dict[str, str]:
    """What Textual's `set_keymap` wants for the `[keys]` of the settings.

    Raises KeysError where they cannot be used.
    """
    check_keys(remapped)
    return {id: ",".join(with_cyrillic(keys_of(BY_ID[id], remapped))) for id in remapped}


def with_cyrillic(keys: Iterable[str]) -> list[str]:
    """These keys, each with the Cyrillic letters in its place."""
    return [twin for key in keys for twin in (key, *cyrillic_of(key))]


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
