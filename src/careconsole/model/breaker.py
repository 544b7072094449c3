"""Whether a reply may leave an account now: a breaker for a network in trouble, and a pace for one that is well.

Pure: `now_ns` is handed in, in nanoseconds of the host's monotonic clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from careconsole.model.reply import Ambiguous, Outcome, Rejected, Retry

IN_A_ROW = 5
"""After so many failures in a row the breaker opens: nothing leaves."""
WINDOW = 20
HALF = 10
"""It opens too when so many of the last `WINDOW` answers were failures."""
FIRST_PAUSE_S = 30.0
LONGEST_PAUSE_S = 600.0
"""Until one reply may leave as a probe; doubled each time that the probe fails."""
LONGEST_ASKED_S = 3600.0
"""The network may ask for a longer pause, up to this."""
PROBE_TAKES_S = 60
"""If nothing was heard of the probe until then, its sender died: another may leave."""
_FAILED, _ANSWERED = "1", "0"


@dataclass(frozen=True, slots=True)
class Pace:
    """A token bucket: so many replies at once, then one each so many seconds."""

    most: int
    every_s: float


@dataclass(frozen=True, slots=True)
class Gate:
    """What is known of an account when a reply is to leave. All times in nanoseconds."""

    recent: str = ""
    """The last answers since the breaker was closed, oldest first: 1 for a failure, 0 for an answer."""
    pause_s: float = 0.0
    """How long the breaker stays open before the next probe; 0 while it is closed."""
    open_until_ns: int = 0
    probe: int | None = None
    """The reply that is under way although the breaker is open."""
    reason: str = ""
    """What the network said, or did not, when it failed last."""
    full_at_ns: int = 0
    """When the token bucket will be full again."""
    took_retry: bool = False
    """Whether the last reply that left was one that had been tried before: then a fresh one has its turn."""

    @property
    def is_open(self) -> bool:
        """Whether the breaker is open: nothing leaves but one probe after each pause."""
        return self.pause_s > 0

    def rests_s(self, now_ns: int) -> float:
        """Seconds until the breaker lets a probe through; 0 if it lets a reply through now."""
        return max(0, self.open_until_ns - now_ns) / 1e9 if self.is_open else 0.0

    def paces_s(self, now_ns: int, pace: Pace | None) -> float:
        """Seconds until the pace allows another reply; 0 if it does now."""
        if pace is None:
            return 0.0
        early_ns = (pace.most - 1) * _ns(pace.every_s)
        return max(0, self.full_at_ns - early_ns - now_ns) / 1e9

    def may_leave(self, now_ns: int, pace: Pace | None) -> bool:
        """Whether a reply may leave now."""
        return not self.rests_s(now_ns) and not self.paces_s(now_ns, pace)

    def left(self, outbox_id: int, now_ns: int, pace: Pace | None, *, is_retry: bool) -> Gate:
        """A reply leaves: a token is spent, and if the breaker is open this is its probe."""
        spent = replace(self, took_retry=is_retry)
        if pace is not None:
            spent = replace(spent, full_at_ns=max(self.full_at_ns, now_ns) + _ns(pace.every_s))
        if not self.is_open:
            return spent
        return replace(spent, probe=outbox_id, open_until_ns=now_ns + _ns(PROBE_TAKES_S))

    def heard(self, outbox_id: int, outcome: Outcome, now_ns: int) -> Gate:
        """What became of a reply that left. An answer closes the breaker, also one that refuses the reply.

        A refused account tells nothing of the network.
        """
        if isinstance(outcome, Retry | Ambiguous):
            return self.failed(outbox_id, outcome.reason, outcome.after_s or 0.0, now_ns)
        if isinstance(outcome, Rejected) and outcome.account_down:
            return self.unasked(outbox_id, now_ns)
        if self.is_open:
            return replace(self, recent="", pause_s=0.0, open_until_ns=0, probe=None, reason="")
        return replace(self, recent=(self.recent + _ANSWERED)[-WINDOW:])

    def failed(self, outbox_id: int, reason: str, asked_s: float, now_ns: int) -> Gate:
        """The network gave no answer, or none but that it is in trouble and wants rest for so many seconds."""
        recent = (self.recent + _FAILED)[-WINDOW:]
        pause_s = FIRST_PAUSE_S
        if self.is_open:
            if self.probe not in (None, outbox_id) or (self.probe is None and self.rests_s(now_ns)):
                return self  # it had left before the breaker opened
            pause_s = min(LONGEST_PAUSE_S, 2 * self.pause_s)
        elif not recent.endswith(_FAILED * IN_A_ROW) and recent.count(_FAILED) < HALF:
            return replace(self, recent=recent, reason=reason)
        rest_s = max(pause_s, min(asked_s, LONGEST_ASKED_S))
        return replace(
            self,
            recent=recent,
            pause_s=pause_s,
            open_until_ns=now_ns + _ns(rest_s),
            probe=None,
            reason=reason,
        )

    def unasked(self, outbox_id: int, now_ns: int) -> Gate:
        """A reply did not leave after all, or what was heard says nothing of the network: another may be the probe."""
        if not self.is_open or self.probe != outbox_id:
            return self
        return replace(self, probe=None, open_until_ns=now_ns)

    def after_boot(self) -> Gate:
        """The same on another boot of the host, whose clock began anew: pauses are over, the bucket is full."""
        return replace(self, open_until_ns=0, probe=None, full_at_ns=0)


def _ns(seconds: float) -> int:
    return round(seconds * 1_000_000_000)
