"""Drafts, notes and sending from the desk, up to the moment at which a reply leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, sitting
from tests.store.record_at_hand import FakeClock, at_us, said

from careconsole.desk import opening, replies
from careconsole.desk.delivery import deliver_next
from careconsole.desk.replies import NoConversation
from careconsole.model.conversation import HeldBy, Lost, Resolved
from careconsole.model.message import Visibility
from careconsole.model.reply import (
    AlreadyAnswered,
    Ambiguous,
    Change,
    Enqueued,
    Growth,
    Mode,
    OutboxState,
    ReplyTo,
    ThreadGrew,
    TooWide,
)
from careconsole.store import acts, outbox
from careconsole.store.drafts import Returned

STATES = OutboxState


async def sent(desk: DeskAtHand, conversation: int, text: str = "It left.", **more: object) -> int:
    done = await replies.send(desk.desk, conversation, text=text, **more)  # type: ignore[arg-type]
    assert isinstance(done, Enqueued), done
    return done.outbox_id


async def test_without_a_fence_sending_claims_if_it_is_free(ana: DeskAtHand, ben: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    await sent(ana, first)
    await ana.take_in(said("m2", minute=1))
    assert (await ana.row(first)).owner == "ana"
    other = await ana.arrive(said("d1", "dan"))
    await ben.claim(other, "ben")
    assert await replies.send(ana.desk, other, text="Hi") == HeldBy(other, "ben", at_us(0))
    assert await replies.send(ana.desk, 99, text="Hi") == NoConversation(99)
    await ben.act(acts.resolve, other, "ben", "noise")
    assert await replies.send(ana.desk, other, text="Hi") == Resolved(other)


async def test_with_a_fence_it_must_still_be_ones_own(ana: DeskAtHand, ben: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    fence = await ana.claim(first)
    ana.clock.pass_s(121)
    assert await replies.send(ana.desk, first, text="Hi", fence=fence) == Lost(first, None)
    await ben.claim(first, "ben")
    assert await replies.send(ana.desk, first, text="Hi", fence=fence) == Lost(first, "ben")


async def test_nothing_is_sent_twice_or_past_a_thread_that_grew(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    seen = await ana.seen()
    await ana.take_in(said("m2", minute=1))
    grew = await replies.send(ana.desk, first, text="Hi", seen_seq=seen)
    assert isinstance(grew, ThreadGrew)
    assert grew.changes == (Change(f"m{await ana.message_id('m2')}", Growth.NEW),)
    outbox_id = await sent(ana, first, seen_seq=grew.seen_seq)
    again = await replies.send(ana.desk, first, text="Hi")
    assert again == AlreadyAnswered(outbox_id, "ana", STATES.QUEUED)


@pytest.mark.parametrize(
    ("came", "wanted", "undo_s"),
    [
        (Visibility.PUBLIC, None, 10),
        (Visibility.PUBLIC, Visibility.PUBLIC, 10),
        (Visibility.PUBLIC, Visibility.DIRECT, 5),
        (Visibility.DIRECT, None, 5),
    ],
)
async def test_the_undo_window_is_that_of_where_it_goes(
    ana: DeskAtHand, came: Visibility, wanted: Visibility | None, undo_s: float
) -> None:
    first = await ana.arrive(said("m1", visibility=came))
    outbox_id = await sent(ana, first, visibility=wanted, hold=True)
    row = await ana.reply(outbox_id)
    assert (row.state, row.held_until_us) == (STATES.HELD, at_us(undo_s / 60))
    assert [each.id for each in await replies.held(ana.desk)] == [outbox_id]


async def test_wider_than_what_it_answers_needs_its_own_word(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", visibility=Visibility.DIRECT))
    refused = await replies.send(ana.desk, first, text="Hi", visibility=Visibility.PUBLIC)
    assert refused == TooWide(Visibility.DIRECT)
    await sent(ana, first, visibility=Visibility.PUBLIC, wider=True)


async def test_a_withdrawn_reply_is_a_draft_again(ana: DeskAtHand, ben: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    await replies.save_draft(ana.desk, first, Mode.PUBLIC, "It l", 4)
    outbox_id = await sent(ana, first, "It left.", hold=True)
    assert await replies.my_drafts(ana.desk) == []
    assert await replies.withdraw(ben.desk, outbox_id) is None
    draft = await replies.withdraw(ana.desk, outbox_id)
    assert draft is not None
    assert (draft.text, draft.mode, draft.not_sent) == ("It left.", Mode.PUBLIC, "")
    assert await replies.drafts_of(ana.desk, first) == [draft]
    assert await replies.withdraw(ana.desk, outbox_id) is None
    assert not await replies.let_go(ana.desk, outbox_id)


async def test_what_was_let_go_leaves(ana: DeskAtHand, ben: DeskAtHand, channel: ScriptedChannel) -> None:
    outbox_id = await sent(ana, await ana.arrive(said("m1")), hold=True)
    assert await deliver_next(ana.desk, ana.account_id, channel) is None
    assert not await replies.let_go(ben.desk, outbox_id)
    assert await replies.let_go(ana.desk, outbox_id)
    assert await deliver_next(ana.desk, ana.account_id, channel) is STATES.SENT
    assert await replies.withdraw(ana.desk, outbox_id) is None


async def test_each_part_of_an_answer_has_its_purpose(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    message_id = await ana.message_id("m1")
    purposes = []
    for _ in range(3):
        purpose = await replies.next_purpose(ana.desk, first, message_id)
        purposes.append(purpose)
        await sent(ana, first, purpose=purpose)
    assert purposes == ["answer", "part-2", "part-3"]


async def test_drafts_and_notes(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    await replies.save_draft(ana.desk, first, Mode.NOTE, "call", 4)
    await replies.save_draft(ana.desk, first, Mode.PUBLIC, "Hello", 5, ReplyTo(1, 1), 1)
    assert {draft.mode for draft in await replies.drafts_of(ana.desk, first)} == {Mode.NOTE, Mode.PUBLIC}
    await replies.drop_draft(ana.desk, first, Mode.PUBLIC)
    assert await replies.write_note(ana.desk, first, "call them") == 1
    assert await replies.my_drafts(ana.desk) == []
    assert await replies.write_note(ana.desk, 99, "hm") is None


async def test_an_unknown_reply_is_settled_by_an_agents_word(
    ana: DeskAtHand, channel: ScriptedChannel
) -> None:
    ids = [await ana.arrive(said(f"m{n}", f"c{n}")) for n in range(2)]
    there, again = [await sent(ana, each) for each in ids]
    channel.outcomes = [Ambiguous(), Ambiguous()]
    assert not await replies.confirm_there(ana.desk, there, "r1")
    for _ in ids:
        await deliver_next(ana.desk, ana.account_id, channel)
    assert await replies.confirm_there(ana.desk, there, "r1")
    assert await replies.send_again(ana.desk, again, "she says nothing came")
    assert [await ana.state(each) for each in (there, again)] == [STATES.SENT, STATES.UNKNOWN]
    assert not await replies.send_again(ana.desk, there, "why not")
    assert not await replies.send_again(ana.desk, 99, "")
    assert not await replies.confirm_there(ana.desk, 99, "r1")


# --- coming and going ---


async def test_who_leaves_takes_held_replies_back(ana: DeskAtHand) -> None:
    await opening.sign_on(ana.desk)
    outbox_id = await sent(ana, await ana.arrive(said("m1")), hold=True)
    await opening.sign_off(ana.desk)
    assert await ana.state(outbox_id) is STATES.CANCELLED
    [draft] = await replies.my_drafts(ana.desk)
    assert draft.not_sent == opening.NOT_SENT
    assert [kind for kind in await ana.kinds() if kind.startswith("signed")] == ["signed_on", "signed_off"]


async def test_a_console_that_crashed_is_cleaned_up_after_by_the_next(
    home: Path, clock: FakeClock, ana: DeskAtHand, ben: DeskAtHand
) -> None:
    async with sitting(home, clock, agent="cem", known=ana.accounts) as cem:
        await opening.sign_on(cem.desk)
        outbox_id = await sent(cem, await ana.arrive(said("m1")), hold=True)
        # it dies here: nothing is put in order
    await ana.store.write(lambda tx: tx.change("UPDATE session SET process_mark = 'another process'"))
    assert await opening.sign_on(ben.desk) == [outbox_id]
    assert await ana.state(outbox_id) is STATES.CANCELLED
    async with sitting(home, clock, agent="cem", known=ana.accounts) as cem:
        assert await opening.sign_on(cem.desk) == []
        [draft] = await replies.my_drafts(cem.desk)
        assert (draft.text, draft.not_sent) == ("It left.", opening.NOT_SENT)


async def test_two_consoles_do_not_take_each_others_held_replies(ana: DeskAtHand, ben: DeskAtHand) -> None:
    await opening.sign_on(ana.desk)
    outbox_id = await sent(ana, await ana.arrive(said("m1")), hold=True)
    assert await opening.sign_on(ben.desk) == []
    assert await ana.state(outbox_id) is STATES.HELD


async def test_away_and_back_are_events(ana: DeskAtHand) -> None:
    await opening.set_away(ana.desk, True)
    await opening.set_away(ana.desk, False)
    assert [event["kind"] for event in await ana.events() if event["agent"] == "ana"] == ["away", "back"]


async def test_a_reply_that_comes_back_is_not_overwritten_by_what_is_written_meanwhile(
    ana: DeskAtHand,
) -> None:
    first = await ana.arrive(said("m1"))
    held = await sent(ana, first, "It will not leave.", hold=True)

    async def save(text: str, since_us: int) -> replies.SavedDraft:
        ana.clock.pass_s(1)
        return await replies.save_draft(ana.desk, first, Mode.PUBLIC, text, len(text), since_us=since_us)

    begun = await save("And", 0)
    ana.clock.pass_s(1)
    await ana.act(outbox.withdraw, held, "ana", "not sent: refused")
    saved = await save("And then", begun.at_us)
    assert saved.came_back == Returned("It will not leave.", "", "not sent: refused")
    [draft] = await replies.my_drafts(ana.desk)
    assert (draft.text, draft.cursor) == ("It will not leave.\nAnd then", 27)
    again = await save("And then more", begun.at_us)
    assert again.came_back == saved.came_back, "as long as nobody has shown it to the writer"
    await replies.drop_draft(ana.desk, first, Mode.PUBLIC, begun.at_us)
    [draft] = await replies.my_drafts(ana.desk)
    assert (draft.text, draft.not_sent) == ("It will not leave.\nAnd then more", "not sent: refused")
    assert (await save("It will not leave.\nAnd so on", again.at_us)).came_back is None
    [draft] = await replies.my_drafts(ana.desk)
    assert (draft.text, draft.not_sent) == ("It will not leave.\nAnd so on", "")
    await replies.drop_draft(ana.desk, first, Mode.PUBLIC, draft.saved_us)
    assert await replies.my_drafts(ana.desk) == []


async def test_where_the_words_were_taken_away_all_that_came_back_is_kept(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    held = await sent(ana, first, "It will not leave.", hold=True)
    ana.clock.pass_s(1)
    await ana.act(outbox.withdraw, held, "ana", "not sent: refused")
    saved = await replies.save_draft(ana.desk, first, Mode.PUBLIC, "New", 3, since_us=0)
    assert saved.came_back is not None and saved.came_back.text == "It will not leave."
    [draft] = await replies.my_drafts(ana.desk)
    assert draft.text == "It will not leave.\nNew"


async def test_a_reply_that_is_refused_claims_nothing(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("d1", visibility=Visibility.DIRECT))
    assert isinstance(await replies.send(ana.desk, first, text="Hi", visibility=Visibility.PUBLIC), TooWide)
    assert (await ana.row(first)).claimed_by is None
    fence = await ana.claim(first)
    assert isinstance(
        await replies.send(ana.desk, first, text="Hi", visibility=Visibility.PUBLIC, fence=fence), TooWide
    )
    assert (await ana.row(first)).claimed_by == "ana", "what was mine before stays mine"


async def test_the_public_line_of_what_comes_back_is_kept_too(ana: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    held = await sent(
        ana, first, "For you.", visibility=Visibility.DIRECT, line="We have written to you.", hold=True
    )
    ana.clock.pass_s(1)
    await ana.act(outbox.withdraw, held, "ana", "not sent: refused")
    await replies.save_draft(ana.desk, first, Mode.PRIVATE, "New", 3, line="Look there.", since_us=0)
    [draft] = await replies.my_drafts(ana.desk)
    assert (draft.text, draft.public_line) == ("For you.\nNew", "We have written to you. Look there.")
