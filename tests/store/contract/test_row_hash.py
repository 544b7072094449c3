"""Every text has a hash beside it: what the disk has changed is shown as damaged, never as what was said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.record_at_hand import FakeClock, Record, said

from careconsole.model.note_mark import NoteMark
from careconsole.model.reply import Mode, OutboxState
from careconsole.store import acts, drafts, person, queue, row_hash, thread
from careconsole.store.driver import Driver
from careconsole.store.opening import open_store
from careconsole.store.row_hash import DAMAGED, text_hash

WOUNDS = {
    "message": "UPDATE message SET text = 'Where is my parrot?'",
    "another version": "UPDATE message SET version = 7",
    "more eyes": "UPDATE message SET visibility = 'direct'",
    "no eyes": "UPDATE message SET visibility = 'klopb'",
    "another author": "UPDATE message SET handle = 'vera'",
    "bytes": "UPDATE message SET text = CAST(x'57ff' AS TEXT)",
    "number": "UPDATE message SET text = x'00'",
    "no hash": "UPDATE message SET row_hash = NULL",
    "another hash": "UPDATE message SET row_hash = row_hash + 1",
}


@pytest.fixture
async def wounded(record: Record) -> Record:
    """A record that is damaged on purpose, so that it is not whole at the end."""
    record.check = _nothing  # type: ignore[method-assign]
    return record


async def _nothing() -> None:
    return None


async def wound(record: Record, sql: str) -> None:
    """Change a row as a disk would: behind the back of whoever keeps the hashes."""
    await record.store.write(lambda tx: tx.change(sql))


@pytest.mark.parametrize("sql", WOUNDS.values(), ids=WOUNDS)
async def test_a_message_that_the_disk_has_changed_is_marked(wounded: Record, sql: str) -> None:
    first = await wounded.arrive(said("m1", text="Where is my parcel?"), said("m2", text="Well?", minute=1))
    await wound(wounded, f"{sql} WHERE external_id = 'm1'")
    told = await wounded.store.read(lambda tx: thread.thread(tx, first))
    assert [entry.text for entry in told] == [DAMAGED, "Well?"]
    assert list(await wounded.store.read(row_hash.damaged_rows)) == ["message"]


async def test_a_text_that_moved_to_another_conversation_is_marked(wounded: Record) -> None:
    await wounded.arrive(said("m1", "cara"))
    second = await wounded.arrive(said("m2", "dan"))
    await wound(wounded, f"UPDATE message SET conversation_id = {second} WHERE external_id = 'm1'")
    told = await wounded.store.read(lambda tx: thread.thread(tx, second))
    assert [entry.text for entry in told] == [DAMAGED, "Where is my parcel?"]


async def test_earlier_versions_notes_replies_drafts_and_previews_are_marked(wounded: Record) -> None:
    first = await wounded.arrive(said("m1"), said("m1", text="Where is it?", minute=0, edited=2))
    await wounded.act(acts.add_note, first, "ana", "Call back", NoteMark.PROMISE, wounded.clock.now_us())
    await wounded.queued(first, "It left today.")
    await wounded.act(drafts.save, drafts.Draft(first, "ana", Mode.PUBLIC, "Half", 0, 0, None, 0, ""))
    for table in ("message_version", "note", "outbox", "draft"):
        await wound(wounded, f"UPDATE {table} SET text = text || '!'")
    await wound(wounded, "UPDATE conversation SET preview = 'Where is he?'")
    told = await wounded.store.read(lambda tx: thread.thread(tx, first))
    assert [(entry.text, [old.text for old in entry.versions]) for entry in told] == [
        ("Where is it?", [DAMAGED]),
        (DAMAGED, []),
        (DAMAGED, []),
    ]
    assert (await wounded.row(first)).text == DAMAGED
    [draft] = await wounded.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert draft.text == DAMAGED
    [reply] = await wounded.store.read(queue.outbox)
    assert reply.text == DAMAGED
    card = await wounded.store.read(lambda tx: person.card(tx, first))
    assert card is not None
    assert [line.text for line in card.promises] == [DAMAGED]
    damaged = await wounded.store.read(row_hash.damaged_rows)
    assert sorted(damaged) == ["conversation", "draft", "message_version", "note", "outbox"]


async def test_what_was_damaged_is_whole_again_when_the_network_tells_it_again(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await wound(record, "UPDATE message SET text = 'Where is my parrot?'")
    await record.take_in(said("m1"))
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert (entry.text, [old.text for old in entry.versions]) == ("Where is my parcel?", [DAMAGED])
    assert (await record.row(first)).text == "Where is my parcel?"


async def test_a_reply_becomes_our_message_with_a_hash_of_its_own(record: Record) -> None:
    first = await record.arrive(said("m1"))
    sent = await record.queued(first)
    await record.take()
    await record.settle(sent, _sent("r1"))
    assert await record.state(sent) is OutboxState.SENT
    assert await record.store.read(row_hash.damaged_rows) == {}


def _sent(remote_id: str) -> object:
    from careconsole.model.reply import Sent

    return Sent(remote_id)


async def test_rows_from_before_there_were_hashes_get_theirs_bit_by_bit(
    desk_file: Path, driver: Driver, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_hash, "AT_ONCE", 2)
    async with open_store(desk_file, create=True, driver=driver, clock=clock) as store:
        record = Record(store, clock)
        for number in range(5):
            await record.arrive(said(f"m{number}", f"c{number}"))
        await record.act(acts.add_note, 1, "ana", "Call back")
        for table in ("message", "note", "conversation"):
            await wound(record, f"UPDATE {table} SET row_hash = NULL")
        await wound(record, "UPDATE fact SET value = '' WHERE name = 'row_hashes'")
    async with open_store(desk_file, driver=driver, clock=clock) as store:
        record = Record(store, clock)
        told = await store.read(lambda tx: thread.thread(tx, 1))
        assert [entry.text for entry in told] == ["Where is my parcel?", "Call back"]
        steps = 1
        while await store.write(row_hash.fill):
            steps += 1
        assert steps >= 6
        assert await record.value("SELECT count(*) FROM message WHERE row_hash IS NULL") == 0
        assert not await store.read(row_hash.fills)
        assert not await store.write(row_hash.fill)
    async with open_store(desk_file, driver=driver, clock=clock) as store:
        record = Record(store, clock)
        assert await store.read(row_hash.damaged_rows) == {}
        await wound(record, "UPDATE message SET row_hash = NULL WHERE id = 1")
        assert await store.read(row_hash.damaged_rows) == {"message": [1]}


@given(st.binary(max_size=80), st.data())
def test_one_changed_byte_is_another_hash(text: bytes, data: st.DataObject) -> None:
    known = text_hash("message", text, 1, 1, 1, "in", "direct", "cara")
    assert known == text_hash("message", text, 1, 1, 1, "in", "direct", "cara")
    if text:
        place = data.draw(st.integers(0, len(text) - 1))
        byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != text[place]))
        changed = text[:place] + bytes([byte]) + text[place + 1 :]
        assert text_hash("message", changed, 1, 1, 1, "in", "direct", "cara") != known
    assert text_hash("note", text, 1, 1, 1, "in", "direct", "cara") != known
    assert -(2**63) <= known < 2**63
