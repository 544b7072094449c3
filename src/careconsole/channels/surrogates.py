"""Half characters: JSON can write them, no store can keep them."""

from __future__ import annotations

import re
from typing import Any

_LONE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def without_surrogates(value: Any) -> Any:
    """A decoded JSON value whose strings hold U+FFFD wherever half of a character pair stood alone.

    Keys of objects are treated like other strings. Nesting is as deep as the JSON decoder allowed.
    """
    if isinstance(value, str):
        return _LONE.sub(_REPLACEMENT, value)
    if isinstance(value, list):
        return [without_surrogates(part) for part in value]
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(part) for key, part in value.items()}
    return value
