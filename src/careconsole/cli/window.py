"""The window of `--since`: from then until now."""

from __future__ import annotations

from datetime import datetime

from careconsole.cli.seat import Wrong
from careconsole.cli.since import since_at
from careconsole.model.instant import to_us


def window_since_us(text: str, now: datetime) -> int:
    """Where a window begins that ends now, in microseconds since 1970. Raises Wrong if that lies ahead."""
    begins_at = since_at(text, now)
    if begins_at > now:
        raise Wrong(f"{text} lies ahead; name a time that is over, such as 7d or today.")
    return to_us(begins_at)
