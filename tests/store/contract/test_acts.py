"""Resolve, notes, focus; and taking back one's own acts where nobody acted since."""

from __future__ import annotations

import pytest
from tests.store.record_at_hand import Record, at_us, ours, said

from careconsole.model.conversation import ConversationState, HeldBy
from careconsole.model.message import Kind, Reading
from careconsole.model.reply import Ambiguous, OutboxState, Rejected, Sent
from careconsole.store import acts, claims, corrections, outbox, thread, undo
from careconsole.store.acts import Done
from careconsole.store.undo import CannotUndo, Undone

EMERGENCY = Reading(emergency_word="stranded")


# --- resolve ---


@pytest.mark.parametrize("reason", ["answered", "no_reply", "noise", "provocation", "duplicate"])
async def test_what_is_free_can_be_resolved_with_a_reason(record: Record, reason: str) -> None:
    first = await record.arrive(said("m1"))
    done = await record.act(acts.resolve, first, "ana", reason)
    assert isinstance(done, Done)
    row = await record.row(first)
    assert (row.state, row.is_waiting, row.owner) == (ConversationState.RESOLVED, False, "ana")
    [event] = await record.events("resolved")
    assert (event["reason"], event["unanswered"]) == (reason, [await record.message_id("m1")])
    assert await record.ask("SELECT resolved_us, disposition, resolved_by FROM cycle") == [
        (at_us(0), reason, "ana")
    ]


async def test_what_i_hold_can_be_resolved_and_the_claim_ends(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    assert isinstance(await record.act(acts.resolve, first, "ana", "answered"), Done)
    assert (await record.row(first)).claimed_by is None


async def test_what_another_holds_cannot(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first, "ben")
    assert await record.act(acts.resolve, first, "ana", "answered") == HeldBy(first, "ben", at_us(0))
    record.clock.pass_s(121)
    assert isinstance(await record.act(acts.resolve, first, "ana", "answered"), Done)


async def test_to_resolve_twice_is_to_resolve_once(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.resolve, first, "ana", "answered")
    assert await record.act(acts.resolve, first, "ben", "noise") == Done(first, 0)
    assert (await record.kinds()).count("resolved") == 1


async def test_a_reply_still_queued_is_sent_all_the_same(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first)
    await record.act(acts.resolve, first, "ana", "answered")
    assert await record.take() == outbox_id
    await record.settle(outbox_id, Sent("r1"))
    row = await record.row(first)
    assert (row.state, row.is_waiting, row.messages) == (ConversationState.RESOLVED, False, 2)


async def test_a_reply_that_fails_opens_what_was_resolved_with_it(record: Record) -> None:
    first = await record.arrive(said("m1", minute=-30))
    outbox_id = await record.sending(first)
    await record.act(acts.resolve, first, "ana", "answered")
    await record.settle(outbox_id, Rejected("too long"))
    row = await record.row(first)
    assert (row.state, row.waiting_since_us, row.cycle) == (ConversationState.OPEN, at_us(-30), 1)
    assert await record.ask("SELECT number, resolved_us FROM cycle") == [(1, None)]
    assert (await record.kinds(first))[-2:] == ["failed", "reopened"]


@pytest.mark.parametrize("by", ["word:stranded", "agent:cleo"])
async def test_an_emergency_whose_answer_never_left_is_one_again(record: Record, by: str) -> None:
    """To resolve it had lifted tier 0, in the belief that the customer has an answer."""
    word = by.removeprefix("word:") if by.startswith("word:") else ""
    first = await record.arrive(said("m1"), reading=Reading(emergency_word=word))
    if not word:
        await record.act(acts.set_tier, first, "cleo", 0)
    outbox_id = await record.sending(first)
    await record.act(acts.resolve, first, "ana", "answered")
    await record.settle(outbox_id, Rejected("too long"))
    row = await record.row(first)
    assert (row.state, row.tier, row.effective_due_us) == (ConversationState.OPEN, 0, at_us(5))
    assert await record.store.read(lambda tx: corrections.tier_source(tx, first)) == by
    [reopened] = await record.events("reopened")
    assert reopened["tier"] == 0


async def test_a_held_reply_leaves_after_the_conversation_was_resolved(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first, hold_s=10)
    await record.act(acts.resolve, first, "ana", "answered")
    assert await record.act(outbox.let_go, outbox_id)
    [queued] = await record.events("queued")
    assert queued["answers"] == [await record.message_id("m1")]
    assert await record.take() == outbox_id
    await record.settle(outbox_id, Sent("r1"))
    assert (await record.row(first)).state is ConversationState.RESOLVED


@pytest.mark.parametrize("how", ["withdrawn", "rejected"])
async def test_a_held_reply_that_never_leaves_opens_what_was_resolved_with_it(
    record: Record, how: str
) -> None:
    """Else nobody would ever see that the customer has no answer."""
    first = await record.arrive(said("m1", minute=-30))
    outbox_id = await record.queued(first, hold_s=10)
    await record.act(acts.resolve, first, "ana", "answered")
    if how == "withdrawn":
        assert await record.act(outbox.withdraw, outbox_id, "ana")
    else:
        await record.act(outbox.let_go, outbox_id)
        await record.take()
        await record.settle(outbox_id, Rejected("gone"))
    row = await record.row(first)
    assert (row.state, row.waiting_since_us) == (ConversationState.OPEN, at_us(-30))


# --- notes and focus ---


async def test_a_note_stands_in_the_story_and_only_its_number_in_the_log(record: Record) -> None:
    first = await record.arrive(said("m1"))
    record.clock.pass_s(60)
    note_id = await record.act(acts.add_note, first, "ana", "Call the depot.")
    entries = await record.store.read(lambda tx: thread.thread(tx, first))
    assert [(entry.key, entry.is_note, entry.author) for entry in entries] == [
        ("m1", False, "cara"),
        (f"n{note_id}", True, "ana"),
    ]
    [event] = await record.events("note")
    assert (event["note"], "depot" in str(event)) == (note_id, False)
    assert (await record.row(first)).is_waiting


async def test_focus_is_kept_with_its_three_times(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.record_focus, first, "ana", at_us(1), at_us(2), at_us(2.5))
    [event] = await record.events("focus")
    assert (event["started_us"], event["last_key_us"], event["at_us"]) == (at_us(1), at_us(2), at_us(2.5))


# --- undo ---


async def test_there_is_nothing_to_undo_at_first(record: Record) -> None:
    await record.arrive(said("m1"))
    assert await record.act(undo.undo, "ana") is None


async def test_a_resolve_is_taken_back_with_everything(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=3), reading=EMERGENCY)
    before = await record.row(first)
    await record.act(acts.resolve, first, "ana", "noise")
    assert await record.act(undo.undo, "ana") == Undone("resolved", first)
    after = await record.row(first)
    assert (after.key, after.unanswered, after.state) == (before.key, 2, before.state)
    assert await record.value("SELECT tier_by FROM conversation") == "word:stranded"
    assert await record.value("SELECT resolved_us FROM cycle") is None
    [event] = await record.events("undone")
    assert event["event"] == (await record.events("resolved"))[0]["seq"]
    assert await record.act(undo.undo, "ana") is None


async def test_a_resolve_that_is_taken_back_is_held_again_if_it_was(record: Record) -> None:
    first, second = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    await record.claim(first)
    for each in (first, second):
        await record.act(acts.resolve, each, "ana", "noise")
        await record.act(undo.undo, "ana")
    assert (await record.row(first)).claimed_by == "ana"
    assert (await record.row(second)).claimed_by is None
    assert (await record.kinds(first))[-3:] == ["resolved", "claimed", "undone"]


async def test_what_was_answered_before_stays_answered(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.take_in(ours("r1", "m1", minute=1))
    await record.take_in(said("m2", minute=5))
    await record.act(acts.resolve, first, "ana", "answered")
    await record.act(undo.undo, "ana")
    row = await record.row(first)
    assert (row.unanswered, row.waiting_since_us) == (1, at_us(5))


@pytest.mark.parametrize("fate", ["held", "queued", "sent", "unknown"])
async def test_undoing_a_resolve_knows_of_the_reply_that_left_meanwhile(record: Record, fate: str) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.queued(first, hold_s=10)
    await record.act(acts.resolve, first, "ana", "answered")
    if fate != "held":
        await record.act(outbox.let_go, outbox_id)
    if fate in ("sent", "unknown"):
        await record.take()
        await record.settle(outbox_id, Sent("r1") if fate == "sent" else Ambiguous())
    undone = await record.act(undo.undo, "ana")
    row = await record.row(first)
    assert row.is_waiting == (fate in ("held", "unknown"))
    assert row.state is not ConversationState.RESOLVED
    assert isinstance(undone, Undone | CannotUndo)


async def test_kinds_are_taken_back_one_by_one(record: Record) -> None:
    first = await record.arrive(
        said("m1", kind=None), said("m2", minute=1, kind=Kind.IDEA), reading=Reading(Kind.PRAISE, "thanks")
    )
    before = await record.row(first)
    await record.act(acts.set_kind, first, "ana", "complaint")
    await record.act(acts.set_kind, first, "ana", "question")
    assert await record.act(undo.undo, "ana") == Undone("kind_set", first)
    assert (await record.row(first)).kind is Kind.COMPLAINT
    assert await record.act(undo.undo, "ana") == Undone("kind_set", first)
    assert (await record.row(first)).key == before.key
    assert await record.ask("SELECT kind FROM message ORDER BY id") == [("praise",), ("idea",)]


@pytest.mark.parametrize(("reading", "by"), [(EMERGENCY, "word:stranded"), (Reading(), "")])
async def test_a_tier_is_taken_back_with_what_had_set_it(record: Record, reading: Reading, by: str) -> None:
    first = await record.arrive(said("m1"), reading=reading)
    before = await record.row(first)
    await record.act(acts.set_tier, first, "ana", 1 - before.tier)
    assert await record.act(undo.undo, "ana") == Undone("tier_set", first)
    assert (await record.row(first)).key == before.key
    assert await record.value("SELECT tier_by FROM conversation") == by


async def test_a_release_is_taken_back_by_claiming_again(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    await record.act(claims.release, first, "ana")
    assert await record.act(undo.undo, "ana") == Undone("released", first)
    row = await record.row(first)
    assert (row.claimed_by, row.fence) == ("ana", 2)


async def test_acts_are_taken_back_newest_first_across_conversations(record: Record) -> None:
    one, two = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    await record.act(acts.set_kind, one, "ana", "praise")
    await record.act(acts.resolve, two, "ana", "noise")
    await record.act(acts.set_tier, one, "ana", 0)
    undone = [await record.act(undo.undo, "ana") for _ in range(4)]
    assert undone == [Undone("tier_set", one), Undone("resolved", two), Undone("kind_set", one), None]


async def test_acts_of_others_are_theirs(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.set_kind, first, "ben", "praise")
    assert await record.act(undo.undo, "ana") is None


async def test_where_another_acted_since_it_is_named_and_nothing_changes(record: Record) -> None:
    one, two = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    await record.act(acts.set_kind, two, "ana", "praise")
    await record.act(acts.set_kind, one, "ana", "praise")
    await record.act(acts.set_kind, one, "ben", "idea")
    assert await record.act(undo.undo, "ana") == CannotUndo("kind_set", one, "ben")
    assert (await record.row(one)).kind is Kind.IDEA
    assert await record.act(undo.undo, "ana") == Undone("kind_set", two)
    assert await record.act(undo.undo, "ana") is None


async def test_a_release_that_another_took_up_stays(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    await record.act(claims.release, first, "ana")
    await record.claim(first, "ben")
    assert await record.act(undo.undo, "ana") == CannotUndo("released", first, "ben")
    assert (await record.row(first)).claimed_by == "ben"


async def test_a_resolve_that_the_customer_answered_stays(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.resolve, first, "ana", "answered")
    await record.take_in(said("m2", minute=9, reply_to="m1"))
    assert await record.act(undo.undo, "ana") == CannotUndo("resolved", first, "the customer")
    assert (await record.row(first)).cycle == 2


async def test_somebody_elses_reading_is_no_act(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.set_kind, first, "ana", "praise")
    await record.act(acts.record_focus, first, "ben", at_us(0), at_us(0), at_us(1))
    assert await record.act(undo.undo, "ana") == Undone("kind_set", first)


async def test_a_message_deleted_meanwhile_does_not_wait_again(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.resolve, first, "ana", "answered")
    await record.take_in(said("m1", deleted=4))
    assert await record.act(undo.undo, "ana") == Undone("resolved", first)
    assert not (await record.row(first)).is_waiting


async def test_fifty_acts_and_no_more_are_taken_back(record: Record) -> None:
    first = await record.arrive(said("m1"))
    for number in range(53):
        await record.act(acts.set_kind, first, "ana", list(Kind)[number % 6].value)
    undone = 0
    while isinstance(await record.act(undo.undo, "ana"), Undone):
        undone += 1
    assert undone == 50
    assert (await record.row(first)).kind is list(Kind)[2]


async def test_a_state_that_only_a_sent_reply_ends_is_not_undone_into_waiting(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Sent("r1"))
    assert await record.state(outbox_id) is OutboxState.SENT
    await record.act(acts.resolve, first, "ana", "answered")
    await record.act(undo.undo, "ana")
    row = await record.row(first)
    assert (row.state, row.is_waiting) == (ConversationState.PENDING, False)
