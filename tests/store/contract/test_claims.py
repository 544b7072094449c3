"""One holder at a time: leases on the monotonic clock, fences that rise, and nobody robbed by a date change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.store.record_at_hand import Record, at_us, ours, said

from careconsole.model.conversation import Claimed, ConversationState, HeldBy, Lost, Presence, Resolved
from careconsole.model.reply import Enqueued
from careconsole.store import acts, claims, delivery, outbox, queue, undo


async def test_a_claim_is_written_with_its_fence(record: Record) -> None:
    first = await record.arrive(said("m1"))
    assert (await record.row(first)).state is ConversationState.NEW
    record.clock.pass_s(60)
    assert await record.act(claims.claim, first, "ana") == Claimed(first, 1)
    row = await record.row(first)
    assert (row.state, row.owner, row.claimed_by) == (ConversationState.OPEN, "ana", "ana")
    assert (row.claimed_since_us, row.presence, row.fence) == (at_us(1), "reading", 1)
    [event] = await record.events("claimed")
    assert (event["agent"], event["fence"], event["conversation_id"]) == ("ana", 1, first)


async def test_to_claim_twice_is_to_claim_once(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    assert await record.act(claims.claim, first, "ana") == Claimed(first, 1)
    assert await record.act(claims.claim, first, "ana") == Claimed(first, 1)
    assert await other.act(claims.claim, first, "ana") == Claimed(first, 1)
    assert await record.kinds(first) == ["arrived", "claimed"]


async def test_the_second_one_learns_who_has_it_and_since_when(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    record.clock.pass_s(30)
    assert await other.act(claims.claim, first, "ben") == HeldBy(first, "ana", at_us(0))
    assert await record.kinds(first) == ["arrived", "claimed"]


async def test_there_is_nothing_to_take_of_a_resolved_or_unknown_one(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(acts.resolve, first, "ana", "answered")
    assert await record.act(claims.claim, first, "ben") == Resolved(first)
    assert await record.act(claims.claim, 99, "ben") is None


async def test_a_lease_lasts_two_minutes(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    record.clock.pass_s(119.9)
    assert isinstance(await record.act(claims.claim, first, "ben"), HeldBy)
    assert (await record.row(first)).claimed_by == "ana"
    record.clock.pass_s(0.1)
    assert (await record.row(first)).claimed_by is None
    assert await record.act(claims.claim, first, "ben") == Claimed(first, 2)
    [lost] = await record.events("lost")
    assert (lost["agent"], lost["fence"]) == ("ana", 1)


async def test_claiming_again_makes_the_lease_new(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    record.clock.pass_s(100)
    await record.claim(first)
    record.clock.pass_s(100)
    assert isinstance(await record.act(claims.claim, first, "ben"), HeldBy)


async def test_another_boot_ends_every_lease(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    record.clock.reboot()
    assert (await record.row(first)).claimed_by is None
    assert await record.act(claims.claim, first, "ben") == Claimed(first, 2)


@pytest.mark.parametrize("change", [timedelta(hours=1), timedelta(days=-3), timedelta(days=400)])
async def test_a_changed_wall_clock_steals_nothing(record: Record, change: timedelta) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    record.clock.set_wall(change)
    assert isinstance(await record.act(claims.claim, first, "ben"), HeldBy)
    assert await record.act(claims.claim_next, "ben") is None
    assert await record.act(claims.sweep) == []
    record.clock.pass_s(120)
    assert isinstance(await record.act(claims.claim, first, "ben"), Claimed)


async def test_fences_only_rise(record: Record) -> None:
    first = await record.arrive(said("m1"))
    fences = []
    for agent in ("ana", "ben", "ana", "ana"):
        fences.append(await record.claim(first, agent))
        if agent == "ben":
            record.clock.pass_s(300)
        else:
            await record.act(claims.release, first, agent)
    assert fences == [1, 2, 3, 4]


async def test_who_comes_back_after_the_lease_has_a_new_fence(record: Record) -> None:
    first = await record.arrive(said("m1"))
    fence = await record.claim(first)
    record.clock.pass_s(121)
    assert await record.claim(first) == fence + 1
    assert await record.kinds(first) == ["arrived", "claimed", "lost", "claimed"]


async def test_a_write_with_an_old_fence_is_refused(record: Record) -> None:
    first = await record.arrive(said("m1"))
    old = await record.claim(first)
    record.clock.pass_s(121)
    assert await record.enqueue(first, fence=old) == Lost(first, None)
    await record.claim(first, "ben")
    assert await record.enqueue(first, fence=old) == Lost(first, "ben")
    record.clock.pass_s(121)
    new = await record.claim(first)
    assert await record.enqueue(first, fence=old) == Lost(first, None)
    assert isinstance(await record.enqueue(first, fence=new), Enqueued)


async def test_release_skip_and_resolve_with_an_old_fence_touch_nothing(record: Record) -> None:
    first = await record.arrive(said("m1"))
    old = await record.claim(first)
    record.clock.pass_s(121)
    new = await record.claim(first)  # the same agent, in another console
    assert new > old
    assert not await record.act(claims.release, first, "ana", old)
    assert not await record.act(claims.skip, first, "ana", "later", old)
    refused = await record.act(acts.resolve, first, "ana", "noise", old)
    assert isinstance(refused, HeldBy) and refused.agent == "ana"
    assert (await record.row(first)).claimed_by == "ana"
    assert isinstance(await record.act(acts.resolve, first, "ana", "noise", new), acts.Done)


# --- pull the next one ---


async def test_next_is_the_top_one_that_nobody_holds(record: Record) -> None:
    ids = [await record.arrive(said(f"m{n}", f"c{n}", minute=n)) for n in range(4)]
    await record.claim(ids[0], "ben")
    assert await record.act(claims.claim_next, "ana") == Claimed(ids[1], 1)
    assert await record.act(claims.claim_next, "ana") == Claimed(ids[2], 1)
    assert await record.act(claims.claim_next, "ben") == Claimed(ids[3], 1)
    assert await record.act(claims.claim_next, "ana") is None
    record.clock.pass_s(121)
    assert await record.act(claims.claim_next, "cem") == Claimed(ids[0], 2)
    assert [event["agent"] for event in await record.events("lost")] == ["ben"]


async def test_next_passes_over_what_does_not_wait(record: Record) -> None:
    await record.arrive(said("m1"))
    await record.take_in(ours("r1", "m1"))
    assert await record.act(claims.claim_next, "ana") is None


async def test_next_follows_rank_not_arrival(record: Record) -> None:
    await record.arrive(said("m1", "dan", minute=0))
    loud = await record.arrive(said("m2", minute=5, reach=10**6))
    assert await record.act(claims.claim_next, "ana") == Claimed(loud, 1)


# --- give back ---


async def test_release_gives_it_back_and_ends_the_ownership(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    assert await record.act(claims.release, first, "ana")
    row = await record.row(first)
    assert (row.claimed_by, row.owner, row.presence) == (None, None, None)
    assert not await record.act(claims.release, first, "ana")
    assert await record.kinds(first) == ["arrived", "claimed", "released"]


async def test_only_the_holder_gives_back(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    assert not await record.act(claims.release, first, "ben")
    assert not await record.act(claims.skip, first, "ben", "break")
    assert not await record.act(claims.release, 99, "ben")
    record.clock.pass_s(121)
    assert not await record.act(claims.release, first, "ana")


async def test_a_skip_says_why(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    assert await record.act(claims.skip, first, "ana", "not_my_language")
    [event] = await record.events("skipped")
    assert (event["reason"], event["fence"]) == ("not_my_language", 1)
    assert await record.act(claims.claim_next, "ben") == Claimed(first, 2)


# --- the heartbeat and the broom ---


async def test_a_console_keeps_its_claims_by_renewing_them(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    for _ in range(10):
        record.clock.pass_s(30)
        assert await record.act(claims.renew, "ana") == []
    assert isinstance(await record.act(claims.claim, first, "ben"), HeldBy)
    assert await record.kinds(first) == ["arrived", "claimed"]


async def test_a_console_renews_only_what_it_took(record: Record, other: Record) -> None:
    mine, theirs = await record.arrive(said("m1")), await record.arrive(said("m2", "dan"))
    await record.claim(mine)
    await other.claim(theirs)
    record.clock.pass_s(60)
    await record.act(claims.renew, "ana")
    record.clock.pass_s(61)
    assert (await record.row(mine)).claimed_by == "ana"
    assert (await record.row(theirs)).claimed_by is None


async def test_a_console_takes_over_what_its_agent_claimed_by_command(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    await other.claim(first)
    await record.act(delivery.sign_on, "ana", 1)
    await record.claim(first)
    record.clock.pass_s(100)
    await record.act(claims.renew, "ana")
    record.clock.pass_s(100)
    assert (await record.row(first)).claimed_by == "ana"


async def test_a_command_does_not_take_a_claim_away_from_the_console(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(delivery.sign_on, "ana", 1)
    await record.claim(first)
    await other.claim(first)
    record.clock.pass_s(100)
    await record.act(claims.renew, "ana")
    record.clock.pass_s(100)
    assert (await record.row(first)).claimed_by == "ana"


async def test_a_lease_that_ran_out_is_not_revived(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    record.clock.pass_s(121)
    assert await record.act(claims.renew, "ana") == [first]
    assert (await record.row(first)).claimed_by is None
    assert [event["agent"] for event in await record.events("lost")] == ["ana"]


async def test_the_broom_frees_everybodys_and_names_ones_own(record: Record) -> None:
    ids = [await record.arrive(said(f"m{n}", f"c{n}")) for n in range(3)]
    await record.claim(ids[0], "ana")
    await record.claim(ids[1], "ben")
    record.clock.pass_s(60)
    await record.claim(ids[2], "ana")
    assert not await record.store.read(claims.anything_to_sweep)
    record.clock.pass_s(61)
    assert await record.store.read(claims.anything_to_sweep)
    assert await record.act(claims.sweep, "ana") == [ids[0]]
    assert sorted(event["agent"] for event in await record.events("lost")) == ["ana", "ben"]
    assert not await record.store.read(claims.anything_to_sweep)
    assert await record.act(claims.sweep, "ana") == []
    assert (await record.row(ids[2])).claimed_by == "ana"


async def test_who_was_lost_to_is_learnt_from_renewing(record: Record, other: Record) -> None:
    """Another console freed or took what had run out before this one looked."""
    swept, taken, kept, regained = [await record.arrive(said(f"m{n}", f"c{n}")) for n in range(4)]
    for each in (swept, taken, regained):
        await record.claim(each)
    lost, seen = await record.store.read(lambda tx: claims.lost_after(tx, "ana", None))
    assert lost == []
    record.clock.pass_s(121)
    await record.claim(kept)
    await record.claim(regained)
    await other.claim(taken, "ben")
    await other.act(claims.sweep, "ben")
    await record.act(claims.renew, "ana")
    lost, seen = await record.store.read(lambda tx: claims.lost_after(tx, "ana", seen))
    assert lost == [swept, taken]
    assert await record.store.read(lambda tx: claims.lost_after(tx, "ana", seen)) == ([], seen)


async def test_presence_is_shown_but_is_no_event(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    await record.act(claims.set_presence, first, "ana", Presence.WRITING.value)
    await record.act(claims.set_presence, first, "ben", Presence.READING.value)
    assert (await record.row(first)).presence == "writing"
    assert await record.kinds(first) == ["arrived", "claimed"]


async def test_what_i_hold_is_listed_longest_first(record: Record) -> None:
    ids = [await record.arrive(said(f"m{n}", f"c{n}")) for n in range(3)]
    for each in (ids[2], ids[0]):
        await record.claim(each)
        record.clock.pass_s(1)
    await record.claim(ids[1], "ben")
    assert await record.store.read(lambda tx: queue.claimed_by(tx, "ana")) == [ids[2], ids[0]]


@pytest.mark.parametrize("keep_claim", [False, True])
async def test_the_claim_ends_when_the_reply_leaves_held_unless_one_writes_on(
    record: Record, keep_claim: bool
) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    sent = await record.enqueue(first, hold_s=10)
    assert isinstance(sent, Enqueued)
    assert (await record.row(first)).claimed_by == "ana"
    assert await record.act(outbox.let_go, sent.outbox_id, keep_claim=keep_claim)
    assert (await record.row(first)).claimed_by == ("ana" if keep_claim else None)


async def test_a_claim_that_ended_with_the_answer_is_not_taken_back_by_undo(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.claim(first)
    await record.enqueue(first)
    assert (await record.row(first)).claimed_by is None
    assert await record.act(undo.undo, "ana") is None


async def test_what_an_agent_skipped_is_not_offered_to_them_again_but_to_others(record: Record) -> None:
    first = await record.arrive(said("m1"))
    assert await record.act(claims.claim_next, "ana") == Claimed(first, 1)
    assert await record.act(claims.skip, first, "ana", "not_my_language")
    assert await record.act(claims.claim_next, "ana") is None
    assert await record.act(claims.claim_next, "ben") == Claimed(first, 2)
