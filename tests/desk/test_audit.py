"""The audit finds what was changed: in the log, in the record, and in either way of counting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.desk.desk_at_hand import DeskAtHand, sitting
from tests.store.record_at_hand import FakeClock, said

from careconsole.desk.reporting import audit as auditing
from careconsole.desk.reporting.audit import Audit, audit
from careconsole.desk.reporting.books import open_books
from careconsole.desk.reporting.figures import Window
from careconsole.desk.reporting.recount import _Counting
from careconsole.desk.reporting.watching import watch
from careconsole.store import acts
from careconsole.store.contract import StoreError, Tx


@pytest.fixture
async def ana(home: Path, clock: FakeClock) -> AsyncIterator[DeskAtHand]:
    """Ana at a desk that may be damaged: nothing is checked at the end."""
    async with sitting(home, clock) as at_hand:
        yield at_hand


async def audited(desk: DeskAtHand) -> Audit:
    return await audit(desk.store, [Window(0, desk.clock.now_us() + 1)])


async def a_day(desk: DeskAtHand) -> int:
    first = await desk.arrive(said("m1", minute=-100), said("m2", "dan", minute=-50))
    await desk.act(acts.resolve, first, "ana", "noise")
    desk.clock.pass_s(600)
    return first


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE event SET at_us = at_us - 60000000 WHERE seq = 2", "event 2 was changed"),
        ("UPDATE event SET details = '{}' WHERE seq = 2", "event 2 was changed"),
        ("DELETE FROM event WHERE seq = 2", "event 2 is missing"),
        ("UPDATE event SET seq = CASE seq WHEN 1 THEN -2 ELSE -1 END WHERE seq IN (1, 2)", "event"),
    ],
)
async def test_a_log_that_was_touched_is_named_and_not_counted_from(
    ana: DeskAtHand, change: str, fault: str
) -> None:
    await a_day(ana)

    async def touch(tx: Tx) -> None:
        for statement in ("DROP TRIGGER event_stays", "DROP TRIGGER event_remains", change):
            await tx.change(statement)

    await ana.store.write(touch)
    found = await audited(ana)
    assert not found.holds and fault in found.chain_fault and found.windows == []


async def test_a_log_with_a_hole_is_never_counted_from(ana: DeskAtHand) -> None:
    """What is missing is named by whoever counts, not by the audit alone."""
    await a_day(ana)

    async def drop(tx: Tx) -> None:
        await tx.change("DROP TRIGGER event_remains")
        await tx.change("DELETE FROM event WHERE seq = 2")

    await ana.store.write(drop)
    with pytest.raises(StoreError, match="Event 2 is missing"):
        await watch(ana.store, 0).look()
    with pytest.raises(StoreError, match="Event 2 is missing"):
        await open_books(ana.store)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("in_queue = 0", "waits by the log, but is not in the queue"),
        ("waiting_since_us = waiting_since_us + 1", "another time"),
        ("tier = 0", "another tier"),
    ],
)
async def test_a_queue_that_says_otherwise_than_the_log_is_found(
    ana: DeskAtHand, change: str, words: str
) -> None:
    await a_day(ana)
    second = await ana.conversation_of("m1")
    await ana.store.write(lambda tx: tx.change(f"UPDATE conversation SET {change} WHERE id = $1", second))
    found = await audited(ana)
    assert not found.holds and len(found.misplaced) == 1
    assert f"conversation {second} " in found.misplaced[0] and words in found.misplaced[0]


async def test_routes_that_count_otherwise_are_told_with_both_numbers(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_day(ana)
    within = _Counting.within
    monkeypatch.setattr(_Counting, "within", lambda self, at_us: within(self, at_us) and at_us % 2 == 1)
    found = await audited(ana)
    assert not found.holds
    one = next(each for each in found.windows[0].differences if each.key == ("arrivals", "all", ""))
    assert (one.ledger, one.plain) == ((2, 2), (0, 0))


async def test_littles_law_fails_where_a_wait_is_lost(
    ana: DeskAtHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_day(ana)
    [held] = (await audited(ana)).windows
    assert held.integral_us == held.waited_us > 0 and held.arrivals == 2

    async def forgetful(store: object, until: int | None = None) -> object:
        books = await opened(ana.store, until)
        books.facts.asked.pop()
        return books

    opened = auditing.open_books
    monkeypatch.setattr(auditing, "open_books", forgetful)
    [window] = (await audited(ana)).windows
    assert window.integral_us > window.waited_us and not window.holds


async def test_nothing_is_written(ana: DeskAtHand) -> None:
    await a_day(ana)
    before = await ana.value("SELECT count(*) FROM event"), await ana.value("SELECT revision FROM counter")
    await audited(ana)
    assert before == (
        await ana.value("SELECT count(*) FROM event"),
        await ana.value("SELECT revision FROM counter"),
    )
