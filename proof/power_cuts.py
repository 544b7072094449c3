"""Power cuts: the disk keeps what was synced and half of the rest, partly torn; what was acknowledged must be there.

`python -m proof.power_cuts [--cuts N] [--bug synchronous=NORMAL]`. One desk works on a file system of ours inside SQLite
(an apsw VFS) that writes down every write, sync and cut of a file. For each power cut a moment is chosen and the disk is
put together as it may be found afterwards; then careconsole opens it with its own driver.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from careconsole.desk import replies, routing
from careconsole.desk.importing import import_lines
from careconsole.desk.opening import open_desk
from careconsole.model.conversation import Claimed
from careconsole.model.reply import Enqueued
from careconsole.store import driver as sqlite
from careconsole.store import events
from careconsole.store.contract import StoreError
from careconsole.store.driver import Driver
from careconsole.store.opening import open_store
from proof import bugs
from proof.apsw_module import ApswModule, Operation, Tape
from proof.fighters import a_line

TEND_EVERY = 12
"""Replies between two looks at the write-ahead log."""


@dataclass(slots=True)
class Worked:
    """What a desk did before the power went."""

    tape: Tape
    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    """Place on the tape when a reply was taken on, and its text."""
    first_place: int = 0
    """From here on the power may go; what was written before is on the disk."""
    first_disk: dict[str, bytes] = field(default_factory=dict)
    """The files at that place."""


async def work(folder: Path, replies_number: int, seed: int) -> Worked:
    """Answer so many customers on a desk whose every write is taken down."""
    tape = Tape(folder)
    module = ApswModule(tape)
    driver = Driver(module, module.sqlite_version_info)
    worked = Worked(tape)
    chance = random.Random(seed)
    home = folder / "home"
    home.mkdir(mode=0o700)
    async with open_desk(home, agent="ana", create=True, driver=driver, now=_now) as desk:
        lines = [a_line(f"m{number}", f"customer{number}") for number in range(replies_number)]
        await import_lines(desk, lines[: replies_number // 2], _refuse)
        worked.first_place = len(tape.operations)
        worked.first_disk = {
            each.name: each.read_bytes() for each in home.iterdir() if each.name in ("desk.db", "desk.db-wal")
        }
        for number in range(replies_number):
            if number == replies_number // 2:
                await import_lines(desk, lines[replies_number // 2 :], _refuse)
            claimed = await routing.claim_next(desk)
            if not isinstance(claimed, Claimed):
                break
            text = f"It left today. <{number}-{chance.getrandbits(32):x}>"
            sent = await replies.send(desk, claimed.conversation_id, text=text, fence=claimed.fence)
            if isinstance(sent, Enqueued):
                worked.acknowledged.append((len(tape.operations), text))
            if number % TEND_EVERY == TEND_EVERY - 1:
                await desk.store.tend(is_poller=True)
                checkpoint(desk, chance.choice(("PASSIVE", "TRUNCATE")))
    return worked


def checkpoint(desk: Any, how: str) -> None:
    """Bring the log into the file, however short it is: so that power goes in the middle of that too."""
    desk.store._writer.execute(f"PRAGMA wal_checkpoint({how})").fetchall()


def _refuse(number: int, reason: str, line: bytes) -> None:
    raise AssertionError(f"line {number} was refused: {reason}")


def _now() -> datetime:
    return datetime.now(UTC)


def disk_after(
    first: Mapping[str, bytes], operations: Sequence[Operation], chance: random.Random
) -> dict[str, bytearray]:
    """The files as the disk may hold them when power goes behind these operations.

    What was synced is there. Of what was written since each piece is there, is not, or is torn in its middle.
    """
    files = {name: bytearray(content) for name, content in first.items()}
    loose: dict[str, list[Operation]] = {}
    for each in operations:
        if each.what == "sync":
            for one in loose.pop(each.name, []):
                _apply(files, one)
        elif each.what == "delete":
            loose.pop(each.name, None)
            files.pop(each.name, None)
        else:
            loose.setdefault(each.name, []).append(each)
    for waiting in loose.values():
        for one in waiting:
            fate = chance.random()
            if fate < 0.4:
                _apply(files, one)
            elif fate < 0.5 and one.what == "write":
                _apply(
                    files,
                    Operation("write", one.name, one.at, one.data[: chance.randrange(len(one.data) + 1)]),
                )
    return files


def _apply(files: dict[str, bytearray], one: Operation) -> None:
    file = files.setdefault(one.name, bytearray())
    if one.what == "truncate":
        del file[one.at :]
        return
    if len(file) < one.at:
        file.extend(b"\0" * (one.at - len(file)))
    file[one.at : one.at + len(one.data)] = one.data


async def cut(worked: Worked, folder: Path, chance: random.Random) -> str:
    """One power cut at a random moment; what is broken behind it, empty if nothing is."""
    place = chance.randrange(worked.first_place, len(worked.tape.operations) + 1)
    folder.mkdir()
    for name, content in disk_after(
        worked.first_disk, worked.tape.operations[worked.first_place : place], chance
    ).items():
        (folder / name).write_bytes(content)
    desk_file = folder / "desk.db"
    desk_file.chmod(0o600)
    taken_on = [text for at, text in worked.acknowledged if at <= place]
    try:
        async with open_store(desk_file) as store:
            rows = await store.read(lambda tx: tx.rows("SELECT text FROM outbox"))
            fault = await store.read(events.first_fault)
            [(sound,)] = await store.read(lambda tx: tx.rows("SELECT count(*) FROM message"))
            assert sound >= 0
    except StoreError as error:
        return f"damaged: {error}"
    there = {row[0] for row in rows}
    gone = [text for text in taken_on if text not in there]
    if gone:
        return f"lost: {len(gone)} of {len(taken_on)} acknowledged replies"
    return f"chain: {fault}" if fault else ""


async def cut_often(folder: Path, cuts: int, seed: int, replies_number: int = 60) -> Counter[str]:
    """So many power cuts over one desk: how often nothing was broken (""), and what was."""
    worked = await work(folder, replies_number, seed)
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    for number in range(cuts):
        found[(await cut(worked, folder / f"cut{number}", chance)).partition(":")[0]] += 1
        for file in (folder / f"cut{number}").iterdir():
            file.unlink()
    return found


def main() -> int:
    """Cut, and print what was found; 1 if anything was."""
    parser = argparse.ArgumentParser(prog="python -m proof.power_cuts", description=__doc__)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bug", choices=["", "synchronous=NORMAL"], default="")
    options = parser.parse_args()
    bugs.plant(options.bug)
    with tempfile.TemporaryDirectory(prefix="careconsole-cuts-") as folder:
        found = asyncio.run(cut_often(Path(folder), options.cuts, options.seed))
    print(dict(found), sqlite.drivers()[0].name)
    return 0 if found[""] == options.cuts else 1


if __name__ == "__main__":
    sys.exit(main())
