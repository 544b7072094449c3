"""What an agent may be called."""

from __future__ import annotations

import unicodedata

AGENT_LIMIT = 32
"""Characters of an agent's name."""


def may_stand(char: str) -> bool:
    """Letters, digits, our three marks, and the vowel signs without which some scripts cannot be written."""
    return char in "._-" or unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"}
