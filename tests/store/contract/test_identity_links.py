"""Links between customers: suggested with reasons, moving nothing, taken back whole."""

from __future__ import annotations

from tests.store.record_at_hand import Record, said

from careconsole.store import acts, customers, identity_links, person
from careconsole.store.acts import Done
from careconsole.store.identity_links import Suggestion
from careconsole.store.ranking import rank_of
from careconsole.store.undo import Undone, undo


async def suggested(record: Record, customer: int) -> tuple[Suggestion, ...]:
    return await record.store.read(lambda tx: identity_links.suggestions(tx, customer))


async def two(record: Record) -> tuple[int, int]:
    """Cara writes to the shop, and to the news account a day later."""
    shop = await record.arrive(said("m1", "cara"), account="shop")
    news = await record.arrive(said("n1", "cara", minute=60 * 24), account="news")
    return shop, news


async def test_the_same_handle_and_name_on_a_second_account_is_suggested_both_ways(record: Record) -> None:
    await two(record)
    await record.arrive(said("m9", "dan"), account="shop")
    why = ("same handle on two networks within 72 hours: cara",)
    assert await suggested(record, 1) == (Suggestion(2, "cara", "Cara", why),)
    found = await suggested(record, 2)
    assert [each.customer_id for each in found] == [1]
    assert await suggested(record, 3) == () and await suggested(record, 99) == ()


async def test_what_both_said_is_a_reason_unless_many_said_it(record: Record) -> None:
    await record.arrive(said("m1", "cara", "Order 12345678, write to me@mail.example or help@shop.example"))
    await record.arrive(said("m2", "dan", "It is me: me@mail.example, about 12345678. help@shop.example"))
    for n in range(4):
        await record.arrive(said(f"x{n}", f"guest{n}", "I wrote to help@shop.example"))
    found = await suggested(record, 1)
    assert [each.customer_id for each in found] == [2]
    assert "both said the same number: 12345678" in found[0].reasons
    assert await suggested(record, 3) == ()


async def test_a_link_moves_nothing_and_z_parts_them(record: Record) -> None:
    shop, news = await two(record)
    before = await record.store.read(
        lambda tx: tx.rows("SELECT id, customer_id FROM conversation ORDER BY id")
    )
    done = await record.act(identity_links.link, shop, 2, "ana")
    assert done is not None and done.event
    assert await record.act(identity_links.link, shop, 2, "ana") == Done(shop, 0)
    assert await record.act(identity_links.link, shop, 99, "ana") is None
    assert (
        await record.store.read(lambda tx: tx.rows("SELECT id, customer_id FROM conversation ORDER BY id"))
        == before
    )
    told = await record.store.read(lambda tx: person.elsewhere(tx, news))
    assert [entry.external_id for entry in told] == ["m1"]
    card = await record.store.read(lambda tx: person.card(tx, news))
    assert card is not None and card.contact_count == 1 and len(card.identities) == 2
    assert await suggested(record, 1) == ()
    assert await record.act(undo, "ana") == Undone("linked", shop)
    assert await record.store.read(lambda tx: person.elsewhere(tx, news)) == []
    assert len(await suggested(record, 1)) == 1
    assert (
        await record.store.read(lambda tx: tx.rows("SELECT 1 FROM customer WHERE person IS NOT NULL")) == []
    )


async def test_a_vip_is_one_on_every_linked_account_and_no_longer_when_parted(record: Record) -> None:
    shop, news = await two(record)
    await record.act(customers.set_vip, shop, "ben", True, "writes for the paper")
    await record.act(identity_links.link, news, 1, "ana")
    assert [(await record.row(each)).is_vip for each in (shop, news)] == [True, True]
    card = await record.store.read(lambda tx: person.card(tx, news))
    assert card is not None and card.vip_note == "writes for the paper"
    await record.act(undo, "ana")
    assert [(await record.row(each)).is_vip for each in (shop, news)] == [True, False]
    await record.act(identity_links.link, news, 1, "ana")
    await record.act(customers.set_vip, news, "ben", False, "")
    assert [(await record.row(each)).is_vip for each in (shop, news)] == [False, False]


async def test_who_is_held_together_by_another_link_stays_together(record: Record) -> None:
    shop, news = await two(record)
    care = await record.arrive(said("c1", "cara", minute=9), account="care")
    await record.act(identity_links.link, shop, 2, "ben")
    await record.act(identity_links.link, shop, 3, "ana")
    assert len(await record.store.read(lambda tx: person.elsewhere(tx, care))) == 2
    await record.act(undo, "ana")
    assert await record.store.read(lambda tx: person.elsewhere(tx, care)) == []
    assert len(await record.store.read(lambda tx: person.elsewhere(tx, news))) == 1


async def test_a_new_conversation_of_a_linked_vip_is_a_vips(record: Record) -> None:
    shop, news = await two(record)
    await record.act(customers.set_vip, shop, "ana", True, "")
    await record.act(identity_links.link, shop, 2, "ana")
    await record.act(acts.resolve, news, "ana", "answered")
    again = await record.arrive(said("n2", "cara", minute=60 * 25), account="news")
    assert again != news and (await record.row(again)).is_vip


async def second_channels(record: Record) -> dict[int, int]:
    """Minutes of the term, by conversation that waits."""
    found = {}
    for id in await record.waiting():
        rank = await record.store.read(lambda tx, id=id: rank_of(tx, id, record.store.policy))  # type: ignore[misc]
        assert rank is not None
        row = await record.row(id)
        assert row.effective_due_us == rank.effective_due_us, "the record stands where its terms put it"
        found[id] = sum(round(term.minutes) for term in rank.terms if term.name == "second channel")
    return found


async def test_who_waits_on_two_accounts_counts_as_one_person_once_linked_and_as_two_once_parted(
    record: Record,
) -> None:
    shop, news = await two(record)
    before = await record.waiting()
    assert await second_channels(record) == {shop: 0, news: 0}
    await record.act(identity_links.link, shop, 2, "ana")
    assert await second_channels(record) == {shop: -10, news: -10}
    await record.act(undo, "ana")
    assert await second_channels(record) == {shop: 0, news: 0} and await record.waiting() == before


async def test_a_linked_persons_answer_and_next_message_move_the_other_account(record: Record) -> None:
    shop, news = await two(record)
    await record.act(identity_links.link, shop, 2, "ana")
    await record.queued(shop)
    assert await second_channels(record) == {news: 0}
    await record.take_in(said("m2", "cara", minute=90), account="shop")
    assert await second_channels(record) == {shop: -10, news: -10}
    await record.act(acts.resolve, news, "ana", "noise")
    assert await second_channels(record) == {shop: 0}


async def test_two_who_write_to_one_account_wait_on_one_channel(record: Record) -> None:
    first, second = await record.arrive(said("m1", "cara")), await record.arrive(said("m2", "dan"))
    await record.act(identity_links.link, first, 2, "ana")
    assert await second_channels(record) == {first: 0, second: 0}


async def test_of_three_linked_in_a_chain_the_parted_one_takes_the_second_channel_away(
    record: Record,
) -> None:
    """Whichever of the people left is placed first, the others are none of it any longer."""
    first, second = await record.arrive(said("m1", "cara")), await record.arrive(said("m2", "dan"))
    fan = await record.arrive(said("f1", "cara.fan"), account="fans")
    await record.act(identity_links.link, first, 2, "ana")
    await record.act(identity_links.link, second, 3, "ana")
    assert await second_channels(record) == {first: -10, second: -10, fan: -10}
    assert await record.act(undo, "ana") == Undone("linked", second)
    assert await second_channels(record) == {first: 0, second: 0, fan: 0}


async def test_a_new_conversation_of_a_linked_person_waits_on_a_second_channel_at_once(
    record: Record,
) -> None:
    shop, news = await two(record)
    await record.act(identity_links.link, shop, 2, "ana")
    await record.act(acts.resolve, shop, "ana", "answered")
    again = await record.arrive(said("m2", "cara", minute=60 * 25), account="shop")
    assert again != shop and await second_channels(record) == {news: -10, again: -10}
