"""The simulated order is the desk's own: the same messages in a real record stand and are claimed in the same order."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import time
from pathlib import Path
from random import Random

import pytest
from tests.desk.simulation.weeks import SAMPLE, as_it_was
from tests.store.record_at_hand import FakeClock, Record, at, said

from careconsole.channels.recording import Deleted, load_recording
from careconsole.cli.lines import lines_of
from careconsole.desk.importing import import_lines
from careconsole.desk.opening import open_desk
from careconsole.desk.rules import Rules
from careconsole.desk.simulation.arrivals import Arrival
from careconsole.desk.simulation.policies import Case, Policy
from careconsole.desk.simulation.run import Floor
from careconsole.desk.simulation.source import RECORDED_AT, Source, source_of_lines
from careconsole.model.calendar import Calendar, OpenHours
from careconsole.model.conversation import Claimed
from careconsole.model.instant import rfc3339, to_us
from careconsole.model.message import Kind, ParentPost, Reading
from careconsole.model.priority import RankPolicy
from careconsole.store import acts, claims, queue
from careconsole.store.arrivals import waiting_of
from careconsole.store.opening import open_store

WORDS = ("", "", "", "", "stranded")
OFFICE = Calendar(hours={day: (OpenHours(time(9), time(17)),) for day in range(5)})
POLICY = RankPolicy(vips=frozenset({"vera"}), calendars={"care": OFFICE})
PEOPLE = ("ana", "ben", "cara", "dan", "eve", "finn", "gus", "vera")


@pytest.fixture
async def record(tmp_path: Path) -> AsyncIterator[Record]:
    clock = FakeClock()
    async with open_store(tmp_path / "home" / "desk.db", create=True, policy=POLICY, clock=clock) as store:
        yield Record(store, clock)


def one_message(
    chances: Random, number: int, minute: int
) -> tuple[Arrival, str, str, Reading, ParentPost | None]:
    """A message as the simulation takes it, and what a desk would read of it: account, handle, reading, parent."""
    handle = chances.choice(PEOPLE)
    account = "care" if handle in PEOPLE[:4] else "shop"
    reading = Reading(
        chances.choice(list(Kind)), "", chances.choice(WORDS), "en", chances.choice([0.0, -0.44, -0.45, -1.0])
    )
    parent = ParentPost("p", is_dark=True) if chances.random() < 0.2 else None
    item = said("", handle, minute=minute, kind=None, reach=chances.choice([0, 900, 70_000]), parent=parent)
    arrival = Arrival(
        number,
        PEOPLE.index(handle),
        account,
        waiting_of(item, reading, to_us(item.at), POLICY),
        bool(reading.emergency_word),
        handle == "vera",
        0,
        1_000_000,
    )
    return arrival, account, handle, reading, parent


@pytest.mark.parametrize("seed", range(10))
async def test_a_record_stands_and_is_claimed_in_the_order_of_the_simulation(
    record: Record, seed: int
) -> None:
    chances = Random(seed)
    floor = Floor(1, Policy.RANK, POLICY)
    for number in range(24):
        arrival, account, handle, reading, parent = one_message(chances, number, number * 7)
        item = said(
            f"m{number}",
            handle,
            minute=number * 7,
            kind=None,
            reach=arrival.waiting.reach,
            parent=parent,
        )
        await record.take_in(item, account=account, reading=reading)
        floor.take(arrival)
        assert await standing(record) == people(floor)
        if chances.random() < 0.5:
            await take_the_next(record, floor, arrival.at_us)
    while people(floor):
        await take_the_next(record, floor, to_us(at(10_000)))
    assert await standing(record) == []


def people(floor: Floor) -> list[str]:
    """Who waits, in the order of the simulation."""
    return [name_of(case) for case in floor.order()]


def name_of(case: Case) -> str:
    return PEOPLE[case.messages[0].customer]


async def standing(record: Record) -> list[str]:
    """Who waits, in the order of the record."""
    window = await record.store.read(lambda tx: queue.window(tx, "ana"))
    return [row.handle for row in window.rows]


async def take_the_next(record: Record, floor: Floor, now_us: int) -> None:
    """Claim the next one in both, and end it."""
    before = floor.order()
    floor.begin(now_us)
    done_us = floor.next_done_us()
    assert done_us is not None
    floor.finish(done_us)
    claimed = await record.store.write(lambda tx: claims.claim_next(tx, "ana"))
    assert isinstance(claimed, Claimed)
    handle = await record.value("SELECT handle FROM conversation WHERE id = $1", claimed.conversation_id)
    assert handle == name_of(before[0])
    await record.store.write(lambda tx: acts.resolve(tx, claimed.conversation_id, "ana", "answered"))


def sample_as_lines(path: Path) -> tuple[Path, frozenset[str]]:
    """The sample's messages as lines to import, in order of time, without our answers; and its VIPs."""
    recording = load_recording(SAMPLE)
    gone = {
        (account, each.external_id): each.t
        for account, happenings in recording.happenings.items()
        for each in happenings
        if isinstance(each, Deleted)
    }
    lines: dict[tuple[str, str], tuple[float, str]] = {}
    for number, line in enumerate(SAMPLE.read_text("utf-8").splitlines()):
        raw = json.loads(line)
        if number and raw.get("direction") == "in" and (raw["account"], raw["id"]) not in lines:
            t = raw.pop("t")
            raw["at"] = in_time(t)
            if (raw["account"], raw["id"]) in gone:
                raw["deleted_at"] = in_time(gone[raw["account"], raw["id"]])
            lines[raw["account"], raw["id"]] = (t, json.dumps(raw))
    path.write_text("".join(f"{line}\n" for _, line in sorted(lines.values())))
    return path, frozenset(recording.vips)


def in_time(t: float) -> str:
    return rfc3339(RECORDED_AT.fromtimestamp(RECORDED_AT.timestamp() + t, RECORDED_AT.tzinfo))


def waiting_in(source: Source) -> list[str]:
    """Who waits if all of a source has arrived and nobody has answered, in our order."""
    floor = Floor(0, Policy.RANK, source.policy)
    week = as_it_was(source)
    for arrival in week:
        floor.take(arrival)
        if arrival.gone_us is not None:
            floor.take_back(arrival)
    return [
        f"{case.tier} {case.rank.waiting_since_us} {case.rank.effective_due_us} {case.rank.kind.value}"
        for case in floor.order()
    ]


async def test_the_whole_sample_is_read_and_ordered_as_a_desk_does_it(tmp_path: Path) -> None:
    file, vips = sample_as_lines(tmp_path / "sample.jsonl")
    rules = Rules(RankPolicy(vips=vips))
    with file.open("rb") as opened:
        simulated = waiting_in(source_of_lines(lines_of(opened), rules))
    async with open_desk(tmp_path / "home", agent="ana", rules=rules, create=True) as desk:
        with file.open("rb") as opened:
            await import_lines(desk, lines_of(opened), lambda *refused: pytest.fail(str(refused)))
        window = await desk.store.read(lambda tx: queue.window(tx, "ana", limit=1_000))
    assert len(simulated) > 100
    assert simulated == [
        f"{row.tier} {row.waiting_since_us} {row.effective_due_us} {row.kind.value}" for row in window.rows
    ]
