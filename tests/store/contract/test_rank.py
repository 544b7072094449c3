"""The order that is stored is the order that is computed, whatever happens and in whatever sequence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.record_at_hand import FakeClock, Record, at, at_us, ours, said

from careconsole.model.calendar import Calendar, OpenHours
from careconsole.model.conversation import Claimed
from careconsole.model.message import Gone, Item, Kind, ParentPost, Reading
from careconsole.model.priority import CLEARLY_NEGATIVE, RankPolicy
from careconsole.model.reply import Enqueued, Rejected, Sent
from careconsole.store import acts, claims, customers, undo, versions
from careconsole.store.driver import Driver
from careconsole.store.opening import open_store
from careconsole.store.ranking import rank_of

EMERGENCY = Reading(emergency_word="stranded")
LOUD = Reading(mood=CLEARLY_NEGATIVE)


async def test_the_worked_case_stands_in_its_order(record: Record) -> None:
    a = await record.arrive(said("a", "alma", minute=0))
    c = await record.arrive(said("c", "cory", minute=5, kind=Kind.PRAISE, reach=250_000))
    b = await record.arrive(said("b", "bela", minute=20), reading=EMERGENCY)
    d = await record.arrive(said("d", "dana", minute=30))
    await record.act(customers.set_vip, d, "ana", True, "flies weekly")
    assert await record.waiting() == [b, d, a, c]
    assert [(await record.row(each)).effective_due_us for each in (b, d, a, c)] == [
        at_us(25),
        at_us(30),
        at_us(60),
        at_us(5 + 216),
    ]


async def test_equal_dues_stand_by_arrival_and_then_by_number(record: Record) -> None:
    late = await record.arrive(said("x", "xena", minute=10, reach=10_000))
    early = await record.arrive(said("y", "yara", minute=0))
    twin = await record.arrive(said("z", "zora", minute=0))
    assert await record.waiting() == [early, twin, late]


async def test_a_further_message_never_moves_the_customer_back(record: Record) -> None:
    first = await record.arrive(said("m1", reach=250_000))
    before = (await record.row(first)).key
    for number, kind in enumerate(Kind):
        await record.take_in(said(f"n{number}", minute=10 + number, kind=kind))
        after = (await record.row(first)).key
        assert after <= before
        before = after


async def test_a_message_fetched_late_takes_the_place_it_should_have_had(record: Record) -> None:
    prompt = await record.arrive(said("m1", "dan", minute=5))
    record.clock.pass_s(7200)
    late = await record.arrive(said("m2", minute=1))
    assert await record.waiting() == [late, prompt]


async def test_tier_0_stays_until_resolved_for_the_next_messages_too(record: Record) -> None:
    first = await record.arrive(said("m1"), reading=EMERGENCY)
    outbox_id = await record.sending(first)
    await record.settle(outbox_id, Sent("r1"))
    assert await record.waiting() == []
    await record.take_in(said("m2", minute=9, text="thanks"))
    row = await record.row(first)
    assert (row.tier, row.effective_due_us) == (0, at_us(14))
    assert await record.value("SELECT tier_by FROM conversation") == "word:stranded"
    await record.act(acts.resolve, first, "ana", "answered")
    assert (await record.row(first)).tier == 1


async def test_the_first_word_that_raised_the_alarm_is_the_one_named(record: Record) -> None:
    await record.arrive(said("m1"), reading=EMERGENCY)
    await record.take_in(said("m2", minute=1), reading=Reading(emergency_word="fire"))
    assert await record.value("SELECT tier_by FROM conversation") == "word:stranded"


async def test_an_alarm_in_a_later_message_raises_the_conversation(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.take_in(said("m2", minute=9), reading=EMERGENCY)
    assert (await record.row(first)).key[:2] == (0, at_us(5))


async def test_a_second_channel_is_a_term_while_it_waits(record: Record) -> None:
    here = await record.arrive(said("m1"), account="toot", network="mastodon")
    assert (await record.row(here)).effective_due_us == at_us(60)
    there = await record.arrive(said("m2", minute=5), account="toot2", network="mastodon")
    assert [(await record.row(each)).effective_due_us for each in (here, there)] == [at_us(50), at_us(55)]
    await record.act(acts.resolve, there, "ana", "duplicate")
    assert (await record.row(here)).effective_due_us == at_us(60)
    await record.act(undo.undo, "ana")
    assert (await record.row(here)).effective_due_us == at_us(50)


async def test_a_second_conversation_on_the_same_account_is_no_second_channel(record: Record) -> None:
    first = await record.arrive(said("m1"), account="toot", network="mastodon")
    await record.act(acts.resolve, first, "ana", "answered")
    second = await record.arrive(said("m2", minute=5), account="toot", network="mastodon")
    await record.arrive(said("m3", minute=7, reply_to="m1"), account="toot", network="mastodon")
    assert [(await record.row(each)).effective_due_us for each in (first, second)] == [at_us(67), at_us(65)]
    there = await record.arrive(said("m4", minute=8), account="toot2", network="mastodon")
    shown = [(await record.row(each)).effective_due_us for each in (first, second, there)]
    assert shown == [at_us(57), at_us(55), at_us(58)]
    await record.act(acts.resolve, second, "ana", "noise")
    assert (await record.row(there)).effective_due_us == at_us(58)
    await record.act(acts.resolve, first, "ana", "noise")
    assert (await record.row(there)).effective_due_us == at_us(68)
    await record.check()


@pytest.mark.parametrize("kind", [Kind.PRAISE, Kind.COMPLAINT, Kind.NOISE])
async def test_a_kind_set_by_hand_moves_the_row_at_once(record: Record, kind: Kind) -> None:
    first = await record.arrive(said("m1", kind=Kind.IDEA), said("m2", minute=1, kind=Kind.IDEA))
    done = await record.act(acts.set_kind, first, "ana", kind.value)
    row = await record.row(first)
    target = 60 if kind is Kind.COMPLAINT else 240
    assert (row.kind, row.due_us, row.effective_due_us) == (kind, at_us(target), at_us(target - 10))
    [event] = await record.events("kind_set")
    assert (event["seq"], event["kind"], event["agent"]) == (done and done.event, "kind_set", "ana")
    assert [was[1] for was in event["was"]] == ["idea", "idea"]


async def test_a_kind_can_be_set_when_nothing_waits(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.take_in(ours("r1", "m1"))
    assert await record.act(acts.set_kind, first, "ana", "praise")
    row = await record.row(first)
    assert (row.kind, row.is_waiting) == (Kind.PRAISE, False)


@pytest.mark.parametrize("tier", [0, 1])
async def test_tier_0_is_set_and_lifted_by_hand(record: Record, tier: int) -> None:
    first = await record.arrive(said("m1"), reading=EMERGENCY if tier else Reading())
    await record.act(acts.set_tier, first, "ana", tier)
    row = await record.row(first)
    assert (row.tier, row.effective_due_us) == (tier, at_us(60 if tier else 5))
    [event] = await record.events("tier_set")
    assert (event["tier"], event["was"]) == (tier, 1 - tier)
    assert await record.value("SELECT tier_by FROM conversation") == ("" if tier else "agent:ana")


async def test_a_vip_moves_everywhere_at_once_and_for_ever(record: Record) -> None:
    one = await record.arrive(said("m1"), account="toot", network="mastodon")
    two = await record.arrive(said("m2"), account="toot2", network="mastodon")
    assert await record.act(customers.set_vip, one, "ana", True, "the mayor")
    for each in (one, two):
        row = await record.row(each)
        assert (row.is_vip, row.effective_due_us) == (True, at_us(0))
    three = await record.arrive(said("m3", minute=3), account="toot3", network="mastodon")
    assert (await record.row(three)).is_vip
    [event] = await record.events("vip_set")
    assert (event["vip"], "mayor" in str(event)) == (True, False)
    assert await record.act(customers.set_vip, one, "ana", False, "")
    assert not (await record.row(three)).is_vip
    assert not await record.act(customers.set_vip, 999, "ana", True, "")


@pytest.mark.parametrize(
    ("listed", "handle", "full", "is_vip"),
    [
        ("dana", "Dana", "", True),
        ("dana", "danas", "", False),
        ("dana@shop.example", "dana", "dana@shop.example", True),
        ("dana@shop.example", "dana", "dana@else.example", False),
        ("dana", "dana@else.example", "dana@else.example", False),
    ],
)
async def test_the_list_of_vips_names_exactly_these_handles(
    record: Record, listed: str, handle: str, full: str, is_vip: bool
) -> None:
    record.store.policy = RankPolicy(vips=frozenset({listed}))
    item = said("m1")
    first = await record.arrive(replace(item, author=replace(item.author, handle=handle, full_handle=full)))
    assert (await record.row(first)).is_vip is is_vip


async def test_an_agents_word_stands_above_the_list(record: Record) -> None:
    record.store.policy = RankPolicy(vips=frozenset({"cara"}))
    first = await record.arrive(said("m1"))
    await record.act(customers.set_vip, first, "ana", False, "asked not to be")
    second = await record.arrive(said("m2"), account="other")
    assert not (await record.row(first)).is_vip
    assert (await record.row(second)).is_vip  # another scope is another person
    await record.act(acts.resolve, first, "ana", "answered")
    assert not (await record.row(await record.arrive(said("m3", minute=4)))).is_vip


async def test_what_agents_do_with_a_claim_leaves_the_place_alone(record: Record) -> None:
    first = await record.arrive(said("m1"))
    key = (await record.row(first)).key
    await record.claim(first)
    await record.act(claims.release, first, "ana")
    await record.claim(first, "ben")
    await record.act(claims.skip, first, "ben", "break")
    record.clock.pass_s(86_400)
    assert (await record.row(first)).key == key


async def test_acts_on_what_is_not_there_do_nothing(record: Record) -> None:
    assert await record.act(acts.set_kind, 99, "ana", "praise") is None
    assert await record.act(acts.set_tier, 99, "ana", 0) is None
    assert await record.act(acts.resolve, 99, "ana", "answered") is None
    assert await record.act(acts.add_note, 99, "ana", "hm") is None
    assert await record.kinds() == []


# --- any sequence ---

OFFICE = Calendar(
    UTC, dict.fromkeys(range(5), (OpenHours(time(9), time(12, 30)), OpenHours(time(13), time(17))))
)
POLICY = RankPolicy(vips=frozenset({"dan"}), calendars={"office": OFFICE})
ACCOUNTS = ("one", "two", "office")
HANDLES = ("cara", "dan", "emil")

ARRIVAL = st.tuples(
    st.just("in"),
    st.sampled_from(ACCOUNTS),
    st.sampled_from(HANDLES),
    st.integers(0, 7),
    st.integers(-120, 600),
    st.sampled_from([*Kind, None]),
    st.sampled_from([Reading(), EMERGENCY, LOUD, Reading(Kind.PRAISE)]),
    st.sampled_from([0, 5_000, 10**6]),
    st.sampled_from([None, "m0", "m1", "m2", "r0"]),
)
OTHER = st.tuples(
    st.sampled_from(["edit", "gone", "out", "kind", "tier", "vip", "resolve", "undo", "answer", "fail"]),
    st.integers(0, 7),
    st.integers(0, 600),
    st.booleans(),
)


async def arrival(record: Record, step: tuple[Any, ...]) -> None:
    _, account, handle, number, minute, kind, reading, reach, reply_to = step
    parent = ParentPost("p", is_paid=True) if reach else None
    item = said(
        f"m{number}", handle, "text", minute, reply_to=reply_to, kind=kind, reach=reach, parent=parent
    )
    await record.take_in(item, account=account, reading=reading, network="mastodon")


async def known(record: Record, number: int) -> tuple[Item, str, int] | None:
    rows = await record.ask(
        "SELECT a.name, m.handle, m.conversation_id FROM message m JOIN account a ON a.id = m.account_id "
        "WHERE m.external_id = $1 ORDER BY m.id",
        f"m{number}",
    )
    return None if not rows else (said(f"m{number}", rows[0][1]), rows[0][0], rows[0][2])


async def another_step(record: Record, step: tuple[str, int, int, bool]) -> None:
    what, number, minute, flag = step
    found = await known(record, number)
    if found is None:
        return
    item, account, conversation = found
    if what == "edit":
        await record.take_in(
            replace(item, text=f"edited {minute}", edited_at=at(minute), kind=None),
            account=account,
            reading=EMERGENCY if flag else Reading(Kind.IDEA),
        )
    elif what == "gone":
        await record.act(versions.mark_gone, record.accounts[account], Gone(item.external_id, at(minute)))
    elif what == "out":
        await record.take_in(ours(f"r{minute}", item.external_id, minute=minute), account=account)
    elif what == "kind":
        await record.act(acts.set_kind, conversation, "ana", list(Kind)[minute % 6].value)
    elif what == "tier":
        await record.act(acts.set_tier, conversation, "ana", int(flag))
    elif what == "vip":
        await record.act(customers.set_vip, conversation, "ana", flag, "")
    elif what == "resolve":
        await record.act(acts.resolve, conversation, "ana", "answered")
    elif what == "undo":
        await record.act(undo.undo, "ana")
    else:
        await answer(record, conversation, account, fails=what == "fail")


async def answer(record: Record, conversation: int, account: str, *, fails: bool) -> None:
    claimed = await record.act(claims.claim, conversation, "ana")
    if not isinstance(claimed, Claimed):
        return
    purpose = f"part-{await record.value('SELECT count(*) FROM outbox')}"
    if not isinstance(await record.enqueue(conversation, fence=claimed.fence, purpose=purpose), Enqueued):
        return
    while (outbox_id := await record.take(account)) is not None:
        await record.settle(outbox_id, Rejected("no") if fails else Sent(f"sent{outbox_id}"))


@asynccontextmanager
async def fresh(folder: Path, driver: Driver, policy: RankPolicy) -> AsyncIterator[Record]:
    clock = FakeClock()
    for each in folder.glob("desk.db*"):
        each.unlink()
    async with open_store(
        folder / "desk.db", create=True, driver=driver, clock=clock, policy=policy
    ) as store:
        yield Record(store, clock)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(ARRIVAL, OTHER), max_size=18))
async def test_stored_is_computed_after_any_sequence_of_acts(
    swift_path: Path, driver: Driver, steps: list[tuple[Any, ...]]
) -> None:
    async with fresh(swift_path, driver, POLICY) as record:
        for step in steps:
            record.clock.pass_s(30)
            await (arrival if step[0] == "in" else another_step)(record, step)
            await record.check()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ARRIVAL, min_size=2, max_size=12))
async def test_the_queue_is_the_sorted_list_of_computed_keys(
    swift_path: Path, driver: Driver, steps: list[tuple[Any, ...]]
) -> None:
    async with fresh(swift_path, driver, POLICY) as record:
        for step in steps:
            await arrival(record, step)
        ids = [row[0] for row in await record.ask("SELECT id FROM conversation")]
        keys = []
        for each in ids:
            found = await record.store.read(lambda tx, each=each: rank_of(tx, each, POLICY))  # type: ignore[misc]
            if found is not None:
                keys.append((found.tier, found.effective_due_us, found.waiting_since_us, each))
        assert await record.waiting() == [key[3] for key in sorted(keys)]
        assert all(key[1] - key[2] >= 0 for key in keys)
