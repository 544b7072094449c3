"""A battle: consoles, short commands and an intake on one desk, killed, stopped and without room; then its history.

`python -m proof.battle [--kills N] [--consoles N] [--seed N] [--bug NAME]`
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.nursery import Nursery, nursery

from careconsole.desk.importing import import_lines
from careconsole.desk.opening import open_desk
from proof.bugs import BUGS
from proof.checker import ACCEPTED, History, faults
from proof.fighters import LEASE_S, a_line

STOP_S = 3.0
"""So long a process stands still: longer than the lease of a claim."""
OVER_S = 3600.0
_MODULE = "proof.fighters"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is fought."""

    kills: int
    consoles: int = 4
    stops: int = 3
    commands: int = 5
    seed: int = 1
    bug: str = ""
    conversations: int = 40
    at_least: int = 100
    """Claims that were told, before it ends."""
    every_s: float = 0.25
    """Mean pause between two kills."""


def fight(folder: Path, plan: Plan) -> History:
    """Fight in a folder, bring to its end what is on its way, and read the history."""
    home, net = folder / "home", folder / "network"
    home.mkdir(mode=0o700)
    asyncio.run(_prepare(home, plan))
    with nursery(_MODULE) as children:
        _Battle(children, home, net, plan).run()
        last = children.start(_MODULE, "last_one", str(home), str(net), plan.seed)
        if children.wait(last):
            raise RuntimeError("the last console did not end well")
    return History(home / "desk.db", net, LEASE_S * 1_000_000_000).read()


async def _prepare(home: Path, plan: Plan) -> None:
    async with open_desk(home, agent="intake", create=True, now=lambda: datetime.now(UTC)) as desk:
        lines = [a_line(f"first-{each}", f"customer{each}") for each in range(plan.conversations)]
        await import_lines(desk, lines, lambda number, reason, line: print(number, reason, file=sys.stderr))


class _Battle:
    """Who is at it, and what happens to them."""

    def __init__(self, children: Nursery, home: Path, net: Path, plan: Plan) -> None:
        self.children, self.home, self.net, self.plan = children, home, net, plan
        self.chance = random.Random(plan.seed)
        self.running: dict[str, int] = {}
        self.lives = 0
        self.end_ns = time.monotonic_ns() + round(OVER_S * 1e9)
        self.stopped: tuple[int, float] | None = None

    def run(self) -> None:
        """Until every kill and every stop has happened, and enough was fought over."""
        plan, begun = self.plan, time.monotonic()
        intake = self.children.start(_MODULE, "writer_in", str(self.home), plan.seed, self.end_ns)
        for number in range(plan.consoles):
            self._start(f"agent{number}")
        kills, stops, commands = plan.kills, plan.stops, plan.commands
        stop_at = begun + 1.0
        while kills or stops or self.stopped or self._claims() < plan.at_least:
            if time.monotonic() > begun + OVER_S:
                raise RuntimeError("the battle does not come to its end")
            time.sleep(self.plan.every_s * 2 * self.chance.random())
            self._go_on()
            if kills:
                kills -= 1
                self._kill(self.chance.choice(sorted(self.running)))
            if stops and self.stopped is None and time.monotonic() > stop_at:
                stops -= 1
                self._stop(self.chance.choice(sorted(self.running)))
                stop_at = time.monotonic() + STOP_S + 1.5
            if commands:
                commands -= 1
                self._command(f"shell{commands % 3}")
        for agent in list(self.running):
            self._kill(agent, again=False)
        self.children.kill(intake)

    def _claims(self) -> int:
        journals = self.net.parent.glob("journal-*")
        return sum(each.read_bytes().count(b'"told": "claimed"') for each in journals)

    def _start(self, agent: str) -> None:
        self.lives += 1
        seed = self.plan.seed * 10_000 + self.lives
        is_fast = agent == "agent1"
        words = (str(self.home), str(self.net), agent, seed, self.plan.bug, is_fast, self.end_ns)
        self.running[agent] = self.children.start(_MODULE, "console", *words)

    def _kill(self, agent: str, *, again: bool = True) -> None:
        pid = self.running.pop(agent)
        if self.stopped is not None and self.stopped[0] == pid:
            self.stopped = None
        status = self.children.kill(pid)
        if status != -signal.SIGKILL:
            raise RuntimeError(f"{agent} ended by itself with {status}")
        if again:
            self._start(agent)

    def _stop(self, agent: str) -> None:
        pid = self.running[agent]
        os.kill(pid, signal.SIGSTOP)
        self.stopped = pid, time.monotonic() + STOP_S

    def _go_on(self) -> None:
        if self.stopped is not None and time.monotonic() >= self.stopped[1]:
            os.kill(self.stopped[0], signal.SIGCONT)
            self.stopped = None

    def _command(self, agent: str) -> None:
        self.lives += 1
        words = (str(self.home), str(self.net), agent, self.plan.seed * 10_000 + self.lives, self.plan.bug)
        status = self.children.wait(self.children.start(_MODULE, "command", *words))
        if status:
            raise RuntimeError(f"a command ended with {status}")


def tally(history: History) -> dict[str, int]:
    """What was fought over: how often each thing was told, and in which states the replies are."""
    told = Counter(line["told"] for line in history.told)
    states = Counter(row["state"] for row in history.outbox)
    return {
        "claims": told["claimed"],
        "replies": len(history.outbox),
        **{state: states[state] for state in (*ACCEPTED, "held", "failed", "cancelled") if states[state]},
        "no space": told["no space"],
        "events": len(history.events),
        "lost claims": sum(event.kind == "lost" for event in history.events),
    }


def main() -> int:
    """Fight, and print what was found; 1 if anything was."""
    parser = argparse.ArgumentParser(prog="python -m proof.battle", description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--consoles", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bug", choices=["", *BUGS], default="")
    options = parser.parse_args()
    plan = Plan(options.kills, options.consoles, seed=options.seed, bug=options.bug)
    with tempfile.TemporaryDirectory(prefix="careconsole-battle-") as folder:
        history = fight(Path(folder), plan)
        found = faults(history)
        print(tally(history))
    for sentence in found[:20]:
        print(sentence)
    print(f"{len(found)} broken promises")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
