"""Whether the `[keys]` of the settings can be used: each command has a key that arrives, and no key two meanings."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from careconsole.model.commands import BY_ID, CHAINS, COMMANDS, PANE_WORDS, keys_of
from careconsole.model.key_names import is_printable, key_name, key_words, why_unfit

_WRITTEN_IN = ("composer", "filter", "snippets")
"""Panes with a text field: a letter there is text before it is a key."""


class KeysError(ValueError):
    """The `[keys]` of the settings cannot be used; the message says why and what to do."""

    def __init__(self, command_id: str, sentence: str) -> None:
        super().__init__(sentence)
        self.command_id = command_id
        """The command whose line in the settings is at fault."""


def check_keys(remapped: Mapping[str, str]) -> None:
    """Raises KeysError for an unknown command, a command left without key, a key that never arrives, and a key with
    two meanings.
    """
    for command_id, keys in remapped.items():
        _check_one(command_id, keys)
    for focus, chain in CHAINS.items():
        _check_clash(focus, chain, remapped)
    _check_sending(remapped)


def _check_one(command_id: str, keys: str) -> None:
    if command_id not in BY_ID:
        raise KeysError(
            command_id,
            f"[keys] names {command_id}, which is no command; the nearest is {_nearest(command_id)}.",
        )
    names = [key_name(key) for key in keys.split(",") if key.strip()]
    if not names:
        raise KeysError(
            command_id, f"[keys] leaves {command_id} without a key; give it one or remove the line."
        )
    for name in names:
        if reason := why_unfit(name):
            raise KeysError(command_id, f"[keys] gives {command_id} the key {key_words(name)}, but {reason}.")
        command = BY_ID[command_id]
        if (command.always or command.pane in _WRITTEN_IN) and is_printable(name):
            raise KeysError(
                command_id,
                f"[keys] gives {command_id} the key {key_words(name)}, but that command works where one writes: "
                "take a function key or Ctrl and a letter.",
            )


def _check_sending(remapped: Mapping[str, str]) -> None:
    """What cannot be taken back is never confirmed by Enter, nor by the key that began it."""
    begins = {"enter": "Enter is pressed by habit"}
    begins |= dict.fromkeys(keys_of(BY_ID["composer.review"], remapped), "the same key asks for the review")
    for id in ("review.send", "review.send_next"):
        for key in keys_of(BY_ID[id], remapped):
            if key in begins:
                raise KeysError(
                    id if id in remapped else "composer.review",
                    f"[keys] gives {id} the key {key_words(key)}, but {begins[key]}; take another.",
                )
    if "enter" in keys_of(BY_ID["composer.review"], remapped):
        raise KeysError(
            "composer.review",
            "[keys] gives composer.review the key Enter, but that ends a line there; take another.",
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
                    command.id if command.id in remapped else other,
                    f"[keys] gives {key_words(key)} two meanings in {PANE_WORDS[focus]}: {other} and {command.id}; "
                    "give one of them another key.",
                )


def _nearest(command_id: str) -> str:
    """The command that a wrong name is most like: one that does just this elsewhere, else by all its letters."""
    action = command_id.rpartition(".")[2]
    same = next((id for id in BY_ID if id.partition(".")[2] == action), None)
    return same or get_close_matches(command_id, BY_ID, 1, cutoff=0.0)[0]
