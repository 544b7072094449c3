"""What comes in: once each, into the right conversation, with every version kept."""

from __future__ import annotations

import pytest
from tests.store.record_at_hand import Record, at, at_us, ours, said

from careconsole.model.conversation import ConversationState
from careconsole.model.message import Author, Gone, Kind, ParentPost, Poisoned, Reading, Visibility
from careconsole.model.reply import Ambiguous, OutboxState, Sent
from careconsole.store import acts, arrivals, delivery, thread, versions


async def test_three_deliveries_are_one_row(record: Record) -> None:
    for _ in range(3):
        done = await record.take_in(said("m1"), said("m2", "dan"), said("m1"))
    assert (done.imported, done.known, done.changed) == (0, 3, 0)
    assert await record.value("SELECT count(*) FROM message") == 2
    assert await record.kinds() == ["arrived", "arrived"]


async def test_a_batch_with_the_same_message_twice_counts_it_once(record: Record) -> None:
    done = await record.take_in(said("m1"), said("m1"), said("m1", text="Where is it?"))
    assert (done.imported, done.known, done.changed) == (1, 2, 1)


async def test_the_same_id_on_two_accounts_is_two_messages(record: Record) -> None:
    one = await record.arrive(said("m1"))
    other = await record.arrive(said("m1"), account="other")
    assert one != other


async def test_more_messages_than_are_looked_up_at_once(record: Record) -> None:
    many = [said(f"m{number}", f"c{number % 130}", minute=number) for number in range(260)]
    assert (await record.take_in(*many)).imported == 260
    assert (await record.take_in(*reversed(many))).known == 260
    assert len(await record.waiting()) == 130


# --- which conversation ---


async def test_a_customers_further_message_joins_what_is_not_resolved(record: Record) -> None:
    first = await record.arrive(said("m1"))
    assert await record.arrive(said("m2", minute=1)) == first
    row = await record.row(first)
    assert (row.messages, row.unanswered, row.text) == (2, 2, "Where is my parcel?")


async def test_another_customer_begins_another_conversation(record: Record) -> None:
    assert await record.arrive(said("m1")) != await record.arrive(said("m2", "dan"))


async def test_a_handle_is_the_same_in_any_case(record: Record) -> None:
    first = await record.arrive(said("m1", "Žana"))
    assert await record.arrive(said("m2", "ŽANA")) == first
    assert (await record.row(first)).handle == "Žana"


async def test_a_message_joins_the_conversation_of_what_it_answers(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.resolve, first, "ana", "answered")
    second = await record.arrive(said("m2", minute=5))
    assert second != first
    assert await record.arrive(said("m3", minute=6, reply_to="m1")) == first
    assert await record.arrive(said("m4", minute=7, reply_to="m2")) == second


async def test_answering_what_another_customer_wrote_joins_ones_own(record: Record) -> None:
    dans = await record.arrive(said("m1", "dan"))
    caras = await record.arrive(said("m2"))
    assert await record.arrive(said("m3", minute=3, reply_to="m1")) == caras
    emils = await record.arrive(said("m4", "emil", reply_to="m1"))
    assert emils not in (dans, caras)


async def test_answering_what_we_do_not_have_joins_what_is_open(record: Record) -> None:
    first = await record.arrive(said("m1"))
    assert await record.arrive(said("m2", reply_to="nowhere")) == first


async def test_the_conversation_stays_on_its_account(record: Record) -> None:
    here = await record.arrive(said("m1"), account="tooting", network="mastodon")
    there = await record.arrive(said("m2"), account="tooting too", network="mastodon")
    assert here != there
    assert await record.value("SELECT count(*) FROM customer") == 1
    await record.arrive(said("m3"))
    assert await record.value("SELECT count(*) FROM customer") == 2


async def test_public_and_private_messages_share_a_conversation(record: Record) -> None:
    first = await record.arrive(said("m1"))
    assert await record.arrive(said("m2", minute=1, visibility=Visibility.DIRECT)) == first
    assert (await record.row(first)).visibility is Visibility.DIRECT


async def test_an_answer_to_a_resolved_conversation_reopens_it_in_its_second_cycle(record: Record) -> None:
    first = await record.arrive(said("m1"), reading=Reading(emergency_word="stranded"))
    await record.claim(first)
    await record.act(acts.resolve, first, "ana", "answered")
    assert await record.arrive(said("m2", minute=9, reply_to="m1")) == first
    row = await record.row(first)
    assert (row.state, row.cycle, row.owner, row.claimed_by) == (ConversationState.OPEN, 2, "ana", None)
    assert (row.tier, row.waiting_since_us, row.unanswered) == (1, at_us(9), 1)
    [reopened] = await record.events("reopened")
    assert (reopened["cycle"], reopened["at_us"]) == (2, at_us(9))
    cycles = await record.ask("SELECT number, opened_us, resolved_by FROM cycle ORDER BY number")
    assert cycles == [(1, at_us(0), "ana"), (2, at_us(9), None)]


async def test_an_answer_to_our_answer_reopens_too(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Sent("r1"))
    await record.act(acts.resolve, first, "ana", "answered")
    assert await record.arrive(said("m2", minute=9, reply_to="r1")) == first


async def test_without_reply_to_a_resolved_conversation_stays_resolved(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.resolve, first, "ana", "answered")
    second = await record.arrive(said("m2", minute=9))
    assert second != first
    assert (await record.row(first)).state is ConversationState.RESOLVED
    assert (await record.row(second)).cycle == 1


# --- the row that is shown ---


async def test_the_newest_message_by_the_networks_time_is_shown(record: Record) -> None:
    first = await record.arrive(said("m2", text="And now?", minute=10))
    await record.arrive(said("m1", text="Hello?", minute=2))
    row = await record.row(first)
    assert (row.text, row.waiting_since_us) == ("And now?", at_us(2))


async def test_a_long_message_is_shown_by_its_beginning_and_kept_whole(record: Record) -> None:
    first = await record.arrive(said("m1", text="x" * 5000))
    assert (await record.row(first)).text == "x" * 400
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert entry.text == "x" * 5000


async def test_who_wrote_is_brought_up_to_date(record: Record) -> None:
    first = await record.arrive(said("m1"))
    account_id = await record.account()
    renamed = said("m2", minute=1)
    renamed = renamed.__class__(
        "m2", Author("cara", "Cara Nova", 5000), renamed.text, renamed.at, kind=Kind.QUESTION
    )
    await record.act(arrivals.record, account_id, [(renamed, Reading())])
    assert (await record.row(first)).customer_name == "Cara Nova"
    assert await record.value("SELECT reach FROM identity") == 5000


async def test_the_post_it_hangs_under_is_kept_and_weighs(record: Record) -> None:
    parent = ParentPost("p9", "Our new shoes \x1b[31m", is_paid=True, is_dark=True)
    first = await record.arrive(said("m1", parent=parent))
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert entry.parent == parent
    assert await record.value("SELECT is_paid FROM message") == 1


# --- edits and deletions ---


async def test_an_edit_keeps_what_was_said_before(record: Record) -> None:
    first = await record.arrive(said("m1", text="Where is it?"))
    await record.take_in(said("m1", text="Where is my bag?", edited=3))
    await record.take_in(said("m1", text="Where is my red bag?", edited=7))
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert entry.text == "Where is my red bag?"
    assert [(each.text, each.until_us) for each in entry.versions] == [
        ("Where is it?", at_us(3)),
        ("Where is my bag?", at_us(7)),
    ]
    assert (await record.row(first)).text == "Where is my red bag?"
    assert [(event["version"], event["at_us"]) for event in await record.events("edited")] == [
        (2, at_us(3)),
        (3, at_us(7)),
    ]


async def test_an_edit_back_to_the_first_words_is_an_edit(record: Record) -> None:
    first = await record.arrive(said("m1", text="one"))
    await record.take_in(said("m1", text="two", edited=1))
    await record.take_in(said("m1", text="one", edited=2))
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert (entry.text, [each.text for each in entry.versions]) == ("one", ["one", "two"])


def batch(text: str) -> list[arrivals.Weighed]:
    return [(said("m1", text=text), Reading())]


async def test_where_no_time_is_stated_the_sequence_can_be_the_order(record: Record) -> None:
    first = await record.arrive(said("m1", text="one"))
    await record.take_in(said("m1", text="two"))
    done = await record.take_in(said("m0", "dan"), said("m1", text="one"))
    assert (done.as_before, done.changed) == ([1], 0)
    assert (await record.row(first)).text == "two"
    batch = [(said("m1", text="one"), Reading())]
    account_id = await record.account()
    for changed in (1, 0):
        again = await record.store.write(lambda tx: arrivals.record(tx, account_id, batch, in_sequence=True))
        assert (again.changed, again.as_before) == (changed, [])
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert (entry.text, [each.text for each in entry.versions]) == ("one", ["one", "two"])


async def test_a_stated_time_stands_above_the_sequence(record: Record) -> None:
    first = await record.arrive(said("m1", text="one"))
    await record.take_in(said("m1", text="two", edited=3))
    await record.take_in(said("m1", text="three"))
    for text in ("one", "two"):
        done = await record.act(arrivals.record, await record.account(), batch(text), in_sequence=True)
        assert (done.changed, done.as_before) == (0, [])
    assert (await record.row(first)).text == "three"


async def texts_before(record: Record) -> list[str]:
    """What the newest message of the desk said before, oldest first, as the thread tells it."""
    [[conversation]] = await record.ask("SELECT conversation_id FROM message ORDER BY id DESC LIMIT 1")
    entries = await record.store.read(lambda tx: thread.thread(tx, conversation))
    return [version.text for version in entries[-1].versions]


async def test_an_older_version_that_comes_late_is_kept_but_not_shown(record: Record) -> None:
    first = await record.arrive(said("m1", text="one"))
    await record.take_in(said("m1", text="three", edited=5))
    for _ in range(2):
        assert (await record.take_in(said("m1", text="two", edited=2))).changed == 0
        assert (await record.take_in(said("m1", text="one"))).changed == 0
    assert (await record.row(first)).text == "three"
    assert await texts_before(record) == ["one", "two"]
    assert [event.get("late") for event in await record.events("edited")] == [None, 1]


async def test_the_unedited_words_never_replace_the_edited_ones(record: Record) -> None:
    """The edited version was the first that we saw of the message."""
    first = await record.arrive(said("m1", text="two", edited=2))
    assert (await record.take_in(said("m1", text="one"))).changed == 0
    assert (await record.row(first)).text == "two"
    assert await texts_before(record) == ["one"]


async def test_without_a_time_the_later_line_of_a_file_is_the_newer_one(record: Record) -> None:
    first = await record.arrive(said("m1", text="three", edited=5))
    assert (await record.take_in(said("m1", text="four"), in_sequence=True)).changed == 1
    assert (await record.row(first)).text == "four"
    assert await texts_before(record) == ["three"]


async def test_an_edit_may_change_kind_and_raise_the_alarm(record: Record) -> None:
    first = await record.arrive(said("m1", kind=None), reading=Reading(Kind.PRAISE))
    await record.take_in(
        said("m1", text="stranded!", edited=3, kind=None),
        reading=Reading(Kind.COMPLAINT, emergency_word="stranded"),
    )
    row = await record.row(first)
    assert (row.tier, row.kind) == (0, Kind.COMPLAINT)


async def test_an_edit_does_not_undo_what_an_agent_decided(record: Record) -> None:
    first = await record.arrive(said("m1", kind=None))
    await record.act(acts.set_kind, first, "ana", "idea")
    await record.take_in(said("m1", text="else", edited=3, kind=None), reading=Reading(Kind.COMPLAINT))
    assert (await record.row(first)).kind is Kind.IDEA


async def test_what_was_deleted_before_we_saw_it_reopens_nothing(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.resolve, first, "ana", "answered")
    assert await record.arrive(said("m2", reply_to="m1", deleted=7)) == first
    row = await record.row(first)
    assert row.state is ConversationState.RESOLVED and "reopened" not in await record.kinds(first)
    assert await record.arrive(said("m3", reply_to="m1")) == first
    assert (await record.row(first)).state is ConversationState.OPEN


async def test_an_edit_of_a_resolved_conversation_wakes_nobody(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.resolve, first, "ana", "answered")
    await record.take_in(said("m1", text="stranded", edited=3), reading=Reading(emergency_word="stranded"))
    row = await record.row(first)
    assert (row.state, row.tier, row.is_waiting) == (ConversationState.RESOLVED, 1, False)


async def test_a_deleted_message_is_kept_but_waits_no_longer(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", text="Hello?", minute=1))
    account_id = await record.account()
    assert await record.act(versions.mark_gone, account_id, Gone("m2", at(4)))
    assert not await record.act(versions.mark_gone, account_id, Gone("m2", at(5)))
    row = await record.row(first)
    assert (row.unanswered, row.messages, row.text) == (1, 2, "Where is my parcel?")
    await record.take_in(said("m1", deleted=6))
    assert await record.waiting() == []
    entries = await record.store.read(lambda tx: thread.thread(tx, first))
    assert [(entry.text, entry.deleted_us) for entry in entries] == [
        ("Where is my parcel?", at_us(6)),
        ("Hello?", at_us(4)),
    ]
    assert [event["at_us"] for event in await record.events("deleted")] == [at_us(4), at_us(6)]


async def test_what_was_deleted_before_it_came_never_waits(record: Record) -> None:
    first = await record.arrive(said("m1", deleted=2), reading=Reading(emergency_word="stranded"))
    assert await record.waiting() == []
    assert await record.kinds(first) == ["arrived", "deleted"]


async def test_a_message_deleted_before_it_came_changes_nothing_in_the_row(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Sent("r1"))
    await record.take_in(said("m2", text="Sorry!", minute=9, deleted=10))
    row = await record.row(first)
    assert (row.state, row.text) == (ConversationState.PENDING, "Where is my parcel?")


async def test_a_deletion_counts_although_it_carries_words_of_an_earlier_version(record: Record) -> None:
    first = await record.arrive(said("m1", text="one"))
    await record.take_in(said("m1", text="two"))
    assert (await record.take_in(said("m1", text="one", deleted=5))).changed == 1
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert (entry.text, entry.deleted_us) == ("two", at_us(5))


async def test_a_message_after_a_deleted_one_is_the_one_shown(record: Record) -> None:
    first = await record.arrive(said("m2", text="Never mind", minute=5))
    await record.take_in(said("m2", text="", deleted=6))
    await record.take_in(said("m1", text="Hello?", minute=1))
    assert (await record.row(first)).text == "Hello?"


async def test_a_deletion_that_carries_no_text_is_no_edit(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.take_in(said("m1", text="", deleted=3))
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert (entry.text, entry.versions) == ("Where is my parcel?", ())


# --- our own words ---


async def test_an_answer_given_elsewhere_answers_what_came_before_it(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=1), said("m3", minute=9))
    done = await record.take_in(ours("r1", "m1", minute=5))
    assert done.imported == 1
    row = await record.row(first)
    assert (row.unanswered, row.waiting_since_us, row.state) == (1, at_us(9), ConversationState.NEW)
    [event] = await record.events("answered_elsewhere")
    assert event["answers"] == [await record.message_id("m1"), await record.message_id("m2")]
    entry = (await record.store.read(lambda tx: thread.thread(tx, first)))[2]
    assert (entry.elsewhere, entry.text) == (True, "It is on its way.")


async def test_an_answer_without_reply_to_finds_its_customer(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.take_in(ours("r1", handle="Cara"))
    assert (await record.row(first)).state is ConversationState.PENDING
    assert await record.waiting() == []


async def test_an_answer_that_comes_before_its_message(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.take_in(ours("r2", "m2", minute=5, handle="cara"))
    await record.take_in(said("m2", minute=4))
    assert await record.conversation_of("m2") == first
    assert await record.waiting() == []


async def test_an_answer_and_its_message_in_one_batch(record: Record) -> None:
    await record.arrive(said("m0"))
    await record.take_in(ours("r2", "m2", minute=5, handle="cara"), said("m2", minute=4))
    assert await record.waiting() == []


async def test_an_answer_to_nobody_is_refused_with_its_place_in_the_batch(record: Record) -> None:
    done = await record.take_in(said("m1"), ours("r1", "nowhere"), ours("r2"), said("m2", minute=1))
    assert (done.imported, [index for index, _ in done.refused]) == (2, [1, 2])
    assert all(reason for _, reason in done.refused)


async def test_our_own_reply_read_back_is_the_one_we_sent(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first, text="It left today.")
    await record.settle(outbox_id, Sent("r1"))
    done = await record.take_in(ours("r1", "m1", "@cara It left today.", minute=2))
    assert (done.imported, done.known, done.changed) == (0, 1, 0)
    assert "edited" not in await record.kinds()
    assert "answered_elsewhere" not in await record.kinds()


async def test_a_reply_of_unknown_fate_is_recognised_when_it_comes_in(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first, text="It left  today.")
    await record.settle(outbox_id, Ambiguous())
    await record.take_in(ours("r1", "m1", "@cara It left today.", minute=2))
    reply = await record.reply(outbox_id)
    assert (reply.state, reply.remote_id) == (OutboxState.SENT, "r1")
    assert await record.waiting() == []
    assert "answered_elsewhere" not in await record.kinds()


async def test_a_reply_is_recognised_by_its_key_whatever_the_network_made_of_its_words(
    record: Record,
) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    key = (await record.reply(outbox_id)).idempotency_key
    await record.take_in(ours("r1", "m1", "other words", key=key))
    assert await record.state(outbox_id) is OutboxState.SENT


async def test_a_reply_that_is_to_be_sent_again_is_there_after_all(record: Record) -> None:
    """The network had said that it surely has it not."""
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Ambiguous(), pause_s=0)
    await record.act(delivery.take_unknown, await record.account())
    await record.act(delivery.settle_looked_up, outbox_id, None, may_go_on=True)
    assert await record.state(outbox_id) is OutboxState.QUEUED
    await record.take_in(ours("r1", "m1", "@cara It left today.", minute=2))
    assert await record.state(outbox_id) is OutboxState.SENT
    assert await record.take() is None


async def test_other_words_of_ours_are_not_taken_for_the_reply_on_its_way(record: Record) -> None:
    first = await record.arrive(said("m1"))
    outbox_id = await record.sending(first)
    await record.take_in(said("m0", minute=-1))
    await record.take_in(ours("r1", "m1", "Something else."), ours("r2", "m0", "It left today."))
    assert await record.state(outbox_id) is OutboxState.SENDING
    assert "answered_elsewhere" in await record.kinds()


# --- what cannot be read ---


async def test_a_poisoned_item_is_kept_once_with_its_reason(record: Record) -> None:
    account_id = await record.account()
    for _ in range(2):
        await record.act(arrivals.set_aside, account_id, Poisoned('{"id":', "it ends in the middle"))
    assert await record.ask("SELECT raw, reason FROM set_aside") == [('{"id":', "it ends in the middle")]


@pytest.mark.parametrize(
    "text", ["a\x00b", "\x1b[2J", "'; DROP TABLE message; --", "$1 {x} %s", "\u202eabc", ""]
)
async def test_hostile_text_is_stored_as_it_is(record: Record, text: str) -> None:
    first = await record.arrive(said("m1", "dan$1", text=text))
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert entry.text == text
    await record.take_in(said("m1", "dan$1", text=text + "!", edited=1))
    assert (await record.row(first)).text == text + "!"


# --- what the texts tell ---

GERMAN, ENGLISH = (
    Reading(language="de", mood=-0.6, urgency=4.5),
    Reading(language="en", mood=0.2, urgency=1.0),
)
_KEPT = "SELECT language, mood, urgency FROM message WHERE external_id = $1"


async def test_language_mood_and_urgency_stay_with_each_message(record: Record) -> None:
    first = await record.arrive(said("m1"), reading=GERMAN)
    assert (await record.row(first)).language == "de"
    await record.take_in(said("m2", minute=2), reading=ENGLISH)
    assert [await record.ask(_KEPT, each) for each in ("m1", "m2")] == [
        [("de", -0.6, 4.5)],
        [("en", 0.2, 1.0)],
    ]
    assert (await record.row(first)).language == "en"
    await record.take_in(said("m0", minute=1), reading=GERMAN)
    assert (await record.row(first)).language == "en"  # it is older than what is shown


async def test_an_edited_text_is_read_again(record: Record) -> None:
    first = await record.arrive(said("m1"), reading=ENGLISH)
    due_us = (await record.row(first)).effective_due_us
    await record.take_in(said("m1", text="Nie wieder!", edited=3), reading=GERMAN)
    assert await record.ask(_KEPT, "m1") == [("de", -0.6, 4.5)]
    row = await record.row(first)
    assert (row.language, row.effective_due_us) == ("de", due_us - 10 * 60_000_000)


async def test_the_language_is_that_of_what_the_customer_left_standing(record: Record) -> None:
    first = await record.arrive(said("m1"), reading=ENGLISH)
    await record.take_in(said("m2", minute=2), reading=GERMAN)
    await record.take_in(said("m2", minute=2, deleted=3), reading=GERMAN)
    assert (await record.row(first)).language == "en"
