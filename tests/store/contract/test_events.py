"""The event log cannot be changed unseen, and cannot be changed at all by the ordinary way."""

from __future__ import annotations

import pytest
from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.event import EventKind
from careconsole.store import acts, claims, events
from careconsole.store.contract import StoreError

NO_GUARD = ("DROP TRIGGER event_stays", "DROP TRIGGER event_remains")


async def five_events(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=1))
    await record.claim(first)
    await record.act(acts.set_kind, first, "ana", "praise")
    await record.act(claims.release, first, "ana")


async def tamper(record: Record, *statements: str) -> str:
    async def body(tx: claims.Tx) -> None:
        for each in (*NO_GUARD, *statements):
            await tx.change(each)

    await record.store.write(body)
    fault = await record.store.read(events.first_fault)
    record.log_tells_all = False
    await record.store.write(_empty)  # so that the check at the end finds a whole log
    return fault


async def _empty(tx: claims.Tx) -> None:
    await tx.change("DELETE FROM event")
    await tx.change("DELETE FROM fact WHERE name = $1", events.NEWEST_EVENT)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("UPDATE event SET agent = 'ben' WHERE seq = 3",), "event 3 was changed"),
        (("DELETE FROM event WHERE seq > 3",), "event 4 is missing"),
        (("UPDATE event SET details = '{}' WHERE seq = 4",), "event 4 was changed"),
        (("UPDATE event SET at_us = at_us + 1 WHERE seq = 1",), "event 1 was changed"),
        (("UPDATE event SET hash = 'f00' WHERE seq = 5",), "event 5 was changed"),
        (("UPDATE event SET prev_hash = 'f00' WHERE seq = 2",), "event 2 does not follow event 1"),
        (("DELETE FROM event WHERE seq = 3",), "event 3 is missing"),
        (("DELETE FROM event WHERE seq = 1",), "event 1 is missing"),
        (
            (
                "DELETE FROM event WHERE seq = 3",
                "UPDATE event SET seq = 3 WHERE seq = 4",
                "UPDATE event SET seq = 4 WHERE seq = 5",
            ),
            "event 3 does not follow event 2",
        ),
        (
            (
                "UPDATE event SET seq = 99 WHERE seq = 2",
                "UPDATE event SET seq = 2 WHERE seq = 3",
                "UPDATE event SET seq = 3 WHERE seq = 99",
            ),
            "event 2 does not follow event 1",
        ),
    ],
)
async def test_what_was_done_to_the_log_is_found_and_named(
    record: Record, change: tuple[str, ...], fault: str
) -> None:
    await five_events(record)
    assert await record.store.read(events.first_fault) == ""
    assert await tamper(record, *change) == fault


@pytest.mark.parametrize("statement", ["UPDATE event SET agent = 'ben'", "DELETE FROM event"])
async def test_the_record_itself_changes_no_event(record: Record, statement: str) -> None:
    await five_events(record)
    with pytest.raises(StoreError, match="events are never"):
        await record.store.write(lambda tx: tx.change(statement))
    assert len(await record.events()) == 5


async def test_every_event_has_two_times(record: Record) -> None:
    record.clock.pass_s(600)
    await record.arrive(said("m1", minute=-7))
    [arrived] = await record.events("arrived")
    assert (arrived["at_us"], arrived["recorded_us"]) == (at_us(-7), at_us(10))


async def test_an_act_and_its_event_are_one(record: Record) -> None:
    first = await record.arrive(said("m1"))

    async def half(tx: claims.Tx) -> None:
        await claims.claim(tx, first, "ana")
        raise ValueError("the power went")

    with pytest.raises(ValueError, match="power"):
        await record.store.write(half)
    assert (await record.row(first)).claimed_by is None
    assert await record.kinds() == ["arrived"]


async def test_an_event_of_a_kind_not_known_is_verified_all_the_same(record: Record) -> None:
    class Later:
        value = "linked"

    await five_events(record)
    await record.store.write(lambda tx: events.append(tx, Later(), agent="ana"))  # type: ignore[arg-type]
    await record.store.write(lambda tx: events.append(tx, EventKind.AWAY, agent="ana"))
    assert await record.store.read(events.first_fault) == ""
    assert (await record.kinds())[-2:] == ["linked", "away"]


async def test_a_long_log_is_verified_in_parts(record: Record) -> None:
    async def many(tx: claims.Tx) -> None:
        for number in range(50):
            await events.append(tx, EventKind.AWAY, agent="ana", details={"number": number})

    await record.store.write(many)
    found = await record.store.read(lambda tx: events.events_after(tx, 10, 20))
    assert [seq for seq, *_ in found] == list(range(11, 31))


async def test_no_event_holds_what_a_customer_wrote_or_is_called(record: Record) -> None:
    first = await record.arrive(said("m1", "cara-who-is-secret", "secret words"))
    await record.claim(first)
    await record.act(acts.add_note, first, "ana", "secret note")
    await record.act(acts.resolve, first, "ana", "answered")
    await record.take_in(said("m1", "cara-who-is-secret", "secret edit", edited=1))
    assert "secret" not in str(await record.ask("SELECT * FROM event"))
