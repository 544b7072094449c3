"""A practice run made by hand: what customers said, and what the trainee did about it, minute by minute."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.store.record_at_hand import NOON, FakeClock, Record, at, said

from careconsole.desk.practice.debrief import Debrief, debrief
from careconsole.desk.practice.judging.marks import Mark
from careconsole.desk.practice.run import Run
from careconsole.desk.practice.scenario import Scenario, load_scenario
from careconsole.language.emergency import EmergencyWords
from careconsole.language.reading import read
from careconsole.model.instant import to_us
from careconsole.model.message import Kind, Visibility
from careconsole.model.reply import Sent
from careconsole.store import acts, claims
from careconsole.store.opening import open_store

FINE = "I am sorry about that. I have asked the depot and will write to you again by 15:00 today."
"""A reply of which the coach notes nothing, whatever it answers."""


@dataclass
class Practised:
    """A record that a trainee called ana works on, and the scenario that it follows."""

    record: Record
    clock: FakeClock
    lines: list[dict[str, Any]] = field(default_factory=list)
    speed: float = 1.0
    sent: int = 0

    def minute(self, minute: float) -> None:
        """Let it be so many minutes after noon."""
        left_us = round(minute * 60_000_000) - (self.clock.wall_us - to_us(NOON))
        assert left_us >= 0, "time does not go back"
        self.clock.pass_s(left_us / 1_000_000)

    async def hears(
        self,
        id: str,
        handle: str = "cara",
        text: str = "Where is my parcel?",
        *,
        kind: Kind = Kind.QUESTION,
        want: str = "either",
        answer: bool = True,
        ack_min: int = 60,
        why: str = "Because.",
        private: bool = False,
        reply_to: str | None = None,
        unwanted: bool = False,
    ) -> int:
        """A customer writes now; the conversation."""
        minute = (self.clock.wall_us - to_us(NOON)) / 60_000_000
        visibility = Visibility.DIRECT if private else Visibility.PUBLIC
        line: dict[str, Any] = {
            "t": minute * 60,
            "id": id,
            "account": "shop",
            "author": {"handle": handle},
            "text": text,
            "kind": kind.value,
            "visibility": "private" if private else "public",
        }
        if not unwanted:
            line["want"] = {"visibility": want, "answer": answer, "ack_min": ack_min, "why": why}
        self.lines.append(line)
        item = said(id, handle, text, minute, kind=kind, visibility=visibility, reply_to=reply_to)
        return await self.record.arrive(item, reading=read(text, EmergencyWords()))

    async def claims(self, talk: int, agent: str = "ana") -> int:
        """The trainee takes a conversation; the fence."""
        return await self.record.claim(talk, agent)

    async def gives_back(self, talk: int) -> None:
        """The trainee gives it back."""
        assert await self.record.act(claims.release, talk, "ana")

    async def answers(
        self, talk: int, text: str = FINE, *, private: bool = False, line: str = "", **more: Any
    ) -> None:
        """The trainee answers, and it leaves at once."""
        visibility = Visibility.DIRECT if private else None
        outbox_id = await self.record.queued(talk, text, visibility=visibility, line=line, **more)
        for _ in range(2 if line else 1):
            taken = await self.record.take()
            assert taken is not None and taken >= outbox_id
            self.sent += 1
            await self.record.settle(taken, Sent(f"r{self.sent}"))

    async def resolves(self, talk: int, reason: str = "answered") -> None:
        """The trainee ends it."""
        await self.record.act(acts.resolve, talk, "ana", reason)

    def header(self, duration_s: float = 3600) -> dict[str, Any]:
        """The first line of the scenario."""
        return {
            "recording": 1,
            "scenario": "by-hand",
            "title": "By hand",
            "about": "Made for a test.",
            "accounts": [{"name": "shop"}],
            "duration_s": duration_s,
            "begins_at": "2026-03-02T12:00:00Z",
        }

    def scenario(self, duration_s: float = 3600, began_min: float = 0) -> Scenario:
        """What the customers said, as it was said; before the run began if it began later than at noon."""
        made = load_scenario(
            "\n".join(json.dumps(each) for each in (self.header(duration_s), *self.lines)), 1
        )
        ids = [line["id"] for line in self.lines]
        happenings = {
            "shop": tuple(
                sorted(
                    _unvaried(made, self.lines, began_min * 60),
                    key=lambda one: (one.t, ids.index(one.item.external_id)),
                )
            )
        }
        return _with(made, happenings)

    def run(self, minute: float | None, number: int = 1) -> Run:
        """The run, ended at this minute; with None it was cut short."""
        ended_at = None if minute is None else at(minute)
        return Run(self.record.store.path.parent, number, "by-hand", 1, self.speed, "ana", NOON, ended_at)

    async def debriefed(self, minute: float | None = None) -> Debrief:
        """The debrief of a run that ends now, or at this minute."""
        if minute is not None:
            self.minute(minute)
        now = (self.clock.wall_us - to_us(NOON)) / 60_000_000
        return await debrief(self.record.store, self.run(now), self.scenario())


def _unvaried(made: Scenario, lines: list[dict[str, Any]], began_s: float) -> list[Any]:
    """The happenings at the times of the lines: a seed would move them."""
    times = {line["id"]: line["t"] - began_s for line in lines}
    return [
        replace(each, t=times[each.item.external_id], said_t=times[each.item.external_id])  # type: ignore[union-attr]
        for each in made.recording.happenings["shop"]
    ]


def _with(made: Scenario, happenings: dict[str, Any]) -> Scenario:
    return replace(made, recording=replace(made.recording, happenings=happenings))


def mark_of(found: Debrief, name: str) -> Mark:
    """One of the five marks."""
    return next(mark for mark in found.marks if mark.name.value == name)


@asynccontextmanager
async def practising(home: Path, *, is_sound: bool = True) -> AsyncIterator[Practised]:
    """A new record at noon; what must always hold is checked at the end, unless a test damages it."""
    clock = FakeClock()
    home.mkdir(parents=True, exist_ok=True)
    async with open_store(home / "desk.db", create=True, clock=clock) as store:
        record = Record(store, clock)
        await record.account()
        yield Practised(record, clock)
        if is_sound:
            await record.check()
