"""Erasing and restoring where a team works: requests for approval, calls in notes, hand-overs, a shared home."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.desk.desk_at_hand import DeskAtHand, sitting
from tests.desk.test_erasing import HANDLE, NAME, RETENTION, WORD, erased, files_with
from tests.store.record_at_hand import FakeClock, said

from careconsole.desk import approvals, recovery, replies, routing, team, work
from careconsole.desk.allowing import NotAllowed
from careconsole.desk.approvals import ApprovalState
from careconsole.desk.erased_files import InFiles, Theirs, erase_in_files
from careconsole.desk.retaining import purge
from careconsole.model.approval import Submitted
from careconsole.model.assignment import Addressee, HandOver, ToKind
from careconsole.model.conversation import Claimed, Disposition
from careconsole.model.message import Visibility
from careconsole.model.reply import Ambiguous, Enqueued, OutboxState, Sent
from careconsole.model.rights import Role
from careconsole.model.roster import Person, Roster
from careconsole.store.restoring import LOOK_FIRST, Restored

HOUSE = Roster(
    {
        "ana": Person("ana", "ana", Role.ADMIN),
        "ben": Person("ben", "ben", Role.AGENT),
        "tim": Person("tim", "tim", Role.TRAINEE),
    }
)


@pytest.fixture
async def tim(home: Path, clock: FakeClock, ana: DeskAtHand) -> AsyncIterator[DeskAtHand]:
    """Tim, a trainee, before Ana's record."""
    ana.desk.take_roster(HOUSE)
    async with sitting(home, clock, agent="tim", known=ana.accounts, roster=HOUSE) as at_hand:
        yield at_hand


async def submitted(tim: DeskAtHand, conversation: int, word: str = WORD) -> int:
    text, line = f"Your {word} left.", f"We wrote about the {word}."
    done = await replies.send(tim.desk, conversation, text=text, visibility=Visibility.DIRECT, line=line)
    assert isinstance(done, Submitted), done
    return done.approval_id


async def until(ana: DeskAtHand, tim: DeskAtHand, request: int, state: str) -> None:
    """Let a request come as far as this."""
    if state in ("returned", "withdrawn"):
        if state == "returned":
            await approvals.hand_back(ana.desk, request, f"Say less of the {WORD}")
        else:
            await approvals.take_back(tim.desk, request)
    elif state != "waiting":
        done = await approvals.approve(ana.desk, request, text=f"Your {WORD} is there.", hold=state == "held")
        assert isinstance(done, Enqueued)
        if state in ("sending", "unknown", "sent"):
            assert await ana.take() == done.outbox_id
        if state in ("unknown", "sent"):
            await ana.settle(done.outbox_id, Ambiguous() if state == "unknown" else Sent("r1"))


STATES = ("waiting", "returned", "withdrawn", "held", "queued", "unknown", "sent")


@pytest.mark.parametrize("state", STATES)
async def test_nothing_of_a_request_is_left(ana: DeskAtHand, tim: DeskAtHand, home: Path, state: str) -> None:
    """What must always hold of queue, log and numbers is checked at the end of the test."""
    first = await ana.arrive(said("d1", HANDLE, WORD))
    other = await ana.arrive(said("b1", "ben"))
    kept = await submitted(tim, other, "parcel")
    request = await submitted(tim, first)
    await until(ana, tim, request, state)
    assert files_with(home, WORD)
    done = await erased(ana)
    assert (done.extent.requests, done.left) == (1, 0)
    assert files_with(home, WORD, HANDLE) == []
    assert [each.id for each in await approvals.waiting(ana.desk)] == [kept]
    told = await approvals.one(ana.desk, request)
    assert told is not None and (told.text, told.public_line, told.reason) == ("", "", "")
    assert told.edited_text in (None, "")
    assert told.state is not ApprovalState.WAITING
    assert await ana.take() is None


async def test_nothing_of_calls_and_hand_overs_is_left(ana: DeskAtHand, tim: DeskAtHand, home: Path) -> None:
    first = await ana.arrive(said("d1", HANDLE, WORD))
    await replies.write_note(ana.desk, first, f"@ben look at the {WORD}")
    assert isinstance(await routing.claim(ana.desk, first), Claimed)
    over = HandOver(done=f"{WORD} found", promised="A call", next=f"Send the {WORD}")
    await team.assign(ana.desk, first, Addressee(ToKind.PERSON, "ben"), over)
    assert await ana.value("SELECT count(*) FROM note_mention") == 1
    done = await erased(ana)
    assert (done.extent.notes, done.left) == (2, 0)
    assert files_with(home, WORD, HANDLE, NAME) == []
    assert await ana.value("SELECT count(*) FROM note_mention") == 0
    assert (await ana.row(first)).owner is None


async def test_retention_takes_requests_too(ana: DeskAtHand, tim: DeskAtHand, home: Path) -> None:
    first = await ana.arrive(said("d1", HANDLE, WORD))
    request = await submitted(tim, first)
    await until(ana, tim, request, "sent")
    assert await ana.take() is not None  # the public line
    await ana.settle(request + 1, Sent("r2"))
    await routing.claim(ana.desk, first)
    await work.resolve(ana.desk, first, Disposition.ANSWERED)
    ana.clock.pass_s(31 * 24 * 3600)
    assert (await purge(ana.desk, RETENTION)).conversations == 1
    assert files_with(home, WORD) == []


@pytest.mark.parametrize("state", ["waiting", "held", "queued", "sending", "unknown"])
async def test_what_was_approved_or_waited_for_it_does_not_leave_twice(
    home: Path, clock: FakeClock, tmp_path: Path, state: str
) -> None:
    async with sitting(home, clock, agent="ana", roster=HOUSE) as ana:
        first = await ana.arrive(said("d1", HANDLE))
        async with sitting(home, clock, agent="tim", known=ana.accounts, roster=HOUSE) as tim:
            request = await submitted(tim, first)
            await until(ana, tim, request, state)
        await recovery.back_up(ana.desk, tmp_path / "backup")
        if state == "waiting":
            await until(ana, tim, request, "sent")  # since then it has left
        clock.pass_s(3600)
    done = await recovery.restore(home, tmp_path / "backup", "ana", clock)
    assert isinstance(done, Restored)
    is_request = state == "waiting"
    assert (done.replies, done.requests) == (int(not is_request), int(is_request))
    async with sitting(home, clock, agent="ana", roster=HOUSE) as ana:
        ana.accounts.update(await ana.ask("SELECT name, id FROM account"))
        assert await approvals.waiting(ana.desk) == []
        assert await ana.take() is None
        assert await ana.waiting() == [first]
        assert await ana.ask("SELECT * FROM lease") == await ana.ask("SELECT * FROM session") == []
        assert (await ana.row(first)).claimed_by is None
        drafts = await ana.ask("SELECT agent, text, public_line, not_sent FROM draft")
        if is_request:
            told = await approvals.one(ana.desk, request)
            assert told is not None and told.state is ApprovalState.STALE
            line = f"We wrote about the {WORD}."
            assert drafts == [("tim", f"Your {WORD} left.", line, f"not approved: {LOOK_FIRST}")]
        else:
            [(row,)] = await ana.ask("SELECT outbox_id FROM approval")
            assert (await ana.reply(row)).state is OutboxState.UNKNOWN
        await ana.check()


@pytest.mark.parametrize("mode", [0o700, 0o2770])
async def test_a_restored_desk_is_for_whom_it_was(
    home: Path, clock: FakeClock, tmp_path: Path, mode: int
) -> None:
    home.mkdir()
    home.chmod(mode)
    async with sitting(home, clock) as ana:
        await ana.take_in(said("d1", HANDLE))
        await recovery.back_up(ana.desk, tmp_path / "backup")
        await erased(ana)
    owner_and_group = 0o660 if mode & 0o020 else 0o600
    for name in ("desk.db", "erasures.jsonl"):
        assert stat.S_IMODE((home / name).stat().st_mode) == owner_and_group
    assert isinstance(await recovery.restore(home, tmp_path / "backup", "ana", clock), Restored)
    assert stat.S_IMODE((home / "desk.db").stat().st_mode) == owner_and_group
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
    (home / "desk.db").unlink()
    assert isinstance(await recovery.restore(home, tmp_path / "backup", "ana", clock), Restored)
    assert stat.S_IMODE((home / "desk.db").stat().st_mode) == owner_and_group


def test_only_an_admin_of_the_whole_desk_restores() -> None:
    recovery.check_restore(Role.ADMIN)
    for role in set(Role) - {Role.ADMIN}:
        with pytest.raises(NotAllowed, match=f"The role {role.value} has no right to restore"):
            recovery.check_restore(role)


def test_a_file_that_may_not_be_written_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "logs").mkdir(parents=True)
    for name in ("import.refused", "logs/console.log"):
        (home / name).write_text(f"of {HANDLE}\n")
    refused = home / "import.refused"
    import os

    open_really = os.open

    def open_mine(path: Path, *more: int) -> int:
        if path == refused:
            raise PermissionError(13, "Permission denied")
        return open_really(path, *more)

    monkeypatch.setattr(os, "open", open_mine)
    assert erase_in_files(home, Theirs(frozenset({HANDLE}), frozenset())) == InFiles(1, (refused,))
