"""What sleeps and comes back: once, at its time, whoever looks; earlier if the customer writes (F11)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from tests.store.record_at_hand import MIN_US, Record, at_us, ours, said

from careconsole.model.come_back import WakeMode
from careconsole.model.conversation import ConversationState, HeldBy, Resolved
from careconsole.model.message import Kind
from careconsole.model.reply import Ambiguous, Mode, Rejected, Sent
from careconsole.store import acts, boomerangs, claims, drafts, outbox, queue, thread, undo
from careconsole.store.acts import Done
from careconsole.store.rows import Draft
from careconsole.store.undo import CannotUndo, Undone

WAKE, SILENT = WakeMode.WAKE, WakeMode.WAKE_IF_SILENT


async def snooze(
    record: Record, id: int, minute: float = 60, mode: WakeMode = WAKE, note: str = "", agent: str = "ana"
) -> int:
    """Put a conversation to sleep until so many minutes after noon; the event."""
    done = await record.act(boomerangs.snooze, id, agent, at_us(minute), mode, note)
    assert isinstance(done, Done), done
    await record.check()
    return done.event


async def time_passes(record: Record, minutes: float) -> int:
    """Time goes by, and what is due comes back; how much was due."""
    record.clock.pass_s(minutes * 60)
    due = await record.act(boomerangs.wake_due)
    await record.check()
    return due


async def pending(record: Record) -> int:
    """A conversation that was answered."""
    id = await record.arrive(said("m1"))
    await record.settle(await record.sending(id), Sent("r1"))
    assert await record.waiting() == []
    return id


async def test_what_sleeps_is_not_in_the_queue_and_returns_with_its_old_clock(record: Record) -> None:
    first = await record.arrive(said("m1", minute=-30))
    second = await record.arrive(said("m2", "dan", minute=-20))
    before = await record.row(first)
    await record.claim(first)
    await snooze(record, first, 60)
    row = await record.row(first)
    assert await record.waiting() == [second]
    assert (row.is_waiting, row.claimed_by, row.owner, row.unanswered) == (False, None, "ana", 1)
    assert (row.asleep_until_us, row.waiting_since_us, row.is_back) == (at_us(60), at_us(-30), False)
    assert await time_passes(record, 59.99) == 0
    assert await time_passes(record, 0.02) == 1
    back = await record.row(first)
    assert await record.waiting() == [first, second]
    assert back.key == before.key and back.is_back and back.asleep_until_us is None
    assert (back.waiting_since_us, back.due_us) == (at_us(-30), before.due_us)


async def test_it_is_not_pulled_while_it_sleeps(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await snooze(record, first)
    assert await record.act(claims.claim_next, "ben") is None
    await time_passes(record, 61)
    assert (await record.act(claims.claim_next, "ben")).conversation_id == first


async def test_it_comes_back_once_however_many_look(record: Record) -> None:
    ids = [await record.arrive(said(f"m{n}", f"c{n}")) for n in range(5)]
    for n, id in enumerate(ids):
        await snooze(record, id, 10 + n)
    record.clock.pass_s(3600)
    woken = await asyncio.gather(*(record.act(boomerangs.wake_due) for _ in range(8)))
    assert sum(woken) == 5
    events = await record.events("woken")
    assert [event["conversation_id"] for event in events] == ids
    assert [event["at_us"] for event in events] == [at_us(10 + n) for n in range(5)]
    assert {(event["recorded_us"], event["by"], event["agent"]) for event in events} == {
        (at_us(60), "time", None)
    }


async def test_many_at_once_come_back_in_parts(record: Record) -> None:
    batch = [said(f"m{n}", f"c{n}") for n in range(boomerangs.AT_ONCE + 20)]
    await record.take_in(*batch)
    for [id] in await record.ask("SELECT id FROM conversation"):
        await record.act(boomerangs.snooze, id, "ana", at_us(1), SILENT)
    assert await time_passes(record, 2) == boomerangs.AT_ONCE
    assert await time_passes(record, 0) == 20
    assert len(await record.waiting()) == len(batch)


async def test_an_answered_one_waits_from_the_moment_it_comes_back(record: Record) -> None:
    id = await pending(record)
    await snooze(record, id, 60, SILENT, "has the parcel come?")
    await time_passes(record, 300)
    row = await record.row(id)
    assert await record.waiting() == [id]
    assert (row.is_back, row.reminder, row.unanswered) == (True, "has the parcel come?", 0)
    assert (row.waiting_since_us, row.due_us) == (at_us(60), at_us(60) + 60 * MIN_US)
    assert [
        entry.text for entry in await record.store.read(lambda tx: thread.thread(tx, id)) if entry.is_note
    ] == ["has the parcel come?"]


@pytest.mark.parametrize("hold", [False, True])
async def test_an_answer_takes_it_out_and_a_withdrawn_one_brings_it_back(record: Record, hold: bool) -> None:
    id = await pending(record)
    await snooze(record, id, 60)
    await time_passes(record, 61)
    outbox_id = await record.queued(id, purpose="part-2", hold_s=10.0 * hold)
    if hold:
        assert await record.waiting() == [id]
        await record.act(outbox.let_go, outbox_id)
    assert await record.waiting() == []
    await record.act(outbox.withdraw, outbox_id, "ana")
    assert await record.waiting() == [id]
    await record.settle(await record.sending(id, purpose="part-2"), Sent("r2"))
    assert await record.waiting() == []
    await record.arrive(said("m2", minute=70, reply_to="m1"))
    assert not (await record.row(id)).is_back
    await record.check()


async def test_an_answer_given_elsewhere_takes_it_out_too(record: Record) -> None:
    id = await pending(record)
    await snooze(record, id, 60)
    await time_passes(record, 61)
    await record.take_in(ours("o1", "m1", minute=60.5))
    assert await record.waiting() == []
    await record.check()


@pytest.mark.parametrize("mode", list(WakeMode))
async def test_a_message_of_the_customer_wakes_it_at_once(record: Record, mode: WakeMode) -> None:
    id = await pending(record)
    await snooze(record, id, 60, mode)
    record.clock.pass_s(600)
    await record.take_in(said("m2", minute=5), said("m3", minute=6))
    await record.check()
    row = await record.row(id)
    assert await record.waiting() == [id]
    assert (row.is_back, row.asleep_until_us, row.unanswered) == (True, None, 2)
    assert (await record.kinds(id))[-3:] == ["arrived", "woken", "arrived"]
    [event] = await record.events("woken")
    assert event["by"] == "customer"


@pytest.mark.parametrize(("mode", "again"), [(WAKE, [1]), (SILENT, [])])
async def test_wake_me_comes_at_its_time_whatever_happened(
    record: Record, mode: WakeMode, again: list[int]
) -> None:
    id = await pending(record)
    await snooze(record, id, 60, mode, "call back")
    await record.arrive(said("m2", minute=5, reply_to="m1"))
    await record.settle(await record.sending(id), Sent("r2"))
    assert await record.waiting() == []
    assert await time_passes(record, 61) == len(again)
    assert await record.waiting() == [id] * len(again)
    assert (await record.row(id)).is_back == bool(again)


async def test_a_message_that_is_answered_already_wakes_nothing(record: Record) -> None:
    id = await pending(record)
    await snooze(record, id)
    await record.take_in(ours("o2", "m2", minute=3, handle="cara"))
    await record.take_in(said("m2", minute=2.5))
    assert (await record.row(id)).asleep_until_us == at_us(60) and await record.waiting() == []
    await record.check()


async def test_old_rows_of_an_earlier_cycle_mean_nothing(record: Record) -> None:
    id = await record.arrive(said("m1"))
    await snooze(record, id, 60)
    await record.act(acts.resolve, id, "ana", "answered")
    await record.check()
    await record.arrive(said("m2", minute=5, reply_to="m1"))
    row = await record.row(id)
    assert (row.cycle, row.is_waiting, row.asleep_until_us, row.is_back) == (2, True, None, False)
    assert await time_passes(record, 61) == 1
    assert "woken" not in await record.kinds()
    assert not (await record.row(id)).is_back
    await snooze(record, id, 90)
    assert await record.waiting() == []


async def test_what_was_resolved_with_a_reply_that_never_leaves_is_back_if_its_time_came(
    record: Record,
) -> None:
    id = await record.arrive(said("m1"))
    outbox_id = await record.queued(id, hold_s=10)
    await record.act(boomerangs.snooze, id, "ana", record.clock.now_us() + 60_000_000, WakeMode.WAKE)
    await record.act(acts.resolve, id, "ana", "answered")
    assert await time_passes(record, 61) == 1
    assert await record.act(outbox.withdraw, outbox_id, "ana") == outbox_id
    assert await record.waiting() == [id]
    await record.check()


async def test_what_was_resolved_does_not_come_back_unless_that_is_taken_back(record: Record) -> None:
    id = await pending(record)
    await snooze(record, id, 60)
    await record.act(acts.resolve, id, "ana", "answered")
    assert await time_passes(record, 61) == 1
    assert await time_passes(record, 1) == 0
    assert await record.waiting() == [] and "woken" not in await record.kinds()
    assert isinstance(await record.act(undo.undo, "ana"), Undone)
    assert await record.waiting() == [id]
    await record.check()


async def test_what_is_resolved_cannot_sleep_nor_what_another_holds(record: Record) -> None:
    first, second = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    await record.act(acts.resolve, first, "ana", "noise")
    await record.claim(second, "ben")
    assert await record.act(boomerangs.snooze, first, "ana", at_us(9), WAKE) == Resolved(first)
    assert await record.act(boomerangs.snooze, second, "ana", at_us(9), WAKE) == HeldBy(
        second, "ben", at_us(0)
    )
    assert await record.act(boomerangs.snooze, 99, "ana", at_us(9), WAKE) is None
    assert "snoozed" not in await record.kinds()


async def test_undo_wakes_it_as_it_was(record: Record) -> None:
    first = await record.arrive(said("m1"))
    before = (await record.row(first)).key
    await snooze(record, first, 60, note="later")
    assert await record.act(undo.undo, "ana") == Undone("snoozed", first)
    row = await record.row(first)
    assert row.key == before and row.is_waiting and not row.is_back and row.asleep_until_us is None
    assert await time_passes(record, 61) == 0


async def test_undo_gives_back_the_claim_that_ended_with_it(record: Record) -> None:
    mine, free = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    await record.claim(mine, "ana")
    for id in (mine, free):
        await snooze(record, id, 60)
        assert (await record.row(id)).claimed_by is None
        assert await record.act(undo.undo, "ana") == Undone("snoozed", id)
    assert ((await record.row(mine)).claimed_by, (await record.row(free)).claimed_by) == ("ana", None)
    await record.check()


async def test_undo_of_a_new_time_brings_the_earlier_one(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await snooze(record, first, 60)
    await snooze(record, first, 600, SILENT)
    assert (await record.row(first)).asleep_until_us == at_us(600)
    await record.act(undo.undo, "ana")
    assert (await record.row(first)).asleep_until_us == at_us(60)
    assert await record.act(undo.undo, "ana") == Undone("snoozed", first)
    assert await record.waiting() == [first]
    await record.check()


@pytest.mark.parametrize("who", ["the clock", "the customer", "ben"])
async def test_what_is_awake_already_is_not_taken_back(record: Record, who: str) -> None:
    first = await pending(record)
    await snooze(record, first, 60)
    if who == "the customer":
        await record.arrive(said("m2", minute=1))
    elif who == "ben":
        assert await record.act(boomerangs.wake, first, "ben")
    else:
        await time_passes(record, 61)
    assert await record.act(undo.undo, "ana") == CannotUndo("snoozed", first, who)
    assert await record.waiting() == [first]


async def test_wake_brings_it_back_now_and_never_again(record: Record) -> None:
    id = await pending(record)
    await snooze(record, id, 60)
    done = await record.act(boomerangs.wake, id, "ben")
    assert done is not None and done.event
    assert await record.waiting() == [id]
    assert await record.act(boomerangs.wake, id, "ben") == Done(id, 0)
    assert await record.act(boomerangs.wake, 99, "ben") is None
    assert await time_passes(record, 120) == 0
    await record.check()


async def test_a_reply_that_cannot_be_sent_wakes_it(record: Record) -> None:
    id = await record.arrive(said("m1"))
    outbox_id = await record.sending(id)
    await snooze(record, id, 60, SILENT)
    await record.settle(outbox_id, Rejected("too long"))
    assert await record.waiting() == [id]
    [event] = await record.events("woken")
    assert event["by"] == "reply"
    await record.check()


async def test_while_nobody_knows_of_a_reply_it_is_in_the_queue(record: Record) -> None:
    id = await record.arrive(said("m1"))
    outbox_id = await record.sending(id)
    await snooze(record, id, 60, SILENT)
    await record.settle(outbox_id, Ambiguous())
    assert await record.waiting() == [id]
    await record.check()


async def test_the_list_of_what_sleeps_is_in_the_order_of_coming_back(record: Record) -> None:
    ids = [await record.arrive(said(f"m{n}", f"c{n}")) for n in range(3)]
    for id, minute in zip(ids, (90, 30, 60), strict=True):
        await snooze(record, id, minute, agent="ben")
    await time_passes(record, 31)
    rows = await record.store.read(lambda tx: queue.snoozed_rows(tx, "ana"))
    assert [(row.id, row.asleep_until_us) for row in rows] == [(ids[2], at_us(60)), (ids[0], at_us(90))]


async def test_its_clock_is_counted_while_it_sleeps_and_its_return_too(record: Record) -> None:
    id = await record.arrive(said("m1", minute=-30))
    await snooze(record, id, 120)

    async def counts(agent: str) -> tuple[int, int, int]:
        found = await record.store.read(lambda tx: queue.counts(tx, agent))
        return found.waiting, found.due_soon, found.back

    assert await counts("ana") == (0, 0, 0)
    record.clock.pass_s(26 * 60)
    assert (await counts("ana"), await counts("ben")) == ((0, 1, 0), (0, 0, 0))
    await time_passes(record, 100)
    assert (await counts("ana"), await counts("ben")) == ((1, 1, 1), (1, 1, 0))


async def test_what_came_back_of_mine_is_told_once(record: Record) -> None:
    first, second = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    await snooze(record, first, 10)
    await snooze(record, second, 10, agent="ben")

    async def told(seq: int | None) -> tuple[list[tuple[int, str]], int]:
        return await record.store.read(lambda tx: boomerangs.woken_after(tx, "ana", seq))

    nothing, seq = await told(None)
    await time_passes(record, 11)
    woken, later = await told(seq)
    assert (nothing, woken) == ([], [(first, "time")]) and later > seq
    assert (await told(later))[0] == []


async def test_a_wall_clock_set_back_only_lets_it_sleep_on(record: Record) -> None:
    id = await record.arrive(said("m1"))
    await snooze(record, id, 60)
    record.clock.set_wall(timedelta(hours=-2))
    assert await time_passes(record, 61) == 0
    assert await time_passes(record, 120) == 1
    assert await record.waiting() == [id]


async def test_a_new_one_is_open_once_somebody_has_seen_to_it(record: Record) -> None:
    id = await record.arrive(said("m1", kind=Kind.PRAISE))
    await snooze(record, id, 60)
    assert (await record.row(id)).state is ConversationState.OPEN


async def test_the_claim_is_free_after_it_and_a_draft_of_a_note_stays(record: Record) -> None:
    id = await record.arrive(said("m1"))
    await record.claim(id)
    await record.act(drafts.save, Draft(id, "ana", Mode.NOTE, "half", 4, 0, None, 0, ""))
    await snooze(record, id, 60, note="whole")
    assert await record.value("SELECT text FROM draft") == "half"
    assert await record.claim(id, "ben") == 2
    assert await record.waiting() == []
