"""Leaving the desk: nobody goes with something unsaid, and what they hold is released, kept, or handed over."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import work
from textual.worker import WorkerError

from careconsole.console.approving import Approving
from careconsole.console.assign_screen import AssignAnswer, AssignScreen
from careconsole.console.ending import IN_ORDER_S
from careconsole.console.reason_screen import DRAFTS, HAND, RELEASE, SEND, STAY, quit_question
from careconsole.desk import reading, replies, routing, team
from careconsole.desk.allowing import NotAllowed
from careconsole.model.rights import Verb
from careconsole.store.rows import OutboxRow

LAST_SENDS_S = 5.0
"""How long quitting waits for what was just let go."""


class Leaving(Approving):
    """Asks what is to become of what is held or claimed, and ends the console."""

    _runs: bool
    """Whether this process polls and sends."""

    def action_quit(self) -> None:
        """Quit; asks only if something is held or claimed."""
        self.leave()

    def leave(self) -> None:
        """Quit; asks only if something is held or claimed, and once."""
        if not any(worker.group == "leaving" and worker.is_running for worker in self.workers):
            self._leave()

    @work(group="leaving", exclusive=True, exit_on_error=False)
    async def _leave(self) -> None:
        self.composer.flush()
        held = await replies.held(self.desk)
        mine = await routing.mine(self.desk)
        may_hand = self.desk.may_somewhere(Verb.ASSIGN)
        answer: str | None = RELEASE
        if held or mine:
            self.holds_back = (
                True  # nothing leaves while the question is open: its answer would come too late
            )
            answer = await self.app.push_screen_wait(
                quit_question(_number(held), len(mine), may_hand=may_hand)
            )
        to = await self._ask_to_whom(len(mine)) if answer == HAND else None
        if answer is None or answer == STAY or (answer == HAND and to is None):
            self.holds_back = False
            self._count_down()
            return
        self.end_attention()
        try:
            await self._settle(answer, mine, to)
        except NotAllowed as refused:
            if to is not None:
                self.holds_back = False
                self._count_down()
                self.say(str(refused), is_error=True)
                return
        # Who has no right any more goes all the same: what is held becomes a draft, and leases end by themselves.
        self.app.exit()

    async def _settle(self, answer: str, mine: list[int], to: AssignAnswer | None) -> None:
        """Do with what is held and claimed as was answered. Raises NotAllowed where a right is missing by now."""
        if answer in (SEND, HAND):
            await self._send_last(await replies.held(self.desk))
        elif answer == DRAFTS:
            for row in await replies.held(self.desk):
                await replies.withdraw(self.desk, row.id)
        if to is not None:
            fences = {id: self.fences.get(id) for id in await routing.mine(self.desk)}
            await team.assign_all(self.desk, fences, to.to, to.hand_over)
        if answer in (SEND, DRAFTS, RELEASE):
            for id in mine:
                await routing.release(self.desk, id, self.fences.get(id))

    async def _ask_to_whom(self, number: int) -> AssignAnswer | None:
        """Who is to have what I hold; None to stay."""
        title = "Hand it to whom?" if number == 1 else f"Hand all {number} to whom?"
        about = "What you write here is one note in each of them." if number > 1 else ""
        colleagues = [each for each in await team.colleagues_of(self.desk) if not each.is_me]
        return await self.app.push_screen_wait(AssignScreen(title, about, colleagues))

    @work(group="leaving", exit_on_error=False)
    async def put_in_order(self, done: asyncio.Event) -> None:
        """Save what is typed and write down what was read, asking nothing: the terminal or the host is going."""
        self.composer.flush()
        self.end_attention()
        await asyncio.sleep(0.05)  # what is handed out is taken up
        writes = [worker for worker in self.workers if worker.group == "writes"]
        with suppress(TimeoutError, WorkerError):
            await asyncio.wait_for(self.workers.wait_for_complete(writes), IN_ORDER_S)
        done.set()

    async def _send_last(self, held: list[OutboxRow]) -> None:
        for row in held:
            await replies.let_go(self.desk, row.id)
        self.say("Sending before the end ...")
        ids = {row.id for row in held}
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_SENDS_S if self._runs else 0):
                while ids & {row.id for row in await reading.outbox_open(self.desk)}:
                    await self.desk.feed.beyond(self.desk.feed.revision)


def _number(held: list[OutboxRow]) -> int:
    """How many replies are held; a public line is part of its private one."""
    return sum(row.after_id is None for row in held)
