"""Named leases: one process at a time, taken over when it is silent, never by a date change."""

from __future__ import annotations

from datetime import timedelta

from tests.store.record_at_hand import Record

from careconsole.store.leases import POLLER_LEASE_S, drop_leases, holds_lease, take_lease


async def test_one_holds_it_until_silent(record: Record, other: Record) -> None:
    assert POLLER_LEASE_S == 15
    assert await record.act(take_lease, "poll:1", 15) == 1
    assert await other.act(take_lease, "poll:1", 15) is None
    record.clock.pass_s(14)
    assert await record.act(take_lease, "poll:1", 15) == 1
    record.clock.pass_s(14)
    assert await other.act(take_lease, "poll:1", 15) is None
    record.clock.pass_s(1)
    assert await other.act(take_lease, "poll:1", 15) == 2
    assert not await record.act(holds_lease, "poll:1", 1)
    assert await other.act(holds_lease, "poll:1", 2)
    assert await record.act(take_lease, "poll:1", 15) is None


async def test_each_name_is_a_lease_of_its_own(record: Record, other: Record) -> None:
    assert await record.act(take_lease, "poll:1", 15) == 1
    assert await other.act(take_lease, "poll:2", 15) == 1


async def test_it_stays_ones_own_although_it_ran_out_if_nobody_took_it(record: Record) -> None:
    assert await record.act(take_lease, "poll:1", 15) == 1
    record.clock.pass_s(60)
    assert await record.act(holds_lease, "poll:1", 1)
    assert await record.act(take_lease, "poll:1", 15) == 1


async def test_given_back_it_is_free_at_once(record: Record, other: Record) -> None:
    await record.act(take_lease, "poll:1", 15)
    await record.act(drop_leases)
    assert await other.act(take_lease, "poll:1", 15) == 2


async def test_to_give_back_takes_nothing_from_others(record: Record, other: Record) -> None:
    await record.act(take_lease, "poll:1", 15)
    await other.act(drop_leases)
    assert await other.act(take_lease, "poll:1", 15) is None


async def test_a_changed_wall_clock_moves_no_lease(record: Record, other: Record) -> None:
    await record.act(take_lease, "poll:1", 15)
    record.clock.set_wall(timedelta(hours=1))
    assert await other.act(take_lease, "poll:1", 15) is None
    record.clock.set_wall(timedelta(days=-4))
    record.clock.pass_s(15)
    assert await other.act(take_lease, "poll:1", 15) == 2


async def test_another_boot_ends_it(record: Record, other: Record) -> None:
    await record.act(take_lease, "poll:1", 15)
    record.clock.reboot()
    assert await other.act(take_lease, "poll:1", 15) == 2
