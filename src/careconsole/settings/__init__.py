"""How this installation is set up: its home, its settings file, and what follows from both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from careconsole.model.priority import RankPolicy
from careconsole.model.reply import Mode
from careconsole.settings.document import Document, parse_settings, read_settings
from careconsole.settings.faults import SettingsError
from careconsole.settings.known import reference

__all__ = [
    "Document",
    "RuleParts",
    "SettingsError",
    "parse_settings",
    "read_settings",
    "reference",
    "rules_of",
]


class RuleParts(NamedTuple):
    """What the desk needs of the settings, as plain values."""

    policy: RankPolicy
    emergency: Mapping[str, tuple[str, ...]]
    """Emergency words by language, the built-in ones included unless they were left out."""
    undo_s: Mapping[Mode, float]


def rules_of(document: Document, builtin_emergency: Mapping[str, Sequence[str]]) -> RuleParts:
    """The parts of the desk's rules, in the order in which the desk takes them."""
    builtin = builtin_emergency if document.has_builtin_emergency else {}
    emergency = {
        language: (*builtin.get(language, ()), *document.emergency.get(language, ()))
        for language in (*builtin, *document.emergency)
    }
    return RuleParts(document.policy, emergency, document.undo_s)
