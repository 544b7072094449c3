"""Who delivers a reply and when: taken once, tried again after its pause, looked up before it is repeated."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.conversation import ConversationState
from careconsole.model.message import Visibility
from careconsole.model.reply import (
    Ambiguous,
    Growth,
    OutboxState,
    Rejected,
    Retry,
    Sent,
)
from careconsole.store import delivery, growth, settling
from careconsole.store.outbox import NewReply

STATES = OutboxState


async def test_a_reply_is_taken_once(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first)
    assert await record.take() == outbox_id
    assert await other.take() is None
    assert (await record.reply(outbox_id)).attempts == 1


async def test_what_is_taken_is_what_was_frozen(record: Record) -> None:
    first = await record.arrive(said("m1", visibility=Visibility.UNLISTED))
    outbox_id = await record.queued(first, "Hello")
    taken = await record.act(delivery.take, record.accounts["shop"])
    assert taken is not None
    key = (await record.reply(outbox_id)).idempotency_key
    assert (taken.reply.text, taken.reply.visibility, taken.reply.reply_to, taken.reply.handle) == (
        "Hello",
        Visibility.UNLISTED,
        "m1",
        "cara",
    )
    assert (taken.reply.idempotency_key, taken.reply.attempts, taken.age_s) == (key, 1, 0)
    assert (taken.conversation_id, taken.agent, taken.reply.queued_us) == (first, "ana", at_us(0))


async def test_a_waiting_reply_is_due_after_its_pause_on_the_monotonic_clock(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Retry(30.0, "busy"))
    record.clock.set_wall(timedelta(days=3))
    assert await record.take() is None
    record.clock.pass_s(29)
    assert await record.take() is None
    record.clock.pass_s(1)
    taken = await record.act(delivery.take, record.accounts["shop"])
    assert taken is not None
    assert (taken.reply.attempts, taken.age_s) == (2, 30.0)


async def test_another_boot_makes_waiting_replies_due(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Retry(3000.0))
    record.clock.reboot()
    assert await record.take() == outbox_id


async def test_fresh_replies_go_before_those_tried_already(record: Record) -> None:
    one, two = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    tried = await record.sending(one)
    await record.settle(tried, Retry(1.0))
    fresh = await record.queued(two)
    record.clock.pass_s(5)
    assert [await record.take(), await record.take(), await record.take()] == [fresh, tried, None]


async def test_inside_a_conversation_the_order_is_kept(record: Record) -> None:
    first = await record.arrive(said("m1"))
    one = await record.queued(first)
    two = await record.queued(first, purpose="part-2")
    assert await record.take() == one
    assert await record.take() is None
    await record.settle(one, Ambiguous())
    assert await record.take() is None
    await record.act(settling.settle_sent, one, "r1")
    assert await record.take() == two


async def test_each_account_has_its_own_line(record: Record) -> None:
    await record.account("other")
    here = await record.queued(await record.arrive(said("m1")))
    there = await record.queued(await record.arrive(said("m1"), account="other"))
    assert await record.take("other") == there
    assert await record.take("shop") == here


async def test_the_reply_of_a_sender_that_died_is_unknown_after_its_lease(
    record: Record, other: Record
) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    account_id = record.accounts["shop"]
    record.clock.pass_s(59)
    assert await other.act(delivery.take_unknown, account_id) is None
    record.clock.pass_s(1)
    taken = await other.act(delivery.take_unknown, account_id)
    assert taken is not None and taken.reply.outbox_id == outbox_id
    assert await record.state(outbox_id) is STATES.UNKNOWN
    assert (await record.reply(outbox_id)).reason == "the sending process ended"
    assert await record.act(delivery.take_unknown, account_id) is None


async def test_what_the_late_sender_says_counts_only_if_it_was_sent(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    record.clock.pass_s(61)
    await other.act(delivery.take_unknown, record.accounts["shop"])
    assert await record.settle(outbox_id, Rejected("no")) is None
    assert await record.settle(outbox_id, Retry(1.0)) is None
    assert await record.state(outbox_id) is STATES.UNKNOWN
    assert await record.settle(outbox_id, Sent("r1")) is STATES.SENT
    assert await record.settle(outbox_id, Sent("r1")) is None


async def test_an_unknown_reply_that_is_there_was_sent(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await unknown(record, first)
    assert await look_up(record, outbox_id, "r1") is STATES.SENT
    row = await record.row(first)
    assert (row.is_waiting, row.outbox_state, row.state) == (False, None, ConversationState.PENDING)


async def test_an_unknown_reply_is_recognised_although_another_account_has_a_post_of_that_number(
    record: Record,
) -> None:
    await record.account("other")
    elsewhere = await record.queued(await record.arrive(said("m1"), account="other"))
    assert await record.take("other") == elsewhere
    await record.settle(elsewhere, Sent("r1"))
    outbox_id = await unknown(record, await record.arrive(said("m1")))
    assert await look_up(record, outbox_id, "r1") is STATES.SENT


async def test_what_another_part_of_the_answer_sent_is_not_this_one(record: Record) -> None:
    first = await record.arrive(said("m1"))
    part = await record.sending(first, text="Thanks!")
    await record.settle(part, Sent("r1"))
    outbox_id = await record.sending(first, text="Thanks!", purpose="part-2")
    await record.settle(outbox_id, Ambiguous(), pause_s=10)
    assert await look_up(record, outbox_id, "r1") is STATES.QUEUED


async def test_who_looks_a_reply_up_knows_which_others_the_customer_has(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.settle(await record.sending(first), Sent("r1"))
    stranger = await record.arrive(said("m2", "dan"))
    await record.settle(await record.sending(stranger), Sent("r2"))
    outbox_id = await record.sending(first, purpose="part-2")
    await record.settle(outbox_id, Ambiguous(), pause_s=0)
    taken = await record.act(delivery.take_unknown, record.accounts["shop"])
    assert taken is not None and (taken.reply.outbox_id, taken.reply.others) == (outbox_id, {"r1"})


async def test_an_unknown_reply_that_is_not_there_is_queued_under_its_key(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await unknown(record, first)
    key = (await record.reply(outbox_id)).idempotency_key
    assert await look_up(record, outbox_id, None) is STATES.QUEUED
    row, reply = await record.row(first), await record.reply(outbox_id)
    assert (row.is_waiting, row.outbox_state, reply.idempotency_key) == (False, None, key)
    assert await record.take() == outbox_id


async def test_an_unknown_reply_tried_too_often_fails_and_is_a_draft(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await unknown(record, first)
    assert await look_up(record, outbox_id, None, may_go_on=False) is STATES.FAILED
    row = await record.row(first)
    assert (row.is_waiting, row.has_draft) == (True, True)


async def unknown(record: Record, conversation: int) -> int:
    outbox_id = await record.sending(conversation)
    await record.settle(outbox_id, Ambiguous(), pause_s=10)
    return outbox_id


async def look_up(
    record: Record, outbox_id: int, remote_id: str | None, *, may_go_on: bool = True
) -> OutboxState | None:
    account_id = record.accounts["shop"]
    assert await record.act(delivery.take_unknown, account_id) is None  # not due yet
    record.clock.pass_s(10)
    taken = await record.act(delivery.take_unknown, account_id)
    assert taken is not None and taken.reply.outbox_id == outbox_id
    return await record.act(
        delivery.settle_looked_up, outbox_id, Sent(remote_id) if remote_id else None, may_go_on=may_go_on
    )


async def test_one_asked_for_by_number_is_looked_up_at_once(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await unknown(record, first)
    taken = await record.act(delivery.take_unknown, record.accounts["shop"], outbox_id)
    assert taken is not None and taken.reply.outbox_id == outbox_id


async def test_a_look_up_that_failed_comes_again_later(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await unknown(record, first)
    record.clock.pass_s(10)
    account_id = record.accounts["shop"]
    await record.act(delivery.take_unknown, account_id)
    await record.act(settling.look_later, outbox_id, 20.0)
    assert await record.act(delivery.take_unknown, account_id) is None
    record.clock.pass_s(20)
    assert await record.act(delivery.take_unknown, account_id) is not None


async def test_what_one_looks_up_another_does_not_settle(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await unknown(record, first)
    record.clock.pass_s(10)
    await record.act(delivery.take_unknown, record.accounts["shop"])
    assert await other.act(delivery.settle_looked_up, outbox_id, None, may_go_on=True) is None
    assert await record.act(delivery.settle_looked_up, 999, None, may_go_on=True) is None


async def test_sending_again_anyway_is_the_agents_word_with_its_reason(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await unknown(record, first)
    key = (await record.reply(outbox_id)).idempotency_key
    await record.act(settling.send_again, outbox_id, "ben", "the customer says nothing came")
    reply = await record.reply(outbox_id)
    assert (reply.state, reply.attempts, reply.idempotency_key) == (STATES.UNKNOWN, 0, key)
    event = (await record.events("unknown"))[-1]
    assert (event["agent"], event["again"], event["reason"]) == (
        "ben",
        True,
        "the customer says nothing came",
    )


@pytest.mark.parametrize(
    ("edited_first", "edit", "gone", "why"),
    [
        (False, None, None, None),
        (False, 4, None, Growth.EDITED),
        (True, 4, None, None),
        (False, None, 4, Growth.DELETED),
    ],
)
async def test_before_it_leaves_it_is_asked_whether_the_message_still_stands(
    record: Record, edited_first: bool, edit: float | None, gone: float | None, why: Growth | None
) -> None:
    first = await record.arrive(said("m1"))
    change = said("m1", text="other words" if edit else "", edited=edit, deleted=gone)
    if edited_first:
        await record.take_in(change)
    record.clock.pass_s(10)
    outbox_id = await record.queued(first)
    record.clock.pass_s(10)
    if (edit or gone) and not edited_first:
        await record.take_in(change)
    assert await record.store.read(lambda tx: growth.grown_under(tx, outbox_id)) == (why, ())


async def test_an_edit_that_we_learnt_of_late_counts_as_unseen(record: Record) -> None:
    """It was made before the answer was written, but nobody here had read it."""
    first = await record.arrive(said("m1", minute=-60))
    outbox_id = await record.queued(first)
    record.clock.pass_s(10)
    await record.take_in(said("m1", text="other words", edited=-30))
    assert await record.store.read(lambda tx: growth.grown_under(tx, outbox_id)) == (Growth.EDITED, ())


async def test_a_frozen_reply_needs_no_visibility_of_its_own(record: Record) -> None:
    reply = NewReply(1, "ana", 1, "text", None, "answer")
    assert (reply.hold_s, reply.wider, reply.seen_seq, reply.reply_to_id) == (0.0, False, None, None)
