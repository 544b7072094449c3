"""The clock of the hand at the keys."""

from __future__ import annotations

import asyncio


def hand_s() -> float:
    """Seconds of the event loop's clock, by which every timer of the screen runs too: the host's monotonic clock, but
    for a practice run. To be asked within the event loop only."""
    return asyncio.get_running_loop().time()
