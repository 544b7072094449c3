"""What a customer wrote on all their conversations, with what became of each round."""

from __future__ import annotations

from tests.store.record_at_hand import Record, ours, said

from careconsole.store import acts, troll, undo
from careconsole.store.troll import Said


async def ask(record: Record, conversation_id: int) -> list[Said]:
    return await record.store.read(lambda tx: troll.said_by_customer(tx, conversation_id))


async def test_every_round_of_the_customer_is_told_oldest_first(record: Record) -> None:
    first = await record.arrive(said("m1", "tara", "Liars!"))
    await record.take_in(ours("r1", "m1", minute=1))
    await record.act(acts.resolve, first, "ana", "provocation")
    second = await record.arrive(said("m2", "tara", "Thieves!", 5))
    other = await record.arrive(said("d1", "dora", "Hello?", 6))
    assert second != first
    assert await ask(record, second) == [
        Said(first, 1, "Liars!", False, True, "provocation"),
        Said(second, 1, "Thieves!", True, False, ""),
    ]
    assert await ask(record, first) == await ask(record, second)
    assert [each.text for each in await ask(record, other)] == ["Hello?"]


async def test_an_answer_counts_for_what_stands_before_it_in_its_round(record: Record) -> None:
    first = await record.arrive(said("m1", "tara", "Liars!"))
    assert [each.is_answered for each in await ask(record, first)] == [False]
    await record.take_in(ours("r1", "m1", minute=1), said("m2", "tara", "Thieves!", 2))
    assert [(each.is_answered, each.is_open) for each in await ask(record, first)] == [
        (True, False),
        (False, True),
    ]


async def test_a_resolving_that_was_taken_back_is_none(record: Record) -> None:
    first = await record.arrive(said("m1", "tara", "Liars!"))
    await record.act(acts.resolve, first, "ana", "provocation")
    assert [each.disposition for each in await ask(record, first)] == ["provocation"]
    await record.store.write(lambda tx: undo.undo(tx, "ana"))
    assert [each.disposition for each in await ask(record, first)] == [""]


async def test_only_the_newest_are_looked_at(record: Record) -> None:
    first = await record.arrive(*(said(f"m{n}", "tara", f"Liars {n}", n) for n in range(troll.MOST + 5)))
    found = await ask(record, first)
    assert (len(found), found[0].text, found[-1].text) == (troll.MOST, "Liars 5", f"Liars {troll.MOST + 4}")
