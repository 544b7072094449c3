"""How fast input comes: a paste or a stream of keys is no hand that decides to send (reliability.md T10)."""

from __future__ import annotations

from collections import deque

QUIET_S = 0.3
"""How long after a paste or a burst nothing is reviewed or chosen."""
BURST_KEYS = 20
BURST_S = 0.1


class Pace:
    """Remembers pastes and bursts: more than BURST_KEYS keys within BURST_S seconds.

    Times are seconds of any clock that only goes forward; the caller hands them in.
    """

    def __init__(self) -> None:
        self._keys: deque[float] = deque(maxlen=BURST_KEYS + 1)
        self._rushed_at: float | None = None
        self._newest_key_at: float | None = None

    def key(self, at: float) -> None:
        """A key came."""
        self._newest_key_at = at
        self._keys.append(at)
        if len(self._keys) > BURST_KEYS and at - self._keys[0] <= BURST_S:
            self._rushed_at = at

    def paste(self, at: float) -> None:
        """A paste came."""
        self._rushed_at = at

    def is_calm(self, at: float) -> bool:
        """Whether the last paste or burst is QUIET_S past."""
        return self._rushed_at is None or at - self._rushed_at >= QUIET_S

    def was_calm_at_newest_key(self, now: float) -> bool:
        """Whether the newest key came in calm; judged `now` if no key came since the paste or burst.

        A long paste takes time to be handled: the key behind it is judged by when it was pressed.
        """
        key_at, rushed_at = self._newest_key_at, self._rushed_at
        return self.is_calm(now if key_at is None or rushed_at is None or key_at < rushed_at else key_at)
