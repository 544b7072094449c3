"""Everything that goes on in the background of a console, and one pass of it for a command."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, VirtualSleep, until
from tests.store.record_at_hand import Record, at, said

from careconsole.channels.contract import Channel, ChannelError, NotReachable, Page
from careconsole.desk import routing
from careconsole.desk.desk import Desk
from careconsole.desk.runner import Runner, Synced, sync_once
from careconsole.model.message import Gone
from careconsole.model.reply import OutboxState, Rejected
from careconsole.store import accounts, claims, leases
from careconsole.store.rows import Account


class Networks:
    """A channel for each account, by its name; one that cannot be opened is an exception."""

    def __init__(self, **channels: ScriptedChannel | ChannelError) -> None:
        self.channels = channels

    def __call__(self, desk: Desk, account: Account) -> Channel:
        found = self.channels[account.name]
        if isinstance(found, ChannelError):
            raise found
        return found


@asynccontextmanager
async def running(runner: Runner) -> AsyncIterator[None]:
    task = asyncio.create_task(runner.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def account_named(desk: DeskAtHand, name: str) -> Account:
    return next(each for each in await desk.store.read(accounts.all_accounts) if each.name == name)


async def test_every_account_is_kept_and_a_new_one_is_picked_up(ana: DeskAtHand, sleep: VirtualSleep) -> None:
    shop, later = ScriptedChannel([Page("s1", [said("m1")])]), ScriptedChannel([Page("s1", [said("m2")])])
    runner = Runner(ana.desk, channel_of=Networks(shop=shop, later=later), sleep=sleep)
    async with running(runner):
        await until(lambda: shop.states)
        await Record.account(ana, "later")
        await sleep.pass_s(3)
        await until(lambda: later.states)
        await until(lambda: ana.desk.feed.revision)
    assert shop.is_closed and later.is_closed
    assert await ana.value("SELECT count(*) FROM message") == 2


async def test_at_the_end_the_accounts_are_free_for_others(
    ana: DeskAtHand, ben: DeskAtHand, sleep: VirtualSleep
) -> None:
    shop = ScriptedChannel()
    async with running(Runner(ana.desk, channel_of=Networks(shop=shop), sleep=sleep)):
        await until(lambda: shop.states)
        assert await ben.act(leases.take_lease, f"poll:{ana.account_id}", 15) is None
    assert await ben.act(leases.take_lease, f"poll:{ana.account_id}", 15) is not None


async def test_an_account_that_cannot_be_opened_says_why_and_stops_no_other(
    ana: DeskAtHand, sleep: VirtualSleep
) -> None:
    await Record.account(ana, "broken")
    shop = ScriptedChannel()
    networks = Networks(shop=shop, broken=ChannelError("the token file is gone"))
    async with running(Runner(ana.desk, channel_of=networks, sleep=sleep)):
        await until(lambda: shop.states)
        await sleep.pass_s(10)
        broken = await account_named(ana, "broken")
        assert (broken.last_error, broken.failures) == ("the token file is gone", 1)
        networks.channels["broken"] = mended = ScriptedChannel()
        await sleep.pass_s(4)
        await until(lambda: mended.states)


async def test_claims_are_renewed_and_what_was_lost_is_told(
    ana: DeskAtHand, ben: DeskAtHand, sleep: VirtualSleep
) -> None:
    kept, lost = await ana.arrive(said("m1")), await ana.arrive(said("m2", "dan"))
    told: list[int] = []
    shop = ScriptedChannel()
    await ana.claim(kept)
    runner = Runner(ana.desk, on_lost=told.extend, channel_of=Networks(shop=shop), sleep=sleep)
    async with running(runner):
        await until(lambda: shop.states)
        await sleep.pass_s(150)
        assert (await ana.row(kept)).claimed_by == "ana"
        assert told == []
        await ana.claim(lost)
        ana.clock.pass_s(121)  # the machine slept
        assert isinstance(await ben.act(claims.claim, lost, "ben"), claims.Claimed)
        await sleep.pass_s(60)
        await until(lambda: lost in told)
    assert sorted(told) == [kept, lost]


async def test_what_ran_out_is_swept_away(ana: DeskAtHand, ben: DeskAtHand, sleep: VirtualSleep) -> None:
    first = await ben.arrive(said("m1"))
    await ben.claim(first, "ben")
    shop = ScriptedChannel()
    async with running(Runner(ana.desk, channel_of=Networks(shop=shop), sleep=sleep)):
        await until(lambda: shop.states)
        await sleep.pass_s(100)
        ana.clock.pass_s(20)
        await sleep.pass_s(6)
        async with asyncio.timeout(5):
            while "lost" not in await ana.kinds(first):
                await asyncio.sleep(0.005)


async def test_the_open_thread_is_looked_at_by_its_account(ana: DeskAtHand, sleep: VirtualSleep) -> None:
    first = await ana.arrive(said("m1"))
    shop = ScriptedChannel()
    runner = Runner(ana.desk, channel_of=Networks(shop=shop), sleep=sleep)
    assert not await runner.look_at(ana.account_id, first)
    async with running(runner):
        await until(lambda: shop.states)
        before = len(shop.rechecked)
        shop.changed = [NotReachable("no network"), Page("", [said("m1", text="other", edited=3)])]
        assert not await runner.look_at(ana.account_id, first)
        assert await runner.look_at(ana.account_id, first)
        assert len(shop.rechecked) == before + 2


# --- one pass ---


async def test_one_pass_brings_and_sends_on_every_account(ana: DeskAtHand) -> None:
    await Record.account(ana, "broken")
    await Record.account(ana, "silent")
    outbox_id = await ana.queued(await ana.arrive(said("m0")))
    networks = Networks(
        shop=ScriptedChannel([Page("s1", [said("m1", "dan")], more=True), Page("s2", [said("m2", "emil")])]),
        broken=ChannelError("the token file is gone"),
        silent=ScriptedChannel([NotReachable("no answer")]),
    )
    assert await sync_once(ana.desk, networks) == [
        Synced("broken", error="the token file is gone"),
        Synced("shop", new=2, sent=1),
        Synced("silent", error="no answer"),
    ]
    assert await ana.state(outbox_id) is OutboxState.SENT
    assert (await account_named(ana, "silent")).last_error == "no answer"
    assert networks.channels["shop"].is_closed  # type: ignore[union-attr]


async def test_a_pass_looks_for_deletions_before_it_delivers(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    first = await ana.arrive(said("m1"))
    channel.changed = [Page("", gone=[Gone("m1", at(2))])]
    assert await sync_once(ana.desk, Networks(shop=channel)) == [Synced("shop")]
    assert channel.rechecked == [("m1",)]
    assert first not in await ana.waiting()


async def test_a_second_look_that_fails_is_an_error_of_the_pass(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    await ana.arrive(said("m1"))
    channel.changed = [NotReachable("no network")]
    assert await sync_once(ana.desk, Networks(shop=channel)) == [Synced("shop", error="no network")]


async def test_a_pass_leaves_to_the_console_what_it_polls(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel
) -> None:
    await ben.act(leases.take_lease, f"poll:{ana.account_id}", 15)
    assert await sync_once(ana.desk, Networks(shop=channel)) == [Synced("shop", is_busy=True)]
    assert channel.states == []
    assert channel.is_closed


async def test_after_a_pass_the_account_is_free(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel
) -> None:
    await sync_once(ana.desk, Networks(shop=channel))
    assert await ben.act(leases.take_lease, f"poll:{ana.account_id}", 15) is not None


async def test_a_refused_account_is_an_error_of_the_pass(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    await ana.queued(await ana.arrive(said("m0")))
    channel.outcomes = [Rejected("log in again", account_down=True)]
    assert await sync_once(ana.desk, Networks(shop=channel)) == [Synced("shop", error="log in again")]


# --- routing ---


async def test_routing_is_what_the_store_does(ana: DeskAtHand, ben: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    assert await routing.claim(ana.desk, first)
    assert await routing.mine(ana.desk) == [first]
    await routing.set_presence(ana.desk, first, routing.Presence.WRITING)
    assert (await ana.row(first)).presence == "writing"
    assert not await routing.release(ben.desk, first)
    assert await routing.skip(ana.desk, first, routing.SkipReason.BREAK)
    assert (await routing.claim_next(ben.desk)) is not None
    await routing.opened(ben.desk, first)
    now = ana.clock.now()
    await routing.focus(ben.desk, first, now, now, now)
    assert (await ana.kinds(first))[-2:] == ["opened", "focus"]
    ana.clock.pass_s(121)
    await routing.sweep(ana.desk)
    assert (await ana.kinds(first))[-1] == "lost"
    assert await routing.renew(ben.desk) == []


async def test_who_was_taken_off_the_roster_holds_nothing_for_long(ben: DeskAtHand) -> None:
    """Their console may stay open: its claims end as if it were gone."""
    first = await ben.arrive(said("m1"))
    await routing.claim(ben.desk, first)
    ben.clock.pass_s(100)
    await routing.renew(ben.desk)
    ben.clock.pass_s(100)
    assert await routing.mine(ben.desk) == [first]
    ben.desk.is_shut_out = True
    await routing.renew(ben.desk)
    ben.clock.pass_s(100)
    await routing.sweep(ben.desk)
    assert await routing.mine(ben.desk) == [] and (await ben.row(first)).claimed_by is None
