"""A reply goes along legal moves only, leaves the queue and comes back with its old time, and is sent once."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.conversation import ConversationState, Lost
from careconsole.model.message import Kind, Visibility
from careconsole.model.reply import (
    LEGAL_MOVES,
    AlreadyAnswered,
    Ambiguous,
    Enqueued,
    Mode,
    NothingToAnswer,
    OutboxState,
    Outcome,
    Rejected,
    Retry,
    Sent,
    ThreadGrew,
    TooWide,
)
from careconsole.store import claims, delivery, drafts, outbox, queue, settling, thread
from careconsole.store.contract import StoreError
from careconsole.store.outbox import NewReply

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
    seen = await record.message_id("m2")
    outbox_id = await record.queued(first, hold_s=10, seen_id=seen)
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


async def test_sending_stops_when_the_thread_has_grown(record: Record) -> None:
    first = await record.arrive(said("m1"))
    seen = await record.message_id("m1")
    await record.take_in(said("m2", minute=1), said("m3", minute=2))
    grown = (await record.message_id("m2"), await record.message_id("m3"))
    assert await record.enqueue(first, seen_id=seen) == ThreadGrew(grown)
    assert await record.value("SELECT count(*) FROM outbox") == 0
    assert isinstance(await record.enqueue(first, seen_id=grown[-1]), Enqueued)


async def test_ones_own_answer_does_not_make_the_thread_grow_but_a_colleagues_does(record: Record) -> None:
    first = await record.arrive(said("m1"))
    seen = await record.message_id("m1")
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Sent("r1"))
    assert isinstance(await record.enqueue(first, seen_id=seen, purpose="part-2"), Enqueued)
    await record.act(claims.release, first, "ana")
    bens = await record.enqueue(first, agent="ben", seen_id=seen, purpose="part-3")
    assert bens == ThreadGrew((await record.message_id("r1"),))


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
    assert await record.act(outbox.withdraw, outbox_id, "ana") == (STATES.CANCELLED in LEGAL_MOVES[state])
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


# --- sent, failed, unknown, withdrawn ---


async def test_sent_is_said_only_with_the_remote_id(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    record.clock.pass_s(4)
    await record.settle(outbox_id, Sent("r1"))
    reply, row = await record.reply(outbox_id), await record.row(first)
    assert (reply.remote_id, row.state, row.is_waiting) == ("r1", ConversationState.PENDING, False)
    entries = await record.store.read(lambda tx: thread.thread(tx, first))
    assert [(entry.external_id, entry.author, entry.outbox_state) for entry in entries] == [
        ("m1", "cara", None),
        ("r1", "ana", STATES.SENT),
    ]
    [event] = await record.events("sent")
    assert (event["answers"], event["outbox_id"], event["agent"]) == (
        [await record.message_id("m1")],
        outbox_id,
        "ana",
    )


async def test_a_customer_who_writes_again_opens_what_was_pending(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.settle(await record.sending(first), Sent("r1"))
    await record.take_in(said("m2", minute=7))
    row = await record.row(first)
    assert (row.state, row.waiting_since_us, row.cycle) == (ConversationState.OPEN, at_us(7), 1)


async def test_a_failed_reply_comes_back_with_its_old_time_and_its_text(record: Record) -> None:
    first = await record.arrive(said("m1", minute=-50))
    outbox_id = await record.sending(first, text="much too long")
    record.clock.pass_s(600)
    await record.settle(outbox_id, Rejected("the text is too long"))
    row = await record.row(first)
    assert (row.waiting_since_us, row.outbox_state, row.has_draft) == (at_us(-50), STATES.FAILED, True)
    [draft] = await record.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert (draft.text, draft.mode, draft.not_sent) == (
        "much too long",
        Mode.PUBLIC,
        "the text is too long",
    )
    [event] = await record.events("failed")
    assert event["attempts"] == 1


async def test_the_mark_of_a_failed_reply_goes_with_the_next_one(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.settle(await record.sending(first), Rejected("no"))
    await record.settle(await record.sending(first), Sent("r2"))
    assert (await record.row(first)).outbox_state is None


async def test_an_unknown_reply_stays_visible_and_marked(record: Record) -> None:
    first = await record.arrive(said("m1", minute=-20))
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Ambiguous("the answer never came"))
    row = await record.row(first)
    assert (row.is_waiting, row.waiting_since_us, row.outbox_state) == (True, at_us(-20), STATES.UNKNOWN)
    assert (await record.reply(outbox_id)).reason == "the answer never came"
    assert not row.has_draft
    assert (await record.events("unknown"))[0]["attempts"] == 1


async def test_a_withdrawn_reply_is_the_same_draft_again(record: Record) -> None:
    first = await record.arrive(said("m1", minute=-5))
    outbox_id = await record.queued(first, "čekaj 😀\nmalo", visibility=Visibility.DIRECT, hold_s=5)
    assert await record.act(outbox.withdraw, outbox_id, "ana")
    [draft] = await record.store.read(lambda tx: drafts.of_conversation(tx, "ana", first))
    assert (draft.text, draft.mode, draft.cursor, draft.not_sent) == ("čekaj 😀\nmalo", Mode.PRIVATE, 12, "")
    assert draft.reply_to_id == await record.message_id("m1")
    row = await record.row(first)
    assert (row.waiting_since_us, row.outbox_state) == (at_us(-5), None)
    assert "cancelled" not in await record.kinds()


async def test_withdrawing_what_was_queued_is_an_event(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first)
    assert await record.act(outbox.withdraw, outbox_id, "ana")
    [event] = await record.events("cancelled")
    assert (event["was"], event["outbox_id"]) == ("queued", outbox_id)


async def test_what_was_typed_meanwhile_is_kept_behind_what_comes_back(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first, "first words", hold_s=5)
    await record.store.write(lambda tx: drafts.save(tx, a_draft(first, "more words")))
    await record.act(outbox.withdraw, outbox_id, "ana")
    [draft] = await record.store.read(lambda tx: drafts.of_conversation(tx, "ana", first))
    assert draft.text == "first words\nmore words"


async def test_only_the_writer_withdraws(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first, hold_s=5)
    assert not await record.act(outbox.withdraw, outbox_id, "ben")


async def test_sending_takes_the_draft_of_its_mode_only(record: Record) -> None:
    first = await record.arrive(said("m1"))
    for mode in Mode:
        await record.store.write(lambda tx, mode=mode: drafts.save(tx, a_draft(first, "words", mode)))  # type: ignore[misc]
    await record.queued(first, "words")
    found = await record.store.read(lambda tx: drafts.of_conversation(tx, "ana", first))
    assert {draft.mode for draft in found} == {Mode.PRIVATE, Mode.NOTE}


def a_draft(conversation: int, text: str, mode: Mode = Mode.PUBLIC) -> drafts.Draft:
    return drafts.Draft(conversation, "ana", mode, text, len(text), 0, None, 0, "")


# --- held by one console ---


async def test_only_the_console_that_holds_it_lets_it_go(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first, hold_s=5)
    assert not await other.act(outbox.let_go, outbox_id)
    assert [row.id for row in await held(record)] == [outbox_id]
    assert await held(other) == []
    assert await record.act(outbox.let_go, outbox_id)


async def held(record: Record) -> list[queue.OutboxRow]:
    return await record.store.read(lambda tx: queue.held_by(tx, record.store.session))


async def test_what_a_dead_console_held_is_a_draft_not_sent(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1", minute=-3))
    await record.act(delivery.sign_on, "ana", 2**22 + 1)  # no process has this number
    outbox_id = await record.queued(first, "still here", hold_s=5)
    assert await other.act(delivery.bring_back_held, "not sent: it closed") == [outbox_id]
    assert await record.state(outbox_id) is STATES.CANCELLED
    [draft] = await record.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert (draft.text, draft.not_sent) == ("still here", "not sent: it closed")
    assert (await record.row(first)).waiting_since_us == at_us(-3)
    assert await other.act(delivery.bring_back_held, "again") == []


async def test_what_a_living_console_holds_stays_held(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(delivery.sign_on, "ana", os.getpid())
    outbox_id = await record.queued(first, hold_s=5)
    assert await other.act(delivery.bring_back_held, "not sent") == []
    assert await record.state(outbox_id) is STATES.HELD
    record.clock.reboot()
    assert await other.act(delivery.bring_back_held, "not sent") == [outbox_id]


async def test_what_is_queued_does_not_come_back_when_its_console_dies(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first)
    assert await other.act(delivery.bring_back_held, "not sent") == []
    assert await other.take() == outbox_id


# --- taking, trying again, looking up ---


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
    return await record.act(delivery.settle_looked_up, outbox_id, remote_id, may_go_on=may_go_on)


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
    assert (reply.state, reply.attempts, reply.idempotency_key) == (STATES.QUEUED, 0, key)
    event = (await record.events("queued"))[-1]
    assert (event["agent"], event["again"], event["reason"]) == (
        "ben",
        True,
        "the customer says nothing came",
    )


@pytest.mark.parametrize(
    ("edited_first", "edit", "gone", "why"),
    [(False, None, None, ""), (False, 4, None, "edited"), (True, 4, None, ""), (False, None, 4, "deleted")],
)
async def test_before_it_leaves_it_is_asked_whether_the_message_still_stands(
    record: Record, edited_first: bool, edit: float | None, gone: float | None, why: str
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
    reply = await record.reply(outbox_id)
    message_id = await record.message_id("m1")
    assert await record.store.read(lambda tx: delivery.changed_since(tx, message_id, reply.created_us)) == why


async def test_an_edit_that_we_learnt_of_late_counts_as_unseen(record: Record) -> None:
    """It was made before the answer was written, but nobody here had read it."""
    first = await record.arrive(said("m1", minute=-60))
    outbox_id = await record.queued(first)
    record.clock.pass_s(10)
    await record.take_in(said("m1", text="other words", edited=-30))
    reply, message_id = await record.reply(outbox_id), await record.message_id("m1")
    assert (
        await record.store.read(lambda tx: delivery.changed_since(tx, message_id, reply.created_us))
        == "edited"
    )


async def test_a_frozen_reply_needs_no_visibility_of_its_own(record: Record) -> None:
    reply = NewReply(1, "ana", 1, "text", None, "answer")
    assert (reply.hold_s, reply.wider, reply.seen_id, reply.reply_to_id) == (0.0, False, None, None)
