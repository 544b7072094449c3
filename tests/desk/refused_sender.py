"""A process that delivers to a network that refuses every connection, and writes down how often it tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.desk.desk_at_hand import ScriptedChannel

from careconsole.desk import delivery
from careconsole.desk.opening import open_desk
from careconsole.model.reply import Outcome, OutgoingReply, Retry


@dataclass
class Refusing(ScriptedChannel):
    """A network that is not there."""

    async def send(self, reply: OutgoingReply) -> Outcome:
        self.sent.append(reply)
        return Retry(None, "connection refused")


async def deliver_in_vain(home: str, told: str) -> None:
    """Twenty passes, one after the other."""
    channel = Refusing()
    async with open_desk(Path(home), agent="ana", now=lambda: datetime.now(UTC)) as desk:
        for _ in range(20):
            await delivery.deliver_all(desk, 1, channel)
    Path(told).write_text(str(len(channel.sent)), encoding="ascii")
