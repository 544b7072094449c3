"""Every text has a hash beside it: what the disk has changed is shown as damaged, never as what was said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.record_at_hand import FakeClock, Record, said

from careconsole.model.message import Attachment, Item, ParentPost, Visibility
from careconsole.model.note_mark import NoteMark
from careconsole.model.reply import Mode, OutboxState
from careconsole.store import (
    acts,
    drafts,
    identity_links,
    person,
    queue,
    reply_moves,
    row_hash,
    thread,
    troll,
)
from careconsole.store.contract import ReadTx, Tx
from careconsole.store.driver import Driver, connect_memory, drivers
from careconsole.store.opening import open_store
from careconsole.store.ranking import PREVIEW_CHARS
from careconsole.store.row_hash import COLUMNS, DAMAGED

WOUNDS = {
    "message": "UPDATE message SET text = 'Where is my parrot?'",
    "another version": "UPDATE message SET version = 7",
    "more eyes": "UPDATE message SET visibility = 'direct'",
    "no eyes": "UPDATE message SET visibility = 'klopb'",
    "another author": "UPDATE message SET handle = 'vera'",
    "one of us": "UPDATE message SET agent = 'ana'",
    "another name": "UPDATE message SET name = 'Vera'",
    "another post above it": 'UPDATE message SET parent = \'{"id": "p", "text": "No", "paid": 0, "dark": 0}\'',
    "something beside it": "UPDATE message SET attachments = '[{'",
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


@pytest.mark.parametrize("what", ["text", "visibility", "handle", "name", "parent", "attachments"])
async def test_what_was_damaged_is_whole_again_when_the_network_tells_it_again(
    record: Record, what: str
) -> None:
    parent = ParentPost("p1", "Buy parcels!", True, False)
    first = await record.arrive(said("m1", parent=parent, attachments=(Attachment("image", "a box"),)))
    [before] = await record.store.read(lambda tx: thread.thread(tx, first))
    await wound(record, f"UPDATE message SET {what} = 'direct'")
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert (entry.text, entry.parent, entry.attachments) == (DAMAGED, None, ())
    await record.take_in(said("m1", parent=parent, attachments=(Attachment("image", "a box"),)))
    [entry] = await record.store.read(lambda tx: thread.thread(tx, first))
    assert [(old.text, old.attachments) for old in entry.versions] == [(DAMAGED, ())]
    same = ("text", "author", "author_name", "visibility", "parent", "attachments")
    assert [getattr(entry, name) for name in same] == [getattr(before, name) for name in same]
    assert (await record.row(first)).text == "Where is my parcel?"


@pytest.mark.parametrize(
    "what",
    [said("m2", text="Hello?", minute=1), said("m1", text="Hello?", edited=1), said("m1", deleted=1)],
    ids=["a new message", "an edit", "a deletion"],
)
async def test_a_damaged_row_of_the_queue_is_whole_again_when_the_customer_is_heard(
    record: Record, what: Item
) -> None:
    first = await record.arrive(said("m1"))
    await wound(record, "UPDATE conversation SET handle = 'vera'")
    assert (await record.row(first)).text == DAMAGED
    await record.take_in(what)
    row = await record.row(first)
    assert (row.handle, row.text == DAMAGED) == ("cara", False)


async def test_a_damaged_line_of_a_draft_is_neither_shown_nor_kept(record: Record) -> None:
    """The text says that the draft is damaged; a line that nobody wrote must not go out beside it."""
    first = await record.arrive(said("m1"))
    draft = drafts.Draft(
        first, "ana", Mode.PRIVATE, "Half", 0, 0, None, 0, "", public_line="We wrote to you."
    )
    await record.act(drafts.save, draft)
    sent = await record.queued(first, "It left today.", visibility=Visibility.DIRECT)
    await wound(record, "UPDATE draft SET public_line = 'We bit you.'")
    [shown] = await record.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert (shown.text, shown.public_line) == (DAMAGED, "")
    await record.act(reply_moves.back_to_draft, sent, "was not sent")
    [shown] = await record.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert (shown.text, shown.public_line) == (f"It left today.\n{DAMAGED}", "")


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


def make_older(path: Path, driver: Driver) -> None:
    """Let a record be as the version before the hashes has left it."""
    db = driver.module.connect(path, isolation_level=None)
    for table in COLUMNS:
        db.execute(f"ALTER TABLE {table} DROP COLUMN row_hash")
    db.execute("ALTER TABLE conversation DROP COLUMN erased_us")
    db.execute("DELETE FROM fact WHERE name = 'row_hashes'")
    db.execute("UPDATE fact SET value = '6' WHERE name = 'schema'")
    db.close()


async def much(record: Record) -> None:
    """Everything of which a hash is kept, of several people."""
    for number in range(5):
        first = await record.arrive(said(f"m{number}", f"c{number}"))
        await record.take_in(said(f"m{number}", f"c{number}", "Where is it?", edited=1))
        await record.act(acts.add_note, first, "ana", "Call back")
        await record.queued(first)
        half = drafts.Draft(first, "ana", Mode.PUBLIC, "Half", 0, 0, None, 0, "", public_line="line")
        await record.act(drafts.save, half)
    await record.arrive(said("p1", "pat"))
    await record.store.write(_request)


async def _request(tx: Tx) -> None:
    await tx.change(
        "INSERT INTO approval (conversation_id, cycle, agent, text, public_line, visibility, wider, reply_to_id, "
        "reply_to_version, purpose, seen_seq, after_outbox_id, after_message_id, asked_us, state) "
        "SELECT conversation_id, 1, 'tim', 'It left.', '', 'public', 0, id, 1, 'answer', 0, 0, 0, at_us, 'withdrawn' "
        "FROM message WHERE external_id = 'p1'"
    )
    await tx.change(f"UPDATE approval SET row_hash = {row_hash.hashed('approval')}")


async def test_a_record_of_the_version_before_gets_its_hashes_bit_by_bit_while_people_work(
    desk_file: Path, driver: Driver, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_hash, "AT_ONCE", 2)
    async with open_store(desk_file, create=True, driver=driver, clock=clock) as store:
        await much(Record(store, clock))
        hashes = [await store.read(lambda tx, table=table: _hashes(tx, table)) for table in COLUMNS]  # type: ignore[misc]
        assert all(hashes)
    make_older(desk_file, driver)
    async with open_store(desk_file, driver=driver, clock=clock) as store:
        record = Record(store, clock, {"shop": 1})
        told = await store.read(lambda tx: thread.thread(tx, 1))
        assert not [entry for entry in told if entry.text == DAMAGED]
        assert await store.read(row_hash.damaged_rows) == {}
        steps = 0
        while await store.write(row_hash.fill):
            steps += 1
            number = steps % 5
            await record.take_in(
                said(f"m{number}", f"c{number}", f"Where is it {steps}?", edited=steps + 1),
                said(f"n{steps}", f"c{number}", "Well?", minute=steps),
            )
            await record.act(acts.add_note, number + 1, "ben", "Called")
        assert steps >= 12
        assert not await store.read(row_hash.fills)
        assert not await store.write(row_hash.fill)
    async with open_store(desk_file, driver=driver, clock=clock) as store:
        record = Record(store, clock, {"shop": 1})
        assert await store.read(row_hash.damaged_rows) == {}
        assert await store.read(lambda tx: _hashes(tx, "approval")) == hashes[[*COLUMNS].index("approval")]
        await record.check()
        await wound(record, "UPDATE message SET row_hash = NULL WHERE id = 1")
        assert await store.read(row_hash.damaged_rows) == {"message": [1]}


async def _hashes(tx: ReadTx, table: str) -> list[int]:
    return [row[0] for row in await tx.rows(f"SELECT row_hash FROM {table} ORDER BY row_hash")]


async def test_what_has_no_hash_yet_is_kept_as_it_is_when_it_is_copied_about(
    desk_file: Path, driver: Driver, clock: FakeClock
) -> None:
    """Of a reply a draft or a message is made before its hash is known."""
    async with open_store(desk_file, create=True, driver=driver, clock=clock) as store:
        await much(Record(store, clock))
    make_older(desk_file, driver)
    async with open_store(desk_file, driver=driver, clock=clock) as store:
        record = Record(store, clock, {"shop": 1})
        await record.act(reply_moves.back_to_draft, 1, "was not sent")
        taken = await record.take()
        assert taken is not None
        await record.settle(taken, _sent("r2"))
        own = await drafts_of_ana(record)
        assert (own[1].text, own[1].public_line) == ("It left today.\nHalf", "line")
        told = await store.read(lambda tx: thread.thread(tx, 2))
        assert not [entry for entry in told if entry.text == DAMAGED]
        while await store.write(row_hash.fill):
            pass
    async with open_store(desk_file, driver=driver, clock=clock) as store:
        assert await store.read(row_hash.damaged_rows) == {}


async def drafts_of_ana(record: Record) -> dict[int, drafts.Draft]:
    """Ana's drafts by conversation."""
    return {
        each.conversation_id: each for each in await record.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    }


HOSTILE = (
    "\0",
    "\0\0 a",
    "a\0b",
    "\x1f\x1e",
    "\x1b[31m\x9b2J",
    "\U0001f469\u200d\U0001f9b1",
    "\u202eabc",
    "\ufffd",
    "'\"]{}",
    "\u00e9" * 400,
)
"""What a customer may be called and may write."""


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
async def test_hostile_names_and_texts_have_their_hash_wherever_it_is_made(
    record: Record, words: str
) -> None:
    """In Python as a message arrives, in SQL afterwards: one driver hands a text to a function up to its first NUL."""
    name, parent = f"cara{words}", ParentPost("p1", words, False, False)
    attached = (Attachment("image", words),)
    first = await record.arrive(said("m1", name, words, parent=parent, attachments=attached))
    await record.take_in(said("m2", name, f"{words}!", minute=1))
    assert (await record.row(first)).text == f"{words}!"[:PREVIEW_CHARS]
    await record.take_in(said("m2", name, f"{words}?", minute=1, edited=2))
    await record.act(acts.add_note, first, "ana", f"note {words}")
    await record.queued(first, f"answer {words}")
    await record.act(
        drafts.save, drafts.Draft(first, "ana", Mode.PUBLIC, f"draft {words}", 0, 0, None, 0, "")
    )
    assert await record.store.read(row_hash.damaged_rows) == {}
    told = await record.store.read(lambda tx: thread.thread(tx, first))
    texts = [words, f"{words}?", f"note {words}", f"answer {words}"]
    assert sorted(entry.text for entry in told) == sorted(texts)
    assert (told[0].parent, told[0].attachments) == (parent, attached)


READS: dict[str, tuple[Callable[[ReadTx], Awaitable[object]], int]] = {
    "a whole thread": (lambda tx: thread.thread(tx, 1), 300),
    "the end of a thread": (lambda tx: thread.thread_end(tx, 1, 40), 40),
    "a row of the queue": (lambda tx: queue.one(tx, "ana", 1), 1),
    "a stretch of the queue": (lambda tx: queue.window(tx, "ana", limit=5), 5),
    "what somebody said": (lambda tx: troll.said_by_customer(tx, 1), troll.MOST),
    "who is the same person": (
        lambda tx: identity_links.suggestions(tx, 1),
        2 * identity_links.READ_MESSAGES,
    ),
}
"""What reads texts, and how many of 300 messages of one customer and 20 of others it shows."""


@pytest.fixture
async def long_thread(record: Record) -> Record:
    """The first conversation has 300 messages, twenty others one each."""
    await record.arrive(*(said(f"m{number}", minute=number / 60) for number in range(300)))
    await record.arrive(*(said(f"n{number}", f"c{number}", minute=6) for number in range(20)))
    return record


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The rows that are held against their hash from now on."""
    rows: list[bytes] = []
    whole = row_hash._hash
    monkeypatch.setattr(row_hash, "_hash", lambda row: rows.append(row) or whole(row))
    return rows


@pytest.mark.parametrize("what", READS)
async def test_what_is_read_is_held_against_its_hash_once_and_nothing_else_is(
    long_thread: Record, held: list[bytes], what: str
) -> None:
    read, most = READS[what]
    await long_thread.store.read(read)
    assert 0 < len(held) <= most
    assert len(set(held)) == len(held)


async def test_a_change_of_one_message_does_not_read_the_whole_thread(
    long_thread: Record, held: list[bytes]
) -> None:
    await long_thread.take_in(said("m7", text="Where is it?", minute=7 / 60, edited=9))
    await long_thread.take_in(said("m8", minute=8 / 60, deleted=9))
    await long_thread.take_in(said("m300", minute=10))
    assert 0 < len(held) <= 20


_WORDS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\0\x1e\x1f"), max_size=12)


@given(st.sampled_from(sorted(COLUMNS)), st.data())
def test_python_and_every_driver_make_one_hash_of_a_row(table: str, data: st.DataObject) -> None:
    values = [data.draw(_WORDS | st.integers(-(2**63), 2**63 - 1)) for _ in COLUMNS[table]]
    known = row_hash.row_hash(table, *values)
    for driver in drivers():
        assert _sql_hash(driver, table, values) == known
    place = data.draw(st.integers(0, len(values) - 1))
    other = data.draw((_WORDS | st.integers()).filter(lambda each: str(each) != str(values[place])))
    assert row_hash.row_hash(table, *values[:place], other, *values[place + 1 :]) != known


@pytest.mark.parametrize("driver", drivers(), ids=str)
def test_what_may_be_missing_has_a_hash_and_what_may_not_is_damage(driver: Driver) -> None:
    for table, columns in COLUMNS.items():
        for place, column in enumerate(columns):
            values = ["x", *["y"] * (len(columns) - 1)]
            gone = [*values[:place], None, *values[place + 1 :]]
            known = _sql_hash(driver, table, gone)
            may_miss = column in ("agent", "parent", "edited_text", "newest_in_id")
            assert known == (row_hash.row_hash(table, *gone) if may_miss else None), (table, column)


def _sql_hash(driver: Driver, table: str, values: list[Any]) -> int | None:
    """The hash that a driver makes of these values in its table."""
    db = connect_memory(driver)
    row_hash.install(db)
    db.execute(f"CREATE TABLE {table} ({', '.join(COLUMNS[table])})")
    db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    [(found, is_sound)] = db.execute(
        f"SELECT {row_hash.hashed(table)}, {row_hash.is_sound(table)} FROM (SELECT *, NULL AS row_hash FROM {table})"
    ).fetchall()
    db.close()
    assert bool(is_sound) == (found is not None)
    return None if found is None else int(found)
