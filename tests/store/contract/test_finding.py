"""Conversations are found by what their messages say now, in every script, whatever a query holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.record_at_hand import Record, at_us, ours, said

from careconsole.model.come_back import WakeMode
from careconsole.model.conversation import Disposition
from careconsole.model.finding import QueryFault, parse_query
from careconsole.model.message import Kind, Reading, Visibility
from careconsole.model.reply import Mode, Sent
from careconsole.model.search_words import indexed_words
from careconsole.store import (
    acts,
    boomerangs,
    customers,
    drafts,
    finding,
    found_words,
    identity_links,
    person,
)
from careconsole.store.finding import Hits
from careconsole.store.message_words import forget_conversation, wipe
from careconsole.store.noted_words import forget_noted
from careconsole.store.person import Facts
from careconsole.store.rows import Draft


async def hits(record: Record, query: str, *, agent: str = "ana", limit: int = 50) -> Hits:
    asked = parse_query(query)
    return await record.store.read(lambda tx: finding.find(tx, agent, asked, limit))


async def found(record: Record, query: str, **how: object) -> list[str]:
    """Handles of the customers that a query finds, in order."""
    return [hit.row.handle for hit in (await hits(record, query, **how)).found]  # type: ignore[arg-type]


TEXTS = {
    "dana": "Where is order DE-4711-22? I don't know.",
    "ivo": "Šteta, pošiljka još nije došla. Číslo 99/310",
    "olga": "Ещё раз: мой ЗАКАЗ не пришёл!",
    "li": "我的订单还没有收到，请问什么时候可以发货？iPhone15手机",
    "taro": "注文した商品がまだ届いていません。カタカナ",
    "malee": "สินค้ายังไม่มาถึงเลยค่ะ",
    "uwe": "Die Straße war gesperrt, die Lieferung fehlt. ＡＢＣ",
}


@pytest.mark.parametrize(
    ("query", "handles"),
    [
        ("order", {"dana"}),
        ("ORD", {"dana"}),
        ("or", set()),
        ("rder", set()),
        ("de-4711-22", {"dana"}),
        ("DE471122", {"dana"}),
        ("DE-4711", {"dana"}),
        ("#4711", {"dana"}),
        ("4711", {"dana"}),
        ("99/310", {"ivo"}),
        ("99310", {"ivo"}),
        ("dont", {"dana"}),
        ("don’t", {"dana"}),
        ("posiljka", {"ivo"}),
        ("pošiljka šteta", {"ivo"}),
        ("posil", {"ivo"}),
        ("posil steta", set()),
        ("заказ", {"olga"}),
        ("Еще пришел", {"olga"}),
        ("订单", {"li"}),
        ("单", {"li"}),
        ("货", {"li"}),
        ("货 订单", {"li"}),
        ("我的订单还没有收到", {"li"}),
        ("订单收到", set()),
        ("手机", {"li"}),
        ("iphone15手机", {"li"}),
        ("iphone15", {"li"}),
        ("届いて", {"taro"}),
        ("カタカ", {"taro"}),
        ("ｶﾀｶﾅ", {"taro"}),
        ("สินค้า", {"malee"}),
        ("ถึงเลย", {"malee"}),
        ("strasse", {"uwe"}),
        ("STRAßE", {"uwe"}),
        ("abc", {"uwe"}),
        ("@uwe lieferung", {"uwe"}),
        ("dana", {"dana"}),
        ('"die lieferung"', {"uwe"}),
        ('"lieferung die"', set()),
        ('"liefer"', set()),
        ("lieferung die", {"uwe"}),
        ("order lieferung", set()),
    ],
)
async def test_every_script_is_found(record: Record, query: str, handles: set[str]) -> None:
    await record.take_in(*(said(handle, handle, text) for handle, text in TEXTS.items()))
    assert set(await found(record, query)) == handles


async def test_an_edit_is_found_by_what_it_says_now(record: Record) -> None:
    await record.take_in(said("m1", "dana", "a blue kettle"))
    await record.take_in(said("m1", "dana", "a green kettle", edited=1))
    assert await found(record, "green") == await found(record, "kettle") == ["dana"]
    assert await found(record, "blue") == []
    await record.take_in(
        said("m1", "dana", "a red kettle", edited=2), said("m1", "dana", "a pink kettle", edited=3)
    )
    assert await found(record, "pink") == ["dana"]
    assert [await found(record, word) for word in ("blue", "green", "red")] == [[], [], []]


async def test_what_comes_and_changes_in_one_batch_is_found_by_its_last_text(record: Record) -> None:
    await record.take_in(
        said("m1", "dana", "a blue kettle"),
        said("m1", "dana", "a green kettle", edited=1),
        said("m2", "ben", "a lamp"),
        said("m2", "ben", "a lamp", deleted=2),
    )
    assert await found(record, "kettle") == await found(record, "green") == ["dana"]
    assert await found(record, "blue") == await found(record, "lamp") == []


async def test_what_a_customer_deleted_is_found_no_longer(record: Record) -> None:
    await record.take_in(said("m1", "dana", "a blue kettle"), said("m2", "dana", "and a lamp", minute=1))
    await record.take_in(
        said("m1", "dana", "a blue kettle", deleted=3), said("m3", "ben", "a pot", deleted=2)
    )
    assert await found(record, "kettle") == await found(record, "pot") == []
    assert await found(record, "lamp") == ["dana"]
    await record.take_in(said("m1", "dana", "a blue kettle indeed", edited=4))
    assert await found(record, "indeed") == []


async def test_our_own_words_are_found_with_the_customer(record: Record) -> None:
    first = await record.arrive(said("m1", "dana", "hello"))
    await record.take_in(ours("r1", "m1", "The courier has it"))
    await record.settle(await record.sending(first, text="A voucher is on its way"), Sent("r2"))
    await record.take_in(ours("r2", "m1", "A voucher is on its way"))
    assert await found(record, "courier dana") == await found(record, "voucher dana") == ["dana"]
    [hit] = (await hits(record, "voucher")).found
    assert (hit.text, hit.said_in) == ("A voucher is on its way", "reply")


async def test_a_forgotten_customer_leaves_no_word_in_the_file(record: Record) -> None:
    await record.take_in(said("m1", "dana", "zyxwvut kettle"), said("m2", "ben", "kettle"))
    for number in range(5):
        await record.take_in(said(f"n{number}", "eve", f"lamp {number}"))
    words = await record.value("SELECT group_concat(hex(block)) FROM message_words_data")
    assert b"yxwvut".hex().upper() in words
    await record.act(forget_conversation, await record.conversation_of("m1"))
    assert await found(record, "kettle") == ["ben"]
    assert await found(record, "dana") == []
    is_first = True
    while await record.act(wipe, is_first=is_first):
        is_first = False
    words = await record.value("SELECT group_concat(hex(block)) FROM message_words_data")
    assert b"yxwvut".hex().upper() not in words
    assert await found(record, "kettle") == ["ben"]


async def test_what_waits_stands_first_in_rank_order_then_the_newest(record: Record) -> None:
    for number in range(6):
        await record.arrive(said(f"m{number}", f"c{number}", f"kettle {number}", minute=number))
    ids = [await record.conversation_of(f"m{number}") for number in range(6)]
    await record.act(acts.set_tier, ids[4], "ana", 0)
    for id in ids[:3]:
        await record.act(acts.resolve, id, "ana", Disposition.NOISE.value)
    assert await found(record, "kettle") == ["c4", "c3", "c5", "c2", "c1", "c0"]
    assert await found(record, "") == ["c4", "c3", "c5", "c2", "c1", "c0"]
    both = await hits(record, "kettle", limit=2)
    assert ([hit.row.handle for hit in both.found], both.waiting, both.others) == (["c4", "c3"], 3, 3)
    assert await found(record, "resolved kettle", limit=2) == ["c2", "c1"]


WAYS: dict[str, dict[str, int | tuple[int, ...]]] = {
    "one by one": {},
    "by a map": {"MOST_LOOKED_UP": 0},
    "by the texts": {"MOST_LOOKED_UP": 0, "MOST_MAPPED": 0, "COMMON": -1, "FEW": 0},
    "by the other words": {"MOST_LOOKED_UP": 0, "COMMON": -1},
    "by the texts in vain": {
        "MOST_LOOKED_UP": 0,
        "MOST_MAPPED": 0,
        "COMMON": -1,
        "FEW": 0,
        "STEPS": (1, 1),
    },
}
"""The ways to find, each of which is taken on a desk of another size."""


def take(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WAYS[way].items():
        monkeypatch.setattr(finding, name, value)


@pytest.mark.parametrize("way", WAYS)
async def test_every_way_finds_the_same_in_the_same_order(
    record: Record, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for number in range(12):
        await record.arrive(said(f"m{number}", f"c{number}", "kettle lamp", minute=number))
        await record.take_in(said(f"n{number}", f"c{number}", f"kettle {number % 3}", minute=number + 20))
        if number % 2:
            await record.act(acts.resolve, await record.conversation_of(f"m{number}"), "ana", "noise")
    waiting, others = [f"c{n}" for n in (0, 2, 4, 6, 8, 10)], [f"c{n}" for n in (11, 9, 7, 5, 3, 1)]
    take(way, monkeypatch)
    for query, handles in {
        "kettle": waiting + others,
        "kettle lamp": waiting + others,
        "kettle 2": ["c2", "c8", "c11", "c5"],
        "kettle resolved": others,
        "kettle kind:question waiting": waiting,
        "lamp ket": waiting + others,
        "lamp posil": [],
        "lamp lang:xx": [],
    }.items():
        for limit in (1, 3, 6, 7, 50):
            both = await hits(record, query, limit=limit)
            assert [hit.row.handle for hit in both.found] == handles[:limit], (query, limit)
            there = sum(handle in waiting for handle in handles)
            for said_count, count, is_more in (
                (both.waiting, there, both.is_more_waiting),
                (both.others, len(handles) - there, both.is_more),
            ):
                assert said_count == count or (said_count < count and is_more), (query, limit)
            if limit == 50:
                assert (both.waiting, both.others) == (there, len(handles) - there)


async def test_as_many_are_found_as_are_asked_for(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        await record.arrive(said(f"m{number}", f"c{number}", "kettle", minute=number))
        await record.act(acts.resolve, await record.conversation_of(f"m{number}"), "ana", "noise")
    monkeypatch.setattr(finding, "MOST_COUNTED", 2)
    for limit, count, is_more in ((1, 2, True), (2, 2, True), (4, 4, True), (5, 5, False), (9, 5, False)):
        both = await hits(record, "resolved", limit=limit)
        assert len(both.found) == min(limit, 5)
        assert (both.waiting, both.others, both.is_more) == (0, count, is_more)


_PIECES = (
    "kettle ket lamp order or 4711 DE-4711-22 de471122 99/310 don't dont Straße strasse заказ Заказы ещё 订单 我的 我 单 "
    "还没 カタカナ カタ สินค้า ถึง iphone15 手机 @c1 c2 a b ! . - \u200b"
).split()


def plainly(text: str, handle: str, query: str) -> bool:
    """Whether a message fits as a person would look for it: every word somewhere, the last as a beginning."""
    asked = parse_query(query).terms
    words = f" {indexed_words(f'{handle} {handle.title()} {text}')} "
    return all(
        any(
            f" {phrase}{'' if term.begins else ' '}" in words
            for phrase in (" ".join(term.words), term.joined)
            if phrase
        )
        for term in asked
    )


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_what_is_found_is_what_a_plain_search_finds(
    record: Record, monkeypatch: pytest.MonkeyPatch, way: str, data: st.DataObject
) -> None:
    take(way, monkeypatch)
    texts = st.lists(st.sampled_from(_PIECES), max_size=6).map(" ".join)
    start = await record.value("SELECT count(*) FROM message")
    for number in range(start, start + data.draw(st.integers(1, 4))):
        handle, id = f"c{number % 7}", f"m{number}"
        await record.take_in(said(id, handle, data.draw(texts), minute=number))
        match data.draw(st.sampled_from(["stays", "edited", "deleted"])):
            case "edited":
                await record.take_in(said(id, handle, data.draw(texts), minute=number, edited=number + 1))
            case "deleted":
                await record.take_in(said(id, handle, "gone", minute=number, deleted=number + 1))
    rows = await record.ask("SELECT handle, text FROM message WHERE deleted_us IS NULL")
    for query in data.draw(st.lists(texts.filter(lambda text: bool(parse_query(text).terms)), max_size=4)):
        expected = {handle for handle, text in rows if plainly(text, handle, query)}
        assert set(await found(record, query)) == expected, query


@pytest.mark.parametrize("way", WAYS)
async def test_notes_and_cards_are_found_too(
    record: Record, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    take(way, monkeypatch)
    dana = await record.arrive(said("m1", "dana", "hello"))
    ben = await record.arrive(said("m2", "ben", "hello there", minute=1))
    await record.act(acts.add_note, dana, "ana", "Promised a voucher")
    await record.act(person.set_facts, ben, "ana", Facts(orders="AT-88-41, AT-90-02", about="likes tea"))
    for query, handle, text, said_in in (
        ("voucher", "dana", "Promised a voucher", "note"),
        ("dana promi", "dana", "Promised a voucher", "note"),
        ("at8841", "ben", "AT-88-41, AT-90-02 likes tea", "card"),
        ("AT-90", "ben", "AT-88-41, AT-90-02 likes tea", "card"),
        ("tea", "ben", "AT-88-41, AT-90-02 likes tea", "card"),
        ("hello", "dana", "hello", "message"),
    ):
        first = (await hits(record, query)).found[0]
        assert (first.row.handle, first.text, first.said_in) == (handle, text, said_in), query
    await record.act(person.set_facts, ben, "ana", Facts(orders="AT-90-02"))
    assert await found(record, "at8841") == await found(record, "tea") == []
    assert await found(record, "at9002") == ["ben"]
    customer = await record.value("SELECT customer_id FROM conversation WHERE id = $1", ben)
    await record.act(identity_links.link, dana, customer, "ana")
    assert await found(record, "at9002") == ["dana", "ben"]
    await record.act(forget_noted, customer)
    await record.act(
        lambda tx: tx.change("UPDATE customer SET orders = '', about = '' WHERE id = $1", customer)
    )
    assert await found(record, "at9002") == []
    await record.act(boomerangs.snooze, dana, "ana", at_us(60), WakeMode.WAKE, "ask the courier")
    assert await found(record, "courier") == ["dana"]


async def test_the_place_is_shown_however_far_back_it_is(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    await record.take_in(said("m0", "dana", "a blue kettle"))
    await record.take_in(*(said(f"n{number}", "dana", "and so on", minute=number + 1) for number in range(9)))
    assert (await hits(record, "blue ket")).found[0].text == "a blue kettle"
    monkeypatch.setattr(found_words, "MOST_READ", 2)
    assert (await hits(record, "blue ket")).found[0].text == "a blue kettle"
    take("by the texts", monkeypatch)
    assert (await hits(record, "blue ket")).found[0].text == "a blue kettle"


async def test_filters(record: Record) -> None:
    await record.arrive(said("m1", "dana", "kettle", kind=Kind.COMPLAINT, minute=-300))
    await record.arrive(said("m2", "ben", "kettle", visibility=Visibility.DIRECT))
    await record.arrive(said("m3", "eve", "kettle"), account="help")
    await record.arrive(
        said("m4", "uwe", "Hilfe"), reading=Reading(Kind.QUESTION, emergency_word="Hilfe"), account="help"
    )
    ids = {name: await record.conversation_of(m) for name, m in (("dana", "m1"), ("ben", "m2"))}
    eve = await record.conversation_of("m3", "help")
    await record.act(lambda tx: tx.change("UPDATE conversation SET lang = 'de' WHERE id = $1", ids["ben"]))
    await record.claim(ids["ben"])
    await record.claim(eve, "zoe")
    await record.act(customers.set_vip, eve, "ana", True, "press")
    assert await found(record, "kind:complaint") == ["dana"]
    assert set(await found(record, "kind:complaint kind:question")) == {"dana", "ben", "eve", "uwe"}
    assert set(await found(record, "account:help")) == {"eve", "uwe"}
    assert await found(record, "account:help kettle") == ["eve"]
    assert await found(record, "lang:de") == await found(record, "lang:de,ru ket") == ["ben"]
    assert await found(record, "mine") == ["ben"]
    assert await found(record, "mine", agent="zoe") == ["eve"]
    assert await found(record, "vip") == ["eve"]
    assert await found(record, "tier0") == ["uwe"]
    assert await found(record, "late") == ["dana"]
    assert await found(record, "resolved") == await found(record, "pending") == []
    for agent, handle in (("ana", "dana"), ("zoe", "ben")):
        await record.act(drafts.save, Draft(ids[handle], agent, Mode.PUBLIC, "Hello", 5, 0, None, 0, ""))
    assert await found(record, "draft") == await found(record, "draft kettle") == ["dana"]
    await record.act(boomerangs.snooze, eve, "zoe", at_us(60), WakeMode.WAKE)
    assert await found(record, "snoozed") == await found(record, "snoozed kettle") == ["eve"]
    await record.act(acts.resolve, ids["ben"], "ana", "answered")
    assert await found(record, "resolved") == await found(record, "mine resolved") == ["ben"]
    assert await found(record, "kettle mine") == ["ben"]
    assert await found(record, "mine waiting") == []
    await record.settle(await record.sending(ids["dana"]), Sent("r1"))
    assert await found(record, "pending") == ["dana"]
    assert await found(record, "pending resolved") == ["ben", "dana"]
    assert await found(record, "late") == []


_HOSTILE = '" \' * ( ) NEAR OR AND NOT ^ - : {a b} + kettle a* "a \ud800 单 ค $1 ? ;-- words: % _ \\ 1- -1 \0 \n'.split(
    " "
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(_HOSTILE),
            max_size=12,
        ).map(" ".join),
    )
)
async def test_no_query_is_a_syntax_error(record: Record, query: str) -> None:
    if not await record.ask("SELECT 1 FROM message"):
        await record.take_in(said("m1", "dana", "kettle"))
    try:
        asked = parse_query(query)
    except QueryFault as fault:
        assert str(fault).endswith(".")
        return
    await record.store.read(lambda tx: finding.find(tx, "ana", asked, 5))
