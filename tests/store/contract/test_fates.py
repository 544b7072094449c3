"""How a reply ends: sent, failed, unknown, withdrawn, or brought back from a console that died."""

from __future__ import annotations

import os

from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.conversation import ConversationState
from careconsole.model.message import Visibility
from careconsole.model.reply import (
    Ambiguous,
    Mode,
    OutboxState,
    Rejected,
    Sent,
)
from careconsole.store import delivery, drafts, outbox, queue, thread

STATES = OutboxState


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
    [event] = await record.events("cancelled")
    assert (event["was"], "queued" in await record.kinds()) == ("held", False)


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
    assert await other.store.read(delivery.held_by_the_dead)
    assert await other.act(delivery.bring_back_held, "not sent: it closed") == [outbox_id]
    assert not await other.store.read(delivery.held_by_the_dead)
    assert await record.state(outbox_id) is STATES.CANCELLED
    [draft] = await record.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert (draft.text, draft.not_sent) == ("still here", "not sent: it closed")
    assert (await record.row(first)).waiting_since_us == at_us(-3)
    assert await other.act(delivery.bring_back_held, "again") == []


async def test_what_a_living_console_holds_stays_held(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(delivery.sign_on, "ana", os.getpid())
    outbox_id = await record.queued(first, hold_s=5)
    assert not await other.store.read(delivery.held_by_the_dead)
    assert await other.act(delivery.bring_back_held, "not sent") == []
    assert await record.state(outbox_id) is STATES.HELD
    record.clock.reboot()
    assert await other.act(delivery.bring_back_held, "not sent") == [outbox_id]


async def test_what_is_queued_does_not_come_back_when_its_console_dies(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first)
    assert await other.act(delivery.bring_back_held, "not sent") == []
    assert await other.take() == outbox_id


async def test_a_further_reply_that_is_sent_leaves_a_withdrawn_ones_message_waiting(record: Record) -> None:
    first = await record.arrive(said("m1", minute=-9))
    withdrawn = await record.queued(first, "One")
    await record.take_in(said("m2", minute=-5))
    further = await record.queued(first, "Two")
    assert await record.act(outbox.withdraw, withdrawn, "ana")
    assert (await record.row(first)).waiting_since_us == at_us(-9)
    assert await record.take() == further
    await record.settle(further, Sent("r2"))
    row = await record.row(first)
    assert (row.is_waiting, row.unanswered, row.waiting_since_us) == (True, 1, at_us(-9))
