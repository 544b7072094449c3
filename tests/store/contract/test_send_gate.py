"""The gate of an account's replies: one for all processes, on the monotonic clock; crashes; whose turn it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.store.record_at_hand import Record, said

from careconsole.model.breaker import Pace
from careconsole.model.reply import Ambiguous, OutboxState, Outcome, Retry, Sent
from careconsole.store import delivery, settling
from careconsole.store.contract import Tx
from careconsole.store.send_gate import gate_of, keep_gate, open_gates

STATES = OutboxState
REFUSED = Retry(None, "connection refused")
LONGEST_S = 45 * 60.0


async def take(record: Record, pace: Pace | None = None, account: str = "shop") -> int | None:
    """The next reply of an account that may leave; its id."""
    taken = await record.act(delivery.take_in_turn, record.accounts[account], pace, LONGEST_S)
    return None if taken is None else taken.reply.outbox_id


async def hear(record: Record, outbox_id: int, outcome: Outcome) -> None:
    """Write down what became of a reply, as a delivery does: of the reply and of the gate at once."""

    async def body(tx: Tx) -> None:
        await delivery.settle(tx, outbox_id, outcome, pause_s=1.0, may_go_on=True)
        account_id = record.accounts["shop"]
        gate = await gate_of(tx, account_id)
        await keep_gate(tx, account_id, gate.heard(outbox_id, outcome, tx.monotonic_ns), gate)

    await record.store.write(body)


async def queue_up(record: Record, number: int, first: int = 0) -> list[int]:
    """Replies of as many customers."""
    return [
        await record.queued(await record.arrive(said(f"m{n}", f"c{n}"))) for n in range(first, first + number)
    ]


async def open_up(record: Record, outcome: Outcome = REFUSED) -> None:
    """Five failures in a row."""
    for _ in range(5):
        outbox_id = await take(record)
        assert outbox_id is not None
        await hear(record, outbox_id, outcome)


async def test_a_breaker_that_one_process_opens_stops_the_others_too(record: Record, other: Record) -> None:
    await queue_up(record, 9)
    await open_up(record)
    assert await take(record) is None and await take(other) is None
    record.clock.pass_s(29)
    assert await take(other) is None
    record.clock.pass_s(1)
    probe = await take(other)
    assert probe is not None and await take(record) is None, "one probe for all processes"
    await hear(other, probe, REFUSED)
    record.clock.pass_s(59)
    assert await take(record) is None
    record.clock.pass_s(1)
    probe = await take(record)
    assert probe is not None
    await hear(record, probe, Sent("r1"))
    assert await take(other) is not None and await take(record) is not None, "a success closes it for all"


async def test_the_others_accounts_go_on(record: Record) -> None:
    await record.account("other")
    await queue_up(record, 6)
    there = await record.queued(await record.arrive(said("x1"), account="other"))
    await open_up(record)
    assert await take(record) is None
    assert await take(record, account="other") == there
    assert set(await record.store.read(open_gates)) == {record.accounts["shop"]}


async def test_a_changed_wall_clock_moves_nothing_and_another_boot_lets_one_through(record: Record) -> None:
    await queue_up(record, 8)
    await open_up(record)
    record.clock.set_wall(timedelta(days=3))
    assert await take(record) is None
    record.clock.set_wall(timedelta(days=-6))
    record.clock.pass_s(29)
    assert await take(record) is None
    record.clock.reboot()
    assert await take(record) is not None
    assert await take(record) is None


async def test_the_probe_of_a_process_that_died_makes_room_after_a_minute(
    record: Record, other: Record
) -> None:
    await queue_up(record, 8)
    await open_up(record)
    record.clock.pass_s(30)
    lost = await take(record)
    record.clock.pass_s(59)
    assert await take(other) is None
    record.clock.pass_s(1)
    probe = await take(other)
    assert probe not in (None, lost)


async def test_nothing_is_written_where_nothing_may_leave(record: Record) -> None:
    """A look each second must not wake every console each second."""
    await queue_up(record, 6)
    await open_up(record)
    before = record.store.feed.revision
    assert await take(record) is None
    assert record.store.feed.revision == before


async def test_the_bucket_is_one_for_all_processes(record: Record, other: Record) -> None:
    await queue_up(record, 9)
    pace = Pace(3, 5.0)
    left = [await take(each, pace) for each in (record, other, record, other, record)]
    assert [each is not None for each in left] == [True, True, True, False, False]
    record.clock.pass_s(4.9)
    assert await take(other, pace) is None
    record.clock.pass_s(0.1)
    assert await take(other, pace) is not None and await take(record, pace) is None


async def test_fresh_replies_and_those_tried_before_take_turns(record: Record) -> None:
    tried = await queue_up(record, 3)
    for outbox_id in tried:
        assert await record.take() == outbox_id
        await record.settle(outbox_id, Retry(1.0))
    record.clock.pass_s(5)
    fresh = await queue_up(record, 3, first=10)
    order = [await take(record) for _ in range(6)]
    assert [each in tried for each in order] == [True, False] * 3
    assert [each for each in order if each in fresh] == fresh
    more = await queue_up(record, 2, first=20)
    assert [await take(record), await take(record), await take(record)] == [*more, None]


async def test_what_did_not_reach_the_network_is_not_fresh_again(record: Record) -> None:
    [tried] = await queue_up(record, 1)
    assert await take(record) == tried
    await record.settle(tried, REFUSED, pause_s=1.0)
    await record.act(settling.uncount, tried)
    record.clock.pass_s(1)
    [fresh] = await queue_up(record, 1, first=10)
    assert [await take(record), await take(record)] == [tried, fresh]


async def test_while_the_breaker_is_open_what_waits_is_given_up_after_its_time(record: Record) -> None:
    await queue_up(record, 6)
    await open_up(record)
    record.clock.pass_s(44 * 60)
    probe = await take(record)
    assert probe is not None
    await hear(record, probe, REFUSED)
    record.clock.pass_s(59)
    assert await take(record) is None
    assert await states(record) == ["waiting"] * 5 + ["queued"]
    record.clock.pass_s(1)
    assert await take(record) == 6
    assert await states(record) == ["failed"] * 5 + ["sending"]
    assert (await record.reply(1)).reason == "given up after 45 minutes: connection refused"
    assert (await record.row(1)).has_draft


async def states(record: Record) -> list[str]:
    return [row[0] for row in await record.ask("SELECT state FROM outbox ORDER BY id")]


# --- replies over which processes end ---


async def crash(record: Record) -> int | None:
    """A process takes the next reply and ends; its lease runs out."""
    outbox_id = await record.take()
    record.clock.pass_s(60)
    return outbox_id


async def look_up(record: Record, remote_id: str | None) -> OutboxState | None:
    taken = await record.act(delivery.take_unknown, record.accounts["shop"])
    assert taken is not None
    return await record.act(
        delivery.settle_looked_up,
        taken.reply.outbox_id,
        Sent(remote_id) if remote_id else None,
        may_go_on=taken.crashes < 99,
    )


async def test_a_reply_whose_sender_dies_each_time_is_a_draft_after_three(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first)
    for _ in range(2):
        assert await crash(record) == outbox_id
        assert await look_up(record, None) is STATES.QUEUED
    assert await crash(record) == outbox_id
    assert await look_up(record, None) is STATES.FAILED
    assert (
        await record.reply(outbox_id)
    ).reason == "it did not arrive, and the program ended 3 times over it"
    assert (await record.row(first)).has_draft and await record.take() is None


async def test_one_that_arrived_before_its_third_sender_died_was_sent(record: Record) -> None:
    outbox_id = await record.queued(await record.arrive(said("m1")))
    for _ in range(2):
        await crash(record)
        await look_up(record, None)
    await crash(record)
    assert await look_up(record, "r1") is STATES.SENT
    assert (await record.reply(outbox_id)).remote_id == "r1"


async def test_failures_of_the_network_are_no_crashes(record: Record) -> None:
    outbox_id = await record.queued(await record.arrive(said("m1")))
    for _ in range(5):
        assert await record.take() == outbox_id
        await record.settle(outbox_id, Ambiguous(), pause_s=0)
        assert await look_up(record, None) is STATES.QUEUED


async def test_a_reply_whose_look_up_ends_the_process_each_time_is_left_to_a_person(record: Record) -> None:
    outbox_id, account_id = await record.sending(await record.arrive(said("m1"))), record.accounts["shop"]
    await record.settle(outbox_id, Ambiguous(), pause_s=0)
    for _ in range(3):
        assert await record.act(delivery.take_unknown, account_id) is not None
        record.clock.pass_s(60)
    assert await record.act(delivery.take_unknown, account_id) is None
    reply = await record.reply(outbox_id)
    assert (reply.state, reply.reason) == (STATES.UNKNOWN, delivery.PARKED)
    record.clock.pass_s(9999)
    assert await record.act(delivery.take_unknown, account_id) is None
    assert await record.act(settling.look_now, outbox_id)
    assert await record.act(delivery.take_unknown, account_id) is not None


async def test_sending_again_anyway_forgets_the_crashes(record: Record) -> None:
    outbox_id = await record.queued(await record.arrive(said("m1")))
    for _ in range(2):
        await crash(record)
        await look_up(record, None)
    await crash(record)
    assert await record.act(delivery.take_unknown, record.accounts["shop"], outbox_id) is not None
    await record.act(settling.look_later, outbox_id, 0.0)
    await record.act(settling.send_again, outbox_id, "ana", "the customer says nothing came")
    record.clock.pass_s(60)
    assert await look_up(record, None) is STATES.QUEUED
    assert await record.take() == outbox_id


@pytest.mark.parametrize("only_asked", [False, True])
async def test_what_a_person_asks_for_is_looked_up_while_the_breaker_is_open(
    record: Record, only_asked: bool
) -> None:
    outbox_id, account_id = await record.sending(await record.arrive(said("m1"))), record.accounts["shop"]
    await record.settle(outbox_id, Ambiguous(), pause_s=5)
    record.clock.pass_s(60)
    if only_asked:
        assert await record.act(delivery.take_unknown, account_id, only_asked=True) is None
        assert await record.act(settling.look_now, outbox_id)
    assert await record.act(delivery.take_unknown, account_id, only_asked=only_asked) is not None
