"""Keys in sentences: what a sentence calls a key is the key that does it, wherever the settings have put it."""

from __future__ import annotations

from collections.abc import Mapping

from textual.dom import DOMNode

from careconsole.console.commands import BY_ID, keys_of
from careconsole.model.key_names import key_words


def remapped_keys(node: DOMNode) -> Mapping[str, str]:
    """The `[keys]` of the settings that the console of this node was opened with."""
    remapped: Mapping[str, str] = getattr(node.app, "remapped", {})
    return remapped


def said_key(node: DOMNode, command_id: str) -> str:
    """The first key of a command as it is written for people: `list.undo` is z unless it was moved."""
    return key_words(keys_of(BY_ID[command_id], remapped_keys(node))[0])


def asking_keys(node: DOMNode, *command_ids: str) -> frozenset[str]:
    """All keys of these commands, as a question sees them that one of them has opened."""
    remapped = remapped_keys(node)
    return frozenset(key_words(key) for id in command_ids for key in keys_of(BY_ID[id], remapped))
