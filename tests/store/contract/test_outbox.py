"""A reply goes along legal moves only, leaves the queue and comes back with its old time, and is sent once."""

from __future__ import annotations

import pytest
from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.conversation import ConversationState, Lost
from careconsole.model.message import Kind, Visibility
from careconsole.model.reply import (
    LEGAL_MOVES,
    AlreadyAnswered,
    Ambiguous,
    Enqueued,
    NothingToAnswer,
    OutboxState,
    Outcome,
    Rejected,
    Retry,
    Sent,
    TooWide,
)
from careconsole.store import outbox, settling
from careconsole.store.contract import StoreError

STATES = OutboxState


# --- into the outbox ---


async def test_a_queued_reply_takes_its_conversation_out_of_the_queue(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=1))
    outbox_id = await record.queued(first, "It left today.")
    row = await record.row(first)
    assert (row.is_waiting, row.unanswered, row.state) == (False, 0, ConversationState.OPEN)
    reply = await record.reply(outbox_id)
    assert (reply.state, reply.text, reply.agent, reply.reply_to) == (
        STATES.QUEUED,
        "It left today.",
        "ana",
        "m2",
    )
    assert (reply.handle, reply.visibility, reply.attempts) == ("cara", Visibility.PUBLIC, 0)
    [event] = await record.events("queued")
    assert event["answers"] == [await record.message_id("m1"), await record.message_id("m2")]
    assert "left today" not in str(event)


async def test_a_held_reply_keeps_its_conversation_waiting(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first, hold_s=10)
    row = await record.row(first)
    assert (row.is_waiting, row.outbox_state) == (True, STATES.HELD)
    reply = await record.reply(outbox_id)
    assert reply.held_until_us == at_us(0) + 10_000_000
    assert await record.take() is None
    assert await record.kinds(first) == ["arrived", "claimed"]
    assert await record.act(outbox.let_go, outbox_id)
    row = await record.row(first)
    assert (row.is_waiting, row.outbox_state) == (False, None)
    assert not await record.act(outbox.let_go, outbox_id)


async def test_messages_that_came_after_it_was_frozen_go_on_waiting(record: Record) -> None:
    first = await record.arrive(said("m1", minute=-40))
    outbox_id = await record.queued(first, hold_s=10)
    await record.take_in(said("m2", minute=1, kind=Kind.PRAISE), said("m3", minute=2))
    await record.act(outbox.let_go, outbox_id)
    row = await record.row(first)
    assert (row.unanswered, row.waiting_since_us) == (2, at_us(1))
    await record.take()
    await record.settle(outbox_id, Sent("r1"))
    row = await record.row(first)
    assert (row.state, row.waiting_since_us) == (ConversationState.OPEN, at_us(1))


async def test_messages_newer_than_the_one_answered_go_on_waiting(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=3), said("m3", minute=6))
    await record.queued(first, reply_to_id=await record.message_id("m2"))
    row = await record.row(first)
    assert (row.unanswered, row.waiting_since_us) == (1, at_us(6))


async def test_what_came_late_but_was_written_earlier_waits_if_it_was_not_seen(record: Record) -> None:
    first = await record.arrive(said("m2", minute=5))
    seen = await record.seen()
    outbox_id = await record.queued(first, hold_s=10, seen_seq=seen)
    await record.take_in(said("m1", minute=2))
    await record.act(outbox.let_go, outbox_id)
    assert (await record.row(first)).waiting_since_us == at_us(2)


async def test_one_answer_of_one_purpose_to_one_message(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first)
    assert await record.enqueue(first) == AlreadyAnswered(outbox_id, "ana", STATES.QUEUED)
    assert isinstance(await record.enqueue(first, purpose="part-2"), Enqueued)
    assert isinstance(await record.enqueue(first, purpose="correction-1"), Enqueued)
    await record.take_in(said("m2", minute=4))
    assert isinstance(await record.enqueue(first), Enqueued)


@pytest.mark.parametrize("fate", ["failed", "cancelled"])
async def test_what_never_left_may_be_written_anew_under_another_key(record: Record, fate: str) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first)
    if fate == "cancelled":
        await record.act(outbox.withdraw, outbox_id, "ana")
    else:
        await record.take()
        await record.settle(outbox_id, Rejected("too long"))
    again = await record.enqueue(first)
    assert isinstance(again, Enqueued)
    assert again.idempotency_key != (await record.reply(outbox_id)).idempotency_key


@pytest.mark.parametrize("outcome", [Ambiguous(), Sent("r1"), Retry(5.0)])
async def test_what_may_have_left_is_not_written_anew(record: Record, outcome: Outcome) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, outcome)
    assert isinstance(await record.enqueue(first), AlreadyAnswered)


@pytest.mark.parametrize(
    ("answered", "wanted", "result"),
    [
        (Visibility.PUBLIC, None, Visibility.PUBLIC),
        (Visibility.DIRECT, None, Visibility.DIRECT),
        (Visibility.UNLISTED, Visibility.PUBLIC, Visibility.UNLISTED),
        (Visibility.FOLLOWERS, Visibility.PUBLIC, Visibility.FOLLOWERS),
        (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.UNLISTED),
        (Visibility.PUBLIC, Visibility.DIRECT, Visibility.DIRECT),
        (Visibility.FOLLOWERS, Visibility.DIRECT, Visibility.DIRECT),
        (Visibility.DIRECT, Visibility.PUBLIC, TooWide(Visibility.DIRECT)),
        (Visibility.DIRECT, Visibility.FOLLOWERS, TooWide(Visibility.DIRECT)),
    ],
)
async def test_a_reply_is_never_wider_than_what_it_answers(
    record: Record, answered: Visibility, wanted: Visibility | None, result: Visibility | TooWide
) -> None:
    first = await record.arrive(said("m1", visibility=answered))
    done = await record.enqueue(first, visibility=wanted)
    if isinstance(result, TooWide):
        assert done == result
        assert isinstance(await record.enqueue(first, visibility=wanted, wider=True), Enqueued)
    else:
        assert isinstance(done, Enqueued)
        assert (await record.reply(done.outbox_id)).visibility is result


async def test_wider_needs_its_own_word(record: Record) -> None:
    first = await record.arrive(said("m1", visibility=Visibility.UNLISTED))
    done = await record.enqueue(first, visibility=Visibility.PUBLIC, wider=True)
    assert isinstance(done, Enqueued)
    assert (await record.reply(done.outbox_id)).visibility is Visibility.PUBLIC


async def test_there_must_be_something_to_answer(record: Record) -> None:
    first, dans = await record.arrive(said("m1")), await record.arrive(said("d1", "dan"))
    theirs = await record.message_id("d1")
    assert await record.enqueue(first, reply_to_id=theirs) == NothingToAnswer(first)
    assert isinstance(await record.enqueue(dans), Enqueued)


async def test_the_newest_message_that_still_stands_is_answered(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=4))
    await record.take_in(said("m2", text="", deleted=5))
    assert (await record.reply(await record.queued(first))).reply_to == "m1"


async def test_without_the_claim_nothing_is_queued(record: Record) -> None:
    first = await record.arrive(said("m1"))
    assert await record.enqueue(first, fence=0) == Lost(first, None)
    await record.claim(first, "ben")
    assert await record.enqueue(first, fence=1) == Lost(first, "ben")


async def test_later_edits_of_the_conversation_do_not_alter_what_was_frozen(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first, hold_s=10)
    before = await record.reply(outbox_id)
    await record.take_in(
        said("m1", text="other", edited=1), said("m2", minute=2, visibility=Visibility.DIRECT)
    )
    after = await record.reply(outbox_id)
    for name in ("text", "visibility", "handle", "reply_to", "idempotency_key", "account"):
        assert getattr(after, name) == getattr(before, name)


# --- every outcome is a legal move ---


@pytest.mark.parametrize(
    ("outcome", "may_go_on", "state"),
    [
        (Sent("r1"), True, STATES.SENT),
        (Rejected("too long"), True, STATES.FAILED),
        (Rejected("no", account_down=True), False, STATES.FAILED),
        (Retry(3.0, "busy"), True, STATES.WAITING),
        (Retry(None, "no network"), True, STATES.WAITING),
        (Retry(3.0, "busy"), False, STATES.FAILED),
        (Ambiguous("no answer"), True, STATES.UNKNOWN),
        (Ambiguous("no answer"), False, STATES.UNKNOWN),
    ],
)
async def test_every_outcome_is_a_legal_move(
    record: Record, outcome: Outcome, may_go_on: bool, state: OutboxState
) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    assert state in LEGAL_MOVES[STATES.SENDING]
    assert await record.settle(outbox_id, outcome, may_go_on=may_go_on) is state
    assert await record.state(outbox_id) is state


@pytest.mark.parametrize("state", list(OutboxState))
async def test_no_other_move_is_possible(record: Record, state: OutboxState) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await bring_to(record, first, state)
    for name, verb in {
        STATES.SENT: lambda tx: settling.settle_sent(tx, outbox_id, "r9"),
        STATES.FAILED: lambda tx: settling.settle_failed(tx, outbox_id, "no"),
        STATES.UNKNOWN: lambda tx: settling.settle_unknown(tx, outbox_id, "hm", 1),
        STATES.WAITING: lambda tx: settling.settle_waiting(tx, outbox_id, 1, "busy"),
    }.items():
        if name not in LEGAL_MOVES[state]:
            with pytest.raises(StoreError, match="cannot become"):
                await record.store.write(verb)
    withdrawn = await record.act(outbox.withdraw, outbox_id, "ana")
    assert withdrawn == (outbox_id if STATES.CANCELLED in LEGAL_MOVES[state] else None)
    if state is not STATES.HELD:
        assert not await record.act(outbox.let_go, outbox_id)


async def bring_to(record: Record, conversation: int, state: OutboxState) -> int:
    """A reply in a state, by the ordinary way."""
    outbox_id = await record.queued(conversation, hold_s=10)
    if state is not STATES.HELD:
        await record.act(outbox.let_go, outbox_id)
    if state is STATES.CANCELLED:
        await record.act(outbox.withdraw, outbox_id, "ana")
    outcomes: dict[OutboxState, Outcome | None] = {
        STATES.SENDING: None,
        STATES.SENT: Sent("r1"),
        STATES.FAILED: Rejected("no"),
        STATES.WAITING: Retry(60.0),
        STATES.UNKNOWN: Ambiguous(),
    }
    if state in outcomes:
        assert await record.take() == outbox_id
        if (outcome := outcomes[state]) is not None:
            await record.settle(outbox_id, outcome)
    assert await record.state(outbox_id) is state
    return outbox_id


async def test_there_is_no_reply_of_that_number(record: Record) -> None:
    with pytest.raises(StoreError, match="no reply 77"):
        await record.store.write(lambda tx: settling.settle_sent(tx, 77, "r1"))
    assert not await record.act(outbox.withdraw, 77, "ana")
