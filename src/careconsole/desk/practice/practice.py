"""A practice run under way: its clock, its customers, and what works in the background."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from careconsole.channels.contract import Channel
from careconsole.desk import reading
from careconsole.desk.desk import Desk
from careconsole.desk.practice.clock import PracticeClock
from careconsole.desk.practice.playing import Customers, PracticeChannel
from careconsole.desk.practice.run import Run, end_run
from careconsole.desk.practice.scenario import Scenario
from careconsole.desk.runner import Runner
from careconsole.store.contract import ReadTx
from careconsole.store.rows import Account

OVERTIME_S = 1800.0
"""So long, in seconds of the desk, a run goes on at most when its time is over and customers still wait."""


class Practice:
    """One run of a scenario."""

    def __init__(self, run: Run, scenario: Scenario, hand_s: Callable[[], float]) -> None:
        """`hand_s` is the clock of the hand at the keys, in seconds."""
        self.run = run
        self.scenario = scenario
        self.clock = PracticeClock(hand_s, run.speed, run.began_at)
        self.customers = Customers(scenario, self.clock)

    def runner(self, desk: Desk, **more: Any) -> Runner:
        """What polls, sends and keeps claims, by virtual time; no vectors are made, as that takes real time."""
        given = {**more, "encoder_of": None}
        return Runner(desk, **given, channel_of=self._channel_of, sleep=self.clock.sleep)

    def _channel_of(self, desk: Desk, account: Account) -> Channel:
        return PracticeChannel(account.name, self.scenario, self.customers, self.run.folder, self.clock)

    @property
    def is_time_over(self) -> bool:
        """Whether the time of the scenario has passed."""
        return self.clock.virtual_s >= self.scenario.duration_s

    @property
    def is_long_over(self) -> bool:
        """Whether it has passed so long ago that nobody is at the keys any more."""
        return self.clock.virtual_s >= self.scenario.duration_s + OVERTIME_S

    async def anything_waits(self, desk: Desk) -> bool:
        """Whether a customer waits, a reply is on its way, or somebody is about to write."""
        if self.customers.will_say_more:
            return True
        counts = await reading.counts(desk)
        return bool(counts.waiting or await reading.outbox_open(desk))

    async def note_end(self, desk: Desk) -> None:
        """Note in the folder of the run when it ended, and the hash of what came of it."""
        self.run = end_run(self.run, self.clock.now(), await desk.store.read(_digest))


async def _digest(tx: ReadTx) -> str:
    """Of the newest event, which stands for all before it, and of what was written: events hold no texts."""
    told = [
        *await tx.rows("SELECT hash FROM event ORDER BY seq DESC LIMIT 1"),
        *await tx.rows("SELECT id, text, visibility, state, idempotency_key FROM outbox ORDER BY id"),
        *await tx.rows("SELECT conversation_id, mode, text FROM draft ORDER BY conversation_id, mode, agent"),
        *await tx.rows("SELECT id, external_id, text, at_us FROM message ORDER BY id"),
    ]
    return sha256(json.dumps([list(row) for row in told]).encode()).hexdigest()
