"""A trainee's reply waits for a second person, whose word lets out just what they read; nothing true is hidden."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.desk.desk_at_hand import DeskAtHand, ScriptedChannel, sitting
from tests.store.record_at_hand import FakeClock, ours, said

from careconsole.channels.factory import open_channel
from careconsole.desk import approvals, opening, replies, routing, work
from careconsole.desk.allowing import NotAllowed
from careconsole.desk.approvals import ApprovalState, NoRequest
from careconsole.desk.delivery import deliver_all
from careconsole.desk.reporting.facts import Facts
from careconsole.desk.reporting.figures import Window, count
from careconsole.desk.reporting.ledger import Ledger
from careconsole.model.approval import NotWaiting, OwnRequest, Submitted, WaitsAgain
from careconsole.model.conversation import Claimed, Disposition, HeldBy
from careconsole.model.message import Kind, Visibility
from careconsole.model.reply import Enqueued, Growth, Mode, OutboxState, ThreadGrew, TooWide
from careconsole.model.rights import Role
from careconsole.model.roster import Person, Roster
from careconsole.store import claims, events

HOUSE = Roster(
    {
        "ana": Person("ana", "ana", Role.AGENT, is_senior=True),
        "ben": Person("ben", "ben", Role.AGENT),
        "mia": Person("mia", "mia", Role.SUPERVISOR),
        "tim": Person("tim", "tim", Role.TRAINEE, releases=frozenset({Kind.PRAISE})),
        "tia": Person("tia", "tia", Role.TRAINEE),
    }
)
LINE = "We have written to you in private."


@pytest.fixture
async def tim(home: Path, clock: FakeClock, ana: DeskAtHand) -> AsyncIterator[DeskAtHand]:
    """Tim, who may send praise alone, before Ana's record."""
    ana.desk.take_roster(HOUSE)
    async with sitting(home, clock, agent="tim", known=ana.accounts, roster=HOUSE) as at_hand:
        yield at_hand


@pytest.fixture
async def mia(home: Path, clock: FakeClock, ana: DeskAtHand) -> AsyncIterator[DeskAtHand]:
    """Mia, who supervises, before Ana's record."""
    async with sitting(home, clock, agent="mia", known=ana.accounts, roster=HOUSE) as at_hand:
        yield at_hand


async def submitted(tim: DeskAtHand, conversation: int, text: str = "It left today.", **more: object) -> int:
    """Tim asks for approval; the id of the request."""
    done = await replies.send(tim.desk, conversation, text=text, **more)  # type: ignore[arg-type]
    assert isinstance(done, Submitted), done
    return done.approval_id


async def approved(desk: DeskAtHand, request: int, **more: object) -> int:
    """Somebody approves; the id in the outbox."""
    done = await approvals.approve(desk.desk, request, **more)  # type: ignore[arg-type]
    assert isinstance(done, Enqueued), done
    return done.outbox_id


async def of(desk: DeskAtHand, request: int) -> approvals.Approval:
    found = await approvals.one(desk.desk, request)
    assert found is not None
    return found


# ---- asking -----------------------------------------------------------------------------------------------------


async def test_a_trainee_asks_and_nothing_is_hidden(ana: DeskAtHand, tim: DeskAtHand) -> None:
    """No reply is made, the claim ends, and the conversation waits on with its clock."""
    first = await ana.arrive(said("m1"))
    before = await ana.row(first)
    assert isinstance(await routing.claim(tim.desk, first), Claimed)
    await replies.save_draft(tim.desk, first, Mode.PUBLIC, "It left today.", 3)
    done = await replies.send(tim.desk, first, text="It left today.", seen_seq=await ana.seen(), hold=True)
    assert done == Submitted(1, 1)
    assert await ana.ask("SELECT count(*) FROM outbox") == [(0,)]
    after = await ana.row(first)
    assert after.claimed_by is None and after.is_waiting and after.key == before.key
    assert (await ana.events("released"))[-1]["reason"] == "waits for approval"
    [asked] = await ana.events("approval_asked")
    assert (asked["agent"], asked["approval"], asked["conversation_id"]) == ("tim", 1, first)
    assert "left today" not in str(asked)
    assert await replies.drafts_of(tim.desk, first) == []
    assert after.awaits_approval and not before.awaits_approval


async def test_the_position_is_that_of_the_queue(ana: DeskAtHand, tim: DeskAtHand) -> None:
    late, early = (
        await ana.arrive(said("m1", "cara", minute=5)),
        await ana.arrive(said("m2", "dan", minute=-5)),
    )
    assert await replies.send(tim.desk, late, text="Hello") == Submitted(1, 1)
    assert await replies.send(tim.desk, early, text="Hello") == Submitted(2, 1)
    assert [each.id for each in await approvals.waiting(ana.desk)] == [2, 1]
    assert [(each.id, each.position) for each in await approvals.mine(tim.desk)] == [(2, 1), (1, 2)]
    assert await approvals.mine(ana.desk) == []


async def test_what_cannot_be_sent_cannot_be_asked_for(ana: DeskAtHand, tim: DeskAtHand) -> None:
    """The claim, the thread and the eyes are checked as at sending; what was claimed for it is free again."""
    first = await ana.arrive(said("m1", visibility=Visibility.DIRECT))
    seen = await ana.seen()
    assert await replies.send(tim.desk, first, text="Hi", visibility=Visibility.PUBLIC) == TooWide(
        Visibility.DIRECT
    )
    assert (await ana.row(first)).claimed_by is None
    await ana.arrive(said("m2", minute=1, visibility=Visibility.DIRECT))
    assert isinstance(await replies.send(tim.desk, first, text="Hi", seen_seq=seen), ThreadGrew)
    assert isinstance(await routing.claim(ana.desk, first), Claimed)
    assert isinstance(await replies.send(tim.desk, first, text="Hi"), HeldBy)
    assert await approvals.waiting(ana.desk) == []


async def test_asking_again_replaces_what_was_asked_for(ana: DeskAtHand, tim: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    one, two = await submitted(tim, first, "One"), await submitted(tim, first, "Two")
    assert [(each.id, each.text) for each in await approvals.waiting(ana.desk)] == [(two, "Two")]
    assert (await of(ana, one)).state is ApprovalState.WITHDRAWN


@pytest.mark.parametrize("kinds", [(Kind.PRAISE,), (Kind.PRAISE, Kind.QUESTION), (Kind.IDEA,)])
async def test_a_released_kind_is_sent_alone(
    ana: DeskAtHand, tim: DeskAtHand, kinds: tuple[Kind, ...]
) -> None:
    """Everything that waits must be released."""
    for number, kind in enumerate(kinds):
        first = await ana.arrive(said(f"m{number}", minute=number, kind=kind))
    done = await replies.send(tim.desk, first, text="Thank you!")
    assert isinstance(done, Enqueued if set(kinds) == {Kind.PRAISE} else Submitted)


async def test_an_emergency_is_never_sent_alone(ana: DeskAtHand, tim: DeskAtHand) -> None:
    first = await ana.arrive(said("m1", kind=Kind.PRAISE))
    assert await work.set_tier(ana.desk, first, 0) is not None
    assert isinstance(await replies.send(tim.desk, first, text="Thank you!"), Submitted)


async def test_releases_cannot_be_talked_around(ana: DeskAtHand, tim: DeskAtHand) -> None:
    """A trainee sets neither kind nor tier, nor ends a conversation."""
    first = await ana.arrive(said("m1"))
    for act in (
        work.set_kind(tim.desk, first, Kind.PRAISE),
        work.set_tier(tim.desk, first, 1),
        work.resolve(tim.desk, first, Disposition.ANSWERED),
    ):
        with pytest.raises(NotAllowed):
            await act
    assert isinstance(await replies.send(tim.desk, first, text="Hi"), Submitted)


async def test_a_further_part_to_what_is_answered_waits_too(ana: DeskAtHand, tim: DeskAtHand) -> None:
    """Where nothing waits the kind of the conversation counts."""
    question, praise = await ana.arrive(said("m1")), await ana.arrive(said("m2", "dan", kind=Kind.PRAISE))
    for id in (question, praise):
        assert isinstance(await replies.send(ana.desk, id, text="Hello"), Enqueued)
    assert isinstance(await replies.send(tim.desk, question, text="And", purpose="part-2"), Submitted)
    assert isinstance(await replies.send(tim.desk, praise, text="And", purpose="part-2"), Enqueued)


# ---- approving --------------------------------------------------------------------------------------------------


def texts() -> list[str]:
    corpus = (Path(__file__).parents[1] / "hostile_corpus.jsonl").read_text("ascii").splitlines()
    hostile = [found["text"] for line in corpus[::9] if "text" in (found := json.loads(line))]
    own = [
        "Žao nam je.\n\n– Čuvamo ga  ",
        "您好 👩‍👩‍👧",
        "  lead and trail \t\n",
        "Привет, \u202eabc",
        "e\u0301 é",
        "[b]x[/b]",
    ]
    return [text for text in (*own, *hostile) if text.strip()]


async def test_the_approved_text_is_the_text_sent(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand, home: Path, clock: FakeClock
) -> None:
    """Byte for byte, through the outbox to the log of the channel, whatever stands in it."""
    channel = open_channel(
        network="file",
        account="shop",
        url=None,
        token_file=None,
        home=home,
        recording=None,
        speed=1.0,
        now=clock.now,
    )
    wanted = []
    for number, text in enumerate(texts()):
        request = await submitted(tim, await ana.arrive(said(f"m{number}", f"c{number}")), text)
        await approved(mia, request)
        wanted.append(text)
    assert len(wanted) > 20
    assert await deliver_all(ana.desk, ana.account_id, channel) == len(wanted)
    [log] = (home / "sent").iterdir()
    assert [json.loads(line)["text"] for line in log.read_text("ascii").splitlines()] == wanted


async def test_what_the_approver_changed_is_sent_and_both_are_kept(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand, channel: ScriptedChannel
) -> None:
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first, "It left today", line=LINE, visibility=Visibility.DIRECT)
    outbox_id = await approved(mia, request, text="It left today.")
    assert await deliver_all(ana.desk, ana.account_id, channel) == 2
    assert [reply.text for reply in channel.sent] == ["It left today.", LINE]
    found = await of(ana, request)
    assert (found.state, found.text, found.edited_text) == (
        ApprovalState.APPROVED,
        "It left today",
        "It left today.",
    )
    assert (found.decided_by, found.outbox_id) == ("mia", outbox_id)
    [event] = await ana.events("approved")
    assert (event["agent"], event["author"], event["edited"], event["outbox_id"]) == (
        "mia",
        "tim",
        True,
        outbox_id,
    )


async def test_the_reply_is_its_writers_and_the_approval_the_approvers(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand, channel: ScriptedChannel
) -> None:
    """The thread and the numbers name the trainee; who let it go stands in the record and in the log."""
    first = await ana.arrive(said("m1"))
    outbox_id = await approved(mia, await submitted(tim, first))
    assert await deliver_all(ana.desk, ana.account_id, channel) == 1
    assert (await ana.reply(outbox_id)).agent == "tim"
    assert await ana.ask("SELECT approved_by FROM outbox") == [("mia",)]
    assert await ana.ask("SELECT agent FROM message WHERE direction = 'out'") == [("tim",)]
    accounts = dict(await ana.ask("SELECT id, name FROM account"))
    facts = Facts()
    ledger = Ledger(facts, accounts, ana.store.policy)
    ledger.take(await ana.store.read(lambda tx: events.log_after(tx, 0, 1000)))
    figures = count(ledger, facts, Window(0, ana.clock.now_us() + 1), accounts)
    assert figures["focus", "agent", "tim"].of == 1  # answers in the window
    assert ("focus", "agent", "mia") not in figures
    assert (await ana.row(first)).claimed_by is None


async def test_who_may_approve(ana: DeskAtHand, tim: DeskAtHand, home: Path, clock: FakeClock) -> None:
    """A supervisor, and an agent who is senior; no other agent, and nobody their own."""
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first)
    for name in ("tim", "ben", "tia"):
        async with sitting(home, clock, agent=name, known=ana.accounts, roster=HOUSE) as other:
            for act in (
                approvals.approve(other.desk, request),
                approvals.hand_back(other.desk, request, "no"),
            ):
                with pytest.raises(NotAllowed, match="has no right to approve"):
                    await act
    risen = Roster({**HOUSE.people, "tim": Person("tim", "tim", Role.SUPERVISOR)})
    tim.desk.take_roster(risen)
    assert await approvals.approve(tim.desk, request) == OwnRequest(request)
    await approved(ana, request)


async def test_a_role_at_an_account_decides_there(
    ana: DeskAtHand, tim: DeskAtHand, home: Path, clock: FakeClock
) -> None:
    request = await submitted(tim, await ana.arrive(said("m1")))
    for at, role in (("shop", Role.AGENT), ("news", Role.SUPERVISOR)):
        person = Person("mia", "mia", Role.SUPERVISOR if at == "shop" else Role.AGENT, {at: role})
        async with sitting(
            home, clock, agent="mia", known=ana.accounts, roster=Roster({"mia": person})
        ) as mia:
            with pytest.raises(NotAllowed, match="at the account shop"):
                await approvals.approve(mia.desk, request)


async def test_somebody_else_holds_it(ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first)
    assert isinstance(await routing.claim(ana.desk, first), Claimed)
    done = await approvals.approve(mia.desk, request)
    assert isinstance(done, HeldBy) and done.agent == "ana"
    assert (await of(ana, request)).state is ApprovalState.WAITING


async def test_there_is_no_such_request(mia: DeskAtHand) -> None:
    assert isinstance(await approvals.approve(mia.desk, 7), NoRequest)
    assert (
        await approvals.hand_back(mia.desk, 7, "no") is None
        and await approvals.take_back(mia.desk, 7) is None
    )


async def test_twice_is_once(ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand) -> None:
    request = await submitted(tim, await ana.arrive(said("m1")))
    await approved(mia, request)
    assert await approvals.approve(ana.desk, request) == NotWaiting(request, ApprovalState.APPROVED, "mia")
    assert await ana.ask("SELECT count(*) FROM outbox") == [(1,)]


# ---- the thread grew --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["wrote", "edited", "deleted"])
async def test_what_grew_is_shown_and_asked_about_again(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand, what: str
) -> None:
    """Nothing is sent, and nobody holds it for that. Who has seen it may approve, but never a reply to nothing."""
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first, seen_seq=await ana.seen())
    seen = await ana.seen()
    await ana.arrive(
        said("m2", minute=1) if what == "wrote" else said("m1", text="No, two parcels?", **{what: 1.0}),  # type: ignore[arg-type]
    )
    grew = await approvals.approve(mia.desk, request, seen_seq=seen)
    assert isinstance(grew, ThreadGrew) and len(grew.changes) == 1
    assert (
        await ana.ask("SELECT count(*) FROM outbox") == [(0,)] and (await ana.row(first)).claimed_by is None
    )
    assert isinstance(
        await approvals.approve(mia.desk, request), ThreadGrew
    )  # nor by what the writer had seen
    assert grew.answered == {"edited": Growth.EDITED, "deleted": Growth.DELETED}.get(what)
    again = await approvals.approve(mia.desk, request, seen_seq=grew.seen_seq)
    if what == "deleted":
        assert isinstance(again, ThreadGrew) and again.answered is Growth.DELETED
    else:
        assert isinstance(again, Enqueued)


async def test_a_note_counts_and_ones_own_does_not(ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first, seen_seq=await ana.seen())
    await replies.write_note(ana.desk, first, "Careful.")
    assert isinstance(await approvals.approve(mia.desk, request), ThreadGrew)
    assert isinstance(await approvals.approve(ana.desk, request), Enqueued)


@pytest.mark.parametrize("how", ["answered", "resolved", "elsewhere", "next cycle"])
async def test_what_was_overtaken_goes_back_as_a_draft(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand, how: str
) -> None:
    """By itself, before anybody approves, and at the approving at the latest."""
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first)
    assert not await approvals.overtaken(ana.desk)
    if how == "answered":
        await ana.queued(first)
    elif how == "elsewhere":
        await ana.take_in(ours("o1", "m1"))
    else:
        await work.resolve(ana.desk, first, Disposition.ANSWERED)
        if how == "next cycle":
            await ana.arrive(said("m2", minute=9))
    assert await approvals.waiting(ana.desk) == []
    done = await approvals.approve(mia.desk, request)
    why = (
        "it was answered meanwhile"
        if how in ("answered", "elsewhere")
        else "the conversation was resolved meanwhile"
    )
    assert done == NotWaiting(request, ApprovalState.STALE, None, why)
    [draft] = await replies.drafts_of(tim.desk, first)
    assert (draft.text, draft.not_sent) == ("It left today.", f"not approved: {why}")
    assert [event["approval"] for event in await ana.events("approval_stale")] == [request]


async def test_a_reply_that_is_only_held_overtakes_nothing(ana: DeskAtHand, tim: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first)
    held = await ana.queued(first, hold_s=10)
    assert await approvals.overtaken(ana.desk) == []
    await replies.withdraw(ana.desk, held)
    assert [each.id for each in await approvals.waiting(ana.desk)] == [request]


async def test_of_two_requests_the_second_is_overtaken_by_the_first(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand, home: Path, clock: FakeClock
) -> None:
    first = await ana.arrive(said("m1"))
    one = await submitted(tim, first, "From Tim")
    async with sitting(home, clock, agent="tia", known=ana.accounts, roster=HOUSE) as tia:
        two = await submitted(tia, first, "From Tia")
        await approved(mia, two)
        assert await approvals.overtaken(ana.desk) == [one]
        assert await replies.drafts_of(tia.desk, first) == []
    assert [draft.text for draft in await replies.drafts_of(tim.desk, first)] == ["From Tim"]


# ---- back -------------------------------------------------------------------------------------------------------


async def test_given_back_it_is_a_draft_with_the_reason(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand
) -> None:
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first, "Nope", visibility=Visibility.DIRECT, line=LINE)
    assert await approvals.hand_back(mia.desk, request, "Too curt.") is not None
    [draft] = await replies.drafts_of(tim.desk, first)
    assert (draft.mode, draft.text, draft.public_line) == (Mode.PRIVATE, "Nope", LINE)
    assert draft.not_sent == "returned by @mia: Too curt."
    found = await of(ana, request)
    assert (found.state, found.decided_by, found.reason) == (ApprovalState.RETURNED, "mia", "Too curt.")
    [event] = await ana.events("approval_returned")
    assert event["agent"] == "mia" and "curt" not in str(event)
    assert not (await ana.row(first)).awaits_approval
    assert await submitted(tim, first, "Better") != request


async def test_the_writer_takes_it_back(ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand) -> None:
    """Theirs alone, below which stands what they have begun meanwhile."""
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first, "One")
    await replies.save_draft(tim.desk, first, Mode.PUBLIC, "Two", 0)
    assert await approvals.take_back(ana.desk, request) is None
    assert await approvals.take_back(tim.desk, request) is not None
    assert [(each.text, each.not_sent) for each in await replies.drafts_of(tim.desk, first)] == [
        ("One\nTwo", "")
    ]
    assert await approvals.take_back(tim.desk, request) is None
    assert await approvals.approve(mia.desk, request) == NotWaiting(request, ApprovalState.WITHDRAWN, "tim")


# ---- the undo window --------------------------------------------------------------------------------------------


async def test_the_undo_window_is_the_approvers(ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand) -> None:
    first = await ana.arrive(said("m1"))
    outbox_id = await approved(mia, await submitted(tim, first), hold=True)
    assert (await ana.reply(outbox_id)).state is OutboxState.HELD
    assert [row.id for row in await replies.held(mia.desk)] == [outbox_id] and await replies.held(
        tim.desk
    ) == []
    assert not await replies.let_go(tim.desk, outbox_id)
    assert (await ana.row(first)).claimed_by == "mia"
    assert await replies.let_go(mia.desk, outbox_id) is True
    assert (await ana.row(first)).claimed_by is None
    [queued] = await ana.events("queued")
    assert queued["agent"] == "tim"


async def test_taken_back_by_the_approver_it_waits_again(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand
) -> None:
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first, line=LINE, visibility=Visibility.DIRECT)
    outbox_id = await approved(mia, request, text="Changed", hold=True)
    assert await replies.withdraw(mia.desk, outbox_id + 1) == WaitsAgain(request, first)
    assert [(each.id, each.text, each.edited_text) for each in await approvals.waiting(ana.desk)] == [
        (request, "It left today.", "Changed")
    ]
    assert (await ana.row(first)).claimed_by is None and await replies.drafts_of(tim.desk, first) == []
    assert await replies.my_drafts(mia.desk) == []
    assert (await of(ana, await _again(ana, request))).state is ApprovalState.APPROVED


async def _again(desk: DeskAtHand, request: int) -> int:
    await approved(desk, request)
    return request


async def test_taken_back_by_its_writer_it_is_a_draft(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand
) -> None:
    """Even once it was approved, as long as it has not left."""
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first)
    outbox_id = await approved(mia, request, hold=True)
    draft = await replies.withdraw(tim.desk, outbox_id)
    assert draft is not None and not isinstance(draft, WaitsAgain) and draft.agent == "tim"
    assert (await of(ana, request)).state is ApprovalState.WITHDRAWN


async def test_an_approver_who_leaves_leaves_it_waiting(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand
) -> None:
    await opening.sign_on(mia.desk)
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first)
    await approved(mia, request, hold=True)
    await opening.sign_off(mia.desk)
    assert [each.id for each in await approvals.waiting(ana.desk)] == [request]
    assert await replies.drafts_of(tim.desk, first) == []


async def test_another_who_has_it_when_the_window_ends(
    ana: DeskAtHand, tim: DeskAtHand, mia: DeskAtHand, clock: FakeClock
) -> None:
    """A console that stood still has lost its claim: the reply waits for approval again."""
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first)
    outbox_id = await approved(mia, request, hold=True)
    clock.pass_s(claims.CLAIM_LEASE_S + 1)
    assert isinstance(await routing.claim(ana.desk, first), Claimed)
    assert isinstance(await replies.let_go(mia.desk, outbox_id), HeldBy)
    assert [each.id for each in await approvals.waiting(ana.desk)] == [request]
    assert (await ana.row(first)).claimed_by == "ana"


async def test_a_console_that_comes_upon_overtaken_requests_gives_them_back(
    ana: DeskAtHand, tim: DeskAtHand
) -> None:
    """The background work of any console does it, whoever works there."""
    from careconsole.desk.runner import Runner

    first = await ana.arrive(said("m1"))
    await submitted(tim, first)
    await ana.queued(first)
    await Runner(ana.desk).sweep()
    assert [draft.not_sent for draft in await replies.drafts_of(tim.desk, first)] == [
        "not approved: it was answered meanwhile"
    ]


async def test_whose_customer_it_is_stays_with_the_one_who_wrote(ana: DeskAtHand, tim: DeskAtHand) -> None:
    """The customer's next message comes to them first, not to who approved."""
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first)
    await approved(ana, request)
    assert (await ana.row(first)).owner == "tim"
