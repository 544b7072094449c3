"""A private reply and the public line behind it: one draft, one undo, and the line never without the reply (F14)."""

from __future__ import annotations

import os
from typing import Any

import pytest
from tests.store.record_at_hand import Record, said

from careconsole.model.message import Visibility
from careconsole.model.reply import (
    AlreadyAnswered,
    Ambiguous,
    Enqueued,
    Mode,
    OutboxState,
    Rejected,
    Retry,
    Sent,
    TooWide,
)
from careconsole.store import delivery, drafts, outbox, queue, settling
from careconsole.store.rows import Draft, OutboxRow

STATES = OutboxState
LINE = "We have written to you in private."


async def pair(record: Record, conversation: int, **more: object) -> tuple[int, int]:
    """Both halves in the outbox; their ids."""
    given: dict[str, Any] = {"visibility": Visibility.DIRECT, "line": LINE, **more}
    own = await record.queued(conversation, "Your code is 1234.", **given)
    return own, own + 1


async def halves(record: Record) -> list[OutboxRow]:
    return await record.store.read(queue.outbox)


async def kept(record: Record) -> dict[Mode, Draft]:
    return {draft.mode: draft for draft in await record.store.read(lambda tx: drafts.of_agent(tx, "ana"))}


async def test_both_are_frozen_together_each_for_its_eyes(record: Record) -> None:
    first = await record.arrive(said("m1", visibility=Visibility.UNLISTED))
    own, line = await pair(record, first)
    private, public = await halves(record)
    assert (private.id, private.visibility, private.purpose, private.after_id) == (
        own,
        Visibility.DIRECT,
        "answer",
        None,
    )
    assert (public.id, public.visibility, public.purpose, public.after_id, public.text) == (
        line,
        Visibility.UNLISTED,
        "answer-line",
        own,
        LINE,
    )
    assert await record.waiting() == [] and (await record.row(first)).claimed_by is None
    answers = [(event["answers"], event.get("after")) for event in await record.events("queued")]
    assert answers == [([await record.message_id("m1")], None), ([], own)]


async def test_the_line_leaves_only_when_the_reply_is_sent(record: Record) -> None:
    first = await record.arrive(said("m1"))
    own, line = await pair(record, first)
    assert await record.take() == own and await record.take() is None
    await record.settle(own, Retry(10.0))
    assert await record.take() is None
    record.clock.pass_s(11)
    assert await record.take() == own
    await record.settle(own, Sent("r1"))
    assert await record.take() == line
    await record.settle(line, Sent("r2"))
    assert [row.state for row in await halves(record)] == [STATES.SENT, STATES.SENT]
    row = await record.row(first)
    assert (row.is_waiting, row.has_draft, row.messages) == (False, False, 3)


async def test_what_the_customer_wrote_meanwhile_goes_on_waiting(record: Record) -> None:
    first = await record.arrive(said("m1"))
    own, line = await pair(record, first)
    await record.settle(await record.take() or 0, Sent("r1"))
    await record.take_in(said("m2", minute=5))
    await record.take()
    await record.settle(line, Sent("r2"))
    assert (await record.row(first)).unanswered == 1 and own != line


async def test_a_refused_reply_takes_its_line_back_into_one_draft(record: Record) -> None:
    first = await record.arrive(said("m1"))
    own, line = await pair(record, first)
    await record.take()
    await record.settle(own, Rejected("no such person"))
    assert await record.state(line) is STATES.CANCELLED
    [draft] = (await kept(record)).values()
    assert (draft.mode, draft.text, draft.public_line, draft.not_sent) == (
        Mode.PRIVATE,
        "Your code is 1234.",
        LINE,
        "no such person",
    )
    assert await record.waiting() == [first] and await record.take() is None


async def test_of_a_reply_that_may_have_arrived_the_line_alone_is_a_draft(record: Record) -> None:
    first = await record.arrive(said("m1"))
    own, line = await pair(record, first)
    await record.take()
    await record.settle(own, Ambiguous())
    assert await record.state(line) is STATES.CANCELLED
    [draft] = (await kept(record)).values()
    assert (draft.mode, draft.text, draft.public_line) == (Mode.PUBLIC, LINE, "")
    assert draft.not_sent == settling.LINE_STAYS
    assert (await record.row(first)).outbox_state is STATES.UNKNOWN

    record.clock.pass_s(60)
    await record.act(delivery.take_unknown, record.accounts["shop"])
    await record.act(delivery.settle_looked_up, own, Sent("r1"), may_go_on=True)
    assert await record.take() is None, "it is for the agent to send now"
    [draft] = (await kept(record)).values()
    assert draft.text == LINE


async def test_a_reply_found_too_late_gives_no_line_back_twice(record: Record) -> None:
    first = await record.arrive(said("m1"))
    own, _ = await pair(record, first)
    await record.take()
    await record.settle(own, Ambiguous())
    record.clock.pass_s(60)
    await record.act(delivery.take_unknown, record.accounts["shop"])
    await record.act(delivery.settle_looked_up, own, None, may_go_on=False)
    both = await kept(record)
    assert (both[Mode.PUBLIC].text, both[Mode.PRIVATE].text, both[Mode.PRIVATE].public_line) == (
        LINE,
        "Your code is 1234.",
        "",
    )


async def test_a_line_that_is_refused_is_a_public_draft(record: Record) -> None:
    first = await record.arrive(said("m1"))
    own, line = await pair(record, first)
    await record.take()
    await record.settle(own, Sent("r1"))
    await record.take()
    await record.settle(line, Rejected("too many links"))
    [draft] = (await kept(record)).values()
    assert (draft.mode, draft.text, draft.not_sent) == (Mode.PUBLIC, LINE, "too many links")
    row = await record.row(first)
    assert (row.is_waiting, row.outbox_state) == (False, STATES.FAILED)


@pytest.mark.parametrize("half", [0, 1])
async def test_one_undo_is_for_both_whichever_half_is_named(record: Record, half: int) -> None:
    first = await record.arrive(said("m1"))
    ids = await pair(record, first, hold_s=10.0)
    assert await record.act(outbox.withdraw, ids[half], "ana") == ids[0]
    assert [row.state for row in await halves(record)] == [STATES.CANCELLED] * 2
    [draft] = (await kept(record)).values()
    assert (draft.mode, draft.text, draft.public_line) == (Mode.PRIVATE, "Your code is 1234.", LINE)
    assert await record.act(outbox.withdraw, ids[1 - half], "ana") is None
    assert isinstance(await record.enqueue(first, visibility=Visibility.DIRECT, line=LINE), Enqueued)


@pytest.mark.parametrize("half", [0, 1])
async def test_both_are_let_go_at_once(record: Record, half: int) -> None:
    first = await record.arrive(said("m1"))
    ids = await pair(record, first, hold_s=10.0)
    assert await record.take() is None
    assert await record.act(outbox.let_go, ids[half])
    assert not await record.act(outbox.let_go, ids[1 - half])
    assert [row.state for row in await halves(record)] == [STATES.QUEUED] * 2
    assert (await record.row(first)).claimed_by is None
    assert await record.take() == ids[0]


async def test_once_the_reply_has_left_the_line_alone_can_be_withdrawn(record: Record) -> None:
    first = await record.arrive(said("m1"))
    own, line = await pair(record, first)
    await record.take()
    assert await record.act(outbox.withdraw, own, "ana") is None
    assert await record.act(outbox.withdraw, line, "ana") == line
    assert (await kept(record))[Mode.PUBLIC].text == LINE
    await record.settle(own, Sent("r1"))
    assert await record.take() is None


async def test_a_console_that_died_leaves_one_draft_of_both(record: Record, other: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(delivery.sign_on, "ana", os.getpid())
    ids = await pair(record, first, hold_s=10.0)
    await record.act(delivery.sign_off)
    assert await other.act(delivery.bring_back_held, "the console ended") == [ids[0]]
    [draft] = (await kept(record)).values()
    assert (draft.mode, draft.public_line, draft.not_sent) == (Mode.PRIVATE, LINE, "the console ended")


async def test_a_line_is_for_a_private_reply_to_a_public_message(record: Record) -> None:
    public, private = (
        await record.arrive(said("m1")),
        await record.arrive(said("m2", "dan", visibility=Visibility.DIRECT)),
    )
    for conversation, more in (
        (public, {}),
        (private, {}),
        (private, {"visibility": Visibility.DIRECT}),
    ):
        assert isinstance(await record.enqueue(conversation, line=LINE, **more), TooWide)  # type: ignore[arg-type]
    assert await halves(record) == []


async def test_an_earlier_half_stops_both(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await pair(record, first)
    again = await record.enqueue(first, visibility=Visibility.DIRECT, line=LINE)
    assert isinstance(again, AlreadyAnswered) and len(await halves(record)) == 2
    await pair(record, first, purpose="part-2")
    assert [row.purpose for row in await halves(record)][2:] == ["part-2", "part-2-line"]


async def test_the_agents_own_public_draft_is_left_alone(record: Record) -> None:
    first = await record.arrive(said("m1"))
    for mode in (Mode.PUBLIC, Mode.PRIVATE):
        await record.act(
            drafts.save, Draft(first, "ana", mode, "Your code", 0, 0, None, 0, "", public_line=LINE)
        )
    await pair(record, first)
    assert list(await kept(record)) == [Mode.PUBLIC]


async def test_what_was_begun_meanwhile_is_kept_beside_the_withdrawn_halves(record: Record) -> None:
    first = await record.arrive(said("m1"))
    own, _ = await pair(record, first, hold_s=10.0)
    begun = Draft(first, "ana", Mode.PRIVATE, "One thing more.", 0, 0, None, 0, "", public_line="And again.")
    await record.act(drafts.save, begun)
    await record.act(outbox.withdraw, own, "ana")
    [draft] = (await kept(record)).values()
    assert draft.text == "Your code is 1234.\nOne thing more." and draft.public_line == f"{LINE} And again."


async def test_a_draft_of_a_line_alone_is_kept(record: Record) -> None:
    first = await record.arrive(said("m1"))
    await record.act(drafts.save, Draft(first, "ana", Mode.PRIVATE, "", 0, 0, None, 0, "", public_line=LINE))
    assert (await kept(record))[Mode.PRIVATE].public_line == LINE
    await record.act(drafts.save, Draft(first, "ana", Mode.PRIVATE, " ", 0, 0, None, 0, "", public_line=" "))
    assert await kept(record) == {}
