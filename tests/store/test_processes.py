"""Many processes on one file: nobody gets what another has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.nursery import Nursery, nursery
from tests.store.record_at_hand import Record, said

from careconsole.store import events
from careconsole.store.driver import Driver

PROCESSES = 8


@pytest.fixture(scope="module")
def children() -> Iterator[Nursery]:
    """Processes at call."""
    with nursery("tests.store.offspring", "careconsole.store.sqlite") as helper:
        yield helper


def read(path: Path) -> list[tuple[int, int]]:
    return [(int(one), int(two)) for one, two in map(str.split, path.read_text("ascii").splitlines())]


async def test_two_thousand_claims_from_eight_processes(
    record: Record, desk_file: Path, driver: Driver, swift_path: Path, children: Nursery
) -> None:
    conversations = 2000
    await record.take_in(*[said(f"m{n}", f"c{n}", minute=n / 60) for n in range(conversations)])
    results = [swift_path / f"won-{n}" for n in range(PROCESSES)]
    started = [
        children.start(
            "tests.store.offspring", "claim_all", str(desk_file), driver.module.__name__, path.name, str(path)
        )
        for path in results
    ]
    assert [children.wait(pid) for pid in started] == [0] * PROCESSES
    won = [each for path in results for each in read(path)]
    assert len(won) == conversations
    assert sorted(won) == [(id_, 1) for id_ in range(1, conversations + 1)]
    assert len(await record.ask("SELECT 1 FROM event WHERE kind = 'claimed'")) == conversations
    assert await record.store.read(events.first_fault) == ""


async def test_processes_that_fight_for_the_same_few(
    record: Record, desk_file: Path, driver: Driver, swift_path: Path, children: Nursery
) -> None:
    few = 5
    await record.take_in(*[said(f"m{n}", f"c{n}") for n in range(few)])
    results = [swift_path / f"won-{n}" for n in range(PROCESSES)]
    started = [
        children.start(
            "tests.store.offspring",
            "claim_at_random",
            str(desk_file),
            driver.module.__name__,
            path.name,
            str(path),
            few,
            60,
        )
        for path in results
    ]
    assert [children.wait(pid) for pid in started] == [0] * PROCESSES
    won = [each for path in results for each in read(path)]
    assert len(set(won)) == len(won), "two processes had the same fence"
    holding: dict[int, str | None] = {}
    for event in await record.events("claimed", "released"):
        id_, agent = event["conversation_id"], event["agent"]
        assert holding.get(id_) == (None if event["kind"] == "claimed" else agent)
        holding[id_] = agent if event["kind"] == "claimed" else None
    fences = await record.ask("SELECT id, fence FROM conversation")
    assert {id_: max((f for i, f in won if i == id_), default=0) for id_, _ in fences} == dict(fences)
