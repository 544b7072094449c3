"""What an approver lets out is what the trainee wrote: what the disk has changed in between does not leave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.desk.desk_at_hand import DeskAtHand, sitting
from tests.store.record_at_hand import FakeClock, said

from careconsole.desk import approvals, replies
from careconsole.desk.approvals import ApprovalState
from careconsole.model.approval import NotWaiting, Submitted, WaitsAgain
from careconsole.model.message import Visibility
from careconsole.model.reply import Enqueued, Mode
from careconsole.model.rights import Role
from careconsole.model.roster import Person, Roster
from careconsole.store import row_hash
from careconsole.store.row_hash import DAMAGED

HOUSE = Roster({"ana": Person("ana", "ana", Role.ADMIN), "tim": Person("tim", "tim", Role.TRAINEE)})
WOUNDS = {
    "text": "text = 'It left toady.'",
    "bytes": "text = CAST(x'49ff' AS TEXT)",
    "public line": "public_line = 'We have bitten you.'",
    "bytes of the line": "public_line = CAST(x'57ff' AS TEXT)",
    "change": "edited_text = 'Get lost.'",
    "eyes": "visibility = 'public'",
    "writer": "agent = 'tia'",
    "hash": "row_hash = row_hash + 1",
    "no hash": "row_hash = NULL",
}


@pytest.fixture
async def tim(home: Path, clock: FakeClock, ana: DeskAtHand) -> AsyncIterator[DeskAtHand]:
    """Tim, a trainee, before Ana's record."""
    ana.desk.take_roster(HOUSE)
    async with sitting(home, clock, agent="tim", known=ana.accounts, roster=HOUSE) as at_hand:
        yield at_hand


async def submitted(tim: DeskAtHand, conversation: int) -> int:
    done = await replies.send(
        tim.desk,
        conversation,
        text="It left today.",
        visibility=Visibility.DIRECT,
        line="We have written to you.",
    )
    assert isinstance(done, Submitted), done
    return done.approval_id


@pytest.mark.parametrize("wound", WOUNDS.values(), ids=WOUNDS)
async def test_a_request_that_the_disk_has_changed_lets_nothing_out(
    ana: DeskAtHand, tim: DeskAtHand, wound: str
) -> None:
    request = await submitted(tim, await ana.arrive(said("m1")))
    await ana.store.write(lambda tx: tx.change(f"UPDATE approval SET {wound}"))
    told = await approvals.one(ana.desk, request)
    assert told is not None and (told.text, told.public_line) == (DAMAGED, DAMAGED)
    assert await approvals.waiting(ana.desk) == []
    done = await approvals.approve(ana.desk, request)
    assert isinstance(done, NotWaiting) and done.state is ApprovalState.STALE
    assert await ana.ask("SELECT count(*) FROM outbox") == [(0,)]
    assert await ana.ask("SELECT text, not_sent, public_line FROM draft") == [
        (DAMAGED, "not approved: its text was damaged on the disk; write it again", "")
    ]
    assert await ana.store.read(row_hash.damaged_rows) == {"approval": [request]}
    await ana.store.write(lambda tx: tx.change("DELETE FROM approval"))  # nothing else is damaged


async def test_what_is_decided_of_a_request_is_under_its_hash_too(ana: DeskAtHand, tim: DeskAtHand) -> None:
    """Changed, taken back, approved again, given back: what must always hold is checked at the end."""
    request = await submitted(tim, await ana.arrive(said("m1")))
    done = await approvals.approve(ana.desk, request, text="It left now.", hold=True)
    assert isinstance(done, Enqueued)
    assert isinstance(await replies.withdraw(ana.desk, done.outbox_id), WaitsAgain)
    assert await ana.store.read(row_hash.damaged_rows) == {}
    await approvals.hand_back(ana.desk, request, "Be kinder")
    assert await ana.store.read(row_hash.damaged_rows) == {}
    await ana.store.write(lambda tx: tx.change("UPDATE approval SET reason = 'Be quick'"))
    assert await ana.store.read(row_hash.damaged_rows) == {"approval": [request]}
    await ana.store.write(lambda tx: tx.change("UPDATE approval SET reason = 'Be kinder'"))


async def test_a_damaged_draft_below_which_a_reply_comes_back_stays_marked(
    ana: DeskAtHand, tim: DeskAtHand
) -> None:
    first = await ana.arrive(said("m1"))
    request = await submitted(tim, first)
    await replies.save_draft(tim.desk, first, Mode.PRIVATE, "Two", 0)
    await ana.store.write(lambda tx: tx.change("UPDATE draft SET text = 'Tow'"))
    assert await approvals.take_back(tim.desk, request) is not None
    [draft] = await replies.drafts_of(tim.desk, first)
    assert draft.text == f"It left today.\n{DAMAGED}"
