"""A recording that behaves like a network, at any speed; replies go to a log."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from careconsole.channels.contract import Page, PollBudget
from careconsole.channels.recording import Deleted, Recording, Said, load_recording
from careconsole.channels.sent_log import find_in, send_to, sent_log_of
from careconsole.model.message import Gone, Item
from careconsole.model.reply import Limits, Outcome, OutgoingReply

__all__ = ["Recording", "ReplayChannel", "load_recording"]


class ReplayChannel:
    """One account of a recording on a virtual clock that runs while we poll and stops while we do not.

    At the first poll everything at `t <= 0` is there already, shifted to today. The state is
    `{"position_s": ...}`; a restart goes on where it stopped. `speed` is virtual seconds per second.
    """

    network = "replay"
    poll_every_s = 1.0
    requests_per_poll = 1
    has_working_key = True
    limits = Limits()
    budget: PollBudget | None = None

    def __init__(
        self, account: str, recording: Recording, home: Path, *, speed: float, now: Callable[[], datetime]
    ) -> None:
        if not (speed > 0 and math.isfinite(speed)):
            raise ValueError("the speed of a recording must be more than 0")
        self._happenings = recording.happenings.get(account, ())
        self._log = sent_log_of(home, account)
        self._speed = speed
        self._now = now
        self._last: tuple[str, datetime] | None = None
        """The state that we gave out last, and when: only from there on time has passed."""

    async def poll(self, state: str | None) -> Page:
        """What happened since the state; time while nobody polled does not count."""
        now = self._now()
        before = _position_in(state)
        if before is None:
            position, since = 0.0, -math.inf
        else:
            position, since = before + self._elapsed_s(state, now) * self._speed, before
        new = [each for each in self._happenings if since < each.t <= position]
        items = [self._item(each, position, now) for each in new if isinstance(each, Said)]
        gone = [
            Gone(each.external_id, self._at(each.t, position, now))
            for each in new
            if isinstance(each, Deleted)
        ]
        text = json.dumps({"position_s": position})
        self._last = (text, now)
        return Page(text, items, gone)

    async def send(self, reply: OutgoingReply) -> Outcome:
        """Append the reply to the log unless its key is there already."""
        return await asyncio.to_thread(send_to, self._log, reply, self._now)

    async def find_reply(self, reply: OutgoingReply) -> str | None:
        """The reply's key if the log holds it."""
        return await asyncio.to_thread(find_in, self._log, reply)

    async def recheck(self, external_ids: Sequence[str], most: int | None = None) -> Page:
        """Nothing: edits and deletions are part of the recording."""
        return Page("")

    async def aclose(self) -> None:
        """Nothing is kept open."""

    def _elapsed_s(self, state: str | None, now: datetime) -> float:
        if self._last is None or self._last[0] != state:
            return 0.0
        return max(0.0, (now - self._last[1]).total_seconds())

    def _at(self, t: float, position: float, now: datetime) -> datetime:
        """When a virtual second was, for someone who looks now, in whole seconds as people read them.

        What came before the start is not stretched.
        """
        played = position - max(t, 0.0)
        return (now - timedelta(seconds=played / self._speed - min(t, 0.0))).replace(microsecond=0)

    def _item(self, said: Said, position: float, now: datetime) -> Item:
        at = self._at(said.said_t, position, now)
        edited_at = self._at(said.t, position, now) if said.is_edit else None
        return replace(said.item, at=at, edited_at=edited_at)


def _position_in(state: str | None) -> float | None:
    """The virtual second of a state; None at the first poll, or if the state is not one of ours."""
    try:
        position = float(json.loads(state or "")["position_s"])
    except (ValueError, KeyError, TypeError):
        return None
    return position if math.isfinite(position) else None
