"""Emptying the outbox: what each answer of the network leads to, and when it is given up."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, until
from tests.store.record_at_hand import at, at_us, said

from careconsole.channels.contract import AccountDown, NotReachable, Page, TooManyRequests
from careconsole.desk import delivery
from careconsole.desk.delivery import deliver_all, deliver_next, look_up_next, pause_s
from careconsole.model.message import Gone
from careconsole.model.reply import Ambiguous, OutboxState, Rejected, Retry, Sent
from careconsole.store import drafts, row_hash
from careconsole.store.row_hash import DAMAGED

STATES = OutboxState


@pytest.fixture(autouse=True)
def no_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses are as long as they can be."""
    monkeypatch.setattr(delivery.random, "random", lambda: 1.0)
    defaults = (lambda: 1.0,)
    monkeypatch.setattr(delivery.pause_s, "__defaults__", defaults)


async def test_a_reply_goes_out_as_it_was_frozen(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    first = await ana.arrive(said("m1"))
    outbox_id = await ana.queued(first, "It left today.")
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.SENT
    [reply] = channel.sent
    row = await ana.reply(outbox_id)
    assert (reply.text, reply.reply_to, reply.idempotency_key) == (
        "It left today.",
        "m1",
        row.idempotency_key,
    )
    assert (row.remote_id, row.attempts) == (f"remote-{outbox_id}", 1)
    assert await deliver_next(ana.desk, ana.account_id, channel) is None


async def test_nothing_is_held_open_while_the_network_answers(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel
) -> None:
    first, second = await ana.arrive(said("m1")), await ana.arrive(said("m2", "dan"))
    outbox_id = await ana.queued(first)
    channel.send_takes = asyncio.Event()
    delivering = asyncio.create_task(deliver_next(ana.desk, ana.account_id, channel))
    await until(lambda: channel.sent)
    assert await ana.state(outbox_id) is STATES.SENDING
    assert await ben.claim(second, "ben") == 1
    assert await ana.claim(second, "ben") == 1
    assert await deliver_next(ben.desk, ana.account_id, ScriptedChannel()) is None
    channel.send_takes.set()
    assert await delivering is STATES.SENT


async def test_a_refusal_is_final_and_the_text_is_a_draft(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    first = await ana.arrive(said("m1", minute=-9))
    outbox_id = await ana.queued(first)
    channel.outcomes = [Rejected("the text is too long")]
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.FAILED
    assert (await ana.reply(outbox_id)).reason == "the text is too long"
    row = await ana.row(first)
    assert (row.waiting_since_us, row.has_draft) == (at_us(-9), True)
    assert await deliver_next(ana.desk, ana.account_id, channel) is None


async def test_a_refused_account_stops_and_loses_nothing(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    replies = [await ana.queued(await ana.arrive(said(f"m{n}", f"c{n}"))) for n in range(3)]
    channel.outcomes = [Rejected("log in again", account_down=True)]
    with pytest.raises(AccountDown, match="log in again"):
        await deliver_all(ana.desk, ana.account_id, channel)
    assert [await ana.state(each) for each in replies] == [STATES.WAITING, STATES.QUEUED, STATES.QUEUED]
    assert len(channel.sent) == 1
    ana.clock.pass_s(60)
    assert await deliver_all(ana.desk, ana.account_id, channel) == 3


async def test_what_surely_was_not_sent_is_tried_again_later(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [Retry(30.0, "too many requests"), Retry(None, "no network")]
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.WAITING
    assert (await ana.reply(outbox_id)).reason == "too many requests"
    assert await deliver_next(ana.desk, ana.account_id, channel) is None
    ana.clock.pass_s(30)
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.WAITING
    ana.clock.pass_s(8)
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.SENT
    assert len({reply.idempotency_key for reply in channel.sent}) == 1


async def test_after_eight_attempts_it_is_given_up(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [Retry(1.0, "busy") for _ in range(20)]
    for attempt in range(1, 9):
        state = await deliver_next(ana.desk, ana.account_id, channel)
        assert state is (STATES.WAITING if attempt < 8 else STATES.FAILED)
        ana.clock.pass_s(1 if attempt < 5 else 30 * 2 ** (attempt - 5))
    assert len(channel.sent) == 8
    assert (await ana.reply(outbox_id)).reason == "given up after many attempts: busy"


async def test_after_forty_five_minutes_it_is_given_up(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [Retry(44 * 60.0), Retry(60.0), Retry(1.0)]
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.WAITING
    ana.clock.pass_s(44 * 60)
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.WAITING
    ana.clock.pass_s(60)
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.FAILED


@pytest.mark.parametrize(
    ("outcome", "tries"),
    [(Retry(None, "no network"), 5 + 6), (Rejected("log in again", account_down=True), 40)],
)
async def test_an_outage_uses_up_no_attempts_and_ends_with_the_reply_sent(
    ana: DeskAtHand, channel: ScriptedChannel, outcome: Retry | Rejected, tries: int
) -> None:
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [outcome for _ in range(1000)]
    for _ in range(40):
        with suppress(AccountDown):
            await deliver_all(ana.desk, ana.account_id, channel)
        ana.clock.pass_s(60)
    assert (await ana.reply(outbox_id)).attempts == 0
    assert len(channel.sent) == tries
    channel.outcomes.clear()
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1
    assert (await ana.reply(outbox_id)).attempts == 1


async def test_an_outage_of_more_than_forty_five_minutes_gives_the_text_back(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [Retry(None, "no network") for _ in range(1000)]
    for _ in range(46):
        await deliver_all(ana.desk, ana.account_id, channel)
        ana.clock.pass_s(60)
    assert await ana.state(outbox_id) is STATES.FAILED
    assert (await ana.row(1)).has_draft


async def test_in_an_outage_a_reply_is_tried_each_half_minute_then_ever_more_rarely(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [Retry(None, "no network") for _ in range(12)]
    tried = []
    for half_minute in range(62):
        if await deliver_next(ana.desk, ana.account_id, channel) is not None:
            tried.append(half_minute)
        ana.clock.pass_s(30)
    assert tried == [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 55]


async def test_what_a_slow_network_may_still_be_at_is_not_believed_absent_at_once(
    ana: DeskAtHand, channel: ScriptedChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "SLOW_S", 0.0)
    channel.has_working_key = False
    await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [Ambiguous("no answer")]
    await deliver_all(ana.desk, ana.account_id, channel)
    ana.clock.pass_s(59)
    await deliver_all(ana.desk, ana.account_id, channel)
    assert channel.sought == []
    channel.found = ["r1"]  # it arrived late
    ana.clock.pass_s(1)
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1
    assert len(channel.sent) == 1


async def test_a_network_that_asks_for_rest_is_not_asked_about_a_reply_before(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes, channel.found = [Ambiguous("no answer")], [TooManyRequests("slow down", 300.0), "r1"]
    await deliver_all(ana.desk, ana.account_id, channel)
    ana.clock.pass_s(4)
    await deliver_all(ana.desk, ana.account_id, channel)
    ana.clock.pass_s(299)
    await deliver_all(ana.desk, ana.account_id, channel)
    assert len(channel.sought) == 1
    ana.clock.pass_s(1)
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1


async def test_an_unknown_reply_that_is_found_was_sent(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    first = await ana.arrive(said("m1"))
    outbox_id = await ana.queued(first)
    channel.outcomes, channel.found = [Ambiguous("no answer")], ["r77"]
    assert await deliver_all(ana.desk, ana.account_id, channel) == 0
    assert await ana.state(outbox_id) is STATES.UNKNOWN
    ana.clock.pass_s(4)
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1
    assert (await ana.reply(outbox_id)).remote_id == "r77"
    assert (len(channel.sent), len(channel.sought)) == (1, 1)
    assert await ana.waiting() == []


async def test_an_unknown_reply_that_is_absent_is_sent_under_its_old_key(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [Ambiguous("no answer")]
    await deliver_all(ana.desk, ana.account_id, channel)
    ana.clock.pass_s(4)
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1
    assert [reply.attempts for reply in channel.sent] == [1, 2]
    assert len({reply.idempotency_key for reply in channel.sent}) == 1


async def test_it_is_read_back_before_every_further_attempt(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [Ambiguous("no answer") for _ in range(20)]
    for _ in range(20):
        await deliver_all(ana.desk, ana.account_id, channel)
        ana.clock.pass_s(600)
    assert await ana.state(outbox_id) is STATES.FAILED
    assert len(channel.sent) <= 8
    assert len(channel.sought) == len(channel.sent)
    assert (await ana.reply(outbox_id)).reason == "it did not arrive, and was tried for too long"


async def test_while_it_cannot_be_told_nothing_is_sent_again(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    first = await ana.arrive(said("m1"))
    outbox_id = await ana.queued(first)
    channel.outcomes = [Ambiguous("no answer")]
    channel.found = [NotReachable("no network") for _ in range(100)]
    for _ in range(30):
        await deliver_all(ana.desk, ana.account_id, channel)
        ana.clock.pass_s(1000)
    assert await ana.state(outbox_id) is STATES.UNKNOWN
    assert len(channel.sent) == 1
    assert (await ana.row(first)).outbox_state is STATES.UNKNOWN
    channel.found = ["r1"]
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1


async def test_one_is_looked_up_at_an_agents_word(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes, channel.found = [Ambiguous()], [NotReachable("no network"), "r1"]
    await deliver_next(ana.desk, ana.account_id, channel)
    assert await look_up_next(ana.desk, ana.account_id, channel) is None
    assert await look_up_next(ana.desk, ana.account_id, channel, outbox_id) is STATES.UNKNOWN
    assert await look_up_next(ana.desk, ana.account_id, channel, outbox_id) is STATES.SENT


async def test_a_sender_that_is_stopped_in_the_middle_leaves_an_unknown_reply(
    ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel
) -> None:
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    channel.send_takes = asyncio.Event()
    delivering = asyncio.create_task(deliver_next(ana.desk, ana.account_id, channel))
    await until(lambda: channel.sent)
    delivering.cancel()
    await asyncio.gather(delivering, return_exceptions=True)
    another = ScriptedChannel(found=["r1"])
    assert await deliver_all(ben.desk, ana.account_id, another) == 0
    ana.clock.pass_s(60)
    assert await deliver_all(ben.desk, ana.account_id, another) == 1
    assert (await ana.reply(outbox_id)).remote_id == "r1"
    assert another.sent == []


async def test_a_machine_that_slept_does_not_send_what_others_look_up(
    ana: DeskAtHand, channel: ScriptedChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    looked = delivery.recheck

    async def slow(*words: object) -> bool:
        ana.clock.pass_s(41)
        return await looked(*words)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "recheck", slow)
        assert await deliver_next(ana.desk, ana.account_id, channel) is None
    assert channel.sent == []
    assert await ana.state(outbox_id) is STATES.SENDING
    ana.clock.pass_s(20)
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1
    assert len(channel.sought) == len(channel.sent) == 1


async def test_before_it_leaves_the_message_is_looked_at_again(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    ids = [await ana.arrive(said(f"m{n}", f"c{n}")) for n in range(3)]
    ana.clock.pass_s(5)
    replies = [await ana.queued(each) for each in ids]
    ana.clock.pass_s(5)
    channel.changed = [
        Page("", gone=[Gone("m0", at(1))]),
        Page("", [said("m1", "c1", "It came, thank you!", edited=1)]),
        NotReachable("no network"),
    ]
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1
    assert channel.rechecked == [("m0",), ("m1",), ("m2",)]
    assert [await ana.state(each) for each in replies] == [STATES.FAILED, STATES.FAILED, STATES.SENT]
    assert "deleted" in (await ana.reply(replies[0])).reason
    assert "edited" in (await ana.reply(replies[1])).reason
    assert [(await ana.row(each)).is_waiting for each in ids] == [False, True, False]
    assert len(channel.sent) == 1


async def test_an_edit_during_the_pause_stops_the_next_attempt(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    outbox_id = await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes = [Retry(5.0)]
    await deliver_next(ana.desk, ana.account_id, channel)
    ana.clock.pass_s(5)
    channel.changed = [Page("", [said("m1", text="It came!", edited=2)])]
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.FAILED
    assert "edited" in (await ana.reply(outbox_id)).reason


async def test_before_it_leaves_the_whole_thread_is_looked_at_the_message_answered_first(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    first = await ana.arrive(*(said(f"m{n:02}", minute=n - 60) for n in range(30)))
    await ana.queued(first, reply_to_id=await ana.message_id("m03"), seen_seq=await ana.seen())
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.SENT
    [ids] = channel.rechecked
    assert ids == ("m03", *(f"m{n:02}" for n in range(29, 10, -1)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Page("", [said("m1", text="Forget it.", minute=-9, edited=1)]), "1 edited"),
        (Page("", gone=[Gone("m1", at(1))]), "1 deleted"),
        (Page("", [said("m3", text="I found it.", minute=1)]), "1 new"),
    ],
)
async def test_what_is_learnt_of_the_thread_before_it_leaves_stops_it_if_the_writer_had_not_seen_it(
    ana: DeskAtHand, channel: ScriptedChannel, change: Page, told: str
) -> None:
    first = await ana.arrive(said("m1", minute=-9), said("m2", minute=-8))
    seen = await ana.seen()
    outbox_id = await ana.queued(first, "It left today.", seen_seq=seen)
    channel.changed = [change]
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.FAILED
    assert channel.sent == []
    assert f"({told}); read it and send again" in (await ana.reply(outbox_id)).reason
    row = await ana.row(first)
    assert (row.is_waiting, row.has_draft, row.outbox_state) == (True, True, STATES.FAILED)
    again = await ana.queued(first, "It left today.", seen_seq=await ana.seen())
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.SENT
    assert [reply.outbox_id for reply in channel.sent] == [again]


async def test_a_reply_by_command_is_not_stopped_by_what_came_later(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    first = await ana.arrive(said("m1"))
    await ana.queued(first)
    await ana.take_in(said("m2", minute=1))
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.SENT
    assert (await ana.row(first)).unanswered == 1


async def test_a_network_in_trouble_that_asks_for_rest_is_left_alone_before_it_is_asked_again(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    await ana.queued(await ana.arrive(said("m1")))
    channel.outcomes, channel.found = [Ambiguous("trouble (status 503)", 120.0)], ["r1"]
    await deliver_all(ana.desk, ana.account_id, channel)
    ana.clock.pass_s(119)
    await deliver_all(ana.desk, ana.account_id, channel)
    assert channel.sought == []
    ana.clock.pass_s(1)
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1


async def test_one_bad_reply_does_not_stop_the_others(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    for n in range(5):
        await ana.queued(await ana.arrive(said(f"m{n}", f"c{n}")))
    channel.outcomes = [Rejected("no"), Sent("r1"), Ambiguous(), Retry(600.0), Sent("r2")]
    assert await deliver_all(ana.desk, ana.account_id, channel) == 2
    assert len(channel.sent) == 5


async def test_it_is_known_whether_anything_is_on_its_way(ana: DeskAtHand, channel: ScriptedChannel) -> None:
    assert not await delivery.anything_open(ana.desk)
    await ana.queued(await ana.arrive(said("m1")), hold_s=5)
    assert await delivery.anything_open(ana.desk)


def test_pauses_double_up_to_a_quarter_of_an_hour() -> None:
    assert [pause_s(attempts, lambda: 1.0) for attempts in (1, 2, 3, 8, 12, 50)] == [4, 8, 16, 512, 900, 900]
    assert pause_s(3, lambda: 0.0) == 0.5
    assert 0.5 <= pause_s(3) <= 16


async def test_a_draft_that_says_it_is_damaged_does_not_leave(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    await ana.queued(await ana.arrive(said("m1")), f"It left today.\n{DAMAGED}")
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.FAILED
    assert channel.sent == []


async def test_a_reply_whose_text_was_damaged_on_the_disk_does_not_leave(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    first = await ana.arrive(said("m1"))
    outbox_id = await ana.queued(first, "It left today.")
    await ana.store.write(lambda tx: tx.change("UPDATE outbox SET text = 'It left toady.'"))
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.FAILED
    assert channel.sent == []
    assert (await ana.reply(outbox_id)).reason == delivery.TEXT_LOST
    [draft] = await ana.store.read(lambda tx: drafts.of_agent(tx, "ana"))
    assert (draft.text, draft.not_sent) == (DAMAGED, delivery.TEXT_LOST)
    await ana.store.write(lambda tx: row_hash.seal(tx, "outbox", outbox_id))
