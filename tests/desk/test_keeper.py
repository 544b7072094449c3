"""Keeping an account going: one process polls it, another takes over, pauses stretch, failures end nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, VirtualSleep, until
from tests.store.record_at_hand import at, said

from careconsole.channels.contract import NotReachable, Page, PollBudget, TooManyRequests
from careconsole.console.status_line import late_s
from careconsole.desk.health import Health, keep_doing
from careconsole.desk.keeper import Keeper
from careconsole.model.message import Gone
from careconsole.model.reply import OutboxState, Retry
from careconsole.store import accounts, leases
from careconsole.store.rows import Account


async def the_account(desk: DeskAtHand) -> Account:
    [found] = await desk.store.read(accounts.all_accounts)
    return found


@asynccontextmanager
async def keeping(
    desk: DeskAtHand,
    channel: ScriptedChannel,
    sleep: VirtualSleep,
    open_conversation: Callable[[], int | None] = lambda: None,
) -> AsyncIterator[Keeper]:
    keeper = Keeper(desk.desk, await the_account(desk), channel, open_conversation, sleep)
    keeper.health._chance = lambda: 1.0
    sleep.stores.append(desk.store)
    task = asyncio.create_task(keeper.run())
    try:
        yield keeper
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_it_polls_at_once_and_then_every_fifteen_seconds(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    channel.pages = [Page("s1", [said("m1")]), Page("s2", [said("m2", "dan")])]
    async with keeping(ana, channel, sleep) as keeper:
        await until(lambda: channel.states == [None])
        assert keeper.is_poller
        await sleep.pass_s(14)
        assert channel.states == [None]
        await sleep.pass_s(1)
        await until(lambda: len(channel.states) == 2)
        await sleep.pass_s(15)
        await until(lambda: len(channel.states) == 3)
    assert channel.states == [None, "s1", "s2"]
    assert channel.is_closed
    assert len(await ana.waiting()) == 2


@pytest.mark.parametrize("how", ["claimed", "open"])
async def test_it_polls_every_five_seconds_while_somebody_reads(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep, how: str
) -> None:
    first = await ana.arrive(said("m1"))
    if how == "claimed":
        await ana.claim(first)
    async with keeping(ana, channel, sleep, lambda: first if how == "open" else None):
        await until(lambda: len(channel.states) == 1)
        await sleep.pass_s(5)
        await until(lambda: len(channel.states) == 2)


async def test_who_begins_to_read_does_not_wait_for_the_end_of_a_long_pause(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    first = await ana.arrive(said("m1"))
    async with keeping(ana, channel, sleep):
        await until(lambda: len(channel.states) == 1)
        await sleep.pass_s(4)
        await ana.claim(first)
        await sleep.pass_s(1)
        await until(lambda: len(channel.states) == 2)


async def test_a_conversation_of_another_account_makes_no_hurry(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    account = await the_account(ana)
    first = await ana.arrive(said("m1"), account="other")
    await ana.claim(first)
    keeper = Keeper(ana.desk, account, channel, lambda: first, sleep)
    await keeper.hold_lease()
    await keeper.poll()
    assert keeper.interval_s() == 15


async def test_the_budget_stretches_the_pause(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    channel.budget = PollBudget(300, 160, 100)
    async with keeping(ana, channel, sleep):
        await until(lambda: len(channel.states) == 1)
        await sleep.pass_s(59)
        assert len(channel.states) == 1
        await sleep.pass_s(1)
        await until(lambda: len(channel.states) == 2)


async def test_a_stretched_pause_is_told_with_the_poll(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    keeper = Keeper(ana.desk, await the_account(ana), channel, lambda: None, sleep)
    await keeper.hold_lease()
    told = []
    for budget in (PollBudget(300, 160, 100), PollBudget(300, 100, 250), None):
        channel.budget = budget
        await keeper.poll()
        told.append((await the_account(ana)).poll_every_s)
    assert told == [60, 250, 15]
    ana.clock.pass_s(3 * 60)
    assert late_s(replace(await the_account(ana), poll_every_s=60), ana.clock.now()) is None
    assert late_s(replace(await the_account(ana), poll_every_s=15), ana.clock.now())


async def test_a_long_backlog_pauses_where_the_budget_does(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    keeper = Keeper(ana.desk, await the_account(ana), channel, lambda: None, sleep)
    await keeper.hold_lease()
    channel.pages = [Page(f"s{n}", [said(f"m{n}", minute=n)], more=n < 5) for n in range(6)]
    channel.budget = PollBudget(300, 152, 300)
    await keeper.poll()
    assert len(channel.states) == 1
    channel.budget = PollBudget(300, 300, 300)
    await keeper.poll()
    assert len(channel.states) == 6 and len(await ana.waiting()) == 1


async def test_another_process_takes_over_when_the_poller_dies(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    bens = ScriptedChannel()
    async with keeping(ben, bens, sleep):
        await until(lambda: bens.states)
        async with keeping(ana, channel, sleep) as anas:
            await sleep.pass_s(30)
            assert channel.states == []
            assert not anas.is_poller
        polls = len(bens.states)
    async with keeping(ana, channel, sleep) as anas:  # ben is gone and has given nothing back
        await sleep.pass_s(14)
        assert channel.states == []
        await sleep.pass_s(6)
        await until(lambda: channel.states)
        assert anas.is_poller
    assert polls >= 2


async def test_one_that_was_stopped_for_long_finds_its_account_taken(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    keeper = Keeper(ana.desk, await the_account(ana), channel, lambda: None, sleep)
    await keeper.hold_lease()
    ana.clock.pass_s(60)
    assert await ben.act(leases.take_lease, f"poll:{keeper.account.id}", 15)
    channel.pages = [Page("s9", [said("m1")])]
    await keeper.poll()
    assert not keeper.is_poller
    assert await ana.value("SELECT count(*) FROM cursor") == 0
    await keeper.hold_lease()
    assert not keeper.is_poller


async def test_a_failing_poll_is_written_down_and_tried_again_ever_more_slowly(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    channel.pages = [NotReachable("no answer"), NotReachable("still no answer"), Page("s1", [said("m1")])]
    async with keeping(ana, channel, sleep):
        await until(lambda: len(channel.states) == 1)
        await sleep.pass_s(29)
        assert (await the_account(ana)).last_error == "no answer"
        assert len(channel.states) == 1
        await sleep.pass_s(1)
        await until(lambda: len(channel.states) == 2)
        await sleep.pass_s(60)
        await until(lambda: len(channel.states) == 3)
        await until(lambda: channel.states == [None] * 3)
        await sleep.pass_s(1)
    account = await the_account(ana)
    assert (account.failures, account.last_error) == (0, "")
    assert await ana.waiting()


async def test_a_reply_just_queued_leaves_without_waiting(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    async with keeping(ana, channel, sleep):
        await until(lambda: channel.states)
        await ana.queued(await ana.arrive(said("m1")))
        await until(lambda: channel.sent)


async def test_who_does_not_poll_does_not_deliver(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    bens = ScriptedChannel()
    async with keeping(ben, bens, sleep):
        await until(lambda: bens.states)
        async with keeping(ana, channel, sleep):
            outbox_id = await ana.queued(await ana.arrive(said("m1")))
            await until(lambda: bens.sent)
            assert channel.sent == []
            async with asyncio.timeout(5):
                while await ana.state(outbox_id) is not OutboxState.SENT:
                    await asyncio.sleep(0.005)


async def test_a_waiting_reply_is_sent_when_its_pause_is_over(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    channel.outcomes = [Retry(30.0)]
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    async with keeping(ana, channel, sleep):
        async with asyncio.timeout(5):
            while await ana.state(outbox_id) is not OutboxState.WAITING:
                await asyncio.sleep(0.005)
        assert len(channel.sent) == 1
        ana.clock.pass_s(30)
        await until(lambda: len(channel.sent) == 2)


async def test_the_first_rows_are_looked_at_again_each_minute(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    await ana.take_in(*[said(f"m{n}", f"c{n}", minute=n) for n in range(45)])
    await ana.arrive(said("x1", "else", minute=-50), account="other")
    keeper = Keeper(ana.desk, (await ana.store.read(accounts.all_accounts))[1], channel, lambda: None, sleep)
    await keeper.hold_lease()
    channel.changed = [Page("", [said("m0", "c0", "other words", edited=50)], [Gone("m1", at(51))])]
    await keeper.look_again()
    assert sorted(channel.rechecked[0]) == sorted(f"m{n}" for n in range(39))
    assert (await ana.row(await ana.conversation_of("m0"))).text == "other words"
    assert not (await ana.row(await ana.conversation_of("m1"))).is_waiting


async def test_the_open_thread_is_looked_at_at_once(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    first = await ana.arrive(said("m1"), said("m2", minute=1))
    keeper = Keeper(ana.desk, await the_account(ana), channel, lambda: first, sleep)
    assert not await keeper.look_at([first])
    channel.changed = [Page("", gone=[Gone("m1", at(2))])]
    assert await keeper.look_at([first])
    assert channel.rechecked == [("m2", "m1"), ("m2", "m1")]


async def test_the_open_thread_is_looked_at_every_five_seconds_even_where_another_process_polls(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    first = await ana.arrive(said("m1"))
    ben.accounts.update(ana.accounts)
    bens, open_one = ScriptedChannel(), [first]
    async with keeping(ana, channel, sleep):
        await until(lambda: channel.states)
        async with keeping(ben, bens, sleep, lambda: open_one[0]) as keeper:
            await until(lambda: len(bens.rechecked) == 1)
            bens.changed = [Page("", [said("m1", text="Forget it.", edited=1)])]
            await sleep.pass_s(5)
            await until(lambda: len(bens.rechecked) == 2)
            assert (await ana.row(first)).text == "Forget it."
            assert bens.rechecked == [("m1",)] * 2 and bens.states == []
            assert not keeper.is_poller


async def test_looks_at_the_open_thread_give_way_to_the_polls(
    ana: DeskAtHand, channel: ScriptedChannel, sleep: VirtualSleep
) -> None:
    keeper = Keeper(ana.desk, await the_account(ana), channel, lambda: None, sleep)
    looks, polls = [], []
    for remaining in (None, 300, 280, 260, 150):
        channel.budget = None if remaining is None else PollBudget(300, remaining, 300)
        looks.append(round(keeper.look_interval_s()))
        polls.append(round(keeper.interval_s()))
    assert looks == [5, 5, 32, 45, 45]
    assert polls == [15, 15, 15, 16, 300]
    await keeper.look_at_open()
    assert channel.rechecked == []


# --- loops that outlive their failures ---


def test_after_failures_a_loop_rests_ever_longer() -> None:
    health = Health("polling", lambda: 1.0)
    assert health.pause_s(15) == 15
    pauses = []
    for _ in range(4):
        health.failed(NotReachable("no answer"))
        pauses.append(health.pause_s(15))
    assert pauses == [30, 60, 60, 60]
    assert Health("polling", lambda: 0.0).pause_s(15) == 15
    health.worked()
    assert (health.pause_s(15), health.error) == (15, "")


def test_a_network_that_asks_for_rest_gets_it() -> None:
    health = Health("polling", lambda: 1.0)
    health.failed(TooManyRequests("slow down", 250.0))
    assert health.pause_s(15) == 250
    health.failed(NotReachable("no answer"))
    assert health.pause_s(15) == 60


def test_jitter_keeps_consoles_apart() -> None:
    pauses = set()
    for chance in (0.0, 0.5, 1.0):
        health = Health("polling", lambda chance=chance: chance)  # type: ignore[misc]
        health.failed(NotReachable("no answer"))
        pauses.add(health.pause_s(15))
    assert pauses == {15, 22.5, 30}


async def test_a_loop_goes_on_after_any_failure_and_ends_when_cancelled(
    caplog: pytest.LogCaptureFixture,
) -> None:
    runs = 0
    rested = asyncio.Event()

    async def job() -> None:
        nonlocal runs
        runs += 1
        if runs < 4:
            raise ValueError("a customer's secret")

    async def sleep(seconds: float) -> None:
        if runs == 5:
            rested.set()
            await asyncio.Event().wait()

    health = Health("a loop")
    task = asyncio.create_task(keep_doing(job, every_s=lambda: 1.0, health=health, sleep=sleep))
    await rested.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (runs, health.failures) == (5, 0)
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
