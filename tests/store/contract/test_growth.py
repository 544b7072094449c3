"""Stop at send: nothing leaves for a thread that is another one than its writer has seen, whoever changed it."""

from __future__ import annotations

import pytest
from tests.store.record_at_hand import Record, at, said

from careconsole.model.message import Gone, Item
from careconsole.model.reply import (
    Change,
    Enqueued,
    Growth,
    NothingToAnswer,
    Rejected,
    ReplyTo,
    Sent,
    ThreadGrew,
)
from careconsole.store import acts, claims, drafts, growth, outbox, thread, versions

NEW, EDITED, DELETED = Growth


async def grew(record: Record, conversation: int, **more: object) -> ThreadGrew:
    """A send that was stopped."""
    done = await record.enqueue(conversation, **more)  # type: ignore[arg-type]
    assert isinstance(done, ThreadGrew), done
    return done


async def key(record: Record, external_id: str) -> str:
    """A message as the thread names it."""
    return f"m{await record.message_id(external_id)}"


async def test_sending_stops_for_what_came_and_goes_out_once_it_was_seen(record: Record) -> None:
    first = await record.arrive(said("m1"))
    seen = await record.seen()
    await record.take_in(said("m2", minute=1), said("m3", minute=2))
    stopped = await grew(record, first, seen_seq=seen)
    assert stopped.changes == (Change(await key(record, "m2"), NEW), Change(await key(record, "m3"), NEW))
    assert stopped.answered is None
    assert await record.value("SELECT count(*) FROM outbox") == 0
    assert isinstance(await record.enqueue(first, seen_seq=stopped.seen_seq), Enqueued)


@pytest.mark.parametrize(
    ("change", "what"),
    [(said("m1", text="Forget it.", edited=3), EDITED), (said("m1", text="", deleted=3), DELETED)],
)
async def test_what_another_process_learns_of_an_older_message_stops_it_too(
    record: Record, other: Record, change: Item, what: Growth
) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=1))
    seen = await record.seen()
    other.accounts.update(record.accounts)
    await other.take_in(change)
    stopped = await grew(record, first, seen_seq=seen)
    assert stopped.changes == (Change(await key(record, "m1"), what),)
    assert stopped.reply_to == ReplyTo(await record.message_id("m2"), 1)
    assert isinstance(await record.enqueue(first, seen_seq=stopped.seen_seq), Enqueued)


async def test_an_edit_of_the_message_answered_stops_it_even_if_it_was_in_view(record: Record) -> None:
    first = await record.arrive(said("m1"))
    answered = await record.message_id("m1")
    await record.take_in(said("m1", text="Forget it.", edited=3))
    now = {"reply_to_id": answered, "seen_seq": await record.seen()}
    stopped = await grew(record, first, version=1, **now)
    assert (stopped.answered, stopped.changes) == (EDITED, (Change(f"m{answered}", EDITED),))
    assert stopped.reply_to == ReplyTo(answered, 2)
    outbox_id = await record.queued(first, version=2, **now)
    assert (await record.reply(outbox_id)).reply_to == "m1"


async def test_a_deleted_message_is_never_answered_and_the_newest_that_is_left_is_offered(
    record: Record,
) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=1))
    now = {"reply_to_id": await record.message_id("m2"), "version": 1}
    seen = await record.seen()
    await record.act(versions.mark_gone, record.accounts["shop"], Gone("m2", at(2)))
    stopped = await grew(record, first, seen_seq=seen, **now)
    left = ReplyTo(await record.message_id("m1"), 1)
    assert (stopped.answered, stopped.reply_to) == (DELETED, left)
    assert stopped.changes == (Change(await key(record, "m2"), DELETED),)
    again = await grew(record, first, seen_seq=stopped.seen_seq, **now)
    assert (again.answered, again.reply_to) == (DELETED, left)
    done = await record.queued(first, seen_seq=stopped.seen_seq, reply_to_id=left.message_id, version=1)
    assert (await record.reply(done)).reply_to == "m1"


async def test_where_nothing_is_left_nothing_is_sent(record: Record) -> None:
    first = await record.arrive(said("m1"))
    answered = await record.message_id("m1")
    await record.take_in(said("m1", text="", deleted=2))
    stopped = await grew(record, first, reply_to_id=answered, version=1, seen_seq=await record.seen())
    assert (stopped.answered, stopped.reply_to) == (DELETED, None)
    assert await record.enqueue(first) == NothingToAnswer(first)


async def test_what_came_and_was_edited_is_new_and_what_came_and_went_is_deleted(record: Record) -> None:
    first = await record.arrive(said("m1"))
    seen = await record.seen()
    await record.take_in(said("m2", minute=1), said("m3", minute=2))
    await record.take_in(said("m2", text="Or not.", minute=1, edited=3), said("m3", text="", deleted=3))
    stopped = await grew(record, first, seen_seq=seen)
    assert stopped.changes == (Change(await key(record, "m2"), NEW), Change(await key(record, "m3"), DELETED))


async def test_a_colleagues_note_is_growth_and_ones_own_is_not(record: Record) -> None:
    first = await record.arrive(said("m1"))
    seen = await record.seen()
    await record.act(acts.add_note, first, "ana", "She called twice.")
    assert isinstance(await record.enqueue(first, seen_seq=seen), Enqueued)
    note = await record.act(acts.add_note, first, "ben", "Legal answers this one.")
    stopped = await grew(record, first, seen_seq=seen, purpose="part-2")
    assert stopped.changes == (Change(f"n{note}", NEW),)


async def test_ones_own_answer_is_not_growth_but_a_colleagues_is(record: Record) -> None:
    first = await record.arrive(said("m1"))
    seen = await record.seen()
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Sent("r1"))
    assert isinstance(await record.enqueue(first, seen_seq=seen, purpose="part-2"), Enqueued)
    await record.act(claims.release, first, "ana")
    stopped = await grew(record, first, agent="ben", seen_seq=seen, purpose="part-3")
    assert stopped.changes == (Change(await key(record, "r1"), NEW),)


async def test_what_else_happens_to_a_conversation_stops_nothing(record: Record) -> None:
    first = await record.arrive(said("m1"))
    seen = await record.seen()
    await record.act(acts.set_kind, first, "ben", "praise")
    await record.act(acts.set_tier, first, "ben", 0)
    await record.arrive(said("d1", "dan", minute=4))
    assert isinstance(await record.enqueue(first, seen_seq=seen), Enqueued)


async def test_the_thread_says_which_event_told_of_each_part(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=1))
    await record.act(acts.add_note, first, "ben", "Call her.")
    await record.take_in(said("m1", text="Forget it.", edited=3))
    entries = {entry.key: entry for entry in await record.store.read(lambda tx: thread.thread(tx, first))}
    first_key, second_key = await key(record, "m1"), await key(record, "m2")
    assert entries[second_key].seq < entries["n1"].seq < entries[first_key].seq == await record.seen()
    assert (entries[first_key].version, entries[second_key].version) == (2, 1)


async def test_a_draft_keeps_what_it_answers_and_what_was_seen(record: Record) -> None:
    first = await record.arrive(said("m1"))
    seen, answered = await record.seen(), await record.message_id("m1")
    outbox_id = await record.queued(first, seen_seq=seen, reply_to_id=answered, version=1)
    await record.take_in(said("m1", text="Forget it.", edited=3), said("m2", minute=4))
    await record.act(outbox.withdraw, outbox_id, "ana")
    [draft] = await record.store.read(lambda tx: drafts.of_conversation(tx, "ana", first))
    assert (draft.reply_to_id, draft.reply_to_version, draft.seen_seq) == (answered, 1, seen)
    stopped = await grew(record, first, seen_seq=seen, reply_to_id=answered, version=1)
    assert (stopped.answered, len(stopped.changes)) == (EDITED, 2)


async def test_a_reply_on_its_way_knows_what_its_writer_had_not_seen(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=1))
    marked = await record.queued(first, seen_seq=await record.seen())
    by_command = await record.queued(first, purpose="part-2")
    await record.take_in(said("m1", text="Forget it.", edited=3), said("m3", minute=4))
    changes = (Change(await key(record, "m1"), EDITED), Change(await key(record, "m3"), NEW))
    assert await record.store.read(lambda tx: growth.grown_under(tx, marked)) == (None, changes)
    assert await record.store.read(lambda tx: growth.grown_under(tx, by_command)) == (None, ())
    assert await record.store.read(lambda tx: growth.grown_under(tx, 99)) == (None, ())


async def test_what_was_stopped_on_its_way_comes_back_with_its_aim(record: Record) -> None:
    first = await record.arrive(said("m1"))
    seen = await record.seen()
    outbox_id = await record.sending(first, seen_seq=seen)
    await record.settle(outbox_id, Rejected("the thread has changed"))
    [draft] = await record.store.read(lambda tx: drafts.of_conversation(tx, "ana", first))
    assert (draft.reply_to_id, draft.reply_to_version, draft.seen_seq) == (1, 1, seen)
    assert draft.not_sent == "the thread has changed"
