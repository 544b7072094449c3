"""Going and coming back: what is asked, what is kept, what colleagues see, what was lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.console.desk_at_hand import AtHand, StandingClock, console_at_hand
from tests.console.harness import FixedClock

from careconsole.console.reason_screen import Question
from careconsole.desk import replies, routing
from careconsole.desk.opening import open_desk, sign_off, sign_on
from careconsole.model.conversation import Presence
from careconsole.model.message import Visibility
from careconsole.model.reply import Enqueued, OutboxState
from careconsole.model.rights import Role
from careconsole.store import outbox


async def leave(at: AtHand, *keys: str) -> None:
    await at.press("q")
    assert isinstance(at.console.screen, Question)
    await at.pilot.press(*keys)
    await at.until(lambda: not at.console.is_running)


async def test_title_and_question_count_the_same(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("c", "j", "c")
        rows = await at.rows()
        # One of them is answered: it waits no longer, but it is mine all the same.
        sent = await replies.send(at.desk, rows["customer1"].id, text="Done")
        assert isinstance(sent, Enqueued)
        await routing.claim(at.desk, rows["customer1"].id)
        await at.until(lambda: " 2 mine " in at.screen.title_bar.plain)
        await at.press("q")
        assert "2 yours: release, keep, or hand to somebody?" in at.picture


async def test_who_may_not_give_work_away_is_not_asked_to_whom(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        at.desk.role = Role.TRAINEE
        await at.press("c")
        await at.until(lambda: " 1 mine " in at.screen.title_bar.plain)
        await at.press("q")
        assert "1 yours: release or keep?" in at.picture and "hand to somebody" not in at.picture
        await at.pilot.press("r")
        await at.until(lambda: not at.console.is_running)
        assert await routing.mine(at.desk) == []


async def test_who_was_taken_off_the_roster_can_still_go(tmp_path: Path) -> None:
    """Nothing is written that they have no right to: the lease ends by itself."""
    async with console_at_hand(tmp_path) as at:
        await at.press("c")
        await at.until(lambda: " 1 mine " in at.screen.title_bar.plain)
        at.desk.is_shut_out = True
        await leave(at, "r")
        assert len(await routing.mine(at.desk)) == 1


@pytest.mark.parametrize("key", ["s", "d"])
async def test_the_question_says_that_claims_are_released_too(tmp_path: Path, key: str) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("j", "c", "k", "r")
        at.screen.composer.insert_snippet("Hello")
        await at.press("ctrl+s", "y")
        await at.until(lambda: "F4" in at.screen.status.plain)
        await at.press("q")
        assert "1 reply is still held and not sent; you hold 2 claimed conversations." in at.picture
        assert "s  send now, release all of them and quit" in at.picture
        assert "d  back to drafts, release all of them and quit" in at.picture
        await at.pilot.press(key)
        await at.until(lambda: not at.console.is_running)
        assert await routing.mine(at.desk) == []


async def test_what_was_kept_is_taken_up_again(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("r")
        id = at.screen.composer.conversation_id
        assert id is not None
        await at.press("escape", "escape")
        await leave(at, "k")
        before = at.screen.fences[id]
    async with console_at_hand(tmp_path, []) as at:
        await at.until(lambda: at.said == "Yours as before: 1 conversation")
        assert at.screen.fences == {id: before}
        session = await at.desk.store.read(
            lambda tx: tx.row("SELECT claim_session FROM conversation WHERE id = $1", id)
        )
        assert session == (at.desk.session,), "so that it is renewed"
        sent = await replies.send(
            at.desk, id, text="Here I am", visibility=Visibility.PUBLIC, fence=before, hold=True
        )
        assert isinstance(sent, Enqueued) and sent.state is OutboxState.HELD


async def test_what_was_lost_meanwhile_is_named(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("c", "j", "c")
        await leave(at, "k")
    async with open_desk(tmp_path, agent="bob", clock=StandingClock(FixedClock())) as bob:
        await bob.store.write(
            lambda tx: tx.change("UPDATE conversation SET lease_until_ns = 1 WHERE handle = 'customer2'")
        )
        await routing.sweep(bob)
    async with console_at_hand(tmp_path, []) as at:
        await at.until(lambda: at.said == "! No longer yours, you were away too long: @customer2")
        assert list(at.screen.fences) == [(await at.rows())["customer1"].id]


async def test_nothing_kept_says_nothing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        assert at.said == "" and at.screen.fences == {}
        await at.press("c")
        await leave(at, "r")
    async with console_at_hand(tmp_path, []) as at:
        assert at.said == "" and at.screen.fences == {}


async def test_who_has_gone_writes_nowhere(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        rows = await at.rows()
        async with open_desk(tmp_path, agent="bob", clock=StandingClock(at.clock)) as bob:
            await sign_on(bob)
            await routing.claim(bob, rows["customer1"].id)
            await routing.set_presence(bob, rows["customer1"].id, Presence.WRITING)
            await at.until(lambda: "@bob✎" in at.picture)
            await sign_off(bob)
            await at.until(lambda: "@bob·" in at.picture)
            assert "✎" not in at.picture


async def test_who_crashed_finds_the_claims_too(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("c")
        at.desk.is_signed_on = False  # it dies here: nothing is put in order
    async with open_desk(tmp_path, agent="bob", clock=StandingClock(FixedClock())) as bob:
        await bob.store.write(lambda tx: tx.change("UPDATE session SET process_mark = 'another process'"))
    async with console_at_hand(tmp_path, []) as at:
        await at.until(lambda: at.said == "Yours as before: 1 conversation")


async def test_the_next_sitting_is_told_of_a_reply_that_did_not_leave(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        row = (await at.rows())["customer1"]
        done = await replies.send(at.desk, row.id, text="It will not leave.", hold=True)
        assert isinstance(done, Enqueued)
        await at.desk.store.write(lambda tx: outbox.withdraw(tx, done.outbox_id, "ana", "not sent: closed"))
        at.screen.say("")
        at.screen.take_up()
        await at.until(
            lambda: "Not sent, a draft again (D lists them): @customer1" in at.said, "the sentence"
        )


# ---- a hand-back that is refused, a draft that nobody sends -----------------------------------------------------------


async def test_a_number_behind_a_refused_hand_back_sets_nothing(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        before = await at.rows()
        at.screen.now_s = lambda: 100.0
        await at.press("S")
        assert at.said.startswith("You do not hold it")
        await at.press("3", "0")
        assert at.said == "It was not handed back, so the number set nothing: you do not hold it."
        assert await at.rows() == before
        at.screen.now_s = lambda: 101.1
        await at.press("2")
        assert (await at.rows())["customer1"].kind == "complaint"


async def test_resolving_names_the_draft(tmp_path: Path) -> None:
    async with console_at_hand(tmp_path) as at:
        await at.press("e")
        assert "You have a draft for it" not in at.picture
        await at.press("escape", "r")
        at.screen.composer.insert_snippet("Half an answer")
        await at.press("escape", "e")
        assert "You have a draft for it that was not sent" in at.picture
