"""The house voice: how a brand talks in one language, and what it knows of its own numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from careconsole.model.message import Kind

VOICE_FILE = "voice.toml"
"""The file of a home in which the brands stand."""


@dataclass(frozen=True, slots=True)
class HouseVoice:
    """How a brand talks in one language."""

    language: str
    instead: Mapping[str, str] = field(default_factory=dict)
    """Words that are not said, and what is said instead; empty where there is nothing instead."""
    address: str = ""
    """The form of address: du or Sie, ты or вы, ti or vi, sina or teie, 你 or 您; empty where either will do."""
    sign_off: str = ""
    """How an answer ends; `{{me}}` stands for the agent's name. Empty where none is wanted."""
    public_line: str = ""
    """What is said in public beside a private answer; `{{name}}` and `{{me}}` are filled. Empty for no standard."""
    humour: Mapping[Kind, bool] = field(default_factory=dict)
    """Whether a joke is welcome, by kind; a kind that is missing has no rule."""


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand's voices, and which numbers and addresses are its own."""

    voices: Mapping[str, HouseVoice] = field(default_factory=dict)
    """By language."""
    orders: tuple[re.Pattern[str], ...] = ()
    """What the brand's order and ticket numbers look like."""
    regions: tuple[str, ...] = ()
    """Countries whose national phone numbers its customers have; empty for all that are known."""
    own: frozenset[str] = frozenset()
    """Its own public addresses and phone numbers."""


ADDRESSES: Mapping[str, tuple[str, str]] = {
    "de": ("du", "Sie"),
    "ru": ("ты", "вы"),
    "hr": ("ti", "vi"),
    "et": ("sina", "teie"),
    "zh": ("你", "您"),
}
"""The near and the far form of address of the languages that have two."""
