"""Links between customers: suggested with reasons, moving nothing, taken back whole."""

from __future__ import annotations

from tests.store.record_at_hand import Record, said

from careconsole.store import acts, customers, identity_links, person
from careconsole.store.acts import Done
from careconsole.store.identity_links import Suggestion
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
