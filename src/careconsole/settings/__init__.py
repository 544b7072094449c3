"""How this installation is set up: its home, its settings file, and what follows from both."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Further emergency words by language."""
    has_builtin_emergency: bool
    undo_s: Mapping[Mode, float]


def rules_of(document: Document) -> RuleParts:
    """The parts of the desk's rules."""
    return RuleParts(
        document.policy, document.emergency, document.has_builtin_emergency, dict(document.undo_s)
    )
