"""The groups of proofs: each is a function of a folder and of whether one hundredth is enough, and gives its table."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.figures import Table

from proof import battle, claiming, fuzzing, power_cuts, wounds
from proof.bugs import BUGS
from proof.checker import faults

ROOT = Path(__file__).parent.parent
FOUND_AS = {
    "no fence": "fence:",
    "no lease guard": "robbed:",
    "retry without read-back": "network:",
    "plain BEGIN": "busy:",
}
"""By which promise the checker finds each planted bug."""


def claims(folder: Path, small: bool) -> Table:
    """A hundred processes pull until nothing is left."""
    number, processes = (1_000, 10) if small else (100_000, 100)
    table = Table(f"{number:,} claims by {processes} processes")
    found = claiming.pull_together(folder, number, processes)
    table.zero("given to two", found["doubles"], f"of {found['claims']:,}")
    table.zero("given to nobody", found["never given"])
    table.zero("processes that ended badly", found["badly ended"])
    table.note(
        "claims that found the record locked for 5 s and were tried again", f"{found['told to try again']:,}"
    )
    table.note("most by one process", f"{found['most by one']:,}")
    return table


def kills(folder: Path, small: bool) -> Table:
    """A battle on one desk, with its history checked."""
    number = 10 if small else 1_000
    table = Table(
        f"{number:,} kill -9 of consoles on one desk, with processes stopped for {battle.STOP_S:.0f} s"
    )
    plan = battle.Plan(
        number, consoles=4 if small else 6, stops=1 if small else 60, commands=2 if small else 60
    )
    history = battle.fight(folder, plan)
    found = faults(history)
    tally = battle.tally(history)
    for word in (
        "lost",
        "answers",
        "network",
        "owner",
        "fences",
        "fence",
        "robbed",
        "chain",
        "busy",
        "error",
    ):
        sentences = [each for each in found if each.startswith(f"{word}:")]
        table.zero(_PROMISES[word], len(sentences), sentences[0] if sentences else "")
    for what, count in tally.items():
        table.note(what, f"{count:,}")
    return table


_PROMISES = {
    "lost": "replies that were taken on and are neither sent, on their way, unknown nor a draft",
    "answers": "messages with two accepted replies",
    "network": "replies posted twice, or called sent and not there, or there and not called so",
    "owner": "fences of two owners",
    "fences": "fences that did not rise",
    "fence": "replies under a dead fence",
    "robbed": "claims taken within their lease",
    "chain": "broken links of the event log",
    "busy": "acts that found the record locked",
    "error": "acts that failed otherwise",
}


def planted(folder: Path, small: bool) -> Table:
    """Each bug planted on purpose is found."""
    table = Table("Bugs planted on purpose")
    for bug, promise in FOUND_AS.items():
        most = 3
        for seed in range(1, most + 1):
            home = folder / f"{bug}-{seed}".replace(" ", "-")
            home.mkdir()
            plan = battle.Plan(2, consoles=3, stops=0, commands=0, bug=bug, at_least=120, seed=seed)
            if any(each.startswith(promise) for each in faults(battle.fight(home, plan))):
                table.zero(f"not found: {bug}", 0, f"found in battle {seed}")
                break
        else:
            table.zero(f"not found: {bug}", 1, f"in {most} battles")
    lost = _cuts(40, "synchronous=NORMAL")
    table.zero("not found: synchronous=NORMAL", int(lost == 0), f"{lost} of 40 power cuts lost something")
    assert set(FOUND_AS) | {"synchronous=NORMAL"} == set(BUGS)
    return table


def cuts(folder: Path, small: bool) -> Table:
    """Power cuts, each on a disk that keeps what was synced and half of the rest."""
    number = 10 if small else 1_000
    table = Table(f"{number:,} power cuts")
    found = asyncio.run(power_cuts.cut_often(folder, number, 1, 40 if small else 200))
    for what in ("lost", "damaged", "chain"):
        table.zero(_CUTS[what], found[what])
    return table


_CUTS = {
    "lost": "cuts after which an acknowledged reply was gone",
    "damaged": "cuts after which the desk did not open",
    "chain": "cuts after which the event log was broken",
}


def _cuts(number: int, bug: str) -> int:
    words = ["--cuts", str(number), "--bug", bug]
    done = subprocess.run(
        [sys.executable, "-m", "proof.power_cuts", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"'lost': (\d+)", done.stdout)
    return int(found[1]) if found else 0


def damage(folder: Path, small: bool) -> Table:
    """Wounds of 64 bytes anywhere in the file."""
    number = 5 if small else wounds.WOUNDS
    table = Table(f"{number} wounds of {wounds.BYTES} bytes")
    result = asyncio.run(wounds.wound(number, conversations=40 if small else wounds.CONVERSATIONS))
    table.zero("wrong texts shown", len(result.wrong), result.wrong[0] if result.wrong else "")
    table.zero("texts missing without a word", len(result.missing))
    for way, count in result.ways.most_common():
        table.note(way, str(count))
    return table


def fuzz(folder: Path, small: bool) -> Table:
    """Ten minutes of fuzzing, spread over the targets."""
    seconds = 5 if small else 600 / len(fuzzing.NAMES)
    table = Table(f"{seconds * len(fuzzing.NAMES) / 60:.0f} minutes of fuzzing")
    for name in fuzzing.NAMES:
        runs, found = fuzzing.fuzz(name, seconds)
        table.zero(f"found in {name}", int(bool(found)), f"{runs:,} runs")
        if found:
            print(found, flush=True)
    return table


GROUPS: dict[str, Callable[[Path, bool], Table]] = {
    "claims": claims,
    "kills": kills,
    "planted": planted,
    "cuts": cuts,
    "damage": damage,
    "fuzzing": fuzz,
}
COMMANDS: dict[str, str] = {}
REMARKS: dict[str, str] = {}
