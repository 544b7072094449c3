"""What the networks bring is recorded together with where the next poll goes on."""

from __future__ import annotations

import sys
from collections.abc import Awaitable

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel
from tests.store.record_at_hand import at, ours, said

from careconsole.channels.contract import NotReachable, Page
from careconsole.desk import intake, opening
from careconsole.desk.intake import LeaseLost, PollLease, poll, recheck, record_items, record_page
from careconsole.model.message import Gone, Kind, Poisoned
from careconsole.store import accounts, leases


async def cursor(desk: DeskAtHand) -> str | None:
    return await desk.store.read(lambda tx: accounts.cursor(tx, desk.account_id))


async def test_messages_and_cursor_are_written_together(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    channel.pages = [Page("s1", [said("m1"), said("m2", "dan")], more=True), Page("s2", [said("m3", "emil")])]
    ana.clock.pass_s(60)
    assert await poll(ana.desk, ana.account_id, channel) == 3
    assert channel.states == [None, "s1"]
    assert await cursor(ana) == "s2"
    assert len(await ana.waiting()) == 3
    [account] = await ana.store.read(accounts.all_accounts)
    assert (account.failures, account.last_good_us) == (0, ana.clock.wall_us)


@pytest.mark.parametrize("items", [1, 100, 250])
async def test_after_a_crash_before_the_end_the_page_comes_again(
    ana: DeskAtHand, channel: ScriptedChannel, monkeypatch: pytest.MonkeyPatch, items: int
) -> None:
    page = Page("s1", [said(f"m{n}", f"c{n}") for n in range(items)])

    def the_power_goes(*_: object) -> Awaitable[None]:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(accounts, "move_cursor", the_power_goes)
        with pytest.raises(RuntimeError):
            await record_page(ana.desk, ana.account_id, page, channel)
    assert await cursor(ana) is None
    assert await ana.value("SELECT count(*) FROM message") == (items - 1) // intake.AT_ONCE * intake.AT_ONCE
    await record_page(ana.desk, ana.account_id, page, channel)
    assert await cursor(ana) == "s1"
    assert await ana.value("SELECT count(*) FROM message") == items
    assert (await ana.kinds()).count("arrived") == items


async def test_after_an_outage_everything_missed_comes_once(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    channel.pages = [Page("s1", [said("m1")]), NotReachable("no answer"), NotReachable("no answer")]
    await poll(ana.desk, ana.account_id, channel)
    for _ in range(2):
        with pytest.raises(NotReachable):
            await poll(ana.desk, ana.account_id, channel)
    missed = [said(f"m{n}", f"c{n}", minute=n) for n in range(2, 40)]
    channel.pages = [Page("s2", [said("m1"), *missed[:20]], more=True), Page("s3", missed[18:])]
    assert await poll(ana.desk, ana.account_id, channel) == 38
    assert channel.states[-2:] == ["s1", "s2"]


async def test_one_who_lost_the_lease_records_no_cursor(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel
) -> None:
    fence = await ana.act(leases.take_lease, "poll:1", 15)
    assert fence is not None
    lease = PollLease("poll:1", fence)
    await record_page(ana.desk, ana.account_id, Page("s1", [said("m1")]), channel, lease)
    ana.clock.pass_s(20)
    await ben.act(leases.take_lease, "poll:1", 15)
    with pytest.raises(LeaseLost):
        await record_page(ana.desk, ana.account_id, Page("s2", [said("m2", "dan")]), channel, lease)
    assert await cursor(ana) == "s1"
    assert await ana.value("SELECT count(*) FROM message") == 1


async def test_a_poisoned_item_is_set_aside_and_the_other_99_arrive(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    items = [said(f"m{n}", f"c{n}") for n in range(99)]
    channel.pages = [Page("s1", items, poisoned=[Poisoned('{"id": 7', "it ends in the middle")])]
    assert await poll(ana.desk, ana.account_id, channel) == 99
    assert await ana.ask("SELECT raw, reason FROM set_aside") == [('{"id": 7', "it ends in the middle")]


async def test_what_the_network_did_not_show_is_said_until_it_does(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    channel.pages = [Page("s1", [said("m1")], notices=["our own posts did not come"]), Page("s2")]
    for notice in ("our own posts did not come", ""):
        await poll(ana.desk, ana.account_id, channel)
        [account] = await ana.store.read(accounts.all_accounts)
        assert (account.failures, account.last_error) == (0, notice)
        assert account.last_good_us is not None


async def test_deletions_come_with_the_page(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    await ana.arrive(said("m1"))
    channel.pages = [Page("s1", gone=[Gone("m1", at(3)), Gone("nowhere", at(3))])]
    await poll(ana.desk, ana.account_id, channel)
    assert await ana.waiting() == []


async def test_an_answer_to_nobody_stops_nothing(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    channel.pages = [Page("s1", [ours("r1", "nowhere"), said("m1")])]
    assert await poll(ana.desk, ana.account_id, channel) == 1
    assert await cursor(ana) == "s1"


async def test_an_answer_may_come_before_its_message(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    """A page of any length, with what was answered at its end."""
    others = [said(f"m{n}", f"c{n}") for n in range(2, intake.AT_ONCE + 20)]
    early = [ours("r2", "r1", minute=6), ours("r1", "m1", minute=5)]
    channel.pages = [Page("s1", [*early, *others, said("m1")])]
    assert await poll(ana.desk, ana.account_id, channel) == len(others) + 3
    assert await ana.conversation_of("m1") not in await ana.waiting()
    assert len(await ana.waiting()) == len(others)
    assert await ana.ask("SELECT * FROM set_aside") == []


@pytest.mark.parametrize(("network", "kept"), [("file", 1), ("mastodon", 0)])
async def test_an_answer_in_a_file_to_a_message_that_never_came_is_set_aside(
    ana: DeskAtHand, channel: ScriptedChannel, network: str, kept: int
) -> None:
    channel.network = network
    channel.pages = [Page("s1", [ours("r1", "nowhere", "Your key is under the mat."), said("m1")])]
    assert await poll(ana.desk, ana.account_id, channel) == 1
    found = await ana.ask("SELECT raw, reason FROM set_aside")
    assert len(found) == kept
    assert all("under the mat" in raw and "nowhere" in reason for raw, reason in found)


async def test_texts_are_read_as_they_come_but_ours_are_not(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    angry = said("m1", text="My parcel arrived broken, this is a disgrace!", kind=None)
    stranded = said("m2", "dan", "We are stranded at the airport with two kids", kind=None)
    channel.pages = [Page("s1", [angry, stranded, ours("r1", "m1", "We are stranded too", minute=-1)])]
    await poll(ana.desk, ana.account_id, channel)
    rows = {
        row[0]: row[1:]
        for row in await ana.ask("SELECT external_id, kind, kind_by, emergency_word FROM message")
    }
    assert rows["m1"][0] == Kind.COMPLAINT
    assert rows["m1"][1].startswith("cue:")
    assert rows["m2"][2] != ""
    assert rows["r1"][2] == ""
    assert [(await ana.row(id_)).tier for id_ in await ana.waiting()] == [0, 1]


async def texts(desk: DeskAtHand) -> list[str]:
    """Every text that the one message ever had, the newest last."""
    [(text,)] = await desk.ask("SELECT text FROM message")
    return [
        *(row[0] for row in await desk.ask("SELECT text FROM message_version ORDER BY version")),
        text,
    ]


@pytest.mark.parametrize("at_once", [1, 2, 150])
@pytest.mark.parametrize("network,kept", [("file", ["one", "two", "one"]), ("mastodon", ["one", "two"])])
async def test_an_edit_back_counts_where_the_sequence_is_the_only_order(
    ana: DeskAtHand,
    channel: ScriptedChannel,
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
    network: str,
    kept: list[str],
) -> None:
    """An overlap brings an older page again: only a file has nothing but its lines to say what is newer."""
    monkeypatch.setattr(intake, "AT_ONCE", at_once)
    channel.network = network
    one, two = said("m1", text="one"), said("m1", text="two")
    for page in ([one, two, one], [one, two, one], [one]):
        await record_page(ana.desk, ana.account_id, Page("s", page), channel)
        assert await texts(ana) == kept
    await ana.check()


async def test_a_second_look_brings_edits_and_deletions(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    first = await ana.arrive(said("m1"), said("m2", minute=1))
    channel.changed = [Page("", [said("m1", text="other words", edited=4)], [Gone("m2", at(5))]), Page("")]
    assert await recheck(ana.desk, ana.account_id, channel, ["m1", "m2"])
    assert not await recheck(ana.desk, ana.account_id, channel, ["m1", "m2"])
    assert not await recheck(ana.desk, ana.account_id, channel, [])
    assert channel.rechecked == [("m1", "m2"), ("m1", "m2")]
    row = await ana.row(first)
    assert (row.text, row.unanswered) == ("other words", 1)
    assert await cursor(ana) is None


async def test_parts_are_refused_by_their_place_in_the_whole(ana: DeskAtHand) -> None:
    items = [said(f"m{n}", f"c{n}") for n in range(250)]
    for index in (3, 120, 249):
        items[index] = ours(f"r{index}", "nowhere")
    done = await intake.record_items(ana.desk, ana.account_id, items)
    assert (done.imported, [index for index, _ in done.refused]) == (247, [3, 120, 249])
    assert (await intake.record_items(ana.desk, ana.account_id, [])).imported == 0


async def test_a_screen_that_computes_leaves_the_interpreter_to_a_transaction_soon(ana: DeskAtHand) -> None:
    before_s = sys.getswitchinterval()
    try:
        await opening.sign_on(ana.desk)
        assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(before_s)


async def test_a_time_to_come_is_that_of_the_arrival_and_several_keep_their_order(ana: DeskAtHand) -> None:
    years = 60 * 24 * 365
    later, sooner = said("m2", minute=4 * years, text="later"), said("m1", minute=3 * years, text="sooner")
    await record_items(ana.desk, ana.account_id, [later, said("m0", minute=4), sooner])
    now_us = ana.clock.now_us()
    rows = await ana.ask("SELECT text, at_us - $1 FROM message ORDER BY at_us, id", now_us)
    assert [tuple(row) for row in rows if row[0] in ("sooner", "later")] == [("sooner", -1), ("later", 0)]
    assert rows[-1][1] == 4 * 60_000_000
    [waiting] = await ana.waiting()
    assert (await ana.row(waiting)).waiting_since_us == now_us - 1
