"""The queue that a debrief tells from the log is the queue that the desk showed, whatever was done."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from tests.desk.practised import Practised, practising
from tests.store.record_at_hand import at_us, said

from careconsole.desk.practice.judging.kept_run import read_run
from careconsole.desk.practice.judging.past_queue import PastQueue
from careconsole.model.come_back import WakeMode
from careconsole.model.message import Kind, ParentPost, Reading
from careconsole.store import acts, boomerangs, claims, customers, identity_links, undo

PEOPLE = ("ann", "bob", "cleo", "dan")
_SHOWN = "SELECT tier, effective_due_us, waiting_since_us, id FROM conversation WHERE in_queue = 1 ORDER BY 1, 2, 3, 4"


class Shift:
    """An hour in which everything may happen, in an order that a number decides."""

    def __init__(self, run: Practised, seed: int) -> None:
        self.run = run
        self.chance = random.Random(seed)
        self.messages = 0
        self.minute = 0.0

    async def step(self) -> None:
        """Something happens."""
        self.minute += self.chance.choice([0, 0.5, 3])
        self.run.minute(self.minute)
        talks = [row[0] for row in await self.run.record.ask("SELECT id FROM conversation ORDER BY id")]
        does = self.chance.choice(
            [self.arrives, self.arrives, self.arrives, *([self.acts] * 5 if talks else [])]
        )
        await does(self.chance.choice(talks) if talks else 0)

    async def arrives(self, _: int) -> None:
        self.messages += 1
        pick = self.chance.choice
        parent = ParentPost("post", is_paid=True) if pick([0, 0, 1]) else None
        kind = pick(list(Kind))
        item = said(
            f"m{self.messages}",
            pick(PEOPLE),
            minute=self.minute,
            kind=kind,
            reach=pick([0, 5_000]),
            parent=parent,
        )
        reading = Reading(kind, "", pick(["", "", "", "robbed"]), mood=pick([0.0, -0.9]))
        await self.run.record.take_in(item, reading=reading, account=pick(["shop", "other"]))

    async def acts(self, talk: int) -> None:
        act, pick = self.run.record.act, self.chance.choice
        others = [row[0] for row in await self.run.record.ask("SELECT id FROM customer ORDER BY id")]
        choices: list[tuple[Any, ...]] = [
            (claims.claim, talk, pick(["ana", "ben"])),
            (claims.release, talk, "ana"),
            (acts.set_kind, talk, "ana", pick(["question", "praise", "noise"])),
            (acts.set_tier, talk, "ana", pick([0, 1])),
            (acts.resolve, talk, "ana", "noise"),
            (undo.undo, "ana"),
            (customers.set_vip, talk, "ana", pick([True, False]), ""),
            (identity_links.link, talk, pick(others), "ana"),
            (boomerangs.snooze, talk, "ana", at_us(self.minute + 5), WakeMode.WAKE, ""),
            (boomerangs.wake, talk, "ana"),
            (boomerangs.wake_due,),
        ]
        await act(*pick(choices))


@pytest.mark.parametrize("seed", range(8))
async def test_it_is_the_queue_that_the_desk_showed(tmp_path: Path, seed: int) -> None:
    async with practising(tmp_path / "run") as run:
        await run.record.account("other")
        shift = Shift(run, seed)
        shown = {}
        for _ in range(40):
            await shift.step()
            shown[await run.record.seen()] = await run.record.ask(_SHOWN)
        kept = await read_run(run.record.store)
        past = PastQueue(kept)
        for seq, rows in shown.items():
            past.go_past(seq)
            assert [stood.key for stood in past.standing()] == rows, f"behind event {seq}"
