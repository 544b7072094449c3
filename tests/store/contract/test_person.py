"""The person behind a conversation: contacts, decisions and promises of all their conversations."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.note_mark import NoteMark
from careconsole.store import acts, person
from careconsole.store import thread as kept_thread
from careconsole.store.acts import Done
from careconsole.store.person import Card, Facts
from careconsole.store.undo import Undone, undo


async def card_of(record: Record, conversation: int) -> Card:
    found = await record.store.read(lambda tx: person.card(tx, conversation))
    assert found is not None
    return found


async def test_a_new_customer_has_an_empty_card(record: Record) -> None:
    first = await record.arrive(said("m1", reach=1200))
    card = await card_of(record, first)
    assert (card.name, card.reach, card.is_vip, card.vip_note) == ("Cara", 1200, False, "")
    assert [each.handle for each in card.identities] == ["cara"]
    assert (card.contacts, card.contact_count, card.decision, card.promises) == ((), 0, None, ())
    assert await record.store.read(lambda tx: person.card(tx, 99)) is None


async def test_contacts_are_the_rounds_before_this_one_newest_first(record: Record) -> None:
    first = await record.arrive(said("m1"))
    for n in range(1, 5):
        await record.act(acts.resolve, first, "ana", "answered")
        await record.take_in(said(f"m1-{n}", reply_to="m1", minute=10 * n))
    card = await card_of(record, first)
    assert card.contact_count == 4
    assert [(each.opened_us, each.disposition) for each in card.contacts] == [
        (at_us(30), "answered"),
        (at_us(20), "answered"),
        (at_us(10), "answered"),
    ]


async def test_the_last_decision_and_the_open_promises_are_on_the_card(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.add_note, first, "ana", "no mark")
    await record.act(acts.add_note, first, "ana", "refund 10", NoteMark.DECISION)
    record.clock.pass_s(60)
    await record.act(acts.add_note, first, "ben", "refund 20", NoteMark.DECISION)
    late = await record.act(acts.add_note, first, "ana", "call", NoteMark.PROMISE, at_us(90))
    soon = await record.act(acts.add_note, first, "ana", "write", NoteMark.PROMISE, at_us(30))
    card = await card_of(record, first)
    assert card.decision is not None
    assert (card.decision.text, card.decision.agent, card.decision.account) == ("refund 20", "ben", "shop")
    assert [(each.note_id, each.due_us) for each in card.promises] == [(soon, at_us(30)), (late, at_us(90))]
    entries = await record.store.read(lambda tx: kept_thread.thread(tx, first))
    assert [entry.mark for entry in entries if entry.is_note] == [
        "",
        "decision",
        "decision",
        "promise",
        "promise",
    ]


async def test_a_promise_is_done_when_it_is_marked_as_kept_and_z_takes_that_back(record: Record) -> None:
    first = await record.arrive(said("m1"))
    note = await record.act(acts.add_note, first, "ana", "call", NoteMark.PROMISE, at_us(30))
    before = await record.store.read(lambda tx: person.revision(tx, first))
    done = await record.act(person.keep_promise, note, "ben")
    assert done is not None and (await card_of(record, first)).promises == ()
    assert await record.act(person.keep_promise, note, "ana") is None, "once"
    assert await record.store.read(lambda tx: person.revision(tx, first)) > before
    assert await record.act(undo, "ben") == Undone("promise_kept", first)
    assert len((await card_of(record, first)).promises) == 1
    plain = await record.act(acts.add_note, first, "ana", "no promise")
    assert await record.act(person.keep_promise, plain, "ana") is None


async def test_facts_are_kept_with_the_customer_and_no_event_says_them(record: Record) -> None:
    first = await record.arrive(said("m1"))
    facts = Facts("12-24", "A-77, A-78", "her mother answers the phone")
    done = await record.act(person.set_facts, first, "ana", facts)
    assert done is not None and done.event
    assert (await card_of(record, first)).facts == facts
    assert await record.act(person.set_facts, first, "ana", facts) == Done(first, 0)
    await record.act(person.set_facts, first, "ana", replace(facts, birthday=""))
    rows = await record.store.read(lambda tx: tx.rows("SELECT details FROM event WHERE kind = 'facts_set'"))
    assert [row[0] for row in rows] == ['{"facts":["birthday","orders","about"]}', '{"facts":["birthday"]}']
    assert await record.act(person.set_facts, 99, "ana", facts) is None


async def test_what_a_note_says_is_in_no_event(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.add_note, first, "ana", "secret sum", NoteMark.PROMISE, at_us(30))
    rows = await record.store.read(lambda tx: tx.rows("SELECT details FROM event WHERE kind = 'note'"))
    assert [json.loads(row[0]) for row in rows] == [{"due_us": at_us(30), "mark": "promise", "note": 1}]


async def test_what_was_said_elsewhere_is_told_with_its_account_and_is_no_news(record: Record) -> None:
    here = await record.arrive(said("m1", "cara@a.example"), account="care", network="mastodon")
    there = await record.arrive(said("n1", "cara@a.example", minute=-5), account="news", network="mastodon")
    await record.arrive(said("m2", "dan@a.example", minute=2), account="care", network="mastodon")
    await record.act(acts.add_note, there, "ben", "careful")
    told = await record.store.read(lambda tx: person.elsewhere(tx, here))
    assert [(entry.external_id, entry.is_note, entry.place, entry.seq) for entry in told] == [
        ("n1", False, "news on mastodon", 0),
        (None, True, "news on mastodon", 0),
    ]
    assert await record.store.read(lambda tx: person.elsewhere(tx, 99)) == []
    before = await record.store.read(lambda tx: person.revision(tx, here))
    await record.take_in(said("n2", "cara@a.example", minute=9), account="news", network="mastodon")
    assert await record.store.read(lambda tx: person.revision(tx, here)) > before, "the screen looks again"


@pytest.mark.parametrize(
    ("orders", "order"),
    [
        ("", ""),
        ("VX123456", "VX123456"),
        ("VX123456 (by express)", "VX123456"),
        ("order: 4711-0815.", "4711-0815"),
        ("VX123456, VX123457", ""),
        ("VX123456/VX123457", ""),
        ("4471 of 3 March", ""),
        ("none yet", ""),
    ],
)
def test_an_order_number_is_known_where_there_is_exactly_one(orders: str, order: str) -> None:
    assert Facts(orders=orders).order == order


async def test_the_card_tells_how_many_other_conversations_there_are(record: Record) -> None:
    first = await record.arrive(said("m0"))
    assert (await card_of(record, first)).other_conversations == 0
    for number in range(person.ELSEWHERE + 2):
        await record.act(acts.resolve, first + number, "ana", "answered")
        assert await record.arrive(said(f"m{number + 1}", minute=number + 1)) == first + number + 1
    card = await card_of(record, first)
    told = await record.store.read(lambda tx: person.elsewhere(tx, first))
    assert card.other_conversations == person.ELSEWHERE + 2
    assert [entry.external_id for entry in told] == [f"m{n}" for n in range(3, person.ELSEWHERE + 3)]
