"""Approval at the desk: the trainee asks, the approver sees thread, reply and difference, and only that leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, console_at_hand, line, some_lines

from careconsole.console.approval_screen import ApprovalScreen, ChangeScreen, WhyBackScreen, changes
from careconsole.console.commands import COMMANDS
from careconsole.desk import approvals, reading, replies
from careconsole.desk.desk import Desk
from careconsole.model.approval import Submitted
from careconsole.model.rights import Role, Verb, may
from careconsole.model.roster import OPEN, Person, Roster

HOUSE = Roster(
    {
        "ana": Person("ana", "ana", Role.SUPERVISOR),
        "tim": Person("tim", "tim", Role.TRAINEE),
    }
)


def as_tim(desk: Desk) -> Desk:
    """Another person before the same record, in the same process."""
    return replace(desk, agent="tim", role=Role.TRAINEE, roster=HOUSE)


async def asked(at: AtHand, customer: int = 1, text: str = "It left today.") -> int:
    """Tim has written to a customer and asks for approval; the id of the request."""
    row = next(
        each for each in (await reading.queue_window(at.desk)).rows if each.handle == f"customer{customer}"
    )
    newest = max(entry.seq for entry in await reading.thread(at.desk, row.id))
    done = await replies.send(as_tim(at.desk), row.id, text=text, seen_seq=newest)
    assert isinstance(done, Submitted)
    return done.approval_id


@asynccontextmanager
async def supervised(home: Path, lines: list[bytes] | None = None) -> AsyncIterator[AtHand]:
    """A console at which ana supervises."""
    async with console_at_hand(home, lines or some_lines(), size=(120, 30)) as at:
        at.desk.take_roster(HOUSE)
        yield at


async def opened(at: AtHand) -> ApprovalScreen:
    await at.press("A")
    await at.until(lambda: isinstance(at.console.screen, ApprovalScreen))
    await at.settle()
    assert isinstance(at.console.screen, ApprovalScreen)
    return at.console.screen


async def states(at: AtHand) -> list[tuple[str, str, str]]:
    return [(row.agent, row.text, row.state.value) for row in await reading.outbox(at.desk)]


async def test_what_waits_is_shown_and_approved_as_it_stands(tmp_path: Path) -> None:
    async with supervised(tmp_path) as at:
        await asked(at)
        await opened(at)
        for words in (
            "Waits for approval: 1 of 1",
            "Where is parcel 1?",
            "reply by @tim to @customer1",
            "It left today.",
        ):
            assert words in at.picture
        await at.press("a")
        await at.until(lambda: "Approved" in at.said)
        assert at.said == "Approved, u takes it back: @customer1."
        assert await states(at) == [("tim", "It left today.", "held")]
        at.clock.forward(11)
        at.screen.looked()
        while await states(at) == [("tim", "It left today.", "held")]:
            await at.settle()
        assert await states(at) == [("tim", "It left today.", "queued")]


async def test_nothing_waits(tmp_path: Path) -> None:
    async with supervised(tmp_path) as at:
        await at.press("A")
        await at.until(lambda: at.said == "Nothing waits for approval.")


async def test_the_row_in_the_queue_says_so(tmp_path: Path) -> None:
    async with supervised(tmp_path) as at:
        await asked(at)
        await at.until(lambda: "APPROVAL " in at.picture)
        assert "6 waiting" in at.picture


async def test_the_difference_is_shown_and_what_was_changed_leaves(tmp_path: Path) -> None:
    async with supervised(tmp_path) as at:
        await asked(at, text="It left.\nBye")
        await opened(at)
        await at.press("e")
        await at.until(lambda: isinstance(at.console.screen, ChangeScreen))
        await at.press("ctrl+end", "!", "ctrl+s")
        await at.until(lambda: isinstance(at.console.screen, ApprovalScreen))
        await at.settle()
        assert "Changed" in at.picture and "- Bye" in at.picture and "+ Bye!" in at.picture
        assert "- It left." not in at.picture
        await at.press("a")
        await at.until(lambda: "Approved" in at.said)
        assert await states(at) == [("tim", "It left.\nBye!", "held")]
        await at.press("u")
        await at.until(lambda: at.said == "Not sent: it waits for approval again.")
        [waits] = await approvals.waiting(at.desk)
        assert (waits.text, waits.edited_text) == ("It left.\nBye", "It left.\nBye!")
        await opened(at)
        assert "+ Bye!" in at.picture  # the work of the approver is kept


async def test_changing_nothing_changes_nothing(tmp_path: Path) -> None:
    async with supervised(tmp_path) as at:
        await asked(at)
        await opened(at)
        await at.press("e")
        await at.until(lambda: isinstance(at.console.screen, ChangeScreen))
        await at.press("x", "escape")
        await at.until(lambda: isinstance(at.console.screen, ApprovalScreen))
        await at.settle()
        assert "Changed" not in at.picture and "It left today." in at.picture


async def test_a_hostile_text_that_nobody_changed_stays_as_it_is(tmp_path: Path) -> None:
    """In the editor it is drawn as text; opened and kept unchanged it is still what was written."""
    hostile = "A\x1b[2JB\u202eC"
    async with supervised(tmp_path) as at:
        await asked(at, text=hostile)
        await opened(at)
        await at.press("e")
        await at.until(lambda: isinstance(at.console.screen, ChangeScreen))
        assert "\x1b[2J" not in at.picture and "\u202e" not in at.picture
        await at.press("ctrl+s")
        await at.until(lambda: isinstance(at.console.screen, ApprovalScreen))
        await at.settle()
        await at.press("a")
        await at.until(lambda: "Approved" in at.said)
        assert await states(at) == [("tim", hostile, "held")]


async def test_given_back_with_a_reason(tmp_path: Path) -> None:
    async with supervised(tmp_path) as at:
        request = await asked(at)
        await opened(at)
        await at.press("x")
        await at.until(lambda: isinstance(at.console.screen, WhyBackScreen))
        await at.press("enter")
        assert isinstance(at.console.screen, WhyBackScreen)  # not without a reason
        await at.press(*"Too", "space", *"curt", "ctrl+s")
        await at.until(lambda: "Given back to @tim" in at.said)
        found = await approvals.one(at.desk, request)
        assert found is not None and found.reason == "Too curt"
        [draft] = await replies.my_drafts(as_tim(at.desk))
        assert draft.not_sent == "returned by @ana: Too curt"


async def test_what_came_meanwhile_is_shown_and_asked_about(tmp_path: Path) -> None:
    """The customer writes while the approver reads: the key approves nothing, and a second press at once neither."""
    async with supervised(tmp_path) as at:
        await asked(at)
        await opened(at)
        at.desk.take_roster(OPEN)
        await at.arrive(line("n1", "customer1", "Never mind, it is here", 0, reply_to="m1"))
        at.desk.take_roster(HOUSE)
        await at.press("a")
        await at.until(lambda: "Not approved. Since you read the thread: 1 new message" in at.picture)
        assert "Never mind, it is here" in at.picture and "Since the reply was written:" in at.picture
        await at.press("a")
        assert isinstance(at.console.screen, ApprovalScreen) and await states(at) == []


async def test_from_one_to_the_next(tmp_path: Path) -> None:
    async with supervised(tmp_path) as at:
        await asked(at, 3, "To three")
        await asked(at, 1, "To one")
        await opened(at)
        assert "Waits for approval: 1 of 2" in at.picture and "reply by @tim to @customer1" in at.picture
        await at.press("n")
        await at.until(lambda: "Waits for approval: 2 of 2" in at.picture)
        assert "reply by @tim to @customer3" in at.picture
        await at.press("n")
        await at.until(lambda: "Waits for approval: 1 of 2" in at.picture)
        await at.press("escape")
        await at.until(lambda: at.console.screen is at.screen)
        assert len(await approvals.waiting(at.desk)) == 2


async def test_hostile_words_are_drawn_as_text(tmp_path: Path) -> None:
    async with supervised(tmp_path) as at:
        await asked(at, text="\x1b[2J[b]red[/b]\u202eabc")
        await opened(at)
        assert "[b]red[/b]" in at.picture and "\x1b[2J" not in at.picture and "\u202e" not in at.picture


# ---- the trainee ------------------------------------------------------------------------------------------------


@asynccontextmanager
async def learning(home: Path) -> AsyncIterator[AtHand]:
    """A console at which ana is the trainee and mia supervises elsewhere."""
    house = Roster({"ana": Person("ana", "ana", Role.TRAINEE), "mia": Person("mia", "mia", Role.SUPERVISOR)})
    async with console_at_hand(home, some_lines(), size=(120, 30)) as at:
        at.desk.take_roster(house)
        yield at


def as_mia(desk: Desk) -> Desk:
    return replace(desk, agent="mia", role=Role.SUPERVISOR)


async def sent(at: AtHand, text: str = "It left today.") -> None:
    await at.press("r")
    await at.until(lambda: at.screen.composer.conversation_id is not None)
    at.screen.composer.insert_snippet(text)
    await at.press("ctrl+s")
    await at.settle()
    assert "It goes to approval first" in at.picture and "can be withdrawn" not in at.picture
    await at.press("y")
    await at.until(lambda: "waits for approval" in at.said)


async def test_a_trainee_who_sends_asks(tmp_path: Path) -> None:
    async with learning(tmp_path) as at:
        await sent(at)
        assert at.said == "It waits for approval, position 1. u takes it back."
        assert await states(at) == [] and at.screen.fences == {}
        [waits] = await approvals.waiting(at.desk)
        assert (waits.agent, waits.text) == ("ana", "It left today.")
        await at.until(lambda: "APPROVAL " in at.picture)


async def test_the_trainee_takes_it_back_into_the_composer(tmp_path: Path) -> None:
    async with learning(tmp_path) as at:
        await sent(at)
        await at.press("u")
        await at.until(lambda: "Taken back" in at.said)
        assert at.screen.composer.text == "It left today." and await approvals.waiting(at.desk) == []
        await at.press("escape", "escape")
        await at.settle()
        await at.press("u")
        await at.until(lambda: at.said == "Nothing is held and nothing of yours waits for approval.")


@pytest.mark.parametrize("how", ["approved", "returned"])
async def test_the_trainee_learns_what_became_of_it(tmp_path: Path, how: str) -> None:
    async with learning(tmp_path) as at:
        await sent(at)
        await at.until(lambda: bool(at.screen._asked))
        [waits] = await approvals.waiting(at.desk)
        if how == "approved":
            await approvals.approve(as_mia(at.desk), waits.id, text="It left today!")
            await at.until(lambda: at.said == "Approved by @mia, with changes: @customer1")
        else:
            await approvals.hand_back(as_mia(at.desk), waits.id, "Too\x1b curt")
            await at.until(lambda: "Given back by @mia, a draft again (D lists it)" in at.said)
            assert "curt" in at.said and "\x1b" not in at.said


# ---- rights in the console --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
async def test_every_command_of_the_lists_in_every_role(tmp_path: Path, role: Role) -> None:
    """Its key is there for who has the right; for who has not, it is hidden, and pressed all the same it is refused."""
    async with console_at_hand(tmp_path, some_lines(), size=(120, 30)) as at:
        at.desk.take_roster(Roster({"ana": Person("ana", "ana", role)}))
        for command in COMMANDS:
            assert at.screen.may_now(command.id) == may(role, command.verb), command.id
            if command.pane != "list":
                continue
            name = command.name.partition("(")[0]
            assert at.screen.check_action(name, ()) == may(role, command.verb), command.id
            if not may(role, command.verb) and len(command.keys) == 1:
                at.screen.status.be_silent()
                await at.press(command.keys)
                assert at.said.startswith(f"! The role {role.value} has no right to {command.verb.words}"), (
                    command.id
                )
                assert at.console.screen is at.screen
        assert await states(at) == []


async def test_the_key_bar_and_the_help_are_those_of_the_role(tmp_path: Path) -> None:
    async with supervised(tmp_path) as at:
        at.screen.refresh_bindings()
        await at.settle()
        bar = at.picture.splitlines()[-1]
        assert "Reply" not in bar and "Claim" not in bar and "Why" in bar
        await at.press("question_mark")
        await at.settle()
        assert "Claim the conversation if it is free" not in at.picture


async def test_the_role_at_the_account_of_the_row_decides(tmp_path: Path) -> None:
    lines = [
        line("m1", "shopper", "Where is it?", 60, account="shop"),
        line("m2", "reader", "Where is it?", 50, account="news"),
    ]
    async with console_at_hand(tmp_path, lines, size=(120, 30)) as at:
        at.desk.take_roster(Roster({"ana": Person("ana", "ana", Role.SUPERVISOR, {"news": Role.AGENT})}))
        assert not at.screen.may_now("list.claim") and at.screen.may_now("list.pull")
        await at.press("c")
        assert at.said == (
            "! The role supervisor has no right to claim at the account shop; nothing was done. Ask an admin."
        )
        await at.press("j")
        assert at.screen.may_now("list.claim")
        await at.press("c")
        await at.until(lambda: at.said.startswith("Yours"))


async def test_a_right_that_is_taken_away_is_gone_at_once(tmp_path: Path) -> None:
    """The file is looked at before every act, not only now and then."""
    from careconsole.settings.roles import RolesWatch, sit_down

    file = tmp_path / "roles.toml"
    file.write_text('[people.ana]\nrole = "agent"\nos_user = "u"')
    async with console_at_hand(tmp_path, some_lines()) as at:
        sitting = sit_down(file, None, {}, "u")
        at.screen._roles = RolesWatch(file, sitting, "u")
        at.desk.take_roster(sitting.roster)
        file.write_text('[people.ana]\nrole = "supervisor"\nos_user = "u"\n')
        await at.press("c")
        await at.until(lambda: "no right to claim" in at.said)
        assert at.desk.role is Role.SUPERVISOR
        file.write_text(
            '[people.ana]\nrole = "agent"\nos_user = "u"\n[people.ana.accounts]\nnews = "supervisor"\n'
        )
        at.screen.look_at_roles()
        assert at.said == "roles.toml read: your role is agent, supervisor at news."
        file.write_text('[people.bea]\nrole = "admin"\nos_user = "u"\n\n')
        at.screen.look_at_roles()
        assert at.desk.is_shut_out and at.said == "! roles.toml read: you are no longer on it."
        await at.press("c")
        assert "You are not on the roster of this desk any more" in at.said
        assert not any(at.desk.may(verb) for verb in Verb)


def test_changes_are_whole_lines_in_their_order() -> None:
    assert changes("a\nb\nc", "a\nB\nc\nd") == [("-", "b"), ("+", "B"), ("+", "d")]
    assert changes("a", "a") == []
