"""A conversation's story: messages, notes and replies on their way, in the order of time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.store.record_at_hand import Record, at_us, ours, said

from careconsole.model.instant import from_us
from careconsole.model.message import Attachment, Direction, Kind, Reading, Visibility
from careconsole.model.reply import OutboxState, Rejected, Sent
from careconsole.store import acts, outbox, thread
from careconsole.store.rows import ThreadEntry


async def story(record: Record, conversation: int) -> list[ThreadEntry]:
    return await record.store.read(lambda tx: thread.thread(tx, conversation))


async def test_the_order_is_that_of_the_network(record: Record) -> None:
    first = await record.arrive(said("m3", minute=9), said("m1", minute=1), said("m2", minute=5))
    assert [entry.external_id for entry in await story(record, first)] == ["m1", "m2", "m3"]


async def test_everything_stands_in_it(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=2, visibility=Visibility.DIRECT))
    await record.take_in(ours("r1", "m1", "from the phone", 3))
    record.clock.pass_s(240)
    await record.act(acts.add_note, first, "ben", "careful")
    record.clock.pass_s(1)
    await record.take_in(said("m3", minute=5))
    sent = await record.sending(first, text="one")
    await record.settle(sent, Sent("r2"))
    await record.take_in(said("m4", minute=6))
    held = await record.queued(first, "two", hold_s=5)
    found = await story(record, first)
    assert [(entry.key, entry.author, entry.direction) for entry in found] == [
        ("m1", "cara", Direction.IN),
        ("m2", "cara", Direction.IN),
        ("m3", "shop", Direction.OUT),
        ("n1", "ben", Direction.OUT),
        ("m5", "ana", Direction.OUT),
        ("m4", "cara", Direction.IN),
        ("m6", "cara", Direction.IN),
        (f"o{held}", "ana", Direction.OUT),
    ]
    assert [entry.is_answered for entry in found if entry.direction is Direction.IN] == [True] * 3 + [False]
    assert (found[-1].outbox_state, found[-1].text) == (OutboxState.HELD, "two")
    assert [entry.visibility for entry in found[:2]] == [Visibility.PUBLIC, Visibility.DIRECT]
    assert [entry.elsewhere for entry in found] == [False, False, True] + [False] * 5


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6, 7])
async def test_its_end_is_read_before_the_rest(record: Record, limit: int) -> None:
    first = await record.arrive(*(said(f"m{n}", minute=n) for n in range(3)))
    record.clock.pass_s(240)
    await record.act(acts.add_note, first, "ben", "careful")
    record.clock.pass_s(240)
    await record.take_in(*(said(f"m{n}", minute=n) for n in range(9, 6, -1)))
    held = await record.queued(first, "wait", hold_s=5)
    whole = await story(record, first)
    assert [entry.key for entry in whole] == ["m1", "m2", "m3", "n1", "m6", "m5", "m4", f"o{held}"]
    end, skipped = await record.store.read(lambda tx: thread.thread_end(tx, first, limit))
    assert end == whole[skipped:]
    assert skipped == {1: 6, 2: 5, 3: 4, 5: 1, 6: 0, 7: 0}[limit]


@pytest.mark.parametrize(
    ("network", "handle", "author"),
    [
        ("file", "wing", "wing"),
        ("file", "Cara", "desk"),
        ("file", "", "desk"),
        ("mastodon", "cara", "desk"),
        ("mastodon", "dan@elsewhere", "desk"),
    ],
)
async def test_an_answer_given_elsewhere_is_not_the_customers(
    record: Record, network: str, handle: str, author: str
) -> None:
    first = await record.arrive(said("m1"), account="desk", network=network)
    await record.take_in(ours("r1", "m1", handle=handle), account="desk", network=network)
    assert [entry.author for entry in await story(record, first)] == ["cara", author]


async def test_a_reply_that_failed_says_why(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.settle(await record.sending(first, text="long"), Rejected("the text is too long"))
    entry = (await story(record, first))[-1]
    assert (entry.outbox_state, entry.reason) == (OutboxState.FAILED, "the text is too long")


async def test_what_was_sent_bears_the_time_of_the_network(record: Record) -> None:
    first = await record.arrive(said("m1"))
    sent = await record.sending(first, text="one")
    told_at, ahead_at = from_us(at_us(1)), from_us(at_us(900))
    record.clock.pass_s(3_600)
    await record.settle(sent, Sent("r1", told_at))
    [event] = await record.events("sent")
    assert (event["at_us"], event["recorded_us"]) == (at_us(1), at_us(60))
    assert (await story(record, first))[-1].at_us == at_us(1)
    await record.take_in(said("m2", minute=61))
    record.clock.pass_s(120)
    await record.settle(await record.sending(first, text="two"), Sent("r2", ahead_at))
    assert (await story(record, first))[-1].at_us == record.clock.now_us(), "never a time to come"


async def test_a_read_back_tells_when_a_lost_reply_was_sent(record: Record) -> None:
    first = await record.arrive(said("m1"))
    lost = await record.sending(first, text="one")
    record.clock.pass_s(3_600)
    await record.take_in(ours("r1", "m1", "one", 1))
    assert (await record.reply(lost)).state is OutboxState.SENT
    assert (await story(record, first))[-1].at_us == at_us(1)


async def test_a_reply_that_failed_stands_where_it_was_written(record: Record) -> None:
    first = await record.arrive(said("m1"))
    record.clock.pass_s(60)
    failed = await record.sending(first, text="long")
    await record.settle(failed, Rejected("the text is too long"))
    record.clock.pass_s(60)
    sent = await record.sending(first, text="short")
    await record.settle(sent, Sent("r2"))
    record.clock.pass_s(60)
    await record.take_in(said("m9", minute=3))
    whole = await story(record, first)
    assert [entry.key for entry in whole] == ["m1", f"o{failed}", "m2", "m3"]
    for limit in (1, 2, 3):
        end, skipped = await record.store.read(lambda tx, limit=limit: thread.thread_end(tx, first, limit))
        assert end == whole[skipped:] and skipped == {1: 3, 2: 2, 3: 0}[limit]


async def test_the_time_of_an_edit_is_known_also_if_the_earlier_text_is_not(record: Record) -> None:
    first = await record.arrive(said("m1"), said("m2", minute=1, edited=4))
    await record.take_in(said("m1", text="Never mind.", edited=6))
    found = await story(record, first)
    assert [entry.edited_us for entry in found] == [at_us(6), at_us(4)]
    assert [len(entry.versions) for entry in found] == [1, 0]


async def test_attachments_stay_with_their_message_and_its_earlier_versions(record: Record) -> None:
    torn, whole = (
        Attachment("image", "a torn \u4f8b\x00bag", "https://x.example/1", 5, 6, 7),
        Attachment("video"),
    )
    first = await record.arrive(said("m1", text="", attachments=(torn, whole)))
    shown = await record.row(first)
    assert shown.text == "[image] a torn \u4f8b\x00bag [video]"
    await record.take_in(said("m1", text="", attachments=(whole,)))
    assert (await story(record, first))[0].attachments == (torn, whole), "nothing says that it is newer"
    await record.take_in(said("m1", text="", edited=5, attachments=(whole,)))
    entry = (await story(record, first))[0]
    assert (entry.attachments, entry.version) == ((whole,), 2)
    assert entry.versions[0].attachments == (torn, whole)
    assert (await record.row(first)).text == "[video]"
    elsewhere = Attachment(whole.type, whole.alt, "https://cache.example/9")
    await record.take_in(said("m1", text="", edited=9, attachments=(elsewhere,)))
    assert (await story(record, first))[0].version == 2, "the same picture at another address"
    await record.take_in(replace(ours("r1", "m1"), attachments=(torn,)))
    assert (await story(record, first))[-1].attachments == (torn,)


async def test_a_withdrawn_reply_leaves_no_trace_in_it(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(outbox.withdraw, await record.queued(first, hold_s=3), "ana")
    assert len(await story(record, first)) == 1


async def test_what_to_look_at_again_is_the_customers_and_stands(record: Record) -> None:
    one = await record.arrive(*[said(f"m{n}", minute=n) for n in range(25)])
    two = await record.arrive(said("d1", "dan"), account="other")
    await record.take_in(said("m24", text="", deleted=30), ours("r1", "m1", minute=40))
    found = dict(await record.store.read(lambda tx: thread.external_ids(tx, [one, two])))
    assert found[record.accounts["other"]] == ["d1"]
    assert found[record.accounts["shop"]] == [f"m{n}" for n in range(23, 3, -1)]


async def test_where_the_parts_of_a_rank_come_from(record: Record) -> None:
    first = await record.arrive(said("m1", kind=None), reading=Reading(Kind.COMPLAINT, "broken", mood=-0.6))
    await record.take_in(said("m2", minute=1, kind=Kind.IDEA))
    assert await record.store.read(lambda tx: thread.origins(tx, first)) == [
        ("complaint", "cue:broken", -0.6, "Where is my parcel?"),
        ("idea", "given", 0.0, "Where is my parcel?"),
    ]


async def test_five_thousand_messages_are_one_story(record: Record) -> None:
    await record.take_in(*[said(f"m{n}", minute=n / 10) for n in range(5000)])
    first = await record.conversation_of("m0")
    found = await story(record, first)
    assert len(found) == 5000
    assert found[-1].external_id == "m4999"
