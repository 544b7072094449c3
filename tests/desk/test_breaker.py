"""A network in trouble is left alone by all processes together, is tried by one reply, and people can see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, sitting
from tests.desk.refused_sender import Refusing
from tests.nursery import nursery
from tests.store.record_at_hand import FakeClock, said

from careconsole.channels.contract import NotReachable
from careconsole.desk import delivery
from careconsole.desk.delivery import deliver_all, deliver_next, look_up_next, resting
from careconsole.desk.diagnosis import Level, diagnose
from careconsole.model.breaker import Pace
from careconsole.model.reply import Ambiguous, OutboxState, Outcome, Rejected, Retry, Sent

STATES = OutboxState
REFUSED = Retry(None, "shop cannot be reached")
TROUBLE = Ambiguous("shop has trouble of its own (status 503)")


async def queue_up(desk: DeskAtHand, number: int) -> list[int]:
    """Replies to as many customers."""
    return [await desk.queued(await desk.arrive(said(f"m{n}", f"c{n}"))) for n in range(number)]


async def passes(desks: list[DeskAtHand], channel: ScriptedChannel, seconds: int) -> list[int]:
    """A pass a second, by each desk in turn; in which seconds a reply left."""
    left = []
    for second in range(seconds):
        before = len(channel.sent)
        desk = desks[second % len(desks)]
        await deliver_all(desk.desk, desks[0].account_id, channel)
        left += [second] * (len(channel.sent) - before)
        desks[0].clock.pass_s(1)
    return left


@pytest.mark.parametrize("outcome", [REFUSED, TROUBLE, Retry(1.0, "shop asks us to wait")])
async def test_thirty_replies_do_not_hammer_a_network_in_trouble(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel, outcome: Outcome
) -> None:
    """Two consoles, a pass a second: five tries, then one each pause for both together."""
    await queue_up(ana, 30)
    channel.outcomes = [outcome] * 1000
    assert await passes([ana, ben], channel, 60) == [0] * 5 + [30]
    assert await passes([ana, ben], channel, 600) == [90 - 60, 210 - 60, 450 - 60]
    assert len(channel.sought) <= 20, "nor is it asked for replies all the time"


async def test_when_it_answers_again_everything_leaves_and_once(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    replies = await queue_up(ana, 30)
    channel.outcomes = [TROUBLE] * 7
    await passes([ana], channel, 240)
    assert channel.outcomes == []
    assert [await ana.state(each) for each in replies] == [STATES.SENT] * 30
    at_network = [reply.outbox_id for reply in channel.sent[7:]]
    assert sorted(at_network) == replies, "each was sent once after it was looked up"


async def test_a_reply_that_is_refused_shows_that_the_network_is_well(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    await queue_up(ana, 12)
    channel.outcomes = [REFUSED] * 4 + [Rejected("too long")] + [REFUSED] * 4
    await deliver_all(ana.desk, ana.account_id, channel)
    assert await resting(ana.desk) == {}
    assert len(channel.sent) == 12


async def test_a_refused_account_opens_no_breaker(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    await queue_up(ana, 8)
    channel.outcomes = [Rejected("log in again", account_down=True)] * 8
    for _ in range(8):
        with pytest.raises(delivery.AccountDown):
            await deliver_next(ana.desk, ana.account_id, channel)
    assert await resting(ana.desk) == {}


async def test_a_thread_that_grew_is_no_answer_of_the_network(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    """The probe did not leave: the next reply is one at once, and the breaker stays open until that is answered."""
    replies = await queue_up(ana, 7)
    channel.outcomes = [REFUSED] * 5
    await deliver_all(ana.desk, ana.account_id, channel)
    await ana.take_in(said("m0", "c0", "Forget it.", edited=1))
    await ana.store.write(lambda tx: tx.change("UPDATE outbox SET due_ns = 0 WHERE id = $1", replies[0]))
    ana.clock.pass_s(30)
    channel.outcomes = [REFUSED]
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.FAILED
    assert len(channel.sent) == 5
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.WAITING
    assert (await resting(ana.desk))[ana.account_id].next_s == 60


async def test_processes_share_one_breaker(home: Path, clock: FakeClock, tmp_path: Path) -> None:
    async with sitting(home, clock) as ana:
        await queue_up(ana, 12)
    files = [tmp_path / f"tried-{number}" for number in range(3)]
    with nursery("tests.desk.refused_sender") as children:
        started = [
            children.start("tests.desk.refused_sender", "deliver_in_vain", str(home), str(file))
            for file in files
        ]
        assert [children.wait(pid) for pid in started] == [0] * 3
    tried = [int(file.read_text("ascii")) for file in files]
    # What two others had taken already when the fifth failure was written down is not called back.
    assert 5 <= sum(tried) <= 5 + 2, tried


async def test_nothing_is_looked_up_by_itself_while_the_network_is_in_trouble(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    [first, *_] = await queue_up(ana, 5)
    channel.outcomes, channel.found = [TROUBLE] * 5, [NotReachable("no answer")] * 9
    await passes([ana], channel, 30)
    assert channel.sought == []
    assert await look_up_next(ana.desk, ana.account_id, channel, first) is STATES.UNKNOWN, "a person's word"
    await passes([ana], channel, 60)
    assert len(channel.sought) == 1, "that it got no answer doubled the pause"
    await passes([ana], channel, 100)
    assert len(channel.sought) == 2, "one look is the probe"
    assert (await resting(ana.desk))[ana.account_id].reason == "no answer"


async def test_a_reply_over_which_the_sender_fails_each_time_is_a_draft_after_three(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    first = await ana.arrive(said("m1"))
    outbox_id = await ana.queued(first)
    channel.outcomes = [ValueError("a bug of ours")] * 20
    for _ in range(20):
        try:
            await deliver_all(ana.desk, ana.account_id, channel)
        except ValueError:
            ana.clock.pass_s(60)
    assert len(channel.sent) == 3
    assert await ana.state(outbox_id) is STATES.FAILED
    assert (await ana.row(first)).has_draft


async def test_a_backlog_of_retries_does_not_starve_fresh_replies_nor_they_it(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    old = await queue_up(ana, 4)
    channel.outcomes = [Retry(1.0, "busy")] * 4
    await deliver_all(ana.desk, ana.account_id, channel)
    ana.clock.pass_s(1)
    fresh = [await ana.queued(await ana.arrive(said(f"x{n}", f"x{n}"))) for n in range(4)]
    await deliver_all(ana.desk, ana.account_id, channel)
    order = [reply.outbox_id in old for reply in channel.sent[4:]]
    assert order == [True, False] * 4
    assert [await ana.state(each) for each in (*old, *fresh)] == [STATES.SENT] * 8


async def test_replies_leave_for_a_network_no_faster_than_the_pace(
    ana: DeskAtHand, channel: ScriptedChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PACE", Pace(3, 5.0))
    await queue_up(ana, 6)
    channel.network = "mastodon"
    assert await passes([ana], channel, 20) == [0, 0, 0, 5, 10, 15]


async def test_a_file_needs_no_pace(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    await queue_up(ana, delivery.PACE.most + 5)
    assert await deliver_all(ana.desk, ana.account_id, channel) == delivery.PACE.most + 5


async def test_people_are_told_why_and_until_when(ana: DeskAtHand) -> None:
    channel = Refusing()
    await queue_up(ana, 8)
    await deliver_all(ana.desk, ana.account_id, channel)
    rest = (await resting(ana.desk))[ana.account_id]
    assert rest.sentence == "waits, next try in 30 s: connection refused"
    assert "Account shop: every reply waits, next try in 30 s: connection refused." in [
        each.sentence for each in await diagnose(ana.desk) if each.level is Level.FAULT
    ]
    ana.clock.pass_s(30)
    assert await resting(ana.desk) == {}
    for pause_s, words in ((60, "60 s"), (120, "2 min"), (240, "4 min"), (480, "8 min"), (600, "10 min")):
        await deliver_all(ana.desk, ana.account_id, channel)
        rest = (await resting(ana.desk))[ana.account_id]
        assert rest.sentence == f"waits, next try in {words}: connection refused"
        ana.clock.pass_s(pause_s)
    await ana.store.write(lambda tx: delivery.kept.take_in_turn(tx, ana.account_id, None, 9999.0))
    assert (await resting(ana.desk))[
        ana.account_id
    ].sentence == "waits, one reply is being tried: connection refused"


async def test_a_success_of_one_console_is_one_of_all(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel
) -> None:
    await queue_up(ana, 9)
    channel.outcomes = [REFUSED] * 5
    await deliver_all(ana.desk, ana.account_id, channel)
    assert await deliver_all(ben.desk, ana.account_id, channel) == 0
    ana.clock.pass_s(30)
    channel.outcomes = [Sent("r1")]
    assert await deliver_next(ben.desk, ana.account_id, channel) is STATES.SENT
    assert await deliver_all(ana.desk, ana.account_id, channel) == 8
