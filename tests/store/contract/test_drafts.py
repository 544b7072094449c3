"""A draft is one agent's, for one conversation and one mode; it is never lost and never shown to another."""

from __future__ import annotations

import pytest
from tests.store.record_at_hand import Record, at_us, said

from careconsole.model.note_mark import NoteMark
from careconsole.model.reply import Mode
from careconsole.store import acts, drafts
from careconsole.store.rows import Draft


def draft(
    conversation: int, text: str, agent: str = "ana", mode: Mode = Mode.PUBLIC, **more: object
) -> Draft:
    return Draft(conversation, agent, mode, text, len(text), 0, None, 0, "", **more)  # type: ignore[arg-type]


async def texts(record: Record, conversation: int, agent: str = "ana") -> dict[Mode, str]:
    found = await record.store.read(lambda tx: drafts.of_conversation(tx, agent, conversation))
    return {each.mode: each.text for each in found}


async def test_a_draft_is_as_it_was_left(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    message_id = await record.message_id("m1")
    record.clock.pass_s(60)
    left = Draft(
        first, "ana", Mode.PRIVATE, "Žao mi je 😀\n\ttab", 4, 0, message_id, 7, "", reply_to_version=2
    )
    await record.act(drafts.save, left)
    [found] = await other.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert (found.text, found.cursor, found.mode, found.reply_to_id, found.seen_seq) == (
        left.text,
        4,
        Mode.PRIVATE,
        message_id,
        7,
    )
    assert found.reply_to_version == 2
    assert (found.saved_us, found.handle, found.account) == (at_us(1), "cara", "shop")
    assert (await record.row(first)).has_draft
    assert not (await record.row(first, "ben")).has_draft


async def test_agent_conversation_and_mode_are_its_key(record: Record) -> None:
    one, two = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    for agent in ("ana", "ben"):
        for conversation in (one, two):
            for mode in Mode:
                text = f"{agent} {conversation} {mode}"
                await record.act(drafts.save, draft(conversation, text, agent, mode))
    assert await texts(record, one, "ben") == {mode: f"ben {one} {mode}" for mode in Mode}
    assert await texts(record, two) == {mode: f"ana {two} {mode}" for mode in Mode}
    assert len(await record.store.read(lambda tx: drafts.of_agent(tx, "ana"))) == 6


async def test_the_last_save_stands(record: Record) -> None:
    first = await record.arrive(said("m1"))
    for text in ("H", "He", "Hel"):
        await record.act(drafts.save, draft(first, text))
    assert await texts(record, first) == {Mode.PUBLIC: "Hel"}


@pytest.mark.parametrize("empty", ["", "  \n\t"])
async def test_an_empty_draft_is_dropped(record: Record, empty: str) -> None:
    first = await record.arrive(said("m1"))
    await record.act(drafts.save, draft(first, "Hello"))
    await record.act(drafts.save, draft(first, empty))
    assert await texts(record, first) == {}
    assert not (await record.row(first)).has_draft


async def test_a_draft_can_be_thrown_away(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(drafts.save, draft(first, "Hello"))
    await record.act(drafts.save, draft(first, "Note", mode=Mode.NOTE))
    await record.act(drafts.drop, "ana", first, Mode.PUBLIC)
    assert await texts(record, first) == {Mode.NOTE: "Note"}


async def test_others_see_the_mark_come_and_go_but_not_every_key(record: Record) -> None:
    first = await record.arrive(said("m1"))
    revisions = [(await record.row(first)).revision]
    for text in ("H", "He", ""):
        await record.act(drafts.save, draft(first, text))
        revisions.append((await record.row(first)).revision)
    assert revisions[0] < revisions[1] == revisions[2] < revisions[3]


async def test_a_note_takes_its_draft_with_it(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(drafts.save, draft(first, "Call them", mode=Mode.NOTE))
    await record.act(acts.add_note, first, "ana", "Call them")
    assert await texts(record, first) == {}


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("It left today.", {}),
        ("It left", {}),
        ("It left today. Sorry", {Mode.PUBLIC: "It left today. Sorry"}),
        ("Which one?", {Mode.PUBLIC: "Which one?"}),
    ],
)
async def test_a_reply_takes_its_own_draft_with_it_and_no_other_words(
    record: Record, typed: str, left: dict[Mode, str]
) -> None:
    first = await record.arrive(said("m1"))
    await record.act(drafts.save, draft(first, typed))
    await record.queued(first, "It left today.")
    assert await texts(record, first) == left
    assert (await record.row(first)).has_draft == bool(left)


async def test_a_note_with_other_words_leaves_the_draft(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(drafts.save, draft(first, "!promise fri call them", mode=Mode.NOTE))
    await record.act(
        acts.add_note, first, "ana", "Refund 20 EUR", NoteMark.DECISION, None, "!decision Refund"
    )
    assert await texts(record, first) == {Mode.NOTE: "!promise fri call them"}
    await record.act(acts.add_note, first, "ana", "call them", NoteMark.PROMISE, 1, "!promise fri call them")
    assert await texts(record, first) == {}


async def test_drafts_are_no_events(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(drafts.save, draft(first, "Hello"))
    assert await record.kinds() == ["arrived"]


async def test_the_newest_draft_comes_first(record: Record) -> None:
    ids = [await record.arrive(said(f"m{number}", f"c{number}")) for number in range(3)]
    for each in (ids[1], ids[2], ids[0]):
        await record.act(drafts.save, draft(each, "x"))
        record.clock.pass_s(1)
    found = await record.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert [each.conversation_id for each in found] == [ids[0], ids[2], ids[1]]
